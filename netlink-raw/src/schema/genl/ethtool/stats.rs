//! Tables of counters in `ethtool`.

use super::{HEADER, bitset};
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes, names};

attributes! {
    /// Counters.
    pub STATS {
        ETHTOOL_A_STATS_PAD = 1: Bytes,
        ETHTOOL_A_STATS_HEADER = 2: Nest(&HEADER),
        ETHTOOL_A_STATS_GROUPS = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_STATS_GRP = 4: Nest(&GROUP),
        // Linux 6.3.
        ETHTOOL_A_STATS_SRC = 5: U32,
    }

    /// A group of them.
    pub GROUP {
        ETHTOOL_A_STATS_GRP_PAD = 1: Bytes,
        ETHTOOL_A_STATS_GRP_ID = 2: Enum(Int::U32, GROUPS),
        ETHTOOL_A_STATS_GRP_SS_ID = 3: U32,
        ETHTOOL_A_STATS_GRP_STAT = 4: ByNumber(ETHTOOL_A_STATS_GRP_ID, COUNTERS),
        ETHTOOL_A_STATS_GRP_HIST_RX = 5: Nest(&GROUP),
        ETHTOOL_A_STATS_GRP_HIST_TX = 6: Nest(&GROUP),
        ETHTOOL_A_STATS_GRP_HIST_BKT_LOW = 7: U32,
        ETHTOOL_A_STATS_GRP_HIST_BKT_HI = 8: U32,
        ETHTOOL_A_STATS_GRP_HIST_VAL = 9: U64,
    }

    /// Counters of the physical layer.
    pub ETH_PHY {
        ETHTOOL_A_STATS_ETH_PHY_5_SYM_ERR = 0: U64,
    }

    /// Counters of the MAC layer.
    pub ETH_MAC {
        ETHTOOL_A_STATS_ETH_MAC_2_TX_PKT = 0: U64,
        ETHTOOL_A_STATS_ETH_MAC_3_SINGLE_COL = 1: U64,
        ETHTOOL_A_STATS_ETH_MAC_4_MULTI_COL = 2: U64,
        ETHTOOL_A_STATS_ETH_MAC_5_RX_PKT = 3: U64,
        ETHTOOL_A_STATS_ETH_MAC_6_FCS_ERR = 4: U64,
        ETHTOOL_A_STATS_ETH_MAC_7_ALIGN_ERR = 5: U64,
        ETHTOOL_A_STATS_ETH_MAC_8_TX_BYTES = 6: U64,
        ETHTOOL_A_STATS_ETH_MAC_9_TX_DEFER = 7: U64,
        ETHTOOL_A_STATS_ETH_MAC_10_LATE_COL = 8: U64,
        ETHTOOL_A_STATS_ETH_MAC_11_XS_COL = 9: U64,
        ETHTOOL_A_STATS_ETH_MAC_12_TX_INT_ERR = 10: U64,
        ETHTOOL_A_STATS_ETH_MAC_13_CS_ERR = 11: U64,
        ETHTOOL_A_STATS_ETH_MAC_14_RX_BYTES = 12: U64,
        ETHTOOL_A_STATS_ETH_MAC_15_RX_INT_ERR = 13: U64,
        ETHTOOL_A_STATS_ETH_MAC_18_TX_MCAST = 14: U64,
        ETHTOOL_A_STATS_ETH_MAC_19_TX_BCAST = 15: U64,
        ETHTOOL_A_STATS_ETH_MAC_20_XS_DEFER = 16: U64,
        ETHTOOL_A_STATS_ETH_MAC_21_RX_MCAST = 17: U64,
        ETHTOOL_A_STATS_ETH_MAC_22_RX_BCAST = 18: U64,
        ETHTOOL_A_STATS_ETH_MAC_23_IR_LEN_ERR = 19: U64,
        ETHTOOL_A_STATS_ETH_MAC_24_OOR_LEN = 20: U64,
        ETHTOOL_A_STATS_ETH_MAC_25_TOO_LONG_ERR = 21: U64,
    }

    /// Counters of control frames.
    pub ETH_CTRL {
        ETHTOOL_A_STATS_ETH_CTRL_3_TX = 0: U64,
        ETHTOOL_A_STATS_ETH_CTRL_4_RX = 1: U64,
        ETHTOOL_A_STATS_ETH_CTRL_5_RX_UNSUP = 2: U64,
    }

    /// Counters of RMON.
    pub RMON {
        ETHTOOL_A_STATS_RMON_UNDERSIZE = 0: U64,
        ETHTOOL_A_STATS_RMON_OVERSIZE = 1: U64,
        ETHTOOL_A_STATS_RMON_FRAG = 2: U64,
        ETHTOOL_A_STATS_RMON_JABBER = 3: U64,
    }
}

/// By the group's number.
static COUNTERS: &[(u64, &Table)] = &[(0, &ETH_PHY), (1, &ETH_MAC), (2, &ETH_CTRL), (3, &RMON)];

names! {
    /// Groups of counters.
    pub GROUPS {
        ETHTOOL_STATS_ETH_PHY = 0, ETHTOOL_STATS_ETH_MAC = 1, ETHTOOL_STATS_ETH_CTRL = 2,
        ETHTOOL_STATS_RMON = 3,
    }
}
