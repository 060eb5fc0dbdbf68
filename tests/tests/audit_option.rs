//! `vnet --audit …` is `vnet audit -- vnet …`.

use vnet_tests::{Sandbox, lab};

/// The calls of a report, by name and in order.
fn calls(report: &str) -> Vec<String> {
    let call = |line: &str| {
        // Each starts with its time; what the command says itself does not.
        line.starts_with(|c: char| c.is_ascii_digit())
            .then_some(())?;
        let (head, _) = line.split_once('(')?;
        Some(head.split_whitespace().next_back()?.to_string())
    };
    report.lines().filter_map(call).collect()
}

#[track_caller]
fn same(sandbox: &Sandbox, option: &str, command: &str) {
    let with_option = sandbox.product_sh(option);
    let with_command = sandbox.product_sh(command);
    let called = calls(&with_option.errors());
    assert!(called.iter().any(|call| call == "execve"), "{with_option}");
    assert_eq!(called, calls(&with_command.errors()), "{option}");
    assert_eq!(with_option.text(), with_command.text(), "{option}");
    assert_eq!(with_option.code(), with_command.code(), "{option}");
}

#[test]
fn the_option_is_the_command() {
    let Some(sandbox) = lab(&[]) else { return };
    let _ = sandbox.product_sh("vnet netns add n1").ok();
    for words in [
        "link show",
        "link set lo up",
        "-n n1 addr replace 10.0.0.1/24 dev lo",
        "link set nosuch0 up",
        "bridge link",
        "--dry-run link set lo down",
        "netns exec n1 true",
        "netns exec n1 sh -c 'exit 7'",
    ] {
        same(
            &sandbox,
            &format!("vnet --audit {words}"),
            &format!("vnet audit -- vnet {words}"),
        );
    }
    same(
        &sandbox,
        "vnet bridge --audit -j link",
        "vnet audit -- vnet bridge -j link",
    );
}

/// A program that vnet stands in for has no such option.
#[test]
fn only_vnet_has_it() {
    let Some(sandbox) = lab(&[]) else { return };
    for line in ["ip --audit link", "bridge --audit link", "ifconfig --audit"] {
        assert_ne!(sandbox.product_sh(line).code(), 0, "{line}");
    }
}
