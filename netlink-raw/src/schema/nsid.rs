//! Tables of ids of network namespaces: `RTM_NEWNSID` (`linux/net_namespace.h`).

use super::Value::*;
use super::attributes;

attributes! {
    /// Attributes of a namespace id.
    pub NSID {
        NETNSA_NSID = 1: S32,
        NETNSA_PID = 2: U32,
        NETNSA_FD = 3: U32,
        NETNSA_TARGET_NSID = 4: S32,
        NETNSA_CURRENT_NSID = 5: S32,
    }
}
