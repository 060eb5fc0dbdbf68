//! Routes added, changed and removed by the product, judged by `ip -d -j`.

use vnet_tests::builds;

const LINKS: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add v2 address 02:00:00:00:00:03 type veth peer name v3 address 02:00:00:00:00:04
    ip link set lo up
    ip addr add 10.0.0.1/24 dev v0
    ip addr add 10.0.0.7/24 dev v0
    ip addr add 10.0.1.1/24 dev v2
    ip addr add 2001:db8::1/64 dev v0 nodad
    ip addr add 2001:db8::7/64 dev v0 nodad
    ip addr add 2001:db8:0:1::1/64 dev v2 nodad
    for i in v0 v1 v2 v3; do ip link set $i up; done
    sleep 0.1";
const ROUTED: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set lo up
    ip addr add 10.0.0.1/24 dev v0
    ip addr add 2001:db8::1/64 dev v0 nodad
    ip link set v0 up
    ip link set v1 up
    sleep 0.1
    ip route add default via 10.0.0.2
    ip route add 10.1.0.0/16 via 10.0.0.2 proto static
    ip route add 10.2.0.0/16 dev v0
    ip route add 10.2.0.0/16 dev v0 metric 50
    ip route add 10.3.0.0/16 via 10.0.0.3 table 100
    ip route add 10.4.0.0/16 via 10.0.0.3 table 100 proto bird
    ip route add 10.5.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.0.3
    ip route add blackhole 10.6.0.0/16
    ip -6 route add default via 2001:db8::2
    ip -6 route add 2001:db8:1::/48 via 2001:db8::2
    ip -6 route add 2001:db8:1::/48 via 2001:db8::2 metric 50
    ip -6 route add 2001:db8:3::/48 via 2001:db8::3 table 100";

builds! {
    defaults: LINKS => "
        ip route add default via 10.0.0.2
        ip route add default via 10.0.0.3 dev v0 metric 10
        ip route add default dev v2 metric 20
        ip -6 route add default via 2001:db8::2
        ip -6 route add default via fe80::9 dev v2 metric 5
        ip route add default via 10.0.0.2";
    shapes: LINKS => "
        ip route add 10.1.0.0/16 via 10.0.0.2
        ip route add 10.2.0.0/16 dev v0
        ip route add to 10.3.0.0/16 via 10.0.0.2 dev v0 src 10.0.0.7
        ip route add 10.4.0.1 via 10.0.0.2
        ip route add 10.5/16 via 10.0.0.2
        ip route add 10.6.0.0/16 via 10.0.0.2 metric 77
        ip route add 10.7.0.0/16 via 10.0.0.2 preference 78
        ip route add 10.8.0.0/16 dev v0 scope link
        ip route add 10.9.0.0/16 dev v0 scope host
        ip route add 10.10.0.0/16 dev v0 proto static
        ip route add 10.11.0.0/16 dev v0 protocol 99
        ip route add 10.12.0.0/16 via 172.16.0.1 dev v0 onlink
        ip route add 10.13.0.0/16 via 10.0.0.2 tos 0x10
        ip route add 10.14.0.0/16 via inet6 fe80::1 dev v0
        ip r a 10.15.0.0/16 v 10.0.0.2
        ip ro add 10.16.0.0/255.255.0.0 via 10.0.0.2
        ip route add unicast 10.17.0.0/16 via 10.0.0.2
        ip route add 10.18.0.0/16 dev v0 realms 3/4";
    tables: LINKS => "
        ip route add 10.1.0.0/16 via 10.0.0.2 table 100
        ip route add table 70000 10.1.0.0/16 via 10.0.0.2
        ip route add 10.2.0.0/16 dev v0 table default
        ip route add 10.3.0.0/16 dev v0 table main
        ip route add 10.4.0.1 dev v0 table local
        ip route add local 10.0.0.99 dev lo
        ip -6 route add 2001:db8:2::/48 dev v0 table default
        ip -6 route add default via 2001:db8::2 dev v0 metric 9 table 300";
    metrics: LINKS => "
        ip route add 10.1.0.0/16 via 10.0.0.2 mtu 1400
        ip route add 10.2.0.0/16 via 10.0.0.2 mtu lock 1300 advmss 1200
        ip route add 10.3.0.0/16 via 10.0.0.2 window 65535 initcwnd 10 initrwnd 12
        ip route add 10.4.0.0/16 via 10.0.0.2 rtt 300ms rttvar 20ms rto_min 40ms
        ip route add 10.5.0.0/16 via 10.0.0.2 quickack 1 hoplimit 40 congctl cubic features ecn
        ip route add 10.6.0.0/16 via 10.0.0.2 ssthresh 5 cwnd 6 reordering 7 fastopen_no_cookie 1
        ip route add 2001:db8:1::/48 via 2001:db8::2 mtu 1400 advmss 1200 hoplimit 9";
    multipath: LINKS => "
        ip route add 10.5.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.1.2
        ip route add 10.6.0.0/16 nexthop via 10.0.0.2 weight 3 nexthop dev v2 weight 200
        ip route add 10.7.0.0/16 proto static mtu 1400 nexthop via 172.16.0.1 dev v0 onlink nexthop via 10.0.1.2 dev v2
        ip route add 10.8.0.0/16 table 100 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.1.2 weight 2 nexthop via 10.0.1.3 weight 3
        ip -6 route add 2001:db8:5::/48 nexthop via 2001:db8::2 weight 2 nexthop via 2001:db8:0:1::2
        ip route add 10.9.0.0/16 nexthop via 10.0.0.2 weight 257
        ip route add 10.9.0.0/16 nexthop via 10.0.0.2 weight 0
        ip route add 10.9.0.0/16 nexthop nonsense";
    types: LINKS => "
        ip route add blackhole 10.1.0.0/16
        ip route add unreachable 10.2.0.0/16 metric 7
        ip route add prohibit 10.3.0.0/16
        ip route add throw 10.4.0.0/16 table 100
        ip route add table 10 unreachable default metric 4278198272
        ip -6 route add blackhole 2001:db8:1::/48
        ip -6 route add unreachable default metric 4278198272
        ip -6 route add prohibit 2001:db8:3::/48
        ip route add local 2001:db8:5::/64 dev lo
        ip route add broadcast 10.0.9.255 dev v0
        ip route add type blackhole 10.7.0.0/16";
    ipv6: LINKS => "
        ip route add 2001:db8:1::/48 via 2001:db8::2
        ip -6 route add 2001:db8:2::/48 dev v0
        ip -6 route add 2001:db8:3::1 via fe80::9 dev v0
        ip -6 route add 2001:db8:4::/48 via 2001:db8::2 src 2001:db8::7
        ip -6 route add 2001:db8:5::/48 via 2001:db8::2 metric 512 pref high
        ip -6 route add 2001:db8:6::/48 via 2001:db8::2 expires 600
        ip -6 route add 2001:db8:7::/48 from 2001:db8:9::/64 via 2001:db8::2
        ip -6 ro add 2001:db8:8::/48 via 2001:db8::2 proto static
        ip -6 route append 2001:db8:1::/48 via 2001:db8::3
        ip route add fec1::/16 via 2001:db8::2";
    del: ROUTED => "
        ip route del default
        ip route del 10.1.0.0/16 via 10.0.0.2
        ip route delete 10.2.0.0/16 dev v0 metric 50
        ip route del 10.3.0.0/16 table 100
        ip route del 10.5.0.0/16
        ip route del blackhole 10.6.0.0/16
        ip -6 route del default via 2001:db8::2
        ip -6 route del 2001:db8:1::/48 metric 50
        ip route del 2001:db8:3::/48 table 100
        ip route del 10.99.0.0/16
        ip route del 10.4.0.0/16";
    del_by_more: ROUTED => "
        ip route del 10.1.0.0/16 proto bird
        ip route del 10.1.0.0/16 via 10.0.0.99
        ip route del 10.1.0.0/16 proto static
        ip route del default via 10.0.0.2 dev v0
        ip -6 route del 2001:db8:1::/48 via 2001:db8::2 dev v0";
    replace_change_append_prepend: ROUTED => "
        ip route replace 10.1.0.0/16 via 10.0.0.9
        ip route replace 10.77.0.0/16 via 10.0.0.9
        ip route change 10.2.0.0/16 dev v0 mtu 1200
        ip route change 10.78.0.0/16 via 10.0.0.9
        ip route append 10.1.0.0/16 via 10.0.0.10
        ip route prepend 10.1.0.0/16 via 10.0.0.11
        ip route replace default via 10.0.0.9 dev v0
        ip -6 route replace 2001:db8:1::/48 via 2001:db8::9
        ip -6 route change default via 2001:db8::9
        ip r replace 10.5.0.0/16 nexthop via 10.0.0.8 weight 2 nexthop via 10.0.0.9
        ip route add 10.1.0.0/16 via 10.0.0.12
        ip ro rep 10.79.0.0/16 dev v0
        ip route chg 10.79.0.0/16 dev v0 mtu 1300";
    flush_by_device: ROUTED => "ip route flush dev v0";
    flush_by_table: ROUTED => "
        ip route flush table 100
        ip route flush table 99";
    flush_by_proto: ROUTED => "
        ip route flush proto static
        ip route flush table 100 proto bird";
    flush_by_prefix: ROUTED => "
        ip route flush 10.1.0.0/16
        ip route flush root 10.2.0.0/15
        ip route flush exact 10.6.0.0/16
        ip route flush default";
    flush_ipv6: ROUTED => "
        ip -6 route flush dev v0
        ip -6 route flush table 100";
    flush_ipv6_by_proto: ROUTED => "ip -6 route flush proto boot";
    flush_type_and_cache: ROUTED => "
        ip route flush type blackhole
        ip route flush cache
        ip -6 route flush cache
        ip route flush scope link";
    flush_without_arguments: ROUTED => "ip route flush";
    flush_everything: ROUTED => "
        ip -4 route flush table all
        ip -6 route flush table all";
    flush_main: ROUTED => "ip route flush table main";
    in_namespaces: "
        ip netns add n1
        ip link add v0 type veth peer name v1 netns n1
        ip addr add 10.1.1.1/24 dev v0
        ip -n n1 addr add 10.1.1.2/24 dev v1
        ip link set v0 up
        ip -n n1 link set v1 up" => "
        ip -n n1 route add default via 10.1.1.1
        ip netns exec n1 ip route add 10.9.0.0/16 via 10.1.1.1
        ip -n n1 -6 route add blackhole 2001:db8::/32";
    wrong: LINKS => "
        ip route add
        ip route add default
        ip route add 10.1.0.0/16 via
        ip route add 10.1.0.0/33 via 10.0.0.2
        ip route add 10.1.0.1/16 via 10.0.0.2
        ip route add a.b.c.d/24 via 10.0.0.2
        ip route add 10.1.0.0/16 via 192.168.77.1
        ip route add 10.1.0.0/16 via 2001:db8::2
        ip route add 10.1.0.0/16 dev nosuch
        ip route add 10.1.0.0/16 via 10.0.0.2 table nosuch
        ip route add 10.1.0.0/16 via 10.0.0.2 metric minus
        ip route add 10.1.0.0/16 via 10.0.0.2 nonsense
        ip route add 203.0.113.0/24
        ip route del
        ip route add 10.1.0.0/16 dev v0 src 10.99.0.1
        ip route add 10.1.0.0/16 dev v0 proto nosuch
        ip route replace
        ip route nonsense";
}
