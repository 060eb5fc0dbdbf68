//! Tables of helpers of connection tracking in processes (`linux/netfilter/nfnetlink_cthelper.h`).

use super::nftables::names;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// A helper.
    pub HELPER {
        NFCTH_NAME = 1: Str,
        NFCTH_TUPLE = 2: Nest(&TUPLE),
        NFCTH_QUEUE_NUM = 3: Be32,
        NFCTH_POLICY = 4: Nest(&POLICIES),
        NFCTH_PRIV_DATA_LEN = 5: Be32,
        NFCTH_STATUS = 6: Enum(Int::Be32, STATUS),
    }

    /// What it helps.
    pub TUPLE {
        NFCTH_TUPLE_L3PROTONUM = 1: Enum(Int::Be16, names::FAMILIES),
        NFCTH_TUPLE_L4PROTONUM = 2: U8,
    }

    /// What it may expect.
    pub POLICIES {
        NFCTH_POLICY_SET_NUM = 1: Be32,
        NFCTH_POLICY_SET = 2: Nest(&POLICY),
        NFCTH_POLICY_SET2 = 3: Nest(&POLICY),
        NFCTH_POLICY_SET3 = 4: Nest(&POLICY),
        NFCTH_POLICY_SET4 = 5: Nest(&POLICY),
    }

    /// One class of expectations.
    pub POLICY {
        NFCTH_POLICY_NAME = 1: Str,
        NFCTH_POLICY_EXPECT_MAX = 2: Be32,
        NFCTH_POLICY_EXPECT_TIMEOUT = 3: Be32,
    }
}

names! {
    /// Whether it works.
    pub STATUS {
        NFCT_HELPER_STATUS_DISABLED = 0, NFCT_HELPER_STATUS_ENABLED = 1,
    }
}
