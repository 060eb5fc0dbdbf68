//! What a stopped thread has open: which of it has to be followed.

use super::table::Reason;
use super::view::{Stopped, socket_inode};
use crate::tools::audit::calls::{View, takes_bytes};
use nix::fcntl::{FcntlArg, OFlag, fcntl};

/// What a process's descriptors say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// How many are netlink sockets.
    pub(super) netlink: usize,
    /// Whether one is a file open for writing of which each write is reported.
    pub(super) watched: bool,
}

impl Open {
    /// What a thread has open; `None` where its descriptors can't be listed.
    pub(super) fn of(view: &Stopped<'_>) -> Option<Self> {
        let mut open = Self::default();
        for fd in view.descriptors()? {
            match reason(view, fd) {
                Some(Reason::Netlink) => open.netlink += 1,
                Some(Reason::Watched) => open.watched = true,
                None => {}
            }
        }
        Some(open)
    }
}

/// Why a process has to stop at every call because of a descriptor.
pub(super) fn reason(view: &Stopped<'_>, fd: i32) -> Option<Reason> {
    let target = view.path(fd)?;
    if let Some(inode) = socket_inode(&target) {
        let is_netlink = view.socket_with(fd, inode)?.domain == libc::AF_NETLINK;
        return is_netlink.then_some(Reason::Netlink);
    }
    (takes_bytes(&target) && is_writable(view, fd)).then_some(Reason::Watched)
}

/// Whether a descriptor was opened for writing.
fn is_writable(view: &Stopped<'_>, fd: i32) -> bool {
    let flags = view.copy(fd).map(|copy| fcntl(copy, FcntlArg::F_GETFL));
    let Some(Ok(flags)) = flags else {
        return false;
    };
    OFlag::from_bits_retain(flags) & OFlag::O_ACCMODE != OFlag::O_RDONLY
}

#[cfg(test)]
mod tests {
    use super::super::view::Known;
    use super::*;
    use crate::tools::audit::event::Task;
    use std::fs::{File, OpenOptions};
    use std::os::fd::{AsFd, AsRawFd};
    use std::path::Path;

    #[test]
    fn settings_and_what_is_none() {
        for path in [
            "/proc/sys/net/ipv4/ip_forward",
            "/proc/7/uid_map",
            "/proc/self/task/3/setgroups",
        ] {
            assert!(takes_bytes(Path::new(path)), "{path}");
        }
        for path in ["/proc/systems", "/tmp/uid_map", "/proc/7/maps", "pipe:[7]"] {
            assert!(!takes_bytes(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn how_a_file_was_opened() {
        let pid = std::process::id() as i32;
        let known = Known::new();
        let own = Stopped {
            task: Task { pid, tid: pid },
            known: &known,
        };
        let read = File::open("/dev/null").unwrap();
        let write = OpenOptions::new().write(true).open("/dev/null").unwrap();
        assert!(!is_writable(&own, read.as_raw_fd()));
        assert!(is_writable(&own, write.as_raw_fd()));
        assert_eq!(reason(&own, write.as_raw_fd()), None);
        assert!(own.descriptors().unwrap().contains(&read.as_raw_fd()));
        assert!(!Open::of(&own).unwrap().watched);
    }

    #[test]
    fn sockets_with_and_without_proc() {
        let pid = std::process::id() as i32;
        let socket = netlink_raw::Socket::route().unwrap();
        let fd = socket.as_fd().as_raw_fd();
        let mut found = Vec::new();
        for known in [Known::new(), Known::without_proc()] {
            let view = Stopped {
                task: Task { pid, tid: pid },
                known: &known,
            };
            let socket = view.socket(fd).unwrap();
            assert_eq!((socket.domain, socket.protocol), (libc::AF_NETLINK, 0));
            assert!(
                view.path(fd)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .starts_with("socket:[")
            );
            assert!(view.socket(-1).is_none());
            assert_eq!(reason(&view, fd), Some(Reason::Netlink));
            found.push(socket.inode);
        }
        assert_eq!(found[0], found[1]);
    }
}
