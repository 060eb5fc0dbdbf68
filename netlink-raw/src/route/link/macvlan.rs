//! macvlan and macvtap: links with an address of their own on a link below.

use super::options::options;
use crate::encode::AttrWriter;
use crate::schema::kinds::*;

options! {
    /// Settings of a MACVLAN or MACVTAP link.
    pub MacvlanOptions<'a> {
        /// `MACVLAN_MODE_*`: one bit.
        mode: u32 as Host = IFLA_MACVLAN_MODE,
        /// `MACVLAN_FLAG_*`.
        flags: u16 as Host = IFLA_MACVLAN_FLAGS,
        /// What to do with the addresses of mode `source` (`MACVLAN_MACADDR_*`).
        macaddr_mode: u32 as Host = IFLA_MACVLAN_MACADDR_MODE,
        /// The one address to add or remove.
        macaddr: [u8; 6] as Host = IFLA_MACVLAN_MACADDR,
        /// Broadcast and multicast packets that may wait.
        bc_queue_len: u32 as Host = IFLA_MACVLAN_BC_QUEUE_LEN,
        /// Receivers from which on a multicast packet waits in that queue; -1 is never (Linux 6.4).
        bc_cutoff: i32 as Host = IFLA_MACVLAN_BC_CUTOFF,
    }
    extra {
        /// All addresses of mode `source`, for `MACVLAN_MACADDR_SET`.
        macaddrs: Option<&'a [[u8; 6]]>,
    } macaddrs
}

/// `MACVLAN_MODE_PRIVATE`: never speaks to others on the same link.
pub const MACVLAN_MODE_PRIVATE: u32 = 1;
/// `MACVLAN_MODE_VEPA`: speaks to them through a switch outside.
pub const MACVLAN_MODE_VEPA: u32 = 2;
/// `MACVLAN_MODE_BRIDGE`: speaks to them directly.
pub const MACVLAN_MODE_BRIDGE: u32 = 4;
/// `MACVLAN_MODE_PASSTHRU`: takes over the link below.
pub const MACVLAN_MODE_PASSTHRU: u32 = 8;
/// `MACVLAN_MODE_SOURCE`: takes packets from some addresses only.
pub const MACVLAN_MODE_SOURCE: u32 = 16;
/// `MACVLAN_FLAG_NOPROMISC`: the link below stays out of promiscuous mode.
pub const MACVLAN_FLAG_NOPROMISC: u16 = 1;
/// `MACVLAN_FLAG_NODST`: mode `source` does not look at the destination.
pub const MACVLAN_FLAG_NODST: u16 = 2;
/// `MACVLAN_MACADDR_ADD`.
pub const MACVLAN_MACADDR_ADD: u32 = 0;
/// `MACVLAN_MACADDR_DEL`.
pub const MACVLAN_MACADDR_DEL: u32 = 1;
/// `MACVLAN_MACADDR_FLUSH`.
pub const MACVLAN_MACADDR_FLUSH: u32 = 2;
/// `MACVLAN_MACADDR_SET`.
pub const MACVLAN_MACADDR_SET: u32 = 3;

fn macaddrs(options: &MacvlanOptions<'_>, w: &mut AttrWriter<'_>) {
    if let Some(all) = options.macaddrs {
        w.nest(IFLA_MACVLAN_MACADDR_DATA, |w| {
            for address in all {
                w.put(IFLA_MACVLAN_MACADDR, *address);
            }
        });
    }
}
