//! Links of kinds that many kernels lack, made and changed by the product; `tests/other-kernel/run` brings a kernel.

use vnet_tests::builds;

const DUMMY: &str = "ip link add d0 address 02:00:00:00:00:01 type dummy";

builds! {
    dummy: "" => "
        ip link add d0 type dummy
        ip link add name d1 type dummy
        ip link add dev d2 up type dummy
        ip link add type dummy
        ip link add d3 address 02:00:00:00:00:03 mtu 9000 txqueuelen 7 group 5 numtxqueues 4 numrxqueues 3 index 77 type dummy
        ip link add d0 type dummy
        ip link add d4 type dummy nonsense
        ip link set d0 mtu 1400 up
        ip link set d1 name eth0
        ip link set eth0 arp on alias text
        ip link del d2
        ip link del d3 type dummy
        ip link del d2";
    dummy_into_a_namespace: "ip netns add n1" => "
        ip link add d0 netns n1 type dummy
        ip -n n1 link add d1 type dummy
        ip link add d2 type dummy
        ip link set d2 netns n1 name moved up";
    dummies_of_a_group: "" => "
        ip link add a group 9 type dummy
        ip link add b group 9 type dummy
        ip link set group 9 up
        ip link del group 9";
    vlan: DUMMY => "
        ip link add link d0 name d0.5 type vlan id 5
        ip link add d0.6 link d0 type vlan id 6
        ip link add link d0 d0.7 up type vlan id 0x7
        ip link add link d0 type vlan id 8
        ip link add link d0 name d0.9 mtu 1400 address 02:00:00:00:00:09 type vlan protocol 802.1ad id 9
        ip link add link d0 name d0.10 type vlan protocol 802.1Q id 10
        ip link add link d0 name zero type vlan id 0
        ip link add link d0 name most type vlan id 4095
        ip link set d0 up
        ip link set d0.5 up
        ip link set d0.5 down mtu 1300
        ip link del d0.6
        ip link del dev d0.7";
    vlan_flags: DUMMY => "
        ip link add link d0 name a type vlan id 1 reorder_hdr off
        ip link add link d0 name b type vlan id 2 gvrp on
        ip link add link d0 name c type vlan id 3 mvrp on
        ip link add link d0 name d type vlan id 4 loose_binding on
        ip link add link d0 name e type vlan id 5 reorder_hdr off gvrp on mvrp on loose_binding on
        ip link add link d0 name f type vlan id 6 bridge_binding on
        ip link add link d0 name g type vlan gvrp maybe id 7
        ip link add br0 address 02:00:00:00:00:bb type bridge vlan_filtering 1
        ip link add link br0 name h type vlan id 8 bridge_binding on";
    vlan_changed: "
        ip link add d0 address 02:00:00:00:00:01 type dummy
        ip link add link d0 name a type vlan id 1
        ip link add link d0 name b type vlan id 2 gvrp on mvrp on" => "
        ip link set a type vlan gvrp on
        ip link set a type vlan loose_binding on reorder_hdr off
        ip link set b type vlan gvrp off mvrp off
        ip link set dev a type vlan egress-qos-map 2:3 4:5
        ip link set dev a type vlan ingress-qos-map 1:2
        ip link set b type vlan id 3
        ip link set b type vlan protocol 802.1ad";
    vlan_maps: DUMMY => "
        ip link add link d0 name a type vlan id 1 ingress-qos-map 1:2 3:4 egress-qos-map 5:6 7:1
        ip link add link d0 name b type vlan id 2 egress 1:1 ingress 2:2
        ip link add link d0 name c type vlan id 3 ingress-qos-map 8:1
        ip link add link d0 name d type vlan id 4 egress-qos-map 1:8";
    vlan_refused: DUMMY => "
        ip link add link d0 name a type vlan id 4096
        ip link add link d0 name a type vlan id 65536
        ip link add link d0 name a type vlan id minus
        ip link add link d0 name a type vlan
        ip link add name a type vlan id 5
        ip link add link nosuch name a type vlan id 5
        ip link add link lo name a type vlan id 5
        ip link add link d0 name a type vlan protocol nosuch id 5
        ip link add link d0 name a type vlan protocol ip id 5
        ip link add link d0 name a type vlan id 5
        ip link add link d0 name b type vlan id 5
        ip link add link d0 name a type vlan id 6
        ip link add link d0 name c type vlan protocol 802.1ad id 5
        ip link add link a name d type vlan id 5
        ip link add link d0 name e type vlan id 7 nonsense";
    vlan_into_a_namespace: "ip netns add n1\nip link add d0 address 02:00:00:00:00:01 type dummy" => "
        ip link add link d0 name d0.5 netns n1 type vlan id 5
        ip link add link d0 name d0.6 type vlan id 6
        ip link set d0.6 netns n1 up
        ip -n n1 link set d0.6 netns 1";
    ipvlan: DUMMY => "
        ip link add i0 link d0 type ipvlan
        ip link add link d0 name i1 type ipvlan mode l3
        ip link add link d0 name i2 up type ipvlan mode l3 bridge
        ip link add link d0 name i3 type ipvlan mode nonsense
        ip link add name i4 type ipvlan
        ip link add link d0 name i5 type ipvlan private vepa
        ip link add link nosuch name i6 type ipvlan
        ip link set d0 up
        ip link set i0 up
        ip link del i1";
    ipvlan_modes: "
        ip link add d0 address 02:00:00:00:00:01 type dummy
        ip link add d1 address 02:00:00:00:00:02 type dummy
        ip link add d2 address 02:00:00:00:00:03 type dummy" => "
        ip link add link d0 name i0 type ipvlan mode l2 private
        ip link add link d1 name i1 type ipvlan mode l3s vepa
        ip link add link d2 name i2 type ipvlan mode l2 bridge
        ip link set i0 type ipvlan mode l3
        ip link set i1 type ipvlan vepa
        ip link set i2 type ipvlan mode l2 private";
    ipvlan_into_a_namespace: "ip netns add n1\nip link add d0 address 02:00:00:00:00:01 type dummy" => "
        ip link add i0 link d0 netns n1 type ipvlan mode l2
        ip link add link d0 name i1 type ipvlan mode l2
        ip link set i1 netns n1";
    ipvtap: DUMMY => "
        ip link add link d0 name i0 type ipvtap
        ip link add link d0 name i1 type ipvtap mode l3 private
        ip link set i0 type ipvtap mode l2";
    vrf: DUMMY => "
        ip link add red type vrf table 10
        ip link add name blue up type vrf table 300
        ip link add green type vrf table main
        ip link add none type vrf
        ip link add zero type vrf table 0
        ip link add bad type vrf table nonsense
        ip link add other type vrf table 10
        ip link add red type vrf table 12
        ip link set d0 master red
        ip link set d0 up
        ip link set red up
        ip addr add 10.0.0.1/24 dev d0
        ip route add 10.7.0.0/16 via 10.0.0.7 vrf red
        ip link set d0 nomaster
        ip link set d0 vrf blue
        ip link set d0 vrf d0
        ip link del other";
    bridge_ports: "
        ip link add d0 type dummy
        ip link add br0 address 02:00:00:00:00:bb type bridge" => "
        ip link set d0 master br0
        ip link add link br0 name br0.5 type vlan id 5
        ip link add d1 master br0 up type dummy
        ip link set br0 up
        bridge link set dev d0 cost 7
        bridge vlan add dev d0 vid 7
        bridge fdb add 02:00:00:00:00:77 dev d0 master";
}
