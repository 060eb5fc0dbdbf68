//! Requests about neighbours and forwarding entries.

use super::super::seed::Seed;
use super::{BRIDGE, get, same, written};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::fdb::{FindFdb, FlushFdb, GetFdb};
use netlink_raw::route::neigh::*;
use netlink_raw::schema::neigh::*;

pub fn neighbour(seed: &mut Seed<'_>) {
    let lladdr = seed.name(32);
    let request = NeighbourRequest {
        nlm_flags: seed.value::<u16>() & 0xf00,
        family: seed.value(),
        index: seed.value(),
        state: seed.value(),
        flags: seed.value(),
        kind: seed.value(),
        destination: seed.maybe(),
        lladdr: seed.coin().then_some(&lladdr),
        vlan: seed.maybe(),
        port: seed.maybe(),
        vni: seed.maybe(),
        via: seed.maybe(),
        src_vni: seed.maybe(),
        protocol: seed.maybe(),
        nexthop: seed.maybe(),
        flags_ext: seed.maybe(),
    };
    let check = |message: MessageRef<'_>| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        assert_eq!(view.malformed.count, 0);
        same!(
            request,
            view,
            family,
            index,
            state,
            flags,
            kind,
            destination,
            lladdr,
            vlan,
            port,
            vni,
            via,
            src_vni,
            protocol,
            nexthop,
            flags_ext,
        );
    };
    written(&request, check);
    written(&DelNeighbour(request.clone()), check);
}

pub fn get_neighbours(seed: &mut Seed<'_>) {
    let lladdr = seed.name(32);
    let one = GetNeighbour {
        family: seed.value(),
        index: seed.value(),
        flags: seed.value(),
        destination: seed.maybe(),
        lladdr: seed.coin().then_some(&lladdr),
        vlan: seed.maybe(),
        vni: seed.maybe(),
    };
    written(&one, |message| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        same!(
            one,
            view,
            family,
            index,
            flags,
            destination,
            lladdr,
            vlan,
            vni
        );
    });
    let all = GetNeighbours {
        family: seed.value(),
        proxy: seed.coin(),
        index: seed.maybe(),
        master: seed.maybe(),
    };
    written(&all, |message| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        same!(all, view, family, master);
        assert_eq!(view.flags & NTF_PROXY != 0, all.proxy);
        assert_eq!(view.via, all.index);
    });
}

pub fn fdb(seed: &mut Seed<'_>) {
    let lladdr = seed.name(32);
    let all = GetFdb {
        index: seed.value(),
        master: seed.maybe(),
    };
    written(&all, |message| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        assert_eq!(view.family, BRIDGE);
        same!(all, view, index, master);
    });
    let one = FindFdb {
        index: seed.value(),
        flags: seed.value(),
        lladdr: &lladdr,
        master: seed.maybe(),
        vlan: seed.maybe(),
        vni: seed.maybe(),
    };
    written(&one, |message| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        assert_eq!((view.family, view.lladdr), (BRIDGE, Some(one.lladdr)));
        same!(one, view, index, flags, master, vlan, vni);
    });
    let flush = FlushFdb {
        index: seed.value(),
        flags: seed.value(),
        flags_mask: seed.value(),
        state: seed.value(),
        state_mask: seed.value(),
        port: seed.maybe(),
        vlan: seed.maybe(),
    };
    written(&flush, |message| {
        let view = Neighbour::parse(&message).expect("an ndmsg");
        assert_eq!((view.family, view.via), (BRIDGE, flush.port));
        same!(flush, view, index, flags, state, vlan);
        let attrs = view.attributes();
        let mask = get(&attrs, NDA_NDM_FLAGS_MASK);
        assert_eq!(mask.unwrap_or(0), flush.flags_mask);
        let mask = get(&attrs, NDA_NDM_STATE_MASK);
        assert_eq!(mask.unwrap_or(0), flush.state_mask);
    });
}
