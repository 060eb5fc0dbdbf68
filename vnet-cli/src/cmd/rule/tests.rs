//! The words of rules: what is asked of the kernel, what is selected, and the errors, judged by iproute2 6.1.

use super::list::Filter;
use super::modify::{Action, Rule};
use crate::applet::Program;
use crate::args::{Args, Family};
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::decode::Messages;
use netlink_raw::encode::Batch;
use netlink_raw::route::rule::*;
use proptest::prelude::*;
use std::ffi::OsString;

fn words(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

fn context(family: Family) -> Context {
    let options = Options {
        family,
        ..Options::default()
    };
    let out = Out::memory(&options);
    Context::new(Program::Ip, options, out)
}

fn asked<R>(
    action: Action,
    line: &str,
    judge: impl FnOnce(&RuleRequest<'_>) -> R,
) -> Result<R, CmdError> {
    let line = words(line);
    let rule = Rule::read(&context(Family::Unspec), &mut Args::new(&line, 0), action)?;
    Ok(judge(&rule.request))
}

/// ip's line and exit code.
fn ip_says(error: &CmdError) -> (String, u8) {
    let text = String::from_utf8(error.render(Program::Ip, &["ip".into()])).unwrap();
    let line = text.lines().next().unwrap_or_default();
    (line.to_owned(), error.exit_code())
}

#[test]
fn a_rule_without_an_action_looks_into_main() {
    for (line, action, table) in [
        ("from 10.0.0.1", FR_ACT_TO_TBL, 254),
        ("from 10.0.0.1 lookup 42", FR_ACT_TO_TBL, 42),
        ("table 300", FR_ACT_TO_TBL, 300),
        ("l3mdev", FR_ACT_TO_TBL, 0),
        ("blackhole", 6, 0),
        ("type 7", 7, 0),
        ("nop", FR_ACT_NOP, 0),
        ("no", FR_ACT_NOP, 0),
        ("prio 7 goto 8", FR_ACT_GOTO, 0),
        ("nat 1.2.3.4", 10, 254),
    ] {
        asked(Action::Add, line, |r| {
            assert_eq!((r.action, r.table), (action, table), "{line}");
        })
        .unwrap();
    }
    asked(Action::Delete, "from 10.0.0.1", |r| {
        assert_eq!((r.action, r.table, r.nlm_flags), (FR_ACT_UNSPEC, 0, 0));
    })
    .unwrap();
}

#[test]
fn every_selector_is_in_the_request() {
    let line = "not from 10.1/16 to 10.2.3.4 tos 0x10 fwmark 7/0xff iif lo oif v9 table 300 prio 7 \
                suppress_prefixlength 0 suppress_ifgroup 5 uidrange 5-10 ipproto tcp sport 80 \
                dport 100-200 protocol static realms 3/4 tun_id 9";
    asked(Action::Add, line, |r| {
        assert_eq!((r.src, r.src_len), (Some([10, 1, 0, 0].into()), 16));
        assert_eq!((r.dst, r.dst_len), (Some([10, 2, 3, 4].into()), 32));
        assert_eq!((r.invert, r.tos, r.table), (true, 0x10, 300));
        assert_eq!((r.mark, r.mark_mask), (Some(7), Some(0xff)));
        assert_eq!((r.iif, r.oif), (Some(&b"lo"[..]), Some(&b"v9"[..])));
        assert_eq!(
            (r.priority, r.flow, r.tun_id),
            (Some(7), Some(0x3_0004), Some(9))
        );
        assert_eq!(
            (r.suppress_prefix_len, r.suppress_group),
            (Some(0), Some(5))
        );
        assert_eq!(
            (r.uids, r.sports, r.dports),
            (Some([5, 10]), Some([80, 80]), Some([100, 200]))
        );
        assert_eq!((r.ip_proto, r.protocol), (Some(6), Some(4)));
    })
    .unwrap();
}

#[test]
fn complaints_are_those_of_iproute2() {
    for (line, said, code) in [
        ("", "\"ip rule add\" requires arguments.", 1),
        (
            "from",
            "Command line is not complete. Try option \"help\"",
            255,
        ),
        (
            "nonsense",
            "Error: argument \"nonsense\" is wrong: Failed to parse rule type",
            255,
        ),
        (
            "fwmark 1/x",
            "Error: argument \"x\" is wrong: fwmask value is invalid",
            255,
        ),
        (
            "uidrange 5-",
            "Error: argument \"5-\" is wrong: invalid UID range",
            255,
        ),
        (
            "sport 70000",
            "Error: argument \"70000\" is wrong: invalid port range",
            255,
        ),
        (
            "sport 5-6x",
            "Error: argument \"5-6x\" is wrong: invalid port range",
            255,
        ),
        (
            "iif a/b",
            "Error: argument \"a/b\" is wrong: \"iif\"/\"dev\" not a valid ifname",
            255,
        ),
        (
            "l3mdev table 5",
            "table can not be specified for l3mdev rules",
            22,
        ),
    ] {
        let error = asked(Action::Add, line, |_| ()).unwrap_err();
        assert_eq!(ip_says(&error), (said.to_owned(), code), "{line}");
    }
    let error = asked(Action::Delete, "", |_| ()).unwrap_err();
    assert_eq!(ip_says(&error).0, "\"ip rule del\" requires arguments.");
}

/// Whether the filter's words select the rule that the others make.
fn selects(filter: &str, rule: &str) -> bool {
    let filter = words(filter);
    let filter = Filter::read(&context(Family::Unspec), &mut Args::new(&filter, 0)).unwrap();
    asked(Action::Add, rule, |request| {
        let mut buf = [0; 512];
        let mut batch = Batch::new(&mut buf);
        batch.push(request, 0, 1).unwrap();
        let mut messages = Messages::new(batch.as_bytes());
        let message = messages.next().unwrap().unwrap();
        filter.accepts(&netlink_raw::route::rule::Rule::parse(&message).unwrap())
    })
    .unwrap()
}

#[test]
fn words_select_rules() {
    for (filter, rule, selected) in [
        ("", "table 5", true),
        ("from 1.2/16", "from 1.2.3.0/24", true),
        ("from 1.2.3.0/24", "from 1.2/16", false),
        ("from all", "table 5", true),
        ("10/8", "to 10.1.1.1", true),
        ("10/8", "table 5", false),
        ("fwmark 7", "fwmark 7/0xff", true),
        ("fwmark 7/0xf", "fwmark 7/0xff", false),
        ("tos 0", "tos 4", false),
        ("prio 0", "table 5", true),
        ("not", "not table 5", true),
        ("not", "table 5", false),
        ("l 300", "table 300", true),
        ("uidrange 1-2", "uidrange 1-2", true),
        ("dport 1-2", "dport 1-3", false),
        ("protocol static", "table 5", true),
    ] {
        assert_eq!(selects(filter, rule), selected, "{filter:?} of {rule:?}");
    }
}

proptest! {
    #[test]
    fn no_words_panic(line in proptest::collection::vec(
        prop_oneof![
            "\\PC{0,8}",
            proptest::sample::select(vec![
                "not", "from", "to", "prio", "tos", "fwmark", "realms", "protocol", "tun_id", "table",
                "suppress_prefixlength", "iif", "oif", "l3mdev", "uidrange", "nat", "ipproto", "sport",
                "dport", "type", "goto", "nop", "blackhole", "1.2.3.4/8", "::1", "7", "7-", "-", "1/", "/",
            ]).prop_map(str::to_owned),
        ],
        0..8,
    )) {
        let line: Vec<OsString> = line.into_iter().map(OsString::from).collect();
        let ctx = context(Family::Unspec);
        let _ = Rule::read(&ctx, &mut Args::new(&line, 0), Action::Add);
        let _ = Filter::read(&ctx, &mut Args::new(&line, 0));
    }
}
