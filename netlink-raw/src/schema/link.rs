//! Tables of links: `RTM_NEWLINK` and its kin (`linux/if_link.h`).

pub mod inet;
pub mod structs;

use super::Value::*;
use super::common::*;
use super::{Int, Names, Spec, Table, attributes, only_annotated};

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
        IFLA_STATS = 7: Record(&structs::STATS),
        IFLA_COST = 8: U32,
        IFLA_PRIORITY = 9: U32,
        IFLA_MASTER = 10: Index,
        IFLA_WIRELESS = 11: Bytes,
        IFLA_PROTINFO = 12: ByFamily(&[(AF_BRIDGE, &super::bridge::PORT), (AF_INET6, &INET6)]),
        IFLA_TXQLEN = 13: U32,
        IFLA_MAP = 14: Record(&structs::IFMAP),
        IFLA_WEIGHT = 15: U32,
        IFLA_OPERSTATE = 16: Enum(Int::U8, OPER_STATES),
        IFLA_LINKMODE = 17: Enum(Int::U8, LINK_MODES),
        IFLA_LINKINFO = 18: Nest(&INFO),
        IFLA_NET_NS_PID = 19: U32,
        IFLA_IFALIAS = 20: Str,
        IFLA_NUM_VF = 21: U32,
        IFLA_VFINFO_LIST = 22: Nest(&VF_LIST),
        IFLA_STATS64 = 23: Record(&structs::STATS64),
        IFLA_VF_PORTS = 24: only_annotated(Nest(&VF_PORTS)),
        IFLA_PORT_SELF = 25: only_annotated(Nest(&VF_PORT)),
        IFLA_AF_SPEC = 26: ByFamily(&[(AF_BRIDGE, &super::bridge::SPEC), (0, &AF_SPEC)]),
        IFLA_GROUP = 27: U32,
        IFLA_NET_NS_FD = 28: U32,
        IFLA_EXT_MASK = 29: Bits(Int::U32, EXT_FILTERS),
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
        IFLA_EVENT = 44: Enum(Int::U32, EVENTS),
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
        IFLA_DEVLINK_PORT = 62: only_annotated(Nest(&DEVLINK_PORT)),
        IFLA_GSO_IPV4_MAX_SIZE = 63: U32,
        IFLA_GRO_IPV4_MAX_SIZE = 64: U32,
        IFLA_DPLL_PIN = 65: only_annotated(Nest(&DPLL_PIN)),
        IFLA_MAX_PACING_OFFLOAD_HORIZON = 66: U32,
        IFLA_NETNS_IMMUTABLE = 67: U8,
        IFLA_HEADROOM = 68: U16,
        IFLA_TAILROOM = 69: U16,
    }

    /// Kind of a link and what belongs to it (`IFLA_LINKINFO`).
    pub INFO {
        IFLA_INFO_KIND = 1: Str,
        IFLA_INFO_DATA = 2: ByKind(IFLA_INFO_KIND, &super::kinds::LINKS),
        IFLA_INFO_XSTATS = 3: only_annotated(ByName(IFLA_INFO_KIND, super::kinds::XSTATS)),
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
        IFLA_XDP_ATTACHED = 2: Enum(Int::U8, XDP_MODES),
        IFLA_XDP_FLAGS = 3: Bits(Int::U32, XDP_FLAGS),
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
        IFLA_VF_MAC = 1: Record(&structs::VF_MAC),
        IFLA_VF_VLAN = 2: Record(&structs::VF_VLAN),
        IFLA_VF_TX_RATE = 3: Record(&structs::VF_TX_RATE),
        IFLA_VF_SPOOFCHK = 4: Record(&structs::VF_SPOOFCHK),
        IFLA_VF_LINK_STATE = 5: Record(&structs::VF_LINK_STATE),
        IFLA_VF_RATE = 6: Record(&structs::VF_RATE),
        IFLA_VF_RSS_QUERY_EN = 7: Record(&structs::VF_RSS_QUERY_EN),
        IFLA_VF_STATS = 8: Nest(&VF_STATS),
        IFLA_VF_TRUST = 9: Record(&structs::VF_TRUST),
        IFLA_VF_IB_NODE_GUID = 10: Record(&structs::VF_GUID),
        IFLA_VF_IB_PORT_GUID = 11: Record(&structs::VF_GUID),
        IFLA_VF_VLAN_LIST = 12: Nest(&VF_VLAN_LIST),
        IFLA_VF_BROADCAST = 13: Record(&structs::VF_BROADCAST),
    }

    /// Its VLANs.
    pub VF_VLAN_LIST {
        IFLA_VF_VLAN_INFO = 1: Record(&structs::VF_VLAN_INFO),
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
        IFLA_INET_CONF = 1: Record(&inet::IPV4_DEVCONF),
    }

    /// IPv6 settings of a link.
    pub INET6 {
        IFLA_INET6_FLAGS = 1: Bits(Int::U32, INET6_FLAGS),
        IFLA_INET6_CONF = 2: Record(&inet::IPV6_DEVCONF),
        IFLA_INET6_STATS = 3: Record(&inet::IPV6_STATS),
        IFLA_INET6_MCAST = 4: Bytes,
        IFLA_INET6_CACHEINFO = 5: Record(&structs::CACHEINFO),
        IFLA_INET6_ICMP6STATS = 6: Record(&inet::ICMP6_STATS),
        IFLA_INET6_TOKEN = 7: Ip,
        IFLA_INET6_ADDR_GEN_MODE = 8: Enum(Int::U8, ADDR_GEN_MODES),
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
        Spec {
            number: 45,
            name: "AF_MCTP",
            value: only_annotated(Nest(&MCTP)),
        },
    ],
};

attributes! {
    /// Ports of virtual functions (`IFLA_VF_PORTS`).
    pub VF_PORTS {
        IFLA_VF_PORT = 1: Nest(&VF_PORT),
    }

    /// One of them.
    pub VF_PORT {
        IFLA_PORT_VF = 1: U32,
        IFLA_PORT_PROFILE = 2: Str,
        IFLA_PORT_VSI_TYPE = 3: Record(&structs::PORT_VSI),
        IFLA_PORT_INSTANCE_UUID = 4: Bytes,
        IFLA_PORT_HOST_UUID = 5: Bytes,
        IFLA_PORT_REQUEST = 6: U8,
        IFLA_PORT_RESPONSE = 7: U16,
    }

    /// What MCTP keeps of a link.
    pub MCTP {
        IFLA_MCTP_NET = 1: U32,
        IFLA_MCTP_PHYS_BINDING = 2: U8,
    }

    /// The devlink port of a link (`IFLA_DEVLINK_PORT`).
    pub DEVLINK_PORT {
        DEVLINK_ATTR_BUS_NAME = 1: Str,
        DEVLINK_ATTR_DEV_NAME = 2: Str,
        DEVLINK_ATTR_PORT_INDEX = 3: U32,
    }

    /// The clock of a link (`IFLA_DPLL_PIN`).
    pub DPLL_PIN {
        DPLL_A_PIN_ID = 1: U32,
    }
}

/// What a dump has more or less of.
const EXT_FILTERS: Names = &[
    (1, "RTEXT_FILTER_VF"),
    (2, "RTEXT_FILTER_BRVLAN"),
    (4, "RTEXT_FILTER_BRVLAN_COMPRESSED"),
    (8, "RTEXT_FILTER_SKIP_STATS"),
    (16, "RTEXT_FILTER_MRP"),
    (32, "RTEXT_FILTER_CFM_CONFIG"),
    (64, "RTEXT_FILTER_CFM_STATUS"),
    (128, "RTEXT_FILTER_MST"),
];

/// Why the kernel tells of a link.
const EVENTS: Names = &[
    (0, "IFLA_EVENT_NONE"),
    (1, "IFLA_EVENT_REBOOT"),
    (2, "IFLA_EVENT_FEATURES"),
    (3, "IFLA_EVENT_BONDING_FAILOVER"),
    (4, "IFLA_EVENT_NOTIFY_PEERS"),
    (5, "IFLA_EVENT_IGMP_RESEND"),
    (6, "IFLA_EVENT_BONDING_OPTIONS"),
];

/// How a program is attached.
const XDP_MODES: Names = &[
    (0, "XDP_ATTACHED_NONE"),
    (1, "XDP_ATTACHED_DRV"),
    (2, "XDP_ATTACHED_SKB"),
    (3, "XDP_ATTACHED_HW"),
    (4, "XDP_ATTACHED_MULTI"),
];

/// How a program is to be attached.
const XDP_FLAGS: Names = &[
    (1, "XDP_FLAGS_UPDATE_IF_NOEXIST"),
    (2, "XDP_FLAGS_SKB_MODE"),
    (4, "XDP_FLAGS_DRV_MODE"),
    (8, "XDP_FLAGS_HW_MODE"),
    (16, "XDP_FLAGS_REPLACE"),
];

/// State of IPv6 on a link (`net/if_inet6.h`).
const INET6_FLAGS: Names = &[
    (0x10, "IF_RS_SENT"),
    (0x20, "IF_RA_RCVD"),
    (0x40, "IF_RA_MANAGED"),
    (0x80, "IF_RA_OTHERCONF"),
    (0x8000_0000, "IF_READY"),
];

/// How IPv6 addresses are made.
const ADDR_GEN_MODES: Names = &[
    (0, "IN6_ADDR_GEN_MODE_EUI64"),
    (1, "IN6_ADDR_GEN_MODE_NONE"),
    (2, "IN6_ADDR_GEN_MODE_STABLE_PRIVACY"),
    (3, "IN6_ADDR_GEN_MODE_RANDOM"),
];
