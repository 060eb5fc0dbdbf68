//! Rules against real exchanges, cut ones, and whatever a request can hold.

use super::*;
use crate::decode::Messages;
use crate::encode::Batch;
use crate::exchange::{NLM_F_CREATE, NLM_F_DUMP, NLM_F_EXCL, NLM_F_REQUEST};
use proptest::prelude::*;

/// `ip rule add goto 32766 prio 21`.
#[rustfmt::skip]
const ADD: &[u8] = &[
    0x2c, 0, 0, 0, 0x20, 0, 0x05, 0x06, 0xe9, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // NEWRULE, ack, create, excl
    2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, // fib_rule_hdr: inet, FR_ACT_GOTO
    8, 0, 6, 0, 21, 0, 0, 0, // FRA_PRIORITY
    8, 0, 4, 0, 0xfe, 0x7f, 0, 0, // FRA_GOTO
];

/// `ip rule show`.
#[rustfmt::skip]
const LIST: &[u8] = &[
    0x1c, 0, 0, 0, 0x22, 0, 0x01, 0x03, 0xea, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // GETRULE, dump
    2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // fib_rule_hdr
];

/// What the kernel answered, without `NLMSG_DONE`: `not from 10.1.0.0/16 to 10.2.3.4 tos 0x10 fwmark 7/0xff
/// iif lo oif v9 table 300 prio 7 suppress_prefixlength 0 uidrange 5-10 ipproto tcp sport 80 dport 100-200
/// protocol static realms 3/4 tun_id 9`, and `prio 9 goto 10`.
#[rustfmt::skip]
const LISTED: &[u8] = &[
    0xac, 0, 0, 0, 0x20, 0, 2, 0, 0xea, 0x74, 2, 0x6b, 0xc7, 0x3a, 0, 0, // NEWRULE, multi
    2, 0x20, 0x10, 0x10, 0xfc, 0, 0, 1, 0x12, 0, 0, 0, // inet, /32, /16, tos, compat table, invert and oif detached
    8, 0, 0x0f, 0, 0x2c, 1, 0, 0, // FRA_TABLE 300
    8, 0, 0x0e, 0, 0, 0, 0, 0, // FRA_SUPPRESS_PREFIXLEN
    5, 0, 0x15, 0, 4, 0, 0, 0, // FRA_PROTOCOL
    7, 0, 3, 0, b'l', b'o', 0, 0, // FRA_IIFNAME
    7, 0, 0x11, 0, b'v', b'9', 0, 0, // FRA_OIFNAME
    8, 0, 6, 0, 7, 0, 0, 0, // FRA_PRIORITY
    8, 0, 0x0a, 0, 7, 0, 0, 0, // FRA_FWMARK
    8, 0, 0x10, 0, 0xff, 0, 0, 0, // FRA_FWMASK
    0x0c, 0, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 9, // FRA_TUN_ID, network order
    0x0c, 0, 0x14, 0, 5, 0, 0, 0, 0x0a, 0, 0, 0, // FRA_UID_RANGE
    8, 0, 0x17, 0, 0x50, 0, 0x50, 0, // FRA_SPORT_RANGE
    6, 0, 0x1c, 0, 0xff, 0xff, 0, 0, // FRA_SPORT_MASK, which this view leaves alone
    8, 0, 0x18, 0, 0x64, 0, 0xc8, 0, // FRA_DPORT_RANGE
    5, 0, 0x16, 0, 6, 0, 0, 0, // FRA_IP_PROTO
    8, 0, 1, 0, 10, 2, 3, 4, // FRA_DST
    8, 0, 2, 0, 10, 1, 0, 0, // FRA_SRC
    8, 0, 0x0b, 0, 4, 0, 3, 0, // FRA_FLOW
    0x44, 0, 0, 0, 0x20, 0, 2, 0, 0xea, 0x74, 2, 0x6b, 0xc7, 0x3a, 0, 0, // NEWRULE, multi
    2, 0, 0, 0, 0, 0, 0, 2, 4, 0, 0, 0, // inet, goto, unresolved
    8, 0, 0x0f, 0, 0, 0, 0, 0, // FRA_TABLE
    8, 0, 0x0e, 0, 0xff, 0xff, 0xff, 0xff, // FRA_SUPPRESS_PREFIXLEN
    5, 0, 0x15, 0, 0, 0, 0, 0, // FRA_PROTOCOL
    8, 0, 6, 0, 9, 0, 0, 0, // FRA_PRIORITY
    8, 0, 4, 0, 0x0a, 0, 0, 0, // FRA_GOTO
];

fn bytes(message: &dyn Message, flags: u16, seq: u32) -> Vec<u8> {
    let mut buf = [0; 512];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, flags, seq).unwrap();
    batch.as_bytes().to_vec()
}

fn parse(bytes: &[u8]) -> Vec<Result<Rule<'_>, DecodeError>> {
    Messages::new(bytes).map(|m| Rule::parse(&m?)).collect()
}

#[test]
#[cfg(target_endian = "little")]
fn requests_are_those_of_iproute2() {
    let add = RuleRequest {
        nlm_flags: NLM_F_CREATE | NLM_F_EXCL,
        family: 2,
        action: FR_ACT_GOTO,
        priority: Some(21),
        goto: Some(32766),
        ..RuleRequest::default()
    };
    let flags = NLM_F_REQUEST | crate::exchange::NLM_F_ACK;
    assert_eq!(bytes(&add, flags, 0x6b02_74e9), ADD);
    let sent = bytes(&DelRule(add), flags, 1);
    assert_eq!(sent[4..8], [0x21, 0, 5, 0]);
    let list = bytes(
        &GetRules { family: 2 },
        NLM_F_REQUEST | NLM_F_DUMP,
        0x6b02_74ea,
    );
    assert_eq!(list, LIST);
    // A table above 255 has no place in the header.
    for (table, header, len) in [(255, 255, 28), (256, 0, 36)] {
        let request = RuleRequest {
            table,
            ..RuleRequest::default()
        };
        let sent = bytes(&request, 0, 1);
        assert_eq!((sent[20], sent.len()), (header, len));
    }
}

#[test]
#[cfg(target_endian = "little")]
fn a_real_dump_is_read() {
    let all: Vec<_> = parse(LISTED).into_iter().map(Result::unwrap).collect();
    let [first, second] = &all[..] else {
        panic!("two rules, not {}", all.len());
    };
    assert_eq!(
        (first.family, first.action, first.tos),
        (2, FR_ACT_TO_TBL, 0x10)
    );
    assert_eq!(first.flags, FIB_RULE_INVERT | FIB_RULE_OIF_DETACHED);
    assert_eq!((first.src, first.src_len), (Some([10, 1, 0, 0].into()), 16));
    assert_eq!((first.dst, first.dst_len), (Some([10, 2, 3, 4].into()), 32));
    assert_eq!((first.table, first.priority), (300, Some(7)));
    assert_eq!((first.iif, first.oif), (Some(&b"lo"[..]), Some(&b"v9"[..])));
    assert_eq!((first.mark, first.mark_mask), (Some(7), Some(0xff)));
    assert_eq!((first.tun_id, first.flow), (Some(9), Some(0x0003_0004)));
    assert_eq!(
        (first.uids, first.sports, first.dports),
        (Some([5, 10]), Some([80, 80]), Some([100, 200]))
    );
    assert_eq!((first.protocol, first.ip_proto), (Some(4), Some(6)));
    assert_eq!(
        (first.suppress_prefix_len, first.suppress_group),
        (Some(0), None)
    );
    assert_eq!((second.action, second.goto), (FR_ACT_GOTO, Some(10)));
    assert_eq!((second.table, second.flags), (0, FIB_RULE_UNRESOLVED));
    assert_eq!(second.attributes().count(), 5);
    assert!(
        all.iter()
            .all(|rule| rule.malformed == Malformed::default())
    );
}

#[test]
fn cut_anywhere_it_is_an_error_or_less() {
    let whole = &LISTED[..0xac];
    for len in (0..whole.len()).step_by(if cfg!(miri) { 7 } else { 1 }) {
        let mut cut = whole[..len].to_vec();
        assert!(parse(&cut).iter().all(Result::is_err), "{len}");
        // The same bytes in a frame of their own length.
        if let Some(field) = cut.get_mut(..4) {
            field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
        }
        for rule in parse(&cut).into_iter().flatten() {
            assert!(rule.flow.is_none(), "{len}");
            assert!(rule.malformed.count <= 1, "{len}");
        }
    }
}

prop_compose! {
    fn request()(
        (family, action, invert, tos) in any::<(u8, u8, bool, u8)>(),
        (src, src_len, dst, dst_len) in any::<(Option<IpAddr>, u8, Option<IpAddr>, u8)>(),
        (table, priority, goto) in any::<(u32, Option<u32>, Option<u32>)>(),
        (mark, mark_mask, flow) in any::<(Option<u32>, Option<u32>, Option<u32>)>(),
        (tun_id, suppress_group) in any::<(Option<u64>, Option<u32>)>(),
        (suppress_prefix_len, l3mdev) in any::<(Option<u32>, bool)>(),
        (uids, protocol, ip_proto) in any::<(Option<[u32; 2]>, Option<u8>, Option<u8>)>(),
        (sports, dports) in any::<(Option<[u16; 2]>, Option<[u16; 2]>)>(),
    ) -> RuleRequest<'static> {
        RuleRequest {
            nlm_flags: 0, family, action, invert, tos, src, src_len, dst, dst_len, table, priority, iif: None,
            oif: None, goto, mark, mark_mask, flow, tun_id, suppress_group, suppress_prefix_len, l3mdev, uids,
            protocol, ip_proto, sports, dports, nat: None,
        }
    }
}

proptest! {
    #[test]
    fn what_was_asked_for_can_be_read_back(
        request in request(),
        (iif, oif) in proptest::option::of(("[a-z]{1,15}", "[a-z]{1,15}")).prop_map(Option::unzip),
    ) {
        let request = RuleRequest {
            iif: iif.as_ref().map(|name| name.as_bytes()),
            oif: oif.as_ref().map(|name| name.as_bytes()),
            ..request
        };
        for sent in [bytes(&request, 0, 1), bytes(&DelRule(request.clone()), 0, 1)] {
            let read = parse(&sent).remove(0).unwrap();
            prop_assert_eq!(read.malformed, Malformed::default());
            prop_assert_eq!(&read.to_request(), &request);
        }
    }

    #[test]
    fn no_bytes_panic(body: Vec<u8>) {
        let mut all = LIST[..16].to_vec();
        all.extend_from_slice(&body);
        let len = u32::try_from(all.len()).unwrap();
        all[..4].copy_from_slice(&len.to_ne_bytes());
        for rule in parse(&all).into_iter().flatten() {
            prop_assert!(rule.malformed.count as usize <= body.len());
        }
    }
}
