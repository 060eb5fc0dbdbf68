//! Tables of Open vSwitch (`linux/openvswitch.h`).

pub mod action;
pub mod key;
pub mod records;

use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};
use action::ACTION;
use key::{KEY, TUNNEL_KEY};
use records::{DP_STATS, FLOW_STATS, HEADER, MEGAFLOW_STATS, VPORT_STATS};

/// Switches.
pub static DATAPATH: Family = Family {
    name: "ovs_datapath",
    commands: DP_COMMANDS,
    header: Some(&HEADER),
    table: &DP,
    ..Family::PLAIN
};

/// Ports of switches.
pub static VPORT: Family = Family {
    name: "ovs_vport",
    commands: VPORT_COMMANDS,
    header: Some(&HEADER),
    table: &PORT,
    ..Family::PLAIN
};

/// Flows in switches.
pub static FLOW: Family = Family {
    name: "ovs_flow",
    commands: FLOW_COMMANDS,
    header: Some(&HEADER),
    table: &FLOW_ATTR,
    ..Family::PLAIN
};

/// Packets of switches.
pub static PACKET: Family = Family {
    name: "ovs_packet",
    commands: PACKET_COMMANDS,
    header: Some(&HEADER),
    table: &PACKET_ATTR,
    ..Family::PLAIN
};

attributes! {
    /// A switch.
    pub DP {
        OVS_DP_ATTR_NAME = 1: Str,
        OVS_DP_ATTR_UPCALL_PID = 2: U32,
        OVS_DP_ATTR_STATS = 3: Record(&DP_STATS),
        OVS_DP_ATTR_MEGAFLOW_STATS = 4: Record(&MEGAFLOW_STATS),
        OVS_DP_ATTR_USER_FEATURES = 5: Bits(Int::U32, DP_FEATURES),
        OVS_DP_ATTR_PAD = 6: Bytes,
        OVS_DP_ATTR_MASKS_CACHE_SIZE = 7: U32,
        OVS_DP_ATTR_PER_CPU_PIDS = 8: Array(&U32, 4),
        OVS_DP_ATTR_IFINDEX = 9: Index,
    }

    /// A port.
    pub PORT {
        OVS_VPORT_ATTR_PORT_NO = 1: U32,
        OVS_VPORT_ATTR_TYPE = 2: Enum(Int::U32, VPORT_TYPES),
        OVS_VPORT_ATTR_NAME = 3: Str,
        OVS_VPORT_ATTR_OPTIONS = 4: Nest(&TUNNEL),
        OVS_VPORT_ATTR_UPCALL_PID = 5: Array(&U32, 4),
        OVS_VPORT_ATTR_STATS = 6: Record(&VPORT_STATS),
        OVS_VPORT_ATTR_PAD = 7: Bytes,
        OVS_VPORT_ATTR_IFINDEX = 8: Index,
        OVS_VPORT_ATTR_NETNSID = 9: S32,
        // Linux 6.3.
        OVS_VPORT_ATTR_UPCALL_STATS = 10: Nest(&UPCALL_STATS),
    }

    /// Packets that were handed to a process (Linux 6.3).
    pub UPCALL_STATS {
        OVS_VPORT_UPCALL_ATTR_SUCCESS = 0: U64,
        OVS_VPORT_UPCALL_ATTR_FAIL = 1: U64,
    }

    /// Options of a tunnel.
    pub TUNNEL {
        OVS_TUNNEL_ATTR_DST_PORT = 1: U16,
        OVS_TUNNEL_ATTR_EXTENSION = 2: Nest(&key::VXLAN_EXT),
    }

    /// A flow.
    pub FLOW_ATTR {
        OVS_FLOW_ATTR_KEY = 1: Nest(&KEY),
        OVS_FLOW_ATTR_ACTIONS = 2: Nest(&ACTION),
        OVS_FLOW_ATTR_STATS = 3: Record(&FLOW_STATS),
        OVS_FLOW_ATTR_TCP_FLAGS = 4: U8,
        OVS_FLOW_ATTR_USED = 5: U64,
        OVS_FLOW_ATTR_CLEAR = 6: Flag,
        OVS_FLOW_ATTR_MASK = 7: Nest(&KEY),
        OVS_FLOW_ATTR_PROBE = 8: Flag,
        OVS_FLOW_ATTR_UFID = 9: Bytes,
        OVS_FLOW_ATTR_UFID_FLAGS = 10: U32,
        OVS_FLOW_ATTR_PAD = 11: Bytes,
    }

    /// A packet.
    pub PACKET_ATTR {
        OVS_PACKET_ATTR_PACKET = 1: Bytes,
        OVS_PACKET_ATTR_KEY = 2: Nest(&KEY),
        OVS_PACKET_ATTR_ACTIONS = 3: Nest(&ACTION),
        OVS_PACKET_ATTR_USERDATA = 4: Bytes,
        OVS_PACKET_ATTR_EGRESS_TUN_KEY = 5: Nest(&TUNNEL_KEY),
        OVS_PACKET_ATTR_UNUSED1 = 6: Bytes,
        OVS_PACKET_ATTR_UNUSED2 = 7: Bytes,
        OVS_PACKET_ATTR_PROBE = 8: Flag,
        OVS_PACKET_ATTR_MRU = 9: U16,
        OVS_PACKET_ATTR_LEN = 10: U32,
        OVS_PACKET_ATTR_HASH = 11: U64,
    }
}

names! {
    /// Commands of switches.
    pub DP_COMMANDS {
        OVS_DP_CMD_NEW = 1, OVS_DP_CMD_DEL = 2, OVS_DP_CMD_GET = 3, OVS_DP_CMD_SET = 4,
    }

    /// Commands of ports.
    pub VPORT_COMMANDS {
        OVS_VPORT_CMD_NEW = 1, OVS_VPORT_CMD_DEL = 2, OVS_VPORT_CMD_GET = 3, OVS_VPORT_CMD_SET = 4,
    }

    /// Commands of flows.
    pub FLOW_COMMANDS {
        OVS_FLOW_CMD_NEW = 1, OVS_FLOW_CMD_DEL = 2, OVS_FLOW_CMD_GET = 3, OVS_FLOW_CMD_SET = 4,
    }

    /// Commands of packets.
    pub PACKET_COMMANDS {
        OVS_PACKET_CMD_MISS = 1, OVS_PACKET_CMD_ACTION = 2, OVS_PACKET_CMD_EXECUTE = 3,
    }

    /// Kinds of ports.
    pub VPORT_TYPES {
        OVS_VPORT_TYPE_UNSPEC = 0, OVS_VPORT_TYPE_NETDEV = 1, OVS_VPORT_TYPE_INTERNAL = 2,
        OVS_VPORT_TYPE_GRE = 3, OVS_VPORT_TYPE_VXLAN = 4, OVS_VPORT_TYPE_GENEVE = 5,
    }

    /// What the process can do.
    pub DP_FEATURES {
        OVS_DP_F_UNALIGNED = 1, OVS_DP_F_VPORT_PIDS = 2, OVS_DP_F_TC_RECIRC_SHARING = 4,
        OVS_DP_F_DISPATCH_UPCALL_PER_CPU = 8,
    }
}
