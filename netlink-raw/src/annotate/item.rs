//! One thing in the bytes: what it is, what it is called, and what it says.

use crate::schema::Names;
use core::fmt;
use core::net::IpAddr;

/// One thing in the bytes of a datagram. What is inside a group follows it, one deeper.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// How deep it is: a message is at 0, its header and attributes at 1.
    pub depth: usize,
    /// Where it starts, in bytes from the start of the datagram.
    pub offset: usize,
    /// Its bytes; a group's are all that is inside.
    pub bytes: &'a [u8],
    /// What it is.
    pub role: Role,
    /// What the kernel calls it.
    pub name: Name,
    /// What it says. A group may say something in words: a message what it answers or of which command it is, an attribute
    /// of an error where in the request it points, an attribute without a payload what is missing.
    pub value: Shown<'a>,
}

/// What an item is. The groups are `Message`, `Struct`, `Attribute` and `Element`; all others are leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// A message, header and body; its name is its type's (`RTM_NEWLINK`).
    Message,
    /// A struct of the kernel's (`nlmsghdr`, `ifinfomsg`), made of fields.
    Struct,
    /// An attribute: its length, its type, its payload. Its name is its type's.
    Attribute,
    /// An element of a list that is no attribute (a next hop, a message within an acknowledgement).
    Element,
    /// A field of a struct.
    Field,
    /// The length of an attribute (`nla_len`).
    Length,
    /// The type of an attribute with its flags (`nla_type`).
    Type,
    /// An attribute's payload that is one value.
    Payload,
    /// Padding, whatever its bytes.
    Padding,
    /// Bytes whose meaning is not known here.
    Unknown,
    /// Bytes that make no sense where they stand; the value says why.
    Fault,
}

impl Role {
    /// Whether items follow that are inside it.
    #[must_use]
    pub fn is_group(self) -> bool {
        matches!(
            self,
            Self::Message | Self::Struct | Self::Attribute | Self::Element
        )
    }
}

/// What something is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// By the kernel's name.
    Known(&'static str),
    /// By a number that no table has.
    Number(u32),
    /// Not at all.
    None,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(name) => f.write_str(name),
            Self::Number(number) => write!(f, "{number}"),
            Self::None => Ok(()),
        }
    }
}

/// What an item says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shown<'a> {
    /// Nothing of its own: a group, or a flag that is there.
    Nothing,
    /// A number.
    Unsigned(u64),
    /// A signed number.
    Signed(i64),
    /// A number that has a name, where the names have it.
    Named(u64, Names),
    /// Bits with names; a name's value may be several bits.
    Bits(u64, Names),
    /// An error number as the kernel sends it: 0, or negative.
    Errno(i32),
    /// A string, without its NUL; any bytes.
    Str(&'a [u8]),
    /// A link-layer address, of any length.
    Mac(&'a [u8]),
    /// An IP address.
    Ip(IpAddr),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Words of ours: why bytes make no sense, the attribute that an error points at, a generic family's name.
    Words(String),
}
