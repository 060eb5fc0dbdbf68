//! A report as CSV (RFC 4180, lines end in a new line): a row a phase, a row a cycle, a row an interval of a steady
//! state.
//!
//! All have the same columns: what does not apply, or is not known, is empty.

use super::Report;
use super::measure::{Phase, PhaseTotal};
use super::{Cycle, Interval, text::put};
use std::time::Duration;

/// The columns.
const HEADER: &str = "row,name,count,wall_s,rate,user_s,system_s,min_us,mean_us,p50_us,p90_us,p99_us,p99_9_us,max_us,\
up_s,usable_s,down_s,cleanup_s,memory_per_namespace_bytes,namespaces,links,\
at_s,alive,created,destroyed,waiting\n";

/// Columns that only phases have, behind the name.
const OF_PHASES: usize = 12;

/// Columns that only cycles have.
const OF_CYCLES: usize = 7;

/// Columns that only intervals have.
const OF_INTERVALS: usize = 5;

/// The whole table: `row` is `phase`, `cycle` or `interval`, `name` the phase's name, or the number from 1 on.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut to = HEADER.to_owned();
    for (name, total) in report.measurements.iter() {
        phase(name, total, &mut to);
    }
    for (i, each) in report.cycles.iter().enumerate() {
        cycle(i + 1, each, &mut to);
    }
    let steady = report.steady.iter().flat_map(|steady| &steady.intervals);
    for (i, each) in steady.enumerate() {
        interval(i + 1, each, &mut to);
    }
    to
}

// No cell needs quotes: numbers, and the phases' names, which have no comma.

fn phase(phase: Phase, total: &PhaseTotal, to: &mut String) {
    let samples = &total.samples;
    put(
        to,
        format_args!(
            "phase,{},{},{}",
            phase.name(),
            samples.count(),
            Seconds(total.wall)
        ),
    );
    match total.rate() {
        Some(rate) => put(to, format_args!(",{rate:.3}")),
        None => to.push(','),
    }
    put(
        to,
        format_args!(",{},{}", Seconds(total.cpu.user), Seconds(total.cpu.system)),
    );
    let quantiles = [0.5, 0.9, 0.99, 0.999].map(|q| samples.quantile(q));
    let times = [samples.min(), samples.mean()].into_iter().chain(quantiles);
    for ns in times.chain([samples.max()]) {
        to.push(',');
        if let Some(ns) = ns {
            put(to, format_args!("{}.{:03}", ns / 1000, ns % 1000));
        }
    }
    to.extend(std::iter::repeat_n(',', OF_CYCLES + OF_INTERVALS));
    to.push('\n');
}

fn cycle(number: usize, cycle: &Cycle, to: &mut String) {
    put(to, format_args!("cycle,{number}"));
    to.extend(std::iter::repeat_n(',', OF_PHASES));
    for time in [
        Some(cycle.up),
        cycle.usable,
        Some(cycle.down),
        cycle.cleanup,
    ] {
        to.push(',');
        if let Some(time) = time {
            put(to, format_args!("{}", Seconds(time)));
        }
    }
    to.push(',');
    if let Some(bytes) = cycle.memory_per_namespace {
        put(to, format_args!("{bytes}"));
    }
    put(to, format_args!(",{},{}", cycle.namespaces, cycle.links));
    to.extend(std::iter::repeat_n(',', OF_INTERVALS));
    to.push('\n');
}

fn interval(number: usize, interval: &Interval, to: &mut String) {
    put(to, format_args!("interval,{number}"));
    to.extend(std::iter::repeat_n(',', OF_PHASES + OF_CYCLES));
    let Interval {
        at,
        alive,
        created,
        destroyed,
        waiting,
    } = interval;
    put(
        to,
        format_args!(",{},{alive},{created},{destroyed},", Seconds(*at)),
    );
    if let Some(waiting) = waiting {
        put(to, format_args!("{waiting}"));
    }
    to.push('\n');
}

/// Seconds with nine decimals.
struct Seconds(Duration);

impl std::fmt::Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:09}", self.0.as_secs(), self.0.subsec_nanos())
    }
}
