//! Tables of virtual servers (`linux/ip_vs.h`).

use super::Family;
use super::records::IP_VS_FLAGS;
use super::{FAMILIES_OF_ADDRESSES, UINT};
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// Virtual servers.
pub static IPVS: Family = Family {
    name: "IPVS",
    commands: COMMANDS,
    table: &IPVS_CMD_ATTR,
    tables: &[(14, &INFO)],
    ..Family::PLAIN
};

attributes! {
    /// What a command is about.
    pub IPVS_CMD_ATTR {
        IPVS_CMD_ATTR_SERVICE = 1: Nest(&SERVICE),
        IPVS_CMD_ATTR_DEST = 2: Nest(&DEST),
        IPVS_CMD_ATTR_DAEMON = 3: Nest(&DAEMON),
        IPVS_CMD_ATTR_TIMEOUT_TCP = 4: U32,
        IPVS_CMD_ATTR_TIMEOUT_TCP_FIN = 5: U32,
        IPVS_CMD_ATTR_TIMEOUT_UDP = 6: U32,
    }

    /// A service.
    pub SERVICE {
        IPVS_SVC_ATTR_AF = 1: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        IPVS_SVC_ATTR_PROTOCOL = 2: U16,
        IPVS_SVC_ATTR_ADDR = 3: Bytes,
        IPVS_SVC_ATTR_PORT = 4: Be16,
        IPVS_SVC_ATTR_FWMARK = 5: U32,
        IPVS_SVC_ATTR_SCHED_NAME = 6: Str,
        IPVS_SVC_ATTR_FLAGS = 7: Record(&IP_VS_FLAGS),
        IPVS_SVC_ATTR_TIMEOUT = 8: U32,
        IPVS_SVC_ATTR_NETMASK = 9: Be32,
        IPVS_SVC_ATTR_STATS = 10: Nest(&STATS),
        IPVS_SVC_ATTR_PE_NAME = 11: Str,
        IPVS_SVC_ATTR_STATS64 = 12: Nest(&STATS),
    }

    /// A server.
    pub DEST {
        IPVS_DEST_ATTR_ADDR = 1: Bytes,
        IPVS_DEST_ATTR_PORT = 2: Be16,
        IPVS_DEST_ATTR_FWD_METHOD = 3: U32,
        IPVS_DEST_ATTR_WEIGHT = 4: U32,
        IPVS_DEST_ATTR_U_THRESH = 5: U32,
        IPVS_DEST_ATTR_L_THRESH = 6: U32,
        IPVS_DEST_ATTR_ACTIVE_CONNS = 7: U32,
        IPVS_DEST_ATTR_INACT_CONNS = 8: U32,
        IPVS_DEST_ATTR_PERSIST_CONNS = 9: U32,
        IPVS_DEST_ATTR_STATS = 10: Nest(&STATS),
        IPVS_DEST_ATTR_ADDR_FAMILY = 11: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        IPVS_DEST_ATTR_STATS64 = 12: Nest(&STATS),
        IPVS_DEST_ATTR_TUN_TYPE = 13: U8,
        IPVS_DEST_ATTR_TUN_PORT = 14: Be16,
        IPVS_DEST_ATTR_TUN_FLAGS = 15: U16,
    }

    /// Who tells others.
    pub DAEMON {
        IPVS_DAEMON_ATTR_STATE = 1: U32,
        IPVS_DAEMON_ATTR_MCAST_IFN = 2: Str,
        IPVS_DAEMON_ATTR_SYNC_ID = 3: U32,
        IPVS_DAEMON_ATTR_SYNC_MAXLEN = 4: U16,
        IPVS_DAEMON_ATTR_MCAST_GROUP = 5: Ip,
        IPVS_DAEMON_ATTR_MCAST_GROUP6 = 6: Ip,
        IPVS_DAEMON_ATTR_MCAST_PORT = 7: U16,
        IPVS_DAEMON_ATTR_MCAST_TTL = 8: U8,
    }

    /// Counters, of four bytes or of eight.
    pub STATS {
        IPVS_STATS_ATTR_CONNS = 1: BySize(UINT),
        IPVS_STATS_ATTR_INPKTS = 2: BySize(UINT),
        IPVS_STATS_ATTR_OUTPKTS = 3: BySize(UINT),
        IPVS_STATS_ATTR_INBYTES = 4: BySize(UINT),
        IPVS_STATS_ATTR_OUTBYTES = 5: BySize(UINT),
        IPVS_STATS_ATTR_CPS = 6: BySize(UINT),
        IPVS_STATS_ATTR_INPPS = 7: BySize(UINT),
        IPVS_STATS_ATTR_OUTPPS = 8: BySize(UINT),
        IPVS_STATS_ATTR_INBPS = 9: BySize(UINT),
        IPVS_STATS_ATTR_OUTBPS = 10: BySize(UINT),
        IPVS_STATS_ATTR_PAD = 11: Bytes,
    }

    /// What it is.
    pub INFO {
        IPVS_INFO_ATTR_VERSION = 1: U32,
        IPVS_INFO_ATTR_CONN_TAB_SIZE = 2: U32,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        IPVS_CMD_NEW_SERVICE = 1, IPVS_CMD_SET_SERVICE = 2, IPVS_CMD_DEL_SERVICE = 3,
        IPVS_CMD_GET_SERVICE = 4, IPVS_CMD_NEW_DEST = 5, IPVS_CMD_SET_DEST = 6,
        IPVS_CMD_DEL_DEST = 7, IPVS_CMD_GET_DEST = 8, IPVS_CMD_NEW_DAEMON = 9,
        IPVS_CMD_DEL_DAEMON = 10, IPVS_CMD_GET_DAEMON = 11, IPVS_CMD_SET_CONFIG = 12,
        IPVS_CMD_GET_CONFIG = 13, IPVS_CMD_SET_INFO = 14, IPVS_CMD_GET_INFO = 15,
        IPVS_CMD_ZERO = 16, IPVS_CMD_FLUSH = 17,
    }
}
