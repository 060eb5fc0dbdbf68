//! Files of netlink datagrams that Wireshark, tcpdump and tshark read: pcap and pcapng.
//!
//! A packet of `LINKTYPE_NETLINK` is a datagram behind a pseudo-header of 16 bytes, which says the direction and the
//! `NETLINK_*` protocol. [`Writer`] writes pcap; [`Reader`] reads pcap and pcapng of any byte order and precision.

mod next_generation;
mod read;
#[cfg(test)]
mod tests;
mod write;

use crate::transport::Direction;
use std::fmt;
use std::io;
use std::time::Duration;

pub use read::{Reader, read_recording};
pub use write::{Recorder, Writer};

/// A file's `LINKTYPE_NETLINK`.
pub const LINKTYPE_NETLINK: u32 = 253;
/// `ARPHRD_NETLINK`, in the pseudo-header of each packet.
const ARPHRD_NETLINK: u16 = 824;
/// The magic number of pcap with microseconds, and with nanoseconds.
const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
/// Bytes of the pseudo-header.
const COOKED: usize = 16;
/// `PACKET_OUTGOING` and `PACKET_KERNEL` (linux/if_packet.h): towards the kernel. An nlmon device tells the latter.
const PACKET_OUTGOING: u16 = 4;
const PACKET_KERNEL: u16 = 7;
/// The largest packet that a file may hold, in bytes.
const MAX_PACKET: u32 = 1 << 24;

/// A datagram of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When, since 1970 began in UTC; 0 where the file does not say.
    pub time: Duration,
    /// Its `NETLINK_*` protocol.
    pub protocol: u16,
    /// Which way it went.
    pub direction: Direction,
    /// Its bytes, as many as were kept.
    pub bytes: Vec<u8>,
    /// Its whole length; more than there are bytes where it was cut.
    pub len: usize,
}

impl Packet {
    /// Of a packet's bytes, pseudo-header first.
    fn cooked(time: Duration, mut bytes: Vec<u8>, whole: u32) -> Option<Self> {
        let half = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        let direction = match half(0)? {
            PACKET_OUTGOING | PACKET_KERNEL => Direction::Sent,
            _ => Direction::Received,
        };
        let protocol = half(14)?;
        bytes.drain(..COOKED);
        let len = (whole as usize).saturating_sub(COOKED).max(bytes.len());
        Some(Self {
            time,
            protocol,
            direction,
            bytes,
            len,
        })
    }
}

/// Why a file could not be read, or not further.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Reading it failed.
    Io(io::Error),
    /// It is neither pcap nor pcapng.
    NotPcap,
    /// Its packets are of another kind than netlink. In a pcapng file others may follow that are.
    LinkType(u32),
    /// It breaks off within what starts at this offset.
    Cut {
        /// In bytes from the start of the file.
        offset: u64,
    },
    /// What starts at this offset makes no sense.
    Broken {
        /// In bytes from the start of the file.
        offset: u64,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(e) => e.fmt(f),
            Self::NotPcap => f.write_str("neither pcap nor pcapng"),
            Self::LinkType(number) => {
                match link_type(*number) {
                    Some(name) => write!(f, "packets of {name} (link type {number})")?,
                    None => write!(f, "packets of link type {number}")?,
                }
                write!(f, ", not of netlink ({LINKTYPE_NETLINK})")
            }
            Self::Cut { offset } => write!(f, "it breaks off within what starts at byte {offset}"),
            Self::Broken { offset, why } => write!(f, "at byte {offset}: {why}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(e) => Some(e),
            _ => None,
        }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Io(e) => e,
            Error::Cut { .. } => Self::new(io::ErrorKind::UnexpectedEof, error),
            other => Self::new(io::ErrorKind::InvalidData, other),
        }
    }
}

/// The kinds of packets that captures mostly have, by <https://www.tcpdump.org/linktypes.html>.
fn link_type(number: u32) -> Option<&'static str> {
    Some(match number {
        0 => "the loopback device of a BSD",
        1 => "Ethernet",
        9 => "PPP",
        101 | 228 | 229 => "IP",
        105 | 127 => "Wi-Fi",
        113 | 276 => "Linux's 'any' device",
        147..=162 => "a kind of one's own (DLT_USER)",
        189 | 220 => "USB",
        201 | 187 => "Bluetooth",
        227 => "CAN",
        239 => "NFLOG",
        _ => return None,
    })
}
