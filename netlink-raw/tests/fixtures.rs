//! Real exchanges with Linux 6.18: read without a fault, known to the tables, and survived cut at every byte.
//!
//! The datagrams are the seeds of the fuzz targets, recorded on a little-endian machine.
#![cfg(target_endian = "little")]

mod support;

use netlink_raw::decode::{MessageRef, Messages};
use netlink_raw::exchange::NLMSG_DONE;
use netlink_raw::schema;
use std::collections::BTreeMap;
use std::path::Path;
use support::{views, walk};

/// Messages of a type that are cut: the shortest does where every step is interpreted.
const MOST: usize = if cfg!(miri) { 1 } else { usize::MAX };
/// Bytes from one cut to the next: prime to all alignments.
const STEP: usize = if cfg!(miri) { 19 } else { 1 };

fn datagrams(target: &str) -> BTreeMap<String, Vec<u8>> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let entries = std::fs::read_dir(seeds.join(target)).expect("the seeds");
    let file = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), std::fs::read(&path).expect("a seed"))
    };
    // Where every step is interpreted, the long dumps take minutes.
    let few = |(_, bytes): &(String, Vec<u8>)| !cfg!(miri) || bytes.len() < 600;
    entries.map(file).filter(few).collect()
}

fn messages(datagram: &[u8]) -> impl Iterator<Item = MessageRef<'_>> {
    Messages::new(datagram).map(|message| message.expect("a whole one"))
}

#[test]
fn what_the_kernel_says_is_read_without_a_fault() {
    let mut read = BTreeMap::new();
    for (name, datagram) in datagrams("views") {
        for message in messages(&datagram) {
            let kind = message.header.kind;
            if matches!(kind, NLMSG_DONE | schema::RTM_GETVLAN) {
                continue;
            }
            assert_eq!(views::read_by_type(&message), Some(0), "{name}: {kind}");
            *read.entry(kind).or_insert(0) += 1;
        }
    }
    use schema::*;
    for kind in [
        RTM_NEWLINK,
        RTM_NEWADDR,
        RTM_NEWROUTE,
        RTM_NEWNEIGH,
        RTM_NEWNSID,
        RTM_NEWSTATS,
        RTM_NEWVLAN,
    ] {
        assert!(read.contains_key(&kind), "{read:?}");
    }
}

#[test]
fn the_tables_know_all_that_the_kernel_says() {
    let mut attributes = 0;
    for target in ["views", "frames"] {
        for (name, datagram) in datagrams(target) {
            for message in messages(&datagram) {
                if schema::message(message.header.kind).is_none() {
                    assert!(message.header.kind <= NLMSG_DONE, "{name}");
                    continue;
                }
                let found = walk::walk(message);
                assert_eq!(found.faults, [""; 0], "{name}");
                attributes += found.attributes;
            }
        }
    }
    assert!(attributes > if cfg!(miri) { 100 } else { 1000 });
}

/// The shortest messages of each type first.
fn by_type(all: &BTreeMap<String, Vec<u8>>) -> BTreeMap<u16, Vec<MessageRef<'_>>> {
    let mut types: BTreeMap<u16, Vec<MessageRef<'_>>> = BTreeMap::new();
    for message in all.values().flat_map(|d| Messages::new(d).flatten()) {
        types.entry(message.header.kind).or_default().push(message);
    }
    for messages in types.values_mut() {
        messages.sort_by_key(|message| message.body.len());
        messages.truncate(MOST);
    }
    types
}

#[test]
fn every_view_survives_every_cut() {
    let all = datagrams("views");
    let mut cuts = 0;
    for message in by_type(&all).into_values().flatten() {
        for end in (0..message.body.len()).step_by(STEP) {
            let cut = MessageRef {
                body: &message.body[..end],
                ..message
            };
            let _ = views::read_by_type(&cut);
            let _ = views::read_with_all(&cut);
            let _ = walk::walk(cut);
            let _ = schema::locate(cut, end);
            cuts += 1;
        }
    }
    assert!(cuts > if cfg!(miri) { 20 } else { 20_000 }, "{cuts}");
}

/// A cut inside an attribute is noticed: what is read is the head of what there was, or an error.
#[test]
fn a_cut_is_noticed() {
    let all = datagrams("views");
    for message in by_type(&all).into_values().flatten() {
        let Some(spec) = schema::message(message.header.kind) else {
            continue;
        };
        let start = netlink_raw::wire::align(spec.header);
        let whole = netlink_raw::decode::Attrs::new(&message.body[start..]);
        let whole: Vec<_> = whole.map(|a| a.expect("whole")).collect();
        for end in (start..message.body.len()).step_by(STEP) {
            let mut cut = netlink_raw::decode::Attrs::new(&message.body[start..end]);
            let read: Vec<_> = cut.by_ref().map_while(Result::ok).collect();
            assert_eq!(read, whole[..read.len()]);
            assert!(cut.next().is_none(), "fused");
        }
    }
}
