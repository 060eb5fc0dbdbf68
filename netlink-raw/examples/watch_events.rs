//! Prints what happens to links, addresses and routes of this network namespace:
//! `cargo run -p netlink-raw --example watch_events [HOW_MANY]`, until Ctrl-C when no number is given.

use netlink_raw::decode::MessageRef;
use netlink_raw::route::link::Link;
use netlink_raw::schema::{self, RTM_DELLINK, RTM_NEWLINK};
use netlink_raw::{Connection, Error, Socket};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut left: u64 = match std::env::args().nth(1) {
        Some(number) => number.parse()?,
        None => u64::MAX,
    };
    let socket = Socket::route()?;
    // A burst of changes should find room while this prints.
    socket.enlarge()?;
    for group in [
        libc::RTNLGRP_LINK,
        libc::RTNLGRP_IPV4_IFADDR,
        libc::RTNLGRP_IPV6_IFADDR,
        libc::RTNLGRP_IPV4_ROUTE,
        libc::RTNLGRP_IPV6_ROUTE,
    ] {
        socket.join(group)?;
    }
    let mut conn = Connection::new(socket);
    while left > 0 {
        let heard = conn.events(|message, _| {
            if left > 0 {
                left -= 1;
                print(message);
            }
        });
        match heard {
            Ok(()) => {}
            // The kernel was faster: say so and go on.
            Err(Error::Overrun) => eprintln!("some events were lost"),
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

fn print(message: MessageRef<'_>) {
    let kind = message.header.kind;
    let name = schema::message(kind).map_or("?", |spec| spec.name);
    if !matches!(kind, RTM_NEWLINK | RTM_DELLINK) {
        println!("{name}, {} bytes", message.body.len());
        return;
    }
    match Link::parse(&message) {
        Ok(link) => println!(
            "{name} {}: {} flags {:#x} mtu {}",
            link.index,
            String::from_utf8_lossy(link.name.unwrap_or_default()),
            link.flags,
            link.mtu.unwrap_or_default(),
        ),
        Err(e) => eprintln!("{name}: {e}"),
    }
}
