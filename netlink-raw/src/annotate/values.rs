//! Values: numbers, strings, addresses, structs and runs of them.

use super::item::{Name, Role, Shown};
use super::level::{int_of, integer};
use super::span::{Out, Span};
use crate::schema::{FieldSpec, Int, Layout, Value};
use core::net::IpAddr;

/// A value that fills the span: one leaf, or a struct's fields. Role and name are the leaf's.
pub(super) fn value<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    span: Span<'a>,
    role: Role,
    name: Name,
    is: &Value,
) {
    match is {
        Value::Record(layout) => structure(out, depth, span, layout),
        Value::RecordList(head, item) => {
            let (first, list) = span.split(head.size.into());
            structure(out, depth, first, head);
            let size = item.size.into();
            elements(out, depth, list, size, &Value::Record(item));
        }
        Value::RecordWith(head, field, rest) => {
            let (first, behind) = span.split(head.size.into());
            structure(out, depth, first, head);
            if !behind.is_empty() {
                value(out, depth, behind, Role::Field, Name::Known(field), rest);
            }
        }
        Value::Array(item, size) => elements(out, depth, span, (*size).into(), item),
        Value::Str => string(out, depth, span, role, name),
        Value::BySize(all) => match all.iter().find(|(n, _)| usize::from(*n) == span.len()) {
            Some((_, one)) => value(out, depth, span, role, name, one),
            None => out.fault(depth, span, name, sizes(all, span.len())),
        },
        _ => match plain(is, span.bytes) {
            Ok(shown) => {
                let role = match (is, role) {
                    (Value::Flag, _) => Role::Unknown,
                    (_, role) => role,
                };
                out.leaf(depth, span, role, name, shown);
            }
            Err(why) => out.fault(depth, span, name, why),
        },
    }
}

/// Why a value of this size is none of these.
fn sizes(all: &[(u16, Value)], have: usize) -> String {
    let sizes: Vec<String> = all.iter().map(|(size, _)| size.to_string()).collect();
    format!("{have} bytes, where {} stand", sizes.join(" or "))
}

/// A string. What stands behind its NUL is not part of it.
fn string<'a>(out: &mut Out<'a, '_>, depth: usize, span: Span<'a>, role: Role, name: Name) {
    let end = span.bytes.iter().position(|b| *b == 0);
    let len = end.unwrap_or(span.len());
    let text = span.split(len).0.bytes;
    let (whole, behind) = span.split(len.saturating_add(1));
    if behind.bytes.iter().all(|b| *b == 0) {
        return out.leaf(depth, span, role, name, Shown::Str(text));
    }
    out.leaf(depth, whole, role, name, Shown::Str(text));
    out.unknown(depth, behind);
}

/// A value without parts, or why these bytes are none.
fn plain<'a>(is: &Value, bytes: &'a [u8]) -> Result<Shown<'a>, String> {
    let have = bytes.len();
    if let Some(int) = int_of(is) {
        let wrong = || format!("{have} bytes, where a number of {} stands", int.width());
        let (bits, signed) = integer(int, bytes).ok_or_else(wrong)?;
        return Ok(match (is, signed) {
            (Value::Bits(_, names), _) => Shown::Bits(bits, names),
            (Value::Enum(_, names), signed) => match signed {
                Some(signed) if !names.iter().any(|(n, _)| *n == bits) => Shown::Signed(signed),
                _ => Shown::Named(bits, names),
            },
            (_, Some(signed)) => Shown::Signed(signed),
            _ => Shown::Unsigned(bits),
        });
    }
    match is {
        Value::Uint => {
            let wrong = || format!("{have} bytes, where a number of 4 or 8 stands");
            let short = integer(Int::U32, bytes).or_else(|| integer(Int::U64, bytes));
            short.map(|(n, _)| Shown::Unsigned(n)).ok_or_else(wrong)
        }
        Value::Mac => Ok(Shown::Mac(bytes)),
        Value::Ip => {
            let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
            let ip = v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from));
            let wrong = |_| format!("{have} bytes, where an IP address stands");
            ip.map(Shown::Ip).map_err(wrong)
        }
        _ => Ok(Shown::Bytes(bytes)),
    }
}

/// Values of one size, one behind the other.
fn elements<'a>(out: &mut Out<'a, '_>, depth: usize, span: Span<'a>, size: usize, is: &Value) {
    let size = size.max(1);
    let mut rest = span;
    for number in 0.. {
        if rest.is_empty() {
            return;
        }
        if rest.len() < size {
            let why = format!("{} bytes left of an element of {size}", rest.len());
            return out.fault(depth, rest, Name::Number(number), why);
        }
        let (one, after) = rest.split(size);
        value(out, depth, one, Role::Field, Name::Number(number), is);
        rest = after;
    }
}

/// A struct that fills the span. It may end early, as an older kernel's does, or go on, as a newer one's.
pub(super) fn structure<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    span: Span<'a>,
    layout: &'static Layout,
) {
    fields(out, depth, span, layout, layout.fields);
}

/// The same, with fields that say more than the layout's.
pub(super) fn fields<'a>(
    out: &mut Out<'a, '_>,
    depth: usize,
    span: Span<'a>,
    layout: &'static Layout,
    fields: &[FieldSpec],
) {
    if span.is_empty() {
        return;
    }
    out.group(depth, span, Role::Struct, Name::Known(layout.name));
    let mut rest = span;
    for field in fields {
        let here = rest.at - span.at;
        let (padding, after) = rest.split(usize::from(field.offset).saturating_sub(here));
        out.padding(depth + 1, padding);
        rest = after;
        if rest.is_empty() {
            return;
        }
        if rest.len() < usize::from(field.len) && !open_ended(field, layout) {
            let why = format!("{} bytes left of {} that are needed", rest.len(), field.len);
            return out.fault(depth + 1, rest, Name::Known(field.name), why);
        }
        let (bytes, after) = rest.split(field.len.into());
        self::field(out, depth + 1, bytes, field);
        rest = after;
    }
    let here = rest.at - span.at;
    let (padding, behind) = rest.split(usize::from(layout.size).saturating_sub(here));
    out.padding(depth + 1, padding);
    out.unknown(depth + 1, behind);
}

/// Whether a struct may end within this field: a table that grew.
fn open_ended(field: &FieldSpec, layout: &Layout) -> bool {
    let last = layout.fields.last();
    last.is_some_and(|last| last.offset == field.offset) && matches!(field.value, Value::Array(..))
}

fn field<'a>(out: &mut Out<'a, '_>, depth: usize, bytes: Span<'a>, field: &FieldSpec) {
    let name = Name::Known(field.name);
    match field.value {
        // A struct inside is a group that has the field's name, and so is a run.
        Value::Record(_) | Value::Array(..) => {
            out.group(depth, bytes, Role::Element, name);
            value(out, depth + 1, bytes, Role::Field, Name::None, &field.value);
        }
        // What a name's array holds behind its NUL is left there by whoever filled it.
        _ => value(out, depth, bytes, Role::Field, name, &field.value),
    }
}
