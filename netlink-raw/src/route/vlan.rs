//! VLANs of bridge ports, as messages about links of family `AF_BRIDGE` carry them.
//!
//! The kernel's side is `net/bridge/br_netlink.c` and `br_netlink_tunnel.c`; the numbers are those of
//! `linux/if_bridge.h`. What only the VLAN database knows is in [`vlan_db`](super::vlan_db).

use crate::decode::{Attr, Malformed};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::bridge::*;
use crate::schema::link::IFLA_AF_SPEC;
use crate::schema::{RTM_DELLINK, RTM_SETLINK};
use crate::wire::{BridgeVlanInfo, IfInfoMsg};

/// `BRIDGE_FLAGS_MASTER`: the bridge that the port belongs to does it.
pub const BRIDGE_FLAGS_MASTER: u16 = 1;
/// `BRIDGE_FLAGS_SELF`: the device itself does it.
pub const BRIDGE_FLAGS_SELF: u16 = 2;

/// `BRIDGE_VLAN_INFO_MASTER`: of the bridge device too.
pub const BRIDGE_VLAN_INFO_MASTER: u16 = 1;
/// `BRIDGE_VLAN_INFO_PVID`: untagged frames come in as of this VLAN.
pub const BRIDGE_VLAN_INFO_PVID: u16 = 2;
/// `BRIDGE_VLAN_INFO_UNTAGGED`: its frames go out untagged.
pub const BRIDGE_VLAN_INFO_UNTAGGED: u16 = 4;
/// `BRIDGE_VLAN_INFO_RANGE_BEGIN`: the first of a range, the next is its last.
pub const BRIDGE_VLAN_INFO_RANGE_BEGIN: u16 = 8;
/// `BRIDGE_VLAN_INFO_RANGE_END`: the last of a range.
pub const BRIDGE_VLAN_INFO_RANGE_END: u16 = 16;
/// `BRIDGE_VLAN_INFO_ONLY_OPTS`: change options and nothing else.
pub const BRIDGE_VLAN_INFO_ONLY_OPTS: u16 = 64;

/// A VLAN of a port, or a range of them: to be added ([`AddPortVlan`]) or removed ([`DelPortVlan`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct PortVlan {
    /// Index of the port.
    pub index: i32,
    /// `BRIDGE_FLAGS_*`; `None` is the bridge.
    pub bridge_flags: Option<u16>,
    /// The VLAN, or the first of them.
    pub vid: u16,
    /// The last of them.
    pub last: Option<u16>,
    /// `BRIDGE_VLAN_INFO_PVID`, `BRIDGE_VLAN_INFO_UNTAGGED`.
    pub flags: u16,
    /// Id of the tunnel that the (first) VLAN goes through, and that of the last.
    pub tunnel: Option<(u32, Option<u32>)>,
}

impl PortVlan {
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfInfoMsg {
            family: libc::AF_BRIDGE as u8,
            index: self.index,
            ..IfInfoMsg::default()
        });
        body.container(IFLA_AF_SPEC, |w| {
            w.put_opt(IFLA_BRIDGE_FLAGS, self.bridge_flags);
            let Some(last) = self.last else {
                self.one(w, self.vid, self.tunnel.map(|(id, _)| id), 0);
                return;
            };
            let ids = self.tunnel;
            let begin = BRIDGE_VLAN_INFO_RANGE_BEGIN;
            self.one(w, self.vid, ids.map(|(id, _)| id), begin);
            let last_id = ids.map(|(id, last)| last.unwrap_or(id));
            self.one(w, last, last_id, BRIDGE_VLAN_INFO_RANGE_END);
        });
    }

    fn one(&self, w: &mut AttrWriter<'_>, vid: u16, tunnel: Option<u32>, range: u16) {
        let flags = self.flags | range;
        match tunnel {
            Some(id) => w.container(IFLA_BRIDGE_VLAN_TUNNEL_INFO, |w| {
                w.put(IFLA_BRIDGE_VLAN_TUNNEL_ID, id)
                    .put(IFLA_BRIDGE_VLAN_TUNNEL_VID, vid)
                    .put(IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, flags);
            }),
            None => w.put(IFLA_BRIDGE_VLAN_INFO, BridgeVlanInfo { flags, vid }),
        };
    }
}

/// Adds VLANs to a port, or changes their flags.
#[derive(Clone, Copy, Debug, Default)]
pub struct AddPortVlan(pub PortVlan);

impl Message for AddPortVlan {
    fn kind(&self) -> u16 {
        RTM_SETLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.0.encode(body);
    }
}

/// Removes VLANs from a port.
#[derive(Clone, Copy, Debug, Default)]
pub struct DelPortVlan(pub PortVlan);

impl Message for DelPortVlan {
    fn kind(&self) -> u16 {
        RTM_DELLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.0.encode(body);
    }
}

/// A VLAN and the tunnel it goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VlanTunnel {
    /// The tunnel's id.
    pub id: Option<u32>,
    /// The VLAN.
    pub vid: Option<u16>,
    /// `BRIDGE_VLAN_INFO_*`: one of a range.
    pub flags: u16,
    /// What could not be read.
    pub malformed: Malformed,
}

impl VlanTunnel {
    fn read(attr: Attr<'_>) -> Self {
        let mut tunnel = Self::default();
        let mut bad = Malformed::default();
        for attr in attr.nested() {
            let Some(a) = bad.note(attr) else { continue };
            match a.kind {
                IFLA_BRIDGE_VLAN_TUNNEL_ID => tunnel.id = bad.note(a.read()),
                IFLA_BRIDGE_VLAN_TUNNEL_VID => tunnel.vid = bad.note(a.read()),
                IFLA_BRIDGE_VLAN_TUNNEL_FLAGS => {
                    tunnel.flags = bad.note(a.read()).unwrap_or_default();
                }
                _ => {}
            }
        }
        tunnel.malformed = bad;
        tunnel
    }
}

/// The VLANs of a port: of [`Link::af_spec`](super::link::Link::af_spec), in the kernel's order.
pub fn port_vlans<'a>(
    af_spec: Attr<'a>,
) -> impl Iterator<Item = Result<BridgeVlanInfo, DecodeError>> + 'a {
    let vlans = af_spec.nested().valid();
    vlans
        .filter(|a| a.kind == IFLA_BRIDGE_VLAN_INFO)
        .map(|a| a.read())
}

/// The tunnels of a port's VLANs, likewise.
pub fn port_tunnels<'a>(af_spec: Attr<'a>) -> impl Iterator<Item = VlanTunnel> + 'a {
    let tunnels = af_spec.nested().valid();
    tunnels
        .filter(|a| a.kind == IFLA_BRIDGE_VLAN_TUNNEL_INFO)
        .map(VlanTunnel::read)
}

#[cfg(test)]
mod tests;
