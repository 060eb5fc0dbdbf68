//! The datagrams as a pcap file, each once, at the time it was sent or received.

use super::Sink;
use crate::tools::audit::event::{Call, Outcome};
use netlink_raw::pcap::Writer;
use netlink_raw::transport::Direction;
use std::io;

/// Bytes of a datagram that are kept: the format has no room for more.
const MOST: usize = (16 << 20) - 64;

/// A file of datagrams.
#[derive(Debug)]
pub(super) struct Pcap {
    /// In memory, until a datagram is whole; `None` if it could not be begun.
    writer: Option<Writer<Vec<u8>>>,
    sink: Sink,
}

impl Pcap {
    /// Begins it.
    pub(super) fn new(sink: Sink) -> Self {
        let writer = Writer::new(Vec::new()).ok();
        let mut pcap = Self { writer, sink };
        pcap.hand_over();
        pcap
    }

    /// Adds a call's datagrams. What was only looked at comes again; what failed was not sent.
    pub(super) fn call(&mut self, call: &Call) {
        let (Some(netlink), Outcome::Returned(..)) = (&call.netlink, &call.outcome) else {
            return;
        };
        let Some(writer) = self.writer.as_mut().filter(|_| !netlink.peeked) else {
            return;
        };
        let time = match netlink.direction {
            Direction::Sent => call.time,
            Direction::Received => call.time.saturating_add(call.duration),
        };
        for datagram in &netlink.datagrams {
            let bytes = datagram.bytes.get(..MOST).unwrap_or(&datagram.bytes);
            // Memory takes everything, and nothing is longer than the format has room for.
            let _ = writer.datagram(
                time,
                netlink.protocol,
                netlink.direction,
                bytes,
                datagram.len.min(MOST),
            );
        }
        self.hand_over();
    }

    fn hand_over(&mut self) {
        if let Some(writer) = &mut self.writer {
            self.sink.write(&std::mem::take(writer.get_mut()));
        }
    }

    /// # Errors
    /// Of all the writing.
    pub(super) fn finish(self) -> io::Result<()> {
        self.sink.finish()
    }
}
