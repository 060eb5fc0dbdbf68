//! Segment routing over IPv6: lists of segments, and what is done at one's end.

use crate::context::Context;
use crate::error::Result;
use crate::names::Table;
use crate::out::Out;
use crate::out::color::Color;
use crate::show::route::link_name;
use netlink_raw::decode::Attr;
use std::net::Ipv6Addr;

/// Bytes of a `struct ipv6_sr_hdr` or `struct ipv6_rpl_sr_hdr` before the segments.
const HEADER: usize = 8;

/// SEG6_IPTUN_MODE_* of linux/seg6_iptunnel.h, by their numbers.
const MODES: [&str; 5] = ["inline", "encap", "l2encap", "encap.red", "l2encap.red"];

/// SEG6_LOCAL_ACTION_* of linux/seg6_local.h, by their numbers.
const ACTIONS: [&str; 17] = [
    "<unknown>",
    "End",
    "End.X",
    "End.T",
    "End.DX2",
    "End.DX6",
    "End.DX4",
    "End.DT6",
    "End.DT4",
    "End.B6",
    "End.B6.Encaps",
    "End.BM",
    "End.S",
    "End.AS",
    "End.AM",
    "End.BPF",
    "End.DT46",
];

/// SEG6_LOCAL_FLV_OP_* of linux/seg6_local.h, from bit 1.
const FLAVORS: [&str; 4] = ["psp", "usp", "usd", "next-csid"];

/// SEG6_IPTUNNEL_SRH: a `struct seg6_iptunnel_encap`.
pub(super) fn seg6(out: &mut Out, data: Attr<'_>) {
    let Some(tunnel) = data.nested().find(1) else {
        return;
    };
    let Some((mode, header)) = tunnel.value.split_first_chunk::<4>() else {
        return;
    };
    let mode = usize::try_from(u32::from_ne_bytes(*mode)).ok();
    let mode = mode.and_then(|n| MODES.get(n)).unwrap_or(&"(null)");
    out.field("mode", *mode, ("mode ", *mode, " "));
    segments(out, header, true);
}

/// RPL_IPTUNNEL_SRH: a `struct ipv6_rpl_sr_hdr`.
pub(super) fn rpl(out: &mut Out, data: Attr<'_>) {
    if let Some(header) = data.nested().find(1) {
        segments(out, header.value, false);
    }
}

/// The segments of a routing header, the last of the bytes first, and its HMAC's key.
fn segments(out: &mut Out, header: &[u8], has_last: bool) {
    // Byte 3 is the number of segments left; the segment routing header names the last one in 4.
    let Some(last) = header.get(if has_last { 4 } else { 3 }) else {
        return;
    };
    let count = usize::from(*last) + usize::from(has_last);
    let list = header.get(HEADER..).unwrap_or_default();
    let (list, after) = list.split_at(list.len().min(count * 16));
    out.text(("segs ", count, " [ "));
    out.open_array("segs");
    for segment in list.rchunks_exact(16) {
        if let Ok(bytes) = <[u8; 16]>::try_from(segment) {
            let address = Ipv6Addr::from(bytes);
            match out.is_json() {
                true => out.json_item(address),
                false => out.colored_text(Color::Inet6, (address, " ")),
            }
        }
    }
    out.close_array();
    out.text("] ");
    // SR6_FLAG1_HMAC: a TLV of type, length, 16 bits of its own, and the key's number.
    let flags = header.get(5).copied().unwrap_or(0);
    if has_last
        && flags & 8 != 0
        && let Some(key) = after.get(4..8).and_then(|k| <[u8; 4]>::try_from(k).ok())
    {
        let key = u32::from_be_bytes(key);
        let text = format!("hmac {key:X} ");
        out.field("hmac", format_args!("{key:#x}"), text);
    }
}

/// SEG6_LOCAL_* of linux/seg6_local.h.
pub(super) fn seg6local(ctx: &mut Context, data: Attr<'_>) -> Result {
    let find = |number| data.nested().find(number);
    let number = |n| find(n).and_then(|a| a.read::<u32>().ok());
    if let Some(action) = number(1) {
        let name = usize::try_from(action).ok().and_then(|n| ACTIONS.get(n));
        let name = *name.unwrap_or(&"<invalid>");
        ctx.out.field("action", name, ("action ", name, " "));
    }
    if let Some(header) = find(2) {
        ctx.out.open_object_of("srh");
        segments(&mut ctx.out, header.value, true);
        ctx.out.close_object();
    }
    for (n, key) in [(3, "table"), (9, "vrftable")] {
        if let Some(table) = number(n) {
            let name = ctx.names.name(Table::RouteTable, table);
            ctx.out.field(key, &*name, (key, " ", &*name, " "));
        }
    }
    for (n, key) in [(4, "nh4"), (5, "nh6")] {
        if let Some(address) = find(n).and_then(|a| a.ip().ok()) {
            ctx.out.field(key, address, (key, " ", address, " "));
        }
    }
    for (n, key) in [(6, "iif"), (7, "oif")] {
        if let Some(index) = number(n) {
            let name = link_name(ctx, index)?;
            ctx.out.field(key, &name, (key, " ", &name[..], " "));
        }
    }
    let out = &mut ctx.out;
    if let Some(name) = find(8).and_then(|bpf| bpf.nested().find(2)) {
        let name = name.c_str();
        out.field("endpoint", name, ("endpoint ", name, " "));
    }
    if let Some(flavors) = find(11) {
        flavored(out, flavors);
    }
    Ok(())
}

fn flavored(out: &mut Out, flavors: Attr<'_>) {
    let Some(bits) = flavors.nested().find(1).and_then(|a| a.read::<u32>().ok()) else {
        return;
    };
    out.text("flavors ");
    out.open_array("flavors");
    let mut first = true;
    for (i, name) in FLAVORS.into_iter().enumerate() {
        if bits & (2 << i) != 0 {
            out.item(name, (if first { "" } else { "," }, name));
            first = false;
        }
    }
    out.close_array();
    out.text(" ");
    for (n, key) in [(2, "lblen"), (3, "nflen")] {
        if let Some(len) = flavors.nested().find(n).and_then(|a| a.read::<u8>().ok()) {
            out.field(key, len, (key, " ", len, " "));
        }
    }
}
