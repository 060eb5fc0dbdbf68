//! Tables of what packets of a route are put into: `RTA_ENCAP` (`linux/lwtunnel.h` and headers of each kind).

use crate::schema::Value::*;
use crate::schema::common::TABLES;
use crate::schema::{Int, Names, Table, attributes, layouts};

/// By `RTA_ENCAP_TYPE`.
pub static ENCAPS: &[(u64, &Table)] = &[
    (1, &MPLS),
    (2, &IP),
    (3, &ILA),
    (4, &IP6),
    (5, &SEG6),
    (6, &BPF),
    (7, &SEG6_LOCAL),
    (8, &RPL),
    (9, &IOAM6),
    (10, &XFRM),
];

/// Kinds of encapsulation.
pub const TYPES: Names = &[
    (0, "LWTUNNEL_ENCAP_NONE"),
    (1, "LWTUNNEL_ENCAP_MPLS"),
    (2, "LWTUNNEL_ENCAP_IP"),
    (3, "LWTUNNEL_ENCAP_ILA"),
    (4, "LWTUNNEL_ENCAP_IP6"),
    (5, "LWTUNNEL_ENCAP_SEG6"),
    (6, "LWTUNNEL_ENCAP_BPF"),
    (7, "LWTUNNEL_ENCAP_SEG6_LOCAL"),
    (8, "LWTUNNEL_ENCAP_RPL"),
    (9, "LWTUNNEL_ENCAP_IOAM6"),
    (10, "LWTUNNEL_ENCAP_XFRM"),
];

attributes! {
    /// Labels.
    pub MPLS {
        MPLS_IPTUNNEL_DST = 1: Array(&Record(&MPLS_LABEL), 4),
        MPLS_IPTUNNEL_TTL = 2: U8,
    }

    /// A tunnel in IPv4.
    pub IP {
        LWTUNNEL_IP_ID = 1: Be64,
        LWTUNNEL_IP_DST = 2: Ip,
        LWTUNNEL_IP_SRC = 3: Ip,
        LWTUNNEL_IP_TTL = 4: U8,
        LWTUNNEL_IP_TOS = 5: U8,
        LWTUNNEL_IP_FLAGS = 6: Bits(Int::Be16, TUNNEL_FLAGS),
        LWTUNNEL_IP_PAD = 7: Bytes,
        LWTUNNEL_IP_OPTS = 8: Nest(&IP_OPTS),
    }

    /// A tunnel in IPv6.
    pub IP6 {
        LWTUNNEL_IP6_ID = 1: Be64,
        LWTUNNEL_IP6_DST = 2: Ip,
        LWTUNNEL_IP6_SRC = 3: Ip,
        LWTUNNEL_IP6_HOPLIMIT = 4: U8,
        LWTUNNEL_IP6_TC = 5: U8,
        LWTUNNEL_IP6_FLAGS = 6: Bits(Int::Be16, TUNNEL_FLAGS),
        LWTUNNEL_IP6_PAD = 7: Bytes,
        LWTUNNEL_IP6_OPTS = 8: Nest(&IP_OPTS),
    }

    /// Options of such a tunnel.
    pub IP_OPTS {
        LWTUNNEL_IP_OPTS_GENEVE = 1: Nest(&IP_OPT_GENEVE),
        LWTUNNEL_IP_OPTS_VXLAN = 2: Nest(&IP_OPT_VXLAN),
        LWTUNNEL_IP_OPTS_ERSPAN = 3: Nest(&IP_OPT_ERSPAN),
    }

    /// An option of GENEVE.
    pub IP_OPT_GENEVE {
        LWTUNNEL_IP_OPT_GENEVE_CLASS = 1: Be16,
        LWTUNNEL_IP_OPT_GENEVE_TYPE = 2: U8,
        LWTUNNEL_IP_OPT_GENEVE_DATA = 3: Bytes,
    }

    /// An option of VXLAN.
    pub IP_OPT_VXLAN {
        LWTUNNEL_IP_OPT_VXLAN_GBP = 1: U32,
    }

    /// An option of ERSPAN.
    pub IP_OPT_ERSPAN {
        LWTUNNEL_IP_OPT_ERSPAN_VER = 1: U8,
        LWTUNNEL_IP_OPT_ERSPAN_INDEX = 2: Be32,
        LWTUNNEL_IP_OPT_ERSPAN_DIR = 3: U8,
        LWTUNNEL_IP_OPT_ERSPAN_HWID = 4: U8,
    }

    /// Programs.
    pub BPF {
        LWT_BPF_IN = 1: Nest(&BPF_PROG),
        LWT_BPF_OUT = 2: Nest(&BPF_PROG),
        LWT_BPF_XMIT = 3: Nest(&BPF_PROG),
        LWT_BPF_XMIT_HEADROOM = 4: U32,
    }

    /// A program.
    pub BPF_PROG {
        LWT_BPF_PROG_FD = 1: U32,
        LWT_BPF_PROG_NAME = 2: Str,
    }

    /// An IPsec interface.
    pub XFRM {
        LWT_XFRM_IF_ID = 1: U32,
        LWT_XFRM_LINK = 2: U32,
    }

    /// Segments to go by.
    pub SEG6 {
        SEG6_IPTUNNEL_SRH = 1: RecordWith(&SEG6_ENCAP, "segments", &SEGMENTS),
    }

    /// What is done at a segment.
    pub SEG6_LOCAL {
        SEG6_LOCAL_ACTION = 1: Enum(Int::U32, SEG6_ACTIONS),
        SEG6_LOCAL_SRH = 2: RecordWith(&SRH, "segments", &SEGMENTS),
        SEG6_LOCAL_TABLE = 3: Enum(Int::U32, TABLES),
        SEG6_LOCAL_NH4 = 4: Ip,
        SEG6_LOCAL_NH6 = 5: Ip,
        SEG6_LOCAL_IIF = 6: Index,
        SEG6_LOCAL_OIF = 7: Index,
        SEG6_LOCAL_BPF = 8: Nest(&SEG6_LOCAL_PROG),
        SEG6_LOCAL_VRFTABLE = 9: Enum(Int::U32, TABLES),
        SEG6_LOCAL_COUNTERS = 10: Nest(&SEG6_LOCAL_CNT),
        SEG6_LOCAL_FLAVORS = 11: Nest(&SEG6_LOCAL_FLV),
    }

    /// A program at a segment.
    pub SEG6_LOCAL_PROG {
        SEG6_LOCAL_BPF_PROG = 1: U32,
        SEG6_LOCAL_BPF_PROG_NAME = 2: Str,
    }

    /// Counters of a segment.
    pub SEG6_LOCAL_CNT {
        SEG6_LOCAL_CNT_PAD = 1: Bytes,
        SEG6_LOCAL_CNT_PACKETS = 2: U64,
        SEG6_LOCAL_CNT_BYTES = 3: U64,
        SEG6_LOCAL_CNT_ERRORS = 4: U64,
    }

    /// Flavours of a segment.
    pub SEG6_LOCAL_FLV {
        SEG6_LOCAL_FLV_OPERATION = 1: U32,
        SEG6_LOCAL_FLV_LCBLOCK_BITS = 2: U8,
        SEG6_LOCAL_FLV_LCNODE_FN_BITS = 3: U8,
    }

    /// A route through a lossy network.
    pub RPL {
        RPL_IPTUNNEL_SRH = 1: Bytes,
    }

    /// Where packets were, written into them.
    pub IOAM6 {
        IOAM6_IPTUNNEL_MODE = 1: U8,
        IOAM6_IPTUNNEL_DST = 2: Ip,
        IOAM6_IPTUNNEL_TRACE = 3: Bytes,
        IOAM6_IPTUNNEL_FREQ_K = 4: U32,
        IOAM6_IPTUNNEL_FREQ_N = 5: U32,
        IOAM6_IPTUNNEL_SRC = 6: Ip,
    }

    /// Identifiers and locators.
    pub ILA {
        ILA_ATTR_LOCATOR = 1: U64,
        ILA_ATTR_IDENTIFIER = 2: U64,
        ILA_ATTR_LOCATOR_MATCH = 3: U64,
        ILA_ATTR_IFINDEX = 4: S32,
        ILA_ATTR_DIR = 5: U32,
        ILA_ATTR_PAD = 6: Bytes,
        ILA_ATTR_CSUM_MODE = 7: U8,
        ILA_ATTR_IDENT_TYPE = 8: U8,
        ILA_ATTR_HOOK_TYPE = 9: U8,
    }
}

layouts! {
    /// A label: its number, class, whether it is the last, and how long it lives.
    pub MPLS_LABEL = "mpls_label" {
        entry: Be32,
    }
    /// How segments come into a packet; the segments follow.
    pub SEG6_ENCAP = "seg6_iptunnel_encap" {
        mode: Enum(Int::S32, SEG6_MODES),
        srh: Record(&SRH),
    }
    /// A routing header; the segments follow.
    pub SRH = "ipv6_sr_hdr" {
        nexthdr: U8,
        hdrlen: U8,
        type: U8,
        segments_left: U8,
        first_segment: U8,
        flags: U8,
        tag: U16,
    }
}

/// Segments.
static SEGMENTS: crate::schema::Value = Array(&Ip, 16);

/// Actions at a segment.
const SEG6_ACTIONS: Names = &[
    (0, "SEG6_LOCAL_ACTION_UNSPEC"),
    (1, "SEG6_LOCAL_ACTION_END"),
    (2, "SEG6_LOCAL_ACTION_END_X"),
    (3, "SEG6_LOCAL_ACTION_END_T"),
    (4, "SEG6_LOCAL_ACTION_END_DX2"),
    (5, "SEG6_LOCAL_ACTION_END_DX6"),
    (6, "SEG6_LOCAL_ACTION_END_DX4"),
    (7, "SEG6_LOCAL_ACTION_END_DT6"),
    (8, "SEG6_LOCAL_ACTION_END_DT4"),
    (9, "SEG6_LOCAL_ACTION_END_B6"),
    (10, "SEG6_LOCAL_ACTION_END_B6_ENCAP"),
    (11, "SEG6_LOCAL_ACTION_END_BM"),
    (12, "SEG6_LOCAL_ACTION_END_S"),
    (13, "SEG6_LOCAL_ACTION_END_AS"),
    (14, "SEG6_LOCAL_ACTION_END_AM"),
    (15, "SEG6_LOCAL_ACTION_END_BPF"),
    (16, "SEG6_LOCAL_ACTION_END_DT46"),
];

/// How segments come into a packet.
const SEG6_MODES: Names = &[
    (0, "SEG6_IPTUN_MODE_INLINE"),
    (1, "SEG6_IPTUN_MODE_ENCAP"),
    (2, "SEG6_IPTUN_MODE_L2ENCAP"),
    (3, "SEG6_IPTUN_MODE_ENCAP_RED"),
    (4, "SEG6_IPTUN_MODE_L2ENCAP_RED"),
];

/// Flags of a tunnel (`linux/if_tunnel.h`).
const TUNNEL_FLAGS: Names = &[
    (0x0001, "TUNNEL_CSUM"),
    (0x0002, "TUNNEL_ROUTING"),
    (0x0004, "TUNNEL_KEY"),
    (0x0008, "TUNNEL_SEQ"),
    (0x0010, "TUNNEL_STRICT"),
    (0x0020, "TUNNEL_REC"),
    (0x0040, "TUNNEL_VERSION"),
    (0x0080, "TUNNEL_NO_KEY"),
    (0x0100, "TUNNEL_DONT_FRAGMENT"),
    (0x0200, "TUNNEL_OAM"),
    (0x0400, "TUNNEL_CRIT_OPT"),
    (0x0800, "TUNNEL_GENEVE_OPT"),
    (0x1000, "TUNNEL_VXLAN_OPT"),
    (0x2000, "TUNNEL_NOCACHE"),
    (0x4000, "TUNNEL_ERSPAN_OPT"),
];
