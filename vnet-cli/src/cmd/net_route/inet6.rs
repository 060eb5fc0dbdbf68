//! The IPv6 route that net-tools' words mean.

use super::modify::Said;
use super::{unknown_host, usage};
use crate::args::Word;
use crate::context::Context;
use crate::error::Result;
use crate::hosts;
use netlink_raw::route::route::*;
use std::net::{IpAddr, Ipv6Addr};

/// The metric that net-tools gives where none is named.
const METRIC: u32 = 1;

pub(super) fn route(
    ctx: &Context,
    said: &Said<'_>,
    target: &Word<'_>,
    add: bool,
) -> Result<RouteSpec<'static>> {
    let (dst, dst_len) = destination(ctx, target)?;
    let gateway = match &said.gateway {
        Some(word) => Some(address(word.bytes()).ok_or_else(|| unknown_host(word))?),
        None => None,
    };
    Ok(RouteSpec {
        family: libc::AF_INET6 as u8,
        dst: Some(IpAddr::V6(dst)),
        dst_len,
        table: RT_TABLE_MAIN,
        protocol: if add { RTPROT_BOOT } else { RTPROT_UNSPEC },
        scope: RT_SCOPE_UNIVERSE,
        kind: match (said.reject, add) {
            (true, _) => RTN_UNREACHABLE,
            (false, true) => RTN_UNICAST,
            (false, false) => RTN_UNSPEC,
        },
        gateway: gateway.map(|gateway| Gateway::Same(IpAddr::V6(gateway))),
        priority: said.metric.or(add.then_some(METRIC)),
        ..RouteSpec::default()
    })
}

fn destination(ctx: &Context, target: &Word<'_>) -> Result<(Ipv6Addr, u8)> {
    let bytes = target.bytes();
    let slash = bytes.iter().position(|&b| b == b'/');
    let (name, bits) = bytes.split_at(slash.unwrap_or(bytes.len()));
    let whole = if name == b"default" { 0 } else { 128 };
    let dst = match name {
        b"default" => Ipv6Addr::UNSPECIFIED,
        name => address(name).ok_or_else(|| unknown_host(target))?,
    };
    let Some(bits) = bits.get(1..) else {
        return Ok((dst, whole));
    };
    let bits = std::str::from_utf8(bits)
        .ok()
        .and_then(|b| b.parse::<u8>().ok());
    let bits = bits.filter(|bits| *bits <= 128);
    let bits = bits.ok_or_else(|| usage(ctx, target.error("a prefix has 0 to 128 bits", "")))?;
    Ok((dst, bits))
}

fn address(word: &[u8]) -> Option<Ipv6Addr> {
    let figures = std::str::from_utf8(word).ok()?.parse().ok();
    figures.or_else(|| {
        hosts::addresses(word).find_map(|address| match address {
            IpAddr::V6(address) => Some(address),
            IpAddr::V4(_) => None,
        })
    })
}
