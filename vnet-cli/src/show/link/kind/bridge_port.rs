//! A port of a bridge.

use super::super::Show;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::BridgePort;
use std::fmt;

/// `BR_STATE_*`.
const STATES: [&str; 5] = [
    "disabled",
    "listening",
    "learning",
    "forwarding",
    "blocking",
];

pub(super) fn bridge_port(show: &mut Show<'_>, data: Attr<'_>) {
    let p = BridgePort::parse(data);
    if let Some(state) = p.state {
        match STATES.get(usize::from(state)) {
            Some(name) => show.out.field("state", *name, ("state ", *name, " ")),
            None => show
                .out
                .field("state_index", state, ("state (", state, ") ")),
        }
    }
    show.number("priority", "priority", p.priority);
    if let Some(cost) = p.cost.map(u32::cast_signed) {
        show.out.field("cost", cost, ("cost ", cost, " "));
    }
    show.on_off("hairpin", "hairpin", p.hairpin);
    show.on_off("guard", "guard", p.guard);
    show.on_off("root_block", "root_block", p.root_block);
    show.on_off("fastleave", "fastleave", p.fast_leave);
    show.on_off("learning", "learning", p.learning);
    show.on_off("flood", "flood", p.unicast_flood);
    show.hex("id", "port_id", p.id);
    show.hex("no", "port_no", p.number);
    show.number("designated_port", "designated_port", p.designated_port);
    show.number("designated_cost", "designated_cost", p.designated_cost);
    show.bridge_id("bridge_id", "designated_bridge", p.bridge_id);
    show.bridge_id("root_id", "designated_root", p.root_id);
    show.timer("hold_timer", p.hold_timer);
    show.timer("message_age_timer", p.message_age_timer);
    show.timer("forward_delay_timer", p.forward_delay_timer);
    let word = "topology_change_ack";
    show.number(word, word, p.topology_change_ack);
    show.number("config_pending", "config_pending", p.config_pending);
    show.on_off("proxy_arp", "proxy_arp", p.proxy_arp);
    show.on_off("proxy_arp_wifi", "proxy_arp_wifi", p.proxy_arp_wifi);
    show.number("multicast_router", "mcast_router", p.mcast_router);
    if let Some(fast) = p.fast_leave {
        // The same setting by its other name; JSON has it once.
        let text = if fast != 0 { "on " } else { "off " };
        show.out.text(("mcast_fast_leave ", text));
    }
    show.on_off("mcast_flood", "mcast_flood", p.mcast_flood);
    show.on_off("bcast_flood", "bcast_flood", p.bcast_flood);
    show.on_off("mcast_to_unicast", "mcast_to_unicast", p.mcast_to_unicast);
    show.on_off("neigh_suppress", "neigh_suppress", p.neigh_suppress);
    if let Some(mask) = p.group_fwd_mask {
        show.hex("group_fwd_mask", "group_fwd_mask", Some(mask));
        let groups = Groups(mask);
        let word = "group_fwd_mask_str";
        show.word(word, word, format_args!("{groups}"));
    }
    show.on_off("vlan_tunnel", "vlan_tunnel", p.vlan_tunnel);
    show.on_off("isolated", "isolated", p.isolated);
    show.on_off("locked", "locked", p.locked);
    match p.backup_port {
        Some(0) => show.word("backup_port", "backup_port", format_args!("*")),
        Some(index) => show.device("backup_port", "backup_port", index),
        None => {}
    }
}

/// Which groups of 01:80:c2:00:00:0X are forwarded, those with a name by it.
struct Groups(u16);

impl fmt::Display for Groups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0x0");
        }
        let mut comma = "";
        for bit in (0..16).map(|i| 1u16 << i).filter(|bit| self.0 & bit != 0) {
            f.write_str(comma)?;
            match bit {
                0x0001 => f.write_str("stp")?,
                0x0004 => f.write_str("lacp")?,
                0x4000 => f.write_str("lldp")?,
                _ => write!(f, "{bit:#x}")?,
            }
            comma = ",";
        }
        Ok(())
    }
}
