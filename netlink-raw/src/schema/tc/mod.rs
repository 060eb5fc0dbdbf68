//! Tables of traffic control: queues, classes, filters, actions (`linux/rtnetlink.h`, `linux/pkt_sched.h`,
//! `linux/pkt_cls.h`).

pub mod action;
pub mod class;
pub mod filter;
pub mod flower;
pub mod qdisc;
pub mod structs;

use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// A queue.
    pub TC {
        TCA_KIND = 1: Str,
        TCA_OPTIONS = 2: ByName(TCA_KIND, qdisc::OPTIONS),
        TCA_STATS = 3: Record(&structs::STATS),
        TCA_XSTATS = 4: ByName(TCA_KIND, qdisc::XSTATS),
        TCA_RATE = 5: Record(&structs::ESTIMATOR),
        TCA_FCNT = 6: U32,
        TCA_STATS2 = 7: Nest(&STATS2),
        TCA_STAB = 8: Nest(&STAB),
        TCA_PAD = 9: Bytes,
        TCA_DUMP_INVISIBLE = 10: Flag,
        TCA_CHAIN = 11: U32,
        TCA_HW_OFFLOAD = 12: U8,
        TCA_INGRESS_BLOCK = 13: U32,
        TCA_EGRESS_BLOCK = 14: U32,
        TCA_DUMP_FLAGS = 15: Record(&crate::schema::answer::BITFIELD32),
        TCA_EXT_WARN_MSG = 16: Str,
    }

    /// Its counters.
    pub STATS2 {
        TCA_STATS_BASIC = 1: Record(&structs::STATS_BASIC),
        TCA_STATS_RATE_EST = 2: Record(&structs::STATS_RATE_EST),
        TCA_STATS_QUEUE = 3: Record(&structs::STATS_QUEUE),
        TCA_STATS_APP = 4: ByOuterName(TCA_KIND, qdisc::XSTATS),
        TCA_STATS_RATE_EST64 = 5: Record(&structs::STATS_RATE_EST64),
        TCA_STATS_PAD = 6: Bytes,
        TCA_STATS_BASIC_HW = 7: Record(&structs::STATS_BASIC),
        TCA_STATS_PKT64 = 8: U64,
    }

    /// Sizes of packets as a link has them.
    pub STAB {
        TCA_STAB_BASE = 1: Record(&structs::SIZESPEC),
        TCA_STAB_DATA = 2: Bytes,
    }
}
