//! Netlink datagrams laid open: a line, text with every attribute, every byte, or JSON.
//!
//! All four are made of the same [`Item`]s, so they can't tell different things. What comes from the bytes is escaped:
//! no form writes a control character that the datagram holds.

mod bytes;
mod json;
mod line;
pub mod protocol;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod value;

use crate::out::color::Paint;
use netlink_raw::annotate::{Conversation, Item, RequestInfo};
use netlink_raw::transport::Direction;

/// Words from outside without what a terminal would obey or would not show.
pub fn printable(words: &str) -> String {
    let mut text = String::new();
    value::escape(words.as_bytes(), &mut text);
    text
}

/// A datagram and what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated<'a> {
    datagram: &'a [u8],
    items: Vec<Item<'a>>,
    /// What its messages answer.
    requests: Vec<RequestInfo>,
}

impl<'a> Annotated<'a> {
    /// The next datagram of a conversation.
    pub fn new(conversation: &mut Conversation, direction: Direction, datagram: &'a [u8]) -> Self {
        let mut items = Vec::new();
        conversation.read(direction, datagram, &mut |item| items.push(item.clone()));
        let mut requests: Vec<RequestInfo> = Vec::new();
        if direction == Direction::Received {
            for header in tree::nodes(&items).filter_map(tree::Node::header) {
                // What the kernel tells on its own has no number.
                let known = header.seq == 0 || requests.iter().any(|r| r.seq == header.seq);
                let request = conversation.answers(header.seq).filter(|_| !known);
                requests.extend(request.cloned());
            }
        }
        Self {
            datagram,
            items,
            requests,
        }
    }

    /// Its bytes.
    pub fn datagram(&self) -> &'a [u8] {
        self.datagram
    }

    /// What is in it, in order.
    pub fn items(&self) -> &[Item<'a>] {
        &self.items
    }

    /// The request that messages of this sequence number answer.
    fn request(&self, seq: u32) -> Option<&RequestInfo> {
        self.requests.iter().find(|r| r.seq == seq)
    }

    /// Where the first bytes are that make no sense, and why.
    pub fn fault(&self) -> Option<(usize, String)> {
        tree::faults(&self.items).next()
    }

    /// One line without its end: each message in a few words, messages alike counted.
    pub fn line(&self, paint: Paint) -> String {
        line::datagram(self, paint)
    }

    /// Lines: each message with the fields of its header and its attributes, by name and value, so many columns in.
    /// Bytes that are long are cut short: [`Annotated::bytes`] has them.
    pub fn text(&self, paint: Paint, indent: usize, to: &mut String) {
        text::datagram(self, paint, indent, to);
    }

    /// Lines: the offset, the bytes in hex and the meaning of every byte, so many columns in, and their sum.
    pub fn bytes(&self, paint: Paint, indent: usize, to: &mut String) {
        bytes::datagram(self, paint, indent, to);
    }

    /// An array of messages, as `docs/netlink-json.md` describes them.
    pub fn json(&self) -> serde_json::Value {
        json::datagram(self)
    }
}

/// Bytes as hex digits, nothing between them.
pub fn digits(bytes: &[u8]) -> String {
    let mut to = String::with_capacity(2 * bytes.len());
    value::digits(bytes, &mut to);
    to
}

/// Bits by name, joined as in C; those without a name as a number, and 0 by its name or as it is.
pub fn flags(number: u64, names: netlink_raw::schema::Names) -> String {
    value::flags(number, names, "")
}
