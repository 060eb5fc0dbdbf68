//! Tables of connection tracking (`linux/netfilter/nfnetlink_conntrack.h`).

use super::nftables::names;
use super::records::CT_TCP_FLAGS;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// A connection.
    pub CONNECTION {
        CTA_TUPLE_ORIG = 1: Nest(&TUPLE),
        CTA_TUPLE_REPLY = 2: Nest(&TUPLE),
        CTA_STATUS = 3: Bits(Int::Be32, names::CONNTRACK_STATUS),
        CTA_PROTOINFO = 4: Nest(&PROTOINFO),
        CTA_HELP = 5: Nest(&HELP),
        CTA_NAT_SRC = 6: Nest(&NAT),
        CTA_TIMEOUT = 7: Be32,
        CTA_MARK = 8: Be32,
        CTA_COUNTERS_ORIG = 9: Nest(&COUNTERS),
        CTA_COUNTERS_REPLY = 10: Nest(&COUNTERS),
        CTA_USE = 11: Be32,
        CTA_ID = 12: Be32,
        CTA_NAT_DST = 13: Nest(&NAT),
        CTA_TUPLE_MASTER = 14: Nest(&TUPLE),
        CTA_SEQ_ADJ_ORIG = 15: Nest(&SEQADJ),
        CTA_SEQ_ADJ_REPLY = 16: Nest(&SEQADJ),
        CTA_SECMARK = 17: Be32,
        CTA_ZONE = 18: Be16,
        CTA_SECCTX = 19: Nest(&SECCTX),
        CTA_TIMESTAMP = 20: Nest(&TIMESTAMP),
        CTA_MARK_MASK = 21: Be32,
        CTA_LABELS = 22: Bytes,
        CTA_LABELS_MASK = 23: Bytes,
        CTA_SYNPROXY = 24: Nest(&SYNPROXY),
        CTA_FILTER = 25: Nest(&FILTER),
        CTA_STATUS_MASK = 26: Bits(Int::Be32, names::CONNTRACK_STATUS),
        // Linux 6.14.
        CTA_TIMESTAMP_EVENT = 27: Be64,
    }

    /// One direction of a connection.
    pub TUPLE {
        CTA_TUPLE_IP = 1: Nest(&TUPLE_IP),
        CTA_TUPLE_PROTO = 2: Nest(&TUPLE_PROTO),
        CTA_TUPLE_ZONE = 3: Be16,
    }

    /// Its addresses.
    pub TUPLE_IP {
        CTA_IP_V4_SRC = 1: Ip,
        CTA_IP_V4_DST = 2: Ip,
        CTA_IP_V6_SRC = 3: Ip,
        CTA_IP_V6_DST = 4: Ip,
    }

    /// Its protocol and ports.
    pub TUPLE_PROTO {
        CTA_PROTO_NUM = 1: U8,
        CTA_PROTO_SRC_PORT = 2: Be16,
        CTA_PROTO_DST_PORT = 3: Be16,
        CTA_PROTO_ICMP_ID = 4: Be16,
        CTA_PROTO_ICMP_TYPE = 5: U8,
        CTA_PROTO_ICMP_CODE = 6: U8,
        CTA_PROTO_ICMPV6_ID = 7: Be16,
        CTA_PROTO_ICMPV6_TYPE = 8: U8,
        CTA_PROTO_ICMPV6_CODE = 9: U8,
    }

    /// What the protocol adds.
    pub PROTOINFO {
        CTA_PROTOINFO_TCP = 1: Nest(&PROTOINFO_TCP),
        CTA_PROTOINFO_DCCP = 2: Nest(&PROTOINFO_DCCP),
        CTA_PROTOINFO_SCTP = 3: Nest(&PROTOINFO_SCTP),
    }

    /// What TCP adds.
    pub PROTOINFO_TCP {
        CTA_PROTOINFO_TCP_STATE = 1: Enum(Int::U8, TCP_STATES),
        CTA_PROTOINFO_TCP_WSCALE_ORIGINAL = 2: U8,
        CTA_PROTOINFO_TCP_WSCALE_REPLY = 3: U8,
        CTA_PROTOINFO_TCP_FLAGS_ORIGINAL = 4: Record(&CT_TCP_FLAGS),
        CTA_PROTOINFO_TCP_FLAGS_REPLY = 5: Record(&CT_TCP_FLAGS),
    }

    /// What DCCP adds.
    pub PROTOINFO_DCCP {
        CTA_PROTOINFO_DCCP_STATE = 1: U8,
        CTA_PROTOINFO_DCCP_ROLE = 2: U8,
        CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ = 3: Be64,
        CTA_PROTOINFO_DCCP_PAD = 4: Bytes,
    }

    /// What SCTP adds.
    pub PROTOINFO_SCTP {
        CTA_PROTOINFO_SCTP_STATE = 1: Enum(Int::U8, SCTP_STATES),
        CTA_PROTOINFO_SCTP_VTAG_ORIGINAL = 2: Be32,
        CTA_PROTOINFO_SCTP_VTAG_REPLY = 3: Be32,
    }

    /// What went by.
    pub COUNTERS {
        CTA_COUNTERS_PACKETS = 1: Be64,
        CTA_COUNTERS_BYTES = 2: Be64,
        CTA_COUNTERS32_PACKETS = 3: Be32,
        CTA_COUNTERS32_BYTES = 4: Be32,
        CTA_COUNTERS_PAD = 5: Bytes,
    }

    /// When it began and ended, in nanoseconds.
    pub TIMESTAMP {
        CTA_TIMESTAMP_START = 1: Be64,
        CTA_TIMESTAMP_STOP = 2: Be64,
        CTA_TIMESTAMP_PAD = 3: Bytes,
    }

    /// How it is translated.
    pub NAT {
        CTA_NAT_V4_MINIP = 1: Ip,
        CTA_NAT_V4_MAXIP = 2: Ip,
        CTA_NAT_PROTO = 3: Nest(&PROTONAT),
        CTA_NAT_V6_MINIP = 4: Ip,
        CTA_NAT_V6_MAXIP = 5: Ip,
    }

    /// The ports it is translated to.
    pub PROTONAT {
        CTA_PROTONAT_PORT_MIN = 1: Be16,
        CTA_PROTONAT_PORT_MAX = 2: Be16,
    }

    /// How sequence numbers are shifted.
    pub SEQADJ {
        CTA_SEQADJ_CORRECTION_POS = 1: Be32,
        CTA_SEQADJ_OFFSET_BEFORE = 2: Be32,
        CTA_SEQADJ_OFFSET_AFTER = 3: Be32,
    }

    /// What a SYN proxy knows.
    pub SYNPROXY {
        CTA_SYNPROXY_ISN = 1: Be32,
        CTA_SYNPROXY_ITS = 2: Be32,
        CTA_SYNPROXY_TSOFF = 3: Be32,
    }

    /// Its helper.
    pub HELP {
        CTA_HELP_NAME = 1: Str,
        CTA_HELP_INFO = 2: Bytes,
    }

    /// Its security context.
    pub SECCTX {
        CTA_SECCTX_NAME = 1: Str,
    }

    /// Which parts of the tuples are asked for.
    pub FILTER {
        CTA_FILTER_ORIG_FLAGS = 1: U32,
        CTA_FILTER_REPLY_FLAGS = 2: U32,
    }

    /// A connection that is expected.
    pub EXPECTATION {
        CTA_EXPECT_MASTER = 1: Nest(&TUPLE),
        CTA_EXPECT_TUPLE = 2: Nest(&TUPLE),
        CTA_EXPECT_MASK = 3: Nest(&TUPLE),
        CTA_EXPECT_TIMEOUT = 4: Be32,
        CTA_EXPECT_ID = 5: Be32,
        CTA_EXPECT_HELP_NAME = 6: Str,
        CTA_EXPECT_ZONE = 7: Be16,
        CTA_EXPECT_FLAGS = 8: Bits(Int::Be32, EXPECT_FLAGS),
        CTA_EXPECT_CLASS = 9: Be32,
        CTA_EXPECT_NAT = 10: Nest(&EXPECT_NAT),
        CTA_EXPECT_FN = 11: Str,
    }

    /// How it will be translated.
    pub EXPECT_NAT {
        CTA_EXPECT_NAT_DIR = 1: Be32,
        CTA_EXPECT_NAT_TUPLE = 2: Nest(&TUPLE),
    }

    /// Counters of a processor.
    pub STATS_CPU {
        CTA_STATS_SEARCHED = 1: Be32,
        CTA_STATS_FOUND = 2: Be32,
        CTA_STATS_NEW = 3: Be32,
        CTA_STATS_INVALID = 4: Be32,
        CTA_STATS_IGNORE = 5: Be32,
        CTA_STATS_DELETE = 6: Be32,
        CTA_STATS_DELETE_LIST = 7: Be32,
        CTA_STATS_INSERT = 8: Be32,
        CTA_STATS_INSERT_FAILED = 9: Be32,
        CTA_STATS_DROP = 10: Be32,
        CTA_STATS_EARLY_DROP = 11: Be32,
        CTA_STATS_ERROR = 12: Be32,
        CTA_STATS_SEARCH_RESTART = 13: Be32,
        CTA_STATS_CLASH_RESOLVE = 14: Be32,
        CTA_STATS_CHAIN_TOOLONG = 15: Be32,
    }

    /// Counters of all.
    pub STATS {
        CTA_STATS_GLOBAL_ENTRIES = 1: Be32,
        CTA_STATS_GLOBAL_MAX_ENTRIES = 2: Be32,
    }

    /// Counters of expectations of a processor.
    pub STATS_EXP {
        CTA_STATS_EXP_NEW = 1: Be32,
        CTA_STATS_EXP_CREATE = 2: Be32,
        CTA_STATS_EXP_DELETE = 3: Be32,
    }
}

names! {
    /// States of a TCP connection.
    pub TCP_STATES {
        TCP_CONNTRACK_NONE = 0, TCP_CONNTRACK_SYN_SENT = 1, TCP_CONNTRACK_SYN_RECV = 2,
        TCP_CONNTRACK_ESTABLISHED = 3, TCP_CONNTRACK_FIN_WAIT = 4, TCP_CONNTRACK_CLOSE_WAIT = 5,
        TCP_CONNTRACK_LAST_ACK = 6, TCP_CONNTRACK_TIME_WAIT = 7, TCP_CONNTRACK_CLOSE = 8,
        TCP_CONNTRACK_SYN_SENT2 = 9,
    }

    /// States of an SCTP association.
    pub SCTP_STATES {
        SCTP_CONNTRACK_NONE = 0, SCTP_CONNTRACK_CLOSED = 1, SCTP_CONNTRACK_COOKIE_WAIT = 2,
        SCTP_CONNTRACK_COOKIE_ECHOED = 3, SCTP_CONNTRACK_ESTABLISHED = 4,
        SCTP_CONNTRACK_SHUTDOWN_SENT = 5, SCTP_CONNTRACK_SHUTDOWN_RECD = 6,
        SCTP_CONNTRACK_SHUTDOWN_ACK_SENT = 7, SCTP_CONNTRACK_HEARTBEAT_SENT = 8,
        SCTP_CONNTRACK_HEARTBEAT_ACKED = 9,
    }

    /// Flags of a TCP connection.
    pub TCP_FLAGS {
        IP_CT_TCP_FLAG_WINDOW_SCALE = 1, IP_CT_TCP_FLAG_SACK_PERM = 2,
        IP_CT_TCP_FLAG_CLOSE_INIT = 4, IP_CT_TCP_FLAG_BE_LIBERAL = 8,
        IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED = 16, IP_CT_TCP_FLAG_MAXACK_SET = 32,
        IP_CT_TCP_SIMULTANEOUS_OPEN = 128, IP_CT_EXP_CHALLENGE_ACK = 64,
    }

    /// What a packet is to its connection.
    pub CONNTRACK_INFO {
        IP_CT_ESTABLISHED = 0, IP_CT_RELATED = 1, IP_CT_NEW = 2, IP_CT_ESTABLISHED_REPLY = 3,
        IP_CT_RELATED_REPLY = 4, IP_CT_NEW_REPLY = 5,
    }

    /// Flags of an expectation.
    pub EXPECT_FLAGS {
        NF_CT_EXPECT_PERMANENT = 1, NF_CT_EXPECT_INACTIVE = 2, NF_CT_EXPECT_USERSPACE = 4,
    }
}
