//! An IPVLAN or IPVTAP device (`IFLA_IPVLAN_*`).

use super::view;
use crate::schema::kinds::*;

view! {
    /// What an ipvlan is set to.
    pub struct Ipvlan<'a> {
        /// `IPVLAN_MODE_*`: 0 l2, 1 l3, 2 l3s.
        mode: u16 = IFLA_IPVLAN_MODE,
        /// `IPVLAN_F_*`: 1 private, 2 VEPA; 0 is bridge.
        flags: u16 = IFLA_IPVLAN_FLAGS,
    }
}
