//! What stands behind a message's header, by its protocol and type.

use super::families::Families;
use super::item::Name;
use super::level::{Inside, Of};
use crate::exchange::{NLM_F_REQUEST, NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP, NLMSG_OVERRUN};
use crate::schema::bridge::mdb;
use crate::schema::genl::Family;
use crate::schema::headers::GENLMSGHDR;
use crate::schema::{self, Layout, MessageSpec, Names};
use crate::transport::Direction;
use crate::wire::{NlMsgHdr, align};

/// Types that mean the same in every protocol.
pub(super) const CONTROL: Names = &[
    (NLMSG_NOOP as u64, "NLMSG_NOOP"),
    (NLMSG_ERROR as u64, "NLMSG_ERROR"),
    (NLMSG_DONE as u64, "NLMSG_DONE"),
    (NLMSG_OVERRUN as u64, "NLMSG_OVERRUN"),
];

/// What a message is.
#[derive(Clone, Copy)]
pub(super) enum Body {
    /// Of every protocol: by its type alone.
    Control(&'static str),
    /// Of a protocol whose types are known.
    Spec(&'static MessageSpec),
    /// Of generic netlink; the family may be unknown, its header is not.
    Generic(Option<&'static Family>),
    /// Of no type known here.
    Unknown,
}

impl Body {
    pub(super) fn of(protocol: u16, kind: u16, flags: u16, families: &Families) -> Self {
        let control = CONTROL.iter().find(|(n, _)| *n == u64::from(kind));
        if let Some((_, name)) = control {
            return Self::Control(name);
        }
        if i32::from(protocol) == libc::NETLINK_GENERIC {
            return Self::Generic(families.tables(kind));
        }
        if i32::from(protocol) == libc::NETLINK_ROUTE && flags & NLM_F_REQUEST != 0 {
            // Numbers that mean one thing in a request and another in what the kernel tells.
            if let Some(spec) = mdb::REQUESTS.iter().find(|spec| spec.kind == kind) {
                return Self::Spec(spec);
            }
        }
        schema::protocol(protocol, kind).map_or(Self::Unknown, Self::Spec)
    }

    /// The same, where the kernel's side is numbered apart: what is no request is the kernel's, and what it tells
    /// without being asked has no number and is for no one.
    pub(super) fn spoken(self, direction: Direction, head: &NlMsgHdr) -> Self {
        let by_the_kernel = direction == Direction::Received || head.flags & NLM_F_REQUEST == 0;
        let asked_for = head.seq != 0 || head.portid != 0;
        match self {
            Self::Generic(Some(family)) => {
                Self::Generic(Some(family.spoken(by_the_kernel, asked_for)))
            }
            Self::Spec(spec) if by_the_kernel => Self::Spec(schema::netfilter::answer(spec)),
            _ => self,
        }
    }

    pub(super) fn name(self, kind: u16) -> Name {
        match self {
            Self::Control(name) => Name::Known(name),
            Self::Spec(spec) => Name::Known(spec.name),
            Self::Generic(Some(family)) => Name::Known(family.name),
            _ => Name::Number(kind.into()),
        }
    }

    /// The command that a body of generic netlink begins with.
    pub(super) fn command(self, body: &[u8]) -> Option<&'static str> {
        let Self::Generic(Some(family)) = self else {
            return None;
        };
        let command = u64::from(*body.first()?);
        let named = family.commands.iter().find(|(n, _)| *n == command);
        named.map(|(_, name)| *name)
    }

    /// The structs at the head of the body: the family's, and what may stand behind it.
    pub(super) fn headers(self) -> (Option<&'static Layout>, Option<&'static Layout>) {
        match self {
            Self::Spec(spec) => (Some(spec.layout), None),
            Self::Generic(family) => (Some(&GENLMSGHDR), family.and_then(|f| f.header)),
            _ => (None, None),
        }
    }

    /// The attributes of a body, and where in it they start.
    pub(super) fn inside(self, body: &[u8]) -> Option<Inside> {
        let first = body.first().copied().unwrap_or(0);
        let table = match self {
            Self::Spec(spec) => spec.table,
            Self::Generic(Some(family)) => family.table(first),
            _ => return None,
        };
        let (one, two) = self.headers();
        let size = |layout: Option<&Layout>| layout.map_or(0, |l| align(l.size.into()));
        Some(Inside {
            skip: size(one) + size(two),
            of: Of::Table(table),
            family: first,
        })
    }
}
