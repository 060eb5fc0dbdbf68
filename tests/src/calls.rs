//! Lists of system calls, from strace and from the audit, made comparable: a line a call, a list a thread.
//!
//! What differs between two runs of the same program is put the same: process numbers, addresses in memory. What strace
//! shows of a netlink buffer is its own decoding, for which the audit says how many bytes there are. A fork that a signal
//! came into is left out: the kernel makes it again, and when the signal comes is a matter of time.

use serde_json::Value;

/// The calls that strace has to show, for the audit's list to be compared with; those of strace 6.1 among them.
pub const TRACED: &str = "clone,clone3,fork,vfork,execve,execveat,exit,exit_group,pidfd_open,pidfd_getfd,\
    pidfd_send_signal,unshare,setns,sethostname,setdomainname,mount,umount2,move_mount,open_tree,fsopen,fsconfig,\
    fsmount,fspick,mount_setattr,pivot_root,chroot,open,creat,openat,openat2,write,pwrite64,writev,socket,bind,connect,\
    getsockname,getpeername,setsockopt,getsockopt,sendto,sendmsg,sendmmsg,recvfrom,recvmsg,recvmmsg,shutdown,close,\
    read,readv,ioctl,prctl,capset,capget,seccomp,setuid,setgid,setreuid,setregid,setresuid,setresgid,setfsuid,setfsgid,\
    setgroups";

/// A call: its name, its arguments and its result, each as written.
struct Call {
    name: String,
    args: Vec<String>,
    result: String,
    /// Whether it writes to a setting of the kernel's, and so text.
    on_setting: bool,
}

/// One thread's calls of a file that `strace -ff -yy` has written, without those that an audit leaves out on purpose.
///
/// # Panics
/// When a line is not strace's.
#[must_use]
pub fn of_strace(file: &str) -> Vec<String> {
    let calls = file
        .lines()
        .filter(|line| !line.starts_with("---") && !line.starts_with("+++"));
    let calls = calls.map(|line| parse(line).unwrap_or_else(|| panic!("no call: {line}")));
    calls
        .filter(|call| is_reported(call) && !is_made_again(call))
        .map(|call| same(&bare(call)))
        .collect()
}

/// The calls of each thread in a report that `vnet audit --json` has written.
///
/// # Panics
/// When a line is not JSON.
#[must_use]
pub fn of_audit(report: &str) -> Vec<Vec<String>> {
    let mut threads: Vec<(u64, Vec<String>)> = Vec::new();
    for line in report.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let (Some(name), Some(tid)) = (line["call"].as_str(), line["tid"].as_u64()) else {
            continue;
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let call = Call {
            name: name.to_owned(),
            args: line["args"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
            result: text(&line["returned"]),
            on_setting: line["group"] != "netlink",
        };
        if is_made_again(&call) {
            continue;
        }
        let text = same(&call);
        match threads.iter_mut().find(|(known, _)| *known == tid) {
            Some((_, calls)) => calls.push(text),
            None => threads.push((tid, vec![text])),
        }
    }
    threads.into_iter().map(|(_, calls)| calls).collect()
}

/// Takes a line of strace's apart.
fn parse(line: &str) -> Option<Call> {
    let open = line.find('(')?;
    let (name, rest) = (line.get(..open)?, line.get(open + 1..)?);
    let (mut args, mut from, mut at) = (Vec::new(), 0, 0);
    let mut depth = 0;
    let close = loop {
        let now = rest.get(at..)?;
        let step = match now.chars().next()? {
            '"' => quoted_len(now)?,
            '/' if now.starts_with("/*") => now.find("*/")? + 2,
            '(' | '[' | '{' => {
                depth += 1;
                1
            }
            ')' if depth == 0 => break at,
            ')' | ']' | '}' => {
                depth -= 1;
                1
            }
            ',' if depth == 0 => {
                args.push(rest.get(from..at)?);
                from = at + 1;
                1
            }
            other => other.len_utf8(),
        };
        at += step;
    };
    args.push(rest.get(from..close)?);
    let args = args.into_iter().map(str::trim);
    // A call that did not return has no arguments past those that were known when it was made.
    let args = args.filter(|arg| !arg.is_empty() && *arg != "<unfinished ...>");
    let result = rest.get(close + 1..)?.trim_start().strip_prefix('=')?;
    Some(Call {
        name: name.to_owned(),
        args: args.map(str::to_owned).collect(),
        result: result.trim().to_owned(),
        on_setting: is_setting(behind(rest)),
    })
}

/// How long a text between quotes is, quotes included.
fn quoted_len(text: &str) -> Option<usize> {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// What strace says of a descriptor (`3</proc/sys/kernel/hostname>`), and how long that is.
fn annotation(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('<')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if inner.get(..at)?.ends_with('-') => {}
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inner.get(..at)?, at + 2));
        }
    }
    None
}

/// What strace says of the first descriptor in a text.
fn behind(text: &str) -> &str {
    let after = text.find('<').and_then(|at| text.get(at..));
    after.and_then(annotation).map_or("", |(said, _)| said)
}

/// A call without what strace says of descriptors.
fn bare(call: Call) -> Call {
    Call {
        on_setting: call.on_setting,
        name: call.name,
        args: call
            .args
            .iter()
            .map(|arg| unquoted(arg, unannotated))
            .collect(),
        result: unannotated(&call.result),
    }
}

fn unannotated(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        // It stands after a number, or after AT_FDCWD.
        let follows = out.ends_with(|last: char| last.is_ascii_digit() || last == 'D');
        let skip = annotation(rest).filter(|_| follows).map(|(_, len)| len);
        if skip.is_none() {
            out.push(c);
        }
        rest = &rest[skip.unwrap_or(c.len_utf8())..];
    }
    out
}

/// Changes a text where it is not between quotes.
fn unquoted(text: &str, change: impl Fn(&str) -> String) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('"') {
        let len = quoted_len(&rest[at..]).unwrap_or(rest.len() - at);
        out.push_str(&change(&rest[..at]));
        out.push_str(&rest[at..at + len]);
        rest = &rest[at + len..];
    }
    out + &change(rest)
}

/// Whether an audit reports the call: it leaves out opens of files that are none of its concern and of directories,
/// and what is done with descriptors other than netlink sockets, ioctls of other devices.
fn is_reported(call: &Call) -> bool {
    let arg = |at: usize| call.args.get(at).map_or("", String::as_str);
    let on = behind(arg(0));
    match call.name.as_str() {
        "open" | "creat" => is_opened(arg(0), "", arg(1), &call.result),
        "openat" | "openat2" => is_opened(arg(1), on, arg(2), &call.result),
        "write" | "pwrite64" | "writev" => on.starts_with("NETLINK:") || is_setting(on),
        "socket" => arg(0) == "AF_NETLINK",
        "bind" | "connect" | "getsockname" | "getpeername" | "setsockopt" | "getsockopt"
        | "sendto" | "sendmsg" | "sendmmsg" | "recvfrom" | "recvmsg" | "recvmmsg" | "shutdown"
        | "close" | "read" | "readv" => on.starts_with("NETLINK:"),
        "ioctl" => {
            let command = arg(1);
            ["NS_", "SIOC", "TUN", "FIOSETOWN", "FIOGETOWN"]
                .iter()
                .any(|start| command.starts_with(start))
                || command.starts_with("_IOC(")
                    && (command.contains(", 0x89, ") || command.contains(", 0xb7, "))
        }
        _ => true,
    }
}

/// Whether a signal came before the call did anything, and the kernel makes it again.
fn is_made_again(call: &Call) -> bool {
    call.result.starts_with("? ERESTARTNOINTR")
}

/// Whether the opening of a path, from a directory, is reported.
fn is_opened(path: &str, directory: &str, flags: &str, result: &str) -> bool {
    if flags.contains("O_DIRECTORY") {
        return false;
    }
    let path = path.trim_matches('"');
    let path = match path.starts_with('/') {
        true => path.to_owned(),
        false => format!("{directory}/{path}"),
    };
    // A namespace's file is shown as `net:[4026531840]`, whatever it was opened by.
    let kind = behind(result).split_once(":[").map_or("", |(kind, _)| kind);
    is_setting(&path)
        || is_namespace(&path)
        || path == "/dev/net/tun"
        || ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"].contains(&kind)
}

fn is_namespace(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    let named = ["/run/netns/", "/var/run/netns/"]
        .iter()
        .any(|dir| path.starts_with(dir));
    named
        || parts.next() == Some("proc") && parts.any(|part| part == "ns") && !path.ends_with("/ns")
}

fn is_setting(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("/proc/") else {
        return false;
    };
    let maps = ["/uid_map", "/gid_map", "/projid_map", "/setgroups"];
    rest.starts_with("sys/") || maps.iter().any(|map| rest.ends_with(map))
}

/// A call in one line, with what differs between runs put the same.
fn same(call: &Call) -> String {
    let mut args = call.args.clone();
    if ["sendto", "recvfrom", "read", "write"].contains(&call.name.as_str())
        && let Some(buffer) = args.get_mut(1)
        && !call.on_setting
    {
        *buffer = buffers(&format!("iov_base={buffer}"));
    }
    if call.name == "pidfd_open"
        && let Some(pid) = args.first_mut()
    {
        "PID".clone_into(pid);
    }
    let makes = ["clone", "clone3", "fork", "vfork"].contains(&call.name.as_str());
    let result = match call.result.parse::<u32>() {
        Ok(_) if makes => "PID",
        _ => call.result.as_str(),
    };
    let args = unquoted(&buffers(&args.join(", ")), |text| {
        let text = after(text, "nl_pid=", "PID");
        let text = after(&text, "pid=", "PID");
        addresses(&after(&text, "parent_tid=[", "PID"))
    });
    format!(
        "{}({}) = {result}",
        call.name,
        after(&args, "\"/proc/", "PID")
    )
}

/// Writes the same for each buffer of netlink's, where a message has several.
fn buffers(text: &str) -> String {
    const BASE: &str = "iov_base=";
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(BASE) {
        let (head, tail) = rest.split_at(at + BASE.len());
        let (buffer, len) = netlink(tail);
        out.push_str(head);
        out.push_str(&buffer);
        rest = &tail[len..];
    }
    out + rest
}

/// A text that begins with a buffer: what stands for it, and how long it was. An address stands for itself, and so
/// does a buffer of which nothing was used.
fn netlink(text: &str) -> (String, usize) {
    let len = match text.chars().next() {
        Some('"') => {
            quoted_len(text).map(|len| len + if text[len..].starts_with("...") { 3 } else { 0 })
        }
        Some('<') => text.find('>').map(|at| at + 1),
        Some('[' | '{') => nested_len(text),
        _ => None,
    };
    match len {
        None => (String::new(), 0),
        Some(len) if &text[..len] == "\"\"" => ("\"\"".to_owned(), len),
        Some(len) => ("NETLINK".to_owned(), len),
    }
}

/// How long a text between brackets is.
fn nested_len(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        match c {
            '"' => {
                at += quoted_len(&text[at..])?;
                continue;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        at += c.len_utf8();
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Puts a word in the place of each number that follows `before`; 0 says something else and stays.
fn after(text: &str, before: &str, word: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(before) {
        let (head, tail) = rest.split_at(at + before.len());
        let number = tail
            .trim_start_matches('-')
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let len = tail.len() - number.len();
        let kept = matches!(&tail[..len], "" | "0");
        out.push_str(head);
        out.push_str(if kept { &tail[..len] } else { word });
        rest = &tail[len..];
    }
    out + rest
}

/// Puts a word in the place of each address in memory: ten to twelve digits, which no flag has.
fn addresses(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("0x") {
        let (head, tail) = rest.split_at(at + 2);
        let digits = tail.len()
            - tail
                .trim_start_matches(|c: char| c.is_ascii_hexdigit())
                .len();
        out.push_str(head);
        out.push_str(if (10..=12).contains(&digits) {
            "ADDRESS"
        } else {
            &tail[..digits]
        });
        rest = &tail[digits..];
    }
    out + rest
}
