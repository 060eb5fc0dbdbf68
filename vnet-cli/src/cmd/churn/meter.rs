//! The onlooker of a fabric: figures into the report's measurements, progress to the terminal.

use super::signals::Interrupt;
use crate::churn::progress::Goal;
use crate::churn::{Cpu, Measurements, Phase, Progress, cpu_now};
use crate::fabric::{Step, Watch};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

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
        self.lock()
            .measurements
            .push(phase, began, began.elapsed(), count);
        self.lock()
            .measurements
            .spent(phase, began.elapsed(), Cpu::default());
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
        self.lock()
            .measurements
            .push(phase(step), began, took, count);
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
        figures.measurements.spent(phase(step), wall, cpu);
        // Made in turn with the namespaces, in the same time.
        if step == Step::Namespace {
            figures
                .measurements
                .spent(Phase::Mount, wall, Cpu::default());
        }
    }

    fn stop(&self) -> bool {
        self.interrupt.signal().is_some()
    }
}
