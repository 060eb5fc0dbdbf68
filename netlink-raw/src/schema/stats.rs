//! Tables of counters: `RTM_NEWSTATS` (`linux/if_link.h`, `linux/if_bridge.h`).

use super::Value::*;
use super::bridge::structs::*;
use super::link::structs::STATS64;
use super::{Int, Names, Spec, Table, attributes, layouts, only_annotated};

attributes! {
    /// Counters of a link.
    pub STATS {
        IFLA_STATS_LINK_64 = 1: Record(&STATS64),
        IFLA_STATS_LINK_XSTATS = 2: Nest(&XSTATS),
        IFLA_STATS_LINK_XSTATS_SLAVE = 3: Nest(&XSTATS),
        IFLA_STATS_LINK_OFFLOAD_XSTATS = 4: only_annotated(Nest(&OFFLOAD_XSTATS)),
        IFLA_STATS_AF_SPEC = 5: only_annotated(Nest(&AF_SPEC)),
    }

    /// Counters of its kind, or of the kind it is a port of.
    pub XSTATS {
        LINK_XSTATS_TYPE_BRIDGE = 1: Nest(&BRIDGE_XSTATS),
        LINK_XSTATS_TYPE_BOND = 2: only_annotated(Nest(&super::kinds::bond::BOND_XSTATS)),
    }

    /// Counters of a bridge or of its port.
    pub BRIDGE_XSTATS {
        BRIDGE_XSTATS_VLAN = 1: Record(&VLAN_XSTATS),
        BRIDGE_XSTATS_MCAST = 2: Record(&MCAST_STATS),
        BRIDGE_XSTATS_PAD = 3: Bytes,
        BRIDGE_XSTATS_STP = 4: Record(&STP_XSTATS),
    }
}

attributes! {
    /// Counters of hardware.
    pub OFFLOAD_XSTATS {
        IFLA_OFFLOAD_XSTATS_CPU_HIT = 1: Record(&STATS64),
        IFLA_OFFLOAD_XSTATS_HW_S_INFO = 2: Nest(&HW_S_INFOS),
        IFLA_OFFLOAD_XSTATS_L3_STATS = 3: Record(&HW_STATS64),
    }

    /// Whether hardware counts.
    pub HW_S_INFO {
        IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST = 1: U8,
        IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED = 2: U8,
    }

    /// A request for counters: which of them, by kind.
    pub STATS_GET {
        IFLA_STATS_GET_FILTERS = 1: EachValue(&Bits(Int::U32, FILTERS)),
    }

    /// A request that hardware counts.
    pub STATS_SET {
        IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS = 2: U8,
    }

    /// Counters of MPLS.
    pub MPLS_STATS {
        MPLS_STATS_LINK = 1: Record(&MPLS_LINK_STATS),
    }
}

/// Whether hardware counts, for each kind of counters (`IFLA_OFFLOAD_XSTATS_HW_S_INFO`).
pub static HW_S_INFOS: Table = Table {
    name: "HW_S_INFOS",
    specs: &[Spec {
        number: IFLA_OFFLOAD_XSTATS_L3_STATS,
        name: "IFLA_OFFLOAD_XSTATS_L3_STATS",
        value: Nest(&HW_S_INFO),
    }],
};

/// Counters of address families (`IFLA_STATS_AF_SPEC`).
pub static AF_SPEC: Table = Table {
    name: "AF_SPEC",
    specs: &[Spec {
        number: 28,
        name: "AF_MPLS",
        value: Nest(&MPLS_STATS),
    }],
};

/// What there is to ask for.
pub const FILTERS: Names = &[
    (1, "IFLA_STATS_LINK_64"),
    (2, "IFLA_STATS_LINK_XSTATS"),
    (4, "IFLA_STATS_LINK_XSTATS_SLAVE"),
    (8, "IFLA_STATS_LINK_OFFLOAD_XSTATS"),
    (16, "IFLA_STATS_AF_SPEC"),
];

layouts! {
    /// Counters of hardware.
    pub HW_STATS64 = "rtnl_hw_stats64" {
        rx_packets: U64,
        tx_packets: U64,
        rx_bytes: U64,
        tx_bytes: U64,
        rx_errors: U64,
        tx_errors: U64,
        rx_dropped: U64,
        tx_dropped: U64,
        multicast: U64,
    }
    /// Counters of MPLS on a link.
    pub MPLS_LINK_STATS = "mpls_link_stats" {
        rx_packets: U64,
        tx_packets: U64,
        rx_bytes: U64,
        tx_bytes: U64,
        rx_errors: U64,
        tx_errors: U64,
        rx_dropped: U64,
        tx_dropped: U64,
        rx_noroute: U64,
    }
}
