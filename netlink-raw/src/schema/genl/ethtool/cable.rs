//! Tables of tests of cables in `ethtool`.

// The names are the headers'.
#![allow(non_upper_case_globals)]

use super::HEADER;
use crate::schema::Value::*;
use crate::schema::{Int, attributes, names};

attributes! {
    /// Asks for a test.
    pub CABLE_TEST {
        ETHTOOL_A_CABLE_TEST_HEADER = 1: Nest(&HEADER),
    }

    /// How a test goes.
    pub CABLE_TEST_NTF {
        ETHTOOL_A_CABLE_TEST_NTF_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_CABLE_TEST_NTF_STATUS = 2: Enum(Int::U8, STATUS),
        ETHTOOL_A_CABLE_TEST_NTF_NEST = 3: Nest(&CABLE_NEST),
    }

    /// What it found.
    pub CABLE_NEST {
        ETHTOOL_A_CABLE_NEST_RESULT = 1: Nest(&CABLE_RESULT),
        ETHTOOL_A_CABLE_NEST_FAULT_LENGTH = 2: Nest(&CABLE_FAULT_LENGTH),
    }

    /// Of a pair of wires.
    pub CABLE_RESULT {
        ETHTOOL_A_CABLE_RESULT_PAIR = 1: Enum(Int::U8, PAIRS),
        ETHTOOL_A_CABLE_RESULT_CODE = 2: Enum(Int::U8, CODES),
    }

    /// Where a fault is.
    pub CABLE_FAULT_LENGTH {
        ETHTOOL_A_CABLE_FAULT_LENGTH_PAIR = 1: Enum(Int::U8, PAIRS),
        ETHTOOL_A_CABLE_FAULT_LENGTH_CM = 2: U32,
    }

    /// Asks for raw data.
    pub CABLE_TEST_TDR {
        ETHTOOL_A_CABLE_TEST_TDR_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_CABLE_TEST_TDR_CFG = 2: Nest(&CABLE_TEST_TDR_CFG),
    }

    /// Which.
    pub CABLE_TEST_TDR_CFG {
        ETHTOOL_A_CABLE_TEST_TDR_CFG_FIRST = 1: U32,
        ETHTOOL_A_CABLE_TEST_TDR_CFG_LAST = 2: U32,
        ETHTOOL_A_CABLE_TEST_TDR_CFG_STEP = 3: U32,
        ETHTOOL_A_CABLE_TEST_TDR_CFG_PAIR = 4: Enum(Int::U8, PAIRS),
    }

    /// The raw data.
    pub CABLE_TEST_TDR_NTF {
        ETHTOOL_A_CABLE_TEST_TDR_NTF_HEADER = 1: Nest(&HEADER),
        ETHTOOL_A_CABLE_TEST_TDR_NTF_STATUS = 2: Enum(Int::U8, STATUS),
        ETHTOOL_A_CABLE_TEST_TDR_NTF_NEST = 3: Nest(&CABLE_TDR_NEST),
    }

    /// One reading.
    pub CABLE_TDR_NEST {
        ETHTOOL_A_CABLE_TDR_NEST_STEP = 1: Nest(&CABLE_STEP),
        ETHTOOL_A_CABLE_TDR_NEST_AMPLITUDE = 2: Nest(&CABLE_AMPLITUDE),
        ETHTOOL_A_CABLE_TDR_NEST_PULSE = 3: Nest(&CABLE_PULSE),
    }

    /// Where it was taken.
    pub CABLE_STEP {
        ETHTOOL_A_CABLE_STEP_FIRST_DISTANCE = 1: U32,
        ETHTOOL_A_CABLE_STEP_LAST_DISTANCE = 2: U32,
        ETHTOOL_A_CABLE_STEP_STEP_DISTANCE = 3: U32,
    }

    /// What came back.
    pub CABLE_AMPLITUDE {
        ETHTOOL_A_CABLE_AMPLITUDE_PAIR = 1: Enum(Int::U8, PAIRS),
        ETHTOOL_A_CABLE_AMPLITUDE_mV = 2: S16,
    }

    /// What was sent.
    pub CABLE_PULSE {
        ETHTOOL_A_CABLE_PULSE_mV = 1: S16,
    }
}

names! {
    /// How far a test is.
    pub STATUS {
        ETHTOOL_A_CABLE_TEST_NTF_STATUS_UNSPEC = 0, ETHTOOL_A_CABLE_TEST_NTF_STATUS_STARTED = 1,
        ETHTOOL_A_CABLE_TEST_NTF_STATUS_COMPLETED = 2,
    }

    /// Pairs of wires.
    pub PAIRS {
        ETHTOOL_A_CABLE_PAIR_A = 0, ETHTOOL_A_CABLE_PAIR_B = 1, ETHTOOL_A_CABLE_PAIR_C = 2,
        ETHTOOL_A_CABLE_PAIR_D = 3,
    }

    /// What is wrong.
    pub CODES {
        ETHTOOL_A_CABLE_RESULT_CODE_UNSPEC = 0, ETHTOOL_A_CABLE_RESULT_CODE_OK = 1,
        ETHTOOL_A_CABLE_RESULT_CODE_OPEN = 2, ETHTOOL_A_CABLE_RESULT_CODE_SAME_SHORT = 3,
        ETHTOOL_A_CABLE_RESULT_CODE_CROSS_SHORT = 4,
    }
}
