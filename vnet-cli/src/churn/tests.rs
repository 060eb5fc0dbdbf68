//! Reports of made-up runs, in every form.

use super::*;
use crate::churn::machine::Modules;
use crate::options::Options;
use crate::out::Out;
use serde_json::Value;
use std::time::Instant;

/// A run of two cycles on a machine that no one has: 300 namespaces made in 200 to 500 µs each.
pub(super) fn example() -> Report {
    let origin = Instant::now();
    let mut measurements = Measurements::new(origin);
    let us = Duration::from_micros;
    for i in 0..300u64 {
        let at = origin + us(i * 400);
        measurements.push(Phase::Namespace, at, us(200 + i), 1);
        measurements.push(Phase::Mount, at, us(30 + i % 7), 1);
        measurements.push(Phase::Configure, at + us(200_000), us(90 + i % 60), 1);
    }
    for i in 0..10u64 {
        measurements.push(
            Phase::Link,
            origin + us(120_000 + i * 8000),
            us(8000 + 100 * i),
            30,
        );
    }
    measurements.push(Phase::Unlink, origin + us(300_000), us(75_000), 300);
    measurements.push(Phase::Cleanup, origin + us(400_000), us(160_000), 300);
    let cpu = Cpu {
        user: us(3_000),
        system: us(150_000),
    };
    for (phase, wall) in [
        (Phase::Namespace, 120_000),
        (Phase::Mount, 12_000),
        (Phase::Link, 84_500),
        (Phase::Configure, 36_000),
        (Phase::Unlink, 75_000),
        (Phase::Unmount, 0),
    ] {
        measurements.spent(phase, us(wall), cpu);
    }
    let cycle = Cycle {
        up: us(250_000),
        usable: Some(us(260_500)),
        down: us(100_000),
        cleanup: None,
        memory_per_namespace: Some(90_000),
        namespaces: 300,
        links: 300,
    };
    let second = Cycle {
        up: us(240_000),
        cleanup: Some(us(160_000)),
        ..cycle.clone()
    };
    Report {
        started: SystemTime::UNIX_EPOCH + us(1_700_000_000_500_000),
        options: vec![
            ("shape", Setting::Text("star".into())),
            ("count", Setting::Number(300)),
            ("prefix", Setting::Text("<a&b>\"".into())),
            ("hold", Setting::Flag(false)),
        ],
        machine: Machine {
            kernel: Some("6.18.0 #1 SMP".into()),
            arch: "x86_64",
            hz: Some(100),
            cores_online: Some(2),
            cores_possible: Some(64),
            memory: Some(24 << 30),
            modules: Modules::Loaded(vec!["bridge".into(), "veth".into()]),
            run_filesystem: Some("tmpfs".into()),
            user_namespace: Some(false),
        },
        measurements,
        cycles: vec![cycle, second],
        steady: None,
        notes: Vec::new(),
    }
}

/// The run of which nothing came and a machine of which nothing is known.
pub(super) fn nothing() -> Report {
    Report {
        machine: Machine {
            kernel: None,
            arch: "x86_64",
            hz: None,
            cores_online: None,
            cores_possible: None,
            memory: None,
            modules: Modules::Unknown,
            run_filesystem: None,
            user_namespace: None,
        },
        ..Report::new(Vec::new())
    }
}

/// A minute of the steady state in which clean-up falls behind after 20 seconds.
pub(super) fn steady() -> SteadyState {
    let interval = |second: u32| Interval {
        at: Duration::from_secs(second.into()),
        alive: 1000,
        created: 200,
        destroyed: 199,
        waiting: Some(if second < 20 { 120 } else { 120 + 20 * second }),
    };
    SteadyState {
        live: 1000,
        asked_rate: 200.0,
        elapsed: Duration::from_secs(60),
        created: 12_000,
        destroyed: 11_940,
        intervals: (1..=60).map(interval).collect(),
    }
}

pub(super) fn json_of(report: &Report) -> Vec<u8> {
    let mut out = Out::memory(&Options {
        json: true,
        ..Options::default()
    });
    json::write(report, &mut out);
    out.take()
}

fn parsed(report: &Report) -> Value {
    serde_json::from_slice(&json_of(report)).unwrap()
}

#[test]
fn json_has_it_all() {
    let mut report = example();
    report.steady = Some(steady());
    report.notes.push("interrupted".into());
    let text = json_of(&report);
    assert_eq!(text.iter().filter(|&&b| b == b'\n').count(), 1, "one line");
    let json = parsed(&report);
    assert_eq!(json["started"], 1_700_000_000.5);
    assert_eq!(json["options"]["prefix"], "<a&b>\"");
    assert_eq!(json["options"]["hold"], false);
    assert_eq!(json["machine"]["modules"][1], "veth");
    let phases = json["phases"].as_array().unwrap();
    let names: Vec<_> = phases.iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "namespace",
            "mount",
            "link",
            "configure",
            "unlink",
            "unmount",
            "kernel clean-up"
        ]
    );
    assert_eq!(phases[0]["count"], 300);
    assert_eq!(phases[0]["rate"], 2500.0);
    assert_eq!(phases[0]["max_us"], 499.0);
    assert_eq!(phases[0]["user_share"], 0.025);
    assert_eq!(phases[5]["rate"], Value::Null);
    assert_eq!(phases[5]["p50_us"], Value::Null);
    assert_eq!(json["cycles"][0]["up_s"], 0.25);
    assert_eq!(json["cycles"][1]["down_s"], 0.1);
    assert_eq!(json["cycles"][0]["cleanup_s"], Value::Null);
    assert_eq!(json["steady"]["reached_rate"], 199.0);
    assert_eq!(json["steady"]["behind"]["since_s"], 20.0);
    assert_eq!(json["steady"]["intervals"].as_array().unwrap().len(), 60);
    assert_eq!(json["notes"][0], "interrupted");
}

#[test]
fn json_of_nothing_is_whole() {
    let mut report = nothing();
    report.steady = Some(SteadyState {
        asked_rate: f64::NAN,
        ..SteadyState::default()
    });
    let json = parsed(&report);
    assert_eq!(json["phases"], Value::Array(Vec::new()));
    assert_eq!(json["machine"]["modules"], Value::Null);
    assert_eq!(json["steady"]["asked_rate"], Value::Null);
    assert_eq!(json["steady"]["behind"], Value::Null);
}

#[test]
fn the_table() {
    let text = text::render(&example());
    let want = "\
vnet churn 0.1.0: shape star count 300 prefix <a&b>\" hold off

phase            count      rate      p50      p90      p99    p99.9      max     wall  user  system
namespace          300   2,500/s   349 µs   469 µs   496 µs   499 µs   499 µs   120 ms  2.5%  125.0%
mount              300  25,000/s  33.0 µs  36.0 µs  36.0 µs  36.0 µs  36.0 µs  12.0 ms 25.0% 1250.0%
";
    let squeezed = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    for (got, want) in text.lines().zip(want.lines()) {
        assert_eq!(squeezed(got), squeezed(want));
    }
    for part in [
        "\nunmount",
        "cycle   namespaces  links",
        "\nmedian         300    300  245 ms",
        "kernel:  6.18.0 #1 SMP (x86_64)",
        "cores:   2 online, 64 possible; HZ 100; memory 24.0 GiB",
        "modules: bridge veth",
        "/run:    tmpfs",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.lines().any(|l| l.ends_with(' ')));
}

#[test]
fn the_table_of_many_cycles_and_of_nothing() {
    let mut report = example();
    for i in 0..99 {
        let cycle = Cycle {
            up: Duration::from_millis(i),
            ..Cycle::default()
        };
        report.cycles.push(cycle);
    }
    report.steady = Some(steady());
    let text = text::render(&report);
    assert!(text.contains("median of 101"), "{text}");
    assert!(
        text.contains("fell behind after 20.0 s, for 41 of 60 intervals, with up to 1,320"),
        "{text}"
    );
    assert!(text.lines().count() < 40);

    let mut report = nothing();
    report.steady = Some(SteadyState::default());
    let text = text::render(&report);
    assert!(text.contains("kernel:  unknown"), "{text}");
    assert!(text.contains("modules: unknown"), "{text}");
    assert!(text.contains("can't be seen"), "{text}");
}

#[test]
fn csv_is_a_table() {
    let text = csv::render(&example());
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows.len(), 1 + 7 + 2);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    let cell = |row: usize, name: &str| rows[row][rows[0].iter().position(|c| *c == name).unwrap()];
    assert_eq!((cell(1, "row"), cell(1, "name")), ("phase", "namespace"));
    assert_eq!(cell(1, "count"), "300");
    assert_eq!(cell(1, "rate"), "2500.000");
    assert_eq!(cell(1, "max_us"), "499.000");
    assert_eq!(cell(1, "up_s"), "");
    assert_eq!(cell(6, "rate"), "");
    assert_eq!((cell(9, "row"), cell(9, "name")), ("cycle", "2"));
    assert_eq!(cell(9, "up_s"), "0.240000000");
    assert_eq!(cell(8, "cleanup_s"), "");
    assert_eq!(cell(9, "cleanup_s"), "0.160000000");
    assert_eq!(cell(9, "links"), "300");
    assert_eq!(cell(9, "p50_us"), "");
    assert!(!text.contains('"') && text.ends_with('\n'));
    assert_eq!(csv::render(&nothing()).lines().count(), 1);

    let second = |waiting| Interval {
        at: Duration::from_secs(1),
        alive: 20,
        created: 5,
        destroyed: 4,
        waiting,
    };
    let steady = SteadyState {
        intervals: vec![second(None), second(Some(7))],
        ..SteadyState::default()
    };
    let text = csv::render(&Report {
        steady: Some(steady),
        ..example()
    });
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    let last = ["1.000000000", "20", "5", "4"];
    assert_eq!(rows[10][..2], ["interval", "1"]);
    assert!(rows[10].ends_with(&[&last[..], &[""]].concat()), "{text}");
    assert!(rows[11].ends_with(&[&last[..], &["7"]].concat()), "{text}");
}
