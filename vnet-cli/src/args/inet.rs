//! Addresses and prefixes as iproute2 reads them.

use super::{Word, number};
use crate::error::{CmdError, FAILED, Result, quoted};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address family as a command line names it (`-f inet6`, `-6`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Family {
    /// Not given.
    #[default]
    Unspec,
    /// IPv4.
    Inet,
    /// IPv6.
    Inet6,
    /// The link layer, AF_PACKET.
    Link,
    /// AF_BRIDGE.
    Bridge,
    /// AF_MPLS.
    Mpls,
}

impl Family {
    /// The families by iproute2's names.
    pub const NAMES: [(&'static str, Family); 5] = [
        ("inet", Family::Inet),
        ("inet6", Family::Inet6),
        ("link", Family::Link),
        ("bridge", Family::Bridge),
        ("mpls", Family::Mpls),
    ];

    /// The kernel's number, `AF_*` of socket(2).
    pub fn number(self) -> u8 {
        let af = match self {
            Family::Unspec => libc::AF_UNSPEC,
            Family::Inet => libc::AF_INET,
            Family::Inet6 => libc::AF_INET6,
            Family::Link => libc::AF_PACKET,
            Family::Bridge => libc::AF_BRIDGE,
            Family::Mpls => libc::AF_MPLS,
        };
        af as u8
    }

    /// The family of an address.
    pub fn of(address: &IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Family::Inet,
            IpAddr::V6(_) => Family::Inet6,
        }
    }

    /// iproute2's name of it in an error.
    fn verbose(self) -> &'static str {
        match self {
            Family::Unspec => "any valid",
            Family::Inet => "inet",
            Family::Inet6 => "inet6",
            Family::Link => "link",
            Family::Bridge => "bridge",
            Family::Mpls => "mpls",
        }
    }

    /// The unspecified address, where the family has one.
    fn zero(self) -> Option<IpAddr> {
        match self {
            Family::Inet => Some(Ipv4Addr::UNSPECIFIED.into()),
            Family::Inet6 => Some(Ipv6Addr::UNSPECIFIED.into()),
            _ => None,
        }
    }
}

/// An address with the length of its prefix, or `default`, `any`, `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// The address's family, or the wanted one with `default`, `any` and `all`.
    pub family: Family,
    /// The address; none for `any` and `all`, and for `default` of no known family.
    pub address: Option<IpAddr>,
    /// Bits of the prefix: the address's whole length when none was given, 0 for
    /// `default`, `any` and `all`.
    pub len: u8,
    /// Whether a length was given (`default` counts as given).
    pub explicit: bool,
}

impl Prefix {
    /// Whether it stands for a network, not for one whole address.
    pub fn is_partial(&self) -> bool {
        let whole = match self.address {
            Some(IpAddr::V4(_)) => 32,
            Some(IpAddr::V6(_)) => 128,
            None => 0,
        };
        self.len < whole
    }
}

impl Word<'_> {
    /// A prefix, iproute2's `get_prefix`: `10/8`, `10.1/255.255.0.0`, `fe80::1/64`,
    /// `default`, `any`, `all`. Exit code 1 when it is none.
    pub fn prefix(&self, family: Family) -> Result<Prefix> {
        if family == Family::Link {
            return Err(self
                .error(
                    format!("{} would be a prefix, which cannot stand here", quoted(self.text)),
                    format!(
                        "Error: \"{self}\" may be inet prefix, but it is not allowed in this context."
                    ),
                )
                .code(FAILED));
        }
        prefix(self.bytes(), family).ok_or_else(|| self.not_inet(family, "prefix"))
    }

    /// An address without a length, iproute2's `get_addr`; `default` and `any`
    /// are taken as there. Exit code 1 when it is none.
    pub fn address(&self, family: Family) -> Result<Prefix> {
        address(self.bytes(), family).ok_or_else(|| self.not_inet(family, "address"))
    }

    /// A plain IPv4 or IPv6 address, no `default`, no `any`.
    pub fn ip(&self, family: Family) -> Result<IpAddr> {
        let address = literal(self.bytes(), family);
        address.ok_or_else(|| self.not_inet(family, "address"))
    }

    fn not_inet(&self, family: Family, what: &str) -> CmdError {
        let kind = match family {
            Family::Inet => "an IPv4",
            Family::Inet6 => "an IPv6",
            _ => "an IPv4 or IPv6",
        };
        self.error(
            format!("{} is not {kind} {what}", quoted(self.text)),
            format!(
                "Error: {} {what} is expected rather than \"{self}\".",
                family.verbose()
            ),
        )
        .code(FAILED)
    }
}

/// iproute2's `get_prefix_1`; nothing when the word is no prefix.
pub(crate) fn prefix(word: &[u8], family: Family) -> Option<Prefix> {
    let Some(slash) = word.iter().position(|&b| b == b'/') else {
        return address(word, family);
    };
    let (word, len) = (word.get(..slash)?, word.get(slash + 1..)?);
    let address = literal(word, family)?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let len = netmask(len)?;
    (len <= whole).then_some(Prefix {
        family: Family::of(&address),
        address: Some(address),
        len: len as u8,
        explicit: true,
    })
}

/// iproute2's `get_addr_1`, as a prefix of the address's whole length.
pub(crate) fn address(word: &[u8], family: Family) -> Option<Prefix> {
    let any = matches!(word, b"any" | b"all");
    if any || word == b"default" {
        return (family != Family::Mpls).then(|| Prefix {
            family,
            address: family.zero().filter(|_| !any),
            len: 0,
            explicit: !any,
        });
    }
    let address = literal(word, family)?;
    Some(Prefix {
        family: Family::of(&address),
        address: Some(address),
        len: if address.is_ipv4() { 32 } else { 128 },
        explicit: false,
    })
}

/// An address in figures. A word with a colon is IPv6.
fn literal(word: &[u8], family: Family) -> Option<IpAddr> {
    if word.contains(&b':') {
        let text = std::str::from_utf8(word).ok()?;
        return match family {
            Family::Unspec | Family::Inet6 => Some(IpAddr::V6(text.parse().ok()?)),
            _ => None,
        };
    }
    match family {
        Family::Unspec | Family::Inet => Some(IpAddr::V4(ipv4(word)?)),
        _ => None,
    }
}

/// iproute2's `get_addr_ipv4`: one to four numbers in C's notation, the missing
/// ones at the end are 0 (`10` is 10.0.0.0, unlike inet_aton's 0.0.0.10).
fn ipv4(word: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut rest = word;
    for (i, octet) in octets.iter_mut().enumerate() {
        let (value, after) = number::strtoul(rest)?;
        *octet = u8::try_from(value).ok()?;
        match after {
            [] => break,
            [b'.', after @ ..] if i < 3 => rest = after,
            _ => return None,
        }
    }
    Some(octets.into())
}

/// iproute2's `get_netmask`: a number of bits, or a contiguous mask.
fn netmask(word: &[u8]) -> Option<u32> {
    if let Some(bits) = number::unsigned(word) {
        return u32::try_from(bits).ok();
    }
    // Read as an address, these are the mask without a bit.
    if matches!(word, b"default" | b"any" | b"all") {
        return Some(0);
    }
    let mask = u32::from(ipv4(word)?);
    (mask.leading_ones() + mask.trailing_zeros() >= 32).then(|| mask.leading_ones())
}
