//! Tables of links: `RTM_NEWLINK` and its kin (`linux/if_link.h`).

use super::Value::*;
use super::attributes;
use super::{Spec, Table};

const AF_BRIDGE: u8 = 7;
const AF_INET6: u8 = 10;

attributes! {
    /// Attributes of a link (`linux/if_link.h`).
    pub LINK {
        IFLA_ADDRESS = 1: Mac,
        IFLA_BROADCAST = 2: Mac,
        IFLA_IFNAME = 3: Str,
        IFLA_MTU = 4: U32,
        IFLA_LINK = 5: Index,
        IFLA_QDISC = 6: Str,
        IFLA_STATS = 7: Bytes,
        IFLA_COST = 8: U32,
        IFLA_PRIORITY = 9: U32,
        IFLA_MASTER = 10: Index,
        IFLA_WIRELESS = 11: Bytes,
        IFLA_PROTINFO = 12: ByFamily(&[(AF_BRIDGE, &super::bridge::PORT), (AF_INET6, &INET6)]),
        IFLA_TXQLEN = 13: U32,
        IFLA_MAP = 14: Struct("rtnl_link_ifmap", 32),
        IFLA_WEIGHT = 15: U32,
        IFLA_OPERSTATE = 16: U8,
        IFLA_LINKMODE = 17: U8,
        IFLA_LINKINFO = 18: Nest(&INFO),
        IFLA_NET_NS_PID = 19: U32,
        IFLA_IFALIAS = 20: Str,
        IFLA_NUM_VF = 21: U32,
        IFLA_VFINFO_LIST = 22: Nest(&VF_LIST),
        IFLA_STATS64 = 23: Struct("rtnl_link_stats64", 200),
        IFLA_VF_PORTS = 24: Bytes,
        IFLA_PORT_SELF = 25: Bytes,
        IFLA_AF_SPEC = 26: ByFamily(&[(AF_BRIDGE, &super::bridge::SPEC), (0, &AF_SPEC)]),
        IFLA_GROUP = 27: U32,
        IFLA_NET_NS_FD = 28: U32,
        IFLA_EXT_MASK = 29: U32,
        IFLA_PROMISCUITY = 30: U32,
        IFLA_NUM_TX_QUEUES = 31: U32,
        IFLA_NUM_RX_QUEUES = 32: U32,
        IFLA_CARRIER = 33: U8,
        IFLA_PHYS_PORT_ID = 34: Bytes,
        IFLA_CARRIER_CHANGES = 35: U32,
        IFLA_PHYS_SWITCH_ID = 36: Bytes,
        IFLA_LINK_NETNSID = 37: S32,
        IFLA_PHYS_PORT_NAME = 38: Str,
        IFLA_PROTO_DOWN = 39: U8,
        IFLA_GSO_MAX_SEGS = 40: U32,
        IFLA_GSO_MAX_SIZE = 41: U32,
        IFLA_PAD = 42: Bytes,
        IFLA_XDP = 43: Nest(&XDP),
        IFLA_EVENT = 44: U32,
        IFLA_NEW_NETNSID = 45: S32,
        IFLA_IF_NETNSID = 46: S32,
        IFLA_CARRIER_UP_COUNT = 47: U32,
        IFLA_CARRIER_DOWN_COUNT = 48: U32,
        IFLA_NEW_IFINDEX = 49: Index,
        IFLA_MIN_MTU = 50: U32,
        IFLA_MAX_MTU = 51: U32,
        IFLA_PROP_LIST = 52: Nest(&PROPERTIES),
        IFLA_ALT_IFNAME = 53: Str,
        IFLA_PERM_ADDRESS = 54: Mac,
        IFLA_PROTO_DOWN_REASON = 55: Nest(&PROTO_DOWN_REASON),
        IFLA_PARENT_DEV_NAME = 56: Str,
        IFLA_PARENT_DEV_BUS_NAME = 57: Str,
        IFLA_GRO_MAX_SIZE = 58: U32,
        IFLA_TSO_MAX_SIZE = 59: U32,
        IFLA_TSO_MAX_SEGS = 60: U32,
        IFLA_ALLMULTI = 61: U32,
        IFLA_DEVLINK_PORT = 62: Bytes,
        IFLA_GSO_IPV4_MAX_SIZE = 63: U32,
        IFLA_GRO_IPV4_MAX_SIZE = 64: U32,
        IFLA_DPLL_PIN = 65: Bytes,
        IFLA_MAX_PACING_OFFLOAD_HORIZON = 66: U32,
        IFLA_NETNS_IMMUTABLE = 67: U8,
        IFLA_HEADROOM = 68: U16,
        IFLA_TAILROOM = 69: U16,
    }

    /// Kind of a link and what belongs to it (`IFLA_LINKINFO`).
    pub INFO {
        IFLA_INFO_KIND = 1: Str,
        IFLA_INFO_DATA = 2: ByKind(IFLA_INFO_KIND, &super::kinds::LINKS),
        IFLA_INFO_XSTATS = 3: Bytes,
        IFLA_INFO_SLAVE_KIND = 4: Str,
        IFLA_INFO_SLAVE_DATA = 5: ByKind(IFLA_INFO_SLAVE_KIND, &super::kinds::PORTS),
    }

    /// Why a link is held down (`IFLA_PROTO_DOWN_REASON`).
    pub PROTO_DOWN_REASON {
        IFLA_PROTO_DOWN_REASON_MASK = 1: U32,
        IFLA_PROTO_DOWN_REASON_VALUE = 2: U32,
    }

    /// Programs on a link (`IFLA_XDP`).
    pub XDP {
        IFLA_XDP_FD = 1: S32,
        IFLA_XDP_ATTACHED = 2: U8,
        IFLA_XDP_FLAGS = 3: U32,
        IFLA_XDP_PROG_ID = 4: U32,
        IFLA_XDP_DRV_PROG_ID = 5: U32,
        IFLA_XDP_SKB_PROG_ID = 6: U32,
        IFLA_XDP_HW_PROG_ID = 7: U32,
        IFLA_XDP_EXPECTED_FD = 8: U32,
    }

    /// The virtual functions of a link (`IFLA_VFINFO_LIST`).
    pub VF_LIST {
        IFLA_VF_INFO = 1: Nest(&VF),
    }

    /// One of them.
    pub VF {
        IFLA_VF_MAC = 1: Struct("ifla_vf_mac", 36),
        IFLA_VF_VLAN = 2: Struct("ifla_vf_vlan", 12),
        IFLA_VF_TX_RATE = 3: Struct("ifla_vf_tx_rate", 8),
        IFLA_VF_SPOOFCHK = 4: Struct("ifla_vf_spoofchk", 8),
        IFLA_VF_LINK_STATE = 5: Struct("ifla_vf_link_state", 8),
        IFLA_VF_RATE = 6: Struct("ifla_vf_rate", 12),
        IFLA_VF_RSS_QUERY_EN = 7: Struct("ifla_vf_rss_query_en", 8),
        IFLA_VF_STATS = 8: Nest(&VF_STATS),
        IFLA_VF_TRUST = 9: Struct("ifla_vf_trust", 8),
        IFLA_VF_IB_NODE_GUID = 10: Struct("ifla_vf_guid", 16),
        IFLA_VF_IB_PORT_GUID = 11: Struct("ifla_vf_guid", 16),
        IFLA_VF_VLAN_LIST = 12: Nest(&VF_VLAN_LIST),
        IFLA_VF_BROADCAST = 13: Struct("ifla_vf_broadcast", 32),
    }

    /// Its VLANs.
    pub VF_VLAN_LIST {
        IFLA_VF_VLAN_INFO = 1: Struct("ifla_vf_vlan_info", 16),
    }

    /// Its counters.
    pub VF_STATS {
        IFLA_VF_STATS_RX_PACKETS = 0: U64,
        IFLA_VF_STATS_TX_PACKETS = 1: U64,
        IFLA_VF_STATS_RX_BYTES = 2: U64,
        IFLA_VF_STATS_TX_BYTES = 3: U64,
        IFLA_VF_STATS_BROADCAST = 4: U64,
        IFLA_VF_STATS_MULTICAST = 5: U64,
        IFLA_VF_STATS_PAD = 6: Bytes,
        IFLA_VF_STATS_RX_DROPPED = 7: U64,
        IFLA_VF_STATS_TX_DROPPED = 8: U64,
    }

    /// IPv4 settings of a link.
    pub INET {
        IFLA_INET_CONF = 1: Bytes,
    }

    /// IPv6 settings of a link.
    pub INET6 {
        IFLA_INET6_FLAGS = 1: U32,
        IFLA_INET6_CONF = 2: Bytes,
        IFLA_INET6_STATS = 3: Bytes,
        IFLA_INET6_MCAST = 4: Bytes,
        IFLA_INET6_CACHEINFO = 5: Struct("ifla_cacheinfo", 16),
        IFLA_INET6_ICMP6STATS = 6: Bytes,
        IFLA_INET6_TOKEN = 7: Ip,
        IFLA_INET6_ADDR_GEN_MODE = 8: U8,
        IFLA_INET6_RA_MTU = 9: U32,
    }
}

/// Names that a link has besides its own (`IFLA_PROP_LIST`).
pub static PROPERTIES: Table = Table {
    name: "PROPERTIES",
    specs: &[Spec {
        number: IFLA_ALT_IFNAME,
        name: "IFLA_ALT_IFNAME",
        value: Str,
    }],
};

/// `IFLA_AF_SPEC` of a link: one nest an address family.
pub static AF_SPEC: Table = Table {
    name: "AF_SPEC",
    specs: &[
        Spec {
            number: 2,
            name: "AF_INET",
            value: Nest(&INET),
        },
        Spec {
            number: 10,
            name: "AF_INET6",
            value: Nest(&INET6),
        },
    ],
};
