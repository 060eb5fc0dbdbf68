//! `ip route get`, against the judge.

use vnet_tests::differential;

/// Two links that are up, a choice of routes and a rule.
const WORLD: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add v2 type veth peer name v3
    ip link set lo up
    ip addr add 10.0.0.1/24 brd + dev v0
    ip addr add 10.0.1.1/24 dev v2
    ip addr add 2001:db8::1/64 dev v0 nodad
    ip addr add 2001:db8:0:1::1/64 dev v2 nodad
    for i in v0 v1 v2 v3; do ip link set $i up; done
    echo 1 > /proc/sys/net/ipv4/ip_forward
    echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
    echo 0 > /proc/sys/net/ipv4/conf/v0/rp_filter
    echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
    ip route add default via 10.0.0.254
    ip route add 10.1.0.0/16 via 10.0.0.2 mtu 1400 advmss 1300 proto static
    ip route add 10.2.0.0/16 dev v2 src 10.0.0.1
    ip route add 10.5.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.0.2
    ip route add blackhole 10.6.0.0/16
    ip route add unreachable 10.7.0.0/16
    ip route add prohibit 10.8.0.0/16
    ip route add 10.9.0.0/16 via 10.0.1.9 table 100
    ip rule add fwmark 7 table 100
    ip -6 route add default via 2001:db8::2
    ip -6 route add 2001:db8:1::/48 via 2001:db8::2 mtu 1400 metric 512
    ip -6 route add blackhole 2001:db8:6::/48
    sleep 0.3";

differential! {
    get: WORLD => [&[
        "ip route get 10.0.0.2",
        "ip route get 10.0.0.1",
        "ip route get 10.0.0.255",
        "ip route get 127.0.0.1",
        "ip route get 192.0.2.1",
        "ip route get 224.0.0.1",
        "ip route get 224.0.0.1 oif v0",
        "ip route get 255.255.255.255 oif v2",
        "ip route get 1",
        "ip -4 route get 1",
        "ip route get 10.1.2.3",
        "ip -d route get 10.1.2.3",
        "ip -s route get 10.1.2.3",
        "ip -o route get 10.1.2.3",
        "ip -j route get 10.1.2.3",
        "ip -p -j route get 10.1.2.3",
        "ip -d -j route get 10.1.2.3",
        "ip -c=always route get 10.1.2.3",
        "ip -br route get 10.1.2.3",
        "ip route get 10.2.2.3",
        "ip route get 10.5.1.1",
        "ip route get 10.6.0.1",
        "ip route get 10.7.0.1",
        "ip route get 10.8.0.1",
        "ip -j route get 10.6.0.1",
        "ip route get 10.9.0.1",
        "ip route get 10.9.0.1 mark 7",
        "ip route get 10.9.0.1 mark 0x7",
        "ip route get to 10.1.2.3",
        "ip route get 10.1.2.3 from 10.0.0.1",
        "ip route get 10.1.2.3 from 10.0.1.1",
        "ip route get 10.1.2.3 from 172.16.0.1",
        "ip route get 10.1.2.3 from 10.0.0.9 iif v0",
        "ip -j route get 10.0.1.7 from 10.0.0.9 iif v0",
        "ip route get 10.0.1.7 from 10.0.0.9 iif v0",
        "ip route get 10.1.2.3 oif v0",
        "ip route get 10.1.2.3 dev v2",
        "ip route get 10.1.2.3 oif nosuch",
        "ip route get 10.1.2.3 iif nosuch",
        "ip route get 10.1.2.3 uid 1000",
        "ip route get 10.1.2.3 tos 0x10",
        "ip route get 10.1.2.3 ipproto tcp sport 1000 dport 80",
        "ip route get 10.1.2.3 ipproto udp dport 53",
        "ip route get 10.1.2.3 fibmatch",
        "ip route get fibmatch 10.1.2.3",
        "ip -d route get fibmatch 10.1.2.3",
        "ip route get fibmatch 10.5.0.1",
        "ip -j route get fibmatch 10.5.0.1",
        "ip route get fibmatch 192.0.2.1",
        "ip route get fibmatch 10.6.0.1",
        "ip route get 10.1.2.3/32",
        "ip route get 10.1.2.0/24",
        "ip route get 10.1.2.3 vrf nosuch",
        "ip route get 10.1.2.3 connected",
        "ip route get 10.1.2.3 notify",
        "ip route get",
        "ip route get nonsense",
        "ip route get 10.1.2.3 nonsense",
        "ip -6 route get 10.1.2.3",
    ]];

    get_ipv6: WORLD => [&[
        "ip route get 2001:db8::2",
        "ip route get 2001:db8::1",
        "ip route get ::1",
        "ip -6 route get 2001:db8:1::5",
        "ip -d -6 route get 2001:db8:1::5",
        "ip -s -6 route get 2001:db8:1::5",
        "ip -o -6 route get 2001:db8:1::5",
        "ip -j -6 route get 2001:db8:1::5",
        "ip -d -j -6 route get 2001:db8:1::5",
        "ip -c=always -6 route get 2001:db8:1::5",
        "ip route get 2001:db8:77::1",
        "ip route get 2001:db8:6::1",
        "ip route get ff02::1 oif v0",
        "ip route get fe80::1 oif v0",
        "ip route get fe80::1 dev v2",
        "ip route get 2001:db8:1::5 from 2001:db8::1",
        "ip route get 2001:db8:1::5 from 2001:db8:0:1::1",
        "ip route get 2001:db8:1::5 from 2001:db8::9 iif v0",
        "ip route get 2001:db8:1::5 oif v0",
        "ip route get 2001:db8:1::5 oif v2",
        "ip route get 2001:db8:1::5 mark 9",
        "ip -6 route get fibmatch 2001:db8:1::5",
        "ip -6 -j route get fibmatch 2001:db8:77::1",
        "ip -6 route get 2001:db8:1::5 fibmatch",
        "ip route get 2001:db8:1::5 ipproto tcp dport 443",
        "ip -4 route get 2001:db8::2",
        "ip -6 route get default",
    ]];

    get_with_nothing_configured: "" => [&[
        "ip route get 10.0.0.1",
        "ip route get 127.0.0.1",
        "ip route get ::1",
        "ip -6 route get 2001:db8::1",
        "ip route get 10.0.0.1 oif lo",
        "ip -j route get 10.0.0.1",
    ]];
}
