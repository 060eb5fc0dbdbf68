//! What can be asked about a stopped thread: its memory, its descriptors, its paths.

use crate::sys::trace;
use crate::tools::audit::calls::{Socket, View};
use crate::tools::audit::event::Task;
use nix::sys::uio::{RemoteIoVec, process_vm_readv};
use nix::unistd::Pid;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::IoSliceMut;
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// `NSFS_MAGIC` (`linux/magic.h`).
const NSFS_MAGIC: i64 = 0x6e73_6673;
/// Inodes remembered before all are forgotten, which costs no more than asking again.
const MOST: usize = 4096;

/// The sockets that were met, by inode; `None` is one that is not netlink's. A socket's inode is its own while it
/// lives, and what kind it is never changes.
#[derive(Debug, Default)]
pub(super) struct Sockets(RefCell<HashMap<u64, Socket>>);

/// A stopped thread.
pub(super) struct Stopped<'a> {
    pub(super) task: Task,
    pub(super) sockets: &'a Sockets,
}

impl Stopped<'_> {
    fn link(&self, what: &str) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{}/{what}", self.task.tid)).ok()
    }

    /// Asks the kernel about a socket, through a copy of its descriptor.
    fn ask(&self, fd: i32, inode: u64) -> Option<Socket> {
        let Task { pid, tid } = self.task;
        // A thread may have descriptors of its own (unshare(CLONE_FILES)), which only its own pidfd leads to.
        let copy = match tid == pid {
            true => trace::descriptor(pid, fd, false),
            false => {
                trace::descriptor(tid, fd, true).or_else(|_| trace::descriptor(pid, fd, false))
            }
        };
        let copy = copy.ok()?;
        let is_it = nix::sys::stat::fstat(&copy).is_ok_and(|stat| stat.st_ino == inode);
        if !is_it {
            return None;
        }
        let option = |option| trace::socket_option(copy.as_fd(), libc::SOL_SOCKET, option).ok();
        Some(Socket {
            inode,
            domain: option(libc::SO_DOMAIN)?,
            protocol: option(libc::SO_PROTOCOL)?,
        })
    }
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
        let link = self.link(&format!("fd/{fd}"))?;
        let inode = link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?;
        let inode = inode.parse().ok()?;
        if let Some(known) = self.sockets.0.borrow().get(&inode) {
            return Some(*known);
        }
        let socket = self.ask(fd, inode)?;
        let mut known = self.sockets.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(inode, socket);
        Some(socket)
    }

    fn path(&self, fd: i32) -> Option<PathBuf> {
        self.link(&format!("fd/{fd}"))
    }

    fn cwd(&self) -> Option<PathBuf> {
        self.link("cwd")
    }

    fn is_namespace(&self, path: &Path) -> bool {
        let mut whole = format!("/proc/{}/root", self.task.tid).into_bytes();
        whole.extend_from_slice(path.as_os_str().as_bytes());
        let found = nix::sys::statfs::statfs(whole.as_slice());
        // The type of a magic number differs between C libraries.
        #[allow(clippy::unnecessary_cast)]
        found.is_ok_and(|found| found.filesystem_type().0 as i64 == NSFS_MAGIC)
    }
}
