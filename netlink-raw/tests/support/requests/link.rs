//! Requests about links.

use super::super::{kinds, seed::Seed};
use super::{BRIDGE, get, same, string, written};
use netlink_raw::decode::{Attr, MessageRef};
use netlink_raw::route::link::*;
use netlink_raw::schema::{kinds::*, link::*};
use netlink_raw::wire::IfInfoMsg;
use std::os::fd::{AsFd, AsRawFd};

/// A link's description without its kind. It borrows what the strings are made of.
fn description<'a>(seed: &mut Seed<'_>, names: &'a [Vec<u8>; 4]) -> LinkRequest<'a> {
    let mut link = LinkRequest::default();
    let [name, altname, alias, device] = names;
    link.nlm_flags = seed.value::<u16>() & 0xf00;
    link.family = seed.one_of(&[0, BRIDGE, libc::AF_INET6 as u8]);
    link.index = seed.value();
    link.flags = seed.value();
    link.change = seed.value();
    link.name = seed.coin().then_some(name);
    link.altname = seed.coin().then_some(altname);
    link.address = seed.coin().then_some(b"\x02\0\0\0\0\x01");
    link.broadcast = seed.coin().then_some(&[0xff; 20]);
    link.alias = seed.coin().then_some(alias);
    link.parent_dev = seed.coin().then_some(device);
    macro_rules! maybe { ($($field:ident),*) => { $(link.$field = seed.maybe();)* } }
    maybe!(
        mtu,
        txqlen,
        master,
        link,
        link_netnsid,
        group,
        num_tx_queues,
        num_rx_queues
    );
    maybe!(
        gso_max_size,
        gso_max_segs,
        gro_max_size,
        gso_ipv4_max_size,
        gro_ipv4_max_size
    );
    maybe!(operstate, linkmode, carrier, proto_down, xdp_detach);
    // The bridge's own IFLA_AF_SPEC has no place for it.
    if link.family != BRIDGE {
        link.addrgenmode = seed.maybe();
    }
    link.netns = seed.maybe().map(Netns::Pid);
    if seed.coin() {
        link.proto_down_reason = Some(ProtoDownReason {
            mask: seed.value(),
            value: seed.value(),
        });
    }
    link
}

fn names(seed: &mut Seed<'_>) -> [Vec<u8>; 4] {
    [seed.name(15), seed.name(127), seed.name(255), seed.name(30)]
}

fn same_link(request: &LinkRequest<'_>, message: &MessageRef<'_>) {
    let link = Link::parse(message).expect("an ifinfomsg");
    assert_eq!(link.malformed.count, 0);
    same!(
        request,
        link,
        family,
        index,
        flags,
        name,
        address,
        broadcast,
        mtu,
        txqlen,
        master,
        link,
        link_netnsid,
        group,
        alias,
        num_tx_queues,
        num_rx_queues,
        gso_max_size,
        gso_max_segs,
        gro_max_size,
        gso_ipv4_max_size,
        gro_ipv4_max_size,
        operstate,
        linkmode,
        carrier,
        proto_down,
    );
    assert_eq!(request.parent_dev, link.parent_dev_name);
    let attrs = link.attributes();
    assert_eq!(request.altname, string(&attrs, IFLA_ALT_IFNAME));
    let (head, _) = message.split::<IfInfoMsg>().expect("an ifinfomsg");
    assert_eq!(request.change, head.change);
    let reason = |number| {
        let nest = link.proto_down_reason.map(|a| a.nested());
        nest.and_then(|attrs| get(&attrs, number))
    };
    let wanted = request.proto_down_reason;
    assert_eq!(wanted.map(|r| r.mask), reason(IFLA_PROTO_DOWN_REASON_MASK));
    assert_eq!(
        wanted.map(|r| r.value),
        reason(IFLA_PROTO_DOWN_REASON_VALUE)
    );
    let xdp = link.xdp.map(|a| a.nested());
    let flags = xdp.clone().and_then(|a| get(&a, IFLA_XDP_FLAGS));
    assert_eq!(request.xdp_detach, flags);
    let fd: Option<i32> = xdp.and_then(|a| get(&a, IFLA_XDP_FD));
    assert_eq!(fd, request.xdp_detach.map(|_| -1));
    let inet6 = link.af_spec.and_then(view::Inet6::of);
    assert_eq!(request.addrgenmode, inet6.and_then(|v| v.addr_gen_mode));
    match request.netns {
        Some(Netns::Pid(pid)) => assert_eq!(get(&attrs, IFLA_NET_NS_PID), Some(pid)),
        Some(Netns::Fd(fd)) => assert_eq!(get(&attrs, IFLA_NET_NS_FD), Some(fd.as_raw_fd())),
        None => {}
    }
}

pub fn link(seed: &mut Seed<'_>) {
    let names = names(seed);
    let description = description(seed, &names);
    if seed.coin() {
        written(&description, |message| same_link(&description, &message));
        return;
    }
    kinds::kind(seed, &mut |kind, check: &dyn Fn(Attr<'_>)| {
        let request = LinkRequest {
            kind: Some(kind),
            ..description.clone()
        };
        written(&request, |message| {
            same_link(&request, &message);
            let link = Link::parse(&message).expect("an ifinfomsg");
            let port = matches!(kind, Kind::BridgePort(_) | Kind::PlainPort(_));
            let (name, data) = match port {
                true => (link.port_kind, link.port_data),
                false => (link.kind, link.data),
            };
            assert_eq!(name, Some(kind.name()));
            let plain = matches!(kind, Kind::Plain(_) | Kind::PlainPort(_));
            assert_eq!(data.is_none(), plain);
            if let Some(data) = data {
                check(data);
            }
        });
    });
}

pub fn veth(seed: &mut Seed<'_>) {
    let (outer_names, inner_names) = (names(seed), names(seed));
    let stdin = std::io::stdin();
    let mut inner = description(seed, &inner_names);
    inner.nlm_flags = 0;
    if seed.coin() {
        inner.netns = Some(Netns::Fd(stdin.as_fd()));
    }
    let mut outer = description(seed, &outer_names);
    // The family of the message chooses the tables of both ends.
    inner.family = outer.family;
    inner.addrgenmode = inner.addrgenmode.filter(|_| outer.family != BRIDGE);
    outer.kind = Some(Kind::Veth(Peer(&inner)));
    written(&outer, |message| {
        same_link(&outer, &message);
        let link = Link::parse(&message).expect("an ifinfomsg");
        assert_eq!(link.kind, Some(&b"veth"[..]));
        let data = link.data.expect("there is a peer");
        let peer = data.nested().find(VETH_INFO_PEER).expect("there is a peer");
        let body = peer.value;
        same_link(&inner, &MessageRef { body, ..message });
    });
}

pub fn small_link(seed: &mut Seed<'_>) {
    let (name, kind) = (seed.name(40), seed.name(15));
    let del = DelLink {
        index: seed.value(),
        name: seed.coin().then_some(&name),
        group: seed.maybe(),
    };
    written(&del, |message| {
        let link = Link::parse(&message).expect("an ifinfomsg");
        same!(del, link, index, name, group);
    });
    let ask = GetLink {
        family: seed.value(),
        index: seed.value(),
        name: seed.coin().then_some(&name),
        ext_mask: seed.value(),
        master: seed.maybe(),
        kind: seed.coin().then_some(&kind),
        target_netnsid: seed.maybe(),
    };
    written(&ask, |message| {
        let link = Link::parse(&message).expect("an ifinfomsg");
        same!(ask, link, family, index, master, kind);
        assert_eq!(ask.target_netnsid, link.if_netnsid);
        let attrs = link.attributes();
        assert_eq!(get(&attrs, IFLA_EXT_MASK).unwrap_or(0), ask.ext_mask);
        let altname = string(&attrs, IFLA_ALT_IFNAME);
        assert_eq!(link.name.or(altname), ask.name);
        assert!(link.name.is_none_or(|n| n.len() < libc::IFNAMSIZ));
    });
}

pub fn properties(seed: &mut Seed<'_>) {
    let count = seed.value::<u8>() % 5;
    let altnames: Vec<Vec<u8>> = (0..count).map(|_| seed.name(127)).collect();
    let request = LinkProperty {
        index: seed.value(),
        altnames: &altnames,
        remove: seed.coin(),
    };
    written(&request, |message| {
        let link = Link::parse(&message).expect("an ifinfomsg");
        assert_eq!(link.index, request.index);
        assert!(link.altnames().eq(altnames.iter().map(Vec::as_slice)));
    });
}
