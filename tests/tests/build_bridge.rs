//! Ports, forwarding entries and VLANs set by the product, judged by `bridge`.

use vnet_tests::builds;

const BRIDGED: &str = "
    ip link add br0 address 02:00:00:00:00:bb type bridge
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add v2 address 02:00:00:00:00:03 type veth peer name v3 address 02:00:00:00:00:04
    ip link set v0 master br0 up
    ip link set v1 up
    ip link set v2 master br0 up
    ip link set br0 up";

builds! {
    link_set: BRIDGED => "
        bridge link set dev v0 cost 50
        bridge link set dev v0 learning off
        bridge link set dev v2 flood off priority 9
        bridge link set dev v0 hairpin on guard on fastleave on
        bridge link set dev v2 isolated on neigh_suppress on
        bridge link set dev nosuch cost 5";
    fdb: BRIDGED => "
        bridge fdb add 02:00:00:00:01:01 dev v0 master static
        bridge fdb add 02:00:00:00:01:02 dev v0 master
        bridge fdb add 02:00:00:00:01:03 dev v2 self
        bridge fdb replace 02:00:00:00:01:01 dev v2 master static
        bridge fdb del 02:00:00:00:01:02 dev v0 master
        bridge fdb add 02:00:00:00:01:05 dev v2 master dynamic
        bridge fdb add nonsense dev v0
        bridge fdb add 02:00:00:00:01:06 dev nosuch
        bridge fdb del 02:00:00:00:01:99 dev v0 master";
    fdb_of_a_vxlan: "ip link add vx0 type vxlan id 42 dstport 4789" => "
        bridge fdb add 02:42:c0:a8:00:10 dev vx0 self dst 192.0.2.1 vni 7 port 4790
        bridge fdb append 00:00:00:00:00:00 dev vx0 dst 192.0.2.2
        bridge fdb append 00:00:00:00:00:00 dev vx0 dst 192.0.2.3
        bridge fdb del 00:00:00:00:00:00 dev vx0 dst 192.0.2.2";
    vlan: BRIDGED => "
        bridge vlan add dev v0 vid 10
        bridge vlan add vid 20 dev v2 pvid untagged
        bridge vlan del dev v0 vid 1";
}
