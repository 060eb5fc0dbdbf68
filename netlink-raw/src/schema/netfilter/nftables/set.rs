//! Tables of nftables: sets, maps and their elements (`linux/netfilter/nf_tables.h`).

use super::data::{DATA, EXPRESSION, EXPRESSIONS, NFTA_LIST_ELEM};
use super::names;
use crate::schema::Value::*;
use crate::schema::{Int, Spec, Table, attributes};

attributes! {
    /// A set or a map.
    pub SET {
        NFTA_SET_TABLE = 1: Str,
        NFTA_SET_NAME = 2: Str,
        NFTA_SET_FLAGS = 3: Bits(Int::Be32, names::SET_FLAGS),
        NFTA_SET_KEY_TYPE = 4: Be32,
        NFTA_SET_KEY_LEN = 5: Be32,
        NFTA_SET_DATA_TYPE = 6: Be32,
        NFTA_SET_DATA_LEN = 7: Be32,
        NFTA_SET_POLICY = 8: Enum(Int::Be32, names::SET_POLICIES),
        NFTA_SET_DESC = 9: Nest(&SET_DESC),
        NFTA_SET_ID = 10: Be32,
        NFTA_SET_TIMEOUT = 11: Be64,
        NFTA_SET_GC_INTERVAL = 12: Be32,
        NFTA_SET_USERDATA = 13: Bytes,
        NFTA_SET_PAD = 14: Bytes,
        NFTA_SET_OBJ_TYPE = 15: Enum(Int::Be32, names::OBJECTS),
        NFTA_SET_HANDLE = 16: Be64,
        NFTA_SET_EXPR = 17: Nest(&EXPRESSION),
        NFTA_SET_EXPRESSIONS = 18: Nest(&EXPRESSIONS),
        // Linux 6.16.
        NFTA_SET_TYPE = 19: Str,
        NFTA_SET_COUNT = 20: Be32,
    }

    /// What the elements of a set look like.
    pub SET_DESC {
        NFTA_SET_DESC_SIZE = 1: Be32,
        NFTA_SET_DESC_CONCAT = 2: Nest(&SET_FIELDS),
    }

    /// A part of a concatenated key.
    pub SET_FIELD {
        NFTA_SET_FIELD_LEN = 1: Be32,
    }

    /// Elements of a set.
    pub SET_ELEMENTS {
        NFTA_SET_ELEM_LIST_TABLE = 1: Str,
        NFTA_SET_ELEM_LIST_SET = 2: Str,
        NFTA_SET_ELEM_LIST_ELEMENTS = 3: Each(&SET_ELEMENT),
        NFTA_SET_ELEM_LIST_SET_ID = 4: Be32,
    }

    /// One of them.
    pub SET_ELEMENT {
        NFTA_SET_ELEM_KEY = 1: Nest(&DATA),
        NFTA_SET_ELEM_DATA = 2: Nest(&DATA),
        NFTA_SET_ELEM_FLAGS = 3: Bits(Int::Be32, names::SET_ELEM_FLAGS),
        NFTA_SET_ELEM_TIMEOUT = 4: Be64,
        NFTA_SET_ELEM_EXPIRATION = 5: Be64,
        NFTA_SET_ELEM_USERDATA = 6: Bytes,
        NFTA_SET_ELEM_EXPR = 7: Nest(&EXPRESSION),
        NFTA_SET_ELEM_PAD = 8: Bytes,
        NFTA_SET_ELEM_OBJREF = 9: Str,
        NFTA_SET_ELEM_KEY_END = 10: Nest(&DATA),
        NFTA_SET_ELEM_EXPRESSIONS = 11: Nest(&EXPRESSIONS),
    }
}

/// The parts of a concatenated key.
pub static SET_FIELDS: Table = Table {
    name: "SET_FIELDS",
    specs: &[Spec {
        number: NFTA_LIST_ELEM,
        name: "NFTA_LIST_ELEM",
        value: Nest(&SET_FIELD),
    }],
};
