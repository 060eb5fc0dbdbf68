//! The words of links against what iproute2 makes of them, without a kernel: requests and complaints.

use super::change::deletion;
use super::describe::{Purpose, Reader, describe};
use super::description::Description;
use super::refused::encoded;
use super::words::{DELETE, LINK};
use crate::applet::Program;
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::Result;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::decode::{Attrs, Messages};
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use proptest::prelude::*;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::os::unix::ffi::OsStringExt;

const REQUESTS: &str = include_str!("tests/requests.tsv");
const ERRORS: &str = include_str!("tests/errors.tsv");

/// The devices of the tables, so that no kernel is asked for them.
fn context() -> Context {
    let options = Options::default();
    let out = Out::memory(&options);
    let mut ctx = Context::new(Program::Ip, options, out);
    let names = ["lo", "br0", "v1", "v0", "w1", "w0", "mv0", "vxl0"];
    for (index, name) in (1..).zip(names) {
        ctx.kernel.learn(index, name.as_bytes());
    }
    ctx
}

/// Reads a command, `link VERB …`, and hands over its verb and what it describes.
fn read<R>(words: &[OsString], f: impl FnOnce(&'static str, &Description<'_>) -> R) -> Result<R> {
    let verb = Word::new(words.get(1).map_or(OsStr::new(""), OsString::as_os_str), 1);
    let verbs = ["add", "set", "change", "replace", "delete"];
    let verb = *verbs.iter().find(|name| verb.abbreviates(name)).unwrap();
    let (purpose, table) = match verb {
        "add" | "replace" => (Purpose::Create, &LINK),
        "delete" => (Purpose::Change, &DELETE),
        _ => (Purpose::Change, &LINK),
    };
    let mut ctx = context();
    let link = describe(&mut Reader {
        ctx: &mut ctx,
        args: &mut Args::new(words, 2),
        purpose,
        words: table,
    })?;
    Ok(f(verb, &link))
}

fn words(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

/// The lines of a table, without its head.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| line.split_once('\t').unwrap())
}

#[cfg(target_endian = "little")]
#[test]
fn requests_are_those_of_iproute2() {
    let mut differences = Vec::new();
    for (line, want) in rows(REQUESTS) {
        let got = read(&words(line), laid_open).unwrap_or_else(|e| panic!("{line}: {e}"));
        if got != want {
            differences.push(format!("{line}\n- {want}\n+ {got}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn complaints_are_those_of_iproute2() {
    let mut differences = Vec::new();
    for (line, want) in rows(ERRORS) {
        let words = words(line);
        let got = match read(&words, |_, _| ()) {
            Ok(()) => "none".to_owned(),
            Err(e) => {
                let text = String::from_utf8(e.render(Program::Ip, &words)).unwrap();
                let first = text.lines().next().unwrap_or_default();
                format!("{}\t{first}", e.exit_code())
            }
        };
        if got != want {
            differences.push(format!("{line}\n- {want}\n+ {got}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A request as a line of the table has it.
fn laid_open(verb: &str, link: &Description<'_>) -> String {
    let bytes = match verb {
        "delete" => encoded(&deletion(link)).unwrap(),
        _ => link.with_request(|request| encoded(request)).unwrap(),
    };
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let flags = match verb {
        "add" => NLM_F_CREATE | NLM_F_EXCL,
        "replace" => NLM_F_CREATE | NLM_F_REPLACE,
        _ => 0,
    };
    let mut attributes = Vec::new();
    open("", &message.body[16..], &mut attributes);
    attributes.sort();
    let head = hex(&message.body[4..16]);
    let line = format!(
        "{} {flags:x} {head} {}",
        message.header.kind,
        attributes.join(" ")
    );
    line.trim_end().to_owned()
}

/// The attributes that hold attributes. `18.2` is a kind's data, `18.2.1` the other end in a veth's.
const NESTS: [&str; 7] = ["18", "18.2", "18.5", "26", "26.10", "43", "55"];
const STRINGS: [&str; 4] = ["3", "18.1", "18.4", "18.2.1.3"];

fn open(path: &str, bytes: &[u8], out: &mut Vec<String>) {
    let veth = Attrs::new(bytes)
        .find(1)
        .is_some_and(|a| a.c_str() == b"veth");
    for attr in Attrs::new(bytes).map(|a| a.unwrap()) {
        let dot = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{dot}{}", attr.kind);
        if path == "18.2" && veth {
            for end in attr.nested().map(|a| a.unwrap()) {
                let path = format!("{path}.{}", end.kind);
                out.push(format!("{path}={}", hex(&end.value[..16])));
                open(&path, &end.value[16..], out);
            }
        } else if NESTS.contains(&path.as_str()) {
            open(&path, attr.value, out);
        } else {
            let string = STRINGS.contains(&path.as_str());
            let value = if string { attr.c_str() } else { attr.value };
            out.push(format!("{path}={}", hex(value)));
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Words that stand in link commands, and some that do not. `link-netns` would give a namespace a number.
const VOCABULARY: &str = "up down name dev link address broadcast mtu txqueuelen master nomaster vrf \
    type veth bridge macvlan vlan vxlan ipvlan vrf bridge_slave dummy peer alias group mode state index \
    netns arp on off promisc carrier protodown_reason numtxqueues addrgenmode none gso_max_size xdp vf \
    id 5 -1 0x10 99999999999 protocol 802.1ad ingress-qos-map 1:2 : 1: egress-qos-map gvrp remote \
    10.0.0.1 239.1.1.1 fe80::1 local dstport srcport ttl inherit tos df set external gbp macaddr add \
    flush 02:00:00:00:00:01 flag nopromisc source passthru bcqueuelen table main priority \
    vlan_filtering group_address mcast_vlan_snooping fdb_flush learning backup_port v0 w0 br0 help";

fn word() -> impl Strategy<Value = OsString> {
    let known: Vec<&str> = VOCABULARY.split_whitespace().collect();
    prop_oneof![
        9 => prop::sample::select(known).prop_map(OsString::from),
        1 => prop::collection::vec(1_u8.., 0..20).prop_map(OsString::from_vec),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever the words are: a request that can be written, or one error that shows where.
    #[test]
    fn no_words_are_too_odd(verb in 0..3_usize, tail in prop::collection::vec(word(), 0..12)) {
        let verb = ["add", "set", "delete"][verb];
        let mut words = vec!["link".into(), verb.into()];
        // A number alone is no namespace to try, and `address` asks the kernel for a length.
        words.extend(tail.into_iter().filter(|w| w != "netns" && (w != "address" || verb == "add")));
        match read(&words, |_, link| link.with_request(|request| encoded(request)).is_some()) {
            Ok(written) => prop_assert!(written),
            Err(e) => {
                let shown = e.render(Program::Vnet, &words);
                prop_assert!(e.exit_code() != 0 && !shown.is_empty());
            }
        }
    }
}

#[test]
fn an_alias_may_have_255_bytes() {
    let with = |bytes: usize| words(&format!("link set v0 alias {}", "x".repeat(bytes)));
    assert!(read(&with(255), |_, _| ()).is_ok());
    let error = read(&with(256), |_, _| ()).unwrap_err();
    let line = error.render(Program::Ip, &with(256));
    let line = String::from_utf8_lossy(&line);
    assert!(line.contains("is wrong: alias too long\n"), "{line}");
    assert_eq!(error.exit_code(), 255);
}
