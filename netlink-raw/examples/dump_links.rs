//! Lists the links of this network namespace: `cargo run -p netlink-raw --example dump_links`.

use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::{Connection, Dumped};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Connection::route()?;
    let mut failed = None;
    let dumped = conn.dump(&GetLink::all(), |message| match Link::parse(&message) {
        Ok(link) => {
            let name = String::from_utf8_lossy(link.name.unwrap_or_default());
            let kind = String::from_utf8_lossy(link.kind.unwrap_or(b"-"));
            let mtu = link.mtu.unwrap_or_default();
            println!("{:>4} {name:<15} mtu {mtu:<6} kind {kind}", link.index);
        }
        Err(e) => failed = Some(e),
    })?;
    if dumped == Dumped::Interrupted {
        eprintln!("links came or went meanwhile: the list may be incomplete");
    }
    failed.map_or(Ok(()), |e| Err(e.into()))
}
