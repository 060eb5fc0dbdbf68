//! Routes: exchanges with a real kernel, cut at every byte, and requests read back.

use super::*;
use crate::decode::Messages;
use crate::encode::{Batch, Message};
use crate::wire::NlMsgHdr;
use proptest::prelude::*;
use zerocopy::FromBytes;

/// Bytes of a hex dump: spaces, and what follows a `#` on its line, are for people.
fn hex(text: &str) -> Vec<u8> {
    let digits: String = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .flat_map(|line| line.chars().filter(|c| !c.is_whitespace()))
        .collect();
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
        .collect()
}

fn message(body: &[u8]) -> MessageRef<'_> {
    let header = NlMsgHdr {
        len: 16 + body.len() as u32,
        kind: crate::schema::RTM_NEWROUTE,
        ..NlMsgHdr::default()
    };
    MessageRef { header, body }
}

/// `10.1.0.0/16 via 10.0.0.2 dev v0 proto static src 10.0.0.1 metric 5 realms 3/4 mtu lock 1400
/// advmss 1300 hoplimit 9 congctl reno`, as Linux 6.18 sends it.
const METRICS_ROUTE: &str = "
    02 10 00 00 fe 04 00 01 00000000          # rtmsg: inet, /16, main, static, universe, unicast
    08000f00 fe000000                         # RTA_TABLE 254
    08000100 0a010000                         # RTA_DST 10.1.0.0
    08000600 05000000                         # RTA_PRIORITY 5
    30000800                                  # RTA_METRICS
      08000100 04000000                       #   RTAX_LOCK 1 << RTAX_MTU
      08000200 78050000                       #   RTAX_MTU 1400
      08000800 14050000                       #   RTAX_ADVMSS 1300
      08000a00 09000000                       #   RTAX_HOPLIMIT 9
      09001000 72656e6f 00 000000             #   RTAX_CC_ALGO reno
    08000700 0a000001                         # RTA_PREFSRC 10.0.0.1
    08000500 0a000002                         # RTA_GATEWAY 10.0.0.2
    08000400 03000000                         # RTA_OIF 3
    08000b00 04000300                         # RTA_FLOW 3/4
";

/// `10.2.0.0/16 nexthop via 10.0.0.2 dev v0 weight 3 nexthop via inet6 fe80::9 dev v0 weight 1
/// onlink`, as Linux 6.18 sends it.
const MULTIPATH_ROUTE: &str = "
    02 10 00 00 fe 03 00 01 00000000          # rtmsg: inet, /16, main, boot, universe, unicast
    08000f00 fe000000                         # RTA_TABLE 254
    08000100 0a020000                         # RTA_DST 10.2.0.0
    34000900                                  # RTA_MULTIPATH
      1000 00 02 03000000                     #   rtnexthop: 16 bytes, weight 3, link 3
        08000500 0a000002                     #     RTA_GATEWAY 10.0.0.2
      2000 04 00 03000000                     #   rtnexthop: 32 bytes, onlink, weight 1, link 3
        16001200 0a00                         #     RTA_VIA inet6
          fe80 0000 0000 0000 0000 0000 0000 0009 0000
";

/// `10.3.0.0/16 encap ip id 1 dst 1.2.3.4 via 10.0.0.2 dev v0`, as Linux 6.18 sends it.
const ENCAP_ROUTE: &str = "
    02 10 00 00 fe 03 00 01 00000000          # rtmsg
    08000f00 fe000000                         # RTA_TABLE 254
    08000100 0a030000                         # RTA_DST 10.3.0.0
    08000500 0a000002                         # RTA_GATEWAY 10.0.0.2
    08000400 03000000                         # RTA_OIF 3
    38001600                                  # RTA_ENCAP
      0c000100 00000000 00000001              #   LWTUNNEL_IP_ID 1, big-endian
      08000200 01020304                       #   LWTUNNEL_IP_DST 1.2.3.4
      08000300 00000000                       #   LWTUNNEL_IP_SRC
      05000500 00000000                       #   LWTUNNEL_IP_TOS
      05000400 00000000                       #   LWTUNNEL_IP_TTL
      06000600 00000000                       #   LWTUNNEL_IP_FLAGS
    06001500 02000000                         # RTA_ENCAP_TYPE 2
";

/// `2001:db8::/32 via fe80::1 dev v0 expires 90 pref high mtu 1400`, as Linux 6.18 sends it.
const IPV6_ROUTE: &str = "
    0a 20 00 00 fe 03 00 01 00000000          # rtmsg: inet6, /32, main, boot, universe, unicast
    08000f00 fe000000                         # RTA_TABLE 254
    14000100 2001 0db8 0000 0000 0000 0000 0000 0000  # RTA_DST
    0c000800                                  # RTA_METRICS
      08000200 78050000                       #   RTAX_MTU 1400
    08000600 00040000                         # RTA_PRIORITY 1024
    14000500 fe80 0000 0000 0000 0000 0000 0000 0001  # RTA_GATEWAY
    08000400 03000000                         # RTA_OIF 3
    24000c00 00000000 00000000 05230000 00000000  # RTA_CACHEINFO: expires in 89.65 s
             00000000 00000000 00000000 00000000
    05001400 01000000                         # RTA_PREF high
";

#[test]
fn reads_a_route_with_metrics() {
    let bytes = hex(METRICS_ROUTE);
    let route = Route::parse(&message(&bytes)).unwrap();
    assert_eq!(route.malformed, Malformed::default());
    assert_eq!((route.family, route.dst_len, route.src_len), (2, 16, 0));
    assert_eq!(route.table, RT_TABLE_MAIN);
    assert_eq!((route.protocol, route.scope, route.kind), (4, 0, 1));
    assert_eq!(route.dst, Some("10.1.0.0".parse().unwrap()));
    assert_eq!(route.gateway, Some("10.0.0.2".parse().unwrap()));
    assert_eq!(route.prefsrc, Some("10.0.0.1".parse().unwrap()));
    assert_eq!((route.oif, route.priority), (Some(3), Some(5)));
    assert_eq!(route.flow, Some(0x0003_0004));
    let metrics = route.metrics.unwrap();
    assert_eq!(metrics.get(Metric::Mtu), Some(1400));
    assert_eq!(metrics.get(Metric::AdvMss), Some(1300));
    assert_eq!(metrics.get(Metric::HopLimit), Some(9));
    assert_eq!(metrics.get(Metric::Rtt), None);
    assert!(metrics.is_locked(Metric::Mtu) && !metrics.is_locked(Metric::AdvMss));
    assert_eq!(metrics.congctl, Some(&b"reno"[..]));
    assert_eq!(route.legs().count(), 0);
    assert_eq!(route.attributes().count(), 8);
}

#[test]
fn reads_the_legs_of_a_multipath_route() {
    let bytes = hex(MULTIPATH_ROUTE);
    let route = Route::parse(&message(&bytes)).unwrap();
    assert_eq!(route.malformed, Malformed::default());
    let legs: Vec<_> = route.legs().map(Result::unwrap).collect();
    assert_eq!(legs.len(), 2);
    assert_eq!((legs[0].flags, legs[0].hops, legs[0].index), (0, 2, 3));
    assert_eq!(legs[0].gateway, Some("10.0.0.2".parse().unwrap()));
    assert_eq!(legs[0].via, None);
    assert_eq!(u32::from(legs[1].flags), RTNH_F_ONLINK);
    let via = legs[1].via.unwrap();
    assert_eq!(via.family, 10);
    // The kernel's struct is padded to four bytes behind the address.
    assert_eq!(via.ip(), Some("fe80::9".parse().unwrap()));
}

#[test]
fn reads_an_encapsulated_route() {
    let bytes = hex(ENCAP_ROUTE);
    let route = Route::parse(&message(&bytes)).unwrap();
    assert_eq!(route.malformed, Malformed::default());
    let encap = route.encap.unwrap();
    assert_eq!(encap.kind, LWTUNNEL_ENCAP_IP);
    let dst = encap.data.unwrap().nested().find(2).unwrap();
    assert_eq!(dst.ip(), Ok("1.2.3.4".parse().unwrap()));
}

#[test]
fn reads_an_ipv6_route() {
    let bytes = hex(IPV6_ROUTE);
    let route = Route::parse(&message(&bytes)).unwrap();
    assert_eq!(route.malformed, Malformed::default());
    assert_eq!((route.family, route.dst_len), (10, 32));
    assert_eq!(route.dst, Some("2001:db8::".parse().unwrap()));
    assert_eq!(route.gateway, Some("fe80::1".parse().unwrap()));
    assert_eq!((route.priority, route.pref), (Some(1024), Some(1)));
    assert_eq!(route.cacheinfo.unwrap().expires, 8965);
}

#[test]
fn cut_anywhere_it_says_so() {
    for text in [METRICS_ROUTE, MULTIPATH_ROUTE, ENCAP_ROUTE, IPV6_ROUTE] {
        let bytes = hex(text);
        let whole = Route::parse(&message(&bytes)).unwrap().attributes().count();
        for cut in (0..bytes.len()).step_by(if cfg!(miri) { 23 } else { 1 }) {
            let Ok(route) = Route::parse(&message(&bytes[..cut])) else {
                assert!(cut < 12);
                continue;
            };
            let attributes = route.attributes().valid().count();
            // Cut between two attributes, or in the padding of one, it is merely shorter.
            assert!(route.malformed.count > 0 || attributes < whole || bytes.len() - cut < 4);
            assert!(route.legs().filter(Result::is_err).count() <= 1);
        }
    }
}

#[test]
fn legs_of_impossible_length_end() {
    for len in [0u16, 7, 8, 9, 16, 17, u16::MAX] {
        let mut bytes = [0u8; 16];
        bytes[..2].copy_from_slice(&len.to_ne_bytes());
        assert!(Legs::new(&bytes).take(4).count() <= 2, "{len}");
    }
    assert!(Legs::new(&[1, 2, 3]).next().unwrap().is_err());
}

#[test]
fn a_seen_route_is_deleted_as_it_came() {
    let mut bytes = hex(METRICS_ROUTE);
    bytes[8] = (RTNH_F_LINKDOWN | RTNH_F_ONLINK) as u8;
    let mut buf = [0; 512];
    let mut batch = Batch::new(&mut buf);
    let seen = message(&bytes);
    batch.push(&DelSeen::of(&seen).unwrap(), 0, 1).unwrap();
    let sent = batch.as_bytes();
    assert_eq!(sent[4], crate::schema::RTM_DELROUTE as u8);
    assert_eq!(sent[16 + 8], RTNH_F_ONLINK as u8);
    bytes[8] = RTNH_F_ONLINK as u8;
    assert_eq!(&sent[16..], &bytes[..]);
}

#[test]
fn a_request_is_these_bytes() {
    let mut metrics = Metrics::default();
    metrics.set(Metric::Mtu, 1400);
    metrics.lock(Metric::Mtu);
    let hops = [NextHop {
        hops: 2,
        index: 3,
        gateway: Some(Gateway::Via("fe80::9".parse().unwrap())),
        ..NextHop::default()
    }];
    let route = RouteSpec {
        family: 2,
        dst: Some("10.2.0.0".parse().unwrap()),
        dst_len: 16,
        table: 1000,
        protocol: RTPROT_BOOT,
        kind: RTN_UNICAST,
        metrics,
        nexthops: &hops,
        ..RouteSpec::default()
    };
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(&NewRoute::add(route), 5, 9).unwrap();
    let wanted = hex("
        64000000 1800 0506 09000000 00000000      # nlmsghdr: RTM_NEWROUTE, CREATE EXCL ACK REQUEST
        02 10 00 00 00 03 00 01 00000000          # rtmsg: table in RTA_TABLE
        08000f00 e8030000                         # RTA_TABLE 1000
        08000100 0a020000                         # RTA_DST 10.2.0.0
        14000880                                  # RTA_METRICS, nested
          08000100 04000000                       #   RTAX_LOCK 1 << RTAX_MTU
          08000200 78050000                       #   RTAX_MTU 1400
        24000900                                  # RTA_MULTIPATH, which is no nest of attributes
          2000 00 02 03000000                     #   rtnexthop: 32 bytes, weight 3, link 3
            16001200 0a00                         #     RTA_VIA inet6
              fe80 0000 0000 0000 0000 0000 0000 0009 0000
    ");
    assert_eq!(batch.as_bytes(), wanted);
}

fn ip() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(IpAddr::from),
        any::<[u8; 16]>().prop_map(IpAddr::from),
    ]
}

fn gateway() -> impl Strategy<Value = Gateway> {
    prop_oneof![ip().prop_map(Gateway::Same), ip().prop_map(Gateway::Via)]
}

prop_compose! {
    fn next_hop()(flags: u8, hops: u8, index: i32, gateway in prop::option::of(gateway()),
        flow: Option<u32>) -> NextHop {
        NextHop { flags, hops, index, gateway, flow }
    }
}

fn metrics() -> impl Strategy<Value = Metrics<'static>> {
    let values = prop::collection::vec(
        (0usize..Metric::ALL.len(), any::<u32>(), any::<bool>()),
        0..8,
    );
    (values, prop::option::of(Just(&b"bbr"[..]))).prop_map(|(values, congctl)| {
        let mut metrics = Metrics::default();
        metrics.congctl = congctl;
        for (i, value, lock) in values {
            metrics.set(Metric::ALL[i], value);
            if lock {
                metrics.lock(Metric::ALL[i]);
            }
        }
        metrics
    })
}

prop_compose! {
    fn spec(nexthops: &'static [NextHop])(
        (family, dst_len, src_len, tos) in any::<(u8, u8, u8, u8)>(),
        (protocol, scope, kind, flags) in any::<(u8, u8, u8, u32)>(),
        table: u32,
        dst in prop::option::of(ip()),
        src in prop::option::of(ip()),
        prefsrc in prop::option::of(ip()),
        gateway in prop::option::of(gateway()),
        metrics in metrics(),
        (oif, priority, flow, pref) in any::<(Option<u32>, Option<u32>, Option<u32>, Option<u8>)>(),
        (expires, nh_id, ttl_propagate) in any::<(Option<u32>, Option<u32>, Option<u8>)>(),
    ) -> RouteSpec<'static> {
        RouteSpec {
            family, dst, dst_len, src, src_len, tos, table, protocol, scope, kind, flags, oif,
            gateway, priority, prefsrc, metrics, nexthops, flow, pref, expires, nh_id,
            ttl_propagate,
        }
    }
}

fn encoded(message: &dyn Message) -> Vec<u8> {
    let mut buf = vec![0; 4096];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, 0, 1).unwrap();
    batch.as_bytes().to_vec()
}

fn same_gateway(wanted: Option<Gateway>, gateway: Option<IpAddr>, via: Option<Via<'_>>) -> bool {
    match wanted {
        None => gateway.is_none() && via.is_none(),
        Some(Gateway::Same(ip)) => gateway == Some(ip) && via.is_none(),
        Some(Gateway::Via(ip)) => {
            let family = if ip.is_ipv4() { 2 } else { 10 };
            let via = via.unwrap();
            gateway.is_none() && via.family == family && via.ip() == Some(ip)
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(spec in spec(&[]), hops in prop::collection::vec(next_hop(), 0..5)) {
        let spec = RouteSpec { nexthops: &hops, ..spec };
        let new = encoded(&NewRoute::add(spec.clone()));
        let del = encoded(&DelRoute { route: spec.clone() });
        prop_assert_eq!(&new[16..], &del[16..]);
        let message = Messages::new(&new).next().unwrap().unwrap();
        let route = Route::parse(&message).unwrap();
        prop_assert_eq!(route.malformed, Malformed::default());
        prop_assert_eq!((route.family, route.dst_len, route.src_len, route.tos),
            (spec.family, spec.dst_len, spec.src_len, spec.tos));
        prop_assert_eq!((route.protocol, route.scope, route.kind, route.flags),
            (spec.protocol, spec.scope, spec.kind, spec.flags));
        prop_assert_eq!(route.table, spec.table);
        prop_assert_eq!((route.dst, route.src, route.prefsrc), (spec.dst, spec.src, spec.prefsrc));
        prop_assert!(same_gateway(spec.gateway, route.gateway, route.via));
        prop_assert_eq!(route.metrics.unwrap_or_default(), spec.metrics);
        prop_assert_eq!((route.oif, route.priority, route.flow, route.pref),
            (spec.oif, spec.priority, spec.flow, spec.pref));
        prop_assert_eq!((route.expires, route.nh_id, route.ttl_propagate),
            (spec.expires, spec.nh_id, spec.ttl_propagate));
        let legs: Vec<_> = route.legs().map(Result::unwrap).collect();
        prop_assert_eq!(legs.len(), hops.len());
        for (leg, hop) in legs.iter().zip(&hops) {
            prop_assert_eq!((leg.flags, leg.hops, leg.index, leg.flow),
                (hop.flags, hop.hops, hop.index, hop.flow));
            prop_assert!(same_gateway(hop.gateway, leg.gateway, leg.via));
        }
    }

    #[test]
    fn a_lookup_is_read_back(family: u8, dst in prop::option::of(ip()), src in prop::option::of(ip()),
        (dst_len, src_len, tos, flags) in any::<(u8, u8, u8, u32)>(),
        (iif, oif, mark, uid) in any::<(Option<u32>, Option<u32>, Option<u32>, Option<u32>)>(),
        (ip_proto, sport, dport) in any::<(Option<u8>, Option<u16>, Option<u16>)>(),
    ) {
        let get = GetRoute { family, dst, dst_len, src, src_len, tos, flags, iif, oif, mark, uid,
            ip_proto, sport, dport };
        let bytes = encoded(&get);
        let message = Messages::new(&bytes).next().unwrap().unwrap();
        let (head, attrs) = message.split::<RtMsg>().unwrap();
        prop_assert_eq!((head.family, head.dst_len, head.src_len, head.tos, head.flags),
            (family, dst_len, src_len, tos, flags));
        let find = |kind| attrs.clone().find(kind);
        let word = |kind| find(kind).map(|a| a.read::<u32>().unwrap());
        let port = |kind| find(kind).map(|a| u16::from_be_bytes(a.read().unwrap()));
        prop_assert_eq!((find(RTA_DST).map(|a| a.ip().unwrap()), find(RTA_SRC).map(|a| a.ip().unwrap())),
            (dst, src));
        prop_assert_eq!((word(RTA_IIF), word(RTA_OIF), word(RTA_MARK), word(RTA_UID)),
            (iif, oif, mark, uid));
        prop_assert_eq!((port(RTA_SPORT), port(RTA_DPORT)), (sport, dport));
        prop_assert_eq!(find(RTA_IP_PROTO).map(|a| a.read::<u8>().unwrap()), ip_proto);
    }

    #[test]
    fn a_dump_request_is_read_back(family: u8, flags: u32, table: Option<u32>, protocol: u8,
        kind: u8, oif: Option<u32>) {
        let bytes = encoded(&GetRoutes { family, flags, table, protocol, kind, oif });
        let message = Messages::new(&bytes).next().unwrap().unwrap();
        let route = Route::parse(&message).unwrap();
        prop_assert_eq!((route.family, route.flags, route.protocol, route.kind, route.oif),
            (family, flags, protocol, kind, oif));
        prop_assert_eq!(route.table, table.unwrap_or(0));
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        if let Ok(route) = Route::parse(&message(&bytes)) {
            for leg in route.legs().valid() {
                let _ = leg.via.and_then(|via| via.ip());
            }
            let mut buf = [0; 512];
            let mut batch = Batch::new(&mut buf);
            let seen = message(&bytes);
            batch.push(&DelSeen::of(&seen).unwrap(), 0, 1).unwrap();
            prop_assert!(RtMsg::read_from_prefix(&batch.as_bytes()[16..]).is_ok());
        }
    }
}
