//! What a dry run has told, as text or as JSON, an object a line.

use super::{Answer, Entry};
use crate::error::errno;
use crate::options::Options;
use netlink_raw::decode::Messages;
use netlink_raw::schema;
use serde_json::{Value, json};
use std::fmt::Write;

/// Everything, in order.
pub(super) fn entries(entries: &[Entry], options: &Options) -> String {
    let mut to = String::new();
    for entry in entries {
        match options.json {
            true => {
                let _ = writeln!(to, "{}", object(entry));
            }
            false => text(entry, &mut to),
        }
    }
    to
}

/// What is said of a command that changes nothing.
pub(super) fn looked(entries: &[Entry]) -> String {
    let asked = entries.iter().filter(|e| matches!(e, Entry::Ask { .. }));
    let looked = match asked.count() {
        0 => String::new(),
        1 => " (1 look-up was made)".into(),
        n => format!(" ({n} look-ups were made)"),
    };
    format!("dry run: it changes nothing{looked}\n")
}

fn text(entry: &Entry, to: &mut String) {
    // Writing to a string does not fail.
    let _ = match entry {
        Entry::Send(datagram) => {
            let _ = writeln!(to, "would send {}", line(datagram));
            writeln!(to, "    bytes {}", hex(datagram))
        }
        Entry::Ask {
            datagram,
            answer,
            stale,
        } => {
            let stale = match stale {
                true => ", as things are without the changes above",
                false => "",
            };
            let said = said(*answer);
            writeln!(to, "looked up {}: {said}{stale}", line(datagram))
        }
        Entry::Call {
            name,
            args,
            errno,
            made,
        } => {
            let verb = match made {
                true => "called",
                false => "would call",
            };
            let end = match errno {
                Some(n) => {
                    let name = errno::name(*n).unwrap_or("?");
                    format!(" = -1 {name} ({})", errno::text(*n))
                }
                None if *made => ", to look there".into(),
                None => String::new(),
            };
            writeln!(to, "{verb} {name}({}){end}", args.join(", "))
        }
    };
}

fn said(answer: Answer) -> String {
    match (answer.errno, answer.messages) {
        (Some(n), _) => match errno::name(n) {
            Some(name) => format!("{name} ({})", errno::text(n)),
            None => format!("error {n}"),
        },
        (None, 1) => "1 message".into(),
        (None, n) => format!("{n} messages"),
    }
}

/// The types of the messages in a datagram.
fn line(datagram: &[u8]) -> String {
    let names = Messages::new(datagram).map_while(Result::ok).map(|m| {
        let name = schema::message(m.header.kind).map(|spec| spec.name);
        let name = name.map_or_else(|| m.header.kind.to_string(), str::to_owned);
        format!("{name} seq {}", m.header.seq)
    });
    names.collect::<Vec<_>>().join(", ")
}

fn object(entry: &Entry) -> Value {
    match entry {
        Entry::Send(datagram) => json!({
            "would": "send",
            "len": datagram.len(),
            "bytes": hex(datagram),
        }),
        Entry::Ask {
            datagram,
            answer,
            stale,
        } => json!({
            "would": "lookup",
            "len": datagram.len(),
            "bytes": hex(datagram),
            "messages": answer.messages,
            "errno": answer.errno.and_then(errno::name),
            "after_changes": stale,
        }),
        Entry::Call {
            name,
            args,
            errno: number,
            made,
        } => json!({
            "would": "call",
            "call": name,
            "args": args,
            "errno": number.and_then(errno::name),
            "made": made,
        }),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut to, byte| {
        let _ = write!(to, "{byte:02x}");
        to
    })
}
