//! Tables of link kinds: what stands in `IFLA_INFO_DATA` for each (`linux/if_link.h`, `linux/veth.h`).

pub mod bond;
pub mod can;
pub mod others;
pub mod tunnels;

use super::Value::*;
use super::common::ETHER_TYPES;
use super::{Int, Names, Table, attributes, layouts};

attributes! {
    /// A veth pair.
    pub VETH {
        VETH_INFO_PEER = 1: RecordThen(&super::headers::IFINFOMSG, &super::link::LINK),
    }

    /// A VLAN device.
    pub VLAN {
        IFLA_VLAN_ID = 1: U16,
        IFLA_VLAN_FLAGS = 2: Record(&VLAN_FLAGS),
        IFLA_VLAN_EGRESS_QOS = 3: Nest(&VLAN_QOS),
        IFLA_VLAN_INGRESS_QOS = 4: Nest(&VLAN_QOS),
        IFLA_VLAN_PROTOCOL = 5: Enum(Int::Be16, ETHER_TYPES),
    }

    /// Priorities of a VLAN device.
    pub VLAN_QOS {
        IFLA_VLAN_QOS_MAPPING = 1: Record(&VLAN_QOS_MAPPING),
    }

    /// A MACVLAN or MACVTAP device.
    pub MACVLAN {
        IFLA_MACVLAN_MODE = 1: Bits(Int::U32, MACVLAN_MODES),
        IFLA_MACVLAN_FLAGS = 2: Bits(Int::U16, MACVLAN_FLAGS),
        IFLA_MACVLAN_MACADDR_MODE = 3: Enum(Int::U32, MACADDR_MODES),
        IFLA_MACVLAN_MACADDR = 4: Mac,
        IFLA_MACVLAN_MACADDR_DATA = 5: Nest(&MACVLAN),
        IFLA_MACVLAN_MACADDR_COUNT = 6: U32,
        IFLA_MACVLAN_BC_QUEUE_LEN = 7: U32,
        IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8: U32,
        IFLA_MACVLAN_BC_CUTOFF = 9: S32,
    }

    /// An IPVLAN device.
    pub IPVLAN {
        IFLA_IPVLAN_MODE = 1: Enum(Int::U16, IPVLAN_MODES),
        IFLA_IPVLAN_FLAGS = 2: Bits(Int::U16, IPVLAN_FLAGS),
    }

    /// A VRF device.
    pub VRF {
        IFLA_VRF_TABLE = 1: Enum(Int::U32, super::common::TABLES),
    }

    /// A port of a VRF device.
    pub VRF_PORT {
        IFLA_VRF_PORT_TABLE = 1: Enum(Int::U32, super::common::TABLES),
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
        IFLA_VXLAN_PORT_RANGE = 10: Record(&VXLAN_PORT_RANGE),
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
        IFLA_VXLAN_DF = 29: Enum(Int::U8, VXLAN_DFS),
        IFLA_VXLAN_VNIFILTER = 30: U8,
        IFLA_VXLAN_LOCALBYPASS = 31: U8,
        IFLA_VXLAN_LABEL_POLICY = 32: Enum(Int::U32, VXLAN_LABEL_POLICIES),
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
        IFLA_GENEVE_DF = 13: Enum(Int::U8, GENEVE_DFS),
        IFLA_GENEVE_INNER_PROTO_INHERIT = 14: Flag,
        IFLA_GENEVE_PORT_RANGE = 15: Record(&VXLAN_PORT_RANGE),
    }

    /// A TUN or TAP device.
    pub TUN {
        IFLA_TUN_OWNER = 1: U32,
        IFLA_TUN_GROUP = 2: U32,
        IFLA_TUN_TYPE = 3: Enum(Int::U8, TUN_TYPES),
        IFLA_TUN_PI = 4: U8,
        IFLA_TUN_VNET_HDR = 5: U8,
        IFLA_TUN_PERSIST = 6: U8,
        IFLA_TUN_MULTI_QUEUE = 7: U8,
        IFLA_TUN_NUM_QUEUES = 8: U32,
        IFLA_TUN_NUM_DISABLED_QUEUES = 9: U32,
    }
}

/// Tables by name: the second list is only there where bytes are annotated.
macro_rules! by_name {
    ($($(#[$meta:meta])* pub $id:ident: $own:literal, $all:literal { $($name:literal: $table:expr,)* } { $($more:literal: $other:expr,)* })*) => { $(
        $(#[$meta])*
        #[cfg(feature = "annotate")]
        pub static $id: [(&str, &Table); $all] = [$(($name, $table),)* $(($more, $other),)*];
        $(#[$meta])*
        #[cfg(not(feature = "annotate"))]
        pub static $id: [(&str, &Table); $own] = [$(($name, $table),)*];
    )* };
}

by_name! {
    /// By `IFLA_INFO_KIND`.
    pub LINKS: 11, 40 {
        "veth": &VETH,
        "bridge": &super::bridge::BRIDGE,
        "vlan": &VLAN,
        "macvlan": &MACVLAN,
        "macvtap": &MACVLAN,
        "ipvlan": &IPVLAN,
        "ipvtap": &IPVLAN,
        "vrf": &VRF,
        "vxlan": &VXLAN,
        "geneve": &GENEVE,
        "tun": &TUN,
    } {
        "bareudp": &others::BAREUDP,
        "gre": &tunnels::GRE,
        "gretap": &tunnels::GRE,
        "erspan": &tunnels::GRE,
        "ip6gre": &tunnels::GRE,
        "ip6gretap": &tunnels::GRE,
        "ip6erspan": &tunnels::GRE,
        "ipip": &tunnels::IPTUN,
        "ip6tnl": &tunnels::IPTUN,
        "sit": &tunnels::sit::SIT,
        "vti": &tunnels::VTI,
        "vti6": &tunnels::VTI,
        "bond": &bond::BOND,
        "hsr": &others::HSR,
        "macsec": &others::MACSEC,
        "can": &can::CAN,
        "vcan": &can::CAN,
        "vxcan": &others::VXCAN,
        "xfrm": &others::XFRM,
        "ipoib": &others::IPOIB,
        "rmnet": &others::RMNET,
        "batadv": &others::BATADV,
        "gtp": &others::GTP,
        "ppp": &others::PPP,
        "wwan": &others::WWAN,
        "amt": &others::AMT,
        "dsa": &others::DSA,
        "netkit": &others::NETKIT,
        "ovpn": &others::OVPN,
    }
    /// By `IFLA_INFO_SLAVE_KIND`.
    pub PORTS: 2, 3 {
        "bridge": &super::bridge::PORT,
        "vrf": &VRF_PORT,
    } {
        "bond": &bond::BOND_PORT,
    }
}

/// `IFLA_INFO_XSTATS` by `IFLA_INFO_KIND`.
pub const XSTATS: &[(&str, super::Value)] = &[("can", Record(&can::DEVICE_STATS))];

layouts! {
    /// Flags of a VLAN device, and which of them count.
    pub VLAN_FLAGS = "ifla_vlan_flags" {
        flags: Bits(Int::U32, VLAN_FLAG_NAMES),
        mask: Bits(Int::U32, VLAN_FLAG_NAMES),
    }
    /// A priority of one side and of the other.
    pub VLAN_QOS_MAPPING = "ifla_vlan_qos_mapping" {
        from: U32,
        to: U32,
    }
    /// Source ports.
    pub VXLAN_PORT_RANGE = "ifla_vxlan_port_range" {
        low: Be16,
        high: Be16,
    }
}

/// Flags of a VLAN device (`linux/if_vlan.h`).
const VLAN_FLAG_NAMES: Names = &[
    (1, "VLAN_FLAG_REORDER_HDR"),
    (2, "VLAN_FLAG_GVRP"),
    (4, "VLAN_FLAG_LOOSE_BINDING"),
    (8, "VLAN_FLAG_MVRP"),
    (16, "VLAN_FLAG_BRIDGE_BINDING"),
];

/// Who hears whom.
const MACVLAN_MODES: Names = &[
    (1, "MACVLAN_MODE_PRIVATE"),
    (2, "MACVLAN_MODE_VEPA"),
    (4, "MACVLAN_MODE_BRIDGE"),
    (8, "MACVLAN_MODE_PASSTHRU"),
    (16, "MACVLAN_MODE_SOURCE"),
];

/// Flags of a MACVLAN device.
const MACVLAN_FLAGS: Names = &[(1, "MACVLAN_FLAG_NOPROMISC"), (2, "MACVLAN_FLAG_NODST")];

/// What becomes of its list of addresses.
const MACADDR_MODES: Names = &[
    (0, "MACVLAN_MACADDR_ADD"),
    (1, "MACVLAN_MACADDR_DEL"),
    (2, "MACVLAN_MACADDR_FLUSH"),
    (3, "MACVLAN_MACADDR_SET"),
];

/// At which layer it works.
const IPVLAN_MODES: Names = &[
    (0, "IPVLAN_MODE_L2"),
    (1, "IPVLAN_MODE_L3"),
    (2, "IPVLAN_MODE_L3S"),
];

/// Who hears whom.
const IPVLAN_FLAGS: Names = &[(1, "IPVLAN_F_PRIVATE"), (2, "IPVLAN_F_VEPA")];

/// Whether packets may be fragmented.
const VXLAN_DFS: Names = &[
    (0, "VXLAN_DF_UNSET"),
    (1, "VXLAN_DF_SET"),
    (2, "VXLAN_DF_INHERIT"),
];

/// Whether packets may be fragmented.
const GENEVE_DFS: Names = &[
    (0, "GENEVE_DF_UNSET"),
    (1, "GENEVE_DF_SET"),
    (2, "GENEVE_DF_INHERIT"),
];

/// Where the flow label is from.
const VXLAN_LABEL_POLICIES: Names = &[(0, "VXLAN_LABEL_FIXED"), (1, "VXLAN_LABEL_INHERIT")];

/// Frames or packets (`linux/if_tun.h`).
const TUN_TYPES: Names = &[(1, "IFF_TUN"), (2, "IFF_TAP")];
