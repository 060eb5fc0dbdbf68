//! Neighbours against real exchanges, cut ones, and whatever a request can hold.

use super::*;
use crate::decode::Messages;
use crate::encode::Batch;
use crate::exchange::{NLM_F_CREATE, NLM_F_DUMP, NLM_F_REPLACE, NLM_F_REQUEST};
use proptest::prelude::*;

/// `ip neigh get 10.1.2.4 dev v0`.
#[rustfmt::skip]
const GET: &[u8] = &[
    0x24, 0, 0, 0, 0x1e, 0, 0x01, 0, 0xe9, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // GETNEIGH
    2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, // ndmsg: inet, index 3
    8, 0, 1, 0, 10, 1, 2, 4, // NDA_DST
];

/// `ip neigh show dev v0`, without the zeros that ip sends behind it.
#[rustfmt::skip]
const LIST: &[u8] = &[
    0x24, 0, 0, 0, 0x1e, 0, 0x01, 0x03, 0xea, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // GETNEIGH, dump
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // ndmsg
    8, 0, 8, 0, 3, 0, 0, 0, // NDA_IFINDEX
];

/// What the kernel answered, without `NLMSG_DONE`.
#[rustfmt::skip]
const LISTED: &[u8] = &[
    0x54, 0, 0, 0, 0x1c, 0, 0x22, 0, 0xea, 0x74, 0x02, 0x6b, 0xbb, 0x4c, 0, 0, // NEWNEIGH, multi
    2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0x10, 1, // ndmsg: inet, index 3, stale, ext_learned, unicast
    8, 0, 1, 0, 10, 1, 2, 4, // NDA_DST
    0x0a, 0, 2, 0, 2, 0, 0, 0, 0, 1, 0, 0, // NDA_LLADDR, padded
    8, 0, 4, 0, 0, 0, 0, 0, // NDA_PROBES
    0x14, 0, 3, 0, 0x71, 0x17, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, // NDA_CACHEINFO
    5, 0, 0x0c, 0, 4, 0, 0, 0, // NDA_PROTOCOL
    0x58, 0, 0, 0, 0x1c, 0, 0x22, 0, 0xea, 0x74, 0x02, 0x6b, 0xbb, 0x4c, 0, 0, // NEWNEIGH, multi
    10, 0, 0, 0, 3, 0, 0, 0, 0x40, 0, 0, 5, // ndmsg: inet6, noarp, multicast
    0x14, 0, 1, 0, 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x16, // NDA_DST ff02::16
    0x0a, 0, 2, 0, 0x33, 0x33, 0, 0, 0, 0x16, 0, 0, // NDA_LLADDR
    8, 0, 4, 0, 0, 0, 0, 0, // NDA_PROBES
    0x14, 0, 3, 0, 0x77, 0x17, 0, 0, 7, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, // NDA_CACHEINFO
];

fn bytes(message: &dyn Message, flags: u16, seq: u32) -> Vec<u8> {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, flags, seq).unwrap();
    batch.as_bytes().to_vec()
}

fn parse(bytes: &[u8]) -> Vec<Result<Neighbour<'_>, DecodeError>> {
    Messages::new(bytes)
        .map(|m| Neighbour::parse(&m?))
        .collect()
}

#[test]
#[cfg(target_endian = "little")]
fn requests_are_those_of_iproute2() {
    let get = GetNeighbour {
        family: 2,
        index: 3,
        destination: Some([10, 1, 2, 4].into()),
        ..GetNeighbour::default()
    };
    assert_eq!(bytes(&get, NLM_F_REQUEST, 0x6b02_74e9), GET);
    let mut list = GetNeighbours {
        index: Some(3),
        ..GetNeighbours::default()
    };
    let dump = NLM_F_REQUEST | NLM_F_DUMP;
    assert_eq!(bytes(&list, dump, 0x6b02_74ea), LIST);
    list.proxy = true;
    list.index = None;
    list.master = Some(u32::MAX);
    let sent = bytes(&list, dump, 1);
    assert_eq!(sent[26], NTF_PROXY);
    assert_eq!(sent[28..], [8, 0, 9, 0, 0xff, 0xff, 0xff, 0xff]);
    let replace = NeighbourRequest {
        nlm_flags: NLM_F_CREATE | NLM_F_REPLACE,
        port: Some(4789),
        ..NeighbourRequest::default()
    };
    let sent = bytes(&replace, NLM_F_REQUEST, 1);
    assert_eq!(sent[4..8], [0x1c, 0, 0x01, 0x05]);
    assert_eq!(sent[28..34], [6, 0, 6, 0, 0x12, 0xb5]);
    assert_eq!(
        bytes(&DelNeighbour(replace), NLM_F_REQUEST, 1)[4..8],
        [0x1d, 0, 1, 0]
    );
}

#[test]
#[cfg(target_endian = "little")]
fn a_real_dump_is_read() {
    let all: Vec<_> = parse(LISTED).into_iter().map(Result::unwrap).collect();
    let [first, second] = &all[..] else {
        panic!("two neighbours, not {}", all.len());
    };
    assert_eq!((first.family, first.index), (2, 3));
    assert_eq!(
        (first.state, first.flags, first.kind),
        (NUD_STALE, NTF_EXT_LEARNED, 1)
    );
    assert_eq!(first.destination, Some([10, 1, 2, 4].into()));
    assert_eq!(first.lladdr, Some(&[2, 0, 0, 0, 0, 1][..]));
    assert_eq!((first.probes, first.protocol), (Some(0), Some(4)));
    let ages = first.cacheinfo.unwrap();
    assert_eq!(
        (ages.confirmed, ages.used, ages.updated, ages.refcnt),
        (0x1771, 1, 1, 0)
    );
    assert_eq!(second.destination, Some("ff02::16".parse().unwrap()));
    assert_eq!((second.state, second.protocol), (NUD_NOARP, None));
    assert_eq!(second.attributes().count(), 4);
    assert!(all.iter().all(|n| n.malformed == Malformed::default()));
}

#[test]
fn cut_anywhere_it_is_an_error_or_less() {
    let whole = &LISTED[..0x54];
    for len in (0..whole.len()).step_by(if cfg!(miri) { 7 } else { 1 }) {
        let mut cut = whole[..len].to_vec();
        assert!(parse(&cut).iter().all(Result::is_err), "{len}");
        // The same bytes in a frame of their own length. The last three are padding.
        if let Some(field) = cut.get_mut(..4) {
            field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
        }
        for neighbour in parse(&cut).into_iter().flatten() {
            let complete = neighbour.protocol.is_some();
            assert_eq!(complete, len > 0x50, "{len}");
            assert!(neighbour.malformed.count <= 1, "{len}");
        }
    }
}

prop_compose! {
    fn request()(
        (family, index, state, flags, kind) in any::<(u8, i32, u16, u8, u8)>(),
        destination: Option<IpAddr>,
        (vlan, port, vni, via) in any::<(Option<u16>, Option<u16>, Option<u32>, Option<u32>)>(),
        (src_vni, protocol) in any::<(Option<u32>, Option<u8>)>(),
        (nexthop, flags_ext) in any::<(Option<u32>, Option<u32>)>(),
    ) -> NeighbourRequest<'static> {
        NeighbourRequest {
            nlm_flags: 0, family, index, state, flags, kind, destination, lladdr: None, vlan, port, vni,
            via, src_vni, protocol, nexthop, flags_ext,
        }
    }
}

proptest! {
    #[test]
    fn what_was_asked_for_can_be_read_back(
        request in request(),
        lladdr in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..33)),
    ) {
        let request = NeighbourRequest { lladdr: lladdr.as_deref(), ..request };
        for sent in [bytes(&request, 0, 1), bytes(&DelNeighbour(request.clone()), 0, 1)] {
            let read = parse(&sent).remove(0).unwrap();
            prop_assert_eq!(read.malformed, Malformed::default());
            prop_assert_eq!(
                (read.family, read.index, read.state, read.flags, read.kind),
                (request.family, request.index, request.state, request.flags, request.kind)
            );
            prop_assert_eq!(
                (read.destination, read.lladdr, read.vlan, read.port, read.vni, read.via),
                (request.destination, request.lladdr, request.vlan, request.port, request.vni, request.via)
            );
            prop_assert_eq!(
                (read.src_vni, read.protocol, read.nexthop, read.flags_ext),
                (request.src_vni, request.protocol, request.nexthop, request.flags_ext)
            );
        }
    }

    #[test]
    fn what_is_asked_about_can_be_read_back(
        (family, index, flags) in any::<(u8, i32, u8)>(),
        destination: Option<IpAddr>,
        lladdr in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..33)),
        (vlan, vni) in any::<(Option<u16>, Option<u32>)>(),
        (proxy, dev, master) in any::<(bool, Option<u32>, Option<u32>)>(),
    ) {
        let lladdr = lladdr.as_deref();
        let sent = bytes(&GetNeighbour { family, index, flags, destination, lladdr, vlan, vni }, 0, 1);
        let read = parse(&sent).remove(0).unwrap();
        prop_assert_eq!((read.family, read.index, read.flags), (family, index, flags));
        prop_assert_eq!((read.destination, read.lladdr), (destination, lladdr));
        prop_assert_eq!((read.vlan, read.vni), (vlan, vni));
        let sent = bytes(&GetNeighbours { family, proxy, index: dev, master }, 0, 1);
        let read = parse(&sent).remove(0).unwrap();
        prop_assert_eq!((read.family, read.flags & NTF_PROXY != 0), (family, proxy));
        prop_assert_eq!((read.via, read.master), (dev, master));
    }

    #[test]
    fn no_bytes_panic(body: Vec<u8>) {
        let mut all = GET[..16].to_vec();
        all.extend_from_slice(&body);
        let len = u32::try_from(all.len()).unwrap();
        all[..4].copy_from_slice(&len.to_ne_bytes());
        for neighbour in parse(&all).into_iter().flatten() {
            prop_assert!(neighbour.malformed.count as usize <= body.len());
        }
    }
}
