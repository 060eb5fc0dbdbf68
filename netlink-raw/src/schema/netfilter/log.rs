//! Tables of logged packets (`linux/netfilter/nfnetlink_log.h`).

use super::conntrack;
use super::records::{
    LOG_CONFIG_CMD, LOG_CONFIG_MODE, LOG_PACKET_HDR, LOG_PACKET_HW, LOG_TIMESTAMP,
};
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// A packet.
    pub PACKET {
        NFULA_PACKET_HDR = 1: Record(&LOG_PACKET_HDR),
        NFULA_MARK = 2: Be32,
        NFULA_TIMESTAMP = 3: Record(&LOG_TIMESTAMP),
        NFULA_IFINDEX_INDEV = 4: Be32,
        NFULA_IFINDEX_OUTDEV = 5: Be32,
        NFULA_IFINDEX_PHYSINDEV = 6: Be32,
        NFULA_IFINDEX_PHYSOUTDEV = 7: Be32,
        NFULA_HWADDR = 8: Record(&LOG_PACKET_HW),
        NFULA_PAYLOAD = 9: Bytes,
        NFULA_PREFIX = 10: Str,
        NFULA_UID = 11: Be32,
        NFULA_SEQ = 12: Be32,
        NFULA_SEQ_GLOBAL = 13: Be32,
        NFULA_GID = 14: Be32,
        NFULA_HWTYPE = 15: Be16,
        NFULA_HWHEADER = 16: Bytes,
        NFULA_HWLEN = 17: Be16,
        NFULA_CT = 18: Nest(&conntrack::CONNECTION),
        NFULA_CT_INFO = 19: Enum(Int::Be32, conntrack::CONNTRACK_INFO),
        NFULA_VLAN = 20: Nest(&VLAN),
        NFULA_L2HDR = 21: Bytes,
    }

    /// Its VLAN tag.
    pub VLAN {
        NFULA_VLAN_PROTO = 1: Be16,
        NFULA_VLAN_TCI = 2: Be16,
    }

    /// What a process asks for.
    pub CONFIG {
        NFULA_CFG_CMD = 1: Record(&LOG_CONFIG_CMD),
        NFULA_CFG_MODE = 2: Record(&LOG_CONFIG_MODE),
        NFULA_CFG_NLBUFSIZ = 3: Be32,
        NFULA_CFG_TIMEOUT = 4: Be32,
        NFULA_CFG_QTHRESH = 5: Be32,
        NFULA_CFG_FLAGS = 6: Bits(Int::Be16, FLAGS),
    }
}

names! {
    /// What a packet is sent with.
    pub FLAGS {
        NFULNL_CFG_F_SEQ = 1, NFULNL_CFG_F_SEQ_GLOBAL = 2, NFULNL_CFG_F_CONNTRACK = 4,
    }

    /// What is to be done.
    pub COMMANDS {
        NFULNL_CFG_CMD_NONE = 0, NFULNL_CFG_CMD_BIND = 1, NFULNL_CFG_CMD_UNBIND = 2,
        NFULNL_CFG_CMD_PF_BIND = 3, NFULNL_CFG_CMD_PF_UNBIND = 4,
    }

    /// How much of a packet is sent.
    pub COPY_MODES {
        NFULNL_COPY_NONE = 0, NFULNL_COPY_META = 1, NFULNL_COPY_PACKET = 2,
    }
}
