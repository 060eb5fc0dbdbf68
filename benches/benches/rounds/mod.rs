//! Rounds of stars in different ways: each way once a round, so that a load of the machine's meets them all.

use criterion::{Criterion, SamplingMode};
use std::time::Duration;
use vnet_benches::star::{Tables, Way};

/// Eleven rounds. Criterion keeps the times of the first way; all are in the tables.
pub(crate) fn run(criterion: &mut Criterion, title: &str, ways: &[Way]) -> Tables {
    let tables = Tables::new(title);
    let mut group = criterion.benchmark_group(title);
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        // One round to warm up, and one a sample.
        .warm_up_time(Duration::from_nanos(1))
        .measurement_time(Duration::from_millis(1));
    let name = ways.first().map_or("nothing", |way| way.name);
    group.bench_function(name, |b| {
        b.iter_custom(|calls| {
            (0..calls)
                .map(|_| tables.round(ways).expect("a star"))
                .sum()
        });
    });
    group.finish();
    tables
}
