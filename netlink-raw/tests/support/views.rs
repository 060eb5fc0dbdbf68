//! Every typed view, on any message.

use netlink_raw::decode::{Attr, Attrs, MessageRef};
use netlink_raw::exchange::{NLMSG_ERROR, read_error};
use netlink_raw::route::addr::Address;
use netlink_raw::route::link::view::*;
use netlink_raw::route::link::{Brief, Link};
use netlink_raw::route::neigh::Neighbour;
use netlink_raw::route::netconf::Netconf;
use netlink_raw::route::nsid::Nsid;
use netlink_raw::route::route::{Leg, Metric, Route};
use netlink_raw::route::rule::Rule;
use netlink_raw::route::stats::Stats;
use netlink_raw::route::vlan::{port_tunnels, port_vlans};
use netlink_raw::route::vlan_db::{VlanStats, Vlans};
use netlink_raw::schema::{kinds::VETH_INFO_PEER, link::IFLA_IFNAME, *};
use netlink_raw::wire::NlMsgHdr;

/// Peers of peers that are read, at most.
const DEPTH: u32 = 3;

/// Reads a message with every view, whatever its type is, and what is in it with every view of a part.
/// Returns what the views could not read.
pub fn read_with_all(message: &MessageRef<'_>) -> usize {
    let mut bad = 0;
    for read in [
        link, address, neighbour, route, rule, netconf, nsid, vlans, stats, error,
    ] {
        bad += read(message).unwrap_or(1);
    }
    // Whatever stands in the message may come where a part is expected.
    for attr in Attrs::new(message.body).valid() {
        bad += parts(attr);
    }
    bad
}

/// Reads a message with the view of its type. Returns what could not be read; `None` for a type that
/// has no view here, or a message without its family struct.
pub fn read_by_type(message: &MessageRef<'_>) -> Option<usize> {
    match message.header.kind {
        RTM_NEWLINK..=RTM_SETLINK | RTM_NEWLINKPROP..=RTM_GETLINKPROP => link(message),
        RTM_NEWADDR..=RTM_GETADDR => address(message),
        RTM_NEWROUTE..=RTM_GETROUTE => route(message),
        RTM_NEWNEIGH..=RTM_GETNEIGH => neighbour(message),
        RTM_NEWRULE..=RTM_GETRULE => rule(message),
        RTM_NEWNETCONF..=RTM_GETNETCONF => netconf(message),
        RTM_NEWNSID..=RTM_GETNSID => nsid(message),
        RTM_NEWSTATS..=RTM_GETSTATS => stats(message),
        RTM_NEWVLAN | RTM_DELVLAN => vlans(message),
        NLMSG_ERROR => error(message),
        _ => None,
    }
}

/// An attribute as every part of a link at once.
fn parts(attr: Attr<'_>) -> usize {
    let mut bad = 0;
    for kind in [
        "bridge", "vlan", "macvlan", "vxlan", "geneve", "ipvlan", "vrf", "tun",
    ] {
        bad += data(kind.as_bytes(), attr);
        bad += port(kind.as_bytes(), attr);
    }
    bad + spec(attr, 0) + spec(attr, libc::AF_BRIDGE as u8) + count(Xdp::parse(attr).malformed)
}

fn count(malformed: netlink_raw::decode::Malformed) -> usize {
    assert_eq!(malformed.count == 0, malformed.first.is_none());
    malformed.count as usize
}

/// No more attributes than there are bytes for.
fn bounded(attrs: Attrs<'_>, message: &MessageRef<'_>) {
    assert!(attrs.count() * 4 <= message.body.len());
}

fn rule(message: &MessageRef<'_>) -> Option<usize> {
    let rule = Rule::parse(message).ok()?;
    bounded(rule.attributes(), message);
    Some(count(rule.malformed))
}

fn link(message: &MessageRef<'_>) -> Option<usize> {
    link_to(message, DEPTH)
}

fn link_to(message: &MessageRef<'_>, depth: u32) -> Option<usize> {
    let link = Link::parse(message).ok()?;
    bounded(link.attributes(), message);
    assert!(link.altnames().count() * 4 <= message.body.len());
    let mut bad = count(link.malformed);
    match Brief::parse(message) {
        Ok(brief) => {
            let name = link.attributes().first(IFLA_IFNAME);
            assert_eq!(brief.name, name.ok().flatten().map(|attr| attr.c_str()));
            assert_eq!((brief.index, brief.flags), (link.index, link.flags));
        }
        Err(e) => assert_eq!(link.malformed.first.map(|_| ()), Some(()), "{e}"),
    }
    if let (Some(kind), Some(attr)) = (link.kind, link.data) {
        bad += data(kind, attr);
        let peer = attr.nested().find(VETH_INFO_PEER);
        if let (true, Some(peer), 1..) = (kind == b"veth", peer, depth) {
            let (header, body) = (NlMsgHdr::default(), peer.value);
            bad += link_to(&MessageRef { header, body }, depth - 1).unwrap_or(1);
        }
    }
    if let (Some(kind), Some(attr)) = (link.port_kind, link.port_data) {
        bad += port(kind, attr);
    }
    if let (libc::AF_BRIDGE, Some(attr)) = (i32::from(link.family), link.protinfo) {
        bad += count(BridgePort::parse(attr).malformed);
    }
    if let Some(attr) = link.af_spec {
        bad += spec(attr, link.family);
    }
    if let Some(attr) = link.xdp {
        bad += count(Xdp::parse(attr).malformed);
    }
    Some(bad)
}

fn data(kind: &[u8], attr: Attr<'_>) -> usize {
    let malformed = match kind {
        b"bridge" => {
            let bridge = Bridge::parse(attr);
            if let Some(options) = bridge.bool_options {
                assert_eq!(options.get(32), None);
            }
            let mut bad = bridge.malformed;
            if let Some(querier) = bridge.mcast_querier_state {
                bad.absorb(querier.malformed);
            }
            bad
        }
        b"vlan" => {
            let vlan = Vlan::parse(attr);
            let mappings = vlan.egress().chain(vlan.ingress()).count();
            assert!(mappings * 12 <= 2 * attr.value.len());
            vlan.malformed
        }
        b"macvlan" | b"macvtap" => {
            let macvlan = Macvlan::parse(attr);
            assert!(macvlan.sources().count() * 4 <= attr.value.len());
            macvlan.malformed
        }
        b"vxlan" => Vxlan::parse(attr).malformed,
        b"geneve" => Geneve::parse(attr).malformed,
        b"ipvlan" | b"ipvtap" => Ipvlan::parse(attr).malformed,
        b"vrf" => Vrf::parse(attr).malformed,
        b"tun" => Tun::parse(attr).malformed,
        _ => return 0,
    };
    count(malformed)
}

fn port(kind: &[u8], attr: Attr<'_>) -> usize {
    match kind {
        b"bridge" => count(BridgePort::parse(attr).malformed),
        b"vrf" => count(VrfPort::parse(attr).malformed),
        _ => 0,
    }
}

/// `IFLA_AF_SPEC`, of a bridge or of all families.
fn spec(attr: Attr<'_>, family: u8) -> usize {
    if i32::from(family) != libc::AF_BRIDGE {
        let spec = AfSpec::parse(attr);
        let inet6 = spec.inet6.map(|inet6| inet6.malformed);
        assert_eq!(Inet6::of(attr).map(|inet6| inet6.malformed), inet6);
        let inet = spec.inet.map(|inet| inet.malformed);
        let all = [Some(spec.malformed), inet, inet6];
        return all.into_iter().flatten().map(count).sum();
    }
    let vlans = port_vlans(attr).filter(Result::is_err).count();
    vlans
        + port_tunnels(attr)
            .map(|t| count(t.malformed))
            .sum::<usize>()
}

fn address(message: &MessageRef<'_>) -> Option<usize> {
    let address = Address::parse(message).ok()?;
    bounded(address.attributes(), message);
    assert!(address.own().is_some() || address.peer().is_none());
    Some(count(address.malformed))
}

fn neighbour(message: &MessageRef<'_>) -> Option<usize> {
    let neighbour = Neighbour::parse(message).ok()?;
    bounded(neighbour.attributes(), message);
    Some(count(neighbour.malformed))
}

fn route(message: &MessageRef<'_>) -> Option<usize> {
    let route = Route::parse(message).ok()?;
    bounded(route.attributes(), message);
    if let Some(metrics) = route.metrics {
        let set = Metric::ALL.iter().filter(|m| metrics.get(**m).is_some());
        let locked = Metric::ALL.iter().filter(|m| metrics.is_locked(**m));
        assert!(set.count() * 8 <= message.body.len());
        assert!(locked.count() <= metrics.locks().count_ones() as usize);
    }
    if let Some(via) = route.via {
        assert_eq!(via.ip().is_some(), matches!(via.address.len(), 4 | 16));
    }
    let legs: Vec<Leg<'_>> = route.legs().valid().collect();
    assert!(legs.len() * 8 <= message.body.len());
    assert!(legs.iter().map(|l| l.malformed.count).sum::<u32>() <= route.malformed.count);
    Some(count(route.malformed))
}

fn netconf(message: &MessageRef<'_>) -> Option<usize> {
    Some(count(Netconf::parse(message).ok()?.malformed))
}

fn nsid(message: &MessageRef<'_>) -> Option<usize> {
    let nsid = Nsid::parse(message).ok()?;
    assert!(nsid.assigned().is_none_or(|id| nsid.id == Some(id)));
    Some(count(nsid.malformed))
}

fn vlans(message: &MessageRef<'_>) -> Option<usize> {
    let vlans = Vlans::parse(message).ok()?;
    let mut bad = 0;
    for entry in vlans.entries() {
        bad += count(entry.malformed);
        if let Some(stats) = entry.stats {
            bad += count(VlanStats::parse(stats).malformed);
        }
    }
    for global in vlans.globals() {
        bad += count(global.malformed);
    }
    Some(bad)
}

fn stats(message: &MessageRef<'_>) -> Option<usize> {
    let stats = Stats::parse(message).ok()?;
    let all = [true, false].map(|as_port| stats.bridge_vlans(as_port));
    let all = all.into_iter().flatten().flatten();
    Some(all.filter(Result::is_err).count())
}

fn error(message: &MessageRef<'_>) -> Option<usize> {
    if let Some(refusal) = read_error(*message).ok()? {
        assert_ne!(refusal.errno, 0);
        // Text that is not UTF-8 grows to three bytes for one.
        let text = refusal.message.map_or(0, |text| text.len());
        assert!(text <= 3 * message.body.len());
    }
    Some(0)
}
