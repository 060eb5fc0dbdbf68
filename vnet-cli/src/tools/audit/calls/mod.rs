//! The calls that an audit reports: their numbers, which of them to stop at, and what their registers and memory say.

use super::event::{Call, Task};
use std::path::PathBuf;
use std::time::Duration;

/// What can be asked about the thread that has stopped.
pub trait View {
    /// Which it is.
    fn task(&self) -> Task;
    /// Reads its memory; how many bytes, from the first on, could be read.
    fn read(&self, at: u64, into: &mut [u8]) -> usize;
    /// What socket a descriptor of its is; `None` where it is none.
    fn socket(&self, fd: i32) -> Option<Socket>;
    /// What the kernel says a descriptor of its refers to, in its own view of the file system.
    fn path(&self, fd: i32) -> Option<PathBuf>;
    /// Its working directory, likewise.
    fn cwd(&self) -> Option<PathBuf>;
    /// Whether a path, absolute in its view, is a file of the kernel's nsfs.
    fn is_namespace(&self, path: &std::path::Path) -> bool;
}

/// A socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Socket {
    /// Its inode.
    pub inode: u64,
    /// `AF_*`.
    pub domain: i32,
    /// Its protocol, `NETLINK_*` of a netlink socket.
    pub protocol: i32,
}

/// A call that a thread is about to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, since 1970 began in UTC.
    pub time: Duration,
    /// Its number, of this machine's native kind.
    pub number: u64,
    /// Its six arguments.
    pub args: [u64; 6],
}

/// At which calls of a number to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All.
    Always,
    /// Those whose argument, its low 32 bits, is this.
    Is(u8, u32),
    /// Those whose argument has none of these bits.
    Lacks(u8, u32),
    /// Those whose argument, masked, is one of these.
    Masked(u8, u32, &'static [u32]),
}

/// A call that was entered and is not over.
#[derive(Debug)]
pub struct Pending {
    entry: Entry,
}

/// Takes a call at its entry; `None` where it turns out to be of no interest, and its return need not be waited for.
pub fn enter(entry: Entry, view: &dyn View) -> Option<Pending> {
    let _ = view;
    Some(Pending { entry })
}

impl Pending {
    /// Takes the call's return, its result as the kernel gives it (`-errno` for an error); `None` where the result
    /// shows that it is of no interest.
    pub fn leave(self, time: Duration, result: i64, view: &dyn View) -> Option<Call> {
        let _ = (time, result, view, self.entry);
        None
    }

    /// The call did not return: the thread has ended in it.
    pub fn never(self, time: Duration) -> Call {
        let _ = (time, self.entry);
        unreachable!("replaced before it lands")
    }
}

/// The calls to stop at, by number.
pub fn traced() -> Vec<(u64, When)> {
    Vec::new()
}
