//! Lists of attributes, and what is in each.

use super::item::{Name, Role, Shown};
use super::level::{Inside, Level, Of, int_of};
use super::span::{Out, Span};
use super::values::{structure, value};
use crate::encode::{NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK};
use crate::schema::headers::RTNEXTHOP;
use crate::schema::{MAX_DEPTH, Names, Table, Value};
use crate::wire::NlAttr;

/// Flags of `nla_type`; what is left of it is the attribute's number.
const TYPE_FLAGS: Names = &[
    (NLA_F_NESTED as u64, "NLA_F_NESTED"),
    (NLA_F_NET_BYTEORDER as u64, "NLA_F_NET_BYTEORDER"),
];

/// Deeper attributes are left as bytes: those of a request within an error are two deeper than elsewhere.
const DEEPEST: usize = MAX_DEPTH + 4;

const HEADER: usize = size_of::<NlAttr>();

/// The words of an attribute group beyond its parts, by its number: what an error's offset points at.
pub(super) type Says<'s> = &'s dyn Fn(u16) -> Option<String>;

/// Nothing more to say.
pub(super) const SILENT: Says<'static> = &|_| None;

/// A list of attributes that fills the span.
pub(super) fn attributes<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    span: Span<'a>,
    inside: &Inside,
    outer: Option<&Level<'a, '_>>,
    says: Says<'_>,
) {
    let level = Level::new(span.bytes, inside.of, inside.family, outer);
    let mut rest = span;
    while !rest.is_empty() {
        let (Some(len), Some(kind)) = (rest.u16_at(0), rest.u16_at(2)) else {
            let why = format!("{} bytes left, too few for an attribute", rest.len());
            return out.fault(depth, rest, Name::None, why);
        };
        let len = usize::from(len);
        let (name, payload_is) = inside.of.attribute(kind & NLA_TYPE_MASK);
        if len < HEADER || len > rest.len() {
            let why = match len < HEADER {
                true => format!("attribute {name} says {len} bytes, less than its own head"),
                false => format!(
                    "attribute {name} says {len} bytes, more than the {} left",
                    rest.len()
                ),
            };
            return out.fault(depth, rest, name, why);
        }
        let (attribute, after) = rest.split(len);
        let (padding, after) = after.split_padding(len);
        let (whole, _) = rest.split(len + padding.len());
        let empty = payload_is
            .filter(|_| len == HEADER)
            .and_then(|is| missing(&is));
        let words = says(kind & NLA_TYPE_MASK).or(empty);
        let words = words.map_or(Shown::Nothing, Shown::Words);
        out.item(depth, whole, Role::Attribute, name, words);
        let (head, payload) = attribute.split(HEADER);
        let (length, kind_bytes) = head.split(2);
        let said = Shown::Unsigned(len as u64);
        out.leaf(
            depth + 1,
            length,
            Role::Length,
            Name::Known("nla_len"),
            said,
        );
        let said = Shown::Bits(kind.into(), TYPE_FLAGS);
        out.leaf(
            depth + 1,
            kind_bytes,
            Role::Type,
            Name::Known("nla_type"),
            said,
        );
        match payload_is {
            Some(is) => contents(out, depth + 1, payload, is, &level),
            None => out.unknown(depth + 1, payload),
        }
        out.padding(depth + 1, padding);
        rest = after;
    }
}

/// What is wrong with no payload at all. A switch of one byte may be a flag too (`IFLA_VXLAN_TTL_INHERIT`).
fn missing(is: &Value) -> Option<String> {
    let width = match is {
        Value::Ip => 4,
        is => int_of(is)?.width(),
    };
    (width > 1).then(|| format!("no bytes, where {width} stand"))
}

/// An attribute's payload.
fn contents<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    payload: Span<'a>,
    is: Value,
    level: &Level<'a, '_>,
) {
    if depth > DEEPEST {
        return out.unknown(depth, payload);
    }
    let is = level.resolve(is);
    if let Value::NextHops(table) = is {
        return next_hops(out, depth, payload, table, level);
    }
    let Some(inside) = level.inside(&is, payload.bytes) else {
        return value(out, depth, payload, Role::Payload, Name::None, &is);
    };
    let (head, list) = payload.split(inside.skip);
    match is {
        Value::RecordThen(layout, _) => {
            let (head, padding) = head.split(layout.size.into());
            structure(out, depth, head, layout);
            out.padding(depth, padding);
        }
        _ => out.unknown(depth, head),
    }
    attributes(out, depth, list, &inside, Some(level), SILENT);
}

/// The legs of a multipath route.
fn next_hops<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    payload: Span<'a>,
    table: &'static Table,
    level: &Level<'a, '_>,
) {
    let inside = Inside {
        skip: 0,
        of: Of::Table(table),
        family: level.family,
    };
    let least = usize::from(RTNEXTHOP.size);
    let mut rest = payload;
    for number in 0.. {
        if rest.is_empty() {
            return;
        }
        let len = rest.u16_at(0).map_or(0, usize::from);
        if len < least || len > rest.len() {
            let left = rest.len();
            let why = format!("a next hop of {len} bytes, in {left} that are left");
            return out.fault(depth, rest, Name::Number(number), why);
        }
        let (hop, after) = rest.split(len);
        let (padding, after) = after.split_padding(len);
        let (whole, _) = rest.split(len + padding.len());
        out.group(depth, whole, Role::Element, Name::Number(number));
        let (head, list) = hop.split(least);
        structure(out, depth + 1, head, &RTNEXTHOP);
        attributes(out, depth + 1, list, &inside, Some(level), SILENT);
        out.padding(depth + 1, padding);
        rest = after;
    }
}
