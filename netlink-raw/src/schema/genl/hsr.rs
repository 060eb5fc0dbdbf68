//! Tables of redundant rings (`linux/hsr_netlink.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Redundant rings.
pub static HSR: Family = Family {
    name: "HSR",
    commands: COMMANDS,
    table: &NODE,
    ..Family::PLAIN
};

attributes! {
    /// A node.
    pub NODE {
        HSR_A_NODE_ADDR = 1: Mac,
        HSR_A_IFINDEX = 2: Index,
        HSR_A_IF1_AGE = 3: U32,
        HSR_A_IF2_AGE = 4: U32,
        HSR_A_NODE_ADDR_B = 5: Mac,
        HSR_A_IF1_SEQ = 6: U16,
        HSR_A_IF2_SEQ = 7: U16,
        HSR_A_IF1_IFINDEX = 8: Index,
        HSR_A_IF2_IFINDEX = 9: Index,
        HSR_A_ADDR_B_IFINDEX = 10: Index,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        HSR_C_RING_ERROR = 1, HSR_C_NODE_DOWN = 2, HSR_C_GET_NODE_STATUS = 3,
        HSR_C_SET_NODE_STATUS = 4, HSR_C_GET_NODE_LIST = 5, HSR_C_SET_NODE_LIST = 6,
    }
}
