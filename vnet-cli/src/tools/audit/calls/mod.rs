//! The calls that an audit reports: their numbers, which of them to stop at, and what their registers and memory say.

mod capability;
mod control;
mod draft;
mod files;
mod flags;
mod ioctls;
mod iov;
mod memory;
mod message;
mod mounts;
mod names;
mod options;
mod prctl;
mod process;
mod sockaddr;
mod sockets;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub(super) use files::takes_bytes;
pub use table::{CALLS, Known};

use super::event::{Call, Outcome, Task};
use draft::Draft;
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
    /// The path under /proc that a path, absolute in its view, leads to by links or another mount of procfs; `None`
    /// where it leads elsewhere.
    fn in_proc(&self, path: &std::path::Path) -> Option<PathBuf>;
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

impl Entry {
    /// Whether it is this call (`SYS_*`).
    pub fn is(&self, call: libc::c_long) -> bool {
        u64::try_from(call) == Ok(self.number)
    }
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
    time: Duration,
    task: Task,
    known: &'static Known,
    draft: Draft,
}

/// Takes a call at its entry; `None` where it turns out to be of no interest, and its return need not be waited for.
pub fn enter(entry: Entry, view: &dyn View) -> Option<Pending> {
    let known = table::known(entry.number)?;
    let mut draft = Draft::new(entry.args, known.group);
    (known.enter)(&mut draft, view).then(|| Pending {
        time: entry.time,
        task: view.task(),
        known,
        draft,
    })
}

impl Pending {
    /// Takes the call's return, its result as the kernel gives it (`-errno` for an error); `None` where the result
    /// shows that it is of no interest.
    pub fn leave(mut self, time: Duration, result: i64, view: &dyn View) -> Option<Call> {
        (self.known.leave)(&mut self.draft, view, result);
        let outcome = match result {
            -4095..=-1 => Outcome::Failed(-result as i32),
            _ => {
                let returned = self.draft.returned.take();
                Outcome::Returned(result, returned.unwrap_or_else(|| result.to_string()))
            }
        };
        Some(self.over(time, outcome))
    }

    /// The call did not return: the thread has ended in it.
    pub fn never(self, time: Duration) -> Call {
        self.over(time, Outcome::Never)
    }

    fn over(self, time: Duration, outcome: Outcome) -> Call {
        Call {
            time: self.time,
            duration: time.saturating_sub(self.time),
            task: self.task,
            name: self.known.name,
            group: self.draft.group,
            args: self.draft.texts,
            outcome,
            paths: self.draft.paths,
            data: self.draft.data,
            netlink: self.draft.netlink,
        }
    }
}

/// Whether a call that is of no interest itself may give the process descriptors (`SCM_RIGHTS`): its return is worth a
/// look at [`passed`].
pub fn may_pass(entry: &Entry, view: &dyn View) -> bool {
    let [fd, at, ..] = entry.args;
    // Of several messages the first stands for all.
    (entry.is(libc::SYS_recvmsg) || entry.is(libc::SYS_recvmmsg))
        && view
            .socket(fd as i32)
            .is_some_and(|socket| socket.domain == libc::AF_UNIX)
        && message::takes_more(view, at)
}

/// The descriptors that came with what such a call has received.
pub fn passed(entry: &Entry, result: i64, view: &dyn View) -> Vec<i32> {
    let at = entry.args[1];
    let messages = match u64::try_from(result) {
        Err(_) => 0,
        Ok(count) if entry.is(libc::SYS_recvmmsg) => count,
        Ok(_) => 1,
    };
    let each = (0..messages).map(|i| at.wrapping_add(i * sockets::MMSG));
    each.flat_map(|at| message::passed(view, at)).collect()
}

/// The calls to stop at, by number.
pub fn traced() -> Vec<(u64, When)> {
    let traced = CALLS.iter();
    traced
        .filter_map(|known| Some((known.number, known.when?)))
        .collect()
}
