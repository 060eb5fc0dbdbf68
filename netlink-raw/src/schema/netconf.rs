//! Tables of settings of links: `RTM_NEWNETCONF` (`linux/netconf.h`).

use super::Value::*;
use super::{Int, Names, attributes};

attributes! {
    /// Settings of a link in one family.
    pub NETCONF {
        NETCONFA_IFINDEX = 1: Enum(Int::S32, WHICH),
        NETCONFA_FORWARDING = 2: S32,
        NETCONFA_RP_FILTER = 3: S32,
        NETCONFA_MC_FORWARDING = 4: S32,
        NETCONFA_PROXY_NEIGH = 5: S32,
        NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN = 6: S32,
        NETCONFA_INPUT = 7: S32,
        NETCONFA_BC_FORWARDING = 8: S32,
        NETCONFA_FORCE_FORWARDING = 9: S32,
    }
}

/// Settings of all links, or of those to come.
const WHICH: Names = &[
    (0xffff_ffff_ffff_ffff, "NETCONFA_IFINDEX_ALL"),
    (0xffff_ffff_ffff_fffe, "NETCONFA_IFINDEX_DEFAULT"),
];
