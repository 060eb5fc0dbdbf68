//! `ip -d link show` over every kind of link, with the options of the kind.

use vnet_tests::differential;

/// What a kind shows only in its details.
const KIND: &[&str] = &[
    "ip link",
    "ip -d link",
    "ip -d -o link",
    "ip -d -s link",
    "ip -br link",
    "ip -d -br link",
    "ip -j link",
    "ip -d -j link",
    "ip -d -p -j link",
    "ip -d -c=always link",
];

differential! {
    bridge_defaults: "ip link add br0 type bridge" => [KIND];

    bridge_options: "
        ip link add br0 type bridge vlan_default_pvid 5 stp_state 1 priority 4096 \
            forward_delay 400 hello_time 100 max_age 1000 ageing_time 20000 group_fwd_mask 8 \
            mcast_snooping 0 mcast_querier 1 mcast_hash_max 1024 nf_call_iptables 1 vlan_stats_enabled 1" => [KIND];

    bridge_vlan_filtering: "ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 5" => [KIND];

    bridge_more_options: "
        ip link add br0 type bridge group_address 01:80:c2:00:00:04 vlan_protocol 802.1ad \
            mcast_router 2 mcast_query_use_ifaddr 1 mcast_igmp_version 3 mcast_mld_version 2 \
            mcast_last_member_count 3 mcast_startup_query_count 4 mcast_stats_enabled 1 \
            nf_call_ip6tables 1 nf_call_arptables 1 mcast_last_member_interval 200 \
            mcast_membership_interval 30000 mcast_querier_interval 20000 mcast_query_interval 10000 \
            mcast_query_response_interval 500 mcast_startup_query_interval 2000" => [KIND];

    bridge_up_and_running: "
        ip link add br0 type bridge stp_state 1
        ip link add v0 type veth peer name v1
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set br0 up" => [KIND, &["ip -d link show master br0", "ip -d -j link show v0"]];

    bridge_port_options: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link set v0 master br0 up
        ip link set v0 type bridge_slave cost 100 priority 16 hairpin on guard on root_block on \
            fastleave on learning off flood off mcast_flood off mcast_to_unicast on \
            neigh_suppress on isolated on proxy_arp on proxy_arp_wifi on mcast_router 2 group_fwd_mask 16" => [KIND];

    bridge_port_more: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 master br0
        ip link set v2 master br0
        ip link set v2 type bridge_slave backup_port v0 locked on vlan_tunnel on bcast_flood off" => [KIND];

    macvlan_modes: "
        ip link add v0 type veth peer name v1
        ip link add mp link v0 type macvlan mode private
        ip link add mv link v0 type macvlan mode vepa
        ip link add mb link v0 type macvlan mode bridge" => [KIND];

    macvlan_passthru: "
        ip link add v0 type veth peer name v1
        ip link add mt link v0 type macvlan mode passthru nopromisc" => [KIND];

    macvlan_source: "
        ip link add v0 type veth peer name v1
        ip link add ms link v0 type macvlan mode source
        ip link set ms type macvlan macaddr add 02:00:00:00:00:01
        ip link set ms type macvlan macaddr add 02:00:00:00:00:02
        ip link add mq link v1 type macvlan bcqueuelen 2000" => [KIND];

    macvlan_in_another_namespace: "
        ip netns add n1
        ip link add v0 type veth peer name v1
        ip link add m0 link v0 netns n1 type macvlan mode bridge
        ip link set v0 up
        ip link set v1 up
        ip -n n1 link set m0 up" => [
        KIND,
        &["ip -n n1 link", "ip -n n1 -d link", "ip -n n1 -d -j link", "ip -n n1 -br link"],
    ];

    macvlan_up_over_a_link_that_is_down: "
        ip link add v0 type veth peer name v1
        ip link add m0 link v0 type macvlan mode bridge
        ip link set v0 up
        ip link set m0 up" => [KIND];

    vxlan_plain: "ip link add vx0 type vxlan id 42 dstport 4789" => [KIND];

    vxlan_ipv4: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link add vx0 type vxlan id 100 local 10.0.0.1 remote 10.0.0.2 dev v0 dstport 4789 ttl 64 tos 16 \
            srcport 1000 2000 ageing 600 maxaddress 1000 nolearning proxy rsc l2miss l3miss df set udpcsum" => [KIND];

    vxlan_ipv6: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link add vx6 type vxlan id 6 local 2001:db8::1 remote 2001:db8::2 dev v0 dstport 8472 \
            flowlabel 0x1234 udp6zerocsumtx udp6zerocsumrx ttl inherit tos inherit" => [KIND];

    vxlan_group: "
        ip link add v0 type veth peer name v1
        ip link set v0 up
        ip link add vx0 type vxlan id 7 group 239.1.1.1 dev v0 dstport 4789 noudpcsum
        ip link add vx1 type vxlan id 8 group ff05::100 dev v0 dstport 4790" => [KIND];

    vxlan_external: "
        ip link add vx0 type vxlan external dstport 4789
        ip link add vx1 type vxlan id 9 dstport 0 gbp
        ip link add vx2 type vxlan dstport 4799 gpe external" => [KIND];

    vxlan_remote_checksums: "
        ip link add vx0 type vxlan id 11 dstport 4800 remcsumtx remcsumrx noproxy norsc nol2miss nol3miss df inherit ageing 0" => [KIND];

    ifb: "
        ip link add ifb0 type ifb
        ip link add ifb1 type ifb
        ip link set ifb1 up" => [KIND];

    tun_and_tap: "
        ip tuntap add tun0 mode tun
        ip tuntap add tap0 mode tap
        ip tuntap add tap1 mode tap multi_queue user 1000 group 100
        ip tuntap add tun1 mode tun pi vnet_hdr
        ip link set tun0 up
        ip addr add 10.9.9.1/32 peer 10.9.9.2 dev tun0" => [KIND, &["ip -d link show type tun"]];

    veth_across_namespaces: "
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1" => [
        KIND, &["ip -n n1 -d link", "ip -n n1 -d -j link"],
    ];

    dummy: "ip link add d0 type dummy" => [KIND];

    vlan: "
        ip link add v0 type veth peer name v1
        ip link add link v0 name v0.5 type vlan id 5
        ip link add link v0 name v0.6 type vlan protocol 802.1ad id 6 reorder_hdr off gvrp on" => [KIND];
}
