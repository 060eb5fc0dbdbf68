//! `ip neigh show` over neighbours in every state, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::NEIGH;

differential! {
    none: "" => [NEIGH];

    states: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip link set v0 up
        ip link set v1 up
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:01:02 dev v0
        ip neigh add 10.0.0.3 lladdr 02:00:00:00:01:03 dev v0 nud noarp
        ip neigh add 10.0.0.4 lladdr 02:00:00:00:01:04 dev v0 nud reachable
        ip neigh add 10.0.0.5 lladdr 02:00:00:00:01:05 dev v0 nud stale
        ip neigh add 10.0.0.6 dev v0 nud failed
        ip neigh add 10.0.0.8 dev v0 nud none
        ip neigh add 10.0.0.9 lladdr 02:00:00:00:01:09 dev v0 extern_learn
        ip neigh add 10.0.0.10 lladdr 02:00:00:00:01:0a dev v0 protocol static
        ip neigh add 10.0.0.11 lladdr 02:00:00:00:01:0b dev v0 use
        ip neigh add 10.0.0.12 lladdr 02:00:00:00:01:0c dev v0 managed || true
        ip neigh add 2001:db8::2 lladdr 02:00:00:00:02:02 dev v0 router
        ip neigh add 2001:db8::3 lladdr 02:00:00:00:02:03 dev v0 router nud stale
        ip neigh add fe80::9 lladdr 02:00:00:00:02:09 dev v1
        ip neigh add 10.1.0.2 lladdr 02:00:00:00:01:02 dev v1 nud permanent" => [NEIGH];

    learned: "
        ip netns add n1
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02 netns n1
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip -n n1 addr add 10.0.0.2/24 dev v1
        ip -n n1 addr add 2001:db8::2/64 dev v1 nodad
        ip link set v0 up
        ip -n n1 link set v1 up
        until ping -q -c 1 -W 1 10.0.0.2 && ping -q -c 1 -W 1 2001:db8::2; do :; done > /dev/null 2>&1
        ping -q -c 1 -W 0.1 10.0.0.99 > /dev/null || true" => [
        NEIGH, &["ip -n n1 neigh", "ip -n n1 -s neigh", "ip -n n1 -j neigh", "ip -n n1 -4 neigh show dev v1"],
    ];

    proxies: "
        ip link add v0 type veth peer name v1
        ip link set v0 up
        ip neigh add proxy 10.44.0.9 dev v0
        ip neigh add proxy 10.44.0.10 dev v1
        ip neigh add proxy 2001:db8::9 dev v0
        ip neigh add proxy 2001:db8::10 dev v0 router" => [
        NEIGH,
        &["ip -4 neigh show proxy", "ip -6 neigh show proxy", "ip neigh show proxy dev v0", "ip -d neigh show proxy",
          "ip -o neigh show proxy", "ip -6 -j neigh show proxy dev v0", "ip neigh show proxy 10.44.0.9"],
    ];

    on_a_vxlan: "
        ip link add vx0 type vxlan id 42 dstport 4789
        ip link set vx0 up
        bridge fdb add 02:00:00:00:00:09 dev vx0 dst 192.0.2.9
        bridge fdb append 00:00:00:00:00:00 dev vx0 dst 192.0.2.10
        ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev vx0" => [NEIGH, &["ip -f bridge neigh", "ip -B neigh", "ip -B -j neigh"]];

    // With `nud all` ip prints a byte that lies behind an address of no bytes.
    without_link_addresses: "
        ip tuntap add tun0 mode tun
        ip link set tun0 up
        ip link set lo up
        ip neigh add 10.0.0.2 dev lo lladdr 00:00:00:00:00:00 nud permanent
        ip addr add 10.7.0.1/24 dev tun0
        ping -q -c 1 -W 0.1 10.7.0.2 > /dev/null || true" => [&[
        "ip neigh", "ip -4 neigh", "ip -s neigh", "ip -j neigh", "ip neigh show dev tun0",
    ]];

    no_tables_at_all: "
        mount -t tmpfs tmpfs /etc/iproute2
        ip link add v0 type veth peer name v1
        ip neigh add 10.0.0.10 lladdr 02:00:00:00:01:0a dev v0 protocol static
        ip neigh add 10.0.0.11 lladdr 02:00:00:00:01:0a dev v0 protocol 200" => [NEIGH];

    filters: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link set v0 master br0
        ip link set v0 up
        ip link set v1 up
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:01:02 dev v0
        ip neigh add 10.0.0.3 lladdr 02:00:00:00:01:03 dev v0 nud noarp
        ip neigh add 10.0.1.4 lladdr 02:00:00:00:01:04 dev v0 nud reachable
        ip neigh add 10.0.1.5 lladdr 02:00:00:00:01:05 dev v1 nud stale
        ip neigh add 10.0.1.9 lladdr 02:00:00:00:01:09 dev v1 protocol static
        ip neigh add 2001:db8::2 lladdr 02:00:00:00:02:02 dev v1" => [&[
        "ip neigh show dev v0",
        "ip neigh show v0",
        "ip -j neigh show dev v0",
        "ip -s neigh show dev v0",
        "ip -o neigh show dev v1",
        "ip -br neigh show dev v1",
        "ip -6 neigh show dev v1",
        "ip neigh show dev nosuch",
        "ip neigh show dev lo",
        "ip -j neigh show dev lo",
        "ip neigh show 10.0.0.2",
        "ip -j neigh show 10.0.0.2",
        "ip neigh show to 10.0.0.0/24",
        "ip neigh show 10.0.0.0/16",
        "ip neigh show 2001:db8::/32",
        "ip neigh show to 10.0.0.2 dev v0",
        "ip neigh show nud permanent",
        "ip neigh show nud reachable",
        "ip neigh show nud stale",
        "ip -j neigh show nud stale",
        "ip neigh show nud noarp",
        "ip neigh show nud permanent nud stale",
        "ip neigh show nud 0x80",
        "ip neigh show nud nosuch",
        "ip neigh show unused",
        "ip neigh show master br0",
        "ip neigh show nomaster",
        "ip neigh show vrf nosuch",
        "ip neigh show protocol static",
        "ip -4 neigh show nud all dev v1",
        "ip neigh list dev v0",
        "ip neigh ls",
        "ip neigh lst",
        "ip neighbour show dev v1",
        "ip neighbor list",
        "ip neigh get 10.0.0.2 dev v0",
        "ip neigh get 10.0.0.99 dev v0",
        "ip neigh get 10.0.0.2",
        "ip neigh get 2001:db8::2 dev v1",
        "ip neigh show to nonsense",
        "ip -f inet neigh show",
        "ip -f bridge neigh show",
        "ip -0 neigh",
    ]];
}
