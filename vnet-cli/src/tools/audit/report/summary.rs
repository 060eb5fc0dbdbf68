//! A run summed up: its calls by count and time, its messages by type, the share of time in the kernel.
//!
//! As JSON it is one object:
//!
//! | key | value |
//! | --- | --- |
//! | `wall` | seconds from the first event to the last |
//! | `kernel` | seconds in the calls that are counted, those of all threads together |
//! | `share` | the one by the other; `null` where nothing took time |
//! | `calls` | a list, what took most time first: `call`, `count`, `failed`, `time`, `share` (of `kernel`) |
//! | `messages` | a list: `protocol`, `direction`, `type`, `error` (a name, of an answer that is one), `count`, `bytes` |
//! | `protocols` | a list: `protocol`, `direction`, `datagrams`, `messages`, `bytes` |

use super::json;
use crate::out::{Out, Val};
use crate::show::netlink::Annotated;
use crate::show::netlink::protocol;
use crate::tools::audit::event::{Call, Event, Outcome};
use crate::tools::audit::message::{error_name, messages};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Summary {
    calls: BTreeMap<&'static str, Calls>,
    messages: BTreeMap<Kind, Messages>,
    /// By protocol and direction.
    protocols: BTreeMap<(String, &'static str), Messages>,
    span: Option<(Duration, Duration)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Calls {
    count: u64,
    failed: u64,
    time: Duration,
}

/// What messages are counted by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    protocol: String,
    direction: &'static str,
    kind: String,
    error: Option<i32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Messages {
    datagrams: u64,
    count: u64,
    bytes: u64,
}

impl Summary {
    /// Takes note of when an event was, counted or not.
    pub(super) fn time(&mut self, event: &Event) {
        let (start, end) = match event {
            Event::Call(call) => (call.time, call.time.saturating_add(call.duration)),
            Event::Ended(end) => (end.time, end.time),
            Event::Signal { time, .. } => (*time, *time),
            Event::Note(_) | Event::Unseen(_) => return,
        };
        let (first, last) = self.span.unwrap_or((start, end));
        self.span = Some((first.min(start), last.max(end)));
    }

    /// Counts a call and its datagrams.
    pub(super) fn call(&mut self, call: &Call, datagrams: &[Annotated<'_>]) {
        let calls = self.calls.entry(call.name).or_default();
        calls.count += 1;
        calls.failed += u64::from(matches!(call.outcome, Outcome::Failed(_)));
        calls.time = calls.time.saturating_add(call.duration);
        // What was only looked at comes again, what was not sent did not go anywhere.
        let Some(netlink) = &call.netlink else { return };
        if netlink.peeked || !matches!(call.outcome, Outcome::Returned(..)) {
            return;
        }
        let protocol = protocol::name(netlink.protocol);
        let direction = json::direction(netlink.direction);
        let of_protocol = self
            .protocols
            .entry((protocol.clone(), direction))
            .or_default();
        for (datagram, known) in netlink.datagrams.iter().zip(datagrams) {
            of_protocol.datagrams += 1;
            of_protocol.bytes += datagram.len as u64;
            for message in messages(known.items()) {
                of_protocol.count += 1;
                let kind = Kind {
                    protocol: protocol.clone(),
                    direction,
                    kind: message.kind,
                    error: message.error.filter(|&error| error != 0),
                };
                let of_kind = self.messages.entry(kind).or_default();
                of_kind.count += 1;
                of_kind.bytes += message.len as u64;
            }
        }
    }

    fn wall(&self) -> Duration {
        let (first, last) = self.span.unwrap_or_default();
        last.saturating_sub(first)
    }

    fn kernel(&self) -> Duration {
        let times = self.calls.values().map(|calls| calls.time);
        times.fold(Duration::ZERO, Duration::saturating_add)
    }

    /// The calls, what took most time first.
    fn by_time(&self) -> Vec<(&'static str, Calls)> {
        let mut calls: Vec<_> = self
            .calls
            .iter()
            .map(|(name, calls)| (*name, *calls))
            .collect();
        calls.sort_by_key(|(_, calls)| std::cmp::Reverse(calls.time));
        calls
    }

    /// Appends the tables for people.
    pub(super) fn text(&self, to: &mut String) {
        let kernel = self.kernel();
        let mut rows = vec![["call", "count", "failed", "time", "share"].map(str::to_owned)];
        let row = |name: &str, calls: &Calls| {
            [
                name.to_owned(),
                calls.count.to_string(),
                calls.failed.to_string(),
                super::text::seconds(calls.time),
                percent(share(calls.time, kernel)),
            ]
        };
        let mut all = Calls::default();
        for (name, calls) in self.by_time() {
            rows.push(row(name, &calls));
            all.count += calls.count;
            all.failed += calls.failed;
            all.time = all.time.saturating_add(calls.time);
        }
        rows.push(row("all", &all));
        table(&rows, 1, to);
        if !self.messages.is_empty() {
            let head = ["protocol", "direction", "message", "count", "bytes"];
            let mut rows = vec![head.map(str::to_owned)];
            for (kind, counted) in &self.messages {
                let mut name = kind.kind.clone();
                if let Some(error) = kind.error {
                    name = format!("{name} {}", error_name(error));
                }
                rows.push([
                    kind.protocol.clone(),
                    kind.direction.to_owned(),
                    name,
                    counted.count.to_string(),
                    counted.bytes.to_string(),
                ]);
            }
            to.push('\n');
            table(&rows, 3, to);
            let head = ["protocol", "direction", "datagrams", "messages", "bytes"];
            let mut rows = vec![head.map(str::to_owned)];
            for ((protocol, direction), counted) in &self.protocols {
                rows.push([
                    protocol.clone(),
                    (*direction).to_owned(),
                    counted.datagrams.to_string(),
                    counted.count.to_string(),
                    counted.bytes.to_string(),
                ]);
            }
            to.push('\n');
            table(&rows, 2, to);
        }
        let wall = self.wall();
        let _ = writeln!(
            to,
            "\n{} s in all, of which {} s ({}) in these calls",
            super::text::seconds(wall),
            super::text::seconds(kernel),
            percent(share(kernel, wall)),
        );
    }

    /// Writes the object for programs.
    pub(super) fn json(&self, out: &mut Out) {
        let kernel = self.kernel();
        let wall = self.wall();
        let rounded = |share: f64| Val::F64((share * 1e6).round() / 1e6);
        let float = |share: Option<f64>| share.map_or(Val::Null, rounded);
        out.object_document(|out| {
            out.json("wall", Val::Seconds(wall));
            out.json("kernel", Val::Seconds(kernel));
            out.json("share", float(share(kernel, wall)));
            out.open_array("calls");
            for (name, calls) in self.by_time() {
                out.object(|out| {
                    out.json("call", name);
                    out.json("count", calls.count);
                    out.json("failed", calls.failed);
                    out.json("time", Val::Seconds(calls.time));
                    out.json("share", float(share(calls.time, kernel)));
                });
            }
            out.close_array();
            out.open_array("messages");
            for (kind, counted) in &self.messages {
                let error = kind.error.map(error_name);
                out.object(|out| {
                    out.json("protocol", &kind.protocol);
                    out.json("direction", kind.direction);
                    out.json("type", &kind.kind);
                    out.json("error", error.as_deref().map_or(Val::Null, Val::Str));
                    out.json("count", counted.count);
                    out.json("bytes", counted.bytes);
                });
            }
            out.close_array();
            out.open_array("protocols");
            for ((protocol, direction), counted) in &self.protocols {
                out.object(|out| {
                    out.json("protocol", protocol);
                    out.json("direction", *direction);
                    out.json("datagrams", counted.datagrams);
                    out.json("messages", counted.count);
                    out.json("bytes", counted.bytes);
                });
            }
            out.close_array();
        });
    }
}

/// The part of a whole that is something.
fn share(part: Duration, whole: Duration) -> Option<f64> {
    (!whole.is_zero()).then(|| part.as_secs_f64() / whole.as_secs_f64())
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{:.1}%", share * 100.0))
}

/// Columns as wide as they have to be, those from `numbers` on to the right.
fn table<const N: usize>(rows: &[[String; N]], numbers: usize, to: &mut String) {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let mut line = String::new();
        for (i, (width, cell)) in widths.iter().zip(row).enumerate() {
            let gap = if i > 0 { "  " } else { "" };
            let _ = match i < numbers {
                true => write!(line, "{gap}{cell:<width$}"),
                false => write!(line, "{gap}{cell:>width$}"),
            };
        }
        to.push_str(line.trim_end());
        to.push('\n');
    }
}
