//! Tables of accounting objects (`linux/netfilter/nfnetlink_acct.h`).

use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// An accounting object.
    pub ACCOUNT {
        NFACCT_NAME = 1: Str,
        NFACCT_PKTS = 2: Be64,
        NFACCT_BYTES = 3: Be64,
        NFACCT_USE = 4: Be32,
        NFACCT_FLAGS = 5: Bits(Int::Be32, FLAGS),
        NFACCT_QUOTA = 6: Be64,
        NFACCT_FILTER = 7: Nest(&FILTER),
        NFACCT_PAD = 8: Bytes,
    }

    /// Which of them a dump is asked for.
    pub FILTER {
        NFACCT_FILTER_MASK = 1: Be32,
        NFACCT_FILTER_VALUE = 2: Be32,
    }
}

names! {
    /// Flags of an accounting object.
    pub FLAGS {
        NFACCT_F_QUOTA_PKTS = 1, NFACCT_F_QUOTA_BYTES = 2, NFACCT_F_OVERQUOTA = 4,
    }
}
