//! vxlan: Ethernet in UDP (RFC 7348).

use super::options::options;
use crate::encode::AttrWriter;
use crate::schema::kinds::*;
use crate::wire::VxlanPortRange;
use std::net::IpAddr;

options! {
    /// Settings of a VXLAN link.
    pub VxlanOptions {
        /// Network identifier, 24 bits.
        id: u32 as Host = IFLA_VXLAN_ID,
        /// Index of the link that carries it.
        link: u32 as Host = IFLA_VXLAN_LINK,
        /// Time to live of the outer packet; 0 lets the kernel choose.
        ttl: u8 as Host = IFLA_VXLAN_TTL,
        /// Time to live as in the inner packet.
        ttl_inherit: bool as Flag = IFLA_VXLAN_TTL_INHERIT,
        /// Type of service of the outer packet; 1 is that of the inner packet.
        tos: u8 as Host = IFLA_VXLAN_TOS,
        /// Don't-fragment bit of the outer packet: `VXLAN_DF_*`.
        df: u8 as Host = IFLA_VXLAN_DF,
        /// Flow label of the outer packet, 20 bits, in host byte order.
        label: u32 as Be32 = IFLA_VXLAN_LABEL,
        /// Learn addresses from packets.
        learning: bool as Switch = IFLA_VXLAN_LEARNING,
        /// Seconds a learnt address is kept.
        ageing: u32 as Host = IFLA_VXLAN_AGEING,
        /// Most addresses; 0 is no limit.
        limit: u32 as Host = IFLA_VXLAN_LIMIT,
        /// UDP ports to send from.
        port_range: VxlanPortRange as Host = IFLA_VXLAN_PORT_RANGE,
        /// UDP port to send to and listen at, in host byte order.
        port: u16 as Be16 = IFLA_VXLAN_PORT,
        /// Answer ARP for others.
        proxy: bool as Switch = IFLA_VXLAN_PROXY,
        /// Route short circuit.
        rsc: bool as Switch = IFLA_VXLAN_RSC,
        /// Report unknown link-layer addresses.
        l2miss: bool as Switch = IFLA_VXLAN_L2MISS,
        /// Report unknown IP addresses.
        l3miss: bool as Switch = IFLA_VXLAN_L3MISS,
        /// UDP checksums over IPv4.
        udp_csum: bool as Switch = IFLA_VXLAN_UDP_CSUM,
        /// No UDP checksums over IPv6 when sending.
        udp_zero_csum6_tx: bool as Switch = IFLA_VXLAN_UDP_ZERO_CSUM6_TX,
        /// Take packets without UDP checksum over IPv6.
        udp_zero_csum6_rx: bool as Switch = IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
        /// Remote checksum offload when sending.
        remcsum_tx: bool as Switch = IFLA_VXLAN_REMCSUM_TX,
        /// Remote checksum offload when receiving.
        remcsum_rx: bool as Switch = IFLA_VXLAN_REMCSUM_RX,
        /// Each packet says where it goes (`external`).
        collect_metadata: bool as Switch = IFLA_VXLAN_COLLECT_METADATA,
        /// Group policy extension.
        gbp: bool as Flag = IFLA_VXLAN_GBP,
        /// Generic protocol extension.
        gpe: bool as Flag = IFLA_VXLAN_GPE,
        /// Many network identifiers on one link, filtered.
        vnifilter: bool as Switch = IFLA_VXLAN_VNIFILTER,
        /// Hand local packets over directly (Linux 6.5).
        localbypass: bool as Switch = IFLA_VXLAN_LOCALBYPASS,
    }
    extra {
        /// The other end, or a multicast group.
        remote: Option<IpAddr>,
        /// Source address.
        local: Option<IpAddr>,
    } addresses
}

/// `VXLAN_DF_UNSET`: packets may be fragmented.
pub const VXLAN_DF_UNSET: u8 = 0;
/// `VXLAN_DF_SET`: they may not.
pub const VXLAN_DF_SET: u8 = 1;
/// `VXLAN_DF_INHERIT`: as the inner packet says.
pub const VXLAN_DF_INHERIT: u8 = 2;

fn addresses(options: &VxlanOptions, w: &mut AttrWriter<'_>) {
    for (value, v4, v6) in [
        (options.local, IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6),
        (options.remote, IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6),
    ] {
        match value {
            Some(IpAddr::V4(ip)) => w.put(v4, ip.octets()),
            Some(IpAddr::V6(ip)) => w.put(v6, ip.octets()),
            None => continue,
        };
    }
}
