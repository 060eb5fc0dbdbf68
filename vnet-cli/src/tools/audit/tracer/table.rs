//! The threads and processes that are traced, and which of them stop at every call.

use crate::tools::audit::calls::Pending;
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
}

/// What a call closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closes {
    /// The netlink socket with this inode, by one of its descriptors.
    Socket(u64),
    /// A file of which each write is reported.
    Watched,
}

/// A process: what its threads have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Process {
    /// Whether it may have a netlink socket: until then no close(2) of its needs a look.
    pub(super) netlink: bool,
    /// Whether it has a file open for writing of which each write is reported.
    pub(super) watched: bool,
    /// The inodes of the netlink sockets that it has made and not received from yet: it might do that with read(2),
    /// which does not stop otherwise.
    pub(super) probing: Vec<u64>,
    /// Those that it has read or written with read(2) or write(2), and so will again.
    pub(super) plain: Vec<u64>,
    /// How many of its netlink sockets may be closed before it is worth a look whether there is another.
    pub(super) patience: usize,
    /// Whether some of its threads have descriptors of their own.
    pub(super) split: bool,
    /// Whether it was said that it makes calls of another architecture.
    pub(super) foreign: bool,
}

impl Process {
    /// Whether it has to stop at every call.
    pub(super) fn every_call(&self) -> bool {
        self.watched || !self.probing.is_empty() || !self.plain.is_empty()
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
        let like = parent.and_then(|pid| self.processes.get(&pid).cloned());
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
        table.process(1).netlink = true;
        table.add(Task { pid: 1, tid: 2 }, Some(1));
        table.add(Task { pid: 3, tid: 3 }, Some(1));
        assert!(table.process(3).netlink, "like its parent");
        assert_eq!(table.siblings(Task { pid: 1, tid: 1 }), [2]);
        assert!(table.remove(1).is_some() && table.processes.contains_key(&1));
        assert!(table.remove(2).is_some() && !table.processes.contains_key(&1));
        assert!(table.processes.contains_key(&3));
    }
}
