//! Strings, numbers and addresses as strace(1) writes them.

use super::View;
use super::memory::{self, CString};

/// How much of a string strace(1) shows.
pub(super) const SHOWN: usize = 32;
/// How long a path may be, its NUL included (`PATH_MAX`).
const PATH_MAX: usize = 4096;

/// An address.
pub(super) fn address(at: u64) -> String {
    if at == 0 {
        "NULL".to_owned()
    } else {
        format!("{at:#x}")
    }
}

/// A number in hexadecimal; nothing but the digit where it is 0.
pub(super) fn hex(value: u64) -> String {
    if value == 0 {
        "0".to_owned()
    } else {
        format!("{value:#x}")
    }
}

/// A user's or group's number, -1 where it stands for none.
pub(super) fn id(value: u64) -> String {
    let value = value as u32;
    if value == u32::MAX {
        "-1".to_owned()
    } else {
        value.to_string()
    }
}

/// The mode of a file to be made, at least three octal digits.
pub(super) fn mode(value: u64) -> String {
    if value == 0 {
        return "000".to_owned();
    }
    format!("{:0>3}", format!("0{value:o}"))
}

/// Bytes between quotes, those that do not print as octal numbers.
pub(super) fn quoted(bytes: &[u8]) -> String {
    nsenter::Quoted(bytes).to_string()
}

/// Bytes between quotes, each as a hexadecimal number.
pub(super) fn hex_quoted(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// A string that ends with a NUL, `SHOWN` of it.
pub(super) fn string(view: &dyn View, at: u64) -> String {
    string_of(view, at, SHOWN)
}

/// A path, which is shown whole.
pub(super) fn path(view: &dyn View, at: u64) -> String {
    string_of(view, at, PATH_MAX - 1)
}

/// A string that ends with a NUL, so many bytes of it.
pub(super) fn string_of(view: &dyn View, at: u64, shown: usize) -> String {
    match memory::string(view, at, shown) {
        None => address(at),
        Some(CString { bytes, whole: true }) => quoted(&bytes),
        Some(CString {
            bytes,
            whole: false,
        }) => quoted(&bytes) + "...",
    }
}

/// The bytes of a buffer, `SHOWN` of them.
pub(super) fn buffer(view: &dyn View, at: u64, len: u64) -> String {
    shown(view, at, len, quoted)
}

/// The bytes of a buffer, `SHOWN` of them, each as a hexadecimal number.
pub(super) fn hex_buffer(view: &dyn View, at: u64, len: u64) -> String {
    shown(view, at, len, hex_quoted)
}

fn shown(view: &dyn View, at: u64, len: u64, write: fn(&[u8]) -> String) -> String {
    if at == 0 {
        return address(at);
    }
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    match memory::bytes(view, at, len.min(SHOWN)) {
        None => address(at),
        Some(bytes) if len > SHOWN => write(&bytes) + "...",
        Some(bytes) => write(&bytes),
    }
}
