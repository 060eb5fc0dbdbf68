//! Tables of statistics of tasks (`linux/taskstats.h`).

use super::Family;
use super::records::{CGROUP_STATS, STATS};
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Statistics of tasks.
pub static TASKSTATS: Family = Family {
    name: "TASKSTATS",
    commands: COMMANDS,
    table: &TASKSTATS_TYPE,
    tables: &[
        (1, &TASKSTATS_CMD_ATTR),
        (4, &CGROUPSTATS_CMD_ATTR),
        (5, &CGROUPSTATS_TYPE),
    ],
    ..Family::PLAIN
};

attributes! {
    /// Which tasks are asked for.
    pub TASKSTATS_CMD_ATTR {
        TASKSTATS_CMD_ATTR_PID = 1: U32,
        TASKSTATS_CMD_ATTR_TGID = 2: U32,
        TASKSTATS_CMD_ATTR_REGISTER_CPUMASK = 3: Str,
        TASKSTATS_CMD_ATTR_DEREGISTER_CPUMASK = 4: Str,
    }

    /// What a task has used.
    pub TASKSTATS_TYPE {
        TASKSTATS_TYPE_PID = 1: U32,
        TASKSTATS_TYPE_TGID = 2: U32,
        TASKSTATS_TYPE_STATS = 3: Record(&STATS),
        TASKSTATS_TYPE_AGGR_PID = 4: Nest(&TASKSTATS_TYPE),
        TASKSTATS_TYPE_AGGR_TGID = 5: Nest(&TASKSTATS_TYPE),
        TASKSTATS_TYPE_NULL = 6: Flag,
    }

    /// Which control group is asked for.
    pub CGROUPSTATS_CMD_ATTR {
        CGROUPSTATS_CMD_ATTR_FD = 1: U32,
    }

    /// What its tasks do.
    pub CGROUPSTATS_TYPE {
        CGROUPSTATS_TYPE_CGROUP_STATS = 1: Record(&CGROUP_STATS),
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        TASKSTATS_CMD_GET = 1, TASKSTATS_CMD_NEW = 2,
        // `linux/cgroupstats.h`.
        CGROUPSTATS_CMD_GET = 4, CGROUPSTATS_CMD_NEW = 5,
    }
}
