//! Tables of answers: what an error or the end of a dump says besides its number (`linux/netlink.h`).

use super::Value::*;
use super::{Int, Names, attributes, layouts};

layouts! {
    /// A value of few bits and which of them count.
    pub BITFIELD32 = "nla_bitfield32" {
        value: U32,
        selector: U32,
    }
}

/// Kinds of an attribute in the kernel's own checks.
const POLICY_TYPES: Names = &[
    (0, "NL_ATTR_TYPE_INVALID"),
    (1, "NL_ATTR_TYPE_FLAG"),
    (2, "NL_ATTR_TYPE_U8"),
    (3, "NL_ATTR_TYPE_U16"),
    (4, "NL_ATTR_TYPE_U32"),
    (5, "NL_ATTR_TYPE_U64"),
    (6, "NL_ATTR_TYPE_S8"),
    (7, "NL_ATTR_TYPE_S16"),
    (8, "NL_ATTR_TYPE_S32"),
    (9, "NL_ATTR_TYPE_S64"),
    (10, "NL_ATTR_TYPE_BINARY"),
    (11, "NL_ATTR_TYPE_STRING"),
    (12, "NL_ATTR_TYPE_NUL_STRING"),
    (13, "NL_ATTR_TYPE_NESTED"),
    (14, "NL_ATTR_TYPE_NESTED_ARRAY"),
    (15, "NL_ATTR_TYPE_BITFIELD32"),
    (16, "NL_ATTR_TYPE_SINT"),
    (17, "NL_ATTR_TYPE_UINT"),
];

attributes! {
    /// Extended acknowledgement.
    pub ANSWER {
        NLMSGERR_ATTR_MSG = 1: Str,
        NLMSGERR_ATTR_OFFS = 2: U32,
        NLMSGERR_ATTR_COOKIE = 3: Bytes,
        NLMSGERR_ATTR_POLICY = 4: Nest(&POLICY),
        NLMSGERR_ATTR_MISS_TYPE = 5: U32,
        NLMSGERR_ATTR_MISS_NEST = 6: U32,
    }

    /// What an attribute must be.
    pub POLICY {
        NL_POLICY_TYPE_ATTR_TYPE = 1: Enum(Int::U32, POLICY_TYPES),
        NL_POLICY_TYPE_ATTR_MIN_VALUE_S = 2: S64,
        NL_POLICY_TYPE_ATTR_MAX_VALUE_S = 3: S64,
        NL_POLICY_TYPE_ATTR_MIN_VALUE_U = 4: U64,
        NL_POLICY_TYPE_ATTR_MAX_VALUE_U = 5: U64,
        NL_POLICY_TYPE_ATTR_MIN_LENGTH = 6: U32,
        NL_POLICY_TYPE_ATTR_MAX_LENGTH = 7: U32,
        NL_POLICY_TYPE_ATTR_POLICY_IDX = 8: U32,
        NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE = 9: U32,
        NL_POLICY_TYPE_ATTR_BITFIELD32_MASK = 10: U32,
        NL_POLICY_TYPE_ATTR_PAD = 11: Bytes,
        NL_POLICY_TYPE_ATTR_MASK = 12: U64,
    }
}
