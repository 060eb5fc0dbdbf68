//! Rules made and deleted by the product, judged by `ip -d -j rule`.

use vnet_tests::{builds, errors};

builds! {
    from_and_to: "" => "
        ip rule add from 10.0.0.1 lookup 42
        ip rule add from 10.1/16 table 43 prio 100
        ip rule add to 10.20.6.16/32 table default pref 32764
        ip rule add prio 101 from 4.8.8.40 to 10/8 table 1
        ip rule add from all to all table 7
        ip rule add from default table 8 order 9
        ip rule add not from 1.2.3.4 to 4.3.2.1/8 priority 200
        ip rule del from 10.0.0.1 lookup 42
        ip rule delete prio 101
        ip rule del prio 101";
    lookups: "" => "
        ip rule add pref 32767 lookup default
        ip rule add pref 1 lookup local
        ip rule add pref 2 table 255
        ip rule add pref 3 table 256
        ip rule add pref 4 t 4294967295
        ip rule del pref 0
        ip rule add prio 5
        ip rule add not";
    selectors: "ip link add v0 type veth peer name v1" => "
        ip rule add iif v0 table 20
        ip rule add dev v1 table 21
        ip rule add oif nosuch table 22
        ip rule add fwmark 0x10 table 23
        ip rule add fwmark 0x10/0xf0 table 24
        ip rule add tos 0x10 table 25
        ip rule add dsfield 4 table 26
        ip rule add ipproto udp table 27
        ip rule add ipproto 6 sport 80 dport 1000-2000 table 28
        ip rule add tun_id 77 table 29
        ip rule add realms 3/4 table 30
        ip rule add realms 5 table 31
        ip rule add protocol static table 32
        ip rule add proto 77 table 33
        ip rule add table 34 suppress_prefixlength 0
        ip rule add table 35 sup_pl 8 sup_group 5
        ip rule add table 36 suppress_ifgroup default
        ip rule add iif v0 iif v1 from 1.1.1.1 from 2.2.2.2 table 37
        ip rule del fwmark 0x10/0xf0
        ip rule del iif v0 table 20
        ip rule del ipproto udp
        ip rule del sport 80 dport 1000-2000 ipproto tcp
        ip rule del protocol static table 32";
    actions: "" => "
        ip rule add prio 10 blackhole
        ip rule add prio 11 unreachable
        ip rule add prio 12 prohibit from 10.0.0.0/8
        ip rule add prio 13 goto 32766
        ip rule add prio 14 goto 14000
        ip rule add prio 15 nop
        ip rule add prio 16 type throw
        ip rule add prio 17 type 7
        ip rule add prio 18 g 20
        ip rule add prio 19 bl
        ip rule add prio 20 type goto 30
        ip rule add prio 21 blackhole table 5
        ip rule add prio 22 nat 1.2.3.4 from 4.3.2.1
        ip rule add prio 23 l3mdev
        ip rule add prio 24 unicast table 3
        ip rule del blackhole
        ip rule del goto 14000
        ip rule del l3mdev";
    ipv6: "" => "
        ip -6 rule add pref 32765 from 2603:10e2:0:2902::8/128 table default
        ip -6 rule add pref 32767 lookup default
        ip -6 rule add iif lo from 2001:db8::/32 to fe80::/10 fwmark 3 unreachable
        ip -6 rule add l3mdev
        ip -6 rule delete pref 32767 lookup default
        ip -6 rule del nosuch
        ip rule add from 2001:db8::1 table 5
        ip -6 rule add from 10.0.0.1 table 5";
    users: "" => "
        ip rule add uidrange 0-0 table 5
        ip rule add uidrange 5 table 6
        ip rule add uidrange 7-5 table 7";
    flushed: "
        ip rule add prio 5 table 5 protocol static
        ip rule add prio 6 table 6 from 10.0.0.0/8 fwmark 7/0xff iif lo ipproto tcp sport 5
        ip rule add prio 7 goto 8
        ip rule add prio 8 not from 1.1.1.1 table 300 suppress_prefixlength 0
        ip -6 rule add prio 9 table 9" => "
        ip rule flush protocol static
        ip rule flush table 6
        ip rule flush prio 99
        ip rule flush nonsense";
    all_flushed: "
        ip rule add prio 5 table 5 protocol static
        ip rule add prio 6 table 6 from 10.0.0.0/8 fwmark 7/0xff iif lo ipproto tcp sport 5
        ip rule add prio 7 goto 8
        ip rule add prio 8 not from 1.1.1.1 table 300 suppress_prefixlength 0 realms 3/4
        ip -6 rule add prio 9 table 9" => "ip rule flush";
    all_flushed_of_ipv6: "ip -6 rule add prio 9 table 9" => "ip -6 rule flush";
    in_a_namespace: "ip netns add n1" => "
        ip -n n1 rule add from 10.0.0.1 lookup 42
        ip netns exec n1 ip rule add prio 7 blackhole";
    in_a_batch: "" => "
        printf 'rule add prio 5 table 5\\nrule add prio 6 table 6\\nrule del prio 5\\n' | ip -b -";
}

#[test]
fn refused() {
    errors::check(
        "ip netns add n1\nip rule add prio 50 table 5",
        &[
            ("ip rule add", "add"),
            ("ip rule del", "del"),
            ("ip rule add nonsense", "nonsense"),
            ("ip rule add from", "from"),
            ("ip rule add from nonsense", "nonsense"),
            ("ip rule add from 1.2.3.4/33", "1.2.3.4/33"),
            ("ip -6 rule add from 1.2.3.4", "1.2.3.4"),
            ("ip rule add from ::1", "::1"),
            ("ip rule add from 1.1.1.1 to ::1", "::1"),
            ("ip rule add table nosuch", "nosuch"),
            ("ip rule add prio x", "x"),
            ("ip rule add prio -1", "-1"),
            ("ip rule add fwmark x", "x"),
            ("ip rule add fwmark 1/x", "x"),
            ("ip rule add tos x", "x"),
            ("ip rule add tos 1", "1"),
            ("ip rule add realms x", "x"),
            ("ip rule add iif sixteen-letters-", "sixteen-letters-"),
            ("ip rule add oif a/b", "a/b"),
            ("ip rule add goto x", "x"),
            ("ip rule add goto 5 prio 7", "goto"),
            ("ip rule add goto 0 prio 7", "goto"),
            ("ip rule add suppress_prefixlength x", "x"),
            ("ip rule add suppress_ifgroup nosuch", "nosuch"),
            ("ip rule add uidrange 5", "5"),
            ("ip rule add uidrange x-y", "x-y"),
            ("ip rule add ipproto nosuch", "nosuch"),
            ("ip rule add sport x", "x"),
            ("ip rule add dport x", "x"),
            ("ip rule add sport 5-3", "5-3"),
            ("ip rule add protocol nosuch", "nosuch"),
            ("ip rule add protocol 300", "300"),
            ("ip rule add tun_id x", "x"),
            ("ip rule add type nosuch", "nosuch"),
            ("ip rule add type", "type"),
            ("ip rule add l3mdev table 5", "l3mdev"),
            ("ip rule add prio 50 table 5", "50"),
            ("ip rule del prio 51", "51"),
            ("ip rule del from all table 77", "77"),
            ("ip rule replace prio 5", "replace"),
            ("ip rule flush nonsense", "nonsense"),
        ],
    );
}
