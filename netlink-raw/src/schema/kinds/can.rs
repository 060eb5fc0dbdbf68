//! Tables of CAN devices (`linux/can/netlink.h`).

use crate::schema::Value::*;
use crate::schema::{Int, Names, attributes, layouts};

attributes! {
    /// A CAN device.
    pub CAN {
        IFLA_CAN_BITTIMING = 1: Record(&BITTIMING),
        IFLA_CAN_BITTIMING_CONST = 2: Record(&BITTIMING_CONST),
        IFLA_CAN_CLOCK = 3: Record(&CLOCK),
        IFLA_CAN_STATE = 4: Enum(Int::U32, CAN_STATES),
        IFLA_CAN_CTRLMODE = 5: Record(&CTRLMODE),
        IFLA_CAN_RESTART_MS = 6: U32,
        IFLA_CAN_RESTART = 7: U32,
        IFLA_CAN_BERR_COUNTER = 8: Record(&BERR_COUNTER),
        IFLA_CAN_DATA_BITTIMING = 9: Record(&BITTIMING),
        IFLA_CAN_DATA_BITTIMING_CONST = 10: Record(&BITTIMING_CONST),
        IFLA_CAN_TERMINATION = 11: U16,
        IFLA_CAN_TERMINATION_CONST = 12: Array(&U16, 2),
        IFLA_CAN_BITRATE_CONST = 13: Array(&U32, 4),
        IFLA_CAN_DATA_BITRATE_CONST = 14: Array(&U32, 4),
        IFLA_CAN_BITRATE_MAX = 15: U32,
        IFLA_CAN_TDC = 16: Nest(&CAN_TDC),
        IFLA_CAN_CTRLMODE_EXT = 17: Nest(&CAN_CTRLMODE_EXT),
    }

    /// Delay of a transmitter.
    pub CAN_TDC {
        IFLA_CAN_TDC_TDCV_MIN = 1: U32,
        IFLA_CAN_TDC_TDCV_MAX = 2: U32,
        IFLA_CAN_TDC_TDCO_MIN = 3: U32,
        IFLA_CAN_TDC_TDCO_MAX = 4: U32,
        IFLA_CAN_TDC_TDCF_MIN = 5: U32,
        IFLA_CAN_TDC_TDCF_MAX = 6: U32,
        IFLA_CAN_TDC_TDCV = 7: U32,
        IFLA_CAN_TDC_TDCO = 8: U32,
        IFLA_CAN_TDC_TDCF = 9: U32,
    }

    /// What a device can.
    pub CAN_CTRLMODE_EXT {
        IFLA_CAN_CTRLMODE_SUPPORTED = 1: Bits(Int::U32, CTRLMODES),
    }
}

layouts! {
    /// Timing of bits.
    pub BITTIMING = "can_bittiming" {
        bitrate: U32,
        sample_point: U32,
        tq: U32,
        prop_seg: U32,
        phase_seg1: U32,
        phase_seg2: U32,
        sjw: U32,
        brp: U32,
    }
    /// Bounds of the timing.
    pub BITTIMING_CONST = "can_bittiming_const" {
        name[16]: Str,
        tseg1_min: U32,
        tseg1_max: U32,
        tseg2_min: U32,
        tseg2_max: U32,
        sjw_max: U32,
        brp_min: U32,
        brp_max: U32,
        brp_inc: U32,
    }
    /// The clock.
    pub CLOCK = "can_clock" {
        freq: U32,
    }
    /// How the device works.
    pub CTRLMODE = "can_ctrlmode" {
        mask: Bits(Int::U32, CTRLMODES),
        flags: Bits(Int::U32, CTRLMODES),
    }
    /// Errors counted.
    pub BERR_COUNTER = "can_berr_counter" {
        txerr: U16,
        rxerr: U16,
    }
    /// Counters of the device.
    pub DEVICE_STATS = "can_device_stats" {
        bus_error: U32,
        error_warning: U32,
        error_passive: U32,
        bus_off: U32,
        arbitration_lost: U32,
        restarts: U32,
    }
}

/// States of a CAN device.
const CAN_STATES: Names = &[
    (0, "CAN_STATE_ERROR_ACTIVE"),
    (1, "CAN_STATE_ERROR_WARNING"),
    (2, "CAN_STATE_ERROR_PASSIVE"),
    (3, "CAN_STATE_BUS_OFF"),
    (4, "CAN_STATE_STOPPED"),
    (5, "CAN_STATE_SLEEPING"),
];

/// How a CAN device may work.
const CTRLMODES: Names = &[
    (1, "CAN_CTRLMODE_LOOPBACK"),
    (2, "CAN_CTRLMODE_LISTENONLY"),
    (4, "CAN_CTRLMODE_3_SAMPLES"),
    (8, "CAN_CTRLMODE_ONE_SHOT"),
    (16, "CAN_CTRLMODE_BERR_REPORTING"),
    (32, "CAN_CTRLMODE_FD"),
    (64, "CAN_CTRLMODE_PRESUME_ACK"),
    (128, "CAN_CTRLMODE_FD_NON_ISO"),
    (256, "CAN_CTRLMODE_CC_LEN8_DLC"),
    (512, "CAN_CTRLMODE_TDC_AUTO"),
    (1024, "CAN_CTRLMODE_TDC_MANUAL"),
];
