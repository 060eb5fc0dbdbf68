//! Tables of ids of network namespaces: `RTM_NEWNSID` (`linux/net_namespace.h`).

use super::Value::*;
use super::{Int, Names, attributes};

attributes! {
    /// Attributes of a namespace id.
    pub NSID {
        NETNSA_NSID = 1: Enum(Int::S32, NONE),
        NETNSA_PID = 2: U32,
        NETNSA_FD = 3: U32,
        NETNSA_TARGET_NSID = 4: Enum(Int::S32, NONE),
        NETNSA_CURRENT_NSID = 5: Enum(Int::S32, NONE),
    }
}

/// A namespace that has no id.
const NONE: Names = &[(0xffff_ffff_ffff_ffff, "NETNSA_NSID_NOT_ASSIGNED")];
