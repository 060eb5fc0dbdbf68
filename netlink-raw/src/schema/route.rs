//! Tables of routes and rules: `RTM_NEWROUTE`, `RTM_NEWRULE`, `RTM_NEWNEXTHOP` (`linux/rtnetlink.h`, `linux/fib_rules.h`, `linux/nexthop.h`).

use super::Value::*;
pub mod encap;

use super::common::*;
use super::{Int, Names, Value, attributes, layouts, only_annotated};

attributes! {
    /// Attributes of a route.
    pub ROUTE {
        RTA_DST = 1: Ip,
        RTA_SRC = 2: Ip,
        RTA_IIF = 3: Index,
        RTA_OIF = 4: Index,
        RTA_GATEWAY = 5: Ip,
        RTA_PRIORITY = 6: U32,
        RTA_PREFSRC = 7: Ip,
        RTA_METRICS = 8: Nest(&METRICS),
        RTA_MULTIPATH = 9: NextHops(&ROUTE),
        RTA_PROTOINFO = 10: Bytes,
        RTA_FLOW = 11: U32,
        RTA_CACHEINFO = 12: Record(&CACHEINFO),
        RTA_SESSION = 13: Bytes,
        RTA_MP_ALGO = 14: Bytes,
        RTA_TABLE = 15: Enum(Int::U32, TABLES),
        RTA_MARK = 16: U32,
        RTA_MFC_STATS = 17: Record(&MFC_STATS),
        RTA_VIA = 18: RecordWith(&VIA, "rtvia_addr", &VIA_ADDRESS),
        RTA_NEWDST = 19: Array(&Record(&encap::MPLS_LABEL), 4),
        RTA_PREF = 20: Enum(Int::U8, PREFERENCES),
        RTA_ENCAP_TYPE = 21: Enum(Int::U16, encap::TYPES),
        RTA_ENCAP = 22: only_annotated(ByNumber(RTA_ENCAP_TYPE, encap::ENCAPS)),
        RTA_EXPIRES = 23: U32,
        RTA_PAD = 24: Bytes,
        RTA_UID = 25: U32,
        RTA_TTL_PROPAGATE = 26: U8,
        RTA_IP_PROTO = 27: Enum(Int::U8, IP_PROTOCOLS),
        RTA_SPORT = 28: Be16,
        RTA_DPORT = 29: Be16,
        RTA_NH_ID = 30: U32,
        RTA_FLOWLABEL = 31: Be32,
    }

    /// Metrics of a route (`RTA_METRICS`).
    pub METRICS {
        RTAX_LOCK = 1: Bits(Int::U32, LOCKS),
        RTAX_MTU = 2: U32,
        RTAX_WINDOW = 3: U32,
        RTAX_RTT = 4: U32,
        RTAX_RTTVAR = 5: U32,
        RTAX_SSTHRESH = 6: U32,
        RTAX_CWND = 7: U32,
        RTAX_ADVMSS = 8: U32,
        RTAX_REORDERING = 9: U32,
        RTAX_HOPLIMIT = 10: U32,
        RTAX_INITCWND = 11: U32,
        RTAX_FEATURES = 12: Bits(Int::U32, FEATURES),
        RTAX_RTO_MIN = 13: U32,
        RTAX_INITRWND = 14: U32,
        RTAX_QUICKACK = 15: U32,
        RTAX_CC_ALGO = 16: Str,
        RTAX_FASTOPEN_NO_COOKIE = 17: U32,
    }

    /// Attributes of a policy rule.
    pub RULE {
        FRA_DST = 1: Ip,
        FRA_SRC = 2: Ip,
        FRA_IIFNAME = 3: Str,
        FRA_GOTO = 4: U32,
        FRA_UNUSED2 = 5: Ip,
        FRA_PRIORITY = 6: U32,
        FRA_FWMARK = 10: U32,
        FRA_FLOW = 11: U32,
        FRA_TUN_ID = 12: Be64,
        FRA_SUPPRESS_IFGROUP = 13: U32,
        FRA_SUPPRESS_PREFIXLEN = 14: U32,
        FRA_TABLE = 15: Enum(Int::U32, TABLES),
        FRA_FWMASK = 16: U32,
        FRA_OIFNAME = 17: Str,
        FRA_PAD = 18: Bytes,
        FRA_L3MDEV = 19: U8,
        FRA_UID_RANGE = 20: Record(&UID_RANGE),
        FRA_PROTOCOL = 21: Enum(Int::U8, PROTOCOLS),
        FRA_IP_PROTO = 22: Enum(Int::U8, IP_PROTOCOLS),
        FRA_SPORT_RANGE = 23: Record(&PORT_RANGE),
        FRA_DPORT_RANGE = 24: Record(&PORT_RANGE),
        FRA_DSCP = 25: U8,
        FRA_FLOWLABEL = 26: Be32,
        FRA_FLOWLABEL_MASK = 27: Be32,
        FRA_SPORT_MASK = 28: U16,
        FRA_DPORT_MASK = 29: U16,
        FRA_DSCP_MASK = 30: U8,
    }

    /// Attributes of a nexthop object.
    pub NEXTHOP {
        NHA_ID = 1: U32,
        NHA_GROUP = 2: Array(&Record(&NEXTHOP_GRP), 8),
        NHA_GROUP_TYPE = 3: Enum(Int::U16, GROUP_TYPES),
        NHA_BLACKHOLE = 4: Flag,
        NHA_OIF = 5: Index,
        NHA_GATEWAY = 6: Ip,
        NHA_ENCAP_TYPE = 7: Enum(Int::U16, encap::TYPES),
        NHA_ENCAP = 8: only_annotated(ByNumber(NHA_ENCAP_TYPE, encap::ENCAPS)),
        NHA_GROUPS = 9: Flag,
        NHA_MASTER = 10: Index,
        NHA_FDB = 11: Flag,
        NHA_RES_GROUP = 12: Nest(&RES_GROUP),
        NHA_RES_BUCKET = 13: only_annotated(Nest(&RES_BUCKET)),
        NHA_OP_FLAGS = 14: Bits(Int::U32, OP_FLAGS),
        NHA_GROUP_STATS = 15: only_annotated(Nest(&GROUP_STATS)),
        NHA_HW_STATS_ENABLE = 16: U32,
        NHA_HW_STATS_USED = 17: U32,
    }

    /// Settings of a resilient group of nexthop objects (`NHA_RES_GROUP`).
    pub RES_GROUP {
        NHA_RES_GROUP_BUCKETS = 1: U16,
        NHA_RES_GROUP_IDLE_TIMER = 2: U32,
        NHA_RES_GROUP_UNBALANCED_TIMER = 3: U32,
        NHA_RES_GROUP_UNBALANCED_TIME = 4: U64,
    }
}

attributes! {
    /// A bucket of a resilient group of nexthop objects (`NHA_RES_BUCKET`).
    pub RES_BUCKET {
        NHA_RES_BUCKET_INDEX = 1: U16,
        NHA_RES_BUCKET_IDLE_TIME = 2: U64,
        NHA_RES_BUCKET_NH_ID = 3: U32,
    }

    /// Counters of a group (`NHA_GROUP_STATS`).
    pub GROUP_STATS {
        NHA_GROUP_STATS_ENTRY = 1: Nest(&GROUP_STATS_ENTRY),
    }

    /// Counters of a member.
    pub GROUP_STATS_ENTRY {
        NHA_GROUP_STATS_ENTRY_ID = 1: U32,
        NHA_GROUP_STATS_ENTRY_PACKETS = 2: Uint,
        NHA_GROUP_STATS_ENTRY_PACKETS_HW = 3: Uint,
    }

    /// A packet of multicast that no route is for (`linux/mroute.h`).
    pub CACHEREPORT {
        IPMRA_CREPORT_MSGTYPE = 1: U8,
        IPMRA_CREPORT_VIF_ID = 2: U32,
        IPMRA_CREPORT_SRC_ADDR = 3: Ip,
        IPMRA_CREPORT_DST_ADDR = 4: Ip,
        IPMRA_CREPORT_PKT = 5: Bytes,
        IPMRA_CREPORT_TABLE = 6: U32,
    }
}

layouts! {
    /// What the kernel keeps of a route.
    pub CACHEINFO = "rta_cacheinfo" {
        rta_clntref: U32,
        rta_lastuse: U32,
        rta_expires: S32,
        rta_error: U32,
        rta_used: U32,
        rta_id: U32,
        rta_ts: U32,
        rta_tsage: U32,
    }
    /// The family of a gateway; its address follows.
    pub VIA = "rtvia" {
        rtvia_family: Enum(Int::U16, FAMILIES),
    }
    /// Counters of a route of multicast.
    pub MFC_STATS = "rta_mfc_stats" {
        mfcs_packets: U64,
        mfcs_bytes: U64,
        mfcs_wrong_if: U64,
    }
    /// Users.
    pub UID_RANGE = "fib_rule_uid_range" {
        start: U32,
        end: U32,
    }
    /// Ports.
    pub PORT_RANGE = "fib_rule_port_range" {
        start: U16,
        end: U16,
    }
    /// A member of a group.
    pub NEXTHOP_GRP = "nexthop_grp" {
        id: U32,
        weight: U8,
        weight_high: U8,
        resvd2: U16,
    }
}

/// The address of a gateway: of the family in front of it.
static VIA_ADDRESS: Value = Ip;

/// Preferences of routers (`linux/icmpv6.h`).
const PREFERENCES: Names = &[
    (0, "ICMPV6_ROUTER_PREF_MEDIUM"),
    (1, "ICMPV6_ROUTER_PREF_HIGH"),
    (2, "ICMPV6_ROUTER_PREF_INVALID"),
    (3, "ICMPV6_ROUTER_PREF_LOW"),
];

/// Kinds of groups.
const GROUP_TYPES: Names = &[(0, "NEXTHOP_GRP_TYPE_MPATH"), (1, "NEXTHOP_GRP_TYPE_RES")];

/// What a request for nexthop objects wants beside them.
const OP_FLAGS: Names = &[
    (1, "NHA_OP_FLAG_DUMP_STATS"),
    (2, "NHA_OP_FLAG_DUMP_HW_STATS"),
    (0x8000_0000, "NHA_OP_FLAG_RESP_GRP_RESVD_0"),
];

/// Metrics that do not change by themselves: each by the bit of its number.
const LOCKS: Names = &[
    (0x4, "RTAX_MTU"),
    (0x8, "RTAX_WINDOW"),
    (0x10, "RTAX_RTT"),
    (0x20, "RTAX_RTTVAR"),
    (0x40, "RTAX_SSTHRESH"),
    (0x80, "RTAX_CWND"),
    (0x100, "RTAX_ADVMSS"),
    (0x200, "RTAX_REORDERING"),
    (0x400, "RTAX_HOPLIMIT"),
    (0x800, "RTAX_INITCWND"),
    (0x1000, "RTAX_FEATURES"),
    (0x2000, "RTAX_RTO_MIN"),
    (0x4000, "RTAX_INITRWND"),
    (0x8000, "RTAX_QUICKACK"),
    (0x10000, "RTAX_CC_ALGO"),
    (0x20000, "RTAX_FASTOPEN_NO_COOKIE"),
];

/// What is on for a route.
const FEATURES: Names = &[
    (1, "RTAX_FEATURE_ECN"),
    (2, "RTAX_FEATURE_SACK"),
    (4, "RTAX_FEATURE_TIMESTAMP"),
    (8, "RTAX_FEATURE_ALLFRAG"),
    (16, "RTAX_FEATURE_TCP_USEC_TS"),
];
