//! The words of net-tools' route.

use super::modify::{Said, read};
use super::{inet, inet6, run};
use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::route::route::*;
use proptest::prelude::*;
use std::ffi::OsString;

fn context() -> Context {
    let options = Options::default();
    let out = Out::memory(&options);
    Context::new(Program::Route, options, out)
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ')
        .filter(|w| !w.is_empty())
        .map(OsString::from)
        .collect()
}

fn route(line: &str, v6: bool, add: bool) -> Result<RouteSpec<'static>, CmdError> {
    let words = words(&format!("route add {line}"));
    let ctx = context();
    let said: Said<'_> = read(&ctx, &mut Args::new(&words, 2))?;
    let target = said.target.unwrap();
    match v6 {
        true => inet6::route(&ctx, &said, &target, add),
        false => inet::route(&ctx, &said, &target, add),
    }
}

#[test]
fn what_the_words_mean() {
    for (line, dst, len, scope, kind) in [
        (
            "default gw 10.0.0.2",
            "0.0.0.0",
            0,
            RT_SCOPE_UNIVERSE,
            RTN_UNICAST,
        ),
        (
            "-net 10.2.0.0/16 dev v0",
            "10.2.0.0",
            16,
            RT_SCOPE_LINK,
            RTN_UNICAST,
        ),
        (
            "-net 10.2.0.0 netmask 255.255.0.0 v0",
            "10.2.0.0",
            16,
            RT_SCOPE_LINK,
            RTN_UNICAST,
        ),
        (
            "-host 10.5.0.1 gw 10.0.0.2",
            "10.5.0.1",
            32,
            RT_SCOPE_UNIVERSE,
            RTN_UNICAST,
        ),
        ("10.5.0.2 v0", "10.5.0.2", 32, RT_SCOPE_LINK, RTN_UNICAST),
        (
            "0.0.0.0 gw 10.0.0.2",
            "0.0.0.0",
            32,
            RT_SCOPE_UNIVERSE,
            RTN_UNICAST,
        ),
        (
            "-net default gw 10.0.0.2",
            "0.0.0.0",
            0,
            RT_SCOPE_UNIVERSE,
            RTN_UNICAST,
        ),
        (
            "-net 10.6.0.0/16 reject",
            "10.6.0.0",
            16,
            RT_SCOPE_HOST,
            RTN_UNREACHABLE,
        ),
    ] {
        let route = route(line, false, true).unwrap();
        assert_eq!(route.dst, Some(dst.parse().unwrap()), "{line}");
        assert_eq!(
            (route.dst_len, route.scope, route.kind),
            (len, scope, kind),
            "{line}"
        );
        assert_eq!((route.table, route.protocol), (RT_TABLE_MAIN, RTPROT_BOOT));
    }
    let wide = route(
        "-net 10/8 gw 10.0.0.2 metric 6 mss 1400 window 900 irtt 40",
        false,
        true,
    );
    // Without a dot it is one number, not a class A network.
    assert!(wide.is_err());
    let wide = route(
        "-net 10.0.0.0/8 gw 10.0.0.2 metric 6 mss 1400 window 900 irtt 40",
        false,
        true,
    );
    let wide = wide.unwrap();
    assert_eq!(wide.priority, Some(6));
    assert_eq!(wide.metrics.get(Metric::AdvMss), Some(1360));
    assert_eq!(wide.metrics.get(Metric::Window), Some(900));
    assert_eq!(wide.metrics.get(Metric::Rtt), Some(320));
    let gone = route("-net 10.0.0.0/8", false, false).unwrap();
    assert_eq!(
        (gone.scope, gone.protocol),
        (RT_SCOPE_NOWHERE, RTPROT_UNSPEC)
    );
}

#[test]
fn ipv6_routes_have_a_metric_of_their_own() {
    let add = route("2001:db8:7::/48 dev v0", true, true).unwrap();
    assert_eq!(
        (add.dst_len, add.priority, add.kind),
        (48, Some(1), RTN_UNICAST)
    );
    let del = route("default", true, false).unwrap();
    assert_eq!((del.dst_len, del.priority, del.kind), (0, None, RTN_UNSPEC));
    assert_eq!(route("2001:db8::1", true, true).unwrap().dst_len, 128);
}

#[test]
fn wrong_words_are_net_tools_errors() {
    for (line, want, code) in [
        ("add", "Usage:", 3),
        (
            "add 10.6.0.0/16 v0",
            "route: netmask 0000ffff doesn't make sense with host route",
            3,
        ),
        (
            "add -net 10.9.1.0/16 dev v0",
            "route: netmask doesn't match route address",
            3,
        ),
        (
            "add -net 10.9.0.0 netmask 255.0.255.0",
            "route: bogus netmask 255.0.255.0",
            3,
        ),
        ("add -net 10.9.0.0/33", "Usage:", 3),
        ("add default gw", "Usage:", 3),
        (
            "add default gw no.such.host.invalid",
            "no.such.host.invalid: Unknown host",
            6,
        ),
        ("add 10.1.1.1 metric x", "Usage:", 3),
        ("add 10.1.1.1 mss 5", "route: Invalid MSS/MTU.", 3),
        ("add 10.1.1.1 dev v0 v1", "Usage:", 3),
        (
            "-6 add no.such.host.invalid v0",
            "no.such.host.invalid: Unknown host",
            1,
        ),
        ("flush", "Flushing `inet' routing table not supported", 3),
        ("-A foo", "Unknown address family `foo'.", 1),
        ("-x", "route: invalid option -- 'x'", 3),
        ("--foo", "route: unrecognized option '--foo'", 3),
        ("foo", "Usage:", 3),
    ] {
        let words = words(&format!("route {line}"));
        let error = run(&mut context(), &mut Args::new(&words, 1)).unwrap_err();
        let text = String::from_utf8(error.render(Program::Route, &words)).unwrap();
        assert!(text.starts_with(want), "{line}: {text}");
        assert_eq!(error.exit_code(), code, "{line}");
    }
}

proptest! {
    #[test]
    fn no_words_panic(line in proptest::collection::vec(prop::sample::select(vec!["-net", "-host",
        "default", "10.0.0.0/8", "10.0.0.0/99", "::/0", "gw", "netmask", "255.0.0.0", "metric", "5",
        "mss", "window", "irtt", "reject", "mod", "dev", "v0", "", "/", "1.2.3.4"]), 1..8))
    {
        let line = line.join(" ");
        if !words(&line).is_empty() {
            let all = words(&line);
            if read(&context(), &mut Args::new(&all, 0)).is_ok_and(|said| said.target.is_some()) {
                let words = all;
                let ctx = context();
                let said = read(&ctx, &mut Args::new(&words, 0)).unwrap();
                let target = said.target.unwrap();
                let _ = inet::route(&ctx, &said, &target, true);
                let _ = inet6::route(&ctx, &said, &target, false);
            }
        }
    }
}
