//! Whole reports, from hand-made events to the bytes of a file.

use super::*;
use crate::tools::audit::event::{Group, How};
use crate::tools::audit::report::samples::{answer, ended, netlink, new_link, unshare};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A file of its own, removed at the end.
pub(in super::super) struct Scratch(PathBuf);

impl Scratch {
    pub(in super::super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("vnet-report-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    pub(in super::super) fn sink(&self) -> Sink {
        Sink::named(&self.0).unwrap()
    }

    pub(in super::super) fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.0).unwrap()
    }

    pub(in super::super) fn text(&self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn report(config: Config, events: &[Event]) -> String {
    let scratch = Scratch::new();
    let mut report = Report::new(config, scratch.sink());
    for event in events {
        report.event(event);
    }
    assert!(report.finish().error.is_none());
    scratch.text()
}

fn call(call: Call) -> Event {
    Event::Call(Box::new(call))
}

/// A program that makes a link, is refused, and fails.
fn run() -> Vec<Event> {
    let mut peek = netlink(Direction::Received, answer(libc::EEXIST));
    peek.netlink.as_mut().unwrap().peeked = true;
    vec![
        call(unshare(0)),
        call(netlink(
            Direction::Sent,
            new_link("veth", 0x605, Some(1400)),
        )),
        call(peek),
        call(netlink(Direction::Received, answer(libc::EEXIST))),
        call(unshare(libc::EPERM)),
        ended(How::Code(2)),
    ]
}

/// The lines without the times of day they begin with.
fn untimed(text: &str) -> Vec<String> {
    let cut = |line: &str| match line.starts_with(|c: char| c.is_ascii_digit()) {
        true => line.split_once(' ').unwrap().1.to_owned(),
        false => line.to_owned(),
    };
    text.lines().map(cut).collect()
}

#[test]
fn datagrams_stand_behind_their_calls() {
    let text = report(Config::default(), &run());
    let lines = untimed(&text);
    assert_eq!(lines.len(), 6, "{text}");
    assert!(
        lines[1]
            .starts_with("sendto(3, <60 bytes of netlink>) = 60 <0.000030> \u{2192} RTM_NEWLINK"),
        "{text}"
    );
    assert!(
        lines[2].contains("> \u{2190} peeked error EEXIST"),
        "{text}"
    );
    assert!(lines[3].contains("> \u{2190} error EEXIST"), "{text}");
}

#[test]
fn what_messages_hold_is_below_the_call() {
    for (detail, here) in [
        (Detail::Attributes, "    IFLA_MTU 1400"),
        (Detail::Bytes, "78 05 00 00"),
    ] {
        let config = Config {
            detail,
            ..Config::default()
        };
        let text = report(config, &run());
        assert_eq!(text.matches(here).count(), 1, "{text}");
        // The refusal was only looked at first.
        let messages = text
            .lines()
            .filter(|l| l.starts_with("    ") && l.contains("EEXIST"));
        assert!(messages.count() > 0, "{text}");
    }
}

#[test]
fn colours_where_they_are_asked_for() {
    let config = Config {
        paint: Paint::with(crate::out::color::Palette::Light),
        ..Config::default()
    };
    let text = report(config, &run());
    assert!(text.contains("\x1b[31munshare\x1b[0m("), "{text}");
    assert!(!report(Config::default(), &run()).contains('\x1b'));
}

#[test]
fn a_json_object_a_line() {
    let config = Config {
        form: Form::Json,
        ..Config::default()
    };
    let text = report(config, &run());
    let lines: Vec<Value> = text
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 5, "{text}");
    let netlink = |i: usize, key: &str| lines[i]["netlink"][key].clone();
    assert_eq!(netlink(1, "protocol"), json!("NETLINK_ROUTE"));
    assert_eq!(netlink(1, "direction"), json!("sent"));
    assert_eq!(netlink(1, "bytes"), json!(60));
    assert_eq!(
        lines[1]["netlink"]["messages"][0]["type"],
        json!("RTM_NEWLINK"),
        "{text}"
    );
    assert_eq!(
        (netlink(2, "peeked"), netlink(3, "peeked")),
        (json!(true), json!(false))
    );
    assert_eq!(lines[4]["errno"], json!("EPERM"));
}

#[test]
fn filters_are_for_every_form() {
    let events = run();
    let filtered = |form, filter| {
        report(
            Config {
                form,
                filter,
                ..Config::default()
            },
            &events,
        )
    };
    let failed = Filter::new(None, true);
    // The refusal, looked at and taken; the call that failed; the exit code.
    assert_eq!(filtered(Form::Text, failed.clone()).lines().count(), 4);
    assert_eq!(filtered(Form::Json, failed.clone()).lines().count(), 3);
    let summary: Value = serde_json::from_str(&filtered(Form::SummaryJson, failed)).unwrap();
    assert_eq!(summary["calls"].as_array().unwrap().len(), 2);
    let netlink = Filter::new(Some(vec![Group::Netlink]), false);
    assert_eq!(filtered(Form::Text, netlink).lines().count(), 3);
}

#[test]
fn summed_up() {
    let config = Config {
        form: Form::SummaryJson,
        ..Config::default()
    };
    let text = report(config, &run());
    let summary: Value = serde_json::from_str(&text).unwrap();
    // Two of 217 µs and three of 30, from 0 to 10 ms.
    assert_eq!(summary["wall"], json!(0.01));
    assert_eq!(summary["kernel"], json!(0.000_524));
    assert_eq!(summary["share"], json!(0.0524));
    assert_eq!(
        summary["calls"][0],
        json!({"call": "unshare", "count": 2, "failed": 1, "time": 0.000_434, "share": 0.828_244})
    );
    assert_eq!(
        summary["messages"],
        json!([
            {"protocol": "NETLINK_ROUTE", "direction": "received", "type": "NLMSG_ERROR", "error": "EEXIST", "count": 1, "bytes": 36},
            {"protocol": "NETLINK_ROUTE", "direction": "sent", "type": "RTM_NEWLINK", "error": null, "count": 1, "bytes": 60},
        ])
    );
    assert_eq!(
        summary["protocols"][1],
        json!({"protocol": "NETLINK_ROUTE", "direction": "sent", "datagrams": 1, "messages": 1, "bytes": 60})
    );

    let config = Config {
        form: Form::Summary,
        ..Config::default()
    };
    let expected = "\
call      count  failed      time   share
unshare       2       1  0.000434   82.8%
recvfrom      2       0  0.000060   11.5%
sendto        1       0  0.000030    5.7%
all           5       1  0.000524  100.0%

protocol       direction  message             count  bytes
NETLINK_ROUTE  received   NLMSG_ERROR EEXIST      1     36
NETLINK_ROUTE  sent       RTM_NEWLINK             1     60

protocol       direction  datagrams  messages  bytes
NETLINK_ROUTE  received           1         1     36
NETLINK_ROUTE  sent               1         1     60

0.010000 s in all, of which 0.000524 s (5.2%) in these calls
";
    assert_eq!(report(config, &run()), expected);
    let config = Config {
        form: Form::Summary,
        ..Config::default()
    };
    let nothing = report(config, &[]);
    assert!(
        nothing.contains("0.000000 s (-) in these calls"),
        "{nothing}"
    );
}

#[test]
fn each_datagram_once_in_the_capture() {
    let scratch = Scratch::new();
    let config = Config {
        pcap: Some(scratch.sink()),
        ..Config::default()
    };
    report(config, &run());
    let bytes = scratch.bytes();
    let packets = netlink_raw::pcap::read_recording(&bytes[..]).unwrap();
    assert_eq!(
        packets,
        [
            (Direction::Sent, new_link("veth", 0x605, Some(1400))),
            (Direction::Received, answer(libc::EEXIST)),
        ]
    );
}

#[test]
fn sockets_are_forgotten_the_oldest_first() {
    let mut sockets = Sockets::default();
    let call = netlink(Direction::Sent, new_link("veth", 5, None));
    let mut netlink = call.netlink.unwrap();
    for number in 0..3 * Sockets::MOST as u64 {
        netlink.socket = number;
        sockets.read(&netlink);
        assert!(sockets.by_inode.len() <= Sockets::MOST);
        assert!(sockets.by_inode.contains_key(&number));
    }
    assert!(!sockets.by_inode.contains_key(&0));
}
