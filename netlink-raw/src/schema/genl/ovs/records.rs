//! Structs of Open vSwitch.

use crate::schema::Value::*;
use crate::schema::layouts;

layouts! {
    /// Which switch is meant.
    pub HEADER = "ovs_header" {
        dp_ifindex: Index,
    }
    /// Counters of a switch.
    pub DP_STATS = "ovs_dp_stats" {
        n_hit: U64,
        n_missed: U64,
        n_lost: U64,
        n_flows: U64,
    }
    /// Counters of its masks.
    pub MEGAFLOW_STATS = "ovs_dp_megaflow_stats" {
        n_mask_hit: U64,
        n_masks: U32,
        pad0: U32,
        n_cache_hit: U64,
        pad1: U64,
    }
    /// Counters of a port.
    pub VPORT_STATS = "ovs_vport_stats" {
        rx_packets: U64,
        tx_packets: U64,
        rx_bytes: U64,
        tx_bytes: U64,
        rx_errors: U64,
        tx_errors: U64,
        rx_dropped: U64,
        tx_dropped: U64,
    }
    /// Counters of a flow.
    pub FLOW_STATS = "ovs_flow_stats" {
        n_packets: U64,
        n_bytes: U64,
    }
    /// Addresses of links.
    pub ETHERNET = "ovs_key_ethernet" {
        eth_src[6]: Mac,
        eth_dst[6]: Mac,
    }
    /// IPv4.
    pub IPV4 = "ovs_key_ipv4" {
        ipv4_src[4]: Ip,
        ipv4_dst[4]: Ip,
        ipv4_proto: U8,
        ipv4_tos: U8,
        ipv4_ttl: U8,
        ipv4_frag: U8,
    }
    /// IPv6.
    pub IPV6 = "ovs_key_ipv6" {
        ipv6_src[16]: Ip,
        ipv6_dst[16]: Ip,
        ipv6_label: Be32,
        ipv6_proto: U8,
        ipv6_tclass: U8,
        ipv6_hlimit: U8,
        ipv6_frag: U8,
    }
    /// Ports of TCP.
    pub TCP = "ovs_key_tcp" {
        tcp_src: Be16,
        tcp_dst: Be16,
    }
    /// Ports of UDP.
    pub UDP = "ovs_key_udp" {
        udp_src: Be16,
        udp_dst: Be16,
    }
    /// Ports of SCTP.
    pub SCTP = "ovs_key_sctp" {
        sctp_src: Be16,
        sctp_dst: Be16,
    }
    /// ICMP.
    pub ICMP = "ovs_key_icmp" {
        icmp_type: U8,
        icmp_code: U8,
    }
    /// ICMPv6.
    pub ICMPV6 = "ovs_key_icmpv6" {
        icmpv6_type: U8,
        icmpv6_code: U8,
    }
    /// ARP.
    pub ARP = "ovs_key_arp" {
        arp_sip[4]: Ip,
        arp_tip[4]: Ip,
        arp_op: Be16,
        arp_sha[6]: Mac,
        arp_tha[6]: Mac,
    }
    /// Neighbour discovery.
    pub ND = "ovs_key_nd" {
        nd_target[16]: Ip,
        nd_sll[6]: Mac,
        nd_tll[6]: Mac,
    }
    /// A connection as it began.
    pub CT_ORIG_TUPLE_IPV4 = "ovs_key_ct_tuple_ipv4" {
        ipv4_src[4]: Ip,
        ipv4_dst[4]: Ip,
        src_port: Be16,
        dst_port: Be16,
        ipv4_proto: U8,
    }
    /// A connection as it began.
    pub CT_ORIG_TUPLE_IPV6 = "ovs_key_ct_tuple_ipv6" {
        ipv6_src[16]: Ip,
        ipv6_dst[16]: Ip,
        src_port: Be16,
        dst_port: Be16,
        ipv6_proto: U8,
    }
}
