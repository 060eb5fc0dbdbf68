//! Tables of fingerprints of operating systems (`linux/netfilter/nfnetlink_osf.h`).

use super::records::OSF_FINGER;
use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// A fingerprint.
    pub OSF {
        OSF_ATTR_FINGER = 1: Record(&OSF_FINGER),
    }
}
