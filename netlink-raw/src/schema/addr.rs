//! Tables of addresses: `RTM_NEWADDR` and its kin (`linux/if_addr.h`).

use super::Value::*;
use super::common::*;
use super::{Int, Names, attributes, layouts};

attributes! {
    /// Attributes of an address.
    pub ADDR {
        IFA_ADDRESS = 1: Ip,
        IFA_LOCAL = 2: Ip,
        IFA_LABEL = 3: Str,
        IFA_BROADCAST = 4: Ip,
        IFA_ANYCAST = 5: Ip,
        IFA_CACHEINFO = 6: Record(&CACHEINFO),
        IFA_MULTICAST = 7: Ip,
        IFA_FLAGS = 8: Bits(Int::U32, ADDRESS_FLAGS),
        IFA_RT_PRIORITY = 9: U32,
        IFA_TARGET_NETNSID = 10: S32,
        IFA_PROTO = 11: Enum(Int::U8, ADDRESS_PROTOCOLS),
    }
}

attributes! {
    /// A label of addresses (`linux/if_addrlabel.h`).
    pub ADDRLABEL {
        IFAL_ADDRESS = 1: Ip,
        IFAL_LABEL = 2: U32,
    }

    /// A prefix that a router told of (`linux/rtnetlink.h`).
    pub PREFIX {
        PREFIX_ADDRESS = 1: Ip,
        PREFIX_CACHEINFO = 2: Record(&PREFIX_CACHEINFO_LAYOUT),
    }

    /// An option of neighbour discovery (`linux/rtnetlink.h`).
    pub NDUSEROPT {
        NDUSEROPT_SRCADDR = 1: Ip,
    }
}

layouts! {
    /// Lifetimes of an address.
    pub CACHEINFO = "ifa_cacheinfo" {
        ifa_prefered: U32,
        ifa_valid: U32,
        cstamp: U32,
        tstamp: U32,
    }
    /// Lifetimes of a prefix.
    pub PREFIX_CACHEINFO_LAYOUT = "prefix_cacheinfo" {
        preferred_time: U32,
        valid_time: U32,
    }
}

/// Who made an address (`linux/if_addr.h`).
const ADDRESS_PROTOCOLS: Names = &[
    (0, "IFAPROT_UNSPEC"),
    (1, "IFAPROT_KERNEL_LO"),
    (2, "IFAPROT_KERNEL_RA"),
    (3, "IFAPROT_KERNEL_LL"),
];
