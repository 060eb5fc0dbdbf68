//! Layouts, judged by captures of iproute2 6.1's output.

use super::*;
use crate::options::Options;
use color::When;
use std::net::Ipv4Addr;

fn options(words: &str) -> Options {
    Options {
        json: words.contains('j'),
        pretty: words.contains('p'),
        oneline: words.contains('o'),
        color: if words.contains('c') {
            Some(When::Always)
        } else {
            Some(When::Never)
        },
        ..Options::default()
    }
}

/// What `show` prints.
fn printed(words: &str, show: impl FnOnce(&mut Out)) -> String {
    let mut out = Out::memory(&options(words));
    show(&mut out);
    String::from_utf8(out.take()).unwrap()
}

/// A link as the show code will print it.
fn link(out: &mut Out) {
    out.document(|out| {
        out.object(|out| {
            out.field("ifindex", 1u32, (1u32, ": "));
            out.colored(Color::Ifname, "ifname", "lo", ("lo", ": "));
            out.text("<");
            out.array("flags", |out| {
                for (i, flag) in ["LOOPBACK", "UP", "LOWER_UP"].into_iter().enumerate() {
                    out.item(flag, ((i > 0).then_some(","), flag));
                }
            });
            out.text("> ");
            out.field("mtu", 65536u32, ("mtu ", 65536u32, " "));
            out.sl();
            out.field("link_type", "loopback", ("    link/", "loopback", " "));
            out.object_of("stats64", |out| {
                out.object_of("rx", |out| {
                    out.json("bytes", 176u64);
                    out.json("packets", 2u64);
                });
            });
            out.array("addr_info", |out| {
                for last in 1..=2 {
                    out.object(|out| {
                        let local = Ipv4Addr::new(10, 0, 0, last);
                        out.json("family", "inet");
                        out.json("local", local);
                        out.colored_text(Color::Inet, (local, "/24 "));
                    });
                }
            });
            out.end_line();
        });
    });
}

#[test]
fn text() {
    assert_eq!(
        printed("", link),
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 \n    link/loopback 10.0.0.1/24 10.0.0.2/24 \n"
    );
    assert_eq!(
        printed("o", link),
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 \\    link/loopback 10.0.0.1/24 10.0.0.2/24 \n"
    );
    assert_eq!(
        printed("co", link),
        "1: \x1b[36mlo: \x1b[0m<LOOPBACK,UP,LOWER_UP> mtu 65536 \\    link/loopback \
         \x1b[35m10.0.0.1/24 \x1b[0m\x1b[35m10.0.0.2/24 \x1b[0m\n"
    );
}

#[test]
fn json_on_one_line() {
    assert_eq!(
        printed("jc", link),
        "[{\"ifindex\":1,\"ifname\":\"lo\",\"flags\":[\"LOOPBACK\",\"UP\",\"LOWER_UP\"],\
         \"mtu\":65536,\"link_type\":\"loopback\",\"stats64\":{\"rx\":{\"bytes\":176,\"packets\":2}},\
         \"addr_info\":[{\"family\":\"inet\",\"local\":\"10.0.0.1\"},\
         {\"family\":\"inet\",\"local\":\"10.0.0.2\"}]}]\n"
    );
}

/// The pieces are captured from `ip -j -p -s addr show`.
#[test]
fn json_over_many_lines() {
    let want = r#"[ {
        "ifindex": 1,
        "ifname": "lo",
        "flags": [ "LOOPBACK","UP","LOWER_UP" ],
        "mtu": 65536,
        "link_type": "loopback",
        "stats64": {
            "rx": {
                "bytes": 176,
                "packets": 2
            }
        },
        "addr_info": [ {
                "family": "inet",
                "local": "10.0.0.1"
            },{
                "family": "inet",
                "local": "10.0.0.2"
            } ]
    } ]
"#;
    assert_eq!(printed("jp", link), want);
}

/// What ip prints where nothing fits: `[]`, `[ ]`, `[{}]`, `[ {} ]`, `"flags": [ ]`.
#[test]
fn empty_things() {
    let nothing = |out: &mut Out| out.document(|_| ());
    assert_eq!(printed("j", nothing), "[]\n");
    assert_eq!(printed("jp", nothing), "[ ]\n");
    let objects = |out: &mut Out| out.document(|out| out.object(|_| ()));
    assert_eq!(printed("j", objects), "[{}]\n");
    assert_eq!(printed("jp", objects), "[ {} ]\n");
    let flags = |out: &mut Out| out.document(|out| out.object(|out| out.array("flags", |_| ())));
    assert_eq!(printed("j", flags), "[{\"flags\":[]}]\n");
    assert_eq!(
        printed("jp", flags),
        "[ {\n        \"flags\": [ ]\n    } ]\n"
    );
}

#[test]
fn values() {
    let all = |out: &mut Out| {
        out.document(|out| {
            out.object(|out| {
                out.json("null", Val::Null);
                out.json("bool", true);
                out.json("i64", -1i32);
                out.json("u64", u64::MAX);
                out.json("f64", 0.5);
                out.json("str", "a\"b\\c\n\x01é");
                out.json("bytes", &b"a\xffb"[..]);
                out.json("fmt", format_args!("0x{:x}", 255));
                out.json("ip", "::102:304".parse::<std::net::IpAddr>().unwrap());
            });
        });
    };
    let text = printed("j", all);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let object = &value[0];
    assert_eq!(object["str"], "a\"b\\c\n\u{1}é");
    assert_eq!(object["bytes"], "a\u{fffd}b");
    assert_eq!(object["fmt"], "0xff");
    assert_eq!(object["ip"], "::1.2.3.4");
    assert_eq!(object["u64"], u64::MAX);
    assert_eq!(object["i64"], -1);
    assert_eq!(object["f64"], 0.5);
    assert!(object["null"].is_null() && object["bool"] == true);
}

#[test]
fn names_that_are_no_text_come_out_byte_for_byte() {
    let mut out = Out::memory(&options(""));
    let name = &b"v\xff0"[..];
    out.field("ifname", name, (name, ": "));
    assert_eq!(out.take(), b"v\xff0: ");
}

#[test]
fn what_an_error_leaves_open_is_closed() {
    let broken = |out: &mut Out| {
        out.open_document();
        out.open_object();
        out.open_array("addr_info");
        out.close_object();
        out.close_document();
        out.close_document();
        out.document(|out| out.json_item("next"));
    };
    assert_eq!(printed("j", broken), "[{\"addr_info\":[]}]\n[\"next\"]\n");
    assert_eq!(printed("", broken), "");
}

#[test]
fn raw_is_printed_in_every_form() {
    assert_eq!(printed("j", |out| out.raw(("x", 1u8, "\n"))), "x1\n");
}
