//! ICMP echo packets: bytes of a request, and what a reply says.

use std::time::Duration;

/// Bytes of an ICMP or ICMPv6 echo header.
pub(super) const HEADER: usize = 8;
/// Bytes at the head of the payload that hold the time of sending.
const STAMP: usize = 8;
/// The payload from which on iputils tells times: a `struct timeval` of its own travels there.
const TIMED: usize = 16;

/// Which of the two protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icmp {
    V4,
    V6,
}

impl Icmp {
    const fn request(self) -> u8 {
        match self {
            Self::V4 => 8,
            Self::V6 => 128,
        }
    }

    const fn reply(self) -> u8 {
        match self {
            Self::V4 => 0,
            Self::V6 => 129,
        }
    }
}

/// An echo request. `stamp` counts from the start of the run and travels in the payload, where there
/// is room for it. The kernel fills in ICMPv6's checksum, and on a ping socket the id.
pub(super) fn request(icmp: Icmp, id: u16, seq: u16, size: usize, stamp: Duration) -> Vec<u8> {
    let mut packet = vec![icmp.request(), 0, 0, 0];
    packet.extend_from_slice(&id.to_be_bytes());
    packet.extend_from_slice(&seq.to_be_bytes());
    packet.extend((0..size).map(|i| i as u8));
    let nanos = u64::try_from(stamp.as_nanos()).unwrap_or(u64::MAX);
    if size >= TIMED
        && let Some(room) = packet.get_mut(HEADER..HEADER + STAMP)
    {
        room.copy_from_slice(&nanos.to_ne_bytes());
    }
    if icmp == Icmp::V4 {
        let sum = checksum(&packet);
        packet[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    packet
}

/// An echo reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) id: u16,
    pub(super) seq: u16,
    /// Bytes, ICMP header included.
    pub(super) len: usize,
    /// When the request was sent, if it had room to say so.
    pub(super) stamp: Option<Duration>,
    /// Whether the checksum is right. The kernel checks ICMPv6's.
    pub(super) intact: bool,
}

/// Reads an echo reply; `None` is any other packet.
pub(super) fn reply(icmp: Icmp, packet: &[u8]) -> Option<Reply> {
    let (id, seq) = echo(packet, icmp.reply())?;
    let stamp = packet
        .get(HEADER..HEADER + STAMP)
        .filter(|_| packet.len() >= HEADER + TIMED)
        .and_then(|b| b.try_into().ok())
        .map(|b| Duration::from_nanos(u64::from_ne_bytes(b)));
    Some(Reply {
        id,
        seq,
        len: packet.len(),
        stamp,
        intact: icmp == Icmp::V6 || checksum(packet) == 0,
    })
}

/// The id and sequence number of an echo request, as an error quotes it.
pub(super) fn quoted(icmp: Icmp, packet: &[u8]) -> Option<(u16, u16)> {
    echo(packet, icmp.request())
}

fn echo(packet: &[u8], kind: u8) -> Option<(u16, u16)> {
    match *packet.get(..HEADER)? {
        [k, 0, _, _, i0, i1, s0, s1] if k == kind => {
            Some((u16::from_be_bytes([i0, i1]), u16::from_be_bytes([s0, s1])))
        }
        _ => None,
    }
}

/// What a raw IPv4 socket receives starts with the IP header: its TTL, and what follows it.
pub(super) fn strip_ipv4(packet: &[u8]) -> Option<(u8, &[u8])> {
    let first = *packet.first()?;
    if first >> 4 != 4 {
        return None;
    }
    let ttl = *packet.get(8)?;
    Some((ttl, packet.get(usize::from(first & 0xf) * 4..)?))
}

/// RFC 1071.
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum: u32 = 0;
    for pair in bytes.chunks(2) {
        let word = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
        sum += u32::from(word);
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// The words for an ICMP error.
pub(super) fn error_text(icmp: Icmp, kind: u8, code: u8, info: u32) -> String {
    match icmp {
        Icmp::V4 => error_text_v4(kind, code, info),
        Icmp::V6 => error_text_v6(kind, code, info),
    }
}

fn error_text_v4(kind: u8, code: u8, info: u32) -> String {
    let text = match (kind, code) {
        (3, 0) => "Destination Net Unreachable",
        (3, 1) => "Destination Host Unreachable",
        (3, 2) => "Destination Protocol Unreachable",
        (3, 3) => "Destination Port Unreachable",
        (3, 4) => return format!("Frag needed and DF set (mtu = {info})"),
        (3, 5) => "Source Route Failed",
        (3, 6) => "Destination Net Unknown",
        (3, 7) => "Destination Host Unknown",
        (3, 8) => "Source Host Isolated",
        (3, 9) => "Destination Net Prohibited",
        (3, 10) => "Destination Host Prohibited",
        (3, 11) => "Destination Net Unreachable for Type of Service",
        (3, 12) => "Destination Host Unreachable for Type of Service",
        (3, 13) => "Packet filtered",
        (3, 14) => "Precedence Violation",
        (3, 15) => "Precedence Cutoff",
        (3, _) => return format!("Dest Unreachable, Bad Code: {code}"),
        (4, _) => "Source Quench",
        (11, 0) => "Time to live exceeded",
        (11, 1) => "Frag reassembly time exceeded",
        (11, _) => return format!("Time exceeded, Bad Code: {code}"),
        (12, _) => return format!("Parameter problem: pointer = {}", info >> 24),
        _ => return format!("Bad ICMP type: {kind}"),
    };
    text.to_owned()
}

fn error_text_v6(kind: u8, code: u8, info: u32) -> String {
    let text = match (kind, code) {
        (1, 0) => "Destination unreachable: No route",
        (1, 1) => "Destination unreachable: Administratively prohibited",
        (1, 2) => "Destination unreachable: Beyond scope of source address",
        (1, 3) => "Destination unreachable: Address unreachable",
        (1, 4) => "Destination unreachable: Port unreachable",
        (1, _) => return format!("Destination unreachable: Unknown code {code}"),
        (2, _) => return format!("Packet too big: mtu={info}"),
        (3, 0) => "Time exceeded: Hop limit",
        (3, 1) => "Time exceeded: Defragmentation failure",
        (3, _) => return format!("Time exceeded: code {code}"),
        (4, 0) => return format!("Parameter problem: Wrong header field at {info}"),
        (4, 1) => return format!("Parameter problem: Unknown header at {info}"),
        (4, 2) => return format!("Parameter problem: Unknown option at {info}"),
        (4, _) => return format!("Parameter problem: code {code}"),
        _ => return format!("unknown icmp type: {kind}"),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_as_a_reply() {
        for icmp in [Icmp::V4, Icmp::V6] {
            let stamp = Duration::from_micros(1234);
            let mut packet = request(icmp, 0xabcd, 7, 56, stamp);
            assert_eq!(packet.len(), 64);
            assert_eq!(quoted(icmp, &packet), Some((0xabcd, 7)));
            assert_eq!(reply(icmp, &packet), None);
            packet[0] = icmp.reply();
            // The change of the type by -8 is a change of the checksum by +8 in its high byte.
            if icmp == Icmp::V4 {
                let sum = u16::from_be_bytes([packet[2], packet[3]]);
                let (sum, carry) = sum.overflowing_add(0x0800);
                packet[2..4].copy_from_slice(&(sum + u16::from(carry)).to_be_bytes());
            }
            let reply = reply(icmp, &packet).expect("an echo reply");
            assert_eq!((reply.id, reply.seq, reply.len), (0xabcd, 7, 64));
            assert_eq!(reply.stamp, Some(stamp));
            assert!(reply.intact);
        }
    }

    #[test]
    fn too_small_a_payload_has_no_stamp() {
        let mut packet = request(Icmp::V6, 1, 1, 15, Duration::ZERO);
        packet[0] = 129;
        assert_eq!(reply(Icmp::V6, &packet).map(|r| r.stamp), Some(None));
    }

    #[test]
    fn a_flipped_bit_is_seen() {
        let mut packet = request(Icmp::V4, 1, 1, 9, Duration::ZERO);
        assert_eq!(checksum(&packet), 0);
        packet[12] ^= 1;
        assert_ne!(checksum(&packet), 0);
    }

    #[test]
    fn nothing_shorter_is_read() {
        let packet = request(Icmp::V4, 1, 1, 56, Duration::ZERO);
        for len in 0..HEADER {
            assert_eq!(quoted(Icmp::V4, &packet[..len]), None);
        }
        let ip = [0x4f, 0, 0, 0, 0, 0, 0, 0, 64];
        assert_eq!(strip_ipv4(&ip), None);
    }
}
