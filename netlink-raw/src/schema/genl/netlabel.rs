//! Commands of labels of packets, by name alone (`net/netlabel`).

use super::Family;
use super::NOTHING;
use crate::schema::names;

/// Which labels a domain uses.
pub static MGMT: Family = Family {
    name: "NLBL_MGMT",
    commands: MGMT_COMMANDS,
    table: &NOTHING,
    ..Family::PLAIN
};

/// Labels in IPv4 options.
pub static CIPSOV4: Family = Family {
    name: "NLBL_CIPSOv4",
    commands: CIPSOV4_COMMANDS,
    table: &NOTHING,
    ..Family::PLAIN
};

/// Labels in IPv6 options.
pub static CALIPSO: Family = Family {
    name: "NLBL_CALIPSO",
    commands: CALIPSO_COMMANDS,
    table: &NOTHING,
    ..Family::PLAIN
};

/// What has no label.
pub static UNLABELED: Family = Family {
    name: "NLBL_UNLBL",
    commands: UNLABELED_COMMANDS,
    table: &NOTHING,
    ..Family::PLAIN
};

names! {
    /// Commands of `NLBL_MGMT`.
    pub MGMT_COMMANDS {
        NLBL_MGMT_C_ADD = 1, NLBL_MGMT_C_REMOVE = 2, NLBL_MGMT_C_LISTALL = 3,
        NLBL_MGMT_C_ADDDEF = 4, NLBL_MGMT_C_REMOVEDEF = 5, NLBL_MGMT_C_LISTDEF = 6,
        NLBL_MGMT_C_PROTOCOLS = 7, NLBL_MGMT_C_VERSION = 8,
    }

    /// Commands of `NLBL_CIPSOv4`.
    pub CIPSOV4_COMMANDS {
        NLBL_CIPSOV4_C_ADD = 1, NLBL_CIPSOV4_C_REMOVE = 2, NLBL_CIPSOV4_C_LIST = 3,
        NLBL_CIPSOV4_C_LISTALL = 4,
    }

    /// Commands of `NLBL_CALIPSO`.
    pub CALIPSO_COMMANDS {
        NLBL_CALIPSO_C_ADD = 1, NLBL_CALIPSO_C_REMOVE = 2, NLBL_CALIPSO_C_LIST = 3,
        NLBL_CALIPSO_C_LISTALL = 4,
    }

    /// Commands of `NLBL_UNLBL`.
    pub UNLABELED_COMMANDS {
        NLBL_UNLABEL_C_ACCEPT = 1, NLBL_UNLABEL_C_LIST = 2, NLBL_UNLABEL_C_STATICADD = 3,
        NLBL_UNLABEL_C_STATICREMOVE = 4, NLBL_UNLABEL_C_STATICLIST = 5,
        NLBL_UNLABEL_C_STATICADDDEF = 6, NLBL_UNLABEL_C_STATICREMOVEDEF = 7,
        NLBL_UNLABEL_C_STATICLISTDEF = 8,
    }
}
