//! Tables of nftables: what expressions, sets and traces share (`linux/netfilter/nf_tables.h`).

use super::expr;
use super::names;
use crate::schema::Value::*;
use crate::schema::{Int, attributes};

attributes! {
    /// A value, or a verdict.
    pub DATA {
        NFTA_DATA_VALUE = 1: Bytes,
        NFTA_DATA_VERDICT = 2: Nest(&VERDICT),
    }

    /// What becomes of a packet.
    pub VERDICT {
        NFTA_VERDICT_CODE = 1: Enum(Int::Be32, names::VERDICTS),
        NFTA_VERDICT_CHAIN = 2: Str,
        NFTA_VERDICT_CHAIN_ID = 3: Be32,
    }

    /// A list of expressions.
    pub EXPRESSIONS {
        NFTA_LIST_ELEM = 1: Nest(&EXPRESSION),
    }

    /// A step of a rule.
    pub EXPRESSION {
        NFTA_EXPR_NAME = 1: Str,
        NFTA_EXPR_DATA = 2: ByKind(NFTA_EXPR_NAME, expr::EXPRESSIONS),
    }
}
