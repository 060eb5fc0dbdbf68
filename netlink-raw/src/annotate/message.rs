//! A message: its header, and behind it what its type says.

use super::answer::Answer;
use super::attributes::{SILENT, attributes};
use super::body::Body;
use super::families::Families;
use super::header::header;
use super::item::{Name, Role, Shown};
use super::memory::{RequestInfo, Sent};
use super::span::{Out, Span};
use super::values::{fields, structure};
use crate::exchange::{NLM_F_REQUEST, NLMSG_DONE, NLMSG_ERROR};
use crate::schema::headers::{GENLMSGHDR, NDUSEROPTMSG, RTGENMSG};
use crate::schema::{Int, Value};
use crate::transport::Direction;
use crate::wire::{NlMsgHdr, align};

const HEADER: usize = size_of::<NlMsgHdr>();

/// What there is to know besides the bytes.
pub(super) struct Known<'s> {
    pub(super) protocol: u16,
    pub(super) families: &'s Families,
    pub(super) sent: &'s Sent,
    pub(super) direction: Direction,
}

/// What a message is called, as a name and as words: a command of generic netlink, else its type.
pub(super) fn name_of(
    protocol: u16,
    kind: u16,
    rest: &[u8],
    families: &Families,
) -> (Name, String) {
    let body = Body::of(protocol, kind, 0, families);
    let name = body.name(kind);
    if let Some(command) = body.command(rest) {
        return (name, command.to_owned());
    }
    let words = match (name, i32::from(protocol), families.name(kind)) {
        (Name::Number(_), libc::NETLINK_GENERIC, Some(family)) => {
            String::from_utf8_lossy(&family).into_owned()
        }
        (Name::Number(number), ..) => format!("type {number}"),
        (name, ..) => name.to_string(),
    };
    (name, words)
}

/// What will be remembered of a request.
pub(super) fn info(
    protocol: u16,
    message: &NlMsgHdr,
    rest: &[u8],
    families: &Families,
) -> RequestInfo {
    let (name, words) = name_of(protocol, message.kind, rest, families);
    RequestInfo {
        kind: message.kind,
        name,
        words,
        flags: message.flags,
        seq: message.seq,
    }
}

/// A message that fills the span; `cut` where it says it is longer.
pub(super) fn message<'a>(
    out: &mut Out<'a, '_>,
    span: Span<'a>,
    head: &NlMsgHdr,
    cut: Option<usize>,
    known: &Known<'_>,
) {
    let (first, rest) = span.split(HEADER);
    let body = Body::of(known.protocol, head.kind, head.flags, known.families)
        .spoken(known.direction, head);
    let answer = match head.kind {
        NLMSG_ERROR => Some(Answer::of_error(
            head,
            rest,
            known.protocol,
            known.families,
            known.sent,
        )),
        NLMSG_DONE => Some(Answer::of_done(
            head,
            rest,
            known.protocol,
            known.families,
            known.sent,
        )),
        _ => None,
    };
    let words = words(head, body, rest, answer.as_ref(), known);
    let words = words.map_or(Shown::Nothing, Shown::Words);
    out.item(0, span, Role::Message, body.name(head.kind), words);
    header(out, 1, first, head, body, rest.bytes, cut);
    match answer {
        Some(answer) => answer.items(out, 1, rest, head.kind == NLMSG_DONE),
        None => contents(out, 1, rest, body, head),
    }
}

/// What a message says beyond its type: what of generic netlink it is, and what it answers.
fn words(
    head: &NlMsgHdr,
    body: Body,
    rest: Span<'_>,
    answer: Option<&Answer<'_, '_>>,
    known: &Known<'_>,
) -> Option<String> {
    if let Some(answer) = answer {
        let (request, seq) = answer.request()?;
        let to = format!("{request} seq {seq}");
        let mut words = match answer.errno? {
            0 if head.kind == NLMSG_ERROR => format!("ACK of {to}"),
            0.. => format!("end of the answer to {to}"),
            _ => format!("error for {to}"),
        };
        if let Some(about) = answer.about() {
            words = format!("{words} at {about}");
        }
        if let Some(text) = answer.text() {
            words = format!("{words}: {text}");
        }
        return Some(words);
    }
    let own = match body {
        Body::Generic(_) => {
            let bytes = rest.bytes;
            let command = body.command(bytes).map(str::to_owned);
            command.or_else(|| Some(name_of(known.protocol, head.kind, bytes, known.families).1))
        }
        _ => None,
    };
    // Without a number nothing is tied: what the kernel tells on its own has none.
    let asked = known.direction == Direction::Received && head.seq != 0;
    let asked = asked.then(|| known.sent.find(head.seq)).flatten();
    let asked = asked.map(|(info, _)| format!("answer to {} seq {}", info.words, info.seq));
    match (own, asked) {
        (Some(own), Some(asked)) => Some(format!("{own}, {asked}")),
        (own, asked) => own.or(asked),
    }
}

/// What stands behind a header, where it is no answer.
pub(super) fn contents<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    rest: Span<'a>,
    body: Body,
    head: &NlMsgHdr,
) {
    let (Some(first), second) = body.headers() else {
        return out.unknown(depth, rest);
    };
    let size = usize::from(first.size);
    // A request for all may name no more than a family.
    if rest.len() < size && head.flags & NLM_F_REQUEST != 0 && matches!(body, Body::Spec(_)) {
        let (family, behind) = rest.split(RTGENMSG.size.into());
        structure(out, depth, family, &RTGENMSG);
        if align(RTGENMSG.size.into()) >= rest.len() {
            return out.padding(depth, behind);
        }
        let why = format!(
            "{} bytes behind a family, where {} has {size}",
            behind.len(),
            first.name
        );
        return out.fault(depth, behind, Name::Known(first.name), why);
    }
    let mut left = rest;
    for layout in [Some(first), second].into_iter().flatten() {
        let size = usize::from(layout.size);
        let (bytes, after) = left.split(size);
        match body {
            Body::Generic(Some(family)) if layout.name == GENLMSGHDR.name => {
                let mut own = layout.fields.to_vec();
                if let Some(cmd) = own.first_mut() {
                    cmd.value = Value::Enum(Int::U8, family.commands);
                }
                fields(out, depth, bytes, layout, &own);
            }
            _ => structure(out, depth, bytes, layout),
        }
        let (padding, after) = after.split_padding(size);
        out.padding(depth, padding);
        left = after;
    }
    if first.name == NDUSEROPTMSG.name {
        // The options of the packet stand between the struct and the attributes.
        let len = rest.u16_at(2).map_or(0, |len| align(len.into()));
        let (options, after) = left.split(len);
        let said = Shown::Bytes(options.bytes);
        out.leaf(depth, options, Role::Field, Name::Known("nd_opts"), said);
        left = after;
    }
    match body.inside(rest.bytes) {
        Some(inside) => attributes(out, depth, left, &inside, None, SILENT),
        None => out.unknown(depth, left),
    }
}
