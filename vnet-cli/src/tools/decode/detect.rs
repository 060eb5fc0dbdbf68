//! Telling what an input is from how it begins.

use super::{Format, hex, strace};
use std::borrow::Cow;

/// How much of an input is looked at, in bytes.
pub(super) const HEAD: usize = 64 * 1024;

/// Whether more of an input would not change what it is taken for.
pub(super) fn is_clear(head: &[u8]) -> bool {
    is_capture(head) || (is_text(head) && strace::is(&text(head)))
}

fn is_capture(head: &[u8]) -> bool {
    let captures = [0xa1b2_c3d4, 0xa1b2_3c4d, 0x0a0d_0d0a];
    head.first_chunk().is_some_and(|magic| {
        let is = |n: u32| captures.contains(&n);
        is(u32::from_le_bytes(*magic)) || is(u32::from_be_bytes(*magic))
    })
}

/// What an input that begins so is.
pub(super) fn format(head: &[u8]) -> Format {
    if is_capture(head) {
        return Format::Pcap;
    }
    if !is_text(head) {
        return Format::Raw;
    }
    let text = text(head);
    if strace::is(&text) {
        return Format::Strace;
    }
    // Any message has zeros among its bytes; what is text and not hex has no sense as either.
    match text.trim().is_empty() || hex::is(&text) {
        true => Format::Hex,
        false => Format::Raw,
    }
}

/// Whether bytes are text: UTF-8, which may be cut at the end, or UTF-16 that says so, without control characters.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return head.len().is_multiple_of(2) && utf16(head).is_some_and(|t| !t.contains('\0'));
    }
    // Lines that others wrote may hold a byte of another encoding; zeros and their like they do not.
    head.iter()
        .all(|b| matches!(b, b'\t' | b'\n' | 0x0c | b'\r' | 0x1b | 0x20..))
}

/// Bytes as text, without the mark that it may begin with.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(text) = utf16(bytes) {
        return text.into();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    String::from_utf8_lossy(bytes)
}

/// Text of two bytes a character, as some systems redirect it.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (mark, rest) = bytes.split_first_chunk()?;
    let unit: fn([u8; 2]) -> u16 = match mark {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(text.collect())
}
