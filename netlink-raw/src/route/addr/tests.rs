//! Addresses against real exchanges, cut ones, and whatever a request can hold.

use super::*;
use crate::decode::Messages;
use crate::encode::Batch;
use crate::exchange::{NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST};
use proptest::prelude::*;

/// `ip addr add 10.1.2.3 peer 10.1.2.4/30 dev v0 label v0:x brd 10.1.2.7 valid_lft 3600
/// preferred_lft 600 metric 77 noprefixroute scope link`, in the order of our attributes.
#[rustfmt::skip]
const ADD: &[u8] = &[
    0x60, 0, 0, 0, 0x14, 0, 0x05, 0x06, 0xe9, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // NEWADDR, create, excl
    2, 30, 0, 0xfd, 3, 0, 0, 0, // ifaddrmsg: inet, /30, scope link, index 3
    8, 0, 2, 0, 10, 1, 2, 3, // IFA_LOCAL
    8, 0, 1, 0, 10, 1, 2, 4, // IFA_ADDRESS
    9, 0, 3, 0, b'v', b'0', b':', b'x', 0, 0, 0, 0, // IFA_LABEL, padded
    8, 0, 4, 0, 10, 1, 2, 7, // IFA_BROADCAST
    0x14, 0, 6, 0, 0x58, 0x02, 0, 0, 0x10, 0x0e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // IFA_CACHEINFO
    8, 0, 8, 0, 0, 2, 0, 0, // IFA_FLAGS: noprefixroute
    8, 0, 9, 0, 77, 0, 0, 0, // IFA_RT_PRIORITY
];

/// What the kernel then dumps.
#[rustfmt::skip]
const DUMPED: &[u8] = &[
    0x60, 0, 0, 0, 0x14, 0, 0x22, 0, 0xea, 0x74, 0x02, 0x6b, 0xa7, 0x4c, 0, 0, // NEWADDR, multi, filtered
    2, 30, 0, 0xfd, 3, 0, 0, 0, // ifaddrmsg
    8, 0, 1, 0, 10, 1, 2, 4, // IFA_ADDRESS
    8, 0, 2, 0, 10, 1, 2, 3, // IFA_LOCAL
    8, 0, 4, 0, 10, 1, 2, 7, // IFA_BROADCAST
    9, 0, 3, 0, b'v', b'0', b':', b'x', 0, 0, 0, 0, // IFA_LABEL
    8, 0, 8, 0, 0, 2, 0, 0, // IFA_FLAGS
    8, 0, 9, 0, 77, 0, 0, 0, // IFA_RT_PRIORITY
    0x14, 0, 6, 0, 0x58, 0x02, 0, 0, 0x10, 0x0e, 0, 0, // IFA_CACHEINFO: 600 s, 3600 s,
    0x91, 0x26, 0x03, 0, 0x91, 0x26, 0x03, 0, // created, updated
];

/// `2001:db8::1 peer 2001:db8::2/64`, `nodad`, as dumped.
#[rustfmt::skip]
const DUMPED6: &[u8] = &[
    0x5c, 0, 0, 0, 0x14, 0, 0x22, 0, 0xfb, 0x74, 0x02, 0x6b, 0xf2, 0x4c, 0, 0, // NEWADDR
    10, 64, 0x82, 0, 3, 0, 0, 0, // ifaddrmsg: inet6, /64, nodad permanent, universe, index 3
    0x14, 0, 2, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, // IFA_LOCAL
    0x14, 0, 1, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, // IFA_ADDRESS
    0x14, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // IFA_CACHEINFO: for ever
    0x4a, 0x2d, 0x03, 0, 0x4a, 0x2d, 0x03, 0,
    8, 0, 8, 0, 0x82, 0, 0, 0, // IFA_FLAGS
];

/// `ip -6 addr show dev v0`, without the zeros that ip sends behind it.
#[rustfmt::skip]
const LIST: &[u8] = &[
    0x18, 0, 0, 0, 0x16, 0, 0x01, 0x03, 0xea, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // GETADDR, dump
    10, 0, 0, 0, 3, 0, 0, 0, // ifaddrmsg: inet6, index 3
];

fn bytes(message: &dyn Message, flags: u16, seq: u32) -> Vec<u8> {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, flags, seq).unwrap();
    batch.as_bytes().to_vec()
}

fn parse(bytes: &[u8]) -> Vec<Result<Address<'_>, DecodeError>> {
    Messages::new(bytes).map(|m| Address::parse(&m?)).collect()
}

fn full() -> AddressRequest<'static> {
    AddressRequest {
        flags: IFA_F_NOPREFIXROUTE,
        scope: 253,
        address: Some([10, 1, 2, 4].into()),
        label: Some(b"v0:x"),
        broadcast: Some([10, 1, 2, 7].into()),
        lifetimes: Some(Lifetimes {
            preferred: 600,
            valid: 3600,
        }),
        priority: Some(77),
        ..AddressRequest::create(3, [10, 1, 2, 3].into(), 30)
    }
}

#[test]
#[cfg(target_endian = "little")]
fn requests_are_those_of_iproute2() {
    let ack = NLM_F_REQUEST | NLM_F_ACK;
    assert_eq!(bytes(&full(), ack, 0x6b02_74e9), ADD);
    let mut del = ADD.to_vec();
    del[4] = 0x15; // DELADDR
    del[7] = 0; // which neither creates nor excludes
    assert_eq!(bytes(&DelAddress(full()), ack, 0x6b02_74e9), del);
    let list = GetAddresses {
        family: 10,
        index: 3,
        target_netnsid: None,
    };
    let dump = NLM_F_REQUEST | NLM_F_DUMP;
    assert_eq!(bytes(&list, dump, 0x6b02_74ea), LIST);
}

#[test]
fn flags_that_fit_the_header_stand_there_alone() {
    let request = AddressRequest {
        flags: IFA_F_NODAD | IFA_F_OPTIMISTIC,
        ..AddressRequest::create(1, [0; 16].into(), 128)
    };
    let sent = bytes(&request, 0, 1);
    assert_eq!((sent[16], sent[17], sent[18]), (10, 128, 6));
    assert_eq!(sent.len(), 24 + 20 + 20);
}

#[test]
#[cfg(target_endian = "little")]
fn real_dumps_are_read() {
    let v4 = parse(DUMPED).remove(0).unwrap();
    assert_eq!(
        (v4.family, v4.prefixlen, v4.scope, v4.index),
        (2, 30, 253, 3)
    );
    assert_eq!(v4.flags, IFA_F_NOPREFIXROUTE);
    assert_eq!(v4.own(), Some([10, 1, 2, 3].into()));
    assert_eq!(v4.peer(), Some([10, 1, 2, 4].into()));
    assert_eq!(v4.broadcast, Some([10, 1, 2, 7].into()));
    assert_eq!(v4.label, Some(&b"v0:x"[..]));
    assert_eq!(v4.priority, Some(77));
    let life = v4.cacheinfo.unwrap();
    assert_eq!(
        (life.preferred, life.valid, life.created),
        (600, 3600, 0x32691)
    );
    assert_eq!(v4.malformed, Malformed::default());
    assert_eq!(v4.attributes().count(), 7);

    let v6 = parse(DUMPED6).remove(0).unwrap();
    assert_eq!(v6.flags, IFA_F_NODAD | IFA_F_PERMANENT);
    assert_eq!(v6.own(), Some("2001:db8::1".parse().unwrap()));
    assert_eq!(v6.peer(), Some("2001:db8::2".parse().unwrap()));
    assert_eq!(v6.cacheinfo.map(|c| c.valid), Some(u32::MAX));
}

#[test]
fn an_address_of_a_strange_length_is_one_malformed_item() {
    let mut odd = DUMPED.to_vec();
    odd[24..28].copy_from_slice(&[7, 0, 1, 0]);
    let address = parse(&odd).remove(0).unwrap();
    assert_eq!((address.address, address.malformed.count), (None, 1));
    assert_eq!(
        address.malformed.first,
        Some(DecodeError::WrongSize {
            kind: 1,
            need: 16,
            have: 3
        })
    );
    assert_eq!(address.own(), Some([10, 1, 2, 3].into()));
    assert_eq!(address.peer(), None);
}

#[test]
fn cut_anywhere_it_is_an_error_or_less() {
    for whole in [DUMPED, DUMPED6] {
        let attributes = parse(whole).remove(0).unwrap().attributes().count();
        for len in (0..whole.len()).step_by(if cfg!(miri) { 7 } else { 1 }) {
            let mut cut = whole[..len].to_vec();
            assert!(parse(&cut).iter().all(Result::is_err), "{len}");
            // The same bytes in a frame of their own length.
            if let Some(field) = cut.get_mut(..4) {
                field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
            }
            for address in parse(&cut).into_iter().flatten() {
                let read = address.attributes().valid().count();
                assert!(read < attributes, "{len}");
                assert!(address.malformed.count <= 1, "{len}");
            }
        }
    }
}

fn ip() -> impl Strategy<Value = Option<IpAddr>> {
    any::<Option<IpAddr>>()
}

prop_compose! {
    fn request()(
        (family, prefixlen, flags, scope, index) in any::<(u8, u8, u32, u8, u32)>(),
        (local, address, broadcast, anycast) in (ip(), ip(), ip(), ip()),
        lifetimes in any::<Option<(u32, u32)>>(),
        (priority, proto, target_netnsid) in any::<(Option<u32>, Option<u8>, Option<i32>)>(),
    ) -> AddressRequest<'static> {
        AddressRequest {
            nlm_flags: 0, family, prefixlen, flags, scope, index, local, address, label: None, broadcast,
            anycast, priority, proto, target_netnsid,
            lifetimes: lifetimes.map(|(preferred, valid)| Lifetimes { preferred, valid }),
        }
    }
}

proptest! {
    #[test]
    fn what_was_asked_for_can_be_read_back(
        request in request(),
        label in proptest::option::of("[^\0]{0,20}"),
    ) {
        let request = AddressRequest { label: label.as_deref().map(str::as_bytes), ..request };
        for sent in [bytes(&request, 0, 1), bytes(&DelAddress(request.clone()), 0, 1)] {
            let read = parse(&sent).remove(0).unwrap();
            prop_assert_eq!(read.malformed, Malformed::default());
            prop_assert_eq!(
                (read.family, read.prefixlen, read.flags, read.scope, read.index),
                (request.family, request.prefixlen, request.flags, request.scope, request.index)
            );
            prop_assert_eq!(
                (read.local, read.address, read.broadcast, read.anycast, read.label),
                (request.local, request.address, request.broadcast, request.anycast, request.label)
            );
            prop_assert_eq!(
                (read.priority, read.proto, read.target_netnsid),
                (request.priority, request.proto, request.target_netnsid)
            );
            let lifetimes = read.cacheinfo.map(|c| Lifetimes { preferred: c.preferred, valid: c.valid });
            prop_assert_eq!(lifetimes, request.lifetimes);
        }
    }

    #[test]
    fn what_is_listed_can_be_read_back(family: u8, index: u32, target_netnsid: Option<i32>) {
        let sent = bytes(&GetAddresses { family, index, target_netnsid }, 0, 1);
        let read = parse(&sent).remove(0).unwrap();
        prop_assert_eq!((read.family, read.index), (family, index));
        prop_assert_eq!(read.target_netnsid, target_netnsid);
    }

    #[test]
    fn no_bytes_panic(body: Vec<u8>) {
        let mut all = ADD[..16].to_vec();
        all.extend_from_slice(&body);
        let len = u32::try_from(all.len()).unwrap();
        all[..4].copy_from_slice(&len.to_ne_bytes());
        for address in parse(&all).into_iter().flatten() {
            prop_assert!(address.malformed.count as usize <= body.len());
        }
    }
}
