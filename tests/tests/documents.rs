//! The documents' commands, one after the other, with the product in the place
//! of ip, bridge, ifconfig, route and ping; the state judged by Debian's own.

use vnet_tests::{Judge, Sandbox, differential, lab, run};

/// A replay: the product's commands, and questions to the judges in between.
struct Replay(Sandbox);

impl Replay {
    fn new() -> Option<Self> {
        lab(&[Judge::Iproute2, Judge::Ping]).map(Self)
    }

    /// A script of the document's commands, every one of which succeeds.
    #[track_caller]
    fn does(&self, script: &str) -> String {
        let output = self.0.product_sh(script);
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{script}: {output}"
        );
        output.text()
    }

    /// A document's command that fails, and what it says.
    #[track_caller]
    fn fails(&self, script: &str, code: i32, says: &str) {
        let output = self.0.product_sh(script);
        assert_eq!(output.code(), code, "{script}: {output}");
        assert!(output.errors().contains(says), "{script}: {output}");
    }

    /// What a judge answers.
    #[track_caller]
    fn judge(&self, words: &str) -> String {
        self.0.run(words).ok().text()
    }

    /// The product's answer, which must be the judge's of the same moment.
    #[track_caller]
    fn same(&self, words: &str) -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        differential::compare_as_applets(&self.0, &words)
            .ok()
            .text()
    }

    /// The product's ping, which must be answered, with the judge's words.
    #[track_caller]
    fn pings(&self, words: &str, count: usize) {
        let text = self.does(words);
        assert_eq!(text.matches(" bytes from ").count(), count, "{text}");
        let sum = format!("{count} packets transmitted, {count} received, 0% packet loss, time ");
        assert!(text.contains(&sum), "{text}");
        assert!(text.contains("rtt min/avg/max/mdev = "), "{text}");
    }

    /// The judge's ping goes through as well.
    #[track_caller]
    fn reaches(&self, namespace: &str, address: &str) {
        let ping = format!("ping -q -c 1 -W 5 {address}");
        let words = match namespace {
            "" => ping,
            name => format!("ip netns exec {name} {ping}"),
        };
        let _ = self.0.run(&words).ok();
    }
}

#[test]
fn document_000() {
    let Some(replay) = Replay::new() else { return };
    assert_eq!(replay.does("ls /var/run"), "under-test\n");
    replay.does("ip netns add netns1");
    assert_eq!(replay.does("ls /var/run/netns"), "netns1\n");
    let listed = replay.same("ip netns exec netns1 ip link list");
    assert!(listed.starts_with("1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT"));
    assert_eq!(replay.same("ip netns list"), "netns1\n");
    replay.does("ip netns delete netns1");
    assert_eq!(replay.same("ip netns list"), "");
    assert_eq!(replay.does("ls /var/run/netns"), "");

    replay.does("ip netns add netns1");
    let ping = "ip netns exec netns1 ping -c 2 127.0.0.1";
    replay.fails(ping, 2, "Network is unreachable");
    replay.does("ip netns exec netns1 ip link set dev lo up");
    let listed = replay.same("ip netns exec netns1 ip link list");
    assert!(listed.contains("<LOOPBACK,UP,LOWER_UP>") && listed.contains("state UNKNOWN"));
    replay.pings(ping, 2);

    replay.does("ip link add veth0 type veth peer name veth1");
    // The document moves veth1 here without saying so.
    replay.does("ip link set veth1 netns netns1");
    replay.does("ip netns exec netns1 ifconfig veth1 10.1.1.1/24 up");
    replay.does("ifconfig veth0 10.1.1.2/24 up");
    replay.pings("ping -c 2 10.1.1.1", 2);
    replay.pings("ip netns exec netns1 ping -c 2 10.1.1.2", 2);
    replay.reaches("", "10.1.1.1");
    replay.reaches("netns1", "10.1.1.2");
    let addr = replay.judge("ip -n netns1 -o -4 addr show veth1");
    assert!(
        addr.contains("inet 10.1.1.1/24 brd 10.1.1.255 scope global veth1"),
        "{addr}"
    );
    let table = replay.does("ip netns exec netns1 route");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "Kernel IP routing table");
    assert_eq!(
        lines[1],
        "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"
    );
    assert_eq!(
        lines[2],
        "10.1.1.0        0.0.0.0         255.255.255.0   U     0      0        0 veth1"
    );

    let listed = replay.same("ip netns exec netns1 ip link list");
    assert!(
        listed.contains(": veth1@if") && listed.contains(" link-netns"),
        "{listed}"
    );
    replay.does("ip netns exec netns1 ip link set veth1 netns 1");
    assert!(
        !replay
            .same("ip netns exec netns1 ip link list")
            .contains("veth1")
    );
    assert!(replay.judge("ip link show").contains("veth1@veth0"));
}

#[test]
fn document_001() {
    let Some(replay) = Replay::new() else { return };
    replay.does("ip netns add netns1");
    replay.same("ip netns exec netns1 ip link list");
    replay.does("ip netns delete netns1");

    replay.does("ip netns add netns1");
    replay.fails(
        "ip netns exec netns1 ping -c 1 127.0.0.1",
        2,
        "Network is unreachable",
    );
    replay.does("ip netns exec netns1 ip link set dev lo up");
    replay.pings("ip netns exec netns1 ping -c 2 127.0.0.1", 2);

    let judge = replay.0.sh("ip link add veth0 type peer name veth1");
    replay.fails(
        "ip link add veth0 type peer name veth1",
        judge.code(),
        &judge.first_error(),
    );
    replay.does("ip link add veth0 type veth peer name veth1");
    replay.does("ip link set veth1 netns netns1");
    replay.does("ip netns exec netns1 ifconfig veth1 10.1.1.1/24 up");
    replay.does("ifconfig veth0 10.1.1.2/24 up");
    replay.pings("ping -c 2 10.1.1.1", 2);
    replay.pings("ip netns exec netns1 ping -c 3 10.1.1.2", 3);
    replay.reaches("", "10.1.1.1");
    replay.same("ip netns exec netns1 ip route");
    let table = replay.does("ip netns exec netns1 route");
    assert!(
        table.contains(
            "10.1.1.0        0.0.0.0         255.255.255.0   U     0      0        0 veth1"
        )
    );
    assert!(
        !replay.does("route").contains("veth1"),
        "the tables are not shared"
    );
}

#[test]
fn document_002_one_namespace() {
    let Some(replay) = Replay::new() else { return };
    let ours = replay.does("readlink /proc/$$/ns/net");
    replay.does("ip netns add mynet");
    let listed = replay.does("ls -l /var/run/netns/");
    // In a user namespace the file's owner has another name.
    assert!(
        listed.contains("-r--r--r-- 1 ") && listed.contains(" mynet\n"),
        "{listed}"
    );
    let inside = replay.does("ip netns exec mynet sh -c 'readlink /proc/$$/ns/net'");
    assert_ne!(ours, inside);
    assert!(
        inside.starts_with("net:[") && inside.ends_with("]\n"),
        "{inside}"
    );
    replay.same("ip netns exec mynet ip addr");
    replay.does("ip netns exec mynet sh -c 'ip link set lo up'");
    let addr = replay.same("ip netns exec mynet ip addr");
    assert!(addr.contains("inet 127.0.0.1/8 scope host lo"), "{addr}");
    replay.pings("ip netns exec mynet ping 127.0.0.1 -c 5 -i 0.2", 5);
    replay.does("ip netns del mynet");
    assert_eq!(replay.judge("ip netns list"), "");
}

#[test]
fn document_002_two_namespaces() {
    let Some(replay) = Replay::new() else { return };
    replay.does("ip netns add net1");
    replay.does("ip netns add net2");
    replay.same("ip netns");
    replay.does("ip link add veth1 type veth peer name veth2");
    let links = replay.same("ip link ls");
    assert!(
        links.contains("veth1@veth2: <BROADCAST,MULTICAST,M-DOWN>"),
        "{links}"
    );
    replay.same("ip addr");
    replay.does("ip link set veth1 netns net1");
    replay.does("ip link set veth2 netns net2");
    assert_eq!(replay.same("ip link ls").lines().count(), 2);
    for (namespace, link) in [("net1", "veth1"), ("net2", "veth2")] {
        let addr = replay.same(&format!("ip netns exec {namespace} ip addr"));
        assert!(
            addr.contains(&format!(": {link}@if")) && addr.contains(" link-netns"),
            "{addr}"
        );
    }

    replay.does("ip netns exec net1 ip link set veth1 up");
    let link = replay.same("ip netns exec net1 ip link");
    assert!(
        link.contains("<NO-CARRIER,BROADCAST,MULTICAST,UP>") && link.contains("LOWERLAYERDOWN")
    );
    replay.same("ip netns exec net1 ip addr");
    replay.does("ip netns exec net1 ip addr add 10.0.1.1/24 dev veth1");
    replay.same("ip netns exec net1 ip addr");
    let route = replay.same("ip netns exec net1 ip route");
    assert_eq!(
        route,
        "10.0.1.0/24 dev veth1 proto kernel scope link src 10.0.1.1 linkdown \n"
    );
    replay.does(
        "ip netns exec net2 sh -c 'ip link set veth2 up && ip addr add 10.0.1.2/24 dev veth2'",
    );
    let link = replay.same("ip netns exec net2 ip link");
    assert!(
        link.contains("<BROADCAST,MULTICAST,UP,LOWER_UP>") && link.contains("state UP"),
        "{link}"
    );
    assert_eq!(
        replay.same("ip netns exec net2 ip route"),
        "10.0.1.0/24 dev veth2 proto kernel scope link src 10.0.1.2 \n"
    );

    replay.pings("ip netns exec net1 ping -c 3 -i 0.2 10.0.1.2", 3);
    replay.pings("ip netns exec net2 ping -c 3 -i 0.2 10.0.1.1", 3);
    replay.reaches("net1", "10.0.1.2");
    replay.reaches("net2", "10.0.1.1");
}

#[test]
fn document_002_a_bridge() {
    let Some(replay) = Replay::new() else { return };
    replay.does("ip link add mybridge0 type bridge");
    replay.same("ip link");
    replay.does("ip addr add 10.0.1.0/24 dev mybridge0");
    replay.does("ip link set dev mybridge0 up");
    for n in 1..=2 {
        replay.does(&format!(
            "ip netns add net{n}
            ip link add veth{n} type veth peer name veth{n}p
            ip link set dev veth{n}p netns net{n}
            ip netns exec net{n} ip link set dev veth{n}p name eth0
            ip netns exec net{n} ip addr add 10.0.1.{n}/24 dev eth0
            ip netns exec net{n} ip link set dev eth0 up"
        ));
        let addr = replay.same(&format!("ip netns exec net{n} ip addr"));
        assert!(
            addr.contains("eth0@if") && addr.contains("LOWERLAYERDOWN"),
            "{addr}"
        );
        replay.does(&format!("ip link set dev veth{n} master mybridge0"));
        replay.does(&format!("ip link set dev veth{n} up"));
    }
    replay.pings("ip netns exec net1 ping -c 2 -i 0.2 10.0.1.2", 2);
    replay.pings("ip netns exec net2 ping -c 2 -i 0.2 10.0.1.1", 2);
    replay.pings("ip netns exec net1 ping -c 2 -i 0.2 10.0.1.0", 2);
    replay.reaches("net1", "10.0.1.2");
    replay.reaches("net2", "10.0.1.1");
    let ports = replay.same("bridge link");
    assert_eq!(ports.lines().count(), 2, "{ports}");
    assert_eq!(
        ports
            .matches("master mybridge0 state forwarding priority 32 cost 2")
            .count(),
        2
    );
    replay.same("ip link");
    replay.same("ip addr");
}

#[test]
fn document_003() {
    let Some(replay) = Replay::new() else { return };
    replay.does("ip netns add blue");
    assert_eq!(replay.same("ip netns list"), "blue\n");
    replay.does("ip link add veth0 type veth peer name veth1");
    let links = replay.same("ip link list");
    assert!(
        links.contains("veth0@veth1") && links.contains("veth1@veth0"),
        "{links}"
    );
    replay.does("ip link set veth1 netns blue");
    let links = replay.same("ip link list");
    assert!(
        links.contains("veth0@if") && links.contains("link-netns blue"),
        "{links}"
    );
    let links = replay.same("ip netns exec blue ip link list");
    assert!(links.contains("veth1@if"), "{links}");
    replay.does("ip netns exec blue ifconfig veth1 10.1.1.1/24 up");
    let addr = replay.same("ip addr list");
    assert!(!addr.contains("inet 10.1.1.1"), "{addr}");
    let addr = replay.same("ip netns exec blue ip addr list");
    assert!(
        addr.contains("inet 10.1.1.1/24 brd 10.1.1.255 scope global veth1"),
        "{addr}"
    );
    assert!(addr.contains("NO-CARRIER"), "{addr}");
    replay.same("ip netns exec blue ip route list");

    replay.does("ip netns add netns1");
    replay.does("ip netns delete netns1");
    replay.does("ip netns add netns1");
    replay.does("ip netns exec netns1 ip link set dev lo up");
    replay.does("ip link delete veth0");
    replay.does("ip link add veth0 type veth peer name veth1");
    replay.does("ip link set veth1 netns netns1");
    replay.does("ip netns exec netns1 ifconfig veth1 10.1.1.1/24 up");
    replay.does("ifconfig veth0 10.1.1.2/24 up");
    replay.pings("ping -c 1 10.1.1.1", 1);
    replay.pings("ip netns exec netns1 ping -c 1 10.1.1.2", 1);
    replay.does("ip netns exec netns1 route");
    replay.does("ip link set veth0 netns 1");
    assert!(replay.judge("ip link").contains("veth0@if"));
}

#[test]
fn document_004() {
    let Some(replay) = Replay::new() else { return };
    replay.does("ip netns add netns1");
    replay.fails(
        "ip netns exec netns1 ping 127.0.0.1",
        2,
        "Network is unreachable",
    );
    replay.does("ip netns exec netns1 ip link set dev lo up");
    replay.pings("ip netns exec netns1 ping -c 1 127.0.0.1", 1);
    replay.does("ip link add veth0 type veth peer name veth1");
    replay.does("ip link set veth1 netns netns1");
    replay.does("ip netns exec netns1 ifconfig veth1 10.1.1.1/24 up");
    replay.does("ifconfig veth0 10.1.1.2/24 up");
    replay.pings("ping -c 1 10.1.1.1", 1);
    replay.pings("ip netns exec netns1 ping -c 1 10.1.1.2", 1);
    replay.does("ip netns exec netns1 route");
    replay.does("ip netns exec netns1 ip link set veth1 netns 1");
    assert!(
        replay
            .judge("ip link show dev veth1")
            .contains("veth1@veth0")
    );
}

/// The harness' own helper is part of what is tested here: a replay that goes
/// wrong must be seen.
#[test]
fn a_replay_sees_a_failure() {
    let Some(replay) = Replay::new() else { return };
    replay.fails("exit 3", 3, "");
    let output: run::Output = replay.0.product_sh("ip link show nosuch");
    assert_eq!(output.code(), 1, "{output}");
}
