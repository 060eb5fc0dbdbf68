//! `vnet churn compare A.json B.json`: what two reports in JSON have to say about each other.

use super::reader::{self, Json};
use super::text::{put, row, table};
use super::{json, units};
use crate::error::{CmdError, FAILED, Result, quoted};
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;

/// Most bytes of a report: a day of the steady state takes a tenth of it.
const MOST: u64 = 64 << 20;

/// A figure of a phase: name, key, how it is shown.
type Figure = (&'static str, &'static str, fn(f64) -> String);

/// The figures of a phase that are compared.
const FIGURES: [Figure; 5] = [
    ("count", "count", units::number),
    ("rate", "rate", |x| format!("{}/s", units::number(x))),
    ("p50", "p50_us", microseconds),
    ("p99", "p99_us", microseconds),
    ("max", "max_us", microseconds),
];

/// The times of a cycle that are compared: name and key.
const TIMES: [(&str, &str); 2] = [("up", "up_s"), ("down", "down_s")];

/// Reads both files and compares them.
///
/// # Errors
/// A file that can't be read, or is no report of `vnet churn --json`: the error names the file, and the key
/// at fault.
pub fn files(a: &OsStr, b: &OsStr) -> Result<String> {
    let (a_text, b_text) = (read(a)?, read(b)?);
    texts((&quoted(a), &a_text), (&quoted(b), &b_text))
}

fn read(path: &OsStr) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST + 1).read_to_end(&mut text))
        .map_err(|e| CmdError::os(format!("cannot read {}", quoted(path)), &e))?;
    match text.len() as u64 > MOST {
        true => Err(wrong(&quoted(path), "it is larger than 64 MiB")),
        false => Ok(text),
    }
}

/// Compares two reports, each with the name of its file.
///
/// # Errors
/// As [`files`].
pub fn texts(a: (&str, &[u8]), b: (&str, &[u8])) -> Result<String> {
    let (a, b) = (Run::parse(a.0, a.1)?, Run::parse(b.0, b.1)?);
    let mut to = format!("A: {}\nB: {}\n\n", a.title(), b.title());
    phases(&a, &b, &mut to);
    to.push('\n');
    cycles(&a, &b, &mut to);
    to.push_str("\nratio is B/A; a rate is better the higher, a time the lower\n\n");
    differences(&a, &b, &mut to);
    Ok(to)
}

/// What is in an object.
type Members = Vec<(String, Json)>;

/// A report, with every value that is compared known to be of its kind.
struct Run {
    /// The file's name in quotes.
    file: String,
    version: String,
    options: Members,
    machine: Members,
    phases: Vec<Phase>,
    /// The median of each of [`TIMES`], in nanoseconds.
    times: [Option<f64>; TIMES.len()],
    cycles: usize,
}

struct Phase {
    name: String,
    figures: [Option<f64>; FIGURES.len()],
}

impl Run {
    fn parse(file: &str, text: &[u8]) -> Result<Self> {
        let whole = reader::parse(text)
            .map_err(|line| wrong(file, &format!("it is not JSON in line {line}")))?;
        if !matches!(whole, Json::Object(_)) {
            return Err(wrong(file, "it is no JSON object"));
        }
        if whole.get("report") != Some(&Json::Number(json::FORMAT as f64)) {
            let why = format!("its key 'report' is not {}", json::FORMAT);
            return Err(wrong(file, &why));
        }
        let mut phases = Vec::new();
        for (i, phase) in list(file, &whole, "phases")?.iter().enumerate() {
            let place = format!("phases[{i}]");
            let name = phase.get("name").and_then(Json::text);
            let mut read = Phase {
                name: shown(name.ok_or_else(|| kind(file, &place, "name", "a string"))?),
                figures: [None; FIGURES.len()],
            };
            for (figure, (_, key, _)) in read.figures.iter_mut().zip(FIGURES) {
                *figure = number(file, phase, &place, key)?;
            }
            phases.push(read);
        }
        let mut times: [Vec<u64>; TIMES.len()] = Default::default();
        let cycles = list(file, &whole, "cycles")?;
        for (i, cycle) in cycles.iter().enumerate() {
            let place = format!("cycles[{i}]");
            for (times, (_, key)) in times.iter_mut().zip(TIMES) {
                let time = number(file, cycle, &place, key)?;
                // A float goes to the nearest integer there is.
                times.extend(time.map(|s| (s * 1e9).round() as u64));
            }
        }
        Ok(Self {
            cycles: cycles.len(),
            times: times.map(median),
            phases,
            version: whole
                .get("version")
                .and_then(Json::text)
                .map_or("?".to_owned(), shown),
            options: object(file, &whole, "options")?,
            machine: object(file, &whole, "machine")?,
            file: file.to_owned(),
        })
    }

    fn title(&self) -> String {
        let cycles = units::thousands(self.cycles as u64);
        let s = if self.cycles == 1 { "" } else { "s" };
        format!("{} (vnet {}, {cycles} cycle{s})", self.file, self.version)
    }

    fn phase(&self, name: &str) -> Option<&Phase> {
        self.phases.iter().find(|p| p.name == name)
    }
}

fn wrong(file: &str, why: &str) -> CmdError {
    CmdError::new(format!(
        "{file} is not a report of 'vnet churn --json': {why}"
    ))
    .code(FAILED)
}

fn kind(file: &str, place: &str, key: &str, kind: &str) -> CmdError {
    wrong(
        file,
        &format!("its key '{place}.{key}' is missing or not {kind}"),
    )
}

fn list<'v>(file: &str, whole: &'v Json, key: &str) -> Result<&'v [Json]> {
    match whole.get(key) {
        Some(Json::List(list)) => Ok(list),
        _ => Err(wrong(
            file,
            &format!("its key '{key}' is missing or not a list"),
        )),
    }
}

fn object(file: &str, whole: &Json, key: &str) -> Result<Members> {
    match whole.get(key) {
        Some(Json::Object(members)) => Ok(members.clone()),
        _ => Err(wrong(
            file,
            &format!("its key '{key}' is missing or not an object"),
        )),
    }
}

/// A number from 0 on, or null: what was not measured.
fn number(file: &str, of: &Json, place: &str, key: &str) -> Result<Option<f64>> {
    match of.get(key) {
        Some(Json::Null) => Ok(None),
        Some(&Json::Number(x)) if x >= 0.0 => Ok(Some(x)),
        _ => Err(kind(file, place, key, "a number from 0 on")),
    }
}

/// The middle one, or the mean of the two in the middle.
fn median(mut all: Vec<u64>) -> Option<f64> {
    all.sort_unstable();
    let last = all.len().checked_sub(1)?;
    let (below, above) = (all.get(last / 2)?, all.get(last.div_ceil(2))?);
    Some(below.midpoint(*above) as f64)
}

fn microseconds(us: f64) -> String {
    // A float goes to the nearest integer there is.
    units::nanoseconds((us * 1000.0) as u64)
}

fn nanoseconds(ns: f64) -> String {
    units::nanoseconds(ns as u64)
}

/// A string from outside, without what a terminal would obey.
fn shown(text: &str) -> String {
    quoted(text).trim_matches('\'').to_owned()
}

fn phases(a: &Run, b: &Run, to: &mut String) {
    let mut rows = vec![row(&["phase", "figure", "A", "B", "ratio"])];
    let only_b = b.phases.iter().filter(|p| a.phase(&p.name).is_none());
    for phase in a.phases.iter().chain(only_b) {
        let figures = |run: &Run| {
            run.phase(&phase.name)
                .map_or([None; FIGURES.len()], |p| p.figures)
        };
        let both = figures(a).into_iter().zip(figures(b));
        for ((name, _, show), (a, b)) in FIGURES.into_iter().zip(both) {
            rows.push(compared(&phase.name, name, a, b, show));
        }
    }
    table(&rows, to);
}

fn cycles(a: &Run, b: &Run, to: &mut String) {
    let mut rows = vec![row(&["cycle", "figure", "A", "B", "ratio"])];
    for ((name, _), (&a, &b)) in TIMES.into_iter().zip(a.times.iter().zip(&b.times)) {
        rows.push(compared("median", name, a, b, nanoseconds));
    }
    table(&rows, to);
}

fn compared(
    first: &str,
    name: &str,
    a: Option<f64>,
    b: Option<f64>,
    show: fn(f64) -> String,
) -> Vec<String> {
    let cell = |x: Option<f64>| x.map_or("-".to_owned(), show);
    let ratio = match (a, b) {
        (Some(a), Some(b)) if a > 0.0 => units::number(b / a),
        _ => "-".to_owned(),
    };
    vec![first.to_owned(), name.to_owned(), cell(a), cell(b), ratio]
}

fn differences(a: &Run, b: &Run, to: &mut String) {
    let mut same = true;
    for (what, a, b) in [
        ("option", &a.options, &b.options),
        ("machine", &a.machine, &b.machine),
    ] {
        let find = |of: &Members, key: &str| of.iter().position(|(k, _)| k == key);
        let only_b = b.iter().filter(|(key, _)| find(a, key).is_none());
        for (key, _) in a.iter().chain(only_b) {
            let value = |of: &Members| {
                let found = find(of, key).and_then(|i| of.get(i));
                found.map_or("not given".to_owned(), |(_, value)| word(value))
            };
            let (a, b) = (value(a), value(b));
            if a != b {
                let key = shown(key);
                put(to, format_args!("{what} {key} differs: A {a}; B {b}\n"));
                same = false;
            }
        }
    }
    if same {
        to.push_str("options and machine are the same\n");
    }
}

/// A value as it is shown where it differs.
fn word(value: &Json) -> String {
    match value {
        Json::Null => "unknown".to_owned(),
        Json::Bool(on) => on.to_string(),
        Json::Number(n) => shown(&n.to_string()),
        Json::Text(text) => shown(text),
        Json::List(list) if list.is_empty() => "none".to_owned(),
        Json::List(list) => {
            let words: Vec<String> = list.iter().filter_map(Json::text).map(shown).collect();
            words.join(" ")
        }
        Json::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Setting;
    use super::super::tests::{example, json_of, nothing};
    use super::*;
    use serde_json::{Value, json};
    use std::time::Duration;

    fn words(text: &str) -> Vec<String> {
        let squeeze = |l: &str| l.split_whitespace().collect::<Vec<_>>().join(" ");
        text.lines().map(squeeze).collect()
    }

    #[test]
    fn reports_side_by_side() {
        let a = example();
        let mut b = example();
        for cycle in &mut b.cycles {
            cycle.up = Duration::from_millis(490);
        }
        b.options[0].1 = Setting::Text("pair".into());
        b.machine.hz = None;
        let origin = b.measurements.origin();
        b.measurements.push(
            super::super::Phase::Namespace,
            origin,
            Duration::from_micros(998),
            1,
        );
        let text = texts(("'a'", &json_of(&a)), ("'b'", &json_of(&b))).unwrap();
        let lines = words(&text);
        for line in [
            "A: 'a' (vnet 0.1.0, 2 cycles)",
            "namespace count 300 301 1.00",
            "namespace max 499 µs 998 µs 2.00",
            "link rate 3,550/s 3,550/s 1.00",
            "unmount p50 - - -",
            "median up 245 ms 490 ms 2.00",
            "median down 100 ms 100 ms 1.00",
            "option shape differs: A star; B pair",
            "machine hz differs: A 100; B unknown",
        ] {
            assert!(lines.iter().any(|l| l == line), "no {line:?} in\n{text}");
        }
        let text = texts(("'a'", &json_of(&a)), ("'n'", &json_of(&nothing()))).unwrap();
        assert!(
            words(&text).contains(&"median up 245 ms - -".to_owned()),
            "{text}"
        );
        let text = texts(("'a'", &json_of(&a)), ("'a'", &json_of(&a))).unwrap();
        assert!(
            text.ends_with("options and machine are the same\n"),
            "{text}"
        );
    }

    /// An error that names the file and what is wrong in it.
    fn refused(text: &[u8], why: &str) {
        let good = json_of(&example());
        for (a, b) in [(text, &good[..]), (&good[..], text)] {
            let names = if a == text {
                ("'bad'", "'good'")
            } else {
                ("'good'", "'bad'")
            };
            let error = texts((names.0, a), (names.1, b)).unwrap_err();
            let words = error.render(crate::applet::Program::Vnet, &[]);
            let words = String::from_utf8(words).unwrap();
            assert!(
                words.contains("'bad' is not a report") && words.contains(why),
                "{words}"
            );
            assert_eq!(error.exit_code(), FAILED);
        }
    }

    #[test]
    fn what_is_no_report() {
        refused(b"", "not JSON");
        refused(b"[]", "no JSON object");
        refused(b"{\"report\":1e999}", "not JSON");
        refused("[".repeat(100_000).as_bytes(), "not JSON");
        refused(b"\xff\xfe", "not JSON");
        let good: Value = serde_json::from_slice(&json_of(&example())).unwrap();
        for (pointer, value, why) in [
            ("/report", json!(2), "'report'"),
            ("/report", json!("1"), "'report'"),
            ("/phases", json!({}), "'phases'"),
            ("/phases/1", json!(7), "'phases[1].name'"),
            ("/phases/1/name", json!(null), "'phases[1].name'"),
            ("/phases/2/count", json!(-1), "'phases[2].count'"),
            ("/phases/2/p99_us", json!("1"), "'phases[2].p99_us'"),
            ("/cycles", json!(null), "'cycles'"),
            ("/cycles/1", json!({"up_s": 1}), "'cycles[1].down_s'"),
            ("/cycles/0/up_s", json!([]), "'cycles[0].up_s'"),
            ("/options", json!([]), "'options'"),
            ("/machine", json!("x"), "'machine'"),
        ] {
            let mut bad = good.clone();
            *bad.pointer_mut(pointer).unwrap() = value;
            refused(bad.to_string().as_bytes(), why);
        }
    }

    #[test]
    fn hostile_strings_and_numbers_are_shown_harmlessly() {
        let mut bad: Value = serde_json::from_slice(&json_of(&example())).unwrap();
        bad["phases"][0]["name"] = json!("\u{1b}[2J\n");
        bad["phases"][0]["p50_us"] = json!(1e308);
        bad["phases"][1]["count"] = json!(1e308);
        bad["options"]["\u{7f}"] = json!("x".repeat(10_000));
        bad["cycles"][0]["up_s"] = json!(f64::MAX);
        let bad = bad.to_string();
        let text = texts(("'a'", &json_of(&example())), ("'b'", bad.as_bytes())).unwrap();
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        assert!(text.lines().all(|l| l.chars().count() < 700));
    }

    #[test]
    fn files_that_can_not_be_read() {
        let error = files(OsStr::new("/nowhere/a.json"), OsStr::new("b")).unwrap_err();
        assert_eq!(
            (error.errno(), error.exit_code()),
            (Some(libc::ENOENT), FAILED)
        );
    }
}
