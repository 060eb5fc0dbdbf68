//! Strings with `\x..`: in quotes as in a program's text, or bare as a tracer prints them.

use super::{Parsed, Piece};

/// Reads a text.
pub(super) fn parse(text: &str) -> Parsed {
    let sense = |parsed: &Parsed| -> (usize, usize) {
        let bytes = parsed.pieces.iter().map(|p| p.bytes.as_slice());
        let whole = bytes.clone().map(super::plausible).sum();
        (whole, bytes.map(<[u8]>::len).sum())
    };
    let mut parsed = Parsed::default();
    if text.contains(['"', '\'']) {
        quoted(text, &mut parsed);
    }
    let (whole, found) = sense(&parsed);
    if whole == 0 {
        // A quote may be one of the bytes.
        let mut unquoted = Parsed::default();
        bare(text, &mut unquoted);
        if found == 0 || sense(&unquoted).0 > 0 {
            return unquoted;
        }
    }
    parsed
}

/// Strings in quotes; those with nothing but blanks, backslashes and dots between them are one.
fn quoted(text: &str, parsed: &mut Parsed) {
    let mut piece = Piece::default();
    let mut rest = text;
    let mut line = 1;
    let lines = |part: &str| part.bytes().filter(|b| *b == b'\n').count();
    while let Some(at) = rest.find(['"', '\'']) {
        let (between, string) = rest.split_at(at);
        let joined = |c: char| c.is_whitespace() || matches!(c, '\\' | '.' | '+' | 'b' | '(' | ')');
        if !between.chars().all(joined) {
            parsed.push(&mut piece);
        }
        line += lines(between);
        let quote = string.as_bytes().first().copied().unwrap_or(b'"');
        let inside = string.get(1..).unwrap_or_default();
        let (bytes, used) = unescape(inside.as_bytes(), quote);
        // An apostrophe of a text is no string.
        let closed = inside.as_bytes().get(used) == Some(&quote);
        let used = match (closed, quote) {
            (true, _) => used + 1,
            (false, b'"') => {
                parsed.note(line, "a string without an end");
                used
            }
            (false, _) => 0,
        };
        if used > 1 {
            if piece.bytes.is_empty() {
                piece.line = line;
            }
            piece.bytes.extend(bytes);
        }
        let (passed, behind) = inside.split_at_checked(used).unwrap_or((inside, ""));
        line += lines(passed);
        rest = behind;
    }
    parsed.push(&mut piece);
    // A word in quotes that says what something is has no escapes: where others have, it is none of the bytes.
    if parsed.pieces.iter().any(|p| p.bytes.contains(&0)) {
        parsed
            .pieces
            .retain(|p| p.bytes.contains(&0) || p.bytes.len() < 4);
    }
}

/// Lines that hold escapes: from the word in which the first of them stands to the line's end.
fn bare(text: &str, parsed: &mut Parsed) {
    let mut piece = Piece::default();
    for (i, line) in text.lines().enumerate() {
        let Some(first) = line.find("\\x") else {
            parsed.push(&mut piece);
            continue;
        };
        let before = line.get(..first).unwrap_or_default();
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let string = line.get(start..).unwrap_or_default();
        let (string, goes_on) = match string.strip_suffix('\\') {
            Some(string) => (string, true),
            None => (string, false),
        };
        if piece.bytes.is_empty() {
            piece.line = i + 1;
        }
        piece.bytes.extend(unescape(string.as_bytes(), 0).0);
        // Whole messages on a line are a datagram; what is not goes on.
        let whole = super::plausible(&piece.bytes) == piece.bytes.len();
        if !goes_on && whole {
            parsed.push(&mut piece);
        }
    }
    parsed.push(&mut piece);
}

/// The bytes that a string of C stands for, and how many bytes of it were read: up to the quote, or all.
pub(in crate::tools::decode) fn unescape(string: &[u8], quote: u8) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(&byte) = string.get(at) {
        if quote != 0 && byte == quote {
            break;
        }
        at += 1;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let Some(&escape) = string.get(at) else {
            bytes.push(byte);
            break;
        };
        at += 1;
        let digits = |radix: u32, most: usize, from: usize| {
            let rest = string.get(from..).unwrap_or_default();
            let is = |b: &&u8| char::from(**b).is_digit(radix);
            rest.iter().take(most).take_while(is).count()
        };
        let value = |from: usize, len: usize, radix: u32| {
            let text = std::str::from_utf8(string.get(from..from + len)?).ok()?;
            u32::from_str_radix(text, radix).ok()
        };
        match escape {
            b'x' => {
                let len = digits(16, 2, at);
                match value(at, len, 16) {
                    Some(value) => bytes.push(value as u8),
                    None => bytes.extend([byte, escape]),
                }
                at += len;
            }
            b'0'..=b'7' => {
                let len = digits(8, 3, at - 1);
                bytes.push(value(at - 1, len, 8).unwrap_or(0) as u8);
                at = at - 1 + len;
            }
            b'a' => bytes.push(7),
            b'b' => bytes.push(8),
            b't' => bytes.push(b'\t'),
            b'n' => bytes.push(b'\n'),
            b'v' => bytes.push(0x0b),
            b'f' => bytes.push(0x0c),
            b'r' => bytes.push(b'\r'),
            b'e' => bytes.push(0x1b),
            b'\n' => {}
            other => bytes.push(other),
        }
    }
    (bytes, at)
}
