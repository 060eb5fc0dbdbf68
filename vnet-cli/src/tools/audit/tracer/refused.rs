//! What it is that forbids ptrace(2) here, as far as it can be found out.

use std::fs::read_to_string;

/// Why attaching to the child with this number was refused, in words for people; `errno` is the kernel's answer.
pub(super) fn reason(pid: i32, errno: i32) -> String {
    let status = read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let own = read_to_string("/proc/self/status").unwrap_or_default();
    let yama = read_to_string("/proc/sys/kernel/yama/ptrace_scope").unwrap_or_default();
    let tracer = field(&own, "TracerPid").filter(|pid| *pid != "0");
    explain(&Found {
        errno,
        yama: yama.trim().parse().ok(),
        other_tracer: field(&status, "TracerPid")
            .filter(|pid| *pid != "0")
            .or(tracer),
        filtered: field(&own, "Seccomp") == Some("2"),
        may_ptrace: field(&own, "CapEff").is_some_and(|caps| has(caps, CAP_SYS_PTRACE)),
    })
}

/// `CAP_SYS_PTRACE` (`linux/capability.h`).
const CAP_SYS_PTRACE: u32 = 19;

/// What was found.
struct Found<'a> {
    errno: i32,
    /// `kernel.yama.ptrace_scope`.
    yama: Option<u32>,
    /// Who traces the child, or us, already.
    other_tracer: Option<&'a str>,
    /// Whether a seccomp filter is on us.
    filtered: bool,
    may_ptrace: bool,
}

fn explain(found: &Found<'_>) -> String {
    match found {
        Found {
            other_tracer: Some(pid),
            ..
        } => format!("process {pid} traces it already, and a thread has one tracer"),
        Found { yama: Some(3), .. } => {
            "kernel.yama.ptrace_scope is 3: nobody may trace before the next boot".into()
        }
        Found {
            yama: Some(2),
            may_ptrace: false,
            ..
        } => "kernel.yama.ptrace_scope is 2: it takes CAP_SYS_PTRACE".into(),
        Found { filtered: true, .. } => {
            "a seccomp filter is on this process, as container runtimes set it: it forbids ptrace(2)".into()
        }
        Found {
            errno: libc::ENOSYS,
            ..
        } => "this kernel has no ptrace(2)".into(),
        Found {
            may_ptrace: false, ..
        } => "without CAP_SYS_PTRACE, and a security module may forbid it (SELinux: deny_ptrace; AppArmor: ptrace rules)".into(),
        _ => "a security module may forbid it (SELinux: deny_ptrace; AppArmor: ptrace rules)".into(),
    }
}

fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = status.lines().filter_map(|line| line.split_once(':'));
    lines
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.trim())
}

fn has(mask: &str, capability: u32) -> bool {
    u64::from_str_radix(mask, 16).is_ok_and(|mask| mask >> capability & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_forbids() {
        let found = |yama, other_tracer, filtered, may_ptrace| {
            explain(&Found {
                errno: libc::EPERM,
                yama,
                other_tracer,
                filtered,
                may_ptrace,
            })
        };
        assert!(found(Some(3), None, false, true).contains("ptrace_scope is 3"));
        assert!(found(Some(2), None, false, false).contains("CAP_SYS_PTRACE"));
        assert!(found(Some(2), None, true, true).contains("seccomp"));
        assert!(found(Some(1), Some("77"), false, true).contains("process 77"));
        assert!(found(None, None, false, false).contains("security module"));
    }

    #[test]
    fn fields_of_a_status() {
        let status = "Name:\tsh\nTracerPid:\t12\nSeccomp:\t2\nCapEff:\t0000000000080000\n";
        assert_eq!(field(status, "TracerPid"), Some("12"));
        assert_eq!(field(status, "Nosuch"), None);
        assert!(has(field(status, "CapEff").unwrap(), CAP_SYS_PTRACE));
        assert!(!has("0", CAP_SYS_PTRACE) && !has("x", CAP_SYS_PTRACE));
    }
}
