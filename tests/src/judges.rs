//! The independent tools that judge, and what happens when one is missing.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A tool that judges, by the Debian package that brings it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// iproute2 6.1: `ip` and `bridge`. Any other version writes other text.
    Iproute2,
    /// iputils' `ping`.
    Ping,
    /// `strace`.
    Strace,
    /// net-tools' `ifconfig` and `route`.
    NetTools,
    /// `tshark`.
    Tshark,
    /// util-linux' `setpriv`, `unshare` and `mount`.
    UtilLinux,
}

impl Judge {
    fn package(self) -> &'static str {
        match self {
            Self::Iproute2 => "iproute2",
            Self::Ping => "iputils-ping",
            Self::Strace => "strace",
            Self::NetTools => "net-tools",
            Self::Tshark => "tshark",
            Self::UtilLinux => "util-linux",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Iproute2 => &["ip", "bridge"],
            Self::Ping => &["ping"],
            Self::Strace => &["strace"],
            Self::NetTools => &["ifconfig", "route"],
            Self::Tshark => &["tshark"],
            Self::UtilLinux => &["setpriv", "unshare", "mount"],
        }
    }

    /// Whether this judge can sit. If not, says which Debian package is missing.
    ///
    /// # Panics
    /// When it cannot and `VNET_REQUIRE_JUDGES=1` asks for every judge.
    #[must_use]
    pub fn ready(self) -> bool {
        for program in self.programs() {
            if find(program).is_none() {
                left_out(&format!(
                    "needs {program} (Debian package {})",
                    self.package()
                ));
                return false;
            }
        }
        if self == Self::Iproute2 && !iproute2_version().contains("iproute2-6.1") {
            left_out(&format!(
                "needs iproute2 6.1 to compare with, this is {}",
                iproute2_version()
            ));
            return false;
        }
        true
    }
}

fn iproute2_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let Some(ip) = find("ip") else {
            return "missing".to_string();
        };
        let output = Command::new(ip).arg("-V").output();
        output.map_or_else(
            |error| error.to_string(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_string(),
        )
    })
}

/// The directories commands are looked for in, in the sandbox as well.
pub const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// Where a judge's program is.
#[must_use]
pub fn find(program: &str) -> Option<PathBuf> {
    PATH.split(':')
        .map(|dir| Path::new(dir).join(program))
        .find(|path| path.exists())
}

/// Whether every judge is demanded (as CI does).
#[must_use]
pub fn required() -> bool {
    std::env::var_os("VNET_REQUIRE_JUDGES").is_some_and(|value| value == "1")
}

/// Whether the kernel must have what every state asks of it (see `tests/other-kernel`).
#[must_use]
pub fn kinds_required() -> bool {
    std::env::var_os("VNET_REQUIRE_KINDS").is_some_and(|value| value == "1")
}

/// Says that the running test is left out, where it can be seen although the
/// test passes.
///
/// # Panics
/// When `VNET_REQUIRE_JUDGES=1` is set: then nothing may be left out this way.
pub fn left_out(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test").to_string();
    assert!(
        !required(),
        "{test} cannot be left out under VNET_REQUIRE_JUDGES=1: {why}"
    );
    say_left_out(&test, why);
}

/// Says that the running test, or a part of it, cannot run on this kernel or as
/// this user; that is never a failure.
pub fn left_out_here(why: &str) {
    let thread = std::thread::current();
    say_left_out(thread.name().unwrap_or("a test"), why);
}

fn say_left_out(test: &str, why: &str) {
    // Straight to the descriptor: the test runner swallows eprintln of tests that pass.
    let _ = writeln!(io::stderr().lock(), "left out: {test}: {why}");
}
