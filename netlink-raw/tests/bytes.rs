//! Encoding and decoding: fixtures from real exchanges, round trips, and every truncation.

use netlink_raw::decode::{Attrs, Messages};
use netlink_raw::encode::{AttrWriter, Batch, Message, Request};
use netlink_raw::error::{DecodeError, EncodeError};
use netlink_raw::exchange::{NLM_F_ACK, NLM_F_REQUEST};
use netlink_raw::route::link::{DelLink, GetLink, Kind, Link, LinkRequest, Netns, Peer};
use netlink_raw::schema::{self, kinds::*, link::*};
use netlink_raw::wire::{IfInfoMsg, RtNextHop};
use proptest::collection::vec;
use proptest::prelude::*;
use std::os::fd::AsFd;

fn bytes_of(message: &dyn Message) -> Vec<u8> {
    let mut buf = [0xaa; 4096];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, NLM_F_REQUEST | NLM_F_ACK, 1).unwrap();
    batch.as_bytes().to_vec()
}

fn only(bytes: &[u8]) -> netlink_raw::decode::MessageRef<'_> {
    let all: Vec<_> = Messages::new(bytes).collect();
    assert_eq!(all.len(), 1);
    all[0].unwrap()
}

/// `ip link add host0 type veth peer name peer0`, but with master and group, and the peer in the namespace
/// of process 5: 120 bytes.
#[test]
#[cfg(target_endian = "little")]
fn a_whole_veth_is_120_bytes() {
    let end = LinkRequest {
        name: Some(b"peer0"),
        netns: Some(Netns::Pid(5)),
        ..LinkRequest::default()
    };
    let mut request = LinkRequest::create(Kind::Veth(Peer(&end)));
    request.name = Some(b"host0");
    request.master = Some(3);
    request.group = Some(7);
    let bytes = bytes_of(&request);
    #[rustfmt::skip]
    let expected: &[u8] = &[
        120, 0, 0, 0, 16, 0, 0x05, 0x06, 1, 0, 0, 0, 0, 0, 0, 0, // RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,          // ifinfomsg
        10, 0, 3, 0, b'h', b'o', b's', b't', b'0', 0, 0, 0,      // IFLA_IFNAME, padded by two
        8, 0, 10, 0, 3, 0, 0, 0,                                 // IFLA_MASTER
        8, 0, 27, 0, 7, 0, 0, 0,                                 // IFLA_GROUP
        60, 0, 18, 0x80,                                         // IFLA_LINKINFO, a nest
        9, 0, 1, 0, b'v', b'e', b't', b'h', 0, 0, 0, 0,          //   IFLA_INFO_KIND
        44, 0, 2, 0x80,                                          //   IFLA_INFO_DATA
        40, 0, 1, 0x80,                                          //     VETH_INFO_PEER
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,          //       ifinfomsg
        10, 0, 3, 0, b'p', b'e', b'e', b'r', b'0', 0, 0, 0,      //       IFLA_IFNAME
        8, 0, 19, 0, 5, 0, 0, 0,                                 //       IFLA_NET_NS_PID
    ];
    assert_eq!(bytes, expected);
    assert_eq!(bytes.len(), 120);
}

#[test]
fn a_descriptor_is_sent_as_its_number() {
    use std::os::fd::AsRawFd;
    let file = std::fs::File::open("/dev/null").unwrap();
    let mut request = LinkRequest::change(9);
    request.netns = Some(Netns::Fd(file.as_fd()));
    let bytes = bytes_of(&request);
    let (head, attrs) = only(&bytes).split::<IfInfoMsg>().unwrap();
    assert_eq!(head.index, 9);
    let attr = attrs.find(IFLA_NET_NS_FD).unwrap();
    assert_eq!(attr.read::<i32>().unwrap(), file.as_raw_fd());
}

#[test]
fn a_full_buffer_takes_the_message_back() {
    let first = DelLink {
        index: 1,
        ..DelLink::default()
    };
    let second = DelLink {
        name: Some(b"a-long-name"),
        ..DelLink::default()
    };
    for room in 0..96 {
        let mut buf = vec![0xaa; room];
        let mut batch = Batch::new(&mut buf);
        let one = batch.push(&first, 0, 1).is_ok();
        let before = batch.as_bytes().to_vec();
        assert_eq!(one, room >= 32);
        match batch.push(&second, 0, 2) {
            Ok(()) => assert!(room >= before.len() + 48),
            Err(EncodeError::Full { need, have }) => {
                assert!(need > have && have == room);
                assert_eq!(batch.as_bytes(), before);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_mark_goes_back() {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch
        .push(
            &DelLink {
                index: 1,
                ..DelLink::default()
            },
            0,
            1,
        )
        .unwrap();
    let mark = batch.mark();
    let before = batch.as_bytes().to_vec();
    batch
        .push(
            &DelLink {
                index: 2,
                ..DelLink::default()
            },
            0,
            2,
        )
        .unwrap();
    assert_eq!(batch.count(), 2);
    batch.rollback(mark);
    assert_eq!((batch.count(), batch.as_bytes()), (1, &before[..]));
}

#[test]
fn a_nul_in_a_string_is_refused() {
    let request = DelLink {
        name: Some(b"a\0b"),
        ..DelLink::default()
    };
    let mut buf = [0; 256];
    let error = Batch::new(&mut buf).push(&request, 0, 1).unwrap_err();
    assert_eq!(error, EncodeError::Nul { kind: IFLA_IFNAME });
}

#[test]
fn a_nest_that_outgrows_its_length_is_an_error() {
    let mut buf = vec![0; 80_000];
    let mut request = Request::new(&mut buf, 16, 0, 0);
    let half = vec![1; 33_000];
    request.attrs().nest(IFLA_LINKINFO, |w| {
        w.bytes(1, &half).bytes(2, &half);
    });
    let error = request.finish().unwrap_err();
    assert!(
        matches!(
            error,
            EncodeError::TooLong {
                kind: IFLA_LINKINFO,
                ..
            }
        ),
        "{error}"
    );

    let mut request = Request::new(&mut buf, 16, 0, 0);
    request.attrs().bytes(4, &vec![0; 65_532]).flag(5);
    assert!(matches!(
        request.finish(),
        Err(EncodeError::TooLong {
            kind: 4,
            len: 65_532
        })
    ));
}

#[test]
fn broken_frames_end_the_iteration() {
    let whole = bytes_of(&GetLink::by_name(b"lo"));
    for cut in (0..whole.len()).step_by(if cfg!(miri) { 5 } else { 1 }) {
        let mut messages = Messages::new(&whole[..cut]);
        if cut == 0 {
            assert!(messages.next().is_none());
        } else {
            assert!(messages.next().unwrap().is_err(), "{cut}");
        }
        assert!(messages.next().is_none(), "{cut}: fused");
    }
    let mut short = whole.clone();
    short[..4].copy_from_slice(&15u32.to_ne_bytes());
    let mut messages = Messages::new(&short);
    assert!(matches!(
        messages.next(),
        Some(Err(DecodeError::BadLength { len: 15, .. }))
    ));
    assert!(messages.next().is_none());

    for len in [0u8, 1, 3] {
        let attr = [u16::from(len), 1].map(u16::to_ne_bytes).concat();
        let mut attrs = Attrs::new(&attr);
        assert!(matches!(
            attrs.next(),
            Some(Err(DecodeError::BadLength { .. }))
        ));
        assert!(attrs.next().is_none());
    }
}

#[test]
fn a_wrong_size_is_one_error_and_the_rest_is_read() {
    let mut buf = [0; 128];
    let mut request = Request::new(&mut buf, 16, 0, 0);
    request
        .attrs()
        .fixed(&IfInfoMsg {
            index: 4,
            ..IfInfoMsg::default()
        })
        .put(IFLA_MTU, 7u16)
        .put(IFLA_TXQLEN, 1000u32)
        .put(999, 1u32);
    let bytes = request.finish().unwrap();
    let link = Link::parse(&only(bytes)).unwrap();
    assert_eq!((link.index, link.mtu, link.txqlen), (4, None, Some(1000)));
    assert_eq!(link.malformed.count, 1);
    let expected = DecodeError::WrongSize {
        kind: IFLA_MTU,
        need: 4,
        have: 2,
    };
    assert_eq!(link.malformed.first, Some(expected));
    // What is not known is kept as it came.
    assert_eq!(
        link.attributes().find(999).unwrap().value,
        1u32.to_ne_bytes()
    );
}

#[test]
fn an_offset_is_an_attribute() {
    let end = LinkRequest {
        name: Some(b"v1"),
        ..LinkRequest::default()
    };
    let mut request = LinkRequest::create(Kind::Veth(Peer(&end)));
    request.name = Some(b"v0");
    let bytes = bytes_of(&request);
    let message = only(&bytes);
    let name_at = |offset| schema::locate(message, offset);
    assert_eq!(name_at(0), None);
    assert_eq!(name_at(31), None);
    assert_eq!(name_at(32), Some("IFLA_IFNAME"));
    assert_eq!(name_at(40), Some("IFLA_LINKINFO"));
    assert_eq!(name_at(44), Some("IFLA_INFO_KIND"));
    assert_eq!(name_at(56), Some("IFLA_INFO_DATA"));
    assert_eq!(name_at(60), Some("VETH_INFO_PEER"));
    assert_eq!(name_at(80), Some("IFLA_IFNAME"));
    assert_eq!(name_at(10_000), None);
}

#[test]
fn a_multipath_leg_is_named() {
    let mut buf = [0; 256];
    let mut request = Request::new(&mut buf, 24, 0, 0);
    let hop = RtNextHop {
        index: 2,
        ..RtNextHop::default()
    };
    request.attrs().fixed(&netlink_raw::wire::RtMsg::default());
    request
        .attrs()
        .container(schema::route::RTA_MULTIPATH, |w| {
            for last in 1..=2u8 {
                w.nexthop(hop, |w| {
                    w.bytes(schema::route::RTA_GATEWAY, &[10, 0, 0, last]);
                });
            }
        });
    let bytes = request.finish().unwrap().to_vec();
    // 16 + 12, the attribute's header, then two legs of 8 + 8.
    assert_eq!(bytes.len(), 28 + 4 + 32);
    let message = only(&bytes);
    assert_eq!(schema::locate(message, 28), Some("RTA_MULTIPATH"));
    assert_eq!(schema::locate(message, 28 + 4 + 8), Some("RTA_GATEWAY"));
    assert_eq!(
        schema::locate(message, 28 + 4 + 16 + 8),
        Some("RTA_GATEWAY")
    );
    assert_eq!(schema::locate(message, 28 + 4 + 16), Some("RTA_MULTIPATH"));
}

#[test]
fn tables_are_in_order_and_named_once() {
    for message in schema::MESSAGES {
        let numbers: Vec<u16> = message.table.specs.iter().map(|s| s.number).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(numbers, sorted, "{}", message.table.name);
        assert_eq!(schema::message(message.kind).unwrap().name, message.name);
    }
}

#[derive(Clone, Debug)]
enum Tree {
    Leaf(u16, Vec<u8>),
    Nest(u16, Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (1..0x3fffu16, vec(any::<u8>(), 0..40)).prop_map(|(k, v)| Tree::Leaf(k, v));
    leaf.prop_recursive(4, 40, 6, |inner| {
        (1..0x3fffu16, vec(inner, 0..6)).prop_map(|(k, v)| Tree::Nest(k, v))
    })
}

fn write(w: &mut AttrWriter<'_>, trees: &[Tree]) {
    for tree in trees {
        match tree {
            Tree::Leaf(kind, value) => {
                w.bytes(*kind, value);
            }
            Tree::Nest(kind, inner) => {
                w.nest(*kind, |w| write(w, inner));
            }
        }
    }
}

fn check(attrs: Attrs<'_>, trees: &[Tree]) {
    let read: Vec<_> = attrs.map(Result::unwrap).collect();
    assert_eq!(read.len(), trees.len());
    for (attr, tree) in read.iter().zip(trees) {
        match tree {
            Tree::Leaf(kind, value) => {
                assert_eq!((attr.kind, attr.value), (*kind, &value[..]));
                assert!(!attr.marked_nested);
            }
            Tree::Nest(kind, inner) => {
                assert_eq!(attr.kind, *kind);
                assert!(attr.marked_nested);
                check(attr.nested(), inner);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(trees in vec(tree(), 0..8)) {
        let mut buf = vec![0xaa; 64 * 1024];
        let mut request = Request::new(&mut buf, 16, 3, 9);
        request.attrs().fixed(&IfInfoMsg::default());
        write(request.attrs(), &trees);
        let bytes = request.finish().unwrap();
        let (_, attrs) = only(bytes).split::<IfInfoMsg>().unwrap();
        check(attrs, &trees);
    }

    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..200), offset in 0usize..300) {
        for message in Messages::new(&bytes).flatten() {
            let _ = schema::locate(message, offset);
            if let Ok(link) = Link::parse(&message) {
                let _ = link.altnames().count();
                prop_assert!(link.attributes().count() <= bytes.len() / 4 + 1);
            }
        }
    }

    #[test]
    fn a_damaged_message_is_survived(at in 0usize..120, value: u8, offset in 0usize..130) {
        let end = LinkRequest { name: Some(b"v1"), ..LinkRequest::default() };
        let mut bytes = bytes_of(&LinkRequest::create(Kind::Veth(Peer(&end))));
        let at = at % bytes.len();
        bytes[at] = value;
        for message in Messages::new(&bytes).flatten() {
            let _ = schema::locate(message, offset);
            let _ = Link::parse(&message);
        }
    }
}

/// A peer inside a peer is only as deep as the reader goes.
#[test]
fn depth_is_bounded() {
    fn inside(w: &mut AttrWriter<'_>, depth: usize) {
        w.nest(IFLA_LINKINFO, |w| {
            w.str(IFLA_INFO_KIND, b"veth");
            w.nest(IFLA_INFO_DATA, |w| {
                w.nest(VETH_INFO_PEER, |w| {
                    w.fixed(&IfInfoMsg::default());
                    if depth > 0 {
                        inside(w, depth - 1);
                    }
                });
            });
        });
    }
    let mut buf = vec![0; 60_000];
    let mut request = Request::new(&mut buf, 16, 0, 0);
    request.attrs().fixed(&IfInfoMsg::default());
    inside(request.attrs(), 900);
    let bytes = request.finish().unwrap();
    let end = bytes.len();
    for offset in (0..end).step_by(if cfg!(miri) { 9_700 } else { 97 }) {
        let _ = schema::locate(only(bytes), offset);
    }
}
