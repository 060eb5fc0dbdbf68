//! `vnet audit` against strace: the same calls, arguments and results, thread by thread, whatever is run.

use vnet_tests::calls::{self, TRACED};
use vnet_tests::{Judge, Sandbox, judges, lab, product, run};

/// The judges, of which most are what is run, too.
const JUDGES: [Judge; 5] = [
    Judge::Iproute2,
    Judge::Strace,
    Judge::UtilLinux,
    Judge::NetTools,
    Judge::Ping,
];

/// Two namespaces with a link between them and a bridge: always the same addresses, and none that come by
/// themselves or are learnt.
const TWO: &str = "
    echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
    ip netns add n1
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02 netns n1
    ip link add br0 address 02:00:00:00:00:03 type bridge
    ip link set v0 master br0
    ip link set v0 type bridge_slave learning off
    ip link set v0 up
    ip -n n1 link set v1 up
    ip addr add 10.1.0.1/24 dev br0
    ip link set br0 up";

/// Runs a command in a sandbox of its own, with words of a tracer's before it, and reads what that has written.
fn traced(
    state: &str,
    tracer: &[&str],
    words: &[&str],
    read: fn(&Sandbox) -> Vec<Vec<String>>,
) -> Option<Vec<Vec<String>>> {
    let sandbox = lab(&JUDGES)?;
    let _ = sandbox.sh(&format!("mkdir /run/traced\n{state}")).ok();
    let mut command = sandbox.command(tracer[0]);
    command.args(&tracer[1..]).args(words);
    // `ip` is iproute2's, `vnet` the product.
    command.env("PATH", format!("{}:{}", judges::PATH, product::name("")));
    run::run(&mut command, b"").unwrap_or_else(|error| panic!("{tracer:?} {words:?}: {error}"));
    let mut threads = read(&sandbox);
    // A thread is known by what it does: its number differs from run to run.
    threads.retain(|calls| !calls.is_empty());
    threads.sort();
    Some(threads)
}

/// What strace has written, a file a thread.
fn by_strace(sandbox: &Sandbox) -> Vec<Vec<String>> {
    let names = sandbox.sh("ls /run/traced").ok().text();
    let file = |name| sandbox.sh(&format!("cat /run/traced/{name}")).ok().text();
    names
        .lines()
        .map(|name| calls::of_strace(&file(name)))
        .collect()
}

/// What the audit has written.
fn by_audit(sandbox: &Sandbox) -> Vec<Vec<String>> {
    calls::of_audit(&sandbox.sh("cat /run/traced/report").ok().text())
}

/// The same command, traced by strace and audited: the same calls, so many of them.
#[track_caller]
fn same_words(state: &str, words: &[&str]) -> Option<usize> {
    let trace = format!("trace={TRACED}");
    let strace = ["strace", "-ff", "-yy", "-o", "/run/traced/t", "-e", &trace];
    let vnet = product::name("vnet");
    let audit = [&vnet, "audit", "--json", "-o", "/run/traced/report", "--"];
    let want = traced(state, &strace, words, by_strace)?;
    let got = traced(state, &audit, words, by_audit)?;
    assert!(!want.is_empty(), "{words:?}: strace has seen nothing");
    if want != got {
        panic!("{words:?}:\n{}", difference(&want, &got));
    }
    Some(want.iter().map(Vec::len).sum())
}

/// Where two lists of threads first differ.
fn difference(want: &[Vec<String>], got: &[Vec<String>]) -> String {
    let mut out = format!(
        "strace saw {} threads, the audit {}\n",
        want.len(),
        got.len()
    );
    for (want, got) in want.iter().zip(got) {
        let Some(at) = (0..want.len().max(got.len())).find(|&at| want.get(at) != got.get(at))
        else {
            continue;
        };
        let from = at.saturating_sub(1);
        for (who, calls) in [("strace", want), ("audit", got)] {
            for call in calls.iter().skip(from).take(4) {
                out.push_str(&format!("{who:>7}: {call}\n"));
            }
        }
    }
    out
}

/// The same for command lines whose words have no blanks.
#[track_caller]
fn same(state: &str, lines: &[&str]) {
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let _ = same_words(state, &words);
    }
}

/// The same for a script of the shell's.
#[track_caller]
fn same_script(state: &str, script: &str) {
    let _ = same_words(state, &["sh", "-c", script]);
}

/// The same for a program of these tests' own, which makes more than so many calls.
#[track_caller]
fn same_program(program: &str, least: usize) {
    let calls = same_words("", &[program]);
    assert!(
        calls.is_none_or(|calls| calls > least),
        "{calls:?}: it has not run"
    );
}

#[test]
fn ip() {
    same(
        TWO,
        &[
            "ip link",
            "ip -d -s addr show dev br0",
            "ip netns add n2",
            "ip netns del n1",
            "ip netns exec n1 ip -br link",
            "ip -n n1 route add 10.2.0.0/16 dev v1",
            "ip addr add 10.9.0.1/24 dev lo",
            "ip link add v2 type veth peer name v3",
            "ip link del nosuch0",
            "ip route show table all",
            "ip neigh add 10.1.0.9 lladdr 02:00:00:00:00:09 dev br0",
        ],
    );
    same_script(
        TWO,
        "printf 'link set lo up\\naddr add 10.8.0.1/8 dev lo\\nlink show\\n' | ip -batch -",
    );
}

#[test]
fn bridge() {
    same(
        TWO,
        &[
            "bridge link",
            "bridge fdb show br br0",
            "bridge vlan add vid 7 dev v0",
        ],
    );
}

#[test]
fn vnet() {
    same(
        TWO,
        &[
            "vnet link show",
            "vnet netns add n2",
            "vnet netns del n1",
            "vnet netns exec n1 true",
            "vnet link add v2 type veth peer name v3 netns n1",
            "vnet addr add 10.9.0.1/24 dev lo",
            "vnet demo",
        ],
    );
}

#[test]
fn namespaces_of_util_linux() {
    same(
        TWO,
        &[
            "unshare -n true",
            "unshare -m --propagation slave true",
            "unshare -U --map-root-user -n ip link set lo up",
            "unshare --fork --pid --mount-proc cat /proc/sys/kernel/hostname",
            "unshare -u -i -C -T true",
            "nsenter --net=/run/netns/n1 ip link",
            "nsenter --target 1 --mount --net --pid true",
        ],
    );
}

#[test]
fn mounts() {
    same(
        "mkdir /run/m /run/b",
        &[
            "mount -t tmpfs -o size=1M,mode=700 none /run/m",
            "mount --bind /run/m /run/b",
            "mount --make-rprivate /run",
            "mount -t nosuchfs none /run/m",
            "umount /run/m",
        ],
    );
    same_script(
        "mkdir /run/m",
        "mount -t tmpfs x /run/m && mount -o remount,ro /run/m; umount -l /run/m; chroot / true",
    );
}

#[test]
fn privileges() {
    same(
        "",
        &[
            "setpriv --no-new-privs --bounding-set -net_raw true",
            "setpriv --inh-caps -all --ambient-caps -all true",
            "setpriv --dump",
            "capsh --print",
        ],
    );
}

#[test]
fn shells() {
    same_script(
        TWO,
        "echo 1 > /proc/sys/net/ipv4/ip_forward
         (cat /proc/sys/net/ipv4/ip_forward | cat) & wait
         { echo 0; } >> /proc/sys/net/ipv4/conf/all/forwarding
         read v < /proc/sys/net/ipv4/ip_forward
         echo x > /proc/sys/net/ipv4/nosuch
         exec ip link set lo up",
    );
    same_script(
        "",
        "unshare -U sh -c 'echo $$ >/dev/null; cat /proc/self/uid_map; echo deny > /proc/self/setgroups; echo \"0 0 1\" > /proc/self/uid_map; true'",
    );
    same_script("", "kill -KILL $$");
    same_script("", "exit 7");
}

#[test]
fn busybox() {
    if judges::find("busybox").is_none() {
        return judges::left_out("needs busybox");
    }
    same(
        TWO,
        &[
            "busybox ip link",
            "busybox ip addr add 10.9.0.1/24 dev lo",
            "busybox unshare -n true",
            "busybox nsenter -n/run/netns/n1 true",
            "busybox ifconfig lo 127.0.0.2 netmask 255.0.0.0 up",
            "busybox brctl addbr br9",
            "busybox route add default gw 10.1.0.2",
        ],
    );
}

#[test]
fn nft() {
    if judges::find("nft").is_none() {
        return judges::left_out("needs nft (Debian package nftables)");
    }
    same(
        TWO,
        &[
            "nft list ruleset",
            "nft add table ip t",
            "nft list table ip nosuch",
        ],
    );
    same_script(
        "",
        "nft 'table ip t { chain c { type filter hook input priority 0; tcp dport 22 accept; }; }'; nft list ruleset",
    );
}

#[test]
fn others() {
    // Devices that are down: when one that is up gets its carrier is a matter of time.
    let down = "ip link add br0 address 02:00:00:00:00:03 type bridge";
    same(down, &["ifconfig -a"]);
    same(
        TWO,
        &[
            "ifconfig lo 10.9.0.1 netmask 255.255.0.0 mtu 1400",
            "route -n",
            "route add -net 10.7.0.0/16 dev br0",
            "arp -n",
            "ping -c 1 -W 1 10.1.0.1",
            "true",
        ],
    );
}

#[test]
fn threads() {
    same_program(&vnet_tests::program!("threads"), 50);
}

#[test]
fn netlink_sockets_by_any_descriptor() {
    same_program(&vnet_tests::program!("descriptors"), 20);
}
