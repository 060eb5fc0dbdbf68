//! Tables of nftables: expressions that count, limit, log, translate and send (`linux/netfilter/nf_tables.h`).

use super::data::{EXPRESSION, EXPRESSIONS};
use super::names;
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes};

attributes! {
    /// Changes a set from a packet.
    pub DYNSET {
        NFTA_DYNSET_SET_NAME = 1: Str,
        NFTA_DYNSET_SET_ID = 2: Be32,
        NFTA_DYNSET_OP = 3: Enum(Int::Be32, names::DYNSET_OPS),
        NFTA_DYNSET_SREG_KEY = 4: Enum(Int::Be32, names::REGISTERS),
        NFTA_DYNSET_SREG_DATA = 5: Enum(Int::Be32, names::REGISTERS),
        NFTA_DYNSET_TIMEOUT = 6: Be64,
        NFTA_DYNSET_EXPR = 7: Nest(&EXPRESSION),
        NFTA_DYNSET_PAD = 8: Bytes,
        NFTA_DYNSET_FLAGS = 9: Bits(Int::Be32, names::DYNSET_FLAGS),
        NFTA_DYNSET_EXPRESSIONS = 10: Nest(&EXPRESSIONS),
    }

    /// Counts.
    pub COUNTER {
        NFTA_COUNTER_BYTES = 1: Be64,
        NFTA_COUNTER_PACKETS = 2: Be64,
        NFTA_COUNTER_PAD = 3: Bytes,
    }

    /// Remembers when it was last met.
    pub LAST {
        NFTA_LAST_SET = 1: Be32,
        NFTA_LAST_MSECS = 2: Be64,
        NFTA_LAST_PAD = 3: Bytes,
    }

    /// Limits a rate.
    pub LIMIT {
        NFTA_LIMIT_RATE = 1: Be64,
        NFTA_LIMIT_UNIT = 2: Be64,
        NFTA_LIMIT_BURST = 3: Be32,
        NFTA_LIMIT_TYPE = 4: Enum(Int::Be32, names::LIMIT_TYPES),
        NFTA_LIMIT_FLAGS = 5: Bits(Int::Be32, names::LIMIT_FLAGS),
        NFTA_LIMIT_PAD = 6: Bytes,
    }

    /// Limits connections.
    pub CONNLIMIT {
        NFTA_CONNLIMIT_COUNT = 1: Be32,
        NFTA_CONNLIMIT_FLAGS = 2: Bits(Int::Be32, names::CONNLIMIT_FLAGS),
    }

    /// Limits bytes.
    pub QUOTA {
        NFTA_QUOTA_BYTES = 1: Be64,
        NFTA_QUOTA_FLAGS = 2: Bits(Int::Be32, names::QUOTA_FLAGS),
        NFTA_QUOTA_PAD = 3: Bytes,
        NFTA_QUOTA_CONSUMED = 4: Be64,
    }

    /// Logs.
    pub LOG {
        NFTA_LOG_GROUP = 1: Be16,
        NFTA_LOG_PREFIX = 2: Str,
        NFTA_LOG_SNAPLEN = 3: Be32,
        NFTA_LOG_QTHRESHOLD = 4: Be16,
        NFTA_LOG_LEVEL = 5: Enum(Int::Be32, names::LOG_LEVELS),
        NFTA_LOG_FLAGS = 6: Bits(Int::Be32, names::LOG_FLAGS),
    }

    /// Hands a packet to a process.
    pub QUEUE {
        NFTA_QUEUE_NUM = 1: Be16,
        NFTA_QUEUE_TOTAL = 2: Be16,
        NFTA_QUEUE_FLAGS = 3: Bits(Int::Be16, names::QUEUE_FLAGS),
        NFTA_QUEUE_SREG_QNUM = 4: Enum(Int::Be32, names::REGISTERS),
    }

    /// Refuses.
    pub REJECT {
        NFTA_REJECT_TYPE = 1: Enum(Int::Be32, names::REJECT_TYPES),
        NFTA_REJECT_ICMP_CODE = 2: U8,
    }

    /// Translates addresses.
    pub NAT {
        NFTA_NAT_TYPE = 1: Enum(Int::Be32, names::NAT_TYPES),
        NFTA_NAT_FAMILY = 2: Enum(Int::Be32, names::FAMILIES),
        NFTA_NAT_REG_ADDR_MIN = 3: Enum(Int::Be32, names::REGISTERS),
        NFTA_NAT_REG_ADDR_MAX = 4: Enum(Int::Be32, names::REGISTERS),
        NFTA_NAT_REG_PROTO_MIN = 5: Enum(Int::Be32, names::REGISTERS),
        NFTA_NAT_REG_PROTO_MAX = 6: Enum(Int::Be32, names::REGISTERS),
        NFTA_NAT_FLAGS = 7: Bits(Int::Be32, names::NAT_FLAGS),
    }

    /// Translates to the address of the link.
    pub MASQ {
        NFTA_MASQ_FLAGS = 1: Bits(Int::Be32, names::NAT_FLAGS),
        NFTA_MASQ_REG_PROTO_MIN = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_MASQ_REG_PROTO_MAX = 3: Enum(Int::Be32, names::REGISTERS),
    }

    /// Translates to this host.
    pub REDIR {
        NFTA_REDIR_REG_PROTO_MIN = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_REDIR_REG_PROTO_MAX = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_REDIR_FLAGS = 3: Bits(Int::Be32, names::NAT_FLAGS),
    }

    /// Hands a packet to a socket.
    pub TPROXY {
        NFTA_TPROXY_FAMILY = 1: Enum(Int::Be32, names::FAMILIES),
        NFTA_TPROXY_REG_ADDR = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_TPROXY_REG_PORT = 3: Enum(Int::Be32, names::REGISTERS),
    }

    /// Sends a copy.
    pub DUP {
        NFTA_DUP_SREG_ADDR = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_DUP_SREG_DEV = 2: Enum(Int::Be32, names::REGISTERS),
    }

    /// Sends by another link.
    pub FWD {
        NFTA_FWD_SREG_DEV = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_FWD_SREG_ADDR = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_FWD_NFPROTO = 3: Enum(Int::Be32, names::FAMILIES),
    }

    /// Uses a stateful object.
    pub OBJREF {
        NFTA_OBJREF_IMM_TYPE = 1: Enum(Int::Be32, names::OBJECTS),
        NFTA_OBJREF_IMM_NAME = 2: Str,
        NFTA_OBJREF_SET_SREG = 3: Enum(Int::Be32, names::REGISTERS),
        NFTA_OBJREF_SET_NAME = 4: Str,
        NFTA_OBJREF_SET_ID = 5: Be32,
    }

    /// Puts a connection into a flow table.
    pub FLOW_OFFLOAD {
        NFTA_FLOW_TABLE_NAME = 1: Str,
    }

    /// Answers SYNs.
    pub SYNPROXY {
        NFTA_SYNPROXY_MSS = 1: Be16,
        NFTA_SYNPROXY_WSCALE = 2: U8,
        NFTA_SYNPROXY_FLAGS = 3: Bits(Int::Be32, names::SYNPROXY_FLAGS),
    }

    /// A target of iptables.
    pub TARGET {
        NFTA_TARGET_NAME = 1: Str,
        NFTA_TARGET_REV = 2: Be32,
        NFTA_TARGET_INFO = 3: Bytes,
    }

    /// A match of iptables.
    pub MATCH {
        NFTA_MATCH_NAME = 1: Str,
        NFTA_MATCH_REV = 2: Be32,
        NFTA_MATCH_INFO = 3: Bytes,
    }

    /// Looks into a tunnelled packet (Linux 6.2).
    pub INNER {
        NFTA_INNER_NUM = 1: Be32,
        NFTA_INNER_TYPE = 2: Enum(Int::Be32, names::INNER_TYPES),
        NFTA_INNER_FLAGS = 3: Bits(Int::Be32, names::INNER_FLAGS),
        NFTA_INNER_HDRSIZE = 4: Be32,
        NFTA_INNER_EXPR = 5: Nest(&EXPRESSION),
    }
}

/// Leaves a packet untracked: says nothing more.
pub static NOTRACK: Table = Table {
    name: "NOTRACK",
    specs: &[],
};
