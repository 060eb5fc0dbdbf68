//! `help` everywhere, and what the programs say of themselves.

use vnet_tests::{Judge, lab, product};

/// Commands that ask for help, or get it for want of a verb.
const QUESTIONS: &[&str] = &[
    "ip",
    "ip help",
    "ip -help",
    "ip --help",
    "ip link help",
    "ip addr help",
    "ip address help",
    "ip route help",
    "ip neigh help",
    "ip netns help",
    "ip link add help",
    "ip link set help",
    "ip link show help",
    "ip addr add help",
    "ip route add help",
    "ip route get help",
    "ip neigh add help",
    "ip l h",
    "ip a he",
    "ip h",
    "bridge",
    "bridge help",
    "bridge -h",
    "bridge link help",
    "bridge fdb help",
    "bridge vlan help",
];

/// Help goes where ip's goes and ends as ip's ends, in words of vnet's own.
#[test]
fn it_ends_as_ip_ends() {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let mut found = Vec::new();
    for question in QUESTIONS {
        let words: Vec<&str> = question.split(' ').collect();
        let judge = sandbox.run_words(&words);
        for spelling in product::spellings(&words) {
            let spelling: Vec<&str> = spelling.iter().map(String::as_str).collect();
            let answer = sandbox.run_words(&spelling);
            let shape = |output: &vnet_tests::Output| {
                (
                    output.code(),
                    output.stdout.is_empty(),
                    output.stderr.is_empty(),
                )
            };
            if shape(&judge) != shape(&answer) {
                found.push(format!(
                    "{spelling:?}: code, no stdout, no stderr: {:?}, the judge {:?}",
                    shape(&answer),
                    shape(&judge)
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn it_names_every_verb_and_keyword_of_the_documents() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    for (question, words) in [
        (
            "vnet help",
            &[
                "link", "addr", "route", "neigh", "netns", "bridge", "demo", "ping", "ifconfig",
            ][..],
        ),
        (
            "vnet link help",
            &[
                "add", "set", "show", "del", "veth", "bridge", "macvlan", "vxlan", "ifb", "vlan",
                "dummy", "netns", "master",
            ],
        ),
        (
            "vnet addr help",
            &[
                "add",
                "del",
                "show",
                "flush",
                "replace",
                "broadcast",
                "peer",
                "scope",
                "label",
                "valid_lft",
                "nodad",
            ],
        ),
        (
            "vnet route help",
            &[
                "add", "del", "replace", "append", "change", "show", "get", "flush", "via",
                "nexthop", "onlink", "metric", "table",
            ],
        ),
        (
            "vnet neigh help",
            &["add", "del", "replace", "show", "flush", "lladdr", "nud"],
        ),
        (
            "vnet netns help",
            &[
                "add", "delete", "list", "exec", "identify", "pids", "attach", "set", "list-id",
                "monitor",
            ],
        ),
        ("vnet bridge help", &["link", "fdb", "vlan"]),
        ("vnet demo help", &["demo"]),
        (
            "vnet link add type vxlan help",
            &["id", "local", "remote", "dstport", "nolearning"],
        ),
        (
            "vnet link add type bridge help",
            &["stp_state", "vlan_filtering", "ageing_time"],
        ),
        (
            "vnet link add type macvlan help",
            &["mode", "private", "passthru"],
        ),
    ] {
        let output = sandbox.product_sh(&format!("{question} || true"));
        let text = format!("{}{}", output.text(), output.errors());
        for word in words {
            assert!(
                text.contains(word),
                "{question} does not tell of {word}: {text}"
            );
        }
    }
}

#[test]
fn versions() {
    let Some(sandbox) = lab(&[]) else { return };
    for name in ["vnet", "ip", "bridge"] {
        let output = product::run_as(&sandbox, &[name, "-V"]).ok();
        assert_eq!(output.text().lines().count(), 1, "{output}");
        assert!(
            product::is_judge() || output.text().contains(env!("CARGO_PKG_VERSION")),
            "{output}"
        );
    }
}
