//! What a dry run has told so far, in order.

use super::links::Links;
use super::nsids::Nsids;
use netlink_raw::decode::Messages;
use netlink_raw::exchange::{NLMSG_DONE, NLMSG_ERROR};
use netlink_raw::schema::{RTM_GETADDR, RTM_NEWLINK};
use netlink_raw::transport::Prompter;
use netlink_raw::wire::IfInfoMsg;
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
    /// The index of the link that it is about.
    pub index: Option<i32>,
    /// Whether it came from what was told before, not from the kernel.
    pub foreseen: bool,
}

/// The list, shared by everything that tells.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    entries: Vec<Entry>,
    /// Whether a change was told, of this command or one before it.
    changed: bool,
    links: Links,
    nsids: Nsids,
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

/// Notes what goes over one socket.
#[derive(Debug, Clone)]
pub struct Scribe {
    log: Log,
    /// Whether the socket is of the namespace that the command works in, whose changes are foreseen.
    here: bool,
}

impl Scribe {
    /// Of a socket of the command's own namespace, or of another.
    pub(super) fn new(log: Log, here: bool) -> Self {
        Self { log, here }
    }
}

impl Prompter for Scribe {
    fn kept(&mut self, datagram: &[u8]) {
        let mut state = self.log.state();
        if self.here {
            for message in Messages::new(datagram).map_while(Result::ok) {
                state.links.change(message, &mut there::links);
                state.nsids.change(message, there::nsids);
            }
        }
        drop(state);
        self.log.push(Entry::Send(datagram.to_vec()));
    }

    fn asked(&mut self, datagram: &[u8]) -> Option<Vec<u8>> {
        let state = self.log.state();
        let stale = state.changed;
        let answer = (self.here && stale)
            .then(|| Messages::new(datagram).next()?.ok())
            .flatten()
            .and_then(|message| {
                let link = state.links.answer(message);
                link.or_else(|| state.nsids.answer(message))
            });
        drop(state);
        // Of a link that would be made its addresses are not foreseen: it has none.
        let addresses = |d| Messages::new(d).any(|m| m.is_ok_and(|m| m.header.kind == RTM_GETADDR));
        let foreseen = answer.is_some() && !addresses(datagram);
        self.log.push(Entry::Ask {
            datagram: datagram.to_vec(),
            answer: Answer {
                foreseen,
                ..Answer::default()
            },
            stale,
        });
        answer
    }

    fn answered(&mut self, datagram: &[u8]) {
        let mut state = self.log.state();
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
            if let (RTM_NEWLINK, Ok((head, _))) =
                (message.header.kind, message.split::<IfInfoMsg>())
            {
                answer.index = Some(head.index);
            }
        }
    }
}

/// What there is, asked of the kernel over sockets that are closed again.
mod there {
    use netlink_raw::Connection;
    use netlink_raw::route::link::GetLink;
    use netlink_raw::route::nsid::{GetNsid, Nsid};

    /// The bodies of the link of an index, or of all.
    pub(super) fn links(index: Option<i32>) -> Vec<Vec<u8>> {
        let Ok(mut conn) = Connection::route() else {
            return Vec::new();
        };
        match index {
            Some(index) => {
                let one = conn.get(&GetLink::by_index(index), |m| m.body.to_vec());
                one.into_iter().collect()
            }
            None => {
                let all = conn.collect(&GetLink::all()).unwrap_or_default();
                all.messages().map(|m| m.body.to_vec()).collect()
            }
        }
    }

    /// The numbers of namespaces.
    pub(super) fn nsids() -> Vec<i32> {
        let Ok(mut conn) = Connection::route() else {
            return Vec::new();
        };
        let all = conn.collect(&GetNsid::default()).unwrap_or_default();
        let all = all.messages().filter_map(|m| Nsid::parse(&m).ok()?.id);
        all.collect()
    }
}
