//! A GENEVE device (`IFLA_GENEVE_*`).

use super::{be16, be32, view};
use crate::schema::kinds::*;
use core::net::IpAddr;

view! {
    /// What a GENEVE device is set to. Settings of one byte are 0 or 1 where nothing else is said.
    pub struct Geneve<'a> {
        /// Virtual network identifier.
        id: u32 = IFLA_GENEVE_ID,
        /// The remote end.
        remote: IpAddr = IFLA_GENEVE_REMOTE,
        /// The remote end, of IPv6.
        remote6: IpAddr = IFLA_GENEVE_REMOTE6,
        /// Hop limit; 0 is the route's.
        ttl: u8 = IFLA_GENEVE_TTL,
        /// The hop limit is the inner packet's.
        ttl_inherit: u8 = IFLA_GENEVE_TTL_INHERIT,
        /// Type of service; 1 is the inner packet's.
        tos: u8 = IFLA_GENEVE_TOS,
        /// IPv6 flow label, host byte order.
        label: u32 = IFLA_GENEVE_LABEL by be32,
        /// UDP destination port.
        port: u16 = IFLA_GENEVE_PORT by be16,
        /// UDP checksums over IPv4.
        udp_csum: u8 = IFLA_GENEVE_UDP_CSUM,
        /// No UDP checksums over IPv6.
        udp_zero_csum6_tx: u8 = IFLA_GENEVE_UDP_ZERO_CSUM6_TX,
        /// None are asked for over IPv6.
        udp_zero_csum6_rx: u8 = IFLA_GENEVE_UDP_ZERO_CSUM6_RX,
        /// The do-not-fragment bit: 0 unset, 1 set, 2 the inner packet's.
        df: u8 = IFLA_GENEVE_DF,
        ;
        /// Tunnel metadata comes with each packet.
        collect_metadata = IFLA_GENEVE_COLLECT_METADATA,
        /// The inner protocol need not be Ethernet.
        inner_proto_inherit = IFLA_GENEVE_INNER_PROTO_INHERIT,
    }
}
