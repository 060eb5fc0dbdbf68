//! The words of addresses: what is asked of the kernel, and the errors, judged by iproute2 6.1.

use super::filter::{Filter, Flags, NO_MASTER, inside};
use super::modify::{Action, read};
use crate::applet::Program;
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::decode::MessageRef;
use netlink_raw::encode::{Batch, Message};
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL};
use netlink_raw::route::addr::*;
use proptest::prelude::*;
use std::ffi::{OsStr, OsString};
use std::net::IpAddr;

const ADD: Action = Action::Set(NLM_F_CREATE | NLM_F_EXCL, "add");

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

fn request<R>(
    family: Family,
    line: &str,
    action: Action,
    judge: impl FnOnce(AddressRequest<'_>) -> R,
) -> Result<R, CmdError> {
    let words = words(line);
    let (_, _, request) = read(&mut context(family), &mut Args::new(&words, 0), action)?;
    Ok(judge(request))
}

fn asked<R>(line: &str, judge: impl FnOnce(AddressRequest<'_>) -> R) -> R {
    request(Family::Unspec, line, ADD, judge).unwrap_or_else(|e| panic!("{line}: {e}"))
}

/// ip's line and exit code.
fn ip_says(error: &CmdError) -> (String, u8) {
    let text = String::from_utf8(error.render(Program::Ip, &["ip".into()])).unwrap();
    let line = text.lines().next().unwrap_or_default();
    (line.to_owned(), error.exit_code())
}

fn ip(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

#[test]
fn an_address_and_its_prefix() {
    for (line, local, address, len) in [
        ("10.0.0.1/24 dev v0", "10.0.0.1", "10.0.0.1", 24),
        ("10.0.0.1 dev v0", "10.0.0.1", "10.0.0.1", 32),
        ("dev v0 local 10.1/255.255.0.0", "10.1.0.0", "10.1.0.0", 16),
        ("2001:db8::1 dev v0", "2001:db8::1", "2001:db8::1", 128),
        (
            "10.0.0.1 peer 10.0.0.9/28 dev v0",
            "10.0.0.1",
            "10.0.0.9",
            28,
        ),
        (
            "remote 10.0.0.9 10.0.0.1/28 dev v0",
            "10.0.0.1",
            "10.0.0.9",
            32,
        ),
        (
            "10.0.0.1/28 peer 10.0.0.9/0 dev v0",
            "10.0.0.1",
            "10.0.0.9",
            28,
        ),
    ] {
        asked(line, |r| {
            assert_eq!(
                (r.local, r.address, r.prefixlen),
                (ip(local), ip(address), len),
                "{line}"
            );
            assert_eq!((r.index, r.lifetimes, r.label), (3, None, None));
            assert_eq!(
                i32::from(r.family),
                if local.contains(':') { 10 } else { 2 }
            );
        });
    }
}

#[test]
fn broadcast_from_the_prefix() {
    for (line, want) in [
        ("10.0.0.1/24 brd + dev v0", ip("10.0.0.255")),
        ("10.0.0.1/24 brd - dev v0", ip("10.0.0.0")),
        ("10.0.0.1/24 b 10.0.0.77 dev v0", ip("10.0.0.77")),
        ("10.0.0.1/30 broadcast + dev v0", ip("10.0.0.3")),
        ("10.0.0.1/31 brd + dev v0", None),
        ("10.0.0.1 brd + dev v0", None),
        (
            "10.0.0.1/24 peer 10.9.0.1/16 brd + dev v0",
            ip("10.9.255.255"),
        ),
        ("10.0.0.1/0 brd + dev v0", ip("255.255.255.255")),
    ] {
        assert_eq!(asked(line, |r| r.broadcast), want, "{line}");
    }
    let deleted = request(
        Family::Unspec,
        "10.0.0.1/24 brd + dev v0",
        Action::Delete,
        |r| r.broadcast,
    );
    assert_eq!(deleted.unwrap(), None);
}

#[test]
fn scope_flags_and_the_rest() {
    for (line, scope) in [
        ("127.1.2.3/8 dev v0", 254),
        ("128.1.2.3/8 dev v0", 0),
        ("::1/128 dev v0", 0),
        ("127.0.0.1/8 scope global dev v0", 0),
        ("10.0.0.1/8 scope link dev v0", 253),
        ("10.0.0.1/8 scope 0x10 dev v0", 16),
    ] {
        assert_eq!(asked(line, |r| r.scope), scope, "{line}");
    }
    for (line, flags) in [
        (
            "2001:db8::1/64 nodad home dev v0",
            IFA_F_NODAD | IFA_F_HOMEADDRESS,
        ),
        ("nodad 2001:db8::1/64 dev v0", 0),
        (
            "10.0.0.1/24 nodad noprefixroute dev v0",
            IFA_F_NOPREFIXROUTE,
        ),
        ("10.0.0.1/24 secondary tentative dev v0", 0),
        ("239.0.0.1/32 autojoin dev v0", IFA_F_MCAUTOJOIN),
        (
            "2001:db8::1/64 mngtmpaddr optimistic dev v0",
            IFA_F_MANAGETEMPADDR | IFA_F_OPTIMISTIC,
        ),
    ] {
        assert_eq!(asked(line, |r| r.flags), flags, "{line}");
    }
    let line = "10.0.0.1/24 label v0:1 metric 7 v 0x100 preferr 010 anycast 10.0.0.3 dev v0";
    asked(line, |r| {
        let lifetimes = Lifetimes {
            preferred: 8,
            valid: 256,
        };
        assert_eq!((r.label, r.priority), (Some(&b"v0:1"[..]), Some(7)));
        assert_eq!((r.lifetimes, r.anycast), (Some(lifetimes), ip("10.0.0.3")));
    });
    let forever = asked("10.0.0.1/24 p 5 pref 50 dev v0", |r| {
        (r.priority, r.lifetimes)
    });
    assert_eq!(forever, (Some(50), None));
}

#[test]
fn a_deletion_without_a_length_takes_any() {
    let of = |line| {
        request(Family::Unspec, line, Action::Delete, |r| {
            (r.address, r.prefixlen)
        })
        .unwrap()
    };
    assert_eq!(of("10.0.0.1 dev v0"), (None, 32));
    assert_eq!(of("10.0.0.1/32 dev v0"), (ip("10.0.0.1"), 32));
    assert_eq!(of("10.0.0.1 peer 10.0.0.2 dev v0"), (ip("10.0.0.2"), 32));
    assert_eq!(of("2001:db8::1 dev v0"), (ip("2001:db8::1"), 128));
}

#[test]
fn wrong_words_in_ips_words() {
    for (line, want, code) in [
        (
            "10.0.0.1/24",
            "Not enough information: \"dev\" argument is required.",
            1,
        ),
        (
            "10.0.0.1/33 dev v0",
            "Error: any valid prefix is expected rather than \"10.0.0.1/33\".",
            1,
        ),
        (
            "10.0.0.1 10.0.0.2 dev v0",
            "Error: either \"local\" is duplicate, or \"10.0.0.2\" is a garbage.",
            255,
        ),
        (
            "10.0.0.1 proto 3 dev v0",
            "Error: either \"local\" is duplicate, or \"proto\" is a garbage.",
            255,
        ),
        (
            "10.0.0.1 peer ::1 dev v0",
            "Error: inet prefix is expected rather than \"::1\".",
            1,
        ),
        (
            "10.0.0.1 peer 1.1.1.1 peer 2.2.2.2",
            "Error: duplicate \"peer\": \"2.2.2.2\" is the second value.",
            255,
        ),
        (
            "10.0.0.1 brd + brd -",
            "Error: duplicate \"broadcast\": \"-\" is the second value.",
            255,
        ),
        (
            "10.0.0.1 brd x",
            "Error: inet address is expected rather than \"x\".",
            1,
        ),
        (
            "10.0.0.1 scope far",
            "Error: argument \"far\" is wrong: invalid scope value.",
            255,
        ),
        (
            "10.0.0.1 scope 256",
            "Error: argument \"256\" is wrong: invalid scope value.",
            255,
        ),
        (
            "10.0.0.1 metric x",
            "Error: argument \"x\" is wrong: \"metric\" value is invalid",
            255,
        ),
        (
            "10.0.0.1 valid_lft x",
            "Error: argument \"x\" is wrong: valid_lft value",
            255,
        ),
        (
            "10.0.0.1 valid_lft 5 valid 6",
            "Error: duplicate \"valid_lft\": \"valid\" is the second value.",
            255,
        ),
        ("10.0.0.1 valid_lft 0 dev v0", "valid_lft is zero", 1),
        (
            "10.0.0.1 valid_lft 9 dev v0",
            "preferred_lft is greater than valid_lft",
            1,
        ),
        (
            "10.0.0.1 autojoin dev v0",
            "autojoin needs multicast address",
            1,
        ),
        (
            "::1 brd + dev v0",
            "Broadcast can be set only for IPv4 addresses",
            1,
        ),
        (
            "10.0.0.1 brd",
            "Command line is not complete. Try option \"help\"",
            255,
        ),
        (
            "10.0.0.1 dev",
            "Command line is not complete. Try option \"help\"",
            255,
        ),
    ] {
        let error = request(Family::Unspec, line, ADD, |_| ()).unwrap_err();
        assert_eq!(ip_says(&error), (want.to_owned(), code), "{line}");
    }
    let error = request(Family::Inet, "any dev v0", ADD, |_| ()).unwrap_err();
    let line = "Error: Attribute failed policy validation.".to_owned();
    assert_eq!(ip_says(&error), (line, 2));
    assert!(request(Family::Unspec, "any dev v0", ADD, |_| ()).is_ok());
}

fn filter<R>(line: &str, judge: impl FnOnce(Filter<'_>) -> R) -> Result<R, CmdError> {
    let words = words(line);
    let filter = Filter::read(&mut context(Family::Unspec), &mut Args::new(&words, 0))?;
    Ok(judge(filter))
}

#[test]
fn filters_are_read() {
    filter("v0 scope link up label v0:* to 10/8", |f| {
        assert_eq!(f.dev.map(|(index, _)| index), Some(3));
        assert_eq!((f.scope, f.up, f.family), (Some(253), true, Family::Inet));
        assert_eq!(f.label, Some(&b"v0:*"[..]));
    })
    .unwrap();
    let flags = |line| filter(line, |f| f.flags).unwrap();
    let (s, t, p) = (IFA_F_SECONDARY, IFA_F_TENTATIVE, IFA_F_PERMANENT);
    assert_eq!(
        flags("secondary -tentative"),
        Flags {
            set: s,
            mask: s | t
        }
    );
    assert_eq!(
        flags("primary dynamic"),
        Flags {
            set: 0,
            mask: s | p
        }
    );
    assert_eq!(
        flags("-primary -dynamic"),
        Flags {
            set: s | p,
            mask: s | p
        }
    );
    assert_eq!(
        flags("nodad -nodad"),
        Flags {
            set: 0,
            mask: IFA_F_NODAD
        }
    );
    assert_eq!(filter("nomaster", |f| f.master).unwrap(), Some(NO_MASTER));
    assert_eq!(filter("master v0", |f| f.master).unwrap(), Some(3));
    let port = filter("type bridge_slave scope all", |f| {
        assert_eq!(f.scope, None);
        f.port_kind == Some(b"bridge") && f.kind.is_none()
    });
    assert!(port.unwrap());
    for (line, want) in [
        (
            "v0 v1",
            "Error: either \"dev\" is duplicate, or \"v1\" is a garbage.",
        ),
        (
            "scope far",
            "Error: argument \"far\" is wrong: invalid \"scope\"",
        ),
        (
            "group far",
            "Error: argument \"far\" is wrong: Invalid \"group\" value",
        ),
        ("label", "Command line is not complete. Try option \"help\""),
    ] {
        let error = filter(line, |_| ()).unwrap_err();
        assert_eq!(ip_says(&error), (want.to_owned(), 255), "{line}");
    }
}

/// Encodes an address as the kernel would send it, and asks the filter about it.
fn accepts(line: &str, address: &AddressRequest<'_>) -> bool {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(address as &dyn Message, 0, 1).unwrap();
    let body = batch.as_bytes().get(16..).unwrap_or_default();
    let header = netlink_raw::wire::NlMsgHdr::default();
    let address = Address::parse(&MessageRef { header, body }).unwrap();
    filter(line, |f| f.accepts(&address, b"v0")).unwrap()
}

#[test]
fn filters_judge_addresses() {
    let first = AddressRequest {
        flags: IFA_F_PERMANENT,
        label: Some(b"v0:1"),
        ..AddressRequest::create(3, [10, 0, 0, 1].into(), 24)
    };
    let second = AddressRequest {
        flags: IFA_F_SECONDARY | IFA_F_NOPREFIXROUTE,
        scope: 253,
        ..AddressRequest::create(3, "2001:db8::1".parse().unwrap(), 64)
    };
    for (line, of_first, of_second) in [
        ("", true, true),
        ("primary", true, false),
        ("temporary", false, true),
        ("dynamic", false, true),
        ("-noprefixroute", true, false),
        ("scope link", false, true),
        ("scope all", true, true),
        ("to 10.0.0.0/24", true, false),
        ("to 10.0.0.2", false, false),
        ("to 2001:db8::/32", false, true),
        ("to ::/0", false, true),
        ("to default", true, true),
        ("label v0:*", true, false),
        ("label v0", false, true),
    ] {
        assert_eq!(accepts(line, &first), of_first, "{line}");
        assert_eq!(accepts(line, &second), of_second, "{line}");
    }
}

proptest! {
    #[test]
    fn what_is_inside_shares_the_prefix(net: u32, other: u32, len in 0u8..=32) {
        let text = format!("{}/{len}", std::net::Ipv4Addr::from(net));
        let prefix = Word::new(OsStr::new(&text), 0).prefix(Family::Unspec).unwrap();
        let mask = u32::MAX.checked_shl(32 - u32::from(len)).unwrap_or(0);
        let address = Some(IpAddr::from(other.to_be_bytes()));
        prop_assert_eq!(inside(&prefix, address), net & mask == other & mask);
        prop_assert!(inside(&prefix, Some(IpAddr::from(net.to_be_bytes()))));
    }

    #[test]
    fn no_words_panic(
        line in proptest::collection::vec(
            prop_oneof![
                "(local|peer|brd|anycast|scope|label|metric|valid_lft|preferred_lft|nodad|autojoin|to|type)",
                "[-+]?[0-9a-f.:/]{0,10}",
                "[a-z-]{0,4}",
            ],
            0..8,
        ),
        family in prop_oneof![
            Just(Family::Unspec), Just(Family::Inet), Just(Family::Inet6), Just(Family::Link)
        ],
    ) {
        // The device comes last, so that no kernel is asked about another.
        let line = format!("{} dev v0", line.join(" "));
        let line = line.replace("dev ", "device ").replace("device v0", "dev v0");
        let words = words(&line);
        for action in [ADD, Action::Delete] {
            if let Ok((_, _, request)) = read(&mut context(family), &mut Args::new(&words, 0), action) {
                prop_assert!(request.prefixlen <= 128);
            }
        }
    }
}
