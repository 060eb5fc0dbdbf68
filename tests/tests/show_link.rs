//! `ip link show` over links of every shape, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::LINK;

const PAIR: &str = "ip link add v0 type veth peer name v1";

differential! {
    fresh: "" => [LINK];

    lo_up: "ip link set lo up" => [LINK];

    veth_down: PAIR => [LINK];

    veth_up: "
        ip link add v0 type veth peer name v1
        ip link set v0 up
        ip link set v1 up" => [LINK];

    veth_one_side_up: "
        ip link add v0 type veth peer name v1
        ip link set v0 up" => [LINK];

    veth_across_named_namespaces: "
        ip netns add n1
        ip netns add n2
        ip -n n1 link add veth1 type veth peer name veth2 netns n2
        ip -n n1 link set veth1 up" => [
        LINK,
        &["ip -n n1 link", "ip -n n2 link", "ip -n n1 -d link", "ip -n n2 -d -j link",
          "ip -n n1 -br link", "ip -n n2 -o link", "ip -n n1 -j link", "ip -n n2 -c=always link",
          "ip -netns n1 link show veth1", "ip netns exec n1 ip link", "ip -n n1 -s -d link"],
    ];

    veth_moved_to_another_namespace: "
        ip link add dummy0 type veth peer name dummy1
        ip netns add net1
        ip netns add net2
        ip link add veth1 type veth peer name veth2
        ip link set veth1 netns net1
        ip link set veth2 netns net2
        ip -n net1 link set veth1 up" => [
        LINK,
        &["ip -n net1 link", "ip -n net2 link", "ip -n net2 -br -j link", "ip -n net1 -d link"],
    ];

    veth_with_one_end_here: "
        ip netns add n1
        ip link add out type veth peer name in netns n1
        ip link set out up
        ip -n n1 link set in up" => [
        LINK,
        &["ip -n n1 link", "ip -n n1 -d link", "ip -n n1 -j link", "ip -n n1 -br link"],
    ];

    veth_whose_peer_namespace_has_no_name: "
        ip netns add n1
        ip link add out type veth peer name in netns n1
        ip link set out up
        sleep 5 < /dev/null > /dev/null 2>&1 &
        ip netns attach held $!
        ip netns delete held
        ip netns exec n1 sleep 30 < /dev/null > /dev/null 2>&1 &
        sleep 0.1
        ip netns delete n1" => [LINK];

    bridge_down: "ip link add br0 type bridge" => [LINK];

    bridge_without_ports_up: "
        ip link add br0 type bridge
        ip link set br0 up" => [LINK];

    bridge_with_ports: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set v2 master br0
        ip link set br0 up" => [LINK];

    alias_and_altnames: "
        ip link add v0 type veth peer name v1
        ip link set v0 alias 'an uplink, with \"quotes\" and words'
        ip link property add dev v1 altname second altname a-rather-long-alternative-name-here" => [
        LINK,
        &["ip link show second", "ip link show dev a-rather-long-alternative-name-here"],
    ];

    // Its JSON is none with ip.
    alias_of_odd_bytes: "
        ip link add v0 type veth peer name v1
        ip link set v0 alias \"$(printf 'tab\\there\\001\\377 \\\\ end')\"" => [&["ip link", "ip -d link", "ip -o link", "ip -br link", "ip -c=always link", "ip -d -s -s link"]];

    groups: "
        ip link add v0 group 7 type veth peer name v1
        ip link set v1 group 100000" => [LINK];

    queue_length_mtu_address: "
        ip link add v0 mtu 1400 txqueuelen 500 address 02:00:00:00:00:0a type veth peer name v1 mtu 9000 txqueuelen 1
        ip link set v1 address 02:00:00:00:00:0b" => [LINK];

    queue_counts_and_limits: "
        ip link add v0 numtxqueues 4 numrxqueues 2 type veth peer name v1 numtxqueues 1 numrxqueues 1
        ip link set v0 gso_max_size 32768 gso_max_segs 100
        ip link set v1 gro_max_size 32768" => [LINK];

    flags: "
        ip link add v0 type veth peer name v1
        ip link set v0 promisc on
        ip link set v0 allmulticast on
        ip link set v1 arp off
        ip link set v1 multicast off
        ip link set v1 dynamic on
        ip link set v0 up" => [LINK];

    modes_and_protodown: "
        ip link add v0 type veth peer name v1
        ip link set v0 mode dormant
        ip link set v0 up
        ip link set v1 up" => [LINK];

    addrgenmodes: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 addrgenmode none
        ip link set v1 addrgenmode eui64
        ip link set v2 addrgenmode random" => [LINK];

    many_links: "
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            ip link add a$i type veth peer name b$i
        done" => [LINK];

    longest_name: "ip link add fifteen-letters type veth peer name another-fifteen" => [LINK];

    index_given: "
        ip link add v0 index 1000 type veth peer name v1 index 77777" => [
        LINK, &["ip link show v0", "ip -o link show dev v1"],
    ];

    a_gap_in_the_indexes: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link del v0" => [LINK];

    traffic: "
        ip link set lo up
        ping -q -c 3 -i 0.01 127.0.0.1 >/dev/null" => [
        LINK,
        &["ip -s -h link", "ip -s -h -iec link", "ip -s -s -h -j link", "ip -h -s -d -o link",
          "ip -iec -s link", "ip -stats link show lo", "ip -human -s link show lo"],
    ];

    much_traffic: "
        ip link set lo up
        ping -f -q -c 400 -s 60000 127.0.0.1 >/dev/null" => [
        &["ip -s link", "ip -s -h link", "ip -s -h -iec link", "ip -s -j link", "ip -s -o link"],
    ];

    group_names_of_the_machine: "
        mount -t tmpfs tmpfs /etc/iproute2
        printf '0\\tdefault\\n7 uplinks # a remark\\n0x10\\tsixteen\\n' > /etc/iproute2/group
        ip link add v0 group uplinks type veth peer name v1
        ip link set v1 group sixteen" => [LINK, &["ip link show group uplinks", "ip -N link", "ip -N -j link"]];

    no_tables_at_all: "
        mount -t tmpfs tmpfs /etc/iproute2
        ip link add v0 group 7 type veth peer name v1
        ip link set v0 up" => [LINK];

    filters: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 group 7 type veth peer name v3
        ip link add i0 type ifb
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set br0 up" => [&[
        "ip link show up",
        "ip -br link show up",
        "ip -j link show up",
        "ip link show master br0",
        "ip -j link show master br0",
        "ip link show nomaster",
        "ip link show type veth",
        "ip -d link show type bridge",
        "ip -j link show type ifb",
        "ip link show type bridge_slave",
        "ip link show type vxlan",
        "ip -j link show type vxlan",
        "ip link show dev v0",
        "ip link show v0",
        "ip -d -j link show v0",
        "ip link show dev v0 up",
        "ip link show v2 up",
        "ip -j link show v2 up",
        "ip link show up v0",
        "ip link show group 7",
        "ip link show group default",
        "ip link show group 0",
        "ip -br link show group 7",
        "ip link show up type veth",
        "ip link show type veth up",
        "ip link show up master br0 type veth",
        "ip link list up",
        "ip link ls v0",
        "ip link lst",
        "ip -o link show up dev v0",
        "ip link show nosuch",
        "ip -j link show nosuch",
        "ip link show dev nosuch",
        "ip link show master nosuch",
        "ip link show group nosuch",
        "ip link show type nosuch",
        "ip -br link show dev br0",
        "ip -d link show br0",
        "ip -s -s link show v0",
        "ip -6 link show up",
        "ip -4 link show v0",
        "ip -f inet link show v0",
        "ip -f link link show v0",
        "ip -family bridge link",
        "ip -B link",
        "ip -f bridge link show",
        "ip -0 link show v0",
        "ip link show vrf nosuch",
        "ip link show dev v0 dev v1",
        "ip link show v0 v1",
    ]];
}
