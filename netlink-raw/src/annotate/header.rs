//! A message's header, and what its flags are called there.

use super::body::{Body, CONTROL};
use super::item::{Name, Role, Shown};
use super::span::{Out, Span};
use crate::exchange::{
    NLM_F_ACK, NLM_F_ACK_TLVS, NLM_F_APPEND, NLM_F_CAPPED, NLM_F_CREATE, NLM_F_DUMP,
    NLM_F_DUMP_FILTERED, NLM_F_DUMP_INTR, NLM_F_ECHO, NLM_F_EXCL, NLM_F_MULTI, NLM_F_REPLACE,
    NLM_F_REQUEST, NLMSG_ERROR,
};
use crate::schema::Names;
use crate::schema::headers::NLMSGHDR;
use crate::wire::NlMsgHdr;

macro_rules! flags {
    ($($(#[$meta:meta])* $name:ident: $($own:expr),*;)*) => { $(
        $(#[$meta])*
        const $name: Names = &[
            (NLM_F_REQUEST as u64, "NLM_F_REQUEST"),
            (NLM_F_MULTI as u64, "NLM_F_MULTI"),
            (NLM_F_ACK as u64, "NLM_F_ACK"),
            (NLM_F_ECHO as u64, "NLM_F_ECHO"),
            (NLM_F_DUMP_INTR as u64, "NLM_F_DUMP_INTR"),
            (NLM_F_DUMP_FILTERED as u64, "NLM_F_DUMP_FILTERED"),
            $($own,)*
        ];
    )* };
}

flags! {
    /// Of every message.
    ANY: ;
    /// Of those that ask.
    GET: (NLM_F_DUMP as u64, "NLM_F_DUMP"), (0x100, "NLM_F_ROOT"), (0x200, "NLM_F_MATCH"), (0x400, "NLM_F_ATOMIC");
    /// Of those that make.
    NEW: (NLM_F_REPLACE as u64, "NLM_F_REPLACE"), (NLM_F_EXCL as u64, "NLM_F_EXCL"),
        (NLM_F_CREATE as u64, "NLM_F_CREATE"), (NLM_F_APPEND as u64, "NLM_F_APPEND");
    /// Of those that take away.
    DEL: (0x100, "NLM_F_NONREC"), (0x200, "NLM_F_BULK");
    /// Of errors.
    ERROR: (NLM_F_CAPPED as u64, "NLM_F_CAPPED"), (NLM_F_ACK_TLVS as u64, "NLM_F_ACK_TLVS");
    /// Of the end of a dump.
    DONE: (NLM_F_ACK_TLVS as u64, "NLM_F_ACK_TLVS");
}

/// The names of a message's flags: the upper bits mean other things where something is asked for, made or taken away.
fn flag_names(body: Body, kind: u16, rest: &[u8]) -> Names {
    let name = match body {
        Body::Control(_) if kind == NLMSG_ERROR => return ERROR,
        Body::Control("NLMSG_DONE") => return DONE,
        Body::Control(_) | Body::Unknown => return ANY,
        Body::Spec(spec) => spec.name,
        // Most commands ask.
        Body::Generic(_) => match body.command(rest) {
            Some(command) => command,
            None => return GET,
        },
    };
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["GET", "DUMP", "LOOKUP"]) {
        GET
    } else if has(&["DEL", "DESTROY", "FLUSH", "REM", "UNREG"]) {
        DEL
    } else if has(&["NEW", "ADD", "SET", "CREATE"]) {
        NEW
    } else {
        match body {
            Body::Generic(_) => GET,
            _ => ANY,
        }
    }
}

/// The header of a message; `rest` is what stands behind it. A length that the datagram has not is a fault.
pub(super) fn header<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    span: Span<'a>,
    header: &NlMsgHdr,
    body: Body,
    rest: &[u8],
    cut: Option<usize>,
) {
    out.group(depth, span, Role::Struct, Name::Known(NLMSGHDR.name));
    let names = body_names(body);
    let kind = match (names, body.name(header.kind)) {
        (Some(names), _) => Shown::Named(header.kind.into(), names),
        (None, Name::Known(name)) => Shown::Words(name.to_owned()),
        (None, _) => Shown::Unsigned(header.kind.into()),
    };
    let flags = flag_names(body, header.kind, rest);
    let mut bytes = span;
    for (field, value) in NLMSGHDR.fields.iter().zip([
        Shown::Unsigned(header.len.into()),
        kind,
        Shown::Bits(header.flags.into(), flags),
        Shown::Unsigned(header.seq.into()),
        Shown::Unsigned(header.portid.into()),
    ]) {
        let (one, after) = bytes.split(field.len.into());
        bytes = after;
        match cut.filter(|_| field.offset == 0) {
            Some(left) => {
                let why = format!(
                    "a message of {} bytes, of which {left} are here",
                    header.len
                );
                out.fault(depth + 1, one, Name::Known(field.name), why);
            }
            None => out.leaf(depth + 1, one, Role::Field, Name::Known(field.name), value),
        }
    }
}

fn body_names(body: Body) -> Option<Names> {
    match body {
        Body::Control(_) => Some(CONTROL),
        Body::Spec(spec) => Some(spec.names),
        _ => None,
    }
}
