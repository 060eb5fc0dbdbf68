//! Changes of links that the kernel refuses half-way: unlike with iproute2, nothing of them stays.

use vnet_tests::{Judge, Sandbox, lab, product};

const WORLD: &str = "
    ip netns add n1
    ip link add br0 type bridge
    ip link add v0 address 02:00:00:00:00:01 mtu 1500 type veth peer name v1
    ip link add w0 group 7 type veth peer name w1 group 7
    ip link set v0 master br0
    ip link property add dev v0 altname there";

/// The links, without what changes by itself.
fn links(sandbox: &Sandbox) -> String {
    let links = sandbox.sh("ip -d link show; ip -n n1 -d link show").ok();
    let links = links.text();
    let words: Vec<&str> = links.split_whitespace().collect();
    // A timer's word is followed by its time.
    let timer = |i: usize| i > 0 && words.get(i - 1).is_some_and(|w| w.ends_with("_timer"));
    let kept = words.iter().enumerate().filter(|(i, _)| !timer(*i));
    kept.map(|(_, word)| format!("{word} ")).collect()
}

/// Each line is refused, with a complaint about this word (the link's, where the kernel does not say which of
/// several it is), and leaves the links as they were.
#[test]
fn nothing_of_a_refused_change_stays() {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    if product::is_judge() {
        return;
    }
    let _ = sandbox.sh(WORLD).ok();
    let before = links(&sandbox);
    for (command, culprit) in [
        ("set v0 mtu 1400 name v1", "v1"),
        (
            "set v0 mtu 1400 txqueuelen 77 group 5 alias text name br0",
            "br0",
        ),
        ("set v0 address 02:00:00:00:00:99 mtu 99999", "99999"),
        ("set v0 mtu 1400 alias text master v1", "v1"),
        (
            "set v0 up mtu 1400 promisc on address 01:00:00:00:00:00",
            "01:00:00:00:00:00",
        ),
        ("set v0 nomaster mtu 1400 carrier off", "off"),
        ("set v0 netns n1 mtu 99999", "99999"),
        ("set v0 mtu 1400 netns n1 name lo", "lo"),
        ("set v0 type bridge_slave cost 7 hairpin on state 9", "v0"),
        (
            "set br0 mtu 1400 type bridge ageing_time 500 group_fwd_mask 1",
            "br0",
        ),
        (
            "set br0 type bridge ageing_time 500 mcast_igmp_version 9",
            "br0",
        ),
        (
            "set group 7 mtu 1400 address 01:00:00:00:00:00",
            "01:00:00:00:00:00",
        ),
        ("property add dev v0 altname a1 altname v1 altname a2", "v1"),
        ("property del dev v0 altname there altname nosuch", "nosuch"),
        ("add n0 mtu 1400 up type veth peer name v1", "v1"),
        ("add n0 netns n1 type veth peer name lo netns n1", "lo"),
        ("add n0 type veth peer name n2 up", "up"),
        ("add n0 master nosuch type bridge", "nosuch"),
        ("del group 0", "0"),
    ] {
        let output = sandbox.product_sh(&format!("vnet link {command}"));
        assert_ne!(output.code(), 0, "{command}");
        let errors = output.errors();
        assert!(errors.starts_with("error: "), "{command}: {output}");
        let mut lines = errors.lines().skip(1);
        let (line, carets) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        let (start, end) = (carets.find('^'), carets.rfind('^'));
        let pointed = start
            .zip(end)
            .and_then(|(start, end)| line.get(start..=end));
        assert_eq!(pointed, Some(culprit), "{command}: {output}");
        assert_eq!(links(&sandbox), before, "{command}");
    }
}

#[test]
fn a_batch_knows_a_new_link_by_an_old_name() {
    let Some(sandbox) = lab(&[]) else { return };
    let output = sandbox.product_sh(
        "ip -b - <<-X
            link add v0 type veth peer name v1
            link set v0 up
            link del v0
            link add v0 type veth peer name v1
            link set v0 name v2
            link set v1 name v0
            link set v0 mtu 1400
            link set v2 mtu 1300
            link property add dev v2 altname v3
            link set v3 up
X",
    );
    let _ = output.ok();
    let links = sandbox.sh("ip -o link").ok().text();
    let line = |name: &str| links.lines().find(|l| l.contains(name)).unwrap_or("");
    assert!(line(" v0@").contains("mtu 1400"), "{links}");
    assert!(line(" v2@").contains("mtu 1300"), "{links}");
    assert!(line(" v2@").contains(",UP"), "{links}");
}
