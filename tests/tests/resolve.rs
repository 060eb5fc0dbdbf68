//! `-resolve`: addresses by the names of /etc/hosts, against the judge.

use vnet_tests::differential;

/// The judge must not ask a name server; the product never does.
const HOSTS: &str = "
    printf 'hosts: files\\n' > /run/nsswitch.conf
    printf '%s\\n' '# comment 10.0.0.9' '127.0.0.1 localhost' '10.0.0.1 one.example one # more' '10.0.0.2 Two' \
        '10.0.0.2 again' '10.0.0.255 all.example' '10.5.0.0 net.example' '239.1.1.1 group.example' \
        '2001:db8::1 six.example' '2001:db8::2 Sixtwo' 'nonsense word' > /run/hosts
    mount --bind /run/nsswitch.conf /etc/nsswitch.conf
    mount --bind /run/hosts /etc/hosts
    ip link set lo up
    ip link add v0 type veth peer name v1
    ip link set v0 up addrgenmode none
    ip link set v1 up addrgenmode none";

differential! {
    addresses: &format!("{HOSTS}
        ip addr add 10.0.0.1/24 brd + dev v0
        ip addr add 10.0.0.3 peer 10.0.0.2 dev v1
        ip addr add 2001:db8::1/64 dev v0 nodad") => [&[
        "ip -r addr",
        "ip -resolve addr show v0",
        "ip -r -o addr",
        "ip -r -br addr",
        "ip -r -c=always addr",
        "ip -r -j addr",
        "ip -r link",
    ]];

    routes_and_neighbours: &format!("{HOSTS}
        ip addr add 10.0.0.1/24 dev v0
        ip addr add 2001:db8::1/64 dev v0 nodad
        ip route add 10.5.0.0/16 via 10.0.0.2 dev v0 src 10.0.0.1
        ip route add 239.1.1.1 dev v0
        ip route add 10.6.0.0/16 nexthop via 10.0.0.2 dev v0 nexthop via 10.0.0.4 dev v0
        ip route add 10.7.0.0/16 via inet6 2001:db8::2 dev v0
        ip route add 2001:db9::/64 via 2001:db8::2
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:01 dev v0
        ip neigh add 2001:db8::2 lladdr 02:00:00:00:00:01 dev v0") => [&[
        "ip -r route",
        "ip -r -j route",
        "ip -r -c=always route",
        "ip -r -6 route",
        "ip -r route show table all",
        "ip -r route get 10.0.0.2",
        "ip -r route get 10.5.1.1 from 10.0.0.1",
        "ip -r route get 2001:db8::2",
        "ip -r neigh",
        "ip -r -br neigh",
        "ip -r -j neigh",
    ]];

    tunnels: &format!("{HOSTS}
        ip link add x0 type vxlan id 4 remote 10.0.0.2 local 10.0.0.1 dstport 4789
        ip link add x1 type vxlan id 5 group 239.1.1.1 dev v0 dstport 4789
        ip link add x2 type vxlan id 6 remote 2001:db8::2 local 2001:db8::1 dstport 4789") => [&[
        "ip -r -d link",
        "ip -r -d -j link",
    ]];
}
