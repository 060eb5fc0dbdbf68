//! Keeps auditor and program on one processor, and the others awake, while stops follow one another closely.
//!
//! Every stop puts one of auditor and program to sleep and wakes the other. Where the two are on different processors,
//! each has to be woken from afar, and a processor that has nothing else to do meanwhile halts: in a virtual machine
//! that takes longer than all the rest of a stop, ten times as long. So, while a program makes calls of interest one
//! after the other, a thread of the least weight (nice 19) turns in circles on each processor but one, so that the
//! kernel sees none that is idle: auditor and program come together on the one that is left, and take turns there. The
//! program's affinity is not touched, and the threads give way to all that wants to run. A moment after the last stop
//! they sleep: a program that makes few such calls costs nothing more.

use nix::sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
use nix::unistd::Pid;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Stops that are no farther apart follow one another closely.
const CLOSE: Duration = Duration::from_millis(2);
/// After so many of them the threads wake up.
const ENOUGH: u32 = 4;
/// So long after the last stop they sleep.
const PATIENCE: Duration = Duration::from_millis(2);
/// On more processors than these most of the threads would turn in vain.
const MOST_PROCESSORS: usize = 4;

/// The threads, made when they are first needed. They never end: what has so little weight must hold no lock that
/// others wait for, and the end of a thread takes some.
static THREADS: OnceLock<Vec<Thread>> = OnceLock::new();
/// When the last stop was, in microseconds since [`epoch`].
static LAST: AtomicU64 = AtomicU64::new(0);
/// How many of the threads sleep.
static ASLEEP: AtomicUsize = AtomicUsize::new(0);

fn epoch() -> Instant {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    *EPOCH.get_or_init(Instant::now)
}

fn micros() -> u64 {
    u64::try_from(epoch().elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// How closely the stops of a program follow one another.
#[derive(Debug)]
pub(super) struct Awake {
    last: Instant,
    close: u32,
}

impl Awake {
    /// Before a program starts, which a program does with many calls of interest.
    pub(super) fn new() -> Self {
        Self {
            last: Instant::now(),
            close: ENOUGH,
        }
    }

    /// A thread of the program has stopped.
    pub(super) fn stopped(&mut self) {
        let now = Instant::now();
        let apart = now.duration_since(self.last);
        self.last = now;
        self.close = match apart <= CLOSE {
            true => self.close.saturating_add(1),
            false => 0,
        };
        if self.close < ENOUGH {
            return;
        }
        LAST.store(micros(), Ordering::Relaxed);
        let threads = THREADS.get_or_init(start);
        if ASLEEP.load(Ordering::Relaxed) > 0 {
            for thread in threads {
                thread.unpark();
            }
        }
    }
}

/// Makes a child on this processor, which would else start on another; it may use all that this process may once
/// [`let_go`] has been told of it.
pub(super) fn together<T>(make: impl FnOnce() -> T) -> (T, Option<CpuSet>) {
    let mut here = CpuSet::new();
    let allowed = sched_getaffinity(Pid::from_raw(0)).ok();
    let placed = sched_getcpu()
        .and_then(|cpu| here.set(cpu))
        .and_then(|()| sched_setaffinity(Pid::from_raw(0), &here));
    let made = make();
    let allowed = allowed.filter(|_| placed.is_ok());
    if let Some(allowed) = &allowed {
        let _ = sched_setaffinity(Pid::from_raw(0), allowed);
    }
    (made, allowed)
}

/// Gives a child the processors back that [`together`] has kept from it.
pub(super) fn let_go(pid: i32, allowed: &CpuSet) -> nix::Result<()> {
    sched_setaffinity(Pid::from_raw(pid), allowed)
}

/// One thread a processor that this process may use, but for the one that it is on; none where there are many, or where
/// a thread can't be had.
fn start() -> Vec<Thread> {
    let allowed = sched_getaffinity(Pid::from_raw(0)).unwrap_or_default();
    let own = sched_getcpu().ok();
    let processors: Vec<usize> = (0..CpuSet::count())
        .filter(|&cpu| allowed.is_set(cpu) == Ok(true) && Some(cpu) != own)
        .collect();
    if processors.len() >= MOST_PROCESSORS {
        return Vec::new();
    }
    let thread = |cpu: usize| {
        let thread = thread::Builder::new().stack_size(64 << 10);
        let thread = thread.spawn(move || turn(cpu)).ok()?;
        Some(thread.thread().clone())
    };
    processors.into_iter().filter_map(thread).collect()
}

/// Turns in circles on a processor while stops come, and sleeps while none do.
fn turn(cpu: usize) {
    let mut only = CpuSet::new();
    let placed = only
        .set(cpu)
        .and_then(|()| sched_setaffinity(Pid::from_raw(0), &only));
    // With more weight it would be in everybody's way.
    if placed.is_err() || crate::sys::trace::be_nice().is_err() {
        return;
    }
    let patience = u64::try_from(PATIENCE.as_micros()).unwrap_or_default();
    loop {
        if micros().saturating_sub(LAST.load(Ordering::Relaxed)) < patience {
            for _ in 0..32 {
                std::hint::spin_loop();
            }
        } else {
            ASLEEP.fetch_add(1, Ordering::Relaxed);
            thread::park();
            ASLEEP.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_stops_are_not_close() {
        let mut awake = Awake::new();
        for _ in 0..2 * ENOUGH {
            awake.last = Instant::now().checked_sub(2 * CLOSE).unwrap();
            awake.stopped();
            assert_eq!(awake.close, 0);
        }
        while awake.close < ENOUGH {
            awake.stopped();
        }
        let threads = THREADS.get().expect("started").len();
        assert!(threads < MOST_PROCESSORS, "{threads}");
    }
}
