//! Output as it depends on where it goes: colours on a terminal, none in a
//! pipe, and what a full disk is told.

use vnet_tests::{Judge, differential, judges, lab};

const WORLD: &str = "
    ip netns add n1
    ip link add v0 type veth peer name v1 netns n1
    ip link set v0 up
    ip -n n1 link set v1 up
    ip addr add 10.0.0.1/24 dev v0
    ip addr add 2001:db8::1/64 dev v0 nodad
    ip neigh add 10.0.0.9 lladdr 02:00:00:00:01:09 dev v0
    ip route add default via 10.0.0.2
    sleep 0.3";

/// Compares what both write under `wrap`, a shell line with `{}` for a command.
fn compare(wrap: &str, commands: &[&str]) {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    assert!(differential::build_state(&sandbox, WORLD));
    for command in commands {
        let line = wrap.replace("{}", command);
        let output = differential::compare_as_applets(&sandbox, &[&line]);
        assert!(!output.crashed(), "{line}: {output}");
    }
}

#[test]
fn colours_on_a_terminal() {
    if judges::find("script").is_none() {
        judges::left_out("needs script (Debian package bsdutils)");
        return;
    }
    compare(
        "script -q -e -c '{}' /dev/null",
        &[
            "ip link",
            "ip -c link",
            "ip -c=auto link",
            "ip -c=always addr",
            "ip -c=never addr",
            "ip -c=auto -br addr",
            "ip -color route",
            "ip -c neigh",
            "ip -c=auto -6 route",
            "bridge -c link",
            "bridge -c=auto vlan",
        ],
    );
}

#[test]
fn colours_for_a_dark_background() {
    compare(
        "COLORFGBG='15;0' {}",
        &[
            "ip -c=always link",
            "ip -c=always addr",
            "ip -c=always -br addr",
            "ip -c=always route",
            "ip -c=always neigh",
        ],
    );
    compare(
        "COLORFGBG='0;15' {}",
        &["ip -c=always link", "ip -c=always addr"],
    );
    compare("COLORFGBG='0;default;8' {}", &["ip -c=always addr"]);
    compare("COLORFGBG=nonsense {}", &["ip -c=always addr"]);
}

#[test]
fn json_has_no_colours() {
    compare(
        "{}",
        &[
            "ip -c=always -j link",
            "ip -c=always -p -j addr",
            "ip -c -j route",
        ],
    );
}

#[test]
fn a_terminal_is_no_reason_for_other_words() {
    if judges::find("script").is_none() {
        judges::left_out("needs script (Debian package bsdutils)");
        return;
    }
    compare(
        "script -q -e -c '{}' /dev/null",
        &["ip netns", "ip -o link", "ip -j addr", "ip -s link show v0"],
    );
}

#[test]
fn pipes_and_files() {
    compare(
        "{} > /run/file; cat /run/file",
        &["ip link", "ip -j addr", "ip -d route"],
    );
    compare(
        "{} | head -1",
        &["ip link", "ip -j addr", "ip -d -s link", "ip route"],
    );
    compare("{} | wc -l", &["ip -d -s link", "ip -o addr"]);
}

#[test]
fn batches() {
    let script = "link add x0 index 500 address 02:00:00:00:00:01 type veth peer name x1 index 501\\nlink set x0 up\\n# a remark\\n\\naddr add 10.7.0.1/24 dev x0\\nlink show x0\\n";
    compare(
        &format!("printf '{script}' | {{}}; ip -o link show x0; ip link del x0 2>/dev/null"),
        &["ip -batch -", "ip -b -", "ip -force -b -", "ip -j -b -"],
    );
    compare(
        "printf 'link show nosuch\\nlink show lo\\n' | {}",
        &["ip -b -", "ip -force -b -", "ip -n n1 -b -"],
    );
    compare(
        "printf 'link\\nnonsense\\nlink\\n' | {}",
        &["ip -b -", "bridge -b -"],
    );
    compare("{}", &["ip -b /nosuch", "ip -b"]);
}
