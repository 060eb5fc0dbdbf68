//! Structs at the head of messages (`linux/rtnetlink.h` and its kin, `linux/netlink.h`).

use super::Value::*;
use super::layouts;

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
        rtgen_family: U8,
    }
    /// Links.
    pub IFINFOMSG = "ifinfomsg" {
        ifi_family: U8,
        __ifi_pad: U8,
        ifi_type: U16,
        ifi_index: S32,
        ifi_flags: U32,
        ifi_change: U32,
    }
    /// Addresses.
    pub IFADDRMSG = "ifaddrmsg" {
        ifa_family: U8,
        ifa_prefixlen: U8,
        ifa_flags: U8,
        ifa_scope: U8,
        ifa_index: U32,
    }
    /// Routes.
    pub RTMSG = "rtmsg" {
        rtm_family: U8,
        rtm_dst_len: U8,
        rtm_src_len: U8,
        rtm_tos: U8,
        rtm_table: U8,
        rtm_protocol: U8,
        rtm_scope: U8,
        rtm_type: U8,
        rtm_flags: U32,
    }
    /// A leg of a multipath route; its attributes follow.
    pub RTNEXTHOP = "rtnexthop" {
        rtnh_len: U16,
        rtnh_flags: U8,
        rtnh_hops: U8,
        rtnh_ifindex: Index,
    }
    /// Neighbours and forwarding entries.
    pub NDMSG = "ndmsg" {
        ndm_family: U8,
        ndm_pad1: U8,
        ndm_pad2: U16,
        ndm_ifindex: Index,
        ndm_state: U16,
        ndm_flags: U8,
        ndm_type: U8,
    }
    /// Policy rules.
    pub FIB_RULE_HDR = "fib_rule_hdr" {
        family: U8,
        dst_len: U8,
        src_len: U8,
        tos: U8,
        table: U8,
        res1: U8,
        res2: U8,
        action: U8,
        flags: U32,
    }
    /// Settings of links, padded.
    pub NETCONFMSG = "netconfmsg" {
        ncm_family: U8,
    }
    /// Counters.
    pub IF_STATS_MSG = "if_stats_msg" {
        family: U8,
        pad1: U8,
        pad2: U16,
        ifindex: Index,
        filter_mask: U32,
    }
    /// Nexthop objects.
    pub NHMSG = "nhmsg" {
        nh_family: U8,
        nh_scope: U8,
        nh_protocol: U8,
        resvd: U8,
        nh_flags: U32,
    }
    /// VLANs of bridges.
    pub BR_VLAN_MSG = "br_vlan_msg" {
        family: U8,
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
    /// In front of every message of the packet filter.
    pub NFGENMSG = "nfgenmsg" {
        nfgen_family: U8,
        version: U8,
        res_id: Be16,
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
}
