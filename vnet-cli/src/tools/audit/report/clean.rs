//! Text of programs and files as it may stand in a line of ours.

use std::borrow::Cow;

/// The text with everything that would move a terminal's cursor, end a line or hide what follows escaped as `\x1b`,
/// `\u{202e}`.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => clean.push_str("\\n"),
            '\t' => clean.push_str("\\t"),
            c if is_plain(c) => clean.push(c),
            c if (c as u32) < 0x100 => clean.push_str(&format!("\\x{:02x}", c as u32)),
            c => clean.push_str(&format!("\\u{{{:x}}}", c as u32)),
        }
    }
    clean.into()
}

/// As [`clean`], of bytes: what is not UTF-8 is escaped too.
#[must_use]
pub fn clean_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(&clean(chunk.valid()));
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

fn is_plain(c: char) -> bool {
    // What `escape_debug` has an escape for is no printable character, but for these.
    matches!(c, ' '..='~') || (!c.is_ascii() && c.escape_debug().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_a_terminal_that_is_not_text() {
        for (text, expected) in [
            (r#"openat(AT_FDCWD, "/x\n")"#, r#"openat(AT_FDCWD, "/x\n")"#),
            ("it's grün → ok", "it's grün → ok"),
            ("a\x1b[2Jb\n\t\x7f", "a\\x1b[2Jb\\n\\t\\x7f"),
            ("\u{9b}\u{202e}x", "\\x9b\\u{202e}x"),
        ] {
            assert_eq!(clean(text), expected);
        }
        assert_eq!(clean_bytes(b"a\xff\x1b"), "a\\xff\\x1b");
    }
}
