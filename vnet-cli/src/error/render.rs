//! How words are shown in an error: escaped, quoted, with carets under the one at fault.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// Columns of one word that are shown: a word may be as long as ARG_MAX.
const WORD_MAX: usize = 200;

/// The words from outside in quotes, `'veth0'`: control bytes, what is not
/// UTF-8 and what a terminal would not show are escaped.
pub fn quoted(word: impl AsRef<OsStr>) -> String {
    format!("'{}'", printable(word.as_ref().as_bytes()))
}

/// The command line as it is shown: the program's base name first.
pub fn line(words: &[OsString]) -> String {
    let shown: Vec<String> = words.iter().enumerate().map(|(i, w)| show(i, w)).collect();
    shown.join(" ")
}

/// Appends the command line and a line of carets under word `at`; when `at` is
/// past the last word, one caret where the missing word would stand.
pub(super) fn pointed(text: &mut String, words: &[OsString], at: usize) {
    let mut carets = String::from("  ");
    text.push_str("  ");
    for (i, word) in words.iter().enumerate() {
        let shown = show(i, word);
        if i > 0 {
            text.push(' ');
        }
        text.push_str(&shown);
        if i <= at {
            if i > 0 {
                carets.push(' ');
            }
            let mark = if i == at { '^' } else { ' ' };
            carets.extend(std::iter::repeat_n(mark, width(&shown).max(1)));
        }
    }
    if at >= words.len() {
        carets.push_str(" ^");
    }
    text.push('\n');
    text.push_str(&carets);
    text.push('\n');
}

/// One word of the command line, in quotes where a shell would need them.
fn show(index: usize, word: &OsStr) -> String {
    let bytes = word.as_bytes();
    let bytes = match index {
        0 => bytes.rsplit(|&b| b == b'/').next().unwrap_or(bytes),
        _ => bytes,
    };
    let mut shown = printable(bytes);
    let plain = |c: char| !c.is_whitespace() && !"'\"\\$`|&;<>()*?[]#~!{}".contains(c);
    if shown.is_empty() || !shown.chars().all(plain) {
        shown = format!("'{shown}'");
    }
    shown
}

/// The bytes as text: UTF-8 that a terminal shows stays, the rest is escaped
/// (`\x1b`, `\u{202e}`), and what is too long is cut.
pub(super) fn printable(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '"' | '\\' => text.push(c),
                '\n' | '\t' | '\r' => text.extend(c.escape_default()),
                c if (c as u32) < 0x100 && c.is_control() => {
                    text.push_str(&format!("\\x{:02x}", c as u32));
                }
                c => text.extend(c.escape_debug()),
            }
        }
        for b in chunk.invalid() {
            text.push_str(&format!("\\x{b:02x}"));
        }
        if text.len() > WORD_MAX {
            break;
        }
    }
    if let Some((cut, _)) = text.char_indices().nth(WORD_MAX) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// Columns the text takes on a terminal.
fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of one character: two for the wide ones of East Asian scripts and
/// pictographs (Unicode's EastAsianWidth.txt, W and F, in its large blocks).
fn columns(c: char) -> usize {
    match c as u32 {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
