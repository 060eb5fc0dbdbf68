//! Tables of multicast groups of bridges: `RTM_NEWMDB` and its kin (`linux/if_bridge.h`).

use super::structs::MDB_ENTRY;
use crate::schema::Value::*;
use crate::schema::common::PROTOCOLS;
use crate::schema::headers::BR_PORT_MSG;
use crate::schema::{Int, MessageSpec, Names, attributes, layouts};

attributes! {
    /// What a bridge says of groups.
    pub MDB {
        MDBA_MDB = 1: Nest(&MDB_ENTRIES),
        MDBA_ROUTER = 2: Nest(&ROUTER),
    }

    /// Groups.
    pub MDB_ENTRIES {
        MDBA_MDB_ENTRY = 1: Nest(&MDB_GROUP),
    }

    /// Ports of a group.
    pub MDB_GROUP {
        MDBA_MDB_ENTRY_INFO = 1: RecordThen(&MDB_ENTRY, &MDB_EATTRS),
    }

    /// What is known of it.
    pub MDB_EATTRS {
        MDBA_MDB_EATTR_TIMER = 1: U32,
        MDBA_MDB_EATTR_SRC_LIST = 2: Nest(&MDB_SRCLIST),
        MDBA_MDB_EATTR_GROUP_MODE = 3: Enum(Int::U8, GROUP_MODES),
        MDBA_MDB_EATTR_SOURCE = 4: Ip,
        MDBA_MDB_EATTR_RTPROT = 5: Enum(Int::U8, PROTOCOLS),
        MDBA_MDB_EATTR_DST = 6: Ip,
        MDBA_MDB_EATTR_DST_PORT = 7: U16,
        MDBA_MDB_EATTR_VNI = 8: U32,
        MDBA_MDB_EATTR_IFINDEX = 9: Index,
        MDBA_MDB_EATTR_SRC_VNI = 10: U32,
    }

    /// Sources.
    pub MDB_SRCLIST {
        MDBA_MDB_SRCLIST_ENTRY = 1: Nest(&MDB_SRCATTRS),
    }

    /// A source.
    pub MDB_SRCATTRS {
        MDBA_MDB_SRCATTR_ADDRESS = 1: Ip,
        MDBA_MDB_SRCATTR_TIMER = 2: U32,
    }

    /// Ports behind which routers are.
    pub ROUTER {
        MDBA_ROUTER_PORT = 1: RecordThen(&ROUTER_PORT, &ROUTER_PATTRS),
    }

    /// Such a port.
    pub ROUTER_PATTRS {
        MDBA_ROUTER_PATTR_TIMER = 1: U32,
        MDBA_ROUTER_PATTR_TYPE = 2: U8,
        MDBA_ROUTER_PATTR_INET_TIMER = 3: U32,
        MDBA_ROUTER_PATTR_INET6_TIMER = 4: U32,
        MDBA_ROUTER_PATTR_VID = 5: U16,
    }

    /// A request that makes or removes a group.
    pub MDB_SET {
        MDBA_SET_ENTRY = 1: Record(&MDB_ENTRY),
        MDBA_SET_ENTRY_ATTRS = 2: Nest(&MDBE_ATTRS),
    }

    /// A request for a group.
    pub MDB_GET {
        MDBA_GET_ENTRY = 1: Record(&MDB_ENTRY),
        MDBA_GET_ENTRY_ATTRS = 2: Nest(&MDBE_ATTRS),
    }

    /// Of which a request is.
    pub MDBE_ATTRS {
        MDBE_ATTR_SOURCE = 1: Ip,
        MDBE_ATTR_SRC_LIST = 2: Nest(&MDBE_SRC_LIST),
        MDBE_ATTR_GROUP_MODE = 3: Enum(Int::U8, GROUP_MODES),
        MDBE_ATTR_RTPROT = 4: Enum(Int::U8, PROTOCOLS),
        MDBE_ATTR_DST = 5: Ip,
        MDBE_ATTR_DST_PORT = 6: U16,
        MDBE_ATTR_VNI = 7: U32,
        MDBE_ATTR_IFINDEX = 8: Index,
        MDBE_ATTR_SRC_VNI = 9: U32,
        MDBE_ATTR_STATE_MASK = 10: U8,
    }

    /// Sources.
    pub MDBE_SRC_LIST {
        MDBE_SRC_LIST_ENTRY = 1: Nest(&MDBE_SRCATTRS),
    }

    /// A source.
    pub MDBE_SRCATTRS {
        MDBE_SRCATTR_ADDRESS = 1: Ip,
    }
}

layouts! {
    /// A port; attributes follow.
    pub ROUTER_PORT = "ifindex" {
        ifindex: Index,
    }
}

/// Which sources a group has.
const GROUP_MODES: Names = &[(0, "MCAST_EXCLUDE"), (1, "MCAST_INCLUDE")];

/// Requests, whose attributes have the numbers of others in what the bridge says.
pub static REQUESTS: [MessageSpec; 3] = [
    MessageSpec {
        kind: 84,
        name: "RTM_NEWMDB",
        names: &[(84, "RTM_NEWMDB")],
        header: 8,
        layout: &BR_PORT_MSG,
        table: &MDB_SET,
    },
    MessageSpec {
        kind: 85,
        name: "RTM_DELMDB",
        names: &[(85, "RTM_DELMDB")],
        header: 8,
        layout: &BR_PORT_MSG,
        table: &MDB_SET,
    },
    MessageSpec {
        kind: 86,
        name: "RTM_GETMDB",
        names: &[(86, "RTM_GETMDB")],
        header: 8,
        layout: &BR_PORT_MSG,
        table: &MDB_GET,
    },
];
