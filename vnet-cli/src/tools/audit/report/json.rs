//! The report for programs: one JSON object a line.
//!
//! | key | value |
//! | --- | --- |
//! | `call` | the call's name; `null` in a line that is no call |
//! | `pid`, `tid` | the process and the thread |
//! | `time` | of its entry, in seconds since 1970, with microseconds |
//! | `duration` | to its return, in seconds, with microseconds |
//! | `args` | a list of strings, each as strace(1) writes it |
//! | `result` | what it returned: -1 when it failed, `null` when it did not return (or the kernel makes it again) |
//! | `errno` | the error's name, `null` when it did not fail |
//! | `returned` | `result` and `errno` in the words of strace(1) |
//! | `group` | the word of `--only` that it goes by |
//! | `paths` | a list: the files it was given, by path or descriptor |
//! | `data` | `null`, or the whole of what was written to a setting of the kernel's or to a map of users or groups |
//! | `netlink` | `null`, or an object: `protocol`, `socket` (its inode), `direction` (`sent`, `received`), `peeked` (the same bytes come again), `bytes`, `messages` (a list, `docs/netlink-json.md`) |
//!
//! A line that is no call has `event` instead of what follows `call`: `killed` (`pid`, `tid`, `time`, `signal`,
//! `core`), `note` (`text`), `unseen` (`text`: calls are made that can't be seen), `deviation` (`policy`, `line`: of the policy, or `null`; `kind`: `unlisted`, `too often` or
//! `missing`; `text`; but for `missing`, `pid`, `tid` and `time` of what was done).

use super::clean::clean;
use super::{outcome, text};
use crate::out::{Out, Val};
use crate::show::netlink::Annotated;
use crate::show::netlink::protocol;
use crate::tools::audit::event::{Call, Event, Group, How, Netlink, Outcome, Task, restarts};
use crate::tools::audit::policy::Deviation;
use netlink_raw::transport::Direction;
use std::os::unix::ffi::OsStrExt;

/// Writes an event's line, where it has one, with its datagrams.
pub(super) fn event(event: &Event, datagrams: &[Annotated<'_>], out: &mut Out) {
    match event {
        Event::Call(call) => out.object_document(|out| self::call(call, datagrams, out)),
        Event::Ended(end) => {
            let How::Signal(signal, core) = end.how else {
                return;
            };
            out.object_document(|out| {
                out.json("call", Val::Null);
                out.json("event", "killed");
                task(end.task, out);
                out.json("time", Val::Seconds(end.time));
                out.json("signal", &text::signal_name(signal));
                out.json("core", core);
            });
        }
        Event::Signal { .. } => {}
        Event::Note(note) | Event::Unseen(note) => out.object_document(|out| {
            out.json("call", Val::Null);
            let unseen = matches!(event, Event::Unseen(_));
            out.json("event", if unseen { "unseen" } else { "note" });
            out.json("text", &*clean(note));
        }),
    }
}

/// Writes the line of a deviation from a policy.
pub(super) fn deviation(deviation: &Deviation, event: Option<&Event>, out: &mut Out) {
    out.object_document(|out| {
        out.json("call", Val::Null);
        out.json("event", "deviation");
        if let Some((task, time)) = event.and_then(super::deviations::place) {
            self::task(task, out);
            out.json("time", Val::Seconds(time));
        }
        out.json("policy", &deviation.policy);
        out.json("line", deviation.line.map_or(Val::Null, Val::from));
        out.json("kind", deviation.kind.word());
        out.json("text", &deviation.text);
    });
}

fn call(call: &Call, datagrams: &[Annotated<'_>], out: &mut Out) {
    out.json("call", call.name);
    task(call.task, out);
    out.json("time", Val::Seconds(call.time));
    out.json("duration", Val::Seconds(call.duration));
    out.array("args", |out| {
        for arg in &call.args {
            out.json_item(arg);
        }
    });
    let (result, errno) = match &call.outcome {
        Outcome::Returned(value, _) => (Val::I64(*value), None),
        Outcome::Failed(number) if restarts(*number) => (Val::Null, Some(*number)),
        Outcome::Failed(number) => (Val::I64(-1), Some(*number)),
        Outcome::Never => (Val::Null, None),
    };
    let errno = errno.map(outcome::name);
    out.json("result", result);
    out.json("errno", errno.as_deref().map_or(Val::Null, Val::Str));
    out.json("returned", &outcome::text(&call.outcome));
    out.json("group", group(call.group));
    out.array("paths", |out| {
        for path in &call.paths {
            out.json_item(path.as_os_str().as_bytes());
        }
    });
    out.json(
        "data",
        call.data
            .as_ref()
            .map_or(Val::Null, |data| Val::Bytes(data)),
    );
    match &call.netlink {
        Some(netlink) => out.object_of("netlink", |out| self::netlink(netlink, datagrams, out)),
        None => out.json("netlink", Val::Null),
    }
}

fn netlink(netlink: &Netlink, datagrams: &[Annotated<'_>], out: &mut Out) {
    let bytes: usize = netlink.datagrams.iter().map(|d| d.len).sum();
    out.json("protocol", &protocol::name(netlink.protocol));
    out.json("socket", netlink.socket);
    out.json("direction", direction(netlink.direction));
    out.json("peeked", netlink.peeked);
    out.json("bytes", bytes);
    out.array("messages", |out| {
        for datagram in datagrams {
            let messages = datagram.json();
            for message in messages.as_array().into_iter().flatten() {
                out.json_item(message);
            }
        }
    });
}

fn task(task: Task, out: &mut Out) {
    out.json("pid", task.pid);
    out.json("tid", task.tid);
}

/// The word of a direction.
pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

fn group(group: Group) -> &'static str {
    let mut all = Group::ALL.iter();
    all.find(|(g, _)| *g == group).map_or("", |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::options::Options;
    use serde_json::{Value, json};

    fn line(event: &Event) -> Option<Value> {
        let options = Options {
            json: true,
            ..Options::default()
        };
        let mut out = Out::memory(&options);
        super::event(event, &[], &mut out);
        let text = String::from_utf8(out.take()).unwrap();
        assert!(
            text.is_empty() || text.find('\n') == Some(text.len() - 1),
            "one line"
        );
        (!text.is_empty()).then(|| serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn a_call() {
        let mut call = samples::unshare(libc::EPERM);
        call.paths = vec!["/proc/1/ns/net".into()];
        assert_eq!(
            line(&Event::Call(Box::new(call.clone()))),
            Some(json!({
                "call": "unshare", "pid": 4711, "tid": 4711, "time": 1_700_000_000.000_042, "duration": 0.000_217,
                "args": ["CLONE_NEWNET"], "result": -1, "errno": "EPERM",
                "returned": "-1 EPERM (Operation not permitted)", "group": "namespace",
                "paths": ["/proc/1/ns/net"], "data": null, "netlink": null,
            }))
        );
        for (outcome, result, errno) in [
            (Outcome::Returned(3, "3".into()), json!(3), json!(null)),
            (Outcome::Failed(512), json!(null), json!("ERESTARTSYS")),
            (Outcome::Never, json!(null), json!(null)),
        ] {
            call.outcome = outcome;
            let line = line(&Event::Call(Box::new(call.clone()))).unwrap();
            assert_eq!((&line["result"], &line["errno"]), (&result, &errno));
        }
    }

    #[test]
    fn what_is_no_call() {
        let killed = line(&samples::ended(How::Signal(libc::SIGKILL, false)));
        assert_eq!(
            killed,
            Some(json!({
                "call": null, "event": "killed", "pid": 4711, "tid": 4711, "time": 1_700_000_000.010_042,
                "signal": "SIGKILL", "core": false,
            }))
        );
        assert_eq!(line(&samples::ended(How::Code(1))), None);
        assert_eq!(
            line(&Event::Note("a\u{1b}b".into())),
            Some(json!({"call": null, "event": "note", "text": "a\\x1bb"}))
        );
        assert_eq!(
            line(&Event::Unseen("x".into())),
            Some(json!({"call": null, "event": "unseen", "text": "x"}))
        );
    }
}
