//! Tables of the extensions of iptables in nftables (`linux/netfilter/nf_tables_compat.h`).

use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// An extension.
    pub COMPAT {
        NFTA_COMPAT_NAME = 1: Str,
        NFTA_COMPAT_REV = 2: Be32,
        NFTA_COMPAT_TYPE = 3: Be32,
    }
}
