//! When a world that has been made can be used: every port forwards and every end has carrier.

use crate::fabric::{Owner, Place, World};
use netlink_raw::route::link::view::BridgePort;
use netlink_raw::route::link::{GetLink, IF_OPER_UP, Link, RTEXT_FILTER_SKIP_STATS};
use netlink_raw::{Connection, Socket};
use nsenter::{NsFd, NsHandle, NsKind, visit};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(10);
/// `BR_STATE_FORWARDING`.
const FORWARDING: u8 = 3;

/// Asks for all links of the kind veth.
const VETHS: GetLink<'_> = GetLink {
    family: 0,
    index: 0,
    name: None,
    ext_mask: RTEXT_FILTER_SKIP_STATS,
    master: None,
    kind: Some(b"veth"),
    target_netnsid: None,
};

/// Waits until all of it can be used, `longest` at most, or until `stop`. False when it could not be in time.
pub(super) fn wait(
    world: &World,
    owner: &Owner,
    group: u32,
    longest: Duration,
    stop: &dyn Fn() -> bool,
) -> bool {
    let began = Instant::now();
    let Ok(mut conn) = Connection::route() else {
        return false;
    };
    while began.elapsed() < longest && !stop() {
        if outside(&mut conn, world, group).unwrap_or(false) && inside(world, owner) {
            return true;
        }
        thread::sleep(LOOK);
    }
    false
}

/// The links in our own namespace. Carrier here is carrier at the other end.
fn outside(conn: &mut Connection<Socket>, world: &World, group: u32) -> Option<bool> {
    let ends = world.links.iter().flat_map(|link| &link.ends);
    let wanted = ends.filter(|end| end.place == Place::Here).count();
    if wanted == 0 {
        return Some(true);
    }
    let links = conn.collect(&VETHS).ok()?;
    let ready = links
        .messages()
        .filter_map(|message| Link::parse(&message).ok())
        .filter(|link| link.group == Some(group) && is_ready(link))
        .count();
    Some(ready >= wanted)
}

fn is_ready(link: &Link<'_>) -> bool {
    let forwards = || match link.port_data {
        Some(data) => BridgePort::parse(data).state == Some(FORWARDING),
        None => true,
    };
    link.operstate == Some(IF_OPER_UP) && forwards()
}

/// The links between two namespaces.
fn inside(world: &World, owner: &Owner) -> bool {
    let between = world.links.iter().filter(|link| !link.is_outside());
    let firsts = between.map(|l| l.ends[0].place);
    let mut places: Vec<usize> = firsts
        .filter_map(|place| match place {
            Place::In(index) => Some(index),
            Place::Here => None,
        })
        .collect();
    places.dedup();
    let ready = AtomicUsize::new(0);
    let open = |at: usize| {
        let path = owner.store().path(&world.namespaces[places[at]].name);
        NsHandle::from_path(path, NsKind::Net).map(|ns| NsFd::Owned(ns.into_fd()))
    };
    let look = |_| {
        let all = all_up().unwrap_or(false);
        ready.fetch_add(usize::from(all), Ordering::Relaxed);
        all
    };
    let seen = visit(places.len(), 1, &open, &look);
    seen.is_ok() && ready.into_inner() == places.len()
}

/// Whether every veth of the namespace that the calling thread is in has carrier.
fn all_up() -> Option<bool> {
    let mut conn: Connection<Socket> = Connection::route().ok()?;
    let links = conn.collect(&VETHS).ok()?;
    let mut states = links
        .messages()
        .map(|message| Link::parse(&message).is_ok_and(|l| l.operstate == Some(IF_OPER_UP)));
    Some(states.all(|up| up))
}
