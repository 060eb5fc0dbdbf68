//! A datagram as one line.

use super::tree::{Node, nodes};
use super::{Annotated, value};
use crate::out::color::{Color, Paint};
use netlink_raw::annotate::{Name, Role, Shown};
use netlink_raw::exchange::{NLMSG_DONE, NLMSG_ERROR};
use std::fmt::Write;

/// Appends the line of a datagram: its messages, those alike that follow one another counted.
pub(super) fn datagram(annotated: &Annotated<'_>, paint: Paint) -> String {
    let mut to = String::new();
    let mut waiting: Option<(Brief, usize)> = None;
    for node in nodes(&annotated.items) {
        let brief = Brief::of(node);
        waiting = match waiting {
            Some((mut before, count)) if before.is_like(&brief) => {
                before.len += brief.len;
                Some((before, count + 1))
            }
            Some((before, count)) => {
                before.put(count, paint, &mut to);
                to.push_str("; ");
                Some((brief, 1))
            }
            None => Some((brief, 1)),
        };
    }
    match waiting {
        Some((last, count)) => last.put(count, paint, &mut to),
        None => to.push_str("an empty datagram"),
    }
    to
}

/// Appends the line of one message.
pub(super) fn message(node: Node<'_, '_>, paint: Paint, to: &mut String) {
    Brief::of(node).put(1, paint, to);
}

/// A message in a few words.
struct Brief {
    color: Color,
    name: String,
    rest: String,
    len: usize,
    /// Whether messages of these words are counted together.
    counted: bool,
}

impl Brief {
    fn of(node: Node<'_, '_>) -> Self {
        match node.item.role {
            Role::Message => message_brief(node),
            Role::Fault => Self {
                color: Color::OperDown,
                name: "no message".into(),
                rest: format!(": {}", value::reason(node.item)),
                len: node.item.bytes.len(),
                counted: false,
            },
            Role::Padding => Self::plain(node, "padding"),
            _ => Self::plain(node, "unknown"),
        }
    }

    fn plain(node: Node<'_, '_>, name: &str) -> Self {
        Self {
            color: Color::None,
            name: name.into(),
            rest: String::new(),
            len: node.item.bytes.len(),
            counted: false,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        self.counted && other.counted && (&self.name, &self.rest) == (&other.name, &other.rest)
    }

    fn put(&self, count: usize, paint: Paint, to: &mut String) {
        paint.put(self.color, &self.name, to);
        let _ = match count {
            1 => Ok(()),
            n => write!(to, " x{n}"),
        };
        to.push_str(&self.rest);
        let _ = match self.len {
            1 => write!(to, ", 1 byte"),
            n => write!(to, ", {n} bytes"),
        };
    }
}

fn message_brief(node: Node<'_, '_>) -> Brief {
    let header = node.header();
    let kind = header.map(|h| h.kind);
    let seq = header.map_or(0, |h| h.seq);
    let errno = errno(node);
    if kind == Some(NLMSG_ERROR)
        && let Some(errno) = errno
    {
        return answer(node, errno, seq);
    }
    let mut brief = Brief {
        color: Color::Ifname,
        name: title(node),
        rest: format!(" seq {seq}"),
        len: node.item.bytes.len(),
        counted: true,
    };
    if let Some(pid) = header.map(|h| h.pid).filter(|&pid| pid != 0) {
        let _ = write!(brief.rest, " pid {pid}");
    }
    let flags = node.child("nlmsghdr").and_then(|h| h.child("nlmsg_flags"));
    match flags.map(|node| &node.item.value) {
        Some(Shown::Bits(0, _)) => {}
        Some(Shown::Bits(bits, names)) => {
            brief.rest.push(' ');
            brief.rest.push_str(&value::flags(*bits, names, "NLM_F_"));
        }
        _ => {
            let flags = header.map_or(0, |h| h.flags);
            if flags != 0 {
                let _ = write!(brief.rest, " {flags:#x}");
            }
        }
    }
    if kind == Some(NLMSG_DONE)
        && let Some(errno) = errno.filter(|&n| n != 0)
    {
        brief.color = Color::OperDown;
        let _ = write!(brief.rest, ": {}", value::errno_name(errno));
        remarks(node, &mut brief.rest);
    }
    if let Some((offset, why)) = super::tree::faults(node.inside).next() {
        let _ = write!(brief.rest, ", broken at {offset}: {why}");
        brief.color = Color::OperDown;
        brief.counted = false;
    }
    brief
}

/// An acknowledgement or an error.
fn answer(node: Node<'_, '_>, errno: i32, seq: u32) -> Brief {
    let (color, name) = match errno {
        0 => (Color::OperUp, "ACK".to_owned()),
        n => {
            let name = value::errno_name(n);
            let error = if name.starts_with("error") {
                ""
            } else {
                "error "
            };
            (Color::OperDown, format!("{error}{name}"))
        }
    };
    let mut rest = String::new();
    if let Some(request) = answered(node) {
        let _ = write!(rest, " of {request}");
    }
    let _ = write!(rest, " seq {seq}");
    remarks(node, &mut rest);
    Brief {
        color,
        name,
        rest,
        len: node.item.bytes.len(),
        counted: false,
    }
}

/// What the kernel says about a request beside its error number: its words, the attribute that they are about.
fn remarks(node: Node<'_, '_>, to: &mut String) {
    let remark = Remark::of(node);
    if let Some(text) = remark.text {
        to.push_str(": \"");
        value::escape(text, to);
        to.push('"');
    }
    if let Some(at) = remark.at {
        let _ = write!(to, ", at {at}");
    }
    if let Some(missing) = remark.missing {
        let _ = write!(to, ", {missing} is missing");
    }
}

/// An extended acknowledgement.
#[derive(Default)]
pub(super) struct Remark<'a> {
    /// The kernel's words.
    pub(super) text: Option<&'a [u8]>,
    /// The attribute that they are about, or its offset.
    pub(super) at: Option<String>,
    /// The attribute that is missing.
    pub(super) missing: Option<String>,
}

impl<'a> Remark<'a> {
    pub(super) fn of(node: Node<'_, 'a>) -> Self {
        let mut remark = Self::default();
        for attribute in node.nodes().filter(|n| n.item.role == Role::Attribute) {
            let Some(payload) = attribute.payload() else {
                continue;
            };
            match (attribute.item.name, payload) {
                (Name::Known("NLMSGERR_ATTR_MSG"), Shown::Str(text)) => remark.text = Some(text),
                (Name::Known("NLMSGERR_ATTR_OFFS"), Shown::Words(words)) => {
                    let mut at = String::new();
                    value::escape(words.as_bytes(), &mut at);
                    remark.at = Some(at);
                }
                (Name::Known("NLMSGERR_ATTR_OFFS"), shown) => {
                    remark.at = Some(format!("offset {}", value::text(shown)));
                }
                (Name::Known("NLMSGERR_ATTR_MISS_TYPE"), Shown::Unsigned(number)) => {
                    remark.missing = Some(format!("attribute {number}"));
                }
                (Name::Known("NLMSGERR_ATTR_MISS_TYPE"), shown) => {
                    remark.missing = Some(value::text(shown));
                }
                _ => {}
            }
        }
        remark
    }
}

/// The error number of a message that has one.
pub(super) fn errno(node: Node<'_, '_>) -> Option<i32> {
    node.inside.iter().find_map(|item| match item.value {
        Shown::Errno(n) => Some(n),
        _ => None,
    })
}

/// The type of the request that an acknowledgement answers: of the header behind its own and its error number.
pub(super) fn answered(node: Node<'_, '_>) -> Option<String> {
    let at = node.item.offset + 20;
    let mut there = node
        .inside
        .iter()
        .filter(|i| i.offset == at && i.role.is_group());
    let named = there.clone().find_map(|item| match item.name {
        Name::Known(name) if !name.starts_with("nlmsg") => Some(name.to_owned()),
        _ => None,
    });
    named.or_else(|| {
        there.next()?;
        let kind = node.inside.iter().find(|i| i.offset == at + 4)?;
        Some(match &kind.value {
            Shown::Unsigned(n) => format!("type {n}"),
            shown => value::text(shown),
        })
    })
}

/// A message's type, with the command of a generic netlink family.
pub(super) fn title(node: Node<'_, '_>) -> String {
    let mut title = match (node.item.name, &node.item.value) {
        (Name::Known(name), Shown::Words(words)) => {
            let mut name = name.to_owned();
            name.push(' ');
            value::escape(words.as_bytes(), &mut name);
            name
        }
        (Name::Known(name), _) => name.to_owned(),
        (_, Shown::Words(words)) => {
            let mut name = String::new();
            value::escape(words.as_bytes(), &mut name);
            name
        }
        (Name::Number(number), _) => format!("type {number}"),
        (Name::None, _) => format!("type {}", node.header().map_or(0, |h| h.kind)),
    };
    if let Some(command) = node.child("genlmsghdr").and_then(|h| h.child("cmd")) {
        let _ = match &command.item.value {
            Shown::Unsigned(n) => write!(title, " command {n}"),
            shown => write!(title, " {}", value::text(shown)),
        };
    }
    title
}
