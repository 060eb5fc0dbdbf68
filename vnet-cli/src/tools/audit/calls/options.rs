//! Options of netlink sockets: setsockopt(2) and getsockopt(2).

use super::super::event::Group;
use super::draft::Draft;
use super::flags::value;
use super::memory::{self, Fields};
use super::sockaddr::changed;
use super::text::{self, address};
use super::{View, names};

const SOL_SOCKET: u64 = libc::SOL_SOCKET as u64;
const SOL_NETLINK: u64 = 270;
const SO_LINGER: u64 = 13;
const SO_PEERCRED: u64 = 17;
/// `SO_ATTACH_FILTER` and `SO_ATTACH_REUSEPORT_CBPF`.
const PROGRAMS: [u64; 2] = [26, 51];
const LIST_MEMBERSHIPS: u64 = 9;
/// Options of a socket that are no number: of another length than four bytes they are shown as a string.
const STRINGS: [u64; 13] = [20, 21, 25, 28, 31, 47, 55, 57, 59, 61, 66, 67, 71];

/// The socket, the level and the option.
fn which(d: &mut Draft, view: &dyn View) -> bool {
    let socket = view.socket(d.int(0));
    if socket.is_none_or(|socket| socket.domain != libc::AF_NETLINK) {
        return false;
    }
    d.group = Group::Netlink;
    d.say_int(0);
    let (level, option) = (d.uint(1), d.uint(2));
    d.say(value(names::LEVELS, level, "SOL_??"));
    d.say(match level {
        SOL_SOCKET => value(names::SOCKET_OPTIONS, option, "SO_???"),
        SOL_NETLINK => value(names::NETLINK_OPTIONS, option, "NETLINK_???"),
        _ => d.int(2).to_string(),
    });
    true
}

/// Whether an option of a socket is shown as a string where it does not have four bytes.
fn is_string(level: u64, option: u64) -> bool {
    level == SOL_SOCKET && STRINGS.contains(&option)
}

pub(super) fn set(d: &mut Draft, view: &dyn View) -> bool {
    if !which(d, view) {
        return false;
    }
    let (level, option, at, len) = (d.uint(1), d.uint(2), d.arg(3), d.int(4));
    let text = given(view, level, option, at, len);
    d.say(text.unwrap_or_else(|| address(at)));
    d.say_int(4);
    true
}

fn given(view: &dyn View, level: u64, option: u64, at: u64, len: i32) -> Option<String> {
    let len = u64::try_from(len).ok()?;
    let word = || memory::u32(view, at).map(|word| format!("[{}]", word as i32));
    match (level, option) {
        (SOL_SOCKET, SO_LINGER) if len < 8 => None,
        (SOL_SOCKET, SO_LINGER) => Some(linger(&memory::bytes(view, at, 8)?)),
        (SOL_SOCKET, option) if PROGRAMS.contains(&option) => {
            let whole = len >= 2 * memory::WORD;
            whole
                .then(|| super::capability::program(view, at))
                .flatten()
        }
        _ if is_string(level, option) && len != 4 => Some(text::buffer(view, at, len)),
        _ if len < 4 => None,
        _ => word(),
    }
}

fn linger(bytes: &[u8]) -> String {
    let fields = Fields(bytes);
    let linger = match bytes.len() {
        8.. => format!(", l_linger={}", fields.u32(4) as i32),
        _ => String::new(),
    };
    format!("{{l_onoff={}{linger}}}", fields.u32(0) as i32)
}

pub(super) fn get(d: &mut Draft, view: &dyn View) -> bool {
    d.given = memory::u32(view, d.arg(4));
    which(d, view)
}

pub(super) fn got(d: &mut Draft, view: &dyn View, result: i64) {
    let (level, option, at) = (d.uint(1), d.uint(2), d.arg(3));
    let now = memory::u32(view, d.arg(4));
    let (Some(given), Some(now)) = (d.given, now) else {
        d.say_address(3);
        d.say_address(4);
        return;
    };
    let (given, now) = (given as i32, now as i32);
    if result < 0 {
        d.say_address(3);
        d.say(format!("[{given}]"));
        return;
    }
    let len = usize::try_from(given.min(now)).unwrap_or(0);
    let text = answered(view, level, option, at, len);
    d.say(text.unwrap_or_else(|| address(at)));
    d.say(changed(given, now));
}

fn answered(view: &dyn View, level: u64, option: u64, at: u64, len: usize) -> Option<String> {
    // No answer that is taken apart is longer.
    let bytes = memory::bytes(view, at, len.min(4096))?;
    if bytes.is_empty() {
        return None;
    }
    let fields = Fields(&bytes);
    Some(match (level, option, bytes.len()) {
        (SOL_SOCKET, SO_LINGER, 4..) => linger(&bytes),
        (SOL_SOCKET, SO_PEERCRED, 4..) => {
            let names = ["pid", "uid", "gid"];
            let number = |at: usize| (fields.u32(at * 4) as i32).to_string();
            let ids = (0..bytes.len() / 4).zip(names);
            let ids: Vec<String> = ids
                .map(|(at, name)| format!("{name}={}", number(at)))
                .collect();
            format!("{{{}}}", ids.join(", "))
        }
        (SOL_NETLINK, LIST_MEMBERSHIPS, 4..) => {
            let count = bytes.len() / 4;
            let groups = (0..count.min(text::SHOWN)).map(|at| fields.u32(at * 4).to_string());
            let mut groups: Vec<String> = groups.collect();
            if count > text::SHOWN {
                groups.push("...".to_owned());
            }
            format!("[{}]", groups.join(", "))
        }
        (_, _, len) if is_string(level, option) && len != 4 => text::buffer(view, at, len as u64),
        (_, _, 4..) => format!("[{}]", fields.u32(0) as i32),
        _ => text::hex_quoted(&bytes),
    })
}
