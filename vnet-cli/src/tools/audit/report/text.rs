//! The report for people: one line a call.
//!
//! ```text
//! 14:03:07.123456 [4711] unshare(CLONE_NEWNET) = 0 <0.000217>
//! ```
//!
//! A netlink socket's datagrams stand behind its calls, `→` what was sent and `←` what was received; what they hold is
//! below, where that is asked for.
//!
//! The time is this place's, at the call's entry; its duration, in seconds, is in `<>`. The process in `[]` (and the
//! thread, `[4711/4713]`, where it is not the first) stands there once there are several. Signals, ends and notes have
//! lines of their own, between `---`, `+++` and behind `note:`.

use super::clean::{clean, clean_bytes};
use super::{Detail, outcome};
use crate::out::color::{Color, Paint};
use crate::show::netlink::Annotated;
use crate::sys::LocalTime;
use crate::tools::audit::event::{Call, Ended, Event, How, Outcome, Task};
use netlink_raw::transport::Direction;
use std::fmt::Write;
use std::time::Duration;

/// Columns that what a message holds stands in.
const INDENT: usize = 4;
/// Bytes of what is written that an argument shows.
const SHOWN: usize = 32;

/// Writes events as lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    paint: Paint,
    detail: Detail,
    first: Option<Task>,
    several: bool,
}

impl Lines {
    pub(super) fn new(paint: Paint, detail: Detail) -> Self {
        Self {
            paint,
            detail,
            ..Self::default()
        }
    }

    /// Appends the lines of an event with these datagrams.
    pub(super) fn event(&mut self, event: &Event, datagrams: &[Annotated<'_>], to: &mut String) {
        match event {
            Event::Call(call) => self.call(call, datagrams, to),
            Event::Ended(end) => self.ended(end, to),
            Event::Signal { time, task, signal } => {
                self.start(*time, *task, to);
                let _ = writeln!(to, "--- {} ---", signal_name(*signal));
            }
            Event::Note(note) | Event::Unseen(note) => {
                let _ = writeln!(to, "note: {}", clean(note));
            }
        }
    }

    fn call(&mut self, call: &Call, datagrams: &[Annotated<'_>], to: &mut String) {
        self.start(call.time, call.task, to);
        let failed = matches!(call.outcome, Outcome::Failed(_));
        let color = if failed { Color::OperDown } else { Color::None };
        self.paint.put(color, call.name, to);
        to.push('(');
        for (i, arg) in call.args.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            let _ = write!(to, "{comma}{}", clean(arg));
        }
        to.push_str(") = ");
        self.paint
            .put(color, clean(&outcome::text(&call.outcome)), to);
        if call.outcome != Outcome::Never {
            let _ = write!(to, " <{}>", seconds(call.duration));
        }
        let Some(netlink) = &call.netlink else {
            to.push('\n');
            let data = call.data.as_ref().filter(|data| data.len() > SHOWN);
            if let Some(data) = data.filter(|_| self.detail > Detail::Line) {
                let _ = writeln!(to, "{:INDENT$}{}", "", clean_bytes(data));
            }
            return;
        };
        let arrow = match netlink.direction {
            Direction::Sent => "\u{2192}",
            Direction::Received => "\u{2190}",
        };
        let peeked = if netlink.peeked { " peeked" } else { "" };
        for (datagram, known) in netlink.datagrams.iter().zip(datagrams) {
            let _ = write!(to, " {arrow}{peeked} ");
            let (got, len) = (datagram.bytes.len(), datagram.len);
            if got == 0 && len > 0 {
                let _ = write!(to, "{len} bytes");
                continue;
            }
            to.push_str(&known.line(self.paint));
            if got < len {
                let _ = write!(to, " ({got} of {len} bytes)");
            }
        }
        to.push('\n');
        // What was only looked at comes again.
        if netlink.peeked {
            return;
        }
        for datagram in datagrams.iter().filter(|d| !d.datagram().is_empty()) {
            match self.detail {
                Detail::Line => {}
                Detail::Attributes => datagram.text(self.paint, INDENT, to),
                Detail::Bytes => datagram.bytes(self.paint, INDENT, to),
            }
        }
    }

    fn ended(&mut self, end: &Ended, to: &mut String) {
        self.start(end.time, end.task, to);
        let _ = match end.how {
            How::Code(code) => writeln!(to, "+++ exited with {code} +++"),
            How::Signal(signal, core) => {
                let core = if core { ", core dumped" } else { "" };
                writeln!(to, "+++ killed by {}{core} +++", signal_name(signal))
            }
            How::Replaced => writeln!(
                to,
                "+++ replaced by a program that another thread executed +++"
            ),
        };
    }

    /// The time and the thread.
    fn start(&mut self, time: Duration, task: Task, to: &mut String) {
        let local = LocalTime::at(i64::try_from(time.as_secs()).unwrap_or_default());
        let _ = write!(
            to,
            "{:02}:{:02}:{:02}.{:06} ",
            local.hour,
            local.minute,
            local.second,
            time.subsec_micros()
        );
        self.several |= *self.first.get_or_insert(task) != task;
        if !self.several {
            return;
        }
        let Task { pid, tid } = task;
        let _ = match pid == tid {
            true => write!(to, "[{pid}] "),
            false => write!(to, "[{pid}/{tid}] "),
        };
    }
}

/// Seconds with microseconds.
pub(super) fn seconds(time: Duration) -> String {
    format!("{}.{:06}", time.as_secs(), time.subsec_micros())
}

/// `SIGKILL`; a real-time signal as `SIGRT_2`, as strace(1) has it.
pub(in crate::tools::audit) fn signal_name(signal: i32) -> String {
    // The first two are taken by the C library for its threads; strace counts from the kernel's first, 32.
    match nix::sys::signal::Signal::try_from(signal) {
        Ok(known) => known.as_str().to_owned(),
        Err(_) if (32..=64).contains(&signal) => format!("SIGRT_{}", signal - 32),
        Err(_) => format!("signal {signal}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn lines(events: &[Event]) -> String {
        let mut lines = Lines::default();
        let mut text = String::new();
        for event in events {
            lines.event(event, &[], &mut text);
        }
        text
    }

    /// The lines without their times of day, which depend on the time zone.
    fn untimed(events: &[Event]) -> Vec<String> {
        let cut = |line: &str| line.split_once(' ').unwrap().1.to_owned();
        lines(events).lines().map(cut).collect()
    }

    #[test]
    fn one_line_a_call() {
        let mut stranger = samples::unshare(0);
        stranger.task = Task { pid: 7, tid: 9 };
        stranger.args = vec!["\"a\x1b[2Jb\"".into(), "0".into()];
        stranger.outcome = Outcome::Never;
        let events = [
            Event::Call(Box::new(samples::unshare(0))),
            Event::Call(Box::new(samples::unshare(libc::EPERM))),
            Event::Call(Box::new(stranger)),
            samples::ended(How::Code(3)),
            samples::ended(How::Signal(libc::SIGSEGV, true)),
            samples::ended(How::Replaced),
            Event::Signal {
                time: samples::TIME,
                task: samples::TASK,
                signal: 34,
            },
            Event::Note("it\nis".into()),
        ];
        assert_eq!(
            untimed(&events),
            [
                "unshare(CLONE_NEWNET) = 0 <0.000217>",
                "unshare(CLONE_NEWNET) = -1 EPERM (Operation not permitted) <0.000217>",
                "[7/9] unshare(\"a\\x1b[2Jb\", 0) = ?",
                "[4711] +++ exited with 3 +++",
                "[4711] +++ killed by SIGSEGV, core dumped +++",
                "[4711] +++ replaced by a program that another thread executed +++",
                "[4711] --- SIGRT_2 ---",
                "it\\nis",
            ]
        );
    }

    #[test]
    fn times_of_day() {
        let text = lines(&[Event::Call(Box::new(samples::unshare(0)))]);
        let local = LocalTime::at(samples::TIME.as_secs() as i64);
        let expected = format!("{:02}:{:02}:{:02}.", local.hour, local.minute, local.second);
        assert!(text.starts_with(&format!("{expected}000042 ")), "{text}");
    }
}
