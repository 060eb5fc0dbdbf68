//! Events: a monitor of the judge's and one of the product's listen to the same network at the same time.

use vnet_tests::judges::find;
use vnet_tests::{Judge, lab};

/// What happens meanwhile, slowly enough that nothing told is out of date before it is read.
const STORY: &str = "
    $ip link set v0 up; sleep 0.05
    $ip link set v1 up; sleep 0.1
    $ip addr add 192.0.2.1/24 dev v0
    $ip addr add 2001:db8::1/64 dev v0 nodad
    $ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:09 dev v0
    $ip -6 neigh add 2001:db8::7 lladdr 02:00:00:00:00:0a dev v0
    $ip route add 198.51.100.0/24 via 192.0.2.2
    $ip route add 203.0.113.0/24 nexthop via 192.0.2.2 nexthop via 192.0.2.3 weight 3
    $ip route del 203.0.113.0/24; sleep 0.05
    $ip link add br0 type bridge; sleep 0.05
    $ip link set v1 master br0; sleep 0.1
    $bridge fdb add 02:aa:00:00:00:01 dev v1 master static
    $bridge fdb del 02:aa:00:00:00:01 dev v1 master
    $bridge link set dev v1 cost 9; sleep 0.05
    $ip netns set n1 9; sleep 0.1
    $ip link set v1 nomaster; sleep 0.1
    $ip link set v0 netns n1; sleep 0.1
    $ip link set v1 alias other; sleep 0.05
    $ip netns del n1; sleep 0.1
    $ip link del br0; sleep 0.1";

/// The lines that `monitor` printed: the judge's, and the product's.
fn listened(monitors: &[&str]) -> Option<Vec<[String; 2]>> {
    let sandbox = lab(&[Judge::Iproute2])?;
    let state = "
        ip link set lo up
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip netns add n1";
    let _ = sandbox.sh(state).ok();
    let path = |program: &str| find(program).map(|p| p.display().to_string());
    let mut script = format!("ip={}; bridge={}\n", path("ip")?, path("bridge")?);
    for (i, monitor) in monitors.iter().enumerate() {
        script += &format!("timeout 6 ${monitor} > /run/{i}.judge 2>&1 &\n");
        script += &format!("timeout 6 {monitor} > /run/{i}.product 2>&1 &\n");
    }
    script += "sleep 1.2\n";
    script += STORY;
    script += "\nwait\n";
    let told = sandbox.product_sh(&script);
    assert_eq!(told.errors(), "", "{told}");
    let read = |i: usize, whose: &str| sandbox.sh(&format!("cat /run/{i}.{whose}")).ok().text();
    let pairs = (0..monitors.len()).map(|i| [read(i, "judge"), read(i, "product")]);
    Some(pairs.collect())
}

#[track_caller]
fn same(monitors: &[&str]) {
    let Some(all) = listened(monitors) else {
        return;
    };
    for (monitor, [judge, product]) in monitors.iter().zip(all) {
        assert!(!judge.is_empty(), "{monitor}: nothing was heard");
        compare(monitor, &judge, &product);
    }
}

/// Line by line: the whole is too long to be looked at.
#[track_caller]
fn compare(monitor: &str, judge: &str, product: &str) {
    for (i, (judge, product)) in judge.lines().zip(product.lines()).enumerate() {
        assert_eq!(judge, product, "{monitor}: line {}", i + 1);
    }
    let (judge, product) = (judge.lines().count(), product.lines().count());
    assert_eq!(judge, product, "{monitor}: the number of lines");
}

#[test]
fn objects() {
    same(&[
        "ip monitor link",
        "ip monitor address",
        "ip monitor route",
        "ip monitor neigh",
        "ip monitor netconf",
        "ip monitor nsid",
        "ip monitor link address route neigh netconf nsid",
    ]);
}

#[test]
fn forms() {
    same(&[
        "ip monitor label link address route neigh",
        "ip -4 monitor address route neigh netconf link",
        "ip -6 monitor address route neigh netconf link",
        "ip -o monitor link address route",
        "ip -d monitor link address route",
        "ip -c=always monitor link address route neigh nsid",
        "ip mon li ad",
    ]);
}

#[test]
fn bridges() {
    same(&[
        "bridge monitor link",
        "bridge monitor fdb",
        "bridge -d monitor link",
        "bridge -o monitor link fdb",
    ]);
}

/// The product shows what is about the device and nothing else; the judge prints labels of what it leaves out.
#[test]
fn one_device() {
    let Some(all) = listened(&["ip monitor dev v0 link address route neigh netconf"]) else {
        return;
    };
    for [judge, product] in all {
        assert!(
            product.contains("198.51.100.0/24 via 192.0.2.2 \n"),
            "{product}"
        );
        compare("ip monitor dev v0", &judge, &product);
    }
}
