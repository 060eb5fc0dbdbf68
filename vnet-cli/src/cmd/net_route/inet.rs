//! The IPv4 route that net-tools' words mean, as the kernel's old interface (`SIOCADDRT`,
//! `SIOCDELRT`) makes it.

use super::modify::{Is, Said, no_address};
use super::{USAGE, usage};
use crate::args::Word;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::hosts;
use crate::show::ifconfig::mask;
use netlink_raw::route::route::*;
use std::net::{IpAddr, Ipv4Addr};

/// TCP's and IP's headers: the old interface takes a segment with them.
const HEADERS: u32 = 40;

pub(super) fn route(
    ctx: &Context,
    said: &Said<'_>,
    target: &Word<'_>,
    add: bool,
) -> Result<RouteSpec<'static>> {
    let (dst, dst_len) = destination(ctx, said, target)?;
    let gateway = said.gateway.as_ref().map(gateway).transpose()?;
    let mut route = RouteSpec {
        family: libc::AF_INET as u8,
        dst: Some(IpAddr::V4(dst)),
        dst_len,
        table: RT_TABLE_MAIN,
        protocol: if add { RTPROT_BOOT } else { RTPROT_UNSPEC },
        // 0 is any, of a deletion.
        priority: said.metric.filter(|metric| *metric != 0),
        ..RouteSpec::default()
    };
    if said.reject {
        route.kind = RTN_UNREACHABLE;
        route.scope = RT_SCOPE_HOST;
        return Ok(route);
    }
    route.kind = RTN_UNICAST;
    route.scope = match gateway {
        Some(_) => RT_SCOPE_UNIVERSE,
        None if add => RT_SCOPE_LINK,
        None => RT_SCOPE_NOWHERE,
    };
    route.gateway = gateway.map(|gateway| Gateway::Same(IpAddr::V4(gateway)));
    if add {
        let metrics = [
            (
                Metric::AdvMss,
                said.mss.map(|mss| mss.saturating_sub(HEADERS)),
            ),
            (Metric::Window, said.window),
            // In eighths of a millisecond.
            (Metric::Rtt, said.irtt.map(|irtt| irtt.saturating_mul(8))),
        ];
        for (metric, value) in metrics {
            if let Some(value) = value {
                route.metrics.set(metric, value);
            }
        }
    }
    Ok(route)
}

/// The target's address and the bits of its prefix.
fn destination(ctx: &Context, said: &Said<'_>, target: &Word<'_>) -> Result<(Ipv4Addr, u8)> {
    let bytes = target.bytes();
    let slash = bytes.iter().position(|&b| b == b'/');
    let (name, bits) = bytes.split_at(slash.unwrap_or(bytes.len()));
    let wrong = |what: &str, line: String| {
        target
            .error(what, line)
            .code(USAGE)
            .hint("'-net NETWORK/BITS' or '-host ADDRESS'")
    };
    let given = match bits.get(1..) {
        Some(bits) => {
            let bits = std::str::from_utf8(bits)
                .ok()
                .and_then(|b| b.parse::<u8>().ok());
            let bits = bits.filter(|bits| *bits <= 32);
            Some(mask(bits.ok_or_else(|| {
                usage(ctx, target.error("a prefix has 0 to 32 bits", ""))
            })?))
        }
        None => said.netmask.as_ref().map(netmask).transpose()?,
    };
    let (address, is_net) = match name {
        b"default" => (Ipv4Addr::UNSPECIFIED, said.is != Is::Host),
        name => {
            let address = hosts::ipv4(name).ok_or_else(|| no_address(target))?;
            (address, said.is == Is::Net)
        }
    };
    if !is_net {
        return match given.map(u32::from) {
            None | Some(u32::MAX) => Ok((address, 32)),
            Some(given) => Err(wrong(
                "a host has no netmask",
                format!(
                    "route: netmask {:08x} doesn't make sense with host route",
                    !given
                ),
            )),
        };
    }
    let given = given.map_or(0, u32::from);
    if given.leading_ones() + given.trailing_zeros() < 32 {
        let shown = Ipv4Addr::from(given);
        let line = format!("route: bogus netmask {shown}");
        return Err(wrong("a netmask is ones, and then zeros", line));
    }
    if u32::from(address) & !given != 0 && given != 0 {
        let line = "route: netmask doesn't match route address".to_owned();
        return Err(wrong("the address has bits outside its netmask", line));
    }
    Ok((address, given.leading_ones() as u8))
}

fn netmask(word: &Word<'_>) -> Result<Ipv4Addr> {
    hosts::ipv4(word.bytes()).ok_or_else(|| no_address(word))
}

fn gateway(word: &Word<'_>) -> Result<Ipv4Addr> {
    if word.is("default") {
        let line = format!("route: {word}: cannot use a NETWORK as gateway!");
        return Err(CmdError::new("a gateway is a host")
            .ip(line)
            .code(USAGE)
            .at(word.at()));
    }
    hosts::ipv4(word.bytes()).ok_or_else(|| no_address(word))
}
