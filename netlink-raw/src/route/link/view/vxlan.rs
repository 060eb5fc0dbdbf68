//! A VXLAN device (`IFLA_VXLAN_*`).

use super::{be16, be32, view};
use crate::schema::kinds::*;
use crate::wire::VxlanPortRange;
use core::net::IpAddr;

view! {
    /// What a VXLAN device is set to. Settings of one byte are 0 or 1 where nothing else is said.
    pub struct Vxlan<'a> {
        /// VXLAN network identifier.
        id: u32 = IFLA_VXLAN_ID,
        /// The remote end, or a multicast group.
        group: IpAddr = IFLA_VXLAN_GROUP,
        /// The same, of IPv6.
        group6: IpAddr = IFLA_VXLAN_GROUP6,
        /// Index of the link below.
        link: u32 = IFLA_VXLAN_LINK,
        /// Source address.
        local: IpAddr = IFLA_VXLAN_LOCAL,
        /// Source address of IPv6.
        local6: IpAddr = IFLA_VXLAN_LOCAL6,
        /// Hop limit; 0 is the route's.
        ttl: u8 = IFLA_VXLAN_TTL,
        /// Type of service; 1 is the inner packet's.
        tos: u8 = IFLA_VXLAN_TOS,
        /// Source addresses are learnt.
        learning: u8 = IFLA_VXLAN_LEARNING,
        /// Seconds after which a forwarding entry that is not used goes.
        ageing: u32 = IFLA_VXLAN_AGEING,
        /// Most forwarding entries; 0 is no limit.
        limit: u32 = IFLA_VXLAN_LIMIT,
        /// UDP source ports.
        port_range: VxlanPortRange = IFLA_VXLAN_PORT_RANGE,
        /// ARP is answered from what is known.
        proxy: u8 = IFLA_VXLAN_PROXY,
        /// Frames for a router go to the final host at once.
        rsc: u8 = IFLA_VXLAN_RSC,
        /// Unknown link-layer addresses are told by netlink.
        l2miss: u8 = IFLA_VXLAN_L2MISS,
        /// Unknown addresses are told by netlink.
        l3miss: u8 = IFLA_VXLAN_L3MISS,
        /// UDP destination port.
        port: u16 = IFLA_VXLAN_PORT by be16,
        /// UDP checksums over IPv4.
        udp_csum: u8 = IFLA_VXLAN_UDP_CSUM,
        /// No UDP checksums over IPv6.
        udp_zero_csum6_tx: u8 = IFLA_VXLAN_UDP_ZERO_CSUM6_TX,
        /// None are asked for over IPv6.
        udp_zero_csum6_rx: u8 = IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
        /// Remote checksum offload, sent.
        remcsum_tx: u8 = IFLA_VXLAN_REMCSUM_TX,
        /// Remote checksum offload, received.
        remcsum_rx: u8 = IFLA_VXLAN_REMCSUM_RX,
        /// Tunnel metadata comes with each packet.
        collect_metadata: u8 = IFLA_VXLAN_COLLECT_METADATA,
        /// IPv6 flow label, host byte order.
        label: u32 = IFLA_VXLAN_LABEL by be32,
        /// The hop limit is the inner packet's.
        ttl_inherit: u8 = IFLA_VXLAN_TTL_INHERIT,
        /// The do-not-fragment bit: 0 unset, 1 set, 2 the inner packet's.
        df: u8 = IFLA_VXLAN_DF,
        /// Network identifiers are filtered.
        vnifilter: u8 = IFLA_VXLAN_VNIFILTER,
        /// Packets to this host take a short way.
        localbypass: u8 = IFLA_VXLAN_LOCALBYPASS,
        /// How the flow label is chosen: `VXLAN_LABEL_*`.
        label_policy: u32 = IFLA_VXLAN_LABEL_POLICY,
        /// Multicast packets are routed.
        mc_route: u8 = IFLA_VXLAN_MC_ROUTE,
        ;
        /// Group based policy.
        gbp = IFLA_VXLAN_GBP,
        /// Remote checksum offload is never partial.
        remcsum_nopartial = IFLA_VXLAN_REMCSUM_NOPARTIAL,
        /// Generic protocol extension.
        gpe = IFLA_VXLAN_GPE,
    }
}
