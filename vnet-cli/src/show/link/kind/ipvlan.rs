//! An IPVLAN or IPVTAP device.

use super::super::Show;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::Ipvlan;

/// `IPVLAN_F_PRIVATE` and `IPVLAN_F_VEPA` (`linux/if_link.h`).
const PRIVATE: u16 = 1;
const VEPA: u16 = 2;

pub(super) fn ipvlan(show: &mut Show<'_>, data: Attr<'_>) {
    let v = Ipvlan::parse(data);
    if let Some(mode) = v.mode {
        let name = match mode {
            0 => "l2",
            1 => "l3",
            2 => "l3s",
            _ => "unknown",
        };
        show.out.field("mode", name, (" mode ", name, " "));
    }
    if let Some(flags) = v.flags {
        let name = match flags {
            _ if flags & PRIVATE != 0 => "private",
            _ if flags & VEPA != 0 => "vepa",
            _ => "bridge",
        };
        show.out.field(name, true, (name, " "));
    }
}
