//! Words, values and their errors, judged by what iproute2 6.1 says to the same words.

use super::*;
use crate::applet::Program;
use crate::error::CmdError;
use proptest::prelude::*;
use std::net::IpAddr;
use std::os::unix::ffi::OsStringExt;

fn word(text: &str) -> Word<'_> {
    Word::new(OsStr::new(text), 0)
}

/// ip's line and exit code.
fn ip_says(error: CmdError) -> (String, u8) {
    let text = String::from_utf8(error.render(Program::Ip, &["ip".into()])).unwrap();
    (
        text.lines().next().unwrap_or_default().to_owned(),
        error.exit_code(),
    )
}

fn address(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

#[test]
fn the_cursor_counts_places() {
    let line: Vec<OsString> = ["vnet", "link", "set"].map(OsString::from).into();
    let mut args = Args::new(&line, 1);
    assert_eq!(args.peek().map(|w| w.at()), Some(1));
    assert_eq!(args.next().map(|w| w.text()), Some(OsStr::new("link")));
    assert_eq!(args.next().map(|w| w.at()), Some(2));
    assert!(args.is_empty() && args.next().is_none() && args.peek_at(usize::MAX).is_none());
    let error = args.require("a device").unwrap_err();
    assert_eq!(error.to_string(), "the command ends before a device");
    assert_eq!(
        ip_says(error),
        (
            "Command line is not complete. Try option \"help\"".into(),
            255
        )
    );
    args.back();
    assert_eq!(args.rest(), ["set"]);
}

#[test]
fn abbreviations_are_beginnings() {
    assert!(word("s").abbreviates("show") && word("show").abbreviates("show"));
    assert!(!word("").abbreviates("show") && !word("shows").abbreviates("show"));
    assert!(!word("sh").is("show") && word("show").is("show"));
}

#[test]
fn prefixes_as_ip_takes_them() {
    for (text, addr, len, explicit) in [
        ("10/8", "10.0.0.0", 8, true),
        ("10.1/255.255.0.0", "10.1.0.0", 16, true),
        ("10.1/0.0.0.0", "10.1.0.0", 0, true),
        ("0x0a.010.1.1/0x18", "10.8.1.1", 24, true),
        (" 1.2.3.4", "1.2.3.4", 32, false),
        ("+7.2.3.4/+9", "7.2.3.4", 9, true),
        ("1.2.3.4", "1.2.3.4", 32, false),
        ("fe80::1/64", "fe80::1", 64, true),
        ("::ffff:1.2.3.4/100", "::ffff:1.2.3.4", 100, true),
        ("::/0", "::", 0, true),
        ("10.1/any", "10.1.0.0", 0, true),
        ("1.2.3.4/default", "1.2.3.4", 0, true),
        ("::1", "::1", 128, false),
    ] {
        let p = word(text).prefix(Family::Unspec).unwrap();
        assert_eq!(
            (p.address, p.len, p.explicit),
            (address(addr), len, explicit),
            "{text}"
        );
    }
    let p = word("default").prefix(Family::Unspec).unwrap();
    assert_eq!(
        (p.address, p.len, p.explicit, p.family),
        (None, 0, true, Family::Unspec)
    );
    let p = word("default").prefix(Family::Inet6).unwrap();
    assert_eq!((p.address, p.family), (address("::"), Family::Inet6));
    let p = word("any").prefix(Family::Inet).unwrap();
    assert_eq!((p.address, p.len, p.explicit), (None, 0, false));
}

#[test]
fn no_prefixes_in_ips_words() {
    for text in [
        "1.2.3.400/8",
        "1.2.3.4/44",
        "foo",
        "10.1/255.0.255.0",
        "1.2.3.4/",
        "/8",
        "1.2.3.4.5",
        "::1%lo",
        "1::/129",
        "-1.2.3.4",
        "default/8",
        "default/0",
        "any/0",
        "",
        "1.2.3.4/-1",
        "1..2",
        "10.1.",
    ] {
        assert_eq!(
            ip_says(word(text).prefix(Family::Unspec).unwrap_err()),
            (
                format!("Error: any valid prefix is expected rather than \"{text}\"."),
                1
            )
        );
    }
    assert_eq!(
        ip_says(word("::1").address(Family::Inet).unwrap_err()).0,
        "Error: inet address is expected rather than \"::1\"."
    );
    assert_eq!(
        ip_says(word("1.2.3.4").address(Family::Inet6).unwrap_err()).0,
        "Error: inet6 address is expected rather than \"1.2.3.4\"."
    );
    assert_eq!(
        ip_says(word("1.2.3.4/8").prefix(Family::Link).unwrap_err()).0,
        "Error: \"1.2.3.4/8\" may be inet prefix, but it is not allowed in this context."
    );
}

#[test]
fn numbers_in_ips_words() {
    assert_eq!(word("0x100").u32("x").unwrap(), 256);
    assert_eq!(word("-1").u64("x").unwrap(), u64::MAX);
    assert_eq!(word("-5").i32("x").unwrap(), -5);
    assert!(word("256").u8("x").is_err() && word("65536").u16("x").is_err());
    assert!(word("4294967296").u32("x").is_err() && word("-1").u32("x").is_err());
    let error = word("abc").u32("Invalid \"mtu\" value\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "wrong value 'abc': a number from 0 to 4294967295 is expected"
    );
    assert_eq!(
        ip_says(error),
        (
            "Error: argument \"abc\" is wrong: Invalid \"mtu\" value".into(),
            255
        )
    );
}

#[test]
fn device_names() {
    let long = "a".repeat(16);
    for bad in ["", "a/b", "a b", "a\tb", long.as_str()] {
        assert_eq!(
            ip_says(word(bad).ifname("name").unwrap_err()).1,
            255,
            "{bad:?}"
        );
    }
    for bad in ["a:b", ".", "..", "a\x01b", "a\x7f"] {
        assert!(word(bad).ifname("name").is_ok() && word(bad).new_ifname("name").is_err());
    }
    assert_eq!(word("véth").new_ifname("dev").unwrap(), "véth".as_bytes());
    assert_eq!(
        ip_says(word("a/b").ifname("dev").unwrap_err()).0,
        "Error: argument \"a/b\" is wrong: \"dev\" not a valid ifname"
    );
}

#[test]
fn link_layer_addresses() {
    let bytes = |text: &str| word(text).lladdr().map(|a| a.bytes().to_vec());
    assert_eq!(bytes("02:00:00:0:f:FF").unwrap(), [2, 0, 0, 0, 15, 255]);
    assert_eq!(bytes("1").unwrap(), [1]);
    assert_eq!(bytes("10.0.0.1").unwrap(), [10, 0, 0, 1]);
    assert_eq!(bytes(&["00"; 32].join(":")).unwrap(), [0; 32]);
    for bad in ["zz", "300:2", "1:", "", ":", "5g:1", "0x1", "any."] {
        assert_eq!(
            ip_says(word(bad).lladdr().unwrap_err()),
            (format!("\"{bad}\" is invalid lladdr."), 1)
        );
    }
    assert!(word(&["00"; 33].join(":")).lladdr().is_err());
}

#[test]
fn on_and_off() {
    assert!(word("on").on_off("arp").unwrap() && !word("off").on_off("arp").unwrap());
    assert_eq!(
        ip_says(word("maybe").on_off("arp").unwrap_err()),
        (
            "Error: argument of \"arp\" must be \"on\" or \"off\", not \"maybe\"".into(),
            1
        )
    );
}

proptest! {
    #[test]
    fn no_word_panics(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let text = OsString::from_vec(bytes);
        let w = Word::new(&text, 7);
        for family in [Family::Unspec, Family::Inet, Family::Inet6, Family::Link, Family::Mpls] {
            let _ = (w.prefix(family), w.address(family), w.ip(family));
        }
        let _ = (w.u8("x"), w.u16("x"), w.u32("x"), w.u64("x"), w.i32("x"));
        let _ = (w.ifname("x"), w.new_ifname("x"), w.lladdr(), w.on_off("x"));
        for e in [w.wrong("x\n"), w.duplicate("x"), w.garbage("x"), w.no_device()] {
            prop_assert!(!e.render(Program::Ip, std::slice::from_ref(&text)).is_empty());
        }
    }

    #[test]
    fn figures_like_an_address(text in "[0-9x./+: a-f-]{0,24}") {
        let w = Word::new(OsStr::new(&text), 1);
        if let Ok(p) = w.prefix(Family::Unspec) {
            prop_assert!(p.len <= 128);
            prop_assert_eq!(p.address.is_some(), p.family != Family::Unspec);
        }
    }
}
