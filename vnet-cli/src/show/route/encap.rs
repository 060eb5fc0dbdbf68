//! What the packets of a route are put into: lightweight tunnels.

mod segments;

use super::{color_of, link_name};
use crate::context::Context;
use crate::error::Result;
use crate::out::Out;
use netlink_raw::decode::Attr;
use netlink_raw::route::route::*;

/// Prints the tunnel of a route or of a leg.
pub(super) fn print(ctx: &mut Context, encap: &Encap<'_>) -> Result {
    // Without settings it is no tunnel to iproute2.
    let Some(data) = encap.data else {
        return Ok(());
    };
    let name = match encap.kind {
        LWTUNNEL_ENCAP_MPLS => "mpls",
        LWTUNNEL_ENCAP_IP => "ip",
        LWTUNNEL_ENCAP_ILA => "ila",
        LWTUNNEL_ENCAP_IP6 => "ip6",
        LWTUNNEL_ENCAP_SEG6 => "seg6",
        LWTUNNEL_ENCAP_BPF => "bpf",
        LWTUNNEL_ENCAP_SEG6_LOCAL => "seg6local",
        LWTUNNEL_ENCAP_RPL => "rpl",
        LWTUNNEL_ENCAP_IOAM6 => "ioam6",
        LWTUNNEL_ENCAP_XFRM => "xfrm",
        _ => "unknown",
    };
    // The blank before it is iproute2's.
    ctx.out.field("encap", name, (" encap ", name, " "));
    let out = &mut ctx.out;
    match encap.kind {
        LWTUNNEL_ENCAP_MPLS => mpls(out, data),
        LWTUNNEL_ENCAP_IP => ip(out, data, ["ttl", "tos"]),
        LWTUNNEL_ENCAP_IP6 => ip(out, data, ["hoplimit", "tc"]),
        LWTUNNEL_ENCAP_SEG6 => segments::seg6(out, data),
        LWTUNNEL_ENCAP_RPL => segments::rpl(out, data),
        LWTUNNEL_ENCAP_BPF => bpf(out, data),
        LWTUNNEL_ENCAP_SEG6_LOCAL => segments::seg6local(ctx, data)?,
        LWTUNNEL_ENCAP_XFRM => xfrm(ctx, data)?,
        // The words of the rest (ila, ioam6) are not known here; their name is.
        _ => {}
    }
    Ok(())
}

/// A stack of MPLS labels, `100/200`: up to the one that says it is the last.
pub(super) fn labels(stack: &[u8]) -> String {
    let mut text = String::new();
    for entry in stack.chunks_exact(4) {
        let word = entry.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str(&(word >> 12).to_string());
        if word & 0x100 != 0 {
            break;
        }
    }
    text
}

/// MPLS_IPTUNNEL_* of linux/mpls_iptunnel.h.
fn mpls(out: &mut Out, data: Attr<'_>) {
    if let Some(dst) = data.nested().find(1) {
        let stack = labels(dst.value);
        out.field("dst", &stack, (" ", &*stack, " "));
    }
    if let Some(ttl) = data.nested().find(2).and_then(|a| a.read::<u8>().ok()) {
        out.field("ttl", ttl, ("ttl ", ttl, " "));
    }
}

/// LWTUNNEL_IP_* and LWTUNNEL_IP6_* of linux/lwtunnel.h, which have the same numbers; the names
/// of the hop limit and the traffic class differ.
fn ip(out: &mut Out, data: Attr<'_>, names: [&str; 2]) {
    let find = |number| data.nested().find(number);
    if let Some(id) = find(1).and_then(|a| a.read::<[u8; 8]>().ok()) {
        let id = u64::from_be_bytes(id);
        out.field("id", id, ("id ", id, " "));
    }
    for (number, key) in [(3, "src"), (2, "dst")] {
        if let Some(address) = find(number).and_then(|a| a.ip().ok()) {
            let color = color_of(&address);
            out.colored(color, key, address, (key, " ", address, " "));
        }
    }
    for (number, key) in [4, 5].into_iter().zip(names) {
        if let Some(value) = find(number).and_then(|a| a.read::<u8>().ok()) {
            out.field(key, value, (key, " ", value, " "));
        }
    }
    // TUNNEL_* flags of linux/if_tunnel.h, big-endian.
    if let Some(flags) = find(6).and_then(|a| a.read::<[u8; 2]>().ok()) {
        let flags = u16::from_be_bytes(flags);
        for (bit, key) in [(4, "key"), (1, "csum"), (8, "seq")] {
            if flags & bit != 0 {
                out.field(key, true, (key, " "));
            }
        }
    }
}

/// LWT_BPF_* of linux/lwtunnel.h.
fn bpf(out: &mut Out, data: Attr<'_>) {
    for (number, key) in [(1, "in"), (2, "out"), (3, "xmit")] {
        let program = data.nested().find(number);
        if let Some(name) = program.and_then(|a| a.nested().find(2)) {
            let name = name.c_str();
            out.field(key, name, (key, " ", name, " "));
        }
    }
    if let Some(headroom) = data.nested().find(4).and_then(|a| a.read::<u32>().ok()) {
        out.field("headroom", headroom, (" ", headroom, " "));
    }
}

/// LWT_XFRM_* of linux/lwtunnel.h.
fn xfrm(ctx: &mut Context, data: Attr<'_>) -> Result {
    let find = |number| data.nested().find(number)?.read::<u32>().ok();
    if let Some(id) = find(1) {
        ctx.out.field("if_id", id, ("if_id ", id, " "));
    }
    match find(2) {
        Some(index) => {
            let name = link_name(ctx, index)?;
            ctx.out
                .field("link_dev", &name, ("link_dev ", &name[..], " "));
            Ok(())
        }
        None => Ok(()),
    }
}
