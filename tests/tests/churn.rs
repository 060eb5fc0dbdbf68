//! `vnet churn`: the worlds it holds are true ones to ip and ping, and nothing of them is left, however a run ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use vnet_tests::{Judge, Sandbox, lab, product};

/// How long anything may take on a machine under load.
const LONG: Duration = Duration::from_secs(60);

/// Links, names, records and mounts: what a run may leave.
fn traces(sandbox: &Sandbox) -> String {
    let script = "
        ip -o link | sed 's/^[0-9]*: //; s/[:@].*//' | sort
        find /run -xdev | sort
        grep -c ' /run/netns/' /proc/self/mountinfo";
    sandbox.sh(script).text()
}

/// A sandbox with somebody's namespace and bridge in it; none where the product is a judge in disguise.
fn world() -> Option<Sandbox> {
    if product::is_judge() {
        return None;
    }
    let sandbox = lab(&[Judge::Iproute2, Judge::Ping])?;
    let setup = "ip netns add mine && ip link add mybr type bridge && ip link set mybr group 7";
    let _ = sandbox.sh(setup).ok();
    Some(sandbox)
}

/// A run in the background whose input is ours to end.
struct Held {
    child: Child,
    /// In the sandbox, where it is known by another number than here.
    pid: u32,
    stderr: BufReader<ChildStderr>,
}

impl Held {
    fn start(sandbox: &Sandbox, words: &str) -> Self {
        let script = format!("echo $$ >&2; exec {} {words}", product::name("vnet"));
        let mut child = sandbox
            .command("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("its number");
        let pid = line.trim().parse().expect("its number");
        Self { child, pid, stderr }
    }

    /// Waits until so many names with this beginning are there.
    fn wait_for(&mut self, sandbox: &Sandbox, prefix: &str, count: usize) {
        let list = format!("ls /run/netns | grep -c '^{prefix}'");
        let begun = Instant::now();
        while sandbox.sh(&list).text().trim().parse().unwrap_or(0) < count {
            assert!(begun.elapsed() < LONG, "no {count} names");
            let ended = self.child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "it ended before: {ended:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for its word that the world is up.
    fn up(sandbox: &Sandbox, words: &str) -> Self {
        let mut held = Self::start(sandbox, words);
        let mut line = String::new();
        held.stderr.read_line(&mut line).expect("its word");
        assert!(line.starts_with("up: "), "{line:?}");
        held
    }

    fn signal(&self, sandbox: &Sandbox, signal: &str) {
        let _ = sandbox.sh(&format!("kill -{signal} {}", self.pid)).ok();
    }

    /// Waits for its end, whatever its input: what it printed, and its exit code.
    fn wait(self) -> (Vec<u8>, Option<i32>) {
        let Self { mut child, .. } = self;
        let input = child.stdin.take();
        let output = child.wait_with_output().expect("it ends");
        drop(input);
        (output.stdout, output.status.code())
    }

    /// Ends its input and waits for a good end: what it printed.
    fn end(mut self) -> Vec<u8> {
        drop(self.child.stdin.take());
        let (stdout, code) = self.wait();
        assert_eq!(code, Some(0));
        stdout
    }
}

fn assert_pings(sandbox: &Sandbox, from: &str, to: &str) {
    let ping = format!("ip netns exec {from} ping -c 1 -W 5 {to}");
    let ping = format!("{ping} || {ping}");
    let output = sandbox.sh(&ping);
    assert!(output.status.success(), "{from} to {to}: {output}");
}

#[test]
fn a_star_is_a_true_one() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let held = Held::up(
        &sandbox,
        "churn --shape star --count 300 --prefix s --hold --json",
    );
    let names = sandbox.sh("ip netns list | grep -c '^s[0-9]'").text();
    assert_eq!(names.trim(), "300");
    for (name, address) in [
        ("s0", "10.100.0.2"),
        ("s7", "10.100.0.9"),
        ("s299", "10.100.1.45"),
    ] {
        assert_pings(&sandbox, name, "10.100.0.1");
        let shown = sandbox
            .run(&format!("ip -n {name} -br addr show eth0"))
            .text();
        assert!(
            shown.contains(&format!(" {address}/16 ")) && shown.contains(" UP "),
            "{shown}"
        );
        let route = sandbox
            .run(&format!("ip -n {name} route show default"))
            .text();
        assert_eq!(route, "default via 10.100.0.1 dev eth0 \n");
        let lo = sandbox.run(&format!("ip -n {name} link show lo")).text();
        assert!(lo.contains("LOOPBACK,UP,LOWER_UP"), "{lo}");
    }
    assert_pings(&sandbox, "s3", "10.100.1.45");
    let bridge = sandbox.run("ip -d link show br-s").text();
    assert!(
        bridge.contains("state UP") && bridge.contains("mcast_snooping 1 "),
        "{bridge}"
    );
    let ports = sandbox
        .sh("bridge link | grep -c 'master br-s state forwarding'")
        .text();
    assert_eq!(ports.trim(), "300");
    let output = held.end();
    assert_eq!(traces(&sandbox), before);
    let report: Value = serde_json::from_slice(&output).expect("one JSON object");
    let cycle = &report["cycles"][0];
    for key in ["up_s", "down_s", "usable_s"] {
        assert!(
            cycle[key].as_f64().is_some_and(|s| s > 0.0),
            "{key}: {cycle}"
        );
    }
    assert_eq!(cycle["namespaces"], 300);
}

#[test]
fn a_chain_reaches_from_end_to_end() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let held = Held::up(&sandbox, "churn --shape chain --count 70 --prefix c --hold");
    // 68 routers between: more than a packet's usual time to live of 64.
    assert_pings(&sandbox, "c0", "10.100.1.18");
    assert_pings(&sandbox, "c69", "10.100.0.1");
    assert_pings(&sandbox, "c35", "10.100.0.1");
    held.end();
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn pairs_and_meshes_reach_their_others() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let held = Held::up(&sandbox, "churn --shape pair --count 20 --prefix p --hold");
    for i in [0, 19] {
        let address = format!("10.100.0.{}", 4 * i + 2);
        assert_pings(&sandbox, &format!("p{i}a"), &address);
    }
    held.end();
    let held = Held::up(
        &sandbox,
        "churn --shape mesh-3 --count 6 --prefix m --queues 1 --hold",
    );
    for i in 0..6 {
        let links = sandbox
            .run(&format!("ip -n m{i} -o -4 addr show scope global"))
            .text();
        assert_eq!(links.lines().count(), 3, "{links}");
    }
    assert_pings(&sandbox, "m0", "10.100.0.2");
    let queues = sandbox.run("ip -n m0 -d link show eth0").text();
    assert!(queues.contains("numtxqueues 1 numrxqueues 1 "), "{queues}");
    held.end();
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn without_ipv6_there_is_none() {
    let Some(sandbox) = world() else { return };
    let held = Held::up(&sandbox, "churn --count 5 --prefix s --ipv6 off --hold");
    assert_pings(&sandbox, "s0", "10.100.0.1");
    let script = "ip -n s0 -6 addr show dev eth0; ip -6 addr show up; ip netns exec s4 cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6";
    assert_eq!(sandbox.sh(script).text(), "1\n");
    held.end();
}

#[test]
fn a_large_star_is_refused_or_spread() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let refused = sandbox.product_sh("vnet churn --count 1024 --prefix s");
    assert!(!refused.status.success());
    assert!(refused.errors().contains("1023 ports"), "{refused}");
    assert_eq!(traces(&sandbox), before);
    let held = Held::up(&sandbox, "churn --count 1030 --prefix s --spread --hold");
    // Through the bridge, the joining link, and the other bridge.
    for i in [0, 1, 1028, 1029] {
        assert_pings(&sandbox, &format!("s{i}"), "10.100.0.1");
    }
    assert_pings(&sandbox, "s0", "10.100.0.3");
    held.end();
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn what_exists_is_refused_and_stays() {
    let Some(sandbox) = world() else { return };
    for (make, unmake, word) in [
        ("ip netns add t7", "ip netns del t7", "'t7'"),
        ("ip link add br-t type bridge", "ip link del br-t", "'br-t'"),
        ("ip link add t9 type bridge", "ip link del t9", "'t9'"),
    ] {
        let _ = sandbox.run(make).ok();
        let before = traces(&sandbox);
        let output = sandbox.product_sh("vnet churn --count 12 --prefix t");
        assert_eq!(output.code(), 2, "{output}");
        let error = output.errors();
        assert!(
            error.contains(word) && error.contains("File exists"),
            "{error}"
        );
        assert_eq!(traces(&sandbox), before, "after {make}");
        let _ = sandbox.run(unmake).ok();
    }
}

#[test]
fn an_interrupted_run_takes_everything_back() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    for (signal, number, count) in [("INT", 2, 1), ("TERM", 15, 150), ("INT", 2, 400)] {
        let mut held = Held::start(&sandbox, "churn --count 400 --prefix s --cycles 50");
        held.wait_for(&sandbox, "s", count);
        held.signal(&sandbox, signal);
        let (stdout, code) = held.wait();
        assert_eq!(code, Some(128 + number));
        let text = String::from_utf8_lossy(&stdout);
        assert!(text.contains("interrupted"), "{text}");
        assert_eq!(traces(&sandbox), before);
    }
}

#[test]
fn a_held_world_ends_by_a_signal_too() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let held = Held::up(
        &sandbox,
        "churn --shape lo --count 3 --prefix s --hold --json",
    );
    held.signal(&sandbox, "TERM");
    let (stdout, code) = held.wait();
    assert_eq!(code, Some(0));
    serde_json::from_slice::<Value>(&stdout).expect("its report");
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn gc_takes_away_what_a_killed_run_has_left_and_no_more() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    for (shape, count) in [("star", 1), ("star", 200), ("pair", 100), ("star", 300)] {
        let words = format!("churn --shape {shape} --count 300 --prefix s --cycles 50");
        let mut held = Held::start(&sandbox, &words);
        held.wait_for(&sandbox, "s", count);
        held.signal(&sandbox, "KILL");
        let _ = held.wait();
        assert_ne!(traces(&sandbox), before);
        // One that is alive is not collected.
        let living = Held::up(
            &sandbox,
            "churn --shape star --count 2 --prefix live --hold",
        );
        let output = sandbox.product_sh("vnet gc").ok();
        assert!(output.text().contains(" namespaces, "), "{output}");
        assert_pings(&sandbox, "live1", "10.100.0.1");
        living.end();
        assert_eq!(traces(&sandbox), before, "{shape} {count}");
    }
    let nothing = sandbox.product_sh("vnet gc").ok();
    assert_eq!(nothing.text(), "");
}

#[test]
fn a_steady_state_keeps_so_many_alive() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let output = sandbox
        .product_sh("vnet churn --shape star --live 20 --rate 40 --duration 1.5 --prefix s --json")
        .ok();
    assert_eq!(traces(&sandbox), before);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let steady = &report["steady"];
    assert_eq!(steady["live"], 20, "{steady}");
    assert!(
        steady["created"].as_u64().is_some_and(|n| n > 0),
        "{steady}"
    );
    let intervals = steady["intervals"].as_array().expect("a list");
    let alive = |i: &Value| i["alive"].as_u64().is_some_and(|n| (20..25).contains(&n));
    assert!(
        !intervals.is_empty() && intervals.iter().all(alive),
        "{steady}"
    );
}

#[test]
fn reports_are_written_and_compared() {
    let Some(sandbox) = world() else { return };
    let script = "
        cd $(mktemp -d) && trap 'rm -r $PWD' EXIT
        vnet churn --shape lo --count 20 --cycles 2 --json --svg a.svg --hdr a.hlog > a.json
        vnet churn --shape lo --count 20 --csv > a.csv
        vnet churn compare a.json a.json
        head -c 100 a.svg; head -n 2 a.hlog; head -n 1 a.csv";
    let output = sandbox.product_sh(script).ok().text();
    for part in ["namespace", "1.00", "<svg", "#[Histogram log format", ","] {
        assert!(output.contains(part), "{part}: {output}");
    }
    let output = sandbox.product_sh("vnet churn compare /etc/passwd /etc/passwd");
    assert_eq!(output.code(), 1, "{output}");
    assert!(output.errors().contains("/etc/passwd"), "{output}");
}

#[test]
fn few_descriptors_are_enough() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    let script =
        "ulimit -n 80; vnet churn --shape pair --count 100 --prefix s --json | grep -c up_s";
    assert_eq!(sandbox.product_sh(script).ok().text().trim(), "1");
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn words_that_make_no_sense_name_themselves() {
    let Some(sandbox) = world() else { return };
    let before = traces(&sandbox);
    for (words, culprit) in [
        ("--shape ring", "ring"),
        ("--shape mesh-x", "mesh-x"),
        ("--count 0", "0"),
        ("--count many", "many"),
        ("--workers -1", "-1"),
        ("--queues 5000", "5000"),
        ("--prefix a/b", "a/b"),
        ("--prefix ..", ".."),
        ("--duration nan", "nan"),
        ("--ipv6 maybe", "maybe"),
        ("--frobnicate", "--frobnicate"),
        ("--live 3", "--live"),
        ("--rate 3", "--rate"),
        ("--cycles 2 --duration 1", "--cycles"),
        ("--shape chain --count 300", "300"),
        ("--shape star --count 65534 --spread", "65534"),
    ] {
        let output = sandbox.product_sh(&format!("vnet churn {words}"));
        assert!(
            !output.status.success() && output.stdout.is_empty(),
            "{words}: {output}"
        );
        let errors = output.errors();
        assert!(
            errors.contains(culprit) && errors.contains('^'),
            "{words}: {errors}"
        );
    }
    assert_eq!(traces(&sandbox), before);
}

#[test]
fn a_call_that_fails_half_way_leaves_nothing() {
    let Some(sandbox) = world() else { return };
    if !Judge::Strace.ready() {
        return;
    }
    let before = traces(&sandbox);
    let vnet = product::name("vnet");
    for (call, error) in [
        ("unshare", "ENOSPC"),
        ("linkat", "EMLINK"),
        ("mount", "ENOMEM"),
        ("setns", "EPERM"),
        ("socket", "EMFILE"),
        ("sendto", "ENOBUFS"),
        ("recvmsg", "ENOBUFS"),
    ] {
        for when in [1, 2, 4, 9] {
            let inject = format!("{call}:error={error}:when={when}");
            let script = format!(
                "strace -f -qq -o /dev/null -e inject={inject} {vnet} churn --count 40 --prefix s --workers 2"
            );
            let output = sandbox.sh(&script);
            let known = matches!(output.code(), 0..=2) && !output.crashed();
            assert!(known, "{inject}: {output}");
            // What was made before anything could be noted is the record alone, which gc takes.
            let _ = sandbox.product_sh("vnet gc").ok();
            assert_eq!(traces(&sandbox), before, "{inject}: {output}");
        }
    }
}
