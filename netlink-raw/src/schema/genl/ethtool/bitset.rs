//! Tables of sets of bits in `ethtool`.

use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// A set of bits.
    pub BITSET {
        ETHTOOL_A_BITSET_NOMASK = 1: Flag,
        ETHTOOL_A_BITSET_SIZE = 2: U32,
        ETHTOOL_A_BITSET_BITS = 3: Nest(&BITS),
        ETHTOOL_A_BITSET_VALUE = 4: Bytes,
        ETHTOOL_A_BITSET_MASK = 5: Bytes,
    }

    /// Its bits.
    pub BITS {
        ETHTOOL_A_BITSET_BITS_BIT = 1: Nest(&BIT),
    }

    /// One of them.
    pub BIT {
        ETHTOOL_A_BITSET_BIT_INDEX = 1: U32,
        ETHTOOL_A_BITSET_BIT_NAME = 2: Str,
        ETHTOOL_A_BITSET_BIT_VALUE = 3: Flag,
    }
}
