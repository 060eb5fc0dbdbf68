//! Every typed request, made from a seed, written, walked by the schema, and read back as the same.

mod link;
mod neigh;
mod route;
mod small;
mod vlan;

use super::seed::Seed;
use super::walk::walk;
use netlink_raw::Message;
use netlink_raw::decode::{Attrs, MessageRef, Messages};
use netlink_raw::encode::Batch;
use zerocopy::FromBytes;

const BRIDGE: u8 = libc::AF_BRIDGE as u8;

/// A request of the seed's choice, written and read back.
pub fn check(seed: &mut Seed<'_>) {
    let which = seed.value::<u8>();
    ALL[usize::from(which) % ALL.len()](seed);
}

/// Each of them.
pub const ALL: [fn(&mut Seed<'_>); 16] = [
    link::link,
    link::veth,
    link::small_link,
    link::properties,
    neigh::neighbour,
    neigh::get_neighbours,
    neigh::fdb,
    route::route,
    route::get_routes,
    small::address,
    small::get_addresses,
    small::nsid,
    small::stats,
    vlan::port_vlan,
    vlan::vlan_db,
    vlan::global_vlan,
];

/// Writes it, into a buffer that is full of something else; the tables know all of it.
fn written(message: &dyn Message, f: impl FnOnce(MessageRef<'_>)) {
    let mut buf = vec![0xaa; 8 * 1024];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, 1, 7).expect("enough room, and no NUL");
    let bytes = batch.as_bytes();
    assert_eq!(bytes.len() % 4, 0);
    let mut messages = Messages::new(bytes);
    let read = messages.next().expect("one").expect("whole");
    assert!(messages.next().is_none());
    assert_eq!(read.header.kind, message.kind());
    assert_eq!(read.header.flags, message.flags() | 1);
    assert_eq!(walk(read).faults, [""; 0]);
    f(read);
}

fn get<T: FromBytes>(attrs: &Attrs<'_>, number: u16) -> Option<T> {
    let attr = attrs.clone().find(number)?;
    Some(attr.read().expect("the size that was written"))
}

fn string<'a>(attrs: &Attrs<'a>, number: u16) -> Option<&'a [u8]> {
    attrs.clone().find(number).map(|a| a.c_str())
}

/// Each of these fields is the same in both.
macro_rules! same {
    ($request:expr, $view:expr, $($field:ident),* $(,)?) => {
        $(assert_eq!($request.$field, $view.$field, stringify!($field));)*
    };
}
use same;
