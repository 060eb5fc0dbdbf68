//! Tables of kinds of filters: what stands in `TCA_OPTIONS` for each (`linux/pkt_cls.h`).

use super::action::{ACT, POLICE};
use super::flower::FLOWER;
use super::{STAB, STATS2, structs};
use crate::schema::Value::*;
use crate::schema::{Int, Names, Value, attributes, layouts};

attributes! {
    /// A filter.
    pub FILTER {
        TCA_KIND = 1: Str,
        TCA_OPTIONS = 2: ByName(TCA_KIND, OPTIONS),
        TCA_STATS = 3: Record(&structs::STATS),
        TCA_XSTATS = 4: Bytes,
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

    /// By words of a packet.
    pub WORDS {
        TCA_U32_CLASSID = 1: U32,
        TCA_U32_HASH = 2: U32,
        TCA_U32_LINK = 3: U32,
        TCA_U32_DIVISOR = 4: U32,
        TCA_U32_SEL = 5: RecordList(&U32_SEL, &U32_KEY),
        TCA_U32_POLICE = 6: Nest(&POLICE),
        TCA_U32_ACT = 7: Each(&ACT),
        TCA_U32_INDEV = 8: Str,
        TCA_U32_PCNT = 9: RecordWith(&U32_PCNT, "kcnts", &COUNTS),
        TCA_U32_MARK = 10: Record(&U32_MARK),
        TCA_U32_FLAGS = 11: Bits(Int::U32, CLS_FLAGS),
        TCA_U32_PAD = 12: Bytes,
    }

    /// By a program.
    pub BPF {
        TCA_BPF_ACT = 1: Each(&ACT),
        TCA_BPF_POLICE = 2: Nest(&POLICE),
        TCA_BPF_CLASSID = 3: U32,
        TCA_BPF_OPS_LEN = 4: U16,
        TCA_BPF_OPS = 5: Bytes,
        TCA_BPF_FD = 6: U32,
        TCA_BPF_NAME = 7: Str,
        TCA_BPF_FLAGS = 8: U32,
        TCA_BPF_FLAGS_GEN = 9: Bits(Int::U32, CLS_FLAGS),
        TCA_BPF_TAG = 10: Bytes,
        TCA_BPF_ID = 11: U32,
    }

    /// All packets.
    pub MATCHALL {
        TCA_MATCHALL_CLASSID = 1: U32,
        TCA_MATCHALL_ACT = 2: Each(&ACT),
        TCA_MATCHALL_FLAGS = 3: Bits(Int::U32, CLS_FLAGS),
        TCA_MATCHALL_PCNT = 4: Record(&MATCHALL_PCNT),
        TCA_MATCHALL_PAD = 5: Bytes,
    }

    /// By extended matches.
    pub BASIC {
        TCA_BASIC_CLASSID = 1: U32,
        TCA_BASIC_EMATCHES = 2: Nest(&EMATCH_TREE),
        TCA_BASIC_ACT = 3: Each(&ACT),
        TCA_BASIC_POLICE = 4: Nest(&POLICE),
        TCA_BASIC_PCNT = 5: Record(&BASIC_PCNT),
        TCA_BASIC_PAD = 6: Bytes,
    }

    /// By mark.
    pub FW {
        TCA_FW_CLASSID = 1: U32,
        TCA_FW_POLICE = 2: Nest(&POLICE),
        TCA_FW_INDEV = 3: Str,
        TCA_FW_ACT = 4: Each(&ACT),
        TCA_FW_MASK = 5: U32,
    }

    /// By control group.
    pub CGROUP {
        TCA_CGROUP_ACT = 1: Each(&ACT),
        TCA_CGROUP_POLICE = 2: Nest(&POLICE),
        TCA_CGROUP_EMATCHES = 3: Nest(&EMATCH_TREE),
    }

    /// By route.
    pub ROUTE4 {
        TCA_ROUTE4_CLASSID = 1: U32,
        TCA_ROUTE4_TO = 2: U32,
        TCA_ROUTE4_FROM = 3: U32,
        TCA_ROUTE4_IIF = 4: Index,
        TCA_ROUTE4_POLICE = 5: Nest(&POLICE),
        TCA_ROUTE4_ACT = 6: Each(&ACT),
    }

    /// By keys of a flow.
    pub FLOW {
        TCA_FLOW_KEYS = 1: U32,
        TCA_FLOW_MODE = 2: U32,
        TCA_FLOW_BASECLASS = 3: U32,
        TCA_FLOW_RSHIFT = 4: U32,
        TCA_FLOW_ADDEND = 5: U32,
        TCA_FLOW_MASK = 6: U32,
        TCA_FLOW_XOR = 7: U32,
        TCA_FLOW_DIVISOR = 8: U32,
        TCA_FLOW_ACT = 9: Each(&ACT),
        TCA_FLOW_POLICE = 10: Nest(&POLICE),
        TCA_FLOW_EMATCHES = 11: Nest(&EMATCH_TREE),
        TCA_FLOW_PERTURB = 12: U32,
    }

    /// Extended matches.
    pub EMATCH_TREE {
        TCA_EMATCH_TREE_HDR = 1: Record(&EMATCH_HDR),
        TCA_EMATCH_TREE_LIST = 2: EachValue(&Bytes),
    }
}

layouts! {
    /// What words are looked at.
    pub U32_SEL = "tc_u32_sel" {
        flags: Bits(Int::U8, U32_FLAGS),
        offshift: U8,
        nkeys: U8,
        offmask: Be16,
        off: U16,
        offoff: S16,
        hoff: S16,
        hmask: Be32,
    }
    /// A word.
    pub U32_KEY = "tc_u32_key" {
        mask: Be32,
        val: Be32,
        off: S32,
        offmask: S32,
    }
    /// A mark.
    pub U32_MARK = "tc_u32_mark" {
        val: U32,
        mask: U32,
        success: U32,
    }
    /// How often each matched.
    pub U32_PCNT = "tc_u32_pcnt" {
        rcnt: U64,
        rhit: U64,
    }
    /// How often it matched.
    pub MATCHALL_PCNT = "tc_matchall_pcnt" {
        rhit: U64,
    }
    /// How often it matched.
    pub BASIC_PCNT = "tc_basic_pcnt" {
        rcnt: U64,
        rhit: U64,
    }
    /// How many matches.
    pub EMATCH_HDR = "tcf_ematch_tree_hdr" {
        nmatches: U16,
        progid: U16,
    }
}

/// Counters of each word.
static COUNTS: Value = Array(&U64, 8);

/// Where a filter is.
pub const CLS_FLAGS: Names = &[
    (1, "TCA_CLS_FLAGS_SKIP_HW"),
    (2, "TCA_CLS_FLAGS_SKIP_SW"),
    (4, "TCA_CLS_FLAGS_IN_HW"),
    (8, "TCA_CLS_FLAGS_NOT_IN_HW"),
    (16, "TCA_CLS_FLAGS_VERBOSE"),
];

/// What becomes of a match.
const U32_FLAGS: Names = &[
    (1, "TC_U32_TERMINAL"),
    (2, "TC_U32_OFFSET"),
    (4, "TC_U32_VAROFFSET"),
    (8, "TC_U32_EAT"),
];

/// `TCA_OPTIONS` by `TCA_KIND`.
const OPTIONS: &[(&str, Value)] = &[
    ("u32", Nest(&WORDS)),
    ("flower", Nest(&FLOWER)),
    ("bpf", Nest(&BPF)),
    ("matchall", Nest(&MATCHALL)),
    ("basic", Nest(&BASIC)),
    ("fw", Nest(&FW)),
    ("cgroup", Nest(&CGROUP)),
    ("route", Nest(&ROUTE4)),
    ("flow", Nest(&FLOW)),
];
