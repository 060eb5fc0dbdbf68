//! Tables of bonds and their ports (`linux/if_link.h`, `linux/if_bonding.h`).

use crate::schema::Value::*;
use crate::schema::{Int, Names, attributes};

attributes! {
    /// A bond.
    pub BOND {
        IFLA_BOND_MODE = 1: Enum(Int::U8, MODES),
        IFLA_BOND_ACTIVE_SLAVE = 2: Index,
        IFLA_BOND_MIIMON = 3: U32,
        IFLA_BOND_UPDELAY = 4: U32,
        IFLA_BOND_DOWNDELAY = 5: U32,
        IFLA_BOND_USE_CARRIER = 6: U8,
        IFLA_BOND_ARP_INTERVAL = 7: U32,
        IFLA_BOND_ARP_IP_TARGET = 8: EachValue(&Ip),
        IFLA_BOND_ARP_VALIDATE = 9: Enum(Int::U32, ARP_VALIDATES),
        IFLA_BOND_ARP_ALL_TARGETS = 10: Enum(Int::U32, ARP_ALL_TARGETS),
        IFLA_BOND_PRIMARY = 11: Index,
        IFLA_BOND_PRIMARY_RESELECT = 12: Enum(Int::U8, RESELECTS),
        IFLA_BOND_FAIL_OVER_MAC = 13: Enum(Int::U8, FAIL_OVER_MACS),
        IFLA_BOND_XMIT_HASH_POLICY = 14: Enum(Int::U8, HASH_POLICIES),
        IFLA_BOND_RESEND_IGMP = 15: U32,
        IFLA_BOND_NUM_PEER_NOTIF = 16: U8,
        IFLA_BOND_ALL_SLAVES_ACTIVE = 17: U8,
        IFLA_BOND_MIN_LINKS = 18: U32,
        IFLA_BOND_LP_INTERVAL = 19: U32,
        IFLA_BOND_PACKETS_PER_SLAVE = 20: U32,
        IFLA_BOND_AD_LACP_RATE = 21: Enum(Int::U8, LACP_RATES),
        IFLA_BOND_AD_SELECT = 22: Enum(Int::U8, SELECTS),
        IFLA_BOND_AD_INFO = 23: Nest(&BOND_AD_INFO),
        IFLA_BOND_AD_ACTOR_SYS_PRIO = 24: U16,
        IFLA_BOND_AD_USER_PORT_KEY = 25: U16,
        IFLA_BOND_AD_ACTOR_SYSTEM = 26: Mac,
        IFLA_BOND_TLB_DYNAMIC_LB = 27: U8,
        IFLA_BOND_PEER_NOTIF_DELAY = 28: U32,
        IFLA_BOND_AD_LACP_ACTIVE = 29: U8,
        IFLA_BOND_MISSED_MAX = 30: U8,
        IFLA_BOND_NS_IP6_TARGET = 31: EachValue(&Ip),
        IFLA_BOND_COUPLED_CONTROL = 32: U8,
        IFLA_BOND_BROADCAST_NEIGH = 33: U8,
    }

    /// What 802.3ad made of it.
    pub BOND_AD_INFO {
        IFLA_BOND_AD_INFO_AGGREGATOR = 1: U16,
        IFLA_BOND_AD_INFO_NUM_PORTS = 2: U16,
        IFLA_BOND_AD_INFO_ACTOR_KEY = 3: U16,
        IFLA_BOND_AD_INFO_PARTNER_KEY = 4: U16,
        IFLA_BOND_AD_INFO_PARTNER_MAC = 5: Mac,
    }

    /// A port of a bond.
    pub BOND_PORT {
        IFLA_BOND_SLAVE_STATE = 1: Enum(Int::U8, STATES),
        IFLA_BOND_SLAVE_MII_STATUS = 2: Enum(Int::U8, MII_STATES),
        IFLA_BOND_SLAVE_LINK_FAILURE_COUNT = 3: U32,
        IFLA_BOND_SLAVE_PERM_HWADDR = 4: Mac,
        IFLA_BOND_SLAVE_QUEUE_ID = 5: U16,
        IFLA_BOND_SLAVE_AD_AGGREGATOR_ID = 6: U16,
        IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE = 7: Bits(Int::U8, LACP_STATES),
        IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE = 8: Bits(Int::U16, LACP_STATES),
        IFLA_BOND_SLAVE_PRIO = 9: S32,
        IFLA_BOND_SLAVE_ACTOR_PORT_PRIO = 10: U16,
        IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE = 11: U8,
        IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE = 12: U8,
    }

    /// Counters of a bond (`LINK_XSTATS_TYPE_BOND`).
    pub BOND_XSTATS {
        BOND_XSTATS_3AD = 1: Nest(&BOND_3AD_STATS),
    }

    /// Counters of 802.3ad.
    pub BOND_3AD_STATS {
        BOND_3AD_STAT_LACPDU_RX = 0: U64,
        BOND_3AD_STAT_LACPDU_TX = 1: U64,
        BOND_3AD_STAT_LACPDU_UNKNOWN_RX = 2: U64,
        BOND_3AD_STAT_LACPDU_ILLEGAL_RX = 3: U64,
        BOND_3AD_STAT_MARKER_RX = 4: U64,
        BOND_3AD_STAT_MARKER_TX = 5: U64,
        BOND_3AD_STAT_MARKER_RESP_RX = 6: U64,
        BOND_3AD_STAT_MARKER_RESP_TX = 7: U64,
        BOND_3AD_STAT_MARKER_UNKNOWN_RX = 8: U64,
        BOND_3AD_STAT_PAD = 9: Bytes,
    }
}

/// How packets are shared out.
const MODES: Names = &[
    (0, "BOND_MODE_ROUNDROBIN"),
    (1, "BOND_MODE_ACTIVEBACKUP"),
    (2, "BOND_MODE_XOR"),
    (3, "BOND_MODE_BROADCAST"),
    (4, "BOND_MODE_8023AD"),
    (5, "BOND_MODE_TLB"),
    (6, "BOND_MODE_ALB"),
];

/// Which replies count.
const ARP_VALIDATES: Names = &[
    (0, "BOND_ARP_VALIDATE_NONE"),
    (1, "BOND_ARP_VALIDATE_ACTIVE"),
    (2, "BOND_ARP_VALIDATE_BACKUP"),
    (3, "BOND_ARP_VALIDATE_ALL"),
    (4, "BOND_ARP_FILTER"),
    (5, "BOND_ARP_FILTER_ACTIVE"),
    (6, "BOND_ARP_FILTER_BACKUP"),
];

/// How many must answer.
const ARP_ALL_TARGETS: Names = &[(0, "BOND_ARP_TARGETS_ANY"), (1, "BOND_ARP_TARGETS_ALL")];

/// When the primary port is taken again.
const RESELECTS: Names = &[
    (0, "BOND_PRI_RESELECT_ALWAYS"),
    (1, "BOND_PRI_RESELECT_BETTER"),
    (2, "BOND_PRI_RESELECT_FAILURE"),
];

/// Whose address the bond has.
const FAIL_OVER_MACS: Names = &[
    (0, "BOND_FOM_NONE"),
    (1, "BOND_FOM_ACTIVE"),
    (2, "BOND_FOM_FOLLOW"),
];

/// What chooses a port.
const HASH_POLICIES: Names = &[
    (0, "BOND_XMIT_POLICY_LAYER2"),
    (1, "BOND_XMIT_POLICY_LAYER34"),
    (2, "BOND_XMIT_POLICY_LAYER23"),
    (3, "BOND_XMIT_POLICY_ENCAP23"),
    (4, "BOND_XMIT_POLICY_ENCAP34"),
    (5, "BOND_XMIT_POLICY_VLAN_SRCMAC"),
];

/// How often LACP talks.
const LACP_RATES: Names = &[(0, "AD_LACP_SLOW"), (1, "AD_LACP_FAST")];

/// Which aggregator is taken.
const SELECTS: Names = &[
    (0, "BOND_AD_STABLE"),
    (1, "BOND_AD_BANDWIDTH"),
    (2, "BOND_AD_COUNT"),
    (3, "BOND_AD_PRIO"),
];

/// What a port does.
const STATES: Names = &[(0, "BOND_STATE_ACTIVE"), (1, "BOND_STATE_BACKUP")];

/// How its link is.
const MII_STATES: Names = &[
    (0, "BOND_LINK_UP"),
    (1, "BOND_LINK_FAIL"),
    (2, "BOND_LINK_DOWN"),
    (3, "BOND_LINK_BACK"),
];

/// What LACP says of a port.
const LACP_STATES: Names = &[
    (1, "LACP_STATE_LACP_ACTIVITY"),
    (2, "LACP_STATE_LACP_TIMEOUT"),
    (4, "LACP_STATE_AGGREGATION"),
    (8, "LACP_STATE_SYNCHRONIZATION"),
    (16, "LACP_STATE_COLLECTING"),
    (32, "LACP_STATE_DISTRIBUTING"),
    (64, "LACP_STATE_DEFAULTED"),
    (128, "LACP_STATE_EXPIRED"),
];
