//! What does it cost to configure a namespace that is there with its link? One datagram against one a message.

use criterion::{Criterion, SamplingMode};
use netlink_raw::route::addr::{AddressRequest, DelAddress};
use netlink_raw::route::link::LinkRequest;
use netlink_raw::route::route::{
    Gateway, NewRoute, RT_TABLE_MAIN, RTN_UNICAST, RTPROT_BOOT, RouteSpec,
};
use netlink_raw::{Connection, Message};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use vnet_benches::veth::{self, Veths};
use vnet_benches::world::{self, send};
use vnet_benches::{Comparison, Work};

const AF_INET: u8 = 2;
const IFF_UP: u32 = 1;
const LO: i32 = 1;
/// Namespaces a call.
const COUNT: u32 = 16;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    world::enter().expect("namespaces of their own");
    let mut here = Connection::route().expect("a socket");
    let mut inside = Vec::new();
    for names in veth::names(COUNT).chunks(1) {
        let (there, mut conn) = world::namespace().expect("a namespace");
        let veths = Veths {
            inside: Some(&there),
            ..Veths::default()
        };
        veths.make(&mut here, names, 1).expect("a veth");
        let inner = names.first().map(|n| veth::index(&mut conn, n.inner()));
        let index = inner.and_then(Result::ok).flatten().expect("its inner end");
        inside.push((conn, index, there));
    }

    let table = Comparison::new("lo up, link up, address, default route", "namespace");
    let mut group = criterion.benchmark_group("configuration");
    group.sampling_mode(SamplingMode::Flat);
    for (name, a_datagram) in [("4 datagrams", 1), ("1 datagram", 4)] {
        group.bench_function(name, |b| {
            b.iter_custom(|calls| {
                let mut took = Duration::ZERO;
                for _ in 0..calls {
                    for (conn, index, _) in &mut inside {
                        took += configure(conn, *index, a_datagram);
                    }
                    for (conn, index, _) in &mut inside {
                        undo(conn, *index);
                    }
                }
                table.note(name, Work::items(COUNT.into()), calls, took)
            });
        });
    }
    group.finish();
    println!("{table}");
    criterion.final_summary();
}

fn up(index: i32, flags: u32) -> LinkRequest<'static> {
    LinkRequest {
        flags,
        change: IFF_UP,
        ..LinkRequest::change(index)
    }
}

fn address(index: i32) -> AddressRequest<'static> {
    AddressRequest::create(index as u32, Ipv4Addr::new(10, 100, 0, 2).into(), 16)
}

/// How long it takes.
fn configure(conn: &mut Connection, index: i32, a_datagram: usize) -> Duration {
    let (lo, link, address) = (up(LO, IFF_UP), up(index, IFF_UP), address(index));
    let route = NewRoute::add(RouteSpec {
        family: AF_INET,
        table: RT_TABLE_MAIN,
        protocol: RTPROT_BOOT,
        kind: RTN_UNICAST,
        oif: Some(index as u32),
        gateway: Some(Gateway::Same(Ipv4Addr::new(10, 100, 0, 1).into())),
        ..RouteSpec::default()
    });
    let all: [&dyn Message; 4] = [&lo, &link, &address, &route];
    let start = Instant::now();
    send(conn, &all, a_datagram).expect("a configuration");
    start.elapsed()
}

/// The route goes with the address.
fn undo(conn: &mut Connection, index: i32) {
    let (lo, link, address) = (up(LO, 0), up(index, 0), DelAddress(address(index)));
    let all: [&dyn Message; 3] = [&address, &link, &lo];
    send(conn, &all, all.len()).expect("the way back");
}
