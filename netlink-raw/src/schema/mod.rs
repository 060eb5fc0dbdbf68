//! One table a message type: each attribute's number, the kernel's name for it, and the kind of its value.
//!
//! The constants (`IFLA_MTU`, …) and the tables come from the same lines, so they can't differ. The
//! tables annotate bytes for people and turn the offset in a kernel error into an attribute's name.

pub mod addr;
#[cfg(feature = "annotate")]
pub mod answer;
pub mod bridge;
pub mod common;
#[cfg(feature = "annotate")]
pub mod genl;
pub mod headers;
pub mod kinds;
mod layout;
pub mod link;
pub mod neigh;
pub mod netconf;
#[cfg(feature = "annotate")]
pub mod netfilter;
pub mod nsid;
pub mod route;
pub mod stats;
#[cfg(feature = "annotate")]
pub mod tc;

use layout::layouts;
pub use layout::{FieldSpec, Layout};

use crate::decode::{Attr, MessageRef};
use crate::wire::{NlAttr, NlMsgHdr, RtNextHop, align};
use zerocopy::FromBytes;

/// What an attribute's payload is. Integers are in host byte order unless they say otherwise.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Value {
    /// One byte.
    U8,
    /// Two.
    U16,
    /// Four.
    U32,
    /// Eight.
    U64,
    /// One, signed.
    S8,
    /// Two, signed.
    S16,
    /// Four, signed.
    S32,
    /// Eight, signed.
    S64,
    /// Two, big-endian.
    Be16,
    /// Four, big-endian.
    Be32,
    /// Eight, big-endian.
    Be64,
    /// Four, signed, big-endian.
    SBe32,
    /// A string that ends in NUL.
    Str,
    /// A link-layer address.
    Mac,
    /// An IPv4 or IPv6 address, by its length.
    Ip,
    /// An interface index.
    Index,
    /// Nothing: that it is there says all.
    Flag,
    /// A struct of this name and size in bytes.
    Struct(&'static str, u16),
    /// A struct whose fields are known.
    Record(&'static Layout),
    /// A number that has a name.
    Enum(Int, Names),
    /// Bits that have names.
    Bits(Int, Names),
    /// Values of one kind, each of so many bytes, one behind the other.
    Array(&'static Value, u16),
    /// A list: attributes whose numbers count or say nothing, each of them holding attributes of this table.
    Each(&'static Table),
    /// A list: attributes whose numbers count or say nothing, each of them holding such a value.
    EachValue(&'static Value),
    /// Attributes of a table that the number in a sibling attribute chooses.
    ByNumber(u16, &'static [(u64, &'static Table)]),
    /// Bytes without a meaning known here.
    Bytes,
    /// Attributes.
    Nest(&'static Table),
    /// A struct of so many bytes, and then attributes.
    NestAfter(u16, &'static Table),
    /// A struct whose fields are known, and then attributes.
    RecordThen(&'static Layout, &'static Table),
    /// A list of [`RtNextHop`], each with attributes.
    NextHops(&'static Table),
    /// Attributes of a table that the string in a sibling attribute chooses.
    ByKind(u16, &'static [(&'static str, &'static Table)]),
    /// A value that the string in a sibling attribute chooses, or in one beside an attribute that this one is inside.
    ByName(u16, &'static [(&'static str, Value)]),
    /// A value that the string in an attribute beside one that this one is inside chooses.
    ByOuterName(u16, &'static [(&'static str, Value)]),
    /// A number of four bytes or of eight.
    Uint,
    /// A struct, and then one value of this name that fills what is left.
    RecordWith(&'static Layout, &'static str, &'static Value),
    /// A struct, and then as many of another as there are.
    RecordList(&'static Layout, &'static Layout),
    /// A value that its own size in bytes chooses.
    BySize(&'static [(u16, Value)]),
    /// Attributes of a table that the message's address family chooses; 0 is for any other.
    ByFamily(&'static [(u8, &'static Table)]),
}

/// Names of numbers or bits: `(value, name)`.
pub type Names = &'static [(u64, &'static str)];

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Int {
    /// One byte.
    U8,
    /// Two, host byte order.
    U16,
    /// Four, host byte order.
    U32,
    /// Eight, host byte order.
    U64,
    /// One, signed.
    S8,
    /// Two, signed, host byte order.
    S16,
    /// Four, signed, host byte order.
    S32,
    /// Eight, signed, host byte order.
    S64,
    /// Two, big-endian.
    Be16,
    /// Four, big-endian.
    Be32,
    /// Eight, big-endian.
    Be64,
    /// Four, signed, big-endian.
    SBe32,
}

/// One attribute.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its number.
    pub number: u16,
    /// The kernel's name for it.
    pub name: &'static str,
    /// What its payload is.
    pub value: Value,
}

/// The attributes that can stand side by side.
#[derive(Debug)]
pub struct Table {
    /// What they describe.
    pub name: &'static str,
    /// Each of them, by number.
    pub specs: &'static [Spec],
}

impl Table {
    /// The attribute of this number.
    #[must_use]
    pub fn spec(&self, number: u16) -> Option<&'static Spec> {
        self.specs.iter().find(|s| s.number == number)
    }
}

macro_rules! attributes {
    ($($(#[$meta:meta])* pub $table:ident { $($name:ident = $number:literal: $value:expr,)* })*) => { $(
        $(
            #[doc = concat!("`", stringify!($name), "`: attribute ", $number, ".")]
            pub const $name: u16 = $number;
        )*
        $(#[$meta])*
        pub static $table: $crate::schema::Table = $crate::schema::Table {
            name: stringify!($table),
            specs: &[$($crate::schema::Spec {
                number: $number,
                name: stringify!($name),
                value: $crate::schema::kept($value),
            },)*],
        };
    )* };
}
use attributes;

/// Names of numbers or of bits, each as the kernel's headers have it.
#[cfg(feature = "annotate")]
macro_rules! names {
    ($($(#[$meta:meta])* pub $all:ident { $($name:ident = $number:literal,)* })*) => { $(
        $(#[$meta])*
        pub const $all: $crate::schema::Names = &[$(($number, stringify!($name)),)*];
    )* };
}
#[cfg(feature = "annotate")]
use names;

/// What a table keeps of a value: all of it, or in a program that annotates nothing only what leads to other
/// attributes. What is not kept is not linked.
const fn kept(value: Value) -> Value {
    if cfg!(feature = "annotate") {
        return value;
    }
    match value {
        Value::Nest(_) | Value::NestAfter(..) | Value::NextHops(_) => value,
        Value::ByKind(..) | Value::ByFamily(_) => value,
        Value::RecordThen(layout, table) => Value::NestAfter(layout.size, table),
        _ => Value::Bytes,
    }
}

/// This value where bytes are annotated; elsewhere bytes of no known meaning, so that what it leads to is not linked.
const fn only_annotated(value: Value) -> Value {
    if cfg!(feature = "annotate") {
        value
    } else {
        Value::Bytes
    }
}

/// One message type.
#[derive(Debug)]
pub struct MessageSpec {
    /// Its number, such as `RTM_*`.
    pub kind: u16,
    /// The kernel's name for it.
    pub name: &'static str,
    /// Its number with its name.
    pub names: Names,
    /// Size of its family struct in bytes, padding not counted.
    pub header: usize,
    /// The fields of its family struct.
    pub layout: &'static Layout,
    /// Its attributes.
    pub table: &'static Table,
}

macro_rules! messages {
    ($(#[$meta:meta])* pub $all:ident; $($table:expr, $layout:expr => $($name:ident = $number:literal,)*;)*) => {
        $($(
            #[doc = concat!("`", stringify!($name), "`: message type ", $number, ".")]
            pub const $name: u16 = $number;
        )*)*
        $(#[$meta])*
        pub static $all: &[$crate::schema::MessageSpec] = &[
            $($($crate::schema::MessageSpec {
                kind: $number,
                name: stringify!($name),
                names: &[($number, stringify!($name))],
                header: $layout.size as usize,
                layout: $layout,
                table: $table,
            },)*)*
        ];
    };
}
#[cfg(feature = "annotate")]
use messages;

messages! {
    /// Every message type of `NETLINK_ROUTE` known here.
    pub MESSAGES;
    &link::LINK, &headers::IFINFOMSG => RTM_NEWLINK = 16, RTM_DELLINK = 17, RTM_GETLINK = 18, RTM_SETLINK = 19,
        RTM_NEWLINKPROP = 108, RTM_DELLINKPROP = 109, RTM_GETLINKPROP = 110,;
    &addr::ADDR, &headers::IFADDRMSG => RTM_NEWADDR = 20, RTM_DELADDR = 21, RTM_GETADDR = 22,;
    &route::ROUTE, &headers::RTMSG => RTM_NEWROUTE = 24, RTM_DELROUTE = 25, RTM_GETROUTE = 26,;
    &neigh::NEIGH, &headers::NDMSG => RTM_NEWNEIGH = 28, RTM_DELNEIGH = 29, RTM_GETNEIGH = 30,;
    &route::RULE, &headers::FIB_RULE_HDR => RTM_NEWRULE = 32, RTM_DELRULE = 33, RTM_GETRULE = 34,;
    &netconf::NETCONF, &headers::NETCONFMSG => RTM_NEWNETCONF = 80, RTM_DELNETCONF = 81, RTM_GETNETCONF = 82,;
    &nsid::NSID, &headers::RTGENMSG => RTM_NEWNSID = 88, RTM_DELNSID = 89, RTM_GETNSID = 90,;
    &stats::STATS, &headers::IF_STATS_MSG => RTM_NEWSTATS = 92,;
    &stats::STATS_GET, &headers::IF_STATS_MSG => RTM_GETSTATS = 94,;
    &stats::STATS_SET, &headers::IF_STATS_MSG => RTM_SETSTATS = 95,;
    &route::NEXTHOP, &headers::NHMSG => RTM_NEWNEXTHOP = 104, RTM_DELNEXTHOP = 105, RTM_GETNEXTHOP = 106,;
    &bridge::VLANDB, &headers::BR_VLAN_MSG => RTM_NEWVLAN = 112, RTM_DELVLAN = 113,;
    &bridge::VLANDB_DUMP, &headers::BR_VLAN_MSG => RTM_GETVLAN = 114,;
}

#[cfg(feature = "annotate")]
mod more;
#[cfg(feature = "annotate")]
pub use more::*;

/// The message type of this number.
#[must_use]
pub fn message(kind: u16) -> Option<&'static MessageSpec> {
    let of = |all: &'static [MessageSpec]| all.iter().find(|m| m.kind == kind);
    let found = of(MESSAGES);
    #[cfg(feature = "annotate")]
    let found = found.or_else(|| of(MORE_MESSAGES));
    found
}

/// The message type of this number on a socket of this `NETLINK_*` protocol. Of generic netlink, where a type is a
/// family's number, nothing: see [`genl::family`].
#[cfg(feature = "annotate")]
#[must_use]
pub fn protocol(protocol: u16, kind: u16) -> Option<&'static MessageSpec> {
    match i32::from(protocol) {
        libc::NETLINK_ROUTE => message(kind),
        libc::NETLINK_NETFILTER => netfilter::message(kind),
        _ => None,
    }
}

/// No message nests deeper than this; bytes that do are hostile.
pub const MAX_DEPTH: usize = 16;

impl Value {
    /// The attributes inside a payload of this kind, and where in the payload they start.
    ///
    /// `siblings` are the attributes beside this one, `family` the message's address family.
    /// The legs of [`Value::NextHops`] are not attributes, and so not here.
    #[must_use]
    pub fn inside(&self, siblings: &[u8], family: u8) -> Option<(usize, &'static Table)> {
        match *self {
            Self::Nest(table) => Some((0, table)),
            Self::NestAfter(header, table) => Some((align(usize::from(header)), table)),
            Self::RecordThen(layout, table) => Some((align(usize::from(layout.size)), table)),
            Self::ByFamily(tables) => {
                let of = |family| tables.iter().find(|(f, _)| *f == family);
                of(family).or_else(|| of(0)).map(|(_, table)| (0, *table))
            }
            Self::ByKind(number, tables) => {
                let kind = crate::decode::Attrs::new(siblings).find(number)?.c_str();
                let found = tables.iter().find(|(name, _)| name.as_bytes() == kind)?;
                Some((0, found.1))
            }
            _ => None,
        }
    }
}

/// The name of the innermost attribute at this offset of a request, counted from its header as
/// `NLMSGERR_ATTR_OFFS` does.
#[must_use]
pub fn locate(request: MessageRef<'_>, offset: usize) -> Option<&'static str> {
    let spec = message(request.header.kind)?;
    let start = align(spec.header);
    let family = request.body.first().copied().unwrap_or(0);
    let at = offset
        .checked_sub(size_of::<NlMsgHdr>())?
        .checked_sub(start)?;
    search(
        request.body.get(start..)?,
        spec.table,
        family,
        at,
        MAX_DEPTH,
    )
}

fn search(
    bytes: &[u8],
    table: &'static Table,
    family: u8,
    offset: usize,
    depth: usize,
) -> Option<&'static str> {
    let (attr, start) = attribute_at(bytes, offset)?;
    let spec = table.spec(attr.kind)?;
    let depth = depth.checked_sub(1)?;
    let within = offset - start;
    let Some(within) = within.checked_sub(size_of::<NlAttr>()) else {
        return Some(spec.name);
    };
    let inner = match spec.value {
        Value::NextHops(table) => nexthop_at(attr.value, within)
            .and_then(|(leg, within)| search(leg, table, family, within, depth)),
        value => value.inside(bytes, family).and_then(|(skip, table)| {
            let within = within.checked_sub(skip)?;
            search(attr.value.get(skip..)?, table, family, within, depth)
        }),
    };
    inner.or(Some(spec.name))
}

/// The attribute that holds this offset, and where it starts.
pub(crate) fn attribute_at(bytes: &[u8], offset: usize) -> Option<(Attr<'_>, usize)> {
    let mut attrs = crate::decode::Attrs::new(bytes);
    loop {
        let start = bytes.len() - attrs.rest().len();
        let attr = attrs.next()?.ok()?;
        let end = bytes.len() - attrs.rest().len();
        if (start..end).contains(&offset) {
            return Some((attr, start));
        }
    }
}

/// The attributes of the leg that holds this offset, and the offset in them.
pub(crate) fn nexthop_at(mut bytes: &[u8], mut offset: usize) -> Option<(&[u8], usize)> {
    loop {
        let (hop, _) = RtNextHop::read_from_prefix(bytes).ok()?;
        let head = size_of::<RtNextHop>();
        let leg = bytes.get(head..usize::from(hop.len))?;
        let whole = align(usize::from(hop.len));
        if offset < whole {
            return Some((leg, offset.checked_sub(head)?));
        }
        offset -= whole;
        bytes = bytes.get(whole..)?;
    }
}
