//! Tables of link kinds: what stands in `IFLA_INFO_DATA` for each (`linux/if_link.h`, `linux/veth.h`).

use super::Table;
use super::Value::*;
use super::attributes;

attributes! {
    /// A veth pair.
    pub VETH {
        VETH_INFO_PEER = 1: RecordThen(&super::headers::IFINFOMSG, &super::link::LINK),
    }

    /// A VLAN device.
    pub VLAN {
        IFLA_VLAN_ID = 1: U16,
        IFLA_VLAN_FLAGS = 2: Struct("ifla_vlan_flags", 8),
        IFLA_VLAN_EGRESS_QOS = 3: Nest(&VLAN_QOS),
        IFLA_VLAN_INGRESS_QOS = 4: Nest(&VLAN_QOS),
        IFLA_VLAN_PROTOCOL = 5: Be16,
    }

    /// Priorities of a VLAN device.
    pub VLAN_QOS {
        IFLA_VLAN_QOS_MAPPING = 1: Struct("ifla_vlan_qos_mapping", 8),
    }

    /// A MACVLAN or MACVTAP device.
    pub MACVLAN {
        IFLA_MACVLAN_MODE = 1: U32,
        IFLA_MACVLAN_FLAGS = 2: U16,
        IFLA_MACVLAN_MACADDR_MODE = 3: U32,
        IFLA_MACVLAN_MACADDR = 4: Mac,
        IFLA_MACVLAN_MACADDR_DATA = 5: Nest(&MACVLAN),
        IFLA_MACVLAN_MACADDR_COUNT = 6: U32,
        IFLA_MACVLAN_BC_QUEUE_LEN = 7: U32,
        IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8: U32,
        IFLA_MACVLAN_BC_CUTOFF = 9: S32,
    }

    /// An IPVLAN device.
    pub IPVLAN {
        IFLA_IPVLAN_MODE = 1: U16,
        IFLA_IPVLAN_FLAGS = 2: U16,
    }

    /// A VRF device.
    pub VRF {
        IFLA_VRF_TABLE = 1: U32,
    }

    /// A port of a VRF device.
    pub VRF_PORT {
        IFLA_VRF_PORT_TABLE = 1: U32,
    }

    /// A VXLAN device.
    pub VXLAN {
        IFLA_VXLAN_ID = 1: U32,
        IFLA_VXLAN_GROUP = 2: Ip,
        IFLA_VXLAN_LINK = 3: Index,
        IFLA_VXLAN_LOCAL = 4: Ip,
        IFLA_VXLAN_TTL = 5: U8,
        IFLA_VXLAN_TOS = 6: U8,
        IFLA_VXLAN_LEARNING = 7: U8,
        IFLA_VXLAN_AGEING = 8: U32,
        IFLA_VXLAN_LIMIT = 9: U32,
        IFLA_VXLAN_PORT_RANGE = 10: Struct("ifla_vxlan_port_range", 4),
        IFLA_VXLAN_PROXY = 11: U8,
        IFLA_VXLAN_RSC = 12: U8,
        IFLA_VXLAN_L2MISS = 13: U8,
        IFLA_VXLAN_L3MISS = 14: U8,
        IFLA_VXLAN_PORT = 15: Be16,
        IFLA_VXLAN_GROUP6 = 16: Ip,
        IFLA_VXLAN_LOCAL6 = 17: Ip,
        IFLA_VXLAN_UDP_CSUM = 18: U8,
        IFLA_VXLAN_UDP_ZERO_CSUM6_TX = 19: U8,
        IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20: U8,
        IFLA_VXLAN_REMCSUM_TX = 21: U8,
        IFLA_VXLAN_REMCSUM_RX = 22: U8,
        IFLA_VXLAN_GBP = 23: Flag,
        IFLA_VXLAN_REMCSUM_NOPARTIAL = 24: Flag,
        IFLA_VXLAN_COLLECT_METADATA = 25: U8,
        IFLA_VXLAN_LABEL = 26: Be32,
        IFLA_VXLAN_GPE = 27: Flag,
        IFLA_VXLAN_TTL_INHERIT = 28: U8,
        IFLA_VXLAN_DF = 29: U8,
        IFLA_VXLAN_VNIFILTER = 30: U8,
        IFLA_VXLAN_LOCALBYPASS = 31: U8,
        IFLA_VXLAN_LABEL_POLICY = 32: U32,
        IFLA_VXLAN_RESERVED_BITS = 33: Bytes,
        IFLA_VXLAN_MC_ROUTE = 34: U8,
    }

    /// A GENEVE device.
    pub GENEVE {
        IFLA_GENEVE_ID = 1: U32,
        IFLA_GENEVE_REMOTE = 2: Ip,
        IFLA_GENEVE_TTL = 3: U8,
        IFLA_GENEVE_TOS = 4: U8,
        IFLA_GENEVE_PORT = 5: Be16,
        IFLA_GENEVE_COLLECT_METADATA = 6: Flag,
        IFLA_GENEVE_REMOTE6 = 7: Ip,
        IFLA_GENEVE_UDP_CSUM = 8: U8,
        IFLA_GENEVE_UDP_ZERO_CSUM6_TX = 9: U8,
        IFLA_GENEVE_UDP_ZERO_CSUM6_RX = 10: U8,
        IFLA_GENEVE_LABEL = 11: Be32,
        IFLA_GENEVE_TTL_INHERIT = 12: U8,
        IFLA_GENEVE_DF = 13: U8,
        IFLA_GENEVE_INNER_PROTO_INHERIT = 14: Flag,
    }

    /// A TUN or TAP device.
    pub TUN {
        IFLA_TUN_OWNER = 1: U32,
        IFLA_TUN_GROUP = 2: U32,
        IFLA_TUN_TYPE = 3: U8,
        IFLA_TUN_PI = 4: U8,
        IFLA_TUN_VNET_HDR = 5: U8,
        IFLA_TUN_PERSIST = 6: U8,
        IFLA_TUN_MULTI_QUEUE = 7: U8,
        IFLA_TUN_NUM_QUEUES = 8: U32,
        IFLA_TUN_NUM_DISABLED_QUEUES = 9: U32,
    }
}

/// By `IFLA_INFO_KIND`.
pub static LINKS: [(&str, &Table); 11] = [
    ("veth", &VETH),
    ("bridge", &super::bridge::BRIDGE),
    ("vlan", &VLAN),
    ("macvlan", &MACVLAN),
    ("macvtap", &MACVLAN),
    ("ipvlan", &IPVLAN),
    ("ipvtap", &IPVLAN),
    ("vrf", &VRF),
    ("vxlan", &VXLAN),
    ("geneve", &GENEVE),
    ("tun", &TUN),
];

/// By `IFLA_INFO_SLAVE_KIND`.
pub static PORTS: [(&str, &Table); 2] = [("bridge", &super::bridge::PORT), ("vrf", &VRF_PORT)];
