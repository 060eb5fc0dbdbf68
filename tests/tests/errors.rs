//! Commands that must fail: as ip does, with the word at fault, changing nothing.

use vnet_tests::{Judge, differential, errors, lab, product, run, snapshot};

/// A world to fail in, which does not move: no duplicate address detection.
const WORLD: &str = "
    echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
    ip netns add n1
    ip link add br0 address 02:00:00:00:00:bb type bridge
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add v2 type veth peer name v3 netns n1
    ip addr add 10.0.0.1/24 dev v0
    ip neigh add 10.0.0.9 lladdr 02:00:00:00:01:09 dev v0
    ip link set v0 up
    ip link set v1 up
    ip route add 10.1.0.0/16 via 10.0.0.2
    sleep 0.3";

/// Runs commands in the world, each with the word that its error must name.
fn check(cases: &[(&str, &str)]) {
    errors::check(WORLD, cases);
}

#[test]
fn unknown_devices() {
    check(&[
        ("ip link show nosuch", "nosuch"),
        ("ip link show dev nosuch", "nosuch"),
        ("ip link set nosuch up", "nosuch"),
        ("ip link set dev nosuch mtu 1400", "nosuch"),
        ("ip link del nosuch", "nosuch"),
        ("ip link set v0 master nosuch", "nosuch"),
        ("ip link add m0 link nosuch type macvlan", "nosuch"),
        ("ip addr show nosuch", "nosuch"),
        ("ip addr show dev nosuch", "nosuch"),
        ("ip addr add 10.9.9.1/24 dev nosuch", "nosuch"),
        ("ip addr del 10.9.9.1/24 dev nosuch", "nosuch"),
        ("ip addr flush dev nosuch", "nosuch"),
        ("ip route add 10.9.0.0/16 dev nosuch", "nosuch"),
        ("ip route show dev nosuch", "nosuch"),
        ("ip route get 10.0.0.2 oif nosuch", "nosuch"),
        ("ip route flush dev nosuch", "nosuch"),
        (
            "ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev nosuch",
            "nosuch",
        ),
        ("ip neigh show dev nosuch", "nosuch"),
        ("ip neigh flush dev nosuch", "nosuch"),
        ("ip -n n1 link show v0", "v0"),
        ("ip -n n1 link set v0 up", "v0"),
    ]);
}

#[test]
fn unknown_namespaces() {
    check(&[
        ("ip netns del nosuch", "nosuch"),
        ("ip netns delete nosuch", "nosuch"),
        ("ip netns exec nosuch true", "nosuch"),
        ("ip netns pids nosuch", "nosuch"),
        ("ip netns set nosuch 5", "nosuch"),
        ("ip -n nosuch link", "nosuch"),
        ("ip -netns nosuch addr show", "nosuch"),
        ("ip link set v0 netns nosuch", "nosuch"),
        ("ip link set v0 netns 999999", "999999"),
        (
            "ip link add x0 netns nosuch type veth peer name x1",
            "nosuch",
        ),
        (
            "ip link add x0 type veth peer name x1 netns nosuch",
            "nosuch",
        ),
        ("ip netns attach new 999999", "999999"),
        ("ip netns identify 999999", "999999"),
        ("ip netns set n1 minus", "minus"),
    ]);
}

#[test]
fn occupied_names() {
    check(&[
        ("ip netns add n1", "n1"),
        ("ip link add br0 type bridge", "br0"),
        ("ip link add v0 type veth peer name x0", "v0"),
        ("ip link add x0 type veth peer name v0", "v0"),
        ("ip link add x0 type veth peer name v3 netns n1", "v3"),
        ("ip link set v0 name v1", "v1"),
        ("ip addr add 10.0.0.1/24 dev v0", "10.0.0.1"),
        ("ip route add 10.1.0.0/16 via 10.0.0.3", "10.1.0.0/16"),
        (
            "ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:05 dev v0",
            "10.0.0.9",
        ),
        ("ip netns attach n1 1", "n1"),
    ]);
}

#[test]
fn kinds_that_the_kernel_lacks() {
    check(&[
        ("ip link add x0 type nosuchkind", "nosuchkind"),
        ("ip link add x0 type", "type"),
        ("ip link add x0", "x0"),
        (
            "ip link add x0 type averyverylongkindnamethatisnokind",
            "averyverylongkind",
        ),
    ]);
}

#[test]
fn malformed_addresses() {
    check(&[
        ("ip addr add 10.0.0.300/24 dev v0", "10.0.0.300/24"),
        ("ip addr add 10.0.0.1/33 dev v0", "10.0.0.1/33"),
        ("ip addr add 10.0.0.1/ dev v0", "10.0.0.1/"),
        ("ip addr add nonsense dev v0", "nonsense"),
        ("ip addr add '' dev v0", ""),
        ("ip addr add 2001:db8::g/64 dev v0", "2001:db8::g/64"),
        ("ip addr add 2001:db8::1/129 dev v0", "2001:db8::1/129"),
        ("ip addr add 1.2.3.4.5/24 dev v0", "1.2.3.4.5/24"),
        ("ip addr add 10.0.0.1/24 peer nonsense dev v0", "nonsense"),
        ("ip addr add 10.0.0.1/24 brd nonsense dev v0", "nonsense"),
        ("ip addr add 10.0.0.5/24 scope nosuch dev v0", "nosuch"),
        ("ip addr add 10.0.0.5/24 valid_lft minus dev v0", "minus"),
        ("ip addr add 10.0.0.5/24", "dev"),
        ("ip addr add dev v0", "v0"),
        ("ip addr add 10.0.0.5/24 dev", "dev"),
        ("ip addr add 10.0.0.5/24 dev v0 nonsense", "nonsense"),
        (
            "ip addr add 10.0.0.5/24 dev v0 label averyveryverylonglabel",
            "averyveryverylonglabel",
        ),
        ("ip addr del 10.0.0.77/24 dev v0", "10.0.0.77"),
        ("ip link set v0 address nonsense", "nonsense"),
        ("ip link set v0 address 02:00:00:00:00", "02:00:00:00:00"),
        (
            "ip link set v0 address 01:00:00:00:00:01",
            "01:00:00:00:00:01",
        ),
        ("ip route add 10.0.0.300/24 via 10.0.0.2", "10.0.0.300/24"),
        ("ip route add 10.2.0.0/16 via nonsense", "nonsense"),
        ("ip route add 10.2.0.1/16 via 10.0.0.2", "10.2.0.1/16"),
        ("ip route get nonsense", "nonsense"),
        ("ip route get 10.0.0.300", "10.0.0.300"),
        ("ip neigh add nonsense dev v0", "nonsense"),
        ("ip neigh add 10.0.0.5 lladdr nonsense dev v0", "nonsense"),
        ("ip -4 addr add 2001:db8::1/64 dev v0", "2001:db8::1/64"),
        ("ip -6 addr add 10.0.0.5/24 dev v0", "10.0.0.5/24"),
    ]);
}

#[test]
fn names_of_devices_that_are_none() {
    check(&[
        (
            "ip link add sixteen-letters- type bridge",
            "sixteen-letters-",
        ),
        ("ip link add a/b type bridge", "a/b"),
        ("ip link add a␣b type bridge", "a␣b"),
        ("ip link add '' type bridge", ""),
        ("ip link add . type bridge", "."),
        ("ip link add .. type bridge", ".."),
        ("ip link add a⇥b type bridge", "a"),
        ("ip link add a:b type bridge", "a:b"),
        (
            "ip link add x0 type veth peer name sixteen-letters-",
            "sixteen-letters-",
        ),
        ("ip link set v2 name sixteen-letters-", "sixteen-letters-"),
        ("ip link set v2 name a/b", "a/b"),
        ("ip link set v2 name ''", ""),
        ("ip link show sixteen-letters-", "sixteen-letters-"),
        ("ip link show a/b", "a/b"),
        ("ip link set a/b up", "a/b"),
        ("ip addr show a/b", "a/b"),
    ]);
}

#[test]
fn names_of_namespaces_that_are_none() {
    let long = "a".repeat(256);
    let (add, delete) = (
        format!("ip netns add {long}"),
        format!("ip netns del {long}"),
    );
    check(&[
        (&add, &long[..100]),
        (&delete, &long[..100]),
        ("ip netns add a/b", "a/b"),
        ("ip netns add ../b", "../b"),
        ("ip netns add .", "."),
        ("ip netns add ..", ".."),
        ("ip netns add ''", ""),
        ("ip netns add", "netns"),
        ("ip netns del a/b", "a/b"),
        ("ip netns del ..", ".."),
        ("ip netns exec a/b true", "a/b"),
    ]);
}

#[test]
fn words_out_of_place() {
    check(&[
        ("ip nonsense", "nonsense"),
        ("ip link nonsense", "nonsense"),
        ("ip addr nonsense", "nonsense"),
        ("ip route nonsense", "nonsense"),
        ("ip neigh nonsense", "nonsense"),
        ("ip netns nonsense", "nonsense"),
        ("ip -nonsense link", "-nonsense"),
        ("ip link set v0 nonsense", "nonsense"),
        ("ip link set v0 mtu", "mtu"),
        ("ip link set v0 mtu minus", "minus"),
        ("ip link set v0 mtu 10", "10"),
        ("ip link set v0 mtu 99999999999", "99999999999"),
        ("ip link set v0 txqueuelen minus", "minus"),
        ("ip link set v0 promisc maybe", "maybe"),
        ("ip link set v0 arp maybe", "maybe"),
        ("ip link set v0 group nosuch", "nosuch"),
        ("ip link set v0 netns", "netns"),
        ("ip link set v0 up up mtu", "mtu"),
        ("ip link set", "set"),
        ("ip link set up", "up"),
        ("ip link del", "del"),
        ("ip link del v0 nonsense", "nonsense"),
        ("ip link del group nosuch", "nosuch"),
        ("ip link add", "add"),
        ("ip link add veth0 type peer name veth1", "peer"),
        ("ip link add x0 type veth nonsense", "nonsense"),
        ("ip link add x0 type veth peer name", "name"),
        ("ip link add x0 type bridge nonsense 1", "nonsense"),
        ("ip link add x0 type bridge stp_state maybe", "maybe"),
        ("ip link add x0 type macvlan mode nonsense", "nonsense"),
        ("ip link add x0 type vxlan id minus", "minus"),
        ("ip link add x0 type vxlan id 16777216", "16777216"),
        ("ip link add x0 type vxlan", "vxlan"),
        ("ip link show type", "type"),
        ("ip link show v0 v1", "v1"),
        ("ip addr show scope nosuch", "nosuch"),
        ("ip addr show to nonsense", "nonsense"),
        ("ip route add 10.2.0.0/16 via", "via"),
        ("ip route add 10.2.0.0/16 via 10.0.0.2 nonsense", "nonsense"),
        (
            "ip route add 10.2.0.0/16 table nosuch via 10.0.0.2",
            "nosuch",
        ),
        (
            "ip route add 10.2.0.0/16 metric minus via 10.0.0.2",
            "minus",
        ),
        (
            "ip route add 10.2.0.0/16 proto nosuch via 10.0.0.2",
            "nosuch",
        ),
        ("ip route add", "add"),
        ("ip route show table nosuch", "nosuch"),
        ("ip neigh show nud nosuch", "nosuch"),
        ("ip -f nosuch link", "nosuch"),
        ("ip -c=nosuch link", "nosuch"),
        ("ip -n", "-n"),
    ]);
}

#[test]
fn what_the_kernel_refuses() {
    check(&[
        ("ip link del lo", "lo"),
        ("ip link set lo netns n1", "lo"),
        ("ip link set br0 master br0", "br0"),
        ("ip link set lo master br0", "br0"),
        ("ip link set v0 mtu 70000", "70000"),
        ("ip link add x0 type macvlan", "macvlan"),
        ("ip link add x0 index 1 type bridge", "1"),
        ("ip route add 10.2.0.0/16 via 192.168.77.1", "192.168.77.1"),
        ("ip route del 10.99.0.0/16", "10.99.0.0/16"),
        ("ip route add 10.2.0.0/16 dev v0 src 10.99.0.1", "10.99.0.1"),
        ("ip neigh del 10.0.0.55 dev v0", "10.0.0.55"),
        ("ip route get 203.0.113.9", "203.0.113.9"),
        (
            "ip route add 10.2.0.0/16 nexthop via 192.168.77.1",
            "192.168.77.1",
        ),
        (
            "ip addr add 2001:db8::1/64 dev lo nodad metric 0 valid_lft 0",
            "0",
        ),
        ("ip addr change 10.77.0.1/24 dev nosuch", "nosuch"),
        ("ip link set v2 type bridge_slave cost 5", "bridge_slave"),
        (
            "ip link add x0 type vxlan id 5 group 239.1.1.1 dstport 4789",
            "group",
        ),
    ]);
}

/// As a user without any right the kernel answers EPERM, and nothing changes.
#[test]
fn without_the_capability() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::UtilLinux]) else {
        return;
    };
    if !differential::build_state(&sandbox, WORLD) {
        return;
    }
    let cases: &[&[&str]] = &[
        &["ip", "link", "add", "x0", "type", "bridge"],
        &[
            "ip", "link", "add", "x0", "type", "veth", "peer", "name", "x1",
        ],
        &["ip", "link", "set", "v0", "down"],
        &["ip", "link", "set", "v0", "mtu", "1400"],
        &["ip", "link", "del", "v0"],
        &["ip", "addr", "add", "10.0.0.9/24", "dev", "v0"],
        &["ip", "addr", "del", "10.0.0.1/24", "dev", "v0"],
        &["ip", "route", "add", "10.9.0.0/16", "via", "10.0.0.2"],
        &["ip", "route", "del", "10.1.0.0/16"],
        &["ip", "neigh", "del", "10.0.0.9", "dev", "v0"],
        &["ip", "netns", "add", "n2"],
        &["ip", "netns", "del", "n1"],
        &["ip", "netns", "exec", "n1", "true"],
        &["ip", "netns", "set", "n1", "5"],
        &["ip", "-n", "n1", "link", "show"],
        &["ip", "link", "set", "v0", "netns", "n1"],
    ];
    let powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"];
    let before = snapshot::take(&sandbox, "");
    let mut found = Vec::new();
    for words in cases {
        let judge = sandbox.run_words(&[&powerless[..], words].concat());
        for (index, spelling) in product::spellings(words).iter().enumerate() {
            let spelling = spelling.iter().map(String::as_str);
            let spelling: Vec<&str> = powerless.into_iter().chain(spelling).collect();
            let answer = sandbox.run_words(&spelling);
            if judge.code() != answer.code() || answer.crashed() {
                found.push(format!("{spelling:?}: {answer}; the judge: {judge}"));
            } else if index == 1 && judge.first_error() != answer.first_error() {
                found.push(format!(
                    "{spelling:?}: {:?}, the judge: {:?}",
                    answer.errors(),
                    judge.errors()
                ));
            } else if index == 0 && !product::is_judge() && !answer.errors().starts_with("error: ")
            {
                found.push(format!("{spelling:?}: {:?}", answer.errors()));
            }
        }
    }
    let after = snapshot::take(&sandbox, "");
    found.extend(vnet_tests::compare::values(&before, &after));
    assert!(
        found.is_empty(),
        "{} differences:\n{}\n",
        found.len(),
        found.join("\n")
    );
}

/// Nothing is said when the reader of a pipe goes away.
#[test]
fn a_closed_pipe_is_no_error() {
    let Some(sandbox) = lab(&[]) else { return };
    let many = "for i in 1 2 3 4 5 6 7 8 9; do ip link add a$i type veth peer name b$i; done";
    let _ = sandbox.product_sh(many).ok();
    for command in [
        "vnet link show",
        "ip link show",
        "ip -j -d link show",
        "ip -d addr",
    ] {
        let output = sandbox.product_sh(&format!("{command} | head -1"));
        assert!(
            output.stderr.is_empty() && !output.stdout.is_empty(),
            "{command}: {output}"
        );
    }
    for command in ["vnet link show", "ip -j link"] {
        let output = sandbox.product_sh(&format!(
            "{command} | true; {command} | head -c 1 >/dev/null"
        ));
        assert_eq!(
            (output.errors().as_str(), output.code()),
            ("", 0),
            "{command}"
        );
    }
}

/// Bytes that are no UTF-8 are words like any others.
#[test]
fn words_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let odd = OsStr::from_bytes(b"\xff\xfe\x80");
    let before = snapshot::take(&sandbox, "");
    let words: &[&[&str]] = &[
        &["link", "show", "*"],
        &["link", "set", "*", "up"],
        &["link", "del", "*"],
        &["addr", "add", "*", "dev", "lo"],
        &["addr", "add", "10.0.0.1/24", "dev", "*"],
        &["route", "add", "*", "dev", "lo"],
        &["route", "show", "table", "*"],
        &["netns", "del", "*"],
        &["netns", "exec", "*", "true"],
        &["-n", "*", "link"],
        &["*"],
        &["link", "*"],
        &["-*"],
        &["neigh", "show", "dev", "*"],
        &["link", "add", "x0", "type", "*"],
    ];
    for words in words {
        let ask = |program: &str| {
            let mut command = sandbox.command(program);
            for word in *words {
                command.arg(if *word == "*" { odd } else { OsStr::new(word) });
            }
            run::run(&mut command, b"").unwrap()
        };
        let judge = ask("ip");
        for name in ["vnet", "ip"] {
            let answer = ask(&product::name(name));
            assert!(
                !answer.crashed() && !answer.stderr.is_empty(),
                "{name} {words:?}: {answer}"
            );
            assert_eq!(
                judge.code(),
                answer.code(),
                "{name} {words:?}: {answer}; the judge: {judge}"
            );
        }
    }
    assert_eq!(
        vnet_tests::compare::values(&before, &snapshot::take(&sandbox, "")),
        None
    );
}
