//! Tables of segment routing (`linux/seg6_genl.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Segment routing.
pub static SEG6: Family = Family {
    name: "SEG6",
    commands: COMMANDS,
    table: &SEG6_ATTR,
    ..Family::PLAIN
};

attributes! {
    /// A key, or the address that tunnels start at.
    pub SEG6_ATTR {
        SEG6_ATTR_DST = 1: Ip,
        SEG6_ATTR_DSTLEN = 2: S32,
        SEG6_ATTR_HMACKEYID = 3: U32,
        SEG6_ATTR_SECRET = 4: Bytes,
        SEG6_ATTR_SECRETLEN = 5: U8,
        SEG6_ATTR_ALGID = 6: U8,
        SEG6_ATTR_HMACINFO = 7: Nest(&SEG6_ATTR),
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        SEG6_CMD_SETHMAC = 1, SEG6_CMD_DUMPHMAC = 2, SEG6_CMD_SET_TUNSRC = 3,
        SEG6_CMD_GET_TUNSRC = 4,
    }
}
