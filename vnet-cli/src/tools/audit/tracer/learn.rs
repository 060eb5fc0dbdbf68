//! What calls say about the calls to stop at from now on.
//!
//! The filter stops a program at the calls that may be of interest whatever went before. What a process does with a
//! netlink socket, or with a setting of the kernel's that it writes, may be any call (read(2), close(2)): while it has
//! such a descriptor, all its threads stop at every call.

use super::descriptors::{self, Open};
use super::table::{Closes, Reason};
use super::view::Stopped;
use super::{Call, Entry, Group, Outcome, Request, Task, Tracer, trace};

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
        self.table.process(task.pid).split |= splits(call);
        match call.name {
            "socket" | "open" | "openat" | "openat2" | "creat" | "pidfd_getfd" => {
                self.opened(task, &[i32::try_from(value).unwrap_or(-1)]);
            }
            "execve" | "execveat" => {
                // Only its own thread is left.
                self.table.process(task.pid).split = false;
                self.look_again(task);
            }
            "close" => {
                if let Some(closes) = closes {
                    self.closed(task, closes);
                }
            }
            // It came to it unseen.
            _ if call.group == Group::Netlink && self.table.process(task.pid).netlink == 0 => {
                self.look_again(task);
            }
            _ => {}
        }
    }

    /// A process has got these descriptors.
    pub(super) fn opened(&mut self, task: Task, fds: &[i32]) {
        let known = &self.known;
        let view = Stopped { task, known };
        let process = self.table.process(task.pid);
        let before = process.every_call();
        for fd in fds {
            match descriptors::reason(&view, *fd) {
                Some(Reason::Netlink) => process.netlink += 1,
                Some(Reason::Watched) => process.watched = true,
                None => {}
            }
        }
        if process.every_call() && !before {
            self.stop_the_others(task);
        }
    }

    /// A call has closed what may have been the last reason to stop at every call.
    pub(super) fn closed(&mut self, task: Task, closes: Closes) {
        let process = self.table.process(task.pid);
        if closes == Closes::One(Reason::Netlink) {
            process.netlink = process.netlink.saturating_sub(1);
            if process.netlink > 0 {
                return;
            }
        }
        // A copy may be left.
        self.look_again(task);
    }

    /// A thread has ended, and with it the descriptors that it had for itself.
    pub(super) fn took_descriptors_along(&mut self, task: Task) {
        let process = self.table.processes.get(&task.pid);
        if !process.is_some_and(|process| process.split && process.every_call()) {
            return;
        }
        if let Some(&tid) = self.table.siblings(task).first() {
            self.look_again(Task { tid, ..task });
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
            all = all.zip(open).map(|(all, open)| Open {
                netlink: all.netlink + open.netlink,
                watched: all.watched || open.watched,
            });
        }
        let process = self.table.process(task.pid);
        let before = process.every_call();
        // What can't be looked up is taken to be so: that costs time, not completeness.
        let open = all.unwrap_or(Open {
            netlink: 1,
            watched: process.watched,
        });
        process.netlink = open.netlink;
        process.watched = open.watched;
        if process.every_call() && !before {
            self.stop_the_others(task);
        }
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

/// What a call closes that may be the last reason to stop at every call.
pub(super) fn closes(entry: &Entry, view: &Stopped<'_>) -> Option<Closes> {
    let [first, second, ..] = entry.args.map(|arg| arg as i32);
    if entry.is(libc::SYS_close_range) {
        return Some(Closes::Several);
    }
    let fd = if entry.is(libc::SYS_close) {
        first
    } else if entry.is(libc::SYS_dup3) || is_dup2(entry) {
        second
    } else {
        return None;
    };
    descriptors::reason(view, fd).map(Closes::One)
}

/// Whether a call is dup2(2), which newer architectures do not have.
fn is_dup2(entry: &Entry) -> bool {
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    return entry.is(libc::SYS_dup2);
    #[cfg(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    ))]
    return entry.number == u64::MAX;
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
