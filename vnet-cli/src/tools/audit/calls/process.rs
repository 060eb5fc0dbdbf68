//! Processes: made, executed, ended, and the namespaces they go into.

use super::super::event::Group;
use super::draft::Draft;
use super::flags::{flags, signal, value};
use super::memory::{self, Fields, WORD};
use super::text::{self, address, hex};
use super::{View, names};

const CLONE_PIDFD: u64 = 0x1000;
const CLONE_SETTLS: u64 = 0x8_0000;
const CLONE_PARENT_SETTID: u64 = 0x10_0000;
const CLONE_CHILD_CLEARTID: u64 = 0x20_0000;
const CLONE_CHILD_SETTID: u64 = 0x100_0000;
const CLONE_INTO_CGROUP: u64 = 0x2_0000_0000;
/// All that make a namespace; `CLONE_NEWTIME` is part of the signal in clone(2).
const CLONE_NEW: u64 = 0x7e02_0000;
const CLONE_NEWTIME: u64 = 0x80;

/// How many bytes of `struct clone_args` have names here; the least that the kernel takes.
const CLONE_ARGS: usize = 88;
const CLONE_ARGS_LEAST: u64 = 64;
/// The largest structure that the kernel takes (`PAGE_SIZE`).
const STRUCT_MOST: u64 = 4096;

/// Where clone(2) finds what: `CONFIG_CLONE_BACKWARDS` and `CONFIG_CLONE_BACKWARDS2` of the architecture.
const FLAGS: usize = if cfg!(target_arch = "s390x") { 1 } else { 0 };
const STACK: usize = 1 - FLAGS;
const PARENT: usize = 2;
const CHILD: usize = if cfg!(any(
    target_arch = "x86_64",
    target_arch = "s390x",
    target_arch = "loongarch64",
    target_arch = "sparc64"
)) {
    3
} else {
    4
};
const TLS: usize = 7 - CHILD;

pub(super) fn clone(d: &mut Draft, _: &dyn View) -> bool {
    let given = d.arg(FLAGS);
    d.say(format!("child_stack={}", address(d.arg(STACK))));
    let (bits, exit) = (given & !0xff, given & 0xff);
    d.say(match (bits, exit) {
        (0, 0) => "flags=0".to_owned(),
        (0, _) => format!("flags={}", signal(exit)),
        (_, 0) => format!("flags={}", flags(names::CLONE, bits, "CLONE_???")),
        _ => format!(
            "flags={}|{}",
            flags(names::CLONE, bits, "CLONE_???"),
            signal(exit)
        ),
    });
    if bits & CLONE_NEW != 0 {
        d.group = Group::Namespace;
    }
    true
}

pub(super) fn cloned(d: &mut Draft, view: &dyn View, result: i64) {
    let given = d.arg(FLAGS);
    if given & (CLONE_PARENT_SETTID | CLONE_PIDFD) != 0 {
        let text = pointed(view, d.arg(PARENT), result);
        d.say(format!("parent_tid={text}"));
    }
    if given & CLONE_SETTLS != 0 {
        d.say(format!("tls={}", address(d.arg(TLS))));
    }
    if given & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID) != 0 {
        d.say(format!("child_tidptr={}", address(d.arg(CHILD))));
    }
}

/// The `int` that a call wrote, or where it was to be, if it failed.
fn pointed(view: &dyn View, at: u64, result: i64) -> String {
    match memory::u32(view, at) {
        Some(number) if result >= 0 => format!("[{}]", number as i32),
        _ => address(at),
    }
}

pub(super) fn clone3(d: &mut Draft, view: &dyn View) -> bool {
    let (at, size) = (d.arg(0), d.arg(1));
    let text = clone_args(d, view, at, size);
    d.say(text.unwrap_or_else(|| address(at)));
    true
}

fn clone_args(d: &mut Draft, view: &dyn View, at: u64, size: u64) -> Option<String> {
    if size < CLONE_ARGS_LEAST {
        return None;
    }
    let bytes = memory::bytes(view, at, CLONE_ARGS.min(usize::try_from(size).ok()?))?;
    let field = |at: usize| Fields(&bytes).u64(at * 8);
    let given = field(0);
    if given & (CLONE_NEW | CLONE_NEWTIME) != 0 {
        d.group = Group::Namespace;
    }
    let mut out = format!("{{flags={}", clone3_flags(given));
    let mut say = |text: String| {
        out.push_str(", ");
        out.push_str(&text);
    };
    if given & CLONE_PIDFD != 0 {
        say(format!("pidfd={}", address(field(1))));
    }
    if given & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID) != 0 {
        say(format!("child_tid={}", address(field(2))));
    }
    if given & CLONE_PARENT_SETTID != 0 {
        say(format!("parent_tid={}", address(field(3))));
    }
    let exit = field(4);
    say(match exit {
        0..0x7fff_ffff => format!("exit_signal={}", signal(exit)),
        _ => format!("exit_signal={exit}"),
    });
    say(format!("stack={}", address(field(5))));
    say(format!("stack_size={}", hex(field(6))));
    if given & CLONE_SETTLS != 0 {
        say(format!("tls={}", address(field(7))));
    }
    if field(8) != 0 || field(9) != 0 {
        say(format!("set_tid={}", set_tid(view, field(8), field(9))));
        say(format!("set_tid_size={}", field(9)));
    }
    if size >= CLONE_ARGS as u64 && given & CLONE_INTO_CGROUP != 0 {
        say(format!("cgroup={}", field(10)));
    }
    Some(out + &past(view, at, CLONE_ARGS as u64, size) + "}")
}

fn clone3_flags(given: u64) -> String {
    let mut known = names::CLONE.to_vec();
    known.extend_from_slice(names::CLONE3);
    flags(&known, given, "CLONE_???")
}

fn set_tid(view: &dyn View, at: u64, count: u64) -> String {
    // As many levels as pid namespaces can nest (MAX_PID_NS_LEVEL).
    if count > 32 {
        return address(at);
    }
    let Some(bytes) = memory::bytes(view, at, count as usize * 4) else {
        return address(at);
    };
    let tids: Vec<String> = (0..count as usize)
        .map(|i| (Fields(&bytes).u32(i * 4) as i32).to_string())
        .collect();
    format!("[{}]", tids.join(", "))
}

/// What a structure holds past the fields that have names, where that is more than zeroes.
pub(super) fn past(view: &dyn View, at: u64, known: u64, size: u64) -> String {
    if size <= known {
        return String::new();
    }
    let rest = size.min(STRUCT_MOST) - known;
    match memory::bytes(view, at.wrapping_add(known), rest as usize) {
        None => ", ???".to_owned(),
        Some(bytes) if bytes.iter().all(|&byte| byte == 0) => String::new(),
        Some(bytes) => format!(
            ", /* bytes {known}..{} */ {}",
            size - 1,
            text::hex_quoted(&bytes)
        ),
    }
}

pub(super) fn cloned3(d: &mut Draft, view: &dyn View, result: i64) {
    let (at, size) = (d.arg(0), d.arg(1));
    let given = memory::u64(view, at).unwrap_or(0);
    let mut wrote = Vec::new();
    if result >= 0 && size >= CLONE_ARGS_LEAST {
        for (bit, name, field) in [
            (CLONE_PIDFD, "pidfd", 1),
            (CLONE_PARENT_SETTID, "parent_tid", 3),
        ] {
            if given & bit != 0 {
                let to = memory::u64(view, at.wrapping_add(field * 8)).unwrap_or(0);
                wrote.push(format!("{name}={}", pointed(view, to, result)));
            }
        }
    }
    if let (Some(last), false) = (d.texts.last_mut(), wrote.is_empty()) {
        last.push_str(&format!(" => {{{}}}", wrote.join(", ")));
    }
    d.say_size(1);
}

pub(super) fn execve(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path(0, view);
    program(d, 1, view);
    true
}

pub(super) fn execveat(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path_at(0, 1, view);
    program(d, 2, view);
    d.say(flags(names::AT, d.uint(4), "AT_???"));
    true
}

/// The words that a program is given, and how many variables.
fn program(d: &mut Draft, at: usize, view: &dyn View) {
    let text = words(view, d.arg(at));
    d.say(text);
    let variables = d.arg(at + 1);
    d.say(format!("{}{}", address(variables), count(view, variables)));
}

/// The strings of a list of pointers, as many as strace(1) shows.
fn words(view: &dyn View, at: u64) -> String {
    if memory::word(view, at).is_none() {
        return address(at);
    }
    let mut words = Vec::new();
    for i in 0.. {
        let next = at.wrapping_add(i * WORD);
        match memory::word(view, next) {
            None => {
                words.push(format!("... /* {} */", address(next)));
                break;
            }
            Some(0) => break,
            Some(_) if words.len() >= text::SHOWN => {
                words.push("...".to_owned());
                break;
            }
            Some(word) => words.push(text::string(view, word)),
        }
    }
    format!("[{}]", words.join(", "))
}

/// How long a list of pointers is.
fn count(view: &dyn View, at: u64) -> String {
    /// The kernel takes a quarter of the stack's limit; more than this is no list that it took.
    const MOST: u64 = 1 << 20;
    const STEP: usize = 4096;
    let (mut n, mut end) = (0, "");
    loop {
        let bytes = memory::readable(view, at.wrapping_add(n * WORD), STEP);
        let whole = bytes.len() / WORD as usize;
        let words = (0..whole).map(|i| Fields(&bytes).word(i * WORD as usize));
        let before = words.take_while(|word| *word != 0).count();
        n += before as u64;
        if before < whole {
            break;
        }
        if bytes.len() < STEP || n >= MOST {
            end = ", unterminated";
            break;
        }
    }
    match (n, end) {
        (0, ", unterminated") => String::new(),
        (1, _) => format!(" /* 1 var{end} */"),
        _ => format!(" /* {n} vars{end} */"),
    }
}

pub(super) fn exit(d: &mut Draft, _: &dyn View) -> bool {
    d.say_int(0);
    true
}

pub(super) fn unshare(d: &mut Draft, _: &dyn View) -> bool {
    d.say(flags(names::UNSHARE, d.arg(0), "CLONE_???"));
    true
}

pub(super) fn setns(d: &mut Draft, view: &dyn View) -> bool {
    d.say_fd(0, view);
    d.say(flags(names::NAMESPACES, d.uint(1), "CLONE_NEW???"));
    true
}

pub(super) fn pidfd_open(d: &mut Draft, _: &dyn View) -> bool {
    d.say_int(0);
    let known = [(libc::O_NONBLOCK as u64, "PIDFD_NONBLOCK")];
    d.say(flags(&known, d.uint(1), "PIDFD_???"));
    true
}

pub(super) fn pidfd_getfd(d: &mut Draft, _: &dyn View) -> bool {
    d.say_int(0);
    d.say_int(1);
    d.say(hex(d.uint(2)));
    true
}

pub(super) fn pidfd_send_signal(d: &mut Draft, view: &dyn View) -> bool {
    d.say_int(0);
    d.say(signal(d.int(1) as u64));
    let at = d.arg(2);
    d.say(
        memory::bytes(view, at, 128).map_or_else(|| address(at), |bytes| siginfo(&Fields(&bytes))),
    );
    d.say(hex(d.uint(3)));
    true
}

/// `siginfo_t` as a process sends it: who, and a value.
fn siginfo(info: &Fields<'_>) -> String {
    let known = [
        (0, "SI_USER"),
        (-1i32 as u32 as u64, "SI_QUEUE"),
        (-6i32 as u32 as u64, "SI_TKILL"),
    ];
    let code = value(&known, info.u32(8).into(), "SI_???");
    let value = match info.u64(24) {
        0 => String::new(),
        pointer => format!(
            ", si_int={}, si_ptr={}",
            info.u32(24) as i32,
            address(pointer)
        ),
    };
    format!(
        "{{si_signo={}, si_code={code}, si_pid={}, si_uid={}{value}}}",
        signal(info.u32(0).into()),
        info.u32(16) as i32,
        info.u32(20)
    )
}

pub(super) fn set_name(d: &mut Draft, view: &dyn View) -> bool {
    let (at, len) = (d.arg(0), d.uint(1));
    // Longer than a name can be (__NEW_UTS_LEN), it is not read.
    let text = if len > 64 {
        address(at)
    } else {
        text::buffer(view, at, len)
    };
    d.say(text);
    d.say(len.to_string());
    true
}

/// One user or group.
pub(super) fn set_id(d: &mut Draft, _: &dyn View) -> bool {
    d.say(text::id(d.arg(0)));
    true
}

/// Two users or groups.
pub(super) fn set_ids(d: &mut Draft, view: &dyn View) -> bool {
    set_id(d, view);
    d.say(text::id(d.arg(1)));
    true
}

/// Three users or groups.
pub(super) fn set_all_ids(d: &mut Draft, view: &dyn View) -> bool {
    set_ids(d, view);
    d.say(text::id(d.arg(2)));
    true
}

pub(super) fn setgroups(d: &mut Draft, view: &dyn View) -> bool {
    /// `NGROUPS_MAX`.
    const MOST: i32 = 65536;
    let (count, at) = (d.int(0), d.arg(1));
    d.say_int(0);
    d.say(match count {
        0 if at != 0 => "[]".to_owned(),
        1..=MOST => groups(view, at, count as usize),
        _ => address(at),
    });
    true
}

fn groups(view: &dyn View, at: u64, count: usize) -> String {
    let Some(bytes) = memory::bytes(view, at, count.min(text::SHOWN) * 4) else {
        return address(at);
    };
    let shown = 0..count.min(text::SHOWN);
    let mut groups: Vec<String> = shown
        .map(|i| text::id(Fields(&bytes).u32(i * 4).into()))
        .collect();
    if count > text::SHOWN {
        groups.push("...".to_owned());
    }
    format!("[{}]", groups.join(", "))
}
