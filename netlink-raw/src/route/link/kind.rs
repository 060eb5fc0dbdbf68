//! What a link is (`IFLA_LINKINFO`): its kind and the settings of it, or those of it as a port.

use super::{
    BridgeOptions, BridgePortOptions, IpvlanOptions, MacvlanOptions, Peer, VlanOptions, VrfOptions,
    VxlanOptions,
};
use crate::encode::AttrWriter;
use crate::schema::link::*;

/// What a link is to be, and what belongs to it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// A kind without settings, or with all of them left to the kernel: `dummy`, `ifb`, …
    Plain(&'a [u8]),
    /// One end of a virtual cable.
    Veth(Peer<'a>),
    /// A switch.
    Bridge(&'a BridgeOptions),
    /// A link with an address of its own on another.
    Macvlan(&'a MacvlanOptions<'a>),
    /// The same, with a character device.
    Macvtap(&'a MacvlanOptions<'a>),
    /// One VLAN of another link.
    Vlan(&'a VlanOptions<'a>),
    /// A VXLAN tunnel.
    Vxlan(&'a VxlanOptions),
    /// A link that shares the address of another.
    Ipvlan(&'a IpvlanOptions),
    /// The same, with a character device.
    Ipvtap(&'a IpvlanOptions),
    /// A routing domain.
    Vrf(&'a VrfOptions),
    /// The link stays what it is: these are its settings as a port of a bridge.
    BridgePort(&'a BridgePortOptions),
    /// The same, of a master of any kind and with no settings: its name, without `_slave`.
    PlainPort(&'a [u8]),
}

impl<'a> Kind<'a> {
    /// The kernel's name for the kind; for a port that of its master.
    #[must_use]
    pub fn name(&self) -> &'a [u8] {
        match self {
            Self::Plain(name) | Self::PlainPort(name) => name,
            Self::Veth(_) => b"veth",
            Self::Bridge(_) | Self::BridgePort(_) => b"bridge",
            Self::Macvlan(_) => b"macvlan",
            Self::Macvtap(_) => b"macvtap",
            Self::Vlan(_) => b"vlan",
            Self::Vxlan(_) => b"vxlan",
            Self::Ipvlan(_) => b"ipvlan",
            Self::Ipvtap(_) => b"ipvtap",
            Self::Vrf(_) => b"vrf",
        }
    }

    pub(super) fn encode(&self, w: &mut AttrWriter<'_>) {
        let (name, data) = match self {
            Self::BridgePort(_) | Self::PlainPort(_) => {
                (IFLA_INFO_SLAVE_KIND, IFLA_INFO_SLAVE_DATA)
            }
            _ => (IFLA_INFO_KIND, IFLA_INFO_DATA),
        };
        w.nest(IFLA_LINKINFO, |w| {
            w.str(name, self.name());
            match self {
                Self::Plain(_) | Self::PlainPort(_) => w,
                Self::Veth(peer) => w.nest(data, |w| peer.encode(w)),
                Self::Bridge(o) => w.nest(data, |w| o.encode(w)),
                Self::Macvlan(o) | Self::Macvtap(o) => w.nest(data, |w| o.encode(w)),
                Self::Vlan(o) => w.nest(data, |w| o.encode(w)),
                Self::Vxlan(o) => w.nest(data, |w| o.encode(w)),
                Self::Ipvlan(o) | Self::Ipvtap(o) => w.nest(data, |w| o.encode(w)),
                Self::Vrf(o) => w.nest(data, |w| o.encode(w)),
                Self::BridgePort(o) => w.nest(data, |w| o.encode(w)),
            };
        });
    }
}
