//! Every link request written and read back: the same, whole or cut anywhere.

use super::view::{self, BoolOptions};
use super::*;
use crate::decode::Messages;
use crate::encode::{Batch, Message};
use crate::schema::kinds::*;
use crate::schema::{RTM_DELLINKPROP, RTM_NEWLINK, RTM_NEWLINKPROP};
use crate::wire::{NlMsgHdr, VlanQosMapping};
use proptest::prelude::*;
use std::net::IpAddr;
use zerocopy::FromBytes;

/// Bytes that choose what a sample looks like; zeros when they run out.
pub(super) struct Seed<'a>(&'a [u8]);

impl Seed<'_> {
    pub(super) fn value<T: FromBytes>(&mut self) -> T {
        let mut bytes = [0; 32];
        let size = size_of::<T>();
        let (now, rest) = self.0.split_at(size.min(self.0.len()));
        bytes[..now.len()].copy_from_slice(now);
        self.0 = rest;
        T::read_from_bytes(&bytes[..size]).unwrap()
    }

    pub(super) fn coin(&mut self) -> bool {
        self.value::<u8>() & 1 == 1
    }

    fn maybe<T: FromBytes>(&mut self) -> Option<T> {
        self.coin().then(|| self.value())
    }
}

fn seed() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..600)
}

fn name() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(1_u8.., 1..16)
}

fn bytes(message: &dyn Message) -> Vec<u8> {
    let mut buf = vec![0xaa; 4096];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, 1, 7).unwrap();
    batch.as_bytes().to_vec()
}

/// Reads a request as a link, and hands over the link.
fn read<R>(message: &dyn Message, f: impl FnOnce(MessageRef<'_>, Link<'_>) -> R) -> R {
    let bytes = bytes(message);
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let link = Link::parse(&message).unwrap();
    assert_eq!(link.malformed, Malformed::default());
    f(message, link)
}

/// Reads the bytes cut at every place: no panic, and never more than there is.
fn cut(bytes: &[u8]) {
    for end in (0..bytes.len()).step_by(if cfg!(miri) { 41 } else { 1 }) {
        let mut part = bytes[..end].to_vec();
        assert!(Messages::new(&part).all(|m| m.is_err()));
        // With a length that fits, so that the attributes themselves are cut.
        if end >= size_of::<NlMsgHdr>() {
            part[..4].copy_from_slice(&u32::try_from(end).unwrap().to_ne_bytes());
            let message = Messages::new(&part).next().unwrap().unwrap();
            if let Ok(link) = Link::parse(&message) {
                let _ = link.altnames().count();
            }
        }
    }
}

/// A kind's settings come back from where they belong.
fn kind_round_trip(kind: Kind<'_>, check: impl FnOnce(Attrs<'_>)) {
    let request = LinkRequest::create(kind);
    read(&request, |_, link| {
        let port = matches!(kind, Kind::BridgePort(_) | Kind::PlainPort(_));
        let (name, data) = if port {
            (link.port_kind, link.port_data)
        } else {
            (link.kind, link.data)
        };
        assert_eq!(name, Some(kind.name()));
        check(data.map_or(Attrs::new(&[]), |d| d.nested()));
    });
    cut(&bytes(&request));
}

/// The same, read by the view of the kind.
fn viewed(kind: Kind<'_>, check: impl FnOnce(Attr<'_>)) {
    read(&LinkRequest::create(kind), |_, link| {
        check(link.data.or(link.port_data).unwrap());
    });
}

macro_rules! agree {
    ($view:expr, $options:expr, $($field:ident),*) => {
        $(assert_eq!($view.$field, $options.$field, stringify!($field));)*
    };
}

macro_rules! same {
    ($kind:ident, $type:ident, $seed:expr) => {{
        let options = $type::sample($seed);
        kind_round_trip(Kind::$kind(&options), |attrs| {
            assert_eq!($type::decode(attrs).unwrap(), options)
        });
    }};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 64 }))]

    #[test]
    fn settings_of_every_kind(seed in seed()) {
        let seed = &mut Seed(&seed);
        same!(Bridge, BridgeOptions, seed);
        same!(BridgePort, BridgePortOptions, seed);
        same!(Macvlan, MacvlanOptions, seed);
        same!(Macvtap, MacvlanOptions, seed);
        same!(Vlan, VlanOptions, seed);
        same!(Vxlan, VxlanOptions, seed);
        same!(Ipvlan, IpvlanOptions, seed);
        same!(Ipvtap, IpvlanOptions, seed);
        same!(Vrf, VrfOptions, seed);
    }

    #[test]
    fn views_agree(seed in seed()) {
        let seed = &mut Seed(&seed);
        let o = BridgeOptions::sample(seed);
        viewed(Kind::Bridge(&o), |data| {
            let v = view::Bridge::parse(data);
            agree!(v, o, forward_delay, hello_time, max_age, ageing_time, stp_state, priority,
                vlan_filtering, vlan_protocol, group_fwd_mask, mcast_router, mcast_hash_max,
                nf_call_iptables, vlan_default_pvid, fdb_max_learned);
        });
        let o = BridgePortOptions::sample(seed);
        viewed(Kind::BridgePort(&o), |data| {
            let v = view::BridgePort::parse(data);
            agree!(v, o, state, priority, cost, group_fwd_mask, backup_port);
            assert_eq!(v.learning, o.learning.map(u8::from));
            assert_eq!(v.isolated, o.isolated.map(u8::from));
        });
        let o = MacvlanOptions::sample(seed);
        viewed(Kind::Macvtap(&o), |data| {
            agree!(view::Macvlan::parse(data), o, mode, flags, bc_queue_len, bc_cutoff);
        });
        let o = VlanOptions::sample(seed);
        viewed(Kind::Vlan(&o), |data| {
            agree!(view::Vlan::parse(data), o, id, protocol, flags);
        });
        let o = VxlanOptions::sample(seed);
        viewed(Kind::Vxlan(&o), |data| {
            let v = view::Vxlan::parse(data);
            agree!(v, o, id, link, ttl, tos, df, label, ageing, limit, port_range, port);
            assert_eq!(v.learning, o.learning.map(u8::from));
            assert_eq!(v.collect_metadata, o.collect_metadata.map(u8::from));
            assert_eq!(v.gbp, o.gbp.is_some());
        });
        let o = IpvlanOptions::sample(seed);
        viewed(Kind::Ipvlan(&o), |data| {
            agree!(view::Ipvlan::parse(data), o, mode, flags);
        });
        let o = VrfOptions::sample(seed);
        viewed(Kind::Vrf(&o), |data| {
            agree!(view::Vrf::parse(data), o, table);
        });
    }

    #[test]
    fn vxlan_addresses(remote: IpAddr, local: IpAddr) {
        let options = VxlanOptions { remote: Some(remote), local: Some(local), ..Default::default() };
        kind_round_trip(Kind::Vxlan(&options), |attrs| {
            let ip = |v4, v6| {
                let found = |n| attrs.clone().find(n).map(|a| a.value);
                match (found(v4), found(v6)) {
                    (Some(b), None) => IpAddr::from(<[u8; 4]>::try_from(b).unwrap()),
                    (None, Some(b)) => IpAddr::from(<[u8; 16]>::try_from(b).unwrap()),
                    other => panic!("{other:?}"),
                }
            };
            assert_eq!(ip(IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6), remote);
            assert_eq!(ip(IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6), local);
        });
    }

    #[test]
    fn vlan_mappings(pairs in prop::collection::vec((any::<u32>(), any::<u32>()), 0..20)) {
        let list: Vec<_> = pairs.iter().map(|&(from, to)| VlanQosMapping { from, to }).collect();
        let options = VlanOptions { ingress: Some(&list), egress: Some(&list), ..Default::default() };
        kind_round_trip(Kind::Vlan(&options), |attrs| {
            for nest in [IFLA_VLAN_INGRESS_QOS, IFLA_VLAN_EGRESS_QOS] {
                let nest = attrs.clone().find(nest).unwrap();
                let back: Vec<VlanQosMapping> =
                    nest.nested().map(|a| a.unwrap().read().unwrap()).collect();
                assert_eq!(back, list);
            }
        });
    }

    #[test]
    fn macvlan_addresses(list in prop::collection::vec(any::<[u8; 6]>(), 0..20)) {
        let options = MacvlanOptions {
            macaddr_mode: Some(MACVLAN_MACADDR_SET),
            macaddrs: Some(&list),
            ..Default::default()
        };
        kind_round_trip(Kind::Macvlan(&options), |attrs| {
            let nest = attrs.clone().find(IFLA_MACVLAN_MACADDR_DATA).unwrap();
            let back: Vec<[u8; 6]> = nest.nested().map(|a| a.unwrap().read().unwrap()).collect();
            assert_eq!(back, list);
        });
    }

    #[test]
    fn a_link_and_the_other_end(a in seed(), b in seed(), name_a in name(), name_b in name()) {
        let mut inner = sample(&mut Seed(&b), &name_b);
        inner.nlm_flags = 0;
        let mut outer = sample(&mut Seed(&a), &name_a);
        outer.kind = Some(Kind::Veth(Peer(&inner)));
        read(&outer, |message, link| {
            assert_eq!(message.header.kind, RTM_NEWLINK);
            assert_eq!(message.header.flags, outer.nlm_flags | 1);
            compare(&outer, &link);
            let peer = link.data.unwrap().nested().find(VETH_INFO_PEER).unwrap();
            let header = NlMsgHdr { kind: RTM_NEWLINK, ..NlMsgHdr::default() };
            let peer = Link::parse(&MessageRef { header, body: peer.value }).unwrap();
            assert_eq!(peer.malformed, Malformed::default());
            compare(&inner, &peer);
        });
        cut(&bytes(&outer));
    }

    #[test]
    fn names(index: i32, names in prop::collection::vec(prop::collection::vec(1_u8.., 1..128), 0..8), remove: bool) {
        let request = LinkProperty { index, altnames: &names, remove };
        read(&request, |message, link| {
            let kind = if remove { RTM_DELLINKPROP } else { RTM_NEWLINKPROP };
            assert_eq!(message.header.kind, kind);
            assert_eq!(link.index, index);
            assert!(link.altnames().eq(names.iter().map(Vec::as_slice)));
        });
        cut(&bytes(&request));
    }
}

/// Some request, without kind.
fn sample<'a>(seed: &mut Seed<'_>, name: &'a [u8]) -> LinkRequest<'a> {
    LinkRequest {
        nlm_flags: seed.value(),
        family: seed.value(),
        index: seed.value(),
        flags: seed.value(),
        change: seed.value(),
        name: seed.coin().then_some(name),
        altname: None,
        address: seed.coin().then_some(b"\x02\0\0\0\0\x01"),
        broadcast: seed.coin().then_some(b"\xff\xff\xff\xff\xff\xff"),
        mtu: seed.maybe(),
        txqlen: seed.maybe(),
        master: seed.maybe(),
        link: seed.maybe(),
        link_netnsid: seed.maybe(),
        group: seed.maybe(),
        alias: seed.coin().then_some(name),
        netns: seed.maybe().map(Netns::Pid),
        new_index: seed.maybe(),
        num_tx_queues: seed.maybe(),
        num_rx_queues: seed.maybe(),
        gso_max_size: seed.maybe(),
        gso_max_segs: seed.maybe(),
        gro_max_size: seed.maybe(),
        gso_ipv4_max_size: seed.maybe(),
        gro_ipv4_max_size: seed.maybe(),
        operstate: seed.maybe(),
        linkmode: seed.maybe(),
        carrier: seed.maybe(),
        proto_down: seed.maybe(),
        proto_down_reason: seed.coin().then(|| ProtoDownReason {
            mask: seed.value(),
            value: seed.value(),
        }),
        parent_dev: seed.coin().then_some(name),
        xdp_detach: seed.maybe(),
        addrgenmode: seed.maybe(),
        kind: None,
    }
}

fn inside<'a>(attr: Option<Attr<'a>>, path: &[u16]) -> Option<Attr<'a>> {
    path.iter()
        .try_fold(attr?, |attr, number| attr.nested().find(*number))
}

fn compare(request: &LinkRequest<'_>, link: &Link<'_>) {
    assert_eq!(request.family, link.family);
    assert_eq!(request.index, link.index);
    assert_eq!(request.flags, link.flags);
    assert_eq!(request.name, link.name);
    assert_eq!(request.address, link.address);
    assert_eq!(request.broadcast, link.broadcast);
    assert_eq!(request.mtu, link.mtu);
    assert_eq!(request.txqlen, link.txqlen);
    assert_eq!(request.master, link.master);
    assert_eq!(request.link, link.link);
    assert_eq!(request.link_netnsid, link.link_netnsid);
    assert_eq!(request.group, link.group);
    assert_eq!(request.alias, link.alias);
    assert_eq!(request.new_index, link.new_index);
    assert_eq!(request.num_tx_queues, link.num_tx_queues);
    assert_eq!(request.num_rx_queues, link.num_rx_queues);
    assert_eq!(request.gso_max_size, link.gso_max_size);
    assert_eq!(request.gso_max_segs, link.gso_max_segs);
    assert_eq!(request.gro_max_size, link.gro_max_size);
    assert_eq!(request.gso_ipv4_max_size, link.gso_ipv4_max_size);
    assert_eq!(request.gro_ipv4_max_size, link.gro_ipv4_max_size);
    assert_eq!(request.operstate, link.operstate);
    assert_eq!(request.linkmode, link.linkmode);
    assert_eq!(request.carrier, link.carrier);
    assert_eq!(request.proto_down, link.proto_down);
    assert_eq!(request.parent_dev, link.parent_dev_name);
    let reason = link.proto_down_reason;
    let reason = |kind| inside(reason, &[kind]).map(|a| a.read().unwrap());
    let want = request.proto_down_reason;
    assert_eq!(want.map(|r| r.mask), reason(IFLA_PROTO_DOWN_REASON_MASK));
    assert_eq!(want.map(|r| r.value), reason(IFLA_PROTO_DOWN_REASON_VALUE));
    let xdp = inside(link.xdp, &[IFLA_XDP_FLAGS]).map(|a| a.read().unwrap());
    assert_eq!(request.xdp_detach, xdp);
    let mode = [libc::AF_INET6 as u16, IFLA_INET6_ADDR_GEN_MODE];
    let mode = inside(link.af_spec, &mode).map(|a| a.read().unwrap());
    assert_eq!(request.addrgenmode, mode);
    let pid = link.attributes().find(IFLA_NET_NS_PID);
    match request.netns {
        Some(Netns::Pid(pid_)) => assert_eq!(pid.unwrap().read(), Ok(pid_)),
        _ => assert_eq!(pid, None),
    }
}

#[test]
fn an_empty_alias_has_an_empty_payload() {
    let request = LinkRequest {
        alias: Some(b""),
        ..LinkRequest::change(3)
    };
    let bytes = bytes(&request);
    assert_eq!(&bytes[32..], [4, 0, IFLA_IFALIAS as u8, 0]);
}

#[test]
fn a_name_with_nul_is_refused() {
    let request = LinkRequest {
        name: Some(b"a\0b"),
        ..LinkRequest::default()
    };
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    assert!(batch.push(&request, 1, 1).is_err());
    assert!(batch.is_empty());
}

#[test]
fn bits_of_a_bridge_are_set_and_cleared() {
    let mut bits = BoolOptions::default();
    bits.set(BoolOptions::MCAST_VLAN_SNOOPING, true);
    bits.set(BoolOptions::NO_LINKLOCAL_LEARN, false);
    assert_eq!(bits, BoolOptions { value: 2, mask: 3 });
    bits.set(32, true);
    assert_eq!(bits, BoolOptions { value: 2, mask: 3 });
    let options = BridgeOptions {
        bool_options: bits,
        ..Default::default()
    };
    viewed(Kind::Bridge(&options), |data| {
        assert_eq!(view::Bridge::parse(data).bool_options, Some(bits));
    });
}
