//! What can be asked about a stopped thread: its memory, its descriptors, its paths.

use crate::sys::trace;
use crate::tools::audit::calls::{Socket, View};
use crate::tools::audit::event::Task;
use nix::fcntl::OFlag;
use nix::sys::stat::Mode;
use nix::sys::uio::{RemoteIoVec, process_vm_readv};
use nix::unistd::Pid;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io::IoSliceMut;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// `NSFS_MAGIC` (`linux/magic.h`).
const NSFS_MAGIC: i64 = 0x6e73_6673;
/// `PROC_SUPER_MAGIC`, likewise.
const PROC_SUPER_MAGIC: i64 = 0x9fa0;
/// Inodes remembered before all are forgotten, which costs no more than asking again.
const MOST: usize = 4096;

/// What is remembered of the program between its stops.
#[derive(Debug)]
pub(super) struct Known {
    /// The sockets that were met, by inode. A socket's inode is its own while it lives, and what kind it is never
    /// changes.
    sockets: RefCell<HashMap<u64, Socket>>,
    /// Whether /proc is there and numbers processes as the kernel does for us: a pid namespace may have been entered
    /// without it.
    proc_is_ours: bool,
}

impl Known {
    pub(super) fn new() -> Self {
        let own = std::fs::read_link("/proc/self").ok();
        let own = own.and_then(|own| own.to_str()?.parse::<u32>().ok());
        Self {
            sockets: RefCell::default(),
            proc_is_ours: own == Some(std::process::id()),
        }
    }

    #[cfg(test)]
    pub(super) fn without_proc() -> Self {
        Self {
            proc_is_ours: false,
            ..Self::new()
        }
    }
}

/// A stopped thread.
pub(super) struct Stopped<'a> {
    pub(super) task: Task,
    pub(super) known: &'a Known,
}

impl Stopped<'_> {
    fn link(&self, what: &str) -> Option<PathBuf> {
        let link = || std::fs::read_link(format!("/proc/{}/{what}", self.task.tid)).ok();
        self.known.proc_is_ours.then(link).flatten()
    }

    /// The numbers of its descriptors; `None` where they can't be listed.
    pub(super) fn descriptors(&self) -> Option<Vec<i32>> {
        let list = || std::fs::read_dir(format!("/proc/{}/fd", self.task.tid)).ok();
        let entries = self.known.proc_is_ours.then(list).flatten()?;
        let number = |entry: std::fs::DirEntry| entry.file_name().to_str()?.parse().ok();
        Some(entries.flatten().filter_map(number).collect())
    }

    /// A copy of one of its descriptors.
    pub(super) fn copy(&self, fd: i32) -> Option<OwnedFd> {
        let Task { pid, tid } = self.task;
        // A thread may have descriptors of its own (unshare(CLONE_FILES)), which only its own pidfd leads to.
        let copy = match tid == pid {
            true => trace::descriptor(pid, fd, false),
            false => {
                trace::descriptor(tid, fd, true).or_else(|_| trace::descriptor(pid, fd, false))
            }
        };
        copy.ok()
    }

    /// A path, absolute in its view, as it is called in ours.
    fn outside(&self, path: &Path) -> Option<PathBuf> {
        let mut whole = format!("/proc/{}/root", self.task.tid).into_bytes();
        whole.extend_from_slice(path.as_os_str().as_bytes());
        self.known
            .proc_is_ours
            .then(|| OsString::from_vec(whole).into())
    }

    /// The magic number of the file system that a path leads to.
    fn file_system(&self, path: &Path) -> Option<i64> {
        let found = nix::sys::statfs::statfs(&self.outside(path)?).ok()?;
        // The type of a magic number differs between C libraries.
        #[allow(clippy::unnecessary_cast)]
        Some(found.filesystem_type().0 as i64)
    }

    /// The socket with this inode, which one of its descriptors is.
    pub(super) fn socket_with(&self, fd: i32, inode: u64) -> Option<Socket> {
        if let Some(socket) = self.known.sockets.borrow().get(&inode) {
            return Some(*socket);
        }
        let socket = ask(&self.copy(fd)?).filter(|socket| socket.inode == inode)?;
        let mut sockets = self.known.sockets.borrow_mut();
        if sockets.len() >= MOST {
            sockets.clear();
        }
        sockets.insert(inode, socket);
        Some(socket)
    }
}

/// The inode of the socket that a descriptor's link names.
pub(super) fn socket_inode(link: &Path) -> Option<u64> {
    let inode = link.to_str()?.strip_prefix("socket:[")?;
    inode.strip_suffix(']')?.parse().ok()
}

/// Asks the kernel about a socket.
fn ask(socket: &OwnedFd) -> Option<Socket> {
    let option = |option| trace::socket_option(socket.as_fd(), libc::SOL_SOCKET, option).ok();
    Some(Socket {
        inode: nix::sys::stat::fstat(socket).ok()?.st_ino,
        domain: option(libc::SO_DOMAIN)?,
        protocol: option(libc::SO_PROTOCOL)?,
    })
}

impl View for Stopped<'_> {
    fn task(&self) -> Task {
        self.task
    }

    fn read(&self, at: u64, into: &mut [u8]) -> usize {
        let len = into.len();
        let Ok(base) = usize::try_from(at) else {
            return 0;
        };
        let remote = [RemoteIoVec { base, len }];
        let tid = Pid::from_raw(self.task.tid);
        // Stops at the first page that is not there, as copy_from_user does.
        process_vm_readv(tid, &mut [IoSliceMut::new(into)], &remote).unwrap_or(0)
    }

    fn socket(&self, fd: i32) -> Option<Socket> {
        if !self.known.proc_is_ours {
            return ask(&self.copy(fd)?);
        }
        let link = self.link(&format!("fd/{fd}"))?;
        self.socket_with(fd, socket_inode(&link)?)
    }

    fn path(&self, fd: i32) -> Option<PathBuf> {
        self.link(&format!("fd/{fd}")).or_else(|| {
            let copy = self.copy(fd)?;
            std::fs::read_link(format!("/proc/self/fd/{}", copy.as_raw_fd())).ok()
        })
    }

    fn cwd(&self) -> Option<PathBuf> {
        self.link("cwd")
    }

    fn is_namespace(&self, path: &Path) -> bool {
        self.file_system(path) == Some(NSFS_MAGIC)
    }

    fn in_proc(&self, path: &Path) -> Option<PathBuf> {
        if self.file_system(path) != Some(PROC_SUPER_MAGIC) {
            return None;
        }
        let flags = OFlag::O_PATH | OFlag::O_CLOEXEC;
        let file = nix::fcntl::open(&self.outside(path)?, flags, Mode::empty()).ok()?;
        let place = std::fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd())).ok()?;
        Some(under_proc(&place))
    }
}

/// A place in some procfs as it is called where procfs is on /proc.
fn under_proc(place: &Path) -> PathBuf {
    let bytes = place.as_os_str().as_bytes();
    let name = b"/proc/";
    match bytes.windows(name.len()).position(|part| part == name) {
        Some(at) => Path::new(OsStr::from_bytes(bytes.get(at..).unwrap_or_default())).into(),
        // A mount that our root does not lead to is shown from its own root.
        None => Path::new("/proc").join(place.strip_prefix("/").unwrap_or(place)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_procfs() {
        for (place, is) in [
            ("/proc/sys/net/x", "/proc/sys/net/x"),
            ("/mnt/proc/sys/net/x", "/proc/sys/net/x"),
            ("/sys/net/x", "/proc/sys/net/x"),
        ] {
            assert_eq!(under_proc(Path::new(place)), Path::new(is));
        }
        let pid = std::process::id() as i32;
        let view = Stopped {
            task: Task { pid, tid: pid },
            known: &Known::new(),
        };
        let found = view.in_proc(Path::new("//proc/self/../sys/kernel/hostname"));
        assert_eq!(
            found.as_deref(),
            Some(Path::new("/proc/sys/kernel/hostname"))
        );
        assert_eq!(view.in_proc(Path::new("/dev/null")), None);
        assert_eq!(view.in_proc(Path::new("/proc/nosuch")), None);
    }
}
