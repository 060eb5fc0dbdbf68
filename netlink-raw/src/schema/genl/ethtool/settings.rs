//! Tables of settings of links in `ethtool`.

use super::{HEADER, bitset};
use crate::schema::Value::*;
use crate::schema::genl::UINT;
use crate::schema::{Int, attributes, names};

attributes! {
    /// How a link is connected.
    pub LINKINFO {
        ETHTOOL_A_LINKINFO_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_LINKINFO_PORT = 2: U8,
        ETHTOOL_A_LINKINFO_PHYADDR = 3: U8,
        ETHTOOL_A_LINKINFO_TP_MDIX = 4: U8,
        ETHTOOL_A_LINKINFO_TP_MDIX_CTRL = 5: U8,
        ETHTOOL_A_LINKINFO_TRANSCEIVER = 6: U8,
    }

    /// What it can do and does.
    pub LINKMODES {
        ETHTOOL_A_LINKMODES_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_LINKMODES_AUTONEG = 2: U8,
        ETHTOOL_A_LINKMODES_OURS = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_LINKMODES_PEER = 4: Nest(&bitset::BITSET),
        ETHTOOL_A_LINKMODES_SPEED = 5: U32,
        ETHTOOL_A_LINKMODES_DUPLEX = 6: U8,
        ETHTOOL_A_LINKMODES_MASTER_SLAVE_CFG = 7: U8,
        ETHTOOL_A_LINKMODES_MASTER_SLAVE_STATE = 8: U8,
        ETHTOOL_A_LINKMODES_LANES = 9: U32,
        ETHTOOL_A_LINKMODES_RATE_MATCHING = 10: U8,
    }

    /// Whether it is up.
    pub LINKSTATE {
        ETHTOOL_A_LINKSTATE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_LINKSTATE_LINK = 2: U8,
        ETHTOOL_A_LINKSTATE_SQI = 3: U32,
        ETHTOOL_A_LINKSTATE_SQI_MAX = 4: U32,
        ETHTOOL_A_LINKSTATE_EXT_STATE = 5: U8,
        ETHTOOL_A_LINKSTATE_EXT_SUBSTATE = 6: U8,
        // Linux 6.8.
        ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT = 7: U32,
    }

    /// What its driver logs.
    pub DEBUG {
        ETHTOOL_A_DEBUG_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_DEBUG_MSGMASK = 2: Nest(&bitset::BITSET),
    }

    /// What wakes the host.
    pub WOL {
        ETHTOOL_A_WOL_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_WOL_MODES = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_WOL_SOPASS = 3: Bytes,
    }

    /// What it does for the stack.
    pub FEATURES {
        ETHTOOL_A_FEATURES_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_FEATURES_HW = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_FEATURES_WANTED = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_FEATURES_ACTIVE = 4: Nest(&bitset::BITSET),
        ETHTOOL_A_FEATURES_NOCHANGE = 5: Nest(&bitset::BITSET),
    }

    /// Switches of its driver.
    pub PRIVFLAGS {
        ETHTOOL_A_PRIVFLAGS_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PRIVFLAGS_FLAGS = 2: Nest(&bitset::BITSET),
    }

    /// Sizes of its rings.
    pub RINGS {
        ETHTOOL_A_RINGS_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_RINGS_RX_MAX = 2: U32,
        ETHTOOL_A_RINGS_RX_MINI_MAX = 3: U32,
        ETHTOOL_A_RINGS_RX_JUMBO_MAX = 4: U32,
        ETHTOOL_A_RINGS_TX_MAX = 5: U32,
        ETHTOOL_A_RINGS_RX = 6: U32,
        ETHTOOL_A_RINGS_RX_MINI = 7: U32,
        ETHTOOL_A_RINGS_RX_JUMBO = 8: U32,
        ETHTOOL_A_RINGS_TX = 9: U32,
        ETHTOOL_A_RINGS_RX_BUF_LEN = 10: U32,
        ETHTOOL_A_RINGS_TCP_DATA_SPLIT = 11: Enum(Int::U8, DATA_SPLIT),
        ETHTOOL_A_RINGS_CQE_SIZE = 12: U32,
        ETHTOOL_A_RINGS_TX_PUSH = 13: U8,
        // Linux 6.3, 6.4 and 6.14.
        ETHTOOL_A_RINGS_RX_PUSH = 14: U8,
        ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN = 15: U32,
        ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN_MAX = 16: U32,
        ETHTOOL_A_RINGS_HDS_THRESH = 17: U32,
        ETHTOOL_A_RINGS_HDS_THRESH_MAX = 18: U32,
    }

    /// Numbers of its queues.
    pub CHANNELS {
        ETHTOOL_A_CHANNELS_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_CHANNELS_RX_MAX = 2: U32,
        ETHTOOL_A_CHANNELS_TX_MAX = 3: U32,
        ETHTOOL_A_CHANNELS_OTHER_MAX = 4: U32,
        ETHTOOL_A_CHANNELS_COMBINED_MAX = 5: U32,
        ETHTOOL_A_CHANNELS_RX_COUNT = 6: U32,
        ETHTOOL_A_CHANNELS_TX_COUNT = 7: U32,
        ETHTOOL_A_CHANNELS_OTHER_COUNT = 8: U32,
        ETHTOOL_A_CHANNELS_COMBINED_COUNT = 9: U32,
    }

    /// How long interrupts wait.
    pub COALESCE {
        ETHTOOL_A_COALESCE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_COALESCE_RX_USECS = 2: U32,
        ETHTOOL_A_COALESCE_RX_MAX_FRAMES = 3: U32,
        ETHTOOL_A_COALESCE_RX_USECS_IRQ = 4: U32,
        ETHTOOL_A_COALESCE_RX_MAX_FRAMES_IRQ = 5: U32,
        ETHTOOL_A_COALESCE_TX_USECS = 6: U32,
        ETHTOOL_A_COALESCE_TX_MAX_FRAMES = 7: U32,
        ETHTOOL_A_COALESCE_TX_USECS_IRQ = 8: U32,
        ETHTOOL_A_COALESCE_TX_MAX_FRAMES_IRQ = 9: U32,
        ETHTOOL_A_COALESCE_STATS_BLOCK_USECS = 10: U32,
        ETHTOOL_A_COALESCE_USE_ADAPTIVE_RX = 11: U8,
        ETHTOOL_A_COALESCE_USE_ADAPTIVE_TX = 12: U8,
        ETHTOOL_A_COALESCE_PKT_RATE_LOW = 13: U32,
        ETHTOOL_A_COALESCE_RX_USECS_LOW = 14: U32,
        ETHTOOL_A_COALESCE_RX_MAX_FRAMES_LOW = 15: U32,
        ETHTOOL_A_COALESCE_TX_USECS_LOW = 16: U32,
        ETHTOOL_A_COALESCE_TX_MAX_FRAMES_LOW = 17: U32,
        ETHTOOL_A_COALESCE_PKT_RATE_HIGH = 18: U32,
        ETHTOOL_A_COALESCE_RX_USECS_HIGH = 19: U32,
        ETHTOOL_A_COALESCE_RX_MAX_FRAMES_HIGH = 20: U32,
        ETHTOOL_A_COALESCE_TX_USECS_HIGH = 21: U32,
        ETHTOOL_A_COALESCE_TX_MAX_FRAMES_HIGH = 22: U32,
        ETHTOOL_A_COALESCE_RATE_SAMPLE_INTERVAL = 23: U32,
        ETHTOOL_A_COALESCE_USE_CQE_MODE_TX = 24: U8,
        ETHTOOL_A_COALESCE_USE_CQE_MODE_RX = 25: U8,
        // Linux 6.3 and 6.11.
        ETHTOOL_A_COALESCE_TX_AGGR_MAX_BYTES = 26: U32,
        ETHTOOL_A_COALESCE_TX_AGGR_MAX_FRAMES = 27: U32,
        ETHTOOL_A_COALESCE_TX_AGGR_TIME_USECS = 28: U32,
        ETHTOOL_A_COALESCE_RX_PROFILE = 29: Nest(&PROFILE),
        ETHTOOL_A_COALESCE_TX_PROFILE = 30: Nest(&PROFILE),
    }

    /// Flow control.
    pub PAUSE {
        ETHTOOL_A_PAUSE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PAUSE_AUTONEG = 2: U8,
        ETHTOOL_A_PAUSE_RX = 3: U8,
        ETHTOOL_A_PAUSE_TX = 4: U8,
        ETHTOOL_A_PAUSE_STATS = 5: Nest(&PAUSE_STAT),
        // Linux 6.4.
        ETHTOOL_A_PAUSE_STATS_SRC = 6: U32,
    }

    /// Its counters.
    pub PAUSE_STAT {
        ETHTOOL_A_PAUSE_STAT_PAD = 1: Bytes,
        ETHTOOL_A_PAUSE_STAT_TX_FRAMES = 2: U64,
        ETHTOOL_A_PAUSE_STAT_RX_FRAMES = 3: U64,
    }

    /// Saving of energy.
    pub EEE {
        ETHTOOL_A_EEE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_EEE_MODES_OURS = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_EEE_MODES_PEER = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_EEE_ACTIVE = 4: U8,
        ETHTOOL_A_EEE_ENABLED = 5: U8,
        ETHTOOL_A_EEE_TX_LPI_ENABLED = 6: U8,
        ETHTOOL_A_EEE_TX_LPI_TIMER = 7: U32,
    }

    /// How packets are spread over queues (Linux 6.2 and later).
    pub RSS {
        ETHTOOL_A_RSS_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_RSS_CONTEXT = 2: U32,
        ETHTOOL_A_RSS_HFUNC = 3: U32,
        ETHTOOL_A_RSS_INDIR = 4: Array(&U32, 4),
        ETHTOOL_A_RSS_HKEY = 5: Bytes,
        ETHTOOL_A_RSS_INPUT_XFRM = 6: U32,
        ETHTOOL_A_RSS_START_CONTEXT = 7: U32,
        ETHTOOL_A_RSS_FLOW_HASH = 8: Nest(&FLOW),
    }

    /// How long interrupts wait, step by step (Linux 6.11).
    pub PROFILE {
        ETHTOOL_A_PROFILE_IRQ_MODERATION = 1: Nest(&IRQ_MODERATION),
    }

    /// One of the steps.
    pub IRQ_MODERATION {
        ETHTOOL_A_IRQ_MODERATION_USEC = 1: U32,
        ETHTOOL_A_IRQ_MODERATION_PKTS = 2: U32,
        ETHTOOL_A_IRQ_MODERATION_COMPS = 3: U32,
    }

    /// Which fields of a packet decide, by its kind (Linux 6.17).
    pub FLOW {
        ETHTOOL_A_FLOW_ETHER = 1: BySize(UINT),
        ETHTOOL_A_FLOW_IP4 = 2: BySize(UINT),
        ETHTOOL_A_FLOW_IP6 = 3: BySize(UINT),
        ETHTOOL_A_FLOW_TCP4 = 4: BySize(UINT),
        ETHTOOL_A_FLOW_TCP6 = 5: BySize(UINT),
        ETHTOOL_A_FLOW_UDP4 = 6: BySize(UINT),
        ETHTOOL_A_FLOW_UDP6 = 7: BySize(UINT),
        ETHTOOL_A_FLOW_SCTP4 = 8: BySize(UINT),
        ETHTOOL_A_FLOW_SCTP6 = 9: BySize(UINT),
        ETHTOOL_A_FLOW_AH4 = 10: BySize(UINT),
        ETHTOOL_A_FLOW_AH6 = 11: BySize(UINT),
        ETHTOOL_A_FLOW_ESP4 = 12: BySize(UINT),
        ETHTOOL_A_FLOW_ESP6 = 13: BySize(UINT),
        ETHTOOL_A_FLOW_AH_ESP4 = 14: BySize(UINT),
        ETHTOOL_A_FLOW_AH_ESP6 = 15: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU4 = 16: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU6 = 17: BySize(UINT),
        ETHTOOL_A_FLOW_GTPC4 = 18: BySize(UINT),
        ETHTOOL_A_FLOW_GTPC6 = 19: BySize(UINT),
        ETHTOOL_A_FLOW_GTPC_TEID4 = 20: BySize(UINT),
        ETHTOOL_A_FLOW_GTPC_TEID6 = 21: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_EH4 = 22: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_EH6 = 23: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_UL4 = 24: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_UL6 = 25: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_DL4 = 26: BySize(UINT),
        ETHTOOL_A_FLOW_GTPU_DL6 = 27: BySize(UINT),
    }
}

names! {
    /// Whether headers and data are split.
    pub DATA_SPLIT {
        ETHTOOL_TCP_DATA_SPLIT_UNKNOWN = 0, ETHTOOL_TCP_DATA_SPLIT_DISABLED = 1,
        ETHTOOL_TCP_DATA_SPLIT_ENABLED = 2,
    }
}
