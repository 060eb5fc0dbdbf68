//! Where a route goes: gateways, realms, the legs of a multipath route.

use super::{color_of, encap, flags, host_text, link_name, newdst_text};
use crate::context::Context;
use crate::error::Result;
use crate::names::Table;
use crate::out::Out;
use crate::out::color::Color;
use netlink_raw::route::route::{Leg, RTM_F_CLONED, RTN_MULTICAST, Route, Via};
use std::net::IpAddr;

pub(super) fn gateway(out: &mut Out, address: IpAddr) {
    out.text("via ");
    let host = out.host(address);
    out.colored(color_of(&address), "gateway", &host, (&host, " "));
}

pub(super) fn via(out: &mut Out, via: &Via<'_>) {
    let (family, color) = match i32::from(via.family) {
        libc::AF_INET => ("inet", Color::Inet),
        libc::AF_INET6 => ("inet6", Color::Inet6),
        libc::AF_PACKET => ("link", Color::None),
        libc::AF_MPLS => ("mpls", Color::None),
        libc::AF_BRIDGE => ("bridge", Color::None),
        _ => ("???", Color::None),
    };
    let host = match i32::from(via.family) {
        libc::AF_PACKET => {
            let bytes: Vec<String> = via.address.iter().map(|b| format!("{b:02x}")).collect();
            bytes.join(":")
        }
        _ => via.ip().map_or_else(
            || "???".to_owned(),
            |a| host_text(out, via.family.try_into().unwrap_or(0), a),
        ),
    };
    out.open_object_of("via");
    out.field("family", family, ("via ", family, " "));
    out.colored(color, "host", &host, (&*host, " "));
    out.close_object();
}

/// Realms: the source's where there is one, then the destination's.
pub(super) fn realms(ctx: &mut Context, flow: u32) {
    let (from, to) = (flow >> 16, flow & 0xffff);
    // In this order: the name of 0 depends on whether the table was read before.
    let from = (from != 0).then(|| ctx.names.name(Table::Realm, from));
    let to = ctx.names.name(Table::Realm, to);
    let out = &mut ctx.out;
    out.text(if from.is_some() { "realms " } else { "realm " });
    out.open_object_of("flow");
    if let Some(from) = from {
        out.field("from", &*from, (&*from, "/"));
    }
    out.field("to", &*to, (&*to, " "));
    out.close_object();
}

/// The legs, each on a line of its own; those of a resolved multicast route are outgoing links.
pub(super) fn multipath(ctx: &mut Context, route: &Route<'_>) -> Result {
    let oifs = route.flags & RTM_F_CLONED != 0 && route.kind == RTN_MULTICAST;
    ctx.out.open_array("nexthops");
    for (i, leg) in route.legs().valid().enumerate() {
        ctx.out.open_object();
        if oifs {
            ctx.out.text(if i == 0 { "Oifs: " } else { " " });
        } else {
            ctx.out.sl();
            ctx.out.text("\tnexthop ");
        }
        leg_way(ctx, route.family, &leg)?;
        let name = link_name(ctx, leg.index.cast_unsigned())?;
        let out = &mut ctx.out;
        if oifs {
            out.field("dev", &name, &name[..]);
            if leg.hops != 1 {
                out.field("ttl", leg.hops, ("(ttl>", leg.hops, ")"));
            }
            out.text(" ");
        } else {
            out.field("dev", &name, ("dev ", &name[..], " "));
            if i32::from(route.family) != libc::AF_MPLS {
                let weight = u32::from(leg.hops) + 1;
                out.field("weight", weight, ("weight ", weight, " "));
            }
        }
        flags(out, leg.flags.into());
        out.close_object();
    }
    ctx.out.close_array();
    Ok(())
}

/// What a leg's attributes say.
fn leg_way(ctx: &mut Context, family: u8, leg: &Leg<'_>) -> Result {
    if let Some(encap) = &leg.encap {
        encap::print(ctx, encap)?;
    }
    if let Some(newdst) = leg.newdst {
        let text = newdst_text(family, newdst);
        ctx.out.field("to", &text, ("as to ", &*text, " "));
    }
    if let Some(address) = leg.gateway {
        gateway(&mut ctx.out, address);
    }
    if let Some(to) = &leg.via {
        via(&mut ctx.out, to);
    }
    if let Some(flow) = leg.flow {
        realms(ctx, flow);
    }
    Ok(())
}
