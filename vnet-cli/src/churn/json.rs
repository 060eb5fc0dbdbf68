//! A report as one JSON object, which [`super::compare`] reads again.
//!
//! | key | value |
//! | --- | --- |
//! | `tool`, `version`, `report` | `"vnet churn"`, the program's version, the format's number: 1 |
//! | `started` | seconds since 1970 |
//! | `options` | an object: what was asked for |
//! | `machine` | `kernel`, `arch`, `hz`, `cores_online`, `cores_possible`, `memory_bytes`, `modules` (a list; `null` when unknown), `kernel_has_modules`, `run_filesystem`, `user_namespace` |
//! | `phases` | a list: `name`, `count`, `wall_s`, `rate` (objects a second), `user_s`, `system_s`, `user_share`, `system_share` (CPU time for wall time), `min_us`, `mean_us`, `p50_us`, `p90_us`, `p99_us`, `p99_9_us`, `max_us` (an object's time) |
//! | `cycles` | a list: `up_s`, `usable_s`, `down_s`, `cleanup_s`, `memory_per_namespace_bytes`, `namespaces`, `links` |
//! | `steady` | `null`, or `live`, `asked_rate`, `reached_rate`, `elapsed_s`, `created`, `destroyed`, `behind` (`null`, or `since_s`, `intervals`, `caught_up`), `most_waiting`, `intervals` (a list: `at_s`, `alive`, `created`, `destroyed`, `waiting`) |
//! | `notes` | a list of sentences |
//!
//! What is not known is `null`; no key is left out.

use super::machine::{Machine, Modules};
use super::measure::{Phase, PhaseTotal};
use super::{Cycle, Report, Setting, SteadyState, VERSION};
use crate::out::{Out, Val};
use std::time::Duration;

/// The number of the format.
pub(super) const FORMAT: u64 = 1;

/// The quantiles of a report, with their keys.
pub(super) const QUANTILES: [(f64, &str); 4] = [
    (0.5, "p50_us"),
    (0.9, "p90_us"),
    (0.99, "p99_us"),
    (0.999, "p99_9_us"),
];

/// Writes the object and a new line. `out` must be one that prints JSON.
pub fn write(report: &Report, out: &mut Out) {
    out.object_document(|out| {
        out.json("tool", "vnet churn");
        out.json("version", VERSION);
        out.json("report", FORMAT);
        out.json("started", report.since_epoch().as_secs_f64());
        out.object_of("options", |out| {
            for (key, value) in &report.options {
                let value = match value {
                    Setting::Number(n) => Val::U64(*n),
                    Setting::Text(text) => Val::Str(text),
                    Setting::Flag(on) => Val::Bool(*on),
                };
                out.json(key, value);
            }
        });
        out.object_of("machine", |out| machine(&report.machine, out));
        out.open_array("phases");
        for (name, total) in report.measurements.iter() {
            out.object(|out| phase(name, total, out));
        }
        out.close_array();
        out.open_array("cycles");
        for each in &report.cycles {
            out.object(|out| cycle(each, out));
        }
        out.close_array();
        match &report.steady {
            Some(found) => out.object_of("steady", |out| steady(found, out)),
            None => out.json("steady", Val::Null),
        }
        out.open_array("notes");
        for note in &report.notes {
            out.json_item(note);
        }
        out.close_array();
    });
}

fn machine(machine: &Machine, out: &mut Out) {
    out.json("kernel", text(&machine.kernel));
    out.json("arch", machine.arch);
    out.json("hz", number(machine.hz));
    out.json("cores_online", number(machine.cores_online.map(u64::from)));
    out.json(
        "cores_possible",
        number(machine.cores_possible.map(u64::from)),
    );
    out.json("memory_bytes", number(machine.memory));
    match &machine.modules {
        Modules::Loaded(names) => out.array("modules", |out| {
            for name in names {
                out.json_item(name);
            }
        }),
        Modules::None => out.array("modules", |_| ()),
        Modules::Unknown => out.json("modules", Val::Null),
    }
    out.json(
        "kernel_has_modules",
        match machine.modules {
            Modules::Unknown => Val::Null,
            Modules::None => Val::Bool(false),
            Modules::Loaded(_) => Val::Bool(true),
        },
    );
    out.json("run_filesystem", text(&machine.run_filesystem));
    out.json(
        "user_namespace",
        machine.user_namespace.map_or(Val::Null, Val::Bool),
    );
}

fn phase(phase: Phase, total: &PhaseTotal, out: &mut Out) {
    let samples = &total.samples;
    let us = |ns: Option<u64>| float(ns.map(|ns| ns as f64 / 1000.0));
    let share = total.share();
    out.json("name", phase.name());
    out.json("count", samples.count());
    out.json("wall_s", total.wall.as_secs_f64());
    out.json("rate", float(total.rate()));
    out.json("user_s", total.cpu.user.as_secs_f64());
    out.json("system_s", total.cpu.system.as_secs_f64());
    out.json("user_share", float(share.map(|(user, _)| user)));
    out.json("system_share", float(share.map(|(_, system)| system)));
    out.json("min_us", us(samples.min()));
    out.json("mean_us", us(samples.mean()));
    for (q, key) in QUANTILES {
        out.json(key, us(samples.quantile(q)));
    }
    out.json("max_us", us(samples.max()));
}

fn cycle(cycle: &Cycle, out: &mut Out) {
    let maybe = |d: Option<Duration>| float(d.map(|d| d.as_secs_f64()));
    out.json("up_s", cycle.up.as_secs_f64());
    out.json("usable_s", maybe(cycle.usable));
    out.json("down_s", cycle.down.as_secs_f64());
    out.json("cleanup_s", maybe(cycle.cleanup));
    out.json(
        "memory_per_namespace_bytes",
        number(cycle.memory_per_namespace),
    );
    out.json("namespaces", cycle.namespaces);
    out.json("links", cycle.links);
}

fn steady(steady: &SteadyState, out: &mut Out) {
    out.json("live", steady.live);
    out.json("asked_rate", float(Some(steady.asked_rate)));
    out.json("reached_rate", float(steady.reached_rate()));
    out.json("elapsed_s", steady.elapsed.as_secs_f64());
    out.json("created", steady.created);
    out.json("destroyed", steady.destroyed);
    match steady.behind() {
        Some(behind) => out.object_of("behind", |out| {
            out.json("since_s", behind.since.as_secs_f64());
            out.json("intervals", behind.intervals);
            out.json("caught_up", behind.caught_up);
        }),
        None => out.json("behind", Val::Null),
    }
    out.json("most_waiting", number(steady.most_waiting().map(u64::from)));
    out.open_array("intervals");
    for interval in &steady.intervals {
        out.object(|out| {
            out.json("at_s", interval.at.as_secs_f64());
            out.json("alive", interval.alive);
            out.json("created", interval.created);
            out.json("destroyed", interval.destroyed);
            out.json("waiting", number(interval.waiting.map(u64::from)));
        });
    }
    out.close_array();
}

fn text(text: &Option<String>) -> Val<'_> {
    text.as_deref().map_or(Val::Null, Val::Str)
}

fn number(n: Option<u64>) -> Val<'static> {
    n.map_or(Val::Null, Val::U64)
}

/// A float; JSON has no word for one that is not finite.
fn float(x: Option<f64>) -> Val<'static> {
    x.filter(|x| x.is_finite()).map_or(Val::Null, Val::F64)
}
