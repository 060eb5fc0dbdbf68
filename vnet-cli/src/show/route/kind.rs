//! The types of routes by iproute2's names.

use crate::args::Word;
use netlink_raw::route::route::*;
use std::borrow::Cow;

/// A type: its number, its name, and whether a beginning of the name will do. In iproute2's order.
const KINDS: [(u8, &str, bool); 12] = [
    (RTN_LOCAL, "local", false),
    (RTN_NAT, "nat", false),
    (RTN_BROADCAST, "broadcast", true),
    (RTN_BROADCAST, "brd", false),
    (RTN_ANYCAST, "anycast", true),
    (RTN_MULTICAST, "multicast", true),
    (RTN_PROHIBIT, "prohibit", true),
    (RTN_UNREACHABLE, "unreachable", true),
    (RTN_BLACKHOLE, "blackhole", true),
    (RTN_XRESOLVE, "xresolve", true),
    (RTN_UNICAST, "unicast", true),
    (RTN_THROW, "throw", false),
];

/// The names, for help and completions.
pub(crate) const KIND_NAMES: [&str; 9] = [
    "unicast",
    "local",
    "broadcast",
    "multicast",
    "throw",
    "unreachable",
    "prohibit",
    "blackhole",
    "nat",
];

/// A type's name; its number where it has none, or with `-N`.
pub(crate) fn kind_name(kind: u8, numeric: bool) -> Cow<'static, str> {
    let known = KINDS.iter().find(|(number, ..)| *number == kind);
    match known {
        Some((_, name, _)) if !numeric => (*name).into(),
        _ if kind == RTN_UNSPEC && !numeric => "none".into(),
        _ => kind.to_string().into(),
    }
}

/// The type a word names, by name or number.
pub(crate) fn kind_number(word: &Word<'_>) -> Option<u8> {
    let known = KINDS.iter().find(|(_, name, short)| match short {
        true => word.abbreviates(name),
        false => word.is(name),
    });
    match known {
        Some((number, ..)) => Some(*number),
        None => word.u8("").ok(),
    }
}
