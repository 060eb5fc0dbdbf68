//! Tables of neighbours and forwarding entries: `RTM_NEWNEIGH` (`linux/neighbour.h`).

use super::Value::*;
use super::attributes;

attributes! {
    /// Attributes of a neighbour.
    pub NEIGH {
        NDA_DST = 1: Ip,
        NDA_LLADDR = 2: Mac,
        NDA_CACHEINFO = 3: Struct("nda_cacheinfo", 16),
        NDA_PROBES = 4: U32,
        NDA_VLAN = 5: U16,
        NDA_PORT = 6: Be16,
        NDA_VNI = 7: U32,
        NDA_IFINDEX = 8: Index,
        NDA_MASTER = 9: Index,
        NDA_LINK_NETNSID = 10: S32,
        NDA_SRC_VNI = 11: U32,
        NDA_PROTOCOL = 12: U8,
        NDA_NH_ID = 13: U32,
        NDA_FDB_EXT_ATTRS = 14: Bytes,
        NDA_FLAGS_EXT = 15: U32,
        NDA_NDM_STATE_MASK = 16: U16,
        NDA_NDM_FLAGS_MASK = 17: U8,
    }
}
