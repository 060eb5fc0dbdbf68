//! When output is coloured, and the colours iproute2 gives to each kind of value.

/// The option `-c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// Never: the default.
    #[default]
    Never,
    /// When stdout is a terminal.
    Auto,
    /// Always.
    Always,
}

impl When {
    /// Reads `-c`, `-color=auto` and their like, dash included: a beginning of
    /// `-color`, then nothing (always) or `=` and when.
    pub fn parse(word: &[u8]) -> Option<Self> {
        let (name, when) = match word.iter().position(|&b| b == b'=') {
            Some(i) => (word.get(..i)?, word.get(i + 1..)?),
            None => (word, &b""[..]),
        };
        if name.is_empty() || !b"-color".starts_with(name) {
            return None;
        }
        match when {
            b"" | b"always" => Some(When::Always),
            b"auto" => Some(When::Auto),
            b"never" => Some(When::Never),
            _ => None,
        }
    }

    /// Whether there is colour on an output that is, or is no, terminal.
    pub fn enabled(self, terminal: impl FnOnce() -> bool) -> bool {
        match self {
            When::Never => false,
            When::Auto => terminal(),
            When::Always => true,
        }
    }
}

/// The kinds of values that have a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// A device's name.
    Ifname,
    /// A link-layer address.
    Mac,
    /// An IPv4 address.
    Inet,
    /// An IPv6 address.
    Inet6,
    /// State UP.
    OperUp,
    /// State DOWN.
    OperDown,
    /// No colour.
    None,
}

/// The colours of a terminal with a dark or a light background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// Plain colours, also when nothing is known about the background.
    Light,
    /// Bold colours.
    Dark,
}

impl Palette {
    /// That of the terminal, as far as the environment tells.
    pub fn of_environment() -> Self {
        use std::os::unix::ffi::OsStrExt;
        let background = std::env::var_os("COLORFGBG");
        Self::from_colorfgbg(background.as_ref().map(|v| v.as_bytes()))
    }

    /// What the variable COLORFGBG says, as iproute2 reads it: two or three fields
    /// with semicolons, the last of which is the background; 0 to 6 and 8 are dark.
    pub fn from_colorfgbg(value: Option<&[u8]>) -> Self {
        let last = value.and_then(|v| v.iter().rposition(|&b| b == b';').map(|i| &v[i + 1..]));
        match last {
            Some([b'0'..=b'6' | b'8']) => Palette::Dark,
            _ => Palette::Light,
        }
    }
}

/// How text is painted that goes past the printer: with colours or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paint(Option<Palette>);

impl Paint {
    /// Without colours.
    pub const PLAIN: Self = Self(None);

    /// With these.
    pub const fn with(palette: Palette) -> Self {
        Self(Some(palette))
    }

    /// For what is only for eyes: with colours on a terminal, unless `-c` says otherwise.
    pub fn for_eyes(options: &crate::options::Options, terminal: impl FnOnce() -> bool) -> Self {
        let when = options.color.unwrap_or(When::Auto);
        let palette = when.enabled(terminal).then(Palette::of_environment);
        Self(palette)
    }

    /// Appends text in this colour.
    pub fn put(self, color: Color, text: impl std::fmt::Display, to: &mut String) {
        use std::fmt::Write;
        let start = self.0.and_then(|palette| color.start(palette));
        let ascii = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = match start {
            Some(start) => write!(to, "{}{text}{}", ascii(start), ascii(CLEAR)),
            None => write!(to, "{text}"),
        };
    }
}

/// The sequence that ends a colour.
pub(super) const CLEAR: &[u8] = b"\x1b[0m";

impl Color {
    /// The sequence that starts the colour; nothing for [`Color::None`].
    pub(super) fn start(self, palette: Palette) -> Option<&'static [u8]> {
        let (light, dark): (&[u8], &[u8]) = match self {
            Color::Ifname => (b"\x1b[36m", b"\x1b[1;36m"),
            Color::Mac => (b"\x1b[33m", b"\x1b[1;33m"),
            Color::Inet => (b"\x1b[35m", b"\x1b[1;35m"),
            Color::Inet6 => (b"\x1b[34m", b"\x1b[1;34m"),
            Color::OperUp => (b"\x1b[32m", b"\x1b[1;32m"),
            Color::OperDown => (b"\x1b[31m", b"\x1b[1;31m"),
            Color::None => return None,
        };
        Some(match palette {
            Palette::Light => light,
            Palette::Dark => dark,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_as_ip_reads_it() {
        for (word, when) in [
            ("-c", Some(When::Always)),
            ("-co", Some(When::Always)),
            ("-color", Some(When::Always)),
            ("-c=", Some(When::Always)),
            ("-c=auto", Some(When::Auto)),
            ("-color=never", Some(When::Never)),
            ("-c=al", None),
            ("-colors", None),
            ("-c=always=x", None),
            ("", None),
            ("=auto", None),
        ] {
            assert_eq!(When::parse(word.as_bytes()), when, "{word}");
        }
        assert!(When::Auto.enabled(|| true) && !When::Auto.enabled(|| false));
    }

    #[test]
    fn the_background_decides_on_bold() {
        for (value, palette) in [
            (None, Palette::Light),
            (Some("15;0"), Palette::Dark),
            (Some("15;default;8"), Palette::Dark),
            (Some("0;7"), Palette::Light),
            (Some("0;15"), Palette::Light),
            (Some("0"), Palette::Light),
            (Some("0;"), Palette::Light),
        ] {
            assert_eq!(Palette::from_colorfgbg(value.map(str::as_bytes)), palette);
        }
        assert_eq!(Color::Mac.start(Palette::Dark), Some(&b"\x1b[1;33m"[..]));
        assert_eq!(Color::None.start(Palette::Dark), None);
    }
}
