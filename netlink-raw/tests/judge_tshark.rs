//! Recorded exchanges as tshark dissects them: the controller of generic netlink by name and value, connection
//! tracking by what tshark calls its parts, and by value.
#![cfg(all(target_endian = "little", feature = "annotate"))]

mod support;

use netlink_raw::annotate::{Item, Role, Shown};
use netlink_raw::pcap::Writer;
use std::process::Command;
use std::time::Duration;
use support::annotated::shown;
use support::seeds::{Seed, left_out, path, recorded};

/// What tshark says of an exchange.
fn dissect(seed: &Seed, protocols: &str) -> Option<String> {
    let mut file = Writer::new(Vec::new()).expect("a head");
    for (direction, bytes) in &seed.datagrams {
        let none = Duration::ZERO;
        let written = file.datagram(none, seed.protocol, *direction, bytes, bytes.len());
        written.expect("room");
    }
    let name = format!("judge-{}-{}.pcap", seed.name, std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, file.into_inner()).expect("a file");
    let mut command = Command::new("tshark");
    command.args(["-n", "-O", protocols, "-r"]).arg(&path);
    let output = command.env("HOME", "/nonexistent").output();
    let _ = std::fs::remove_file(&path);
    let refused = |e| left_out(&format!("needs tshark: {e}"));
    let output = output.map_err(refused).ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What stands behind these words at the beginning of lines.
fn behind<'a>(said: &'a str, words: &[&str]) -> Vec<&'a str> {
    let of = |line: &'a str| {
        let line = line.trim_start();
        words.iter().find_map(|word| line.strip_prefix(word))
    };
    said.lines().filter_map(of).collect()
}

/// `NAME: value` of each attribute of the controller that tshark looks into, and `NAME (number)` of each command.
#[test]
fn the_controller_is_what_tshark_says_it_is() {
    for seed in ["families", "ethtool-got", "policy-netdev"] {
        let seed = recorded(&format!("genl-{seed}")).remove(0);
        let Some(said) = dissect(&seed, "netlink-generic,genl,genl_ctrl") else {
            return;
        };
        let mut ours = Vec::new();
        seed.read(&mut |items| {
            ours.extend((0..items.len()).filter_map(|at| controller(items, at)))
        });
        assert!(ours.len() > 10, "{ours:?}");
        assert_eq!(behind(&said, &["Attribute: CTRL_", "Command: CTRL_"]), ours);
    }
}

fn controller(items: &[Item<'_>], at: usize) -> Option<String> {
    let item = items.get(at)?;
    let path = path(items, at);
    let way: Vec<&str> = path.split('/').collect();
    let name = way.last()?.strip_prefix("CTRL_");
    match (way.as_slice(), item.role, name) {
        (["nlctrl", "genlmsghdr", "cmd"], ..) => {
            let command = shown(&item.value);
            let command = command.strip_prefix("CTRL_")?;
            Some(format!("{command} ({})", item.bytes[0]))
        }
        // tshark looks no further into policies.
        (["nlctrl", "CTRL_ATTR_OP_POLICY" | "CTRL_ATTR_POLICY", _, ..], ..) => None,
        (["nlctrl", .., attribute], Role::Attribute, Some(name)) => {
            let payload = items.get(at + 3).filter(|i| i.role == Role::Payload);
            let value = payload.map(|payload| match (*attribute, &payload.value) {
                ("CTRL_ATTR_FAMILY_ID", Shown::Unsigned(n)) => format!(": {n:#x}"),
                (_, Shown::Bits(n, _)) => format!(": {n:#010x}"),
                (_, value) => format!(": {}", shown(value).trim_matches('"')),
            });
            Some(format!("{name}{}", value.unwrap_or_default()))
        }
        _ => None,
    }
}

/// What tshark calls the attributes of a connection and of its tuples.
const PARTS: [(&str, &str); 23] = [
    ("CTA_TUPLE_ORIG", "Original IP tuple"),
    ("CTA_TUPLE_REPLY", "Reply IP tuple"),
    ("CTA_TUPLE_IP", "IP address"),
    ("CTA_TUPLE_PROTO", "L4 protocol info"),
    ("CTA_IP_V4_SRC", "IPv4 source address"),
    ("CTA_IP_V4_DST", "IPv4 destination address"),
    ("CTA_PROTO_NUM", "IP protocol number"),
    ("CTA_PROTO_SRC_PORT", "Source port"),
    ("CTA_PROTO_DST_PORT", "Destination port"),
    ("CTA_PROTO_ICMP_ID", "ICMPv4 ID"),
    ("CTA_PROTO_ICMP_TYPE", "ICMPv4 type"),
    ("CTA_PROTO_ICMP_CODE", "ICMPv4 code"),
    ("CTA_STATUS", "Connection status"),
    ("CTA_MARK", "Mark"),
    ("CTA_ID", "ID"),
    ("CTA_USE", "Use count"),
    ("CTA_TIMEOUT", "Timeout"),
    ("CTA_PROTOINFO", "Protocol-specific info"),
    ("CTA_COUNTERS_ORIG", "COUNTERS_ORIG"),
    ("CTA_COUNTERS_REPLY", "COUNTERS_REPLY"),
    ("CTA_TIMESTAMP", "Timestamp"),
    ("CTA_LABELS", "LABELS"),
    ("CTA_SYNPROXY", "SYNPROXY"),
];

/// Each attribute of a connection, with the addresses, ports, protocols and timeouts that tshark shows.
#[test]
fn connections_are_what_tshark_says_they_are() {
    let mut seed = recorded("nft-conntrack").remove(0);
    // What tshark reads counters as are connections.
    let kind = |bytes: &[u8]| u16::from_ne_bytes([bytes[4], bytes[5]]);
    seed.datagrams
        .retain(|(_, bytes)| matches!(kind(bytes), 0x100..=0x102));
    let Some(said) = dissect(&seed, "netlink-netfilter") else {
        return;
    };
    let mut ours: Vec<String> = Vec::new();
    seed.read(&mut |items| {
        for (at, item) in items.iter().enumerate() {
            ours.extend(part(&path(items, at), item));
        }
    });
    let theirs = behind(
        &said,
        &[
            "Attribute: ",
            "IPv4 address: ",
            "Port: ",
            "Protocol: ",
            "Timeout: ",
        ],
    );
    assert_eq!(theirs, ours);
}

fn part(path: &str, item: &Item<'_>) -> Option<String> {
    let way: Vec<&str> = path.split('/').collect();
    match item.role {
        Role::Attribute => {
            let tuple = |name: &&str| name.contains("TUPLE");
            if way.len() > 2 && !way.get(1).is_some_and(tuple) {
                return None;
            }
            let name = way.last()?;
            // Newer than tshark 4.0.
            if *name == "CTA_TIMESTAMP_EVENT" {
                return None;
            }
            let part = PARTS.iter().find(|(n, _)| n == name);
            Some(part.map_or(*name, |(_, part)| part).to_owned())
        }
        Role::Payload => match way.get(way.len() - 2).copied()? {
            "CTA_IP_V4_SRC" | "CTA_IP_V4_DST" | "CTA_PROTO_NUM" | "CTA_PROTO_SRC_PORT"
            | "CTA_PROTO_DST_PORT" | "CTA_TIMEOUT" => Some(shown(&item.value)),
            _ => None,
        },
        _ => None,
    }
}
