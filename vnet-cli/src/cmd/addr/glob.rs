//! Shell patterns, as fnmatch(3) without flags reads them: `*`, `?`, `[a-z]`, `[!x]`, `[[:digit:]]` and `\`.

/// Whether the whole of `text` is what `pattern` describes. Bytes, not characters. An unclosed
/// bracket stands for itself.
pub(super) fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (pattern, text);
    // What follows the last star, and the text that it was tried on last.
    let mut star: Option<(&[u8], &[u8])> = None;
    loop {
        if let [b'*', rest @ ..] = p {
            star = Some((rest, t));
            p = rest;
            continue;
        }
        match (t, p) {
            ([], []) => return true,
            ([byte, after @ ..], [_, ..]) => {
                if let Some(rest) = one(p, *byte) {
                    (p, t) = (rest, after);
                    continue;
                }
            }
            _ => {}
        }
        // Give the last star one byte more.
        match star {
            Some((rest, [_, more @ ..])) => {
                star = Some((rest, more));
                (p, t) = (rest, more);
            }
            _ => return false,
        }
    }
}

/// The pattern behind its first element, when that is this byte.
fn one(pattern: &[u8], byte: u8) -> Option<&[u8]> {
    match pattern {
        [b'?', rest @ ..] => Some(rest),
        [b'[', inner @ ..] => match bracket(inner, byte) {
            Some((true, rest)) => Some(rest),
            Some((false, _)) => None,
            None => (byte == b'[').then_some(inner),
        },
        [b'\\', escaped, rest @ ..] => (*escaped == byte).then_some(rest),
        // glibc refuses a pattern that ends in a backslash.
        [b'\\'] => None,
        [first, rest @ ..] => (*first == byte).then_some(rest),
        [] => None,
    }
}

/// Whether the byte is in the set behind a `[`, and what follows the set; nothing where it is not closed.
fn bracket(inner: &[u8], byte: u8) -> Option<(bool, &[u8])> {
    let (negated, mut rest) = match inner {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, inner),
    };
    let mut found = false;
    let mut first = true;
    loop {
        if let Some((member, after)) = rest.strip_prefix(b"[:").and_then(|r| class(r, byte)) {
            (first, found, rest) = (false, found || member, after);
            continue;
        }
        let (low, after) = match rest {
            [b']', after @ ..] if !first => return Some((found != negated, after)),
            [b'\\', low, after @ ..] => (*low, after),
            [low, after @ ..] => (*low, after),
            [] => return None,
        };
        first = false;
        let (high, after) = match after {
            [b'-', b'\\', high, after @ ..] => (*high, after),
            [b'-', high, after @ ..] if *high != b']' => (*high, after),
            _ => (low, after),
        };
        found |= (low..=high).contains(&byte);
        rest = after;
    }
}

/// Whether the byte is of the class whose name stands before a `:]`, and what follows that.
fn class(inner: &[u8], byte: u8) -> Option<(bool, &[u8])> {
    let end = inner.windows(2).position(|w| w == b":]")?;
    let member = match inner.get(..end)? {
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"alpha" => byte.is_ascii_alphabetic(),
        b"blank" => matches!(byte, b' ' | b'\t'),
        b"cntrl" => byte.is_ascii_control(),
        b"digit" => byte.is_ascii_digit(),
        b"graph" => byte.is_ascii_graphic(),
        b"lower" => byte.is_ascii_lowercase(),
        b"print" => byte == b' ' || byte.is_ascii_graphic(),
        b"punct" => byte.is_ascii_punctuation(),
        b"space" => matches!(byte, b' ' | b'\t'..=b'\r'),
        b"upper" => byte.is_ascii_uppercase(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        _ => return None,
    };
    Some((member, inner.get(end + 2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_fnmatch_has_it() {
        // Judged by glibc's fnmatch.
        for (pattern, text, want) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "v0", true),
            ("v0", "v0", true),
            ("v0", "v0:1", false),
            ("v0:*", "v0:1", true),
            ("v0:*", "v0:", true),
            ("?0", "v0", true),
            ("?", "", false),
            ("[a-v]0", "v0", true),
            ("[!v]0", "v0", false),
            ("[^a]0", "v0", true),
            ("[]x]", "]", true),
            ("[!]x]", "]", false),
            ("[a-]", "-", true),
            ("[v0", "[v0", true),
            ("[v0", "v", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("x\\", "x\\", false),
            ("[\\]]", "]", true),
            ("v[[:digit:]]", "v0", true),
            ("v[![:digit:]]", "v0", false),
            ("[[:alpha:]_]*", "_x", true),
            ("[[:alpha:]]", ":]", false),
            ("[[]", "[", true),
            ("[a-\\z]", "z", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("**a**", "bab", true),
            ("*aab", "aaaab", true),
        ] {
            assert_eq!(
                matches(pattern.as_bytes(), text.as_bytes()),
                want,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn many_stars_end_soon() {
        let pattern = "*a".repeat(500) + "b";
        assert!(!matches(pattern.as_bytes(), "a".repeat(2000).as_bytes()));
    }

    proptest! {
        #[test]
        fn a_text_matches_itself_escaped(text: Vec<u8>) {
            let escaped: Vec<u8> = text.iter().flat_map(|b| [b'\\', *b]).collect();
            prop_assert!(matches(&escaped, &text));
            prop_assert!(matches(b"*", &text));
        }

        #[test]
        fn no_pattern_panics(pattern in "[a*?\\[\\]!\\\\-]{0,12}", text in "[a\\[\\]-]{0,8}") {
            matches(pattern.as_bytes(), text.as_bytes());
        }
    }
}
