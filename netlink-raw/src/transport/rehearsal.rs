//! A transport that sends what only asks, and keeps back what would change something.

use super::{Acks, Received, Transport};
use crate::decode::Messages;
use std::collections::VecDeque;
use std::io;

/// Whether a `NETLINK_ROUTE` message only asks: `RTM_GET*`, the third of each four types (`RTNL_KIND_GET` in the
/// kernel's include/net/rtnetlink.h).
#[must_use]
pub fn only_asks(kind: u16) -> bool {
    const RTM_BASE: u16 = 16;
    const GET: u16 = 2;
    kind >= RTM_BASE && kind % 4 == GET
}

/// Where the port id is in a message (`nlmsg_pid`).
const PORT: std::ops::Range<usize> = 12..16;

/// What is told of a [`Rehearsal`], and may answer in the kernel's place.
pub trait Prompter {
    /// This datagram would have been sent. It is taken as done: what asks for an acknowledgement gets one.
    fn kept(&mut self, datagram: &[u8]);

    /// This datagram, which only asks, is sent next; unless there is an answer to it here: a message, whose port
    /// is filled in.
    fn asked(&mut self, datagram: &[u8]) -> Option<Vec<u8>>;

    /// This datagram was received.
    fn answered(&mut self, datagram: &[u8]);
}

/// Sends the datagrams that only ask, and takes all others as done. Its sequence numbers and port are those that
/// the real exchange would have.
///
/// For `NETLINK_ROUTE`. A datagram is sent when each of its messages only asks, and is whole.
#[derive(Debug)]
pub struct Rehearsal<T, P> {
    inner: T,
    prompter: P,
    acks: Acks,
    answers: VecDeque<Vec<u8>>,
}

impl<T: Transport, P: Prompter> Rehearsal<T, P> {
    /// Asks over `inner`, and tells `prompter` of everything.
    pub fn new(inner: T, prompter: P) -> Self {
        Self {
            inner,
            prompter,
            acks: Acks::default(),
            answers: VecDeque::new(),
        }
    }

    /// The transport within.
    pub fn inner(&self) -> &T {
        &self.inner
    }
}

impl<T: Transport, P: Prompter> Transport for Rehearsal<T, P> {
    fn portid(&self) -> u32 {
        self.inner.portid()
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        let mut messages = Messages::new(datagram).peekable();
        let asks = messages.peek().is_some()
            && messages.all(|m| m.is_ok_and(|m| only_asks(m.header.kind)));
        if !asks {
            self.prompter.kept(datagram);
            self.acks.expect(datagram);
            return Ok(());
        }
        match self.prompter.asked(datagram) {
            Some(mut answer) => {
                let port = self.inner.portid().to_ne_bytes();
                if let Some(place) = answer.get_mut(PORT) {
                    place.copy_from_slice(&port);
                }
                self.answers.push_back(answer);
                Ok(())
            }
            None => self.inner.send(datagram),
        }
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        if let Some(received) = self.acks.next(self.inner.portid(), buf) {
            return Ok(received);
        }
        let received = match self.answers.pop_front() {
            Some(answer) => super::copy(&answer, buf),
            None => self.inner.recv(buf)?,
        };
        self.prompter
            .answered(buf.get(..received.len).unwrap_or(buf));
        Ok(received)
    }
}
