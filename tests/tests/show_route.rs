//! `ip route show` over IPv4 routes of every shape, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::ROUTE;

differential! {
    fresh: "" => [ROUTE];

    lo_up: "ip link set lo up" => [ROUTE];

    connected: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link set v1 up" => [ROUTE];

    linkdown: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 brd + dev v0
        ip link set v0 up
        ip route add default via 10.0.0.254
        ip route add 10.5.0.0/16 nexthop via 10.0.0.3 nexthop dev v0" => [ROUTE];

    ipv4_shapes: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.0.7/24 dev v0
        ip link set v0 up
        ip link set v1 up
        ip route add default via 10.0.0.254
        ip route add default via 10.0.0.253 metric 100
        ip route add 10.1.0.0/16 via 10.0.0.2 dev v0
        ip route add 10.2.0.0/16 dev v0
        ip route add 10.3.0.0/16 dev v0 src 10.0.0.7
        ip route add 10.4.0.0/16 via 10.0.0.2 proto static
        ip route add 10.5.0.0/16 via 10.0.0.2 proto bird metric 32
        ip route add 10.6.0.0/16 dev v0 scope host
        ip route add 10.7.0.0/16 dev v0 scope 42
        ip route add 10.8.0.0/16 via 192.168.9.9 dev v0 onlink
        ip route add 10.9.0.1 via 10.0.0.2 tos 0x10
        ip route add 10.9.0.0/16 via 10.0.0.2 proto 123
        ip route add 10.10.1.0/25 dev v0 scope link realm 7
        ip route add 10.11.0.0/16 dev v0 realms 3/4
        ip route add 10.12.0.0/16 via inet6 fe80::1 dev v0" => [ROUTE];

    ipv4_metrics: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link set v1 up
        ip route add 10.1.0.0/16 via 10.0.0.2 mtu 1400
        ip route add 10.2.0.0/16 via 10.0.0.2 mtu lock 1300 advmss 1260
        ip route add 10.3.0.0/16 via 10.0.0.2 window 65535 rtt 300ms rttvar 20ms ssthresh 10 cwnd 20
        ip route add 10.4.0.0/16 via 10.0.0.2 initcwnd 10 initrwnd 20 hoplimit 32 reordering 5
        ip route add 10.5.0.0/16 via 10.0.0.2 rto_min 50ms quickack 1 features ecn
        ip route add 10.6.0.0/16 via 10.0.0.2 congctl cubic
        ip route add 10.7.0.0/16 via 10.0.0.2 congctl lock reno fastopen_no_cookie 1
        ip route add 10.8.0.0/16 via 10.0.0.2 rtt lock 1s rttvar 2s rto_min 3s" => [ROUTE];

    ipv4_types: "
        ip link set lo up
        ip route add blackhole 10.1.0.0/16
        ip route add unreachable 10.2.0.0/16 metric 5
        ip route add prohibit 10.3.0.0/16 table 100
        ip route add throw 10.4.0.0/16 table 200
        ip route add local 10.5.0.1 dev lo
        ip route add broadcast 10.6.255.255 dev lo
        ip route add blackhole default metric 4294967295" => [
        ROUTE,
        &["ip route show type blackhole", "ip route show type unreachable", "ip route show table 100",
          "ip -j route show table 100", "ip route show type local table local", "ip route show table all type throw"],
    ];

    ipv4_multipath: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.1.1/24 dev v2
        for i in v0 v1 v2 v3; do ip link set $i up; done
        ip route add 10.5.0.0/16 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.1.2 weight 5
        ip route add 10.6.0.0/16 proto static mtu 1400 nexthop dev v0 nexthop via 10.0.1.2 dev v2 weight 256
        ip route add 10.7.0.0/16 metric 8 nexthop via 172.16.0.1 dev v0 onlink nexthop via inet6 fe80::1 dev v2 weight 3
        ip link set v3 down
        sleep 0.2" => [ROUTE];

    tables: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip route add default via 10.0.0.2 table 100
        ip route add 10.9.0.0/16 via 10.0.0.2 table 100
        ip route add 10.9.0.0/16 dev v0 table 70000
        ip route add 10.8.0.0/16 dev v0 table default
        ip route add 10.8.0.0/16 dev v0 table 254" => [
        ROUTE,
        &["ip route show table 100", "ip route show table 70000", "ip route show table default", "ip route show table main",
          "ip route show table local", "ip route show table 0", "ip route show table 99", "ip -j route show table 99", "ip route show table nosuch",
          "ip -d route show table 100", "ip -d -j route show table all", "ip route show table cache", "ip route show cache",
          "ip route show table 255", "ip route list table all dev v0", "ip route show table all proto kernel",
          "ip -o route show table 100", "ip route show table 100 default"],
    ];

    names_of_the_machine: "
        mount -t tmpfs tmpfs /etc/iproute2
        printf '255 local\\n254 main\\n100 mine # a table\\n70000 far\\n' > /etc/iproute2/rt_tables
        mkdir /etc/iproute2/rt_tables.d /etc/iproute2/rt_protos.d
        echo '101 second' > /etc/iproute2/rt_tables.d/a.conf
        echo '102 unread' > /etc/iproute2/rt_tables.d/a.txt
        printf '2 kernel\\n4 static\\n123 ours\\n' > /etc/iproute2/rt_protos
        echo '124 theirs' > /etc/iproute2/rt_protos.d/b.conf
        printf '0 global\\n42 nearby\\n253 link\\n' > /etc/iproute2/rt_scopes
        echo '7 seven' > /etc/iproute2/rt_realms
        echo '0x10 lowdelay' > /etc/iproute2/rt_dsfield
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip route add 10.1.0.0/16 dev v0 table mine proto ours
        ip route add 10.1.0.0/16 dev v0 table second proto theirs
        ip route add 10.1.0.0/16 dev v0 table 102 proto 16
        ip route add 10.1.0.0/16 dev v0 table far scope nearby
        ip route add 10.2.0.0/16 dev v0 realm seven tos lowdelay" => [
        ROUTE,
        &["ip route show table mine", "ip route show table second", "ip route show table unread", "ip -j route show table far",
          "ip route show proto ours table all", "ip -N route show table all", "ip -N -j -d route show table mine",
          "ip route show scope nearby table all"],
    ];

    no_tables_at_all: "
        mount -t tmpfs tmpfs /etc/iproute2
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip route add 10.1.0.0/16 dev v0 proto static table 100 scope link
        ip route add 10.2.0.0/16 dev v0 proto 186" => [ROUTE];

    nexthop_objects: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.1.1/24 dev v2
        for i in v0 v1 v2 v3; do ip link set $i up; done
        ip nexthop add id 1 via 10.0.0.2 dev v0
        ip nexthop add id 2 via 10.0.1.2 dev v2
        ip nexthop add id 10 group 1,3/2,5
        ip route add 10.5.0.0/16 nhid 1
        ip route add 10.6.0.0/16 nhid 10" => [ROUTE];

    encapsulated: "
        ip link add vx0 type vxlan external dstport 4789
        ip addr add 10.0.0.1/24 dev vx0
        ip link set vx0 up
        ip route add 10.1.0.0/16 encap ip id 100 dst 192.0.2.1 src 192.0.2.2 ttl 64 tos 16 dev vx0
        ip route add 10.2.0.0/16 encap ip6 id 200 dst 2001:db8::1 dev vx0" => [ROUTE];

    default_only_by_device: "
        ip link add v0 type veth peer name v1
        ip link set v0 up
        ip link set v1 up
        ip route add default dev v0 scope link
        ip route add default dev v1 metric 10" => [ROUTE];

    filters: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set lo up
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.1.1/24 dev v2
        for i in v0 v1 v2 v3; do ip link set $i up; done
        ip route add default via 10.0.0.254 proto dhcp src 10.0.0.1 metric 100
        ip route add 10.1.0.0/16 via 10.0.0.2 proto static
        ip route add 10.1.2.0/24 via 10.0.1.2 proto static
        ip route add 10.1.2.3 via 10.0.1.3 proto bird
        ip route add 10.5.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.1.2
        ip route add blackhole 10.6.0.0/16
        ip route add 10.7.0.0/16 dev v0 table 100" => [&[
        "ip route show default",
        "ip -j route show default",
        "ip -o route show default",
        "ip route show dev v0",
        "ip -j route show dev v0",
        "ip -o route show dev v2",
        "ip -d route show dev v0",
        "ip route show dev lo",
        "ip -j route show dev lo",
        "ip route show dev nosuch",
        "ip route show oif v0",
        "ip route show proto static",
        "ip route show proto kernel",
        "ip -d route show proto static",
        "ip route show proto 4",
        "ip route show proto nosuch",
        "ip route show via 10.0.0.2",
        "ip route show via 10.0.0.0/24",
        "ip route show src 10.0.0.1",
        "ip -j route show proto static dev v2",
        "ip route show scope link",
        "ip route show scope global",
        "ip route show scope host table local",
        "ip route show root 10.1.0.0/16",
        "ip route show root 10/8",
        "ip route show match 10.1.2.3",
        "ip -j route show match 10.1.2.3",
        "ip route show match 0.0.0.0",
        "ip route show exact 10.1.2.0/24",
        "ip route show exact 10.1.2.0/23",
        "ip route show table main exact 10.1.0.0/16",
        "ip route show to root 10.1.0.0/16",
        "ip route show to match 10.1.2.3",
        "ip route show to exact 10.1.0.0/16",
        "ip route show to 10.1.0.0/16",
        "ip route show 10.1.0.0/16",
        "ip route show 10.1.2.3",
        "ip -4 route list 0/0",
        "ip route list 10.0.0.0/24",
        "ip route show 192.168.0.0/16",
        "ip -j route show 192.168.0.0/16",
        "ip route show root 10.1.0.0/16 match 10.1.2.3",
        "ip route show type unicast",
        "ip route show type blackhole",
        "ip route show metric 100",
        "ip route show table all dev v0",
        "ip route show dev v0 proto kernel",
        "ip route show dev v0 scope link",
        "ip route show unicast",
        "ip route show default dev v0",
        "ip route show default via 10.0.0.254",
        "ip route list",
        "ip route ls",
        "ip route lst",
        "ip -4 route show dev v0",
        "ip -6 route show dev v0",
        "ip -f inet route show",
        "ip -f inet6 route show",
        "ip -family inet route show table all",
        "ip route show vrf nosuch",
        "ip route show to nonsense",
        "ip route show table main table local",
        "ip route show nhid 1",
        "ip route show protocol static",
        "ip -s route show default",
        "ip -details route show dev v0",
        "ip -br route show default",
        "ip -0 route show",
        "ip -f link route",
    ]];
}
