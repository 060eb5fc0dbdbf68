//! Tables of the hooks that are in use (`linux/netfilter/nfnetlink_hook.h`).

use super::nftables::names;
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes, names};

attributes! {
    /// A function at a hook.
    pub HOOK {
        NFNLA_HOOK_HOOKNUM = 1: Be32,
        NFNLA_HOOK_PRIORITY = 2: SBe32,
        NFNLA_HOOK_DEV = 3: Str,
        NFNLA_HOOK_FUNCTION_NAME = 4: Str,
        NFNLA_HOOK_MODULE_NAME = 5: Str,
        NFNLA_HOOK_CHAIN_INFO = 6: Nest(&INFO),
    }

    /// What it belongs to.
    pub INFO {
        NFNLA_HOOK_INFO_DESC = 1: ByNumber(NFNLA_HOOK_INFO_TYPE, KINDS),
        NFNLA_HOOK_INFO_TYPE = 2: Enum(Int::Be32, TYPES),
    }

    /// A chain of nftables, or a flow table.
    pub CHAIN {
        NFNLA_CHAIN_TABLE = 1: Str,
        NFNLA_CHAIN_FAMILY = 2: Enum(Int::U8, names::FAMILIES),
        NFNLA_CHAIN_NAME = 3: Str,
    }

    /// A program of BPF (Linux 6.4).
    pub BPF {
        NFNLA_HOOK_BPF_ID = 1: Be32,
    }
}

names! {
    /// What functions belong to.
    pub TYPES {
        NFNL_HOOK_TYPE_NFTABLES = 1,
        // Linux 6.4.
        NFNL_HOOK_TYPE_BPF = 2,
        // Linux 6.5.
        NFNL_HOOK_TYPE_NFT_FLOWTABLE = 3,
    }
}

/// What is said of each kind.
static KINDS: &[(u64, &Table)] = &[(1, &CHAIN), (2, &BPF), (3, &CHAIN)];
