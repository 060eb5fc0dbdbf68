//! Tables of clocks, tunnels, modules, power and transceivers in `ethtool`.

use super::{HEADER, bitset};
use crate::schema::Value::*;
use crate::schema::genl::UINT;
use crate::schema::{Int, attributes, names};

attributes! {
    /// Time stamps that it can make.
    pub TSINFO {
        ETHTOOL_A_TSINFO_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_TSINFO_TIMESTAMPING = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_TSINFO_TX_TYPES = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_TSINFO_RX_FILTERS = 4: Nest(&bitset::BITSET),
        ETHTOOL_A_TSINFO_PHC_INDEX = 5: U32,
        // Linux 6.9 and 6.14.
        ETHTOOL_A_TSINFO_STATS = 6: Nest(&TS_STAT),
        ETHTOOL_A_TSINFO_HWTSTAMP_PROVIDER = 7: Nest(&TS_PROVIDER),
    }

    /// Counters of time stamps (Linux 6.9).
    pub TS_STAT {
        ETHTOOL_A_TS_STAT_TX_PKTS = 1: BySize(UINT),
        ETHTOOL_A_TS_STAT_TX_LOST = 2: BySize(UINT),
        ETHTOOL_A_TS_STAT_TX_ERR = 3: BySize(UINT),
        ETHTOOL_A_TS_STAT_TX_ONESTEP_PKTS_UNCONFIRMED = 4: BySize(UINT),
    }

    /// Who makes time stamps (Linux 6.14).
    pub TS_PROVIDER {
        ETHTOOL_A_TS_HWTSTAMP_PROVIDER_INDEX = 1: U32,
        ETHTOOL_A_TS_HWTSTAMP_PROVIDER_QUALIFIER = 2: U32,
    }

    /// How time stamps are made (Linux 6.14).
    pub TSCONFIG {
        ETHTOOL_A_TSCONFIG_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_TSCONFIG_HWTSTAMP_PROVIDER = 2: Nest(&TS_PROVIDER),
        ETHTOOL_A_TSCONFIG_TX_TYPES = 3: Nest(&bitset::BITSET),
        ETHTOOL_A_TSCONFIG_RX_FILTERS = 4: Nest(&bitset::BITSET),
        ETHTOOL_A_TSCONFIG_HWTSTAMP_FLAGS = 5: Nest(&bitset::BITSET),
    }

    /// Clocks of it.
    pub PHC_VCLOCKS {
        ETHTOOL_A_PHC_VCLOCKS_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PHC_VCLOCKS_NUM = 2: U32,
        ETHTOOL_A_PHC_VCLOCKS_INDEX = 3: Array(&S32, 4),
    }

    /// Tunnels that it knows.
    pub TUNNEL_INFO {
        ETHTOOL_A_TUNNEL_INFO_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_TUNNEL_INFO_UDP_PORTS = 2: Nest(&TUNNEL_UDP),
    }

    /// Over UDP.
    pub TUNNEL_UDP {
        ETHTOOL_A_TUNNEL_UDP_TABLE = 1: Nest(&TUNNEL_UDP_TABLE),
    }

    /// A table of its ports.
    pub TUNNEL_UDP_TABLE {
        ETHTOOL_A_TUNNEL_UDP_TABLE_SIZE = 1: U32,
        ETHTOOL_A_TUNNEL_UDP_TABLE_TYPES = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_TUNNEL_UDP_TABLE_ENTRY = 3: Nest(&TUNNEL_UDP_ENTRY),
    }

    /// A port.
    pub TUNNEL_UDP_ENTRY {
        ETHTOOL_A_TUNNEL_UDP_ENTRY_PORT = 1: Be16,
        ETHTOOL_A_TUNNEL_UDP_ENTRY_TYPE = 2: Enum(Int::U32, TUNNEL_TYPES),
    }

    /// Correction of errors.
    pub FEC {
        ETHTOOL_A_FEC_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_FEC_MODES = 2: Nest(&bitset::BITSET),
        ETHTOOL_A_FEC_AUTO = 3: U8,
        ETHTOOL_A_FEC_ACTIVE = 4: U32,
        ETHTOOL_A_FEC_STATS = 5: Nest(&FEC_STAT),
    }

    /// Its counters.
    pub FEC_STAT {
        ETHTOOL_A_FEC_STAT_PAD = 1: Bytes,
        ETHTOOL_A_FEC_STAT_CORRECTED = 2: Array(&U64, 8),
        ETHTOOL_A_FEC_STAT_UNCORR = 3: Array(&U64, 8),
        ETHTOOL_A_FEC_STAT_CORR_BITS = 4: Array(&U64, 8),
    }

    /// Memory of a module.
    pub MODULE_EEPROM {
        ETHTOOL_A_MODULE_EEPROM_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_MODULE_EEPROM_OFFSET = 2: U32,
        ETHTOOL_A_MODULE_EEPROM_LENGTH = 3: U32,
        ETHTOOL_A_MODULE_EEPROM_PAGE = 4: U8,
        ETHTOOL_A_MODULE_EEPROM_BANK = 5: U8,
        ETHTOOL_A_MODULE_EEPROM_I2C_ADDRESS = 6: U8,
        ETHTOOL_A_MODULE_EEPROM_DATA = 7: Bytes,
    }

    /// A module.
    pub MODULE {
        ETHTOOL_A_MODULE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_MODULE_POWER_MODE_POLICY = 2: U8,
        ETHTOOL_A_MODULE_POWER_MODE = 3: U8,
    }

    /// Power over the cable.
    pub PSE {
        ETHTOOL_A_PSE_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PODL_PSE_ADMIN_STATE = 2: U32,
        ETHTOOL_A_PODL_PSE_ADMIN_CONTROL = 3: U32,
        ETHTOOL_A_PODL_PSE_PW_D_STATUS = 4: U32,
        // Linux 6.10 to 6.17.
        ETHTOOL_A_C33_PSE_ADMIN_STATE = 5: U32,
        ETHTOOL_A_C33_PSE_ADMIN_CONTROL = 6: U32,
        ETHTOOL_A_C33_PSE_PW_D_STATUS = 7: U32,
        ETHTOOL_A_C33_PSE_PW_CLASS = 8: U32,
        ETHTOOL_A_C33_PSE_ACTUAL_PW = 9: U32,
        ETHTOOL_A_C33_PSE_EXT_STATE = 10: U32,
        ETHTOOL_A_C33_PSE_EXT_SUBSTATE = 11: U32,
        ETHTOOL_A_C33_PSE_AVAIL_PW_LIMIT = 12: U32,
        ETHTOOL_A_C33_PSE_PW_LIMIT_RANGES = 13: Nest(&PW_LIMIT),
        ETHTOOL_A_PSE_PW_D_ID = 14: U32,
        ETHTOOL_A_PSE_PRIO_MAX = 15: U32,
        ETHTOOL_A_PSE_PRIO = 16: U32,
    }

    /// How much power there may be (Linux 6.11).
    pub PW_LIMIT {
        ETHTOOL_A_C33_PSE_PW_LIMIT_MIN = 1: U32,
        ETHTOOL_A_C33_PSE_PW_LIMIT_MAX = 2: U32,
    }

    /// Turns on a shared wire (Linux 6.3).
    pub PLCA {
        ETHTOOL_A_PLCA_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PLCA_VERSION = 2: U16,
        ETHTOOL_A_PLCA_ENABLED = 3: U8,
        ETHTOOL_A_PLCA_STATUS = 4: U8,
        ETHTOOL_A_PLCA_NODE_CNT = 5: U32,
        ETHTOOL_A_PLCA_NODE_ID = 6: U32,
        ETHTOOL_A_PLCA_TO_TMR = 7: U32,
        ETHTOOL_A_PLCA_BURST_CNT = 8: U32,
        ETHTOOL_A_PLCA_BURST_TMR = 9: U32,
    }

    /// Frames that overtake (Linux 6.3).
    pub MM {
        ETHTOOL_A_MM_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_MM_PMAC_ENABLED = 2: U8,
        ETHTOOL_A_MM_TX_ENABLED = 3: U8,
        ETHTOOL_A_MM_TX_ACTIVE = 4: U8,
        ETHTOOL_A_MM_TX_MIN_FRAG_SIZE = 5: U32,
        ETHTOOL_A_MM_RX_MIN_FRAG_SIZE = 6: U32,
        ETHTOOL_A_MM_VERIFY_ENABLED = 7: U8,
        ETHTOOL_A_MM_VERIFY_STATUS = 8: U8,
        ETHTOOL_A_MM_VERIFY_TIME = 9: U32,
        ETHTOOL_A_MM_MAX_VERIFY_TIME = 10: U32,
        ETHTOOL_A_MM_STATS = 11: Bytes,
    }

    /// New firmware of a module (Linux 6.11).
    pub MODULE_FW_FLASH {
        ETHTOOL_A_MODULE_FW_FLASH_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_MODULE_FW_FLASH_FILE_NAME = 2: Str,
        ETHTOOL_A_MODULE_FW_FLASH_PASSWORD = 3: U32,
        ETHTOOL_A_MODULE_FW_FLASH_STATUS = 4: U32,
        ETHTOOL_A_MODULE_FW_FLASH_STATUS_MSG = 5: Str,
        ETHTOOL_A_MODULE_FW_FLASH_DONE = 6: BySize(UINT),
        ETHTOOL_A_MODULE_FW_FLASH_TOTAL = 7: BySize(UINT),
    }

    /// A transceiver (Linux 6.12).
    pub PHY {
        ETHTOOL_A_PHY_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_PHY_INDEX = 2: U32,
        ETHTOOL_A_PHY_DRVNAME = 3: Str,
        ETHTOOL_A_PHY_NAME = 4: Str,
        ETHTOOL_A_PHY_UPSTREAM_TYPE = 5: U32,
        ETHTOOL_A_PHY_UPSTREAM_INDEX = 6: U32,
        ETHTOOL_A_PHY_UPSTREAM_SFP_NAME = 7: Str,
        ETHTOOL_A_PHY_DOWNSTREAM_SFP_NAME = 8: Str,
    }
}

names! {
    /// Kinds of tunnels.
    pub TUNNEL_TYPES {
        ETHTOOL_UDP_TUNNEL_TYPE_VXLAN = 0, ETHTOOL_UDP_TUNNEL_TYPE_GENEVE = 1,
        ETHTOOL_UDP_TUNNEL_TYPE_VXLAN_GPE = 2,
    }
}
