//! Tables of telemetry in IPv6 packets (`linux/ioam6_genl.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Telemetry in IPv6 packets.
pub static IOAM6: Family = Family {
    name: "IOAM6",
    commands: COMMANDS,
    table: &IOAM6_ATTR,
    events: Some(&Family {
        name: "IOAM6",
        commands: EVENTS,
        table: &EVENT,
        ..Family::PLAIN
    }),
    ..Family::PLAIN
};

attributes! {
    /// A namespace, or a schema.
    pub IOAM6_ATTR {
        IOAM6_ATTR_NS_ID = 1: U16,
        IOAM6_ATTR_NS_DATA = 2: U32,
        IOAM6_ATTR_NS_DATA_WIDE = 3: U64,
        IOAM6_ATTR_SC_ID = 4: U32,
        IOAM6_ATTR_SC_DATA = 5: Bytes,
        IOAM6_ATTR_SC_NONE = 6: Flag,
        IOAM6_ATTR_PAD = 7: Bytes,
    }

    /// What a packet carried (Linux 6.10).
    pub EVENT {
        IOAM6_EVENT_ATTR_TRACE_NAMESPACE = 1: U16,
        IOAM6_EVENT_ATTR_TRACE_NODELEN = 2: U8,
        IOAM6_EVENT_ATTR_TRACE_TYPE = 3: U32,
        IOAM6_EVENT_ATTR_TRACE_DATA = 4: Bytes,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        IOAM6_CMD_ADD_NAMESPACE = 1, IOAM6_CMD_DEL_NAMESPACE = 2, IOAM6_CMD_DUMP_NAMESPACES = 3,
        IOAM6_CMD_ADD_SCHEMA = 4, IOAM6_CMD_DEL_SCHEMA = 5, IOAM6_CMD_DUMP_SCHEMAS = 6,
        IOAM6_CMD_NS_SET_SCHEMA = 7,
    }

    /// Its events (Linux 6.10).
    pub EVENTS {
        IOAM6_EVENT_TYPE_TRACE = 1,
    }
}
