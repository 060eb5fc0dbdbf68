//! What does it cost to read a dump? 1,000 links, routes and addresses of the real kernel, from bytes to values.
//!
//! `VNET_DUMP=FILE` names another dump of links: its messages, one behind the other.

use criterion::{Criterion, Throughput};
use netlink_raw::decode::{MessageRef, Messages};
use netlink_raw::route::addr::Address;
use netlink_raw::route::link::view::{AfSpec, Xdp};
use netlink_raw::route::link::{Brief, Link};
use netlink_raw::route::route::Route;
use netlink_raw::wire::IfInfoMsg;
use std::hint::black_box;
use std::time::Duration;
use vnet_benches::dump::{self, Dump};
use vnet_benches::{Comparison, Work, world};

/// One way of reading a message. Whether it could be read as a whole.
type Read = fn(&MessageRef<'_>) -> bool;

/// Headers and attributes found, no value read.
fn frames(message: &MessageRef<'_>) -> bool {
    let Ok((head, mut attrs)) = message.split::<IfInfoMsg>() else {
        return false;
    };
    black_box(head);
    attrs.all(|attr| black_box(attr).is_ok())
}

fn brief(message: &MessageRef<'_>) -> bool {
    black_box(Brief::parse(message)).is_ok_and(|link| link.name.is_some())
}

fn link(message: &MessageRef<'_>) -> bool {
    black_box(Link::parse(message)).is_ok_and(|link| link.malformed.count == 0)
}

/// Every attribute that the kernel sends of a veth has its type, those in nests too; and each number of the
/// arrays of sysctls and counters, which a view leaves where they are, is read.
fn everything(message: &MessageRef<'_>) -> bool {
    let Ok(link) = Link::parse(message) else {
        return false;
    };
    let xdp = link.xdp.map(Xdp::parse);
    let families = link.af_spec.map(AfSpec::parse);
    let mut bad = link.malformed.count;
    if let Some(families) = &families {
        let inet = families
            .inet
            .as_ref()
            .map(|inet| (inet.conf, inet.malformed));
        let inet6 = families.inet6.as_ref();
        let conf = inet6.and_then(|inet6| inet6.conf);
        for conf in [inet.and_then(|inet| inet.0), conf].into_iter().flatten() {
            black_box(conf.iter().fold(0, |sum: i32, n| sum.wrapping_add(n.get())));
        }
        let stats = inet6.and_then(|inet6| inet6.stats);
        let icmp6 = inet6.and_then(|inet6| inet6.icmp6_stats);
        for stats in [stats, icmp6].into_iter().flatten() {
            black_box(
                stats
                    .iter()
                    .fold(0, |sum: u64, n| sum.wrapping_add(n.get())),
            );
        }
        bad += families.malformed.count;
        bad += inet.map_or(0, |inet| inet.1.count);
        bad += inet6.map_or(0, |inet6| inet6.malformed.count);
    }
    bad += xdp.as_ref().map_or(0, |xdp| xdp.malformed.count);
    black_box((&link, &families, &xdp));
    bad == 0
}

fn route(message: &MessageRef<'_>) -> bool {
    black_box(Route::parse(message)).is_ok_and(|route| route.malformed.count == 0)
}

fn address(message: &MessageRef<'_>) -> bool {
    black_box(Address::parse(message)).is_ok_and(|address| address.malformed.count == 0)
}

fn decode(
    criterion: &mut Criterion,
    (what, many): (&str, &str),
    dump: &Dump,
    ways: &[(&str, Read)],
) {
    let bytes = dump.bytes.as_slice();
    let (items, len) = (dump.messages, bytes.len() as u64);
    let title = format!("decode a dump of {items} {many}, {len} bytes");
    let table = Comparison::new(&title, what);
    let mut group = criterion.benchmark_group(format!("decode {many}"));
    group.throughput(Throughput::Bytes(len));
    for (name, read) in ways {
        let all = Messages::new(bytes).flatten().all(|m| read(&m));
        assert!(all, "{what}: {name}: some could not be read");
        group.bench_function(*name, |b| {
            b.iter_custom(|calls| {
                let work = Work { items, bytes: len };
                table.time(name, work, calls, || {
                    let messages = Messages::new(black_box(bytes));
                    black_box(messages.flatten().filter(|m| read(m)).count());
                })
            });
        });
    }
    group.finish();
    println!("{table}");
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    world::enter().expect("namespaces of their own");
    let links = dump::links().expect("a dump of links");
    let ways: [(&str, Read); 4] = [
        ("every attribute typed", everything),
        ("the link's own attributes typed", link),
        ("name, index and flags", brief),
        ("frames only", frames),
    ];
    decode(&mut criterion, ("link", "links"), &links, &ways);
    let routes = dump::routes().expect("a dump of routes");
    decode(
        &mut criterion,
        ("route", "routes"),
        &routes,
        &[("every attribute typed", route)],
    );
    let addresses = dump::addresses().expect("a dump of addresses");
    decode(
        &mut criterion,
        ("address", "addresses"),
        &addresses,
        &[("every attribute typed", address)],
    );
    criterion.final_summary();
}
