//! Keeps auditor and program on one processor, and the others awake, while stops follow one another closely.
//!
//! Every stop puts one of auditor and program to sleep and wakes the other. Where the two are on different processors,
//! each has to be woken from afar, and a processor that has nothing else to do meanwhile halts: in a virtual machine
//! that takes longer than all the rest of a stop, ten times as long. So, while a program makes calls of interest one
//! after the other, a thread of the least weight (nice 19) turns in circles on each processor but one, so that the
//! kernel sees none that is idle: auditor and program come together on the one that is left, and take turns there.
//!
//! A program whose children start on the other processors leaves that one. The thread that is there notices that
//! something comes between its turns, the auditor looks where the thread that has just stopped was, and where that is
//! so the two change places: the thread turns on the processor that was left, and the auditor goes to the program's.
//!
//! The program's affinity is not touched, and the threads give way to all that wants to run. A moment after the last
//! stop they sleep: a program that makes few such calls costs nothing more.

use nix::sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
use nix::unistd::{Pid, gettid};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Stops that are no farther apart follow one another closely.
const CLOSE: Duration = Duration::from_millis(2);
/// After so many of them the threads wake up.
const ENOUGH: u32 = 4;
/// So long after the last stop they sleep, in microseconds.
const PATIENCE: u64 = 2_000;
/// On more processors than these most of the threads would turn in vain.
const MOST_PROCESSORS: usize = 4;
/// When something else had the processor between two turns of a thread for so long, in microseconds, it was not alone.
const SHARED: u64 = 10;
/// So often it has to be so, each time within [`CLOSELY`] of the last, before the auditor is asked to look.
const OFTEN: u32 = 4;
/// In microseconds; the kernel's own work comes more rarely.
const CLOSELY: u64 = 300;
/// It is asked at most once in so many microseconds: looking and changing places cost some 50.
const REST: u64 = 1_000;
/// No processor's number.
const NOWHERE: usize = usize::MAX;

/// The threads, made when they are first needed. They never end: the end of a thread takes locks of the kernel's that
/// others wait for, and what has so little weight should not hold these.
static THREADS: OnceLock<Vec<Thread>> = OnceLock::new();
/// When the last stop was, as [`micros`] counts.
static LAST: AtomicU64 = AtomicU64::new(0);
/// How many of the threads sleep.
static ASLEEP: AtomicUsize = AtomicUsize::new(0);
/// The processor that has no thread.
static FREE: AtomicUsize = AtomicUsize::new(NOWHERE);
/// Whether the auditor is asked where the program is.
static ASKED: AtomicBool = AtomicBool::new(false);
/// Its answer, until it is taken.
static PROGRAM: AtomicUsize = AtomicUsize::new(NOWHERE);
/// The auditor's thread, and the processors that it may use.
static AUDITOR: Mutex<Option<(Pid, CpuSet)>> = Mutex::new(None);

fn auditor() -> MutexGuard<'static, Option<(Pid, CpuSet)>> {
    AUDITOR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Microseconds since the first time it was asked.
fn micros() -> u64 {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    let since = EPOCH.get_or_init(Instant::now).elapsed();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// How closely the stops of a program follow one another.
#[derive(Debug)]
pub(super) struct Awake {
    last: Instant,
    close: u32,
}

impl Awake {
    /// Before a program starts, which a program does with many calls of interest. The calling thread is the auditor's.
    pub(super) fn new() -> Self {
        *auditor() = own_affinity().map(|allowed| (gettid(), allowed));
        Self {
            last: Instant::now(),
            close: ENOUGH,
        }
    }

    /// A thread of the program has stopped.
    pub(super) fn stopped(&mut self, tid: i32) {
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
        if ASKED.load(Ordering::Relaxed) {
            ASKED.store(false, Ordering::Relaxed);
            PROGRAM.store(processor_of(tid).unwrap_or(NOWHERE), Ordering::Relaxed);
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        if let Some((tid, allowed)) = auditor().take() {
            let _ = sched_setaffinity(tid, &allowed);
        }
    }
}

fn own_affinity() -> Option<CpuSet> {
    sched_getaffinity(Pid::from_raw(0)).ok()
}

/// Keeps a thread on one processor.
fn keep_on(tid: Pid, cpu: usize) -> nix::Result<()> {
    let mut only = CpuSet::new();
    only.set(cpu)?;
    sched_setaffinity(tid, &only)
}

/// Makes a child on this processor, which would else start on another; it may use all that this process may once
/// [`let_go`] has been told of it.
pub(super) fn together<T>(make: impl FnOnce() -> T) -> (T, Option<CpuSet>) {
    let this = Pid::from_raw(0);
    let allowed = own_affinity();
    let placed = sched_getcpu().and_then(|cpu| keep_on(this, cpu));
    let made = make();
    let allowed = allowed.filter(|_| placed.is_ok());
    if let Some(allowed) = &allowed {
        let _ = sched_setaffinity(this, allowed);
    }
    (made, allowed)
}

/// Gives a child the processors back that [`together`] has kept from it.
pub(super) fn let_go(pid: i32, allowed: &CpuSet) -> nix::Result<()> {
    sched_setaffinity(Pid::from_raw(pid), allowed)
}

/// The processor that a thread is on, or was last: field 39 of `/proc/<tid>/stat` (proc_pid_stat(5)). Where that is
/// another thread's, as in a pid namespace that has the /proc of another, nothing worse than a bad place comes of it.
fn processor_of(tid: i32) -> Option<usize> {
    let stat = std::fs::read_to_string(format!("/proc/{tid}/stat")).ok()?;
    // The second field, a name in parentheses, may hold anything.
    let (_, from_the_third) = stat.rsplit_once(')')?;
    from_the_third.split_whitespace().nth(39 - 3)?.parse().ok()
}

/// One thread a processor that this process may use, but for the one that it is on; none where there are many, or where
/// a thread can't be had.
fn start() -> Vec<Thread> {
    let (Some(allowed), Ok(own)) = (own_affinity(), sched_getcpu()) else {
        return Vec::new();
    };
    let processors: Vec<usize> = (0..CpuSet::count())
        .filter(|&cpu| allowed.is_set(cpu) == Ok(true) && cpu != own)
        .collect();
    if processors.len() >= MOST_PROCESSORS {
        return Vec::new();
    }
    FREE.store(own, Ordering::Relaxed);
    let thread = |cpu: usize| {
        let thread = thread::Builder::new().stack_size(64 << 10);
        let thread = thread.spawn(move || Turning::new(cpu).turn()).ok()?;
        Some(thread.thread().clone())
    };
    processors.into_iter().filter_map(thread).collect()
}

/// A thread that keeps a processor awake.
#[derive(Debug)]
struct Turning {
    cpu: usize,
    /// How often in short order it was not alone.
    shared: u32,
    /// When it was so last, and when it asked the auditor to look last.
    last: u64,
    asked: u64,
}

impl Turning {
    fn new(cpu: usize) -> Self {
        Self {
            cpu,
            shared: 0,
            last: 0,
            asked: 0,
        }
    }

    /// Turns in circles while stops come, and sleeps while none do.
    fn turn(mut self) {
        // With more weight it would be in everybody's way.
        if keep_on(Pid::from_raw(0), self.cpu).is_err() || crate::sys::trace::be_nice().is_err() {
            return;
        }
        let mut turned = micros();
        loop {
            let now = micros();
            if now.saturating_sub(LAST.load(Ordering::Relaxed)) >= PATIENCE {
                sleep();
                turned = micros();
                continue;
            }
            if now.saturating_sub(turned) >= SHARED {
                self.not_alone(now);
            }
            turned = micros();
            for _ in 0..32 {
                std::hint::spin_loop();
            }
            // A scheduler that lets a thread finish its slice (EEVDF) would keep the program waiting for all of it.
            thread::yield_now();
        }
    }

    /// Something else was on this processor until now.
    fn not_alone(&mut self, now: u64) {
        // The answer is for one thread, the one on that processor.
        let order = Ordering::Relaxed;
        let taken = PROGRAM.compare_exchange(self.cpu, NOWHERE, order, order);
        if taken.is_ok() {
            self.change_places();
        }
        self.shared = match now.saturating_sub(self.last) < CLOSELY {
            true => self.shared + 1,
            false => 1,
        };
        self.last = now;
        if self.shared >= OFTEN && now.saturating_sub(self.asked) >= REST {
            self.shared = 0;
            self.asked = now;
            ASKED.store(true, Ordering::Relaxed);
        }
    }

    /// Leaves its processor to the auditor, and takes the one that was left.
    fn change_places(&mut self) {
        let free = FREE.swap(self.cpu, Ordering::Relaxed);
        if let Some((tid, _)) = *auditor() {
            let _ = keep_on(tid, self.cpu);
        }
        if keep_on(Pid::from_raw(0), free).is_ok() {
            self.cpu = free;
        }
    }
}

/// Until [`Awake::stopped`] wakes the thread. The auditor is not kept anywhere meanwhile.
fn sleep() {
    if let Some((tid, allowed)) = *auditor() {
        let _ = sched_setaffinity(tid, &allowed);
    }
    ASLEEP.fetch_add(1, Ordering::Relaxed);
    thread::park();
    ASLEEP.fetch_sub(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_stops_are_not_close() {
        let before = own_affinity();
        let own = std::process::id() as i32;
        let mut awake = Awake::new();
        for _ in 0..2 * ENOUGH {
            awake.last = Instant::now().checked_sub(2 * CLOSE).unwrap();
            awake.stopped(own);
            assert_eq!(awake.close, 0);
        }
        while awake.close < ENOUGH {
            awake.stopped(own);
        }
        let threads = THREADS.get().expect("started").len();
        assert!(threads < MOST_PROCESSORS, "{threads}");
        drop(awake);
        assert_eq!(own_affinity(), before);
    }

    #[test]
    fn where_a_thread_is() {
        let child = thread::spawn(|| {
            let cpu = sched_getcpu().unwrap();
            keep_on(Pid::from_raw(0), cpu).unwrap();
            (processor_of(gettid().as_raw()), cpu)
        });
        let (found, cpu) = child.join().unwrap();
        assert_eq!(found, Some(cpu));
        assert_eq!(processor_of(-1), None);
    }
}
