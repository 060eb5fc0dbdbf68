//! Bytes in which messages stand one behind the other: what looks like one, and which belong to one datagram.

use super::{Datagram, Each, Found};
use netlink_raw::exchange::NLM_F_REQUEST;
use netlink_raw::transport::Direction;

const HEADER: usize = 16;
/// Bytes of messages that are taken as one datagram at most; a message that is longer is taken whole.
const PART: usize = 1 << 20;
/// Bytes of what makes no sense that are shown at most.
const SENSELESS: usize = 1 << 16;
/// The longest message that a length is believed to be of.
const LONGEST: usize = 16 << 20;

/// The length that a message here says it has, where that is one.
fn length(bytes: &[u8]) -> Option<usize> {
    let len = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
    (HEADER..=LONGEST).contains(&len).then_some(len)
}

fn aligned(len: usize) -> usize {
    len.next_multiple_of(4)
}

/// How many of these bytes are whole messages, from the first on.
pub fn plausible(bytes: &[u8]) -> usize {
    let (_, bytes) = cooked(bytes);
    let mut at = 0;
    while let Some(rest) = bytes.get(at..)
        && let Some(len) = length(rest).filter(|len| *len <= rest.len())
    {
        at += aligned(len);
    }
    at.min(bytes.len())
}

/// Which way a datagram went, by its first message: a request is one that says so.
pub(super) fn direction(bytes: &[u8]) -> Direction {
    let flags = bytes.get(6..).and_then(|b| b.first_chunk());
    let flags = flags.map_or(0, |b| u16::from_ne_bytes(*b));
    match flags & NLM_F_REQUEST {
        0 => Direction::Received,
        _ => Direction::Sent,
    }
}

/// What the pseudo-header of a capture says, protocol and direction, where bytes begin with one; the bytes behind it.
fn cooked(bytes: &[u8]) -> (Option<(u16, Direction)>, &[u8]) {
    let Some((head, rest)) = bytes.split_first_chunk::<16>() else {
        return (None, bytes);
    };
    // ARPHRD_NETLINK, no address, a protocol below MAX_LINKS: as a message it were many megabytes long.
    match head {
        [
            0,
            kind @ 0..=7,
            0x03,
            0x38,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            protocol @ 0..32,
        ] => {
            let direction = match kind {
                4 | 7 => Direction::Sent,
                _ => Direction::Received,
            };
            (Some((u16::from(*protocol), direction)), rest)
        }
        _ => (None, bytes),
    }
}

/// Takes bytes and gives datagrams: messages that follow one another and went the same way.
pub(super) struct Splitter<'e, 'f> {
    each: &'e mut (dyn FnMut(Found) -> bool + 'f),
}

impl<'e, 'f> Splitter<'e, 'f> {
    pub(super) fn new(each: &'e mut (dyn FnMut(Found) -> bool + 'f)) -> Self {
        Self { each }
    }

    /// Bytes that start at a place of the input; false where no more is wanted.
    pub(super) fn add(&mut self, bytes: &[u8], place: &str) -> bool {
        let (told, mut rest) = cooked(bytes);
        let mut at = bytes.len() - rest.len();
        while !rest.is_empty() {
            let way = told.map_or_else(|| direction(rest), |(_, way)| way);
            let mut len = 0;
            // As many messages as go the same way.
            while let Some(next) = rest.get(len..).filter(|next| !next.is_empty()) {
                let whole = length(next).filter(|whole| *whole <= next.len());
                let Some(whole) = whole else {
                    // What makes no sense, or is cut: nothing stands behind it.
                    len = rest.len();
                    break;
                };
                let other = told.is_none() && direction(next) != way;
                if len > 0 && (other || len + whole > PART) {
                    break;
                }
                len += aligned(whole).min(next.len());
            }
            let (part, behind) = rest.split_at_checked(len).unwrap_or((rest, &[]));
            let sense = plausible(part);
            // The message that is cut says how long it is.
            let missing = part
                .get(sense..)
                .and_then(length)
                .map(|whole| sense + whole);
            let shown = part.get(..sense + SENSELESS).filter(|_| missing.is_none());
            let place = match (place, at) {
                ("", at) => format!("byte {at}"),
                (place, 0) => place.to_owned(),
                (place, at) => format!("{place}, byte {at}"),
            };
            let left_out = part.len() - shown.unwrap_or(part).len();
            let found = Found::Datagram(Datagram {
                bytes: shown.unwrap_or(part).to_vec(),
                len: missing.unwrap_or(0).max(shown.unwrap_or(part).len()),
                protocol: told.map(|(protocol, _)| protocol),
                direction: way,
                socket: 0,
                place: place.clone(),
                call: None,
                time: None,
            });
            if !(self.each)(found) {
                return false;
            }
            if left_out > 0 {
                let what = format!("{left_out} more bytes without sense are left out");
                if !(self.each)(Found::Note { place, what }) {
                    return false;
                }
            }
            at += len;
            rest = behind;
        }
        true
    }
}

/// Says that no more is wanted where an `Each` does.
pub(super) fn give(each: Each<'_>, place: String, what: impl Into<String>) -> bool {
    each(Found::Note {
        place,
        what: what.into(),
    })
}
