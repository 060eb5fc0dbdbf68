//! A TUN or TAP device.

use super::super::Show;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::Tun;
use nix::unistd::{Gid, Group, Uid, User};

/// `IFF_TUN` and `IFF_TAP` (`linux/if_tun.h`).
const TUN: u8 = 1;
const TAP: u8 = 2;

pub(super) fn tun(show: &mut Show<'_>, data: Attr<'_>) {
    let t = Tun::parse(data);
    match t.mode {
        Some(TUN) => show.word("type", "type", format_args!("tun")),
        Some(TAP) => show.word("type", "type", format_args!("tap")),
        Some(mode) => show.word("type", "type", format_args!("UNKNOWN:{mode}")),
        None => {}
    }
    show.on_off("pi", "pi", t.packet_info);
    show.on_off("vnet_hdr", "vnet_hdr", t.vnet_hdr);
    let multi_queue = t.multi_queue.unwrap_or(0) != 0;
    show.out.json("multi_queue", multi_queue);
    if multi_queue {
        show.out.text("multi_queue ");
        show.number("numqueues", "numqueues", t.num_queues);
        show.number("numdisabled", "numdisabled", t.num_disabled_queues);
    }
    show.on_off("persist", "persist", t.persist);
    if let Some(id) = t.owner {
        let user = User::from_uid(Uid::from_raw(id)).ok().flatten();
        show.who("user", id, user.map(|user| user.name));
    }
    if let Some(id) = t.group {
        let group = Group::from_gid(Gid::from_raw(id)).ok().flatten();
        show.who("group", id, group.map(|group| group.name));
    }
}

impl Show<'_> {
    /// A user or a group by its name, or by its number when it has none.
    fn who(&mut self, key: &str, id: u32, name: Option<String>) {
        match name.as_deref() {
            Some(name) => self.out.field(key, name, (key, " ", name, " ")),
            None => self.out.field(key, id, (key, " ", id, " ")),
        }
    }
}
