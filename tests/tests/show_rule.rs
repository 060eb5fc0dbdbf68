//! `ip rule show` over rules of every sort, against the judge.

use vnet_tests::differential;

const RULE: &[&str] = &[
    "ip rule",
    "ip rule show",
    "ip -d rule list",
    "ip -s rule",
    "ip -o rule",
    "ip -br rule",
    "ip -4 rule",
    "ip -6 rule",
    "ip -d -6 rule",
    "ip -N -d rule",
    "ip -c=always rule",
    "ip -c=always -6 rule",
    "ip -j rule",
    "ip -p -j rule",
    "ip -d -j rule",
    "ip -N -j rule",
    "ip -6 -j rule",
    "ip -d -6 -p -j rule",
    "ip -resolve rule",
];

/// Rules with everything in them; the ids of users need root of the machine.
const MANY: &str = "
    ip rule add from 1.2.3.0/24 to 10/8 tos 0x10 fwmark 7/0xff iif lo oif lo lookup 300 prio 7
    ip rule add not from 1.2.3.0/24 ipproto tcp sport 80 dport 100-200 prio 8 blackhole
    ip rule add prio 12 table 7 suppress_prefixlength 0 suppress_ifgroup 5 protocol static realms 3/4
    ip rule add prio 13 table 7 tun_id 9 suppress_prefixlength 16 suppress_ifgroup default ipproto 200 sport 5-6 fwmark 5
    ip rule add prio 14 realms 3/4 table default
    ip rule add prio 15 protocol kernel goto 32766
    ip rule add from 0/8 prio 16
    ip rule add from 127.0.0.1 to 127.0.0.1 prio 17 tos 4
    ip rule add prio 18 throw
    ip rule add prio 20 nat 0.0.0.0 from 4.3.2.1
    ip rule add prio 21 protocol 77 table 4 to 0/0
    ip rule add prio 22 from default table 4
    ip rule add prio 23 fwmark 0/0xf table 4
    ip rule add prio 24 l3mdev ipproto icmp
    ip rule add prio 25 goto 99999
    ip rule add prio 26 nop
    ip rule add prio 27 unreachable iif nosuch oif nosuch2
    ip rule add prio 28 prohibit
    ip rule add prio 29 blackhole table 5
    ip rule add prio 30 from 1.2.0.0/16 realms 7
    ip -6 rule add from 2001:db8::/32 to fe80::1 iif lo table 9 prio 3 suppress_prefixlength 0
    ip -6 rule add iif br9 oif br8 prio 4 unreachable
    ip -6 rule add from ::1 prio 5 fwmark 0x10 protocol bird table 1000";

differential! {
    none_added: "" => [RULE];

    all_gone: "ip rule flush\nip rule del prio 0" => [RULE];

    many: MANY => [RULE];

    selected: MANY => [&[
        "ip rule show 10/8", "ip rule show to 10/8", "ip rule show dst 10/8", "ip rule show from 1.2.3/24",
        "ip rule show from 1.2/16", "ip rule show from 1.2.3.4", "ip rule show from 1.2.0.0/24",
        "ip rule show f 1.2.3.0/24", "ip rule show from 0/0", "ip rule show from all", "ip rule show to any",
        "ip rule show from 0/8", "ip rule show tos 0x10", "ip rule show tos 0", "ip rule show dsfield 4",
        "ip rule show fwmark 7", "ip rule show fwmark 7/0xff", "ip rule show fwmark 5", "ip rule show fwmark 0",
        "ip rule show fwmark 4/4", "ip rule show fwmark 0/0xf", "ip rule show fwmark 7/1", "ip rule show fwmark 6/0xff", "ip rule show oif lo", "ip rule show dev lo", "ip rule show iif nosuch",
        "ip rule show ipproto tcp", "ip rule show ipproto 200", "ip rule show sport 80", "ip rule show sport 5-6",
        "ip rule show dport 100-200", "ip rule show dport 100", "ip rule show protocol static",
        "ip rule show protocol all", "ip rule show table 300", "ip rule show lookup main", "ip rule show l 7",
        "ip rule show table 0", "ip rule show pr 7", "ip rule show order 7", "ip rule show prio 0",
        "ip rule show pref 12", "ip rule show priority 99", "ip rule show not", "ip rule show l3mdev",
        "ip rule show tun_id 9", "ip rule show tun_id 0", "ip rule show not from 1.2.3.0/24 dport 100-200",
        "ip -6 rule show from 2001:db8::/32", "ip -6 rule show from 2001:db8:1::/48", "ip -6 rule show table 9",
        "ip -j rule show prio 12", "ip -j rule show prio 99", "ip -6 -j rule show iif lo", "ip ru l", "ip ru lst",
        "ip -6 ru s", "ip rule sh",
    ]];

    selected_wrong: "ip rule add prio 5 table 5" => [&[
        "ip rule show nonsense", "ip rule show help", "ip rule show from x", "ip rule show from ::1",
        "ip -6 rule show from 1.2.3.4", "ip rule show table nosuch", "ip rule show prio x", "ip rule show prio 5/7",
        "ip rule show fwmark x", "ip rule show fwmark 1/", "ip rule show tos x", "ip rule show uidrange 5",
        "ip rule show iif a/b", "ip rule show oif sixteen-letters-", "ip rule show sport x", "ip rule show dport x",
        "ip rule show ipproto nosuch", "ip rule show protocol nosuch", "ip rule show tun_id x", "ip rule show to",
        "ip rule nonsense", "ip -0 rule", "ip rule show goto 5",
    ]];

    in_a_namespace: "
        ip netns add n1
        ip -n n1 rule add from 10.0.0.1 lookup 42" => [&["ip -n n1 rule", "ip -n n1 -j rule show table 42"]];
}
