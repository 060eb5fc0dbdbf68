//! `vnet demo`: it works for root and for any user, soon, and leaves nothing.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use vnet_tests::{Judge, Output, Sandbox, judges, lab, product, run, sandbox};

/// What could be left behind in a sandbox: links, mounts, names, processes,
/// nftables and addresses are the kernel's and go with their namespaces.
fn traces(sandbox: &Sandbox) -> String {
    let script = "
        ip -o link | sed 's/<.*//'
        ip -4 -o addr
        cut -d' ' -f 5- /proc/self/mountinfo
        find /run -xdev | sort
        for p in /proc/[0-9]*; do [ -r $p/cmdline ] && tr '\\0' ' ' < $p/cmdline | grep -v '^sh \\|^tr ' ; done || true
        ls /proc/sys/net/ipv4/conf";
    sandbox.sh(script).ok().text()
}

/// Waits for the state to be what it was: the kernel takes namespaces down in
/// its own time.
fn assert_no_traces(sandbox: &Sandbox, before: &str, after: &str) {
    for _ in 0..100 {
        if traces(sandbox) == before {
            return;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    assert_eq!(before, traces(sandbox), "what is left after {after}");
}

/// That the demo showed what it promises.
fn assert_shown(output: &Output) {
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output}"
    );
    let text = output.text();
    for part in [
        "link-netns",
        "state UP",
        "scope global",
        "proto kernel scope link src",
        "state forwarding priority 32 cost 2",
        " bytes from ",
        " 0% packet loss",
        "rtt min/avg/max/mdev",
    ] {
        assert!(text.contains(part), "{part:?} is missing: {text}");
    }
}

/// Its own word, which no judge has.
fn is_left_out() -> bool {
    product::is_judge()
}

#[test]
fn as_root_it_works_and_leaves_nothing() {
    if is_left_out() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let before = traces(&sandbox);
    let begun = Instant::now();
    let output = sandbox.product_sh("vnet demo");
    let took = begun.elapsed();
    assert_shown(&output);
    assert!(took < Duration::from_secs(4), "it took {took:?}");
    assert_no_traces(&sandbox, &before, "the demo");
    assert_shown(&sandbox.product_sh("vnet demo; exit $?"));
}

#[test]
fn two_at_once_do_not_meet() {
    if is_left_out() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let before = traces(&sandbox);
    let script = "vnet demo & one=$!; vnet demo & two=$!; wait $one; wait $two";
    let output = sandbox.product_sh(script);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output}"
    );
    assert_no_traces(&sandbox, &before, "two demos");
}

/// What stands in the way already, of the same names, stays as it is.
#[test]
fn among_links_and_names_of_its_own() {
    if is_left_out() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let _ = sandbox
        .sh("
        for n in net1 net2 n1 n2; do ip netns add $n; done
        ip link add mybridge0 type bridge
        ip link add br0 type bridge
        ip link add veth1 type veth peer name veth2
        ip addr add 10.0.1.0/24 dev mybridge0
        ip link set mybridge0 up
        sleep 0.2")
        .ok();
    let before = traces(&sandbox);
    let output = sandbox.product_sh("vnet demo");
    assert_shown(&output);
    assert_no_traces(&sandbox, &before, "a demo among namesakes");
}

#[test]
fn as_an_ordinary_user() {
    if is_left_out() {
        return;
    }
    if sandbox::is_real_root() {
        let Some(sandbox) = lab(&[Judge::Iproute2]) else {
            return;
        };
        let _ = sandbox
            .sh("mount -t tmpfs tmpfs /mnt; cp -L /run/under-test/vnet /mnt/vnet")
            .ok();
        let before = traces(&sandbox);
        let mut command = sandbox.command_as(65534, "/mnt/vnet");
        assert_shown(&run::run(command.arg("demo"), b"").unwrap());
        assert_no_traces(&sandbox, &before, "a user's demo");
        return;
    }
    // An ordinary user cannot touch the machine, so nothing needs to be opened first.
    if lab(&[]).is_none() {
        return;
    }
    let output = run::run(Command::new(product::binary()).arg("demo"), b"").unwrap();
    assert_shown(&output);
}

/// Whatever system call fails, it says so and leaves nothing.
#[test]
fn when_a_step_fails() {
    if is_left_out() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Strace]) else {
        return;
    };
    let before = traces(&sandbox);
    let counts = sandbox.product_sh("strace -f -c -U calls,name -o /run/calls vnet demo");
    assert_shown(&counts);
    let calls = sandbox.run("cat /run/calls").ok().text();
    let _ = sandbox.run("rm /run/calls").ok();
    let call = |line: &str| {
        let (count, name) = line.trim().split_once(' ')?;
        Some((name.trim().to_string(), count.parse::<u32>().ok()?))
    };
    let decisive = [
        "unshare", "setns", "mount", "clone3", "socket", "sendmsg", "sendto", "recvmsg", "bind",
        "ioctl",
    ];
    let mut failures = 0;
    for (name, count) in calls.lines().filter_map(call) {
        if !decisive.contains(&name.as_str()) {
            continue;
        }
        let nths = [1, 2, count / 2, count]
            .into_iter()
            .filter(|nth| (1..=count).contains(nth));
        let mut nths: Vec<u32> = nths.collect();
        nths.dedup();
        for nth in nths {
            let fault = format!(
                "strace -f -qq -o /dev/null -e inject={name}:error=EPERM:when={nth} vnet demo"
            );
            let output = sandbox.product_sh(&fault);
            assert!(!output.crashed(), "{fault}: {output}");
            if !output.status.success() {
                failures += 1;
                assert!(output.errors().contains("error: "), "{fault}: {output}");
            }
            assert_no_traces(&sandbox, &before, &fault);
        }
    }
    assert!(
        failures > 3,
        "only {failures} injected faults made it fail: {calls}"
    );
}

/// Stopped half-way it takes down what it built.
#[test]
fn when_it_is_interrupted() {
    if is_left_out() {
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let before = traces(&sandbox);
    for (signal, after) in [
        ("INT", 30),
        ("INT", 150),
        ("TERM", 60),
        ("TERM", 300),
        ("HUP", 100),
    ] {
        let mut command = sandbox.command("timeout");
        let seconds = format!("0.{after:03}");
        command.args([
            "-s",
            signal,
            "-k",
            "10",
            &seconds,
            &product::name("vnet"),
            "demo",
        ]);
        let output = run::run(&mut command, b"").unwrap();
        assert!(
            !output.errors().contains("panicked"),
            "{signal} after {after} ms: {output}"
        );
        assert_no_traces(&sandbox, &before, &format!("{signal} after {after} ms"));
    }
}

/// Where user namespaces are forbidden it says what is missing.
#[test]
fn where_it_may_not() {
    if is_left_out() || !sandbox::is_real_root() {
        judges::left_out_here("only real root can forbid user namespaces");
        return;
    }
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let _ = sandbox
        .sh("mount -t tmpfs tmpfs /mnt; cp -L /run/under-test/vnet /mnt/vnet")
        .ok();
    let mut command = sandbox.command("unshare");
    // A user namespace of the test's own, in which no other may be made.
    command.args(["-U", "-r", "sh", "-c"]);
    command.arg("echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all /mnt/vnet demo");
    command.stdin(Stdio::null()).process_group(0);
    let output = run::run(&mut command, b"").unwrap();
    assert!(!output.status.success() && !output.crashed(), "{output}");
    assert!(output.errors().starts_with("error: "), "{output}");
}
