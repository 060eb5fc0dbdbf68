//! Tables of neighbours and forwarding entries: `RTM_NEWNEIGH` (`linux/neighbour.h`).

use super::Value::*;
use super::common::*;
use super::{Int, Names, attributes, layouts, only_annotated};

attributes! {
    /// Attributes of a neighbour.
    pub NEIGH {
        NDA_DST = 1: Ip,
        NDA_LLADDR = 2: Mac,
        NDA_CACHEINFO = 3: Record(&CACHEINFO),
        NDA_PROBES = 4: U32,
        NDA_VLAN = 5: U16,
        NDA_PORT = 6: Be16,
        NDA_VNI = 7: U32,
        NDA_IFINDEX = 8: Index,
        NDA_MASTER = 9: Index,
        NDA_LINK_NETNSID = 10: S32,
        NDA_SRC_VNI = 11: U32,
        NDA_PROTOCOL = 12: Enum(Int::U8, PROTOCOLS),
        NDA_NH_ID = 13: U32,
        NDA_FDB_EXT_ATTRS = 14: only_annotated(Nest(&FDB_EXT)),
        NDA_FLAGS_EXT = 15: Bits(Int::U32, EXT_FLAGS),
        NDA_NDM_STATE_MASK = 16: Bits(Int::U16, NEIGHBOUR_STATES),
        NDA_NDM_FLAGS_MASK = 17: Bits(Int::U8, NEIGHBOUR_FLAGS),
    }
}

attributes! {
    /// What a forwarding entry tells of its use.
    pub FDB_EXT {
        NFEA_ACTIVITY_NOTIFY = 1: Bits(Int::U8, ACTIVITY),
        NFEA_DONT_REFRESH = 2: Flag,
    }

    /// A table of neighbours.
    pub NEIGHTBL {
        NDTA_NAME = 1: Str,
        NDTA_THRESH1 = 2: U32,
        NDTA_THRESH2 = 3: U32,
        NDTA_THRESH3 = 4: U32,
        NDTA_CONFIG = 5: Record(&CONFIG),
        NDTA_PARMS = 6: Nest(&NEIGHTBL_PARMS),
        NDTA_STATS = 7: Record(&STATISTICS),
        NDTA_GC_INTERVAL = 8: U64,
        NDTA_PAD = 9: Bytes,
    }

    /// Parameters of a table, on one link or all.
    pub NEIGHTBL_PARMS {
        NDTPA_IFINDEX = 1: Index,
        NDTPA_REFCNT = 2: U32,
        NDTPA_REACHABLE_TIME = 3: U64,
        NDTPA_BASE_REACHABLE_TIME = 4: U64,
        NDTPA_RETRANS_TIME = 5: U64,
        NDTPA_GC_STALETIME = 6: U64,
        NDTPA_DELAY_PROBE_TIME = 7: U64,
        NDTPA_QUEUE_LEN = 8: U32,
        NDTPA_APP_PROBES = 9: U32,
        NDTPA_UCAST_PROBES = 10: U32,
        NDTPA_MCAST_PROBES = 11: U32,
        NDTPA_ANYCAST_DELAY = 12: U64,
        NDTPA_PROXY_DELAY = 13: U64,
        NDTPA_PROXY_QLEN = 14: U32,
        NDTPA_LOCKTIME = 15: U64,
        NDTPA_QUEUE_LENBYTES = 16: U32,
        NDTPA_MCAST_REPROBES = 17: U32,
        NDTPA_PAD = 18: Bytes,
        NDTPA_INTERVAL_PROBE_TIME_MS = 19: U64,
    }
}

layouts! {
    /// Ages of a neighbour.
    pub CACHEINFO = "nda_cacheinfo" {
        ndm_confirmed: U32,
        ndm_used: U32,
        ndm_updated: U32,
        ndm_refcnt: U32,
    }
    /// State of a table.
    pub CONFIG = "ndt_config" {
        ndtc_key_len: U16,
        ndtc_entry_size: U16,
        ndtc_entries: U32,
        ndtc_last_flush: U32,
        ndtc_last_rand: U32,
        ndtc_hash_rnd: U32,
        ndtc_hash_mask: U32,
        ndtc_hash_chain_gc: U32,
        ndtc_proxy_qlen: U32,
    }
    /// Counters of a table.
    pub STATISTICS = "ndt_stats" {
        ndts_allocs: U64,
        ndts_destroys: U64,
        ndts_hash_grows: U64,
        ndts_res_failed: U64,
        ndts_lookups: U64,
        ndts_hits: U64,
        ndts_rcv_probes_mcast: U64,
        ndts_rcv_probes_ucast: U64,
        ndts_periodic_gc_runs: U64,
        ndts_forced_gc_runs: U64,
        ndts_table_fulls: U64,
    }
}

/// Whether a forwarding entry tells that it is used.
const ACTIVITY: Names = &[(1, "FDB_NOTIFY_BIT"), (2, "FDB_NOTIFY_INACTIVE_BIT")];

/// Flags of neighbours that have no room in `ndm_flags`.
const EXT_FLAGS: Names = &[
    (1, "NTF_EXT_MANAGED"),
    (2, "NTF_EXT_LOCKED"),
    (4, "NTF_EXT_EXT_VALIDATED"),
];
