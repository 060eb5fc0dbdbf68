//! Links made, changed and removed by the product, judged by `ip -d -j`.

use vnet_tests::builds;

const PAIR: &str = "ip link add v0 type veth peer name v1";
const NAMED: &str = "ip netns add n1\nip netns add n2";
const BOTH: &str = "
    ip netns add n1
    ip netns add n2
    ip link add v0 type veth peer name v1
    ip link add v2 type veth peer name v3";

builds! {
    veth: "" => PAIR;
    veth_peer_without_the_word_name: "" => "ip link add v0 type veth peer v1";
    veth_without_peer: "" => "ip link add v0 type veth";
    veth_without_any_name: "" => "ip link add type veth";
    veth_dev_and_name_words: "" => "
        ip link add dev v0 type veth peer name v1
        ip link add name v2 type veth peer name v3";
    veth_full_description: "" => "
        ip link add v0 address 02:00:00:00:00:01 mtu 1400 txqueuelen 77 group 5 type veth peer name v1 address 02:00:00:00:00:02 mtu 1300 txqueuelen 88
        ip link add v2 up type veth peer name v3";
    veth_queues_and_index: "" => "
        ip link add v0 index 40 numtxqueues 2 numrxqueues 3 type veth peer name v1 index 41 numtxqueues 1 numrxqueues 1";
    veth_peer_in_a_namespace: NAMED => "ip link add out type veth peer name in netns n1";
    veth_both_in_namespaces: NAMED => "ip link add veth1 netns n1 type veth peer name veth2 netns n2";
    veth_from_inside_a_namespace: NAMED => "
        ip -n n1 link add veth1 type veth peer name veth2 netns n2
        ip netns exec n1 ip link add veth3 type veth peer name veth4";
    veth_namespace_by_pid: NAMED => "
        ip link add a type veth peer name b netns 1
        ip -n n1 link add c type veth peer name d netns 1";
    moves: BOTH => "
        ip link set v0 netns n1
        ip link set dev v1 netns n2
        ip link set netns n1 dev v2
        ip link set v3 netns n1 up
        ip link set nosuch netns n1
        ip link set v0 netns nosuch";
    moves_by_pid_and_path: BOTH => "
        ip link set v0 netns n1
        ip -n n1 link set v0 netns 1
        ip netns exec n1 ip link set v0 netns 1
        ip link set v1 netns n1
        ip netns exec n1 ip link set v1 netns 1
        ip link set v2 netns /run/netns/n2
        ip link set v3 netns 99999";
    move_and_rename: BOTH => "
        ip link set v0 netns n1 name eth0
        ip -n n1 link set eth0 up
        ip -netns n1 link set dev eth0 name eth1";
    up_and_down: PAIR => "
        ip link set v0 up
        ip link set dev v1 up
        ip link set v1 down
        ip link set up dev lo";
    rename: PAIR => "
        ip link set v0 name uplink
        ip link set dev v1 name v0";
    rename_while_up: PAIR => "
        ip link set v0 up
        ip link set v0 name uplink";
    attributes: PAIR => "
        ip link set v0 mtu 1400
        ip link set dev v0 address 02:00:00:00:00:aa
        ip link set v1 addr 02:00:00:00:00:ab
        ip link set v0 alias outer-end
        ip link set v0 group 9
        ip link set v1 group default
        ip link set v0 txqueuelen 10
        ip link set v1 qlen 20
        ip link set v1 txqlen 21
        ip link set address 02:00:00:00:00:ac dev v1
        ip link set mtu 1340 up dev v1";
    alias_taken_away: PAIR => "
        ip link set v0 alias something
        ip link set v0 alias ''";
    alias_of_many_words: PAIR => "ip link set v0 alias 'to the lab, rack 3'";
    flags: PAIR => "
        ip link set v0 arp off
        ip link set v0 promisc on
        ip link set v0 allmulticast on
        ip link set v1 multicast off
        ip link set v1 arp off
        ip link set v1 arp on
        ip link set v1 dynamic on
        ip link set v0 promisc off
        ip link set v0 promisc maybe";
    several_at_once: PAIR => "
        ip link set v0 up mtu 1400 txqueuelen 5 alias both group 3 address 02:00:00:00:00:01 promisc on
        ip link set v1 down arp off multicast off name other";
    modes: PAIR => "
        ip link set v0 mode dormant
        ip link set v1 addrgenmode none
        ip link set v0 addrgenmode random
        ip link set v0 addrgenmode eui64
        ip link set v1 protodown on
        ip link set v1 carrier off";
    altnames: PAIR => "
        ip link property add dev v0 altname first altname second
        ip link set second up
        ip link property del dev v0 altname first
        ip link add altnamed type veth peer name v9
        ip link property add dev v1 altname v0";
    delete: BOTH => "
        ip link del v0
        ip link delete dev v3
        ip link del nosuch
        ip link del lo";
    delete_a_group: "
        ip link add a0 group 7 type veth peer name a1
        ip link add b0 group 7 type veth peer name b1
        ip link add c0 type veth peer name c1" => "
        ip link del group 7
        ip link del group 8";
    set_a_group: "
        ip link add a0 group 7 type veth peer name a1
        ip link add b0 group 7 type veth peer name b1" => "
        ip link set group 7 up
        ip link set group 7 mtu 1400";
    bridge: "" => "
        ip link add br0 type bridge
        ip link add name br1 type bridge stp_state 0
        ip link add br2 address 02:00:00:00:00:02 up type bridge stp_state 1 forward_delay 400 ageing_time 1000
        ip link add br3 address 02:00:00:00:00:03 type bridge priority 100 hello_time 200 max_age 1000 group_fwd_mask 8 mcast_snooping 0
        ip link add br4 type bridge mcast_querier 1 mcast_hash_max 64 nf_call_iptables 1 vlan_default_pvid 7 mcast_igmp_version 3";
    bridge_vlan_filtering: "" => "ip link add br0 type bridge vlan_filtering 1";
    bridge_set: "ip link add br0 type bridge" => "
        ip link set br0 type bridge stp_state 1
        ip link set dev br0 type bridge ageing_time 500 priority 4096
        ip link set br0 type bridge vlan_filtering 1
        ip link set br0 type bridge nosuch 1";
    masters: "ip link add br0 address 02:00:00:00:00:bb type bridge\nip link add v0 type veth peer name v1" => "
        ip link set v0 master br0
        ip link set dev v1 master br0 up
        ip link set v1 nomaster
        ip link set v0 master nosuch
        ip link set br0 up";
    master_on_creation: "ip link add br0 address 02:00:00:00:00:bb type bridge" => "
        ip link add v0 master br0 up type veth peer name v1
        ip link set v0 nomaster";
    slave_options: "
        ip link add br0 address 02:00:00:00:00:bb type bridge
        ip link add v0 master br0 type veth peer name v1" => "
        ip link set v0 type bridge_slave cost 100 priority 16 hairpin on
        ip link set dev v0 type bridge_slave learning off flood off mcast_flood off isolated on guard on
        ip link set v0 type bridge_slave neigh_suppress on learning off
        ip link set v0 master br0 type bridge_slave fastleave on
        ip link set v0 up type bridge_slave learning on";
    macvlan: "ip link add v0 type veth peer name v1" => "
        ip link add m0 link v0 type macvlan
        ip link add link v0 name m1 type macvlan mode bridge
        ip link add link v0 m2 address 02:00:00:00:00:22 type macvlan mode private
        ip link add m3 link v0 type macvlan mode vepa
        ip link add m4 link v1 type macvlan mode passthru nopromisc
        ip link add m5 link v0 type macvlan mode nonsense
        ip link add m6 type macvlan";
    macvlan_source_and_flags: "ip link add v0 type veth peer name v1" => "
        ip link add m0 link v0 type macvlan mode source macaddr add 02:00:00:00:00:77
        ip link set m0 type macvlan macaddr add 02:00:00:00:00:78
        ip link add m1 link v0 type macvlan mode bridge bcqueuelen 500";
    macvlan_into_a_namespace: "ip netns add n1\nip link add v0 type veth peer name v1" => "
        ip link add m0 link v0 netns n1 type macvlan mode bridge
        ip link add link v0 name m1 netns n1 type macvlan";
    vxlan: "ip link add v0 type veth peer name v1" => "
        ip link add vx0 type vxlan id 42 dstport 4789
        ip link add vx1 type vxlan id 43 dstport 4790 local 10.0.0.1 remote 10.0.0.2 dev v0 ttl 64 tos 16
        ip link add vx2 type vxlan id 44 dstport 4791 group 239.1.1.1 dev v0 nolearning
        ip link add vx3 type vxlan id 45 local 2001:db8::1 dstport 4792 nolearning udp6zerocsumtx udp6zerocsumrx
        ip link add vx4 type vxlan external dstport 4793
        ip link add vx5 mtu 1400 type vxlan id 46 dstport 0 srcport 100 200 ageing 30 maxaddress 10 proxy rsc l2miss l3miss
        ip link add vx6 type vxlan id 47 dstport 4794 noudpcsum gbp df set
        ip link add vx7 type vxlan dstport 4795
        ip link add vx8 type vxlan id 16777216 dstport 4795
        ip link add vx9 type vxlan id 48 group 10.0.0.1 dstport 4796
        ip link add vxa type vxlan vni 49 dstport 4797 ttl inherit tos inherit";
    vxlan_default_port: "" => "ip link add vx0 type vxlan id 42";
    vxlan_changed: "ip link add vx0 type vxlan id 42 dstport 4789" => "
        ip link set vx0 type vxlan id 42 ageing 77
        ip link set vx0 type vxlan nolearning
        ip link set vx0 mtu 1300 up";
    ifb: "" => "
        ip link add ifb0 type ifb
        ip link add type ifb
        ip link add name ifb9 txqueuelen 5 up type ifb
        ip link add ifb8 type ifb up without effect
        ip link set ifb0 type ifb
        ip link set ifb0 type ifb nonsense";
    names_left_to_the_kernel: "" => "
        ip link add type bridge
        ip link add type bridge
        ip link add type vxlan id 4 dstport 4789";
    kinds_that_take_a_lower_link: "ip link add v0 type veth peer name v1" => "
        ip link add link v0 name v0.5 type vlan id 5
        ip link add d0 type dummy
        ip link add d1 type nosuchkind";
    by_index_and_by_altname: "ip link add v0 type veth peer name v1\nip link property add dev v0 altname long-name-for-v0" => "
        ip link set dev long-name-for-v0 up
        ip link set long-name-for-v0 mtu 1400
        ip link del long-name-for-v0";
    change_verbs: "ip link add v0 type veth peer name v1" => "
        ip link change v0 up
        ip link change dev v0 mtu 1400
        ip link replace v0 type veth
        ip l s v1 up
        ip l s dev v1 down
        ip li set v1 mtu 1280";
    options_before_the_object: NAMED => "
        ip -n n1 link add v0 type veth peer name v1
        ip -netns n1 link set v0 up
        ip -net n1 link set v1 up
        ip -4 link add w0 type veth peer name w1
        ip -6 link set w0 mtu 1400";
}
