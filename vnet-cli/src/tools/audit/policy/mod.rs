//! What a program may do, and what it must: a file of lines, written by `--record` and judged by `--check`.
//!
//! ```text
//! # A comment. Blank lines say nothing.
//! call unshare(CLONE_NEWNET) = 0 x1
//! call setns(*, CLONE_NEWNET) = 0 on /run/netns/*
//! may call openat(AT_FDCWD, "/proc/sys/net/**", *)
//! send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK|NLM_F_CREATE|NLM_F_EXCL x1
//!     ifi_flags=IFF_UP
//!     IFLA_IFNAME
//!     IFLA_LINKINFO/IFLA_INFO_KIND=veth
//!     may IFLA_MTU
//! receive NETLINK_ROUTE NLMSG_ERROR 0
//! may killed SIGTERM
//! ```
//!
//! A line lists something that may be done and, without `may`, must be. What is done and not listed is a deviation,
//! and so is what must be done and is not. Order says nothing. `xN` (`xN-M`, `xN+`) says how often; without it any
//! number will do. What is done counts for the first line that it fits and that has room.
//!
//! `call NAME(ARGUMENT, …) = RESULT on PATH…`: a call, its arguments as strace(1) writes them but
//! for its explanations in `/* */`. Each part behind the
//! name may be left out, and then anything goes. A result is what strace(1) writes before any explanation (`0`,
//! `-1 ENOENT`, `?`), or `ok` for any but a failure; the paths are those of its descriptors and those it names, made
//! absolute, each of which the call must have. Netlink messages are not calls here, but when sending or receiving
//! failed.
//!
//! `send PROTOCOL TYPE FLAGS`, `receive PROTOCOL TYPE ERROR`: a message; without flags, or error, any goes. The
//! indented lines are what a sent message holds: attributes, `/` before what is inside another, and fields of structs.
//! An attribute that is not listed is a deviation; a field is where it has a name for its value (a flag, a type) and is
//! not zero. `=VALUE` says what it must be. What is in a received message is the kernel's and not judged.
//!
//! `killed SIGNAL`: a process ended by a signal. `unseen`: calls that an audit can't see (32-bit ones, those of a child
//! made with `CLONE_UNTRACED`).
//!
//! `*` stands for any characters but `/`, `**` for any, `\*` for a star, and a `*` by itself for anything.

mod check;
mod facts;
mod general;
mod parse;
mod pattern;
mod record;
#[cfg(test)]
mod tests;
mod write;

pub use check::{Deviation, Kind};
pub use parse::Malformed;

use super::event::{Event, Group};
use crate::error::{CmdError, Result, quoted};
use crate::show::netlink::Annotated;
use netlink_raw::transport::Direction;
use pattern::Pattern;
use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

const NETLINK: Group = Group::Netlink;

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What to call it in a report.
    name: String,
    entries: Vec<Entry>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// Its line, from 1.
    line: usize,
    /// Whether it is optional.
    may: bool,
    count: Count,
    what: What,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count {
    least: u64,
    most: Option<u64>,
}

impl Count {
    const ANY: Self = Self {
        least: 1,
        most: None,
    };

    fn exactly(count: u64) -> Self {
        Self {
            least: count,
            most: Some(count),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Call(CallEntry),
    Message(MessageEntry),
    Killed(Pattern),
    Unseen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct CallEntry {
    name: Pattern,
    args: Option<Vec<Pattern>>,
    result: Option<Pattern>,
    paths: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MessageEntry {
    direction: Direction,
    protocol: Pattern,
    kind: Pattern,
    /// The flags of a sent message, the error of a received one.
    third: Option<Pattern>,
    contents: Vec<Content>,
}

/// A field or an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Content {
    line: usize,
    may: bool,
    path: Pattern,
    value: Option<Pattern>,
}

impl Policy {
    /// Reads the policy in a file.
    ///
    /// # Errors
    /// Of reading it, and of the first line that is none of a policy's.
    pub fn read(file: &OsStr) -> Result<Self> {
        let name = super::report::clean_bytes(file.as_bytes());
        let cannot = |e: std::io::Error| {
            CmdError::os(format!("cannot read the policy {}", quoted(file)), &e)
        };
        let mut text = Vec::new();
        let open = std::fs::File::open(file).map_err(cannot)?;
        open.take(LARGEST + 1)
            .read_to_end(&mut text)
            .map_err(cannot)?;
        if text.len() as u64 > LARGEST {
            return Err(CmdError::new(format!(
                "a policy has at most {} MiB: {}",
                LARGEST >> 20,
                quoted(file)
            )));
        }
        Self::parse(&name, &text).map_err(|malformed| CmdError::new(malformed.to_string()))
    }
}

/// What is judged and recorded of a run.
#[derive(Debug, Default)]
pub struct Judge {
    check: Option<check::Check>,
    record: Option<record::Record>,
}

impl Judge {
    /// Holds what is done against a policy, if there is one, and records one, if that is asked for.
    #[must_use]
    pub fn new(policy: Option<Policy>, record: bool) -> Self {
        Self {
            check: policy.map(check::Check::new),
            record: record.then(record::Record::default),
        }
    }

    /// Whether there is anything to do.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.check.is_none() && self.record.is_none()
    }

    /// Takes what happened next; the deviations in it.
    pub fn event(&mut self, event: &Event, datagrams: &[Annotated<'_>]) -> Vec<Deviation> {
        if self.is_idle() {
            return Vec::new();
        }
        let mut deviations = Vec::new();
        for fact in facts::of(event, datagrams) {
            deviations.extend(self.check.as_mut().and_then(|check| check.fact(&fact)));
            if let Some(record) = &mut self.record {
                record.fact(&fact);
            }
        }
        deviations
    }

    /// Once all is over: what was not done, and the policy that was recorded.
    pub fn finish(self) -> (Vec<Deviation>, Option<Policy>) {
        let missing = self.check.map_or_else(Vec::new, check::Check::finish);
        (missing, self.record.map(record::Record::finish))
    }
}
