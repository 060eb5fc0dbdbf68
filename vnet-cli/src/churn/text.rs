//! A report as tables for people.

use super::machine::{Machine, Modules};
use super::{Cycle, Report, Setting, SteadyState, VERSION, units};
use std::fmt::Write;
use std::time::Duration;

/// Cycles that are shown one by one; of more, only what they have in common.
const MANY: usize = 10;

/// A cell without a figure.
const NONE: &str = "-";

/// The whole report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut to = format!("vnet churn {VERSION}:");
    for (key, value) in &report.options {
        to.push(' ');
        to.push_str(&setting(key, value));
    }
    to.push_str("\n\n");
    phases(report, &mut to);
    if !report.cycles.is_empty() {
        to.push('\n');
        cycles(&report.cycles, &mut to);
    }
    if let Some(found) = &report.steady {
        to.push('\n');
        steady(found, &mut to);
    }
    to.push('\n');
    machine(&report.machine, &mut to);
    for note in &report.notes {
        to.push_str("note: ");
        to.push_str(note);
        to.push('\n');
    }
    to
}

/// An option as a title has it: `shape star`, `queues 1`, `hold`; nothing of what is off.
pub(super) fn setting(key: &str, value: &Setting) -> String {
    match value {
        Setting::Number(n) => format!("{key} {n}"),
        Setting::Text(text) => format!("{key} {text}"),
        Setting::Flag(on) => format!("{key} {}", if *on { "on" } else { "off" }),
    }
}

fn phases(report: &Report, to: &mut String) {
    let mut rows = vec![row(&[
        "phase", "count", "rate", "p50", "p90", "p99", "p99.9", "max", "wall", "user", "system",
    ])];
    for (phase, total) in report.measurements.iter() {
        let samples = &total.samples;
        let time = |ns: Option<u64>| ns.map_or(NONE.to_owned(), units::nanoseconds);
        let share = total.share();
        rows.push(vec![
            phase.name().to_owned(),
            units::thousands(samples.count()),
            rate(total.rate()),
            time(samples.quantile(0.5)),
            time(samples.quantile(0.9)),
            time(samples.quantile(0.99)),
            time(samples.quantile(0.999)),
            time(samples.max()),
            units::duration(total.wall),
            share.map_or(NONE.to_owned(), |(user, _)| units::percent(user)),
            share.map_or(NONE.to_owned(), |(_, system)| units::percent(system)),
        ]);
    }
    table(&rows, to);
    to.push_str("times are an object's; user and system are CPU time of the phase's wall time, 100% is one core\n");
}

fn cycles(cycles: &[Cycle], to: &mut String) {
    let mut rows = vec![row(&[
        "cycle",
        "namespaces",
        "links",
        "up",
        "usable",
        "down",
        "clean-up",
        "memory a namespace",
    ])];
    let time = |d: Option<Duration>| d.map_or(NONE.to_owned(), units::duration);
    let size = |n: Option<u64>| n.map_or(NONE.to_owned(), units::bytes);
    if cycles.len() <= MANY {
        for (i, cycle) in cycles.iter().enumerate() {
            rows.push(vec![
                (i + 1).to_string(),
                units::thousands(cycle.namespaces.into()),
                units::thousands(cycle.links.into()),
                time(Some(cycle.up)),
                time(cycle.usable),
                time(Some(cycle.down)),
                time(cycle.cleanup),
                size(cycle.memory_per_namespace),
            ]);
        }
    }
    if cycles.len() > 1 {
        for (name, place) in [("least", 0), ("median", 1), ("most", 2)] {
            let name = match cycles.len() > MANY {
                true => format!("{name} of {}", units::thousands(cycles.len() as u64)),
                false => name.to_owned(),
            };
            let figure = |show: fn(u64) -> String, of: &dyn Fn(&Cycle) -> Option<u64>| {
                pick(cycles, of, place).map_or(NONE.to_owned(), show)
            };
            let times = |of: &dyn Fn(&Cycle) -> Option<Duration>| {
                figure(units::nanoseconds, &|c| Some(of(c)?.as_nanos() as u64))
            };
            rows.push(vec![
                name,
                figure(units::thousands, &|c| Some(c.namespaces.into())),
                figure(units::thousands, &|c| Some(c.links.into())),
                times(&|c| Some(c.up)),
                times(&|c| c.usable),
                times(&|c| Some(c.down)),
                times(&|c| c.cleanup),
                figure(units::bytes, &|c| c.memory_per_namespace),
            ]);
        }
    }
    table(&rows, to);
}

/// The least (0), the median (1) or the most (2) of what is known.
fn pick(cycles: &[Cycle], of: &dyn Fn(&Cycle) -> Option<u64>, place: usize) -> Option<u64> {
    let mut known: Vec<u64> = cycles.iter().filter_map(of).collect();
    known.sort_unstable();
    let last = known.len().checked_sub(1)?;
    // Where two are in the middle, their mean.
    let (below, above) = (last * place / 2, (last * place).div_ceil(2));
    Some(known.get(below)?.midpoint(*known.get(above)?))
}

fn steady(steady: &SteadyState, to: &mut String) {
    put(
        to,
        format_args!(
            "steady state: {} alive, {} asked, {} reached in {} ({} made, {} destroyed)\n",
            units::thousands(steady.live.into()),
            rate(Some(steady.asked_rate)),
            rate(steady.reached_rate()),
            units::duration(steady.elapsed),
            units::thousands(steady.created),
            units::thousands(steady.destroyed),
        ),
    );
    let Some(most) = steady.most_waiting() else {
        to.push_str("whether the kernel's clean-up kept up can't be seen here\n");
        return;
    };
    let most = units::thousands(most.into());
    match steady.behind() {
        None => put(
            to,
            format_args!(
                "the kernel's clean-up kept up: at most {most} namespaces waited for it\n"
            ),
        ),
        Some(behind) => put(
            to,
            format_args!(
                "the kernel's clean-up fell behind after {}, for {} of {} intervals, with up to {most} namespaces waiting; at the end it {}\n",
                units::duration(behind.since),
                behind.intervals,
                steady.intervals.len(),
                if behind.caught_up {
                    "had caught up"
                } else {
                    "had not caught up"
                },
            ),
        ),
    }
}

fn machine(machine: &Machine, to: &mut String) {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
    let number = |n: Option<u64>| n.map_or("unknown".to_owned(), |n| n.to_string());
    put(
        to,
        format_args!("kernel:  {} ({})\n", text(&machine.kernel), machine.arch),
    );
    put(
        to,
        format_args!(
            "cores:   {} online, {} possible; HZ {}; memory {}\n",
            number(machine.cores_online.map(u64::from)),
            number(machine.cores_possible.map(u64::from)),
            number(machine.hz),
            machine.memory.map_or("unknown".to_owned(), units::bytes),
        ),
    );
    let modules = match &machine.modules {
        Modules::Unknown => "unknown".to_owned(),
        Modules::None => "none: this kernel has everything built in".to_owned(),
        Modules::Loaded(names) if names.is_empty() => "none that matters here is loaded".to_owned(),
        Modules::Loaded(names) => names.join(" "),
    };
    put(to, format_args!("modules: {modules}\n"));
    put(
        to,
        format_args!("/run:    {}\n", text(&machine.run_filesystem)),
    );
    let place = match machine.user_namespace {
        None => "unknown",
        Some(false) => "the first",
        Some(true) => "one of its own",
    };
    put(to, format_args!("user namespace: {place}\n"));
}

fn rate(rate: Option<f64>) -> String {
    rate.map_or(NONE.to_owned(), |rate| format!("{}/s", units::number(rate)))
}

pub(super) fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

/// Appends formatted text: one place for what each `write!` would repeat.
pub(super) fn put(to: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = to.write_fmt(text);
}

/// Columns as wide as they must be, two blanks apart: the first goes to the left, the others to the right.
pub(super) fn table(rows: &[Vec<String>], to: &mut String) {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in rows {
        for (i, (width, cell)) in widths.iter().zip(row).enumerate() {
            let blanks = width.saturating_sub(cell.chars().count());
            let (before, after) = if i == 0 { (0, blanks) } else { (2 + blanks, 0) };
            to.extend(std::iter::repeat_n(' ', before));
            to.push_str(cell);
            to.extend(std::iter::repeat_n(' ', after));
        }
        to.truncate(to.trim_end_matches(' ').len());
        to.push('\n');
    }
}
