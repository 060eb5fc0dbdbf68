//! The inside of a namespace as one datagram: lo, its ends of links, addresses, routes.

use super::world::{NamespacePlan, Place, World};
use netlink_raw::encode::{AttrWriter, Message};
use netlink_raw::route::addr::AddressRequest;
use netlink_raw::route::link::LinkRequest;
use netlink_raw::route::route::{
    Gateway, NewRoute, RT_TABLE_MAIN, RTN_UNICAST, RTPROT_BOOT, RouteSpec,
};
use std::net::IpAddr;

/// Index of lo in every network namespace (`LOOPBACK_IFINDEX`).
const LOOPBACK: i32 = 1;
/// `IFF_UP`.
pub(super) const UP: u32 = libc::IFF_UP as u32;

/// One change of a namespace's inside.
#[derive(Debug)]
pub(super) enum Change {
    Link(LinkRequest<'static>),
    Address(AddressRequest<'static>),
    Route(NewRoute<'static>),
}

impl Change {
    /// What it is about, for an error.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Link(_) => "a link",
            Self::Address(_) => "an address",
            Self::Route(_) => "a route",
        }
    }

    fn message(&self) -> &dyn Message {
        match self {
            Self::Link(m) => m,
            Self::Address(m) => m,
            Self::Route(m) => m,
        }
    }
}

impl Message for Change {
    fn kind(&self) -> u16 {
        self.message().kind()
    }
    fn flags(&self) -> u16 {
        self.message().flags()
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.message().encode(body);
    }
}

/// Which ends are inside which namespace, and the indices that they get there.
#[derive(Debug)]
pub(super) struct Inside {
    /// Where the ends of each namespace begin in `ends`; one more than there are namespaces.
    begins: Vec<u32>,
    ends: Vec<EndAt>,
}

/// An end of a link, and its index.
#[derive(Clone, Copy, Debug, Default)]
struct EndAt {
    link: u32,
    end: u8,
    index: i32,
    /// Whether the request says so; else the kernel will.
    given: bool,
}

impl Inside {
    /// The inside of each namespace. `next` is the index that the kernel gives to the first link in one of them, and
    /// from `free` on no index is in use in the caller's, nor in them.
    ///
    /// A link between two namespaces gets its indices from here, and two that differ: to the kernel a veth whose ends
    /// have one and the same index looks like no veth, and carrier on it may wait for a second
    /// (`linkwatch_urgent_event`). They have to be free in the caller's namespace, too, where the kernel looks for them
    /// first; and the second end's is heeded only with the first's (`veth_newlink`).
    pub(super) fn of(world: &World, next: i32, free: i32) -> Self {
        let inside = |place| match place {
            Place::In(at) => Some(at),
            Place::Here => None,
        };
        let mut begins = vec![0_u32; world.namespaces.len() + 1];
        let places = |link: &super::VethPlan| link.ends.each_ref().map(|end| inside(end.place));
        for at in world.links.iter().flat_map(places).flatten() {
            begins[at + 1] += 1;
        }
        for i in 1..begins.len() {
            begins[i] += begins[i - 1];
        }
        let mut filled = begins.clone();
        let all = begins.last().copied().unwrap_or(0);
        let mut ends = vec![EndAt::default(); all as usize];
        // In each namespace: the index that the kernel gives next, and the next of ours.
        let mut nexts = vec![(next, free); world.namespaces.len()];
        for (link, plan) in (0..).zip(&world.links) {
            let places = places(plan);
            let given = places.iter().all(Option::is_some);
            let mut other = None;
            for (end, at) in (0..).zip(places) {
                let Some(at) = at else { continue };
                let (kernels, ours) = &mut nexts[at];
                let from = if given { ours } else { kernels };
                let index = if Some(*from) == other {
                    *from + 1
                } else {
                    *from
                };
                *from = index + 1;
                other = Some(index);
                ends[filled[at] as usize] = EndAt {
                    link,
                    end,
                    index,
                    given,
                };
                filled[at] += 1;
            }
        }
        Self { begins, ends }
    }

    fn ends(&self, namespace: usize) -> &[EndAt] {
        let range = self.begins[namespace] as usize..self.begins[namespace + 1] as usize;
        &self.ends[range]
    }

    /// Whether there is anything to change inside.
    pub(super) fn is_idle(&self, plan: &NamespacePlan, namespace: usize) -> bool {
        !plan.loopback && plan.routes.is_empty() && self.ends(namespace).is_empty()
    }

    /// The index that a request is to ask for at this end of a link; 0 leaves it to the kernel.
    pub(super) fn index(&self, link: usize, end: u8, namespace: usize) -> i32 {
        let ends = self.ends(namespace);
        let found = ends
            .iter()
            .find(|e| e.link as usize == link && e.end == end);
        found.filter(|e| e.given).map_or(0, |e| e.index)
    }

    /// The changes, in order.
    pub(super) fn changes(&self, world: &World, namespace: usize, changes: &mut Vec<Change>) {
        changes.clear();
        let plan = &world.namespaces[namespace];
        if plan.loopback {
            changes.push(Change::Link(up(LOOPBACK)));
        }
        for &EndAt {
            link, end, index, ..
        } in self.ends(namespace)
        {
            // What stands first in a request is made up.
            if end == 1 {
                changes.push(Change::Link(up(index)));
            }
            if let Some((local, prefix)) = world.links[link as usize].ends[usize::from(end)].address
            {
                changes.push(Change::Address(address(index, local, prefix)));
            }
        }
        changes.extend(plan.routes.iter().map(|r| Change::Route(route(r))));
    }
}

fn up(index: i32) -> LinkRequest<'static> {
    LinkRequest {
        flags: UP,
        change: UP,
        ..LinkRequest::change(index)
    }
}

pub(super) fn address(index: i32, local: IpAddr, prefix: u8) -> AddressRequest<'static> {
    AddressRequest::create(index.unsigned_abs(), local, prefix)
}

fn route(plan: &super::RoutePlan) -> NewRoute<'static> {
    let (dst, dst_len) = plan.dst.unzip();
    NewRoute::add(RouteSpec {
        family: match plan.via {
            IpAddr::V4(_) => libc::AF_INET,
            IpAddr::V6(_) => libc::AF_INET6,
        } as u8,
        dst,
        dst_len: dst_len.unwrap_or(0),
        table: RT_TABLE_MAIN,
        protocol: RTPROT_BOOT,
        kind: RTN_UNICAST,
        gateway: Some(Gateway::Same(plan.via)),
        ..RouteSpec::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::{End, VethPlan};

    fn link(a: usize, b: usize) -> VethPlan {
        VethPlan {
            ends: [a, b].map(|at| End::new(Place::In(at), "eth")),
            queues: None,
        }
    }

    fn indices(inside: &Inside, namespace: usize) -> Vec<(u32, u8, i32)> {
        let ends = inside.ends(namespace).iter();
        ends.map(|e| (e.link, e.end, e.index)).collect()
    }

    #[test]
    fn the_ends_of_a_link_have_different_indices() {
        let plan = |i: usize| NamespacePlan {
            name: format!("n{i}").parse().unwrap(),
            loopback: true,
            sysctls: (&[]).into(),
            routes: Vec::new(),
        };
        let outer = VethPlan {
            ends: [End::new(Place::Here, "x"), End::new(Place::In(2), "y")],
            queues: None,
        };
        let world = World {
            namespaces: (0..4).map(plan).collect(),
            bridges: Vec::new(),
            links: vec![link(0, 1), link(1, 2), outer, link(2, 0), link(0, 2)],
        };
        let inside = Inside::of(&world, 2, 40);
        assert_eq!(indices(&inside, 0), [(0, 0, 40), (3, 1, 42), (4, 0, 43)]);
        assert_eq!(indices(&inside, 1), [(0, 1, 41), (1, 0, 42)]);
        // What has an end outside gets the kernel's.
        let third = [(1, 1, 40), (2, 1, 2), (3, 0, 41), (4, 1, 42)];
        assert_eq!(indices(&inside, 2), third);
        assert_eq!(inside.index(4, 1, 2), 42);
        assert_eq!(inside.index(2, 1, 2), 0);
        assert!(!inside.is_idle(&world.namespaces[3], 3));
    }
}
