//! The blocks of a pcapng file (draft-ietf-opsawg-pcapng).

use super::read::{Order, Source};
use super::{Error, LINKTYPE_NETLINK, MAX_PACKET, Packet};
use std::io::Read;
use std::time::Duration;

/// The type of a section header block, the same in both byte orders.
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
/// The packet block before there was an enhanced one.
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;
/// The byte-order magic of a section.
const ORDER: u32 = 0x1a2b_3c4d;
/// The most interfaces of a section that are remembered.
const MAX_INTERFACES: usize = 4096;
/// The longest block that is read and not passed over: a packet and what is around it.
const MAX_BLOCK: u32 = MAX_PACKET + (1 << 16);

/// The sections of a file, one behind the other.
#[derive(Debug)]
pub(super) struct Sections {
    /// Whether the type of the first block was read.
    begun: bool,
    order: Order,
    interfaces: Vec<Interface>,
}

/// Where packets come from.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link_type: u32,
    /// The most bytes of a packet that are kept; 0 is all.
    snap: u32,
    /// What a unit of time is.
    unit: Unit,
    /// Seconds to add.
    offset: i64,
    /// Whether it was said that its packets are left out.
    said: bool,
}

#[derive(Clone, Copy, Debug)]
enum Unit {
    /// 10 to the power of minus this, in seconds.
    Ten(u32),
    /// 2 to the power of minus this.
    Two(u32),
}

impl Unit {
    fn of(byte: u8) -> Self {
        match byte & 0x80 {
            0 => Self::Ten(byte.into()),
            _ => Self::Two((byte & 0x7f).into()),
        }
    }

    /// A count of these as time.
    fn time(self, count: u64) -> Duration {
        let second = match self {
            Self::Ten(power) => 10u128.checked_pow(power),
            Self::Two(power) => 1u128.checked_shl(power),
        };
        // Of units too small for a second to be counted in them, 64 bits are no time at all.
        let Some(second) = second else {
            return Duration::ZERO;
        };
        let count = u128::from(count);
        let seconds = u64::try_from(count / second).unwrap_or(u64::MAX);
        let part = count % second;
        let nanoseconds = match part.checked_mul(1_000_000_000) {
            Some(nanoseconds) => nanoseconds / second,
            None => part / (second / 1_000_000_000),
        };
        Duration::new(seconds, u32::try_from(nanoseconds).unwrap_or(0))
    }
}

/// Numbers within a block.
struct Fields<'a>(&'a [u8], Order);

impl Fields<'_> {
    fn word(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..)?.first_chunk()?;
        Some(self.1.word(*bytes))
    }

    fn half(&self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..)?.first_chunk()?;
        Some(self.1.half(*bytes))
    }
}

impl Sections {
    /// The sections of a file that begins with these bytes.
    pub(super) fn begin(magic: [u8; 4]) -> Option<Self> {
        (u32::from_le_bytes(magic) == SECTION).then_some(Self {
            begun: false,
            order: Order::Little,
            interfaces: Vec::new(),
        })
    }

    /// The next packet.
    pub(super) fn packet<R: Read>(
        &mut self,
        source: &mut Source<R>,
    ) -> Result<Option<Packet>, Error> {
        loop {
            let Some((start, kind, len)) = self.head(source)? else {
                return Ok(None);
            };
            let known = [INTERFACE, OLD_PACKET, SIMPLE_PACKET, ENHANCED_PACKET];
            if !known.contains(&kind) {
                source.skip(len, start)?;
                self.tail(source, start, len)?;
                continue;
            }
            if len > MAX_BLOCK {
                return Err(broken(start, "a packet longer than 16 MiB"));
            }
            let body = source.bytes(len, start)?;
            self.tail(source, start, len)?;
            if kind == INTERFACE {
                self.interface(&body, start)?;
            } else if let Some(packet) = self.read(kind, &body, start)? {
                return Ok(Some(packet));
            }
        }
    }

    /// The start of the next block, its type, and the length of its body.
    fn head<R: Read>(&mut self, source: &mut Source<R>) -> Result<Option<(u64, u32, u32)>, Error> {
        let mut kind = SECTION.to_le_bytes();
        let mut start = source.offset;
        if self.begun {
            match source.fill(&mut kind)? {
                0 => return Ok(None),
                4 => {}
                _ => return Err(Error::Cut { offset: start }),
            }
        } else {
            self.begun = true;
            start = 0;
        }
        let mut len = [0; 4];
        source.exactly(&mut len, start)?;
        let mut before = 12;
        if u32::from_le_bytes(kind) == SECTION {
            let mut magic = [0; 4];
            source.exactly(&mut magic, start)?;
            let orders = [Order::Little, Order::Big];
            let order = orders.into_iter().find(|order| order.word(magic) == ORDER);
            self.order = order.ok_or_else(|| broken(start, "a section of no known byte order"))?;
            self.interfaces.clear();
            before = 16;
        }
        let whole = self.order.word(len);
        match whole.checked_sub(before) {
            Some(body) if whole.is_multiple_of(4) => Ok(Some((start, self.order.word(kind), body))),
            _ => Err(broken(start, "a block of a length that none has")),
        }
    }

    /// The length again, behind the block.
    fn tail<R: Read>(&self, source: &mut Source<R>, start: u64, len: u32) -> Result<(), Error> {
        let mut again = [0; 4];
        source.exactly(&mut again, start)?;
        // A section's header has its byte order besides.
        match self.order.word(again).checked_sub(len) {
            Some(12 | 16) => Ok(()),
            _ => Err(broken(start, "a block whose two lengths differ")),
        }
    }

    fn interface(&mut self, body: &[u8], start: u64) -> Result<(), Error> {
        let fields = Fields(body, self.order);
        let (Some(link_type), Some(snap)) = (fields.half(0), fields.word(4)) else {
            return Err(broken(start, "a block too short for an interface"));
        };
        if self.interfaces.len() == MAX_INTERFACES {
            return Err(broken(start, "more than 4096 interfaces"));
        }
        let mut interface = Interface {
            link_type: link_type.into(),
            snap,
            unit: Unit::Ten(6),
            offset: 0,
            said: false,
        };
        let mut at = 8;
        while let (Some(code), Some(len)) = (fields.half(at), fields.half(at + 2)) {
            let value = body.get(at + 4..at + 4 + usize::from(len));
            match (code, value) {
                (0, _) | (_, None) => break,
                (9, Some([unit, ..])) => interface.unit = Unit::of(*unit),
                (14, Some(seconds)) => {
                    if let (Some(low), Some(high), 8) =
                        (fields.word(at + 4), fields.word(at + 8), seconds.len())
                    {
                        let (low, high) = match self.order {
                            Order::Little => (low, high),
                            Order::Big => (high, low),
                        };
                        let seconds = u64::from(high) << 32 | u64::from(low);
                        interface.offset = seconds.cast_signed();
                    }
                }
                _ => {}
            }
            at += 4 + usize::from(len).next_multiple_of(4);
        }
        self.interfaces.push(interface);
        Ok(())
    }

    /// A packet of netlink.
    fn read(&mut self, kind: u32, body: &[u8], start: u64) -> Result<Option<Packet>, Error> {
        let fields = Fields(body, self.order);
        let number = match kind {
            SIMPLE_PACKET => Some(0),
            OLD_PACKET => fields.half(0).map(u32::from),
            _ => fields.word(0),
        };
        let number = number.and_then(|n| usize::try_from(n).ok());
        let interface = number.and_then(|n| self.interfaces.get_mut(n));
        let Some(interface) = interface else {
            return Err(broken(
                start,
                "a packet of an interface that is not described",
            ));
        };
        if interface.link_type != LINKTYPE_NETLINK {
            return match std::mem::replace(&mut interface.said, true) {
                true => Ok(None),
                false => Err(Error::LinkType(interface.link_type)),
            };
        }
        let read = || {
            if kind == SIMPLE_PACKET {
                let whole = fields.word(0)?;
                let limit = match interface.snap {
                    0 => whole,
                    snap => snap.min(whole),
                };
                return Some((Duration::ZERO, limit, whole, 4));
            }
            let count = u64::from(fields.word(4)?) << 32 | u64::from(fields.word(8)?);
            let time = interface.unit.time(count);
            let shift = Duration::from_secs(interface.offset.unsigned_abs());
            let time = match interface.offset < 0 {
                true => time.saturating_sub(shift),
                false => time.saturating_add(shift),
            };
            Some((time, fields.word(12)?, fields.word(16)?, 20))
        };
        let (time, kept, whole, at) =
            read().ok_or_else(|| broken(start, "a block too short for a packet"))?;
        let bytes = usize::try_from(kept)
            .ok()
            .and_then(|kept| body.get(at..)?.get(..kept))
            .ok_or_else(|| broken(start, "a packet longer than its block"))?;
        let packet = Packet::cooked(time, bytes.to_vec(), whole);
        let too_short = "a packet too short for netlink's pseudo-header";
        packet.map(Some).ok_or_else(|| broken(start, too_short))
    }
}

fn broken(offset: u64, why: &'static str) -> Error {
    Error::Broken { offset, why }
}
