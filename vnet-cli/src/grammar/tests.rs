//! Look-ups in the tables, judged by what iproute2 6.1 takes an abbreviation for.

use super::own::object_of;
use super::tree::{Does, Object};
use super::*;
use crate::applet::Program;
use proptest::prelude::*;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;

fn word(text: &str) -> Word<'_> {
    Word::new(OsStr::new(text), 1)
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum K {
    Up,
    Arp,
    Dev,
    Name,
    Kind,
    Broadcast,
    Help,
}

static VLAN: Grammar<u8> = Grammar(&[exact(0, "id").value("VID").says("number of the VLAN")]);

pub(super) static TABLE: Grammar<K> = Grammar(&[
    exact(K::Up, "up").says("bring it up"),
    exact(K::Arp, "arp").on_off().says("answer ARP"),
    exact(K::Name, "name").value("NAME").says("its name"),
    exact(K::Broadcast, "brd")
        .also_short(&["broadcast"])
        .value("LLADDR")
        .says("the broadcast address"),
    exact(K::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .bare()
        .says("the device"),
    short(K::Kind, "type").takes(Value::Kind(&[Kind {
        name: "vlan",
        about: "a VLAN",
        words: &VLAN,
    }])),
    help(K::Help),
]);

#[test]
fn keywords() {
    for (text, want) in [
        ("up", Some(K::Up)),
        ("u", None),
        ("brd", Some(K::Broadcast)),
        ("br", Some(K::Broadcast)),
        ("t", Some(K::Kind)),
        ("types", None),
        ("", None),
        ("h", Some(K::Help)),
    ] {
        assert_eq!(TABLE.lookup(&word(text)), want, "{text}");
    }
    assert_eq!(TABLE.name(K::Broadcast), "brd");
}

#[test]
fn a_synopsis_holds_every_keyword() {
    let parts = super::help::synopsis("vnet x add", "", &TABLE);
    assert_eq!(
        parts,
        [
            "vnet x add",
            "[ up ]",
            "[ arp { on | off } ]",
            "[ name NAME ]",
            "[ brd LLADDR ]",
            "[ [ dev ] DEVICE ]",
            "[ type TYPE [ ARGS ] ]"
        ]
    );
}

fn nothing(_: &mut crate::context::Context, _: &mut crate::args::Args<'_>) -> crate::error::Result {
    Ok(())
}

static VERBS: &[super::tree::Verb] = &[
    super::tree::verb("add", "make one")
        .words(&TABLE)
        .run(nothing),
    super::tree::verb("xstats", "count them"),
];

static OBJECT: Object = super::tree::object("x", "things").verbs(VERBS, "add");

/// Only what is done is offered; a command's help has every spelling.
#[test]
fn usages_are_made_of_the_tables() {
    let at = |verb| crate::context::At {
        program: Program::Ip,
        object: Some(&OBJECT),
        verb,
    };
    let text = super::help::usage(Program::Ip, at(None));
    assert_eq!(
        text,
        "Usage: ip x add [ up ] [ arp { on | off } ] [ name NAME ] [ brd LLADDR ]\n\
         \x20               [ [ dev ] DEVICE ] [ type TYPE [ ARGS ] ]\n\n\
         TYPE := { vlan }\n"
    );
    let text = super::help::usage(Program::Vnet, at(VERBS.first()));
    for line in [
        "Usage: vnet ip x add [ up ]",
        "\nmake one\n",
        "\n  brd, broadcast LLADDR ",
        "\ntype vlan: a VLAN\n",
        "\n  id VID ",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn objects_as_ip_takes_them() {
    for (text, want) in [
        ("a", "address"),
        ("addr", "address"),
        ("addrl", "addrlabel"),
        ("f", "fou"),
        ("h", "help"),
        ("i", "ila"),
        ("io", "ioam"),
        ("l", "link"),
        ("l2", "l2tp"),
        ("m", "maddress"),
        ("mac", "macsec"),
        ("mo", "monitor"),
        ("mp", "mptcp"),
        ("mr", "mroute"),
        ("mru", "mrule"),
        ("n", "neighbor"),
        ("neighbour", "neighbor"),
        ("net", "netns"),
        ("netc", "netconf"),
        ("nex", "nexthop"),
        ("nt", "ntable"),
        ("ntb", "ntable"),
        ("r", "route"),
        ("ru", "rule"),
        ("s", "sr"),
        ("st", "stats"),
        ("t", "tunnel"),
        ("tap", "tuntap"),
        ("tc", "tcpmetrics"),
        ("to", "token"),
        ("v", "vrf"),
        ("x", "xfrm"),
    ] {
        let found = object_of(Program::Vnet, &word(text));
        assert_eq!(found.map(|o| o.name), Some(want), "{text}");
    }
    for text in ["am", "e", "", "foo", "links", "b", "bridg"] {
        assert!(object_of(Program::Vnet, &word(text)).is_none(), "{text}");
    }
    assert!(object_of(Program::Vnet, &word("bridge")).is_some());
    assert!(object_of(Program::Ip, &word("bridge")).is_none());
    for (text, want) in [
        ("m", "mdb"),
        ("v", "vlan"),
        ("vn", "vni"),
        ("mo", "monitor"),
    ] {
        let found = object_of(Program::Bridge, &word(text));
        assert_eq!(found.map(|o| o.name), Some(want), "bridge {text}");
    }
}

#[test]
fn verbs_as_ip_takes_them() {
    for (program, object, text, want) in [
        (Program::Ip, "link", "s", "set"),
        (Program::Ip, "link", "sh", "show"),
        (Program::Ip, "link", "l", "show"),
        (Program::Ip, "link", "c", "set"),
        (Program::Ip, "link", "a", "add"),
        (Program::Ip, "address", "s", "show"),
        (Program::Ip, "address", "sa", "save"),
        (Program::Ip, "address", "chg", "change"),
        (Program::Ip, "route", "r", "replace"),
        (Program::Ip, "route", "rest", "restore"),
        (Program::Ip, "route", "s", "show"),
        (Program::Ip, "route", "p", "prepend"),
        (Program::Ip, "route", "ap", "append"),
        (Program::Ip, "netns", "s", "list"),
        (Program::Ip, "netns", "list-", "list-id"),
        (Program::Ip, "netns", "se", "set"),
        (Program::Ip, "netns", "at", "attach"),
        (Program::Bridge, "link", "s", "set"),
        (Program::Bridge, "vlan", "s", "show"),
        (Program::Bridge, "fdb", "ap", "append"),
    ] {
        let found = object_of(program, &word(object));
        let Some(Object {
            does: Does::Verbs(verbs, default),
            ..
        }) = found
        else {
            panic!("{object} has no verbs");
        };
        let verb = verbs.iter().find(|v| v.is(&word(text))).map(|v| v.name);
        assert_eq!(verb, Some(want), "{object} {text}");
        assert!(verbs.iter().any(|v| Some(v.name) == *default), "{object}");
    }
}

/// Whatever is registered: each keyword has a help line, and no two are the same.
#[test]
fn tables_are_whole() {
    for program in [Program::Vnet, Program::Bridge] {
        for object in own::objects(program) {
            assert!(!object.about.is_empty(), "{}", object.name);
            match &object.does {
                Does::Verbs(verbs, _) => {
                    for verb in verbs.iter() {
                        assert!(!verb.about.is_empty(), "{}", verb.name);
                        whole(verb.words, &format!("{} {}", object.name, verb.name));
                    }
                }
                Does::Runs(_, words, _) => whole(*words, object.name),
                Does::Nothing | Does::Program(_) | Does::Help => {}
            }
        }
    }
}

fn whole(words: &dyn Words, path: &str) {
    let mut seen: Vec<&str> = Vec::new();
    for keyword in words.iter() {
        assert!(!keyword.help.is_empty(), "{path} {}", keyword.name);
        assert!(
            !seen.contains(&keyword.name),
            "{path} {} twice",
            keyword.name
        );
        seen.push(keyword.name);
        if let Value::Kind(kinds) = keyword.value {
            for kind in kinds {
                assert!(!kind.about.is_empty(), "{path} {}", kind.name);
                whole(kind.words, &format!("{path} {}", kind.name));
            }
        }
    }
}

proptest! {
    #[test]
    fn no_word_panics(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
        let text = OsString::from_vec(bytes);
        let w = Word::new(&text, 1);
        let _ = (TABLE.lookup(&w), object_of(Program::Vnet, &w), object_of(Program::Bridge, &w));
    }
}
