//! Requests about addresses, ids of namespaces, and counters.

use super::super::seed::Seed;
use super::{get, same, written};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::addr::*;
use netlink_raw::route::nsid::{GetNsid, Netns, NewNsid, Nsid, Which};
use netlink_raw::route::stats::GetStats;
use netlink_raw::schema::nsid::*;
use netlink_raw::wire::{IfStatsMsg, RtGenMsg};
use std::os::fd::{AsFd, AsRawFd};

pub fn address(seed: &mut Seed<'_>) {
    let label = seed.name(15);
    let request = AddressRequest {
        nlm_flags: seed.value::<u16>() & 0xf00,
        family: seed.value(),
        prefixlen: seed.value(),
        flags: seed.value(),
        scope: seed.value(),
        index: seed.value(),
        local: seed.maybe(),
        address: seed.maybe(),
        label: seed.coin().then_some(&label),
        broadcast: seed.maybe(),
        anycast: seed.maybe(),
        lifetimes: seed.coin().then(|| Lifetimes {
            preferred: seed.value(),
            valid: seed.value(),
        }),
        priority: seed.maybe(),
        proto: seed.maybe(),
        target_netnsid: seed.maybe(),
    };
    let check = |message: MessageRef<'_>| {
        let view = Address::parse(&message).expect("an ifaddrmsg");
        assert_eq!(view.malformed.count, 0);
        same!(
            request,
            view,
            family,
            prefixlen,
            flags,
            scope,
            index,
            local,
            address,
            label,
            broadcast,
            anycast,
            priority,
            proto,
            target_netnsid,
        );
        let lives = view.cacheinfo.map(|c| (c.preferred, c.valid));
        assert_eq!(request.lifetimes.map(|l| (l.preferred, l.valid)), lives);
    };
    written(&request, check);
    written(&DelAddress(request.clone()), check);
}

pub fn get_addresses(seed: &mut Seed<'_>) {
    let request = GetAddresses {
        family: seed.value(),
        index: seed.value(),
        target_netnsid: seed.maybe(),
    };
    written(&request, |message| {
        let view = Address::parse(&message).expect("an ifaddrmsg");
        same!(request, view, family, index, target_netnsid);
    });
}

pub fn nsid(seed: &mut Seed<'_>) {
    let stdin = std::io::stdin();
    let (pid, fd) = (Netns::Pid(seed.value()), Netns::Fd(stdin.as_fd()));
    let new = NewNsid {
        netns: if seed.coin() { pid } else { fd },
        nsid: seed.maybe::<u16>().map(i32::from),
    };
    written(&new, |message| {
        let view = Nsid::parse(&message).expect("an rtgenmsg");
        assert_eq!((view.assigned(), view.current), (new.nsid, None));
        same_netns(&new.netns, &message);
    });
    let id: i32 = seed.value();
    let ask = GetNsid {
        which: seed.one_of(&[None, Some(Which::Netns(pid)), Some(Which::Id(id))]),
        target: seed.maybe(),
    };
    written(&ask, |message| {
        let (_, attrs) = message.split::<RtGenMsg>().expect("an rtgenmsg");
        assert_eq!(get(&attrs, NETNSA_TARGET_NSID), ask.target);
        let view = Nsid::parse(&message).expect("an rtgenmsg");
        match &ask.which {
            Some(Which::Netns(netns)) => same_netns(netns, &message),
            Some(Which::Id(id)) => assert_eq!(view.id, Some(*id)),
            None => assert_eq!(view.id, None),
        }
    });
}

fn same_netns(netns: &Netns<'_>, message: &MessageRef<'_>) {
    let (_, attrs) = message.split::<RtGenMsg>().expect("an rtgenmsg");
    match netns {
        Netns::Pid(pid) => assert_eq!(get(&attrs, NETNSA_PID), Some(*pid)),
        Netns::Fd(fd) => assert_eq!(get(&attrs, NETNSA_FD), Some(fd.as_raw_fd())),
    }
}

pub fn stats(seed: &mut Seed<'_>) {
    let ask = GetStats {
        index: seed.value(),
        filter: seed.value(),
    };
    written(&ask, |message| {
        let (head, attrs) = message.split::<IfStatsMsg>().expect("an if_stats_msg");
        assert_eq!((head.index, head.filter_mask), (ask.index, ask.filter));
        assert_eq!(attrs.count(), 0);
    });
}
