//! Tables of nftables: expressions that load, compute and compare (`linux/netfilter/nf_tables.h`).

use super::data::DATA;
use super::names;
use crate::schema::Value::*;
use crate::schema::{Int, attributes};

attributes! {
    /// Loads a value.
    pub IMMEDIATE {
        NFTA_IMMEDIATE_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_IMMEDIATE_DATA = 2: Nest(&DATA),
    }

    /// Masks or shifts.
    pub BITWISE {
        NFTA_BITWISE_SREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_BITWISE_DREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_BITWISE_LEN = 3: Be32,
        NFTA_BITWISE_MASK = 4: Nest(&DATA),
        NFTA_BITWISE_XOR = 5: Nest(&DATA),
        NFTA_BITWISE_OP = 6: Enum(Int::Be32, names::BITWISE_OPS),
        NFTA_BITWISE_DATA = 7: Nest(&DATA),
        // Linux 6.13.
        NFTA_BITWISE_SREG2 = 8: Enum(Int::Be32, names::REGISTERS),
    }

    /// Turns bytes around.
    pub BYTEORDER {
        NFTA_BYTEORDER_SREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_BYTEORDER_DREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_BYTEORDER_OP = 3: Enum(Int::Be32, names::BYTEORDER_OPS),
        NFTA_BYTEORDER_LEN = 4: Be32,
        NFTA_BYTEORDER_SIZE = 5: Be32,
    }

    /// Compares.
    pub CMP {
        NFTA_CMP_SREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_CMP_OP = 2: Enum(Int::Be32, names::CMP_OPS),
        NFTA_CMP_DATA = 3: Nest(&DATA),
    }

    /// Asks whether a value is in a range.
    pub RANGE {
        NFTA_RANGE_SREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_RANGE_OP = 2: Enum(Int::Be32, names::RANGE_OPS),
        NFTA_RANGE_FROM_DATA = 3: Nest(&DATA),
        NFTA_RANGE_TO_DATA = 4: Nest(&DATA),
    }

    /// Looks a value up in a set.
    pub LOOKUP {
        NFTA_LOOKUP_SET = 1: Str,
        NFTA_LOOKUP_SREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_LOOKUP_DREG = 3: Enum(Int::Be32, names::REGISTERS),
        NFTA_LOOKUP_SET_ID = 4: Be32,
        NFTA_LOOKUP_FLAGS = 5: Bits(Int::Be32, names::LOOKUP_FLAGS),
    }

    /// Loads or stores bytes of a packet.
    pub PAYLOAD {
        NFTA_PAYLOAD_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_PAYLOAD_BASE = 2: Enum(Int::Be32, names::PAYLOAD_BASES),
        NFTA_PAYLOAD_OFFSET = 3: Be32,
        NFTA_PAYLOAD_LEN = 4: Be32,
        NFTA_PAYLOAD_SREG = 5: Enum(Int::Be32, names::REGISTERS),
        NFTA_PAYLOAD_CSUM_TYPE = 6: Enum(Int::Be32, names::PAYLOAD_CSUM_TYPES),
        NFTA_PAYLOAD_CSUM_OFFSET = 7: Be32,
        NFTA_PAYLOAD_CSUM_FLAGS = 8: Bits(Int::Be32, names::PAYLOAD_CSUM_FLAGS),
    }

    /// Loads or stores bytes of an extension header or option.
    pub EXTHDR {
        NFTA_EXTHDR_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_EXTHDR_TYPE = 2: U8,
        NFTA_EXTHDR_OFFSET = 3: Be32,
        NFTA_EXTHDR_LEN = 4: Be32,
        NFTA_EXTHDR_FLAGS = 5: Bits(Int::Be32, names::EXTHDR_FLAGS),
        NFTA_EXTHDR_OP = 6: Enum(Int::Be32, names::EXTHDR_OPS),
        NFTA_EXTHDR_SREG = 7: Enum(Int::Be32, names::REGISTERS),
    }

    /// Loads or stores what is known of a packet.
    pub META {
        NFTA_META_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_META_KEY = 2: Enum(Int::Be32, names::META_KEYS),
        NFTA_META_SREG = 3: Enum(Int::Be32, names::REGISTERS),
    }

    /// Loads what the route says.
    pub RT {
        NFTA_RT_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_RT_KEY = 2: Enum(Int::Be32, names::RT_KEYS),
    }

    /// Loads what the socket says.
    pub SOCKET {
        NFTA_SOCKET_KEY = 1: Enum(Int::Be32, names::SOCKET_KEYS),
        NFTA_SOCKET_DREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_SOCKET_LEVEL = 3: Be32,
    }

    /// Loads or stores what is known of a connection.
    pub CT {
        NFTA_CT_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_CT_KEY = 2: Enum(Int::Be32, names::CT_KEYS),
        NFTA_CT_DIRECTION = 3: U8,
        NFTA_CT_SREG = 4: Enum(Int::Be32, names::REGISTERS),
    }

    /// Hashes.
    pub HASH {
        NFTA_HASH_SREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_HASH_DREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_HASH_LEN = 3: Be32,
        NFTA_HASH_MODULUS = 4: Be32,
        NFTA_HASH_SEED = 5: Be32,
        NFTA_HASH_OFFSET = 6: Be32,
        NFTA_HASH_TYPE = 7: Enum(Int::Be32, names::HASH_TYPES),
        NFTA_HASH_SET_NAME = 8: Str,
        NFTA_HASH_SET_ID = 9: Be32,
    }

    /// Makes numbers.
    pub NUMGEN {
        NFTA_NG_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_NG_MODULUS = 2: Be32,
        NFTA_NG_TYPE = 3: Enum(Int::Be32, names::NG_TYPES),
        NFTA_NG_OFFSET = 4: Be32,
        NFTA_NG_SET_NAME = 5: Str,
        NFTA_NG_SET_ID = 6: Be32,
    }

    /// Looks a route up.
    pub FIB {
        NFTA_FIB_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_FIB_RESULT = 2: Enum(Int::Be32, names::FIB_RESULTS),
        NFTA_FIB_FLAGS = 3: Bits(Int::Be32, names::FIB_FLAGS),
    }

    /// Guesses an operating system.
    pub OSF {
        NFTA_OSF_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_OSF_TTL = 2: U8,
        NFTA_OSF_FLAGS = 3: Bits(Int::Be32, names::OSF_FLAGS),
    }

    /// Loads what IPsec says.
    pub XFRM {
        NFTA_XFRM_DREG = 1: Enum(Int::Be32, names::REGISTERS),
        NFTA_XFRM_KEY = 2: Enum(Int::Be32, names::XFRM_KEYS),
        NFTA_XFRM_DIR = 3: U8,
        NFTA_XFRM_SPNUM = 4: Be32,
    }

    /// Loads what the tunnel says.
    pub TUNNEL {
        NFTA_TUNNEL_KEY = 1: Enum(Int::Be32, names::TUNNEL_KEYS),
        NFTA_TUNNEL_DREG = 2: Enum(Int::Be32, names::REGISTERS),
        NFTA_TUNNEL_MODE = 3: Enum(Int::Be32, names::TUNNEL_MODES),
    }
}
