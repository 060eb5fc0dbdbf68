//! A VRF device (`IFLA_VRF_*`) and a port of one (`IFLA_VRF_PORT_*`).

use super::view;
use crate::schema::kinds::*;

view! {
    /// What a VRF device is set to.
    pub struct Vrf<'a> {
        /// Routing table.
        table: u32 = IFLA_VRF_TABLE,
    }
}

view! {
    /// A port of a VRF device.
    pub struct VrfPort<'a> {
        /// Routing table.
        table: u32 = IFLA_VRF_PORT_TABLE,
    }
}
