//! A link as the kernel describes it (`RTM_NEWLINK`), read in one pass.

mod bridge;
mod bridge_port;
mod brief;
mod ipvlan;
mod kind;
mod macvlan;
mod options;
mod property;
mod request;
mod set_port;
#[cfg(test)]
mod tests;
mod veth;
pub mod view;
mod vlan;
mod vrf;
mod vxlan;

pub use bridge::BridgeOptions;
pub use bridge_port::BridgePortOptions;
pub use brief::Brief;
pub use ipvlan::*;
pub use kind::Kind;
pub use macvlan::*;
pub use property::LinkProperty;
pub use request::{
    DelLink, GetLink, LinkRequest, Netns, ProtoDownReason, RTEXT_FILTER_BRVLAN,
    RTEXT_FILTER_BRVLAN_COMPRESSED, RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF,
};
pub use set_port::SetPort;
pub use veth::Peer;
pub use vlan::*;
pub use vrf::VrfOptions;
pub use vxlan::*;

use crate::decode::{Attr, Attrs, Malformed, MessageRef};
use crate::error::DecodeError;
use crate::schema::link::*;
use crate::wire::{IfInfoMsg, LinkIfMap, LinkStats, LinkStats64};

/// `IF_OPER_UP`: a link can be used (RFC 2863).
pub const IF_OPER_UP: u8 = 6;

/// A link. Strings are bytes: the kernel does not promise UTF-8. Lengths and rates are in the units of
/// `linux/if_link.h`; an absent attribute is `None`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Link<'a> {
    /// `AF_UNSPEC`, or `AF_BRIDGE` for a bridge's view of a port.
    pub family: u8,
    /// Hardware type, `ARPHRD_*`.
    pub hardware: u16,
    /// Interface index.
    pub index: i32,
    /// `IFF_*`.
    pub flags: u32,
    /// Name.
    pub name: Option<&'a [u8]>,
    /// Link-layer address.
    pub address: Option<&'a [u8]>,
    /// Link-layer broadcast address, or a tunnel's remote end.
    pub broadcast: Option<&'a [u8]>,
    /// Link-layer address the hardware came with.
    pub perm_address: Option<&'a [u8]>,
    /// MTU in bytes.
    pub mtu: Option<u32>,
    /// Smallest MTU in bytes.
    pub min_mtu: Option<u32>,
    /// Largest MTU in bytes; 0 is no limit.
    pub max_mtu: Option<u32>,
    /// Index of the link below it, or of its peer.
    pub link: Option<u32>,
    /// The namespace in which [`link`](Self::link) counts, if it is not this one.
    pub link_netnsid: Option<i32>,
    /// Queueing discipline.
    pub qdisc: Option<&'a [u8]>,
    /// Index of its master.
    pub master: Option<u32>,
    /// Length of the transmit queue, packets.
    pub txqlen: Option<u32>,
    /// `IF_OPER_*` (RFC 2863): [`IF_OPER_UP`] and others.
    pub operstate: Option<u8>,
    /// `IF_LINK_MODE_*`.
    pub linkmode: Option<u8>,
    /// Whether it has carrier.
    pub carrier: Option<u8>,
    /// Times the carrier changed.
    pub carrier_changes: Option<u32>,
    /// Times it came.
    pub carrier_up_count: Option<u32>,
    /// Times it went.
    pub carrier_down_count: Option<u32>,
    /// Group.
    pub group: Option<u32>,
    /// Users of promiscuous mode.
    pub promiscuity: Option<u32>,
    /// Users of all-multicast mode.
    pub allmulti: Option<u32>,
    /// Alias.
    pub alias: Option<&'a [u8]>,
    /// Transmit queues.
    pub num_tx_queues: Option<u32>,
    /// Receive queues.
    pub num_rx_queues: Option<u32>,
    /// Largest GSO packet, bytes.
    pub gso_max_size: Option<u32>,
    /// Most GSO segments.
    pub gso_max_segs: Option<u32>,
    /// Largest GRO packet, bytes.
    pub gro_max_size: Option<u32>,
    /// Largest GSO packet of IPv4, bytes.
    pub gso_ipv4_max_size: Option<u32>,
    /// Largest GRO packet of IPv4, bytes.
    pub gro_ipv4_max_size: Option<u32>,
    /// Largest TSO packet, bytes.
    pub tso_max_size: Option<u32>,
    /// Most TSO segments.
    pub tso_max_segs: Option<u32>,
    /// Whether a protocol holds it down.
    pub proto_down: Option<u8>,
    /// Why: attributes of [`PROTO_DOWN_REASON`].
    pub proto_down_reason: Option<Attr<'a>>,
    /// Id of the physical port.
    pub phys_port_id: Option<&'a [u8]>,
    /// Name of the physical port.
    pub phys_port_name: Option<&'a [u8]>,
    /// Id of the switch it belongs to.
    pub phys_switch_id: Option<&'a [u8]>,
    /// Device on the parent bus.
    pub parent_dev_name: Option<&'a [u8]>,
    /// The parent bus.
    pub parent_dev_bus_name: Option<&'a [u8]>,
    /// Bytes kept free in front of a packet.
    pub headroom: Option<u16>,
    /// Bytes kept free behind a packet.
    pub tailroom: Option<u16>,
    /// How far ahead the device paces by itself, nanoseconds.
    pub max_pacing_offload_horizon: Option<u32>,
    /// Whether it can't be moved to another namespace.
    pub netns_immutable: Option<u8>,
    /// Resources of the hardware.
    pub map: Option<LinkIfMap>,
    /// Counters.
    pub stats: Option<LinkStats64>,
    /// The same, cut to 32 bits.
    pub stats32: Option<LinkStats>,
    /// Virtual functions.
    pub num_vf: Option<u32>,
    /// Each of them: see [`view::Vf::all`].
    pub vf_list: Option<Attr<'a>>,
    /// Programs on it: attributes of [`XDP`].
    pub xdp: Option<Attr<'a>>,
    /// Its port of a devlink device.
    pub devlink_port: Option<Attr<'a>>,
    /// Its pin of a digital phase-locked loop.
    pub dpll_pin: Option<Attr<'a>>,
    /// Protocol-specific settings: for family `AF_BRIDGE` the port's.
    pub protinfo: Option<Attr<'a>>,
    /// Settings a family ([`view::AfSpec`]), or of a bridge for family `AF_BRIDGE`.
    pub af_spec: Option<Attr<'a>>,
    /// Other names: attributes of [`PROPERTIES`].
    pub properties: Option<Attr<'a>>,
    /// In events: why it was sent.
    pub event: Option<u32>,
    /// In events: the id of the namespace it moved to.
    pub new_netnsid: Option<i32>,
    /// In events: its index there.
    pub new_index: Option<u32>,
    /// Id of the namespace that was asked about.
    pub if_netnsid: Option<i32>,
    /// Its kind: `veth`, `bridge`, …
    pub kind: Option<&'a [u8]>,
    /// What belongs to its kind.
    pub data: Option<Attr<'a>>,
    /// Its kind as a port: `bridge`, `vrf`, …
    pub port_kind: Option<&'a [u8]>,
    /// What belongs to it as a port.
    pub port_data: Option<Attr<'a>>,
    /// What could not be read.
    pub malformed: Malformed,
    raw: Option<Attrs<'a>>,
}

impl<'a> Link<'a> {
    /// Reads a message of type `RTM_NEWLINK` or `RTM_DELLINK`.
    ///
    /// # Errors
    /// Only when there is no `ifinfomsg`; what else can't be read is in [`malformed`](Self::malformed).
    #[inline]
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<IfInfoMsg>()?;
        let mut link = Self {
            family: head.family,
            hardware: head.kind,
            index: head.index,
            flags: head.flags,
            raw: Some(attrs.clone()),
            ..Self::default()
        };
        link.fill(attrs);
        Ok(link)
    }

    /// A call of its own, so that the view, over a kilobyte, is filled in where the caller keeps it.
    #[inline(never)]
    fn fill(&mut self, attrs: Attrs<'a>) {
        let mut bad = Malformed::default();
        for attr in attrs {
            if let Some(attr) = bad.note(attr) {
                self.take(attr, &mut bad);
            }
        }
        self.malformed = bad;
    }

    fn take(&mut self, attr: Attr<'a>, bad: &mut Malformed) {
        match attr.kind {
            IFLA_IFNAME => self.name = Some(attr.c_str()),
            IFLA_ADDRESS => self.address = Some(attr.value),
            IFLA_BROADCAST => self.broadcast = Some(attr.value),
            IFLA_PERM_ADDRESS => self.perm_address = Some(attr.value),
            IFLA_MTU => self.mtu = bad.note(attr.read()),
            IFLA_MIN_MTU => self.min_mtu = bad.note(attr.read()),
            IFLA_MAX_MTU => self.max_mtu = bad.note(attr.read()),
            IFLA_LINK => self.link = bad.note(attr.read()),
            IFLA_LINK_NETNSID => self.link_netnsid = bad.note(attr.read()),
            IFLA_QDISC => self.qdisc = Some(attr.c_str()),
            IFLA_MASTER => self.master = bad.note(attr.read()),
            IFLA_TXQLEN => self.txqlen = bad.note(attr.read()),
            IFLA_OPERSTATE => self.operstate = bad.note(attr.read()),
            IFLA_LINKMODE => self.linkmode = bad.note(attr.read()),
            IFLA_CARRIER => self.carrier = bad.note(attr.read()),
            IFLA_CARRIER_CHANGES => self.carrier_changes = bad.note(attr.read()),
            IFLA_CARRIER_UP_COUNT => self.carrier_up_count = bad.note(attr.read()),
            IFLA_CARRIER_DOWN_COUNT => self.carrier_down_count = bad.note(attr.read()),
            IFLA_GROUP => self.group = bad.note(attr.read()),
            IFLA_PROMISCUITY => self.promiscuity = bad.note(attr.read()),
            IFLA_ALLMULTI => self.allmulti = bad.note(attr.read()),
            IFLA_IFALIAS => self.alias = Some(attr.c_str()),
            IFLA_NUM_TX_QUEUES => self.num_tx_queues = bad.note(attr.read()),
            IFLA_NUM_RX_QUEUES => self.num_rx_queues = bad.note(attr.read()),
            IFLA_GSO_MAX_SIZE => self.gso_max_size = bad.note(attr.read()),
            IFLA_GSO_MAX_SEGS => self.gso_max_segs = bad.note(attr.read()),
            IFLA_GRO_MAX_SIZE => self.gro_max_size = bad.note(attr.read()),
            IFLA_GSO_IPV4_MAX_SIZE => self.gso_ipv4_max_size = bad.note(attr.read()),
            IFLA_GRO_IPV4_MAX_SIZE => self.gro_ipv4_max_size = bad.note(attr.read()),
            IFLA_TSO_MAX_SIZE => self.tso_max_size = bad.note(attr.read()),
            IFLA_TSO_MAX_SEGS => self.tso_max_segs = bad.note(attr.read()),
            IFLA_PROTO_DOWN => self.proto_down = bad.note(attr.read()),
            IFLA_PROTO_DOWN_REASON => self.proto_down_reason = Some(attr),
            IFLA_PHYS_PORT_ID => self.phys_port_id = Some(attr.value),
            IFLA_PHYS_PORT_NAME => self.phys_port_name = Some(attr.c_str()),
            IFLA_PHYS_SWITCH_ID => self.phys_switch_id = Some(attr.value),
            IFLA_PARENT_DEV_NAME => self.parent_dev_name = Some(attr.c_str()),
            IFLA_PARENT_DEV_BUS_NAME => self.parent_dev_bus_name = Some(attr.c_str()),
            IFLA_STATS64 => self.stats = Some(attr.read_grown()),
            IFLA_STATS => self.stats32 = Some(attr.read_grown()),
            IFLA_MAP => self.map = bad.note(attr.read()),
            IFLA_HEADROOM => self.headroom = bad.note(attr.read()),
            IFLA_TAILROOM => self.tailroom = bad.note(attr.read()),
            IFLA_NETNS_IMMUTABLE => self.netns_immutable = bad.note(attr.read()),
            IFLA_MAX_PACING_OFFLOAD_HORIZON => {
                self.max_pacing_offload_horizon = bad.note(attr.read());
            }
            IFLA_DEVLINK_PORT => self.devlink_port = Some(attr),
            IFLA_DPLL_PIN => self.dpll_pin = Some(attr),
            IFLA_NUM_VF => self.num_vf = bad.note(attr.read()),
            IFLA_VFINFO_LIST => self.vf_list = Some(attr),
            IFLA_XDP => self.xdp = Some(attr),
            IFLA_PROTINFO => self.protinfo = Some(attr),
            IFLA_AF_SPEC => self.af_spec = Some(attr),
            IFLA_PROP_LIST => self.properties = Some(attr),
            IFLA_EVENT => self.event = bad.note(attr.read()),
            IFLA_NEW_NETNSID => self.new_netnsid = bad.note(attr.read()),
            IFLA_NEW_IFINDEX => self.new_index = bad.note(attr.read()),
            IFLA_IF_NETNSID => self.if_netnsid = bad.note(attr.read()),
            IFLA_LINKINFO => {
                for inner in attr.nested() {
                    match bad.note(inner) {
                        Some(a) if a.kind == IFLA_INFO_KIND => self.kind = Some(a.c_str()),
                        Some(a) if a.kind == IFLA_INFO_DATA => self.data = Some(a),
                        Some(a) if a.kind == IFLA_INFO_SLAVE_KIND => {
                            self.port_kind = Some(a.c_str());
                        }
                        Some(a) if a.kind == IFLA_INFO_SLAVE_DATA => self.port_data = Some(a),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Every attribute as it came, known or not.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.raw.clone().unwrap_or(Attrs::new(&[]))
    }

    /// The other names of the link.
    pub fn altnames(&self) -> impl Iterator<Item = &'a [u8]> {
        self.properties
            .into_iter()
            .flat_map(|list| list.nested().valid())
            .filter(|attr| attr.kind == IFLA_ALT_IFNAME)
            .map(|attr| attr.c_str())
    }
}
