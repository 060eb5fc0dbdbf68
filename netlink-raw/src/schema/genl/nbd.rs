//! Tables of block devices of other hosts (`linux/nbd-netlink.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Block devices of other hosts.
pub static NBD: Family = Family {
    name: "nbd",
    commands: COMMANDS,
    table: &NBD_ATTR,
    ..Family::PLAIN
};

attributes! {
    /// A device.
    pub NBD_ATTR {
        NBD_ATTR_INDEX = 1: U32,
        NBD_ATTR_SIZE_BYTES = 2: U64,
        NBD_ATTR_BLOCK_SIZE_BYTES = 3: U64,
        NBD_ATTR_TIMEOUT = 4: U64,
        NBD_ATTR_SERVER_FLAGS = 5: U64,
        NBD_ATTR_CLIENT_FLAGS = 6: U64,
        NBD_ATTR_SOCKETS = 7: Nest(&SOCKETS),
        NBD_ATTR_DEAD_CONN_TIMEOUT = 8: U64,
        NBD_ATTR_DEVICE_LIST = 9: Nest(&DEVICES),
        NBD_ATTR_BACKEND_IDENTIFIER = 10: Str,
    }

    /// Devices.
    pub DEVICES {
        NBD_DEVICE_ITEM = 1: Nest(&DEVICE),
    }

    /// One of them.
    pub DEVICE {
        NBD_DEVICE_INDEX = 1: U32,
        NBD_DEVICE_CONNECTED = 2: U8,
    }

    /// Sockets.
    pub SOCKETS {
        NBD_SOCK_ITEM = 1: Nest(&SOCKET),
    }

    /// One of them.
    pub SOCKET {
        NBD_SOCK_FD = 1: U32,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        NBD_CMD_CONNECT = 1, NBD_CMD_DISCONNECT = 2, NBD_CMD_RECONFIGURE = 3,
        NBD_CMD_LINK_DEAD = 4, NBD_CMD_STATUS = 5,
    }
}
