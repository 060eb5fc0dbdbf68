//! The memory of the thread that has stopped.

use super::View;

/// A string that was read.
pub(super) struct CString {
    /// Its bytes, without the NUL.
    pub(super) bytes: Vec<u8>,
    /// Whether they are all: its NUL was found.
    pub(super) whole: bool,
}

/// So many bytes, all of them. The caller bounds `len`.
pub(super) fn bytes(view: &dyn View, at: u64, len: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; len];
    (at != 0 && view.read(at, &mut bytes) == len).then_some(bytes)
}

/// As many bytes as can be read.
pub(super) fn readable(view: &dyn View, at: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    let read = view.read(at, &mut bytes);
    bytes.truncate(read);
    bytes
}

/// A string of at most `max` bytes before its NUL. One that neither ends nor reaches `max` before memory does is none.
pub(super) fn string(view: &dyn View, at: u64, max: usize) -> Option<CString> {
    if at == 0 {
        return None;
    }
    let mut bytes = Vec::new();
    // Page by page: most strings are short, and the next page may not be there.
    while bytes.len() <= max {
        let from = at.checked_add(bytes.len() as u64)?;
        let step = (0x1000 - (from & 0xfff) as usize).min(max + 1 - bytes.len());
        let mut more = vec![0; step.min(256)];
        let read = view.read(from, &mut more);
        let more = more.get(..read).unwrap_or_default();
        if let Some(end) = more.iter().position(|&byte| byte == 0) {
            bytes.extend_from_slice(more.get(..end).unwrap_or_default());
            return Some(CString { bytes, whole: true });
        }
        if more.is_empty() {
            return None;
        }
        bytes.extend_from_slice(more);
    }
    bytes.truncate(max);
    Some(CString {
        bytes,
        whole: false,
    })
}

/// A number of 32 bits in the machine's order.
pub(super) fn u32(view: &dyn View, at: u64) -> Option<u32> {
    Some(u32::from_ne_bytes(array(view, at)?))
}

/// A number of 64 bits in the machine's order.
pub(super) fn u64(view: &dyn View, at: u64) -> Option<u64> {
    Some(u64::from_ne_bytes(array(view, at)?))
}

/// How many bytes a pointer or a `long` has.
pub(super) const WORD: u64 = size_of::<usize>() as u64;

/// A pointer or a `long`.
pub(super) fn word(view: &dyn View, at: u64) -> Option<u64> {
    Some(usize::from_ne_bytes(array(view, at)?) as u64)
}

fn array<const N: usize>(view: &dyn View, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    (at != 0 && view.read(at, &mut bytes) == N).then_some(bytes)
}

/// Fields out of bytes that were read, in the machine's order.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl Fields<'_> {
    fn at<const N: usize>(&self, offset: usize) -> [u8; N] {
        let field = self.0.get(offset..).and_then(|rest| rest.first_chunk());
        field.copied().unwrap_or([0; N])
    }

    /// The byte at an offset; 0 past the end.
    pub(super) fn u8(&self, offset: usize) -> u8 {
        u8::from_ne_bytes(self.at(offset))
    }

    /// The 16 bits at an offset; 0 past the end.
    pub(super) fn u16(&self, offset: usize) -> u16 {
        u16::from_ne_bytes(self.at(offset))
    }

    /// The 32 bits at an offset; 0 past the end.
    pub(super) fn u32(&self, offset: usize) -> u32 {
        u32::from_ne_bytes(self.at(offset))
    }

    /// The 64 bits at an offset; 0 past the end.
    pub(super) fn u64(&self, offset: usize) -> u64 {
        u64::from_ne_bytes(self.at(offset))
    }

    /// The pointer or `long` at an offset; 0 past the end.
    pub(super) fn word(&self, offset: usize) -> u64 {
        usize::from_ne_bytes(self.at(offset)) as u64
    }
}
