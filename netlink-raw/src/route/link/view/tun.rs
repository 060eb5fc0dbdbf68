//! A TUN or TAP device (`IFLA_TUN_*`).

use super::view;
use crate::schema::kinds::*;

view! {
    /// What a TUN or TAP device is set to.
    pub struct Tun<'a> {
        /// Who may attach to it: a user id.
        owner: u32 = IFLA_TUN_OWNER,
        /// Who may attach to it: a group id.
        group: u32 = IFLA_TUN_GROUP,
        /// `IFF_TUN` (1) or `IFF_TAP` (2).
        mode: u8 = IFLA_TUN_TYPE,
        /// Packets come with protocol information.
        packet_info: u8 = IFLA_TUN_PI,
        /// Packets come with a virtio header.
        vnet_hdr: u8 = IFLA_TUN_VNET_HDR,
        /// It stays when its last user goes.
        persist: u8 = IFLA_TUN_PERSIST,
        /// It has several queues.
        multi_queue: u8 = IFLA_TUN_MULTI_QUEUE,
        /// How many of them are in use.
        num_queues: u32 = IFLA_TUN_NUM_QUEUES,
        /// How many are attached but not in use.
        num_disabled_queues: u32 = IFLA_TUN_NUM_DISABLED_QUEUES,
    }
}
