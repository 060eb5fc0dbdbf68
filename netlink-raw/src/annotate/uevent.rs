//! What the kernel tells of devices: no messages, but strings with NULs between them (`NETLINK_KOBJECT_UEVENT`).

use super::item::{Name, Role, Shown};
use super::span::{Out, Span};
use super::values::structure;
use crate::schema::headers::UDEV;

/// A datagram.
pub(super) fn uevent<'a>(out: &mut Out<'a, '_>, span: Span<'a>) {
    out.group(0, span, Role::Message, Name::Known("uevent"));
    let mut rest = span;
    if span.bytes.starts_with(b"libudev\0") {
        let (head, after) = span.split(UDEV.size.into());
        structure(out, 1, head, &UDEV);
        rest = after;
    }
    while !rest.is_empty() {
        let end = rest.bytes.iter().position(|b| *b == 0);
        let len = end.unwrap_or(rest.len());
        let (line, after) = rest.split(len.saturating_add(1));
        let text = Shown::Str(line.split(len).0.bytes);
        out.leaf(1, line, Role::Field, Name::None, text);
        rest = after;
    }
}
