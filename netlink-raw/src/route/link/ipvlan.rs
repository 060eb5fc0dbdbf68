//! ipvlan and ipvtap: links that share the link-layer address of the link below.

use super::options::options;
use crate::schema::kinds::*;

options! {
    /// Settings of an IPVLAN or IPVTAP link.
    pub IpvlanOptions {
        /// `IPVLAN_MODE_*`.
        mode: u16 as Host = IFLA_IPVLAN_MODE,
        /// `IPVLAN_F_*`; 0 is `bridge`.
        flags: u16 as Host = IFLA_IPVLAN_FLAGS,
    }
}

/// `IPVLAN_MODE_L2`.
pub const IPVLAN_MODE_L2: u16 = 0;
/// `IPVLAN_MODE_L3`.
pub const IPVLAN_MODE_L3: u16 = 1;
/// `IPVLAN_MODE_L3S`: with netfilter of the namespace below.
pub const IPVLAN_MODE_L3S: u16 = 2;
/// `IPVLAN_F_PRIVATE`: never speaks to others on the same link.
pub const IPVLAN_F_PRIVATE: u16 = 1;
/// `IPVLAN_F_VEPA`: speaks to them through a switch outside.
pub const IPVLAN_F_VEPA: u16 = 2;
