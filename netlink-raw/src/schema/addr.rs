//! Tables of addresses: `RTM_NEWADDR` and its kin (`linux/if_addr.h`).

use super::Value::*;
use super::attributes;

attributes! {
    /// Attributes of an address.
    pub ADDR {
        IFA_ADDRESS = 1: Ip,
        IFA_LOCAL = 2: Ip,
        IFA_LABEL = 3: Str,
        IFA_BROADCAST = 4: Ip,
        IFA_ANYCAST = 5: Ip,
        IFA_CACHEINFO = 6: Struct("ifa_cacheinfo", 16),
        IFA_MULTICAST = 7: Ip,
        IFA_FLAGS = 8: U32,
        IFA_RT_PRIORITY = 9: U32,
        IFA_TARGET_NETNSID = 10: S32,
        IFA_PROTO = 11: U8,
    }
}
