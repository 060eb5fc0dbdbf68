//! What every byte of a netlink datagram is: names, values and places, for people and for machines.
//!
//! A [`Conversation`] is handed the datagrams of one socket in their order and tells a closure what is in them, as
//! [`Item`]s: each message, its header's fields, its family struct's fields, its attributes with what is inside.
//! Leaves stand side by side and cover every byte once: the sum of their lengths is the datagram's. Bytes that make
//! no sense are leaves too, which say where and why sense ends; nothing is an error and nothing panics.

mod item;

pub use item::{Item, Name, Role, Shown};

use crate::transport::Direction;
use crate::wire::NlMsgHdr;

/// The datagrams of one socket, in order: what has to be remembered from one to the next.
///
/// An error that the kernel sends points at a place of the request it answers; a number of a generic netlink family
/// means what the controller said it does.
#[derive(Debug)]
pub struct Conversation {
    protocol: u16,
}

impl Conversation {
    /// On a socket of this `NETLINK_*` protocol.
    #[must_use]
    pub fn new(protocol: u16) -> Self {
        Self { protocol }
    }

    /// The socket's `NETLINK_*` protocol.
    #[must_use]
    pub fn protocol(&self) -> u16 {
        self.protocol
    }

    /// Takes the next datagram and tells what is in it.
    pub fn read<'a>(
        &mut self,
        direction: Direction,
        datagram: &'a [u8],
        each: &mut dyn FnMut(&Item<'a>),
    ) {
        let _ = (direction, size_of::<NlMsgHdr>());
        each(&Item {
            depth: 0,
            offset: 0,
            bytes: datagram,
            role: Role::Unknown,
            name: Name::None,
            value: Shown::Bytes(datagram),
        });
    }
}
