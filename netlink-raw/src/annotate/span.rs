//! Bytes with their place in the datagram, and the closure that is told about them.

use super::item::{Item, Name, Role, Shown};
use crate::wire::align;

/// Some of a datagram's bytes.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    /// Where they start.
    pub(super) at: usize,
    /// The bytes.
    pub(super) bytes: &'a [u8],
}

impl<'a> Span<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { at: 0, bytes }
    }

    pub(super) fn len(self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(self) -> bool {
        self.bytes.is_empty()
    }

    /// The first so many bytes, or as many as there are, and the rest.
    pub(super) fn split(self, len: usize) -> (Self, Self) {
        let len = len.min(self.bytes.len());
        let (head, tail) = self.bytes.split_at_checked(len).unwrap_or_default();
        let head = Self {
            at: self.at,
            bytes: head,
        };
        let tail = Self {
            at: self.at + len,
            bytes: tail,
        };
        (head, tail)
    }

    /// What fills so many bytes up to the next place where something may start, and the rest.
    pub(super) fn split_padding(self, after: usize) -> (Self, Self) {
        self.split(align(after).saturating_sub(after))
    }

    /// The two bytes at this place, in host byte order.
    pub(super) fn u16_at(self, at: usize) -> Option<u16> {
        let (two, _) = self.bytes.get(at..)?.split_first_chunk()?;
        Some(u16::from_ne_bytes(*two))
    }
}

/// Where items go.
pub(super) struct Out<'a, 'e> {
    each: &'e mut dyn FnMut(&Item<'a>),
}

impl<'a, 'e> Out<'a, 'e> {
    pub(super) fn new(each: &'e mut dyn FnMut(&Item<'a>)) -> Self {
        Self { each }
    }

    /// A group; what is inside follows, one deeper.
    pub(super) fn group(&mut self, depth: usize, span: Span<'a>, role: Role, name: Name) {
        self.item(depth, span, role, name, Shown::Nothing);
    }

    /// A leaf, unless it has no bytes.
    pub(super) fn leaf(
        &mut self,
        depth: usize,
        span: Span<'a>,
        role: Role,
        name: Name,
        value: Shown<'a>,
    ) {
        if !span.is_empty() {
            self.item(depth, span, role, name, value);
        }
    }

    /// A group or a leaf that says something.
    pub(super) fn item(
        &mut self,
        depth: usize,
        span: Span<'a>,
        role: Role,
        name: Name,
        value: Shown<'a>,
    ) {
        (self.each)(&Item {
            depth,
            offset: span.at,
            bytes: span.bytes,
            role,
            name,
            value,
        });
    }

    /// Padding, whatever its bytes.
    pub(super) fn padding(&mut self, depth: usize, span: Span<'a>) {
        let value = Shown::Bytes(span.bytes);
        self.leaf(depth, span, Role::Padding, Name::None, value);
    }

    /// Bytes whose meaning is not known.
    pub(super) fn unknown(&mut self, depth: usize, span: Span<'a>) {
        let value = Shown::Bytes(span.bytes);
        self.leaf(depth, span, Role::Unknown, Name::None, value);
    }

    /// Bytes that make no sense, and why.
    pub(super) fn fault(&mut self, depth: usize, span: Span<'a>, name: Name, why: String) {
        self.leaf(depth, span, Role::Fault, name, Shown::Words(why));
    }
}
