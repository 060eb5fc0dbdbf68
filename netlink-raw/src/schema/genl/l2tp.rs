//! Tables of L2TP (`linux/l2tp.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// L2TP tunnels and sessions.
pub static L2TP: Family = Family {
    name: "l2tp",
    commands: COMMANDS,
    table: &TUNNEL,
    ..Family::PLAIN
};

attributes! {
    /// A tunnel, or a session.
    pub TUNNEL {
        L2TP_ATTR_PW_TYPE = 1: Enum(Int::U16, PWTYPES),
        L2TP_ATTR_ENCAP_TYPE = 2: Enum(Int::U16, ENCAPTYPES),
        L2TP_ATTR_OFFSET = 3: U16,
        L2TP_ATTR_DATA_SEQ = 4: U16,
        L2TP_ATTR_L2SPEC_TYPE = 5: Enum(Int::U8, L2SPECTYPES),
        L2TP_ATTR_L2SPEC_LEN = 6: U8,
        L2TP_ATTR_PROTO_VERSION = 7: U8,
        L2TP_ATTR_IFNAME = 8: Str,
        L2TP_ATTR_CONN_ID = 9: U32,
        L2TP_ATTR_PEER_CONN_ID = 10: U32,
        L2TP_ATTR_SESSION_ID = 11: U32,
        L2TP_ATTR_PEER_SESSION_ID = 12: U32,
        L2TP_ATTR_UDP_CSUM = 13: U8,
        L2TP_ATTR_VLAN_ID = 14: U16,
        L2TP_ATTR_COOKIE = 15: Bytes,
        L2TP_ATTR_PEER_COOKIE = 16: Bytes,
        L2TP_ATTR_DEBUG = 17: U32,
        L2TP_ATTR_RECV_SEQ = 18: U8,
        L2TP_ATTR_SEND_SEQ = 19: U8,
        L2TP_ATTR_LNS_MODE = 20: U8,
        L2TP_ATTR_USING_IPSEC = 21: U8,
        L2TP_ATTR_RECV_TIMEOUT = 22: U64,
        L2TP_ATTR_FD = 23: U32,
        L2TP_ATTR_IP_SADDR = 24: Ip,
        L2TP_ATTR_IP_DADDR = 25: Ip,
        L2TP_ATTR_UDP_SPORT = 26: U16,
        L2TP_ATTR_UDP_DPORT = 27: U16,
        L2TP_ATTR_MTU = 28: U16,
        L2TP_ATTR_MRU = 29: U16,
        L2TP_ATTR_STATS = 30: Nest(&STATS),
        L2TP_ATTR_IP6_SADDR = 31: Ip,
        L2TP_ATTR_IP6_DADDR = 32: Ip,
        L2TP_ATTR_UDP_ZERO_CSUM6_TX = 33: Flag,
        L2TP_ATTR_UDP_ZERO_CSUM6_RX = 34: Flag,
        L2TP_ATTR_PAD = 35: Bytes,
    }

    /// Counters.
    pub STATS {
        L2TP_ATTR_TX_PACKETS = 1: U64,
        L2TP_ATTR_TX_BYTES = 2: U64,
        L2TP_ATTR_TX_ERRORS = 3: U64,
        L2TP_ATTR_RX_PACKETS = 4: U64,
        L2TP_ATTR_RX_BYTES = 5: U64,
        L2TP_ATTR_RX_SEQ_DISCARDS = 6: U64,
        L2TP_ATTR_RX_OOS_PACKETS = 7: U64,
        L2TP_ATTR_RX_ERRORS = 8: U64,
        L2TP_ATTR_STATS_PAD = 9: Bytes,
        L2TP_ATTR_RX_COOKIE_DISCARDS = 10: U64,
        L2TP_ATTR_RX_INVALID = 11: U64,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        L2TP_CMD_NOOP = 0, L2TP_CMD_TUNNEL_CREATE = 1, L2TP_CMD_TUNNEL_DELETE = 2,
        L2TP_CMD_TUNNEL_MODIFY = 3, L2TP_CMD_TUNNEL_GET = 4, L2TP_CMD_SESSION_CREATE = 5,
        L2TP_CMD_SESSION_DELETE = 6, L2TP_CMD_SESSION_MODIFY = 7, L2TP_CMD_SESSION_GET = 8,
    }

    /// What a session carries.
    pub PWTYPES {
        L2TP_PWTYPE_NONE = 0, L2TP_PWTYPE_ETH_VLAN = 4, L2TP_PWTYPE_ETH = 5, L2TP_PWTYPE_PPP = 7,
        L2TP_PWTYPE_PPP_AC = 8, L2TP_PWTYPE_IP = 11,
    }

    /// What a tunnel runs in.
    pub ENCAPTYPES {
        L2TP_ENCAPTYPE_UDP = 0, L2TP_ENCAPTYPE_IP = 1,
    }

    /// What stands in front of a frame.
    pub L2SPECTYPES {
        L2TP_L2SPECTYPE_NONE = 0, L2TP_L2SPECTYPE_DEFAULT = 1,
    }
}
