//! What does a veth between two namespaces cost? Created in place or moved, by many a datagram, into a bridge or not.

use criterion::{Criterion, SamplingMode};
use netlink_raw::Connection;
use std::time::{Duration, Instant};
use vnet_benches::veth::{self, Veths};
use vnet_benches::{Comparison, Work, world};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    world::enter().expect("namespaces of their own");
    let mut here = Connection::route().expect("a socket");
    let (there, _) = world::namespace().expect("a namespace");
    let bridge = veth::bridge(&mut here, "br0").expect("a bridge");
    let moved = Veths::default();
    let plain = Veths {
        inside: Some(&there),
        ..moved
    };
    let port = Veths {
        master: Some(bridge),
        ..plain
    };
    let one_queue = Veths {
        queues: Some(1),
        ..plain
    };
    // Name, how, pairs, of which so many a datagram, and whether the inner end is moved afterwards.
    let ways = [
        ("created here, the other end moved", moved, 4, 1, true),
        ("created in place, 1 a datagram", plain, 64, 1, false),
        ("8 a datagram", plain, 64, 8, false),
        ("64 a datagram", plain, 64, 64, false),
        ("1 a datagram, into a bridge", port, 64, 1, false),
        ("64 a datagram, into a bridge", port, 64, 64, false),
        ("64 a datagram, 1 queue each way", one_queue, 64, 64, false),
    ];
    let table = Comparison::new("veths between two namespaces", "pair");
    let mut group = criterion.benchmark_group("veth");
    group.sampling_mode(SamplingMode::Flat);
    for (name, veths, pairs, a_datagram, moving) in ways {
        let names = veth::names(pairs);
        group.bench_function(name, |b| {
            b.iter_custom(|calls| {
                let mut took = Duration::ZERO;
                for _ in 0..calls {
                    let start = Instant::now();
                    veths.make(&mut here, &names, a_datagram).expect("veths");
                    if moving {
                        veth::move_ends(&mut here, &names, &there).expect("a move");
                    }
                    took += start.elapsed();
                    veth::remove_group(&mut here).expect("the group removed");
                }
                table.note(name, Work::items(pairs.into()), calls, took)
            });
        });
    }
    group.finish();
    println!("{table}");
    criterion.final_summary();
}
