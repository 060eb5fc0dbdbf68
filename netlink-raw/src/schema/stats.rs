//! Tables of counters: `RTM_NEWSTATS` (`linux/if_link.h`, `linux/if_bridge.h`).

use super::Value::*;
use super::attributes;

attributes! {
    /// Counters of a link.
    pub STATS {
        IFLA_STATS_LINK_64 = 1: Struct("rtnl_link_stats64", 200),
        IFLA_STATS_LINK_XSTATS = 2: Nest(&XSTATS),
        IFLA_STATS_LINK_XSTATS_SLAVE = 3: Nest(&XSTATS),
        IFLA_STATS_LINK_OFFLOAD_XSTATS = 4: Bytes,
        IFLA_STATS_AF_SPEC = 5: Bytes,
    }

    /// Counters of its kind, or of the kind it is a port of.
    pub XSTATS {
        LINK_XSTATS_TYPE_BRIDGE = 1: Nest(&BRIDGE_XSTATS),
        LINK_XSTATS_TYPE_BOND = 2: Bytes,
    }

    /// Counters of a bridge or of its port.
    pub BRIDGE_XSTATS {
        BRIDGE_XSTATS_VLAN = 1: Struct("bridge_vlan_xstats", 40),
        BRIDGE_XSTATS_MCAST = 2: Struct("br_mcast_stats", 240),
        BRIDGE_XSTATS_PAD = 3: Bytes,
        BRIDGE_XSTATS_STP = 4: Struct("bridge_stp_xstats", 48),
    }
}
