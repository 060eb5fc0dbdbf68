//! What every byte of a netlink datagram is: names, values and places, for people and for machines.
//!
//! A [`Conversation`] is handed the datagrams of one socket in their order and tells a closure what is in them, as
//! [`Item`]s: each message, its header's fields, its family struct's fields, its attributes with what is inside.
//! Leaves stand side by side and cover every byte once: the sum of their lengths is the datagram's. Bytes that make
//! no sense are leaves too, which say where and why sense ends; nothing is an error and nothing panics.

mod answer;
mod attributes;
mod body;
mod families;
mod header;
mod item;
mod level;
mod memory;
mod message;
mod place;
mod span;
mod uevent;
mod values;

pub use families::Families;
pub use item::{Item, Name, Role, Shown};
pub use memory::RequestInfo;

use crate::exchange::NLM_F_REQUEST;
use crate::schema::genl::GENL_ID_CTRL;
use crate::schema::headers::GENLMSGHDR;
use crate::transport::Direction;
use crate::wire::{NlMsgHdr, align};
use message::Known;
use span::{Out, Span};
use zerocopy::FromBytes;

/// The datagrams of one socket, in order: what has to be remembered from one to the next.
///
/// An error that the kernel sends points at a place of the request it answers; a number of a generic netlink family
/// means what the controller said it does. Of the requests the latest are remembered, a mebibyte at most.
#[derive(Debug)]
pub struct Conversation {
    protocol: u16,
    families: Families,
    sent: memory::Sent,
}

impl Conversation {
    /// On a socket of this `NETLINK_*` protocol.
    #[must_use]
    pub fn new(protocol: u16) -> Self {
        Self::with_families(protocol, Families::default())
    }

    /// On a socket of this `NETLINK_*` protocol, sharing what is known of generic netlink's families.
    #[must_use]
    pub fn with_families(protocol: u16, families: Families) -> Self {
        Self {
            protocol,
            families,
            sent: memory::Sent::default(),
        }
    }

    /// The socket's `NETLINK_*` protocol.
    #[must_use]
    pub fn protocol(&self) -> u16 {
        self.protocol
    }

    /// Takes in that this number is that of the generic netlink family of this name, as the controller would say.
    pub fn learn(&mut self, id: u16, name: &str) {
        self.families.learn(id, name.as_bytes());
    }

    /// The latest request of this sequence number: what a received message of that number answers.
    ///
    /// What is read carries it in words too: a message's value is `ACK of RTM_NEWLINK seq 5`, or
    /// `error for RTM_NEWLINK seq 5 at IFLA_IFNAME: …` with the kernel's own text.
    #[must_use]
    pub fn answers(&self, seq: u32) -> Option<&RequestInfo> {
        self.sent.find(seq).map(|(info, _)| info)
    }

    /// Takes the next datagram and tells what is in it.
    pub fn read<'a>(
        &mut self,
        direction: Direction,
        datagram: &'a [u8],
        each: &mut dyn FnMut(&Item<'a>),
    ) {
        let out = &mut Out::new(each);
        let mut rest = Span::new(datagram);
        let uevents = i32::from(self.protocol) == libc::NETLINK_KOBJECT_UEVENT;
        if uevents && !datagram.is_empty() {
            return uevent::uevent(out, rest);
        }
        const HEADER: usize = size_of::<NlMsgHdr>();
        while !rest.is_empty() {
            let left = rest.len();
            let Ok((head, _)) = NlMsgHdr::read_from_prefix(rest.bytes) else {
                let why = format!("{left} bytes left, too few for a message");
                return out.fault(0, rest, Name::None, why);
            };
            let len = head.len as usize;
            if len < HEADER {
                let why = format!("a message says {len} bytes, less than its own header");
                return out.fault(0, rest, Name::None, why);
            }
            let (span, after) = rest.split(len);
            let known = Known {
                protocol: self.protocol,
                families: &self.families,
                sent: &self.sent,
                direction,
            };
            let cut = (len > left).then_some(left);
            message::message(out, span, &head, cut, &known);
            self.take_in(direction, &head, span.bytes);
            let (padding, after) = after.split(align(len).saturating_sub(len));
            out.padding(0, padding);
            rest = after;
        }
    }

    /// Remembers what later datagrams may refer to.
    fn take_in(&mut self, direction: Direction, head: &NlMsgHdr, message: &[u8]) {
        let body = message.get(size_of::<NlMsgHdr>()..).unwrap_or_default();
        if direction == Direction::Sent && head.flags & NLM_F_REQUEST != 0 {
            let info = message::info(self.protocol, head, body, &self.families);
            self.sent.push(info, message);
        }
        let generic = i32::from(self.protocol) == libc::NETLINK_GENERIC;
        if generic && direction == Direction::Received && head.kind == GENL_ID_CTRL {
            let attributes = body.get(GENLMSGHDR.size.into()..).unwrap_or_default();
            self.families.told(attributes);
        }
    }
}
