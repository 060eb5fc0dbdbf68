//! The tracer: runs a program, stops it and all that it starts at the calls of interest, and tells what happens.
//!
//! One thread waits for all (ptrace(2) ties tracees to a thread). A call of interest stops twice: at its entry by the
//! seccomp filter, and at its return, for which the thread is let go with `PTRACE_SYSCALL`. Everything else runs at
//! full speed. See ptrace(2) and seccomp(2).

mod awake;
mod descriptors;
mod error;
mod filter;
mod find;
mod learn;
mod refused;
mod start;
mod table;
mod unseen;
mod view;

pub use error::Error;

use super::calls::{self, Entry};
use super::event::{Call, Ended, Event, Group, How, Outcome, Task, restarts};
use crate::sys::trace::{self, Request};
use awake::Awake;
use std::collections::HashSet;
use std::ffi::OsString;
use std::time::{Duration, SystemTime};
use table::{At, Table};
use view::{Known, Stopped};

/// How the audited program, its first process, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By exit, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// Runs a program, its name first, to the end of it and of all that it has started, and tells `each` what happens.
///
/// The calling thread may not have other children. Signals that end a program are handed on to the audited one from
/// now on, [`end_as`] ends the process in the same way. Should the auditor die, so do all that it traces.
///
/// # Errors
/// When the program can't be started or traced, or a system call of our own fails.
pub fn run(words: &[OsString], each: &mut dyn FnMut(Event)) -> Result<End, Error> {
    let mut started = start::start(words)?;
    let pid = started.pid;
    let mut tracer = Tracer {
        each,
        table: Table::default(),
        early: HashSet::new(),
        known: Known::new(),
        awake: Awake::new(),
        first: pid,
        every_call: started.unfiltered.is_some(),
        executed: None,
        end: None,
    };
    tracer.table.add(Task { pid, tid: pid }, None);
    trace::hand_signals_to(pid);
    if let Some(why) = &started.unfiltered {
        (tracer.each)(Event::Note(format!(
            "no seccomp filter could be set ({why}): the program stops at every call, which is slow"
        )));
        trace::request(Request::Interrupt, pid, 0).map_err(Error::os("ptrace"))?;
    }
    tracer.awake.stopped(pid);
    started.go_on()?;
    drop(started);
    tracer.wait_for_all()?;
    match (tracer.executed, tracer.end) {
        (Some(Err(errno)), _) => Err(Error::Program {
            name: words.first().cloned().unwrap_or_default(),
            errno,
        }),
        (_, end) => Ok(end.unwrap_or(End::Code(0))),
    }
}

/// Ends this process as the audited program ended, where that was by a signal; comes back with the exit code
/// otherwise.
pub fn end_as(end: End) -> i32 {
    match end {
        End::Code(code) => code,
        End::Signal(signal) => {
            trace::end_by(signal);
            128 + signal
        }
    }
}

struct Tracer<'a> {
    each: &'a mut dyn FnMut(Event),
    table: Table,
    /// Threads whose first stop came before their parent's report of them.
    early: HashSet<i32>,
    known: Known,
    awake: Awake,
    /// The program's first process.
    first: i32,
    /// Whether there is no filter.
    every_call: bool,
    /// How the first execve(2), which is our child's, went.
    executed: Option<Result<(), i32>>,
    end: Option<End>,
}

fn now() -> Duration {
    SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()
}

impl Tracer<'_> {
    fn wait_for_all(&mut self) -> Result<(), Error> {
        loop {
            match trace::wait_any() {
                Ok((tid, status)) => {
                    self.awake.stopped(tid);
                    self.changed(tid, status);
                }
                Err(e) if e.raw_os_error() == Some(libc::EINTR) => {}
                Err(e) if e.raw_os_error() == Some(libc::ECHILD) => return Ok(()),
                Err(e) => return Err(Error::os("waitpid")(e)),
            }
        }
    }

    /// A thread has ended or stopped.
    fn changed(&mut self, tid: i32, status: i32) {
        let time = now();
        if libc::WIFEXITED(status) {
            return self.ended(tid, time, How::Code(libc::WEXITSTATUS(status)));
        }
        if libc::WIFSIGNALED(status) {
            let how = How::Signal(libc::WTERMSIG(status), libc::WCOREDUMP(status));
            return self.ended(tid, time, how);
        }
        if !libc::WIFSTOPPED(status) {
            return;
        }
        let signal = libc::WSTOPSIG(status);
        let event = status >> 16;
        if event == libc::PTRACE_EVENT_EXEC {
            self.executed(tid);
        } else if !self.table.threads.contains_key(&tid) {
            // It stays stopped until the event of its parent says whose it is.
            self.early.insert(tid);
            return;
        }
        match event {
            libc::PTRACE_EVENT_SECCOMP => self.in_call(tid, time),
            libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK | libc::PTRACE_EVENT_CLONE => {
                self.born(tid);
            }
            libc::PTRACE_EVENT_STOP if stops(signal) => {
                // The whole process was stopped, as by ^Z: it has to stay so until it is continued.
                let _ = trace::request(Request::Listen, tid, 0);
                return;
            }
            libc::PTRACE_EVENT_STOP => {
                if let Some(thread) = self.table.threads.get_mut(&tid) {
                    thread.interrupted = false;
                }
            }
            0 if signal == libc::SIGTRAP | 0x80 => self.in_call(tid, time),
            0 => {
                if let Some(thread) = self.table.threads.get(&tid) {
                    let task = thread.task;
                    (self.each)(Event::Signal { time, task, signal });
                }
                return self.resume(tid, signal);
            }
            _ => {}
        }
        self.resume(tid, 0);
    }

    /// Lets a thread go on: to the return of the call that it is in, to its next call, or to the next of interest.
    fn resume(&mut self, tid: i32, signal: i32) {
        let Some(thread) = self.table.threads.get_mut(&tid) else {
            return;
        };
        let every = self.every_call
            || self
                .table
                .processes
                .get(&thread.task.pid)
                .is_some_and(table::Process::every_call);
        let request = match thread.at {
            At::Inside(Some(_)) => Request::ToCall,
            // The filter may stop it a second time in the call that it is in, whatever its process needs from now on:
            // to its return, so that the two are not taken for two calls.
            At::Inside(None) if thread.at_entry || thread.receives.is_some() => Request::ToCall,
            _ if every => Request::ToCall,
            // What follows is not seen as the return of this call.
            _ => {
                thread.at = At::Outside;
                Request::Continue
            }
        };
        thread.to_call = matches!(request, Request::ToCall);
        // It may have been killed meanwhile, which waiting for it tells.
        let _ = trace::request(request, tid, signal);
    }

    /// A thread has stopped at the entry of a call or at its return.
    fn in_call(&mut self, tid: i32, time: Duration) {
        let Ok(info) = trace::syscall_info(tid) else {
            return;
        };
        match info.op {
            trace::INFO_ENTRY | trace::INFO_SECCOMP => {
                // The filter of a thread that stops at every call has it stop a second time.
                let again = self.table.threads.get(&tid).is_some_and(|thread| {
                    info.op == trace::INFO_SECCOMP && matches!(thread.at, At::Inside(_))
                });
                if !again {
                    self.entered(tid, time, &info);
                }
            }
            trace::INFO_EXIT => {
                let result = info.words.first().copied().unwrap_or_default() as i64;
                self.left(tid, time, result);
            }
            _ => {}
        }
    }

    fn entered(&mut self, tid: i32, time: Duration, info: &trace::SyscallInfo) {
        let Some(thread) = self.table.threads.get_mut(&tid) else {
            return;
        };
        thread.at = At::Inside(None);
        thread.at_entry = info.op == trace::INFO_ENTRY;
        let task = thread.task;
        let process = self.table.processes.entry(task.pid).or_default();
        if info.arch != filter::NATIVE && filter::NATIVE != 0 {
            if !std::mem::replace(&mut process.foreign, true) {
                (self.each)(Event::Unseen(format!(
                    "process {} makes calls of another architecture (AUDIT_ARCH 0x{:x}): they are not reported",
                    task.pid, info.arch
                )));
            }
            return;
        }
        let [number, a, b, c, d, e, f, _] = info.words;
        let every_call = process.every_call();
        let entry = Entry {
            time,
            number,
            args: [a, b, c, d, e, f],
        };
        let view = Stopped {
            task,
            known: &self.known,
        };
        if let Some(what) = unseen::by(&entry, &view) {
            (self.each)(Event::Unseen(what));
        }
        if every_call {
            thread.closes = learn::closes(&entry, &view);
        }
        let Some(pending) = calls::enter(entry, &view) else {
            thread.receives = calls::may_pass(&entry, &view).then_some(entry);
            return;
        };
        if entry.is(libc::SYS_exit) || entry.is(libc::SYS_exit_group) {
            // They do not return.
            (self.each)(Event::Call(Box::new(pending.never(time))));
            return;
        }
        thread.at = At::Inside(Some(Box::new(pending)));
        thread.entered = now();
    }

    fn left(&mut self, tid: i32, time: Duration, result: i64) {
        let Some(thread) = self.table.threads.get_mut(&tid) else {
            return;
        };
        let (closes, receives) = (thread.closes.take(), thread.receives.take());
        let At::Inside(Some(pending)) = std::mem::take(&mut thread.at) else {
            let task = thread.task;
            if let Some(closes) = closes {
                self.closed(task, closes);
            }
            if let Some(entry) = receives {
                let known = &self.known;
                let fds = calls::passed(&entry, result, &Stopped { task, known });
                self.opened(task, &fds);
            }
            return;
        };
        // The kernel makes a call again that only our own interruption ended.
        if thread.interrupted && i32::try_from(-result).is_ok_and(restarts) {
            return;
        }
        let (task, entered) = (thread.task, thread.entered);
        let view = Stopped {
            task,
            known: &self.known,
        };
        let Some(mut call) = pending.leave(time, result, &view) else {
            return;
        };
        // The time at the entry's stop is ours and not the call's.
        call.duration = time.saturating_sub(entered);
        self.learn(task, &call, closes);
        (self.each)(Event::Call(Box::new(call)));
    }

    /// A thread has made another.
    fn born(&mut self, parent: i32) {
        let (Ok(tid), Some(by)) = (trace::event_about(parent), self.table.threads.get(&parent))
        else {
            return;
        };
        let by = by.task.pid;
        // Whether it is a thread of the same process: tgkill(2) with signal 0 only looks.
        let pid = match trace::tgkill(by, tid, 0) {
            Ok(()) => by,
            Err(_) => tid,
        };
        self.table.add(Task { pid, tid }, Some(by));
        if self.early.remove(&tid) {
            self.resume(tid, 0);
        }
    }

    /// A thread executes a program: it becomes the first of its process, whichever it was, and the only one.
    fn executed(&mut self, tid: i32) {
        let former = trace::event_about(tid).unwrap_or(tid);
        if former == tid {
            return;
        }
        let Some(mut thread) = self.table.threads.remove(&former) else {
            return;
        };
        let task = thread.task;
        let ended = Ended {
            time: now(),
            task: Task { pid: task.pid, tid },
            how: How::Replaced,
        };
        (self.each)(Event::Ended(ended));
        thread.task.tid = tid;
        self.table.threads.insert(tid, thread);
    }

    fn ended(&mut self, tid: i32, time: Duration, how: How) {
        self.early.remove(&tid);
        let Some(thread) = self.table.remove(tid) else {
            return;
        };
        if let At::Inside(Some(pending)) = thread.at {
            (self.each)(Event::Call(Box::new(pending.never(time))));
        }
        let task = thread.task;
        (self.each)(Event::Ended(Ended { time, task, how }));
        self.took_descriptors_along(task);
        if tid == self.first {
            self.end = Some(match how {
                How::Code(code) => End::Code(code),
                How::Signal(signal, _) => End::Signal(signal),
                How::Replaced => End::Code(0),
            });
        }
        if !self.table.processes.contains_key(&self.first) {
            let heir = self.table.processes.keys().next();
            trace::hand_signals_to(heir.copied().unwrap_or(-1));
        }
    }
}

/// Whether a signal stops a process.
fn stops(signal: i32) -> bool {
    matches!(
        signal,
        libc::SIGSTOP | libc::SIGTSTP | libc::SIGTTIN | libc::SIGTTOU
    )
}

#[cfg(test)]
mod tests;
