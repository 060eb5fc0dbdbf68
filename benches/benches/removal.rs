//! What does it cost to take veths down? One by one, by group, or with the namespace that the other ends are in.

use criterion::{Criterion, SamplingMode};
use netlink_raw::Connection;
use nsenter::NsHandle;
use std::time::{Duration, Instant};
use vnet_benches::veth::{self, Names, Veths};
use vnet_benches::{Comparison, Result, Work, world};

/// One way of removing these pairs, whose inner ends are in that namespace.
type Remove = fn(&mut Connection, &[Names], NsHandle) -> Result<()>;

fn each(here: &mut Connection, names: &[Names], _: NsHandle) -> Result<()> {
    veth::remove_each(here, names)
}

fn by_group(here: &mut Connection, _: &[Names], _: NsHandle) -> Result<()> {
    veth::remove_group(here)
}

/// Nobody holds the namespace any more; the kernel destroys it in the background, and its links with it.
fn by_namespace(here: &mut Connection, names: &[Names], there: NsHandle) -> Result<()> {
    drop(there);
    veth::wait_until_gone(here, names)
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    world::enter().expect("namespaces of their own");
    let mut here = Connection::route().expect("a socket");
    let ways: [(&str, u32, Remove); 5] = [
        ("8 pairs one by one", 8, each),
        ("8 pairs by group", 8, by_group),
        ("64 pairs by group", 64, by_group),
        ("8 pairs by namespace", 8, by_namespace),
        ("64 pairs by namespace", 64, by_namespace),
    ];
    let table = Comparison::new("veths taken down, to the last being gone", "pair");
    let mut group = criterion.benchmark_group("removal");
    group.sampling_mode(SamplingMode::Flat);
    for (name, pairs, remove) in ways {
        let names = veth::names(pairs);
        group.bench_function(name, |b| {
            b.iter_custom(|calls| {
                let mut took = Duration::ZERO;
                for _ in 0..calls {
                    let (there, _) = world::namespace().expect("a namespace");
                    let veths = Veths {
                        inside: Some(&there),
                        ..Veths::default()
                    };
                    veths.make(&mut here, &names, 64).expect("veths");
                    let start = Instant::now();
                    remove(&mut here, &names, there).expect("a removal");
                    took += start.elapsed();
                    world::settle();
                }
                table.note(name, Work::items(pairs.into()), calls, took)
            });
        });
    }
    group.finish();
    println!("{table}");
    criterion.final_summary();
}
