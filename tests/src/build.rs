//! The reverse: the judge's script and the product's over equal states, and
//! what each made compared by the judge.

use std::thread::sleep;
use std::time::Duration;

use crate::differential::build_state;
use crate::{Judge, compare, lab, snapshot};

/// How long two states are given to settle into the same one (carriers and
/// duplicate address detection take their time), in milliseconds a step.
const PATIENCE: &[u64] = &[0, 50, 100, 200, 400, 800, 1600, 3200];

/// Link-local addresses come and go in the kernel's own time; where IPv6 is not
/// what a case is about it stays out of it.
const WITHOUT_IPV6: &str = "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6";

fn about_ipv6(script: &str) -> bool {
    ["::", "addrgenmode"]
        .iter()
        .any(|word| script.contains(word))
}

/// Runs `before` with the judges in two fresh sandboxes, then `commands` with
/// the judges in the one and with the product in the other. Both must end in
/// the same way, and leave the same state behind.
///
/// # Panics
/// With where they differ.
pub fn check(before: &str, commands: &str) {
    let judges = [Judge::Iproute2];
    let (Some(judged), Some(made)) = (lab(&judges), lab(&judges)) else {
        return;
    };
    for sandbox in [&judged, &made] {
        if !about_ipv6(before) && !about_ipv6(commands) {
            let _ = sandbox.sh(WITHOUT_IPV6).ok();
        }
        if !build_state(sandbox, before) {
            return;
        }
    }
    let script = fail_softly(commands);
    let want = judged.sh(&script);
    let got = made.product_sh(&script);
    assert!(!got.errors().contains("panicked at"), "{commands:?}: {got}");
    assert_eq!(
        want.text(),
        got.text(),
        "how the commands ended (left judge, right product)\nof {commands:?};\njudge: {want}\nproduct: {got}"
    );
    let given = format!("{before}\n{commands}");
    let mut difference = None;
    for pause in PATIENCE {
        sleep(Duration::from_millis(*pause));
        let want = snapshot::take(&judged, &given);
        difference = compare::values(&want, &snapshot::take(&made, &given));
        if difference.is_none() {
            return;
        }
    }
    if let Some(difference) = difference {
        panic!("after {commands:?} (before it {before:?}):\n    {difference}\nproduct: {got}");
    }
}

/// A script that goes on after a command that fails, and writes each one's exit
/// code and nothing else (usage texts are each program's own). One command a line.
fn fail_softly(commands: &str) -> String {
    let mut script = String::new();
    for line in commands
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        script.push_str(&format!(
            "code=0; {line} </dev/null >/dev/null || code=$?; echo \"$code\"\n"
        ));
    }
    script
}

/// Writes one test a case: its name, the judges' script that goes before, and
/// the commands that both are asked.
#[macro_export]
macro_rules! builds {
    ($($name:ident: $before:expr => $commands:expr;)+) => {
        $(
            #[test]
            fn $name() {
                $crate::build::check($before, $commands);
            }
        )+
    };
}
