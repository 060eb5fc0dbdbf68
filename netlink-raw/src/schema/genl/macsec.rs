//! Tables of MACsec (`linux/if_macsec.h`).

use super::{Family, UINT};
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// MACsec links.
pub static MACSEC: Family = Family {
    name: "macsec",
    commands: COMMANDS,
    table: &LINK,
    ..Family::PLAIN
};

attributes! {
    /// A link.
    pub LINK {
        MACSEC_ATTR_IFINDEX = 1: Index,
        MACSEC_ATTR_RXSC_CONFIG = 2: Nest(&RXSC),
        MACSEC_ATTR_SA_CONFIG = 3: Nest(&SA),
        MACSEC_ATTR_SECY = 4: Nest(&SECY),
        MACSEC_ATTR_TXSA_LIST = 5: Each(&SA),
        MACSEC_ATTR_RXSC_LIST = 6: Each(&RXSC),
        MACSEC_ATTR_TXSC_STATS = 7: Nest(&TXSC_STATS),
        MACSEC_ATTR_SECY_STATS = 8: Nest(&SECY_STATS),
        MACSEC_ATTR_OFFLOAD = 9: Nest(&OFFLOAD),
    }

    /// Its entity.
    pub SECY {
        MACSEC_SECY_ATTR_SCI = 1: Be64,
        MACSEC_SECY_ATTR_ENCODING_SA = 2: U8,
        MACSEC_SECY_ATTR_WINDOW = 3: U32,
        MACSEC_SECY_ATTR_CIPHER_SUITE = 4: Enum(Int::U64, CIPHERS),
        MACSEC_SECY_ATTR_ICV_LEN = 5: U8,
        MACSEC_SECY_ATTR_PROTECT = 6: U8,
        MACSEC_SECY_ATTR_REPLAY = 7: U8,
        MACSEC_SECY_ATTR_OPER = 8: U8,
        MACSEC_SECY_ATTR_VALIDATE = 9: U8,
        MACSEC_SECY_ATTR_ENCRYPT = 10: U8,
        MACSEC_SECY_ATTR_INC_SCI = 11: U8,
        MACSEC_SECY_ATTR_ES = 12: U8,
        MACSEC_SECY_ATTR_SCB = 13: U8,
        MACSEC_SECY_ATTR_PAD = 14: Bytes,
    }

    /// A channel that it hears.
    pub RXSC {
        MACSEC_RXSC_ATTR_SCI = 1: Be64,
        MACSEC_RXSC_ATTR_ACTIVE = 2: U8,
        MACSEC_RXSC_ATTR_SA_LIST = 3: Each(&SA),
        MACSEC_RXSC_ATTR_STATS = 4: Nest(&RXSC_STATS),
        MACSEC_RXSC_ATTR_PAD = 5: Bytes,
    }

    /// An association.
    pub SA {
        MACSEC_SA_ATTR_AN = 1: U8,
        MACSEC_SA_ATTR_ACTIVE = 2: U8,
        MACSEC_SA_ATTR_PN = 3: BySize(UINT),
        MACSEC_SA_ATTR_KEY = 4: Bytes,
        MACSEC_SA_ATTR_KEYID = 5: Bytes,
        MACSEC_SA_ATTR_STATS = 6: Nest(&SA_STATS),
        MACSEC_SA_ATTR_PAD = 7: Bytes,
        MACSEC_SA_ATTR_SSCI = 8: Be32,
        MACSEC_SA_ATTR_SALT = 9: Bytes,
    }

    /// Who does the work.
    pub OFFLOAD {
        MACSEC_OFFLOAD_ATTR_TYPE = 1: U8,
        MACSEC_OFFLOAD_ATTR_PAD = 2: Bytes,
    }

    /// Counters of a channel that it hears.
    pub RXSC_STATS {
        MACSEC_RXSC_STATS_ATTR_IN_OCTETS_VALIDATED = 1: U64,
        MACSEC_RXSC_STATS_ATTR_IN_OCTETS_DECRYPTED = 2: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_UNCHECKED = 3: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_DELAYED = 4: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_OK = 5: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_INVALID = 6: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_LATE = 7: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_NOT_VALID = 8: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_NOT_USING_SA = 9: U64,
        MACSEC_RXSC_STATS_ATTR_IN_PKTS_UNUSED_SA = 10: U64,
        MACSEC_RXSC_STATS_ATTR_PAD = 11: Bytes,
    }

    /// Counters of an association.
    pub SA_STATS {
        MACSEC_SA_STATS_ATTR_IN_PKTS_OK = 1: U32,
        MACSEC_SA_STATS_ATTR_IN_PKTS_INVALID = 2: U32,
        MACSEC_SA_STATS_ATTR_IN_PKTS_NOT_VALID = 3: U32,
        MACSEC_SA_STATS_ATTR_IN_PKTS_NOT_USING_SA = 4: U32,
        MACSEC_SA_STATS_ATTR_IN_PKTS_UNUSED_SA = 5: U32,
        MACSEC_SA_STATS_ATTR_OUT_PKTS_PROTECTED = 6: U32,
        MACSEC_SA_STATS_ATTR_OUT_PKTS_ENCRYPTED = 7: U32,
    }

    /// Counters of the channel that it sends on.
    pub TXSC_STATS {
        MACSEC_TXSC_STATS_ATTR_OUT_PKTS_PROTECTED = 1: U64,
        MACSEC_TXSC_STATS_ATTR_OUT_PKTS_ENCRYPTED = 2: U64,
        MACSEC_TXSC_STATS_ATTR_OUT_OCTETS_PROTECTED = 3: U64,
        MACSEC_TXSC_STATS_ATTR_OUT_OCTETS_ENCRYPTED = 4: U64,
        MACSEC_TXSC_STATS_ATTR_PAD = 5: Bytes,
    }

    /// Counters of its entity.
    pub SECY_STATS {
        MACSEC_SECY_STATS_ATTR_OUT_PKTS_UNTAGGED = 1: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_UNTAGGED = 2: U64,
        MACSEC_SECY_STATS_ATTR_OUT_PKTS_TOO_LONG = 3: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_NO_TAG = 4: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_BAD_TAG = 5: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_UNKNOWN_SCI = 6: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_NO_SCI = 7: U64,
        MACSEC_SECY_STATS_ATTR_IN_PKTS_OVERRUN = 8: U64,
        MACSEC_SECY_STATS_ATTR_PAD = 9: Bytes,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        MACSEC_CMD_GET_TXSC = 0, MACSEC_CMD_ADD_RXSC = 1, MACSEC_CMD_DEL_RXSC = 2,
        MACSEC_CMD_UPD_RXSC = 3, MACSEC_CMD_ADD_TXSA = 4, MACSEC_CMD_DEL_TXSA = 5,
        MACSEC_CMD_UPD_TXSA = 6, MACSEC_CMD_ADD_RXSA = 7, MACSEC_CMD_DEL_RXSA = 8,
        MACSEC_CMD_UPD_RXSA = 9, MACSEC_CMD_UPD_OFFLOAD = 10,
    }

    /// Ciphers.
    pub CIPHERS {
        MACSEC_CIPHER_ID_GCM_AES_128 = 0x80_c200_0100_0001,
        MACSEC_CIPHER_ID_GCM_AES_256 = 0x80_c200_0100_0002,
        MACSEC_CIPHER_ID_GCM_AES_XPN_128 = 0x80_c200_0100_0003,
        MACSEC_CIPHER_ID_GCM_AES_XPN_256 = 0x80_c200_0100_0004,
        MACSEC_DEFAULT_CIPHER_ID = 0x80_0200_0100_0001,
    }
}
