//! What an audit writes, and where: never within what the program writes, told when it can't be written, read by tshark.

use serde_json::Value;
use vnet_tests::{Judge, Sandbox, lab, product};

fn sandbox(judges: &[Judge]) -> Option<Sandbox> {
    if product::is_judge() {
        return None;
    }
    lab(judges)
}

#[test]
fn nothing_stands_within_what_the_program_writes() {
    let Some(sandbox) = sandbox(&[]) else { return };
    // Halves of lines, with calls of interest between them, on all that the program shares with the audit.
    let program =
        "sh -c 'for i in 1 2 3; do printf half; vnet netns list >/dev/null; echo $i; done'";
    let own = "half1\nhalf2\nhalf3\n";
    for (wrap, before) in [
        (format!("vnet audit -- {program} 2>&1"), true),
        (format!("vnet audit -o - -- {program}"), true),
        (format!("vnet audit -o - --json -- {program} 2>&1"), true),
        (
            format!("vnet audit -o /run/both -- {program} >> /run/both; cat /run/both"),
            true,
        ),
        (format!("vnet audit -o /dev/stderr -- {program} 2>&1"), true),
        (format!("vnet audit -o /run/other -- {program}"), false),
    ] {
        let output = sandbox.product_sh(&wrap).ok();
        let text = output.text();
        let Some(report) = text.strip_prefix(own) else {
            panic!("{wrap}: {text}");
        };
        assert_eq!(report.contains("execve"), before, "{wrap}: {text}");
    }
}

#[test]
fn a_report_that_can_not_be_written() {
    let Some(sandbox) = sandbox(&[]) else { return };
    let full = "error: cannot write the report (ENOSPC: No space left on device)\n";
    for (form, program, code) in [
        ("", "true", 1),
        ("--json", "true", 1),
        ("--summary", "sh -c 'exit 5'", 5),
        ("", "sh -c 'kill -TERM $$'", 128 + 15),
    ] {
        let output =
            sandbox.product_sh(&format!("exec vnet audit {form} -o /dev/full -- {program}"));
        assert_eq!(output.code(), code, "{form} {program}: {output}");
        assert_eq!(output.errors(), full, "{form} {program}");
    }
    let output =
        sandbox.product_sh("exec vnet audit -o /run/r --pcap /dev/full -- ip link show lo");
    assert_eq!(output.code(), 1, "{output}");
    assert!(output.text().contains("lo"), "{output}");
    assert_eq!(output.errors(), full);
    // A reader that goes away ends neither the audit nor the program.
    let output = sandbox.product_sh(
        "{ vnet audit -o - -- sh -c 'sleep 0.2; touch /run/done; exit 7' || echo $? > /run/code; } | :
         while [ ! -s /run/code ]; do sleep 0.05; done; ls /run/done; cat /run/code",
    );
    assert_eq!(output.text(), "/run/done\n7\n", "{output}");
    let output = sandbox.product_sh("exec vnet audit -o /nosuch/file -- touch /run/started");
    assert_eq!(output.code(), 1, "{output}");
    assert!(output.errors().contains("'/nosuch/file'"), "{output}");
    let _ = sandbox.sh("[ ! -e /run/started ]").ok();
}

/// The first of a field's values: of an answer those of the request that it quotes follow.
fn outermost(field: &str) -> &str {
    field.split(',').next().unwrap_or(field)
}

#[test]
fn the_capture_is_what_tshark_reads() {
    let Some(sandbox) = sandbox(&[Judge::Tshark]) else {
        return;
    };
    let script = "vnet audit --json -o /run/r --pcap /run/c -- vnet link add v0 type veth peer name v1
        tshark -r /run/c -T fields -e netlink.hdr_type -e netlink-route.nltype -e netlink.hdr_len -e netlink.hdr_seq \
            -e frame.time_epoch 2>/dev/null";
    let output = sandbox.product_sh(script).ok();
    let report = sandbox.sh("cat /run/r").ok().text();
    let mut expected = Vec::new();
    for line in report.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let messages = line["netlink"]["messages"].as_array();
        for message in messages.into_iter().flatten() {
            let number = |key: &str| message[key].as_u64().unwrap();
            expected.push([number("type_number"), number("len"), number("seq")]);
        }
    }
    let mut last = 0.0;
    let read = |line: &str| {
        let fields: Vec<&str> = line.split('\t').map(outermost).collect();
        let [kind, of_route, len, seq, time] = fields[..] else {
            panic!("{line}");
        };
        let number = |text: &str| match text.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16).unwrap(),
            None => text.parse().unwrap(),
        };
        let time: f64 = time.parse().unwrap();
        assert!(time >= last, "{line}");
        last = time;
        let kind = if kind.is_empty() { of_route } else { kind };
        [kind, len, seq].map(number)
    };
    let text = output.text();
    let found: Vec<[u64; 3]> = text.lines().map(read).collect();
    assert_eq!(found, expected);
    // RTM_NEWLINK and its acknowledgement.
    let kinds: Vec<u64> = expected.iter().map(|message| message[0]).collect();
    assert_eq!(kinds, [16, 2]);
}

#[test]
fn words_that_are_none() {
    let Some(sandbox) = sandbox(&[]) else { return };
    let output = sandbox.product_sh("exec vnet audit --only netlink,mounts -- true");
    assert_eq!(output.code(), 255, "{output}");
    assert_eq!(
        output.first_error(),
        "error: 'mounts' is none of netlink, namespace, mount, process, capability, network, file"
    );
}
