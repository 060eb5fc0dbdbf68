//! Encoding and decoding take no memory from the allocator.

use allocation_counter::measure;
use netlink_raw::Message;
use netlink_raw::decode::Messages;
use netlink_raw::encode::Batch;
use netlink_raw::route::addr::{Address, AddressRequest};
use netlink_raw::route::link::{Kind, Link, LinkRequest, Netns, Peer, VxlanOptions};
use netlink_raw::route::neigh::{Neighbour, NeighbourRequest};
use netlink_raw::route::route::{Gateway, Metric, NewRoute, NextHop, Route, RouteSpec};
use std::fs::File;
use std::hint::black_box;
use std::os::fd::AsFd;

/// The complete veth: two names, the other end's namespace by descriptor, a master and a group.
fn with_veth(f: impl FnOnce(&LinkRequest<'_>)) {
    let namespace = File::open("/proc/self/ns/net").expect("a network namespace");
    let end = LinkRequest {
        name: Some(b"peer0"),
        netns: Some(Netns::Fd(namespace.as_fd())),
        ..LinkRequest::default()
    };
    f(&LinkRequest {
        name: Some(b"host0"),
        master: Some(3),
        group: Some(7),
        ..LinkRequest::create(Kind::Veth(Peer(&end)))
    });
}

/// Bytes of a message, and how often writing it allocated.
fn encoded(message: &dyn Message, buf: &mut [u8]) -> (usize, u64) {
    let mut len = 0;
    let taken = measure(|| {
        let mut batch = Batch::new(buf);
        if batch.push(black_box(message), 5, 1).is_ok() {
            len = black_box(batch.as_bytes()).len();
        }
    });
    (len, taken.count_total)
}

#[test]
fn the_counter_counts() {
    let taken = measure(|| drop(black_box(vec![0u8; 32])));
    assert_eq!((taken.count_total, taken.bytes_total), (1, 32));
}

#[test]
fn a_veth_is_written_without_allocation() {
    let mut buf = [0; 256];
    with_veth(|veth| assert_eq!(encoded(veth, &mut buf), (120, 0)));
    // Through a batch of many, too: 34 of them fit, and the one that does not is no reason for one.
    let mut many = [0; 4096];
    with_veth(|veth| {
        let taken = measure(|| {
            let mut batch = Batch::new(&mut many);
            while batch.push(black_box(veth), 5, 1).is_ok() {}
            assert_eq!((batch.count(), batch.as_bytes().len()), (34, 34 * 120));
        });
        assert_eq!(taken.count_total, 0);
    });
    // Nor is a buffer that is too small.
    with_veth(|veth| assert_eq!(encoded(veth, &mut buf[..100]), (0, 0)));
}

#[test]
fn common_requests_are_written_and_read_without_allocation() {
    let vxlan = VxlanOptions {
        id: Some(42),
        remote: Some([192, 0, 2, 9].into()),
        ..VxlanOptions::default()
    };
    let link = LinkRequest::create(Kind::Vxlan(&vxlan));
    let address = AddressRequest::create(3, [10, 0, 0, 1].into(), 24);
    let legs = [NextHop {
        gateway: Some(Gateway::Same([10, 0, 0, 2].into())),
        ..NextHop::default()
    }; 4];
    let mut route = RouteSpec {
        nexthops: &legs,
        ..RouteSpec::default()
    };
    route.metrics.set(Metric::Mtu, 1400);
    let route = NewRoute::add(route);
    let neighbour = NeighbourRequest {
        lladdr: Some(&[2, 0, 0, 0, 0, 1]),
        ..NeighbourRequest::default()
    };
    let mut buf = [0; 1024];
    let all: [&dyn Message; 4] = [&link, &address, &route, &neighbour];
    for (number, message) in all.into_iter().enumerate() {
        let (len, count) = encoded(message, &mut buf);
        assert_eq!((len > 16, count), (true, 0), "{number}");
    }

    let taken = measure(|| {
        let mut batch = Batch::new(&mut buf);
        for message in all {
            batch.push(message, 5, 1).expect("room for all");
        }
        let mut seen = 0;
        for message in Messages::new(batch.as_bytes()).flatten() {
            seen += usize::from(match message.header.kind {
                16 => Link::parse(&message).is_ok_and(|l| l.kind == Some(b"vxlan")),
                20 => Address::parse(&message).is_ok_and(|a| a.index == 3),
                24 => Route::parse(&message).is_ok_and(|r| r.legs().count() == 4),
                _ => Neighbour::parse(&message).is_ok_and(|n| n.lladdr.is_some()),
            });
        }
        assert_eq!(seen, 4);
    });
    assert_eq!(taken.count_total, 0);
}
