//! Addresses added, changed and removed by the product, judged by `ip -d -j`.

use vnet_tests::builds;

const LINKS: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set v0 up
    ip link set v1 up";
const FULL: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set v0 up
    ip link set v1 up
    ip addr add 10.0.0.1/24 brd + dev v0
    ip addr add 10.0.0.2/24 dev v0 label v0:two
    ip addr add 10.0.1.1/24 dev v0 scope link
    ip addr add 10.0.2.1/24 dev v1 valid_lft 1000 preferred_lft 500
    ip addr add 2001:db8::1/64 dev v0 nodad
    ip addr add 2001:db8::2/64 dev v1 nodad";

builds! {
    plain: LINKS => "
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.1.1 dev v0
        ip addr add 10.0.2.0/24 dev v0
        ip addr add dev v1 10.0.3.1/24
        ip address add 10.0.4.1/255.255.255.0 dev v1
        ip a a 10.0.5.1/24 d v1
        ip addr add local 10.0.6.1/24 dev v1";
    broadcasts: LINKS => "
        ip addr add 10.0.0.1/24 brd + dev v0
        ip addr add 10.0.1.1/24 broadcast 10.0.1.255 dev v0
        ip addr add 10.0.2.1/24 brd - dev v0
        ip addr add 10.0.3.1/24 brd 10.0.3.9 dev v0
        ip addr add 10.0.4.1/31 brd + dev v0
        ip addr add 10.0.5.1/32 brd + dev v0
        ip addr add 2001:db8::1/64 brd + dev v0";
    peers: LINKS => "
        ip addr add 10.0.0.1 peer 10.0.0.2 dev v0
        ip addr add 10.0.1.1/32 peer 10.0.1.2/24 dev v0
        ip addr add dev v0 172.16.1.1 peer 172.16.1.2
        ip addr add 2001:db8::1 peer 2001:db8::2/64 dev v0 nodad
        ip addr add 10.0.2.1/24 remote 10.0.2.2 dev v0";
    scopes_and_labels: LINKS => "
        ip addr add 10.0.0.1/24 dev v0 scope link
        ip addr add 10.0.1.1/24 dev v0 scope host
        ip addr add 10.0.2.1/24 dev v0 scope 77
        ip addr add 10.0.3.1/24 dev v0 label v0:web
        ip addr add 10.0.4.1/24 dev v0 label other
        ip addr add 10.0.5.1/24 dev v0 scope nosuch
        ip addr add 1.2.3.4/255.255.255.0 broadcast 1.2.3.255 dev v1 label v1:0
        ip addr add 127.0.0.7/8 dev lo
        ip addr add 127.0.0.8/8 dev v0";
    lifetimes: LINKS => "
        ip addr add 10.0.0.1/24 dev v0 valid_lft 1000 preferred_lft 500
        ip addr add 10.0.1.1/24 dev v0 valid_lft forever preferred_lft forever
        ip addr add 10.0.2.1/24 dev v0 preferred_lft 0
        ip addr add 10.0.3.1/24 dev v0 valid_lft 100 preferred_lft 200
        ip addr add 10.0.4.1/24 dev v0 valid_lft 0
        ip addr add 10.0.5.1/24 dev v0 valid_lft 600sec preferred_lft 500sec
        ip addr add 2001:db8::1/64 dev v0 nodad valid_lft 1000 preferred_lft 500
        ip addr add 2001:db8:1::1/64 dev v0 nodad preferred_lft 0";
    ipv6: LINKS => "
        ip addr add 2001:db8::1/64 dev v0
        ip -6 addr add 2001:db8:1::1/64 dev v0 nodad
        ip addr add 2001:db8:2::1 dev v0 nodad
        ip addr add 2001:db8:3::1/64 dev v0 nodad home
        ip addr add 2001:db8:4::1/64 dev v0 nodad mngtmpaddr
        ip addr add 2001:db8:5::1/64 dev v0 nodad noprefixroute
        ip addr add 2001:db8:6::1/64 dev v0 nodad metric 5
        ip addr add fe80::77/64 dev v0 nodad
        ip addr add 2001:db8:7::1/64 dev v0 optimistic
        ip addr add ::ffff:10.0.0.1/128 dev v0 nodad
        ip addr add 2001:db8:8::1/64 anycast 2001:db8:8:: dev v0 nodad";
    metrics_and_flags: LINKS => "
        ip addr add 10.0.0.1/24 dev v0 metric 100
        ip addr add 10.0.1.1/24 dev v0 noprefixroute
        ip addr add 239.1.1.1/32 dev v0 autojoin
        ip addr add 10.0.2.1/24 dev v0 home
        ip addr add 10.0.3.1/24 dev v0 priority 7";
    twice: LINKS => "
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.0.1/25 dev v0
        ip addr add 10.0.0.1/24 dev v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip addr add 2001:db8::1/64 dev v0 nodad";
    replace_and_change: FULL => "
        ip addr replace 10.0.0.1/24 dev v0 valid_lft 900 preferred_lft 800
        ip addr change 10.0.2.1/24 dev v1 valid_lft forever preferred_lft forever
        ip addr replace 10.9.0.1/24 dev v1
        ip addr change 10.8.0.1/24 dev v1
        ip -6 addr change 2001:db8::1/64 dev v0 valid_lft 550 preferred_lft 250
        ip -6 addr change 2001:db8::2/64 dev v1 preferred_lft 0 scope global
        ip addr chg 10.0.1.1/24 dev v0 scope link";
    delete: FULL => "
        ip addr del 10.0.0.1/24 dev v0
        ip addr delete 10.0.1.1/24 dev v0
        ip addr del 2001:db8::1/64 dev v0
        ip addr del 10.0.99.1/24 dev v0
        ip addr del 10.0.2.1 dev v1
        ip a d 2001:db8::2/64 dev v1";
    delete_by_label_or_peer: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1 peer 10.0.0.2 dev v0
        ip addr add 10.0.1.1/24 dev v0 label v0:a
        ip addr add 10.0.2.1/24 brd + dev v0" => "
        ip addr del 10.0.0.1 peer 10.0.0.2 dev v0
        ip addr del 10.0.1.1/24 dev v0 label v0:b
        ip addr del 10.0.1.1/24 dev v0 label v0:a
        ip addr del 10.0.2.1/24 broadcast 10.0.2.255 dev v0";
    flush_a_device: FULL => "
        ip addr flush dev v0
        ip addr flush v1
        ip addr flush dev nosuch";
    flush_ipv4_of_a_device: FULL => "ip -4 addr flush dev v0";
    flush_ipv6_of_a_device: FULL => "ip -6 addr flush dev v0";
    flush_by_scope_and_label: FULL => "
        ip addr flush dev v0 scope link
        ip -4 addr flush dev v0 label v0:two
        ip addr flush label nosuch";
    flush_by_prefix: FULL => "ip addr flush to 10.0.0.0/16";
    flush_everything: FULL => "ip addr flush
        ip -4 addr flush scope global";
    flush_secondary: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.0.2/24 dev v0
        ip addr add 10.0.0.3/24 dev v0" => "ip addr flush dev v0 secondary";
    flush_said_aloud: FULL => "
        ip -s addr flush dev v0 > /dev/null
        ip -s -s -4 addr flush dev v1 > /dev/null";
    in_namespaces: "
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1" => "
        ip addr add 10.1.1.2/24 dev v0
        ip -n n1 addr add 10.1.1.1/24 dev v1
        ip netns exec n1 ip addr add 2001:db8::1/64 dev v1 nodad
        ip netns exec n1 ip link set v1 up
        ip link set v0 up";
    wrong: LINKS => "
        ip addr add
        ip addr add 10.0.0.1/24
        ip addr add 10.0.0.1/33 dev v0
        ip addr add 10.0.0.300/24 dev v0
        ip addr add 10.0.0/24 dev v0
        ip addr add 10/8 dev v0
        ip addr add 2001:db8::g/64 dev v0
        ip addr add 2001:db8::1/129 dev v0
        ip addr add dev v0
        ip addr add 10.0.0.1/24 dev nosuch
        ip addr add default dev v0
        ip addr add any dev v0
        ip -6 addr add 10.0.0.1/24 dev v0
        ip -4 addr add 2001:db8::1/64 dev v0
        ip addr add 10.0.0.1/24 dev v0 nonsense";
}
