//! Inputs of every kind, told apart and read.

use super::*;
use std::io::Read;

/// A request and an answer.
fn messages() -> (Vec<u8>, Vec<u8>) {
    let message = |kind: u16, flags: u16, body: &[u8]| {
        let mut bytes = Vec::new();
        bytes.extend((16 + body.len() as u32).to_ne_bytes());
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(flags.to_ne_bytes());
        bytes.extend([5, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(body);
        bytes
    };
    (message(16, 5, &[0; 16]), message(2, 0, &[0; 20]))
}

fn found(input: &[u8], known: Known) -> Vec<Found> {
    let mut all = Vec::new();
    let each = &mut |found| {
        all.push(found);
        true
    };
    read(input, known, each).unwrap();
    all
}

fn datagrams(input: &[u8], known: Known) -> Vec<Datagram> {
    let datagram = |found| match found {
        Found::Datagram(datagram) => Some(datagram),
        Found::Note { .. } => None,
    };
    let all = found(input, known).into_iter();
    all.filter_map(datagram).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X} ")).collect()
}

#[test]
fn bare_bytes_are_split_where_the_way_turns() {
    let (request, answer) = messages();
    let raw = [&request[..], &request, &answer, &request].concat();
    let all = datagrams(&raw, Known::default());
    let seen: Vec<_> = all
        .iter()
        .map(|d| (d.place.as_str(), d.direction, d.bytes.len()))
        .collect();
    assert_eq!(
        seen,
        [
            ("byte 0", Direction::Sent, 64),
            ("byte 64", Direction::Received, 36),
            ("byte 100", Direction::Sent, 32),
        ]
    );
    let all = datagrams(
        &raw,
        Known {
            direction: Some(Direction::Received),
            protocol: Some(16),
            ..Known::default()
        },
    );
    assert!(all.iter().all(|d| d.direction == Direction::Received));
    assert!(all.iter().all(|d| d.protocol == Some(16)));
}

#[test]
fn formats_are_told_apart() {
    let (request, _) = messages();
    let text = hex(&request);
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let mut capture = pcap::Writer::new(Vec::new()).unwrap();
    capture
        .datagram(Duration::ZERO, 12, Direction::Sent, &request, 40)
        .unwrap();
    let capture = capture.into_inner();
    let trace = format!(
        "sendto(3, \"{}\", 32, 0, NULL, 0) = 32\n",
        text.split_whitespace()
            .map(|b| format!("\\x{b}"))
            .collect::<String>()
    );
    for (name, input, protocol) in [
        ("raw", &request[..], None),
        ("hex", text.as_bytes(), None),
        ("hex of two bytes a character", &utf16, None),
        ("hex with a mark", &marked, None),
        ("pcap", &capture, Some(12)),
        ("strace", trace.as_bytes(), None),
    ] {
        let all = datagrams(input, Known::default());
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        assert_eq!(
            (all[0].bytes.as_slice(), all[0].protocol),
            (&request[..], protocol),
            "{name}"
        );
    }
}

/// Text that is neither hex nor a trace is bytes, which make no sense.
#[test]
fn what_is_nothing_of_all_this() {
    assert_eq!(found(b"", Known::default()), []);
    assert_eq!(found(b" \n\r\n", Known::default()), []);
    let all = datagrams(b"What a day this is.\n", Known::default());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].bytes, b"What a day this is.\n");
    let long = vec![0xee; 300_000];
    let all = found(&long, Known::default());
    let [Found::Datagram(part), Found::Note { what, .. }] = &all[..] else {
        panic!("{}", all.len());
    };
    assert_eq!(part.bytes.len(), 65_536);
    assert_eq!(what, "234464 more bytes without sense are left out");
}

#[test]
fn a_capture_that_breaks_off_is_read_up_to_there() {
    let (request, answer) = messages();
    let mut capture = pcap::Writer::new(Vec::new()).unwrap();
    let time = Duration::from_secs(1_700_000_000);
    // A tap's: both went out, and only one asks.
    for bytes in [&request, &answer] {
        capture
            .datagram(time, 0, Direction::Sent, bytes, bytes.len())
            .unwrap();
    }
    let file = capture.into_inner();
    let all = found(&file[..file.len() - 1], Known::default());
    assert!(matches!(&all[0], Found::Datagram(d) if d.time == Some(time)));
    assert!(
        matches!(&all[1], Found::Note { what, place } if what.contains("breaks off") && place == "packet 2 and on"),
        "{all:?}"
    );
    let all = datagrams(&file, Known::default());
    assert_eq!(all[1].direction, Direction::Received);
    let ethernet: Vec<u8> = [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 0, 1]
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .collect();
    let all = found(&ethernet, Known::default());
    assert!(
        matches!(&all[..], [Found::Note { what, .. }] if what.contains("Ethernet")),
        "{all:?}"
    );
}

/// The pseudo-header of a capture in hex, as Wireshark copies it.
#[test]
fn a_pseudo_header_is_taken_off() {
    let (request, _) = messages();
    let mut packet = vec![0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16];
    packet.extend(&request);
    for input in [packet.clone(), hex(&packet).into_bytes()] {
        let all = datagrams(&input, Known::default());
        assert_eq!((all.len(), all[0].protocol), (1, Some(16)));
        assert_eq!(
            (all[0].bytes.as_slice(), all[0].direction),
            (&request[..], Direction::Sent)
        );
    }
}

/// A length that is a lie asks for no memory.
#[test]
fn no_more_than_there_is() {
    let mut lie = messages().0;
    lie[..4].copy_from_slice(&0x00ff_0000u32.to_ne_bytes());
    let all = datagrams(&lie, Known::default());
    assert_eq!((all[0].bytes.len(), all[0].len), (32, 0x00ff_0000));
}

/// Whoever has seen enough is not told more.
#[test]
fn the_search_ends_when_told_to() {
    let (request, answer) = messages();
    let raw = [&request[..], &answer, &request].concat();
    let mut count = 0;
    read(&raw[..], Known::default(), &mut |_| {
        count += 1;
        count < 2
    })
    .unwrap();
    assert_eq!(count, 2);
}

/// A reader that gives a byte at a time, and is interrupted in between.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let Some((first, rest)) = self.0.split_first() else {
            return Ok(0);
        };
        into[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn a_pipe_of_single_bytes() {
    let (request, _) = messages();
    let text = hex(&request);
    let mut all = Vec::new();
    read(Slow(text.as_bytes(), false), Known::default(), &mut |f| {
        all.push(f);
        true
    })
    .unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
}

/// Inputs as tools write them, changed at random: read to the end, and shown with every byte accounted for.
#[test]
fn any_change_of_an_input_is_read() {
    use crate::out::color::Paint;
    use crate::show::netlink::Annotated;
    use netlink_raw::annotate::Conversation;
    let (request, answer) = messages();
    let mut capture = pcap::Writer::new(Vec::new()).unwrap();
    capture
        .datagram(Duration::ZERO, 12, Direction::Sent, &request, 40)
        .unwrap();
    let escaped: String = request.iter().map(|b| format!("\\x{b:02x}")).collect();
    let trace = format!(
        "7 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n7 recvmsg(3, <unfinished ...>\n\
         8 sendto(3, \"{escaped}\"..., 40, 0, NULL, 0) = 40\n | 00000  14 00 00 00 12 00 01 03  98 e4\n\
         7 <... recvmsg resumed>{{msg_iov=[{{iov_base=\"{escaped}\", iov_len=9}}]}}, 0) = 32\n"
    );
    let mut inputs = vec![
        capture.into_inner(),
        trace.into_bytes(),
        [&request[..], &answer].concat(),
        escaped.into_bytes(),
    ];
    inputs.extend(hex::layouts().map(|text| text.as_bytes().to_vec()));
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end.max(1) as u64).unwrap()
    };
    for input in &inputs {
        for _ in 0..ROUNDS {
            let mut changed = input.clone();
            for _ in 0..=below(4) {
                let (at, to) = (below(changed.len()), below(changed.len()));
                match below(6) {
                    0 => changed.truncate(at),
                    1 => changed.insert(at, b" \n\"*|:0xf,\\"[below(10)]),
                    2 => changed.drain(at.min(to)..at.max(to)).for_each(drop),
                    3 => changed.extend_from_within(at.min(to)..at.max(to)),
                    _ if changed.is_empty() => {}
                    4 => changed[at] ^= 1 << below(8),
                    _ => changed[at] = b"0123456789abcdef \n\\\"\0\xff"[below(22)],
                }
            }
            for found in found(&changed, Known::default()) {
                let Found::Datagram(datagram) = found else {
                    continue;
                };
                let mut talk = Conversation::new(datagram.protocol.unwrap_or(0));
                let annotated = Annotated::new(&mut talk, datagram.direction, &datagram.bytes);
                let mut text = annotated.line(Paint::PLAIN);
                annotated.text(Paint::PLAIN, 0, &mut text);
                annotated.bytes(Paint::PLAIN, 0, &mut text);
                assert!(!text.contains("INTERNAL ERROR"), "{text}");
                assert!(
                    text.chars().all(|c| c == '\n' || !c.is_control()),
                    "{text:?}"
                );
                assert!(datagram.len >= datagram.bytes.len());
                let _ = annotated.json();
            }
        }
    }
}

/// How often each input is changed.
const ROUNDS: usize = 100;
