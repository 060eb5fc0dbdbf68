//! VLANs of ports and bridges, as `bridge vlan` shows them.

use super::link;
use crate::out::color::Color;
use crate::out::{Left, Out};
use netlink_raw::decode::Attr;
use netlink_raw::route::vlan::{
    BRIDGE_VLAN_INFO_PVID, BRIDGE_VLAN_INFO_RANGE_BEGIN, BRIDGE_VLAN_INFO_RANGE_END,
    BRIDGE_VLAN_INFO_UNTAGGED, port_tunnels, port_vlans,
};
use netlink_raw::route::vlan_db::{GlobalVlan, VlanEntry, VlanStats};
use netlink_raw::wire::BridgeVlanXstats;

/// Columns of a port's name: `IFNAMSIZ`, and two blanks.
const NAME: usize = libc::IFNAMSIZ + 2;
/// Columns of a VLAN, or a range of them, before its tunnel.
const RANGE: usize = 9;
/// What stands before the second line of a VLAN.
const INDENT: &str = "                    ";

/// The heading of a table.
pub fn heading(out: &mut Out, columns: &str) {
    out.text((Left(NAME, "port"), columns, "\n"));
}

/// One port's VLANs: the first line has its name, the others blanks in its place.
struct Table<'o> {
    out: &'o mut Out,
    name: &'o [u8],
    key: &'static str,
    opened: bool,
}

impl<'o> Table<'o> {
    fn new(out: &'o mut Out, name: &'o [u8], key: &'static str) -> Self {
        Self {
            out,
            name,
            key,
            opened: false,
        }
    }

    /// One VLAN, or a range of them.
    fn line(&mut self, inside: impl FnOnce(&mut Out)) {
        if self.opened {
            self.out.text(Left(NAME, ""));
        } else {
            self.opened = true;
            self.out.open_object();
            let text = Left(NAME, self.name);
            self.out.colored(Color::Ifname, "ifname", self.name, text);
            self.out.open_array(self.key);
        }
        self.out.object(inside);
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        if self.opened {
            self.out.close_array();
            self.out.close_object();
        }
    }
}

/// What to do with a VLAN of a sorted list when only one is wanted.
enum Wanted {
    /// Show it.
    Yes,
    /// It may still come.
    No,
    /// It won't come.
    NoMore,
}

/// As iproute2 has it: a range is shown at its last VLAN, and the first VLAN above the wanted one ends the search.
fn wanted(filter: Option<u16>, vid: u16, flags: u16) -> Wanted {
    let filter = filter.unwrap_or(0);
    if filter != 0 && vid > filter && flags & BRIDGE_VLAN_INFO_RANGE_END == 0 {
        return Wanted::NoMore;
    }
    match flags & BRIDGE_VLAN_INFO_RANGE_BEGIN != 0 || vid < filter {
        true => Wanted::No,
        false => Wanted::Yes,
    }
}

/// The VLANs of a port.
pub fn port(out: &mut Out, name: &[u8], spec: Attr<'_>, filter: Option<u16>) {
    let mut table = Table::new(out, name, "vlans");
    let mut first = 0;
    for vlan in port_vlans(spec).flatten() {
        if vlan.flags & BRIDGE_VLAN_INFO_RANGE_END == 0 {
            first = vlan.vid;
        }
        match wanted(filter, vlan.vid, vlan.flags) {
            Wanted::NoMore => break,
            Wanted::No => continue,
            Wanted::Yes => table.line(|out| {
                range(out, "vlan", first.into(), vlan.vid.into());
                flags(out, vlan.flags);
                out.sl();
            }),
        }
    }
}

/// The tunnels of a port's VLANs.
pub fn tunnels(out: &mut Out, name: &[u8], spec: Attr<'_>, filter: Option<u16>) {
    let mut table = Table::new(out, name, "tunnels");
    let (mut first, mut first_id) = (0, 0);
    for tunnel in port_tunnels(spec) {
        let Some(vid) = tunnel.vid else { continue };
        let id = tunnel.id.unwrap_or_default();
        if tunnel.flags & BRIDGE_VLAN_INFO_RANGE_END == 0 {
            (first, first_id) = (vid, id);
        }
        match wanted(filter, vid, tunnel.flags) {
            Wanted::NoMore => break,
            Wanted::No => continue,
            Wanted::Yes => table.line(|out| {
                let width = range(out, "vlan", first.into(), vid.into());
                out.text((Left(RANGE.saturating_sub(width), ""), "  "));
                range(out, "tunid", first_id, id);
                out.sl();
            }),
        }
    }
}

/// The VLANs of a port in the database, with their options.
pub fn entries<'a>(
    out: &mut Out,
    name: &[u8],
    all: impl Iterator<Item = VlanEntry<'a>>,
    filter: Option<u16>,
    stats: bool,
) {
    let mut table = Table::new(out, name, "vlans");
    for vlan in all {
        let Some(info) = vlan.info else { continue };
        let last = vlan.range.unwrap_or(info.vid);
        if !within(filter, info.vid, last) {
            continue;
        }
        table.line(|out| {
            range(out, "vlan", info.vid.into(), last.into());
            flags(out, info.flags);
            out.sl();
            out.text(INDENT);
            if let Some(state) = vlan.state {
                link::state(out, state);
            }
            if let Some(router) = vlan.mcast_router {
                out.field("mcast_router", router, ("mcast_router ", router, " "));
            }
            out.sl();
            if stats {
                let stats = vlan.stats.map(VlanStats::parse).unwrap_or_default();
                let count = |n: Option<u64>| n.unwrap_or_default();
                counters(
                    out,
                    [count(stats.rx_bytes), count(stats.rx_packets)],
                    [count(stats.tx_bytes), count(stats.tx_packets)],
                );
            }
        });
    }
}

/// The VLANs of a bridge, with their options.
pub fn globals<'a>(
    out: &mut Out,
    name: &[u8],
    all: impl Iterator<Item = GlobalVlan<'a>>,
    filter: Option<u16>,
) {
    let mut table = Table::new(out, name, "vlans");
    for vlan in all {
        let Some(vid) = vlan.vid else { continue };
        let last = vlan.range.unwrap_or(vid);
        if !within(filter, vid, last) {
            continue;
        }
        table.line(|out| {
            range(out, "vlan", vid.into(), last.into());
            out.sl();
            out.text(INDENT);
            global_options(out, &vlan);
            out.sl();
        });
    }
}

fn global_options(out: &mut Out, vlan: &GlobalVlan<'_>) {
    let byte = |value: Option<u8>| value.map(u64::from);
    let number = |value: Option<u32>| value.map(u64::from);
    for (key, value) in [
        ("mcast_snooping", byte(vlan.mcast_snooping)),
        ("mcast_querier", byte(vlan.mcast_querier)),
        ("mcast_igmp_version", byte(vlan.igmp_version)),
        ("mcast_mld_version", byte(vlan.mld_version)),
        ("mcast_last_member_count", number(vlan.last_member_count)),
        ("mcast_last_member_interval", vlan.last_member_interval),
        (
            "mcast_startup_query_count",
            number(vlan.startup_query_count),
        ),
        ("mcast_startup_query_interval", vlan.startup_query_interval),
        ("mcast_membership_interval", vlan.membership_interval),
        ("mcast_querier_interval", vlan.querier_interval),
        ("mcast_query_interval", vlan.query_interval),
        (
            "mcast_query_response_interval",
            vlan.query_response_interval,
        ),
    ] {
        if let Some(value) = value {
            out.field(key, value, (key, " ", value, " "));
        }
    }
}

/// The counters of a port's or a bridge's VLANs.
pub fn xstats(
    out: &mut Out,
    name: &[u8],
    all: impl Iterator<Item = BridgeVlanXstats>,
    filter: Option<u16>,
) {
    let mut table = Table::new(out, name, "vlans");
    for vlan in all {
        // They are sorted.
        match filter.filter(|f| *f != 0) {
            Some(filter) if vlan.vid < filter => continue,
            Some(filter) if vlan.vid > filter => break,
            _ => {}
        }
        table.line(|out| {
            out.field("vid", vlan.vid, vlan.vid);
            flags(out, vlan.flags);
            out.sl();
            let (rx, tx) = (
                [vlan.rx_bytes, vlan.rx_packets],
                [vlan.tx_bytes, vlan.tx_packets],
            );
            counters(out, rx, tx);
        });
    }
}

fn within(filter: Option<u16>, first: u16, last: u16) -> bool {
    match filter {
        None | Some(0) => true,
        Some(vid) => (first..=last).contains(&vid),
    }
}

/// `5`, or `5-9`: its width in columns.
fn range(out: &mut Out, key: &str, first: u32, last: u32) -> usize {
    let mut text = first.to_string();
    out.json(key, first);
    if first != last {
        out.json(&format!("{key}End"), last);
        text = format!("{first}-{last}");
    }
    out.text(text.as_str());
    text.len()
}

fn flags(out: &mut Out, flags: u16) {
    if flags == 0 {
        return;
    }
    out.array("flags", |out| {
        if flags & BRIDGE_VLAN_INFO_PVID != 0 {
            out.item("PVID", " PVID");
        }
        if flags & BRIDGE_VLAN_INFO_UNTAGGED != 0 {
            out.item("Egress Untagged", " Egress Untagged");
        }
    });
}

/// Bytes and packets received, and sent.
fn counters(out: &mut Out, rx: [u64; 2], tx: [u64; 2]) {
    let [bytes, packets] = rx;
    out.text(INDENT);
    out.field("rx_bytes", bytes, ("RX: ", bytes, " bytes"));
    out.field("rx_packets", packets, (" ", packets, " packets"));
    out.sl();
    let [bytes, packets] = tx;
    out.text(INDENT);
    out.field("tx_bytes", bytes, ("TX: ", bytes, " bytes"));
    out.field("tx_packets", packets, (" ", packets, " packets"));
    out.sl();
}

#[cfg(test)]
mod tests;
