//! What the product's own commands ask of the kernel, held against `policies/`: a release that asks anything else is
//! found here.
//!
//! `VNET_RECORD_POLICIES=1` writes the policies anew, to be looked through (`git diff`) before they are kept.

use std::path::PathBuf;
use vnet_tests::{Output, Sandbox, lab, product};

/// Exit code of a run that deviates from its policy.
const DEVIATION: i32 = 3;

/// A policy's name, what there is before, and the command.
const CASES: &[(&str, &str, &str)] = &[
    ("netns-add-first", "", "netns add blue"),
    ("netns-add", "vnet netns add first", "netns add blue"),
    ("netns-del", "vnet netns add blue", "netns del blue"),
    ("netns-list", "vnet netns add blue", "netns list"),
    (
        "netns-exec",
        "vnet netns add blue",
        "netns exec blue /bin/true",
    ),
    (
        "link-add-veth",
        "vnet netns add blue",
        "link add v0 type veth peer name v1 netns blue",
    ),
    ("link-add-bridge", "", "link add b0 type bridge"),
    (
        "link-add-macvlan",
        "vnet link add v0 type veth peer name v1",
        "link add m0 link v0 type macvlan mode bridge",
    ),
    (
        "link-add-vxlan",
        "",
        "link add x0 type vxlan id 7 local 192.0.2.1 dstport 4789",
    ),
    (
        "link-set-up",
        "vnet link add v0 type veth peer name v1",
        "link set v0 up mtu 1400",
    ),
    (
        "link-set-master",
        "vnet link add b0 type bridge; vnet link add v0 type veth peer name v1",
        "link set v0 master b0",
    ),
    (
        "link-del",
        "vnet link add v0 type veth peer name v1",
        "link del v0",
    ),
    ("link-show", "", "link show"),
    (
        "addr-add",
        "vnet link add v0 type veth peer name v1",
        "addr add 192.0.2.1/24 dev v0",
    ),
    (
        "addr-del",
        "vnet link add v0 type veth peer name v1; vnet addr add 192.0.2.1/24 dev v0",
        "addr del 192.0.2.1/24 dev v0",
    ),
    ("addr-show", "vnet link set lo up", "addr show"),
    (
        "route-add",
        "vnet link set lo up",
        "route add 198.51.100.0/24 dev lo",
    ),
    (
        "route-show",
        "vnet link set lo up; vnet route add 198.51.100.0/24 dev lo",
        "route show",
    ),
    (
        "rule-add",
        "",
        "rule add from 192.0.2.0/24 lookup 100 priority 1000",
    ),
    (
        "neigh-add",
        "vnet link add v0 type veth peer name v1; vnet link set v0 up",
        "neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev v0",
    ),
    (
        "bridge-fdb-add",
        "vnet link add b0 type bridge; vnet link add v0 type veth peer name v1; vnet link set v0 master b0",
        "bridge fdb add 02:00:00:00:00:09 dev v0 master",
    ),
    (
        "bridge-link-set",
        "vnet link add b0 type bridge; vnet link add v0 type veth peer name v1; vnet link set v0 master b0",
        "bridge link set dev v0 cost 7",
    ),
];

fn file(name: &str) -> PathBuf {
    let directory = vnet_tests::repository().join("tests/policies");
    directory.join(format!("{name}.policy"))
}

/// Runs a command in a sandbox of its own after what comes before it, held against a policy.
fn checked(before: &str, command: &str, policy: &str) -> Option<Output> {
    audited(before, command, policy, "--check /run/policy").map(|(_, output)| output)
}

fn audited(before: &str, command: &str, policy: &str, options: &str) -> Option<(Sandbox, Output)> {
    let sandbox = lab(&[])?;
    let _ = sandbox.product_sh(before).ok();
    let script = format!("cat > /run/policy <<'END'\n{policy}END\n");
    let _ = sandbox.sh(&script).ok();
    let output = sandbox.product_sh(&format!("exec vnet audit {options} -- vnet {command}"));
    Some((sandbox, output))
}

#[test]
fn our_commands_do_what_their_policies_say() {
    if product::is_judge() {
        return;
    }
    let record = std::env::var_os("VNET_RECORD_POLICIES").is_some();
    for (name, before, command) in CASES {
        if record {
            let Some((sandbox, output)) = audited(before, command, "", "--record /run/policy")
            else {
                return;
            };
            assert_eq!(output.code(), 0, "{name}: {output}");
            let text = sandbox.sh("cat /run/policy").ok().text();
            std::fs::write(file(name), text).unwrap();
        }
        let policy = std::fs::read_to_string(file(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let Some(output) = checked(before, command, &policy) else {
            return;
        };
        assert_eq!(output.code(), 0, "{name}: {output}");
        assert_eq!(output.errors(), "", "{name}");
    }
}

/// A change of a policy, which the unchanged command must be caught by: what it is, and the policy with it, where it
/// has what is to be changed.
fn changes(policy: &str) -> Vec<(&'static str, String)> {
    let lines: Vec<&str> = policy.lines().collect();
    let all = |lines: Vec<String>| lines.join("\n") + "\n";
    // The policy with this done to the first line that it can be done to.
    let first = |change: &dyn Fn(&str) -> Option<Vec<String>>| {
        let at = lines.iter().position(|line| change(line).is_some())?;
        let mut changed: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let new = change(lines[at])?;
        changed.splice(at..=at, new);
        Some(all(changed))
    };
    let replaced = |from: &'static str, to: &'static str| {
        first(&move |line| line.contains(from).then(|| vec![line.replace(from, to)]))
    };
    let attribute = |line: &str| line.starts_with("    ") && line.contains('_');
    [
        (
            "a call that is not listed",
            first(&|line| line.starts_with("call socket").then(Vec::new))
                .or_else(|| first(&|line| line.starts_with("call mount").then(Vec::new))),
        ),
        (
            "a call once more than listed",
            first(&|line| {
                let call = line.starts_with("call ") && line.ends_with(" x1");
                call.then(|| vec![line.replace(" x1", " x0-0")])
            }),
        ),
        (
            "a listed call that is not made",
            Some(format!("{policy}call chroot(\"/\") = 0\n")),
        ),
        (
            "another flag of a call",
            replaced("SOCK_CLOEXEC", "SOCK_NONBLOCK")
                .or_else(|| replaced("MS_BIND", "MS_MOVE"))
                .or_else(|| replaced("O_RDONLY", "O_RDWR"))
                .or_else(|| replaced("MNT_DETACH", "MNT_FORCE")),
        ),
        (
            "another flag of a message",
            replaced("NLM_F_ACK", "NLM_F_ECHO").or_else(|| replaced("NLM_F_DUMP", "NLM_F_ROOT")),
        ),
        (
            "an attribute that is not listed",
            first(&|line| attribute(line).then(Vec::new)),
        ),
        (
            "a listed attribute that is not sent",
            first(&|line| {
                line.starts_with("send ")
                    .then(|| vec![line.to_owned(), "    IFLA_NO_SUCH".to_owned()])
            }),
        ),
        ("another path", replaced("/run/netns/", "/run/other/")),
        ("another program", replaced("/vnet\"", "/other\"")),
    ]
    .into_iter()
    .filter_map(|(what, changed)| Some((what, changed?)))
    .collect()
}

#[test]
fn every_change_is_caught() {
    if product::is_judge() {
        return;
    }
    let mut seen = std::collections::BTreeMap::new();
    for (name, before, command) in CASES {
        let policy = std::fs::read_to_string(file(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (what, changed) in changes(&policy) {
            // Each kind of change a few times, which each time is another command's.
            let count = seen.entry(what).or_insert(0);
            *count += 1;
            if *count > 4 {
                continue;
            }
            let Some(output) = checked(before, command, &changed) else {
                return;
            };
            assert_eq!(
                output.code(),
                DEVIATION,
                "{name}, {what}: {output}\n{changed}"
            );
            assert!(
                output.errors().starts_with("deviation: /run/policy:"),
                "{name}, {what}: {output}"
            );
        }
    }
    assert_eq!(seen.len(), 9, "every kind of change: {seen:?}");
}

#[test]
fn a_deviation_is_never_masked() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    let _ = sandbox.sh("echo 'may call execve' > /run/policy").ok();
    for command in ["true", "false", "sh -c 'exit 3'", "sh -c 'kill -9 $$'"] {
        let output =
            sandbox.product_sh(&format!("exec vnet audit --check /run/policy -- {command}"));
        assert_eq!(output.code(), DEVIATION, "{command}: {output}");
        assert!(output.errors().starts_with("deviation: "), "{output}");
    }
    // Without one the program's own code is the code.
    let _ = sandbox
        .sh("echo 'may call **' > /run/policy; echo 'may killed **' >> /run/policy")
        .ok();
    let output = sandbox.product_sh("exec vnet audit --check /run/policy -- sh -c 'exit 42'");
    assert_eq!((output.code(), output.errors().as_str()), (42, ""));
    let output = sandbox.product_sh("exec vnet audit --check /run/policy -- sh -c 'kill -9 $$'");
    assert_eq!((output.code(), output.errors().as_str()), (128 + 9, ""));
}

#[test]
fn where_deviations_are_told() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    let _ = sandbox.sh("echo 'call nosuch' > /run/policy").ok();
    let run = |options: &str| {
        sandbox.product_sh(&format!(
            "exec vnet audit --check /run/policy {options} -- sh -c 'echo out; echo err >&2'"
        ))
    };
    // After what the program writes; on stderr, also where the report is a file.
    for options in [
        "",
        "-v",
        "-o /run/report",
        "--json -o /run/report",
        "--summary",
    ] {
        let output = run(options);
        assert_eq!(output.text(), "out\n", "{options}");
        assert!(output.errors().starts_with("err\n"), "{options}: {output}");
        let told = output.errors().matches("deviation: /run/policy").count();
        assert!(told > 1, "{options}: {output}");
        assert!(
            output
                .errors()
                .contains("/run/policy:1: not done: call nosuch"),
            "{output}"
        );
    }
    // In JSON they are lines of their own.
    let report = sandbox.sh("cat /run/report").ok().text();
    let output = run("--json");
    let lines = output.errors();
    for text in [lines.strip_prefix("err\n").unwrap_or_default(), "", &report] {
        for line in text.lines().filter(|line| line.starts_with('{')) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                value["call"].is_string() || value["event"].is_string(),
                "{line}"
            );
        }
    }
    let deviation = lines
        .lines()
        .find(|line| line.contains("\"missing\""))
        .unwrap();
    let value: serde_json::Value = serde_json::from_str(deviation).unwrap();
    assert_eq!(value["event"], "deviation");
    assert_eq!(value["policy"], "/run/policy");
    assert_eq!(value["line"], 1);
}

#[test]
fn a_policy_that_is_none_is_refused() {
    if product::is_judge() {
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    let _ = sandbox
        .sh("printf 'call unshare\\ncalll x\\n' > /run/policy")
        .ok();
    let output = sandbox.product_sh("exec vnet audit --check /run/policy -- touch /run/started");
    assert_eq!(output.code(), 255, "{output}");
    assert_eq!(
        output.first_error(),
        "error: /run/policy:2: 'calll' is none of call, send, receive, killed, unseen"
    );
    let _ = sandbox.sh("[ ! -e /run/started ]").ok();
    let output = sandbox.product_sh("exec vnet audit --check /run/nosuch -- true");
    assert_eq!(output.code(), 1, "{output}");
    assert!(
        output
            .first_error()
            .contains("cannot read the policy '/run/nosuch' (ENOENT"),
        "{output}"
    );
}
