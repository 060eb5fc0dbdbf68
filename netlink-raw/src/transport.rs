//! The seam at the datagram: a socket, a recorder around one, a recording played back, a rehearsal, or nothing at all.

use crate::decode::Messages;
use crate::exchange::{NLM_F_ACK, NLM_F_CAPPED, NLMSG_ERROR};
use crate::wire::{NlMsgErr, NlMsgHdr};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use zerocopy::IntoBytes;

mod rehearsal;

pub use rehearsal::{Prompter, Rehearsal, only_asks};

/// What arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The datagram's whole length in bytes; longer than the buffer when it was cut.
    pub len: usize,
    /// The namespace it came from, where events of all are heard.
    pub nsid: Option<i32>,
}

/// Carries datagrams to the kernel and back.
pub trait Transport {
    /// The port id that answers are addressed to.
    fn portid(&self) -> u32;

    /// Sends one datagram, whole.
    ///
    /// # Errors
    /// Of the system call.
    fn send(&mut self, datagram: &[u8]) -> io::Result<()>;

    /// Waits for one datagram and writes what fits of it into `buf`.
    ///
    /// # Errors
    /// Of the system call; `ENOBUFS` when messages were lost.
    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received>;
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn portid(&self) -> u32 {
        (**self).portid()
    }
    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        (**self).send(datagram)
    }
    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        (**self).recv(buf)
    }
}

/// Which way a recorded datagram went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the kernel.
    Sent,
    /// From the kernel.
    Received,
}

/// A pcap file's `LINKTYPE_NETLINK`.
const LINKTYPE_NETLINK: u32 = 253;
/// `ARPHRD_NETLINK`, in the pseudo-header of each packet.
const ARPHRD_NETLINK: u16 = 824;
const PCAP_MAGIC: u32 = 0xa1b2_c3d4;
const COOKED: usize = 16;
/// The largest packet that a recording may hold, in bytes.
const MAX_PACKET: u32 = 1 << 24;

/// Writes every datagram of both directions to a pcap file, which Wireshark and [`Replay`] read.
#[derive(Debug)]
pub struct Recorder<T, W> {
    inner: T,
    out: W,
    family: u16,
}

impl<T: Transport, W: Write> Recorder<T, W> {
    /// Around this transport; `protocol` is its `NETLINK_*`.
    ///
    /// # Errors
    /// Of writing the file's header.
    pub fn new(inner: T, mut out: W, protocol: u16) -> io::Result<Self> {
        out.write_all(PCAP_MAGIC.as_bytes())?;
        out.write_all([2u16, 4].as_bytes())?;
        out.write_all([0u32, 0, MAX_PACKET, LINKTYPE_NETLINK].as_bytes())?;
        Ok(Self {
            inner,
            out,
            family: protocol,
        })
    }

    /// The transport and the file.
    pub fn into_parts(self) -> (T, W) {
        (self.inner, self.out)
    }

    fn note(&mut self, direction: Direction, datagram: &[u8]) -> io::Result<()> {
        let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        let too_long = |_| io::Error::from(io::ErrorKind::InvalidInput);
        let len = u32::try_from(datagram.len() + COOKED).map_err(too_long)?;
        // A classic pcap file counts its seconds in 32 bits.
        let seconds = u32::try_from(now.as_secs()).unwrap_or(u32::MAX);
        self.out
            .write_all([seconds, now.subsec_micros(), len, len].as_bytes())?;
        let kind: u16 = match direction {
            Direction::Sent => 4,     // PACKET_OUTGOING
            Direction::Received => 0, // PACKET_HOST
        };
        let mut cooked = [0u8; COOKED];
        cooked[0..2].copy_from_slice(&kind.to_be_bytes());
        cooked[2..4].copy_from_slice(&ARPHRD_NETLINK.to_be_bytes());
        cooked[14..16].copy_from_slice(&self.family.to_be_bytes());
        self.out.write_all(&cooked)?;
        self.out.write_all(datagram)
    }
}

impl<T: Transport, W: Write> Transport for Recorder<T, W> {
    fn portid(&self) -> u32 {
        self.inner.portid()
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        self.note(Direction::Sent, datagram)?;
        self.inner.send(datagram)
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        let received = self.inner.recv(buf)?;
        let there = buf.get(..received.len).unwrap_or(buf).to_vec();
        self.note(Direction::Received, &there)?;
        Ok(received)
    }
}

/// Reads the datagrams of a [`Recorder`]'s file, with the direction of each.
///
/// # Errors
/// `InvalidData` when it is no pcap file of netlink messages in this machine's byte order, or a packet
/// says to be longer than 16 MiB; else of reading.
pub fn read_recording(mut file: impl Read) -> io::Result<Vec<(Direction, Vec<u8>)>> {
    let bad = || io::Error::from(io::ErrorKind::InvalidData);
    let word = |file: &mut dyn Read| -> io::Result<u32> {
        let mut bytes = [0; 4];
        file.read_exact(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    };
    let magic = word(&mut file)?;
    let mut head = [0; 16];
    file.read_exact(&mut head)?;
    if magic != PCAP_MAGIC || word(&mut file)? != LINKTYPE_NETLINK {
        return Err(bad());
    }
    let mut packets = Vec::new();
    loop {
        match word(&mut file) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(packets),
            other => other?,
        };
        let _micros = word(&mut file)?;
        let len = word(&mut file)?;
        let _whole = word(&mut file)?;
        if len > MAX_PACKET || (len as usize) < COOKED {
            return Err(bad());
        }
        let mut cooked = [0; COOKED];
        file.read_exact(&mut cooked)?;
        let mut datagram = Vec::new();
        let body = u64::from(len) - COOKED as u64;
        if file.by_ref().take(body).read_to_end(&mut datagram)? as u64 != body {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let direction = match u16::from_be_bytes([cooked[0], cooked[1]]) {
            4 => Direction::Sent,
            _ => Direction::Received,
        };
        packets.push((direction, datagram));
    }
}

/// Answers from a recording: each datagram sent must be the next that was sent then.
#[derive(Debug, Default)]
pub struct Replay {
    script: VecDeque<(Direction, Vec<u8>)>,
    portid: u32,
}

impl Replay {
    /// Plays these datagrams. The port id is the one that the answers are addressed to.
    #[must_use]
    pub fn new(script: impl IntoIterator<Item = (Direction, Vec<u8>)>) -> Self {
        let script: VecDeque<_> = script.into_iter().collect();
        let portid = script
            .iter()
            .filter(|(direction, _)| *direction == Direction::Received)
            .find_map(|(_, d)| Messages::new(d).next()?.ok())
            .map_or(0, |m| m.header.portid);
        Self { script, portid }
    }

    /// Whether everything was played.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.script.is_empty()
    }
}

impl Transport for Replay {
    fn portid(&self) -> u32 {
        self.portid
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        match self.script.front() {
            Some((Direction::Sent, expected)) if expected == datagram => {
                self.script.pop_front();
                Ok(())
            }
            Some((Direction::Sent, _)) => Err(io::Error::other(
                "this request differs from the recorded one",
            )),
            _ => Err(io::Error::other("the recording has no request here")),
        }
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        let Some((Direction::Received, datagram)) = self.script.front() else {
            return Err(io::Error::other("the recording has no answer here"));
        };
        let received = copy(datagram, buf);
        self.script.pop_front();
        Ok(received)
    }
}

/// Shows each datagram to a closure, sends nothing, and acknowledges what asks for it.
///
/// A GET has no answer here: a [`Rehearsal`] asks the kernel.
#[derive(Debug)]
pub struct Dry<F> {
    show: F,
    acks: Acks,
}

impl<F: FnMut(&[u8])> Dry<F> {
    /// Shows datagrams so.
    pub fn new(show: F) -> Self {
        Self {
            show,
            acks: Acks::default(),
        }
    }
}

impl<F: FnMut(&[u8])> Transport for Dry<F> {
    fn portid(&self) -> u32 {
        0
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        (self.show)(datagram);
        self.acks.expect(datagram);
        Ok(())
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        let nothing = || io::Error::other("nothing answers in a dry run");
        self.acks.next(0, buf).ok_or_else(nothing)
    }
}

/// The acknowledgements that are due for datagrams which were not sent.
#[derive(Debug, Default)]
struct Acks(VecDeque<NlMsgHdr>);

impl Acks {
    /// Notes what a datagram asks to be acknowledged.
    fn expect(&mut self, datagram: &[u8]) {
        let messages = Messages::new(datagram).map_while(Result::ok);
        self.0.extend(
            messages
                .map(|m| m.header)
                .filter(|h| h.flags & NLM_F_ACK != 0),
        );
    }

    /// Writes the next.
    fn next(&mut self, portid: u32, buf: &mut [u8]) -> Option<Received> {
        let request = self.0.pop_front()?;
        let header = NlMsgHdr {
            len: (size_of::<NlMsgHdr>() + size_of::<NlMsgErr>()) as u32,
            kind: NLMSG_ERROR,
            flags: NLM_F_CAPPED,
            seq: request.seq,
            portid,
        };
        let ack = NlMsgErr { error: 0, request };
        Some(copy(&[header.as_bytes(), ack.as_bytes()].concat(), buf))
    }
}

/// A datagram received into `buf`: what fits of it.
fn copy(datagram: &[u8], buf: &mut [u8]) -> Received {
    let fits = datagram.len().min(buf.len());
    if let (Some(to), Some(from)) = (buf.get_mut(..fits), datagram.get(..fits)) {
        to.copy_from_slice(from);
    }
    Received {
        len: datagram.len(),
        nsid: None,
    }
}

#[cfg(test)]
mod tests;
