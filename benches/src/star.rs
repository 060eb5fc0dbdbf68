//! A star by the engine: a bridge, and namespaces that are each wired to a port of it, addressed and routed.

use crate::{Comparison, Result, Work, world};
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::{Connection, Socket};
use nsenter::Store;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};
use vnet::fabric::{
    BridgePlan, End, Fabric, Master, NamespacePlan, Owner, Place, Quiet, RoutePlan, Settings,
    VethPlan, World,
};

/// The bridge's address, of a /16.
pub const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 100, 0, 1);

/// That of a namespace.
#[must_use]
pub fn address(i: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(GATEWAY) + 1 + i)
}

/// How many namespaces: `VNET_STAR`, or 500.
///
/// # Errors
/// When that is no number from 1 to the 1,023 ports of a bridge.
pub fn count() -> Result<u32> {
    let count = std::env::var("VNET_STAR").map_or(Ok(500), |n| n.parse())?;
    if (1..=1023).contains(&count) {
        Ok(count)
    } else {
        Err("VNET_STAR: a bridge has 1 to 1023 ports".into())
    }
}

/// Index of the first link that comes to be in a fresh namespace: 2, where no module adds links of its own.
///
/// # Errors
/// What the kernel refuses.
pub fn first_index() -> Result<u32> {
    let (_ns, mut conn) = world::namespace()?;
    let links = conn.collect(&GetLink::all())?;
    let index = |m| Link::parse(&m).map_or(0, |l| l.index.unsigned_abs());
    Ok(links.messages().map(index).max().unwrap_or(0) + 1)
}

/// The engine's star.
#[derive(Debug)]
pub struct Engine {
    world: World,
    settings: Settings,
}

impl Engine {
    /// With two workers; queues of the kernel's number, or that many.
    ///
    /// # Errors
    /// A name that can't be.
    pub fn new(count: u32, queues: Option<u32>, ipv6: bool) -> Result<Self> {
        let gateway = IpAddr::V4(GATEWAY);
        let namespace = |i: u32| -> Result<NamespacePlan> {
            Ok(NamespacePlan {
                name: format!("e{i}").parse()?,
                loopback: true,
                sysctls: (&[]).into(),
                routes: vec![RoutePlan {
                    dst: None,
                    via: gateway,
                }],
            })
        };
        let link = |i: u32| VethPlan {
            ends: [
                End::new(Place::Here, format!("e{i}")).port_of(Master::Bridge(0)),
                End::new(Place::In(i as usize), "eth0").address(address(i), 16),
            ],
            queues,
        };
        Ok(Self {
            world: World {
                namespaces: (0..count).map(namespace).collect::<Result<_>>()?,
                bridges: vec![BridgePlan {
                    name: "brE".into(),
                    addresses: vec![(gateway, 16)],
                }],
                links: (0..count).map(link).collect(),
            },
            settings: Settings {
                workers: 2,
                ipv6,
                group: 0,
                open: count as usize,
                links: Settings::LINKS,
            },
        })
    }

    /// Makes it and removes it: how long either took.
    ///
    /// # Errors
    /// What the engine says.
    pub fn round(&self) -> Result<Times> {
        let mut conn: Connection<Socket> = Connection::route()?;
        let owner = Owner::claim(&Store::new(), &mut conn)?;
        let settings = Settings {
            group: owner.group(0),
            ..self.settings
        };
        let mut fabric = Fabric::new(&self.world, &owner, settings, &Quiet)?;
        let start = Instant::now();
        fabric.raise()?;
        let up = start.elapsed();
        let start = Instant::now();
        fabric.sweep()?;
        let down = start.elapsed();
        drop(fabric);
        owner.release();
        Ok(Times { up, down })
    }
}

/// How long a star took to make and to remove.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// From the first request to the last answer.
    pub up: Duration,
    /// Until no link and no name is left; the kernel frees the namespaces later.
    pub down: Duration,
}

/// One way of making a star and removing it again.
pub struct Way {
    /// Its row in the tables.
    pub name: &'static str,
    /// Its namespaces.
    pub count: u32,
    /// Does both.
    pub round: Box<dyn Fn() -> Result<Times>>,
}

impl Way {
    /// A way.
    #[must_use]
    pub fn new(
        name: &'static str,
        count: u32,
        round: impl Fn() -> Result<Times> + 'static,
    ) -> Self {
        Self {
            name,
            count,
            round: Box::new(round),
        }
    }
}

/// The tables of all ways, up and down.
pub struct Tables {
    /// Up.
    pub up: Comparison,
    /// Down.
    pub down: Comparison,
}

impl Tables {
    /// Empty ones.
    #[must_use]
    pub fn new(title: &str) -> Self {
        let table = |what| Comparison::new(&format!("{title}, {what}"), "namespace");
        Self {
            up: table("up"),
            down: table("down"),
        }
    }

    /// Runs all ways in turn, each once, and notes their times; the kernel cleans up before each. Returns the first's.
    ///
    /// # Errors
    /// The first failure.
    pub fn round(&self, ways: &[Way]) -> Result<Duration> {
        let mut first = None;
        for way in ways {
            world::settle();
            let Times { up, down } = (way.round)().map_err(|e| format!("{}: {e}", way.name))?;
            let work = Work::items(way.count.into());
            self.up.note(way.name, work, 1, up);
            self.down.note(way.name, work, 1, down);
            first.get_or_insert(up + down);
        }
        Ok(first.unwrap_or_default())
    }
}
