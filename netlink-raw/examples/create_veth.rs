//! Creates a veth with its other end in another network namespace, in one request:
//! `cargo run -p netlink-raw --example create_veth`, as any user. Nothing outside its own namespaces changes.

use netlink_raw::route::link::{GetLink, Kind, Link, LinkRequest, Netns, Peer};
use netlink_raw::{Connection, Socket};
use nsenter::{NsHandle, NsKind, Sandbox};
use std::os::fd::AsFd;

const IFF_UP: u32 = libc::IFF_UP as u32;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two fresh namespaces and a socket in each. A socket stays where it was opened, so that both
    // serve this one process, wherever it is.
    Sandbox::new().net().user_if_not_root().enter()?;
    let mut left = Connection::route()?;
    Sandbox::new().net().enter()?;
    let mut right = Connection::route()?;
    let right_ns = NsHandle::current(NsKind::Net)?;

    // Both ends are created where they belong: nothing is moved afterwards.
    let peer = LinkRequest {
        name: Some(b"veth1"),
        mtu: Some(1400),
        netns: Some(Netns::Fd(right_ns.as_fd())),
        ..LinkRequest::default()
    };
    left.change(&LinkRequest {
        name: Some(b"veth0"),
        mtu: Some(1400),
        flags: IFF_UP,
        change: IFF_UP,
        ..LinkRequest::create(Kind::Veth(Peer(&peer)))
    })?;

    // The other end can't be created up, for it has no peer yet at that moment.
    let index = show(&mut right, b"veth1")?;
    right.change(&LinkRequest {
        flags: IFF_UP,
        change: IFF_UP,
        ..LinkRequest::change(index)
    })?;

    show(&mut left, b"veth0")?;
    show(&mut right, b"veth1")?;
    Ok(())
}

/// Prints a link and returns its index.
fn show(conn: &mut Connection<Socket>, name: &[u8]) -> Result<i32, Box<dyn std::error::Error>> {
    conn.get(&GetLink::by_name(name), |reply| {
        let link = Link::parse(&reply)?;
        println!(
            "{}: {} up {} carrier {} mtu {} link {} in namespace {}",
            link.index,
            String::from_utf8_lossy(link.name.unwrap_or_default()),
            link.flags & IFF_UP != 0,
            link.carrier == Some(1),
            link.mtu.unwrap_or_default(),
            link.link.unwrap_or_default(),
            link.link_netnsid.unwrap_or(-1),
        );
        Ok(link.index)
    })?
}
