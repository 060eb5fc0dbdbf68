//! Reading datagrams from a pcap file, and telling it from pcapng.

use super::next_generation::Sections;
use super::{Error, LINKTYPE_NETLINK, MAX_PACKET, MICROSECONDS, NANOSECONDS, Packet};
use crate::transport::Direction;
use std::io::{self, Read};
use std::time::Duration;

/// Reads the datagrams of a pcap or pcapng file one by one; memory is needed for one packet, whatever a file says.
///
/// The first error is the last item, but for [`Error::LinkType`] in a pcapng file: that comes once for each of its
/// interfaces that has other packets, and those are left out.
#[derive(Debug)]
pub struct Reader<R> {
    source: Source<R>,
    form: Form,
    over: bool,
}

#[derive(Debug)]
enum Form {
    Classic { order: Order, nanoseconds: bool },
    NextGeneration(Sections),
}

impl<R: Read> Reader<R> {
    /// Begins to read.
    ///
    /// # Errors
    /// When it is neither pcap nor pcapng, or its packets are no netlink.
    pub fn new(file: R) -> Result<Self, Error> {
        let mut source = Source { file, offset: 0 };
        let mut magic = [0; 4];
        if source.fill(&mut magic)? != magic.len() {
            return Err(Error::NotPcap);
        }
        let form = match Sections::begin(magic) {
            Some(sections) => Form::NextGeneration(sections),
            None => Self::classic(&mut source, magic)?,
        };
        Ok(Self {
            source,
            form,
            over: false,
        })
    }

    fn classic(source: &mut Source<R>, magic: [u8; 4]) -> Result<Form, Error> {
        let orders = [Order::Little, Order::Big];
        let found = orders
            .into_iter()
            .find_map(|order| match order.word(magic) {
                MICROSECONDS => Some((order, false)),
                NANOSECONDS => Some((order, true)),
                _ => None,
            });
        let (order, nanoseconds) = found.ok_or(Error::NotPcap)?;
        let mut head = [[0; 4]; 5];
        source.exactly(head.as_flattened_mut(), 0)?;
        // The upper bits are about a frame check sequence.
        match order.word(head[4]) & 0x03ff_ffff {
            LINKTYPE_NETLINK => Ok(Form::Classic { order, nanoseconds }),
            other => Err(Error::LinkType(other)),
        }
    }

    fn packet(&mut self) -> Result<Option<Packet>, Error> {
        let (order, nanoseconds) = match &mut self.form {
            Form::NextGeneration(sections) => return sections.packet(&mut self.source),
            Form::Classic { order, nanoseconds } => (*order, *nanoseconds),
        };
        let offset = self.source.offset;
        let mut head = [[0; 4]; 4];
        match self.source.fill(head.as_flattened_mut())? {
            0 => return Ok(None),
            16 => {}
            _ => return Err(Error::Cut { offset }),
        }
        let [seconds, part, kept, whole] = head.map(|bytes| order.word(bytes));
        let time = Duration::from_secs(seconds.into())
            + match nanoseconds {
                true => Duration::from_nanos(part.into()),
                false => Duration::from_micros(part.into()),
            };
        let bytes = self.source.packet(kept, offset)?;
        let packet = Packet::cooked(time, bytes, whole);
        packet.map(Some).ok_or(Error::Broken {
            offset,
            why: "a packet too short for netlink's pseudo-header",
        })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Packet, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.packet().transpose();
        self.over = !matches!(next, Some(Ok(_) | Err(Error::LinkType(_))));
        next
    }
}

/// In which order a file has the bytes of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn word(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn half(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }
}

/// A file and how far it was read.
#[derive(Debug)]
pub(super) struct Source<R> {
    file: R,
    pub(super) offset: u64,
}

impl<R: Read> Source<R> {
    /// Reads until it is full or the file ends; how many bytes.
    pub(super) fn fill(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read(rest) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Error::Io(e)),
            }
        }
        self.offset += filled as u64;
        Ok(filled)
    }

    /// Reads until it is full; what it is part of starts at `start`.
    pub(super) fn exactly(&mut self, into: &mut [u8], start: u64) -> Result<(), Error> {
        match self.fill(into)? == into.len() {
            true => Ok(()),
            false => Err(Error::Cut { offset: start }),
        }
    }

    /// Reads so many bytes, of which no more are asked of memory than there are.
    pub(super) fn bytes(&mut self, len: u32, start: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let mut part = self.file.by_ref().take(len.into());
        part.read_to_end(&mut bytes).map_err(Error::Io)?;
        self.offset += bytes.len() as u64;
        match bytes.len() == len as usize {
            true => Ok(bytes),
            false => Err(Error::Cut { offset: start }),
        }
    }

    /// Reads a packet.
    fn packet(&mut self, len: u32, start: u64) -> Result<Vec<u8>, Error> {
        if len > MAX_PACKET {
            return Err(Error::Broken {
                offset: start,
                why: "a packet longer than 16 MiB",
            });
        }
        self.bytes(len, start)
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, len: u32, start: u64) -> Result<(), Error> {
        let mut part = self.file.by_ref().take(len.into());
        let passed = io::copy(&mut part, &mut io::sink()).map_err(Error::Io)?;
        self.offset += passed;
        match passed == u64::from(len) {
            true => Ok(()),
            false => Err(Error::Cut { offset: start }),
        }
    }
}

/// Reads the datagrams of a file whole, with the direction of each.
///
/// # Errors
/// `InvalidData` when it is no file of netlink messages, or a packet says to be longer than 16 MiB;
/// `UnexpectedEof` when it breaks off; else of reading.
pub fn read_recording(file: impl Read) -> io::Result<Vec<(Direction, Vec<u8>)>> {
    let packets = Reader::new(file)?.map(|packet| packet.map(|p| (p.direction, p.bytes)));
    packets
        .collect::<Result<_, Error>>()
        .map_err(io::Error::from)
}
