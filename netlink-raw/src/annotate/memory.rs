//! Requests that were sent, for as long as an answer to them may come.

use super::item::Name;
use std::collections::VecDeque;

/// So many are remembered: a packet filter's batch is answered message by message.
const MOST: usize = 1024;
/// In so many bytes.
const ROOM: usize = 1 << 20;
/// Of one no more than this, so that what points into it is looked up in no time.
const LONGEST: usize = 1 << 16;

/// What a message answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    /// The request's type.
    pub kind: u16,
    /// Its name, where it has one: `RTM_NEWLINK`, or a family's of generic netlink.
    pub name: Name,
    /// Its name as words: the command of generic netlink, the number of a type that has no name.
    pub words: String,
    /// Its `NLM_F_*`.
    pub flags: u16,
    /// Its sequence number.
    pub seq: u32,
}

/// The latest requests.
#[derive(Debug, Default)]
pub(super) struct Sent {
    requests: VecDeque<(RequestInfo, Box<[u8]>)>,
    bytes: usize,
}

impl Sent {
    /// Remembers a message, header included.
    pub(super) fn push(&mut self, info: RequestInfo, message: &[u8]) {
        let kept = message
            .get(..message.len().min(LONGEST))
            .unwrap_or_default();
        self.bytes += kept.len();
        self.requests.push_back((info, kept.into()));
        while self.requests.len() > MOST || self.bytes > ROOM {
            let Some((_, gone)) = self.requests.pop_front() else {
                break;
            };
            self.bytes -= gone.len();
        }
    }

    /// The latest of this sequence number.
    pub(super) fn find(&self, seq: u32) -> Option<(&RequestInfo, &[u8])> {
        let found = self.requests.iter().rev().find(|(info, _)| info.seq == seq);
        found.map(|(info, message)| (info, &**message))
    }
}
