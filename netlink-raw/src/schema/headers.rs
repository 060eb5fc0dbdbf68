//! Structs at the head of messages (`linux/rtnetlink.h` and its kin, `linux/netlink.h`).

use super::Value::*;
use super::common::*;
use super::{Int, Names, layouts};

layouts! {
    /// In front of every message.
    pub NLMSGHDR = "nlmsghdr" {
        nlmsg_len: U32,
        nlmsg_type: U16,
        nlmsg_flags: U16,
        nlmsg_seq: U32,
        nlmsg_pid: U32,
    }
    /// The least that a request begins with.
    pub RTGENMSG = "rtgenmsg" {
        rtgen_family: Enum(Int::U8, FAMILIES),
    }
    /// Links.
    pub IFINFOMSG = "ifinfomsg" {
        ifi_family: Enum(Int::U8, FAMILIES),
        __ifi_pad: U8,
        ifi_type: Enum(Int::U16, HARDWARE),
        ifi_index: S32,
        ifi_flags: Bits(Int::U32, LINK_FLAGS),
        ifi_change: Bits(Int::U32, LINK_FLAGS),
    }
    /// Addresses.
    pub IFADDRMSG = "ifaddrmsg" {
        ifa_family: Enum(Int::U8, FAMILIES),
        ifa_prefixlen: U8,
        ifa_flags: Bits(Int::U8, ADDRESS_FLAGS),
        ifa_scope: Enum(Int::U8, SCOPES),
        ifa_index: U32,
    }
    /// Routes.
    pub RTMSG = "rtmsg" {
        rtm_family: Enum(Int::U8, FAMILIES),
        rtm_dst_len: U8,
        rtm_src_len: U8,
        rtm_tos: Bits(Int::U8, SERVICES),
        rtm_table: Enum(Int::U8, TABLES),
        rtm_protocol: Enum(Int::U8, PROTOCOLS),
        rtm_scope: Enum(Int::U8, SCOPES),
        rtm_type: Enum(Int::U8, ROUTE_TYPES),
        rtm_flags: Bits(Int::U32, ROUTE_FLAGS),
    }
    /// A leg of a multipath route; its attributes follow.
    pub RTNEXTHOP = "rtnexthop" {
        rtnh_len: U16,
        rtnh_flags: Bits(Int::U8, NEXTHOP_FLAGS),
        rtnh_hops: U8,
        rtnh_ifindex: Index,
    }
    /// Neighbours and forwarding entries.
    pub NDMSG = "ndmsg" {
        ndm_family: Enum(Int::U8, FAMILIES),
        ndm_pad1: U8,
        ndm_pad2: U16,
        ndm_ifindex: Index,
        ndm_state: Bits(Int::U16, NEIGHBOUR_STATES),
        ndm_flags: Bits(Int::U8, NEIGHBOUR_FLAGS),
        ndm_type: Enum(Int::U8, ROUTE_TYPES),
    }
    /// Policy rules.
    pub FIB_RULE_HDR = "fib_rule_hdr" {
        family: Enum(Int::U8, FAMILIES),
        dst_len: U8,
        src_len: U8,
        tos: Bits(Int::U8, SERVICES),
        table: Enum(Int::U8, TABLES),
        res1: U8,
        res2: U8,
        action: Enum(Int::U8, RULE_ACTIONS),
        flags: Bits(Int::U32, RULE_FLAGS),
    }
    /// Settings of links, padded.
    pub NETCONFMSG = "netconfmsg" {
        ncm_family: Enum(Int::U8, FAMILIES),
    }
    /// Counters.
    pub IF_STATS_MSG = "if_stats_msg" {
        family: Enum(Int::U8, FAMILIES),
        pad1: U8,
        pad2: U16,
        ifindex: Index,
        filter_mask: Bits(Int::U32, super::stats::FILTERS),
    }
    /// Nexthop objects.
    pub NHMSG = "nhmsg" {
        nh_family: Enum(Int::U8, FAMILIES),
        nh_scope: Enum(Int::U8, SCOPES),
        nh_protocol: Enum(Int::U8, PROTOCOLS),
        resvd: U8,
        nh_flags: Bits(Int::U32, NEXTHOP_FLAGS),
    }
    /// VLANs of bridges.
    pub BR_VLAN_MSG = "br_vlan_msg" {
        family: Enum(Int::U8, FAMILIES),
        reserved1: U8,
        reserved2: U16,
        ifindex: Index,
    }
    /// In front of every message of generic netlink.
    pub GENLMSGHDR = "genlmsghdr" {
        cmd: U8,
        version: U8,
        reserved: U16,
    }
    /// What udev puts in front when it tells others.
    pub UDEV = "monitor_netlink_header" {
        prefix[8]: Str,
        magic: Be32,
        header_size: U32,
        properties_off: U32,
        properties_len: U32,
        filter_subsystem_hash: Be32,
        filter_devtype_hash: Be32,
        filter_tag_bloom_hi: Be32,
        filter_tag_bloom_lo: Be32,
    }
    /// Traffic control.
    pub TCMSG = "tcmsg" {
        tcm_family: Enum(Int::U8, FAMILIES),
        tcm__pad1: U8,
        tcm__pad2: U16,
        tcm_ifindex: Index,
        tcm_handle: U32,
        tcm_parent: U32,
        tcm_info: U32,
    }
    /// Actions of traffic control.
    pub TCAMSG = "tcamsg" {
        tca_family: Enum(Int::U8, FAMILIES),
        tca__pad1: U8,
        tca__pad2: U16,
    }
    /// Parameters of neighbour tables.
    pub NDTMSG = "ndtmsg" {
        ndtm_family: Enum(Int::U8, FAMILIES),
        ndtm_pad1: U8,
        ndtm_pad2: U16,
    }
    /// Labels of addresses.
    pub IFADDRLBLMSG = "ifaddrlblmsg" {
        ifal_family: Enum(Int::U8, FAMILIES),
        __ifal_reserved: U8,
        ifal_prefixlen: U8,
        ifal_flags: U8,
        ifal_index: Index,
        ifal_seq: U32,
    }
    /// Prefixes that a router told of.
    pub PREFIXMSG = "prefixmsg" {
        prefix_family: Enum(Int::U8, FAMILIES),
        prefix_pad1: U8,
        prefix_pad2: U16,
        prefix_ifindex: S32,
        prefix_type: U8,
        prefix_len: U8,
        prefix_flags: Bits(Int::U8, PREFIX_FLAGS),
        prefix_pad3: U8,
    }
    /// Options of neighbour discovery that are for users; they follow.
    pub NDUSEROPTMSG = "nduseroptmsg" {
        nduseropt_family: Enum(Int::U8, FAMILIES),
        nduseropt_pad1: U8,
        nduseropt_opts_len: U16,
        nduseropt_ifindex: S32,
        nduseropt_icmp_type: U8,
        nduseropt_icmp_code: U8,
        nduseropt_pad2: U16,
        nduseropt_pad3: U32,
    }
    /// Multicast groups of bridges.
    pub BR_PORT_MSG = "br_port_msg" {
        family: Enum(Int::U8, FAMILIES),
        ifindex: Index,
    }
    /// Data center bridging.
    pub DCBMSG = "dcbmsg" {
        dcb_family: Enum(Int::U8, FAMILIES),
        cmd: Enum(Int::U8, DCB_COMMANDS),
        dcb_pad: U16,
    }
    /// Tunnels of a VXLAN device that are chosen by VNI.
    pub TUNNEL_MSG = "tunnel_msg" {
        family: Enum(Int::U8, FAMILIES),
        flags: U8,
        reserved2: U16,
        ifindex: Index,
    }
}

/// Flags of a prefix (`net/if_inet6.h`).
const PREFIX_FLAGS: Names = &[(1, "IF_PREFIX_ONLINK"), (2, "IF_PREFIX_AUTOCONF")];

/// Commands of data center bridging (`linux/dcbnl.h`).
const DCB_COMMANDS: Names = &[
    (0, "DCB_CMD_UNDEFINED"),
    (1, "DCB_CMD_GSTATE"),
    (2, "DCB_CMD_SSTATE"),
    (3, "DCB_CMD_PGTX_GCFG"),
    (4, "DCB_CMD_PGTX_SCFG"),
    (5, "DCB_CMD_PGRX_GCFG"),
    (6, "DCB_CMD_PGRX_SCFG"),
    (7, "DCB_CMD_PFC_GCFG"),
    (8, "DCB_CMD_PFC_SCFG"),
    (9, "DCB_CMD_SET_ALL"),
    (10, "DCB_CMD_GPERM_HWADDR"),
    (11, "DCB_CMD_GCAP"),
    (12, "DCB_CMD_GNUMTCS"),
    (13, "DCB_CMD_SNUMTCS"),
    (14, "DCB_CMD_PFC_GSTATE"),
    (15, "DCB_CMD_PFC_SSTATE"),
    (16, "DCB_CMD_BCN_GCFG"),
    (17, "DCB_CMD_BCN_SCFG"),
    (18, "DCB_CMD_GAPP"),
    (19, "DCB_CMD_SAPP"),
    (20, "DCB_CMD_IEEE_SET"),
    (21, "DCB_CMD_IEEE_GET"),
    (22, "DCB_CMD_GDCBX"),
    (23, "DCB_CMD_SDCBX"),
    (24, "DCB_CMD_GFEATCFG"),
    (25, "DCB_CMD_SFEATCFG"),
    (26, "DCB_CMD_CEE_GET"),
    (27, "DCB_CMD_IEEE_DEL"),
];

/// Types of service (`linux/ip.h`).
const SERVICES: Names = &[
    (0x10, "IPTOS_LOWDELAY"),
    (0x08, "IPTOS_THROUGHPUT"),
    (0x04, "IPTOS_RELIABILITY"),
    (0x02, "IPTOS_MINCOST"),
];
