//! vlan: a link for one VLAN of the link below.

use super::options::options;
use crate::encode::AttrWriter;
use crate::schema::kinds::*;
use crate::wire::{VlanFlags, VlanQosMapping};

options! {
    /// Settings of a VLAN link.
    pub VlanOptions<'a> {
        /// VLAN id, 0 to 4095.
        id: u16 as Host = IFLA_VLAN_ID,
        /// EtherType of its tags, in host byte order: `0x8100` or `0x88a8`.
        protocol: u16 as Be16 = IFLA_VLAN_PROTOCOL,
        /// Which `VLAN_FLAG_*` to turn on or off.
        flags: VlanFlags as Host = IFLA_VLAN_FLAGS,
    }
    extra {
        /// Priority in the tag to priority in the kernel.
        ingress: Option<&'a [VlanQosMapping]>,
        /// Priority in the kernel to priority in the tag.
        egress: Option<&'a [VlanQosMapping]>,
    } mappings
}

/// `VLAN_FLAG_REORDER_HDR`: packets look as if they had no tag.
pub const VLAN_FLAG_REORDER_HDR: u32 = 1;
/// `VLAN_FLAG_GVRP`: register the VLAN by GVRP.
pub const VLAN_FLAG_GVRP: u32 = 2;
/// `VLAN_FLAG_LOOSE_BINDING`: its state is not that of the link below.
pub const VLAN_FLAG_LOOSE_BINDING: u32 = 4;
/// `VLAN_FLAG_MVRP`: register the VLAN by MVRP.
pub const VLAN_FLAG_MVRP: u32 = 8;
/// `VLAN_FLAG_BRIDGE_BINDING`: its state is that of the bridge's ports in the VLAN.
pub const VLAN_FLAG_BRIDGE_BINDING: u32 = 16;

fn mappings(options: &VlanOptions<'_>, w: &mut AttrWriter<'_>) {
    for (attr, list) in [
        (IFLA_VLAN_INGRESS_QOS, options.ingress),
        (IFLA_VLAN_EGRESS_QOS, options.egress),
    ] {
        let Some(list) = list else { continue };
        w.nest(attr, |w| {
            for mapping in list {
                w.put(IFLA_VLAN_QOS_MAPPING, *mapping);
            }
        });
    }
}
