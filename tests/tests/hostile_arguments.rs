//! Random argument lists: whatever the words, an answer and no crash.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use vnet_tests::{Sandbox, lab, product, run};

/// Words of the grammar and words beside it. `exec` is not among them: it would
/// run the others; nor are `monitor` and `ping`'s endless form; nor `proxy`: the
/// kernel keeps a proxy of no device when its namespace goes.
const WORDS: &[&str] = &[
    "link",
    "addr",
    "route",
    "neigh",
    "rule",
    "prio",
    "uidrange",
    "goto",
    "netns",
    "bridge",
    "fdb",
    "vlan",
    "show",
    "add",
    "del",
    "set",
    "get",
    "flush",
    "replace",
    "change",
    "append",
    "list",
    "help",
    "dev",
    "v0",
    "v1",
    "lo",
    "nosuch",
    "type",
    "veth",
    "peer",
    "name",
    "vxlan",
    "macvlan",
    "ifb",
    "id",
    "master",
    "nomaster",
    "up",
    "down",
    "mtu",
    "1400",
    "0",
    "-1",
    "4294967296",
    "99999999999999999999",
    "address",
    "02:00:00:00:00:01",
    "10.0.0.1",
    "10.0.0.1/24",
    "10/8",
    "2001:db8::1/64",
    "::",
    "::/0",
    "default",
    "via",
    "src",
    "metric",
    "table",
    "all",
    "main",
    "scope",
    "global",
    "proto",
    "kernel",
    "onlink",
    "nexthop",
    "weight",
    "blackhole",
    "local",
    "brd",
    "+",
    "label",
    "valid_lft",
    "forever",
    "lladdr",
    "nud",
    "permanent",
    "to",
    "from",
    "iif",
    "oif",
    "mark",
    "group",
    "alias",
    "txqueuelen",
    "netns",
    "n1",
    "identify",
    "pids",
    "list-id",
    "attach",
    "-n",
    "-d",
    "-s",
    "-j",
    "-p",
    "-o",
    "-br",
    "-c=always",
    "-4",
    "-6",
    "-f",
    "inet",
    "-all",
    "-N",
    "-h",
    "-V",
    "--",
    "-",
    "",
    " ",
    "\n",
    "\t",
    "%s%n",
    "../..",
    "a/b",
    "'",
    "\"",
    "\\",
    "0x",
    "1e9",
    "é",
    "日本",
    "\u{202e}",
    "1.2.3.4.5",
    "01:02",
    "lock",
    "mode",
    "private",
    "index",
    "vni",
    "remote",
    "dstport",
    "stp_state",
    "root",
    "match",
    "exact",
    "fibmatch",
    "cache",
    "ifconfig",
    "ping",
    "-c",
    "1",
    "demo-",
    "completions",
    "man",
];

/// A small generator of our own, so that every run tries the same lists.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end as u64)).unwrap_or(0)
    }

    fn word(&mut self) -> OsString {
        match self.below(20) {
            0 => {
                let length = self.below(12);
                let bytes = (0..length).map(|_| u8::try_from(1 + self.below(255)).unwrap_or(1));
                OsString::from_vec(bytes.collect())
            }
            1 => {
                let letter = WORDS[self.below(WORDS.len())];
                OsString::from(letter.repeat(1 + self.below(300)))
            }
            2 => {
                let word = WORDS[self.below(WORDS.len())].as_bytes();
                OsStr::from_bytes(&word[..self.below(word.len() + 1)]).to_os_string()
            }
            _ => OsString::from(WORDS[self.below(WORDS.len())]),
        }
    }
}

fn world() -> Option<Sandbox> {
    let sandbox = lab(&[])?;
    let _ = sandbox
        .product_sh(
            "
        vnet netns add n1
        vnet link add v0 type veth peer name v1
        vnet addr add 10.0.0.1/24 dev v0
        vnet link set v0 up",
        )
        .ok();
    Some(sandbox)
}

/// Words that make a command wait, or run another program.
fn waits(words: &[OsString]) -> bool {
    words.iter().any(|word| {
        let word = word.as_bytes();
        let starts = |of: &[u8]| !word.is_empty() && of.starts_with(word);
        starts(b"monitor")
            || starts(b"exec")
            || starts(b"ping")
            || starts(b"proxy")
            || word.starts_with(b"-b")
    })
}

fn throw(program: &str, first: &[&str], seed: u64) {
    let Some(sandbox) = world() else { return };
    let mut random = Random(seed);
    let mut tried = 0;
    while tried < 500 {
        let mut words: Vec<OsString> = first.iter().map(OsString::from).collect();
        let length = 1 + random.below(8);
        words.extend((0..length).map(|_| random.word()));
        // A zero byte cannot be in an argument, and empty lists say nothing new.
        if waits(&words[first.len()..]) || words.iter().any(|word| word.as_bytes().contains(&0)) {
            continue;
        }
        tried += 1;
        let mut command = sandbox.command(&product::name(program));
        let output = run::run(command.args(&words), b"")
            .unwrap_or_else(|error| panic!("{words:?}: {error}"));
        assert!(!output.crashed(), "{program} {words:?}: {output}");
    }
}

#[test]
fn vnet() {
    throw("vnet", &[], 0x9e37_79b9_7f4a_7c15);
}

#[test]
fn vnet_link() {
    throw("vnet", &["link"], 0xdead_beef_cafe_f00d);
}

#[test]
fn vnet_addr() {
    throw("vnet", &["addr"], 0x0123_4567_89ab_cdef);
}

#[test]
fn vnet_route() {
    throw("vnet", &["route"], 0xfedc_ba98_7654_3210);
}

#[test]
fn ip_neigh() {
    throw("ip", &["neigh"], 0x1111_2222_3333_4444);
}

#[test]
fn ip_netns() {
    throw("ip", &["netns"], 0x5555_6666_7777_8888);
}

#[test]
fn bridge() {
    throw("bridge", &[], 0x9999_aaaa_bbbb_cccc);
}

#[test]
fn ifconfig_and_route() {
    throw("ifconfig", &[], 0x2468_ace0_1357_9bdf);
    throw("route", &[], 0x0f0f_1e1e_2d2d_3c3c);
}

/// Nothing at all: no argument, no name, no output to write to.
#[test]
fn hardly_an_invocation() {
    let Some(sandbox) = world() else { return };
    for name in ["vnet", "ip", "bridge", "ifconfig", "route", "ping"] {
        let output = product::run_as(&sandbox, &[name]);
        assert!(!output.crashed(), "{name}: {output}");
    }
    let scripts = [
        "vnet link >&-",
        "vnet -j link >/dev/full",
        "vnet link 2>&- nosuch",
        "vnet link <&- >&- 2>&-",
        "exec -a '' vnet link",
        "exec -a / vnet link",
        "exec -a a/b/ip vnet link",
        "exec -a -ip vnet link",
        "exec -a unknown vnet link",
    ];
    for script in scripts {
        let bash = format!("bash -c \"{script}\"");
        let output = sandbox.product_sh(&bash);
        assert!(!output.crashed(), "{script}: {output}");
    }
}
