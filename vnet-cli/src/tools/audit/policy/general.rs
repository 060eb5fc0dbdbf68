//! What of a call a recorded policy says, and what differs from run to run and is left open.

use super::facts::CallFact;
use super::{CallEntry, Pattern};

/// The entry that a call is recorded as.
pub(super) fn call(call: &CallFact) -> CallEntry {
    let args = call.args.iter().enumerate();
    let args = args.map(|(i, arg)| argument(call.name, i, arg));
    let result = match (call.ok, call.result.as_str()) {
        (true, "0") | (false, _) => Pattern::exactly(&call.result),
        (true, _) => Pattern::exactly("ok"),
    };
    // A path that is an argument is there already.
    let is_spelled = |path: &str| {
        let word = format!("\"{path}\"");
        call.args.contains(&word)
    };
    let mut paths: Vec<Pattern> = Vec::new();
    for path in call
        .paths
        .iter()
        .filter(|path| path.starts_with('/') && !is_spelled(path))
    {
        let path = self::path(path);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    CallEntry {
        name: Pattern::exactly(call.name),
        args: Some(args.collect()),
        result: Some(result),
        paths,
    }
}

/// An argument: flags, choices and paths as they are; descriptors, processes' numbers, addresses, sizes open.
fn argument(call: &str, index: usize, text: &str) -> Pattern {
    match (call, index) {
        // The words that a program was started with are data.
        ("execve", 1) | ("execveat", 2) => return Pattern::any(),
        // What is shown as the source of a file system without one.
        ("mount", 0) if text.starts_with('"') && !text.starts_with("\"/") => return Pattern::any(),
        // The kernel's answer.
        ("getsockopt", 3) => return Pattern::any(),
        _ => {}
    }
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    if is_number(text) {
        return match text {
            // A mode, no flags, the beginning: what small numbers are is nearly always this.
            "0" | "1" | "2" => Pattern::exactly(text),
            // In octal: a file's mode.
            text if text.starts_with('0') => Pattern::exactly(text),
            _ => Pattern::any(),
        };
    }
    if is_address(text.split(' ').next().unwrap_or_default()) {
        return Pattern::any();
    }
    if let Some(inside) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'))
        && inside.starts_with('/')
    {
        let path = path(inside).to_string();
        return checked(&format!("\"{path}\""));
    }
    checked(&open_values(text))
}

/// A pattern that can be written among a call's arguments and read again.
fn checked(pattern: &str) -> Pattern {
    let read = Pattern::read(pattern);
    let line = format!("call x({read}, y)");
    let again = super::Policy::parse("", line.as_bytes());
    let expected = Some(vec![read.clone(), Pattern::exactly("y")]);
    let is_same = again.is_ok_and(|policy| {
        let first = policy.entries.into_iter().next();
        matches!(first.map(|e| e.what), Some(super::What::Call(call)) if call.args == expected)
    });
    if is_same { read } else { Pattern::any() }
}

/// Whether a word is an address in memory, as it is written.
fn is_address(word: &str) -> bool {
    let digits = word.strip_prefix("0x").unwrap_or_default();
    digits.len() > 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// The text with the values in it that differ from run to run as stars: in `{name=value, …}` those of which the name
/// says so, and addresses anywhere.
fn open_values(text: &str) -> String {
    let mut to = String::new();
    let mut chars = text.char_indices().peekable();
    let mut word_start = 0;
    let mut quoted = false;
    while let Some((i, c)) = chars.next() {
        // The characters of a value are judged together; here only where one begins matters.
        let begins = i == word_start
            || text
                .get(..i)
                .is_some_and(|t| t.ends_with(['=', ' ', '[', '{', '(', '|']));
        if c == '"' && !text.get(..i).is_some_and(|t| t.ends_with('\\')) {
            quoted = !quoted;
        }
        if quoted || !begins {
            put(c, &mut to);
            continue;
        }
        let rest = text.get(i..).unwrap_or_default();
        let end = rest
            .find([',', '}', ']', ')', ' ', '|'])
            .unwrap_or(rest.len());
        let value = rest.get(..end).unwrap_or_default();
        let key = key_before(text.get(..i).unwrap_or_default());
        let number = value.strip_prefix('-').unwrap_or(value);
        let is_value = number.starts_with(|c: char| c.is_ascii_digit()) && is_open(key);
        if value.is_empty() || !(is_address(value) || is_value) {
            put(c, &mut to);
            continue;
        }
        to.push('*');
        while chars.next_if(|(next, _)| *next < i + end).is_some() {}
        word_start = i + end;
    }
    to
}

fn put(c: char, to: &mut String) {
    if c == '*' {
        to.push('\\');
    }
    to.push(c);
}

/// The name in front of a value: `nl_pid` before `nl_pid=` and `parent_tid=[`.
fn key_before(text: &str) -> &str {
    let text = text.trim_end_matches(['[', '{']);
    let Some(text) = text.strip_suffix('=') else {
        return "";
    };
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |i| i + 1);
    text.get(start..).unwrap_or_default()
}

/// Whether a value of this name differs from run to run.
fn is_open(key: &str) -> bool {
    const PARTS: [&str; 10] = [
        "pid", "tid", "fd", "len", "size", "addr", "ino", "index", "stack", "tls",
    ];
    PARTS.iter().any(|part| key.contains(part))
}

/// A path: of processes, descriptors, named namespaces and devices any will do.
pub(super) fn path(path: &str) -> Pattern {
    let mut to: Vec<String> = Vec::new();
    for part in path.split('/') {
        let before = |back: usize| {
            let i = to.len().checked_sub(back)?;
            to.get(i).map(String::as_str)
        };
        let is_number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let dir = to.join("/");
        let open = match before(1) {
            Some("proc" | "task" | "fd" | "fdinfo") if is_number => dir.starts_with("/proc"),
            Some("netns") => dir == "/run/netns" || dir == "/var/run/netns",
            Some("conf" | "neigh") => {
                dir.starts_with("/proc/sys/net/") && !["all", "default", "lo"].contains(&part)
            }
            Some("net") => dir == "/sys/class/net",
            _ => false,
        };
        // `net:[4026531840]`: a namespace's number.
        let numbered = part
            .split_once(":[")
            .filter(|(_, rest)| rest.ends_with(']'));
        to.push(match (open && !part.is_empty(), numbered) {
            (true, _) => "*".to_owned(),
            (_, Some((kind, _))) => format!("{kind}:[*]"),
            _ => Pattern::exactly(part).to_string(),
        });
    }
    Pattern::read(&to.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (from, to) in [
            ("/proc/12/ns/net", "/proc/*/ns/net"),
            ("/proc/self/ns/net", "/proc/self/ns/net"),
            ("/proc/self/task/7/fd/3", "/proc/self/task/*/fd/*"),
            ("/run/netns/blue", "/run/netns/*"),
            ("/run/netns", "/run/netns"),
            ("/run/netns/", "/run/netns/"),
            ("/var/run/netns/a", "/var/run/netns/*"),
            ("/srv/netns/a", "/srv/netns/a"),
            (
                "/proc/sys/net/ipv4/ip_forward",
                "/proc/sys/net/ipv4/ip_forward",
            ),
            (
                "/proc/sys/net/ipv4/conf/v0/forwarding",
                "/proc/sys/net/ipv4/conf/*/forwarding",
            ),
            (
                "/proc/sys/net/ipv4/conf/all/forwarding",
                "/proc/sys/net/ipv4/conf/all/forwarding",
            ),
            ("/sys/class/net/v0/mtu", "/sys/class/net/*/mtu"),
            ("/proc/1/fd/net:[4026531840]", "/proc/*/fd/net:[*]"),
            ("/odd*name/12", "/odd\\*name/12"),
            ("", ""),
        ] {
            assert_eq!(path(from).to_string(), to);
        }
    }

    #[test]
    fn arguments() {
        for (name, index, from, to) in [
            (
                "unshare",
                0,
                "CLONE_NEWNET|CLONE_NEWNS",
                "CLONE_NEWNET|CLONE_NEWNS",
            ),
            ("setns", 0, "5", "*"),
            ("setns", 1, "0", "0"),
            ("openat", 3, "0644", "0644"),
            ("execve", 0, "\"/usr/bin/ip\"", "\"/usr/bin/ip\""),
            ("execve", 1, "[\"ip\", \"link\"]", "*"),
            ("execve", 2, "0x7ffd7e0b8 /* 12 vars */", "*"),
            ("openat", 0, "AT_FDCWD", "AT_FDCWD"),
            ("openat", 1, "\"/proc/99/ns/net\"", "\"/proc/*/ns/net\""),
            ("mount", 0, "\"none\"", "*"),
            ("mount", 0, "NULL", "NULL"),
            ("mount", 2, "\"tmpfs\"", "\"tmpfs\""),
            ("mount", 4, "NULL", "NULL"),
            (
                "bind",
                1,
                "{sa_family=AF_NETLINK, nl_pid=4711, nl_groups=00000000}",
                "{sa_family=AF_NETLINK, nl_pid=*, nl_groups=00000000}",
            ),
            ("getsockname", 1, "{nl_pid=-99, x=-1}", "{nl_pid=*, x=-1}"),
            (
                "clone",
                1,
                "flags=CLONE_CHILD_SETTID|SIGCHLD",
                "flags=CLONE_CHILD_SETTID|SIGCHLD",
            ),
            ("clone", 2, "child_tidptr=0x7f1234567890", "child_tidptr=*"),
            (
                "clone3",
                0,
                "{flags=CLONE_VM, exit_signal=SIGCHLD, stack=0x7f12345678, stack_size=0x9000} => {parent_tid=[12]}",
                "{flags=CLONE_VM, exit_signal=SIGCHLD, stack=*, stack_size=*} => {parent_tid=[*]}",
            ),
            ("setsockopt", 3, "[32768]", "[32768]"),
            ("getsockopt", 3, "[212992]", "*"),
            (
                "ioctl",
                2,
                "{ifr_name=\"v0\", ifr_ifindex=7}",
                "{ifr_name=\"v0\", ifr_ifindex=*}",
            ),
            ("write", 1, "\"0 1000 1\\n\"", "\"0 1000 1\\n\""),
            ("write", 1, "\"a*b\"", "\"a\\*b\""),
            // What could not be read again.
            ("write", 1, "\"a", "*"),
        ] {
            assert_eq!(argument(name, index, from).to_string(), to, "{name} {from}");
            assert!(argument(name, index, from).matches(from), "{name} {from}");
        }
    }
}
