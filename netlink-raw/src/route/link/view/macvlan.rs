//! A MACVLAN or MACVTAP device (`IFLA_MACVLAN_*`).

use super::view;
use crate::decode::Attr;
use crate::schema::kinds::*;

view! {
    /// What a macvlan is set to.
    pub struct Macvlan<'a> {
        /// `MACVLAN_MODE_*`: 1 private, 2 VEPA, 4 bridge, 8 passthru, 16 source.
        mode: u32 = IFLA_MACVLAN_MODE,
        /// `MACVLAN_FLAG_*`.
        flags: u16 = IFLA_MACVLAN_FLAGS,
        /// Number of source addresses, in mode source.
        source_count: u32 = IFLA_MACVLAN_MACADDR_COUNT,
        /// The source addresses: see [`sources`](Macvlan::sources).
        source_data: Attr<'a> = IFLA_MACVLAN_MACADDR_DATA,
        /// Length wished for of the queue of broadcasts, packets.
        bc_queue_len: u32 = IFLA_MACVLAN_BC_QUEUE_LEN,
        /// Its length, packets.
        bc_queue_len_used: u32 = IFLA_MACVLAN_BC_QUEUE_LEN_USED,
        /// From how many receivers on broadcasts are queued.
        bc_cutoff: i32 = IFLA_MACVLAN_BC_CUTOFF,
    }
}

impl<'a> Macvlan<'a> {
    /// The source addresses, in mode source.
    pub fn sources(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.source_data
            .into_iter()
            .flat_map(|data| data.nested().valid())
            .filter(|attr| attr.kind == IFLA_MACVLAN_MACADDR)
            .map(|attr| attr.value)
    }
}
