//! Tables of routes and rules: `RTM_NEWROUTE`, `RTM_NEWRULE`, `RTM_NEWNEXTHOP` (`linux/rtnetlink.h`, `linux/fib_rules.h`, `linux/nexthop.h`).

use super::Value::*;
use super::attributes;

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
        RTA_CACHEINFO = 12: Struct("rta_cacheinfo", 32),
        RTA_SESSION = 13: Bytes,
        RTA_MP_ALGO = 14: Bytes,
        RTA_TABLE = 15: U32,
        RTA_MARK = 16: U32,
        RTA_MFC_STATS = 17: Bytes,
        RTA_VIA = 18: Bytes,
        RTA_NEWDST = 19: Bytes,
        RTA_PREF = 20: U8,
        RTA_ENCAP_TYPE = 21: U16,
        RTA_ENCAP = 22: Bytes,
        RTA_EXPIRES = 23: U32,
        RTA_PAD = 24: Bytes,
        RTA_UID = 25: U32,
        RTA_TTL_PROPAGATE = 26: U8,
        RTA_IP_PROTO = 27: U8,
        RTA_SPORT = 28: Be16,
        RTA_DPORT = 29: Be16,
        RTA_NH_ID = 30: U32,
        RTA_FLOWLABEL = 31: Be32,
    }

    /// Metrics of a route (`RTA_METRICS`).
    pub METRICS {
        RTAX_LOCK = 1: U32,
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
        RTAX_FEATURES = 12: U32,
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
        FRA_TABLE = 15: U32,
        FRA_FWMASK = 16: U32,
        FRA_OIFNAME = 17: Str,
        FRA_PAD = 18: Bytes,
        FRA_L3MDEV = 19: U8,
        FRA_UID_RANGE = 20: Bytes,
        FRA_PROTOCOL = 21: U8,
        FRA_IP_PROTO = 22: U8,
        FRA_SPORT_RANGE = 23: Bytes,
        FRA_DPORT_RANGE = 24: Bytes,
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
        NHA_GROUP = 2: Bytes,
        NHA_GROUP_TYPE = 3: U16,
        NHA_BLACKHOLE = 4: Flag,
        NHA_OIF = 5: Index,
        NHA_GATEWAY = 6: Ip,
        NHA_ENCAP_TYPE = 7: U16,
        NHA_ENCAP = 8: Bytes,
        NHA_GROUPS = 9: Flag,
        NHA_MASTER = 10: Index,
        NHA_FDB = 11: Flag,
        NHA_RES_GROUP = 12: Nest(&RES_GROUP),
        NHA_RES_BUCKET = 13: Bytes,
        NHA_OP_FLAGS = 14: U32,
        NHA_GROUP_STATS = 15: Bytes,
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
