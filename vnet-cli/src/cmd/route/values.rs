//! The values of `route`'s keywords, as iproute2 reads them.

use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::names::Table;
use netlink_raw::Error;
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::schema::kinds::IFLA_VRF_TABLE;

/// The DS field.
pub(in crate::cmd) fn tos(ctx: &Context, word: &Word<'_>, message: &str) -> Result<u8> {
    let number = ctx.names.number(Table::Dsfield, word.bytes());
    number
        .and_then(|n| u8::try_from(n).ok())
        .ok_or_else(|| word.wrong_because("a name of rt_dsfield or a number in hex", message))
}

/// A name or a number of one of the tables under /etc/iproute2, that fits eight bits.
pub(in crate::cmd) fn short_name(
    ctx: &Context,
    table: Table,
    word: &Word<'_>,
    message: &str,
) -> Result<u8> {
    named(ctx, table, word).ok_or_else(|| word.wrong(message))
}

/// The same, nothing when the word is neither.
pub(super) fn named(ctx: &Context, table: Table, word: &Word<'_>) -> Option<u8> {
    let number = ctx.names.number(table, word.bytes())?;
    u8::try_from(number).ok()
}

/// A routing table.
pub(in crate::cmd) fn table(ctx: &Context, word: &Word<'_>, message: &str) -> Result<u32> {
    let number = ctx.names.number(Table::RouteTable, word.bytes());
    number.ok_or_else(|| {
        word.wrong_because("no such table, and no number", message)
            .hint("main, local, default, a name of /etc/iproute2/rt_tables or a number")
    })
}

/// `FROM/TO` or `TO`: the source's realm in the upper 16 bits.
pub(in crate::cmd) fn realms(ctx: &Context, word: &Word<'_>, message: &str) -> Result<u32> {
    let realm = |bytes: &[u8]| ctx.names.number(Table::Realm, bytes);
    let both = match word.bytes().iter().position(|&b| b == b'/') {
        Some(slash) => {
            let (from, to) = word.bytes().split_at(slash);
            match to.get(1..) {
                Some([]) | None => realm(from).map(|from| from << 16),
                Some(to) => realm(from).zip(realm(to)).map(|(f, t)| f << 16 | t),
            }
        }
        None if word.bytes().is_empty() => Some(0),
        None => realm(word.bytes()),
    };
    both.ok_or_else(|| word.wrong_because("realms are FROM/TO or TO", message))
}

/// iproute2's `read_family`: the family before an address, where there is one.
pub(super) fn address_family(args: &mut Args<'_>) -> Result<Option<Family>> {
    let Some(word) = args.peek() else {
        return Ok(None);
    };
    let known = Family::NAMES.iter().find(|(name, _)| word.is(name));
    match known {
        Some((_, Family::Unspec)) | None => Ok(None),
        Some((_, family @ (Family::Inet | Family::Inet6))) => {
            args.next();
            Ok(Some(*family))
        }
        Some((name, _)) => {
            let what = format!("a gateway of family '{name}' is not supported by vnet");
            let ip = format!("Error: {what}.");
            Err(word.error(what, ip).code(FAILED))
        }
    }
}

/// The routing table of a VRF.
pub(super) fn vrf_table(ctx: &mut Context, word: &Word<'_>) -> Result<u32> {
    let invalid = || {
        word.wrong_because(
            format_args!("{} is no VRF", quoted(word.text())),
            "Invalid VRF",
        )
    };
    let found = ctx
        .kernel
        .conn()?
        .get(&GetLink::by_name(word.bytes()), |reply| {
            let link = Link::parse(&reply).ok()?;
            let table = link.data?.nested().find(IFLA_VRF_TABLE)?;
            table
                .read::<u32>()
                .ok()
                .filter(|_| link.kind == Some(b"vrf"))
        });
    match found {
        Ok(Some(table)) if table != 0 => Ok(table),
        Ok(_) => Err(invalid()),
        // Where no device has this name, it is the table without a VRF.
        Err(Error::Kernel(_)) if word.is("default") => Ok(netlink_raw::route::route::RT_TABLE_MAIN),
        Err(Error::Kernel(_)) => Err(invalid()),
        Err(e) => Err(CmdError::netlink("cannot look up a link", &e)),
    }
}

/// The index of a link.
pub(super) fn link(ctx: &mut Context, word: &Word<'_>) -> Result<u32> {
    let index = ctx.kernel.index_of(word.bytes())?;
    index
        .and_then(|i| u32::try_from(i).ok())
        .ok_or_else(|| word.no_device())
}

/// A time of a TCP metric, and whether it has no unit and so is in the kernel's own: iproute2's
/// `get_time_rtt`, which rounds up.
pub(super) fn rtt(word: &Word<'_>) -> Option<(u32, bool)> {
    let bytes = word.bytes();
    let (number, unit) = if bytes.contains(&b'.') {
        let end = bytes
            .iter()
            .position(|b| !matches!(b, b'0'..=b'9' | b'.'))
            .unwrap_or(bytes.len());
        let (number, unit) = bytes.split_at(end);
        (crate::args::real(number)?, unit)
    } else {
        let end = bytes
            .iter()
            .position(|b| matches!(b, b's' | b'S' | b'm' | b'M'))
            .unwrap_or(bytes.len());
        let (number, unit) = bytes.split_at(end);
        (crate::args::unsigned(number)? as f64, unit)
    };
    let milliseconds = match unit.to_ascii_lowercase().as_slice() {
        b"s" | b"sec" | b"secs" => number * 1000.0,
        b"" | b"ms" | b"msec" | b"msecs" => number,
        _ => return None,
    };
    let rounded = milliseconds.ceil();
    (rounded >= 0.0).then_some((rounded as u32, unit.is_empty()))
}

/// Protocols above IP that are known without /etc/protocols (which a small host lacks).
const PROTOCOLS: [(&str, u8); 12] = [
    ("ip", 0),
    ("icmp", 1),
    ("igmp", 2),
    ("tcp", 6),
    ("udp", 17),
    ("dccp", 33),
    ("gre", 47),
    ("esp", 50),
    ("ah", 51),
    ("ipv6-icmp", 58),
    ("sctp", 132),
    ("udplite", 136),
];

/// The name of a protocol above IP, where it has one.
pub(crate) fn ip_protocol_name(number: u8) -> Option<String> {
    let known = PROTOCOLS.iter().find(|(_, known)| *known == number);
    if let Some((name, _)) = known {
        return Some((*name).to_owned());
    }
    let file = std::fs::read("/etc/protocols").ok()?;
    String::from_utf8_lossy(&file).lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let (name, of) = (words.next()?, words.next()?);
        (of.parse() == Ok(number)).then(|| name.to_owned())
    })
}

/// A protocol above IP: a decimal number, or a name or alias of /etc/protocols.
pub(in crate::cmd) fn ip_protocol(word: &Word<'_>) -> Option<u8> {
    let word = word.utf8()?;
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let known = PROTOCOLS.iter().find(|(name, _)| *name == word);
    if let Some((_, number)) = known {
        return Some(*number);
    }
    let file = std::fs::read("/etc/protocols").ok()?;
    String::from_utf8_lossy(&file).lines().find_map(|line| {
        let line = line.split('#').next()?;
        let mut words = line.split_whitespace();
        let (name, number) = (words.next()?, words.next()?);
        let is = name == word || words.any(|alias| alias == word);
        is.then(|| number.parse().ok())?
    })
}
