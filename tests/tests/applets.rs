//! `ifconfig`, `route` and `ping` by their names, against net-tools' and
//! iputils'.

use vnet_tests::{Judge, Output, Sandbox, differential, lab, product, sandbox};

const WORLD: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add br0 address 02:00:00:00:00:bb type bridge
    ip link add a-longer-name type veth peer name down0
    ip tuntap add tun0 mode tun 2>/dev/null || true
    ip link set lo up
    ip addr add 10.1.1.1/24 brd + dev v0
    ip addr add 10.1.1.7/24 brd + dev v0 label v0:7
    ip addr add 10.9.0.1 peer 10.9.0.2 dev br0
    ip addr add 192.168.100.100/16 dev a-longer-name
    ip link set v0 up
    ip link set v1 up
    ip link set v1 promisc on
    ip link set br0 up
    ip link set br0 arp off
    ip link set a-longer-name mtu 9000 txqueuelen 77 up
    ping -q -c 2 -i 0.01 127.0.0.1 > /dev/null
    sleep 0.3";

/// Asks both, in one sandbox, until the counters agree.
fn compare(state: &str, commands: &[&str]) {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::NetTools]) else {
        return;
    };
    assert!(differential::build_state(&sandbox, state));
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let _ = differential::compare_as_applets(&sandbox, &words);
    }
}

#[test]
fn ifconfig_shows() {
    compare(
        WORLD,
        &[
            "ifconfig",
            "ifconfig -a",
            "ifconfig v0",
            "ifconfig lo",
            "ifconfig br0",
            "ifconfig a-longer-name",
            "ifconfig down0",
            "ifconfig v1",
            "ifconfig v0:7",
            "ifconfig nosuch",
        ],
    );
}

#[test]
fn ifconfig_of_a_fresh_namespace() {
    compare("", &["ifconfig", "ifconfig -a", "ifconfig lo"]);
}

/// No name is looked up elsewhere than in files.
const ROUTES: &str = "
    mkdir /run/etc
    cp -r /etc/iproute2 /etc/networks /run/etc
    echo '127.0.0.1 localhost' > /run/etc/hosts
    printf 'hosts: files\\nnetworks: files\\n' > /run/etc/nsswitch.conf
    mount --bind /run/etc /etc
    ip link add v0 type veth peer name v1
    ip link add a-longer-name type veth peer name b0
    ip addr add 10.1.1.1/24 dev v0
    ip addr add 10.2.0.1/16 dev a-longer-name
    for i in v0 v1 a-longer-name b0; do ip link set $i up; done
    ip route add default via 10.1.1.254
    ip route add default via 10.1.1.253 metric 100
    ip route add 10.3.0.0/16 via 10.1.1.2 metric 20
    ip route add 10.4.4.4 via 10.1.1.2
    ip route add 10.5.0.0/16 dev v0
    ip route add unreachable 10.6.0.0/16
    ip route add prohibit 10.7.7.7
    ip route add blackhole 10.8.0.0/16
    ip route add 169.254.0.0/16 dev v0
    ip route add 10.10.0.0/16 nexthop via 10.1.1.2 nexthop via 10.1.1.3
    ip route add 10.11.0.0/16 via 10.1.1.2 mtu 1400 window 5000 rtt 100ms advmss 1200
    ip route add 10.12.0.0/16 via 10.1.1.2 table 100";

#[test]
fn route_shows() {
    compare(ROUTES, &["route -n", "route"]);
    compare("", &["route -n", "route"]);
    compare(
        "
        ip link add veth1 type veth peer name v1
        ip link set v1 up
        ip addr add 10.1.1.1/24 dev veth1
        ip link set veth1 up",
        &["route", "route -n"],
    );
}

vnet_tests::builds! {
    ifconfig_addresses: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02" => "
        ifconfig v0 10.1.1.1/24 up
        ifconfig v1 10.1.2.1/16";
    ifconfig_changes_the_address: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip link set v1 up" => "
        ifconfig v0 10.1.1.1/24 up
        ifconfig v0 10.1.1.2/24 up
        ifconfig v0 172.16.0.1/12
        ifconfig nosuch 10.0.0.1/24 up";
    ifconfig_up: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip addr add 10.0.0.1/24 dev v0" => "
        ifconfig v0 up
        ifconfig v1 up
        ifconfig lo up
        ifconfig nosuch up";
    ifconfig_down: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip link set lo up
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link set v1 up" => "
        ifconfig lo down
        ifconfig v0 down
        ifconfig v1 down";
    ifconfig_in_a_namespace: "
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1" => "
        ip netns exec n1 ifconfig v1 10.1.1.1/24 up
        ifconfig v0 10.1.1.2/24 up";
}

/// A ping's answer without what differs from one to the next.
fn timeless(text: &str) -> String {
    let word = |word: &str| match word.split_once('=') {
        Some((name @ "time", _)) => format!("{name}=T"),
        _ if word.ends_with("ms") && word.as_bytes()[0].is_ascii_digit() => "Tms".to_string(),
        _ if word.matches('/').count() == 3 && word.contains('.') => "T/T/T/T".to_string(),
        _ => word.to_string(),
    };
    let line = |line: &str| {
        let line = line.split(", pipe ").next().unwrap_or_default();
        line.split(' ')
            .filter(|word| !word.is_empty())
            .map(word)
            .collect::<Vec<_>>()
            .join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn compare_pings(sandbox: &Sandbox, commands: &[&str]) {
    let mut differences = Vec::new();
    for command in commands {
        let judge = sandbox.sh(command);
        let product = sandbox.product_sh(command);
        differences.extend(ping_difference(command, &judge, &product));
        if !product::is_judge() {
            let as_vnet = sandbox.product_sh(&format!("vnet {command}"));
            differences.extend(ping_difference(
                &format!("vnet {command}"),
                &judge,
                &as_vnet,
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The complaint is the judge's under its name, and vnet's own under vnet's.
fn ping_difference(command: &str, judge: &Output, product: &Output) -> Option<String> {
    let words = if command.starts_with("vnet") {
        judge.stderr.is_empty() == product.stderr.is_empty()
    } else {
        judge.first_error() == product.first_error()
    };
    let different = judge.code() != product.code()
        || timeless(&judge.text()) != timeless(&product.text())
        || !words;
    different.then(|| format!("{command}:\n  judge: {judge}\n  product: {product}"))
}

#[test]
fn ping_answered() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox
        .sh("
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1
        ip link set lo up
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip -n n1 addr add 10.0.0.2/24 dev v1
        ip -n n1 addr add 2001:db8::2/64 dev v1 nodad
        ip link set v0 up
        ip -n n1 link set v1 up
        until ping -c 1 -W 1 10.0.0.2 && ping -c 1 -W 1 2001:db8::2; do :; done > /dev/null 2>&1")
        .ok();
    compare_pings(
        &sandbox,
        &[
            "ping -c 1 127.0.0.1",
            "ping -c 2 10.0.0.2",
            "ping 10.0.0.2 -c 2 -i 0.2",
            "ping -c 1 ::1",
            "ping -c 2 2001:db8::2",
            "ping -6 -c 1 2001:db8::2",
            "ping -4 -c 1 10.0.0.2",
            "ping -c 1 127.1",
            "ping -c 3 -i 0.01 10.0.0.1",
        ],
    );
}

/// Addresses that mean something on one link, groups, none at all; payloads without room for a time.
#[test]
fn ping_of_every_kind_of_address() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox
        .sh("
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1
        ip link set lo up
        ip addr add fe80::1/64 dev v0 nodad
        ip -n n1 addr add fe80::2/64 dev v1 nodad
        ip link set v0 up addrgenmode none
        ip -n n1 link set v1 up addrgenmode none
        until ip link show v0 | grep -q 'state UP'; do sleep 0.01; done
        until ping -c 1 -W 1 fe80::2%v0 > /dev/null; do :; done")
        .ok();
    compare_pings(
        &sandbox,
        &[
            "ping -c 1 fe80::2%v0",
            "ping -c 1 fe80::2%2",
            "ping -c 1 fe80::1%v0",
            "ping -c 1 fe80::2%nosuch",
            "ping -c 1 -I v0 fe80::2 2>/dev/null",
            "ping -c 1 ff02::1%v0",
            "ping -c 1 ::",
            "ping -c 1 0.0.0.0",
            "ping -c 1 0",
            "ping -c 1 -s 0 127.0.0.1",
            "ping -c 1 -s 15 127.0.0.1",
            "ping -c 1 -s 16 ::1",
            "ping -c 1 -I nosuch 127.0.0.1",
            "ping -c 0 127.0.0.1",
            "ping -c abc 127.0.0.1",
            "ping -t 300 -c 1 127.0.0.1",
            "ping",
            "ping -h > /dev/null 2>&1",
        ],
    );
    if sandbox::is_real_root() {
        // An unprivileged socket needs to be told the link.
        compare_pings(&sandbox, &["ping -c 1 fe80::2"]);
    }
}

#[test]
fn ping_unanswered() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox.sh("
        ip netns add n1
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02 netns n1
        ip link set lo up
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip -n n1 addr add 10.0.0.2/24 dev v1
        ip link set v0 up
        ip -n n1 link set v1 up
        ip -n n1 route add default dev v1
        ip route add 10.7.0.0/16 via 10.0.0.2
        ip route add unreachable 10.8.0.0/16
        ip neigh add 10.0.0.88 lladdr 02:00:00:00:00:88 dev v0
        until ping -c 1 -W 1 10.0.0.2 > /dev/null 2>&1; do :; done").ok();
    compare_pings(
        &sandbox,
        &[
            "ping -c 1 -W 1 10.0.0.88",
            "ping -c 2 -W 1 -i 0.2 10.0.0.88",
            "ping -c 1 192.0.2.1",
            "ping -c 1 10.8.0.1",
            "ping -c 1 2001:db9::1",
            "ping -c 1 127.0.0.1",
            "ping -c 1 10.0.0.99",
            "ping -c 1 -W 1 10.7.0.1",
        ],
    );
}

#[test]
fn ping_of_what_is_no_address() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox.sh("ip link set lo up").ok();
    for word in ["no-such-host.invalid", "10.0.0.300", "2001:db8::g"] {
        for words in [
            &["ping", "-c", "1", word][..],
            &["vnet", "ping", "-c", "1", word],
        ] {
            if product::is_judge() && words.len() > 4 {
                continue;
            }
            let output = product::run_as(&sandbox, words);
            assert!(
                output.code() == 2 && output.errors().contains(word),
                "{words:?}: {output}"
            );
        }
    }
}

/// Where the group may open ICMP sockets a user needs no capability.
#[test]
fn ping_as_an_ordinary_user() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::UtilLinux]) else {
        return;
    };
    if !sandbox::is_real_root() {
        vnet_tests::judges::left_out_here("only real root can become another user");
        return;
    }
    let _ = sandbox
        .sh("
        ip link set lo up
        echo '0 2147483647' > /proc/sys/net/ipv4/ping_group_range
        mount -t tmpfs tmpfs /mnt
        cp -L /run/under-test/ping /mnt/ping")
        .ok();
    for address in ["127.0.0.1", "::1"] {
        let mut command = sandbox.command_as(65534, "/mnt/ping");
        let output = vnet_tests::run::run(command.args(["-c", "1", address]), b"")
            .unwrap()
            .ok();
        assert!(
            output
                .text()
                .contains("1 packets transmitted, 1 received, 0% packet loss"),
            "{output}"
        );
    }
    let _ = sandbox
        .sh("echo '1 0' > /proc/sys/net/ipv4/ping_group_range")
        .ok();
    let mut command = sandbox.command_as(65534, "/mnt/ping");
    let output = vnet_tests::run::run(command.args(["-c", "1", "127.0.0.1"]), b"").unwrap();
    assert_eq!(output.code(), 2, "{output}");
    assert!(!output.stderr.is_empty() && !output.crashed(), "{output}");
}
