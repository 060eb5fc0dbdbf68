//! What goes with a message: `struct cmsghdr`, one after another (cmsg(3)).

use super::flags::value;
use super::memory::{self, Fields, WORD};
use super::text::{self, address};
use super::{View, names};

/// The most that the kernel takes (`optmem_max`) is more by default, the most it gives far less.
const MOST: u64 = 1 << 16;
const HEADER: usize = WORD as usize + 8;
/// `SCM_RIGHTS` and `SCM_CREDENTIALS` (`linux/socket.h`) of `SOL_SOCKET`.
const RIGHTS: (u32, u32) = (1, 1);
const CREDENTIALS: (u32, u32) = (1, 2);

/// One of them.
struct Control<'a> {
    /// Where it stands in the whole.
    at: usize,
    /// The length that it says.
    len: u64,
    level: u32,
    kind: u32,
    data: &'a [u8],
}

/// All of them; one that is shorter than a header is the last.
fn each(bytes: &[u8]) -> impl Iterator<Item = Control<'_>> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let from = at?;
        let rest = bytes.get(from..).filter(|rest| rest.len() >= HEADER)?;
        let fields = Fields(rest);
        let len = fields.word(0);
        let whole = usize::try_from(len).unwrap_or(usize::MAX);
        let next = from.saturating_add(whole).saturating_add(WORD as usize - 1);
        at = (whole >= HEADER).then_some(next & !(WORD as usize - 1));
        Some(Control {
            at: from,
            len,
            level: fields.u32(HEADER - 8),
            kind: fields.u32(HEADER - 4),
            data: rest.get(HEADER..whole.min(rest.len())).unwrap_or_default(),
        })
    })
}

fn read(view: &dyn View, at: u64, len: u64) -> Option<Vec<u8>> {
    memory::bytes(view, at, len.min(MOST) as usize)
}

/// As strace(1) writes them.
pub(super) fn write(view: &dyn View, at: u64, len: u64) -> String {
    let Some(bytes) = read(view, at, len).filter(|bytes| bytes.len() >= HEADER) else {
        return address(at);
    };
    let mut texts = Vec::new();
    for control in each(&bytes) {
        if texts.len() == text::SHOWN {
            texts.push("...".to_owned());
            break;
        }
        texts.push(control.write());
        if control.len < HEADER as u64 {
            let rest = at.wrapping_add(control.at as u64);
            texts.push(format!("... /* {} */", address(rest)));
        }
    }
    format!("[{}]", texts.join(", "))
}

/// The descriptors among them.
pub(super) fn passed(view: &dyn View, at: u64, len: u64) -> Vec<i32> {
    let bytes = read(view, at, len).unwrap_or_default();
    let rights = each(&bytes).filter(|control| (control.level, control.kind) == RIGHTS);
    rights.flat_map(|control| control.descriptors()).collect()
}

impl Control<'_> {
    fn descriptors(&self) -> Vec<i32> {
        let fields = Fields(self.data);
        let count = self.data.len() / 4;
        (0..count).map(|i| fields.u32(i * 4) as i32).collect()
    }

    fn write(&self) -> String {
        let fields = Fields(self.data);
        let (kind, data) = match (self.level, self.kind) {
            RIGHTS => {
                let fds = self.descriptors().into_iter().take(text::SHOWN);
                let fds: Vec<_> = fds.map(|fd| fd.to_string()).collect();
                let data = (!self.data.is_empty()).then(|| format!("[{}]", fds.join(", ")));
                ("SCM_RIGHTS".to_owned(), data)
            }
            CREDENTIALS if self.data.len() >= 12 => {
                let pid = fields.u32(0) as i32;
                let [uid, gid] = [4, 8].map(|at| text::id(fields.u32(at).into()));
                let data = format!("{{pid={pid}, uid={uid}, gid={gid}}}");
                ("SCM_CREDENTIALS".to_owned(), Some(data))
            }
            _ => (text::hex(self.kind.into()), None),
        };
        let level = value(names::LEVELS, self.level.into(), "SOL_???");
        let data = data.map_or_else(String::new, |data| format!(", cmsg_data={data}"));
        let len = self.len;
        format!("{{cmsg_len={len}, cmsg_level={level}, cmsg_type={kind}{data}}}")
    }
}
