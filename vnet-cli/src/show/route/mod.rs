//! A route as iproute2 prints it: one record, in text or JSON.

mod cache;
mod encap;
mod kind;
mod legs;
mod metrics;
mod nexthop;

pub(crate) use kind::{KIND_NAMES, kind_name, kind_number};
pub(crate) use metrics::{FEATURE_ECN, metric_name};

use crate::context::Context;
use crate::error::Result;
use crate::names::Table;
use crate::out::color::Color;
use crate::out::{Host, Out};
use netlink_raw::route::route::*;
use std::net::IpAddr;

/// What a listing leaves out, because the selectors of its command say it of all its routes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hide {
    /// The table.
    pub table: bool,
    /// Who made it.
    pub protocol: bool,
    /// The scope.
    pub scope: bool,
    /// The type of service.
    pub tos: bool,
    /// The metric.
    pub metric: bool,
    /// The link that packets leave by.
    pub oif: bool,
    /// The link that packets come in by.
    pub iif: bool,
    /// Both realms.
    pub realms: bool,
    /// The gateway, where an address has this many bits.
    pub gateway: Option<u8>,
    /// The preferred source address, where an address has this many bits.
    pub prefsrc: Option<u8>,
}

/// Bits of an address of the family, 0 where there are no addresses.
pub(crate) fn host_len(family: u8) -> u8 {
    match i32::from(family) {
        libc::AF_INET => 32,
        libc::AF_INET6 => 128,
        libc::AF_MPLS => 20,
        _ => 0,
    }
}

/// Prints a route that is there, or was deleted, as an element of the command's JSON or a line of text.
///
/// # Errors
/// Of asking the kernel for the names of links.
pub fn route(ctx: &mut Context, route: &Route<'_>, deleted: bool, hide: &Hide) -> Result {
    ctx.out.open_object();
    if deleted {
        ctx.out.field("deleted", true, "Deleted ");
    }
    let details = ctx.options.details > 0;
    destination(ctx, route, details);
    if let Some(id) = route.nh_id {
        ctx.out.field("nhid", id, ("nhid ", id, " "));
    }
    if let Some(newdst) = route.newdst {
        let text = newdst_text(route.family, newdst);
        ctx.out.field("to", &text, ("as to ", &*text, " "));
    }
    if let Some(encap) = &route.encap {
        encap::print(ctx, encap)?;
    }
    if route.tos != 0 && !hide.tos {
        let tos = ctx.names.name(Table::Dsfield, route.tos.into());
        ctx.out.field("tos", &*tos, ("tos ", &*tos, " "));
    }
    let host_len = host_len(route.family);
    if let Some(address) = route.gateway.filter(|_| hide.gateway != Some(host_len)) {
        legs::gateway(&mut ctx.out, address);
    }
    if let Some(via) = &route.via {
        legs::via(&mut ctx.out, via);
    }
    if let Some(index) = route.oif.filter(|_| !hide.oif) {
        link(ctx, "dev", index)?;
    }
    placed(ctx, route, hide, details);
    if let Some(address) = route.prefsrc.filter(|_| hide.prefsrc != Some(host_len)) {
        ctx.out.text("src ");
        let color = color_of(&address);
        ctx.out.colored(color, "prefsrc", address, (address, " "));
    }
    if let Some(metric) = route.priority.filter(|_| !hide.metric) {
        ctx.out.field("metric", metric, ("metric ", metric, " "));
    }
    flags(&mut ctx.out, route.flags);
    if let Some(mark) = route.mark {
        let text = match mark {
            16.. => format!("mark {mark:#x} "),
            _ => format!("mark {mark} "),
        };
        ctx.out.field("mark", mark, text);
    }
    if let Some(flow) = route.flow.filter(|_| !hide.realms) {
        legs::realms(ctx, flow);
    }
    if let Some(uid) = route.uid {
        ctx.out.field("uid", uid, ("uid ", uid, " "));
    }
    cache::print(ctx, route);
    if let Some(metrics) = &route.metrics {
        metrics::print(&mut ctx.out, metrics);
    }
    if let Some(index) = route.iif.filter(|_| !hide.iif) {
        link(ctx, "iif", index)?;
    }
    tail(&mut ctx.out, route);
    if let (Some(id), true) = (route.nh_id, details) {
        nexthop::print(ctx, id)?;
    }
    if route.multipath.is_some() {
        legs::multipath(ctx, route)?;
    }
    ctx.out.end_line();
    ctx.out.close_object();
    Ok(())
}

/// Type, destination and source.
fn destination(ctx: &mut Context, route: &Route<'_>, details: bool) {
    if route.kind != RTN_UNICAST || details {
        let kind = kind_name(route.kind, ctx.options.numeric);
        ctx.out.field("type", &*kind, (&*kind, " "));
    }
    let family = real_family(route);
    let color = match (route.dst, i32::from(family)) {
        (None, _) => Color::None,
        (Some(_), libc::AF_INET) => Color::Inet,
        (Some(_), libc::AF_INET6) => Color::Inet6,
        (Some(_), _) => Color::None,
    };
    let whole = host_len(route.family);
    let dst = match (route.dst, route.dst_len) {
        (Some(address), len) if len == whole => host_text(&ctx.out, family, address),
        (Some(address), len) => format!("{}/{len}", address_text(family, address)),
        // The blank behind it is iproute2's.
        (None, len @ 1..) => format!("0/{len} "),
        (None, 0) => "default".to_owned(),
    };
    ctx.out.colored(color, "dst", &dst, (&*dst, " "));
    match (route.src, route.src_len) {
        (Some(address), len) => {
            let src = match len == whole {
                true => host_text(&ctx.out, family, address),
                false => format!("{}/{len}", address_text(family, address)),
            };
            let color = match i32::from(family) {
                libc::AF_INET => Color::Inet,
                libc::AF_INET6 => Color::Inet6,
                _ => Color::None,
            };
            ctx.out.colored(color, "from", &src, ("from ", &*src, " "));
        }
        (None, len @ 1..) => {
            let src = format!("0/{len}");
            ctx.out.field("src", &src, ("from ", &*src, " "));
        }
        (None, 0) => {}
    }
}

/// Table, maker and scope.
fn placed(ctx: &mut Context, route: &Route<'_>, hide: &Hide, details: bool) {
    let told = route.table != RT_TABLE_UNSPEC && (route.table != RT_TABLE_MAIN || details);
    if told && !hide.table {
        let table = ctx.names.name(Table::RouteTable, route.table);
        ctx.out.field("table", &*table, ("table ", &*table, " "));
    }
    if route.flags & RTM_F_CLONED != 0 {
        return;
    }
    if (route.protocol != RTPROT_BOOT || details) && !hide.protocol {
        let name = ctx.names.name(Table::RouteProtocol, route.protocol.into());
        ctx.out.field("protocol", &*name, ("proto ", &*name, " "));
    }
    if (route.scope != RT_SCOPE_UNIVERSE || details) && !hide.scope {
        let name = ctx.names.name(Table::Scope, route.scope.into());
        ctx.out.field("scope", &*name, ("scope ", &*name, " "));
    }
}

/// Preference and propagation of the time to live: iproute2 puts no blank behind them.
fn tail(out: &mut Out, route: &Route<'_>) {
    match route.pref {
        Some(ROUTER_PREF_MEDIUM) => out.field("pref", "medium", "pref medium"),
        Some(ROUTER_PREF_HIGH) => out.field("pref", "high", "pref high"),
        Some(ROUTER_PREF_LOW) => out.field("pref", "low", "pref low"),
        Some(other) => out.field("pref", other, other),
        None => {}
    }
    if let Some(propagate) = route.ttl_propagate {
        let text = if propagate != 0 {
            "enabled"
        } else {
            "disabled"
        };
        // The spelling is iproute2's.
        out.field("ttl-propogate", propagate != 0, ("ttl-propogate ", text));
    }
}

/// A link's name behind its keyword.
fn link(ctx: &mut Context, key: &str, index: u32) -> Result {
    let name = link_name(ctx, index)?;
    ctx.out.text((key, " "));
    ctx.out.colored(Color::Ifname, key, &name, (&name[..], " "));
    Ok(())
}

/// A link's name: `*` for none, `if7` for one that is gone.
fn link_name(ctx: &mut Context, index: u32) -> Result<Vec<u8>> {
    match i32::try_from(index) {
        Ok(0) => Ok(b"*".to_vec()),
        Ok(index) => ctx.kernel.name_of(index),
        Err(_) => Ok(format!("if{index}").into_bytes()),
    }
}

/// The flags of a route or a leg, in iproute2's order.
const FLAGS: [(u32, &str); 11] = [
    (RTNH_F_DEAD, "dead"),
    (RTNH_F_ONLINK, "onlink"),
    (RTNH_F_PERVASIVE, "pervasive"),
    (RTNH_F_OFFLOAD, "offload"),
    (RTNH_F_TRAP, "trap"),
    (RTM_F_NOTIFY, "notify"),
    (RTNH_F_LINKDOWN, "linkdown"),
    (RTNH_F_UNRESOLVED, "unresolved"),
    (RTM_F_OFFLOAD, "rt_offload"),
    (RTM_F_TRAP, "rt_trap"),
    (RTM_F_OFFLOAD_FAILED, "rt_offload_failed"),
];

fn flags(out: &mut Out, flags: u32) {
    out.array("flags", |out| {
        for (_, name) in FLAGS.iter().filter(|(bit, _)| flags & bit != 0) {
            out.item(*name, (*name, " "));
        }
    });
}

/// `ICMPV6_ROUTER_PREF_*` of linux/icmpv6.h (RFC 4191).
pub(crate) const ROUTER_PREF_MEDIUM: u8 = 0;
/// High preference.
pub(crate) const ROUTER_PREF_HIGH: u8 = 1;
/// Low preference.
pub(crate) const ROUTER_PREF_LOW: u8 = 3;

/// The family of a route's addresses: those of multicast routing have numbers of their own
/// (RTNL_FAMILY_IPMR and RTNL_FAMILY_IP6MR of linux/rtnetlink.h).
fn real_family(route: &Route<'_>) -> u8 {
    match (route.kind, route.family) {
        (RTN_MULTICAST, 128) => libc::AF_INET as u8,
        (RTN_MULTICAST, 129) => libc::AF_INET6 as u8,
        (_, family) => family,
    }
}

fn color_of(address: &IpAddr) -> Color {
    match address {
        IpAddr::V4(_) => Color::Inet,
        IpAddr::V6(_) => Color::Inet6,
    }
}

/// An address of the family, as text; `???` where they do not fit.
fn address_text(family: u8, address: IpAddr) -> String {
    use crate::out::Ntop;
    match (i32::from(family), address) {
        (libc::AF_INET, IpAddr::V4(a)) => a.to_string(),
        (libc::AF_INET6, IpAddr::V6(a)) => Ntop(a).to_string(),
        (libc::AF_MPLS, IpAddr::V4(a)) => encap::labels(&a.octets()),
        _ => "???".to_owned(),
    }
}

/// As [`address_text`], by the host's name where that is asked for.
fn host_text(out: &Out, family: u8, address: IpAddr) -> String {
    match out.host(address) {
        Host::Name(name) if i32::from(family) != libc::AF_MPLS => name,
        _ => address_text(family, address),
    }
}

/// The new destination of a route of labels or addresses.
fn newdst_text(family: u8, newdst: &[u8]) -> String {
    if i32::from(family) == libc::AF_MPLS {
        return encap::labels(newdst);
    }
    let v4 = <[u8; 4]>::try_from(newdst).map(IpAddr::from);
    let address = v4.or_else(|_| <[u8; 16]>::try_from(newdst).map(IpAddr::from));
    address.map_or_else(|_| "???".to_owned(), |a| address_text(family, a))
}

#[cfg(test)]
mod tests;
