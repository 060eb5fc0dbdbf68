//! What was done, as a policy sees it.

use crate::show::netlink::Annotated;
use crate::show::netlink::protocol;
use crate::tools::audit::event::{Call, Event, How, Outcome, restarts};
use crate::tools::audit::message::{self, messages};
use crate::tools::audit::report;
use netlink_raw::annotate::{Item, Name, Role, Shown};
use netlink_raw::transport::Direction;
use std::fmt;
use std::os::unix::ffi::OsStrExt;

/// Something done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    Call(CallFact),
    Message(MessageFact),
    /// A process ended by this signal.
    Killed(String),
    /// Calls that could not be seen, and why.
    Unseen(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct CallFact {
    pub(super) name: &'static str,
    pub(super) args: Vec<String>,
    /// What strace(1) writes, without explanations.
    pub(super) result: String,
    /// Whether it returned and did not fail.
    pub(super) ok: bool,
    /// Whether it receives over netlink, so that what comes of it is a matter of time.
    pub(super) receives: bool,
    pub(super) paths: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct MessageFact {
    pub(super) direction: Direction,
    pub(super) protocol: String,
    pub(super) kind: String,
    /// The flags of a sent message, the error of an answer; empty for any other received message.
    pub(super) third: String,
    /// What a sent message holds.
    pub(super) holds: Vec<Held>,
}

/// A field or an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// The names it is inside, and its own, with `/` between.
    pub(super) path: String,
    pub(super) value: String,
    /// Whether a policy has to list it.
    pub(super) judged: bool,
    /// Whether a recorded policy says its value.
    pub(super) pinned: bool,
}

/// What an event and its datagrams say was done.
pub(super) fn of(event: &Event, datagrams: &[Annotated<'_>]) -> Vec<Fact> {
    match event {
        Event::Call(call) => of_call(call, datagrams),
        Event::Ended(end) => match end.how {
            How::Signal(signal, _) => vec![Fact::Killed(report::signal_name(signal))],
            How::Code(_) | How::Replaced => Vec::new(),
        },
        Event::Unseen(why) => vec![Fact::Unseen(report::clean(why).into_owned())],
        Event::Signal { .. } | Event::Note(_) => Vec::new(),
    }
}

fn of_call(call: &Call, datagrams: &[Annotated<'_>]) -> Vec<Fact> {
    let mut receives = false;
    if let Some(netlink) = &call.netlink {
        receives = netlink.direction == Direction::Received;
        // The same comes again.
        if netlink.peeked {
            return Vec::new();
        }
        if matches!(call.outcome, Outcome::Returned(..)) && !datagrams.is_empty() {
            let protocol = protocol::name(netlink.protocol);
            return datagrams
                .iter()
                .flat_map(|datagram| messages(datagram.items()))
                .map(|message| Fact::Message(of_message(&message, &protocol, netlink.direction)))
                .collect();
        }
    }
    let result = match &call.outcome {
        Outcome::Returned(_, text) => text.split(' ').next().unwrap_or_default().to_owned(),
        // It is made again, or will have failed with EINTR.
        Outcome::Failed(number) if restarts(*number) => return Vec::new(),
        Outcome::Failed(number) => format!("-1 {}", report::errno_name(*number)),
        Outcome::Never => "?".to_owned(),
    };
    let args = call.args.iter().map(|arg| uncommented(&report::clean(arg)));
    let paths = call
        .paths
        .iter()
        .map(|path| report::clean_bytes(path.as_os_str().as_bytes()).replace(' ', "\\x20"));
    vec![Fact::Call(CallFact {
        name: call.name,
        args: args.collect(),
        result,
        ok: matches!(call.outcome, Outcome::Returned(..)),
        receives: receives || (call.name.starts_with("recv") && call.group == super::NETLINK),
        paths: paths.collect(),
    })]
}

/// An argument without the explanations that strace(1) adds to it.
fn uncommented(arg: &str) -> String {
    let mut rest = arg;
    let mut to = String::new();
    let (mut quoted, mut escaped) = (false, false);
    while let Some(c) = rest.chars().next() {
        if !quoted
            && let Some((_, behind)) = rest.strip_prefix(" /*").and_then(|r| r.split_once("*/"))
        {
            rest = behind;
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        to.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    to
}

fn of_message(
    message: &message::Message<'_, '_>,
    protocol: &str,
    direction: Direction,
) -> MessageFact {
    let third = match (direction, message.error) {
        (Direction::Sent, _) => flags(message.items),
        (Direction::Received, Some(error)) => message::error_name(error),
        (Direction::Received, None) => String::new(),
    };
    let holds = match direction {
        Direction::Sent => holds(message.items),
        Direction::Received => Vec::new(),
    };
    MessageFact {
        direction,
        protocol: protocol.to_owned(),
        kind: message.kind.clone(),
        third,
        holds,
    }
}

fn flags(items: &[Item<'_>]) -> String {
    let field = items.iter().find(|i| i.name == Name::Known("nlmsg_flags"));
    field.map_or_else(String::new, |i| message::value(&i.value))
}

/// What a message holds besides its header.
fn holds(items: &[Item<'_>]) -> Vec<Held> {
    let mut holds: Vec<Held> = Vec::new();
    // The groups that an item is inside: their depth, their names, and the attribute's place in `holds`.
    let mut inside: Vec<(usize, String, Option<usize>)> = Vec::new();
    let mut groups = Vec::new();
    let mut header = None;
    for item in items {
        if header.is_some_and(|depth| item.depth > depth) {
            continue;
        }
        header = None;
        while inside
            .last()
            .is_some_and(|(depth, ..)| *depth >= item.depth)
        {
            inside.pop();
        }
        let outer = inside.last().map_or("", |(_, path, _)| path.as_str());
        let within = inside.last().and_then(|(_, _, place)| *place);
        let path = |name: &str| match (outer, name) {
            ("", name) => name.to_owned(),
            (outer, "") => outer.to_owned(),
            (outer, name) => format!("{outer}/{name}"),
        };
        match item.role {
            Role::Struct if item.name == Name::Known("nlmsghdr") => header = Some(item.depth),
            // A family's struct is named by its fields alone.
            Role::Struct | Role::Message => {
                let place = (item.depth, outer.to_owned(), within);
                inside.push(place);
            }
            Role::Attribute | Role::Element => {
                let name = item.name.to_string();
                let name = match item.role {
                    // What counts up says nothing.
                    Role::Element if matches!(item.name, Name::Number(_)) => "",
                    _ => name.as_str(),
                };
                let path = path(name);
                groups.extend(within);
                inside.push((item.depth, path.clone(), Some(holds.len())));
                holds.push(Held {
                    path,
                    value: String::new(),
                    judged: true,
                    pinned: false,
                });
            }
            Role::Payload => {
                if let Some(held) = within.and_then(|place| holds.get_mut(place)) {
                    held.value = message::value(&item.value);
                    held.pinned = is_pinned(&held.path, item);
                }
            }
            Role::Field => {
                let named = matches!(item.value, Shown::Named(n, _) | Shown::Bits(n, _) if n != 0);
                holds.push(Held {
                    path: path(&item.name.to_string()),
                    value: message::value(&item.value),
                    judged: named,
                    pinned: named,
                });
            }
            Role::Unknown | Role::Fault => match within.and_then(|place| holds.get_mut(place)) {
                Some(held) => held.value = message::value(&Shown::Bytes(item.bytes)),
                None => holds.push(Held {
                    path: if item.role == Role::Fault {
                        "fault"
                    } else {
                        "unknown"
                    }
                    .to_owned(),
                    value: message::value(&Shown::Bytes(item.bytes)),
                    judged: true,
                    pinned: false,
                }),
            },
            _ => {}
        }
    }
    // What is there because of what is inside it goes without saying.
    groups.sort_unstable();
    let mut place = 0;
    holds.retain(|held| {
        let is_group = groups.binary_search(&place).is_ok() && held.value.is_empty();
        place += 1;
        !is_group
    });
    holds
}

/// Whether a value is part of what is asked rather than of what it is asked for: names of kinds, flags, choices.
/// Numbers of one byte are nearly always that; larger ones, names and addresses are not.
fn is_pinned(path: &str, item: &Item<'_>) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match item.value {
        Shown::Named(..) | Shown::Bits(..) => true,
        Shown::Unsigned(_) => item.bytes.len() == 1,
        Shown::Str(_) => {
            name.ends_with("_KIND")
                || ["NFTA_EXPR_NAME", "NFTA_CHAIN_TYPE", "CTRL_ATTR_FAMILY_NAME"].contains(&name)
        }
        _ => false,
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(call) => {
                write!(
                    f,
                    "{}({}) = {}",
                    call.name,
                    call.args.join(", "),
                    call.result
                )
            }
            Self::Message(message) => {
                let verb = match message.direction {
                    Direction::Sent => "send",
                    Direction::Received => "receive",
                };
                write!(f, "{verb} {} {}", message.protocol, message.kind)?;
                match message.third.as_str() {
                    "" => Ok(()),
                    third => write!(f, " {third}"),
                }
            }
            Self::Killed(signal) => write!(f, "killed {signal}"),
            Self::Unseen(why) => write!(f, "unseen: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_are_left_out() {
        for (arg, without) in [
            ("0x30 /* CAP_??? */", "0x30"),
            (
                "{a=1 /* x */, b=\"/* \\\" /* y */\"}",
                "{a=1, b=\"/* \\\" /* y */\"}",
            ),
            ("0x7ffe /* 12 vars", "0x7ffe /* 12 vars"),
            ("", ""),
        ] {
            assert_eq!(uncommented(arg), without);
        }
    }
}
