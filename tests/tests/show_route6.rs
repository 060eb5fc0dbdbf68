//! `ip -6 route show` over IPv6 routes of every shape, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::ROUTE;

differential! {
    connected: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up" => [ROUTE];

    shapes: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip addr add 2001:db8::7/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up
        sleep 0.1
        ip route add default via 2001:db8::2
        ip route add default via fe80::2 dev v0 metric 2048 pref high
        ip route add 2001:db8:1::/48 via 2001:db8::2 dev v0 metric 512
        ip route add 2001:db8:2::/48 dev v0 src 2001:db8::7
        ip route add 2001:db8:3::/48 via 2001:db8::2 proto static pref low
        ip route add 2001:db8:4::/48 via fe80::9 dev v0 onlink proto bird
        ip route add 2001:db8:5::1 dev v0
        ip route add 2001:db8:6::/48 via 2001:db8::2 expires 600
        ip route add 2001:db8:7::/48 from 2001:db8:99::/64 via 2001:db8::2
        ip route add 2001:db8:8::/48 dev v0 table 100
        ip -6 route add default dev v0 table 70000
        ip route add ::ffff:1.2.3.4/128 dev v0" => [
        ROUTE,
        &["ip -6 route show table 100", "ip -6 -j route show table 100", "ip -6 -d route show table 70000"],
    ];

    metrics: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up
        ip route add 2001:db8:1::/48 via 2001:db8::2 mtu 1400
        ip route add 2001:db8:2::/48 via 2001:db8::2 mtu lock 1300 advmss 1240 hoplimit 32
        ip route add 2001:db8:3::/48 via 2001:db8::2 initcwnd 10 initrwnd 20 window 1000 rto_min 5s quickack 1
        ip route add 2001:db8:4::/48 via 2001:db8::2 congctl reno features ecn rtt 100ms rttvar 50ms" => [ROUTE];

    types: "
        ip link set lo up
        ip route add blackhole 2001:db8:1::/48
        ip route add unreachable 2001:db8:2::/48 metric 5
        ip route add prohibit 2001:db8:3::/48 table 100
        ip route add throw 2001:db8:4::/48 table 200
        ip -6 route add unreachable default metric 4278198272
        ip route add local 2001:db8:5::/48 dev lo
        ip route add anycast 2001:db8:6::1 dev lo" => [
        ROUTE,
        &["ip -6 route show type blackhole", "ip -6 route show type unreachable", "ip -6 route show type local table all",
          "ip -6 route show table all type anycast"],
    ];

    multipath: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip addr add 2001:db8:0:1::1/64 dev v2 nodad
        for i in v0 v1 v2 v3; do ip link set $i up; done
        ip route add 2001:db8:5::/48 nexthop via 2001:db8::2 weight 1 nexthop via 2001:db8:0:1::2 weight 5
        ip route add 2001:db8:6::/48 proto static mtu 1400 nexthop via fe80::1 dev v0 nexthop via fe80::1 dev v2 weight 2
        ip -6 route append 2001:db8:7::/48 via 2001:db8::2
        ip -6 route append 2001:db8:7::/48 via 2001:db8::3" => [ROUTE];

    linkdown: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip -6 route add default via 2001:db8::2 dev v0" => [ROUTE];

    nexthop_objects: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up
        ip link set lo up
        ip -6 nexthop add id 1 via 2001:db8::2 dev v0
        ip -6 nexthop add id 2 via 2001:db8::3 dev v0
        ip nexthop add id 3 group 1/2
        ip -6 nexthop add id 4 blackhole
        ip -6 route add 2001:db8:1::/48 nhid 1
        ip -6 route add 2001:db8:2::/48 nhid 3
        ip -6 route add 2001:db8:3::/48 nhid 4" => [ROUTE];

    by_router_advertisement_like: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up
        ip -6 route add default via fe80::1 dev v0 proto ra metric 1024 expires 1800 pref medium
        ip -6 route add 2001:db8:1::/64 dev v0 proto ra metric 256 expires 3600 hoplimit 64 mtu 1480" => [ROUTE];

    seg6: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up
        ip -6 route add 2001:db8:1::/48 encap seg6 mode encap segs 2001:db8:9::1,2001:db8:9::2 dev v0
        ip -6 route add 2001:db8:2::/48 encap seg6 mode inline segs 2001:db8:9::1 dev v0" => [ROUTE];

    filters: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set lo up
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip addr add 2001:db8:0:1::1/64 dev v2 nodad
        for i in v0 v1 v2 v3; do ip link set $i up; done
        ip -6 route add default via 2001:db8::2 proto ra
        ip -6 route add 2001:db8:1::/48 via 2001:db8::2 proto static
        ip -6 route add 2001:db8:1:2::/64 via 2001:db8:0:1::2 proto static
        ip -6 route add 2001:db8:5::/48 nexthop via 2001:db8::2 nexthop via 2001:db8:0:1::2
        ip -6 route add blackhole 2001:db8:6::/48" => [&[
        "ip -6 route show default",
        "ip -6 -j route show default",
        "ip -6 route show dev v0",
        "ip -6 -j route show dev v2",
        "ip -6 -d route show dev v2",
        "ip -6 route show proto static",
        "ip -6 route show proto kernel",
        "ip -6 route show proto ra",
        "ip -6 route show via 2001:db8::2",
        "ip -6 route show root 2001:db8::/32",
        "ip -6 route show match 2001:db8:1:2::5",
        "ip -6 route show exact 2001:db8:1::/48",
        "ip -6 route show 2001:db8:1::/48",
        "ip route show 2001:db8:1::/48",
        "ip route show to root 2001:db8::/32",
        "ip route show via 2001:db8::2",
        "ip -6 route show type blackhole",
        "ip -6 route show type local",
        "ip -6 route show table local",
        "ip -6 route show table local dev lo",
        "ip -6 route show table main",
        "ip -6 route show table 99",
        "ip -6 route show table all dev v0",
        "ip -6 -o route show",
        "ip -6 route show scope link",
        "ip -6 route show metric 1024",
        "ip -6 route show cached",
        "ip -6 route show cache",
        "ip -6 route show from 2001:db8::/32",
        "ip -6 route list ::/0",
        "ip -6 route show dev nosuch",
        "ip -6 -s route show default",
        "ip -6 route show 10.0.0.0/8",
    ]];
}
