//! The kernel's own part of the way down: it frees namespaces later, in its background.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::thread;
use std::time::{Duration, Instant};

/// Objects that lie on the processors' own lists count as used: so many more than before are none.
const SLACK: u64 = 64;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);
/// Work that has been asked for may not have begun yet: it is over when it was not seen so often in a row.
const IDLE: u32 = 3;
/// The same where there are more namespaces than before.
const IDLE_LONG: u32 = 25;
/// Room for the name of a kernel thread, in bytes.
const NAME: usize = 64;

/// How many network namespaces the kernel has, freed ones that it still works on among them. Known to root alone, and
/// not to the last few (`/proc/slabinfo`).
pub(super) fn namespaces() -> Option<u64> {
    let file = BufReader::new(fs::File::open("/proc/slabinfo").ok()?);
    let line = file
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("net_namespace "))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// The kernel's worker threads, as far as they have been met: whoever works on the list of namespaces to free has a name
/// that ends so (`kworker/u8:1+netns`).
#[derive(Default)]
struct Workers {
    files: Vec<fs::File>,
}

impl Workers {
    /// None where kernel threads can't be seen.
    fn find() -> Option<Self> {
        let mut found = Self::default();
        for entry in fs::read_dir("/proc").ok()?.flatten() {
            if !entry
                .file_name()
                .as_encoded_bytes()
                .iter()
                .all(u8::is_ascii_digit)
            {
                continue;
            }
            // Or a process that ended meanwhile.
            let Ok(file) = fs::File::open(entry.path().join("comm")) else {
                continue;
            };
            let (mut name, file) = ([0; NAME], file);
            if matches!(file.read_at(&mut name, 0), Ok(n) if name[..n].starts_with(b"kworker/")) {
                found.files.push(file);
            }
        }
        Some(found).filter(|workers| !workers.files.is_empty())
    }

    /// Whether one of them is at it.
    fn busy(&self) -> bool {
        let mut name = [0; NAME];
        self.files.iter().any(|file| {
            let read = file.read_at(&mut name, 0);
            matches!(read, Ok(n) if name[..n].trim_ascii_end().ends_with(b"+netns"))
        })
    }
}

/// Waits until the kernel has freed what was removed, `longest` at most, or until `stop`. `before` is what
/// [`namespaces`] said before anything was made. False when it can't be told, or was not over in time.
pub(super) fn wait(before: Option<u64>, longest: Duration, stop: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    let more = || {
        namespaces()
            .zip(before)
            .is_some_and(|(now, before)| now > before + SLACK)
    };
    let over = || began.elapsed() >= longest || stop();
    let Some(workers) = Workers::find() else {
        return false;
    };
    let mut idle = 0;
    while !over() {
        if workers.busy() {
            idle = 0;
        } else {
            idle += 1;
        }
        // Others may make namespaces meanwhile: then the number tells nothing, and idleness has to last.
        if idle >= IDLE && !more() || idle >= IDLE_LONG {
            return true;
        }
        thread::sleep(LOOK);
    }
    false
}

/// Bytes that the kernel uses for objects of its own: what a namespace is made of, and little of what else goes on in
/// the machine (`Slab` and `Percpu`).
pub(super) fn kernel_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = |name: &str| {
        let line = text.lines().find_map(|l| l.strip_prefix(name))?;
        let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
        kib.checked_mul(1024)
    };
    line("Slab:")?.checked_add(line("Percpu:")?)
}
