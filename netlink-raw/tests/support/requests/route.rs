//! Requests about routes.

use super::super::seed::Seed;
use super::{get, same, written};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::route::*;
use netlink_raw::schema::route::*;
use std::net::IpAddr;

fn gateway(seed: &mut Seed<'_>) -> Option<Gateway> {
    let address = seed.maybe()?;
    Some(match seed.coin() {
        true => Gateway::Same(address),
        false => Gateway::Via(address),
    })
}

fn same_gateway(gateway: Option<Gateway>, same: Option<IpAddr>, via: Option<Via<'_>>) {
    let wanted = match gateway {
        Some(Gateway::Same(ip)) => (Some(ip), None),
        Some(Gateway::Via(ip)) => (None, Some(ip)),
        None => (None, None),
    };
    assert_eq!((same, via.and_then(|v| v.ip())), wanted);
    if let (Some(via), Some(ip)) = (via, wanted.1) {
        let family = match ip {
            IpAddr::V4(_) => libc::AF_INET,
            IpAddr::V6(_) => libc::AF_INET6,
        };
        assert_eq!(i32::from(via.family), family);
    }
}

fn legs(seed: &mut Seed<'_>) -> Vec<NextHop> {
    let leg = |seed: &mut Seed<'_>| NextHop {
        flags: seed.value(),
        hops: seed.value(),
        index: seed.value(),
        gateway: gateway(seed),
        flow: seed.maybe(),
    };
    (0..seed.value::<u8>() % 4).map(|_| leg(seed)).collect()
}

fn metrics<'a>(seed: &mut Seed<'_>, congctl: &'a [u8]) -> Metrics<'a> {
    let mut metrics = Metrics::default();
    for _ in 0..seed.value::<u8>() % 5 {
        let metric = seed.one_of(&Metric::ALL);
        metrics.set(metric, seed.value());
        if seed.coin() {
            metrics.lock(metric);
        }
    }
    if seed.coin() {
        metrics.congctl = Some(congctl);
        metrics.lock_congctl();
    }
    metrics
}

pub fn route(seed: &mut Seed<'_>) {
    let (congctl, legs) = (seed.name(16), legs(seed));
    let spec = RouteSpec {
        family: seed.value(),
        dst: seed.maybe(),
        dst_len: seed.value(),
        src: seed.maybe(),
        src_len: seed.value(),
        tos: seed.value(),
        table: seed.value(),
        protocol: seed.value(),
        scope: seed.value(),
        kind: seed.value(),
        flags: seed.value(),
        oif: seed.maybe(),
        gateway: gateway(seed),
        priority: seed.maybe(),
        prefsrc: seed.maybe(),
        metrics: metrics(seed, &congctl),
        nexthops: &legs,
        flow: seed.maybe(),
        pref: seed.maybe(),
        expires: seed.maybe(),
        nh_id: seed.maybe(),
        ttl_propagate: seed.maybe(),
    };
    let route = spec.clone();
    let new = match seed.value::<u8>() % 5 {
        0 => NewRoute::add(route),
        1 => NewRoute::replace(route),
        2 => NewRoute::change(route),
        3 => NewRoute::append(route),
        _ => NewRoute::prepend(route),
    };
    written(&new, |message| {
        same_route(&spec, &message);
        // What was seen can be deleted, the state of its link excepted.
        let seen = DelSeen::of(&message).expect("an rtmsg");
        let spec = RouteSpec {
            flags: spec.flags & !(RTNH_F_DEAD | RTNH_F_LINKDOWN),
            ..spec.clone()
        };
        written(&seen, |message| same_route(&spec, &message));
    });
    let route = spec.clone();
    written(&DelRoute { route }, |message| same_route(&spec, &message));
}

fn same_route(spec: &RouteSpec<'_>, message: &MessageRef<'_>) {
    let view = Route::parse(message).expect("an rtmsg");
    assert_eq!(view.malformed.count, 0);
    same!(
        spec,
        view,
        family,
        dst,
        dst_len,
        src,
        src_len,
        tos,
        table,
        protocol,
        scope,
        kind,
        flags,
        oif,
        priority,
        prefsrc,
        flow,
        pref,
        expires,
        nh_id,
        ttl_propagate,
    );
    same_gateway(spec.gateway, view.gateway, view.via);
    assert_eq!(view.metrics.unwrap_or_default(), spec.metrics);
    let mut legs = view.legs();
    for wanted in spec.nexthops {
        let leg = legs.next().expect("as many as were written");
        let leg = leg.expect("whole");
        same!(wanted, leg, flags, hops, index, flow);
        same_gateway(wanted.gateway, leg.gateway, leg.via);
    }
    assert!(legs.next().is_none());
}

pub fn get_routes(seed: &mut Seed<'_>) {
    let one = GetRoute {
        family: seed.value(),
        dst: seed.maybe(),
        dst_len: seed.value(),
        src: seed.maybe(),
        src_len: seed.value(),
        tos: seed.value(),
        flags: seed.value(),
        iif: seed.maybe(),
        oif: seed.maybe(),
        mark: seed.maybe(),
        uid: seed.maybe(),
        ip_proto: seed.maybe(),
        sport: seed.maybe(),
        dport: seed.maybe(),
    };
    written(&one, |message| {
        let view = Route::parse(&message).expect("an rtmsg");
        same!(
            one, view, family, dst, dst_len, src, src_len, tos, flags, iif, oif, mark, uid,
        );
        let attrs = view.attributes();
        assert_eq!(get(&attrs, RTA_IP_PROTO), one.ip_proto);
        let port = |number| get(&attrs, number).map(u16::from_be_bytes);
        assert_eq!((port(RTA_SPORT), port(RTA_DPORT)), (one.sport, one.dport));
    });
    let all = GetRoutes {
        family: seed.value(),
        flags: seed.value(),
        table: seed.maybe(),
        protocol: seed.value(),
        kind: seed.value(),
        oif: seed.maybe(),
    };
    written(&all, |message| {
        let view = Route::parse(&message).expect("an rtmsg");
        same!(all, view, family, flags, protocol, kind, oif);
        assert_eq!(view.table, all.table.unwrap_or(0));
    });
}
