//! The uid and gid maps of a user namespace.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;

use nix::fcntl::OFlag;
use nix::sys::stat::Mode;
use nix::unistd::{getegid, geteuid};

use crate::error::{Error, Result, UserMapStage, errno_of};
use crate::sys;

/// One line of a map (user_namespaces(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRange {
    /// The first id inside the namespace.
    pub inside: u32,
    /// The first id outside, as the writer of the map sees it.
    pub outside: u32,
    /// How many ids.
    pub count: u32,
}

/// Whether setgroups(2) may be called inside. An unprivileged writer of the gid map must deny it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setgroups {
    /// Leave it as it is.
    Leave,
    /// Deny it for good.
    Deny,
}

/// The maps of a new user namespace. They can be written once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserMap {
    /// `uid_map`.
    pub uids: Vec<IdRange>,
    /// `gid_map`.
    pub gids: Vec<IdRange>,
    /// `setgroups`, written before the gid map.
    pub setgroups: Setgroups,
}

impl UserMap {
    /// Root inside is who the caller is now (effective ids); setgroups(2) is denied. Anyone may write this map.
    ///
    /// Make it before the user namespace is entered: afterwards the caller has no ids until the map is written.
    pub fn current_to_root() -> Self {
        let one = |outside| IdRange {
            inside: 0,
            outside,
            count: 1,
        };
        Self {
            uids: vec![one(geteuid().as_raw())],
            gids: vec![one(getegid().as_raw())],
            setgroups: Setgroups::Deny,
        }
    }

    /// Who the caller is now keeps its ids inside; setgroups(2) is denied. Anyone may write this map.
    pub fn current_to_self() -> Self {
        let same = |id| IdRange {
            inside: id,
            outside: id,
            count: 1,
        };
        Self {
            uids: vec![same(geteuid().as_raw())],
            gids: vec![same(getegid().as_raw())],
            setgroups: Setgroups::Deny,
        }
    }

    /// Writes the maps of the user namespace the calling process has just unshared.
    pub fn write_current(&self) -> Result<()> {
        self.write("self")
    }

    /// Writes the maps of the user namespace of process `pid`: a child that waits for them.
    pub fn write_for(&self, pid: u32) -> Result<()> {
        self.write(&pid.to_string())
    }

    fn write(&self, process: &str) -> Result<()> {
        if self.setgroups == Setgroups::Deny {
            write_file(process, UserMapStage::Setgroups, "deny")?;
        }
        write_file(process, UserMapStage::UidMap, &lines(&self.uids))?;
        write_file(process, UserMapStage::GidMap, &lines(&self.gids))
    }
}

fn lines(ranges: &[IdRange]) -> String {
    let mut text = String::new();
    for r in ranges {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{} {} {}", r.inside, r.outside, r.count);
    }
    text
}

fn write_file(process: &str, stage: UserMapStage, text: &str) -> Result<()> {
    let failed = |errno| Error::UserMap { stage, errno };
    let path = format!("/proc/{process}/{stage}");
    let flags = OFlag::O_WRONLY | OFlag::O_CLOEXEC;
    let file = sys::open(path.as_str(), flags, Mode::empty()).map_err(failed)?;
    // The kernel takes a map in one write(2) and refuses a second.
    let mut file = File::from(file);
    file.write_all(text.as_bytes())
        .map_err(|e| failed(errno_of(&e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_written_as_the_kernel_reads_them() {
        let ranges = [
            IdRange {
                inside: 0,
                outside: 1000,
                count: 1,
            },
            IdRange {
                inside: 1,
                outside: 100_000,
                count: 65_536,
            },
        ];
        assert_eq!(lines(&ranges), "0 1000 1\n1 100000 65536\n");
    }

    #[test]
    fn the_first_user_namespace_has_its_map_already() {
        let err = UserMap::current_to_root().write_current().unwrap_err();
        assert!(matches!(err, Error::UserMap { .. }), "{err}");
        assert!(err.to_string().starts_with("cannot write "), "{err}");
    }
}
