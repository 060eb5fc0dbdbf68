//! The words of ifconfig, and the arithmetic of its addresses.

use super::inet::{Edit, Inet, Medium, edit};
use super::read::{Does, Step, steps};
use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use proptest::prelude::*;
use std::ffi::OsString;
use std::net::Ipv4Addr;

fn context() -> Context {
    let options = Options::default();
    let out = Out::memory(&options);
    Context::new(Program::Ifconfig, options, out)
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ')
        .filter(|w| !w.is_empty())
        .map(OsString::from)
        .collect()
}

fn read(line: &str) -> Result<Vec<Does>, CmdError> {
    let words = words(line);
    let steps = steps(&context(), &mut Args::new(&words, 0))?;
    Ok(steps.into_iter().map(|Step { does, .. }| does).collect())
}

fn ip(octets: [u8; 4]) -> Ipv4Addr {
    octets.into()
}

#[test]
fn an_address_sets_the_device_up_and_its_mask_counts_last() {
    let up = Does::Flags { set: 1, clear: 0 };
    assert_eq!(
        read("10.1.1.1/24 up").unwrap(),
        [
            Does::Inet(vec![
                Edit::Address(ip([10, 1, 1, 1])),
                Edit::Mask(ip([255, 255, 255, 0]))
            ]),
            up.clone(),
            up.clone(),
        ]
    );
    assert_eq!(
        read("inet 10.1.1.1 netmask 255.255.0.0 broadcast 10.1.9.9 mtu 1400 down").unwrap(),
        [
            Does::Inet(vec![
                Edit::Address(ip([10, 1, 1, 1])),
                Edit::Mask(ip([255, 255, 0, 0])),
                Edit::Broadcast(ip([10, 1, 9, 9]))
            ]),
            up,
            Does::Mtu(Some(1400)),
            Does::Flags { set: 0, clear: 1 },
        ]
    );
}

#[test]
fn words_and_their_opposites() {
    let flags = |set: i32, clear: i32| Does::Flags {
        set: set as u32,
        clear: clear as u32,
    };
    for (line, want) in [
        ("-arp", vec![flags(libc::IFF_NOARP, 0)]),
        ("arp", vec![flags(0, libc::IFF_NOARP)]),
        ("promisc", vec![flags(libc::IFF_PROMISC, 0)]),
        (
            "-promisc",
            vec![
                flags(0, libc::IFF_PROMISC),
                Does::Keeps(libc::IFF_PROMISC as u32, "promisc"),
            ],
        ),
        (
            "hw ether 2:0:0:0:0:a",
            vec![Does::Hardware([2, 0, 0, 0, 0, 10])],
        ),
        (
            "hw ether 02000000000a",
            vec![Does::Hardware([2, 0, 0, 0, 0, 10])],
        ),
        (
            "add 2001:db8::1/64",
            vec![Does::Add("2001:db8::1".parse().unwrap(), 64)],
        ),
        (
            "inet6 del 2001:db8::1",
            vec![Does::Del("2001:db8::1".parse().unwrap(), 128)],
        ),
        ("mtu x", vec![Does::Mtu(None)]),
        ("name w0", vec![Does::Rename(b"w0".to_vec())]),
        ("broadcast", vec![]),
    ] {
        assert_eq!(read(line).unwrap(), want, "{line}");
    }
}

#[test]
fn wrong_words_are_net_tools_errors() {
    for (line, want, code) in [
        ("10.1.1.1/x", "Usage:", 3),
        ("mtu", "Usage:", 3),
        ("hw", "Usage:", 3),
        ("hw foo 02:00:00:00:00:01", "Usage:", 3),
        ("hw ether foo", "foo: invalid ether address.", 1),
        (
            "hw ether 02:00:00:00:00",
            "02:00:00:00:00: invalid ether address.",
            1,
        ),
        (
            "hw ether 02:00:00:00:00:01:",
            "02:00:00:00:00:01:: invalid ether address.",
            1,
        ),
        ("add 2001:db8::1/129", "Usage:", 3),
        ("add 10.0.0.1/8", "10.0.0.1/8: Unknown host", 1),
        (
            "no.such.host.invalid",
            "no.such.host.invalid: Unknown host",
            1,
        ),
        (
            "tunnel ::1.2.3.4",
            "ifconfig: 'tunnel' is not supported by vnet",
            1,
        ),
    ] {
        let words = words(&format!("ifconfig v0 {line}"));
        let error = steps(&context(), &mut Args::new(&words, 2)).unwrap_err();
        let text = String::from_utf8(error.render(Program::Ifconfig, &words)).unwrap();
        assert!(text.starts_with(want), "{line}: {text}");
        assert_eq!(error.exit_code(), code, "{line}");
    }
}

const ETHERNET: Medium = Medium {
    broadcast: true,
    pointopoint: false,
};

fn edited(edits: &[Edit]) -> Result<Option<Inet>, i32> {
    edits
        .iter()
        .try_fold(None, |inet, e| edit(inet, *e, ETHERNET))
}

/// Judged by the kernel's SIOCSIFADDR and its like.
#[test]
fn addresses_as_the_kernel_edits_them() {
    let address = |a| Edit::Address(ip(a));
    let mask = |a| Edit::Mask(ip(a));
    let found = |edits: &[Edit]| {
        let inet = edited(edits).unwrap().unwrap();
        (inet.local.octets(), inet.prefix, inet.broadcast.octets())
    };
    let ten = address([10, 1, 1, 1]);
    assert_eq!(found(&[ten]), ([10, 1, 1, 1], 8, [10, 255, 255, 255]));
    assert_eq!(
        found(&[address([192, 168, 3, 4])]),
        ([192, 168, 3, 4], 24, [192, 168, 3, 255])
    );
    assert_eq!(
        found(&[ten, mask([255, 255, 255, 0])]),
        ([10, 1, 1, 1], 24, [10, 1, 1, 255])
    );
    // A broadcast address that does not follow from the mask stays.
    assert_eq!(
        found(&[
            ten,
            Edit::Broadcast(ip([10, 9, 9, 9])),
            mask([255, 255, 0, 0])
        ]),
        ([10, 1, 1, 1], 16, [10, 9, 9, 9])
    );
    let (_, prefix, broadcast) = found(&[ten, mask([255; 4])]);
    assert_eq!((prefix, broadcast), (32, [10, 255, 255, 255]));
    assert_eq!(edited(&[ten, address([0; 4])]), Ok(None));
    assert_eq!(edited(&[mask([255, 0, 0, 0])]), Err(libc::EADDRNOTAVAIL));
    assert_eq!(edited(&[ten, mask([255, 0, 255, 0])]), Err(libc::EINVAL));
    assert_eq!(edited(&[address([224, 0, 0, 1])]), Err(libc::EINVAL));
    let host = edited(&[address([127, 0, 0, 1])]).unwrap().unwrap();
    assert_eq!((host.prefix, host.scope), (8, 254));
}

proptest! {
    #[test]
    fn no_words_panic(line in proptest::collection::vec(prop_oneof![
        prop::sample::select(vec!["up", "down", "mtu", "netmask", "broadcast", "hw", "ether", "add",
            "del", "inet6", "10.1.1.1/24", "10.1.1.1/33", "255.0.0.0", "::1/64", "-promisc", "", "/",
            "02:00:00:00:00:01", "name", "pointopoint", "a/b"]),
    ], 0..8)) {
        let words: Vec<OsString> = line.iter().map(OsString::from).collect();
        let _ = steps(&context(), &mut Args::new(&words, 0));
    }

    #[test]
    fn no_edit_panics(edits in proptest::collection::vec((0..4u8, any::<[u8; 4]>()), 0..6)) {
        let mut inet = None;
        for (kind, octets) in edits {
            let address = Ipv4Addr::from(octets);
            let change = match kind {
                0 => Edit::Address(address),
                1 => Edit::Mask(address),
                2 => Edit::Broadcast(address),
                _ => Edit::Peer(address),
            };
            if let Ok(next) = edit(inet, change, ETHERNET) {
                inet = next;
            }
        }
    }
}
