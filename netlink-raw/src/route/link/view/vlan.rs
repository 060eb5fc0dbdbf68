//! A VLAN device (`IFLA_VLAN_*`).

use super::{be16, view};
use crate::decode::Attr;
use crate::schema::kinds::*;
use crate::wire::{VlanFlags, VlanQosMapping};

view! {
    /// What a VLAN device is set to.
    pub struct Vlan<'a> {
        /// VLAN id.
        id: u16 = IFLA_VLAN_ID,
        /// `VLAN_FLAG_*`.
        flags: VlanFlags = IFLA_VLAN_FLAGS,
        /// Ethernet type of the tag.
        protocol: u16 = IFLA_VLAN_PROTOCOL by be16,
        /// From packet priority to tag priority: see [`egress`](Vlan::egress).
        egress_qos: Attr<'a> = IFLA_VLAN_EGRESS_QOS,
        /// From tag priority to packet priority: see [`ingress`](Vlan::ingress).
        ingress_qos: Attr<'a> = IFLA_VLAN_INGRESS_QOS,
    }
}

impl<'a> Vlan<'a> {
    /// From packet priority to tag priority.
    pub fn egress(&self) -> impl Iterator<Item = VlanQosMapping> + use<'a> {
        mappings(self.egress_qos)
    }

    /// From tag priority to packet priority.
    pub fn ingress(&self) -> impl Iterator<Item = VlanQosMapping> + use<'a> {
        mappings(self.ingress_qos)
    }
}

fn mappings(nest: Option<Attr<'_>>) -> impl Iterator<Item = VlanQosMapping> {
    nest.into_iter()
        .flat_map(|nest| nest.nested().valid())
        .filter(|attr| attr.kind == IFLA_VLAN_QOS_MAPPING)
        .filter_map(|attr| attr.read().ok())
}
