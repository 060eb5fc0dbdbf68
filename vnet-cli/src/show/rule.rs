//! A rule that chooses a routing table, as `ip rule` shows it.

use super::addr::color;
use crate::cmd::route::values::ip_protocol_name;
use crate::context::Context;
use crate::names::Table;
use crate::out::color::Color;
use crate::out::{Out, Val};
use crate::show::route::kind_name;
use netlink_raw::route::route::{RTN_NAT, RTPROT_KERNEL};
use netlink_raw::route::rule::*;
use std::net::IpAddr;

/// The record of a rule, an object of its own.
pub fn record(ctx: &mut Context, rule: &Rule<'_>) {
    ctx.out.open_object();
    let priority = rule.priority.unwrap_or(0);
    ctx.out.field("priority", priority, (priority, ":\t"));
    if rule.flags & FIB_RULE_INVERT != 0 {
        ctx.out.field("not", Val::Null, "not ");
    }
    describes(ctx, rule);
    leads_to(ctx, rule);
    let protocol = rule.protocol.unwrap_or(0);
    if (protocol != 0 && protocol != RTPROT_KERNEL) || ctx.options.details > 0 {
        let name = ctx.names.name(Table::RouteProtocol, protocol.into());
        let name = name.as_ref();
        ctx.out.field("protocol", name, (" proto ", name));
    }
    ctx.out.end_line();
    ctx.out.close_object();
}

/// Which packets it is about.
fn describes(ctx: &mut Context, rule: &Rule<'_>) {
    let whole = if i32::from(rule.family) == libc::AF_INET {
        32
    } else {
        128
    };
    let out = &mut ctx.out;
    out.text("from ");
    match rule.src {
        Some(address) => prefix(out, ("src", "srclen"), address, rule.src_len, whole),
        None if rule.src_len != 0 => {
            out.field("src", "0", "0");
            out.field("srclen", rule.src_len, ("/", rule.src_len));
        }
        None => out.field("src", "all", "all"),
    }
    if rule.dst.is_some() || rule.dst_len != 0 {
        out.text(" to ");
    }
    match rule.dst {
        Some(address) => prefix(out, ("dst", "dstlen"), address, rule.dst_len, whole),
        None if rule.dst_len != 0 => {
            out.field("dst", "0", "0");
            out.field("dstlen", rule.dst_len, ("/", rule.dst_len));
        }
        None => {}
    }
    if rule.tos != 0 {
        let name = ctx.names.name(Table::Dsfield, rule.tos.into());
        let name = name.as_ref();
        out.field("tos", name, (" tos ", name));
    }
    if rule.mark.is_some() || rule.mark_mask.is_some() {
        let mark = hex(rule.mark.unwrap_or(0));
        let mark = mark.as_str();
        out.field("fwmark", mark, (" fwmark ", mark));
        if let Some(mask) = rule.mark_mask.filter(|mask| *mask != u32::MAX) {
            let mask = hex(mask);
            let mask = mask.as_str();
            out.field("fwmask", mask, ("/", mask));
        }
    }
    for (key, gone, name, flag) in [
        ("iif", "iif_detached", rule.iif, FIB_RULE_IIF_DETACHED),
        ("oif", "oif_detached", rule.oif, FIB_RULE_OIF_DETACHED),
    ] {
        let Some(name) = name else { continue };
        out.text((" ", key, " "));
        out.colored(Color::Ifname, key, name, name);
        if rule.flags & flag != 0 {
            out.field(gone, Val::Null, " [detached]");
        }
    }
    if rule.l3mdev.is_some_and(|on| on != 0) {
        out.field("l3mdev", Val::Null, " lookup [l3mdev-table]");
    }
    if let Some([from, to]) = rule.uids {
        out.field("uid_start", from, (" uidrange ", from));
        out.field("uid_end", to, ("-", to));
    }
    if let Some(number) = rule.ip_proto {
        let named = Some(number).filter(|_| !ctx.options.numeric);
        let name = named.and_then(ip_protocol_name);
        let name = name.unwrap_or_else(|| format!("ipproto-{number}"));
        let name = name.as_str();
        out.field("ipproto", name, (" ipproto ", name));
    }
    ports(out, ("sport", "sport_start", "sport_end"), rule.sports);
    ports(out, ("dport", "dport_start", "dport_end"), rule.dports);
    if let Some(id) = rule.tun_id {
        out.field("tun_id", id, (" tun_id ", id));
    }
}

/// What becomes of them.
fn leads_to(ctx: &mut Context, rule: &Rule<'_>) {
    let out = &mut ctx.out;
    if rule.table != 0 {
        let name = ctx.names.name(Table::RouteTable, rule.table);
        let name = name.as_ref();
        out.field("table", name, (" lookup ", name));
        if let Some(bits) = rule.suppress_prefix_len.filter(|bits| *bits != u32::MAX) {
            out.field(
                "suppress_prefixlen",
                bits,
                (" suppress_prefixlength ", bits),
            );
        }
        if let Some(group) = rule.suppress_group.filter(|group| *group != u32::MAX) {
            let name = ctx.names.name(Table::Group, group);
            let name = name.as_ref();
            out.field("suppress_ifgroup", name, (" suppress_ifgroup ", name));
        }
    }
    if let Some(flow) = rule.flow {
        let (from, to) = (flow >> 16, flow & 0xffff);
        out.text(" realms ");
        if from != 0 {
            let name = ctx.names.name(Table::Realm, from);
            let name = name.as_ref();
            out.field("flow_from", name, (name, "/"));
        }
        let name = ctx.names.name(Table::Realm, to);
        out.field("flow_to", name.as_ref(), name.as_ref());
    }
    match rule.action {
        RTN_NAT => out.field("masquerade", Val::Null, " masquerade"),
        FR_ACT_GOTO => {
            match rule.goto {
                Some(priority) => out.field("goto", priority, (" goto ", priority)),
                None => out.field("goto", "none", " goto none"),
            }
            if rule.flags & FIB_RULE_UNRESOLVED != 0 {
                out.field("unresolved", Val::Null, " [unresolved]");
            }
        }
        FR_ACT_NOP => out.field("nop", Val::Null, " nop"),
        FR_ACT_TO_TBL => {}
        action => {
            let name = kind_name(action, ctx.options.numeric);
            let name = name.as_ref();
            out.field("action", name, (" ", name));
        }
    }
}

/// An address and the length of its prefix. `-resolve` is nothing to `ip rule`.
fn prefix(out: &mut Out, (key, len_key): (&str, &str), address: IpAddr, len: u8, whole: u8) {
    out.colored(color(address), key, address, address);
    if len != whole {
        out.field(len_key, len, ("/", len));
    }
}

fn ports(out: &mut Out, (one, first, last): (&str, &str, &str), range: Option<Range<u16>>) {
    match range {
        Some([from, to]) if from == to => out.field(one, from, (" ", one, " ", from)),
        Some([from, to]) => {
            out.field(first, from, (" ", one, " ", from));
            out.field(last, to, ("-", to));
        }
        None => {}
    }
}

/// C's `%#x`: 0 has no prefix.
fn hex(number: u32) -> String {
    match number {
        0 => "0".to_owned(),
        number => format!("{number:#x}"),
    }
}
