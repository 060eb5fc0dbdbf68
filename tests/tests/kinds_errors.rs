//! Errors about kinds of links that many kernels lack; `tests/other-kernel/run` brings a kernel that has them.

use vnet_tests::errors;

const WORLD: &str = "
    ip netns add n1
    ip link add d0 address 02:00:00:00:00:01 type dummy
    ip link add link d0 name v5 type vlan id 5
    ip link add red address 02:00:00:00:00:0a type vrf table 10
    ip link add i0 link d0 type ipvlan mode l3";

fn check(cases: &[(&str, &str)]) {
    errors::check(WORLD, cases);
}

#[test]
fn dummy() {
    check(&[
        ("ip link add d0 type dummy", "d0"),
        ("ip link add d1 index 2 type dummy", "2"),
        ("ip link add d1 numtxqueues 0 type dummy", "0"),
        ("ip link add d1 numtxqueues 5000 type dummy", "5000"),
        ("ip link add d1 numrxqueues 4097 type dummy", "4097"),
        (
            "ip link add d1 address 01:00:00:00:00:01 type dummy",
            "01:00:00:00:00:01",
        ),
        ("ip link add d1 mtu 4294967295 type dummy", "4294967295"),
        (
            "ip link add sixteen-letters- type dummy",
            "sixteen-letters-",
        ),
        ("ip link add a/b type dummy", "a/b"),
        ("ip link set d0 name v5", "v5"),
        ("ip link set d0 type dummy x", "x"),
    ]);
}

#[test]
fn vlan() {
    check(&[
        ("ip link add link d0 name x type vlan id 4096", "4096"),
        ("ip link add link d0 name x type vlan id 65536", "65536"),
        ("ip link add link d0 name x type vlan id minus", "minus"),
        ("ip link add link d0 name x type vlan id", "id"),
        ("ip link add link d0 name x type vlan", "vlan"),
        ("ip link add name x type vlan id 7", "vlan"),
        ("ip link add link nosuch name x type vlan id 7", "nosuch"),
        ("ip link add link lo name x type vlan id 7", "lo"),
        ("ip link add link d0 name x type vlan id 5", "5"),
        ("ip link add link d0 name v5 type vlan id 7", "v5"),
        (
            "ip link add link d0 name x type vlan id 7 protocol nosuch",
            "nosuch",
        ),
        (
            "ip link add link d0 name x type vlan id 7 protocol arp",
            "arp",
        ),
        (
            "ip link add link d0 name x type vlan id 7 gvrp maybe",
            "maybe",
        ),
        (
            "ip link add link d0 name x type vlan id 7 nonsense on",
            "nonsense",
        ),
        (
            "ip link add link d0 name x type vlan id 7 ingress-qos-map 1:x",
            "1",
        ),
        ("ip link set v5 type vlan nonsense", "nonsense"),
        ("ip link set v5 mtu 70000", "70000"),
    ]);
}

#[test]
fn ipvlan() {
    check(&[
        ("ip link add x type ipvlan", "ipvlan"),
        ("ip link add x link nosuch type ipvlan", "nosuch"),
        ("ip link add x link lo type ipvlan", "lo"),
        (
            "ip link add x link d0 type ipvlan mode nonsense",
            "nonsense",
        ),
        ("ip link add x link d0 type ipvlan nonsense", "nonsense"),
        (
            "ip link add x link d0 type ipvlan bridge private",
            "private",
        ),
        ("ip link add i0 link d0 type ipvlan", "i0"),
        ("ip link add x link d0 type macvlan", "d0"),
    ]);
}

#[test]
fn vrf() {
    check(&[
        ("ip link add x type vrf", "vrf"),
        ("ip link add x type vrf table", "table"),
        ("ip link add x type vrf table nonsense", "nonsense"),
        ("ip link add x type vrf table 0", "0"),
        ("ip link add x type vrf nonsense", "nonsense"),
        ("ip link add red type vrf table 11", "red"),
        ("ip link set red type vrf table 12", "red"),
        ("ip link set red master red", "red"),
        ("ip link set d0 vrf nosuch", "nosuch"),
        ("ip link set d0 vrf v5", "v5"),
        ("ip link set lo master red", "lo"),
    ]);
}
