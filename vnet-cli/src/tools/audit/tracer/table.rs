//! The threads and processes that are traced, and which of them stop at every call.

use crate::tools::audit::calls::{Entry, Pending};
use crate::tools::audit::event::Task;
use std::collections::HashMap;
use std::time::Duration;

/// Where a thread is.
#[derive(Debug, Default)]
pub(super) enum At {
    /// In its own code, or in a call that is of no interest.
    #[default]
    Outside,
    /// Inside a call that was seen at its entry: what is known of it, where it is of interest.
    Inside(Option<Box<Pending>>),
}

/// A thread.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) task: Task,
    pub(super) at: At,
    /// Whether it stopped at the entry of the call that it is in before the filter did that.
    pub(super) at_entry: bool,
    /// When it was let go into the call that it is in.
    pub(super) entered: Duration,
    /// Whether it was interrupted by us and has not stopped for that yet.
    pub(super) interrupted: bool,
    /// Whether it stops at its next call, or before: it was let go so.
    pub(super) to_call: bool,
    /// What the call that it is in closes, where that may be the last reason to stop at every call.
    pub(super) closes: Option<Closes>,
    /// The call that it is in, where that may give it descriptors.
    pub(super) receives: Option<Entry>,
}

/// What a call closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closes {
    /// One descriptor, that is such a reason.
    One(Reason),
    /// Several, close_range(2).
    Several,
}

/// A descriptor because of which a process stops at every call: what it does with such may be any call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// A netlink socket.
    Netlink,
    /// A file open for writing of which each write is reported.
    Watched,
}

/// A process: what its threads have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Process {
    /// How many netlink sockets it has, as far as was seen: copies of descriptors are not.
    pub(super) netlink: usize,
    /// Whether it has a file open for writing of which each write is reported.
    pub(super) watched: bool,
    /// Whether some of its threads have descriptors of their own.
    pub(super) split: bool,
    /// Whether it was said that it makes calls of another architecture.
    pub(super) foreign: bool,
}

impl Process {
    /// Whether it has to stop at every call.
    pub(super) fn every_call(&self) -> bool {
        self.netlink > 0 || self.watched
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) threads: HashMap<i32, Thread>,
    pub(super) processes: HashMap<i32, Process>,
}

impl Table {
    /// A new thread of a process; a new process is like its parent.
    pub(super) fn add(&mut self, task: Task, parent: Option<i32>) {
        let like = parent.and_then(|pid| self.processes.get(&pid).copied());
        self.processes
            .entry(task.pid)
            .or_insert_with(|| like.unwrap_or_default());
        let thread = Thread {
            task,
            at: At::default(),
            at_entry: false,
            entered: Duration::ZERO,
            to_call: false,
            closes: None,
            receives: None,
            interrupted: false,
        };
        self.threads.insert(task.tid, thread);
    }

    /// The thread is gone, and with its last thread a process.
    pub(super) fn remove(&mut self, tid: i32) -> Option<Thread> {
        let thread = self.threads.remove(&tid)?;
        let pid = thread.task.pid;
        if !self.threads.values().any(|other| other.task.pid == pid) {
            self.processes.remove(&pid);
        }
        Some(thread)
    }

    /// The state of a thread's process.
    pub(super) fn process(&mut self, pid: i32) -> &mut Process {
        self.processes.entry(pid).or_default()
    }

    /// The other threads of a thread's process.
    pub(super) fn siblings(&self, task: Task) -> Vec<i32> {
        let others = self.threads.values().map(|thread| thread.task);
        others
            .filter(|other| other.pid == task.pid && other.tid != task.tid)
            .map(|other| other.tid)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_ends_with_its_last_thread() {
        let mut table = Table::default();
        table.add(Task { pid: 1, tid: 1 }, None);
        table.process(1).netlink = 1;
        table.add(Task { pid: 1, tid: 2 }, Some(1));
        table.add(Task { pid: 3, tid: 3 }, Some(1));
        assert!(table.process(3).every_call(), "like its parent");
        assert_eq!(table.siblings(Task { pid: 1, tid: 1 }), [2]);
        assert!(table.remove(1).is_some() && table.processes.contains_key(&1));
        assert!(table.remove(2).is_some() && !table.processes.contains_key(&1));
        assert!(table.processes.contains_key(&3));
    }
}
