//! Tables of Open vSwitch: what becomes of a packet.

use super::key::KEY;
use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// What becomes of a packet.
    pub ACTION {
        OVS_ACTION_ATTR_OUTPUT = 1: U32,
        OVS_ACTION_ATTR_USERSPACE = 2: Nest(&USERSPACE),
        OVS_ACTION_ATTR_SET = 3: Nest(&KEY),
        OVS_ACTION_ATTR_PUSH_VLAN = 4: Bytes,
        OVS_ACTION_ATTR_POP_VLAN = 5: Flag,
        OVS_ACTION_ATTR_SAMPLE = 6: Nest(&SAMPLE),
        OVS_ACTION_ATTR_RECIRC = 7: U32,
        OVS_ACTION_ATTR_HASH = 8: Bytes,
        OVS_ACTION_ATTR_PUSH_MPLS = 9: Bytes,
        OVS_ACTION_ATTR_POP_MPLS = 10: Be16,
        OVS_ACTION_ATTR_SET_MASKED = 11: Bytes,
        OVS_ACTION_ATTR_CT = 12: Nest(&CT),
        OVS_ACTION_ATTR_TRUNC = 13: U32,
        OVS_ACTION_ATTR_PUSH_ETH = 14: Bytes,
        OVS_ACTION_ATTR_POP_ETH = 15: Flag,
        OVS_ACTION_ATTR_CT_CLEAR = 16: Flag,
        OVS_ACTION_ATTR_PUSH_NSH = 17: Bytes,
        OVS_ACTION_ATTR_POP_NSH = 18: Flag,
        OVS_ACTION_ATTR_METER = 19: U32,
        OVS_ACTION_ATTR_CLONE = 20: Nest(&ACTION),
        OVS_ACTION_ATTR_CHECK_PKT_LEN = 21: Bytes,
        OVS_ACTION_ATTR_ADD_MPLS = 22: Bytes,
        OVS_ACTION_ATTR_DEC_TTL = 23: Bytes,
    }

    /// Which process gets it.
    pub USERSPACE {
        OVS_USERSPACE_ATTR_PID = 1: U32,
        OVS_USERSPACE_ATTR_USERDATA = 2: Bytes,
        OVS_USERSPACE_ATTR_EGRESS_TUN_PORT = 3: U32,
        OVS_USERSPACE_ATTR_ACTIONS = 4: Flag,
    }

    /// What becomes of some packets.
    pub SAMPLE {
        OVS_SAMPLE_ATTR_PROBABILITY = 1: U32,
        OVS_SAMPLE_ATTR_ACTIONS = 2: Nest(&ACTION),
    }

    /// How its connection is tracked.
    pub CT {
        OVS_CT_ATTR_COMMIT = 1: Flag,
        OVS_CT_ATTR_ZONE = 2: U16,
        OVS_CT_ATTR_MARK = 3: Bytes,
        OVS_CT_ATTR_LABELS = 4: Bytes,
        OVS_CT_ATTR_HELPER = 5: Str,
        OVS_CT_ATTR_NAT = 6: Bytes,
        OVS_CT_ATTR_FORCE_COMMIT = 7: Flag,
        OVS_CT_ATTR_EVENTMASK = 8: U32,
        OVS_CT_ATTR_TIMEOUT = 9: Str,
    }
}
