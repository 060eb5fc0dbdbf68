//! Programs by themselves, under `vnet audit`, and under strace for the same calls.

use crate::{Comparison, Result, Work};
use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use vnet::tools::audit::calls::CALLS;

/// The rows of a program's table.
pub const ALONE: &str = "alone";
/// Under `vnet audit`.
pub const AUDIT: &str = "vnet audit";
/// Under `strace -f -e trace=…`.
pub const STRACE: &str = "strace";
/// The same with strace's own filter, `--seccomp-bpf`.
pub const STRACE_FILTER: &str = "strace --seccomp-bpf";

/// The word that makes the benchmark's own program `vnet`: the rest are its arguments.
const VNET: &str = "vnet";

/// Where this program was started as `vnet`, what that ends with.
#[must_use]
pub fn as_vnet() -> Option<std::process::ExitCode> {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let is_vnet = words.first().is_some_and(|word| word == VNET);
    is_vnet.then(|| vnet::main(words))
}

/// Whether a program can be run at all.
#[must_use]
pub fn has(program: &str, word: &str) -> bool {
    let mut command = Command::new(program);
    let quiet = command
        .arg(word)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok()
}

/// A program that is run in each way.
#[derive(Debug)]
pub struct Program {
    /// Its title.
    pub name: &'static str,
    /// Its words; `vnet` first is this build's.
    pub words: &'static [&'static str],
}

impl Program {
    /// The words that run it in one way.
    fn command(&self, way: &str) -> Result<Vec<String>> {
        let own = std::env::current_exe()?.into_os_string();
        let own = own.to_str().ok_or("a path that is no text")?;
        let trace = format!("trace={}", traced());
        let before: &[&str] = match way {
            AUDIT => &[own, VNET, "audit", "-o", "/run/report", "--"],
            STRACE => &["strace", "-f", "-o", "/run/report", "-e", &trace],
            #[rustfmt::skip]
            STRACE_FILTER => &["strace", "--seccomp-bpf", "-f", "-o", "/run/report", "-e", &trace],
            _ => &[],
        };
        let is_vnet = self.words.first() == Some(&VNET);
        let own = is_vnet.then_some(own);
        let words = before.iter().copied().chain(own);
        let words = words.chain(self.words.iter().copied());
        Ok(words.map(str::to_owned).collect())
    }

    /// Runs it once in each way, and notes how long each took. Returns the first's.
    ///
    /// # Errors
    /// When a program can't be run or fails.
    pub fn round(&self, ways: &[&str], times: &Comparison) -> Result<Duration> {
        let mut first = None;
        for way in ways {
            let words = self.command(way)?;
            let (program, rest) = words.split_first().ok_or("no program")?;
            let mut command = Command::new(program);
            command
                .args(rest)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let start = Instant::now();
            let status = command.status()?;
            let took = times.note(way, Work::items(1), 1, start.elapsed());
            if !status.success() {
                return Err(format!("{words:?}: {status}").into());
            }
            first.get_or_insert(took);
        }
        Ok(first.unwrap_or_default())
    }
}

/// The calls that an audit stops at, as strace's `trace=` has them; `?` lets one be that strace does not know yet.
fn traced() -> String {
    let stops = CALLS.iter().filter(|call| call.when.is_some());
    let names: Vec<_> = stops.map(|call| format!("?{}", call.name)).collect();
    names.join(",")
}
