//! A datagram as one line.

use super::tree::{Header, Node, nodes};
use super::{Annotated, value};
use crate::out::color::{Color, Paint};
use netlink_raw::annotate::{Name, RequestInfo, Role, Shown};
use netlink_raw::exchange::{NLMSG_DONE, NLMSG_ERROR};
use std::fmt::Write;

/// Appends the line of a datagram: its messages, those alike that follow one another counted.
pub(super) fn datagram(annotated: &Annotated<'_>, paint: Paint) -> String {
    let mut to = String::new();
    let mut waiting: Option<(Brief, usize)> = None;
    for node in nodes(&annotated.items) {
        let brief = Brief::of(node, annotated);
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
pub(super) fn message(node: Node<'_, '_>, whole: &Annotated<'_>, paint: Paint, to: &mut String) {
    Brief::of(node, whole).put(1, paint, to);
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
    fn of(node: Node<'_, '_>, whole: &Annotated<'_>) -> Self {
        match (node.item.role, node.header()) {
            (Role::Message, Some(header)) => message_brief(node, header, whole),
            // What is no message of netlink's is lines of text, of which the first says what it is.
            (Role::Message, None) => {
                let mut brief = Self::plain(node, &title(node));
                if let Some(first) = node.nodes().find(|n| n.item.role == Role::Field) {
                    brief.rest = format!(" {}", value::text(&first.item.value));
                }
                brief
            }
            (Role::Fault, _) => Self {
                color: Color::OperDown,
                name: "no message".into(),
                rest: format!(": {}", value::reason(node.item)),
                len: node.item.bytes.len(),
                counted: false,
            },
            (Role::Padding, _) => Self::plain(node, "padding"),
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

fn message_brief(node: Node<'_, '_>, header: Header, whole: &Annotated<'_>) -> Brief {
    let errno = errno(node);
    let request = whole.request(header.seq);
    if header.kind == NLMSG_ERROR
        && let Some(errno) = errno
    {
        return answer(node, errno, header.seq, request);
    }
    let mut brief = Brief {
        color: Color::Ifname,
        name: title(node),
        rest: format!(" seq {}", header.seq),
        len: node.item.bytes.len(),
        counted: true,
    };
    if header.pid != 0 {
        let _ = write!(brief.rest, " pid {}", header.pid);
    }
    flags(node, header, &mut brief.rest);
    if let Some(request) = request {
        let _ = write!(brief.rest, ", answer to {}", request.words);
    }
    if header.kind == NLMSG_DONE
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

/// The flags of a header, where it has any.
fn flags(node: Node<'_, '_>, header: Header, to: &mut String) {
    let flags = node.child("nlmsghdr").and_then(|h| h.child("nlmsg_flags"));
    match flags.map(|node| &node.item.value) {
        Some(Shown::Bits(0, _)) => {}
        Some(Shown::Bits(bits, names)) => {
            to.push(' ');
            to.push_str(&value::flags(*bits, names, "NLM_F_"));
        }
        _ if header.flags != 0 => {
            let _ = write!(to, " {:#x}", header.flags);
        }
        _ => {}
    }
}

/// Appends the header of a request that an answer carries, in a few words.
pub(super) fn request(node: Node<'_, '_>, header: Header, to: &mut String) {
    let kind = node.child("nlmsghdr").and_then(|h| h.child("nlmsg_type"));
    let kind = kind.map_or(String::new(), |kind| kind_text(&kind.item.value));
    let _ = write!(to, "{kind} seq {}", header.seq);
    flags(node, header, to);
    let _ = write!(to, ", {} bytes", header.len);
}

/// An acknowledgement or an error.
fn answer(node: Node<'_, '_>, errno: i32, seq: u32, request: Option<&RequestInfo>) -> Brief {
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
    if let Some(request) = answered(node, request) {
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
            // What a number points at is the attribute's own words.
            let says = |number: &str| match &attribute.item.value {
                shown @ Shown::Words(_) => value::text(shown),
                _ => format!("{number} {}", value::text(payload)),
            };
            match (attribute.item.name, payload) {
                (Name::Known("NLMSGERR_ATTR_MSG"), Shown::Str(text)) => remark.text = Some(text),
                (Name::Known("NLMSGERR_ATTR_OFFS"), _) => remark.at = Some(says("offset")),
                (Name::Known("NLMSGERR_ATTR_MISS_TYPE"), _) => {
                    remark.missing = Some(says("attribute"));
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

/// The type of the request that an acknowledgement answers: as it was sent, or as the answer carries it.
pub(super) fn answered(node: Node<'_, '_>, request: Option<&RequestInfo>) -> Option<String> {
    if let Some(request) = request {
        return Some(request.words.clone());
    }
    let error = node.child("nlmsgerr")?;
    let inner = error.child("msg").unwrap_or(error);
    let kind = inner.child("nlmsghdr")?.child("nlmsg_type")?;
    Some(kind_text(&kind.item.value))
}

fn kind_text(shown: &Shown<'_>) -> String {
    match shown {
        Shown::Unsigned(n) => format!("type {n}"),
        shown => value::text(shown),
    }
}

/// A message's type, with the command of a generic netlink family.
pub(super) fn title(node: Node<'_, '_>) -> String {
    let mut title = match node.item.name {
        Name::Known(name) => name.to_owned(),
        Name::Number(number) => format!("type {number}"),
        Name::None => "message".to_owned(),
    };
    let Some(generic) = node.child("genlmsghdr") else {
        return title;
    };
    if let Some(own) = family(node) {
        match node.item.name {
            Name::Known(_) => title.push(' '),
            _ => title.clear(),
        }
        title.push_str(&own);
    }
    if let Some(command) = generic.child("cmd")
        && !matches!(node.item.name, Name::Known(_))
    {
        let _ = write!(title, " command {}", value::text(&command.item.value));
    }
    title
}

/// What a message of generic netlink says of itself: the command of a family that is known, or the family's name.
fn family(node: Node<'_, '_>) -> Option<String> {
    let Shown::Words(words) = &node.item.value else {
        return None;
    };
    // Behind it stands what it answers.
    let own = words.split(", answer to ").next()?;
    let mut text = String::new();
    value::escape(own.as_bytes(), &mut text);
    Some(text)
}
