//! The other values of a command line: device names, link-layer addresses, on and off.

use super::{Word, inet};
use crate::error::{FAILED, Result, quoted};

/// A link-layer address: 1 to 32 bytes (MAX_ADDR_LEN of linux/netdevice.h).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LlAddr {
    bytes: [u8; 32],
    len: u8,
}

impl LlAddr {
    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl Word<'_> {
    /// A device's name as iproute2 checks it (`check_ifname`): under 16 bytes, not
    /// empty, no slash, no blank. `keyword` is what it is the value of.
    pub fn ifname(&self, keyword: &str) -> Result<&[u8]> {
        let name = self.bytes();
        let reason = if name.is_empty() {
            "a device's name is not empty"
        } else if name.len() >= libc::IFNAMSIZ {
            "a device's name has 15 bytes at most"
        } else if name.contains(&b'/') {
            "a device's name has no slash"
        } else if name.iter().any(|b| matches!(b, b' ' | b'\t'..=b'\r')) {
            "a device's name has no blank"
        } else {
            return Ok(name);
        };
        Err(self.wrong_because(reason, &format!("\"{keyword}\" not a valid ifname")))
    }

    /// A name for a device to be: as [`Word::ifname`], and without what the kernel
    /// refuses (`:`, `.`, `..`) or a terminal would obey (control bytes).
    pub fn new_ifname(&self, keyword: &str) -> Result<&[u8]> {
        let name = self.ifname(keyword)?;
        let reason = if name.iter().any(u8::is_ascii_control) {
            "a device's name has no control byte"
        } else if name.contains(&b':') {
            "a device's name has no colon"
        } else if matches!(name, b"." | b"..") {
            "'.' and '..' are no names"
        } else {
            return Ok(name);
        };
        Err(self.wrong_because(reason, &format!("\"{keyword}\" not a valid ifname")))
    }

    /// A link-layer address: bytes in hex with colons between them, any number up
    /// to 32; or an IPv4 address, as tunnels have. Unlike iproute2, which reads
    /// `5g` as 05, a byte that is none is an error. Exit code 1.
    pub fn lladdr(&self) -> Result<LlAddr> {
        let bytes = self.bytes();
        let parsed = if bytes.contains(&b'.') {
            inet::address(bytes, inet::Family::Inet).and_then(|p| match p.address {
                Some(std::net::IpAddr::V4(a)) => collect(a.octets().into_iter().map(Some)),
                _ => None,
            })
        } else {
            collect(bytes.split(|&b| b == b':').map(hex))
        };
        parsed.ok_or_else(|| {
            self.error(
                format!("{} is not a link-layer address", quoted(self.text())),
                format!("\"{self}\" is invalid lladdr."),
            )
            .hint("bytes in hex with colons between them: 02:00:00:00:00:01")
            .code(FAILED)
        })
    }

    /// `on` or `off`, iproute2's `parse_on_off`. Exit code 1.
    pub fn on_off(&self, keyword: &str) -> Result<bool> {
        match self.bytes() {
            b"on" => Ok(true),
            b"off" => Ok(false),
            _ => Err(self
                .error(
                    format!("'{keyword}' is 'on' or 'off', not {}", quoted(self.text())),
                    format!(
                        "Error: argument of \"{keyword}\" must be \"on\" or \"off\", not \"{self}\""
                    ),
                )
                .code(FAILED)),
        }
    }
}

/// Up to 32 bytes; nothing when one is missing, or there are none or more.
fn collect(parts: impl Iterator<Item = Option<u8>>) -> Option<LlAddr> {
    let mut address = LlAddr {
        bytes: [0; 32],
        len: 0,
    };
    for part in parts {
        *address.bytes.get_mut(usize::from(address.len))? = part?;
        address.len += 1;
    }
    (address.len > 0).then_some(address)
}

/// One byte in hex: one or two digits, zeros before them.
fn hex(part: &[u8]) -> Option<u8> {
    let digits = |b: &u8| char::from(*b).to_digit(16);
    if part.is_empty() {
        return None;
    }
    part.iter().try_fold(0u8, |value, b| {
        value.checked_mul(16)?.checked_add(digits(b)? as u8)
    })
}
