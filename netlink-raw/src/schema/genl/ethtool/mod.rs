//! Tables of `ethtool` (`linux/ethtool_netlink.h`).

pub mod bitset;
pub mod cable;
pub mod more;
pub mod settings;
pub mod stats;
pub mod strset;

use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes, names};

/// Settings of links.
pub static ETHTOOL: Family = Family {
    name: "ethtool",
    commands: REQUESTS,
    table: &HEADERS,
    tables: ASKED,
    answers: Some(&Family {
        name: "ethtool",
        commands: ANSWERS,
        table: &HEADERS,
        tables: ANSWERED,
        ..Family::PLAIN
    }),
    ..Family::PLAIN
};

names! {
    /// What is asked of it.
    pub REQUESTS {
        ETHTOOL_MSG_STRSET_GET = 1, ETHTOOL_MSG_LINKINFO_GET = 2, ETHTOOL_MSG_LINKINFO_SET = 3,
        ETHTOOL_MSG_LINKMODES_GET = 4, ETHTOOL_MSG_LINKMODES_SET = 5,
        ETHTOOL_MSG_LINKSTATE_GET = 6, ETHTOOL_MSG_DEBUG_GET = 7, ETHTOOL_MSG_DEBUG_SET = 8,
        ETHTOOL_MSG_WOL_GET = 9, ETHTOOL_MSG_WOL_SET = 10, ETHTOOL_MSG_FEATURES_GET = 11,
        ETHTOOL_MSG_FEATURES_SET = 12, ETHTOOL_MSG_PRIVFLAGS_GET = 13,
        ETHTOOL_MSG_PRIVFLAGS_SET = 14, ETHTOOL_MSG_RINGS_GET = 15, ETHTOOL_MSG_RINGS_SET = 16,
        ETHTOOL_MSG_CHANNELS_GET = 17, ETHTOOL_MSG_CHANNELS_SET = 18,
        ETHTOOL_MSG_COALESCE_GET = 19, ETHTOOL_MSG_COALESCE_SET = 20, ETHTOOL_MSG_PAUSE_GET = 21,
        ETHTOOL_MSG_PAUSE_SET = 22, ETHTOOL_MSG_EEE_GET = 23, ETHTOOL_MSG_EEE_SET = 24,
        ETHTOOL_MSG_TSINFO_GET = 25, ETHTOOL_MSG_CABLE_TEST_ACT = 26,
        ETHTOOL_MSG_CABLE_TEST_TDR_ACT = 27, ETHTOOL_MSG_TUNNEL_INFO_GET = 28,
        ETHTOOL_MSG_FEC_GET = 29, ETHTOOL_MSG_FEC_SET = 30, ETHTOOL_MSG_MODULE_EEPROM_GET = 31,
        ETHTOOL_MSG_STATS_GET = 32, ETHTOOL_MSG_PHC_VCLOCKS_GET = 33, ETHTOOL_MSG_MODULE_GET = 34,
        ETHTOOL_MSG_MODULE_SET = 35, ETHTOOL_MSG_PSE_GET = 36, ETHTOOL_MSG_PSE_SET = 37,
        // Linux 6.2 to 6.17.
        ETHTOOL_MSG_RSS_GET = 38,
        ETHTOOL_MSG_PLCA_GET_CFG = 39,
        ETHTOOL_MSG_PLCA_SET_CFG = 40,
        ETHTOOL_MSG_PLCA_GET_STATUS = 41,
        ETHTOOL_MSG_MM_GET = 42,
        ETHTOOL_MSG_MM_SET = 43,
        ETHTOOL_MSG_MODULE_FW_FLASH_ACT = 44,
        ETHTOOL_MSG_PHY_GET = 45,
        ETHTOOL_MSG_TSCONFIG_GET = 46,
        ETHTOOL_MSG_TSCONFIG_SET = 47,
        ETHTOOL_MSG_RSS_SET = 48,
        ETHTOOL_MSG_RSS_CREATE_ACT = 49,
        ETHTOOL_MSG_RSS_DELETE_ACT = 50,
    }

    /// What it answers and tells.
    pub ANSWERS {
        ETHTOOL_MSG_STRSET_GET_REPLY = 1, ETHTOOL_MSG_LINKINFO_GET_REPLY = 2,
        ETHTOOL_MSG_LINKINFO_NTF = 3, ETHTOOL_MSG_LINKMODES_GET_REPLY = 4,
        ETHTOOL_MSG_LINKMODES_NTF = 5, ETHTOOL_MSG_LINKSTATE_GET_REPLY = 6,
        ETHTOOL_MSG_DEBUG_GET_REPLY = 7, ETHTOOL_MSG_DEBUG_NTF = 8, ETHTOOL_MSG_WOL_GET_REPLY = 9,
        ETHTOOL_MSG_WOL_NTF = 10, ETHTOOL_MSG_FEATURES_GET_REPLY = 11,
        ETHTOOL_MSG_FEATURES_SET_REPLY = 12, ETHTOOL_MSG_FEATURES_NTF = 13,
        ETHTOOL_MSG_PRIVFLAGS_GET_REPLY = 14, ETHTOOL_MSG_PRIVFLAGS_NTF = 15,
        ETHTOOL_MSG_RINGS_GET_REPLY = 16, ETHTOOL_MSG_RINGS_NTF = 17,
        ETHTOOL_MSG_CHANNELS_GET_REPLY = 18, ETHTOOL_MSG_CHANNELS_NTF = 19,
        ETHTOOL_MSG_COALESCE_GET_REPLY = 20, ETHTOOL_MSG_COALESCE_NTF = 21,
        ETHTOOL_MSG_PAUSE_GET_REPLY = 22, ETHTOOL_MSG_PAUSE_NTF = 23,
        ETHTOOL_MSG_EEE_GET_REPLY = 24, ETHTOOL_MSG_EEE_NTF = 25,
        ETHTOOL_MSG_TSINFO_GET_REPLY = 26, ETHTOOL_MSG_CABLE_TEST_NTF = 27,
        ETHTOOL_MSG_CABLE_TEST_TDR_NTF = 28, ETHTOOL_MSG_TUNNEL_INFO_GET_REPLY = 29,
        ETHTOOL_MSG_FEC_GET_REPLY = 30, ETHTOOL_MSG_FEC_NTF = 31,
        ETHTOOL_MSG_MODULE_EEPROM_GET_REPLY = 32, ETHTOOL_MSG_STATS_GET_REPLY = 33,
        ETHTOOL_MSG_PHC_VCLOCKS_GET_REPLY = 34, ETHTOOL_MSG_MODULE_GET_REPLY = 35,
        ETHTOOL_MSG_MODULE_NTF = 36, ETHTOOL_MSG_PSE_GET_REPLY = 37,
        // Linux 6.2 to 6.17.
        ETHTOOL_MSG_RSS_GET_REPLY = 38,
        ETHTOOL_MSG_PLCA_GET_CFG_REPLY = 39,
        ETHTOOL_MSG_PLCA_GET_STATUS_REPLY = 40,
        ETHTOOL_MSG_PLCA_NTF = 41,
        ETHTOOL_MSG_MM_GET_REPLY = 42,
        ETHTOOL_MSG_MM_NTF = 43,
        ETHTOOL_MSG_MODULE_FW_FLASH_NTF = 44,
        ETHTOOL_MSG_PHY_GET_REPLY = 45,
        ETHTOOL_MSG_PHY_NTF = 46,
        ETHTOOL_MSG_TSCONFIG_GET_REPLY = 47,
        ETHTOOL_MSG_TSCONFIG_SET_REPLY = 48,
        ETHTOOL_MSG_PSE_NTF = 49,
        ETHTOOL_MSG_RSS_NTF = 50,
        ETHTOOL_MSG_RSS_CREATE_ACT_REPLY = 51,
        ETHTOOL_MSG_RSS_CREATE_NTF = 52,
        ETHTOOL_MSG_RSS_DELETE_NTF = 53,
    }

    /// How an answer is wanted.
    pub FLAGS {
        ETHTOOL_FLAG_COMPACT_BITSETS = 1, ETHTOOL_FLAG_OMIT_REPLY = 2, ETHTOOL_FLAG_STATS = 4,
    }
}

attributes! {
    /// Which link is meant.
    pub HEADER {
        ETHTOOL_A_HEADER_DEV_INDEX = 1: U32,
        ETHTOOL_A_HEADER_DEV_NAME = 2: Str,
        ETHTOOL_A_HEADER_FLAGS = 3: Bits(Int::U32, FLAGS),
        // Linux 6.12.
        ETHTOOL_A_HEADER_PHY_INDEX = 4: U32,
    }
}

/// Of commands whose attributes are not known here: the first says which link is meant.
pub static HEADERS: Table = Table {
    name: "HEADERS",
    specs: &[],
};

/// What is asked with.
static ASKED: &[(u8, &Table)] = &[
    (1, &strset::STRSET),
    (2, &settings::LINKINFO),
    (3, &settings::LINKINFO),
    (4, &settings::LINKMODES),
    (5, &settings::LINKMODES),
    (6, &settings::LINKSTATE),
    (7, &settings::DEBUG),
    (8, &settings::DEBUG),
    (9, &settings::WOL),
    (10, &settings::WOL),
    (11, &settings::FEATURES),
    (12, &settings::FEATURES),
    (13, &settings::PRIVFLAGS),
    (14, &settings::PRIVFLAGS),
    (15, &settings::RINGS),
    (16, &settings::RINGS),
    (17, &settings::CHANNELS),
    (18, &settings::CHANNELS),
    (19, &settings::COALESCE),
    (20, &settings::COALESCE),
    (21, &settings::PAUSE),
    (22, &settings::PAUSE),
    (23, &settings::EEE),
    (24, &settings::EEE),
    (25, &more::TSINFO),
    (26, &cable::CABLE_TEST),
    (27, &cable::CABLE_TEST_TDR),
    (28, &more::TUNNEL_INFO),
    (29, &more::FEC),
    (30, &more::FEC),
    (31, &more::MODULE_EEPROM),
    (32, &stats::STATS),
    (33, &more::PHC_VCLOCKS),
    (34, &more::MODULE),
    (35, &more::MODULE),
    (36, &more::PSE),
    (37, &more::PSE),
    (38, &settings::RSS),
    (39, &more::PLCA),
    (40, &more::PLCA),
    (41, &more::PLCA),
    (42, &more::MM),
    (43, &more::MM),
    (44, &more::MODULE_FW_FLASH),
    (45, &more::PHY),
    (46, &more::TSCONFIG),
    (47, &more::TSCONFIG),
    (48, &settings::RSS),
    (49, &settings::RSS),
    (50, &settings::RSS),
];

/// What is answered with.
static ANSWERED: &[(u8, &Table)] = &[
    (1, &strset::STRSET),
    (2, &settings::LINKINFO),
    (3, &settings::LINKINFO),
    (4, &settings::LINKMODES),
    (5, &settings::LINKMODES),
    (6, &settings::LINKSTATE),
    (7, &settings::DEBUG),
    (8, &settings::DEBUG),
    (9, &settings::WOL),
    (10, &settings::WOL),
    (11, &settings::FEATURES),
    (12, &settings::FEATURES),
    (13, &settings::FEATURES),
    (14, &settings::PRIVFLAGS),
    (15, &settings::PRIVFLAGS),
    (16, &settings::RINGS),
    (17, &settings::RINGS),
    (18, &settings::CHANNELS),
    (19, &settings::CHANNELS),
    (20, &settings::COALESCE),
    (21, &settings::COALESCE),
    (22, &settings::PAUSE),
    (23, &settings::PAUSE),
    (24, &settings::EEE),
    (25, &settings::EEE),
    (26, &more::TSINFO),
    (27, &cable::CABLE_TEST_NTF),
    (28, &cable::CABLE_TEST_TDR_NTF),
    (29, &more::TUNNEL_INFO),
    (30, &more::FEC),
    (31, &more::FEC),
    (32, &more::MODULE_EEPROM),
    (33, &stats::STATS),
    (34, &more::PHC_VCLOCKS),
    (35, &more::MODULE),
    (36, &more::MODULE),
    (37, &more::PSE),
    (38, &settings::RSS),
    (39, &more::PLCA),
    (40, &more::PLCA),
    (41, &more::PLCA),
    (42, &more::MM),
    (43, &more::MM),
    (44, &more::MODULE_FW_FLASH),
    (45, &more::PHY),
    (46, &more::PHY),
    (47, &more::TSCONFIG),
    (48, &more::TSCONFIG),
    (49, &more::PSE),
    (50, &settings::RSS),
    (51, &settings::RSS),
    (52, &settings::RSS),
    (53, &settings::RSS),
];
