//! What does it cost to write a request? From plain values to the bytes in a buffer that is there.

use criterion::{Criterion, Throughput};
use netlink_raw::Message;
use netlink_raw::encode::Batch;
use netlink_raw::route::addr::AddressRequest;
use netlink_raw::route::link::{BridgeOptions, GetLink, Kind, LinkRequest, Netns, Peer};
use netlink_raw::route::neigh::{NUD_PERMANENT, NeighbourRequest};
use netlink_raw::route::route::{
    Gateway, NewRoute, RT_TABLE_MAIN, RTN_UNICAST, RTPROT_BOOT, RouteSpec,
};
use std::fs::File;
use std::hint::black_box;
use std::net::Ipv4Addr;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;
use vnet_benches::{Comparison, Work};

const AF_INET: u8 = 2;
const IFF_UP: u32 = 1;
/// `NLM_F_REQUEST` and `NLM_F_ACK`.
const FLAGS: u16 = 5;
/// Veths in the datagram of many.
const MANY: u64 = 64;

/// What a veth is to be.
struct Cable<'a> {
    name: &'a [u8],
    peer: &'a [u8],
    namespace: BorrowedFd<'a>,
    master: u32,
    group: u32,
}

/// Hands over the complete veth: both names, the other end's namespace, a master and a group.
#[inline]
fn with_veth<R>(cable: &Cable<'_>, f: impl FnOnce(&LinkRequest<'_>) -> R) -> R {
    let end = LinkRequest {
        name: Some(cable.peer),
        netns: Some(Netns::Fd(cable.namespace)),
        ..LinkRequest::default()
    };
    f(&LinkRequest {
        name: Some(cable.name),
        master: Some(cable.master),
        group: Some(cable.group),
        flags: IFF_UP,
        change: IFF_UP,
        ..LinkRequest::create(Kind::Veth(Peer(&end)))
    })
}

/// Writes it; returns the length of the datagram, which is never 0.
fn encode(message: &dyn Message, buf: &mut [u8], times: u64) -> usize {
    let mut batch = Batch::new(buf);
    for seq in 0..times {
        if batch.push(message, FLAGS, seq as u32).is_err() {
            return 0;
        }
    }
    black_box(batch.as_bytes()).len()
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let namespace = File::open("/proc/self/ns/net").expect("a network namespace");
    let cable = Cable {
        name: b"h123",
        peer: b"eth0",
        namespace: namespace.as_fd(),
        master: 7,
        group: 77,
    };
    let table = Comparison::new("encode", "message");
    let mut buf = vec![0; 16 * 1024];
    let mut group = criterion.benchmark_group("encode");
    let mut bench = |name: &str, items: u64, call: &mut dyn FnMut(&mut [u8]) -> usize| {
        let bytes = call(&mut buf) as u64;
        assert!(bytes > 0, "{name} does not fit");
        let row = format!("{name}, {} bytes", bytes / items);
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(name, |b| {
            b.iter_custom(|calls| {
                table.time(&row, Work { items, bytes }, calls, || {
                    black_box(call(black_box(&mut buf)));
                })
            });
        });
    };

    with_veth(&cable, |veth| {
        bench("veth", 1, &mut |buf| encode(black_box(veth), buf, 1));
        let many = &mut |buf: &mut [u8]| encode(black_box(veth), buf, MANY);
        bench("veth of 64 in a datagram", MANY, many);
    });
    bench("veth, built and written", 1, &mut |buf| {
        with_veth(black_box(&cable), |veth| {
            let mut batch = Batch::new(buf);
            let written = batch.push(veth, FLAGS, 1).is_ok();
            black_box(batch.as_bytes()).len() * usize::from(written)
        })
    });
    let options = BridgeOptions {
        forward_delay: Some(0),
        stp_state: Some(0),
        ..BridgeOptions::default()
    };
    let route = NewRoute::add(RouteSpec {
        family: AF_INET,
        table: RT_TABLE_MAIN,
        protocol: RTPROT_BOOT,
        kind: RTN_UNICAST,
        oif: Some(2),
        gateway: Some(Gateway::Same(Ipv4Addr::new(10, 100, 0, 1).into())),
        ..RouteSpec::default()
    });
    let messages: [(&str, &dyn Message); 6] = [
        (
            "bridge",
            &LinkRequest {
                name: Some(b"br0"),
                ..LinkRequest::create(Kind::Bridge(&options))
            },
        ),
        (
            "link up",
            &LinkRequest {
                flags: IFF_UP,
                change: IFF_UP,
                ..LinkRequest::change(2)
            },
        ),
        (
            "address",
            &AddressRequest::create(2, Ipv4Addr::new(10, 100, 0, 2).into(), 16),
        ),
        ("route", &route),
        (
            "neighbour",
            &NeighbourRequest {
                family: AF_INET,
                index: 2,
                state: NUD_PERMANENT,
                destination: Some(Ipv4Addr::new(10, 100, 0, 3).into()),
                lladdr: Some(&[2, 0, 0, 0, 0, 3]),
                ..NeighbourRequest::default()
            },
        ),
        ("get link", &GetLink::by_name(b"eth0")),
    ];
    for (name, message) in messages {
        bench(name, 1, &mut |buf| encode(black_box(message), buf, 1));
    }
    group.finish();
    println!("{table}");
    criterion.final_summary();
}
