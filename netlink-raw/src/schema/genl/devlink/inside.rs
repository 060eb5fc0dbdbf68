//! Tables of what is nested in `devlink` and has numbers of its own.

use super::names;
use crate::schema::Value::*;
use crate::schema::answer::BITFIELD32;
use crate::schema::{Int, attributes};

attributes! {
    /// Counters.
    pub STATS {
        DEVLINK_ATTR_STATS_RX_PACKETS = 0: U64,
        DEVLINK_ATTR_STATS_RX_BYTES = 1: U64,
        DEVLINK_ATTR_STATS_RX_DROPPED = 2: U64,
    }

    /// What is behind a port.
    pub PORT_FUNCTION {
        DEVLINK_PORT_FUNCTION_ATTR_HW_ADDR = 1: Mac,
        DEVLINK_PORT_FN_ATTR_STATE = 2: Enum(Int::U8, names::FN_STATES),
        DEVLINK_PORT_FN_ATTR_OPSTATE = 3: Enum(Int::U8, names::FN_OPSTATES),
        // Linux 6.2, 6.7 and 6.10.
        DEVLINK_PORT_FN_ATTR_CAPS = 4: Record(&BITFIELD32),
        DEVLINK_PORT_FN_ATTR_DEVLINK = 5: Nest(&super::DEVLINK),
        DEVLINK_PORT_FN_ATTR_MAX_IO_EQS = 6: U32,
    }

    /// What a trap tells of a packet.
    pub TRAP_METADATA {
        DEVLINK_ATTR_TRAP_METADATA_TYPE_IN_PORT = 0: Flag,
        DEVLINK_ATTR_TRAP_METADATA_TYPE_FA_COOKIE = 1: Flag,
    }

    /// Tests that are asked for.
    pub SELFTESTS {
        DEVLINK_ATTR_SELFTEST_ID_FLASH = 1: Flag,
    }
}
