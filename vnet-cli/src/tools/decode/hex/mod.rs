//! Bytes written in hex, in whatever layout.

mod dump;
mod escapes;
mod plain;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::layouts;

pub(in crate::tools::decode) use escapes::unescape;

use super::messages::plausible;

/// Bytes that stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The line on which they start, from 1.
    pub line: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Bytes, each time up to where others begin.
    pub pieces: Vec<Piece>,
    /// Lines, from 1, and what is wrong with them.
    pub notes: Vec<(usize, String)>,
}

/// More notes than this say nothing new.
const NOTES: usize = 20;

impl Parsed {
    fn note(&mut self, line: usize, what: impl Into<String>) {
        if self.notes.len() < NOTES {
            self.notes.push((line, what.into()));
        }
    }

    /// How many bytes are whole messages.
    fn sense(&self) -> usize {
        sense(&self.pieces)
    }

    fn push(&mut self, piece: &mut Piece) {
        let piece = std::mem::take(piece);
        if !piece.bytes.is_empty() {
            self.pieces.push(piece);
        }
    }
}

/// Reads a text. Layouts: bare digits, with blanks, commas, colons or dashes between them or none; lines of xxd(1),
/// hexdump(1), od(1), tcpdump(8), Wireshark, gdb(1) and the kernel's log, with offsets and characters or without;
/// arrays of C and its kin; strings with `\x..`.
pub fn parse(text: &str) -> Parsed {
    if text.contains("\\x") {
        return escapes::parse(text);
    }
    let text = strip_comments(text);
    let lines: Vec<&str> = text.lines().collect();
    let dumps = dump::Kind::of(&lines).into_iter();
    let dumps = dumps.map(|kind| dump::parse(&lines, kind));
    // Of offsets that may be several things, those by which there is most sense; else the likeliest.
    let best = dumps.rev().max_by_key(Parsed::sense);
    best.unwrap_or_else(|| plain::parse(&lines))
}

/// Whether a text has bytes in hex at its beginning, and hardly anything else.
pub(super) fn is(text: &str) -> bool {
    let parsed = parse(text);
    let found: usize = parsed.pieces.iter().map(|p| p.bytes.len()).sum();
    // A word here and there that could be hex does not make a text one.
    let solid = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
    found > 0 && found.saturating_mul(8) >= solid
}

/// Of words in this machine's byte order and of the same words as they are written: what makes more sense.
fn sensible(written: Vec<Piece>, swapped: Vec<Piece>, swapped_first: bool) -> Vec<Piece> {
    let (one, two) = (sense(&written), sense(&swapped));
    match one.cmp(&two) {
        std::cmp::Ordering::Less => swapped,
        std::cmp::Ordering::Greater => written,
        std::cmp::Ordering::Equal if swapped_first => swapped,
        std::cmp::Ordering::Equal => written,
    }
}

fn sense(pieces: &[Piece]) -> usize {
    pieces.iter().map(|p| plausible(&p.bytes)).sum()
}

/// The same bytes in the other order.
fn swap(word: &[u8]) -> impl Iterator<Item = u8> {
    word.iter().rev().copied()
}

/// The bytes of a row of digits; `None` if it is something else, or one digit is alone.
fn digits(word: &str) -> Option<Vec<u8>> {
    let digit = |b: &u8| {
        char::from(*b)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let (pairs, rest) = word.as_bytes().as_chunks::<2>();
    if !rest.is_empty() || pairs.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(digit(high)? << 4 | digit(low)?))
        .collect()
}

fn is_hex(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A text without the comments of C, lines kept.
fn strip_comments(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("/*") && !text.contains("//") {
        return text.into();
    }
    // The characters beside a dump may look like a comment: only where there are arrays are there any.
    if !text.contains("0x") || !text.contains(['{', '[']) {
        return text.into();
    }
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*").into_iter().chain(rest.find("//")).min() {
        let (before, comment) = rest.split_at(at);
        kept.push_str(before);
        let (end, skip) = match comment.starts_with("/*") {
            true => (comment.find("*/"), 2),
            false => (comment.find('\n'), 0),
        };
        let len = end.map_or(comment.len(), |end| end + skip);
        let (inside, behind) = comment.split_at_checked(len).unwrap_or((comment, ""));
        kept.extend(inside.chars().filter(|c| *c == '\n'));
        kept.push(' ');
        rest = behind;
    }
    kept.push_str(rest);
    kept.into()
}
