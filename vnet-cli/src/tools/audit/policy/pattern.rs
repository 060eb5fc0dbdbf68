//! Text with stars, as the lines of a policy have it.

use std::fmt;

/// A text to compare with. `*` stands for any characters but `/`, `**` for any at all, `\*` for a star; a pattern that
/// is one star matches anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Char(char),
    /// Any run of characters but `/`.
    Star,
    /// Any run.
    Stars,
}

impl Pattern {
    /// What the text says.
    pub(super) fn read(text: &str) -> Self {
        if text == "*" {
            return Self::any();
        }
        let mut pieces = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let piece = match c {
                '\\' if chars.next_if_eq(&'*').is_some() => Piece::Char('*'),
                '*' if chars.next_if_eq(&'*').is_some() => Piece::Stars,
                '*' => Piece::Star,
                c => Piece::Char(c),
            };
            // Stars side by side stand for no more than one.
            let last = pieces.last();
            match piece {
                Piece::Stars if last == Some(&Piece::Star) => {
                    *pieces.last_mut().unwrap_or(&mut Piece::Stars) = piece
                }
                Piece::Star | Piece::Stars if matches!(last, Some(Piece::Star | Piece::Stars)) => {}
                piece => pieces.push(piece),
            }
        }
        Self(pieces)
    }

    /// Anything.
    pub(super) fn any() -> Self {
        Self(vec![Piece::Stars])
    }

    /// This text, whatever it is.
    pub(super) fn exactly(text: &str) -> Self {
        Self(text.chars().map(Piece::Char).collect())
    }

    /// Whether it matches anything.
    pub(super) fn is_any(&self) -> bool {
        self.0 == [Piece::Stars]
    }

    /// Whether it has no stars.
    pub(super) fn is_exact(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Char(_)))
    }

    /// Whether the text is one of those it stands for. Takes as much time as the two are long, multiplied.
    pub(super) fn matches(&self, text: &str) -> bool {
        let count = self.0.len();
        // Which pieces may come next.
        let mut next = vec![false; count + 1];
        let mut then = next.clone();
        let reach = |places: &mut Vec<bool>| {
            for (i, piece) in self.0.iter().enumerate() {
                let skips = !matches!(piece, Piece::Char(_));
                if skips
                    && places.get(i) == Some(&true)
                    && let Some(after) = places.get_mut(i + 1)
                {
                    *after = true;
                }
            }
        };
        if let Some(first) = next.first_mut() {
            *first = true;
        }
        reach(&mut next);
        for c in text.chars() {
            then.fill(false);
            for (i, piece) in self.0.iter().enumerate() {
                if next.get(i) != Some(&true) {
                    continue;
                }
                let to = match piece {
                    Piece::Char(wanted) if *wanted == c => i + 1,
                    Piece::Star if c != '/' => i,
                    Piece::Stars => i,
                    _ => continue,
                };
                if let Some(place) = then.get_mut(to) {
                    *place = true;
                }
            }
            reach(&mut then);
            std::mem::swap(&mut next, &mut then);
        }
        next.get(count) == Some(&true)
    }
}

/// As it is written in a policy.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_any() {
            return f.write_str("*");
        }
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Char('*') => f.write_str("\\*"),
            Piece::Char(c) => write!(f, "{c}"),
            Piece::Star => f.write_str("*"),
            Piece::Stars => f.write_str("**"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stars() {
        for (pattern, yes, no) in [
            ("*", &["", "a/b", "/"][..], &[][..]),
            ("", &[""], &["a"]),
            ("a", &["a"], &["", "b", "aa"]),
            (
                "/run/netns/*",
                &["/run/netns/a", "/run/netns/"],
                &["/run/netns", "/run/netns/a/b", "/run/netns/../x"],
            ),
            ("/run/**", &["/run/a/b", "/run/"], &["/run"]),
            (
                "/proc/*/ns/net",
                &["/proc/1/ns/net", "/proc/self/ns/net"],
                &["/proc/1/2/ns/net"],
            ),
            ("a*b*c", &["abc", "aXbYc", "abbcc"], &["ab", "acb"]),
            ("a***b", &["ab", "a/b"], &["a"]),
            ("\\*", &["*"], &["a", "\\*"]),
            ("a\\b", &["a\\b"], &["ab"]),
            (
                "{flags=*, x=0}",
                &["{flags=A|B, x=0}"],
                &["{flags=A|B, x=1}"],
            ),
        ] {
            let pattern = Pattern::read(pattern);
            for text in yes {
                assert!(pattern.matches(text), "{pattern} {text}");
            }
            for text in no {
                assert!(!pattern.matches(text), "{pattern} {text}");
            }
        }
        let hostile = Pattern::read(&"a*".repeat(2000));
        assert!(!hostile.matches(&"a".repeat(1999)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[a*\\\\/]{0,12}") {
            let exact = Pattern::exactly(&text);
            prop_assert!(exact.matches(&text));
            prop_assert_eq!(&Pattern::read(&exact.to_string()), &exact);
            let read = Pattern::read(&text);
            prop_assert_eq!(Pattern::read(&read.to_string()), read);
        }
    }
}
