//! Tables of the path manager of MPTCP (`linux/mptcp.h`).

use super::FAMILIES_OF_ADDRESSES;
use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// The path manager of MPTCP. Its events are numbered apart from its commands.
pub static MPTCP_PM: Family = Family {
    name: "mptcp_pm",
    commands: COMMANDS,
    table: &PM,
    events: Some(&Family {
        name: "mptcp_pm",
        commands: EVENTS,
        table: &EVENT,
        ..Family::PLAIN
    }),
    ..Family::PLAIN
};

attributes! {
    /// What the path manager is told.
    pub PM {
        MPTCP_PM_ATTR_ADDR = 1: Nest(&ADDR),
        MPTCP_PM_ATTR_RCV_ADD_ADDRS = 2: U32,
        MPTCP_PM_ATTR_SUBFLOWS = 3: U32,
        MPTCP_PM_ATTR_TOKEN = 4: U32,
        MPTCP_PM_ATTR_LOC_ID = 5: U8,
        MPTCP_PM_ATTR_ADDR_REMOTE = 6: Nest(&ADDR),
    }

    /// An address.
    pub ADDR {
        MPTCP_PM_ADDR_ATTR_FAMILY = 1: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        MPTCP_PM_ADDR_ATTR_ID = 2: U8,
        MPTCP_PM_ADDR_ATTR_ADDR4 = 3: Ip,
        MPTCP_PM_ADDR_ATTR_ADDR6 = 4: Ip,
        MPTCP_PM_ADDR_ATTR_PORT = 5: U16,
        MPTCP_PM_ADDR_ATTR_FLAGS = 6: Bits(Int::U32, ADDR_FLAGS),
        MPTCP_PM_ADDR_ATTR_IF_IDX = 7: Index,
    }

    /// What happened.
    pub EVENT {
        MPTCP_ATTR_TOKEN = 1: U32,
        MPTCP_ATTR_FAMILY = 2: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        MPTCP_ATTR_LOC_ID = 3: U8,
        MPTCP_ATTR_REM_ID = 4: U8,
        MPTCP_ATTR_SADDR4 = 5: Ip,
        MPTCP_ATTR_SADDR6 = 6: Ip,
        MPTCP_ATTR_DADDR4 = 7: Ip,
        MPTCP_ATTR_DADDR6 = 8: Ip,
        MPTCP_ATTR_SPORT = 9: Be16,
        MPTCP_ATTR_DPORT = 10: Be16,
        MPTCP_ATTR_BACKUP = 11: U8,
        MPTCP_ATTR_ERROR = 12: U8,
        MPTCP_ATTR_FLAGS = 13: U16,
        MPTCP_ATTR_TIMEOUT = 14: U32,
        MPTCP_ATTR_IF_IDX = 15: Index,
        MPTCP_ATTR_RESET_REASON = 16: U32,
        MPTCP_ATTR_RESET_FLAGS = 17: U32,
        MPTCP_ATTR_SERVER_SIDE = 18: U8,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        MPTCP_PM_CMD_ADD_ADDR = 1, MPTCP_PM_CMD_DEL_ADDR = 2, MPTCP_PM_CMD_GET_ADDR = 3,
        MPTCP_PM_CMD_FLUSH_ADDRS = 4, MPTCP_PM_CMD_SET_LIMITS = 5, MPTCP_PM_CMD_GET_LIMITS = 6,
        MPTCP_PM_CMD_SET_FLAGS = 7, MPTCP_PM_CMD_ANNOUNCE = 8, MPTCP_PM_CMD_REMOVE = 9,
        MPTCP_PM_CMD_SUBFLOW_CREATE = 10, MPTCP_PM_CMD_SUBFLOW_DESTROY = 11,
    }

    /// Its events.
    pub EVENTS {
        MPTCP_EVENT_CREATED = 1, MPTCP_EVENT_ESTABLISHED = 2, MPTCP_EVENT_CLOSED = 3,
        MPTCP_EVENT_ANNOUNCED = 6, MPTCP_EVENT_REMOVED = 7, MPTCP_EVENT_SUB_ESTABLISHED = 10,
        MPTCP_EVENT_SUB_CLOSED = 11, MPTCP_EVENT_SUB_PRIORITY = 13,
        // Linux 6.4.
        MPTCP_EVENT_LISTENER_CREATED = 15,
        MPTCP_EVENT_LISTENER_CLOSED = 16,
    }

    /// What an address is for.
    pub ADDR_FLAGS {
        MPTCP_PM_ADDR_FLAG_SIGNAL = 1, MPTCP_PM_ADDR_FLAG_SUBFLOW = 2,
        MPTCP_PM_ADDR_FLAG_BACKUP = 4, MPTCP_PM_ADDR_FLAG_FULLMESH = 8,
        MPTCP_PM_ADDR_FLAG_IMPLICIT = 16,
        // Linux 6.18.
        MPTCP_PM_ADDR_FLAG_LAMINAR = 32,
    }
}
