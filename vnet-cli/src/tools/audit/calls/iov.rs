//! Buffers in several parts: `struct iovec`.

use super::View;
use super::memory::{self, Fields, WORD};
use super::text;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it is.
    pub(super) at: u64,
    /// How long.
    pub(super) len: u64,
}

/// The most parts that the kernel takes (`UIO_MAXIOV`).
const MOST: u64 = 1024;

/// The parts, as far as they can be read; `None` where none can.
pub(super) fn read(view: &dyn View, at: u64, count: u64) -> Option<Vec<Part>> {
    let size = 2 * WORD as usize;
    let bytes = memory::readable(view, at, count.min(MOST) as usize * size);
    if at == 0 || bytes.is_empty() && count != 0 {
        return None;
    }
    let fields = Fields(&bytes);
    let parts = (0..bytes.len() / size).map(|i| Part {
        at: fields.word(i * size),
        len: fields.word(i * size + WORD as usize),
    });
    Some(parts.collect())
}

/// The parts of `count` at an address as strace(1) writes them; `base` writes what is in one.
pub(super) fn write(
    parts: &[Part],
    at: u64,
    count: u64,
    mut base: impl FnMut(&Part) -> String,
) -> String {
    let shown = parts.iter().take(text::SHOWN);
    let mut texts: Vec<String> = shown
        .map(|part| format!("{{iov_base={}, iov_len={}}}", base(part), part.len))
        .collect();
    if count > texts.len() as u64 {
        texts.push(match texts.len() {
            text::SHOWN => "...".to_owned(),
            // The next cannot be read.
            len => format!(
                "... /* {} */",
                text::address(at.wrapping_add(len as u64 * 2 * WORD))
            ),
        });
    }
    format!("[{}]", texts.join(", "))
}
