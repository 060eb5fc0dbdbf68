//! The routing tables as net-tools' route prints them.

mod inet6;

pub use inet6::inet6;

use crate::context::Context;
use crate::error::{CmdError, FAILED, Result};
use crate::hosts::Names;
use crate::out::{Left, Out};
use crate::show::ifconfig::mask;
use netlink_raw::route::route::*;
use std::net::{IpAddr, Ipv4Addr};

/// How much is shown, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// `-n`: numbers instead of names.
    pub numeric: bool,
    /// How often `-e` was given.
    pub extend: u8,
}

/// One line of the IPv4 table, as /proc/net/route has it: the first of several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Destination.
    pub dst: Ipv4Addr,
    /// Bits of its prefix.
    pub prefix: u8,
    /// Gateway; none where there is none, or one of IPv6.
    pub gateway: Option<Ipv4Addr>,
    /// Whether there is a gateway, of any family.
    pub by_gateway: bool,
    /// Whether what goes there is refused.
    pub reject: bool,
    /// Metric.
    pub metric: u32,
    /// The device's name.
    pub device: Option<Vec<u8>>,
    /// Largest segment and headers, bytes.
    pub mss: u32,
    /// Largest window, bytes.
    pub window: u32,
    /// First guess of the round-trip time, milliseconds.
    pub irtt: u32,
}

/// Prints the IPv4 routing table.
///
/// # Errors
/// Of the exchange.
pub fn inet(ctx: &mut Context, form: Form, names: &Names) -> Result {
    let request = GetRoutes {
        family: libc::AF_INET as u8,
        table: Some(RT_TABLE_MAIN),
        ..GetRoutes::default()
    };
    let routes = match ctx.kernel.conn()?.collect(&request) {
        Ok(routes) => Some(routes),
        // Before any link was up there is no table.
        Err(e) if e.errno() == Some(libc::ENOENT) => None,
        Err(e) => return Err(CmdError::netlink("cannot list the routes", &e)),
    };
    head(&mut ctx.out, form.extend);
    let Some(routes) = routes else {
        // So net-tools ends where /proc/net/route has no line at all.
        return Err(CmdError::silent(FAILED));
    };
    for message in routes.messages() {
        let Ok(route) = Route::parse(&message) else {
            continue;
        };
        let here = i32::from(route.family) == libc::AF_INET
            && route.table == RT_TABLE_MAIN
            && route.flags & RTM_F_CLONED == 0
            && !matches!(route.kind, RTN_BROADCAST | RTN_MULTICAST);
        if here {
            let row = row_of(ctx, &route)?;
            row_shown(&mut ctx.out, &row, form, names);
        }
    }
    Ok(())
}

fn row_of(ctx: &mut Context, route: &Route<'_>) -> Result<Row> {
    let first = route.legs().valid().next();
    let (gateway, via, index) = match &first {
        Some(leg) => (leg.gateway, leg.via, Some(leg.index.cast_unsigned())),
        None => (route.gateway, route.via, route.oif),
    };
    let v4 = |address: Option<IpAddr>| match address {
        Some(IpAddr::V4(address)) => Some(address),
        _ => None,
    };
    let metrics = route.metrics.unwrap_or_default();
    let index = index.and_then(|i| i32::try_from(i).ok()).filter(|i| *i > 0);
    Ok(Row {
        dst: v4(route.dst).unwrap_or(Ipv4Addr::UNSPECIFIED),
        prefix: route.dst_len,
        gateway: v4(gateway),
        by_gateway: gateway.is_some() || via.is_some(),
        reject: matches!(route.kind, RTN_UNREACHABLE | RTN_PROHIBIT),
        metric: route.priority.unwrap_or(0),
        device: index.map(|i| ctx.kernel.name_of(i)).transpose()?,
        mss: metrics
            .get(Metric::AdvMss)
            .filter(|mss| *mss != 0)
            .map_or(0, |mss| mss.saturating_add(40)),
        window: metrics.get(Metric::Window).unwrap_or(0),
        irtt: metrics.get(Metric::Rtt).unwrap_or(0) / 8,
    })
}

fn head(out: &mut Out, extend: u8) {
    out.raw("Kernel IP routing table\n");
    out.raw(match extend {
        0 => "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n",
        1 => "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n",
        2 => {
            "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    MSS   Window irtt\n"
        }
        // So it is there, too: nothing at all.
        _ => "",
    });
}

/// Characters of a name that have room.
const NAME: usize = 15;

fn row_shown(out: &mut Out, row: &Row, form: Form, names: &Names) {
    if form.extend > 2 {
        return;
    }
    let dst = destination(row, form, names);
    let gateway = match row.gateway {
        _ if row.reject => "-".to_owned(),
        Some(gateway) if !form.numeric => {
            let name = names.host(gateway);
            name.map_or_else(|| gateway.to_string(), |name| cut(name).to_owned())
        }
        gateway => gateway.unwrap_or(Ipv4Addr::UNSPECIFIED).to_string(),
    };
    let mut flags = String::from(if row.reject { "!" } else { "U" });
    if row.by_gateway {
        flags.push('G');
    }
    if row.prefix == 32 {
        flags.push('H');
    }
    let mask = mask(row.prefix);
    let device = row.device.as_deref().unwrap_or(b"*");
    out.raw((Left(NAME, &*dst), " ", Left(NAME, &*gateway), " "));
    out.raw((Left(NAME, mask), " ", Left(5, &*flags), " "));
    // A signed number, as there.
    let metric = row.metric.cast_signed();
    match (form.extend, row.reject) {
        (0, false) => out.raw((format_args!("{metric:<6} 0        0 "), device)),
        (0, true) => out.raw(format_args!("{metric:<6} -        0 -")),
        (1, false) => out.raw((
            format_args!("{:5} {:<5} {:6} ", row.mss, row.window, row.irtt),
            device,
        )),
        (1, true) => out.raw("    - -          - -"),
        (_, false) => out.raw((
            format_args!("{metric:<6} 0        0 "),
            Left(6, device.get(..6).unwrap_or(device)),
            format_args!("   {:<5} {:<6} {}", row.mss, row.window, row.irtt),
        )),
        (_, true) => out.raw(format_args!(
            "{metric:<6} -        0 -        -     -      -"
        )),
    }
    out.raw("\n");
}

/// A host by its name, a network by its own, all of them by `default`.
fn destination(row: &Row, form: Form, names: &Names) -> String {
    if form.numeric {
        return row.dst.to_string();
    }
    let name = match (row.dst.is_unspecified(), row.prefix) {
        (true, 0) => Some("default"),
        (true, _) => None,
        (false, 32) => names.host(row.dst),
        (false, _) => names.network(row.dst),
    };
    name.map_or_else(|| row.dst.to_string(), |name| cut(name).to_owned())
}

/// A name as far as there is room.
fn cut(name: &str) -> &str {
    let end = name
        .char_indices()
        .nth(NAME)
        .map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

/// Prints the IPv4 routing cache, which has had no entries since Linux 3.6.
pub fn inet_cache(out: &mut Out) {
    out.raw("Kernel IP routing cache\n");
    out.raw("Source          Destination     Gateway         Flags Metric Ref    Use Iface\n");
}

#[cfg(test)]
mod tests;
