//! Messages: `struct msghdr`, what goes with it, and the datagram it carries.

use super::super::event::Datagram;
use super::flags::flags;
use super::iov::{self, Part};
use super::memory::{self, Fields, WORD};
use super::text::{self, address};
use super::{View, names, sockaddr};

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
                control(view, self.control, self.controllen)
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

/// What goes with a message: `struct cmsghdr`, one after another.
fn control(view: &dyn View, at: u64, len: u64) -> String {
    /// The most that the kernel takes (`optmem_max`) is more by default, the most it gives far less.
    const MOST: u64 = 1 << 16;
    const HEADER: usize = WORD as usize + 8;
    let kept = len.min(MOST) as usize;
    let Some(bytes) = memory::bytes(view, at, kept).filter(|bytes| bytes.len() >= HEADER) else {
        return address(at);
    };
    let (mut texts, mut from) = (Vec::new(), 0);
    while let Some(rest) = bytes.get(from..).filter(|rest| rest.len() >= HEADER) {
        if texts.len() == text::SHOWN {
            texts.push("...".to_owned());
            break;
        }
        let fields = Fields(rest);
        let said = fields.word(0);
        let whole = usize::try_from(said).unwrap_or(usize::MAX);
        let data = rest.get(HEADER..whole.min(rest.len())).unwrap_or_default();
        texts.push(one_control(
            said,
            fields.u32(HEADER - 8),
            fields.u32(HEADER - 4),
            data,
        ));
        if whole < HEADER {
            texts.push(format!(
                "... /* {} */",
                address(at.wrapping_add(from as u64))
            ));
            break;
        }
        from = from.saturating_add(whole).saturating_add(WORD as usize - 1) & !(WORD as usize - 1);
    }
    format!("[{}]", texts.join(", "))
}

fn one_control(len: u64, level: u32, kind: u32, data: &[u8]) -> String {
    let fields = Fields(data);
    let (kind, data) = match (level, kind) {
        (1, 1) => {
            let fds = (0..data.len() / 4).map(|i| (fields.u32(i * 4) as i32).to_string());
            let fds = fds.take(text::SHOWN).collect::<Vec<_>>().join(", ");
            (
                "SCM_RIGHTS".to_owned(),
                (!data.is_empty()).then(|| format!("[{fds}]")),
            )
        }
        (1, 2) if data.len() >= 12 => {
            let ids = (
                fields.u32(0) as i32,
                text::id(fields.u32(4).into()),
                text::id(fields.u32(8).into()),
            );
            (
                "SCM_CREDENTIALS".to_owned(),
                Some(format!("{{pid={}, uid={}, gid={}}}", ids.0, ids.1, ids.2)),
            )
        }
        _ => (text::hex(kind.into()), None),
    };
    let level = super::flags::value(names::LEVELS, level.into(), "SOL_???");
    let data = data.map_or_else(String::new, |data| format!(", cmsg_data={data}"));
    format!("{{cmsg_len={len}, cmsg_level={level}, cmsg_type={kind}{data}}}")
}
