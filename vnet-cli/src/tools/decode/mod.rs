//! Finding netlink datagrams in what others wrote down: hex in any layout, strace's output, captures, bare bytes.
//!
//! Whatever the bytes are, this goes on to their end or says where they stop making sense: only reading itself fails.

mod detect;
pub mod hex;
mod messages;
pub mod strace;
#[cfg(test)]
mod tests;

pub use messages::plausible;

use messages::Splitter;
use netlink_raw::pcap;
use netlink_raw::transport::Direction;
use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

/// How much of what is no capture and no trace is read, in bytes.
pub const MOST: usize = 64 << 20;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with bytes in hex.
    Hex,
    /// What strace(1) prints.
    Strace,
    /// A pcap or pcapng file.
    Pcap,
    /// The bytes themselves.
    Raw,
}

/// What is known beforehand; what is not is taken from the input, or guessed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// What the input is.
    pub format: Option<Format>,
    /// The `NETLINK_*` protocol.
    pub protocol: Option<u16>,
    /// Which way the datagrams went.
    pub direction: Option<Direction>,
}

/// A datagram that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Its bytes, as many as there are.
    pub bytes: Vec<u8>,
    /// Its whole length; more than there are bytes where the input left some out.
    pub len: usize,
    /// Its `NETLINK_*` protocol, where the input tells it.
    pub protocol: Option<u16>,
    /// Which way it went: what the input tells, else what its first message looks like.
    pub direction: Direction,
    /// What tells its socket from others.
    pub socket: u64,
    /// Where it is in the input: `line 3`, `packet 7`, `byte 0`.
    pub place: String,
    /// Who sent or received it, and how: `1234 sendto(3)`.
    pub call: Option<String>,
    /// When, since 1970 began in UTC.
    pub time: Option<Duration>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A datagram.
    Datagram(Datagram),
    /// Where the input stops making sense, and why.
    Note {
        /// Where: `line 3`.
        place: String,
        /// What is the matter there.
        what: String,
    },
}

/// Where what is found goes; false ends the search.
pub type Each<'e> = &'e mut dyn FnMut(Found) -> bool;

/// Reads an input to its end.
///
/// # Errors
/// Of reading.
pub fn read(input: impl Read, known: Known, each: Each<'_>) -> io::Result<()> {
    let mut input = BufReader::with_capacity(detect::HEAD, input);
    let mut head = Vec::new();
    // A pipe gives what it has, and may give more only after what it gave was answered.
    while known.format.is_none() && head.len() < detect::HEAD && !detect::is_clear(&head) {
        let more = match input.fill_buf() {
            Ok(more) => more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if more.is_empty() {
            break;
        }
        let len = more.len();
        head.extend_from_slice(more);
        input.consume(len);
    }
    let format = known.format.unwrap_or_else(|| detect::format(&head));
    let each = &mut |found| each(settle(found, known));
    let whole = io::Cursor::new(head).chain(input);
    match format {
        Format::Pcap => capture(whole, each),
        Format::Strace => strace::read(whole, each),
        Format::Hex => {
            let (bytes, cut) = limited(whole)?;
            let text = detect::text(&bytes);
            let parsed = hex::parse(&text);
            let mut splitter = Splitter::new(each);
            for piece in parsed.pieces {
                if !splitter.add(&piece.bytes, &format!("line {}", piece.line)) {
                    return Ok(());
                }
            }
            finish(parsed.notes, cut, each);
            Ok(())
        }
        Format::Raw => {
            let (bytes, cut) = limited(whole)?;
            if Splitter::new(each).add(&bytes, "") {
                finish(Vec::new(), cut, each);
            }
            Ok(())
        }
    }
}

/// What is given beforehand wins.
fn settle(mut found: Found, known: Known) -> Found {
    if let Found::Datagram(datagram) = &mut found {
        datagram.protocol = known.protocol.or(datagram.protocol);
        datagram.direction = known.direction.unwrap_or(datagram.direction);
    }
    found
}

/// All that there is, up to a limit; whether there was more.
fn limited(input: impl Read) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    input.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    let cut = bytes.len() > MOST;
    bytes.truncate(MOST);
    Ok((bytes, cut))
}

fn finish(notes: Vec<(usize, String)>, cut: bool, each: Each<'_>) {
    for (line, what) in notes {
        let place = format!("line {line}");
        if !each(Found::Note { place, what }) {
            return;
        }
    }
    if cut {
        each(Found::Note {
            place: format!("byte {MOST}"),
            what: "what is behind it was not read: 64 MiB are the most".into(),
        });
    }
}

/// The packets of a capture.
fn capture(file: impl Read, each: Each<'_>) -> io::Result<()> {
    let mut number = 0u64;
    let note = |what: String, number: u64| Found::Note {
        place: match number {
            0 => "the capture".into(),
            n => format!("packet {n} and on"),
        },
        what,
    };
    let reader = match pcap::Reader::new(file) {
        Ok(reader) => reader,
        Err(pcap::Error::Io(e)) => return Err(e),
        Err(e) => {
            each(note(e.to_string(), 0));
            return Ok(());
        }
    };
    for packet in reader {
        number += 1;
        let found = match packet {
            Ok(packet) => {
                let looks = messages::direction(&packet.bytes);
                // A tap sees everything go out: what asks for nothing comes from the kernel all the same.
                let direction = match (packet.direction, looks) {
                    (Direction::Sent, Direction::Received) => Direction::Received,
                    (told, _) => told,
                };
                Found::Datagram(Datagram {
                    bytes: packet.bytes,
                    len: packet.len,
                    protocol: Some(packet.protocol),
                    direction,
                    socket: 0,
                    place: format!("packet {number}"),
                    call: None,
                    time: (!packet.time.is_zero()).then_some(packet.time),
                })
            }
            Err(pcap::Error::Io(e)) => return Err(e),
            Err(e) => {
                number -= u64::from(matches!(e, pcap::Error::LinkType(_)));
                note(e.to_string(), number)
            }
        };
        if !each(found) {
            break;
        }
    }
    Ok(())
}
