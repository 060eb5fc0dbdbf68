//! The live line of a run on a terminal: phase, how many of how many, rate, time left.

use super::units;
use crate::error;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Time between two drawings of the line.
const PERIOD: Duration = Duration::from_millis(100);

/// Goes to the start of the line and empties it.
const CLEAR: &[u8] = b"\r\x1b[K";

/// What a phase has to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// So many objects.
    Count(u64),
    /// So much time.
    Time(Duration),
    /// Whatever happens.
    Open,
}

/// How many objects are done: any worker adds to it.
#[derive(Clone, Debug)]
pub struct Counter(Arc<Shared>);

impl Counter {
    /// So many more are done.
    pub fn add(&self, count: u64) {
        self.0.done.fetch_add(count, Ordering::Relaxed);
    }
}

/// The line. It is drawn by a thread of its own, on a terminal; elsewhere there is neither.
///
/// The thread keeps the namespaces and the signal mask of the thread that calls [`Progress::new`], and a
/// process of several threads can't enter a user namespace: make it when the process is where it stays.
#[derive(Debug)]
pub struct Progress {
    shared: Arc<Shared>,
    drawer: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    done: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    phase: &'static str,
    goal: Goal,
    began: Instant,
    /// Whether something is to be drawn.
    active: bool,
    /// Whether something is on the terminal.
    drawn: bool,
    end: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// A line on stderr when that is a terminal and `wanted`.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        let shared = Arc::new(Shared {
            done: AtomicU64::new(0),
            state: Mutex::new(State {
                phase: "",
                goal: Goal::Open,
                began: Instant::now(),
                active: false,
                drawn: false,
                end: false,
            }),
            changed: Condvar::new(),
        });
        let mut drawer = None;
        if wanted && std::io::stderr().is_terminal() {
            let shared = Arc::clone(&shared);
            // Without a thread there is no line, and nothing else is amiss.
            drawer = Builder::new().spawn(move || draw(&shared)).ok();
        }
        Self { shared, drawer }
    }

    /// Starts a phase: nothing of it is done yet.
    pub fn begin(&self, phase: &'static str, goal: Goal) {
        let mut state = self.shared.state();
        self.shared.done.store(0, Ordering::Relaxed);
        (state.phase, state.goal) = (phase, goal);
        (state.began, state.active) = (Instant::now(), true);
    }

    /// What workers count with.
    #[must_use]
    pub fn counter(&self) -> Counter {
        Counter(Arc::clone(&self.shared))
    }

    /// Takes the line away until the next phase begins: before anything else is written to the terminal.
    pub fn clear(&self) {
        let mut state = self.shared.state();
        state.active = false;
        if std::mem::take(&mut state.drawn) {
            error::stderr(CLEAR);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
        self.shared.state().end = true;
        self.shared.changed.notify_all();
        if let Some(drawer) = self.drawer.take() {
            // It does not panic.
            let _ = drawer.join();
        }
    }
}

fn draw(shared: &Shared) {
    let mut state = shared.state();
    while !state.end {
        let (next, waited) = shared
            .changed
            .wait_timeout(state, PERIOD)
            .unwrap_or_else(PoisonError::into_inner);
        state = next;
        if waited.timed_out() && state.active && !state.end {
            let done = shared.done.load(Ordering::Relaxed);
            let mut bytes = CLEAR.to_vec();
            let elapsed = state.began.elapsed();
            bytes.extend_from_slice(line(state.phase, done, state.goal, elapsed).as_bytes());
            state.drawn = true;
            error::stderr(&bytes);
        }
    }
}

/// What the line says.
fn line(phase: &str, done: u64, goal: Goal, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let rate = if seconds > 0.0 {
        done as f64 / seconds
    } else {
        0.0
    };
    let mut line = format!("{phase}: {}", units::thousands(done));
    if let Goal::Count(all) = goal {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        line += &format!("/{} ({}%)", units::thousands(all), percent.min(100));
    }
    line += &format!(", {}/s", units::number(rate));
    let left = match goal {
        Goal::Count(all) if done > 0 => {
            Duration::try_from_secs_f64(all.saturating_sub(done) as f64 / rate).ok()
        }
        Goal::Time(all) => Some(all.saturating_sub(elapsed)),
        _ => None,
    };
    if let Some(left) = left {
        line += &format!(", {} left", clock(left));
    }
    line
}

/// Whole seconds, minutes, hours.
fn clock(time: Duration) -> String {
    let s = time.as_millis().div_ceil(1000);
    let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let s = Duration::from_secs;
        for (done, goal, elapsed, want) in [
            (0, Goal::Count(500), s(0), "link: 0/500 (0%), 0.00/s"),
            (
                250,
                Goal::Count(1000),
                s(2),
                "link: 250/1,000 (25%), 125/s, 6 s left",
            ),
            (
                1,
                Goal::Count(20_000),
                s(1),
                "link: 1/20,000 (0%), 1.00/s, 5:33:19 left",
            ),
            (
                7,
                Goal::Count(5),
                s(1),
                "link: 7/5 (100%), 7.00/s, 0 s left",
            ),
            (0, Goal::Count(0), s(1), "link: 0/0 (100%), 0.00/s"),
            (90, Goal::Time(s(100)), s(10), "link: 90, 9.00/s, 1:30 left"),
            (90, Goal::Time(s(1)), s(10), "link: 90, 9.00/s, 0 s left"),
            (
                u64::MAX,
                Goal::Open,
                Duration::ZERO,
                "link: 18,446,744,073,709,551,615, 0.00/s",
            ),
        ] {
            assert_eq!(line("link", done, goal, elapsed), want);
        }
    }

    #[test]
    fn counts_start_again_with_each_phase() {
        // No line is wanted, so none is drawn.
        let progress = Progress::new(false);
        assert!(progress.drawer.is_none());
        progress.begin("namespace", Goal::Count(3));
        let counter = progress.counter();
        std::thread::scope(|scope| {
            scope.spawn(|| counter.add(2));
            scope.spawn(|| counter.add(1));
        });
        assert_eq!(progress.shared.done.load(Ordering::Relaxed), 3);
        progress.begin("link", Goal::Open);
        assert_eq!(progress.shared.done.load(Ordering::Relaxed), 0);
    }
}
