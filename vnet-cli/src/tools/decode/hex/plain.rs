//! Digits without offsets: alone, or as the elements of an array.

use super::{Parsed, Piece, digits, is_hex, sensible, swap};

/// Reads lines.
pub(super) fn parse(lines: &[&str]) -> Parsed {
    if lines.iter().any(|line| elements(line).next().is_some()) {
        return arrays(lines);
    }
    let all = lines.iter().flat_map(|line| line.split_whitespace());
    let only_digits = all.clone().all(is_hex);
    if only_digits
        && all
            .clone()
            .any(|word| word.len() >= 8 && word.len() % 2 == 1)
    {
        return wrapped(lines);
    }
    let mut parsed = Parsed::default();
    let mut swapped = Vec::new();
    let (mut piece, mut other) = (Piece::default(), Piece::default());
    for (i, line) in lines.iter().enumerate() {
        let number = i + 1;
        let whole = super::plausible(&piece.bytes) == piece.bytes.len();
        if line.trim().is_empty() && whole {
            parsed.push(&mut piece);
            swapped.push(std::mem::take(&mut other));
            continue;
        }
        if line.trim() == "*" {
            parsed.note(number, "lines are repeated, and nothing says how often");
            break;
        }
        if piece.bytes.is_empty() {
            (piece.line, other.line) = (number, number);
        }
        let row = Row::of(line);
        for word in &row.words {
            piece.bytes.extend(word);
            match word.len() {
                2 | 4 => other.bytes.extend(swap(word)),
                _ => other.bytes.extend(word),
            }
        }
        // A line that is one row of digits, and whole, is a datagram of its own.
        let alone = row.words.len() == 1 && row.words.iter().any(|word| word.len() >= 16);
        if alone && super::plausible(&piece.bytes) == piece.bytes.len() {
            parsed.push(&mut piece);
            swapped.push(std::mem::take(&mut other));
        }
        if let Some(odd) = row.odd {
            parsed.note(number, format!("'{odd}' has an odd number of digits"));
            break;
        }
        if let Some(stray) = row.stray {
            parsed.note(
                number,
                format!("'{stray}' is no hex: the rest of the line is left out"),
            );
        }
    }
    parsed.push(&mut piece);
    swapped.push(other);
    swapped.retain(|p| !p.bytes.is_empty());
    parsed.pieces = sensible(std::mem::take(&mut parsed.pieces), swapped, false);
    parsed
}

/// Digits that were broken into lines, anywhere.
fn wrapped(lines: &[&str]) -> Parsed {
    let mut parsed = Parsed::default();
    let line = lines.iter().position(|line| !line.trim().is_empty());
    let line = line.map_or(1, |at| at + 1);
    let mut row: String = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    if row.len() % 2 == 1 {
        row.pop();
        parsed.note(lines.len(), "the last digit is alone");
    }
    let bytes = digits(&row).unwrap_or_default();
    parsed.push(&mut Piece { line, bytes });
    parsed
}

/// A line without offset.
#[derive(Default)]
struct Row {
    words: Vec<Vec<u8>>,
    /// A row of digits of which one is alone.
    odd: Option<String>,
    /// What ends the row and is no hex.
    stray: Option<String>,
}

impl Row {
    fn of(line: &str) -> Self {
        let mut row = Self::default();
        // Behind a bar or a bracket stand the characters.
        let line = match line.find(['|', '>']) {
            Some(at) if at > 0 => line.get(..at).unwrap_or(line),
            _ => line,
        };
        let line = match line.rsplit_once(": ") {
            // What the bytes are, before them: "92 bytes: 5c 00".
            Some((before, behind)) if !words(before).all(is_hex) => behind,
            _ => line,
        };
        for word in words(line) {
            let word = word.strip_prefix("0x").unwrap_or(word);
            match digits(word) {
                Some(bytes) => row.words.push(bytes),
                None if is_hex(word) && word.len() == 1 => {
                    row.words.extend(digits(&format!("0{word}")));
                }
                None if row.words.is_empty() && !is_hex(word) => {}
                None if is_hex(word) => {
                    row.words
                        .extend(digits(word.get(..word.len() - 1).unwrap_or_default()));
                    row.odd = Some(clipped(word));
                    break;
                }
                None => {
                    row.stray = Some(clipped(word));
                    break;
                }
            }
        }
        row
    }
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c.is_whitespace() || ",;:-_\"'(){}[]".contains(c);
    line.split(between).filter(|word| !word.is_empty())
}

/// A word for a message: its beginning.
fn clipped(word: &str) -> String {
    let mut text: String = word.chars().take(20).collect();
    if word.chars().count() > 20 {
        text.push('…');
    }
    text
}

/// The elements of an array on a line, `0x5c`.
fn elements(line: &str) -> impl Iterator<Item = Vec<u8>> {
    line.split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(element)
}

fn element(word: &str) -> Option<Vec<u8>> {
    let digits = word
        .strip_prefix("0x")
        .or_else(|| word.strip_prefix("0X"))?;
    // The type may stand behind it: 0x5cu8.
    let digits = digits.trim_end_matches("u8").trim_end_matches(['u', 'U']);
    match digits.len() {
        1 => super::digits(&format!("0{digits}")),
        2 | 4 | 8 | 16 => super::digits(digits),
        _ => None,
    }
}

/// Arrays: whatever is an element, up to the bracket that closes.
fn arrays(lines: &[&str]) -> Parsed {
    let mut parsed = Parsed::default();
    let (mut piece, mut other) = (Piece::default(), Piece::default());
    let mut swapped = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        // An address before the elements of a debugger's line.
        let line = match line.split_once(':') {
            Some((address, elements)) if address.trim_start().starts_with("0x") => elements,
            _ => line,
        };
        for part in line.split_inclusive(['}', ']', ';']) {
            for word in elements(part) {
                if piece.bytes.is_empty() {
                    (piece.line, other.line) = (i + 1, i + 1);
                }
                other.bytes.extend(swap(&word));
                piece.bytes.extend(word);
            }
            if part.ends_with(['}', ']', ';']) {
                parsed.push(&mut piece);
                swapped.push(std::mem::take(&mut other));
            }
        }
    }
    parsed.push(&mut piece);
    swapped.push(other);
    swapped.retain(|p| !p.bytes.is_empty());
    let words = std::mem::take(&mut parsed.pieces);
    parsed.pieces = sensible(words, swapped, false);
    parsed
}
