//! What `-d` says about a link's kind, and about the link as a port of another.

mod bridge;
mod bridge_port;
mod ipvlan;
mod macvlan;
mod tun;
mod tunnel;
mod vlan;

use super::Show;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::Link;
use netlink_raw::route::link::view::{Vrf, VrfPort};

/// Shows the attributes of one kind.
type Shows = fn(&mut Show<'_>, Attr<'_>);

fn shows_kind(kind: &[u8]) -> Option<Shows> {
    Some(match kind {
        b"bridge" => bridge::bridge,
        b"geneve" => tunnel::geneve,
        b"ipvlan" | b"ipvtap" => ipvlan::ipvlan,
        b"macvlan" | b"macvtap" => macvlan::macvlan,
        b"tun" => tun::tun,
        b"vlan" => vlan::vlan,
        b"vrf" => |show, data| show.number("table", "table", Vrf::parse(data).table),
        b"vxlan" => tunnel::vxlan,
        _ => return None,
    })
}

fn shows_port(kind: &[u8]) -> Option<Shows> {
    Some(match kind {
        b"bridge" => bridge_port::bridge_port,
        b"vrf" => |show, data| show.number("table", "table", VrfPort::parse(data).table),
        _ => return None,
    })
}

/// The line of the kind and that of the port; a kind not known here is named, no more.
pub(super) fn info(show: &mut Show<'_>, link: &Link<'_>) {
    if link.kind.is_none() && link.port_kind.is_none() {
        return;
    }
    show.out.open_object_of("linkinfo");
    if let Some(kind) = link.kind {
        show.out.sl();
        show.out.field("info_kind", kind, ("    ", kind, " "));
        of_kind(show, "info_data", shows_kind(kind), link.data);
    }
    if let Some(kind) = link.port_kind {
        show.out.sl();
        show.out
            .field("info_slave_kind", kind, ("    ", kind, "_slave "));
        of_kind(show, "info_slave_data", shows_port(kind), link.port_data);
    }
    show.out.close_object();
}

fn of_kind(show: &mut Show<'_>, key: &str, shows: Option<Shows>, data: Option<Attr<'_>>) {
    let Some(shows) = shows else { return };
    show.out.open_object_of(key);
    if let Some(data) = data {
        shows(show, data);
    }
    show.out.close_object();
}
