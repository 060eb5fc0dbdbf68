//! Structs of the packet filter (`linux/netfilter/nfnetlink.h` and its kin).

use super::nftables::names::{FAMILIES, VERDICTS};
use super::{conntrack, log, queue};
use crate::schema::Value::*;
use crate::schema::{FieldSpec, Int, Layout, Value, layouts, names};

names! {
    /// Parts of the packet filter, `NFNL_SUBSYS_*`.
    pub SUBSYSTEMS {
        NFNL_SUBSYS_NONE = 0, NFNL_SUBSYS_CTNETLINK = 1, NFNL_SUBSYS_CTNETLINK_EXP = 2,
        NFNL_SUBSYS_QUEUE = 3, NFNL_SUBSYS_ULOG = 4, NFNL_SUBSYS_OSF = 5, NFNL_SUBSYS_IPSET = 6,
        NFNL_SUBSYS_ACCT = 7, NFNL_SUBSYS_CTNETLINK_TIMEOUT = 8, NFNL_SUBSYS_CTHELPER = 9,
        NFNL_SUBSYS_NFTABLES = 10, NFNL_SUBSYS_NFT_COMPAT = 11, NFNL_SUBSYS_HOOK = 12,
    }
}

layouts! {
    /// At the head of every message. `res_id` is a queue, a group, or the generation of the rule set.
    pub NFGENMSG = "nfgenmsg" {
        nfgen_family: Enum(Int::U8, FAMILIES),
        version: U8,
        res_id: Be16,
    }
    /// At the head of the messages that a batch begins and ends with: `res_id` is the subsystem it is for.
    pub NFGENMSG_BATCH = "nfgenmsg" {
        nfgen_family: Enum(Int::U8, FAMILIES),
        version: U8,
        res_id: Enum(Int::Be16, SUBSYSTEMS),
    }
    /// Flags of one side of a TCP connection, and which of them count.
    pub CT_TCP_FLAGS = "nf_ct_tcp_flags" {
        flags: Bits(Int::U8, conntrack::TCP_FLAGS),
        mask: Bits(Int::U8, conntrack::TCP_FLAGS),
    }
    /// Of a logged packet.
    pub LOG_PACKET_HDR = "nfulnl_msg_packet_hdr" {
        hw_protocol: Be16,
        hook: U8,
        _pad: U8,
    }
    /// Where it is from.
    pub LOG_PACKET_HW = "nfulnl_msg_packet_hw" {
        hw_addrlen: Be16,
        _pad: U16,
        hw_addr[8]: Bytes,
    }
    /// When it came.
    pub LOG_TIMESTAMP = "nfulnl_msg_packet_timestamp" {
        sec: Be64,
        usec: Be64,
    }
    /// What is to be done with a group.
    pub LOG_CONFIG_CMD = "nfulnl_msg_config_cmd" {
        command: Enum(Int::U8, log::COMMANDS),
    }
    /// Where a queued packet is from.
    pub QUEUE_PACKET_HW = "nfqnl_msg_packet_hw" {
        hw_addrlen: Be16,
        _pad: U16,
        hw_addr[8]: Bytes,
    }
    /// When it came.
    pub QUEUE_TIMESTAMP = "nfqnl_msg_packet_timestamp" {
        sec: Be64,
        usec: Be64,
    }
    /// What becomes of it.
    pub QUEUE_VERDICT_HDR = "nfqnl_msg_verdict_hdr" {
        verdict: Enum(Int::Be32, VERDICTS),
        id: Be32,
    }
    /// What is to be done with a queue.
    pub QUEUE_CONFIG_CMD = "nfqnl_msg_config_cmd" {
        command: Enum(Int::U8, queue::COMMANDS),
        _pad: U8,
        pf: Be16,
    }
    /// A value of a fingerprint, which may stand for any.
    pub OSF_WC = "nf_osf_wc" {
        wc: U32,
        val: U32,
    }
    /// An option of TCP.
    pub OSF_OPT = "nf_osf_opt" {
        kind: U16,
        length: U16,
        wc: Record(&OSF_WC),
    }
    /// What an operating system is known by.
    pub OSF_FINGER = "nf_osf_user_finger" {
        wss: Record(&OSF_WC),
        ttl: U8,
        df: U8,
        ss: U16,
        mss: U16,
        opt_num: U16,
        genre[32]: Str,
        version[32]: Str,
        subtype[32]: Str,
        opt[480]: Array(&OPTION, 12),
    }
}

static OPTION: Value = Record(&OSF_OPT);

const fn field(name: &'static str, offset: u16, len: u16, value: Value) -> FieldSpec {
    FieldSpec {
        name,
        offset,
        len,
        value,
    }
}

const fn packed(name: &'static str, fields: &'static [FieldSpec], size: u16) -> Layout {
    Layout {
        name,
        fields,
        size,
        align: 1,
    }
}

/// How much of a packet is logged. Packed.
pub static LOG_CONFIG_MODE: Layout = packed(
    "nfulnl_msg_config_mode",
    &[
        field("copy_range", 0, 4, Be32),
        field("copy_mode", 4, 1, Enum(Int::U8, log::COPY_MODES)),
        field("_pad", 5, 1, U8),
    ],
    6,
);

/// Of a queued packet. Packed.
pub static QUEUE_PACKET_HDR: Layout = packed(
    "nfqnl_msg_packet_hdr",
    &[
        field("packet_id", 0, 4, Be32),
        field("hw_protocol", 4, 2, Be16),
        field("hook", 6, 1, U8),
    ],
    7,
);

/// How much of a packet is queued. Packed.
pub static QUEUE_CONFIG_PARAMS: Layout = packed(
    "nfqnl_msg_config_params",
    &[
        field("copy_range", 0, 4, Be32),
        field("copy_mode", 4, 1, Enum(Int::U8, queue::COPY_MODES)),
    ],
    5,
);
