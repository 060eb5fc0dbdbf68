//! Tables of tunnels of mobile networks (`linux/gtp.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Tunnels of mobile networks.
pub static GTP: Family = Family {
    name: "gtp",
    commands: COMMANDS,
    table: &PDP,
    ..Family::PLAIN
};

attributes! {
    /// A context.
    pub PDP {
        GTPA_LINK = 1: Index,
        GTPA_VERSION = 2: U32,
        GTPA_TID = 3: U64,
        GTPA_PEER_ADDRESS = 4: Ip,
        GTPA_MS_ADDRESS = 5: Ip,
        GTPA_FLOW = 6: U16,
        GTPA_NET_NS_FD = 7: U32,
        GTPA_I_TEI = 8: U32,
        GTPA_O_TEI = 9: U32,
        GTPA_PAD = 10: Bytes,
        // Linux 6.10.
        GTPA_PEER_ADDR6 = 11: Ip,
        GTPA_MS_ADDR6 = 12: Ip,
        GTPA_FAMILY = 13: U8,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        GTP_CMD_NEWPDP = 0, GTP_CMD_DELPDP = 1, GTP_CMD_GETPDP = 2, GTP_CMD_ECHOREQ = 3,
    }
}
