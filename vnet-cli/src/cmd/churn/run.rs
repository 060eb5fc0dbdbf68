//! A run of churn from its first cycle to its report.

use super::meter::Meter;
use super::signals::Interrupt;
use super::words::{Form, Length, Wanted};
use super::{cleanup, steady, usable};
use crate::churn::progress::Goal;
use crate::churn::{Cycle, Phase, Progress, Report, compare, csv, hdr, json, svg, text};
use crate::context::Context;
use crate::error::{self, CmdError, FAILED, Result, quoted};
use crate::fabric::{self, Fabric, Owner, Settings, Watch, World};
use crate::out::Out;
use netlink_raw::Connection;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nsenter::Store;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// What a fabric comes to.
type Done<T = ()> = std::result::Result<T, fabric::Error>;

/// Descriptors that are not namespaces kept open: the namespaces of one datagram, sockets, files, what the process came
/// with.
const OTHER_FILES: usize = 256;
/// Those of them that are not a datagram's.
const FEW_FILES: usize = 64;
/// How long to wait for ports to forward and for the kernel to clean up: so long, and so long a namespace.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(10), Duration::from_millis(20));

/// Runs it.
pub(super) fn run(ctx: &mut Context, wanted: &Wanted) -> Result {
    let world = wanted.asked.world().map_err(|why| {
        let error = CmdError::new(why).code(FAILED);
        let error = match wanted.count_at {
            Some(at) => error.at(at),
            None => error,
        };
        match wanted.asked.needs_spread() {
            true => error.hint("--spread puts a star on several bridges"),
            false => error,
        }
    })?;
    let files = output_files(wanted)?;
    let descriptors = descriptors();
    let interrupt =
        Interrupt::catch().map_err(|e| CmdError::os("cannot wait for signals", &e.into()))?;
    let mut report = Report::new(wanted.settings());
    let progress = Progress::new(std::io::stderr().is_terminal());
    let meter = Meter::new(report.measurements.clone(), progress, interrupt.clone());
    let mut runner = Runner {
        wanted,
        descriptors,
        interrupt,
        meter,
    };
    let done = match wanted.length {
        Length::Steady { live, rate, time } => {
            runner.meter = runner.meter.without_phases();
            steady::run(&runner, &mut report, live, rate, time)
        }
        _ => runner.cycles(&world, &mut report),
    };
    let signal = runner.interrupt.signal();
    report.measurements = runner.meter.finish();
    match done {
        Err(fabric::Error::Interrupted) => {
            report.notes.push("interrupted".into());
        }
        other => other.map_err(|e| failed(&e))?,
    }
    print(ctx, wanted, &report)?;
    for (path, mut file, render) in files {
        let written = file.write_all(render(&report).as_bytes());
        written.map_err(|e| CmdError::os(format!("cannot write {}", quoted(path)), &e))?;
    }
    match signal {
        // A world that is held ends by a signal as well as by the end of input.
        Some(signal) if !wanted.hold || report.cycles.is_empty() => {
            Err(CmdError::silent(128 + u8::try_from(signal).unwrap_or(0)))
        }
        _ => Ok(()),
    }
}

/// What a run needs at every turn.
pub(super) struct Runner<'a> {
    pub(super) wanted: &'a Wanted,
    /// How many namespaces may be kept open, and how many links there may be in a datagram.
    descriptors: (usize, usize),
    interrupt: Interrupt,
    pub(super) meter: Meter,
}

impl Runner<'_> {
    pub(super) fn settings(&self, group: u32) -> Settings {
        Settings {
            workers: self.wanted.workers,
            ipv6: self.wanted.ipv6,
            group,
            open: self.descriptors.0,
            links: self.descriptors.1,
        }
    }

    pub(super) fn stop(&self) -> bool {
        self.meter.stop()
    }

    /// An owner for what is made next.
    pub(super) fn owner() -> Done<Owner> {
        let mut conn = Connection::route()?;
        Owner::claim(&Store::new(), &mut conn)
    }

    /// Waits for the kernel to free what was removed.
    pub(super) fn clean_up(&self, before: Option<u64>, count: usize) -> Option<Duration> {
        let began = Instant::now();
        self.meter
            .progress()
            .begin(Phase::Cleanup.name(), Goal::Open);
        let over = cleanup::wait(before, patience(count), || self.stop());
        if !over {
            return None;
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.meter.note(Phase::Cleanup, began, count);
        Some(began.elapsed())
    }

    fn cycles(&self, world: &World, report: &mut Report) -> Done {
        let began = Instant::now();
        let more = |done: usize| match self.wanted.length {
            Length::Cycles(n) => done < n as usize,
            Length::Time(time) => done == 0 || began.elapsed() < time,
            Length::Steady { .. } => false,
        };
        while more(report.cycles.len()) {
            let cycle = self.cycle(world)?;
            report.cycles.push(cycle);
            if self.stop() && !self.wanted.hold {
                return Err(fabric::Error::Interrupted);
            }
        }
        Ok(())
    }

    fn cycle(&self, world: &World) -> Done<Cycle> {
        let owner = Self::owner()?;
        let group = owner.group(0);
        let count = world.namespaces.len();
        let before = (cleanup::namespaces(), cleanup::kernel_memory());
        let mut fabric = Fabric::new(world, &owner, self.settings(group), &self.meter)?;
        let began = Instant::now();
        if let Err(e) = fabric.raise() {
            if !fabric.left() {
                owner.release();
            }
            return Err(e);
        }
        let up = began.elapsed();
        let stop = || self.stop();
        self.meter.progress().begin("carrier", Goal::Open);
        let usable = usable::wait(world, &owner, group, patience(count), &stop);
        let usable = usable.then(|| began.elapsed());
        let memory = before.1.zip(cleanup::kernel_memory()).and_then(|(a, b)| {
            b.checked_sub(a)?
                .checked_div(u64::try_from(count).unwrap_or(0))
        });
        if self.wanted.hold {
            self.hold(world);
        }
        let began = Instant::now();
        fabric.sweep()?;
        let down = began.elapsed();
        owner.release();
        Ok(Cycle {
            up,
            usable,
            down,
            cleanup: self.clean_up(before.0, count),
            memory_per_namespace: memory,
            namespaces: u32::try_from(count).unwrap_or(u32::MAX),
            links: u32::try_from(world.links.len()).unwrap_or(u32::MAX),
        })
    }

    fn hold(&self, world: &World) {
        self.meter.progress().clear();
        let line = format!(
            "up: {} namespaces, {} links; the end of input, SIGINT or SIGTERM takes them down\n",
            world.namespaces.len(),
            world.links.len()
        );
        error::stderr(line.as_bytes());
        self.interrupt.wait_or_end_of_input();
    }
}

fn patience(count: usize) -> Duration {
    let (base, each) = PATIENCE;
    base + each.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Two reports side by side.
pub(super) fn compare(ctx: &mut Context, one: &OsStr, two: &OsStr) -> Result {
    ctx.out.raw(compare::files(one, two)?.as_str());
    Ok(())
}

/// A file that is asked for, and what is written to it.
type OutputFile<'w> = (&'w OsStr, File, fn(&Report) -> String);

/// Opened first: what can't be written is better known before the run.
fn output_files(wanted: &Wanted) -> Result<Vec<OutputFile<'_>>> {
    let mut files = Vec::new();
    for (path, render) in [
        (&wanted.hdr, hdr::render as fn(&Report) -> String),
        (&wanted.svg, svg::render),
    ] {
        if let Some(path) = path {
            let file = File::create(path)
                .map_err(|e| CmdError::os(format!("cannot write {}", quoted(path)), &e))?;
            files.push((path.as_os_str(), file, render));
        }
    }
    Ok(files)
}

/// Raises the number of files that may be open as far as it goes, and says how many namespaces may be kept open, and
/// how many links there may be in a datagram.
fn descriptors() -> (usize, usize) {
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE) {
        let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
    }
    let (soft, _) = getrlimit(Resource::RLIMIT_NOFILE).unwrap_or((0, 0));
    let soft = usize::try_from(soft).unwrap_or(usize::MAX);
    let links = soft.saturating_sub(FEW_FILES) / 2;
    (
        soft.saturating_sub(OTHER_FILES),
        links.clamp(1, Settings::LINKS),
    )
}

fn failed(e: &fabric::Error) -> CmdError {
    let error = CmdError::new(e.to_string()).code(2);
    match errno(e) {
        Some(libc::EPERM | libc::EACCES) => error.hint(
            "needs CAP_SYS_ADMIN and CAP_NET_ADMIN: be root, or try it in `unshare -Urmn` with a tmpfs on /run",
        ),
        Some(libc::EEXIST) => error.hint("another --prefix makes other names"),
        _ => error,
    }
}

fn errno(e: &fabric::Error) -> Option<i32> {
    match e {
        fabric::Error::Namespace { source, .. } | fabric::Error::Store(source) => {
            source.errno().map(|e| e as i32)
        }
        fabric::Error::Link { source, .. } | fabric::Error::Configure { source, .. } => {
            Some(source.errno)
        }
        fabric::Error::Record { source, .. } | fabric::Error::Sysctl { source, .. } => {
            source.raw_os_error()
        }
        fabric::Error::Netlink(e) => e.errno(),
        _ => None,
    }
}

fn print(ctx: &mut Context, wanted: &Wanted, report: &Report) -> Result {
    match wanted.form {
        Form::Text => ctx.out.raw((text::render(report).as_str(), "\n")),
        Form::Csv => ctx.out.raw(csv::render(report).as_str()),
        Form::Json => {
            let options = crate::options::Options {
                json: true,
                ..Default::default()
            };
            let mut out = Out::stdout(&options);
            json::write(report, &mut out);
            let written = out.finish();
            written.map_err(|e| CmdError::os("cannot write to stdout", &e))?;
        }
    }
    Ok(())
}
