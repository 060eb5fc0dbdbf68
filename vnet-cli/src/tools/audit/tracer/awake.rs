//! Keeps the processors from falling asleep while stops follow one another closely.
//!
//! Every stop puts one of auditor and program to sleep and wakes the other. Where the processor has nothing else to do
//! meanwhile it halts, and in a virtual machine being woken from that takes longer than all the rest of a stop. So,
//! while a program makes calls of interest one after the other, a thread of the lowest class (`SCHED_IDLE`: it gets
//! only time that nobody else wants, and gives way at once) turns in circles on each processor. A moment after the
//! last stop they sleep again: a program that makes few such calls costs nothing more.

use crate::sys::trace;
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Stops that are no farther apart follow one another closely.
const CLOSE: Duration = Duration::from_micros(300);
/// After so many of them the threads wake up.
const ENOUGH: u32 = 8;
/// So long after the last stop they sleep.
const PATIENCE: Duration = Duration::from_micros(300);
/// On more processors than these the program may be anywhere, and most of the threads would turn in vain.
const MOST_PROCESSORS: usize = 4;

/// The threads, once there is need of them.
#[derive(Debug)]
pub(super) struct Awake {
    shared: Arc<Shared>,
    threads: Option<Vec<JoinHandle<()>>>,
    last: Instant,
    close: u32,
}

#[derive(Debug)]
struct Shared {
    start: Instant,
    /// Of the last stop, in microseconds since `start`.
    last: AtomicU64,
    asleep: AtomicUsize,
    over: AtomicBool,
}

impl Shared {
    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Awake {
    pub(super) fn new() -> Self {
        let start = Instant::now();
        Self {
            shared: Arc::new(Shared {
                start,
                last: AtomicU64::new(0),
                asleep: AtomicUsize::new(0),
                over: AtomicBool::new(false),
            }),
            threads: None,
            last: start,
            close: 0,
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
        self.shared.last.store(self.shared.now(), Ordering::Relaxed);
        let threads = self.threads.get_or_insert_with(|| start(&self.shared));
        if self.shared.asleep.load(Ordering::Relaxed) > 0 {
            for thread in threads {
                thread.thread().unpark();
            }
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        for thread in self.threads.take().into_iter().flatten() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// One thread a processor that this process may use; none where there are many, or where a thread can't be had.
fn start(shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
    let allowed = sched_getaffinity(Pid::from_raw(0)).unwrap_or_default();
    let processors: Vec<usize> = (0..CpuSet::count())
        .filter(|&cpu| allowed.is_set(cpu) == Ok(true))
        .collect();
    if processors.len() > MOST_PROCESSORS {
        return Vec::new();
    }
    let thread = |cpu: usize| {
        let shared = Arc::clone(shared);
        let thread = thread::Builder::new().stack_size(64 << 10);
        thread.spawn(move || turn(cpu, &shared)).ok()
    };
    processors.into_iter().filter_map(thread).collect()
}

/// Turns in circles on a processor while stops come, and sleeps while none do.
fn turn(cpu: usize, shared: &Shared) {
    let mut only = CpuSet::new();
    let placed = only
        .set(cpu)
        .and_then(|()| sched_setaffinity(Pid::from_raw(0), &only));
    // Of a higher class it would be in everybody's way.
    if placed.is_err() || trace::be_idle().is_err() {
        return;
    }
    let patience = u64::try_from(PATIENCE.as_micros()).unwrap_or_default();
    while !shared.over.load(Ordering::Relaxed) {
        if shared
            .now()
            .saturating_sub(shared.last.load(Ordering::Relaxed))
            < patience
        {
            for _ in 0..32 {
                std::hint::spin_loop();
            }
        } else {
            shared.asleep.fetch_add(1, Ordering::Relaxed);
            thread::park();
            shared.asleep.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_with_close_stops_alone_and_ends_with_its_owner() {
        let mut awake = Awake::new();
        awake.stopped();
        assert!(awake.threads.is_none());
        for _ in 0..100 {
            awake.stopped();
        }
        // Whether they came closely enough is this machine's affair; however it was, all threads end here.
        drop(awake);
    }
}
