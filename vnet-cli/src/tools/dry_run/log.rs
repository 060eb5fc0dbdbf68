//! What a dry run has told so far, in order.

use netlink_raw::decode::Messages;
use netlink_raw::exchange::{NLMSG_DONE, NLMSG_ERROR};
use netlink_raw::transport::Prompter;
use nsenter::{Call, Errno};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One thing told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// This datagram would be sent.
    Send(Vec<u8>),
    /// This datagram, which only asks, was sent.
    Ask {
        /// It.
        datagram: Vec<u8>,
        /// What came back.
        answer: Answer,
        /// Whether changes were told before it: the answer does not know of them.
        stale: bool,
    },
    /// A system call.
    Call {
        /// Its name.
        name: &'static str,
        /// Its arguments, as strace(1) writes them.
        args: Vec<String>,
        /// The error that it would have, or had.
        errno: Option<i32>,
        /// Whether it was made: it changes this process alone.
        made: bool,
    },
}

impl Entry {
    /// Whether it would change something.
    pub fn is_change(&self) -> bool {
        match self {
            Self::Send(_) => true,
            Self::Ask { .. } => false,
            Self::Call { made, .. } => !made,
        }
    }
}

/// What came back of a look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answer {
    /// How many messages with something in them.
    pub messages: usize,
    /// The refusal.
    pub errno: Option<i32>,
}

/// The list, shared by everything that tells.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    entries: Vec<Entry>,
    /// Whether a change was told, of this command or one before it.
    changed: bool,
}

impl Log {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, entry: Entry) {
        let mut state = self.state();
        state.changed |= entry.is_change();
        state.entries.push(entry);
    }

    /// Notes a system call.
    pub(super) fn call(&self, call: &Call<'_>, answer: Result<(), Errno>, made: bool) {
        self.push(Entry::Call {
            name: call.name(),
            args: call.args(),
            errno: answer.err().map(|errno| errno as i32),
            made,
        });
    }

    /// Notes that a value is written to a file, as std::fs::write does it.
    pub(super) fn write(&self, path: &str, value: &str) {
        let flags = "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC";
        let call = |name, args: Vec<String>| Entry::Call {
            name,
            args,
            errno: None,
            made: false,
        };
        let quoted = |text: &str| format!("{text:?}");
        self.push(call(
            "openat",
            vec!["AT_FDCWD".into(), quoted(path), flags.into(), "0666".into()],
        ));
        // The descriptor that was just opened: the lowest that is free.
        let fd = std::fs::File::open("/").map_or_else(
            |_| "?".into(),
            |file| std::os::fd::AsRawFd::as_raw_fd(&file).to_string(),
        );
        let len = value.len().to_string();
        self.push(call("write", vec![fd, quoted(value), len]));
    }

    /// Whether a change was told, now or before.
    pub(super) fn has_changes(&self) -> bool {
        self.state().changed
    }

    /// What was told since the last time.
    pub(super) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut self.state().entries)
    }
}

impl Prompter for Log {
    fn kept(&mut self, datagram: &[u8]) {
        self.push(Entry::Send(datagram.to_vec()));
    }

    fn asked(&mut self, datagram: &[u8]) -> Option<Vec<u8>> {
        let stale = self.state().changed;
        self.push(Entry::Ask {
            datagram: datagram.to_vec(),
            answer: Answer::default(),
            stale,
        });
        None
    }

    fn answered(&mut self, datagram: &[u8]) {
        let mut state = self.state();
        let asked = state
            .entries
            .iter_mut()
            .rev()
            .find_map(|entry| match entry {
                Entry::Ask { answer, .. } => Some(answer),
                _ => None,
            });
        let Some(answer) = asked else { return };
        for message in Messages::new(datagram).map_while(Result::ok) {
            let errno = || {
                let number = i32::from_ne_bytes(*message.body.first_chunk()?);
                (number != 0).then(|| number.wrapping_neg())
            };
            match message.header.kind {
                NLMSG_ERROR | NLMSG_DONE => answer.errno = answer.errno.or_else(errno),
                _ => answer.messages += 1,
            }
        }
    }
}
