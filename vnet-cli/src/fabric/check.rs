//! What can be known to be wrong before anything is made.

use super::error::Error;
use super::world::{End, Master, Place, World};
use std::collections::HashSet;

/// How many ports the kernel gives a bridge (`BR_MAX_PORTS`, less the 0 that is none).
pub const PORTS: usize = 1023;

/// The longest name of a link, in bytes (`IFNAMSIZ`, less the NUL).
const IFNAME: usize = libc::IFNAMSIZ - 1;

/// Looks for what the kernel would refuse half-way.
pub(super) fn check(world: &World) -> Result<(), Error> {
    let mut names = HashSet::with_capacity(world.namespaces.len());
    for namespace in &world.namespaces {
        if !names.insert(&namespace.name) {
            return Err(twice(&namespace.name.to_string()));
        }
    }
    let mut links = HashSet::with_capacity(world.bridges.len() + 2 * world.links.len());
    let mut ports = vec![0; world.bridges.len()];
    for bridge in &world.bridges {
        link_name(&bridge.name)?;
        if !links.insert((Place::Here, bridge.name.as_str())) {
            return Err(twice(&bridge.name));
        }
    }
    for link in &world.links {
        if link.ends[0].place != Place::Here && link.ends[1].place == Place::Here {
            return Err(Error::BadPlan(
                "an end in the caller's namespace stands first",
            ));
        }
        for end in &link.ends {
            check_end(end, world, &mut ports)?;
            if !links.insert((end.place, end.name.as_str())) {
                return Err(twice(&end.name));
            }
        }
    }
    match world.bridges.iter().zip(ports).find(|(_, n)| *n > PORTS) {
        Some((bridge, ports)) => Err(Error::TooManyPorts {
            bridge: bridge.name.clone(),
            ports,
        }),
        None => Ok(()),
    }
}

fn check_end(end: &End, world: &World, ports: &mut [usize]) -> Result<(), Error> {
    link_name(&end.name)?;
    if let Place::In(index) = end.place {
        if index >= world.namespaces.len() {
            return Err(Error::BadPlan("an end is in a namespace that is not there"));
        }
        if end.master.is_some() {
            return Err(Error::BadPlan("a port and its bridge are in one namespace"));
        }
    } else if end.address.is_some() {
        return Err(Error::BadPlan(
            "in the caller's namespace the bridges have the addresses",
        ));
    }
    if let Some(Master::Bridge(index)) = end.master {
        match ports.get_mut(index) {
            Some(count) => *count += 1,
            None => return Err(Error::BadPlan("a port is of a bridge that is not there")),
        }
    }
    Ok(())
}

fn twice(name: &str) -> Error {
    Error::BadName {
        name: name.to_owned(),
        why: "would be there twice",
    }
}

/// `dev_valid_name` of the kernel.
fn link_name(name: &str) -> Result<(), Error> {
    let bad = |why| {
        Err(Error::BadName {
            name: name.to_owned(),
            why,
        })
    };
    if name.len() > IFNAME {
        return bad("is too long for a link: 15 bytes are the most");
    }
    let odd = |b: u8| b == b'/' || b == b':' || b == 0 || b.is_ascii_whitespace() || b == 0x0b;
    if name.is_empty() || name == "." || name == ".." || name.bytes().any(odd) {
        return bad("is no name for a link");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::{BridgePlan, NamespacePlan, VethPlan};

    fn world(ports: usize) -> World {
        let mut world = World::default();
        world.bridges.push(BridgePlan {
            name: "b".into(),
            addresses: Vec::new(),
        });
        for i in 0..ports {
            world.namespaces.push(NamespacePlan {
                name: format!("n{i}").parse().unwrap(),
                loopback: false,
                sysctls: (&[]).into(),
                routes: Vec::new(),
            });
            let port = End::new(Place::Here, format!("p{i}")).port_of(Master::Bridge(0));
            world.links.push(VethPlan {
                ends: [port, End::new(Place::In(i), "eth0")],
                queues: None,
            });
        }
        world
    }

    fn why(world: &World) -> String {
        check(world).unwrap_err().to_string()
    }

    #[test]
    fn a_bridge_has_1023_ports() {
        check(&world(1023)).unwrap();
        let text = why(&world(1024));
        assert_eq!(
            text,
            "the bridge 'b' would have 1024 ports; the kernel gives it 1023"
        );
    }

    #[test]
    fn names_are_links_names_and_not_there_twice() {
        let mut w = world(2);
        w.links[1].ends[0].name = "p0".into();
        assert_eq!(why(&w), "'p0' would be there twice");
        w.links[1].ends[0].name = "b".into();
        assert_eq!(why(&w), "'b' would be there twice");
        for bad in ["", "a b", "a/b", "a:b", "..", "sixteen-bytes-lo"] {
            w.links[1].ends[0].name = bad.into();
            assert!(why(&w).starts_with(&format!("'{bad}' is ")), "{bad}");
        }
        let mut w = world(2);
        w.namespaces[1].name = "n0".parse().unwrap();
        assert_eq!(why(&w), "'n0' would be there twice");
        // Names inside different namespaces do not meet.
        check(&world(2)).unwrap();
    }

    #[test]
    fn a_plan_that_points_nowhere() {
        let mut w = world(1);
        w.links[0].ends[1].place = Place::In(1);
        assert!(matches!(check(&w), Err(Error::BadPlan(_))));
        let mut w = world(1);
        w.links[0].ends[0].master = Some(Master::Bridge(1));
        assert!(matches!(check(&w), Err(Error::BadPlan(_))));
        let mut w = world(1);
        w.links[0].ends.swap(0, 1);
        assert!(matches!(check(&w), Err(Error::BadPlan(_))));
    }
}
