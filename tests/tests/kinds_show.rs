//! `ip link show` over kinds of links that many kernels lack; `tests/other-kernel/run` brings one that has them.

use vnet_tests::differential;

/// What is asked about each: little, as commands are slow on that kernel.
const KIND: &[&str] = &[
    "ip link",
    "ip -d -s link",
    "ip -d -o link",
    "ip -br link",
    "ip -j link",
    "ip -d -s -j link",
    "ip -d -c=always link",
];
/// The same of a state that differs in details only.
const DETAILS: &[&str] = &["ip -d link", "ip -d -j link"];

differential! {
    dummy: "
        ip link add d0 type dummy
        ip link add type dummy
        ip link add d2 numtxqueues 3 numrxqueues 2 address 02:00:00:00:00:02 mtu 9000 txqueuelen 5 group 7 up type dummy
        ip link set d0 alias 'a dummy' up
        ip link property add dev d0 altname another-name-for-d0" => [KIND, &[
        "ip addr", "ip -d -j addr", "ip link show type dummy", "ip -br link show up type dummy",
    ]];

    vlan: "
        ip link add d0 type dummy
        ip link add link d0 name d0.5 type vlan id 5
        ip link add link d0 name d0.0 type vlan id 0
        ip link add link d0 name d0.4094 type vlan id 4094 protocol 802.1ad
        ip link set d0 up
        ip link set d0.5 up
        ip addr add 10.5.0.1/24 dev d0.5" => [KIND, &[
        "ip addr", "ip -br addr", "ip route", "ip link show type vlan", "ip -d link show d0.5",
        "ip -N -d link show d0.4094",
    ]];

    vlan_flags: "
        ip link add d0 type dummy
        ip link add link d0 name a type vlan id 1 reorder_hdr off
        ip link add link d0 name b type vlan id 2 gvrp on
        ip link add link d0 name c type vlan id 3 mvrp on
        ip link add link d0 name d type vlan id 4 loose_binding on
        ip link add link d0 name e type vlan id 5 reorder_hdr off gvrp on mvrp on loose_binding on bridge_binding on
        ip link add br0 type bridge vlan_filtering 1
        ip link add link br0 name f type vlan id 6 bridge_binding on" => [&[
        "ip -d link show type vlan", "ip -d -j link show type vlan", "ip -d -o link show type vlan",
    ]];

    vlan_maps: "
        ip link add d0 type dummy
        ip link add link d0 name a type vlan id 1 ingress-qos-map 1:2 3:4 7:0 egress-qos-map 5:6 4294967295:7
        ip link add link d0 name b type vlan id 2 egress-qos-map 1:1
        ip link add link d0 name c type vlan id 3 ingress-qos-map 0:5" => [DETAILS, &["ip -d -o link", "ip -d -p -j link"]];

    vlan_on_vlan_in_a_namespace: "
        ip netns add n1
        ip link add d0 type dummy
        ip link add link d0 name s type vlan protocol 802.1ad id 100
        ip link add link s name c type vlan id 10
        ip link add link d0 name out netns n1 type vlan id 7" => [KIND, &["ip -n n1 -d link", "ip -n n1 -d -j link"]];

    ipvlan: "
        ip link add d0 type dummy
        ip link add i0 link d0 type ipvlan
        ip link add i1 link d0 type ipvlan mode l3
        ip link set d0 up
        ip link set i0 up" => [KIND];

    ipvlan_modes_and_flags: "
        ip link add d0 type dummy
        ip link add d1 type dummy
        ip link add d2 type dummy
        ip link add i0 link d0 type ipvlan mode l2 private
        ip link add i1 link d1 type ipvlan mode l3s vepa
        ip link add i2 link d2 type ipvlan mode l2 bridge" => [DETAILS, &["ip -d -c=always link"]];

    ipvtap: "
        ip link add d0 type dummy
        ip link add i0 link d0 type ipvtap mode l2 vepa
        ip link add i1 link d0 type ipvtap" => [KIND];

    vrf: "
        ip link add red type vrf table 10
        ip link add blue up type vrf table 4000000000
        ip link add d0 type dummy
        ip link set d0 master red
        ip link set d0 up
        ip link set red up
        ip addr add 10.1.0.1/24 dev d0" => [KIND, &[
        "ip link show vrf red", "ip link show master red", "ip -br link show type vrf", "ip addr show vrf red",
        "ip route show vrf red", "ip route show table 10", "ip -d -j link show d0", "ip route show table all",
        "ip link show type vrf_slave",
    ]];

    ports_of_two_kinds: "
        ip link add br0 address 02:00:00:00:00:01 type bridge
        ip link add d0 type dummy
        ip link add link d0 name d0.3 type vlan id 3
        ip link set d0.3 master br0" => [&[
        "ip -d link show d0.3", "ip -d -j link show d0", "bridge link", "bridge -j link", "bridge vlan", "bridge -j vlan",
        "bridge fdb show dev d0.3",
    ]];

    routes_over_dummies: "
        ip link add d0 up type dummy
        ip link add d1 up type dummy
        ip addr add 10.0.0.1/24 dev d0
        ip addr add 10.0.1.1/24 brd + dev d1
        ip route add default via 10.0.0.254
        ip route add 10.9.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.1.2
        ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev d0" => [&[
        "ip addr", "ip route", "ip -j route", "ip route get 10.9.1.1 from 10.0.0.1", "ip -br addr", "ip neigh", "route -n",
    ]];
}
