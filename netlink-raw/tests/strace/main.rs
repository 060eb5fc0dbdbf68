//! What is annotated is what strace(1) decodes: every attribute that it names, every value that it reads.
#![cfg(all(feature = "annotate", target_endian = "little"))]

#[path = "../support/annotated.rs"]
#[allow(dead_code, unreachable_pub)]
mod annotated;
mod compare;
mod text;

use compare::{Compared, learn, trees};
use netlink_raw::annotate::{Conversation, Role};
use netlink_raw::transport::Direction;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Commands that are watched, in their order, in one world. Some fail, by this kernel or always: what is sent and
/// what is answered is decoded all the same.
const COMMANDS: &str = include_str!("commands");

/// Without this nothing is watched.
const TOOLS: [&str; 5] = ["strace", "ip", "bridge", "tc", "unshare"];

fn missing() -> Option<&'static str> {
    let places = ["/bin", "/usr/bin", "/sbin", "/usr/sbin"].map(PathBuf::from);
    let there = |tool: &str| places.iter().any(|p| p.join(tool).exists());
    TOOLS.into_iter().find(|tool| !there(tool))
}

fn left_out(why: &str) {
    println!("left out: {why}");
    let required = std::env::var_os("VNET_REQUIRE_JUDGES").is_some_and(|value| value == "1");
    assert!(!required, "{why}");
}

/// Runs every command under strace in fresh namespaces; each writes its file.
fn watch(directory: &Path) {
    let script = r#"
        mount -t tmpfs none /run 2>/dev/null
        n=1000
        while read -r line; do
            case $line in '' | '#'*) continue ;; esac
            n=$((n + 1))
            timeout 10 strace -qq -v -s 1000000 -e trace=sendmsg,sendto,recvmsg,recvfrom -e read=all -e write=all \
                -o "$0/$n" $line </dev/null >"$0/out.$n" 2>&1
        done
    "#;
    let mut command = Command::new("unshare");
    // Only root does without a user namespace.
    let root = std::fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0);
    command.args(if root { ["-nm"].as_slice() } else { &["-Urnm"] });
    command.args(["sh", "-c", script]).arg(directory);
    command
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("LC_ALL", "C");
    command.stdin(Stdio::piped());
    let mut child = command.spawn().expect("unshare");
    let mut input = child.stdin.take().expect("piped");
    // Where namespaces are refused nobody reads it.
    let _ = input.write_all(COMMANDS.as_bytes());
    drop(input);
    child.wait().expect("it ends");
}

#[test]
fn all_that_strace_decodes_is_annotated_so() {
    if let Some(tool) = missing() {
        return left_out(&format!("needs {tool}"));
    }
    let directory = std::env::temp_dir().join(format!("vnet-strace-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    watch(&directory);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&directory)
        .expect("the directory")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_none())
        .collect();
    files.sort();
    if files.is_empty() {
        std::fs::remove_dir_all(&directory).expect("removed");
        return left_out("needs namespaces");
    }
    let mut all = Compared::default();
    let mut datagrams = 0;
    let commands = COMMANDS
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    for (file, command) in files.iter().zip(commands) {
        let text = std::fs::read(file).expect("what strace wrote");
        let text = String::from_utf8_lossy(&text);
        let mut talk = Conversation::new(0);
        let read = text::datagrams(&text);
        for datagram in &read {
            let direction = match datagram.sent {
                true => Direction::Sent,
                false => Direction::Received,
            };
            let items = annotated::items(&mut talk, direction, &datagram.bytes);
            learn(&mut all.links, &items);
            // Behind what a program says it sends there may be bytes of no meaning, but nowhere inside.
            let faults = items
                .iter()
                .filter(|i| i.role == Role::Fault && i.depth > 0);
            all.differ
                .extend(faults.map(|i| format!("{command}: {i:?}")));
            let before = all.differ.len();
            all.datagram(&datagram.node, &trees(&items));
            for differ in &mut all.differ[before..] {
                *differ = format!("{command}: {differ}");
            }
            datagrams += 1;
        }
    }
    std::fs::remove_dir_all(&directory).expect("removed");
    println!(
        "{datagrams} datagrams, {} attributes, {} values",
        all.attributes, all.values
    );
    assert!(all.differ.is_empty(), "{}", all.differ.join("\n"));
    assert!(all.attributes > 2000, "{}", all.attributes);
}
