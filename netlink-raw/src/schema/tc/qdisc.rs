//! Tables of kinds of queues: what stands in `TCA_OPTIONS` for each (`linux/pkt_sched.h`).

use super::{TCA_OPTIONS, structs};
use crate::schema::Value::*;
use crate::schema::{Spec, Table, Value, attributes};

attributes! {
    /// A bucket of tokens.
    pub TBF {
        TCA_TBF_PARMS = 1: Record(&structs::TBF),
        TCA_TBF_RTAB = 2: Bytes,
        TCA_TBF_PTAB = 3: Bytes,
        TCA_TBF_RATE64 = 4: U64,
        TCA_TBF_PRATE64 = 5: U64,
        TCA_TBF_BURST = 6: U32,
        TCA_TBF_PBURST = 7: U32,
        TCA_TBF_PAD = 8: Bytes,
    }

    /// Buckets in a hierarchy.
    pub HTB {
        TCA_HTB_PARMS = 1: Record(&structs::HTB),
        TCA_HTB_INIT = 2: Record(&structs::HTB_GLOB),
        TCA_HTB_CTAB = 3: Bytes,
        TCA_HTB_RTAB = 4: Bytes,
        TCA_HTB_DIRECT_QLEN = 5: U32,
        TCA_HTB_RATE64 = 6: U64,
        TCA_HTB_CEIL64 = 7: U64,
        TCA_HTB_PAD = 8: Bytes,
        TCA_HTB_OFFLOAD = 9: Flag,
    }

    /// Fair queues.
    pub FQ {
        TCA_FQ_PLIMIT = 1: U32,
        TCA_FQ_FLOW_PLIMIT = 2: U32,
        TCA_FQ_QUANTUM = 3: U32,
        TCA_FQ_INITIAL_QUANTUM = 4: U32,
        TCA_FQ_RATE_ENABLE = 5: U32,
        TCA_FQ_FLOW_DEFAULT_RATE = 6: U32,
        TCA_FQ_FLOW_MAX_RATE = 7: U32,
        TCA_FQ_BUCKETS_LOG = 8: U32,
        TCA_FQ_FLOW_REFILL_DELAY = 9: U32,
        TCA_FQ_ORPHAN_MASK = 10: U32,
        TCA_FQ_LOW_RATE_THRESHOLD = 11: U32,
        TCA_FQ_CE_THRESHOLD = 12: U32,
        TCA_FQ_TIMER_SLACK = 13: U32,
        TCA_FQ_HORIZON = 14: U32,
        TCA_FQ_HORIZON_DROP = 15: U8,
        TCA_FQ_PRIOMAP = 16: Record(&structs::PRIO),
        TCA_FQ_WEIGHTS = 17: Array(&S32, 4),
        TCA_FQ_OFFLOAD_HORIZON = 18: U32,
    }

    /// Fair queues with CoDel.
    pub FQ_CODEL {
        TCA_FQ_CODEL_TARGET = 1: U32,
        TCA_FQ_CODEL_LIMIT = 2: U32,
        TCA_FQ_CODEL_INTERVAL = 3: U32,
        TCA_FQ_CODEL_ECN = 4: U32,
        TCA_FQ_CODEL_FLOWS = 5: U32,
        TCA_FQ_CODEL_QUANTUM = 6: U32,
        TCA_FQ_CODEL_CE_THRESHOLD = 7: U32,
        TCA_FQ_CODEL_DROP_BATCH_SIZE = 8: U32,
        TCA_FQ_CODEL_MEMORY_LIMIT = 9: U32,
        TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR = 10: U8,
        TCA_FQ_CODEL_CE_THRESHOLD_MASK = 11: U8,
    }

    /// CoDel.
    pub CODEL {
        TCA_CODEL_TARGET = 1: U32,
        TCA_CODEL_LIMIT = 2: U32,
        TCA_CODEL_INTERVAL = 3: U32,
        TCA_CODEL_ECN = 4: U32,
        TCA_CODEL_CE_THRESHOLD = 5: U32,
    }

    /// A network imitated.
    pub NETEM {
        TCA_NETEM_CORR = 1: Record(&structs::NETEM_CORR),
        TCA_NETEM_DELAY_DIST = 2: Array(&S16, 2),
        TCA_NETEM_REORDER = 3: Record(&structs::NETEM_REORDER),
        TCA_NETEM_CORRUPT = 4: Record(&structs::NETEM_CORRUPT),
        TCA_NETEM_LOSS = 5: Nest(&NETEM_LOSS),
        TCA_NETEM_RATE = 6: Record(&structs::NETEM_RATE),
        TCA_NETEM_ECN = 7: U32,
        TCA_NETEM_RATE64 = 8: U64,
        TCA_NETEM_PAD = 9: Bytes,
        TCA_NETEM_LATENCY64 = 10: S64,
        TCA_NETEM_JITTER64 = 11: S64,
        TCA_NETEM_SLOT = 12: Record(&structs::NETEM_SLOT),
        TCA_NETEM_SLOT_DIST = 13: Array(&S16, 2),
        TCA_NETEM_PRNG_SEED = 14: U64,
    }

    /// Loss by a model.
    pub NETEM_LOSS {
        NETEM_LOSS_GI = 1: Record(&structs::NETEM_GIMODEL),
        NETEM_LOSS_GE = 2: Record(&structs::NETEM_GEMODEL),
    }

    /// Random early detection.
    pub RED {
        TCA_RED_PARMS = 1: Record(&structs::RED),
        TCA_RED_STAB = 2: Bytes,
        TCA_RED_MAX_P = 3: U32,
        TCA_RED_FLAGS = 4: Record(&crate::schema::answer::BITFIELD32),
        TCA_RED_EARLY_DROP_BLOCK = 5: U32,
        TCA_RED_MARK_BLOCK = 6: U32,
    }

    /// CHOKe.
    pub CHOKE {
        TCA_CHOKE_PARMS = 1: Record(&structs::RED),
        TCA_CHOKE_STAB = 2: Bytes,
        TCA_CHOKE_MAX_P = 3: U32,
    }

    /// Classes of traffic and their queues.
    pub MQPRIO {
        TCA_MQPRIO_MODE = 1: U16,
        TCA_MQPRIO_SHAPER = 2: U16,
        TCA_MQPRIO_MIN_RATE64 = 3: EachValue(&U64),
        TCA_MQPRIO_MAX_RATE64 = 4: EachValue(&U64),
        TCA_MQPRIO_TC_ENTRY = 5: Nest(&MQPRIO_TC_ENTRY),
    }

    /// One of them.
    pub MQPRIO_TC_ENTRY {
        TCA_MQPRIO_TC_ENTRY_INDEX = 1: U32,
        TCA_MQPRIO_TC_ENTRY_FP = 2: U32,
    }

    /// Common applications kept enhanced.
    pub CAKE {
        TCA_CAKE_PAD = 1: Bytes,
        TCA_CAKE_BASE_RATE64 = 2: U64,
        TCA_CAKE_DIFFSERV_MODE = 3: U32,
        TCA_CAKE_ATM = 4: U32,
        TCA_CAKE_FLOW_MODE = 5: U32,
        TCA_CAKE_OVERHEAD = 6: S32,
        TCA_CAKE_RTT = 7: U32,
        TCA_CAKE_TARGET = 8: U32,
        TCA_CAKE_AUTORATE = 9: U32,
        TCA_CAKE_MEMORY = 10: U32,
        TCA_CAKE_NAT = 11: U32,
        TCA_CAKE_RAW = 12: Flag,
        TCA_CAKE_WASH = 13: U32,
        TCA_CAKE_MPU = 14: U32,
        TCA_CAKE_INGRESS = 15: U32,
        TCA_CAKE_ACK_FILTER = 16: U32,
        TCA_CAKE_SPLIT_GSO = 17: U32,
        TCA_CAKE_FWMARK = 18: U32,
    }

    /// Its counters.
    pub CAKE_STATS {
        TCA_CAKE_STATS_PAD = 1: Bytes,
        TCA_CAKE_STATS_CAPACITY_ESTIMATE64 = 2: U64,
        TCA_CAKE_STATS_MEMORY_LIMIT = 3: U32,
        TCA_CAKE_STATS_MEMORY_USED = 4: U32,
        TCA_CAKE_STATS_AVG_NETOFF = 5: U32,
        TCA_CAKE_STATS_MIN_NETLEN = 6: U32,
        TCA_CAKE_STATS_MAX_NETLEN = 7: U32,
        TCA_CAKE_STATS_MIN_ADJLEN = 8: U32,
        TCA_CAKE_STATS_MAX_ADJLEN = 9: U32,
        TCA_CAKE_STATS_TIN_STATS = 10: Each(&CAKE_TIN_STATS),
        TCA_CAKE_STATS_DEFICIT = 11: S32,
        TCA_CAKE_STATS_COBALT_COUNT = 12: U32,
        TCA_CAKE_STATS_DROPPING = 13: U32,
        TCA_CAKE_STATS_DROP_NEXT_US = 14: S32,
        TCA_CAKE_STATS_P_DROP = 15: U32,
        TCA_CAKE_STATS_BLUE_TIMER_US = 16: S32,
    }

    /// Counters of a tin.
    pub CAKE_TIN_STATS {
        TCA_CAKE_TIN_STATS_PAD = 1: Bytes,
        TCA_CAKE_TIN_STATS_SENT_PACKETS = 2: U32,
        TCA_CAKE_TIN_STATS_SENT_BYTES64 = 3: U64,
        TCA_CAKE_TIN_STATS_DROPPED_PACKETS = 4: U32,
        TCA_CAKE_TIN_STATS_DROPPED_BYTES64 = 5: U64,
        TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS = 6: U32,
        TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64 = 7: U64,
        TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS = 8: U32,
        TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64 = 9: U64,
        TCA_CAKE_TIN_STATS_BACKLOG_PACKETS = 10: U32,
        TCA_CAKE_TIN_STATS_BACKLOG_BYTES = 11: U32,
        TCA_CAKE_TIN_STATS_THRESHOLD_RATE64 = 12: U64,
        TCA_CAKE_TIN_STATS_TARGET_US = 13: U32,
        TCA_CAKE_TIN_STATS_INTERVAL_US = 14: U32,
        TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS = 15: U32,
        TCA_CAKE_TIN_STATS_WAY_MISSES = 16: U32,
        TCA_CAKE_TIN_STATS_WAY_COLLISIONS = 17: U32,
        TCA_CAKE_TIN_STATS_PEAK_DELAY_US = 18: U32,
        TCA_CAKE_TIN_STATS_AVG_DELAY_US = 19: U32,
        TCA_CAKE_TIN_STATS_BASE_DELAY_US = 20: U32,
        TCA_CAKE_TIN_STATS_SPARSE_FLOWS = 21: U32,
        TCA_CAKE_TIN_STATS_BULK_FLOWS = 22: U32,
        TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS = 23: U32,
        TCA_CAKE_TIN_STATS_MAX_SKBLEN = 24: U32,
        TCA_CAKE_TIN_STATS_FLOW_QUANTUM = 25: U32,
    }

    /// PIE.
    pub PIE {
        TCA_PIE_TARGET = 1: U32,
        TCA_PIE_LIMIT = 2: U32,
        TCA_PIE_TUPDATE = 3: U32,
        TCA_PIE_ALPHA = 4: U32,
        TCA_PIE_BETA = 5: U32,
        TCA_PIE_ECN = 6: U32,
        TCA_PIE_BYTEMODE = 7: U32,
        TCA_PIE_DQ_RATE_ESTIMATOR = 8: U32,
    }

    /// Fair queues with PIE.
    pub FQ_PIE {
        TCA_FQ_PIE_LIMIT = 1: U32,
        TCA_FQ_PIE_FLOWS = 2: U32,
        TCA_FQ_PIE_TARGET = 3: U32,
        TCA_FQ_PIE_TUPDATE = 4: U32,
        TCA_FQ_PIE_ALPHA = 5: U32,
        TCA_FQ_PIE_BETA = 6: U32,
        TCA_FQ_PIE_QUANTUM = 7: U32,
        TCA_FQ_PIE_MEMORY_LIMIT = 8: U32,
        TCA_FQ_PIE_ECN_PROB = 9: U32,
        TCA_FQ_PIE_ECN = 10: U32,
        TCA_FQ_PIE_BYTEMODE = 11: U32,
        TCA_FQ_PIE_DQ_RATE_ESTIMATOR = 12: U32,
    }

    /// Strict bands and shared ones.
    pub ETS {
        TCA_ETS_NBANDS = 1: U8,
        TCA_ETS_NSTRICT = 2: U8,
        TCA_ETS_QUANTA = 3: Nest(&ETS),
        TCA_ETS_QUANTA_BAND = 4: U32,
        TCA_ETS_PRIOMAP = 5: Nest(&ETS),
        TCA_ETS_PRIOMAP_BAND = 6: U8,
    }

    /// Shaping by credit.
    pub CBS {
        TCA_CBS_PARMS = 1: Record(&structs::CBS),
    }

    /// Sending at a time.
    pub ETF {
        TCA_ETF_PARMS = 1: Record(&structs::ETF),
    }

    /// Heavy hitters apart.
    pub HHF {
        TCA_HHF_BACKLOG_LIMIT = 1: U32,
        TCA_HHF_QUANTUM = 2: U32,
        TCA_HHF_HH_FLOWS_LIMIT = 3: U32,
        TCA_HHF_RESET_TIMEOUT = 4: U32,
        TCA_HHF_ADMIT_BYTES = 5: U32,
        TCA_HHF_EVICT_TIMEOUT = 6: U32,
        TCA_HHF_NON_HH_WEIGHT = 7: U32,
    }
}

/// Behind the struct of kinds that once had attributes too.
static COMPATIBLE: Table = Table {
    name: "COMPATIBLE",
    specs: &[Spec {
        number: TCA_OPTIONS,
        name: "TCA_OPTIONS",
        value: Bytes,
    }],
};

/// `TCA_OPTIONS` by `TCA_KIND`.
pub const OPTIONS: &[(&str, Value)] = &[
    ("pfifo", Record(&structs::FIFO)),
    ("bfifo", Record(&structs::FIFO)),
    ("pfifo_head_drop", Record(&structs::FIFO)),
    ("pfifo_fast", Record(&structs::PRIO)),
    ("prio", RecordThen(&structs::PRIO, &COMPATIBLE)),
    ("multiq", RecordThen(&structs::MULTIQ, &COMPATIBLE)),
    ("sfq", Record(&structs::SFQ_V1)),
    ("hfsc", Record(&structs::HFSC)),
    ("skbprio", Record(&structs::SKBPRIO)),
    ("tbf", Nest(&TBF)),
    ("htb", Nest(&HTB)),
    ("fq", Nest(&FQ)),
    ("fq_codel", Nest(&FQ_CODEL)),
    ("codel", Nest(&CODEL)),
    ("netem", RecordThen(&structs::NETEM, &NETEM)),
    ("red", Nest(&RED)),
    ("choke", Nest(&CHOKE)),
    ("mqprio", RecordThen(&structs::MQPRIO, &MQPRIO)),
    ("cake", Nest(&CAKE)),
    ("pie", Nest(&PIE)),
    ("fq_pie", Nest(&FQ_PIE)),
    ("ets", Nest(&ETS)),
    ("cbs", Nest(&CBS)),
    ("etf", Nest(&ETF)),
    ("hhf", Nest(&HHF)),
];

/// Counters by `TCA_KIND`.
pub const XSTATS: &[(&str, Value)] = &[
    ("sfq", Record(&structs::SFQ_XSTATS)),
    ("htb", Record(&structs::HTB_XSTATS)),
    ("hfsc", Record(&structs::HFSC_STATS)),
    ("red", Record(&structs::RED_XSTATS)),
    ("codel", Record(&structs::CODEL_XSTATS)),
    ("fq_codel", Record(&structs::FQ_CODEL_XSTATS)),
    ("fq", Record(&structs::FQ_QD_STATS)),
    ("pie", Record(&structs::PIE_XSTATS)),
    ("cake", Nest(&CAKE_STATS)),
];
