//! Capabilities, and filters of system calls.

use super::draft::Draft;
use super::flags::{Names, flags, value};
use super::memory::{self, Fields, WORD};
use super::text::{address, hex};
use super::{View, names};

/// Capabilities of threads are two words in all versions but the first.
const ONE_WORD: u32 = 0x1998_0330;
const TWO_WORDS: [u32; 2] = [0x2007_1026, 0x2008_0522];

/// The header; how many words of each set follow it.
fn header(d: &mut Draft, view: &dyn View) -> Option<usize> {
    let at = d.arg(0);
    let Some(bytes) = memory::bytes(view, at, 8) else {
        d.say_address(0);
        return None;
    };
    let fields = Fields(&bytes);
    let known = [
        (ONE_WORD.into(), "_LINUX_CAPABILITY_VERSION_1"),
        (TWO_WORDS[0].into(), "_LINUX_CAPABILITY_VERSION_2"),
        (TWO_WORDS[1].into(), "_LINUX_CAPABILITY_VERSION_3"),
    ];
    let version = value(
        &known,
        fields.u32(0).into(),
        "_LINUX_CAPABILITY_VERSION_???",
    );
    d.say(format!(
        "{{version={version}, pid={}}}",
        fields.u32(4) as i32
    ));
    Some(if TWO_WORDS.contains(&fields.u32(0)) {
        2
    } else {
        1
    })
}

fn sets(view: &dyn View, at: u64, words: Option<usize>) -> String {
    let bytes = words.and_then(|words| memory::bytes(view, at, words * 12));
    let Some(bytes) = bytes else {
        return address(at);
    };
    let fields = Fields(&bytes);
    // Past the end there is no second word, and it reads as 0.
    let set = |at: usize| mask(fields.u32(at), fields.u32(at + 12));
    format!(
        "{{effective={}, permitted={}, inheritable={}}}",
        set(0),
        set(4),
        set(8)
    )
}

fn mask(low: u32, high: u32) -> String {
    let part = |from: usize, bits: u32| {
        let known: Vec<(u64, &str)> = names::CAPABILITIES
            .iter()
            .filter(|(number, _)| (from..from + 32).contains(&(*number as usize)))
            .map(|(number, name)| (1 << (number % 32), *name))
            .collect();
        let mut texts: Vec<String> = Vec::new();
        let mut left = u64::from(bits);
        for (bit, name) in known {
            if left & bit != 0 {
                texts.push(format!("1<<{name}"));
                left &= !bit;
            }
        }
        match (texts.is_empty(), left) {
            (true, 0) => "0".to_owned(),
            (true, _) => format!("{left:#x} /* CAP_??? */"),
            (false, 0) => texts.join("|"),
            (false, _) => format!("{}|{left:#x}", texts.join("|")),
        }
    };
    match (low, high) {
        (_, 0) => part(0, low),
        (0, _) => part(32, high),
        _ => format!("{}|{}", part(0, low), part(32, high)),
    }
}

pub(super) fn capset(d: &mut Draft, view: &dyn View) -> bool {
    let words = header(d, view);
    d.say(sets(view, d.arg(1), words));
    true
}

pub(super) fn capget(d: &mut Draft, view: &dyn View) -> bool {
    let words = header(d, view);
    d.given = words.map(|words| words as u32);
    true
}

pub(super) fn capgot(d: &mut Draft, view: &dyn View, result: i64) {
    let words = d.given.filter(|_| result >= 0).map(|words| words as usize);
    d.say(sets(view, d.arg(1), words));
}

const SET_FILTER: u64 = 1;
const ACTION: u64 = 2;
const SIZES: u64 = 3;

static OPERATIONS: &Names = &[
    (0, "SECCOMP_SET_MODE_STRICT"),
    (1, "SECCOMP_SET_MODE_FILTER"),
    (2, "SECCOMP_GET_ACTION_AVAIL"),
    (3, "SECCOMP_GET_NOTIF_SIZES"),
];

static FILTER_FLAGS: &Names = &[
    (1, "SECCOMP_FILTER_FLAG_TSYNC"),
    (2, "SECCOMP_FILTER_FLAG_LOG"),
    (4, "SECCOMP_FILTER_FLAG_SPEC_ALLOW"),
    (8, "SECCOMP_FILTER_FLAG_NEW_LISTENER"),
    (16, "SECCOMP_FILTER_FLAG_TSYNC_ESRCH"),
    (32, "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"),
];

static ACTIONS: &Names = &[
    (0x8000_0000, "SECCOMP_RET_KILL_PROCESS"),
    (0, "SECCOMP_RET_KILL_THREAD"),
    (0x3_0000, "SECCOMP_RET_TRAP"),
    (0x5_0000, "SECCOMP_RET_ERRNO"),
    (0x7fc0_0000, "SECCOMP_RET_USER_NOTIF"),
    (0x7ff0_0000, "SECCOMP_RET_TRACE"),
    (0x7ffc_0000, "SECCOMP_RET_LOG"),
    (0x7fff_0000, "SECCOMP_RET_ALLOW"),
];

pub(super) fn seccomp(d: &mut Draft, view: &dyn View) -> bool {
    let (operation, at) = (d.uint(0), d.arg(2));
    d.say(value(OPERATIONS, operation, "SECCOMP_SET_MODE_???"));
    d.say(match operation {
        SET_FILTER => flags(FILTER_FLAGS, d.uint(1), "SECCOMP_FILTER_FLAG_???"),
        _ => hex(d.uint(1)),
    });
    match operation {
        SET_FILTER => d.say(program(view, at).unwrap_or_else(|| address(at))),
        ACTION => d.say(memory::u32(view, at).map_or_else(
            || address(at),
            |action| format!("[{}]", value(ACTIONS, action.into(), "SECCOMP_RET_???")),
        )),
        SIZES => {}
        _ => d.say_address(2),
    }
    true
}

pub(super) fn seccomped(d: &mut Draft, view: &dyn View, result: i64) {
    if d.uint(0) != SIZES {
        return;
    }
    let bytes = memory::bytes(view, d.arg(2), 6).filter(|_| result >= 0);
    d.say(bytes.map_or_else(
        || address(d.arg(2)),
        |bytes| {
            let fields = Fields(&bytes);
            format!(
                "{{seccomp_notif={}, seccomp_notif_resp={}, seccomp_data={}}}",
                fields.u16(0),
                fields.u16(2),
                fields.u16(4)
            )
        },
    ));
}

/// A program of the kernel's packet filter (`struct sock_fprog`): its length and where it is.
pub(super) fn program(view: &dyn View, at: u64) -> Option<String> {
    let bytes = memory::bytes(view, at, 2 * WORD as usize)?;
    let fields = Fields(&bytes);
    let filter = address(fields.word(WORD as usize));
    Some(format!("{{len={}, filter={filter}}}", fields.u16(0)))
}
