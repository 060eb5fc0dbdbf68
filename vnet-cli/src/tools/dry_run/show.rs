//! What a dry run has told, as text or as JSON, an object a line.

use super::{Answer, Entry};
use crate::error::errno;
use crate::options::Options;
use crate::out::color::{Color, Paint};
use crate::show::netlink::{Annotated, digits};
use netlink_raw::annotate::Conversation;
use netlink_raw::transport::Direction;
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::IsTerminal;

/// Everything, in order.
pub(super) fn entries(entries: &[Entry], options: &Options) -> String {
    let paint = Paint::for_eyes(options, || std::io::stdout().is_terminal());
    let mut conversation = Conversation::new(libc::NETLINK_ROUTE as u16);
    let mut annotated = |datagram| Annotated::new(&mut conversation, Direction::Sent, datagram);
    let mut to = String::new();
    for entry in entries {
        let datagram = match entry {
            Entry::Send(datagram) | Entry::Ask { datagram, .. } => annotated(datagram),
            Entry::Call { .. } => annotated(&[]),
        };
        match options.json {
            true => {
                let _ = writeln!(to, "{}", object(entry, &datagram));
            }
            false => text(entry, &datagram, options.details > 0, paint, &mut to),
        }
    }
    to
}

/// What is said of a command that changes nothing.
pub(super) fn looked(entries: &[Entry]) -> String {
    let (mut count, mut late) = (0, false);
    for entry in entries {
        if let Entry::Ask { stale, .. } = entry {
            count += 1;
            late |= stale;
        }
    }
    let looked = match count {
        0 => String::new(),
        1 => " (1 look-up was made".into(),
        n => format!(" ({n} look-ups were made"),
    };
    let end = match (count, late) {
        (0, _) => "",
        (_, false) => ")",
        (_, true) => ", as things are without the changes above)",
    };
    format!("dry run: it changes nothing{looked}{end}\n")
}

/// Columns of what belongs to the line above.
const INDENT: usize = 4;

fn text(entry: &Entry, datagram: &Annotated<'_>, every_byte: bool, paint: Paint, to: &mut String) {
    let verb = match entry {
        Entry::Send(_) => "would send",
        Entry::Ask { .. } => "looked up",
        Entry::Call { made: false, .. } => "would call",
        Entry::Call { made: true, .. } => "called",
    };
    let color = match entry.is_change() {
        true => Color::Ifname,
        false => Color::None,
    };
    paint.put(color, verb, to);
    // Writing to a string does not fail.
    let _ = match entry {
        Entry::Send(bytes) => {
            let _ = writeln!(to, " {}", datagram.line(paint));
            match every_byte {
                true => {
                    datagram.bytes(paint, INDENT, to);
                    Ok(())
                }
                false => {
                    attributes(datagram, paint, to);
                    writeln!(to, "{:INDENT$}bytes {}", "", digits(bytes))
                }
            }
        }
        Entry::Ask { answer, stale, .. } => {
            let how = match (answer.foreseen, answer.index, stale) {
                (true, Some(index), _) => {
                    format!(", foreseen by the changes above: most likely index {index}")
                }
                (true, None, _) => ", foreseen by the changes above".into(),
                (false, _, true) => ", as things are without the changes above".into(),
                (false, _, false) => String::new(),
            };
            let _ = writeln!(to, " {}: {}{how}", datagram.line(paint), said(*answer));
            attributes(datagram, paint, to);
            Ok(())
        }
        Entry::Call {
            name,
            args,
            errno,
            made,
        } => {
            let end = match errno {
                Some(n) => format!(" = -1 {}", explained(*n)),
                None if *made => ", to look there".into(),
                None => String::new(),
            };
            writeln!(to, " {name}({}){end}", args.join(", "))
        }
    };
}

/// What is in the messages: of a single one without its line, which is the line above.
fn attributes(datagram: &Annotated<'_>, paint: Paint, to: &mut String) {
    let mut messages = datagram.items().iter().filter(|item| item.depth == 0);
    if messages.nth(1).is_some() {
        return datagram.text(paint, INDENT, to);
    }
    let mut lines = String::new();
    datagram.text(paint, 0, &mut lines);
    to.push_str(lines.split_once('\n').map_or("", |(_, behind)| behind));
}

fn said(answer: Answer) -> String {
    match (answer.errno, answer.messages) {
        (Some(n), _) => explained(n),
        (None, 1) => "1 message".into(),
        (None, n) => format!("{n} messages"),
    }
}

/// An error number as strace(1) has it.
fn explained(number: i32) -> String {
    match errno::name(number) {
        Some(name) => format!("{name} ({})", errno::text(number)),
        None => format!("error {number}"),
    }
}

fn object(entry: &Entry, datagram: &Annotated<'_>) -> Value {
    let number = |errno: &Option<i32>| errno.map(|n| errno::name(n).unwrap_or("?"));
    match entry {
        Entry::Send(bytes) => json!({
            "would": "send",
            "len": bytes.len(),
            "bytes": digits(bytes),
            "netlink": datagram.json(),
        }),
        Entry::Ask {
            datagram: bytes,
            answer,
            stale,
        } => json!({
            "would": "lookup",
            "len": bytes.len(),
            "bytes": digits(bytes),
            "netlink": datagram.json(),
            "messages": answer.messages,
            "errno": number(&answer.errno),
            "after_changes": stale,
            "foreseen": answer.foreseen,
        }),
        Entry::Call {
            name,
            args,
            errno,
            made,
        } => json!({
            "would": "call",
            "call": name,
            "args": args,
            "errno": number(errno),
            "made": made,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::color::When;

    /// A link is set up: its index is 3.
    const UP: &[u8] = &[
        32, 0, 0, 0, 16, 0, 5, 0, 2, 0, 0, 0, 0, 0, 0, 0, // nlmsghdr
        0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, // ifinfomsg
    ];

    fn told() -> Vec<Entry> {
        let ask = |answer, stale| Entry::Ask {
            datagram: UP.to_vec(),
            answer,
            stale,
        };
        let call = |name, args: &[&str], errno, made| Entry::Call {
            name,
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            errno,
            made,
        };
        let refused = Answer {
            errno: Some(libc::ENODEV),
            ..Answer::default()
        };
        let foreseen = Answer {
            messages: 1,
            index: Some(7),
            foreseen: true,
            ..Answer::default()
        };
        vec![
            call("setns", &["3", "CLONE_NEWNET"], None, true),
            ask(refused, false),
            Entry::Send(UP.to_vec()),
            ask(foreseen, true),
            ask(Answer::default(), true),
            call("unlink", &["\"/a\""], Some(libc::ENOENT), false),
            call("unshare", &["CLONE_NEWNET"], None, false),
        ]
    }

    #[cfg(target_endian = "little")]
    #[test]
    fn lines_for_people() {
        let options = Options {
            color: Some(When::Never),
            ..Options::default()
        };
        let text = entries(&told(), &options);
        let heads = text.lines().filter(|line| !line.starts_with(' '));
        let heads: Vec<&str> = heads.collect();
        let line = "RTM_NEWLINK seq 2 REQUEST|ACK, 32 bytes";
        assert_eq!(
            heads,
            [
                "called setns(3, CLONE_NEWNET), to look there",
                &format!("looked up {line}: ENODEV (No such device)"),
                &format!("would send {line}"),
                &format!(
                    "looked up {line}: 1 message, foreseen by the changes above: most likely index 7"
                ),
                &format!("looked up {line}: 0 messages, as things are without the changes above"),
                "would call unlink(\"/a\") = -1 ENOENT (No such file or directory)",
                "would call unshare(CLONE_NEWNET)",
            ]
        );
        let bytes = format!("\n    bytes {}\n", digits(UP));
        assert_eq!(text.matches(&bytes).count(), 1);
        let every = Options {
            details: 1,
            ..options
        };
        let text = entries(&told(), &every);
        assert!(
            !text.contains(&bytes) && text.contains("ifi_index"),
            "{text}"
        );
    }

    #[test]
    fn objects_for_machines() {
        let options = Options {
            json: true,
            ..Options::default()
        };
        let text = entries(&told(), &options);
        let objects: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let of = |key: &str| objects.iter().map(|o| o[key].clone()).collect::<Vec<_>>();
        let would = ["call", "lookup", "send", "lookup", "lookup", "call", "call"];
        assert_eq!(of("would"), would);
        assert_eq!(objects[1]["errno"], "ENODEV");
        assert_eq!(objects[2]["bytes"], digits(UP));
        assert_eq!(objects[2]["len"], 32);
        assert_eq!(objects[3]["foreseen"], true);
        assert_eq!(objects[5]["args"], json!(["\"/a\""]));
        assert_eq!(
            (&objects[0]["made"], &objects[6]["made"]),
            (&json!(true), &json!(false))
        );
    }

    #[test]
    fn what_only_looks() {
        let told = told();
        let one = told.get(1..2).unwrap();
        let late = told.get(3..5).unwrap();
        assert_eq!(looked(&[]), "dry run: it changes nothing\n");
        assert_eq!(
            looked(one),
            "dry run: it changes nothing (1 look-up was made)\n"
        );
        assert_eq!(
            looked(late),
            "dry run: it changes nothing (2 look-ups were made, as things are without the changes above)\n"
        );
    }
}
