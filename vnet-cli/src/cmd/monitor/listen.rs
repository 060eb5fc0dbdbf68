//! Waiting for events: a socket that hears groups of them, and what stands before each.

use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::out::Out;
use crate::sys::LocalTime;
use netlink_raw::decode::MessageRef;
use netlink_raw::{Connection, Error, Socket};
use std::time::SystemTime;

/// What a monitor asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hear {
    /// `RTNLGRP_*`.
    pub(crate) groups: Vec<u32>,
    /// The events of every namespace that has a number here.
    pub(crate) all_namespaces: bool,
    /// Whether each event says what it is about.
    pub(crate) labels: bool,
}

/// Hands each event to `each`, with the number of its namespace where it is not this one's, until stdout is closed or
/// the process is stopped.
pub(crate) fn listen(
    ctx: &mut Context,
    hear: &Hear,
    mut each: impl FnMut(&mut Context, &MessageRef<'_>, Option<i32>) -> Result,
) -> Result {
    // iproute2 6.1 has no JSON here.
    ctx.options.json = false;
    ctx.out = Out::stdout(&ctx.options);
    let mut conn = open(ctx, hear)?;
    loop {
        let mut failed = Ok(());
        let heard = conn.events(|message, nsid| {
            if failed.is_ok() {
                failed = each(ctx, &message, nsid);
            }
        });
        failed?;
        match heard {
            Ok(()) => {}
            // The connection goes on working.
            Err(e @ (Error::Overrun | Error::Truncated { .. })) => lost(ctx, &e),
            Err(e) => {
                let line = format!("netlink receive error {}", crate::error::reason(&e));
                return Err(CmdError::netlink("cannot hear events", &e).ip(line));
            }
        }
        let written = ctx.out.finish();
        written.map_err(|e| CmdError::os("cannot write to stdout", &e))?;
    }
}

fn open(ctx: &Context, hear: &Hear) -> Result<Connection> {
    let failed = |e: std::io::Error| {
        let text = e.raw_os_error().map(crate::error::errno::text);
        let text = text.unwrap_or_else(|| e.to_string().into());
        CmdError::os("cannot listen to events", &e)
            .ip(format!("Cannot bind netlink socket: {text}"))
    };
    let socket = Socket::route().map_err(failed)?;
    match ctx.options.rcvbuf {
        Some(bytes) => socket.receive_buffer(bytes).map_err(failed)?,
        // Without it a burst is lost the sooner, and nothing else.
        None => socket.enlarge().unwrap_or_default(),
    }
    if hear.all_namespaces {
        socket.listen_all_namespaces().map_err(|e| {
            let text = e
                .raw_os_error()
                .map(crate::error::errno::text)
                .unwrap_or_default();
            CmdError::os("cannot listen to the events of other namespaces", &e)
                .ip(format!("NETLINK_LISTEN_ALL_NSID: {text}"))
                .hint("needs CAP_NET_BROADCAST")
        })?;
    }
    for &group in &hear.groups {
        socket.join(group).map_err(failed)?;
    }
    Ok(Connection::new(socket))
}

/// Events came faster than they were read.
fn lost(ctx: &mut Context, why: &Error) {
    ctx.out.flush();
    match ctx.program.stands_in() {
        true => ctx.warn("netlink receive error No buffer space available (105)"),
        false => ctx.warn(&format!("warning: events were lost: {why}")),
    }
}

/// What stands before an event: the time, the namespace, a word for what it is about.
pub(crate) fn heading(ctx: &mut Context, hear: &Hear, label: &str, nsid: Option<i32>) {
    if ctx.options.timestamp {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        let time = LocalTime::at(now.as_secs().try_into().unwrap_or(i64::MAX));
        let text = stamp(&time, now.subsec_micros(), ctx.options.timestamp_short);
        ctx.out.text(text);
    }
    if hear.all_namespaces {
        match nsid {
            Some(id) => ctx.out.text(("[nsid ", id, "]")),
            None => ctx.out.text("[nsid current]"),
        }
    }
    if hear.labels {
        ctx.out.text(("[", label, "]"));
    }
}

/// The local time as iproute2 writes it: long as asctime(3) does, or short as ISO 8601 does.
fn stamp(t: &LocalTime, micros: u32, short: bool) -> String {
    let (hour, minute, second) = (t.hour, t.minute, t.second);
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match short {
        true => format!(
            "[{}-{:02}-{:02}T{clock}.{micros:06}] ",
            t.year, t.month, t.day
        ),
        false => {
            let name =
                |names: &'static str, i: u8| names.get(usize::from(i) * 3..).unwrap_or_default();
            let weekday = name("SunMonTueWedThuFriSat", t.weekday);
            let month = t.month.saturating_sub(1);
            let month = name("JanFebMarAprMayJunJulAugSepOctNovDec", month);
            format!(
                "Timestamp: {weekday:.3} {month:.3} {:2} {clock} {} {micros} usec\n",
                t.day, t.year
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judged by iproute2 6.1.
    #[test]
    fn times_as_ip_writes_them() {
        let time = LocalTime {
            year: 2026,
            month: 11,
            day: 2,
            hour: 4,
            minute: 7,
            second: 9,
            weekday: 1,
        };
        assert_eq!(
            stamp(&time, 955, false),
            "Timestamp: Mon Nov  2 04:07:09 2026 955 usec\n"
        );
        assert_eq!(stamp(&time, 955, true), "[2026-11-02T04:07:09.000955] ");
    }

    #[test]
    fn any_time_can_be_written() {
        for seconds in [0, -1, i64::MIN, i64::MAX] {
            let text = stamp(&LocalTime::at(seconds), 0, false);
            assert!(text.starts_with("Timestamp: "), "{text}");
        }
    }
}
