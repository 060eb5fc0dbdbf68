//! What does a network namespace cost? unshare alone and with a name in /run/netns, by workers; and its end.

use criterion::{Criterion, SamplingMode};
use nix::sched::{CloneFlags, unshare};
use nsenter::{NsHandle, NsKind, NsName, Store};
use std::thread;
use std::time::{Duration, Instant};
use vnet_benches::{Comparison, Result, Work, world};

/// Namespaces a call.
const COUNT: usize = 64;

/// So many namespaces without names, by so many threads, each held by a descriptor.
fn unshared(workers: usize) -> Result<Vec<NsHandle>> {
    let one = || -> Result<NsHandle> {
        unshare(CloneFlags::CLONE_NEWNET)?;
        Ok(NsHandle::current(NsKind::Net)?)
    };
    let share = || {
        (0..COUNT / workers)
            .map(|_| one())
            .collect::<Result<Vec<_>>>()
    };
    let shares: Result<Vec<_>> = thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(share)).collect();
        let done = started
            .into_iter()
            .map(|t| t.join().map_err(|_| "a worker panicked"));
        done.map(|share| share?).collect()
    });
    Ok(shares?.into_iter().flatten().collect())
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    world::enter().expect("namespaces of their own");
    let store = Store::new();
    store.prepare().expect("/run/netns");
    let names: Vec<_> = (0..COUNT)
        .map(|n| NsName::new(format!("n{n}")).expect("a name"))
        .collect();
    let table = Comparison::new("namespaces", "namespace");
    let work = Work::items(COUNT as u64);
    let mut group = criterion.benchmark_group("namespaces");
    group.sampling_mode(SamplingMode::Flat);
    for workers in [1, 2, 4] {
        let name = format!("unshare, workers: {workers}");
        group.bench_function(&name, |b| {
            b.iter_custom(|calls| {
                let mut took = Duration::ZERO;
                for _ in 0..calls {
                    let start = Instant::now();
                    let all = unshared(workers).expect("namespaces");
                    took += start.elapsed();
                    drop(all);
                    world::settle();
                }
                table.note(&name, work, calls, took)
            });
        });
    }
    for workers in [1, 2, 4] {
        let name = format!("unshare and mount, workers: {workers}");
        let down = String::from("unmount");
        group.bench_function(&name, |b| {
            b.iter_custom(|calls| {
                let (mut took, mut gone) = (Duration::ZERO, Duration::ZERO);
                for _ in 0..calls {
                    let start = Instant::now();
                    let all = store.add_many(&names, workers).expect("namespaces");
                    took += start.elapsed();
                    drop(all);
                    let start = Instant::now();
                    assert!(store.remove_many(&names).is_empty(), "a namespace stayed");
                    gone += start.elapsed();
                    world::settle();
                }
                let took = table.note(&name, work, calls, took);
                if workers == 1 {
                    table.note(&down, work, calls, gone);
                }
                took
            });
        });
    }
    group.finish();
    println!("{table}");
    criterion.final_summary();
}
