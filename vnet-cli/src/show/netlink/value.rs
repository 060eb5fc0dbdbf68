//! One value as text.

use crate::error::errno;
use netlink_raw::annotate::{Item, Name, Shown};
use netlink_raw::schema::Names;
use std::fmt::Write;

/// The most bytes that a value shows as hex where it may be cut short.
const FEW: usize = 64;

/// What is shown of bytes without a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    /// Their hex digits, a long row of them cut short.
    Hex,
    /// How many they are: their digits stand beside it.
    Count,
}

/// Appends what a value says.
pub(super) fn put(shown: &Shown<'_>, raw: Raw, to: &mut String) {
    // Writing to a string does not fail.
    let _ = match shown {
        Shown::Nothing => Ok(()),
        Shown::Unsigned(n) => write!(to, "{n}"),
        Shown::Signed(n) => write!(to, "{n}"),
        Shown::Named(n, names) => match name_of(*n, names) {
            Some(name) => write!(to, "{name}"),
            None => write!(to, "{n}"),
        },
        Shown::Bits(n, names) => write!(to, "{}", flags(*n, names, "")),
        Shown::Errno(n) => write!(to, "{}", error(*n)),
        Shown::Str(text) => {
            to.push('"');
            escape(text, to);
            to.push('"');
            Ok(())
        }
        Shown::Mac(bytes) => {
            for (i, byte) in bytes.iter().enumerate() {
                let _ = write!(to, "{}{byte:02x}", if i > 0 { ":" } else { "" });
            }
            Ok(())
        }
        Shown::Ip(address) => write!(to, "{address}"),
        Shown::Bytes(bytes) => match raw {
            Raw::Hex => {
                hex(bytes, to);
                Ok(())
            }
            Raw::Count if bytes.len() == 1 => write!(to, "1 byte"),
            Raw::Count => write!(to, "{} bytes", bytes.len()),
        },
        Shown::Words(words) => {
            escape(words.as_bytes(), to);
            Ok(())
        }
        // A kind of value that is newer than this: it has its bytes.
        _ => Ok(()),
    };
}

/// What a value says.
pub(super) fn text(shown: &Shown<'_>) -> String {
    let mut to = String::new();
    put(shown, Raw::Hex, &mut to);
    to
}

/// The name of a number.
pub(super) fn name_of(number: u64, names: Names) -> Option<&'static str> {
    names
        .iter()
        .find(|(n, _)| *n == number)
        .map(|(_, name)| *name)
}

/// The names of the bits that are set, the names of several bits before those of one, and the bits that have none.
pub(super) fn bits(number: u64, names: Names) -> (Vec<&'static str>, u64) {
    let mut rest = number;
    let mut found = Vec::new();
    loop {
        let fits = names
            .iter()
            .filter(|(bits, _)| *bits != 0 && rest & bits == *bits);
        // The first of those that have most bits.
        let best = fits.rev().max_by_key(|(bits, _)| bits.count_ones());
        let Some((bits, _)) = best else { break };
        rest &= !bits;
        found.push(*bits);
    }
    // In the order of the table, which is the kernel's.
    let named = names.iter().filter(|(bits, _)| found.contains(bits));
    let mut seen = Vec::new();
    for (bits, name) in named {
        if !seen.iter().any(|(b, _)| b == bits) {
            seen.push((*bits, *name));
        }
    }
    (seen.into_iter().map(|(_, name)| name).collect(), rest)
}

/// Bits by name, joined as in C; what every name begins with may be left out.
pub(super) fn flags(number: u64, names: Names, without: &str) -> String {
    if number == 0 {
        return name_of(0, names).unwrap_or("0").to_owned();
    }
    let (found, rest) = bits(number, names);
    let mut text = String::new();
    for name in found {
        if !text.is_empty() {
            text.push('|');
        }
        text.push_str(name.strip_prefix(without).unwrap_or(name));
    }
    if rest != 0 {
        let bar = if text.is_empty() { "" } else { "|" };
        let _ = write!(text, "{bar}{rest:#x}");
    }
    text
}

/// An error number as the kernel sends it: `0`, or `-1 (EPERM: Operation not permitted)`.
pub(super) fn error(number: i32) -> String {
    if number == 0 {
        return "0".to_owned();
    }
    match errno::name(number.wrapping_neg()) {
        Some(name) => format!("{number} ({name}: {})", errno::text(number.wrapping_neg())),
        None => number.to_string(),
    }
}

/// The name of an error number as the kernel sends it, or the number.
pub(super) fn errno_name(number: i32) -> String {
    match errno::name(number.wrapping_neg()) {
        Some(name) => name.to_owned(),
        None => format!("error {}", number.wrapping_neg()),
    }
}

/// What an item is called where it stands among others: a number without a name in brackets.
pub(super) fn name(item: &Item<'_>) -> String {
    match item.name {
        Name::Known(name) => name.to_owned(),
        Name::Number(number) => format!("[{number}]"),
        Name::None => String::new(),
    }
}

/// Why a fault is one.
pub(super) fn reason(item: &Item<'_>) -> String {
    let mut why = name(item);
    let mut says = String::new();
    put(&item.value, Raw::Count, &mut says);
    if !why.is_empty() && !says.is_empty() {
        why.push_str(": ");
    }
    why.push_str(&says);
    match why.is_empty() {
        true => "these bytes make no sense here".to_owned(),
        false => why,
    }
}

/// Bytes as one number of hex digits, `0x0102`; all of them if they are few, else those that begin them.
fn hex(bytes: &[u8], to: &mut String) {
    if bytes.is_empty() {
        to.push_str("no bytes");
        return;
    }
    to.push_str("0x");
    let few = bytes.get(..FEW).filter(|few| few.len() < bytes.len());
    digits(
        few.map_or(bytes, |few| few.get(..FEW / 2).unwrap_or(few)),
        to,
    );
    if few.is_some() {
        let _ = write!(to, "… ({} bytes)", bytes.len());
    }
}

/// Bytes as hex digits.
pub(super) fn digits(bytes: &[u8], to: &mut String) {
    for byte in bytes {
        let _ = write!(to, "{byte:02x}");
    }
}

/// Appends bytes from outside as text: what a terminal would obey or would not show is escaped, quotes too.
pub(super) fn escape(bytes: &[u8], to: &mut String) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' => to.push(c),
                '\n' | '\t' | '\r' => to.extend(c.escape_default()),
                c if (c as u32) < 0x100 && c.is_control() => {
                    let _ = write!(to, "\\x{:02x}", c as u32);
                }
                c => to.extend(c.escape_debug()),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(to, "\\x{byte:02x}");
        }
    }
}
