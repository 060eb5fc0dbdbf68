//! `bridge link`, `bridge fdb` and `bridge vlan`, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::BRIDGE;

differential! {
    nothing: "" => [BRIDGE];

    a_bridge_without_ports: "
        ip link add br0 type bridge
        ip link set br0 up" => [BRIDGE];

    ports: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set v2 master br0
        ip link set br0 up
        sleep 0.2" => [BRIDGE];

    the_documents_world: "
        ip link add mybridge0 type bridge
        ip addr add 10.0.1.0/24 dev mybridge0
        ip link set dev mybridge0 up
        for i in 1 2; do
            ip netns add net$i
            ip link add veth$i type veth peer name veth${i}p
            ip link set dev veth${i}p netns net$i
            ip netns exec net$i ip link set dev veth${i}p name eth0
            ip netns exec net$i ip addr add 10.0.1.$i/24 dev eth0
            ip netns exec net$i ip link set dev eth0 up
            ip link set dev veth$i master mybridge0
            ip link set dev veth$i up
        done
        ping -q -c 1 10.0.1.1 > /dev/null
        ping -q -c 1 10.0.1.2 > /dev/null
        sleep 0.5" => [
        BRIDGE,
        &["ip link", "ip addr", "ip route", "ip neigh", "ip -n net1 addr", "ip -d link show master mybridge0",
          "bridge -n net1 link", "bridge -netns net2 fdb"],
    ];

    spanning_tree_states: "
        ip link add br0 type bridge stp_state 1
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set v2 master br0 up
        ip link set br0 up
        sleep 0.2" => [BRIDGE];

    port_options: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link set v0 master br0 up
        ip link set v1 up
        bridge link set dev v0 cost 50 priority 9 guard on hairpin on fastleave on root_block on \
            learning off flood off mcast_flood off neigh_suppress on isolated on vlan_tunnel on locked on
        bridge link set dev v0 state 1" => [BRIDGE];

    backup_port: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0
        ip link set v2 master br0
        bridge link set dev v0 backup_port v2" => [BRIDGE];

    a_vxlan_port: "
        ip link add br0 type bridge
        ip link add vx0 type vxlan id 42 dstport 4789
        ip link set vx0 master br0
        ip link set vx0 up
        ip link set br0 up
        bridge fdb add 02:00:00:00:00:09 dev vx0 dst 192.0.2.9 self
        bridge fdb add 02:00:00:00:00:0a dev vx0 dst 192.0.2.10 port 5000 vni 99 self permanent
        bridge fdb append 00:00:00:00:00:00 dev vx0 dst 192.0.2.11
        bridge fdb append 00:00:00:00:00:00 dev vx0 dst 2001:db8::11 || true
        bridge fdb add 02:00:00:00:00:09 dev vx0 master static" => [
        BRIDGE, &["bridge fdb show dev vx0", "bridge -d -j fdb show dev vx0",],
    ];

    forwarding_entries: "
        ip link add br0 address 02:00:00:00:00:bb type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set v2 master br0 up
        ip link set v3 up
        ip link set br0 up
        bridge fdb add 02:00:00:00:00:01 dev v0 master static
        bridge fdb add 02:00:00:00:00:02 dev v0 master dynamic
        bridge fdb add 02:00:00:00:00:03 dev v2 master
        bridge fdb add 02:00:00:00:00:04 dev v2 master extern_learn
        bridge fdb add 02:00:00:00:00:05 dev v2 master static sticky
        bridge fdb add 02:00:00:00:00:06 dev v2 self
        bridge fdb add 02:00:00:00:00:07 dev br0 local" => [
        BRIDGE,
        &[
            "bridge fdb show br br0",
            "bridge fdb show brport v0",
            "bridge fdb show dev v0",
            "bridge fdb show dev v2",
            "bridge -j fdb show dev v2",
            "bridge fdb show dynamic",
            "bridge fdb show state static",
            "bridge fdb show state permanent",
            "bridge -s fdb show state reachable",
            "bridge fdb show br br0 dev v0",
            "bridge fdb show br br0 brport v2 state permanent",
            "bridge fdb show vlan 1",
            "bridge fdb show dev nosuch",
            "bridge fdb show br nosuch",
            "bridge fdb show state nosuch",
            "bridge fdb list dev v0",
            "bridge fdb ls",
            "bridge fdb lst",
            "bridge fdb get 02:00:00:00:00:01 dev v0 master",
            "bridge fdb get 02:00:00:00:00:01 br br0",
            "bridge fdb get 02:00:00:00:00:99 br br0",
            "bridge link show dev v0",
            "bridge -d link show dev v0",
            "bridge -j link show dev v0",
            "bridge link show dev br0",
            "bridge link show dev v1",
            "bridge link show dev nosuch",
            "bridge link list dev v2",
            "bridge link ls",
            "bridge link lst",
            "bridge vlan show dev v0",
            "bridge vlan show dev nosuch",
            "bridge vlan show vid 1",
            "bridge -j vlan show dev v0",
            "bridge vlan list",
            "bridge l",
            "bridge f",
            "bridge v",
            "bridge",
            "bridge nonsense",
            "bridge link nonsense",
        ],
    ];

    vlans: "
        ip link add br0 type bridge vlan_filtering 1
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v2 master br0 up
        bridge vlan add dev v0 vid 10 pvid untagged
        bridge vlan add dev v0 vid 20-30
        bridge vlan add dev v0 vid 40
        bridge vlan add dev v2 vid 4094 untagged
        bridge vlan del dev v2 vid 1
        bridge vlan add dev br0 vid 10 self" => [
        BRIDGE,
        &["bridge vlan show dev v0", "bridge vlan show vid 10", "bridge -c=always vlan show dev v2", "bridge -s vlan show dev v0",
          "bridge fdb show vlan 10", "bridge vlan tunnelshow"],
    ];
}
