//! The recorded exchanges that annotations are tried on, and the places in them.

use super::annotated;
use netlink_raw::annotate::{Conversation, Item};
use netlink_raw::transport::Direction;
use std::path::Path;

/// A recorded exchange.
pub struct Seed {
    /// Its file.
    pub name: String,
    /// Its `NETLINK_*` protocol.
    pub protocol: u16,
    /// Its datagrams.
    pub datagrams: Vec<(Direction, Vec<u8>)>,
}

impl Seed {
    /// Tells what is in each datagram.
    pub fn read(&self, each: &mut dyn FnMut(&[Item<'_>])) {
        let mut talk = Conversation::new(self.protocol);
        for (direction, datagram) in &self.datagrams {
            each(&annotated::items(&mut talk, *direction, datagram));
        }
    }
}

/// Those whose names begin so.
pub fn recorded(prefix: &str) -> Vec<Seed> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/annotate");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(seeds).expect("the seeds") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if name.starts_with(prefix) {
            let bytes = std::fs::read(&path).expect("a seed");
            all.push(seed(name.into_owned(), &bytes));
        }
    }
    assert!(!all.is_empty(), "{prefix}");
    all
}

fn seed(name: String, bytes: &[u8]) -> Seed {
    let (protocol, mut rest) = bytes.split_first().expect("a protocol");
    let mut datagrams = Vec::new();
    while let Some((head, behind)) = rest.split_first_chunk::<3>() {
        let direction = match head[0] & 1 {
            0 => Direction::Sent,
            _ => Direction::Received,
        };
        let len = u16::from_le_bytes([head[1], head[2]]);
        let (datagram, after) = behind.split_at(len.into());
        datagrams.push((direction, datagram.to_vec()));
        rest = after;
    }
    Seed {
        name,
        protocol: u16::from(*protocol),
        datagrams,
    }
}

/// Names from the outermost group to an item.
pub fn path(items: &[Item<'_>], at: usize) -> String {
    let mut names = Vec::new();
    let mut depth = items[at].depth + 1;
    for item in items[..=at].iter().rev() {
        if item.depth < depth {
            depth = item.depth;
            names.push(item.name.to_string());
        }
    }
    names.reverse();
    names.join("/")
}

/// Says that a test is left out; a failure where every judge is asked for.
pub fn left_out(why: &str) {
    println!("left out: {why}");
    let required = std::env::var("VNET_REQUIRE_JUDGES");
    assert_ne!(required.as_deref(), Ok("1"), "{why}");
}
