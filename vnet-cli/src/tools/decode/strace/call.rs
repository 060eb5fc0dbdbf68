//! One call as strace writes it: who, when, its name, its arguments, what it returned.

use crate::tools::decode::hex::unescape;
use std::time::Duration;

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Its arguments, without the parenthesis that closes.
    pub(super) args: &'t str,
    /// What stands behind the equals sign.
    pub(super) result: &'t str,
    /// When, where the line says it since 1970.
    pub(super) time: Option<Duration>,
}

/// The bytes of a datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    /// In a string; whether it is cut.
    There { bytes: Vec<u8>, cut: bool },
    /// In strace's own words, of which this is the beginning.
    Decoded { head: String },
}

impl Bytes {
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        Self::There { bytes, cut: false }
    }
}

impl<'t> Call<'t> {
    /// The call of a line.
    pub(super) fn find(line: &'t str) -> Option<Self> {
        let open = line.find('(')?;
        let before = line.get(..open)?;
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let start = start.map_or(0, |at| at + 1);
        let name = before.get(start..)?;
        let prefix = before.get(..start)?;
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !is_prefix(prefix) {
            return None;
        }
        let rest = line.get(open + 1..)?;
        let (args, result) = match end(rest) {
            Some(at) => {
                let (args, behind) = rest.split_at_checked(at)?;
                let result = behind.trim_start_matches(')').trim_start();
                (
                    args,
                    result.strip_prefix('=').unwrap_or(result).trim_start(),
                )
            }
            None => (rest, ""),
        };
        Some(Self {
            name,
            args,
            result,
            time: time(prefix),
        })
    }

    /// The number that it returned.
    pub(super) fn returned(&self) -> Option<i64> {
        number(self.result)
    }

    /// Why it failed.
    pub(super) fn error(&self) -> Option<String> {
        let error = self.result.strip_prefix("-1 ")?;
        let name = error.split_whitespace().next()?;
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric());
        (plain && name.starts_with('E')).then(|| name.to_owned())
    }

    /// The descriptor that is its first argument.
    pub(super) fn fd(&self) -> Option<i64> {
        number(self.args)
    }

    /// What `-y` and `-yy` say of the descriptor; what is escaped is read.
    pub(super) fn fd_path(&self) -> Option<String> {
        path(self.args)
    }

    /// Whether an address of the call is netlink's.
    pub(super) fn names_netlink(&self) -> bool {
        self.args.contains("sa_family=AF_NETLINK") || self.args.contains("nlmsg_len=")
    }

    /// The datagrams among its arguments.
    pub(super) fn datagrams(&self) -> Vec<Bytes> {
        let args = self.args;
        if self.name.ends_with("mmsg") || self.name.ends_with("mmsg_time64") {
            let starts: Vec<usize> = outside(args, "msg_hdr=").collect();
            let ends = starts.iter().skip(1).copied().chain([args.len()]);
            let parts = starts.iter().zip(ends).filter_map(|(&s, e)| args.get(s..e));
            return parts.filter_map(vectors).collect();
        }
        let vectored = self.name.ends_with("msg") || self.name.ends_with('v');
        if vectored && self.name != "recv" {
            return vectors(args).into_iter().collect();
        }
        // The buffer is the second argument.
        let Some(at) = outside(args, ",").next() else {
            return Vec::new();
        };
        let buffer = args.get(at + 1..).unwrap_or_default().trim_start();
        value(buffer).into_iter().collect()
    }
}

/// The thread that a line is of.
pub(super) fn pid(line: &str) -> Option<i32> {
    let line = line.trim_start();
    let (word, behind) = match line.strip_prefix("[pid") {
        Some(rest) => rest.trim_start().split_once(']')?,
        None => line.split_once(' ')?,
    };
    // A number alone may be a time since the line before.
    let call = behind
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphanumeric() || "<[+".contains(c));
    word.parse().ok().filter(|_| call)
}

/// What follows the beginning of a call that was interrupted: `<... recvmsg resumed>`.
pub(super) fn resumed(line: &str) -> Option<&str> {
    let at = line.find("<... ")?;
    let (before, rest) = line.split_at_checked(at)?;
    let (name, rest) = rest.strip_prefix("<... ")?.split_once(" resumed>")?;
    let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (named && is_prefix(before)).then_some(rest)
}

/// Whether what stands before a call is a thread, a time, a place in the program.
fn is_prefix(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 100
        && text.split_whitespace().all(|word| {
            let word = word.trim_matches(['[', ']', '(', ')', '+']);
            let numeric = word
                .bytes()
                .all(|b| b.is_ascii_hexdigit() || b":.?".contains(&b));
            word == "pid" || numeric
        })
}

/// The time since 1970 that a line begins with (`-ttt`).
fn time(prefix: &str) -> Option<Duration> {
    prefix.split_whitespace().find_map(|word| {
        let (seconds, part) = word.split_once('.')?;
        // Nine digits and more are no time since the line before.
        if seconds.len() < 9 || part.is_empty() || part.len() > 9 {
            return None;
        }
        let seconds: u64 = seconds.parse().ok()?;
        let part: u32 = format!("{part:0<9}").parse().ok()?;
        (part < 1_000_000_000).then(|| Duration::new(seconds, part))
    })
}

/// The number that a text begins with.
fn number(text: &str) -> Option<i64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

/// What stands in angle brackets behind the number that a text begins with.
fn path(text: &str) -> Option<String> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('<')?;
    // An address of the socket has `->` in it.
    let end = rest
        .match_indices('>')
        .map(|(at, _)| at)
        .find(|&at| !rest.get(..at).is_some_and(|s| s.ends_with('-')))?;
    let bytes = unescape(rest.get(..end)?.as_bytes(), 0).0;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Where something stands that is in no string, one place after the other.
fn outside<'t>(text: &'t str, what: &'t str) -> impl Iterator<Item = usize> + 't {
    let mut strings = Strings::default();
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let plain = strings.outside(byte);
        (plain
            && text
                .as_bytes()
                .get(at..)
                .is_some_and(|t| t.starts_with(what.as_bytes())))
        .then_some(at)
    })
}

/// Where the parenthesis is that closes the arguments: the last in no string before ` = `.
fn end(text: &str) -> Option<usize> {
    let mut strings = Strings::default();
    let mut found = None;
    for (at, byte) in text.bytes().enumerate() {
        if strings.outside(byte) && byte == b')' {
            let behind = text.get(at + 1..).unwrap_or_default();
            if behind.trim_start_matches(' ').starts_with("= ") && behind.starts_with(' ') {
                found = Some(at);
            }
        }
    }
    found
}

/// Whether bytes one after the other are in a string.
#[derive(Default)]
struct Strings {
    inside: bool,
    escaped: bool,
}

impl Strings {
    fn outside(&mut self, byte: u8) -> bool {
        if !self.inside {
            self.inside = byte == b'"';
            return !self.inside;
        }
        match (self.escaped, byte) {
            (true, _) => self.escaped = false,
            (false, b'\\') => self.escaped = true,
            (false, b'"') => self.inside = false,
            _ => {}
        }
        false
    }
}

/// The datagram in the vectors of a text; they are its parts.
fn vectors(text: &str) -> Option<Bytes> {
    let mut all: Option<(Vec<u8>, bool)> = None;
    for at in outside(text, "iov_base=") {
        let buffer = text.get(at + "iov_base=".len()..)?;
        match value(buffer) {
            Some(Bytes::There { bytes, cut }) => {
                let (sum, was_cut) = all.get_or_insert_default();
                // What is behind a part that was cut has no place.
                if !*was_cut {
                    sum.extend(bytes);
                    *was_cut = cut;
                }
            }
            decoded @ Some(Bytes::Decoded { .. }) => return decoded,
            None => {}
        }
    }
    all.map(|(bytes, cut)| Bytes::There { bytes, cut })
}

/// A buffer: a string, or what strace made of it.
fn value(text: &str) -> Option<Bytes> {
    if let Some(string) = text.strip_prefix('"') {
        let (bytes, used) = unescape(string.as_bytes(), b'"');
        let behind = string.as_bytes().get(used..).unwrap_or_default();
        let cut = !behind.starts_with(b"\"") || behind.starts_with(b"\"...");
        return Some(Bytes::There { bytes, cut });
    }
    let inner = text.trim_start_matches(['[', '{']);
    if !inner.starts_with("nlmsg_len=") {
        return None;
    }
    let end = inner.find('}').unwrap_or(inner.len());
    let mut head = inner.get(..end)?.to_owned();
    if head.len() > 200 {
        head = head.chars().take(200).collect();
    }
    Some(Bytes::Decoded { head })
}
