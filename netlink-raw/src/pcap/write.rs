//! Writing a pcap file of netlink datagrams.

use super::{ARPHRD_NETLINK, COOKED, LINKTYPE_NETLINK, MAX_PACKET, MICROSECONDS, PACKET_OUTGOING};
use crate::transport::{Direction, Received, Transport};
use std::io::{self, Write};
use std::time::Duration;
use zerocopy::IntoBytes;

/// Writes datagrams to a pcap file, times in microseconds.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Of writing.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(MICROSECONDS.as_bytes())?;
        out.write_all([2u16, 4].as_bytes())?;
        out.write_all([0u32, 0, MAX_PACKET, LINKTYPE_NETLINK].as_bytes())?;
        Ok(Self { out })
    }

    /// Adds a datagram of this `NETLINK_*` protocol, at a time since 1970 began in UTC. `whole` is its length where
    /// these are not all of its bytes.
    ///
    /// # Errors
    /// Of writing; `InvalidInput` when it is longer than 16 MiB.
    pub fn datagram(
        &mut self,
        time: Duration,
        protocol: u16,
        direction: Direction,
        bytes: &[u8],
        whole: usize,
    ) -> io::Result<()> {
        let size = |len: usize| {
            let size = u32::try_from(len.saturating_add(COOKED)).ok();
            size.filter(|&size| size <= MAX_PACKET)
                .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))
        };
        // A classic pcap file counts its seconds in 32 bits.
        let seconds = u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let mut head = [0u8; 16 + COOKED];
        let (record, cooked) = head.split_at_mut(16);
        let (kept, whole) = (size(bytes.len())?, size(whole.max(bytes.len()))?);
        record.copy_from_slice([seconds, time.subsec_micros(), kept, whole].as_bytes());
        let kind = match direction {
            Direction::Sent => PACKET_OUTGOING,
            Direction::Received => 0, // PACKET_HOST
        };
        cooked[0..2].copy_from_slice(&kind.to_be_bytes());
        cooked[2..4].copy_from_slice(&ARPHRD_NETLINK.to_be_bytes());
        cooked[14..16].copy_from_slice(&protocol.to_be_bytes());
        self.out.write_all(&head)?;
        self.out.write_all(bytes)
    }

    /// What it writes to.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// What it wrote to, not flushed.
    pub fn into_inner(self) -> W {
        self.out
    }
}

/// Around a transport: writes every datagram of both directions to a pcap file, which Wireshark and
/// [`Replay`](crate::transport::Replay) read.
#[derive(Debug)]
pub struct Recorder<T, W> {
    inner: T,
    out: Writer<W>,
    protocol: u16,
}

impl<T: Transport, W: Write> Recorder<T, W> {
    /// Around this transport; `protocol` is its `NETLINK_*`.
    ///
    /// # Errors
    /// Of writing the file's header.
    pub fn new(inner: T, out: W, protocol: u16) -> io::Result<Self> {
        Ok(Self {
            inner,
            out: Writer::new(out)?,
            protocol,
        })
    }

    /// The transport and the file.
    pub fn into_parts(self) -> (T, W) {
        (self.inner, self.out.into_inner())
    }

    fn note(&mut self, direction: Direction, bytes: &[u8], whole: usize) -> io::Result<()> {
        let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        self.out
            .datagram(now, self.protocol, direction, bytes, whole)
    }
}

impl<T: Transport, W: Write> Transport for Recorder<T, W> {
    fn portid(&self) -> u32 {
        self.inner.portid()
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        self.note(Direction::Sent, datagram, datagram.len())?;
        self.inner.send(datagram)
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        let received = self.inner.recv(buf)?;
        let there = buf.get(..received.len).unwrap_or(buf);
        self.note(Direction::Received, there, received.len)?;
        Ok(received)
    }
}
