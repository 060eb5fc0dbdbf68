//! Keeps auditor and program on one processor, and the others awake, while stops follow one another closely.
//!
//! Every stop puts one of auditor and program to sleep and wakes the other. Where the two are on different processors,
//! each has to be woken from afar, and a processor that has nothing else to do meanwhile halts: in a virtual machine
//! that takes longer than all the rest of a stop, ten times as long. So, while a program makes calls of interest one
//! after the other, the auditor follows the thread that stops to its processor, where the two take turns; and a thread
//! of the least weight (nice 19) turns in circles on each other processor, so that the kernel sees none that is idle
//! and leaves the program where it is. The program's own affinity is not touched, and the others give way to all that
//! wants to run. A moment after the last stop they sleep: a program that makes few such calls costs nothing more.

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Stops that are no farther apart follow one another closely.
const CLOSE: Duration = Duration::from_millis(2);
/// After so many of them the auditor follows the program.
const ENOUGH: u32 = 3;
/// So long after the last stop the threads sleep.
const PATIENCE: Duration = Duration::from_millis(1);
/// So many stops of one thread, and it is looked where it is now.
const LOOK: u32 = 64;
/// On more processors than these most of the threads would turn in vain.
const MOST_PROCESSORS: usize = 4;

/// The threads, made when they are first needed. They never end: what has so little weight must hold no lock that
/// others wait for, and the end of a thread takes some.
static THREADS: OnceLock<Vec<(usize, Thread)>> = OnceLock::new();
/// When the last stop was, in microseconds since [`epoch`].
static LAST: AtomicU64 = AtomicU64::new(0);
/// The processor that auditor and program are on.
static HERE: AtomicUsize = AtomicUsize::new(usize::MAX);
/// How many of the threads sleep.
static ASLEEP: AtomicUsize = AtomicUsize::new(0);

fn epoch() -> Instant {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    *EPOCH.get_or_init(Instant::now)
}

fn micros() -> u64 {
    u64::try_from(epoch().elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// How closely the stops of a program follow one another, and where it is.
#[derive(Debug)]
pub(super) struct Awake {
    /// The processors that this thread may use.
    allowed: CpuSet,
    processors: Vec<usize>,
    last: Instant,
    close: u32,
    tid: i32,
    looked: u32,
}

impl Awake {
    pub(super) fn new() -> Self {
        let allowed = sched_getaffinity(Pid::from_raw(0)).unwrap_or_default();
        let may = |&cpu: &usize| allowed.is_set(cpu) == Ok(true);
        let mut processors: Vec<usize> = (0..CpuSet::count()).filter(may).collect();
        if processors.len() > MOST_PROCESSORS {
            processors.clear();
        }
        Self {
            allowed,
            processors,
            last: epoch(),
            close: 0,
            tid: 0,
            looked: 0,
        }
    }

    /// A thread of the program has stopped.
    pub(super) fn stopped(&mut self, tid: i32) {
        if self.processors.len() < 2 {
            return;
        }
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
        self.looked += 1;
        if tid != self.tid || self.looked >= LOOK {
            self.tid = tid;
            self.looked = 0;
            self.follow(tid);
        }
        LAST.store(micros(), Ordering::Relaxed);
        let threads = THREADS.get_or_init(|| start(&self.processors));
        // The one of this processor sleeps.
        if ASLEEP.load(Ordering::Relaxed) > 1 {
            let here = HERE.load(Ordering::Relaxed);
            for (_, thread) in threads.iter().filter(|(cpu, _)| *cpu != here) {
                thread.unpark();
            }
        }
    }

    /// Goes to the processor that a thread was last on.
    fn follow(&self, tid: i32) {
        let Some(cpu) = processor(tid).filter(|cpu| self.processors.contains(cpu)) else {
            return;
        };
        if HERE.swap(cpu, Ordering::Relaxed) != cpu {
            let mut only = CpuSet::new();
            let _ = only
                .set(cpu)
                .and_then(|()| sched_setaffinity(Pid::from_raw(0), &only));
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        if HERE.swap(usize::MAX, Ordering::Relaxed) != usize::MAX {
            let _ = sched_setaffinity(Pid::from_raw(0), &self.allowed);
        }
    }
}

/// The processor that a thread was last on, proc_pid_stat(5).
fn processor(tid: i32) -> Option<usize> {
    let stat = std::fs::read_to_string(format!("/proc/{tid}/stat")).ok()?;
    // The name in brackets may hold anything; behind it is field 3.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(39 - 3)?.parse().ok()
}

/// One thread a processor.
fn start(processors: &[usize]) -> Vec<(usize, Thread)> {
    let thread = |&cpu: &usize| {
        let thread = thread::Builder::new().stack_size(64 << 10);
        let thread = thread.spawn(move || turn(cpu)).ok()?;
        Some((cpu, thread.thread().clone()))
    };
    processors.iter().filter_map(thread).collect()
}

/// Turns in circles on a processor while stops come on another, and sleeps while none do.
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
        let recent = micros().saturating_sub(LAST.load(Ordering::Relaxed)) < patience;
        if recent && HERE.load(Ordering::Relaxed) != cpu {
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
        if awake.processors.len() < 2 {
            return;
        }
        let own = std::process::id() as i32;
        for _ in 0..2 * ENOUGH {
            awake.last = Instant::now().checked_sub(2 * CLOSE).unwrap();
            awake.stopped(own);
            assert_eq!(awake.close, 0);
        }
        while awake.close < ENOUGH {
            awake.stopped(own);
        }
        let threads = THREADS.get().expect("started").len();
        assert!(threads <= MOST_PROCESSORS, "{threads}");
        let allowed = awake.allowed;
        drop(awake);
        assert_eq!(sched_getaffinity(Pid::from_raw(0)), Ok(allowed));
    }

    #[test]
    fn where_a_thread_is() {
        let own = std::process::id() as i32;
        assert!(processor(own).is_some_and(|cpu| cpu < CpuSet::count()));
        assert_eq!(processor(-1), None);
    }
}
