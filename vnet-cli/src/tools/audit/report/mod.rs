//! What an audit writes: events as lines for people or programs, or summed up.
//!
//! A [`Report`] is made before the program is started, is handed each [`Event`], and is finished once the program has
//! ended.

mod clean;
mod deviations;
mod filter;
mod json;
mod outcome;
mod pcap;
#[cfg(test)]
pub(super) mod samples;
mod sink;
mod summary;
#[cfg(test)]
mod tests;
mod text;

pub use clean::{clean, clean_bytes};
pub use filter::{Filter, groups};
pub use sink::Sink;

pub(super) use outcome::name as errno_name;
pub(super) use text::signal_name;

use super::event::{Call, Event, Netlink, Outcome};
use super::message::messages;
use super::policy::{Deviation, Judge, Policy};
use crate::options::Options;
use crate::out::Out;
use crate::out::color::{Color, Paint};
use crate::show::netlink::Annotated;
use deviations::Deviations;
use netlink_raw::annotate::{Conversation, Families};
use netlink_raw::transport::Direction;
use pcap::Pcap;
use std::collections::HashMap;
use std::io;
use summary::Summary;

/// What to write.
#[derive(Debug, Default)]
pub struct Config {
    /// In what form.
    pub form: Form,
    /// How much of what netlink messages hold.
    pub detail: Detail,
    /// What to leave out.
    pub filter: Filter,
    /// With colours or without.
    pub paint: Paint,
    /// Where the datagrams go as a pcap file, beside the report.
    pub pcap: Option<Sink>,
    /// What to hold against a policy, or to record as one. Filters do not apply.
    pub judge: Judge,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
    /// Tables of what was counted, once all is over.
    Summary,
    /// These as one JSON object.
    SummaryJson,
    /// Deviations from a policy alone.
    Deviations,
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
    /// How many deviations from the policy there were.
    pub deviations: u64,
    /// The policy that was recorded.
    pub recorded: Option<Policy>,
}

/// Takes what happens, in order, and writes it.
#[derive(Debug)]
pub struct Report {
    config: Config,
    sink: Sink,
    sockets: Sockets,
    lines: text::Lines,
    summary: Summary,
    pcap: Option<Pcap>,
    deviations: Deviations,
    out: Out,
}

impl Report {
    /// Writes there.
    #[must_use]
    pub fn new(mut config: Config, sink: Sink) -> Self {
        let options = Options {
            json: true,
            ..Options::default()
        };
        Self {
            sink,
            sockets: Sockets::default(),
            lines: text::Lines::new(config.paint, config.detail),
            summary: Summary::default(),
            pcap: config.pcap.take().map(Pcap::new),
            deviations: Deviations::default(),
            out: Out::memory(&options),
            config,
        }
    }

    /// Takes what happened next.
    pub fn event(&mut self, event: &Event) {
        let netlink = match event {
            Event::Call(call) => call.netlink.as_ref(),
            _ => None,
        };
        let datagrams = netlink.map_or_else(Vec::new, |netlink| self.sockets.read(netlink));
        self.summary.time(event);
        let refused = |call: &Call| is_refusal(call, &datagrams);
        if self.config.filter.passes(event, refused) {
            self.tell(event, &datagrams);
        }
        for deviation in self.config.judge.event(event, &datagrams) {
            self.deviation(&deviation, Some(event));
        }
    }

    /// Tells what happened in the form that is asked for.
    fn tell(&mut self, event: &Event, datagrams: &[Annotated<'_>]) {
        if let (Event::Call(call), Some(pcap)) = (event, &mut self.pcap) {
            pcap.call(call);
        }
        match self.config.form {
            Form::Text => {
                let mut text = String::new();
                self.lines.event(event, datagrams, &mut text);
                self.sink.write(text.as_bytes());
            }
            Form::Json => {
                json::event(event, datagrams, &mut self.out);
                self.sink.write(&self.out.take());
            }
            Form::Summary | Form::SummaryJson => {
                if let Event::Call(call) = event {
                    self.summary.call(call, datagrams);
                }
            }
            Form::Deviations => {}
        }
    }

    /// Tells a deviation, and what it was that deviated.
    fn deviation(&mut self, deviation: &Deviation, event: Option<&Event>) {
        let line = self.deviations.take(deviation, event);
        match self.config.form {
            Form::Json => {
                json::deviation(deviation, event, &mut self.out);
                self.sink.write(&self.out.take());
            }
            // One object is all there is.
            Form::SummaryJson => {}
            Form::Text | Form::Summary | Form::Deviations => {
                let mut text = String::new();
                self.config.paint.put(Color::OperDown, line, &mut text);
                text.push('\n');
                self.sink.write(text.as_bytes());
            }
        }
    }

    /// Writes what is left: the program has ended, and all its children.
    pub fn finish(mut self) -> Verdict {
        let (missing, recorded) = std::mem::take(&mut self.config.judge).finish();
        for deviation in missing {
            self.deviation(&deviation, None);
        }
        match self.config.form {
            Form::Text | Form::Json | Form::Deviations => {}
            Form::Summary => {
                let mut text = String::new();
                self.summary.text(&mut text);
                self.sink.write(text.as_bytes());
            }
            Form::SummaryJson => {
                self.summary.json(&mut self.out);
                self.sink.write(&self.out.take());
            }
        }
        let is_told = self.sink.is_stderr();
        let done = [
            self.sink.finish(),
            self.pcap.map_or(Ok(()), Pcap::finish),
            // Whoever looks at no file sees them too.
            if is_told {
                Ok(())
            } else {
                self.deviations.tell()
            },
        ];
        Verdict {
            error: done.into_iter().find_map(Result::err),
            deviations: self.deviations.count,
            recorded,
        }
    }
}

/// Whether a call brought an answer that says no.
fn is_refusal(call: &Call, datagrams: &[Annotated<'_>]) -> bool {
    let received = call
        .netlink
        .as_ref()
        .is_some_and(|n| n.direction == Direction::Received);
    received
        && matches!(call.outcome, Outcome::Returned(..))
        && datagrams
            .iter()
            .flat_map(|datagram| messages(datagram.items()))
            .any(|message| message.error.is_some_and(|error| error != 0))
}

/// What is said on each socket.
#[derive(Debug, Default)]
struct Sockets {
    by_inode: HashMap<u64, Conversation>,
    families: Families,
}

impl Sockets {
    /// So many sockets are remembered: a program that opens more has closed most of them.
    const MOST: usize = 4096;

    /// The datagrams of a call.
    fn read<'a>(&mut self, netlink: &'a Netlink) -> Vec<Annotated<'a>> {
        if self.by_inode.len() >= Self::MOST && !self.by_inode.contains_key(&netlink.socket) {
            // Numbers of sockets grow: the lower half is the older.
            let mut numbers: Vec<u64> = self.by_inode.keys().copied().collect();
            let (_, middle, _) = numbers.select_nth_unstable(Self::MOST / 2);
            let middle = *middle;
            self.by_inode.retain(|number, _| *number >= middle);
        }
        let fresh = || Conversation::with_families(netlink.protocol, self.families.clone());
        let conversation = self.by_inode.entry(netlink.socket).or_insert_with(fresh);
        let mut read = |bytes| Annotated::new(conversation, netlink.direction, bytes);
        netlink.datagrams.iter().map(|d| read(&d.bytes)).collect()
    }
}
