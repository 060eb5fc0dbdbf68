//! Messages: `struct msghdr`, what goes with it, and the datagram it carries.

use super::super::event::Datagram;
use super::flags::flags;
use super::iov::{self, Part};
use super::memory::{self, Fields, WORD};
use super::text::{self, address};
use super::{View, control, names, sockaddr};

/// The most bytes of one datagram that are kept; its length is told whole.
const MOST: usize = 1 << 20;
/// The most bytes of all datagrams of one call.
pub(super) const ROOM: usize = 4 << 20;
/// How much of a buffer is looked at to see whether it can be read.
const LOOKED_AT: usize = 1 << 16;

/// `struct msghdr`.
pub(super) struct Header {
    name: u64,
    pub(super) namelen: i32,
    iov: u64,
    iovlen: u64,
    control: u64,
    controllen: u64,
    flags: u64,
}

/// How many bytes it has.
pub(super) const SIZE: u64 = 7 * WORD;

/// The structure at an address.
pub(super) fn read(view: &dyn View, at: u64) -> Option<Header> {
    let bytes = memory::bytes(view, at, SIZE as usize)?;
    let fields = Fields(&bytes);
    let word = |at: u64| fields.word((at * WORD) as usize);
    Some(Header {
        name: word(0),
        namelen: fields.u32(WORD as usize) as i32,
        iov: word(2),
        iovlen: word(3),
        control: word(4),
        controllen: word(5),
        flags: fields.u32(6 * WORD as usize).into(),
    })
}

/// The descriptors that have come with the message whose header is at an address (`SCM_RIGHTS`, unix(7)).
pub(super) fn passed(view: &dyn View, at: u64) -> Vec<i32> {
    read(view, at).map_or_else(Vec::new, |header| {
        control::passed(view, header.control, header.controllen)
    })
}

/// Whether there is room for what may come with the message whose header is at an address.
pub(super) fn takes_more(view: &dyn View, at: u64) -> bool {
    read(view, at).is_some_and(|header| header.controllen > 0)
}

impl Header {
    /// As strace(1) writes it. `received` is how many bytes came and how long the peer's address could be.
    pub(super) fn write(&self, view: &dyn View, received: Option<(u64, i32)>) -> String {
        let namelen = match received {
            Some((_, given)) if given != self.namelen => format!("{given} => {}", self.namelen),
            _ => self.namelen.to_string(),
        };
        let len = received.map_or(u64::MAX, |(len, _)| len);
        let control = match self.controllen {
            0 => String::new(),
            _ => format!(
                "msg_control={}, ",
                control::write(view, self.control, self.controllen)
            ),
        };
        format!(
            "{{msg_name={}, msg_namelen={namelen}, msg_iov={}, msg_iovlen={}, {control}msg_controllen={}, \
             msg_flags={}}}",
            sockaddr::at(
                view,
                self.name,
                received.map_or(self.namelen, |(_, given)| given.min(self.namelen))
            ),
            parts(view, self.iov, self.iovlen, len),
            self.iovlen,
            self.controllen,
            flags(names::MSG, self.flags, "MSG_???"),
        )
    }

    /// The datagram in its buffers, which is so many bytes long; all that they hold where it is not said.
    /// `room` is how many bytes may still be kept.
    pub(super) fn datagram(&self, view: &dyn View, len: Option<u64>, room: &mut usize) -> Datagram {
        let parts = iov::read(view, self.iov, self.iovlen).unwrap_or_default();
        gather(view, &parts, len, room)
    }
}

/// The bytes of buffers, the first `len` of them or all, as far as there is room.
pub(super) fn gather(
    view: &dyn View,
    parts: &[Part],
    len: Option<u64>,
    room: &mut usize,
) -> Datagram {
    let all = parts
        .iter()
        .fold(0u64, |sum, part| sum.saturating_add(part.len));
    let len = len.unwrap_or(all);
    let most = MOST.min(*room);
    let mut left = usize::try_from(len.min(all)).unwrap_or(most).min(most);
    let mut bytes = Vec::new();
    for part in parts {
        let want = usize::try_from(part.len).unwrap_or(left).min(left);
        let read = memory::readable(view, part.at, want);
        left -= read.len();
        let whole = read.len() == want;
        bytes.extend(read);
        if !whole || left == 0 {
            break;
        }
    }
    *room -= bytes.len();
    Datagram {
        bytes,
        len: usize::try_from(len).unwrap_or(usize::MAX),
    }
}

/// Buffers of a netlink socket, the first `len` bytes of which were used.
pub(super) fn parts(view: &dyn View, at: u64, count: u64, len: u64) -> String {
    let Some(parts) = iov::read(view, at, count) else {
        return address(at);
    };
    let mut left = len;
    iov::write(&parts, at, count, |part| {
        let used = part.len.min(left);
        left -= used;
        payload(view, part.at, used)
    })
}

/// What stands for so many bytes of a datagram.
pub(super) fn payload(view: &dyn View, at: u64, len: u64) -> String {
    let looked = usize::try_from(len).unwrap_or(LOOKED_AT).min(LOOKED_AT);
    let whole = || {
        let last = at.wrapping_add(len.saturating_sub(1));
        memory::readable(view, at, looked).len() == looked
            && !memory::readable(view, last, 1).is_empty()
    };
    match len {
        _ if at == 0 => address(at),
        0 => text::quoted(b""),
        _ if whole() => format!("<{len} bytes of netlink>"),
        _ => address(at),
    }
}
