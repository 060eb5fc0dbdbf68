//! Lines that begin with an offset, and may end with the characters that the bytes are.

use super::{Parsed, Piece, digits, is_hex, sensible, swap};

/// The longest run of repeated lines that is believed, in bytes.
const RUN: usize = 16 << 20;

/// What offsets look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A colon stands behind them: xxd, tcpdump, the kernel.
    Colon,
    /// Nothing does: hexdump, od, Wireshark. The radix of their digits.
    Bare(u32),
}

/// A line with an offset.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    number: usize,
    offset: usize,
    /// How many digits the offset has.
    digits: usize,
    rest: &'t str,
}

impl Kind {
    /// Of lines of which most begin with an offset: what the offsets may be, the likeliest first.
    pub(super) fn of(lines: &[&str]) -> Vec<Self> {
        let some = lines.iter().filter(|line| !line.trim().is_empty());
        let head: Vec<&str> = some.take(256).copied().collect();
        let with_bytes =
            |line: &&&str| colon(line).is_some_and(|(_, rest)| Cells::of(rest).bytes() > 0);
        let colons = head.iter().filter(with_bytes).count();
        if colons > 0 && colons * 2 >= head.len() {
            return vec![Self::Colon];
        }
        let first = head.first().and_then(|line| Self::Bare(16).line(0, line));
        let octal = first.is_some_and(|line| {
            // od has seven digits where it counts in eights, and hexdump where it has words.
            line.digits == 7 && Cells::of(line.rest).width() != Some(4)
        });
        let radixes = if octal { [8, 10, 16] } else { [16, 8, 10] };
        let kinds = radixes.into_iter().map(Self::Bare);
        kinds.filter(|kind| kind.fits(&head)).collect()
    }

    /// Whether offsets of this radix go up by as many bytes as stand behind them.
    fn fits(self, head: &[&str]) -> bool {
        let mut before: Option<(usize, [usize; 2])> = None;
        let (mut steps, mut lines) = (0, 0);
        let mut repeated = false;
        for line in head {
            if is_star(line) {
                repeated = true;
                continue;
            }
            let Some(Line { offset, rest, .. }) = self.line(0, line) else {
                return false;
            };
            lines += 1;
            // How many of a line's cells are bytes and how many characters is seen by the next.
            let mut cells = Cells::of(rest);
            let all = cells.bytes();
            cells.drop_characters();
            let there = [all, cells.bytes()];
            if let Some((start, len)) = before {
                let step = offset.checked_sub(start);
                match step {
                    // Another dump begins.
                    None | Some(0) => {}
                    Some(step) if repeated || len.contains(&step) => steps += 1,
                    _ => return false,
                }
            }
            repeated = false;
            before = Some((offset, there));
        }
        // A line alone has the offset 0, set off from the bytes or wider than they are.
        let alone = || {
            let line = head.first().and_then(|line| self.line(0, line));
            line.is_some_and(|line| {
                let cells = Cells::of(line.rest);
                line.offset == 0 && (line.rest.starts_with("  ") || cells.width() == Some(2))
            })
        };
        match lines {
            0 => false,
            1 => alone(),
            _ => steps > 0 || alone(),
        }
    }

    fn line<'t>(self, number: usize, line: &'t str) -> Option<Line<'t>> {
        match self {
            Self::Colon => colon(line).map(|(offset, rest)| Line {
                number,
                offset,
                digits: 0,
                rest,
            }),
            Self::Bare(radix) => {
                let line = line.trim_start();
                let end = line.find(char::is_whitespace).unwrap_or(line.len());
                let (word, rest) = line.split_at_checked(end)?;
                if !(4..=16).contains(&word.len()) {
                    return None;
                }
                let offset = usize::from_str_radix(word, radix).ok()?;
                Some(Line {
                    number,
                    offset,
                    digits: word.len(),
                    rest,
                })
            }
        }
    }
}

/// The offset of a line that has a colon behind it, and what follows.
fn colon(line: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        at += word.len();
        let word = word.trim_end();
        let (word, rest) = match word.split_once(':') {
            Some((word, "")) => (word, line.get(at - 1..).unwrap_or_default()),
            _ => continue,
        };
        let word = word.strip_prefix("0x").unwrap_or(word);
        if (4..=16).contains(&word.len()) && is_hex(word) {
            // At the end of the line nothing follows the colon.
            let rest = if at == line.len() && line.ends_with(':') {
                ""
            } else {
                rest
            };
            return usize::from_str_radix(word, 16)
                .ok()
                .map(|offset| (offset, rest));
        }
    }
    None
}

fn is_star(line: &str) -> bool {
    line.trim() == "*"
}

/// The groups of digits of a line, and what stands behind them.
#[derive(Debug)]
struct Cells<'t> {
    /// Each with where it starts in the line and whether more than one blank is before it.
    words: Vec<(&'t str, usize, bool)>,
    rest: &'t str,
}

impl<'t> Cells<'t> {
    fn of(rest: &'t str) -> Self {
        let mut words = Vec::new();
        let mut at = 0;
        loop {
            let left = rest.get(at..).unwrap_or_default();
            let blanks = left.len() - left.trim_start_matches([' ', '\t']).len();
            let start = at + blanks;
            let left = rest.get(start..).unwrap_or_default();
            let end = left.find([' ', '\t']).unwrap_or(left.len());
            let word = left.get(..end).unwrap_or_default();
            let digits = word.strip_suffix('-').unwrap_or(word);
            if !is_hex(digits) || digits.len() % 2 == 1 || words.len() >= 1024 {
                break;
            }
            let tab = rest.get(at..start).is_some_and(|b| b.contains('\t'));
            let apart = !words.is_empty() && (blanks > 1 || tab);
            words.push((digits, start, apart));
            at = start + end;
        }
        Self { words, rest }
    }

    fn bytes(&self) -> usize {
        self.words.iter().map(|(word, ..)| word.len() / 2).sum()
    }

    /// How many digits a group has.
    fn width(&self) -> Option<usize> {
        self.words.first().map(|(word, ..)| word.len())
    }

    /// Leaves only so many bytes.
    fn keep(&mut self, bytes: usize) {
        let mut kept = 0;
        let end = self.words.iter().position(|(word, ..)| {
            kept += word.len() / 2;
            kept > bytes
        });
        self.words.truncate(end.unwrap_or(self.words.len()));
    }

    /// Leaves what is before the characters that the bytes are: behind a gap stand as many as there are bytes, or
    /// fewer where blanks at the end were lost.
    fn drop_characters(&mut self) {
        let width = self.width().unwrap_or(2);
        let mut bytes = 0;
        for (i, (word, start, apart)) in self.words.iter().enumerate() {
            if *apart {
                let behind = self.rest.get(*start..).unwrap_or_default();
                let count = behind.chars().count();
                let wide = width > 2;
                let cells = behind
                    .split_whitespace()
                    .all(|w| is_hex(w) && w.len() == width);
                if count <= bytes && (wide || count == bytes || !cells) {
                    self.words.truncate(i);
                    return;
                }
            }
            bytes += word.len() / 2;
            // Groups are alike, but for the last.
            if word.len() > width {
                self.words.truncate(i);
                return;
            }
        }
    }
}

/// Reads the lines of a dump.
pub(super) fn parse(lines: &[&str], kind: Kind) -> Parsed {
    let mut parsed = Parsed::default();
    let mut swapped = Vec::new();
    let (mut piece, mut other) = (Piece::default(), Piece::default());
    // The offset that comes next, the line before, and whether it repeats.
    let mut next = None;
    let (mut last, mut last_other): (Vec<u8>, Vec<u8>) = Default::default();
    let mut repeats = None;
    for (i, text) in lines.iter().enumerate() {
        if is_star(text) {
            repeats = Some(i + 1);
            continue;
        }
        let Some(line) = kind.line(i + 1, text) else {
            // A heading, which another packet follows.
            if !text.trim().is_empty() && !piece.bytes.is_empty() {
                parsed.push(&mut piece);
                swapped.push(std::mem::take(&mut other));
                next = None;
            }
            continue;
        };
        let expected = next.unwrap_or(line.offset);
        if line.offset < expected || (line.offset == expected && repeats.is_some()) {
            parsed.push(&mut piece);
            swapped.push(std::mem::take(&mut other));
        } else if line.offset > expected {
            let gap = line.offset - expected;
            let room = gap <= RUN && piece.bytes.len() <= RUN;
            match repeats.filter(|_| !last.is_empty() && room) {
                Some(_) => {
                    piece.bytes.extend(last.iter().cycle().take(gap));
                    other.bytes.extend(last_other.iter().cycle().take(gap));
                }
                None => {
                    let what = format!("{gap} bytes are missing before offset {}", line.offset);
                    parsed.note(line.number, what);
                    parsed.push(&mut piece);
                    swapped.push(std::mem::take(&mut other));
                }
            }
        }
        repeats = None;
        if piece.bytes.is_empty() {
            (piece.line, other.line) = (line.number, line.number);
        }
        let mut cells = Cells::of(line.rest);
        match following(lines, i, kind, line.offset) {
            Some(bytes) if bytes <= cells.bytes() => cells.keep(bytes),
            _ => cells.drop_characters(),
        }
        (last, last_other) = Default::default();
        for (word, ..) in &cells.words {
            let word = digits(word).unwrap_or_default();
            last_other.extend(swap(&word));
            last.extend(word);
        }
        next = Some(line.offset.saturating_add(last.len()));
        piece.bytes.extend(&last);
        other.bytes.extend(&last_other);
    }
    if let Some(line) = repeats {
        parsed.note(line, "lines are repeated, and nothing says how often");
    }
    parsed.push(&mut piece);
    swapped.push(other);
    swapped.retain(|p| !p.bytes.is_empty());
    let written = std::mem::take(&mut parsed.pieces);
    parsed.pieces = sensible(written, swapped, matches!(kind, Kind::Bare(_)));
    parsed
}

/// How many bytes a line has by the offset of the next.
fn following(lines: &[&str], at: usize, kind: Kind, offset: usize) -> Option<usize> {
    let next = lines.get(at + 1)?;
    let next = kind.line(0, next)?.offset;
    next.checked_sub(offset).filter(|bytes| *bytes > 0)
}
