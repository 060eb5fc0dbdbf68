//! What is asked of the kernel, compared with what ip asks: the only judge of
//! the kinds that a kernel lacks; and how little is asked.

use vnet_tests::wire::{self, NLM_F_CREATE, NLM_F_DUMP, RTM_GETLINK, RTM_NEWLINK, Request};
use vnet_tests::{Judge, Sandbox, lab, product};

const WORLD: &str = "
    ip netns add n1
    ip netns add n2
    ip link add v0 index 1000 type veth peer name v1 index 1001
    ip link add br0 index 1002 type bridge";

fn world() -> Option<Sandbox> {
    let sandbox = lab(&[Judge::Iproute2, Judge::Strace])?;
    let _ = sandbox.sh(WORLD).ok();
    Some(sandbox)
}

/// The request that makes a link. iproute2 also sends an empty RTM_NEWLINK to
/// ask whether the kernel checks strictly.
fn creation(requests: &[Request]) -> Vec<&Request> {
    let creates =
        |request: &&Request| request.kind == RTM_NEWLINK && request.flags & NLM_F_CREATE != 0;
    requests.iter().filter(creates).collect()
}

/// Both must ask the kernel for the same link.
#[track_caller]
fn same_creation(sandbox: &Sandbox, words: &str) {
    let judge = wire::requests(sandbox, words, false);
    let product = wire::requests(sandbox, words, true);
    assert_eq!(creation(&judge).len(), 1, "{words}: {judge:?}");
    assert_eq!(creation(&judge), creation(&product), "{words}");
}

#[test]
fn kinds_that_a_kernel_may_lack() {
    let Some(sandbox) = world() else { return };
    for words in [
        "ip link add d0 type dummy",
        "ip link add d0 mtu 1400 address 02:00:00:00:00:01 txqueuelen 5 type dummy",
        "ip link add type dummy",
        "ip link add link v0 name v0.5 type vlan id 5",
        "ip link add v0.6 link v0 type vlan id 6",
        "ip link add name v0.7 link v0 up type vlan id 7",
        "ip link add link v0 name v0.8 type vlan protocol 802.1ad id 8",
        "ip link add link v0 name v0.9 type vlan id 9 protocol 802.1q",
        "ip link add link v0 name v0.10 type vlan id 10 reorder_hdr off gvrp on",
        "ip link add link v0 name v0.11 type vlan id 11 mvrp on loose_binding on bridge_binding on",
        "ip link add link v0 name v0.12 type vlan id 0xc ingress-qos-map 1:2 3:4 egress-qos-map 5:6",
        "ip link add br1 type bridge vlan_filtering 1",
        "ip link add br1 type bridge vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 0",
    ] {
        same_creation(&sandbox, words);
        let _ = sandbox.sh("ip link del br1 2>/dev/null || true").ok();
    }
}

/// Every link of these is described whole in one request, as one datagram.
#[test]
fn one_request_a_link() {
    let Some(sandbox) = world() else { return };
    for words in [
        "ip link add x0 type veth peer name x1",
        "ip link add x0 mtu 1400 address 02:00:00:00:00:01 master br0 group 5 up type veth peer name x1 mtu 1300 netns n1",
        "ip link add x0 netns n1 type veth peer name x1 netns n2",
        "ip link add x0 address 02:00:00:00:00:07 up type bridge stp_state 1 ageing_time 500",
        "ip link add x0 link v0 up type macvlan mode bridge",
        "ip link add x0 type vxlan id 5 local 10.0.0.1 remote 10.0.0.2 dev v0 dstport 4789 nolearning",
        "ip link add x0 type ifb",
    ] {
        let requests = wire::requests(&sandbox, words, true);
        let changes: Vec<&Request> = requests
            .iter()
            .filter(|request| request.kind == RTM_NEWLINK && !request.attributes.is_empty())
            .collect();
        assert_eq!(changes.len(), 1, "{words}: {changes:?}");
        let _ = sandbox
            .sh("for n in n1 n2; do ip -n $n link del x0 || true; done; ip link del x0 || true")
            .ok();
    }
}

/// Names are resolved one by one, never by asking for every link.
#[test]
fn no_dump_to_resolve_a_name() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = world() else { return };
    for words in [
        "ip link set v0 up",
        "ip link set v0 master br0",
        "ip addr add 10.0.0.1/24 dev v0",
        "ip route add 10.5.0.0/16 dev v0",
        "ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev v0",
        "ip link show v0",
        "ip link add m0 link v0 type macvlan",
        "ip addr del 10.0.0.1/24 dev v0",
        "bridge link set dev v0 cost 5",
        "ip link del v0",
    ] {
        for line in [words.to_string(), words.replacen("ip ", "vnet ", 1)] {
            let requests = wire::requests(&sandbox, &line, true);
            let dump =
                |request: &&Request| request.kind == RTM_GETLINK && request.flags & NLM_F_DUMP != 0;
            assert_eq!(requests.iter().find(dump), None, "{line}");
            if words.contains(" del ") || words.contains(" add ") {
                break;
            }
        }
    }
}
