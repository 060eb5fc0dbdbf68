//! Tables of WireGuard (`linux/wireguard.h`).

use super::FAMILIES_OF_ADDRESSES;
use super::Family;
use super::records::{SOCKADDR_IN, SOCKADDR_IN6, TIMESPEC};
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// WireGuard links.
pub static WIREGUARD: Family = Family {
    name: "wireguard",
    commands: COMMANDS,
    table: &DEVICE,
    ..Family::PLAIN
};

attributes! {
    /// A link.
    pub DEVICE {
        WGDEVICE_A_IFINDEX = 1: Index,
        WGDEVICE_A_IFNAME = 2: Str,
        WGDEVICE_A_PRIVATE_KEY = 3: Bytes,
        WGDEVICE_A_PUBLIC_KEY = 4: Bytes,
        WGDEVICE_A_FLAGS = 5: Bits(Int::U32, DEVICE_FLAGS),
        WGDEVICE_A_LISTEN_PORT = 6: U16,
        WGDEVICE_A_FWMARK = 7: U32,
        WGDEVICE_A_PEERS = 8: Each(&PEER),
    }

    /// A peer.
    pub PEER {
        WGPEER_A_PUBLIC_KEY = 1: Bytes,
        WGPEER_A_PRESHARED_KEY = 2: Bytes,
        WGPEER_A_FLAGS = 3: Bits(Int::U32, PEER_FLAGS),
        WGPEER_A_ENDPOINT = 4: BySize(&[(16, Record(&SOCKADDR_IN)), (28, Record(&SOCKADDR_IN6))]),
        WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL = 5: U16,
        WGPEER_A_LAST_HANDSHAKE_TIME = 6: Record(&TIMESPEC),
        WGPEER_A_RX_BYTES = 7: U64,
        WGPEER_A_TX_BYTES = 8: U64,
        WGPEER_A_ALLOWEDIPS = 9: Each(&ALLOWEDIP),
        WGPEER_A_PROTOCOL_VERSION = 10: U32,
    }

    /// Addresses that are its own.
    pub ALLOWEDIP {
        WGALLOWEDIP_A_FAMILY = 1: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        WGALLOWEDIP_A_IPADDR = 2: Ip,
        WGALLOWEDIP_A_CIDR_MASK = 3: U8,
        // Linux 6.16.
        WGALLOWEDIP_A_FLAGS = 4: Bits(Int::U32, ALLOWEDIP_FLAGS),
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        WG_CMD_GET_DEVICE = 0, WG_CMD_SET_DEVICE = 1,
    }

    /// How a link is changed.
    pub DEVICE_FLAGS {
        WGDEVICE_F_REPLACE_PEERS = 1,
    }

    /// How a peer is changed.
    pub PEER_FLAGS {
        WGPEER_F_REMOVE_ME = 1, WGPEER_F_REPLACE_ALLOWEDIPS = 2, WGPEER_F_UPDATE_ONLY = 4,
    }

    /// How an address is changed (Linux 6.16).
    pub ALLOWEDIP_FLAGS {
        WGALLOWEDIP_F_REMOVE_ME = 1,
    }
}
