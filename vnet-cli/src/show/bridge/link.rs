//! Ports of bridges, as `bridge link` shows them.

use crate::options::Options;
use crate::out::Out;
use crate::show::link::{World, name_and_flags};
use netlink_raw::decode::Attr;
use netlink_raw::route::link::Link;
use netlink_raw::route::link::view::BridgePort;
use netlink_raw::schema::bridge::IFLA_BRIDGE_MODE;

/// `BR_STATE_*` of `linux/if_bridge.h`, by number.
pub const STATES: [&str; 5] = [
    "disabled",
    "listening",
    "learning",
    "forwarding",
    "blocking",
];

/// A port: a link of family `AF_BRIDGE`. The words of a change go into the object that is open.
pub fn port(
    out: &mut Out,
    options: &Options,
    link: &Link<'_>,
    world: &mut dyn World,
    deleted: bool,
) {
    if deleted {
        out.field("deleted", true, "Deleted ");
    }
    out.field("ifindex", link.index, (link.index, ": "));
    name_and_flags(out, options, link, world);
    if let Some(mtu) = link.mtu {
        out.field("mtu", mtu, ("mtu ", mtu, " "));
    }
    if let Some(master) = link.master {
        device(out, world, "master", master);
    }
    if let Some(protinfo) = link.protinfo {
        match protinfo.marked_nested {
            true => settings(out, options, &BridgePort::parse(protinfo), world),
            // Events of old kernels tell the state alone.
            false => {
                if let Ok(number) = protinfo.read() {
                    state(out, number);
                }
            }
        }
    }
    if let Some(mode) = link.af_spec.and_then(mode) {
        match mode {
            0 => out.field("hwmode", "VEB", "hwmode VEB "),
            1 => out.field("hwmode", "VEPA", "hwmode VEPA "),
            other => {
                let shown = format_args!("{other:#x}");
                out.field("hwmode", shown, ("hwmode ", shown, " "));
            }
        }
    }
    out.end_line();
}

fn mode(spec: Attr<'_>) -> Option<u16> {
    spec.nested().find(IFLA_BRIDGE_MODE)?.read().ok()
}

/// The name of another link.
fn device(out: &mut Out, world: &mut dyn World, key: &str, index: u32) {
    match world.link(index) {
        Some(known) => out.field(key, known.name, (key, " ", known.name, " ")),
        None => {
            let unknown = format_args!("if{index}");
            out.field(key, unknown, (key, " ", unknown, " "));
        }
    }
}

/// A state of the spanning tree.
pub(super) fn state(out: &mut Out, state: u8) {
    match STATES.get(usize::from(state)) {
        Some(name) => out.field("state", *name, ("state ", *name, " ")),
        None => out.field("state", state, ("state (", state, ") ")),
    }
}

fn settings(out: &mut Out, options: &Options, port: &BridgePort<'_>, world: &mut dyn World) {
    if let Some(number) = port.state {
        state(out, number);
    }
    if let Some(priority) = port.priority {
        out.field("priority", priority, ("priority ", priority, " "));
    }
    if let Some(cost) = port.cost {
        out.field("cost", cost, ("cost ", cost, " "));
    }
    if options.details == 0 {
        return;
    }
    out.sl();
    out.text("    ");
    let on_off = |out: &mut Out, key: &str, value: Option<u8>| {
        if let Some(value) = value {
            let word = if value != 0 { " on " } else { " off " };
            out.field(key, value != 0, (key, word));
        }
    };
    on_off(out, "hairpin", port.hairpin);
    on_off(out, "guard", port.guard);
    on_off(out, "root_block", port.root_block);
    on_off(out, "fastleave", port.fast_leave);
    on_off(out, "learning", port.learning);
    on_off(out, "learning_sync", port.learning_sync);
    on_off(out, "flood", port.unicast_flood);
    on_off(out, "mcast_flood", port.mcast_flood);
    on_off(out, "bcast_flood", port.bcast_flood);
    if let Some(router) = port.mcast_router {
        out.field("mcast_router", router, ("mcast_router ", router, " "));
    }
    on_off(out, "mcast_to_unicast", port.mcast_to_unicast);
    on_off(out, "neigh_suppress", port.neigh_suppress);
    on_off(out, "vlan_tunnel", port.vlan_tunnel);
    if let Some(backup) = port.backup_port {
        device(out, world, "backup_port", backup);
    }
    on_off(out, "isolated", port.isolated);
    on_off(out, "locked", port.locked);
}

#[cfg(test)]
mod tests;
