//! Tables of tunnels in UDP without a link (`linux/fou.h`).

use super::FAMILIES_OF_ADDRESSES;
use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// Tunnels in UDP.
pub static FOU: Family = Family {
    name: "fou",
    commands: COMMANDS,
    table: &PORT,
    ..Family::PLAIN
};

attributes! {
    /// A port.
    pub PORT {
        FOU_ATTR_PORT = 1: Be16,
        FOU_ATTR_AF = 2: Enum(Int::U8, FAMILIES_OF_ADDRESSES),
        FOU_ATTR_IPPROTO = 3: U8,
        FOU_ATTR_TYPE = 4: Enum(Int::U8, TYPES),
        FOU_ATTR_REMCSUM_NOPARTIAL = 5: Flag,
        FOU_ATTR_LOCAL_V4 = 6: Ip,
        FOU_ATTR_LOCAL_V6 = 7: Ip,
        FOU_ATTR_PEER_V4 = 8: Ip,
        FOU_ATTR_PEER_V6 = 9: Ip,
        FOU_ATTR_PEER_PORT = 10: Be16,
        FOU_ATTR_IFINDEX = 11: Index,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        FOU_CMD_ADD = 1, FOU_CMD_DEL = 2, FOU_CMD_GET = 3,
    }

    /// Kinds of encapsulation.
    pub TYPES {
        FOU_ENCAP_UNSPEC = 0, FOU_ENCAP_DIRECT = 1, FOU_ENCAP_GUE = 2,
    }
}
