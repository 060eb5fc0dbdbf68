//! The steady state: so many alive, so many made and destroyed a second.

use super::cleanup;
use super::run::Runner;
use super::shape::Asked;
use crate::churn::progress::Goal;
use crate::churn::{Interval, Report, SteadyState};
use crate::fabric::{Error, Fabric, Owner, World};
use std::collections::VecDeque;
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks at how many are due.
const TICK: Duration = Duration::from_millis(10);
/// Most namespaces made, and removed, together.
const BATCH: usize = 128;
/// Most batches alive at once: each has a group of links of its own.
const BATCHES: usize = 2048;

/// What is alive.
struct Alive<'a> {
    runner: &'a Runner<'a>,
    owner: &'a Owner,
    asked: &'a Asked,
    /// The bridge of a star.
    bridge: Option<u32>,
    /// The oldest first, each with its group of links.
    batches: VecDeque<(World, u32)>,
    /// How many there are.
    count: usize,
    /// How many there ever were: their numbers.
    ever: usize,
    ever_batches: u32,
    /// Whether something could not be taken back.
    left: bool,
}

impl Alive<'_> {
    fn create(&mut self, count: usize) -> Result<(), Error> {
        let world = self
            .asked
            .some(self.ever, count, self.bridge)
            .map_err(|_| Error::BadPlan("the names of so many are too long"))?;
        let group = self
            .owner
            .group(1 + self.ever_batches % (BATCHES as u32 * 2 - 2));
        self.ever += count;
        self.ever_batches += 1;
        let settings = self.runner.settings(group);
        let mut fabric = Fabric::new(&world, self.owner, settings, &self.runner.meter)?;
        let done = fabric.raise();
        self.left |= fabric.left();
        done?;
        self.batches.push_back((world, group));
        self.count += count;
        Ok(())
    }

    /// How many the oldest batch is.
    fn oldest(&self) -> usize {
        let batch = self.batches.front();
        batch.map_or(1, |(world, _)| world.namespaces.len() / self.asked.unit())
    }

    /// Removes the oldest; says how many that was.
    fn destroy(&mut self) -> Result<usize, Error> {
        let Some((world, group)) = self.batches.pop_front() else {
            return Ok(0);
        };
        let settings = self.runner.settings(group);
        Fabric::existing(&world, self.owner, settings, &self.runner.meter)?.sweep()?;
        let count = world.namespaces.len() / self.asked.unit();
        self.count -= count;
        Ok(count)
    }
}

/// Fills up to `live`, goes on at `rate` for `time`, and destroys it all.
pub(super) fn run(
    runner: &Runner<'_>,
    report: &mut Report,
    live: u32,
    rate: f64,
    time: Duration,
) -> Result<(), Error> {
    let asked = &runner.wanted.asked;
    let hub = asked.hub(live as usize + BATCH).map_err(|_| {
        Error::BadPlan("a steady state has the shape bare, lo, pair or, up to some 950 alive, star")
    })?;
    let owner = Runner::owner()?;
    let before = cleanup::namespaces();
    let mut hub_fabric = Fabric::new(&hub, &owner, runner.settings(owner.group(0)), &runner.meter)?;
    if let Err(e) = hub_fabric.raise() {
        if !hub_fabric.left() {
            owner.release();
        }
        return Err(e);
    }
    let mut alive = Alive {
        runner,
        owner: &owner,
        asked,
        bridge: hub_fabric.bridges().first().copied(),
        batches: VecDeque::new(),
        count: 0,
        ever: 0,
        ever_batches: 0,
        left: false,
    };
    let mut steady = SteadyState {
        live,
        asked_rate: rate,
        ..SteadyState::default()
    };
    let done = fill(&mut alive, live as usize, rate)
        .and_then(|()| turn_over(&mut alive, &mut steady, before, time));
    runner
        .meter
        .progress()
        .begin("taking down", Goal::Count(alive.count as u64));
    let mut swept = Ok(());
    while !alive.batches.is_empty() {
        match alive.destroy() {
            Ok(count) => runner.meter.progress().counter().add(count as u64),
            Err(e) => swept = Err(e),
        }
    }
    let (ever, left) = (alive.ever, alive.left);
    swept = swept.and(hub_fabric.sweep());
    // What could not be swept is for gc, which goes by the owner's record.
    if swept.is_ok() && !left {
        owner.release();
    }
    runner.clean_up(before, ever);
    report.steady = Some(steady);
    done.and(swept)
}

/// How many to a batch: small, so that the rate is even; but the links of a batch cost a grace period or two, some
/// 30 ms, however many they are; and a batch has a group of links of its own.
fn batch(live: usize, rate: f64) -> usize {
    let even = (rate / 10.0) as usize;
    even.max(live.div_ceil(BATCHES)).clamp(1, BATCH)
}

fn fill(alive: &mut Alive<'_>, live: usize, rate: f64) -> Result<(), Error> {
    let progress = alive.runner.meter.progress();
    progress.begin("filling up", Goal::Count(live as u64));
    let most = batch(live, rate);
    while alive.count < live {
        let count = most.min(live - alive.count);
        alive.create(count)?;
        progress.counter().add(count as u64);
        if alive.runner.stop() {
            return Err(Error::Interrupted);
        }
    }
    Ok(())
}

fn turn_over(
    alive: &mut Alive<'_>,
    steady: &mut SteadyState,
    before: Option<u64>,
    time: Duration,
) -> Result<(), Error> {
    let progress = alive.runner.meter.progress();
    progress.begin("steady state", Goal::Time(time));
    let live = steady.live as usize;
    let most = batch(live, steady.asked_rate);
    let began = Instant::now();
    let mut interval = Interval::default();
    loop {
        let elapsed = began.elapsed();
        steady.elapsed = elapsed;
        if elapsed >= interval.at + Duration::from_secs(1) || elapsed >= time {
            interval.at = elapsed;
            interval.alive = u32::try_from(alive.count).unwrap_or(u32::MAX);
            interval.waiting = cleanup::namespaces().zip(before).map(|(now, before)| {
                let ours = before + (alive.count * alive.asked.unit()) as u64;
                u32::try_from(now.saturating_sub(ours)).unwrap_or(u32::MAX)
            });
            steady.intervals.push(interval);
            interval = Interval {
                at: elapsed,
                ..Interval::default()
            };
        }
        if alive.runner.stop() {
            return Err(Error::Interrupted);
        }
        if elapsed >= time {
            return Ok(());
        }
        let due = (steady.asked_rate * elapsed.as_secs_f64()) as u64;
        let due = usize::try_from(due.saturating_sub(steady.created)).unwrap_or(most);
        if due < most {
            thread::sleep(TICK);
            continue;
        }
        alive.create(most)?;
        steady.created += most as u64;
        interval.created += most as u32;
        while alive.count >= live + alive.oldest() {
            let gone = alive.destroy()?;
            steady.destroyed += gone as u64;
            interval.destroyed += gone as u32;
        }
        progress.counter().add(most as u64);
    }
}
