//! Netlink sockets: made, bound, set, and the datagrams that they carry.

use super::super::event::{Datagram, Group, Netlink};
use super::draft::Draft;
use super::flags::{flags, name, value};
use super::message::{self, Header, ROOM};
use super::text::address;
use super::{View, files, iov, memory, names, sockaddr};
use crate::show::netlink::protocol;
use netlink_raw::transport::Direction;

const MSG_PEEK: u64 = 0x2;

/// Whether the first argument is a netlink socket; notes which, for what is sent or received.
fn netlink(d: &mut Draft, view: &dyn View, way: Option<(Direction, bool)>) -> bool {
    let socket = view
        .socket(d.int(0))
        .filter(|socket| socket.domain == libc::AF_NETLINK);
    let Some(socket) = socket else {
        return false;
    };
    d.group = Group::Netlink;
    d.say_int(0);
    d.netlink = way.map(|(direction, peeked)| Netlink {
        socket: socket.inode,
        protocol: socket.protocol as u16,
        direction,
        peeked,
        datagrams: Vec::new(),
    });
    true
}

fn sends(d: &mut Draft, view: &dyn View) -> bool {
    netlink(d, view, Some((Direction::Sent, false)))
}

fn receives(d: &mut Draft, view: &dyn View, given: u64) -> bool {
    netlink(d, view, Some((Direction::Received, given & MSG_PEEK != 0)))
}

fn carried(d: &mut Draft, datagrams: Vec<Datagram>) {
    if let Some(netlink) = &mut d.netlink {
        netlink.datagrams = datagrams;
    }
}

/// What a call that failed was to send was not sent.
pub(super) fn sent(d: &mut Draft, _: &dyn View, result: i64) {
    if result < 0 {
        d.netlink = None;
    }
}

fn message_flags(given: u64) -> String {
    flags(names::MSG, given, "MSG_???")
}

pub(super) fn socket(d: &mut Draft, _: &dyn View) -> bool {
    if d.int(0) != libc::AF_NETLINK {
        return false;
    }
    let kind = d.uint(1);
    d.say("AF_NETLINK");
    d.say(match (kind, name(names::SOCKET_KINDS, kind & 0xf)) {
        (0, _) => "0".to_owned(),
        (_, None) => format!("{kind:#x} /* SOCK_??? */"),
        (_, Some(name)) if kind == kind & 0xf => name.to_owned(),
        (_, Some(name)) => {
            let more = flags(names::SOCKET_FLAGS, kind & !0xf, "SOCK_???");
            format!("{name}|{more}")
        }
    });
    d.say(value(protocol::NAMES, d.uint(2), "NETLINK_???"));
    true
}

/// bind(2) and connect(2).
pub(super) fn address_given(d: &mut Draft, view: &dyn View) -> bool {
    if !netlink(d, view, None) {
        return false;
    }
    d.say(sockaddr::at(view, d.arg(1), d.int(2)));
    d.say_int(2);
    true
}

/// getsockname(2) and getpeername(2).
pub(super) fn address_asked(d: &mut Draft, view: &dyn View) -> bool {
    d.given = memory::u32(view, d.arg(2));
    netlink(d, view, None)
}

pub(super) fn address_answered(d: &mut Draft, view: &dyn View, result: i64) {
    let given = d.given.filter(|_| result >= 0);
    let (text, len) = sockaddr::answered(view, d.arg(1), d.arg(2), given);
    d.say(text);
    d.say(len);
}

pub(super) fn close(d: &mut Draft, view: &dyn View) -> bool {
    netlink(d, view, None)
}

pub(super) fn shutdown(d: &mut Draft, view: &dyn View) -> bool {
    if !netlink(d, view, None) {
        return false;
    }
    let known = [(0, "SHUT_RD"), (1, "SHUT_WR"), (2, "SHUT_RDWR")];
    d.say(value(&known, d.uint(1), "SHUT_???"));
    true
}

/// A buffer in one part.
fn buffer(d: &Draft) -> iov::Part {
    iov::Part {
        at: d.arg(1),
        len: d.arg(2),
    }
}

/// A buffer that is sent: its text and its datagram.
fn give(d: &mut Draft, view: &dyn View) {
    let part = buffer(d);
    d.say(message::payload(view, part.at, part.len));
    d.say(part.len.to_string());
    carried(d, vec![message::gather(view, &[part], None, &mut { ROOM })]);
}

/// A buffer that was received into: its text and its datagram.
fn take(d: &mut Draft, view: &dyn View, result: i64) {
    let part = buffer(d);
    match u64::try_from(result) {
        Err(_) => {
            d.say_address(1);
            d.netlink = None;
        }
        Ok(len) => {
            d.say(message::payload(view, part.at, len.min(part.len)));
            carried(
                d,
                vec![message::gather(view, &[part], Some(len), &mut { ROOM })],
            );
        }
    }
    d.say(part.len.to_string());
}

pub(super) fn sendto(d: &mut Draft, view: &dyn View) -> bool {
    if !sends(d, view) {
        return false;
    }
    give(d, view);
    d.say(message_flags(d.uint(3)));
    d.say(sockaddr::at(view, d.arg(4), d.int(5)));
    d.say_int(5);
    true
}

pub(super) fn recvfrom(d: &mut Draft, view: &dyn View) -> bool {
    d.given = memory::u32(view, d.arg(5));
    receives(d, view, d.uint(3))
}

pub(super) fn recvfrom_done(d: &mut Draft, view: &dyn View, result: i64) {
    take(d, view, result);
    d.say(message_flags(d.uint(3)));
    match d.given {
        Some(given) if result < 0 => {
            d.say_address(4);
            d.say(format!("[{}]", given as i32));
        }
        given => {
            let (text, len) = sockaddr::answered(view, d.arg(4), d.arg(5), given);
            d.say(text);
            d.say(len);
        }
    }
}

/// write(2) and pwrite64(2), to a netlink socket or a file of interest.
pub(super) fn write(d: &mut Draft, view: &dyn View) -> bool {
    if !sends(d, view) {
        return files::write(d, view);
    }
    give(d, view);
    true
}

pub(super) fn pwrite64(d: &mut Draft, view: &dyn View) -> bool {
    if !write(d, view) {
        return false;
    }
    d.say((d.arg(3) as i64).to_string());
    true
}

pub(super) fn writev(d: &mut Draft, view: &dyn View) -> bool {
    if !sends(d, view) {
        return files::writev(d, view);
    }
    let (at, count) = (d.arg(1), d.arg(2));
    d.say(message::parts(view, at, count, u64::MAX));
    d.say(count.to_string());
    let parts = iov::read(view, at, count).unwrap_or_default();
    carried(d, vec![message::gather(view, &parts, None, &mut { ROOM })]);
    true
}

/// read(2) and readv(2).
pub(super) fn read(d: &mut Draft, view: &dyn View) -> bool {
    receives(d, view, 0)
}

pub(super) fn read_done(d: &mut Draft, view: &dyn View, result: i64) {
    take(d, view, result);
}

pub(super) fn readv_done(d: &mut Draft, view: &dyn View, result: i64) {
    let (at, count) = (d.arg(1), d.arg(2));
    match u64::try_from(result) {
        // Of a failed call the parts are shown, and where each is.
        Err(_) => {
            let parts = iov::read(view, at, count);
            let text = parts.map(|parts| iov::write(&parts, at, count, |part| address(part.at)));
            d.say(text.unwrap_or_else(|| address(at)));
            d.netlink = None;
        }
        Ok(len) => {
            d.say(message::parts(view, at, count, len));
            let parts = iov::read(view, at, count).unwrap_or_default();
            carried(
                d,
                vec![message::gather(view, &parts, Some(len), &mut { ROOM })],
            );
        }
    }
    d.say(count.to_string());
}

pub(super) fn sendmsg(d: &mut Draft, view: &dyn View) -> bool {
    if !sends(d, view) {
        return false;
    }
    match message::read(view, d.arg(1)) {
        None => d.say_address(1),
        Some(header) => {
            d.say(header.write(view, None));
            carried(d, vec![header.datagram(view, None, &mut { ROOM })]);
        }
    }
    d.say(message_flags(d.uint(2)));
    true
}

pub(super) fn recvmsg(d: &mut Draft, view: &dyn View) -> bool {
    d.given = message::read(view, d.arg(1)).map(|header| header.namelen as u32);
    receives(d, view, d.uint(2))
}

pub(super) fn recvmsg_done(d: &mut Draft, view: &dyn View, result: i64) {
    let header = message::read(view, d.arg(1));
    match (u64::try_from(result), d.given, header) {
        (Err(_), Some(given), _) => d.say(format!("{{msg_namelen={}}}", given as i32)),
        (Ok(len), given, Some(header)) => {
            let given = given.map_or(header.namelen, |given| given as i32);
            d.say(header.write(view, Some((len, given))));
            carried(d, vec![header.datagram(view, Some(len), &mut { ROOM })]);
        }
        _ => d.say_address(1),
    }
    if result < 0 {
        d.netlink = None;
    }
    d.say(message_flags(d.uint(2)));
}

/// How long a `struct mmsghdr` is: the length of what went stands after the header.
pub(super) const MMSG: u64 = message::SIZE + memory::WORD;

/// The most messages that the kernel takes in one call (`UIO_MAXIOV`).
const MESSAGES: u64 = 1024;

/// The headers of several messages, each with the length of what went.
fn messages(view: &dyn View, at: u64, count: u64) -> Vec<(Header, u64)> {
    let count = count.min(MESSAGES);
    let one = |i: u64| {
        let at = at.wrapping_add(i * MMSG);
        let len = memory::u32(view, at.wrapping_add(message::SIZE))?;
        Some((message::read(view, at)?, u64::from(len)))
    };
    (0..count).map_while(one).collect()
}

/// Several messages as strace(1) writes them, with the lengths of those that went.
fn all(
    at: u64,
    count: u64,
    headers: &[(Header, u64)],
    mut write: impl FnMut(usize, &Header) -> String,
) -> String {
    if headers.is_empty() && count > 0 {
        return address(at);
    }
    let shown = headers.iter().take(super::text::SHOWN).enumerate();
    let mut texts: Vec<String> = shown.map(|(i, (header, _))| write(i, header)).collect();
    if count > texts.len() as u64 {
        texts.push(match texts.len() {
            super::text::SHOWN => "...".to_owned(),
            len => format!("... /* {} */", address(at.wrapping_add(len as u64 * MMSG))),
        });
    }
    format!("[{}]", texts.join(", "))
}

pub(super) fn sendmmsg(d: &mut Draft, view: &dyn View) -> bool {
    if !sends(d, view) {
        return false;
    }
    let headers = messages(view, d.arg(1), d.uint(2));
    let mut room = ROOM;
    let datagrams = headers
        .iter()
        .map(|(header, _)| header.datagram(view, None, &mut room));
    carried(d, datagrams.collect());
    true
}

pub(super) fn sendmmsg_done(d: &mut Draft, view: &dyn View, result: i64) {
    let (at, count) = (d.arg(1), d.uint(2));
    let went = usize::try_from(result).unwrap_or(0);
    if let Some(netlink) = &mut d.netlink {
        netlink.datagrams.truncate(went);
    }
    sent(d, view, result);
    let headers = messages(view, at, count);
    d.say(all(at, count, &headers, |i, header| {
        let len = match headers.get(i) {
            Some((_, len)) if i < went => format!(", msg_len={len}"),
            _ => String::new(),
        };
        format!("{{msg_hdr={}{len}}}", header.write(view, None))
    }));
    d.say(count.to_string());
    d.say(message_flags(d.uint(3)));
}

pub(super) fn recvmmsg(d: &mut Draft, view: &dyn View) -> bool {
    let headers = messages(view, d.arg(1), d.uint(2));
    d.names = headers.iter().map(|(header, _)| header.namelen).collect();
    d.timeout = timeout(view, d.arg(4));
    receives(d, view, d.uint(3))
}

/// How long to wait, where that is said.
fn timeout(view: &dyn View, at: u64) -> String {
    let (seconds, rest) = (
        memory::word(view, at),
        memory::word(view, at.wrapping_add(memory::WORD)),
    );
    match (seconds, rest) {
        (Some(seconds), Some(rest)) => format!("{{tv_sec={}, tv_nsec={rest}}}", seconds as i64),
        _ => address(at),
    }
}

pub(super) fn recvmmsg_done(d: &mut Draft, view: &dyn View, result: i64) {
    let (at, count) = (d.arg(1), d.uint(2));
    match u64::try_from(result) {
        Err(_) => {
            d.say_address(1);
            d.netlink = None;
        }
        Ok(came) => {
            let headers = messages(view, at, came);
            let given = std::mem::take(&mut d.names);
            d.say(all(at, came, &headers, |i, header| {
                let len = headers.get(i).map_or(0, |(_, len)| *len);
                let given = given.get(i).copied().unwrap_or(header.namelen);
                format!(
                    "{{msg_hdr={}, msg_len={len}}}",
                    header.write(view, Some((len, given)))
                )
            }));
            let mut room = ROOM;
            let datagrams = headers
                .iter()
                .map(|(header, len)| header.datagram(view, Some(*len), &mut room));
            carried(d, datagrams.collect());
        }
    }
    d.say(count.to_string());
    d.say(message_flags(d.uint(3)));
    let waited = std::mem::take(&mut d.timeout);
    d.say(waited);
    if let (1.., true) = (result, d.arg(4) != 0) {
        // The kernel says how much of the time is left.
        d.returned = Some(format!("{result} (left {})", timeout(view, d.arg(4))));
    }
}
