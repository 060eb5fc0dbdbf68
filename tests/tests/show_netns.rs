//! `ip netns list` and its relatives, against the judge.

use vnet_tests::differential;
use vnet_tests::forms::NETNS;

differential! {
    none: "" => [NETNS];

    one: "ip netns add netns1" => [NETNS];

    two: "
        ip netns add net1
        ip netns add net2" => [NETNS];

    with_ids: "
        ip netns add n1
        ip netns add n2
        ip netns add n3
        ip netns set n1 7
        ip netns set n3 auto
        ip link add v0 type veth peer name v1 netns n2" => [
        NETNS,
        &["ip -n n1 netns", "ip -n n2 netns list", "ip -n n2 netns list-id", "ip -n n1 -j netns list-id",
          "ip netns list-id target-nsid 7", "ip netns list-id nsid 7", "ip -j netns list-id nsid 7", "ip netns list-id nsid 99"],
    ];

    with_nameless_ids: "
        ip netns add n1
        ip netns add n2
        ip netns set n1 3
        ip netns set n2 4
        ip netns exec n1 sleep 60 < /dev/null > /dev/null 2>&1 &
        until ip netns pids n1 | grep -q .; do sleep 0.01; done
        ip netns delete n1" => [NETNS];

    processes: "
        ip netns add n1
        ip netns add n2
        ip netns add n3
        ip netns exec n1 sleep 60 < /dev/null > /dev/null 2>&1 &
        ip netns exec n1 sleep 61 < /dev/null > /dev/null 2>&1 &
        ip netns exec n2 sleep 62 < /dev/null > /dev/null 2>&1 &
        until [ $(ip netns pids n1 | wc -l) -eq 2 ] && [ $(ip netns pids n2 | wc -l) -eq 1 ]; do sleep 0.01; done" => [&[
        "ip netns pids n1",
        "ip netns pids n2",
        "ip netns pids n3",
        "ip netns pids nosuch",
        "ip netns identify 1",
        "ip netns identify 99999",
        "ip netns identify nonsense",
        "ip netns identify",
        "ip netns exec n1 ip netns identify",
        "ip netns exec n1 ip netns pids n2",
        "ip netns exec n2 ip netns list",
    ]];

    a_namespace_of_two_names: "
        ip netns add n1
        ip netns exec n1 sleep 60 < /dev/null > /dev/null 2>&1 &
        until ip netns pids n1 | grep -q .; do sleep 0.01; done
        ip netns attach n2 $!" => [
        NETNS, &["ip netns pids n1", "ip netns pids n2", "ip netns exec n1 ip netns identify"],
    ];

    files_that_are_no_namespaces: "
        ip netns add n1
        touch /run/netns/stale
        mkdir /run/netns/directory
        ln -s n1 /run/netns/link" => [
        NETNS,
        &["ip netns pids stale", "ip netns exec stale true", "ip -n stale link", "ip -n link link",
          "ip netns pids directory", "ip netns exec directory true", "ip -n directory netns",
          "ip netns set stale 1", "ip netns set directory 1"],
    ];

    odd_names: "
        ip netns add 'with-dash'
        ip netns add 'UPPER_lower.1'
        ip netns add 42" => [NETNS, &["ip -n 42 link", "ip netns exec 42 ip link", "ip netns pids 42"]];

    words: "ip netns add n1" => [&[
        "ip netns lst",
        "ip netns l",
        "ip netns s",
        "ip netns list-i",
        "ip netns exec",
        "ip netns exec n1",
        "ip netns exec nosuch true",
        "ip netns exec n1 false",
        "ip netns exec n1 nosuchprogram",
        "ip netns exec n1 echo words kept",
        "ip -all netns exec echo here",
        "ip -a netns exec ip link",
        "ip netns add",
        "ip netns add n1",
        "ip netns delete",
        "ip netns delete nosuch",
        "ip netns set n1",
        "ip netns set n1 nonsense",
        "ip netns set nosuch 1",
        "ip netns attach",
        "ip netns attach n9",
        "ip netns attach n9 999999",
        "ip netns nonsense",
        "ip -n nosuch link",
        "ip -n nosuch netns",
        "ip -n n1 link show nosuch",
        "ip -net n1 link",
        "ip -netns n1 link",
    ]];
}
