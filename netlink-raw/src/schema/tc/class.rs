//! Tables of classes of queues, which have options of their own (`linux/pkt_sched.h`).

use super::{STAB, STATS2, qdisc, structs};
use crate::schema::Value::*;
use crate::schema::{Value, attributes};

attributes! {
    /// A class.
    pub CLASS {
        TCA_KIND = 1: Str,
        TCA_OPTIONS = 2: ByName(TCA_KIND, OPTIONS),
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

    /// A class of HFSC.
    pub HFSC {
        TCA_HFSC_RSC = 1: Record(&structs::SERVICE_CURVE),
        TCA_HFSC_FSC = 2: Record(&structs::SERVICE_CURVE),
        TCA_HFSC_USC = 3: Record(&structs::SERVICE_CURVE),
    }

    /// A class of DRR.
    pub DRR {
        TCA_DRR_QUANTUM = 1: U32,
    }

    /// A class of QFQ.
    pub QFQ {
        TCA_QFQ_WEIGHT = 1: U32,
        TCA_QFQ_LMAX = 2: U32,
    }
}

/// `TCA_OPTIONS` by `TCA_KIND`.
const OPTIONS: &[(&str, Value)] = &[
    ("htb", Nest(&qdisc::HTB)),
    ("hfsc", Nest(&HFSC)),
    ("drr", Nest(&DRR)),
    ("qfq", Nest(&QFQ)),
    ("ets", Nest(&qdisc::ETS)),
];
