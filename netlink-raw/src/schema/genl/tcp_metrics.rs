//! Tables of what TCP remembers of its peers (`linux/tcp_metrics.h`).

use super::Family;
use crate::schema::Value::*;
use crate::schema::{Spec, Table, attributes, names};

/// What TCP remembers of its peers.
pub static TCP_METRICS: Family = Family {
    name: "tcp_metrics",
    commands: COMMANDS,
    table: &METRICS,
    ..Family::PLAIN
};

attributes! {
    /// A peer.
    pub METRICS {
        TCP_METRICS_ATTR_ADDR_IPV4 = 1: Ip,
        TCP_METRICS_ATTR_ADDR_IPV6 = 2: Ip,
        TCP_METRICS_ATTR_AGE = 3: U64,
        TCP_METRICS_ATTR_TW_TSVAL = 4: U32,
        TCP_METRICS_ATTR_TW_TS_STAMP = 5: S32,
        TCP_METRICS_ATTR_VALS = 6: Nest(&VALS),
        TCP_METRICS_ATTR_FOPEN_MSS = 7: U16,
        TCP_METRICS_ATTR_FOPEN_SYN_DROPS = 8: U16,
        TCP_METRICS_ATTR_FOPEN_SYN_DROP_TS = 9: U64,
        TCP_METRICS_ATTR_FOPEN_COOKIE = 10: Bytes,
        TCP_METRICS_ATTR_SADDR_IPV4 = 11: Ip,
        TCP_METRICS_ATTR_SADDR_IPV6 = 12: Ip,
        TCP_METRICS_ATTR_PAD = 13: Bytes,
    }
}

/// The values. An attribute's number is the metric's and one more.
pub static VALS: Table = Table {
    name: "VALS",
    specs: &[
        val(1, "TCP_METRIC_RTT"),
        val(2, "TCP_METRIC_RTTVAR"),
        val(3, "TCP_METRIC_SSTHRESH"),
        val(4, "TCP_METRIC_CWND"),
        val(5, "TCP_METRIC_REORDERING"),
        val(6, "TCP_METRIC_RTT_US"),
        val(7, "TCP_METRIC_RTTVAR_US"),
    ],
};

const fn val(number: u16, name: &'static str) -> Spec {
    Spec {
        number,
        name,
        value: U32,
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        TCP_METRICS_CMD_GET = 1, TCP_METRICS_CMD_DEL = 2,
    }
}
