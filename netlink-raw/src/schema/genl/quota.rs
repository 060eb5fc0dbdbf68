//! Tables of warnings of quotas (`linux/quota.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

/// Quotas of file systems.
pub static QUOTA: Family = Family {
    name: "VFS_DQUOT",
    commands: COMMANDS,
    table: &QUOTA_NL_A,
    ..Family::PLAIN
};

attributes! {
    /// A warning.
    pub QUOTA_NL_A {
        QUOTA_NL_A_QTYPE = 1: Enum(Int::U32, TYPES),
        QUOTA_NL_A_EXCESS_ID = 2: U64,
        QUOTA_NL_A_WARNING = 3: Enum(Int::U32, WARNINGS),
        QUOTA_NL_A_DEV_MAJOR = 4: U32,
        QUOTA_NL_A_DEV_MINOR = 5: U32,
        QUOTA_NL_A_CAUSED_ID = 6: U64,
        QUOTA_NL_A_PAD = 7: Bytes,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        QUOTA_NL_C_WARNING = 1,
    }

    /// What happened.
    pub WARNINGS {
        QUOTA_NL_NOWARN = 0, QUOTA_NL_IHARDWARN = 1, QUOTA_NL_ISOFTLONGWARN = 2,
        QUOTA_NL_ISOFTWARN = 3, QUOTA_NL_BHARDWARN = 4, QUOTA_NL_BSOFTLONGWARN = 5,
        QUOTA_NL_BSOFTWARN = 6, QUOTA_NL_IHARDBELOW = 7, QUOTA_NL_ISOFTBELOW = 8,
        QUOTA_NL_BHARDBELOW = 9, QUOTA_NL_BSOFTBELOW = 10,
    }

    /// Whose quota.
    pub TYPES {
        USRQUOTA = 0, GRPQUOTA = 1, PRJQUOTA = 2,
    }
}
