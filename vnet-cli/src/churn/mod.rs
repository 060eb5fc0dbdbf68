//! What `vnet churn` measures and how it reports it: no netlink and no namespaces here.
//!
//! Each worker has a [`Measurements`] of its own, and [`Measurements::merge`] makes one of them. With
//! the [`Cycle`]s, the [`SteadyState`] and the [`Machine`] it is a [`Report`], which is written as a
//! table ([`text`]), JSON ([`json`]), CSV ([`csv`]), a drawing ([`svg`]) and an HdrHistogram log
//! ([`hdr`]). [`compare`] sets two reports in JSON side by side.

pub mod compare;
pub mod csv;
pub mod hdr;
pub mod json;
pub mod machine;
pub mod measure;
pub mod progress;
mod reader;
mod scale;
mod series;
mod steady;
pub mod svg;
pub mod text;
pub mod units;

pub use machine::Machine;
pub use measure::{Cpu, Measurements, Phase, cpu_now};
pub use progress::Progress;
pub use steady::{Interval, SteadyState};

use std::time::{Duration, SystemTime};

/// The version in every report.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A run of `vnet churn`.
#[derive(Debug, Clone)]
pub struct Report {
    /// When it started.
    pub started: SystemTime,
    /// What was asked for, in the order in which it is shown: `("shape", Setting::Text("star".into()))`.
    pub options: Vec<(&'static str, Setting)>,
    /// Where it ran.
    pub machine: Machine,
    /// What each phase cost.
    pub measurements: Measurements,
    /// Every time the world was built and destroyed.
    pub cycles: Vec<Cycle>,
    /// What `--live` and `--rate` found.
    pub steady: Option<SteadyState>,
    /// What a reader has to know, a sentence each: that the run was interrupted, for instance.
    pub notes: Vec<String>,
}

impl Report {
    /// A report without figures yet, of a run that starts now on this machine.
    #[must_use]
    pub fn new(options: Vec<(&'static str, Setting)>) -> Self {
        Self {
            started: SystemTime::now(),
            options,
            machine: Machine::here(),
            measurements: Measurements::new(std::time::Instant::now()),
            cycles: Vec::new(),
            steady: None,
            notes: Vec::new(),
        }
    }

    /// When it started, in time since 1970.
    fn since_epoch(&self) -> Duration {
        let since = self.started.duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap_or_default()
    }
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A number.
    Number(u64),
    /// A word.
    Text(String),
    /// On or off.
    Flag(bool),
}

/// The world built and destroyed once.
#[derive(Debug, Clone, Default)]
pub struct Cycle {
    /// From the first kernel call that builds to the last.
    pub up: Duration,
    /// From the first kernel call that builds until all of it can be used: every port forwards and every
    /// end has carrier.
    pub usable: Option<Duration>,
    /// From the first kernel call that destroys to the last.
    pub down: Duration,
    /// From the last of these until the kernel has freed the namespaces.
    pub cleanup: Option<Duration>,
    /// Kernel memory that a namespace with all that is in it takes, in bytes.
    pub memory_per_namespace: Option<u64>,
    /// Namespaces built.
    pub namespaces: u32,
    /// Links built, a veth pair counting as one.
    pub links: u32,
}

#[cfg(test)]
mod tests;
