//! Tables of nftables: tables, chains, rules, objects and flow tables (`linux/netfilter/nf_tables.h`).

use super::data::{EXPRESSIONS, VERDICT};
use super::names;
use super::{act, expr};
use crate::schema::Value::*;
use crate::schema::{Int, Spec, Table, Value, attributes};

attributes! {
    /// A table.
    pub TABLE {
        NFTA_TABLE_NAME = 1: Str,
        NFTA_TABLE_FLAGS = 2: Bits(Int::Be32, names::TABLE_FLAGS),
        NFTA_TABLE_USE = 3: Be32,
        NFTA_TABLE_HANDLE = 4: Be64,
        NFTA_TABLE_PAD = 5: Bytes,
        NFTA_TABLE_USERDATA = 6: Bytes,
        NFTA_TABLE_OWNER = 7: Be32,
    }

    /// A chain.
    pub CHAIN {
        NFTA_CHAIN_TABLE = 1: Str,
        NFTA_CHAIN_HANDLE = 2: Be64,
        NFTA_CHAIN_NAME = 3: Str,
        NFTA_CHAIN_HOOK = 4: ByFamily(HOOKS),
        NFTA_CHAIN_POLICY = 5: Enum(Int::Be32, names::VERDICTS),
        NFTA_CHAIN_USE = 6: Be32,
        NFTA_CHAIN_TYPE = 7: Str,
        NFTA_CHAIN_COUNTERS = 8: Nest(&act::COUNTER),
        NFTA_CHAIN_PAD = 9: Bytes,
        NFTA_CHAIN_FLAGS = 10: Bits(Int::Be32, names::CHAIN_FLAGS),
        NFTA_CHAIN_ID = 11: Be32,
        NFTA_CHAIN_USERDATA = 12: Bytes,
    }

    /// Where a base chain hangs.
    pub HOOK {
        NFTA_HOOK_HOOKNUM = 1: Enum(Int::Be32, names::INET_HOOKS),
        NFTA_HOOK_PRIORITY = 2: SBe32,
        NFTA_HOOK_DEV = 3: Str,
        NFTA_HOOK_DEVS = 4: Nest(&DEVICES),
    }

    /// The links of a chain or of a flow table.
    pub DEVICES {
        NFTA_DEVICE_NAME = 1: Str,
        // Linux 6.18.
        NFTA_DEVICE_PREFIX = 2: Str,
    }

    /// A rule.
    pub RULE {
        NFTA_RULE_TABLE = 1: Str,
        NFTA_RULE_CHAIN = 2: Str,
        NFTA_RULE_HANDLE = 3: Be64,
        NFTA_RULE_EXPRESSIONS = 4: Nest(&EXPRESSIONS),
        NFTA_RULE_COMPAT = 5: Nest(&RULE_COMPAT),
        NFTA_RULE_POSITION = 6: Be64,
        NFTA_RULE_USERDATA = 7: Bytes,
        NFTA_RULE_PAD = 8: Bytes,
        NFTA_RULE_ID = 9: Be32,
        NFTA_RULE_POSITION_ID = 10: Be32,
        NFTA_RULE_CHAIN_ID = 11: Be32,
    }

    /// What iptables says of a rule.
    pub RULE_COMPAT {
        NFTA_RULE_COMPAT_PROTO = 1: Be32,
        NFTA_RULE_COMPAT_FLAGS = 2: Bits(Int::Be32, names::RULE_COMPAT_FLAGS),
    }

    /// A stateful object.
    pub OBJECT {
        NFTA_OBJ_TABLE = 1: Str,
        NFTA_OBJ_NAME = 2: Str,
        NFTA_OBJ_TYPE = 3: Enum(Int::Be32, names::OBJECTS),
        NFTA_OBJ_DATA = 4: ByNumber(NFTA_OBJ_TYPE, expr::OBJECTS),
        NFTA_OBJ_USE = 5: Be32,
        NFTA_OBJ_HANDLE = 6: Be64,
        NFTA_OBJ_PAD = 7: Bytes,
        NFTA_OBJ_USERDATA = 8: Bytes,
    }

    /// A flow table.
    pub FLOWTABLE {
        NFTA_FLOWTABLE_TABLE = 1: Str,
        NFTA_FLOWTABLE_NAME = 2: Str,
        NFTA_FLOWTABLE_HOOK = 3: Nest(&FLOWTABLE_HOOK),
        NFTA_FLOWTABLE_USE = 4: Be32,
        NFTA_FLOWTABLE_HANDLE = 5: Be64,
        NFTA_FLOWTABLE_PAD = 6: Bytes,
        NFTA_FLOWTABLE_FLAGS = 7: Bits(Int::Be32, names::FLOWTABLE_FLAGS),
    }

    /// Where a flow table hangs.
    pub FLOWTABLE_HOOK {
        NFTA_FLOWTABLE_HOOK_NUM = 1: Enum(Int::Be32, names::NETDEV_HOOKS),
        NFTA_FLOWTABLE_HOOK_PRIORITY = 2: SBe32,
        NFTA_FLOWTABLE_HOOK_DEVS = 3: Nest(&DEVICES),
    }

    /// A generation of the rule set.
    pub GENERATION {
        NFTA_GEN_ID = 1: Be32,
        NFTA_GEN_PROC_PID = 2: Be32,
        NFTA_GEN_PROC_NAME = 3: Str,
    }

    /// What a traced packet met.
    pub TRACE {
        NFTA_TRACE_TABLE = 1: Str,
        NFTA_TRACE_CHAIN = 2: Str,
        NFTA_TRACE_RULE_HANDLE = 3: Be64,
        NFTA_TRACE_TYPE = 4: Enum(Int::Be32, names::TRACE_TYPES),
        NFTA_TRACE_VERDICT = 5: Nest(&VERDICT),
        NFTA_TRACE_ID = 6: Be32,
        NFTA_TRACE_LL_HEADER = 7: Bytes,
        NFTA_TRACE_NETWORK_HEADER = 8: Bytes,
        NFTA_TRACE_TRANSPORT_HEADER = 9: Bytes,
        NFTA_TRACE_IIF = 10: Be32,
        NFTA_TRACE_IIFTYPE = 11: Be16,
        NFTA_TRACE_OIF = 12: Be32,
        NFTA_TRACE_OIFTYPE = 13: Be16,
        NFTA_TRACE_MARK = 14: Be32,
        NFTA_TRACE_NFPROTO = 15: Enum(Int::Be32, names::FAMILIES),
        NFTA_TRACE_POLICY = 16: Enum(Int::Be32, names::VERDICTS),
        NFTA_TRACE_PAD = 17: Bytes,
        // Linux 6.16.
        NFTA_TRACE_CT_ID = 18: Be32,
        NFTA_TRACE_CT_DIRECTION = 19: U8,
        NFTA_TRACE_CT_STATUS = 20: Bits(Int::Be32, names::CONNTRACK_STATUS),
        NFTA_TRACE_CT_STATE = 21: Bits(Int::Be32, names::CT_STATE),
    }
}

/// The same for links and for ARP, whose hooks have names of their own.
macro_rules! hook {
    ($(#[$meta:meta])* $table:ident, $hooks:expr) => {
        $(#[$meta])*
        pub static $table: Table = Table {
            name: stringify!($table),
            specs: &[
                spec(NFTA_HOOK_HOOKNUM, "NFTA_HOOK_HOOKNUM", Enum(Int::Be32, $hooks)),
                spec(NFTA_HOOK_PRIORITY, "NFTA_HOOK_PRIORITY", SBe32),
                spec(NFTA_HOOK_DEV, "NFTA_HOOK_DEV", Str),
                spec(NFTA_HOOK_DEVS, "NFTA_HOOK_DEVS", Nest(&DEVICES)),
            ],
        };
    };
}

const fn spec(number: u16, name: &'static str, value: Value) -> Spec {
    Spec {
        number,
        name,
        value,
    }
}

hook!(
    /// Where a base chain hangs at a link.
    HOOK_NETDEV,
    names::NETDEV_HOOKS
);
hook!(
    /// Where a base chain hangs in ARP.
    HOOK_ARP,
    names::ARP_HOOKS
);

/// By the family of the rule set.
static HOOKS: &[(u8, &Table)] = &[(0, &HOOK), (3, &HOOK_ARP), (5, &HOOK_NETDEV)];
