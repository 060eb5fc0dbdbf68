//! `ip addr show` over addresses of every shape, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::ADDR;

differential! {
    fresh: "" => [ADDR];

    lo_up: "ip link set lo up" => [ADDR];

    veth_pair: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link set v1 up" => [ADDR];

    ipv4_shapes: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 brd + dev v0
        ip addr add 10.0.0.2/24 brd 10.0.0.255 dev v0 label v0:two
        ip addr add 10.0.1.1/32 dev v0
        ip addr add 10.0.2.1 peer 10.0.2.2 dev v0
        ip addr add 10.0.3.1/32 peer 10.0.3.0/24 dev v0
        ip addr add 10.0.4.1/31 dev v0 scope link
        ip addr add 10.0.5.1/24 dev v0 scope host
        ip addr add 10.0.6.1/24 dev v0 scope 42
        ip addr add 10.0.7.1/24 dev v0 metric 77
        ip addr add 10.0.8.1/24 dev v0 noprefixroute
        ip addr add 10.0.10.1/24 brd - dev v0 anycast 10.0.10.9
        ip addr add 0.0.0.0/0 dev v0
        ip link set v0 up
        ip link set v1 up" => [ADDR];

    ipv4_lifetimes: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0 valid_lft 1000 preferred_lft 500
        ip addr add 10.0.1.1/24 dev v0 preferred_lft 0
        ip addr add 10.0.2.1/24 dev v0 valid_lft 1000 preferred_lft 0
        ip addr add 10.0.3.1/24 dev v0 valid_lft 4294967294 preferred_lft 4294967294
        ip link set v0 up" => [ADDR];

    ipv4_secondary: "
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 10.0.0.2/24 dev v0
        ip addr add 10.0.0.3/24 dev v0 label v0:3
        ip addr add 10.0.0.4/25 dev v0" => [ADDR, &["ip addr show secondary", "ip addr show primary", "ip -j addr show secondary"]];

    ipv6_nodad: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip link set v0 up
        ip link set v1 up" => [ADDR];

    ipv6_tentative: "
        ip link add v0 type veth peer name v1
        ip link set v0 up
        ip addr add 2001:db8::1/64 dev v0
        ip addr add fe80::1/64 dev v0" => [
        ADDR, &["ip addr show tentative", "ip -6 -j addr show tentative", "ip addr show -tentative", "ip -6 addr show -tentative"],
    ];

    ipv6_dad_failed: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip link set v0 up
        ip link set v1 up
        ip addr add 2001:db8::1/64 dev v0 nodad
        sleep 0.3
        ip addr add 2001:db8::1/64 dev v1
        ip addr add 2001:db8::2/64 dev v1 optimistic
        sleep 2" => [
        ADDR, &["ip addr show dadfailed", "ip -6 -j addr show dadfailed", "ip -6 addr show -dadfailed"],
    ];

    ipv6_flags_and_lifetimes: "
        ip link add v0 type veth peer name v1
        ip addr add 2001:db8:1::1/64 dev v0 nodad mngtmpaddr
        ip addr add 2001:db8:2::1/64 dev v0 nodad home
        ip addr add 2001:db8:3::1/64 dev v0 nodad noprefixroute
        ip addr add 2001:db8:4::1/64 dev v0 nodad valid_lft 1000 preferred_lft 500
        ip addr add 2001:db8:5::1/64 dev v0 nodad valid_lft 1000 preferred_lft 0
        ip addr add 239.1.1.1/32 dev v0 autojoin
        ip addr add 2001:db8:7::1 peer 2001:db8:7::2/64 dev v0 nodad
        ip addr add 2001:db8:8::1/64 dev v0 nodad metric 512
        ip addr add 2001:db8:9::1/128 dev v0 nodad scope link
        ip addr add fec0::1/64 dev v0 nodad
        ip addr add ::ffff:10.0.0.1/128 dev v0 nodad
        ip addr add 2001:db8:b::/64 dev v0 nodad" => [
        ADDR, &["ip addr show mngtmpaddr", "ip addr show home", "ip -6 addr show noprefixroute", "ip -6 addr show deprecated",
          "ip -6 addr show -deprecated", "ip -6 addr show autojoin", "ip -6 addr show nodad"],
    ];

    ipv6_temporary: "
        ip link add v0 type veth peer name v1
        echo 2 > /proc/sys/net/ipv6/conf/v0/use_tempaddr
        ip link set v0 up
        ip link set v1 up
        ip addr add 2001:db8:1::1/64 dev v0 mngtmpaddr valid_lft 1000 preferred_lft 900" => [
        ADDR, &["ip -6 addr show temporary", "ip -6 addr show secondary", "ip -6 addr show dynamic", "ip -6 addr show permanent"],
    ];

    ipv6_addrgenmodes: "
        ip link add v0 type veth peer name v1
        ip link add v2 type veth peer name v3
        ip link set v0 addrgenmode stable_secret || true
        ip link set v2 addrgenmode random
        ip link set v3 addrgenmode none
        for i in v0 v1 v2 v3; do ip link set $i up; done" => [ADDR];

    across_namespaces: "
        ip netns add n1
        ip link add out type veth peer name in netns n1
        ip addr add 10.1.1.1/24 dev out
        ip -n n1 addr add 10.1.1.2/24 dev in
        ip link set out up
        ip -n n1 link set in up" => [
        ADDR,
        &["ip -n n1 addr", "ip -n n1 -d addr", "ip -n n1 -br addr", "ip -n n1 -j addr", "ip -n n1 -o addr", "ip -n n1 -c=always addr"],
    ];

    bridge_and_macvlan: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add m0 link v1 type macvlan mode bridge
        ip link set v0 master br0 up
        ip addr add 10.0.0.1/24 brd + dev br0
        ip addr add 10.0.1.1/24 dev m0
        ip link set br0 up
        ip link set v1 up
        ip link set m0 up" => [ADDR];

    moved_to_another_namespace: "
        ip netns add net1
        ip netns add net2
        ip link add veth1 type veth peer name veth2
        ip link set veth1 netns net1
        ip link set veth2 netns net2
        ip -n net1 link set veth1 up" => [&[
        "ip addr",
        "ip -n net1 addr",
        "ip -n net2 -d -j addr",
        "ip -n net1 -br addr",
        "ip -n net2 -o addr",
    ]];

    links_of_many_kinds: "
        ip link add br0 type bridge stp_state 1
        ip link add v0 type veth peer name v1
        ip link set v0 master br0
        ip link add m0 link v1 type macvlan mode vepa
        ip link add vx0 type vxlan id 42 dstport 4789 local 10.0.0.1 ttl 64
        ip link add i0 type ifb
        ip link set v1 alias outer
        ip link property add dev v1 altname other" => [ADDR];

    long_names: "
        ip link add fifteen-letters type veth peer name another-fifteen
        ip addr add 192.168.100.200/24 brd + dev fifteen-letters
        ip addr add 2001:db8:1111:2222:3333:4444:5555:6666/64 dev fifteen-letters nodad" => [ADDR];

    loopback_with_more: "
        ip link set lo up
        ip addr add 127.0.0.2/8 dev lo
        ip addr add 192.0.2.1/32 dev lo
        ip addr add 2001:db8::1/128 dev lo" => [ADDR];

    no_tables_at_all: "
        mount -t tmpfs tmpfs /etc/iproute2
        ip link add v0 type veth peer name v1
        ip link set lo up
        ip addr add 10.0.0.1/24 dev v0 scope 42" => [ADDR];

    own_table_names: "
        mount -t tmpfs tmpfs /etc/iproute2
        echo '42 nearby' > /etc/iproute2/rt_scopes
        echo '7 uplinks' > /etc/iproute2/group
        ip link add v0 group uplinks type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0 scope nearby
        ip addr add 10.0.1.1/24 dev v0 scope 43" => [ADDR, &["ip addr show scope nearby", "ip addr show group uplinks", "ip -N addr"]];

    filters: "
        ip link add br0 type bridge
        ip link add v0 type veth peer name v1
        ip link add v2 group 7 type veth peer name v3
        ip link set v0 master br0 up
        ip link set v1 up
        ip link set lo up
        ip addr add 10.0.0.1/24 brd + dev v0
        ip addr add 10.0.0.2/24 dev v0 label v0:two
        ip addr add 10.0.1.1/24 dev v0 scope link
        ip addr add 10.0.2.1/24 dev v2 valid_lft 1000 preferred_lft 0
        ip addr add 192.168.0.1/16 dev br0
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip addr add 2001:db8::2/64 dev v1 nodad valid_lft 900 preferred_lft 800" => [&[
        "ip addr show up",
        "ip -br addr show up",
        "ip -j addr show up",
        "ip addr show dev v0",
        "ip addr show v0",
        "ip -j addr show dev v0",
        "ip -o addr show dev v0",
        "ip -br addr show v0",
        "ip -4 -o addr show v0",
        "ip -6 -o addr show v0",
        "ip addr show dev v3",
        "ip -4 addr show dev v3",
        "ip -j -4 addr show dev v3",
        "ip -br -4 addr show dev v3",
        "ip -o addr show dev v3",
        "ip addr show nosuch",
        "ip -j addr show nosuch",
        "ip addr show scope link",
        "ip addr show scope global",
        "ip addr show scope host",
        "ip -j addr show scope host",
        "ip -o addr show scope global",
        "ip addr show to 10.0.0.0/24",
        "ip addr show to 10.0.0.1",
        "ip addr show to 10/8",
        "ip -j addr show to 192.168.0.0/16",
        "ip addr show to 2001:db8::/32",
        "ip -4 addr show to 2001:db8::/32",
        "ip addr show label v0:two",
        "ip addr show label v0*",
        "ip addr show label lo",
        "ip -j addr show label v0:two",
        "ip addr show dev v0 label v0:two",
        "ip addr show dynamic",
        "ip -j addr show dynamic",
        "ip addr show permanent",
        "ip -o addr show permanent",
        "ip addr show primary",
        "ip addr show secondary",
        "ip addr show -secondary",
        "ip -j addr show primary",
        "ip addr show deprecated",
        "ip addr show -deprecated",
        "ip addr show tentative",
        "ip addr show type veth",
        "ip addr show type bridge",
        "ip -j addr show type veth",
        "ip -br addr show type veth",
        "ip addr show master br0",
        "ip addr show nomaster",
        "ip addr show group 7",
        "ip addr show dev v0 up scope link",
        "ip -4 addr show dev v0 primary",
        "ip -6 addr show up",
        "ip -6 addr show scope global",
        "ip -6 -br addr show scope link",
        "ip -6 -j addr show dev v1",
        "ip addr list v0",
        "ip addr ls dev br0",
        "ip addr lst br0",
        "ip addr show scope nosuch",
        "ip addr show to nonsense",
        "ip addr show master nosuch",
        "ip addr show dev v0 v1",
        "ip -f inet addr show v0",
        "ip -f inet6 addr show v0",
        "ip -family inet -o addr",
        "ip -0 addr show v0",
        "ip -f link addr",
        "ip -f bridge addr show v0",
    ]];
}
