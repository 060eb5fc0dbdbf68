//! The words of routes, selections and lookups.

use super::modify::Wanted;
use super::{select, values};
use crate::applet::Program;
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::decode::MessageRef;
use netlink_raw::route::route::*;
use netlink_raw::wire::{NlMsgHdr, RtMsg};
use proptest::prelude::*;
use std::ffi::{OsStr, OsString};

fn words(line: &str) -> Vec<OsString> {
    line.split(' ')
        .filter(|w| !w.is_empty())
        .map(OsString::from)
        .collect()
}

/// Link 3 is `v0`; no kernel is asked for it.
fn context(family: Family) -> Context {
    let options = Options {
        family,
        ..Options::default()
    };
    let out = Out::memory(&options);
    let mut ctx = Context::new(Program::Ip, options, out);
    ctx.kernel.learn(3, b"v0");
    ctx
}

fn wanted<R>(
    line: &str,
    delete: bool,
    judge: impl FnOnce(RouteSpec<'_>) -> R,
) -> Result<R, CmdError> {
    let words = words(line);
    let mut ctx = context(Family::Unspec);
    let wanted = Wanted::read(&mut ctx, &mut Args::new(&words, 0), delete)?;
    Ok(judge(wanted.spec()))
}

#[test]
fn scope_and_table_follow_from_type_and_gateway() {
    for (line, delete, want) in [
        (
            "10/8 via 10.0.0.1",
            false,
            (RTN_UNICAST, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN),
        ),
        (
            "10/8 dev v0",
            false,
            (RTN_UNICAST, RT_SCOPE_LINK, RT_TABLE_MAIN),
        ),
        (
            "10/8 dev v0 scope host",
            false,
            (RTN_UNICAST, RT_SCOPE_HOST, RT_TABLE_MAIN),
        ),
        (
            "10/8 nhid 5",
            false,
            (RTN_UNICAST, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN),
        ),
        (
            "10/8 nexthop via 10.0.0.1",
            false,
            (RTN_UNICAST, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN),
        ),
        (
            "local 10.0.0.1 dev v0",
            false,
            (RTN_LOCAL, RT_SCOPE_HOST, RT_TABLE_LOCAL),
        ),
        (
            "brd 10.0.0.255 dev v0",
            false,
            (RTN_BROADCAST, RT_SCOPE_LINK, RT_TABLE_LOCAL),
        ),
        (
            "multicast 224/4 dev v0",
            false,
            (RTN_MULTICAST, RT_SCOPE_LINK, RT_TABLE_MAIN),
        ),
        (
            "local 10.0.0.1 table 7",
            false,
            (RTN_LOCAL, RT_SCOPE_HOST, 7),
        ),
        (
            "blackhole 10/8",
            false,
            (RTN_BLACKHOLE, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN),
        ),
        (
            "2001::/16 dev v0",
            false,
            (RTN_UNICAST, RT_SCOPE_UNIVERSE, RT_TABLE_MAIN),
        ),
        ("10/8", true, (RTN_UNSPEC, RT_SCOPE_NOWHERE, RT_TABLE_MAIN)),
        (
            "unicast 10/8",
            true,
            (RTN_UNICAST, RT_SCOPE_NOWHERE, RT_TABLE_MAIN),
        ),
        (
            "blackhole 10/8",
            true,
            (RTN_BLACKHOLE, RT_SCOPE_NOWHERE, RT_TABLE_MAIN),
        ),
    ] {
        let found = wanted(line, delete, |r| (r.kind, r.scope, r.table)).unwrap();
        assert_eq!(found, want, "{line}");
    }
}

#[test]
fn every_word_of_a_route_is_in_the_request() {
    let line = "to 10.2.0.0/16 via inet6 fe80::1 dev v0 src 10.0.0.1 metric 5 table 1000 proto 4 \
                tos 0x10 mtu lock 1400 rtt 100ms rttvar 7 rto_min 2s congctl reno realms 3/4 \
                onlink pref high expires 9 ttl-propagate disabled";
    wanted(line, false, |route| {
        assert_eq!(route.dst, Some("10.2.0.0".parse().unwrap()));
        assert_eq!((route.dst_len, route.tos, route.table), (16, 0x10, 1000));
        let gateway = Gateway::Via("fe80::1".parse().unwrap());
        assert_eq!(route.gateway, Some(gateway));
        assert_eq!(route.prefsrc, Some("10.0.0.1".parse().unwrap()));
        assert_eq!((route.oif, route.priority), (Some(3), Some(5)));
        assert_eq!((route.protocol, route.flags), (4, RTNH_F_ONLINK));
        assert_eq!((route.flow, route.pref), (Some(0x0003_0004), Some(1)));
        assert_eq!((route.expires, route.ttl_propagate), (Some(9), Some(0)));
        let metrics = route.metrics;
        assert_eq!(metrics.get(Metric::Mtu), Some(1400));
        // With a unit the kernel's own: eighths of a millisecond; without one as it stands.
        assert_eq!(metrics.get(Metric::Rtt), Some(800));
        assert_eq!(metrics.get(Metric::RttVar), Some(7));
        assert_eq!(metrics.get(Metric::RtoMin), Some(2000));
        assert_eq!(metrics.congctl, Some(&b"reno"[..]));
        assert!(metrics.is_locked(Metric::Mtu) && metrics.is_locked(Metric::RtoMin));
    })
    .unwrap();
}

#[test]
fn legs_are_read_to_the_end() {
    let line = "10/8 nexthop via 10.0.0.1 dev v0 weight 256 nexthop via inet6 fe80::1 dev v0 \
                onlink realms 7";
    wanted(line, false, |route| {
        let [first, second] = route.nexthops else {
            panic!("{:?}", route.nexthops);
        };
        assert_eq!((first.index, first.hops, first.flags), (3, 255, 0));
        let same = Gateway::Same("10.0.0.1".parse().unwrap());
        assert_eq!(first.gateway, Some(same));
        let other = Gateway::Via("fe80::1".parse().unwrap());
        assert_eq!(second.gateway, Some(other));
        assert_eq!(u32::from(second.flags), RTNH_F_ONLINK);
        assert_eq!(second.flow, Some(7));
    })
    .unwrap();
}

/// iproute2's first line, the word it is about, and the exit code.
#[test]
fn errors_are_iproute2s_and_point_at_the_word() {
    for (line, want, at, code) in [
        (
            "10/8 via",
            "Command line is not complete. Try option \"help\"",
            "2",
            255,
        ),
        (
            "10/8 mtu x",
            "Error: argument \"x\" is wrong: \"mtu\" value is invalid",
            "2",
            255,
        ),
        (
            "10/8 via 1.1.1.1 via 1.1.1.2",
            "Error: argument \"via\" is wrong: use nexthop syntax to specify multiple via",
            "3",
            255,
        ),
        (
            "10/8 11/8",
            "Error: either \"to\" is duplicate, or \"11/8\" is a garbage.",
            "1",
            255,
        ),
        (
            "foo",
            "Error: any valid prefix is expected rather than \"foo\".",
            "0",
            1,
        ),
        (
            "10/8 via foo",
            "Error: inet address is expected rather than \"foo\".",
            "2",
            1,
        ),
        (
            "10/8 nexthop",
            "Error: unexpected end of line after \"nexthop\"",
            "2",
            255,
        ),
        (
            "10/8 nexthop onlink foo",
            "Error: \"nexthop\" or end of line is expected instead of \"foo\"",
            "3",
            255,
        ),
        (
            "10/8 encap mpls 5",
            "Error: 'encap' is not supported by vnet.",
            "1",
            1,
        ),
    ] {
        let words = words(&format!("ip route add {line}"));
        let mut ctx = context(Family::Unspec);
        let read = Wanted::read(&mut ctx, &mut Args::new(&words, 3), false);
        let error = read.err().unwrap();
        let text = String::from_utf8(error.render(Program::Ip, &words)).unwrap();
        assert_eq!(text.lines().next(), Some(want), "{line}");
        assert_eq!(error.exit_code(), code, "{line}");
        let at: usize = at.parse().unwrap();
        let column: usize = words.iter().take(at + 3).map(|w| w.len() + 1).sum();
        let carets = text.lines().nth(2).unwrap_or_default();
        assert_eq!(carets.find('^'), Some(2 + column), "{line}: {text}");
    }
}

#[test]
fn times_round_up_and_know_their_units() {
    for (word, want) in [
        ("5", Some((5, true))),
        ("0x10", Some((16, true))),
        ("1.5s", Some((1500, false))),
        ("1.0001S", Some((1001, false))),
        ("7ms", Some((7, false))),
        ("7msecs", Some((7, false))),
        ("2secs", Some((2000, false))),
        ("0.1", Some((1, true))),
        ("4294967296", Some((u32::MAX, true))),
        ("", None),
        ("s", None),
        (".", None),
        ("5m", None),
        ("5x", None),
        ("x", None),
        ("1.2.3", None),
    ] {
        assert_eq!(values::rtt(&Word::new(OsStr::new(word), 0)), want, "{word}");
    }
}

fn takes(line: &str, head: RtMsg, attrs: &[u8]) -> bool {
    let words = words(line);
    let mut ctx = context(Family::Unspec);
    let selection = select::read(&mut ctx, &mut Args::new(&words, 0)).unwrap();
    let mut body = vec![
        head.family,
        head.dst_len,
        head.src_len,
        head.tos,
        head.table,
        head.protocol,
        head.scope,
        head.kind,
    ];
    body.extend(head.flags.to_ne_bytes());
    body.extend(attrs);
    let header = NlMsgHdr::default();
    let route = Route::parse(&MessageRef {
        header,
        body: &body,
    });
    selection.filter.takes(&route.unwrap())
}

#[test]
fn selectors_select() {
    // 10.2.0.0/16 via 10.0.0.2 dev v0 metric 5 realms 3/4 proto static
    let head = RtMsg {
        family: 2,
        dst_len: 16,
        table: 254,
        protocol: 4,
        kind: RTN_UNICAST,
        ..RtMsg::default()
    };
    let attrs = [
        8, 0, 1, 0, 10, 2, 0, 0, 8, 0, 5, 0, 10, 0, 0, 2, 8, 0, 4, 0, 3, 0, 0, 0, 8, 0, 6, 0, 5, 0,
        0, 0, 8, 0, 11, 0, 4, 0, 3, 0,
    ];
    for line in [
        "",
        "dev v0",
        "via 10.0.0.2",
        "via 10.0.0.0/24",
        "metric 5",
        "realms 3/4",
        "realms 3/",
        "realms 4",
        "proto static",
        "proto all",
        "type unicast",
        "root 10/8",
        "match 10.2.3.4",
        "exact 10.2.0.0/16",
        "10.2.0.0/16",
        "to root 0/0",
        "table all",
        "table 254",
        "scope global",
        "root default",
        "all",
        "any",
        "from default",
        "iif v0 table all",
    ] {
        assert_eq!(
            takes(line, head, &attrs),
            line != "iif v0 table all",
            "{line}"
        );
    }
    for line in [
        "via 10.0.0.3",
        "via inet6 fe80::/10",
        "metric 0",
        "realms 3/5",
        "realms 5",
        "proto kernel",
        "type blackhole",
        "root 11/8",
        "root 10.2.0.0/17",
        "match 10.2.0.0/8",
        "exact 10/8",
        "10.2.0.0/15",
        "default",
        "match default",
        "table 7",
        "scope link",
        "tos 4",
        "src 10/8",
        "mark 1",
        "cached",
        "from 10/8",
        "root 2001::/16",
    ] {
        assert!(!takes(line, head, &attrs), "{line}");
    }
    let copy = RtMsg {
        flags: RTM_F_CLONED,
        ..head
    };
    assert!(takes("cached", copy, &attrs) && !takes("", copy, &attrs));
}

proptest! {
    #[test]
    fn no_words_panic(line in proptest::collection::vec(
        prop_oneof![
            prop::sample::select(vec!["via", "dev", "v0", "mtu", "lock", "nexthop", "10/8", "fe80::1",
                "to", "default", "inet6", "realms", "3/4", "metric", "rtt", "1.5s", "from", "match",
                "root", "table", "proto", "blackhole", "weight", "300", "onlink", "help", "", "/"]),
            prop::sample::select(vec!["tos", "scope", "type", "src", "iif", "pref", "quickack"]),
        ], 0..9))
    {
        let words: Vec<OsString> = line.iter().map(OsString::from).collect();
        for family in [Family::Unspec, Family::Inet6] {
            let mut ctx = context(family);
            let _ = Wanted::read(&mut ctx, &mut Args::new(&words, 0), line.len() % 2 == 0);
            let _ = select::read(&mut ctx, &mut Args::new(&words, 0));
        }
    }
}
