//! Tables of packets in the hands of a process (`linux/netfilter/nfnetlink_queue.h`).

use super::conntrack;
use super::records::{
    QUEUE_CONFIG_CMD, QUEUE_CONFIG_PARAMS, QUEUE_PACKET_HDR, QUEUE_PACKET_HW, QUEUE_TIMESTAMP,
    QUEUE_VERDICT_HDR,
};
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// A packet.
    pub PACKET {
        NFQA_PACKET_HDR = 1: Record(&QUEUE_PACKET_HDR),
        NFQA_VERDICT_HDR = 2: Record(&QUEUE_VERDICT_HDR),
        NFQA_MARK = 3: Be32,
        NFQA_TIMESTAMP = 4: Record(&QUEUE_TIMESTAMP),
        NFQA_IFINDEX_INDEV = 5: Be32,
        NFQA_IFINDEX_OUTDEV = 6: Be32,
        NFQA_IFINDEX_PHYSINDEV = 7: Be32,
        NFQA_IFINDEX_PHYSOUTDEV = 8: Be32,
        NFQA_HWADDR = 9: Record(&QUEUE_PACKET_HW),
        NFQA_PAYLOAD = 10: Bytes,
        NFQA_CT = 11: Nest(&conntrack::CONNECTION),
        NFQA_CT_INFO = 12: Enum(Int::Be32, conntrack::CONNTRACK_INFO),
        NFQA_CAP_LEN = 13: Be32,
        NFQA_SKB_INFO = 14: Bits(Int::Be32, SKB_INFO),
        NFQA_EXP = 15: Nest(&conntrack::EXPECTATION),
        NFQA_UID = 16: Be32,
        NFQA_GID = 17: Be32,
        NFQA_SECCTX = 18: Bytes,
        NFQA_VLAN = 19: Nest(&VLAN),
        NFQA_L2HDR = 20: Bytes,
        NFQA_PRIORITY = 21: Be32,
        // Linux 6.14.
        NFQA_CGROUP_CLASSID = 22: Be32,
    }

    /// Its VLAN tag.
    pub VLAN {
        NFQA_VLAN_PROTO = 1: Be16,
        NFQA_VLAN_TCI = 2: Be16,
    }

    /// What a process asks for.
    pub CONFIG {
        NFQA_CFG_CMD = 1: Record(&QUEUE_CONFIG_CMD),
        NFQA_CFG_PARAMS = 2: Record(&QUEUE_CONFIG_PARAMS),
        NFQA_CFG_QUEUE_MAXLEN = 3: Be32,
        NFQA_CFG_MASK = 4: Bits(Int::Be32, FLAGS),
        NFQA_CFG_FLAGS = 5: Bits(Int::Be32, FLAGS),
    }
}

names! {
    /// What a queue does.
    pub FLAGS {
        NFQA_CFG_F_FAIL_OPEN = 1, NFQA_CFG_F_CONNTRACK = 2, NFQA_CFG_F_GSO = 4,
        NFQA_CFG_F_UID_GID = 8, NFQA_CFG_F_SECCTX = 16,
    }

    /// What is known of a packet.
    pub SKB_INFO {
        NFQA_SKB_CSUMNOTREADY = 1, NFQA_SKB_GSO = 2, NFQA_SKB_CSUM_NOTVERIFIED = 4,
        NFQA_SKB_INFO = 14,
    }

    /// What is to be done.
    pub COMMANDS {
        NFQNL_CFG_CMD_NONE = 0, NFQNL_CFG_CMD_BIND = 1, NFQNL_CFG_CMD_UNBIND = 2,
        NFQNL_CFG_CMD_PF_BIND = 3, NFQNL_CFG_CMD_PF_UNBIND = 4,
    }

    /// How much of a packet is sent.
    pub COPY_MODES {
        NFQNL_COPY_NONE = 0, NFQNL_COPY_META = 1, NFQNL_COPY_PACKET = 2,
    }
}
