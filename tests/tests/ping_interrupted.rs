//! SIGINT ends a ping as it ends iputils': with the statistics, and the exit code that they say.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use vnet_tests::{Judge, Sandbox, lab, product};

/// Starts a ping, interrupts it when its first reply is there, and returns what it wrote after that, and its
/// exit code. A second request would come a minute later.
fn interrupted(sandbox: &Sandbox, before: &str, ping: &str) -> (Vec<String>, Option<i32>) {
    let mut command = sandbox.command("sh");
    // It is known by its number in the sandbox alone.
    let script = format!("echo $$; {before} exec {ping}");
    command.args(["-c", &script]).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = || {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{ping} ended without a reply");
        line
    };
    let pid: u32 = line().trim().parse().unwrap();
    while !line().contains("icmp_seq=1 ") {}
    let _ = sandbox.sh(&format!("kill -INT {pid}")).ok();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    let mut errors = String::new();
    let stderr = child.stderr.as_mut().unwrap();
    stderr.read_to_string(&mut errors).unwrap();
    assert_eq!(errors, "", "{ping}");
    let untimed = |line: &str| match line.split_once(", time ").or(line.split_once(" = ")) {
        Some((names, _)) => names.to_owned(),
        None => line.to_owned(),
    };
    let lines = rest.lines().map(untimed).collect();
    (lines, child.wait().unwrap().code())
}

#[test]
fn statistics_and_success() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox.sh("ip link set lo up").ok();
    let ping = product::name("ping");
    let vnet = product::name("vnet");
    for address in ["127.0.0.1", "::1"] {
        let words = format!("-i 60 {address}");
        let judge = interrupted(&sandbox, "", &format!("ping {words}"));
        let received = "1 packets transmitted, 1 received, 0% packet loss";
        assert!(
            judge.0.iter().any(|line| line == received) && judge.1 == Some(0),
            "{judge:?}"
        );
        assert_eq!(judge, interrupted(&sandbox, "", &format!("{ping} {words}")));
        if !product::is_judge() {
            let ping = format!("{vnet} ping {words}");
            assert_eq!(judge, interrupted(&sandbox, "", &ping));
        }
    }
}

/// A script's command in the background is started with SIGINT ignored.
#[test]
fn where_the_shell_ignores_it() {
    let Some(sandbox) = lab(&[Judge::Iproute2, Judge::Ping]) else {
        return;
    };
    let _ = sandbox.sh("ip link set lo up").ok();
    let ignoring = |ping| {
        let ping = format!("{ping} -i 60 127.0.0.1");
        interrupted(&sandbox, "trap '' INT;", &ping)
    };
    let judge = ignoring("ping");
    assert_eq!(judge.1, Some(0), "{judge:?}");
    assert_eq!(judge, ignoring(&product::name("ping")));
}
