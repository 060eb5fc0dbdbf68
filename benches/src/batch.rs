//! Requests of rtnetlink by hand, many in a datagram: what the floor sends, without this project's encoder.

use crate::{Result, sys};
use std::io;
use std::os::fd::BorrowedFd;

/// An attribute's header, and a message's.
const ATTR: usize = 4;
const MESSAGE: usize = 16;

/// A datagram in the making.
#[derive(Debug, Default)]
pub(crate) struct Batch(Vec<u8>);

impl Batch {
    /// Appends a message: its fixed part, and what `attrs` appends.
    pub(crate) fn message(
        &mut self,
        kind: u16,
        flags: i32,
        fixed: &[u8],
        attrs: impl FnOnce(&mut Self),
    ) {
        let at = self.0.len();
        self.0.resize(at + MESSAGE, 0);
        self.0.extend_from_slice(fixed);
        attrs(self);
        let len = (self.0.len() - at) as u32;
        let flags = (libc::NLM_F_REQUEST | flags) as u16;
        let header = &mut self.0[at..at + 8];
        header[..4].copy_from_slice(&len.to_ne_bytes());
        header[4..6].copy_from_slice(&kind.to_ne_bytes());
        header[6..].copy_from_slice(&flags.to_ne_bytes());
    }

    /// Appends an attribute.
    pub(crate) fn attr(&mut self, kind: u16, value: &[u8]) {
        self.nest(kind, |batch| batch.0.extend_from_slice(value));
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    /// Appends an attribute of a number.
    pub(crate) fn number(&mut self, kind: u16, value: u32) {
        self.attr(kind, &value.to_ne_bytes());
    }

    /// Appends an attribute that holds what `inside` appends.
    pub(crate) fn nest(&mut self, kind: u16, inside: impl FnOnce(&mut Self)) {
        let at = self.0.len();
        self.0.resize(at + ATTR, 0);
        inside(self);
        let len = (self.0.len() - at) as u16;
        self.0[at..at + 2].copy_from_slice(&len.to_ne_bytes());
        self.0[at + 2..at + 4].copy_from_slice(&kind.to_ne_bytes());
    }

    /// Appends what is no attribute: the fixed part of a nested message.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Sends it and reads the one answer, an acknowledgement or the first error; begins the next.
    pub(crate) fn exchange(&mut self, socket: BorrowedFd<'_>) -> Result<()> {
        sys::send(socket, &self.0)?;
        self.0.clear();
        let mut answer = [0; 4096];
        let len = sys::receive(socket, &mut answer)?;
        let code = answer.get(MESSAGE..MESSAGE + 4).filter(|_| len >= 20);
        let code = code.ok_or("an answer that is none")?.try_into()?;
        match i32::from_ne_bytes(code) {
            0 => Ok(()),
            errno => Err(io::Error::from_raw_os_error(-errno).into()),
        }
    }
}

/// `struct ifinfomsg`.
pub(crate) fn link(index: u32, flags: i32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[4..8].copy_from_slice(&index.to_ne_bytes());
    bytes[8..12].copy_from_slice(&flags.to_ne_bytes());
    bytes[12..].copy_from_slice(&flags.to_ne_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_the_kernels() {
        let mut batch = Batch::default();
        batch.message(16, libc::NLM_F_ACK, &link(7, 1), |b| {
            b.attr(3, b"h10\0x\0");
            b.nest(18, |b| b.number(1, 5));
        });
        let bytes = &batch.0;
        assert_eq!(bytes.len(), 16 + 16 + 12 + 4 + 8);
        assert_eq!(bytes[..8], [56, 0, 0, 0, 16, 0, 5, 0]);
        assert_eq!(bytes[20..32], [7, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(bytes[32..36], [10, 0, 3, 0]);
        assert_eq!(bytes[42..48], [0, 0, 12, 0, 18, 0]);
        assert_eq!(bytes[48..], [8, 0, 1, 0, 5, 0, 0, 0]);
    }
}
