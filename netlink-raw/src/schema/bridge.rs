//! Tables of bridges, their ports and their VLANs (`linux/if_link.h`, `linux/if_bridge.h`).

use super::Value::*;
pub mod mdb;
pub mod ring;
pub mod structs;

use super::common::ETHER_TYPES;
use super::{Int, Names, attributes, only_annotated};

attributes! {
    /// A bridge.
    pub BRIDGE {
        IFLA_BR_FORWARD_DELAY = 1: U32,
        IFLA_BR_HELLO_TIME = 2: U32,
        IFLA_BR_MAX_AGE = 3: U32,
        IFLA_BR_AGEING_TIME = 4: U32,
        IFLA_BR_STP_STATE = 5: U32,
        IFLA_BR_PRIORITY = 6: U16,
        IFLA_BR_VLAN_FILTERING = 7: U8,
        IFLA_BR_VLAN_PROTOCOL = 8: Enum(Int::Be16, ETHER_TYPES),
        IFLA_BR_GROUP_FWD_MASK = 9: U16,
        IFLA_BR_ROOT_ID = 10: Record(&structs::BRIDGE_ID),
        IFLA_BR_BRIDGE_ID = 11: Record(&structs::BRIDGE_ID),
        IFLA_BR_ROOT_PORT = 12: U16,
        IFLA_BR_ROOT_PATH_COST = 13: U32,
        IFLA_BR_TOPOLOGY_CHANGE = 14: U8,
        IFLA_BR_TOPOLOGY_CHANGE_DETECTED = 15: U8,
        IFLA_BR_HELLO_TIMER = 16: U64,
        IFLA_BR_TCN_TIMER = 17: U64,
        IFLA_BR_TOPOLOGY_CHANGE_TIMER = 18: U64,
        IFLA_BR_GC_TIMER = 19: U64,
        IFLA_BR_GROUP_ADDR = 20: Mac,
        IFLA_BR_FDB_FLUSH = 21: Flag,
        IFLA_BR_MCAST_ROUTER = 22: U8,
        IFLA_BR_MCAST_SNOOPING = 23: U8,
        IFLA_BR_MCAST_QUERY_USE_IFADDR = 24: U8,
        IFLA_BR_MCAST_QUERIER = 25: U8,
        IFLA_BR_MCAST_HASH_ELASTICITY = 26: U32,
        IFLA_BR_MCAST_HASH_MAX = 27: U32,
        IFLA_BR_MCAST_LAST_MEMBER_CNT = 28: U32,
        IFLA_BR_MCAST_STARTUP_QUERY_CNT = 29: U32,
        IFLA_BR_MCAST_LAST_MEMBER_INTVL = 30: U64,
        IFLA_BR_MCAST_MEMBERSHIP_INTVL = 31: U64,
        IFLA_BR_MCAST_QUERIER_INTVL = 32: U64,
        IFLA_BR_MCAST_QUERY_INTVL = 33: U64,
        IFLA_BR_MCAST_QUERY_RESPONSE_INTVL = 34: U64,
        IFLA_BR_MCAST_STARTUP_QUERY_INTVL = 35: U64,
        IFLA_BR_NF_CALL_IPTABLES = 36: U8,
        IFLA_BR_NF_CALL_IP6TABLES = 37: U8,
        IFLA_BR_NF_CALL_ARPTABLES = 38: U8,
        IFLA_BR_VLAN_DEFAULT_PVID = 39: U16,
        IFLA_BR_PAD = 40: Bytes,
        IFLA_BR_VLAN_STATS_ENABLED = 41: U8,
        IFLA_BR_MCAST_STATS_ENABLED = 42: U8,
        IFLA_BR_MCAST_IGMP_VERSION = 43: U8,
        IFLA_BR_MCAST_MLD_VERSION = 44: U8,
        IFLA_BR_VLAN_STATS_PER_PORT = 45: U8,
        IFLA_BR_MULTI_BOOLOPT = 46: Record(&structs::BOOLOPT_MULTI),
        IFLA_BR_MCAST_QUERIER_STATE = 47: Nest(&QUERIER),
        IFLA_BR_FDB_N_LEARNED = 48: U32,
        IFLA_BR_FDB_MAX_LEARNED = 49: U32,
    }

    /// Who sends multicast queries on a bridge (`IFLA_BR_MCAST_QUERIER_STATE`).
    pub QUERIER {
        BRIDGE_QUERIER_IP_ADDRESS = 1: Ip,
        BRIDGE_QUERIER_IP_PORT = 2: Index,
        BRIDGE_QUERIER_IP_OTHER_TIMER = 3: U64,
        BRIDGE_QUERIER_PAD = 4: Bytes,
        BRIDGE_QUERIER_IPV6_ADDRESS = 5: Ip,
        BRIDGE_QUERIER_IPV6_PORT = 6: Index,
        BRIDGE_QUERIER_IPV6_OTHER_TIMER = 7: U64,
    }

    /// A port of a bridge.
    pub PORT {
        IFLA_BRPORT_STATE = 1: Enum(Int::U8, STATES),
        IFLA_BRPORT_PRIORITY = 2: U16,
        IFLA_BRPORT_COST = 3: U32,
        IFLA_BRPORT_MODE = 4: U8,
        IFLA_BRPORT_GUARD = 5: U8,
        IFLA_BRPORT_PROTECT = 6: U8,
        IFLA_BRPORT_FAST_LEAVE = 7: U8,
        IFLA_BRPORT_LEARNING = 8: U8,
        IFLA_BRPORT_UNICAST_FLOOD = 9: U8,
        IFLA_BRPORT_PROXYARP = 10: U8,
        IFLA_BRPORT_LEARNING_SYNC = 11: U8,
        IFLA_BRPORT_PROXYARP_WIFI = 12: U8,
        IFLA_BRPORT_ROOT_ID = 13: Record(&structs::BRIDGE_ID),
        IFLA_BRPORT_BRIDGE_ID = 14: Record(&structs::BRIDGE_ID),
        IFLA_BRPORT_DESIGNATED_PORT = 15: U16,
        IFLA_BRPORT_DESIGNATED_COST = 16: U16,
        IFLA_BRPORT_ID = 17: U16,
        IFLA_BRPORT_NO = 18: U16,
        IFLA_BRPORT_TOPOLOGY_CHANGE_ACK = 19: U8,
        IFLA_BRPORT_CONFIG_PENDING = 20: U8,
        IFLA_BRPORT_MESSAGE_AGE_TIMER = 21: U64,
        IFLA_BRPORT_FORWARD_DELAY_TIMER = 22: U64,
        IFLA_BRPORT_HOLD_TIMER = 23: U64,
        IFLA_BRPORT_FLUSH = 24: Flag,
        IFLA_BRPORT_MULTICAST_ROUTER = 25: U8,
        IFLA_BRPORT_PAD = 26: Bytes,
        IFLA_BRPORT_MCAST_FLOOD = 27: U8,
        IFLA_BRPORT_MCAST_TO_UCAST = 28: U8,
        IFLA_BRPORT_VLAN_TUNNEL = 29: U8,
        IFLA_BRPORT_BCAST_FLOOD = 30: U8,
        IFLA_BRPORT_GROUP_FWD_MASK = 31: U16,
        IFLA_BRPORT_NEIGH_SUPPRESS = 32: U8,
        IFLA_BRPORT_ISOLATED = 33: U8,
        IFLA_BRPORT_BACKUP_PORT = 34: Index,
        IFLA_BRPORT_MRP_RING_OPEN = 35: U8,
        IFLA_BRPORT_MRP_IN_OPEN = 36: U8,
        IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT = 37: U32,
        IFLA_BRPORT_MCAST_EHT_HOSTS_CNT = 38: U32,
        IFLA_BRPORT_LOCKED = 39: U8,
        IFLA_BRPORT_MAB = 40: U8,
        IFLA_BRPORT_MCAST_N_GROUPS = 41: U32,
        IFLA_BRPORT_MCAST_MAX_GROUPS = 42: U32,
        IFLA_BRPORT_NEIGH_VLAN_SUPPRESS = 43: U8,
        IFLA_BRPORT_BACKUP_NHID = 44: U32,
    }

    /// `IFLA_AF_SPEC` in a message of family `AF_BRIDGE`.
    pub SPEC {
        IFLA_BRIDGE_FLAGS = 0: Bits(Int::U16, FLAGS),
        IFLA_BRIDGE_MODE = 1: Enum(Int::U16, MODES),
        IFLA_BRIDGE_VLAN_INFO = 2: Record(&structs::VLAN_INFO),
        IFLA_BRIDGE_VLAN_TUNNEL_INFO = 3: Nest(&TUNNEL_INFO),
        IFLA_BRIDGE_MRP = 4: only_annotated(Nest(&ring::MRP)),
        IFLA_BRIDGE_CFM = 5: only_annotated(Nest(&ring::CFM)),
        IFLA_BRIDGE_MST = 6: Nest(&MST),
    }

    /// VLAN to tunnel id.
    pub TUNNEL_INFO {
        IFLA_BRIDGE_VLAN_TUNNEL_ID = 1: U32,
        IFLA_BRIDGE_VLAN_TUNNEL_VID = 2: U16,
        IFLA_BRIDGE_VLAN_TUNNEL_FLAGS = 3: Bits(Int::U16, super::common::VLAN_INFO_FLAGS),
    }

    /// Multiple spanning trees.
    pub MST {
        IFLA_BRIDGE_MST_ENTRY = 1: Nest(&MST_ENTRY),
    }

    /// One of them.
    pub MST_ENTRY {
        IFLA_BRIDGE_MST_ENTRY_MSTI = 1: U16,
        IFLA_BRIDGE_MST_ENTRY_STATE = 2: Enum(Int::U8, STATES),
    }

    /// Messages of the VLAN database, `RTM_NEWVLAN`.
    pub VLANDB {
        BRIDGE_VLANDB_ENTRY = 1: Nest(&VLANDB_ENTRY),
        BRIDGE_VLANDB_GLOBAL_OPTIONS = 2: Nest(&VLANDB_GLOBAL),
    }

    /// A request for a dump of it.
    pub VLANDB_DUMP {
        BRIDGE_VLANDB_DUMP_FLAGS = 1: Bits(Int::U32, DUMP_FLAGS),
    }

    /// A VLAN of a port.
    pub VLANDB_ENTRY {
        BRIDGE_VLANDB_ENTRY_INFO = 1: Record(&structs::VLAN_INFO),
        BRIDGE_VLANDB_ENTRY_RANGE = 2: U16,
        BRIDGE_VLANDB_ENTRY_STATE = 3: Enum(Int::U8, STATES),
        BRIDGE_VLANDB_ENTRY_TUNNEL_INFO = 4: Nest(&VLANDB_TINFO),
        BRIDGE_VLANDB_ENTRY_STATS = 5: Nest(&VLANDB_STATS),
        BRIDGE_VLANDB_ENTRY_MCAST_ROUTER = 6: U8,
        BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS = 7: U32,
        BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS = 8: U32,
        BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS = 9: U8,
    }

    /// Its tunnel.
    pub VLANDB_TINFO {
        BRIDGE_VLANDB_TINFO_ID = 1: U32,
        BRIDGE_VLANDB_TINFO_CMD = 2: Enum(Int::U32, TINFO_COMMANDS),
    }

    /// Its counters.
    pub VLANDB_STATS {
        BRIDGE_VLANDB_STATS_RX_BYTES = 1: U64,
        BRIDGE_VLANDB_STATS_RX_PACKETS = 2: U64,
        BRIDGE_VLANDB_STATS_TX_BYTES = 3: U64,
        BRIDGE_VLANDB_STATS_TX_PACKETS = 4: U64,
        BRIDGE_VLANDB_STATS_PAD = 5: Bytes,
    }

    /// Options of a VLAN of the bridge.
    pub VLANDB_GLOBAL {
        BRIDGE_VLANDB_GOPTS_ID = 1: U16,
        BRIDGE_VLANDB_GOPTS_RANGE = 2: U16,
        BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING = 3: U8,
        BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION = 4: U8,
        BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION = 5: U8,
        BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT = 6: U32,
        BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT = 7: U32,
        BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL = 8: U64,
        BRIDGE_VLANDB_GOPTS_PAD = 9: Bytes,
        BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL = 10: U64,
        BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL = 11: U64,
        BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL = 12: U64,
        BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL = 13: U64,
        BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL = 14: U64,
        BRIDGE_VLANDB_GOPTS_MCAST_QUERIER = 15: U8,
        BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS = 16: only_annotated(Nest(&mdb::ROUTER)),
        BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_STATE = 17: Nest(&QUERIER),
        BRIDGE_VLANDB_GOPTS_MSTI = 18: U16,
    }
}

/// States of a port (`linux/if_bridge.h`).
const STATES: Names = &[
    (0, "BR_STATE_DISABLED"),
    (1, "BR_STATE_LISTENING"),
    (2, "BR_STATE_LEARNING"),
    (3, "BR_STATE_FORWARDING"),
    (4, "BR_STATE_BLOCKING"),
];

/// Who is to do what is asked for.
const FLAGS: Names = &[(1, "BRIDGE_FLAGS_MASTER"), (2, "BRIDGE_FLAGS_SELF")];

/// Where a device switches.
const MODES: Names = &[
    (0, "BRIDGE_MODE_VEB"),
    (1, "BRIDGE_MODE_VEPA"),
    (0xffff, "BRIDGE_MODE_UNDEF"),
];

/// What a dump of VLANs has besides them.
const DUMP_FLAGS: Names = &[
    (1, "BRIDGE_VLANDB_DUMPF_STATS"),
    (2, "BRIDGE_VLANDB_DUMPF_GLOBAL"),
];

/// What becomes of the tunnel of a VLAN.
const TINFO_COMMANDS: Names = &[(17, "RTM_DELLINK"), (19, "RTM_SETLINK")];
