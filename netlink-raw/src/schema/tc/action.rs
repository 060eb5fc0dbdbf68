//! Tables of actions: what stands in `TCA_ACT_OPTIONS` for each kind (`linux/pkt_cls.h`, `linux/tc_act/`).

use super::structs::{self, RATESPEC};
use crate::schema::Value::*;
use crate::schema::answer::BITFIELD32;
use crate::schema::common::ETHER_TYPES;
use crate::schema::{Int, Names, Value, attributes, layouts};

attributes! {
    /// Actions on their own.
    pub ROOT {
        TCA_ROOT_TAB = 1: Each(&ACT),
        TCA_ROOT_FLAGS = 2: Record(&BITFIELD32),
        TCA_ROOT_COUNT = 3: U32,
        TCA_ROOT_TIME_DELTA = 4: U32,
        TCA_ROOT_EXT_WARN_MSG = 5: Str,
    }

    /// An action.
    pub ACT {
        TCA_ACT_KIND = 1: Str,
        TCA_ACT_OPTIONS = 2: ByName(TCA_ACT_KIND, OPTIONS),
        TCA_ACT_INDEX = 3: U32,
        TCA_ACT_STATS = 4: Nest(&ACT_STATS),
        TCA_ACT_PAD = 5: Bytes,
        TCA_ACT_COOKIE = 6: Bytes,
        TCA_ACT_FLAGS = 7: Record(&BITFIELD32),
        TCA_ACT_HW_STATS = 8: Record(&BITFIELD32),
        TCA_ACT_USED_HW_STATS = 9: Record(&BITFIELD32),
        TCA_ACT_IN_HW_COUNT = 10: U32,
    }

    /// Counters of an action.
    pub ACT_STATS {
        TCA_STATS_BASIC = 1: Record(&structs::STATS_BASIC),
        TCA_STATS_RATE_EST = 2: Record(&structs::STATS_RATE_EST),
        TCA_STATS_QUEUE = 3: Record(&structs::STATS_QUEUE),
        TCA_STATS_APP = 4: Bytes,
        TCA_STATS_RATE_EST64 = 5: Record(&structs::STATS_RATE_EST64),
        TCA_STATS_PAD = 6: Bytes,
        TCA_STATS_BASIC_HW = 7: Record(&structs::STATS_BASIC),
        TCA_STATS_PKT64 = 8: U64,
    }

    /// No more than a rate.
    pub POLICE {
        TCA_POLICE_TBF = 1: Record(&POLICE_PARMS),
        TCA_POLICE_RATE = 2: Bytes,
        TCA_POLICE_PEAKRATE = 3: Bytes,
        TCA_POLICE_AVRATE = 4: U32,
        TCA_POLICE_RESULT = 5: U32,
        TCA_POLICE_TM = 6: Record(&TIMES),
        TCA_POLICE_PAD = 7: Bytes,
        TCA_POLICE_RATE64 = 8: U64,
        TCA_POLICE_PEAKRATE64 = 9: U64,
        TCA_POLICE_PKTRATE64 = 10: U64,
        TCA_POLICE_PKTBURST64 = 11: U64,
    }

    /// Passed, dropped, or by chance.
    pub GACT {
        TCA_GACT_TM = 1: Record(&TIMES),
        TCA_GACT_PARMS = 2: Record(&GACT_PARMS),
        TCA_GACT_PROB = 3: Record(&GACT_P),
        TCA_GACT_PAD = 4: Bytes,
    }

    /// Sent elsewhere.
    pub MIRRED {
        TCA_MIRRED_TM = 1: Record(&TIMES),
        TCA_MIRRED_PARMS = 2: Record(&MIRRED_PARMS),
        TCA_MIRRED_PAD = 3: Bytes,
        TCA_MIRRED_BLOCKID = 4: U32,
    }

    /// A VLAN put on or taken off.
    pub VLAN {
        TCA_VLAN_TM = 1: Record(&TIMES),
        TCA_VLAN_PARMS = 2: Record(&VLAN_PARMS),
        TCA_VLAN_PUSH_VLAN_ID = 3: U16,
        TCA_VLAN_PUSH_VLAN_PROTOCOL = 4: Enum(Int::Be16, ETHER_TYPES),
        TCA_VLAN_PAD = 5: Bytes,
        TCA_VLAN_PUSH_VLAN_PRIORITY = 6: U8,
        TCA_VLAN_PUSH_ETH_DST = 7: Mac,
        TCA_VLAN_PUSH_ETH_SRC = 8: Mac,
    }

    /// Bytes changed.
    pub PEDIT {
        TCA_PEDIT_TM = 1: Record(&TIMES),
        TCA_PEDIT_PARMS = 2: RecordList(&PEDIT_SEL, &PEDIT_KEY),
        TCA_PEDIT_PAD = 3: Bytes,
        TCA_PEDIT_PARMS_EX = 4: RecordList(&PEDIT_SEL, &PEDIT_KEY),
        TCA_PEDIT_KEYS_EX = 5: Nest(&PEDIT),
        TCA_PEDIT_KEY_EX = 6: Nest(&PEDIT_KEY_EX),
    }

    /// Where bytes are that change.
    pub PEDIT_KEY_EX {
        TCA_PEDIT_KEY_EX_HTYPE = 1: U16,
        TCA_PEDIT_KEY_EX_CMD = 2: U16,
    }

    /// What the kernel keeps of a packet.
    pub SKBEDIT {
        TCA_SKBEDIT_TM = 1: Record(&TIMES),
        TCA_SKBEDIT_PARMS = 2: Record(&GENERIC),
        TCA_SKBEDIT_PRIORITY = 3: U32,
        TCA_SKBEDIT_QUEUE_MAPPING = 4: U16,
        TCA_SKBEDIT_MARK = 5: U32,
        TCA_SKBEDIT_PAD = 6: Bytes,
        TCA_SKBEDIT_PTYPE = 7: U16,
        TCA_SKBEDIT_MASK = 8: U32,
        TCA_SKBEDIT_FLAGS = 9: U64,
        TCA_SKBEDIT_QUEUE_MAPPING_MAX = 10: U16,
    }

    /// Where a tunnel goes.
    pub TUNNEL_KEY {
        TCA_TUNNEL_KEY_TM = 1: Record(&TIMES),
        TCA_TUNNEL_KEY_PARMS = 2: Record(&TUNNEL_KEY_PARMS),
        TCA_TUNNEL_KEY_ENC_IPV4_SRC = 3: Ip,
        TCA_TUNNEL_KEY_ENC_IPV4_DST = 4: Ip,
        TCA_TUNNEL_KEY_ENC_IPV6_SRC = 5: Ip,
        TCA_TUNNEL_KEY_ENC_IPV6_DST = 6: Ip,
        TCA_TUNNEL_KEY_ENC_KEY_ID = 7: Be32,
        TCA_TUNNEL_KEY_PAD = 8: Bytes,
        TCA_TUNNEL_KEY_ENC_DST_PORT = 9: Be16,
        TCA_TUNNEL_KEY_NO_CSUM = 10: U8,
        TCA_TUNNEL_KEY_ENC_OPTS = 11: Nest(&TUNNEL_OPTS),
        TCA_TUNNEL_KEY_ENC_TOS = 12: U8,
        TCA_TUNNEL_KEY_ENC_TTL = 13: U8,
        TCA_TUNNEL_KEY_NO_FRAG = 14: Flag,
    }

    /// Options of a tunnel.
    pub TUNNEL_OPTS {
        TCA_TUNNEL_KEY_ENC_OPTS_GENEVE = 1: Nest(&GENEVE_OPT),
        TCA_TUNNEL_KEY_ENC_OPTS_VXLAN = 2: Nest(&VXLAN_OPT),
        TCA_TUNNEL_KEY_ENC_OPTS_ERSPAN = 3: Nest(&ERSPAN_OPT),
    }

    /// An option of GENEVE.
    pub GENEVE_OPT {
        TCA_TUNNEL_KEY_ENC_OPT_GENEVE_CLASS = 1: Be16,
        TCA_TUNNEL_KEY_ENC_OPT_GENEVE_TYPE = 2: U8,
        TCA_TUNNEL_KEY_ENC_OPT_GENEVE_DATA = 3: Bytes,
    }

    /// An option of VXLAN.
    pub VXLAN_OPT {
        TCA_TUNNEL_KEY_ENC_OPT_VXLAN_GBP = 1: U32,
    }

    /// An option of ERSPAN.
    pub ERSPAN_OPT {
        TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_VER = 1: U8,
        TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_INDEX = 2: Be32,
        TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_DIR = 3: U8,
        TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_HWID = 4: U8,
    }

    /// Connections tracked.
    pub CT {
        TCA_CT_PARMS = 1: Record(&GENERIC),
        TCA_CT_TM = 2: Record(&TIMES),
        TCA_CT_ACTION = 3: Bits(Int::U16, CT_ACTIONS),
        TCA_CT_ZONE = 4: U16,
        TCA_CT_MARK = 5: U32,
        TCA_CT_MARK_MASK = 6: U32,
        TCA_CT_LABELS = 7: Bytes,
        TCA_CT_LABELS_MASK = 8: Bytes,
        TCA_CT_NAT_IPV4_MIN = 9: Ip,
        TCA_CT_NAT_IPV4_MAX = 10: Ip,
        TCA_CT_NAT_IPV6_MIN = 11: Ip,
        TCA_CT_NAT_IPV6_MAX = 12: Ip,
        TCA_CT_NAT_PORT_MIN = 13: Be16,
        TCA_CT_NAT_PORT_MAX = 14: Be16,
        TCA_CT_PAD = 15: Bytes,
        TCA_CT_HELPER_NAME = 16: Str,
        TCA_CT_HELPER_FAMILY = 17: U8,
        TCA_CT_HELPER_PROTO = 18: U8,
    }

    /// Checksums made.
    pub CSUM {
        TCA_CSUM_PARMS = 1: Record(&CSUM_PARMS),
        TCA_CSUM_TM = 2: Record(&TIMES),
        TCA_CSUM_PAD = 3: Bytes,
    }

    /// Samples taken.
    pub SAMPLE {
        TCA_SAMPLE_TM = 1: Record(&TIMES),
        TCA_SAMPLE_PARMS = 2: Record(&GENERIC),
        TCA_SAMPLE_RATE = 3: U32,
        TCA_SAMPLE_TRUNC_SIZE = 4: U32,
        TCA_SAMPLE_PSAMPLE_GROUP = 5: U32,
        TCA_SAMPLE_PAD = 6: Bytes,
    }

    /// Addresses changed.
    pub NAT {
        TCA_NAT_PARMS = 1: Record(&NAT_PARMS),
        TCA_NAT_TM = 2: Record(&TIMES),
        TCA_NAT_PAD = 3: Bytes,
    }

    /// A program.
    pub BPF {
        TCA_ACT_BPF_TM = 1: Record(&TIMES),
        TCA_ACT_BPF_PARMS = 2: Record(&GENERIC),
        TCA_ACT_BPF_OPS_LEN = 3: U16,
        TCA_ACT_BPF_OPS = 4: Bytes,
        TCA_ACT_BPF_FD = 5: U32,
        TCA_ACT_BPF_NAME = 6: Str,
        TCA_ACT_BPF_PAD = 7: Bytes,
        TCA_ACT_BPF_TAG = 8: Bytes,
        TCA_ACT_BPF_ID = 9: U32,
    }

    /// A label put on or taken off.
    pub MPLS {
        TCA_MPLS_TM = 1: Record(&TIMES),
        TCA_MPLS_PARMS = 2: Record(&MPLS_PARMS),
        TCA_MPLS_PAD = 3: Bytes,
        TCA_MPLS_PROTO = 4: Enum(Int::Be16, ETHER_TYPES),
        TCA_MPLS_LABEL = 5: U32,
        TCA_MPLS_TC = 6: U8,
        TCA_MPLS_TTL = 7: U8,
        TCA_MPLS_BOS = 8: U8,
    }

    /// Mark of a connection.
    pub CONNMARK {
        TCA_CONNMARK_PARMS = 1: Record(&CONNMARK_PARMS),
        TCA_CONNMARK_TM = 2: Record(&TIMES),
        TCA_CONNMARK_PAD = 3: Bytes,
    }

    /// Addresses of a frame.
    pub SKBMOD {
        TCA_SKBMOD_TM = 1: Record(&TIMES),
        TCA_SKBMOD_PARMS = 2: Record(&SKBMOD_PARMS),
        TCA_SKBMOD_DMAC = 3: Mac,
        TCA_SKBMOD_SMAC = 4: Mac,
        TCA_SKBMOD_ETYPE = 5: U16,
        TCA_SKBMOD_PAD = 6: Bytes,
    }
}

layouts! {
    /// Times of an action.
    pub TIMES = "tcf_t" {
        install: U64,
        lastuse: U64,
        expires: U64,
        firstuse: U64,
    }
    /// A rate, and what becomes of the rest.
    pub POLICE_PARMS = "tc_police" {
        index: U32,
        action: Enum(Int::S32, VERDICTS),
        limit: U32,
        burst: U32,
        mtu: U32,
        rate: Record(&RATESPEC),
        peakrate: Record(&RATESPEC),
        refcnt: S32,
        bindcnt: S32,
        capab: U32,
    }
    /// What all actions have.
    pub GENERIC = "tc_gen" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
    }
    /// A verdict.
    pub GACT_PARMS = "tc_gact" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
    }
    /// A verdict by chance.
    pub GACT_P = "tc_gact_p" {
        ptype: U16,
        pval: U16,
        paction: Enum(Int::S32, VERDICTS),
    }
    /// Where packets go.
    pub MIRRED_PARMS = "tc_mirred" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        eaction: Enum(Int::S32, MIRRED_ACTIONS),
        ifindex: Index,
    }
    /// What is done to the tag.
    pub VLAN_PARMS = "tc_vlan" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        v_action: Enum(Int::S32, VLAN_ACTIONS),
    }
    /// How many changes.
    pub PEDIT_SEL = "tc_pedit_sel" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        nkeys: U8,
        flags: U8,
    }
    /// A change.
    pub PEDIT_KEY = "tc_pedit_key" {
        mask: U32,
        val: U32,
        off: U32,
        at: U32,
        offmask: U32,
        shift: U32,
    }
    /// What is done to the key.
    pub TUNNEL_KEY_PARMS = "tc_tunnel_key" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        t_action: Enum(Int::S32, TUNNEL_ACTIONS),
    }
    /// Which checksums.
    pub CSUM_PARMS = "tc_csum" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        update_flags: Bits(Int::U32, CSUM_FLAGS),
    }
    /// Which addresses.
    pub NAT_PARMS = "tc_nat" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        old_addr[4]: Ip,
        new_addr[4]: Ip,
        mask[4]: Ip,
        flags: U32,
    }
    /// What is done to the label.
    pub MPLS_PARMS = "tc_mpls" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        m_action: Enum(Int::S32, MPLS_ACTIONS),
    }
    /// Of which zone.
    pub CONNMARK_PARMS = "tc_connmark" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        zone: U16,
    }
    /// What is done to the frame.
    pub SKBMOD_PARMS = "tc_skbmod" {
        index: U32,
        capab: U32,
        action: Enum(Int::S32, VERDICTS),
        refcnt: S32,
        bindcnt: S32,
        flags: U64,
    }
}

/// What becomes of a packet.
const VERDICTS: Names = &[
    (0xffff_ffff_ffff_ffff, "TC_ACT_UNSPEC"),
    (0, "TC_ACT_OK"),
    (1, "TC_ACT_RECLASSIFY"),
    (2, "TC_ACT_SHOT"),
    (3, "TC_ACT_PIPE"),
    (4, "TC_ACT_STOLEN"),
    (5, "TC_ACT_QUEUED"),
    (6, "TC_ACT_REPEAT"),
    (7, "TC_ACT_REDIRECT"),
    (8, "TC_ACT_TRAP"),
];

/// Which copy goes where.
const MIRRED_ACTIONS: Names = &[
    (1, "TCA_EGRESS_REDIR"),
    (2, "TCA_EGRESS_MIRROR"),
    (3, "TCA_INGRESS_REDIR"),
    (4, "TCA_INGRESS_MIRROR"),
];

/// What is done to the tag.
const VLAN_ACTIONS: Names = &[
    (1, "TCA_VLAN_ACT_POP"),
    (2, "TCA_VLAN_ACT_PUSH"),
    (3, "TCA_VLAN_ACT_MODIFY"),
    (4, "TCA_VLAN_ACT_POP_ETH"),
    (5, "TCA_VLAN_ACT_PUSH_ETH"),
];

/// What is done to the key.
const TUNNEL_ACTIONS: Names = &[
    (1, "TCA_TUNNEL_KEY_ACT_SET"),
    (2, "TCA_TUNNEL_KEY_ACT_RELEASE"),
];

/// What is done to the label.
const MPLS_ACTIONS: Names = &[
    (1, "TCA_MPLS_ACT_POP"),
    (2, "TCA_MPLS_ACT_PUSH"),
    (3, "TCA_MPLS_ACT_MODIFY"),
    (4, "TCA_MPLS_ACT_DEC_TTL"),
    (5, "TCA_MPLS_ACT_MAC_PUSH"),
];

/// What is done to a connection.
const CT_ACTIONS: Names = &[
    (1, "TCA_CT_ACT_COMMIT"),
    (2, "TCA_CT_ACT_FORCE"),
    (4, "TCA_CT_ACT_CLEAR"),
    (8, "TCA_CT_ACT_NAT"),
    (16, "TCA_CT_ACT_NAT_SRC"),
    (32, "TCA_CT_ACT_NAT_DST"),
];

/// Which checksums.
const CSUM_FLAGS: Names = &[
    (1, "TCA_CSUM_UPDATE_FLAG_IPV4HDR"),
    (2, "TCA_CSUM_UPDATE_FLAG_ICMP"),
    (4, "TCA_CSUM_UPDATE_FLAG_IGMP"),
    (8, "TCA_CSUM_UPDATE_FLAG_TCP"),
    (16, "TCA_CSUM_UPDATE_FLAG_UDP"),
    (32, "TCA_CSUM_UPDATE_FLAG_UDPLITE"),
    (64, "TCA_CSUM_UPDATE_FLAG_SCTP"),
];

/// `TCA_ACT_OPTIONS` by `TCA_ACT_KIND`.
const OPTIONS: &[(&str, Value)] = &[
    ("police", Nest(&POLICE)),
    ("gact", Nest(&GACT)),
    ("mirred", Nest(&MIRRED)),
    ("vlan", Nest(&VLAN)),
    ("pedit", Nest(&PEDIT)),
    ("skbedit", Nest(&SKBEDIT)),
    ("tunnel_key", Nest(&TUNNEL_KEY)),
    ("ct", Nest(&CT)),
    ("csum", Nest(&CSUM)),
    ("sample", Nest(&SAMPLE)),
    ("nat", Nest(&NAT)),
    ("bpf", Nest(&BPF)),
    ("mpls", Nest(&MPLS)),
    ("connmark", Nest(&CONNMARK)),
    ("skbmod", Nest(&SKBMOD)),
];
