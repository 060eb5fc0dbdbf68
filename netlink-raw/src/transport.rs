//! The seam at the datagram: a socket, a recorder around one, a recording played back, a rehearsal, or nothing at all.

use crate::decode::Messages;
use crate::exchange::{NLM_F_ACK, NLM_F_CAPPED, NLMSG_ERROR};
use crate::wire::{NlMsgErr, NlMsgHdr};
use std::collections::VecDeque;
use std::io;
use zerocopy::IntoBytes;

mod rehearsal;

pub use crate::pcap::{Recorder, read_recording};
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
