//! Tables of the controller of generic netlink, `nlctrl` (`linux/genetlink.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::answer::POLICY;
use crate::schema::{Int, Names, attributes};

/// The controller itself.
pub static CONTROL: Family = Family {
    name: "nlctrl",
    commands: COMMANDS,
    table: &CTRL,
    ..Family::PLAIN
};

/// Its commands.
const COMMANDS: Names = &[
    (1, "CTRL_CMD_NEWFAMILY"),
    (2, "CTRL_CMD_DELFAMILY"),
    (3, "CTRL_CMD_GETFAMILY"),
    (4, "CTRL_CMD_NEWOPS"),
    (5, "CTRL_CMD_DELOPS"),
    (6, "CTRL_CMD_GETOPS"),
    (7, "CTRL_CMD_NEWMCAST_GRP"),
    (8, "CTRL_CMD_DELMCAST_GRP"),
    (9, "CTRL_CMD_GETMCAST_GRP"),
    (10, "CTRL_CMD_GETPOLICY"),
];

/// What may be done with a command.
const OP_FLAGS: Names = &[
    (1, "GENL_ADMIN_PERM"),
    (2, "GENL_CMD_CAP_DO"),
    (4, "GENL_CMD_CAP_DUMP"),
    (8, "GENL_CMD_CAP_HASPOL"),
    (16, "GENL_UNS_ADMIN_PERM"),
];

attributes! {
    /// A family.
    pub CTRL {
        CTRL_ATTR_FAMILY_ID = 1: U16,
        CTRL_ATTR_FAMILY_NAME = 2: Str,
        CTRL_ATTR_VERSION = 3: U32,
        CTRL_ATTR_HDRSIZE = 4: U32,
        CTRL_ATTR_MAXATTR = 5: U32,
        CTRL_ATTR_OPS = 6: Each(&CTRL_OP),
        CTRL_ATTR_MCAST_GROUPS = 7: Each(&CTRL_MCAST_GRP),
        CTRL_ATTR_POLICY = 8: EachValue(&Each(&POLICY)),
        CTRL_ATTR_OP_POLICY = 9: Each(&CTRL_OP_POLICY),
        CTRL_ATTR_OP = 10: U32,
    }

    /// A command of it.
    pub CTRL_OP {
        CTRL_ATTR_OP_ID = 1: U32,
        CTRL_ATTR_OP_FLAGS = 2: Bits(Int::U32, OP_FLAGS),
    }

    /// A multicast group of it.
    pub CTRL_MCAST_GRP {
        CTRL_ATTR_MCAST_GRP_NAME = 1: Str,
        CTRL_ATTR_MCAST_GRP_ID = 2: U32,
    }

    /// Which policies a command has.
    pub CTRL_OP_POLICY {
        CTRL_ATTR_POLICY_DO = 1: U32,
        CTRL_ATTR_POLICY_DUMP = 2: U32,
    }
}
