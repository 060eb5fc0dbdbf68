//! Tables of teams of links (`linux/if_team.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Teams of links.
pub static TEAM: Family = Family {
    name: "team",
    commands: COMMANDS,
    table: &TEAM_ATTR,
    ..Family::PLAIN
};

attributes! {
    /// A team.
    pub TEAM_ATTR {
        TEAM_ATTR_TEAM_IFINDEX = 1: Index,
        TEAM_ATTR_LIST_OPTION = 2: Nest(&OPTIONS),
        TEAM_ATTR_LIST_PORT = 3: Nest(&PORTS),
    }

    /// Its options.
    pub OPTIONS {
        TEAM_ATTR_ITEM_OPTION = 1: Nest(&OPTION),
    }

    /// One of them.
    pub OPTION {
        TEAM_ATTR_OPTION_NAME = 1: Str,
        TEAM_ATTR_OPTION_CHANGED = 2: Flag,
        TEAM_ATTR_OPTION_TYPE = 3: U8,
        TEAM_ATTR_OPTION_DATA = 4: Bytes,
        TEAM_ATTR_OPTION_REMOVED = 5: Flag,
        TEAM_ATTR_OPTION_PORT_IFINDEX = 6: Index,
        TEAM_ATTR_OPTION_ARRAY_INDEX = 7: U32,
    }

    /// Its ports.
    pub PORTS {
        TEAM_ATTR_ITEM_PORT = 1: Nest(&PORT),
    }

    /// One of them.
    pub PORT {
        TEAM_ATTR_PORT_IFINDEX = 1: Index,
        TEAM_ATTR_PORT_CHANGED = 2: Flag,
        TEAM_ATTR_PORT_LINKUP = 3: Flag,
        TEAM_ATTR_PORT_SPEED = 4: U32,
        TEAM_ATTR_PORT_DUPLEX = 5: U8,
        TEAM_ATTR_PORT_REMOVED = 6: Flag,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        TEAM_CMD_NOOP = 0, TEAM_CMD_OPTIONS_SET = 1, TEAM_CMD_OPTIONS_GET = 2,
        TEAM_CMD_PORT_LIST_GET = 3,
    }
}
