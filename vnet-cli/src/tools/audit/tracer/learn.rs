//! What calls say about the calls to stop at from now on.
//!
//! The filter stops a program at the calls that are always of interest. read(2) and write(2) are so only on a netlink
//! socket or a setting of the kernel's: while a process may have one that it reads or writes so, all its threads stop
//! at every call.

use super::descriptors::{self, Open};
use super::table::Closes;
use super::view::Stopped;
use super::{Call, Group, Outcome, Request, Task, Tracer, trace};
use crate::tools::audit::calls::View;

/// After a look through all its descriptors a process may close one netlink socket for every so many of them before
/// the next look: a close never costs more than looking at so many.
const SHARE: usize = 8;

impl Tracer<'_> {
    pub(super) fn learn(&mut self, task: Task, call: &Call, closes: Option<Closes>) {
        if self.executed.is_none() && call.name.starts_with("execve") {
            self.executed = Some(match call.outcome {
                Outcome::Failed(errno) => Err(errno),
                _ => Ok(()),
            });
        }
        let Outcome::Returned(value, _) = call.outcome else {
            return;
        };
        let fd = i32::try_from(value).unwrap_or(-1);
        let known = &self.known;
        let view = Stopped { task, known };
        let socket = call.netlink.as_ref().map(|netlink| netlink.socket);
        let process = self.table.process(task.pid);
        let before = process.every_call();
        process.split |= splits(call);
        process.netlink |= call.group == Group::Netlink;
        match call.name {
            "socket" if call.group == Group::Netlink => {
                process
                    .probing
                    .extend(view.socket(fd).map(|socket| socket.inode));
            }
            "recvfrom" | "recvmsg" | "recvmmsg" => {
                process.probing.retain(|inode| Some(*inode) != socket);
            }
            "read" | "readv" | "pread64" | "write" | "writev" | "pwrite64"
                if call.group == Group::Netlink =>
            {
                process
                    .plain
                    .extend(socket.filter(|inode| !process.plain.contains(inode)));
            }
            "open" | "openat" | "openat2" | "creat" => {
                process.watched |= descriptors::of_interest(&view, fd) == Some(Closes::Watched);
            }
            "execve" | "execveat" => {
                // Only its own thread is left.
                process.split = false;
                self.look_again(task);
            }
            "close" => match closes {
                Some(closes) => self.closed(task, closes),
                None => self.one_socket_less(task),
            },
            _ => {}
        }
        if self.table.process(task.pid).every_call() && !before {
            self.stop_the_others(task);
        }
    }

    /// A call has closed what may have been a reason to stop at every call.
    pub(super) fn closed(&mut self, task: Task, closes: Closes) {
        let process = self.table.process(task.pid);
        match closes {
            Closes::Socket(inode)
                if !process.probing.contains(&inode) && !process.plain.contains(&inode) =>
            {
                self.one_socket_less(task);
            }
            Closes::Socket(_) | Closes::Watched => self.look_again(task),
        }
    }

    /// A process has closed a netlink socket, which may have been its last.
    fn one_socket_less(&mut self, task: Task) {
        let process = self.table.process(task.pid);
        match process.patience.checked_sub(1) {
            Some(less) => process.patience = less,
            None => self.look_again(task),
        }
    }

    /// Looks through a process's descriptors: what it executed a program with, or what is left after a close.
    fn look_again(&mut self, task: Task) {
        let mut tasks = vec![task];
        if self.table.process(task.pid).split {
            let others = self.table.siblings(task).into_iter();
            tasks.extend(others.map(|tid| Task { tid, ..task }));
        }
        let known = &self.known;
        let mut all = Some(Open::default());
        for task in tasks {
            let open = Open::of(&Stopped { task, known });
            all = all.zip(open).map(|(mut all, open)| {
                all.add(&open);
                all
            });
        }
        let process = self.table.process(task.pid);
        let Some(open) = all else {
            // What can't be looked up is taken to be so: that costs time, not completeness.
            process.netlink = true;
            return;
        };
        process.netlink = !open.netlink.is_empty();
        process.watched = open.watched;
        process.probing.retain(|inode| open.netlink.contains(inode));
        process.plain.retain(|inode| open.netlink.contains(inode));
        process.patience = open.count / SHARE;
    }

    /// Has the other threads of a process stop, to go on as their process has to from now on.
    fn stop_the_others(&mut self, task: Task) {
        for tid in self.table.siblings(task) {
            let Some(thread) = self.table.threads.get_mut(&tid) else {
                continue;
            };
            if !thread.to_call {
                thread.interrupted = trace::request(Request::Interrupt, tid, 0).is_ok();
            }
        }
    }
}

/// The descriptor that a call closes, by its number and its first arguments.
pub(super) fn closed_by(number: u64, args: [u64; 2]) -> Option<i32> {
    let is = |call: libc::c_long| u64::try_from(call) == Ok(number);
    let [first, second] = args.map(|arg| arg as i32);
    if is(libc::SYS_close) {
        return Some(first);
    }
    (is(libc::SYS_dup3) || is_dup2(number)).then_some(second)
}

/// Whether a number is dup2(2)'s, which newer architectures do not have.
fn is_dup2(number: u64) -> bool {
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    return u64::try_from(libc::SYS_dup2) == Ok(number);
    #[cfg(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    ))]
    return number == u64::MAX;
}

/// Whether a call gives a thread descriptors of its own, apart from its process's.
fn splits(call: &Call) -> bool {
    let has = |flag| call.args.iter().any(|arg| arg.contains(flag));
    match call.name {
        "unshare" => has("CLONE_FILES"),
        "clone" | "clone3" => has("CLONE_THREAD") && !has("CLONE_FILES"),
        _ => false,
    }
}
