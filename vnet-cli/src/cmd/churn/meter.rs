//! The onlooker of a fabric: figures into the report's measurements, progress to the terminal.

use super::signals::Interrupt;
use crate::churn::progress::Goal;
use crate::churn::{Cpu, Measurements, Phase, Progress, cpu_now};
use crate::fabric::{Step, Watch};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Measures everything that is done to any fabric it is given to.
#[derive(Debug)]
pub(super) struct Meter {
    figures: Mutex<Figures>,
    progress: Progress,
    interrupt: Interrupt,
    /// Whether progress is this one's to show, phase by phase.
    shows: bool,
}

#[derive(Debug)]
struct Figures {
    measurements: Measurements,
    began: Option<(Instant, Cpu)>,
    /// What went to the namespaces of this phase, and to their mounts, which are made in turn.
    turns: [Duration; 2],
}

impl Meter {
    pub(super) fn new(
        measurements: Measurements,
        progress: Progress,
        interrupt: Interrupt,
    ) -> Self {
        Self {
            figures: Mutex::new(Figures {
                measurements,
                began: None,
                turns: Default::default(),
            }),
            progress,
            interrupt,
            shows: true,
        }
    }

    /// The same, for many small fabrics: progress is shown by who makes them.
    pub(super) fn without_phases(self) -> Self {
        Self {
            shows: false,
            ..self
        }
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// A time that is nobody's step.
    pub(super) fn note(&self, phase: Phase, began: Instant, count: u32) {
        let took = began.elapsed();
        let measurements = &mut self.lock().measurements;
        measurements.push(phase, began, took, count);
        measurements.spent(phase, took, Cpu::default());
    }

    pub(super) fn finish(self) -> Measurements {
        self.progress.clear();
        let figures = self.figures.into_inner();
        figures.unwrap_or_else(PoisonError::into_inner).measurements
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Figures> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn phase(step: Step) -> Phase {
    match step {
        Step::Namespace => Phase::Namespace,
        Step::Mount => Phase::Mount,
        Step::Link => Phase::Link,
        Step::Configure => Phase::Configure,
        Step::Unlink => Phase::Unlink,
        Step::Unmount => Phase::Unmount,
    }
}

impl Watch for Meter {
    fn begin(&self, step: Step, count: usize) {
        self.lock().began = Some((Instant::now(), cpu_now()));
        if self.shows {
            self.progress
                .begin(phase(step).name(), Goal::Count(count as u64));
        }
    }

    fn done(&self, step: Step, began: Instant, ended: Instant, count: usize) {
        let took = ended.saturating_duration_since(began);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let mut figures = self.lock();
        match step {
            Step::Namespace => figures.turns[0] += took,
            Step::Mount => figures.turns[1] += took,
            _ => {}
        }
        figures.measurements.push(phase(step), began, took, count);
        drop(figures);
        // A namespace and its mount are one in the line.
        if self.shows && step != Step::Mount {
            self.progress.counter().add(u64::from(count));
        }
    }

    fn end(&self, step: Step) {
        let mut figures = self.lock();
        let Some((began, cpu)) = figures.began.take() else {
            return;
        };
        let (wall, cpu) = (began.elapsed(), cpu_now().since(cpu));
        if step != Step::Namespace {
            figures.measurements.spent(phase(step), wall, cpu);
            return;
        }
        // To each its part of what they took together.
        let [made, named] = std::mem::take(&mut figures.turns).map(|d| d.as_secs_f64());
        let part = if named > 0.0 {
            named / (made + named)
        } else {
            0.0
        };
        let of = |part: f64| {
            let cpu = Cpu {
                user: cpu.user.mul_f64(part),
                system: cpu.system.mul_f64(part),
            };
            (wall.mul_f64(part), cpu)
        };
        let (wall, cpu) = of(1.0 - part);
        figures.measurements.spent(Phase::Namespace, wall, cpu);
        let (wall, cpu) = of(part);
        figures.measurements.spent(Phase::Mount, wall, cpu);
    }

    fn stop(&self) -> bool {
        self.interrupt.signal().is_some()
    }
}
