//! Flags and values by their names, as strace(1) writes them.

use super::text::hex;

/// Values and their names, in the order in which strace(1) goes through them.
pub(super) type Names = [(u64, &'static str)];

/// The names of the bits of a value, joined by `|`, then the bits that have none; `unknown` follows a value none of
/// whose bits has a name.
pub(super) fn flags(names: &Names, value: u64, unknown: &str) -> String {
    let (mut out, mut left) = (String::new(), value);
    for &(bits, name) in names {
        if left == bits && (left != 0 || out.is_empty()) || bits != 0 && left & bits == bits {
            if !out.is_empty() {
                out.push('|');
            }
            out.push_str(name);
            left &= !bits;
        }
        if left == 0 && !out.is_empty() {
            return out;
        }
    }
    match (out.is_empty(), left) {
        (true, 0) => "0".to_owned(),
        (true, _) => format!("{left:#x} /* {unknown} */"),
        _ => format!("{out}|{left:#x}"),
    }
}

/// The name of a value, or the value and `unknown`.
pub(super) fn value(names: &Names, value: u64, unknown: &str) -> String {
    match name(names, value) {
        Some(name) => name.to_owned(),
        None => format!("{} /* {unknown} */", hex(value)),
    }
}

/// The name of a value.
pub(super) fn name(names: &Names, value: u64) -> Option<&'static str> {
    let found = names.iter().find(|(known, _)| *known == value);
    found.map(|(_, name)| *name)
}

/// A signal.
pub(super) fn signal(number: u64) -> String {
    match number {
        32 => "SIGRTMIN".to_owned(),
        33..=64 => format!("SIGRT_{}", number - 32),
        _ => name(super::names::SIGNALS, number)
            .map_or_else(|| (number as i64).to_string(), str::to_owned),
    }
}
