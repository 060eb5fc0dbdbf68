//! Requests about VLANs of bridges.

use super::super::seed::Seed;
use super::{BRIDGE, get, same, written};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::link::Link;
use netlink_raw::route::vlan::*;
use netlink_raw::route::vlan_db::*;
use netlink_raw::schema::bridge::*;
use netlink_raw::wire::BrVlanMsg;

pub fn port_vlan(seed: &mut Seed<'_>) {
    let vlan = PortVlan {
        index: seed.value(),
        bridge_flags: seed.maybe(),
        vid: seed.value(),
        last: seed.maybe(),
        flags: seed.value(),
        tunnel: seed.coin().then(|| (seed.value(), seed.maybe())),
    };
    let begin = vlan.last.map_or(0, |_| BRIDGE_VLAN_INFO_RANGE_BEGIN);
    let id = vlan.tunnel.map(|(id, _)| id);
    let mut wanted = vec![(vlan.vid, vlan.flags | begin, id)];
    if let Some(last) = vlan.last {
        let id = vlan.tunnel.map(|(id, last)| last.unwrap_or(id));
        wanted.push((last, vlan.flags | BRIDGE_VLAN_INFO_RANGE_END, id));
    }
    let check = |message: MessageRef<'_>| {
        let link = Link::parse(&message).expect("an ifinfomsg");
        assert_eq!((link.family, link.index), (BRIDGE, vlan.index));
        let spec = link.af_spec.expect("what it is about");
        let flags = get(&spec.nested(), IFLA_BRIDGE_FLAGS);
        assert_eq!(flags, vlan.bridge_flags);
        let plain = port_vlans(spec).map(|info| info.expect("its size"));
        let tunnels = port_tunnels(spec);
        let read: Vec<_> = plain
            .map(|info| (info.vid, info.flags, None))
            .chain(tunnels.map(|t| (t.vid.expect("a VLAN"), t.flags, t.id)))
            .collect();
        assert_eq!(read, wanted);
    };
    written(&AddPortVlan(vlan), check);
    written(&DelPortVlan(vlan), check);
}

pub fn vlan_db(seed: &mut Seed<'_>) {
    let ask = GetVlans {
        index: seed.value(),
        flags: seed.value(),
    };
    written(&ask, |message| {
        let (head, attrs) = message.split::<BrVlanMsg>().expect("a br_vlan_msg");
        assert_eq!((head.family, head.index), (BRIDGE, ask.index));
        assert_eq!(get(&attrs, BRIDGE_VLANDB_DUMP_FLAGS), Some(ask.flags));
    });
    let set = SetVlan {
        index: seed.value(),
        vid: seed.value(),
        last: seed.maybe(),
        state: seed.maybe(),
        mcast_router: seed.maybe(),
    };
    written(&set, |message| {
        let view = Vlans::parse(&message).expect("a br_vlan_msg");
        assert_eq!((view.family, view.index), (BRIDGE, set.index));
        let [entry] = &view.entries().collect::<Vec<_>>()[..] else {
            panic!("one entry");
        };
        assert_eq!(entry.info.map(|i| i.vid), Some(set.vid));
        assert_eq!((entry.range, entry.malformed.count), (set.last, 0));
        same!(set, entry, state, mcast_router);
        assert_eq!(view.globals().count(), 0);
    });
}

pub fn global_vlan(seed: &mut Seed<'_>) {
    let mut set = SetGlobalVlan {
        index: seed.value(),
        vid: seed.value(),
        last: seed.maybe(),
        ..SetGlobalVlan::default()
    };
    macro_rules! both {
        ($($field:ident),* $(,)?) => {
            $(set.$field = seed.maybe();)*
            written(&set, |message| {
                let view = Vlans::parse(&message).expect("a br_vlan_msg");
                assert_eq!((view.family, view.index), (BRIDGE, set.index));
                let [vlan] = &view.globals().collect::<Vec<_>>()[..] else {
                    panic!("one entry");
                };
                assert_eq!((vlan.vid, vlan.range), (Some(set.vid), set.last));
                assert_eq!(vlan.malformed.count, 0);
                same!(set, vlan, $($field),*);
                assert_eq!(view.entries().count(), 0);
            });
        };
    }
    both!(
        mcast_snooping,
        mcast_querier,
        igmp_version,
        mld_version,
        last_member_count,
        last_member_interval,
        startup_query_count,
        startup_query_interval,
        membership_interval,
        querier_interval,
        query_interval,
        query_response_interval,
    );
}
