//! Files made by hand in every form, whole and broken.

use super::*;

/// A file's numbers in one byte order.
#[derive(Clone, Copy)]
struct Order {
    big: bool,
}

impl Order {
    fn half(self, n: u16) -> Vec<u8> {
        match self.big {
            true => n.to_be_bytes().to_vec(),
            false => n.to_le_bytes().to_vec(),
        }
    }

    fn word(self, n: u32) -> Vec<u8> {
        match self.big {
            true => n.to_be_bytes().to_vec(),
            false => n.to_le_bytes().to_vec(),
        }
    }

    fn words(self, all: &[u32]) -> Vec<u8> {
        all.iter().flat_map(|n| self.word(*n)).collect()
    }

    /// A pcap file's header.
    fn header(self, magic: u32, link_type: u32) -> Vec<u8> {
        let version = [self.half(2), self.half(4)].concat();
        let rest = self.words(&[0, 0, 65535, link_type]);
        [self.word(magic), version, rest].concat()
    }

    /// A pcapng block.
    fn block(self, kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let len = self.word(body.len() as u32 + 12);
        [self.word(kind), len.clone(), body, len].concat()
    }

    fn section(self) -> Vec<u8> {
        let versions = [self.half(1), self.half(0)].concat();
        let body = [self.word(0x1a2b_3c4d), versions, vec![0xff; 8]].concat();
        self.block(0x0a0d_0d0a, &body)
    }

    fn option(self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut all = [
            self.half(code),
            self.half(value.len() as u16),
            value.to_vec(),
        ]
        .concat();
        all.resize(all.len().next_multiple_of(4), 0);
        all
    }

    fn interface(self, link_type: u16, snap: u32, options: &[u8]) -> Vec<u8> {
        let head = [self.half(link_type), self.half(0), self.word(snap)].concat();
        self.block(1, &[&head, options].concat())
    }

    fn enhanced(self, interface: u32, time: u64, packet: &[u8], whole: u32) -> Vec<u8> {
        let (high, low) = ((time >> 32) as u32, time as u32);
        let head = self.words(&[interface, high, low, packet.len() as u32, whole]);
        self.block(6, &[&head, packet].concat())
    }
}

const ORDERS: [Order; 2] = [Order { big: false }, Order { big: true }];

/// A datagram with its pseudo-header.
fn packet(kind: u16, protocol: u16, datagram: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(kind.to_be_bytes());
    bytes.extend(ARPHRD_NETLINK.to_be_bytes());
    bytes.extend([0; 10]);
    bytes.extend(protocol.to_be_bytes());
    bytes.extend(datagram);
    bytes
}

fn read(file: &[u8]) -> Vec<Packet> {
    let all: Result<Vec<_>, _> = Reader::new(file).unwrap().collect();
    all.unwrap()
}

/// The packets before an error, and the error.
fn failure(file: &[u8]) -> (usize, String) {
    let reader = match Reader::new(file) {
        Ok(reader) => reader,
        Err(e) => return (0, e.to_string()),
    };
    let mut packets = 0;
    for packet in reader {
        match packet {
            Ok(_) => packets += 1,
            Err(e) => return (packets, e.to_string()),
        }
    }
    panic!("read whole");
}

#[test]
fn what_is_written_is_read() {
    let mut writer = Writer::new(Vec::new()).unwrap();
    let time = Duration::from_micros(1_700_000_000_123_456);
    writer
        .datagram(time, 0, Direction::Sent, b"question", 8)
        .unwrap();
    writer
        .datagram(time, 16, Direction::Received, b"answ", 6)
        .unwrap();
    let too_long = writer.datagram(time, 0, Direction::Sent, b"", MAX_PACKET as usize);
    assert_eq!(too_long.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    let file = writer.into_inner();
    let packets = read(&file);
    let expected = |protocol, direction, bytes: &[u8], len| Packet {
        time,
        protocol,
        direction,
        bytes: bytes.to_vec(),
        len,
    };
    assert_eq!(
        packets,
        [
            expected(0, Direction::Sent, b"question", 8),
            expected(16, Direction::Received, b"answ", 6),
        ]
    );
    for cut in 0..file.len() {
        let whole = [24, 24 + 16 + 24];
        match Reader::new(&file[..cut]) {
            Ok(reader) => {
                let last = reader.last();
                let fails = matches!(last, Some(Err(Error::Cut { .. })));
                assert_eq!(fails, !whole.contains(&cut), "{cut}: {last:?}");
            }
            Err(_) => assert!(cut < 24, "{cut}"),
        }
    }
}

#[test]
fn pcap_of_any_order_and_precision() {
    for order in ORDERS {
        for (magic, part, nanoseconds) in [
            (MICROSECONDS, 999_999, 999_999_000),
            (NANOSECONDS, 999_999_999, 999_999_999),
        ] {
            let packet = packet(7, 12, b"x");
            let head = order.words(&[5, part, packet.len() as u32, 40]);
            let file = [order.header(magic, 253), head, packet].concat();
            let packets = read(&file);
            assert_eq!(packets[0].time, Duration::new(5, nanoseconds));
            assert_eq!(packets[0].protocol, 12);
            assert_eq!(packets[0].direction, Direction::Sent);
            assert_eq!(
                (packets[0].bytes.as_slice(), packets[0].len),
                (&b"x"[..], 24)
            );
        }
    }
}

#[test]
fn pcapng_of_any_order() {
    for order in ORDERS {
        let nanoseconds = order.option(9, &[9]);
        let halves = order.option(9, &[0x81]);
        let later = match order.big {
            true => order.option(14, &10i64.to_be_bytes()),
            false => order.option(14, &10i64.to_le_bytes()),
        };
        let comment = order.option(1, b"a comment");
        let end = order.option(0, b"");
        let file = [
            order.section(),
            order.block(5, b"statistics, which nobody asked for"),
            order.interface(253, 0, &[]),
            order.interface(253, 20, &[comment, nanoseconds, later, end].concat()),
            order.enhanced(0, 2_000_001, &packet(4, 0, b"one"), 19),
            order.enhanced(1, 2_000_000_003, &packet(6, 16, b"two"), 99),
            order.block(3, &[order.word(20), packet(0, 0, b"simp")].concat()),
            order.block(
                2,
                &[
                    order.half(1),
                    order.half(0),
                    order.words(&[0, 7, 17, 17]),
                    packet(4, 9, b"o"),
                ]
                .concat(),
            ),
            // A section of its own, in the other order, with interfaces of its own.
            ORDERS[usize::from(!order.big)].section(),
            ORDERS[usize::from(!order.big)].interface(253, 18, &[]),
            ORDERS[usize::from(!order.big)].block(
                3,
                &[
                    ORDERS[usize::from(!order.big)].word(30),
                    packet(0, 0, b"si"),
                ]
                .concat(),
            ),
            order.section(),
            order.interface(253, 0, &halves),
            order.enhanced(0, 5, &packet(4, 0, b""), 16),
        ]
        .concat();
        let packets = read(&file);
        let seen: Vec<_> = packets
            .iter()
            .map(|p| (p.time.as_nanos(), p.protocol, p.bytes.as_slice(), p.len))
            .collect();
        assert_eq!(
            seen,
            [
                (2_000_001_000, 0, &b"one"[..], 3),
                (12_000_000_003, 16, b"two", 83),
                (0, 0, b"simp", 4),
                (10_000_000_007, 9, b"o", 1),
                (0, 0, b"si", 14),
                (2_500_000_000, 0, b"", 0),
            ]
        );
        for cut in 0..file.len() {
            if let Ok(reader) = Reader::new(&file[..cut]) {
                let _ = reader.count();
            }
        }
    }
}

/// What is no netlink is named, and in pcapng left out.
#[test]
fn packets_of_another_kind() {
    let order = ORDERS[0];
    let ethernet = order.header(MICROSECONDS, 1);
    assert_eq!(
        failure(&ethernet),
        (
            0,
            "packets of Ethernet (link type 1), not of netlink (253)".into()
        )
    );
    assert_eq!(
        failure(&order.header(MICROSECONDS, 999)).1,
        "packets of link type 999, not of netlink (253)"
    );
    let file = [
        order.section(),
        order.interface(1, 0, &[]),
        order.interface(253, 0, &[]),
        order.enhanced(0, 0, b"a frame of Ethernet", 19),
        order.enhanced(1, 0, &packet(4, 0, b"one"), 19),
        order.enhanced(0, 0, b"a frame of Ethernet", 19),
        order.enhanced(1, 0, &packet(4, 0, b"two"), 19),
    ]
    .concat();
    let all: Vec<_> = Reader::new(&file[..]).unwrap().collect();
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(matches!(all[0], Err(Error::LinkType(1))), "{all:?}");
    assert!(all[1].is_ok() && all[2].is_ok(), "{all:?}");
}

#[test]
fn what_makes_no_sense_is_said_with_its_place() {
    let order = ORDERS[1];
    let header = order.header(MICROSECONDS, 253);
    let long = [header.clone(), order.words(&[0, 0, u32::MAX, 0])].concat();
    assert_eq!(failure(&long).1, "at byte 24: a packet longer than 16 MiB");
    let short = [header.clone(), order.words(&[0, 0, 3, 3]), vec![0; 3]].concat();
    assert_eq!(
        failure(&short).1,
        "at byte 24: a packet too short for netlink's pseudo-header"
    );
    let cut = [header, order.words(&[0, 0, 1 << 24, 0]), vec![0; 30]].concat();
    assert_eq!(
        failure(&cut).1,
        "it breaks off within what starts at byte 24"
    );
    assert_eq!(failure(b"text").1, "neither pcap nor pcapng");
    assert_eq!(failure(b"").1, "neither pcap nor pcapng");
    let begun = order.section();
    let with = |rest: &[u8]| failure(&[&begun, rest].concat()).1;
    assert_eq!(
        with(&order.words(&[77, 13, 0, 0])),
        "at byte 28: a block of a length that none has"
    );
    assert_eq!(
        with(&order.words(&[77, 16, 0, 12])),
        "at byte 28: a block whose two lengths differ"
    );
    assert_eq!(
        with(&order.words(&[6, 1 << 30, 0])),
        "at byte 28: a packet longer than 16 MiB"
    );
    assert_eq!(
        with(&order.enhanced(3, 0, &packet(0, 0, b""), 16)),
        "at byte 28: a packet of an interface that is not described"
    );
    assert_eq!(
        with(
            &[
                order.interface(253, 0, &[]),
                order.block(6, &order.words(&[0, 0, 0, 99, 99]))
            ]
            .concat()
        ),
        "at byte 48: a packet longer than its block"
    );
    assert_eq!(
        failure(&[0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 1, 2, 3, 4]).1,
        "at byte 0: a section of no known byte order"
    );
}

/// A second is never divided by nothing, whatever the resolution.
#[test]
fn times_of_any_resolution() {
    let order = ORDERS[0];
    for unit in 0..=255u8 {
        let option = order.option(9, &[unit]);
        let file = [
            order.section(),
            order.interface(253, 0, &option),
            order.enhanced(0, u64::MAX, &packet(0, 0, b""), 16),
        ]
        .concat();
        assert!(read(&file)[0].time.subsec_nanos() < 1_000_000_000);
    }
}
