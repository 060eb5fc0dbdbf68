//! Which program the binary is, by the name it was started with.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// A program the binary can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// `vnet`: ip's objects, and the other programs as commands.
    Vnet,
    /// iproute2's `ip`.
    Ip,
    /// iproute2's `bridge`.
    Bridge,
    /// net-tools' `ifconfig`.
    Ifconfig,
    /// net-tools' `route`.
    Route,
    /// iputils' `ping`.
    Ping,
}

impl Program {
    /// Every program by its name.
    pub const NAMES: [(&'static str, Program); 6] = [
        ("vnet", Program::Vnet),
        ("ip", Program::Ip),
        ("bridge", Program::Bridge),
        ("ifconfig", Program::Ifconfig),
        ("route", Program::Route),
        ("ping", Program::Ping),
    ];

    /// The program a file of this name is: its base name decides, and a name
    /// that is no program's is vnet's.
    pub fn of(argv0: &OsStr) -> Self {
        let base = argv0.as_bytes().rsplit(|&b| b == b'/').next();
        let known = Self::NAMES
            .iter()
            .find(|(name, _)| base == Some(name.as_bytes()));
        known.map_or(Program::Vnet, |(_, program)| *program)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, program)| *program == self);
        known.map_or("vnet", |(name, _)| name)
    }

    /// Whether the first line of an error is the one of the program it stands in for.
    pub fn stands_in(self) -> bool {
        self != Program::Vnet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_name_decides() {
        for (argv0, program) in [
            ("ip", Program::Ip),
            ("/usr/sbin/ip", Program::Ip),
            ("./ping", Program::Ping),
            ("a/route", Program::Route),
            ("vnet-0.1", Program::Vnet),
            ("ip/", Program::Vnet),
            ("", Program::Vnet),
        ] {
            assert_eq!(Program::of(OsStr::new(argv0)), program, "{argv0}");
        }
    }
}
