//! Tables of sets of strings in `ethtool`.

use super::HEADER;
use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// Sets of strings.
    pub STRSET {
        ETHTOOL_A_STRSET_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_STRSET_STRINGSETS = 2: Nest(&STRINGSETS),
        ETHTOOL_A_STRSET_COUNTS_ONLY = 3: Flag,
    }

    /// A list of them.
    pub STRINGSETS {
        ETHTOOL_A_STRINGSETS_STRINGSET = 1: Nest(&STRINGSET),
    }

    /// One of them.
    pub STRINGSET {
        ETHTOOL_A_STRINGSET_ID = 1: U32,
        ETHTOOL_A_STRINGSET_COUNT = 2: U32,
        ETHTOOL_A_STRINGSET_STRINGS = 3: Nest(&STRINGS),
    }

    /// Its strings.
    pub STRINGS {
        ETHTOOL_A_STRINGS_STRING = 1: Nest(&STRING),
    }

    /// One of them.
    pub STRING {
        ETHTOOL_A_STRING_INDEX = 1: U32,
        ETHTOOL_A_STRING_VALUE = 2: Str,
    }
}
