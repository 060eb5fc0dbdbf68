//! The crate on the real kernel. Each case runs in a process of its own with one thread, once as root (where this is
//! root) and once as an ordinary user, and begins by entering a sandbox, so that the host is not touched.
//!
//! Arguments: words that a case's name must have one of; `--list`.

mod chroot;
mod enter;
mod exec;
mod faults;
mod fleet;
mod interop;
mod parallel;
mod sandbox;
mod spawn;
mod store;
mod support;

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use support::{Case, Needs, SELF, is_root, left_out};

/// `nobody` of most systems; it only has to be somebody without rights.
const ORDINARY: u32 = 65534;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let tables = [
        store::CASES,
        parallel::CASES,
        faults::CASES,
        fleet::CASES,
        interop::CASES,
        enter::CASES,
        exec::CASES,
        spawn::CASES,
        sandbox::CASES,
        chroot::CASES,
    ];
    let cases: Vec<&Case> = tables.iter().copied().flatten().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--case", name] => {
            let case = cases.iter().find(|c| c.name == name).expect("a known case");
            (case.run)();
            ExitCode::SUCCESS
        }
        ["--do", ref words @ ..] => support::helper(words),
        _ => run_all(&cases, &args),
    }
}

fn run_all(cases: &[&Case], args: &[String]) -> ExitCode {
    let words: Vec<_> = args.iter().filter(|a| !a.starts_with('-')).collect();
    let wanted = |c: &&&Case| words.is_empty() || words.iter().any(|w| c.name.contains(*w));
    let cases: Vec<&Case> = cases.iter().filter(wanted).copied().collect();
    if args.iter().any(|a| a == "--list") {
        cases.iter().for_each(|c| println!("{}: test", c.name));
        return ExitCode::SUCCESS;
    }
    let mut runs: Vec<(&Case, bool)> = Vec::new();
    for case in cases {
        if is_root() {
            runs.push((case, true));
        }
        match case.needs {
            Needs::Nothing => runs.push((case, false)),
            Needs::Root if is_root() => {}
            Needs::Root => println!("test {} ... left out: needs real root", case.name),
        }
    }
    let (next, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((case, root)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !report(case, *root, &start(case, *root)) {
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    println!("\n{} passed; {failed} failed", runs.len() - failed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn start(case: &Case, root: bool) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(SELF);
    command
        .args(["--case", case.name])
        .env("RUST_BACKTRACE", "0")
        // ip(8) is out of an ordinary user's way on some hosts.
        .env("PATH", format!("{path}:/usr/sbin:/sbin"))
        .stdin(Stdio::null())
        .current_dir("/");
    if is_root() && !root {
        command.uid(ORDINARY).gid(ORDINARY);
    }
    command.output().expect("this very program runs")
}

fn report(case: &Case, root: bool, output: &Output) -> bool {
    let who = if root { "root" } else { "user" };
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    let all = String::from_utf8_lossy(&all);
    let verdict = match left_out(&all) {
        _ if !output.status.success() => format!("FAILED ({})\n{all}", output.status),
        Some(why) => format!("left out: {why}"),
        None => "ok".to_owned(),
    };
    println!("test {} ({who}) ... {verdict}", case.name);
    output.status.success()
}
