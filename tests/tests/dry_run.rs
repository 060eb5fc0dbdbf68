//! `vnet --dry-run`: it shows what the command then does, judged by strace, and changes nothing, judged by iproute2.

use serde_json::Value;
use vnet_tests::{Judge, Sandbox, lab, product, wire};

/// A world with something of everything; no link is up but `lo`, so that nothing changes by itself.
const WORLD: &str = "
    ip netns add n1
    ip netns add n2
    ip link set lo up
    ip link add v0 index 10 type veth peer name v1 index 11
    ip link add br0 index 12 type bridge
    ip link set v1 master br0
    ip link property add dev v0 altname other0
    ip addr add 10.0.0.1/24 dev v0
    ip addr add 10.0.0.2/24 dev v0
    ip addr add 10.0.1.1/24 dev lo
    ip route add 10.9.0.0/16 dev lo
    ip route add 10.8.0.0/16 dev lo table 88
    ip route add 10.7.0.0/16 dev lo table 88
    ip rule add from 1.2.3.4 table 77
    ip neigh add 10.0.1.9 lladdr 02:00:00:00:00:09 dev br0
    ip neigh add 10.0.1.8 lladdr 02:00:00:00:00:08 dev br0
    bridge fdb add 02:00:00:00:00:07 dev v1 master static
    bridge vlan add dev v1 vid 5 2>/dev/null || true";

/// Everything that a command could change.
const STATE: &str = "
    for ns in '' '-n n1' '-n n2'; do
        ip $ns -j link; ip $ns -j addr; ip $ns -j -4 route show table all; ip $ns -j -6 route show table all
        ip $ns -j rule; ip $ns -j -6 rule; ip $ns neigh | sort; ip $ns -j neigh show proxy
    done
    ip -all netns list-id || true
    bridge -j link; bridge -j fdb; bridge -j vlan
    ls -lid /run /run/netns; ls -li /run/netns
    cat /proc/self/mountinfo; cat /proc/net/snmp | grep -c Ip";

fn world() -> Option<Sandbox> {
    let sandbox = lab(&[Judge::Iproute2, Judge::Strace])?;
    let _ = sandbox.sh(WORLD).ok();
    Some(sandbox)
}

/// What a dry run tells, in order.
struct Told {
    /// The datagrams, those that only ask too, as hex.
    datagrams: Vec<String>,
    /// The calls, as strace writes them, with the error that each would have.
    calls: Vec<String>,
}

impl Told {
    #[track_caller]
    fn of(stdout: &str) -> Self {
        let mut told = Self {
            datagrams: Vec::new(),
            calls: Vec::new(),
        };
        for line in stdout.lines() {
            let entry: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            let text = |key: &str| entry[key].as_str().unwrap_or_default().to_string();
            match text("would").as_str() {
                "call" => {
                    let args: Vec<&str> = entry["args"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                        .collect();
                    let end = match entry["errno"].as_str() {
                        Some(errno) => format!(" = {errno}"),
                        None => String::new(),
                    };
                    let call = format!("{}({}){end}", text("call"), args.join(", "));
                    told.calls.push(call);
                }
                "send" | "lookup" => {
                    let bytes = text("bytes");
                    assert_eq!(
                        entry["len"].as_u64(),
                        Some(bytes.len() as u64 / 2),
                        "{line}"
                    );
                    told.datagrams.push(bytes);
                }
                other => panic!("{other}: {line}"),
            }
        }
        told
    }
}

/// What strace sees of the command.
fn done(sandbox: &Sandbox, words: &str) -> Told {
    let calls = "mkdir,rmdir,openat,unlink,flock,mount,umount2,unshare,setns,execve,write";
    let script = format!(
        "strace -f -qq -s 4096 -o /run/trace -e signal=none \
         -e trace=sendmsg,sendto,{calls} -e write=all vnet {words} >&2 || true
         cat /run/trace; rm /run/trace"
    );
    let trace = sandbox.product_sh(&script).ok().text();
    let datagrams = wire::datagrams(&trace);
    let datagrams = datagrams.iter().filter(|bytes| !bytes.is_empty());
    Told {
        datagrams: datagrams.map(|bytes| hex(bytes)).collect(),
        // The first is how strace starts vnet.
        calls: trace.lines().filter_map(call).skip(1).collect(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A call of a trace, as it is compared; nothing for those that only look.
fn call(line: &str) -> Option<String> {
    let (_, call) = line.split_once(' ')?;
    let (call, result) = call.trim_start().rsplit_once(" = ")?;
    let interesting = match call.split_once('(')?.0 {
        "sendto" | "sendmsg" => false,
        "openat" => {
            let names = call.contains("\"/run/netns") && !call.contains("O_NONBLOCK");
            names && !call.contains("O_NONBLOCK") || call.contains("O_WRONLY")
        }
        "write" => !call.starts_with("write(1,") && !call.starts_with("write(2,"),
        _ => true,
    };
    if !interesting {
        return None;
    }
    let call = call.trim_end();
    // A pointer stands before the count of an environment.
    let call = match (call.find(", 0x"), call.find(" /* ")) {
        (Some(from), Some(to)) if from < to => format!("{}, {}", &call[..from], &call[to + 1..]),
        _ => call.to_string(),
    };
    let errno = result.strip_prefix("-1 ").and_then(|e| e.split(' ').next());
    Some(match errno {
        Some(errno) => format!("{call} = {errno}"),
        None => call,
    })
}

/// Whether a datagram only asks: the third of each four types.
fn asks(hex: &str) -> bool {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let kind = match cfg!(target_endian = "little") {
        true => byte(8),
        false => byte(10),
    };
    kind.is_some_and(|kind| kind % 4 == 2)
}

/// A dry run changes nothing, and shows what the command then does.
#[track_caller]
fn rehearse(words: &str) -> Option<()> {
    let sandbox = world()?;
    let before = sandbox.sh(STATE).ok().text();
    let dry = sandbox.product_sh(&format!("vnet --dry-run --json {words}"));
    assert_eq!(sandbox.sh(STATE).ok().text(), before, "{words}");
    let told = Told::of(&dry.ok().text());
    let done = done(&sandbox, words);
    assert_eq!(told.calls, done.calls, "{words}");
    // What the command asks afterwards, of a world that it has changed, can't be foretold.
    let (first, rest) = done
        .datagrams
        .split_at(told.datagrams.len().min(done.datagrams.len()));
    assert_eq!(told.datagrams, first, "{words}");
    assert!(
        rest.iter().all(|datagram| asks(datagram)),
        "{words}: {rest:?}"
    );
    let changes = told.datagrams.iter().any(|datagram| !asks(datagram));
    assert!(changes || !told.calls.is_empty(), "{words}");
    Some(())
}

macro_rules! rehearsals {
    ($($name:ident: [$($words:expr),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            for words in [$($words),*] {
                if rehearse(words).is_none() {
                    return;
                }
            }
        }
    )*};
}

rehearsals! {
    links_are_made: [
        "link add w0 type veth peer name w1",
        "link add w0 type veth peer name w1 netns n1",
        "link add w0 netns n1 type veth peer name w1 netns n2",
        "link add br1 type bridge stp_state 1 ageing_time 100",
        "link add link v0 name m0 type macvlan mode bridge",
        "link add x0 type vxlan id 42 remote 10.0.0.9 dev v0 dstport 4789",
        "link add name d0 mtu 1400 address 02:00:00:00:00:01 type dummy",
        "link add link v0 name v0.5 type vlan id 5",
        "link add i0 type ifb",
        "link replace br0 type bridge",
    ];
    links_are_changed: [
        "link set v0 up",
        "link set dev v0 down mtu 1400",
        "link set v0 name renamed0",
        "link set v0 netns n1",
        "link set v0 mtu 1300 netns n1 name eth0",
        "link set v0 master br0",
        "link set v1 nomaster",
        "link set v0 address 02:00:00:00:00:33 alias text",
        "link set v0 netns 1",
        "link set br0 type bridge forward_delay 400",
        "link property add dev v0 altname two0 altname three0",
        "link property del dev v0 altname other0",
        "link del v0",
        "link del br0",
        "link del group 7",
    ];
    addresses: [
        "addr add 10.0.0.3/24 dev v0",
        "addr add 10.0.0.3 peer 10.0.0.4 dev v0 label v0:1",
        "-6 addr add fd00::1/64 dev v0 nodad",
        "addr replace 10.0.0.1/24 dev v0 valid_lft 100 preferred_lft 50",
        "addr del 10.0.0.1/24 dev v0",
        "addr flush dev v0",
        "addr flush to 10.0.0.0/8",
    ];
    routes: [
        "route add 10.1.0.0/16 dev lo",
        "route add 10.2.0.0/16 via 10.0.1.2 dev lo onlink metric 7 mtu 1400",
        "route add 10.3.0.0/16 nexthop dev lo weight 2 nexthop dev lo",
        "route replace 10.9.0.0/16 dev lo src 10.0.1.1",
        "route add blackhole 10.4.0.0/16",
        "-6 route add fd01::/64 dev lo",
        "route del 10.9.0.0/16",
        "route flush table 88",
    ];
    rules: [
        "rule add from 10.0.0.0/8 table 100 priority 50",
        "-6 rule add to fd00::/8 lookup 100",
        "rule del from 1.2.3.4",
        "rule flush",
    ];
    neighbours: [
        "neigh add 10.0.1.7 lladdr 02:00:00:00:00:0a dev br0",
        "neigh replace 10.0.1.9 lladdr 02:00:00:00:00:0b dev br0 nud permanent",
        "neigh add proxy 10.0.1.77 dev br0",
        "neigh del 10.0.1.9 dev br0",
        "neigh flush dev br0 nud permanent",
    ];
    bridges: [
        "bridge fdb add 02:00:00:00:00:01 dev v1 master static",
        "bridge fdb replace 02:00:00:00:00:02 dev v1 master",
        "bridge fdb del 02:00:00:00:00:07 dev v1 master",
        "bridge fdb flush dev v1",
        "bridge vlan add dev v1 vid 7 pvid untagged",
        "bridge vlan add dev v1 vid 10-20",
        "bridge vlan del dev v1 vid 5",
        "bridge link set dev v1 cost 9 learning off",
        "bridge vlan set dev v1 vid 5 state learning",
    ];
    ifconfig: [
        "ifconfig v0 mtu 1400",
        "ifconfig v0 10.0.0.77 netmask 255.255.0.0",
        "ifconfig v0:1 10.0.0.78",
        "ifconfig v0 promisc -promisc",
        "ifconfig v0 add fd00::5/64",
        "ifconfig v0 hw ether 02:00:00:00:00:44",
    ];
    names: [
        "netns add n3",
        "netns del n1",
        "netns attach mine 1",
        "netns set n1 7",
        "netns set n2 auto",
        "-all netns del",
    ];
    within_a_namespace: [
        "-n n1 link set lo up",
        "-n n1 addr add 10.5.0.1/24 dev lo",
        "-n /run/netns/n2 link add w0 type veth peer name w1",
    ];
    commands_in_a_namespace: [
        "netns exec n1 true",
        "netns exec --net-only n1 /bin/true with 'two words'",
        "netns exec n2 sh -c 'exit 0'",
    ];
}

/// What a line makes is there for the lines behind it; with the indexes that the kernel then gives.
#[test]
fn a_batch_builds_on_itself() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Strace]) else {
        return;
    };
    let batch = "cat > /run/batch <<'END'
        netns add green
        link add w0 type veth peer name w1 netns green
        link set w0 up
        addr add 10.0.0.1/24 dev w0
        link add a0 type veth peer name b0
        link set a0 name c0
        addr add 10.0.1.1/24 dev c0
        neigh add 10.0.1.9 lladdr 02:00:00:00:00:01 dev b0
        link add br0 type bridge
        link set c0 master br0
        bridge fdb add 02:00:00:00:00:01 dev c0 master static
        link property add dev c0 altname other0
        link set c0 up
        route add 10.2.0.0/16 dev other0
        link set b0 netns green
        netns add blue
        netns set blue 5
        netns del blue
        link del br0
        link del c0
        netns del green
END
";
    let _ = sandbox.sh(batch).ok();
    let before = sandbox.sh(STATE_OF_NONE).ok().text();
    let dry = sandbox
        .product_sh("vnet --dry-run --json -b /run/batch")
        .ok();
    assert_eq!(sandbox.sh(STATE_OF_NONE).ok().text(), before);
    let told = Told::of(&dry.text());
    let done = done(&sandbox, "-force -b /run/batch");
    assert_eq!(told.datagrams, done.datagrams);
    assert_eq!(told.calls, done.calls);
    // A name that is gone, or never was, is none.
    for line in [
        "link add g0 type ifb\nlink del g0\nlink set g0 up",
        "link set g0 up",
    ] {
        let dry = sandbox.product_sh(&format!("printf '{line}\n' | vnet --dry-run -b -"));
        assert_eq!(dry.first_error(), "error: there is no device 'g0'", "{dry}");
        assert_eq!(dry.code(), 1);
    }
}

/// Of a sandbox in which nothing was made.
const STATE_OF_NONE: &str = "ip -j link; ip -j addr; ls -la /run; cat /proc/self/mountinfo";

#[test]
fn the_first_name_ever() {
    let Some(sandbox) = lab(&[Judge::Strace]) else {
        return;
    };
    let state = "cat /proc/self/mountinfo; ls -la /run";
    let before = sandbox.sh(state).ok().text();
    let dry = sandbox.product_sh("vnet --dry-run --json netns add blue");
    assert_eq!(sandbox.sh(state).ok().text(), before);
    let told = Told::of(&dry.ok().text());
    assert!(
        told.calls
            .iter()
            .any(|call| call == "unshare(CLONE_NEWNET)")
    );
    assert_eq!(told.calls, done(&sandbox, "netns add blue").calls);
}

/// What the command would fail with, it fails with.
#[test]
fn failures_are_the_commands_own() {
    let Some(sandbox) = world() else { return };
    for words in [
        "link set nosuch0 up",
        "addr add 10.0.0.1/24 dev nosuch0",
        "addr add 10.0.0.1/99 dev v0",
        "route add 10.0.0.0/8 dev nosuch0",
        "route add nonsense",
        "link add w0 type nosuchkind",
        "link set v0 netns nosuch",
        "link set v0 nosuchword",
        "netns add n1",
        "netns add a/b",
        "netns del nosuch",
        "netns exec nosuch true",
        "netns exec n1 nosuchprogram",
        "netns set nosuch 1",
        "neigh del 10.0.0.1 dev nosuch0",
        "bridge fdb add 02:00:00:00:00:01 dev nosuch0",
        "ifconfig nosuch0 up",
        "nosuchobject",
        "-n nosuch link set lo up",
    ] {
        let before = sandbox.sh(STATE).ok().text();
        let dry = sandbox.product_sh(&format!("vnet --dry-run {words}"));
        assert_eq!(sandbox.sh(STATE).ok().text(), before, "{words}");
        let real = sandbox.product_sh(&format!("vnet {words}"));
        if words.contains("nosuchkind") {
            // The kernel's own refusal is not foretold.
            assert_eq!((dry.code(), real.code() != 0), (0, true), "{words}");
            continue;
        }
        assert_ne!(real.code(), 0, "{words}");
        assert_eq!(dry.code(), real.code(), "{words}: {dry}");
        assert_eq!(dry.first_error(), real.first_error(), "{words}");
    }
}

/// What only looks is done as ever, and that is said.
#[test]
fn what_only_looks_is_done() {
    let Some(sandbox) = world() else { return };
    for words in [
        "link show",
        "-j addr show dev v0",
        "route show table all",
        "rule",
        "neigh show",
        "netns list",
        "bridge vlan show",
        "bridge fdb show",
        "ifconfig v0",
        "route get 10.0.1.1",
        "netns identify 1",
    ] {
        let dry = sandbox.product_sh(&format!("vnet --dry-run {words}"));
        let real = sandbox.product_sh(&format!("vnet {words}"));
        assert_eq!(dry.text(), real.text(), "{words}");
        assert_eq!(dry.code(), 0, "{words}: {dry}");
        assert!(
            dry.first_error().starts_with("dry run: it changes nothing"),
            "{words}: {dry}"
        );
    }
    // The lists of net-tools' route, which is a program of its own name.
    let dry = sandbox.product_sh("vnet --dry-run route -n").ok();
    assert_eq!(dry.text(), sandbox.product_sh("route -n").ok().text());
}

#[test]
fn what_has_no_dry_run_is_refused_by_name() {
    let Some(sandbox) = world() else { return };
    for words in [
        "ping 127.0.0.1",
        "demo",
        "gc",
        "churn",
        "monitor",
        "monitor link",
        "audit -v -- touch /run/touched",
        "netns monitor",
        "bridge monitor",
    ] {
        let before = sandbox.sh(STATE).ok().text();
        let dry = sandbox.product_sh(&format!("vnet --dry-run {words}"));
        assert_eq!(sandbox.sh(STATE).ok().text(), before, "{words}");
        let name = words.split(' ').find(|w| !["netns", "bridge"].contains(w));
        let wanted = format!("error: '{}' has no dry run: ", name.unwrap_or_default());
        assert!(dry.first_error().starts_with(&wanted), "{words}: {dry}");
        assert_eq!(dry.code(), 1, "{words}");
    }
}

/// The option is vnet's own, wherever options stand, and of no program that vnet stands in for.
#[test]
fn where_the_option_stands() {
    let Some(sandbox) = world() else { return };
    for line in [
        "vnet --dry-run bridge link set dev v1 cost 9",
        "vnet bridge --dry-run link set dev v1 cost 9",
        "vnet -4 --dry-run -n n1 link set lo up",
    ] {
        let text = sandbox.product_sh(line).ok().text();
        assert!(text.contains("\nwould send RTM_"), "{line}: {text}");
        assert!(text.contains("\n    bytes "), "{line}: {text}");
    }
    for line in [
        "ip --dry-run link",
        "bridge --dry-run link",
        "ifconfig --dry-run v0",
    ] {
        assert_ne!(sandbox.product_sh(line).code(), 0, "{line}");
    }
    let every = sandbox
        .product_sh("vnet --dry-run -d link set v0 up")
        .ok()
        .text();
    assert!(every.contains("ifi_index"), "{every}");
}

/// It runs under every user; what the kernel would refuse is not foretold.
#[test]
fn nothing_is_needed_for_it() {
    let Some(sandbox) = world() else { return };
    if !vnet_tests::sandbox::is_real_root() {
        return;
    }
    for words in ["link set v0 up", "netns add n9", "link add w0 type veth"] {
        let mut command = sandbox.command_as(65534, &product::name("vnet"));
        command.args(["--dry-run"]).args(words.split(' '));
        let dry = vnet_tests::run::run(&mut command, b"").unwrap();
        assert!(dry.status.success(), "{words}: {dry}");
        assert!(dry.text().contains("would "), "{words}: {dry}");
    }
}
