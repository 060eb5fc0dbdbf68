//! The items of a datagram as the tree that they are.

use netlink_raw::annotate::{Item, Name, Role, Shown};

/// An item and what is inside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'s, 'a> {
    pub(super) item: &'s Item<'a>,
    pub(super) inside: &'s [Item<'a>],
}

/// The outermost items of these.
pub(super) fn nodes<'s, 'a>(items: &'s [Item<'a>]) -> impl Iterator<Item = Node<'s, 'a>> + Clone {
    let mut rest = items;
    std::iter::from_fn({
        move || {
            let (item, behind) = rest.split_first()?;
            let deeper = |i: &&Item<'_>| i.depth > item.depth;
            let inside = behind.get(..behind.iter().take_while(deeper).count())?;
            rest = behind.get(inside.len()..)?;
            Some(Node { item, inside })
        }
    })
}

impl<'s, 'a> Node<'s, 'a> {
    /// What is directly inside.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node<'s, 'a>> + Clone {
        nodes(self.inside)
    }

    /// Whether it is called so.
    pub(super) fn is(self, name: &str) -> bool {
        self.item.name
            == Name::Known(match self.item.name {
                Name::Known(own) if own == name => own,
                _ => return false,
            })
    }

    /// What is directly inside and called so.
    pub(super) fn child(self, name: &str) -> Option<Node<'s, 'a>> {
        self.nodes().find(|node| node.is(name))
    }

    /// The value inside that says something: an attribute's payload, where that is one value.
    pub(super) fn payload(self) -> Option<&'s Shown<'a>> {
        let mut leaves = self.nodes().filter(|n| n.item.role == Role::Payload);
        leaves.next().map(|n| &n.item.value)
    }

    /// The header that it begins with.
    pub(super) fn header(self) -> Option<Header> {
        let header = self.child("nlmsghdr")?;
        Header::of(header.item.bytes)
    }

    /// Whether bytes of a message or of an attribute are what frames it, and not what it holds.
    pub(super) fn is_frame(self) -> bool {
        let frame = matches!(self.item.role, Role::Length | Role::Type | Role::Padding);
        frame || self.is("nlmsghdr")
    }
}

/// The header of a message of which the rest may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) len: u32,
    pub(super) kind: u16,
    pub(super) flags: u16,
    pub(super) seq: u32,
    pub(super) pid: u32,
}

impl Header {
    /// That which these bytes begin with.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let half = |at| Some(u16::from_ne_bytes(*bytes.get(at..)?.first_chunk()?));
        let word = |at| Some(u32::from_ne_bytes(*bytes.get(at..)?.first_chunk()?));
        Some(Self {
            len: word(0)?,
            kind: half(4)?,
            flags: half(6)?,
            seq: word(8)?,
            pid: word(12)?,
        })
    }
}

/// Where bytes make no sense, and why.
pub(super) fn faults(items: &[Item<'_>]) -> impl Iterator<Item = (usize, String)> {
    let faults = items.iter().filter(|i| i.role == Role::Fault);
    faults.map(|i| (i.offset, super::value::reason(i)))
}
