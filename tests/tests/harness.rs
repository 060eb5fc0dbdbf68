//! The harness itself: what it opens is its own, and it can tell a difference.

use vnet_tests::{Judge, Sandbox, differential, lab, sandbox, snapshot};

#[test]
fn a_sandbox_is_not_the_machine() {
    let Some(sandbox) = lab(&[]) else { return };
    for kind in ["net", "mnt", "pid"] {
        let ours = std::fs::read_link(format!("/proc/self/ns/{kind}")).unwrap();
        let inside = sandbox
            .run(&format!("readlink /proc/self/ns/{kind}"))
            .ok()
            .text();
        assert_ne!(ours.to_str().unwrap(), inside.trim(), "{kind}");
    }
    assert_eq!(sandbox.run("ls /sys/class/net").ok().text(), "lo\n");
    assert_eq!(sandbox.run("ls /run").ok().text(), "under-test\n");
    assert_eq!(sandbox.run("id -u").ok().text(), "0\n");
    assert_eq!(
        sandbox.run("readlink /proc/1/ns/net").ok(),
        sandbox.run("readlink /proc/self/ns/net")
    );
}

#[test]
fn two_sandboxes_do_not_meet() {
    let (Some(one), Some(two)) = (lab(&[]), lab(&[])) else {
        return;
    };
    let _ = one.sh("mkdir /run/netns; touch /run/netns/n1").ok();
    assert_eq!(two.run("ls /run/netns").code(), 2);
    let net = |sandbox: &Sandbox| sandbox.run("readlink /proc/self/ns/net").ok().text();
    assert_ne!(net(&one), net(&two));
}

#[test]
fn what_a_command_writes_and_how_it_ends_is_passed_on() {
    let Some(sandbox) = lab(&[]) else { return };
    let output = sandbox.sh("echo out; echo err >&2; exit 7");
    assert_eq!(
        (output.text(), output.errors(), output.code()),
        ("out\n".into(), "err\n".into(), 7)
    );
    assert_eq!(sandbox.sh("kill -TERM $$").code(), 128 + 15);
    assert!(sandbox.sh("kill -SEGV $$").crashed());
    let many = sandbox.sh("head -c 300000 /dev/zero | tr '\\0' x").ok();
    assert_eq!(many.stdout.len(), 300_000);
}

#[test]
fn processes_end_with_their_sandbox() {
    let Some(sandbox) = lab(&[]) else { return };
    // A length that no other run of this test uses.
    let length = 1_000_000 + std::process::id();
    let _ = sandbox
        .sh(&format!("sleep {length} >/dev/null 2>&1 &"))
        .ok();
    let running = || {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let lines = processes.filter_map(|p| std::fs::read(p.path().join("cmdline")).ok());
        lines
            .filter(|line| line.starts_with(format!("sleep\0{length}").as_bytes()))
            .count()
    };
    assert_eq!(running(), 1);
    drop(sandbox);
    for _ in 0..500 {
        if running() == 0 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it still runs");
}

#[test]
fn a_command_can_give_up_root() {
    let Some(sandbox) = lab(&[]) else { return };
    if !sandbox::is_real_root() {
        vnet_tests::judges::left_out_here("only real root can become another user");
        return;
    }
    let mut command = sandbox.command_as(65534, "id");
    let output = vnet_tests::run::run(command.arg("-u"), b"").unwrap();
    assert_eq!(output.text(), "65534\n");
}

#[test]
fn a_difference_is_seen() {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    let _ = sandbox.sh("ip link add v0 type veth peer name v1").ok();
    let before = snapshot::take(&sandbox, "");
    assert_eq!(
        vnet_tests::compare::values(&before, &snapshot::take(&sandbox, "")),
        None
    );
    let _ = sandbox.sh("ip link set v0 mtu 1400").ok();
    let difference = vnet_tests::compare::values(&before, &snapshot::take(&sandbox, ""));
    assert!(difference.unwrap().contains("mtu: 1400, want 1500"));
}

#[test]
fn a_kind_that_the_kernel_lacks_leaves_a_state_out() {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    assert!(!differential::build_state(
        &sandbox,
        "ip link add x0 type nosuchkind"
    ));
    assert!(differential::build_state(
        &sandbox,
        "ip link add x0 type veth peer name x1"
    ));
}
