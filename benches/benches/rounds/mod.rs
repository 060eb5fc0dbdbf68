//! Rounds in which different ways of doing the same are taken in turn, so that a load of the machine's meets them all.

use criterion::{Criterion, SamplingMode};
use std::time::Duration;

/// So many rounds, and one to warm up. Criterion keeps the times that `round` returns, under this name.
pub(crate) fn run(
    criterion: &mut Criterion,
    (group, name): (&str, &str),
    samples: usize,
    mut round: impl FnMut() -> Duration,
) {
    let mut group = criterion.benchmark_group(group);
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(samples)
        // One round to warm up, and one a sample.
        .warm_up_time(Duration::from_nanos(1))
        .measurement_time(Duration::from_millis(1));
    group.bench_function(name, |b| {
        b.iter_custom(|calls| (0..calls).map(|_| round()).sum());
    });
    group.finish();
}
