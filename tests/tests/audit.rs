//! The conditions under which a program is audited: it ends as it would, gets its signals, and nothing of the report
//! stands in what it writes.

use serde_json::Value;
use vnet_tests::{Output, Sandbox, judges, lab};

/// The calls of a JSON report.
fn calls(report: &str) -> Vec<Value> {
    let lines = report
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|e| panic!("{e}: {line}")));
    lines.filter(|line| line["call"].is_string()).collect()
}

fn named<'a>(calls: &'a [Value], name: &str) -> Vec<&'a Value> {
    calls.iter().filter(|call| call["call"] == name).collect()
}

/// The text of what was written by each write(2) that returned. The kernel makes one to `ip_forward` again while another
/// holds the RTNL lock (`restart_syscall`), which is no doing of the program's.
fn written(calls: &[Value]) -> Vec<String> {
    let writes = named(calls, "write").into_iter();
    let returned = writes.filter(|call| call["errno"] != "ERESTARTNOINTR");
    returned.map(|call| call["args"][1].to_string()).collect()
}

/// Runs a command under the audit in the sandbox: how it ended, and its calls.
fn audited(sandbox: &Sandbox, command: &str) -> (Output, Vec<Value>) {
    let script = format!("exec vnet audit --json -o /run/report -- {command}");
    let output = sandbox.product_sh(&script);
    let report = sandbox.sh("cat /run/report").ok().text();
    (output, calls(&report))
}

#[test]
fn it_ends_as_the_program_ends() {
    let Some(sandbox) = lab(&[]) else { return };
    for (command, code) in [
        ("true", 0),
        ("false", 1),
        ("sh -c 'exit 255'", 255),
        ("sh -c 'kill -TERM $$'", 128 + 15),
        ("sh -c 'kill -KILL $$'", 128 + 9),
        ("sh -c 'kill -ABRT $$'", 128 + 6),
        ("sh -c 'ulimit -c 0; kill -SEGV $$'", 128 + 11),
        ("sh -c 'sleep 0.1 & exit 7'", 7),
    ] {
        let plain = sandbox.sh(&format!("exec {command}"));
        let (output, calls) = audited(&sandbox, command);
        assert_eq!(plain.code(), code, "{command}");
        assert_eq!(output.status, plain.status, "{command}: {output}");
        let first = calls.first().expect("its own execve");
        assert_eq!(first["call"], "execve", "{command}");
        assert_eq!(first["result"], 0, "{command}");
    }
}

#[test]
fn what_can_not_be_run_is_said() {
    let Some(sandbox) = lab(&[]) else { return };
    for (command, code, errno) in [
        ("nosuch-program", 127, "ENOENT"),
        ("/nosuch", 127, "ENOENT"),
        ("/dev/null", 126, "EACCES"),
        ("/", 126, "EACCES"),
    ] {
        let output = sandbox.product_sh(&format!("exec vnet audit {command}"));
        assert_eq!(output.code(), code, "{output}");
        assert!(output.errors().contains(errno), "{output}");
        assert!(
            output.errors().contains(&format!("'{command}'")),
            "{output}"
        );
    }
    // A file that the kernel refuses to execute: its execve is seen, and is the error.
    let _ = sandbox
        .sh("echo no program > /run/text; chmod +x /run/text")
        .ok();
    let output = sandbox.product_sh("exec vnet audit /run/text");
    assert_eq!(output.code(), 126, "{output}");
    assert!(output.errors().contains("ENOEXEC"), "{output}");
}

#[test]
fn signals_go_through() {
    let Some(sandbox) = lab(&[]) else { return };
    // The auditor is sent a signal, as by a service manager: the program gets it and decides.
    for signal in ["TERM", "INT", "HUP", "QUIT"] {
        let script = format!(
            "vnet audit -o /run/report -- sh -c 'trap \"echo got {signal}; exit 9\" {signal}; echo ready > /run/ready; \
                 while :; do sleep 0.02; done' > /run/out &
             until [ -s /run/ready ]; do sleep 0.02; done
             kill -{signal} $!
             wait $! || code=$?
             cat /run/out; rm /run/ready; exit $code"
        );
        // A shell without job control starts what is behind an & with INT and QUIT ignored, and so they stay.
        if matches!(signal, "INT" | "QUIT") {
            continue;
        }
        let output = sandbox.product_sh(&script);
        assert_eq!(
            (output.text().as_str(), output.code()),
            (&*format!("got {signal}\n"), 9),
            "{output}"
        );
    }
    // The auditor is killed: nothing that it audits goes on without it.
    let output = sandbox.product_sh(
        "vnet audit -o /run/report -- sh -c 'echo $$ > /run/pid; exec sleep 50' &
         until [ -s /run/pid ]; do sleep 0.02; done
         kill -KILL $!; wait $! || :
         for i in 1 2 3 4 5 6 7 8 9 10; do
             grep -q '^State:.[^ZX]' /proc/$(cat /run/pid)/status || exit 0
             sleep 0.1
         done
         exit 1",
    );
    assert_eq!(output.code(), 0, "{output}");
    // The program is killed in a call.
    let (output, calls) = audited(
        &sandbox,
        "sh -c 'sleep 50 & child=$!; until grep -q sleep /proc/$child/comm; do :; done; kill -KILL $child; wait $child'",
    );
    assert_eq!(output.code(), 128 + 9, "{output}");
    let executed = named(&calls, "execve");
    assert!(
        executed
            .iter()
            .any(|call| call["args"][0] == r#""/usr/bin/sleep""#),
        "{executed:?}"
    );
    // Stopped and continued from outside, it goes on.
    let output = sandbox.product_sh(
        "vnet audit -o /run/report -- sh -c 'echo $$ > /run/pid2; until [ -e /run/go ]; do sleep 0.02; done; exit 6' &
         until [ -s /run/pid2 ]; do sleep 0.02; done
         kill -STOP $(cat /run/pid2)
         until grep -q '^State:.[Tt]' /proc/$(cat /run/pid2)/status; do sleep 0.02; done
         touch /run/go
         kill -CONT $(cat /run/pid2)
         wait $!",
    );
    assert_eq!(output.code(), 6, "{output}");
}

#[test]
fn a_terminal_is_the_programs() {
    if judges::find("script").is_none() {
        judges::left_out("needs script (Debian package bsdutils)");
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    // The size of the terminal changes while the program runs: it is told, and reads the new one.
    let output = sandbox.product_sh(
        "script -q -e -c 'stty rows 20 cols 60; vnet audit -o /run/report -- sh -c \"
             trap \\\"stty size; exit 4\\\" WINCH
             stty rows 30 cols 90 < /dev/tty &
             while :; do sleep 0.02; done\"' /dev/null",
    );
    assert_eq!(output.code(), 4, "{output}");
    assert!(output.text().contains("30 90"), "{output}");
    // ^C ends the program, and the auditor as well, once the report is written.
    let output = sandbox.product_sh(
        "(until [ -e /run/started ]; do sleep 0.02; done; printf '\\003') |
             script -q -e -c 'vnet audit -o /run/report -- sh -c \"touch /run/started; exec sleep 20\"' /dev/null",
    );
    assert_eq!(output.code(), 128 + 2, "{output}");
    let report = sandbox.sh("cat /run/report").ok().text();
    assert!(report.contains("SIGINT"), "{report}");
}

#[test]
fn the_report_stands_in_nothing_that_the_program_writes() {
    let Some(sandbox) = lab(&[]) else { return };
    let program = "sh -c 'for i in 1 2 3 4 5 6 7 8; do printf a; true | cat; unshare --help >/dev/null; printf b; done; echo'";
    // One file for all three.
    let output = sandbox.product_sh(&format!("exec vnet audit -- {program} 2>&1"));
    let text = output.ok().text();
    let (written, report) = text.split_once('\n').expect("a line");
    assert_eq!(written, "ab".repeat(8));
    assert!(report.lines().count() > 8, "{report}");
    assert!(
        report
            .lines()
            .all(|line| line.contains('(') || line.contains("+++") || line.contains("---")),
        "{report}"
    );
    // Files of their own: standard output is the program's alone.
    let output = sandbox
        .product_sh(&format!("exec vnet audit -- {program}"))
        .ok();
    assert_eq!(output.text(), format!("{}\n", "ab".repeat(8)));
    assert!(output.errors().contains("execve("), "{output}");
}

#[test]
fn a_refusal_says_what_forbids() {
    if judges::find("strace").is_none() {
        judges::left_out("needs strace");
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    let output = sandbox.product_sh("exec strace -f -o /run/strace vnet audit -- sh -c 'echo ran'");
    assert_eq!(output.code(), 1, "{output}");
    assert_eq!(output.text(), "", "nothing runs unseen");
    assert!(
        output.errors().contains("EPERM") && output.errors().contains("traces it already"),
        "{output}"
    );
    // So does an audit of an audit.
    let output = sandbox.product_sh("exec vnet audit -o /run/report -- vnet audit -- true");
    assert_eq!(output.code(), 1, "{output}");
    assert!(output.errors().contains("traces it already"), "{output}");
}

#[test]
fn the_bytes_of_maps_and_settings() {
    let Some(sandbox) = lab(&[]) else { return };
    let (output, calls) = audited(&sandbox, "unshare -Ur true");
    let output = output.ok();
    let writes = named(&calls, "write");
    let arguments: Vec<String> = writes.iter().map(|call| call["args"].to_string()).collect();
    assert!(
        arguments.iter().any(|args| args.contains("deny")),
        "{arguments:?} {output}"
    );
    assert!(
        arguments.iter().any(|args| args.contains("0 0 1")),
        "{arguments:?}"
    );
    let (output, calls) = audited(
        &sandbox,
        "sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; (echo 0; true) > /proc/sys/net/ipv4/ip_forward'",
    );
    let output = output.ok();
    let opened: Vec<_> = named(&calls, "openat")
        .into_iter()
        .filter(|call| call["args"].to_string().contains("ip_forward"))
        .collect();
    assert_eq!(opened.len(), 2, "{output}");
    assert_eq!(written(&calls), [r#""\"1\\n\"""#, r#""\"0\\n\"""#]);
}

#[test]
fn the_program_may_use_all_processors() {
    let Some(sandbox) = lab(&[]) else { return };
    let own = "grep Cpus_allowed_list /proc/self/status";
    let plain = sandbox.sh(own).ok();
    let (output, _) = audited(&sandbox, own);
    assert_eq!(output.ok().text(), plain.text());
}

#[test]
fn settings_by_other_names() {
    let Some(sandbox) = lab(&[]) else { return };
    let script = "ln -s /proc/sys/net/ipv4/ip_forward /run/link
         cat > /run/names.sh <<'END'
echo 1 > /run/link
echo 2 > /proc/self/../sys/net/ipv4/ip_forward
echo 3 > //proc/sys/net/ipv4/ip_forward
END";
    let _ = sandbox.sh(script).ok();
    let (output, calls) = audited(&sandbox, "sh /run/names.sh");
    let output = output.ok();
    let expected = ["1", "2", "3"].map(|n| format!(r#""\"{n}\\n\"""#));
    assert_eq!(written(&calls), expected, "{output}");
}

#[test]
fn netlink_sockets_used_like_files() {
    if judges::find("perl").is_none() {
        judges::left_out("needs perl (Debian package perl-base)");
        return;
    }
    let Some(sandbox) = lab(&[]) else { return };
    // RTM_GETLINK of lo by write(2), its answer by read(2).
    let _ = sandbox
        .sh("cat > /run/plain.pl <<'END'
socket(my $s, 16, 3, 0) or die;
syswrite($s, pack('LSSLLCCSlLL', 32, 18, 1, 7, 0, 0, 0, 0, 1, 0, 0)) == 32 or die;
sysread($s, my $answer, 65536) or die;
unpack('x4S', $answer) == 16 or die;
END
")
        .ok();
    let (output, calls) = audited(&sandbox, "perl /run/plain.pl");
    let output = output.ok();
    let types = |name| {
        let found = named(&calls, name)
            .into_iter()
            .find(|call| call["netlink"].is_object());
        let found = found.unwrap_or_else(|| panic!("no {name}: {output}"));
        found["netlink"]["messages"][0]["type"].clone()
    };
    assert_eq!(types("write"), "RTM_GETLINK");
    assert_eq!(types("read"), "RTM_NEWLINK");
}

#[test]
fn netlink_sockets_by_any_descriptor() {
    let Some(sandbox) = lab(&[]) else { return };
    let program = vnet_tests::program!("descriptors");
    let (output, calls) = audited(&sandbox, &program);
    let output = output.ok();
    let sequences = |name| -> Vec<u64> {
        let messages = named(&calls, name).into_iter();
        let messages = messages.filter(|call| call["errno"].is_null());
        messages
            .filter_map(|call| call["netlink"]["messages"][0]["seq"].as_u64())
            .collect()
    };
    assert_eq!(sequences("recvfrom"), [1], "{output}");
    assert_eq!(sequences("read"), [2, 3, 4, 5], "{output}");
    assert_eq!(sequences("write"), [4], "{output}");
    // Each socket is closed by every descriptor that it had, in every process.
    assert_eq!(named(&calls, "socket").len(), 5, "{output}");
    assert_eq!(named(&calls, "close").len(), 7, "{output}");
}

#[test]
fn large_messages_are_whole() {
    let Some(sandbox) = lab(&[judges::Judge::Iproute2]) else {
        return;
    };
    let _ = sandbox.sh("for i in $(seq 200); do echo link add v$i type veth peer name w$i; done > /run/batch; ip -batch /run/batch").ok();
    let (output, calls) = audited(&sandbox, "ip link show");
    let output = output.ok();
    let shown = output
        .text()
        .lines()
        .filter(|line| !line.starts_with(' '))
        .count();
    let messages = calls
        .iter()
        .filter(|call| {
            call["netlink"]["direction"] == "received" && call["netlink"]["peeked"] != true
        })
        .flat_map(|call| {
            call["netlink"]["messages"]
                .as_array()
                .cloned()
                .unwrap_or_default()
        });
    let links = messages
        .filter(|message| message["type"] == "RTM_NEWLINK")
        .count();
    assert!(shown > 400, "{shown}");
    assert_eq!(links, shown);
}
