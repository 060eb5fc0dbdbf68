//! The IPv6 routing table. Its counts of references and uses are in /proc/net/ipv6_route alone:
//! no netlink message has them.

use super::Form;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::hosts::Names;
use crate::out::{Left, Ntop, Out};
use std::net::Ipv6Addr;

const TABLE: &str = "/proc/net/ipv6_route";

/// A route of the cache, RTF_CACHE of linux/ipv6_route.h.
const CACHE: u32 = 0x0100_0000;

/// The other flags (RTF_* of linux/route.h and linux/ipv6_route.h), in net-tools' order.
const FLAGS: [(u32, char); 12] = [
    (0x1, 'U'),
    (0x200, '!'),
    (0x2, 'G'),
    (0x4, 'H'),
    (0x1_0000, 'D'),
    (0x4_0000, 'A'),
    (CACHE, 'C'),
    (0x2_0000, 'a'),
    (0x40_0000, 'e'),
    (0x20, 'm'),
    (0x20_0000, 'n'),
    (0x200_0000, 'f'),
];

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    dst: Ipv6Addr,
    prefix: u8,
    next: Ipv6Addr,
    metric: u32,
    references: u32,
    uses: u32,
    flags: u32,
    device: String,
}

/// Prints the IPv6 routing table, its cache, or both.
///
/// # Errors
/// When /proc/net/ipv6_route can't be read.
pub fn inet6(ctx: &mut Context, form: Form, names: &Names, fib: bool, cache: bool) -> Result {
    let bytes = std::fs::read(TABLE)
        .map_err(|e| CmdError::os(format!("cannot read {TABLE}"), &e).ip("INET6: not available"))?;
    let text = String::from_utf8_lossy(&bytes);
    for (wanted, cached, what) in [(fib, false, "table"), (cache, true, "cache")] {
        if !wanted {
            continue;
        }
        ctx.out.raw(("Kernel IPv6 routing ", what, "\n"));
        ctx.out.raw(
            "Destination                    Next Hop                   Flag Met Ref  Use If\n",
        );
        let rows = text.lines().filter_map(row);
        for row in rows.filter(|row| (row.flags & CACHE != 0) == cached) {
            show(&mut ctx.out, &row, form, names);
        }
    }
    Ok(())
}

/// A line of /proc/net/ipv6_route: hexadecimal numbers, and a name.
pub(super) fn row(line: &str) -> Option<Row> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let [
        dst,
        prefix,
        _,
        _,
        next,
        metric,
        references,
        uses,
        flags,
        device,
    ] = words.as_slice()
    else {
        return None;
    };
    let number = |word: &str| u32::from_str_radix(word, 16).ok();
    let address = |word: &str| u128::from_str_radix(word, 16).ok().map(Ipv6Addr::from);
    Some(Row {
        dst: address(dst)?,
        prefix: number(prefix)?.try_into().ok()?,
        next: address(next)?,
        metric: number(metric)?,
        references: number(references)?,
        uses: number(uses)?,
        flags: number(flags)?,
        device: (*device).to_owned(),
    })
}

pub(super) fn show(out: &mut Out, row: &Row, form: Form, names: &Names) {
    let dst = format!("{}/{}", name(row.dst, form, names), row.prefix);
    let flags: String = FLAGS
        .iter()
        .filter(|(bit, _)| row.flags & bit != 0)
        .map(|(_, letter)| *letter)
        .collect();
    out.raw((
        Left(30, &*dst),
        " ",
        Left(26, &*name(row.next, form, names)),
        " ",
    ));
    out.raw((
        Left(4, &*flags),
        format_args!(
            " {:<3} {:<1} {:6} ",
            row.metric.cast_signed(),
            row.references,
            row.uses.cast_signed()
        ),
        &*row.device,
    ));
    out.raw("\n");
}

fn name(address: Ipv6Addr, form: Form, names: &Names) -> String {
    match names.host(address) {
        Some(name) if !form.numeric => name.to_owned(),
        _ if !form.numeric && address.is_unspecified() => "[::]".to_owned(),
        _ => Ntop(address).to_string(),
    }
}
