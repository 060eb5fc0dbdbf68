//! Neighbours added, changed and removed by the product, judged by `ip -d -j`.

use vnet_tests::builds;

const LINKS: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set v0 up
    ip link set v1 up";
const KNOWN: &str = "
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set v0 up
    ip link set v1 up
    ip neigh add 10.0.0.2 lladdr 02:00:00:00:01:02 dev v0
    ip neigh add 10.0.0.3 lladdr 02:00:00:00:01:03 dev v0 nud noarp
    ip neigh add 10.0.0.5 lladdr 02:00:00:00:01:05 dev v1 nud stale
    ip neigh add 2001:db8::2 lladdr 02:00:00:00:02:02 dev v1 nud stale
    ip neigh add 2001:db8::3 lladdr 02:00:00:00:02:03 dev v0
    ip neigh add proxy 10.44.0.9 dev v0";
builds! {
    add: LINKS => "
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:01:02 dev v0
        ip neigh add 10.0.0.3 dev v0 lladdr 02:00:00:00:01:03 nud permanent
        ip neigh add 10.0.0.4 lladdr 02:00:00:00:01:04 nud noarp dev v0
        ip neigh add 10.0.0.5 lladdr 02:00:00:00:01:05 dev v0 nud stale
        ip neigh add 10.0.0.6 dev v0 nud failed
        ip neigh add 2001:db8::2 lladdr 02:00:00:00:02:02 dev v0
        ip neigh add 2001:db8::3 lladdr 02:00:00:00:02:03 dev v0 router
        ip neigh add to 10.0.0.7 lladdr 02:00:00:00:01:07 dev v0 extern_learn
        ip neigh add 10.0.0.8 lladdr 02:00:00:00:01:08 dev v0 protocol static
        ip neigh add proxy 10.44.0.9 dev v0
        ip neigh add proxy 2001:db8::9 dev v0
        ip neighbor add 192.168.0.1 lladdr 02:42:c0:a8:00:01 dev v1 nud permanent
        ip n add 192.168.0.2 lladdr 02:42:c0:a8:00:02 dev v1
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:01:99 dev v0";
    replace_and_change: KNOWN => "
        ip neigh replace 10.0.0.2 lladdr 02:00:00:00:01:99 dev v0
        ip neigh replace 10.0.0.77 lladdr 02:00:00:00:01:77 dev v0
        ip neigh change 10.0.0.3 lladdr 02:00:00:00:01:98 dev v0 nud permanent
        ip neigh change 10.0.0.78 lladdr 02:00:00:00:01:78 dev v0
        ip neigh chg 2001:db8::3 lladdr 02:00:00:00:02:99 dev v0";
    delete: KNOWN => "
        ip neigh del 10.0.0.2 dev v0
        ip neigh delete 2001:db8::3 dev v0
        ip -6 neigh del 2001:db8::2 dev v1 lladdr 02:00:00:00:02:02
        ip neigh del proxy 10.44.0.9 dev v0
        ip neigh del 10.0.0.99 dev v0";
    flush_a_device: KNOWN => "ip neigh flush dev v1";
    flush_a_device_that_has_permanent_ones: KNOWN => "ip neigh flush dev v0";
    flush_permanent: KNOWN => "ip neigh flush dev v0 nud permanent";
    flush_all: KNOWN => "ip neigh flush all";
    flush_a_prefix: KNOWN => "
        ip neigh flush 10.0.0.5
        ip neigh flush to 2001:db8::/32";
    flush_proxies: KNOWN => "ip neigh flush proxy";
    flush_without_arguments: KNOWN => "ip neigh flush";
    wrong: LINKS => "
        ip neigh add
        ip neigh add 10.0.0.2
        ip neigh add 10.0.0.2 dev nosuch lladdr 02:00:00:00:01:02
        ip neigh add 10.0.0.2 lladdr 02:00:00:00:01 dev v0
        ip neigh add 10.0.0.2 lladdr nonsense dev v0
        ip neigh add 10.0.0.300 lladdr 02:00:00:00:01:02 dev v0
        ip neigh add 10.0.0.2 dev v0 nud nosuch
        ip neigh del 10.0.0.2
        ip neigh nonsense";
}
