//! Deviations from a policy as lines for people.

use super::Sink;
use crate::tools::audit::event::{Event, Task};
use crate::tools::audit::policy::Deviation;
use std::fmt::Write;
use std::io;
use std::time::Duration;

/// So many are told again at the end.
const MOST: usize = 1000;

/// All of a run.
#[derive(Debug, Default)]
pub(super) struct Deviations {
    /// How many there were.
    pub(super) count: u64,
    lines: Vec<String>,
}

impl Deviations {
    /// Takes one, and what it was that deviated; its line, without an end.
    pub(super) fn take(&mut self, deviation: &Deviation, event: Option<&Event>) -> String {
        self.count += 1;
        let mut line = format!("deviation: {}", deviation.policy);
        if let Some(number) = deviation.line {
            let _ = write!(line, ":{number}");
        }
        line.push_str(": ");
        if let Some((Task { pid, tid }, _)) = event.and_then(place) {
            let _ = match pid == tid {
                true => write!(line, "[{pid}] "),
                false => write!(line, "[{pid}/{tid}] "),
            };
        }
        line.push_str(&deviation.text);
        if self.lines.len() < MOST {
            self.lines.push(line.clone());
        }
        line
    }

    /// Writes them all to standard error.
    ///
    /// # Errors
    /// Of writing.
    pub(super) fn tell(&self) -> io::Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let mut text = self.lines.join("\n");
        text.push('\n');
        let more = self.count.saturating_sub(self.lines.len() as u64);
        if more > 0 {
            let _ = writeln!(text, "deviation: {more} more");
        }
        let mut sink = Sink::stderr()?;
        sink.write(text.as_bytes());
        sink.finish()
    }
}

/// Who did it, and when.
pub(super) fn place(event: &Event) -> Option<(Task, Duration)> {
    match event {
        Event::Call(call) => Some((call.task, call.time)),
        Event::Ended(end) => Some((end.task, end.time)),
        Event::Signal { time, task, .. } => Some((*task, *time)),
        Event::Note(_) | Event::Unseen(_) => None,
    }
}
