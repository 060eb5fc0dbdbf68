//! Forwarding entries, as `bridge fdb` shows them.

use crate::options::Options;
use crate::out::Out;
use crate::out::color::Color;
use crate::show::link::World;
use crate::show::link::names::Mac;
use netlink_raw::route::neigh::{
    NTF_EXT_LEARNED, NTF_EXT_LOCKED, NTF_MASTER, NTF_OFFLOADED, NTF_ROUTER, NTF_SELF, NTF_STICKY,
    NUD_NOARP, NUD_PERMANENT, NUD_REACHABLE, NUD_STALE, Neighbour,
};
use std::net::IpAddr;

/// Kernel ticks a second, as they are told to programs (`USER_HZ`).
const HZ: u32 = 100;

/// `NTF_*` in the order in which they are shown.
const FLAGS: [(u8, &str); 6] = [
    (NTF_SELF, "self"),
    (NTF_ROUTER, "router"),
    (NTF_EXT_LEARNED, "extern_learn"),
    (NTF_OFFLOADED, "offload"),
    (NTF_MASTER, "master"),
    (NTF_STICKY, "sticky"),
];

/// An entry. The device is left out when there can be only one.
pub fn entry(
    out: &mut Out,
    options: &Options,
    entry: &Neighbour<'_>,
    world: &mut dyn World,
    with_device: bool,
    deleted: bool,
) {
    if deleted {
        out.field("deleted", true, "Deleted ");
    }
    if let Some(bytes) = entry.lladdr {
        let mac = Mac(bytes);
        let mac = format_args!("{mac}");
        out.colored(Color::Mac, "mac", mac, (mac, " "));
    }
    if with_device && entry.index != 0 {
        out.text("dev ");
        let name = name(world, entry.index.cast_unsigned());
        let name = name.as_slice();
        out.colored(Color::Ifname, "ifname", name, (name, " "));
    }
    if let Some(address) = entry.destination {
        let color = match address {
            IpAddr::V4(_) => Color::Inet,
            IpAddr::V6(_) => Color::Inet6,
        };
        out.text("dst ");
        out.colored(color, "dst", address, (address, " "));
    }
    if let Some(vlan) = entry.vlan.filter(|v| *v != 0) {
        out.field("vlan", vlan, ("vlan ", vlan, " "));
    }
    if let Some(port) = entry.port {
        out.field("port", port, ("port ", port, " "));
    }
    if let Some(vni) = entry.vni {
        out.field("vni", vni, ("vni ", vni, " "));
    }
    if let Some(vni) = entry.src_vni {
        out.field("src_vni", vni, ("src_vni ", vni, " "));
    }
    match (entry.via, entry.link_netnsid) {
        (Some(index), Some(_)) => {
            out.field("viaIfIndex", index, ("via ifindex ", index, " "));
        }
        (Some(index), None) => {
            let name = name(world, index);
            let name = name.as_slice();
            out.field("viaIf", name, ("via ", name, " "));
        }
        (None, _) => {}
    }
    if let Some(id) = entry.nexthop {
        out.field("nhid", id, ("nhid ", id, " "));
    }
    if let Some(id) = entry.link_netnsid {
        out.field("linkNetNsId", id, ("link-netnsid ", id, " "));
    }
    if let Some(age) = entry.cacheinfo.filter(|_| options.stats > 0) {
        let (used, updated) = (age.used / HZ, age.updated / HZ);
        out.json("used", used);
        out.json("updated", updated);
        out.text(("used ", used, "/", updated, " "));
    }
    out.array("flags", |out| {
        for (bit, word) in FLAGS {
            if entry.flags & bit != 0 {
                out.item(word, (word, " "));
            }
        }
        if entry.flags_ext.unwrap_or(0) & NTF_EXT_LOCKED != 0 {
            out.item("locked", "locked ");
        }
    });
    if let Some(master) = entry.master {
        let name = name(world, master);
        let name = name.as_slice();
        out.field("master", name, ("master ", name, " "));
    }
    state(out, entry.state);
    out.end_line();
}

fn name(world: &mut dyn World, index: u32) -> Vec<u8> {
    match world.link(index) {
        Some(known) => known.name.to_vec(),
        None => format!("if{index}").into_bytes(),
    }
}

fn state(out: &mut Out, state: u16) {
    let known = [
        (NUD_PERMANENT, "permanent"),
        (NUD_NOARP, "static"),
        (NUD_STALE, "stale"),
        (NUD_REACHABLE, ""),
    ];
    match known.iter().find(|(bit, _)| state & bit != 0) {
        Some((_, word)) => out.field("state", *word, *word),
        None => {
            // printf's %#x has no 0x before a zero.
            let hex = match state {
                0 => "0".to_owned(),
                other => format!("{other:#x}"),
            };
            out.field("state", &hex, ("state=", hex.as_str()));
        }
    }
}

#[cfg(test)]
mod tests;
