//! What an audit writes: events as lines for people or programs, or summed up.
//!
//! A [`Report`] is made before the program is started, is handed each [`Event`], and is finished once the program has
//! ended.

mod clean;
mod filter;
mod json;
mod outcome;
#[cfg(test)]
mod samples;
mod sink;
mod text;

pub use clean::{clean, clean_bytes};
pub use filter::{Filter, groups};
pub use sink::Sink;

use super::event::{Call, Event};
use crate::options::Options;
use crate::out::Out;
use std::io;

/// What to write.
#[derive(Debug, Default)]
pub struct Config {
    /// In what form.
    pub form: Form,
    /// How much of what netlink messages hold.
    pub detail: Detail,
    /// What to leave out.
    pub filter: Filter,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

/// How much of what netlink messages hold is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Their types, on the call's line.
    #[default]
    Line,
    /// Every attribute.
    Attributes,
    /// Every byte.
    Bytes,
}

/// What came of it all.
#[derive(Debug)]
pub struct Verdict {
    /// The first failure to write.
    pub error: Option<io::Error>,
}

/// Takes what happens, in order, and writes it.
#[derive(Debug)]
pub struct Report {
    config: Config,
    sink: Sink,
    lines: text::Lines,
    out: Out,
}

impl Report {
    /// Writes there.
    #[must_use]
    pub fn new(config: Config, sink: Sink) -> Self {
        let options = Options {
            json: true,
            ..Options::default()
        };
        Self {
            config,
            sink,
            lines: text::Lines::default(),
            out: Out::memory(&options),
        }
    }

    /// Takes what happened next.
    pub fn event(&mut self, event: &Event) {
        if !self.config.filter.passes(event, |_: &Call| false) {
            return;
        }
        match self.config.form {
            Form::Text => {
                let mut text = String::new();
                self.lines.event(event, "", &mut text);
                self.sink.write(text.as_bytes());
            }
            Form::Json => {
                json::event(event, &mut self.out, |_| ());
                self.sink.write(&self.out.take());
            }
        }
    }

    /// Writes what is left: the program has ended, and all its children.
    pub fn finish(self) -> Verdict {
        Verdict {
            error: self.sink.finish().err(),
        }
    }
}

/// The name of a `NETLINK_*` protocol; one that has none is its number.
fn protocol(number: u16) -> String {
    const NAMES: [(u16, &str); 17] = [
        (0, "NETLINK_ROUTE"),
        (2, "NETLINK_USERSOCK"),
        (3, "NETLINK_FIREWALL"),
        (4, "NETLINK_SOCK_DIAG"),
        (5, "NETLINK_NFLOG"),
        (6, "NETLINK_XFRM"),
        (7, "NETLINK_SELINUX"),
        (8, "NETLINK_ISCSI"),
        (9, "NETLINK_AUDIT"),
        (10, "NETLINK_FIB_LOOKUP"),
        (11, "NETLINK_CONNECTOR"),
        (12, "NETLINK_NETFILTER"),
        (15, "NETLINK_KOBJECT_UEVENT"),
        (16, "NETLINK_GENERIC"),
        (18, "NETLINK_SCSITRANSPORT"),
        (20, "NETLINK_RDMA"),
        (21, "NETLINK_CRYPTO"),
    ];
    let known = NAMES.iter().find(|(n, _)| *n == number);
    known.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned())
}
