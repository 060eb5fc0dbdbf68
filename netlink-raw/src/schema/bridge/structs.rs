//! Structs of bridges (`linux/if_link.h`, `linux/if_bridge.h`).

use crate::schema::Value::*;
use crate::schema::common::VLAN_INFO_FLAGS;
use crate::schema::{Int, Names, layouts};

layouts! {
    /// Who a bridge is.
    pub BRIDGE_ID = "ifla_bridge_id" {
        prio: Be16,
        addr[6]: Mac,
    }
    /// A VLAN of a port.
    pub VLAN_INFO = "bridge_vlan_info" {
        flags: Bits(Int::U16, VLAN_INFO_FLAGS),
        vid: U16,
    }
    /// Switches, and which of them count.
    pub BOOLOPT_MULTI = "br_boolopt_multi" {
        optval: Bits(Int::U32, BOOLOPTS),
        optmask: Bits(Int::U32, BOOLOPTS),
    }
    /// Counters of a VLAN.
    pub VLAN_XSTATS = "bridge_vlan_xstats" {
        rx_bytes: U64,
        rx_packets: U64,
        tx_bytes: U64,
        tx_packets: U64,
        vid: U16,
        flags: Bits(Int::U16, VLAN_INFO_FLAGS),
        pad2: U32,
    }
    /// Counters of the spanning tree.
    pub STP_XSTATS = "bridge_stp_xstats" {
        transition_blk: U64,
        transition_fwd: U64,
        rx_bpdu: U64,
        tx_bpdu: U64,
        rx_tcn: U64,
        tx_tcn: U64,
    }
    /// Counters of multicast: received, sent.
    pub MCAST_STATS = "br_mcast_stats" {
        igmp_v1queries[16]: Array(&U64, 8),
        igmp_v2queries[16]: Array(&U64, 8),
        igmp_v3queries[16]: Array(&U64, 8),
        igmp_leaves[16]: Array(&U64, 8),
        igmp_v1reports[16]: Array(&U64, 8),
        igmp_v2reports[16]: Array(&U64, 8),
        igmp_v3reports[16]: Array(&U64, 8),
        igmp_parse_errors: U64,
        mld_v1queries[16]: Array(&U64, 8),
        mld_v2queries[16]: Array(&U64, 8),
        mld_leaves[16]: Array(&U64, 8),
        mld_v1reports[16]: Array(&U64, 8),
        mld_v2reports[16]: Array(&U64, 8),
        mld_parse_errors: U64,
        mcast_bytes[16]: Array(&U64, 8),
        mcast_packets[16]: Array(&U64, 8),
    }
    /// A multicast group of a bridge. Its address has room for IPv6, IPv4 or a MAC address, which `proto` tells.
    pub MDB_ENTRY = "br_mdb_entry" {
        ifindex: Index,
        state: Enum(Int::U8, MDB_STATES),
        flags: Bits(Int::U8, MDB_FLAGS),
        vid: U16,
        addr: Record(&MDB_ADDRESS),
    }
    /// The address of a group.
    pub MDB_ADDRESS = "br_mdb_entry.addr" {
        u: Record(&MDB_ADDRESS_BYTES),
        proto: Enum(Int::Be16, crate::schema::common::ETHER_TYPES),
    }
    /// Its bytes, which are aligned as an IPv6 address is.
    pub MDB_ADDRESS_BYTES = "in6_addr" {
        in6_u[16]: Ip,
    }
}

/// Switches of a bridge.
const BOOLOPTS: Names = &[
    (1, "BR_BOOLOPT_NO_LL_LEARN"),
    (2, "BR_BOOLOPT_MCAST_VLAN_SNOOPING"),
    (4, "BR_BOOLOPT_MST_ENABLE"),
    (8, "BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION"),
    (16, "BR_BOOLOPT_FDB_LOCAL_VLAN_0"),
];

/// How long a group stays.
const MDB_STATES: Names = &[(0, "MDB_TEMPORARY"), (1, "MDB_PERMANENT")];

/// What is done with a group.
const MDB_FLAGS: Names = &[
    (1, "MDB_FLAGS_OFFLOAD"),
    (2, "MDB_FLAGS_FAST_LEAVE"),
    (4, "MDB_FLAGS_STAR_EXCL"),
    (8, "MDB_FLAGS_BLOCKED"),
    (16, "MDB_FLAGS_OFFLOAD_FAILED"),
];
