//! The shapes, as plans.

use super::shape::{Asked, Shape};
use crate::fabric::{Master, Place, World};
use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr};

fn asked(shape: Shape, count: usize) -> Asked {
    Asked {
        shape,
        count,
        prefix: "t".into(),
        queues: None,
        spread: false,
    }
}

fn world(shape: Shape, count: usize) -> World {
    asked(shape, count).world().unwrap()
}

fn why(shape: Shape, count: usize) -> String {
    asked(shape, count).world().unwrap_err()
}

fn names(world: &World) -> Vec<String> {
    world
        .namespaces
        .iter()
        .map(|n| n.name.to_string())
        .collect()
}

/// How many links each namespace has.
fn degrees(world: &World) -> Vec<usize> {
    let mut degrees = vec![0; world.namespaces.len()];
    for end in world.links.iter().flat_map(|l| &l.ends) {
        if let Place::In(at) = end.place {
            degrees[at] += 1;
        }
    }
    degrees
}

fn no_address_twice(world: &World) {
    let mut seen = HashSet::new();
    for end in world.links.iter().flat_map(|l| &l.ends) {
        if let Some((address, _)) = end.address {
            assert!(seen.insert(address), "{address}");
        }
    }
}

#[test]
fn words_of_shapes() {
    for (word, shape) in [
        ("bare", Shape::Bare),
        ("lo", Shape::Lo),
        ("pair", Shape::Pair),
        ("star", Shape::Star),
        ("chain", Shape::Chain),
        ("mesh-4", Shape::Mesh(4)),
    ] {
        assert_eq!(Shape::parse(word.as_bytes()), Some(shape));
        assert_eq!(shape.name(), word);
    }
    for word in ["", "mesh", "mesh-", "mesh-0", "mesh-+1", "mesh-x", "Star"] {
        assert_eq!(Shape::parse(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn a_star_counts_its_addresses_from_the_bridges() {
    let w = world(Shape::Star, 300);
    assert_eq!(names(&w)[299], "t299");
    assert_eq!(w.bridges[0].name, "br-t");
    let gateway = IpAddr::V4(Ipv4Addr::new(10, 100, 0, 1));
    assert_eq!(w.bridges[0].addresses, [(gateway, 16)]);
    let inner = |i: usize| w.links[i].ends[1].address;
    assert_eq!(inner(0), Some((Ipv4Addr::new(10, 100, 0, 2).into(), 16)));
    assert_eq!(inner(299), Some((Ipv4Addr::new(10, 100, 1, 45).into(), 16)));
    assert_eq!(w.namespaces[7].routes[0].via, gateway);
    assert_eq!(degrees(&w), [1; 300]);
    no_address_twice(&w);
}

#[test]
fn a_large_star_is_spread_when_asked() {
    assert!(why(Shape::Star, 1024).contains("1023 ports"));
    assert!(asked(Shape::Star, 1024).needs_spread());
    assert!(why(Shape::Star, 65_534).contains("10.100.0.0/16"));
    for count in [1023, 1024, 2044, 2045, 20_000] {
        let w = Asked {
            spread: true,
            ..asked(Shape::Star, count)
        }
        .world()
        .unwrap();
        let mut ports: HashMap<usize, usize> = HashMap::new();
        for end in w.links.iter().flat_map(|l| &l.ends) {
            if let Some(Master::Bridge(at)) = end.master {
                *ports.entry(at).or_default() += 1;
            }
        }
        assert!(ports.values().all(|n| *n <= 1023), "{count}: {ports:?}");
        // The fewest bridges that do: one less could not hold them.
        let leaves = w.bridges.len() - 1;
        assert!(leaves == 0 || 1023 + (leaves - 1) * 1021 < count, "{count}");
        assert_eq!(w.links.len(), count + leaves);
        assert_eq!(degrees(&w), vec![1; count]);
        no_address_twice(&w);
    }
}

#[test]
fn pairs_have_two_namespaces_each() {
    let w = world(Shape::Pair, 3);
    assert_eq!(names(&w), ["t0a", "t0b", "t1a", "t1b", "t2a", "t2b"]);
    assert_eq!(degrees(&w), [1; 6]);
    no_address_twice(&w);
}

/// Follows the routes of a chain from one end to an address.
fn reaches(w: &World, from: usize, to: IpAddr) -> bool {
    let number = |a: IpAddr| match a {
        IpAddr::V4(a) => u32::from(a),
        IpAddr::V6(_) => unreachable!(),
    };
    let within = |a: IpAddr, (net, len): (IpAddr, u8)| {
        let shift = 32 - u32::from(len);
        number(a).checked_shr(shift) == number(net).checked_shr(shift)
    };
    let mut at = from;
    for _ in 0..w.namespaces.len() {
        let mine: Vec<_> = w
            .links
            .iter()
            .flat_map(|l| &l.ends)
            .filter(|e| e.place == Place::In(at))
            .filter_map(|e| e.address)
            .collect();
        if mine.iter().any(|(a, _)| *a == to) {
            return true;
        }
        let direct = mine.iter().any(|net| within(to, *net)).then_some(to);
        let routes = &w.namespaces[at].routes;
        let fits = |r: &&crate::fabric::RoutePlan| r.dst.is_none_or(|net| within(to, net));
        let best = routes
            .iter()
            .filter(fits)
            .max_by_key(|r| r.dst.map(|(_, len)| len));
        let Some(next) = direct.or(best.map(|r| r.via)) else {
            return false;
        };
        let owner = w
            .links
            .iter()
            .flat_map(|l| &l.ends)
            .find(|e| e.address.is_some_and(|(a, _)| a == next));
        match owner.map(|e| e.place) {
            Some(Place::In(there)) => at = there,
            _ => return false,
        }
    }
    false
}

#[test]
fn in_a_chain_every_address_is_reached_from_everywhere() {
    for count in [2, 3, 4, 9, 33] {
        let w = world(Shape::Chain, count);
        no_address_twice(&w);
        for from in 0..count {
            for (to, _) in w
                .links
                .iter()
                .flat_map(|l| &l.ends)
                .filter_map(|e| e.address)
            {
                assert!(reaches(&w, from, to), "{count}: {from} to {to}");
            }
        }
    }
    assert_eq!(world(Shape::Chain, 1).links.len(), 0);
    world(Shape::Chain, 256);
    assert!(why(Shape::Chain, 257).contains("254 routers"));
}

#[test]
fn in_a_mesh_each_has_so_many_links_with_different_others() {
    for (degree, count) in [(1, 2), (2, 3), (3, 4), (3, 10), (4, 9), (7, 8), (6, 7)] {
        let w = world(Shape::Mesh(degree), count);
        assert_eq!(degrees(&w), vec![degree; count], "mesh-{degree} of {count}");
        let mut pairs = HashSet::new();
        for link in &w.links {
            let [a, b] = link.ends.each_ref().map(|e| e.place);
            assert!(a != b && pairs.insert((a.min(b), a.max(b))), "{a:?} {b:?}");
        }
        no_address_twice(&w);
    }
    assert!(why(Shape::Mesh(3), 3).contains("2 others"));
    assert!(why(Shape::Mesh(3), 5).contains("even"));
}
