//! Messages of nftables against what nft says of them itself, the expressions of every rule word by word, and
//! against strace, the types of all.
#![cfg(all(target_endian = "little", feature = "annotate"))]

mod support;

use netlink_raw::annotate::{Conversation, Item, Role};
use netlink_raw::transport::Direction;
use std::io::Write;
use std::process::{Command, Stdio};
use support::seeds::left_out;
use support::{annotated, words};

const RULES: &str = include_str!("support/rules.nft");

/// A run of nft in a fresh network.
struct Run {
    /// What nft says of its rules.
    said: String,
    /// The bytes of its batch.
    sent: Vec<u8>,
    /// What strace says of them.
    traced: String,
}

fn run() -> Option<Run> {
    let trace = std::env::temp_dir().join(format!("judge-nft-{}", std::process::id()));
    let mut command = Command::new("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--net",
        "strace",
        "-f",
        "-v",
        "-e",
        "trace=sendmsg",
        "-e",
        "write=all",
        "-o",
    ]);
    command
        .arg(&trace)
        .args(["nft", "--debug=netlink", "-f", "-"]);
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes
        .spawn()
        .map_err(|e| left_out(&format!("needs unshare: {e}")))
        .ok()?;
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(RULES.as_bytes()));
    let output = child.wait_with_output().expect("its end");
    let _ = writer.join();
    let dump = std::fs::read_to_string(&trace).unwrap_or_default();
    let _ = std::fs::remove_file(&trace);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let sent = bytes(&dump);
    if sent.is_empty() {
        let why = String::from_utf8_lossy(&output.stderr);
        left_out(&format!("needs unshare, strace, nft and nf_tables: {why}"));
        return None;
    }
    Some(Run {
        said,
        sent,
        traced: dump,
    })
}

/// The bytes in strace's dumps, of all buffers.
fn bytes(dump: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in dump.lines() {
        // ` | 00010  14 00 …  …  ................ |`: an offset, sixteen bytes in two halves, and the same as text.
        let Some(rest) = line.strip_prefix(" | ") else {
            continue;
        };
        let hex = rest
            .split_once("  ")
            .map_or("", |(_, rest)| rest)
            .get(..49)
            .unwrap_or_default();
        let one = |word: &str| u8::from_str_radix(word, 16).expect("hex");
        bytes.extend(hex.split_whitespace().map(one));
    }
    bytes
}

/// The words of each expression in what nft says: `  [ meta load iif => reg 1 ]`.
fn theirs(said: &str) -> Vec<String> {
    let inside = |line: &str| {
        let words = line.trim().strip_prefix("[ ")?.strip_suffix(']')?;
        Some(words.trim().to_owned())
    };
    said.lines()
        .filter(|l| l.starts_with("  ["))
        .filter_map(inside)
        .collect()
}

#[test]
fn expressions_are_what_nft_says_they_are() {
    let Some(run) = run() else { return };
    let mut talk = Conversation::new(libc::NETLINK_NETFILTER as u16);
    let items = annotated::items(&mut talk, Direction::Sent, &run.sent);
    let ours = words::expressions(&items);
    let theirs = theirs(&run.said);
    let kinds: Vec<&str> = ours.iter().map(|e| e.kind.as_str()).collect();
    let first = |words: &String| words.split(' ').next().map(str::to_owned);
    assert_eq!(kinds, theirs.iter().filter_map(first).collect::<Vec<_>>());
    for (expression, theirs) in ours.iter().zip(&theirs) {
        let before = theirs.split_once(" expr [").map(|(before, _)| before);
        assert_eq!(expression.words(), before.unwrap_or(theirs));
    }
    assert!(ours.len() > 200, "{}", ours.len());
    types(&items, &run.traced);
}

/// `NFNL_SUBSYS_NFTABLES<<8|NFT_MSG_NEWRULE` of each message.
fn types(items: &[Item<'_>], traced: &str) {
    let messages = items.iter().filter(|item| item.role == Role::Message);
    let ours: Vec<String> = messages.map(|item| item.name.to_string()).collect();
    let words = traced.split("nlmsg_type=").skip(1);
    let whole = words.filter_map(|rest| rest.split(',').next());
    let theirs: Vec<&str> = whole.map(|t| t.rsplit('|').next().unwrap_or(t)).collect();
    assert_eq!(ours, theirs);
}
