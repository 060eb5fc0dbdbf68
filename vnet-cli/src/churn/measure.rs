//! What the kernel took for each object: a histogram and a bounded series over time, by phase.

use super::series::Series;
use hdrhistogram::Histogram;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::time::{Duration, Instant};

/// Longest time a histogram tells apart; what takes longer counts as this long (its maximum stays exact).
const LONGEST: Duration = Duration::from_secs(3600);

/// Significant decimal digits a histogram keeps.
const DIGITS: u8 = 3;

/// The kinds of work whose cost is told apart, in the order in which they are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A network namespace is made.
    Namespace,
    /// Its file is bound to it.
    Mount,
    /// Links are created.
    Link,
    /// Links go up and get addresses and routes.
    Configure,
    /// Links are deleted.
    Unlink,
    /// Namespace files are unmounted and removed.
    Unmount,
    /// The kernel frees the namespaces, which it does on its own after they are gone.
    Cleanup,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Phase; 7] = [
        Phase::Namespace,
        Phase::Mount,
        Phase::Link,
        Phase::Configure,
        Phase::Unlink,
        Phase::Unmount,
        Phase::Cleanup,
    ];

    /// The name that reports give it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Phase::Namespace => "namespace",
            Phase::Mount => "mount",
            Phase::Link => "link",
            Phase::Configure => "configure",
            Phase::Unlink => "unlink",
            Phase::Unmount => "unmount",
            Phase::Cleanup => "kernel clean-up",
        }
    }
}

/// CPU time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cpu {
    /// In user mode.
    pub user: Duration,
    /// In the kernel.
    pub system: Duration,
}

impl Cpu {
    /// From an earlier reading to this one.
    #[must_use]
    pub fn since(self, earlier: Cpu) -> Cpu {
        Cpu {
            user: self.user.saturating_sub(earlier.user),
            system: self.system.saturating_sub(earlier.system),
        }
    }

    fn add(&mut self, more: Cpu) {
        self.user = self.user.saturating_add(more.user);
        self.system = self.system.saturating_add(more.system);
    }
}

/// The CPU time of this process so far, all its threads together: getrusage(2).
#[must_use]
pub fn cpu_now() -> Cpu {
    let time = |t: TimeVal| {
        let seconds = u64::try_from(t.tv_sec()).unwrap_or(0);
        Duration::from_secs(seconds)
            + Duration::from_micros(u64::try_from(t.tv_usec()).unwrap_or(0))
    };
    getrusage(UsageWho::RUSAGE_SELF).map_or_else(
        |_| Cpu::default(),
        |usage| Cpu {
            user: time(usage.user_time()),
            system: time(usage.system_time()),
        },
    )
}

/// What was measured of one phase by one worker, or by all of them after [`Measurements::merge`].
///
/// Takes the same memory however long it runs: about 100 KiB.
#[derive(Debug, Clone)]
pub struct Samples {
    /// Nanoseconds an object.
    histogram: Histogram<u64>,
    series: Series,
    count: u64,
    sum: u128,
    min: u64,
    max: u64,
}

impl Samples {
    /// No samples yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            histogram: Histogram::new(DIGITS).expect("a number of digits that is allowed"),
            series: Series::default(),
            count: 0,
            sum: 0,
            min: u64::MAX,
            max: 0,
        }
    }

    /// Work on `count` objects that began `at` after the start of the run and `took` so long in all.
    /// An object's time is its part of it.
    pub fn push(&mut self, at: Duration, took: Duration, count: u32) {
        let Some(each) = took.checked_div(count) else {
            return;
        };
        let ns = nanoseconds(each);
        let recorded = ns.min(nanoseconds(LONGEST));
        // Fails only if it can't grow to a size that it can.
        let _ = self.histogram.record_n(recorded, count.into());
        self.series.push(nanoseconds(at), ns, count.into());
        self.count = self.count.saturating_add(count.into());
        self.sum = self.sum.saturating_add(u128::from(ns) * u128::from(count));
        self.min = self.min.min(ns);
        self.max = self.max.max(ns);
    }

    fn merge(&mut self, other: &Samples) {
        let _ = self.histogram.add(&other.histogram);
        self.series.merge(&other.series);
        self.count = self.count.saturating_add(other.count);
        self.sum = self.sum.saturating_add(other.sum);
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// How many objects.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The time within which a share `q` of the objects (0 to 1) was done; `None` without objects.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<u64> {
        // The histogram answers with the upper edge of a cell, which may be above all there was.
        let edge = |ns: u64| ns.clamp(self.min, self.max);
        (self.count > 0).then(|| edge(self.histogram.value_at_quantile(q)))
    }

    /// The longest time in nanoseconds, exact.
    #[must_use]
    pub fn max(&self) -> Option<u64> {
        (self.count > 0).then_some(self.max)
    }

    /// The shortest time in nanoseconds, exact.
    #[must_use]
    pub fn min(&self) -> Option<u64> {
        (self.count > 0).then_some(self.min)
    }

    /// The mean time in nanoseconds.
    #[must_use]
    pub fn mean(&self) -> Option<u64> {
        let mean = self.sum.checked_div(self.count.into())?;
        u64::try_from(mean).ok()
    }

    pub(super) fn histogram(&self) -> &Histogram<u64> {
        &self.histogram
    }

    pub(super) fn series(&self) -> &Series {
        &self.series
    }
}

impl Default for Samples {
    fn default() -> Self {
        Self::new()
    }
}

/// A phase in all: its samples and what it cost.
#[derive(Debug, Clone, Default)]
pub struct PhaseTotal {
    /// One an object.
    pub samples: Samples,
    /// From its first kernel call to its last, all cycles together.
    pub wall: Duration,
    /// The CPU time of it.
    pub cpu: Cpu,
}

impl PhaseTotal {
    /// Objects a second; `None` without objects or time.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let (count, wall) = (self.samples.count(), self.wall.as_secs_f64());
        (count > 0 && wall > 0.0).then(|| count as f64 / wall)
    }

    /// CPU time for wall time, user and system: 1.0 is one CPU busy all the time.
    #[must_use]
    pub fn share(&self) -> Option<(f64, f64)> {
        let wall = self.wall.as_secs_f64();
        let share = |t: Duration| t.as_secs_f64() / wall;
        (wall > 0.0).then(|| (share(self.cpu.user), share(self.cpu.system)))
    }
}

/// What was measured: each worker has one of its own and one of them takes the others in at the end.
#[derive(Debug, Clone)]
pub struct Measurements {
    origin: Instant,
    phases: [Option<Box<PhaseTotal>>; Phase::ALL.len()],
}

impl Measurements {
    /// Nothing yet, of a run that started at `origin`: the same for all workers.
    #[must_use]
    pub fn new(origin: Instant) -> Self {
        Self {
            origin,
            phases: Default::default(),
        }
    }

    /// When the run started.
    #[must_use]
    pub fn origin(&self) -> Instant {
        self.origin
    }

    /// Work on `count` objects, one datagram for instance, that began `at` and `took` so long in all:
    /// an object's time is its part of it. No system call, and no allocation but a few as longer
    /// times than any before appear.
    pub fn push(&mut self, phase: Phase, at: Instant, took: Duration, count: u32) {
        let at = at.saturating_duration_since(self.origin);
        self.total_mut(phase).samples.push(at, took, count);
    }

    /// What a phase cost, added to what it had cost before: once a cycle, by the one who starts the workers.
    pub fn spent(&mut self, phase: Phase, wall: Duration, cpu: Cpu) {
        let total = self.total_mut(phase);
        total.wall = total.wall.saturating_add(wall);
        total.cpu.add(cpu);
    }

    /// Takes in what another worker measured.
    pub fn merge(&mut self, other: &Measurements) {
        for (phase, from) in other.iter() {
            let total = self.total_mut(phase);
            total.samples.merge(&from.samples);
            total.wall = total.wall.saturating_add(from.wall);
            total.cpu.add(from.cpu);
        }
    }

    /// The phases there were, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Phase, &PhaseTotal)> {
        Phase::ALL
            .into_iter()
            .zip(&self.phases)
            .filter_map(|(phase, total)| Some((phase, total.as_deref()?)))
    }

    fn total_mut(&mut self, phase: Phase) -> &mut PhaseTotal {
        // In range: a phase's number is its place in ALL.
        self.phases[phase as usize].get_or_insert_default()
    }
}

fn nanoseconds(d: Duration) -> u64 {
    u64::try_from(d.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn total(m: &Measurements, phase: Phase) -> &PhaseTotal {
        m.iter().find(|(p, _)| *p == phase).unwrap().1
    }

    #[test]
    fn phases_are_numbered_as_listed() {
        for (i, phase) in Phase::ALL.into_iter().enumerate() {
            assert_eq!(phase as usize, i);
        }
    }

    #[test]
    fn quantiles_of_known_times() {
        let mut samples = Samples::new();
        // 1 to 1,000 ms: a share q is done within q seconds.
        for ms in 1..=1000 {
            samples.push(Duration::ZERO, MS * ms, 1);
        }
        for (q, ms) in [(0.5, 500.0), (0.9, 900.0), (0.99, 990.0), (0.999, 999.0)] {
            let got = samples.quantile(q).unwrap() as f64 / 1e6;
            assert!((got - ms).abs() / ms < 0.001, "{q}: {got}");
        }
        assert_eq!(samples.max(), Some(1_000_000_000));
        assert_eq!(samples.quantile(1.0), Some(1_000_000_000));
        assert_eq!(samples.min(), Some(1_000_000));
        assert_eq!(samples.mean(), Some(500_500_000));
    }

    #[test]
    fn a_datagram_counts_as_its_objects() {
        let origin = Instant::now();
        let mut m = Measurements::new(origin);
        m.push(Phase::Link, origin, MS * 32, 32);
        m.push(Phase::Link, origin, MS, 0);
        m.spent(
            Phase::Link,
            MS * 64,
            Cpu {
                user: MS,
                system: MS * 32,
            },
        );
        let link = total(&m, Phase::Link);
        assert_eq!(link.samples.count(), 32);
        assert_eq!(link.samples.quantile(0.5), Some(1_000_000));
        assert_eq!(link.rate(), Some(500.0));
        assert_eq!(link.share(), Some((1.0 / 64.0, 0.5)));
    }

    #[test]
    fn workers_add_up() {
        let origin = Instant::now();
        let (mut a, mut b) = (Measurements::new(origin), Measurements::new(origin));
        a.push(Phase::Mount, origin, MS, 1);
        b.push(Phase::Mount, origin + MS, MS * 3, 1);
        b.push(Phase::Cleanup, origin, Duration::from_secs(7200), 1);
        b.spent(Phase::Unlink, MS, Cpu::default());
        a.merge(&b);
        let names: Vec<_> = a.iter().map(|(p, _)| p.name()).collect();
        assert_eq!(names, ["mount", "unlink", "kernel clean-up"]);
        let mount = total(&a, Phase::Mount);
        assert_eq!(
            (mount.samples.count(), mount.samples.mean()),
            (2, Some(2_000_000))
        );
        // Longer than the histogram goes: the maximum is still right.
        assert_eq!(
            total(&a, Phase::Cleanup).samples.max(),
            Some(7_200_000_000_000)
        );
    }

    #[test]
    fn nothing_measured_is_no_figure() {
        let mut m = Measurements::new(Instant::now());
        m.spent(Phase::Link, Duration::ZERO, Cpu::default());
        let link = total(&m, Phase::Link);
        assert_eq!((link.rate(), link.share()), (None, None));
        let s = &link.samples;
        assert_eq!(
            (s.min(), s.mean(), s.max(), s.quantile(0.5)),
            (None, None, None, None)
        );
    }

    #[test]
    fn cpu_time_goes_forward() {
        let before = cpu_now();
        let spent = cpu_now().since(before);
        assert!(spent.user + spent.system < Duration::from_secs(60));
        assert_eq!(
            before.since(Cpu {
                user: Duration::MAX,
                system: Duration::MAX
            }),
            Cpu::default()
        );
    }
}
