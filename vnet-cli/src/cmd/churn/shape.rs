//! The shapes of `vnet churn`, as worlds.

use crate::fabric::{
    BridgePlan, End, Master, NamespacePlan, PORTS, Place, RoutePlan, VethPlan, World,
};
use nsenter::NsName;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

/// The first address that anything gets.
const BASE: u32 = u32::from_be_bytes([10, 100, 0, 0]);
/// The bridge's own address.
const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 100, 0, 1);
/// How many addresses follow it in 10.0.0.0/8.
const ROOM: usize = (u32::from_be_bytes([10, 255, 255, 255]) - BASE) as usize;
/// Length of the prefix of a link between two namespaces, in bits, and the addresses it takes.
const CABLE: (u8, usize) = (30, 4);
/// Hosts of 10.100.0.0/16 beside the bridge: less the network, the bridge and the broadcast.
const HOSTS: usize = (1 << 16) - 3;
/// A packet's time to live is 255 at most, and each router between the ends takes one.
const CHAIN: usize = 256;

/// What each namespace of a chain needs to hand packets on, however long the chain.
const ROUTER: &[(&str, &str)] = &[
    ("net/ipv4/ip_forward", "1"),
    ("net/ipv4/ip_default_ttl", "255"),
];

/// What the world looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Namespaces alone.
    Bare,
    /// lo is up.
    Lo,
    /// Pairs of namespaces, joined by a link.
    Pair,
    /// Namespaces around a bridge.
    Star,
    /// Namespaces in a row.
    Chain,
    /// Each namespace linked with so many others.
    Mesh(usize),
}

impl Shape {
    /// As the words say it: `star`, `mesh-4`.
    pub(super) fn parse(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"bare" => Self::Bare,
            b"lo" => Self::Lo,
            b"pair" => Self::Pair,
            b"star" => Self::Star,
            b"chain" => Self::Chain,
            _ => {
                let degree = word.strip_prefix(b"mesh-")?;
                let degree = std::str::from_utf8(degree).ok()?;
                let digits = degree.bytes().all(|b| b.is_ascii_digit());
                Self::Mesh(degree.parse().ok().filter(|k| digits && *k > 0)?)
            }
        })
    }

    /// The same word again.
    pub(super) fn name(self) -> String {
        match self {
            Self::Bare => "bare".into(),
            Self::Lo => "lo".into(),
            Self::Pair => "pair".into(),
            Self::Star => "star".into(),
            Self::Chain => "chain".into(),
            Self::Mesh(degree) => format!("mesh-{degree}"),
        }
    }
}

/// What the world is to be.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) shape: Shape,
    pub(super) count: usize,
    pub(super) prefix: String,
    pub(super) queues: Option<u32>,
    /// Whether a star may have several bridges.
    pub(super) spread: bool,
}

impl Asked {
    /// The world, or why there can't be such a one.
    pub(super) fn world(&self) -> Result<World, String> {
        match self.shape {
            Shape::Bare => self.apart(false),
            Shape::Lo => self.apart(true),
            Shape::Pair => self.pairs(),
            Shape::Star => self.star(),
            Shape::Chain => self.chain(),
            Shape::Mesh(degree) => self.mesh(degree),
        }
    }

    fn namespace(&self, name: String, loopback: bool) -> Result<NamespacePlan, String> {
        let parsed: Result<NsName, _> = name.parse();
        Ok(NamespacePlan {
            name: parsed.map_err(|e| format!("'{name}': {e}"))?,
            loopback,
            sysctls: Cow::Borrowed(&[]),
            routes: Vec::new(),
        })
    }

    fn numbered(&self, loopback: bool) -> Result<Vec<NamespacePlan>, String> {
        (0..self.count)
            .map(|i| self.namespace(format!("{}{i}", self.prefix), loopback))
            .collect()
    }

    /// Namespaces to one of the number.
    pub(super) fn unit(&self) -> usize {
        match self.shape {
            Shape::Pair => 2,
            _ => 1,
        }
    }

    /// What has to be there before [`some`](Self::some) of it can come and go: the bridge of a star of so many.
    pub(super) fn hub(&self, most: usize) -> Result<World, String> {
        match self.shape {
            Shape::Bare | Shape::Lo | Shape::Pair => Ok(World::default()),
            Shape::Star if most <= PORTS => Ok(World {
                bridges: vec![self.root()],
                ..World::default()
            }),
            Shape::Star => Err(format!("a bridge takes {PORTS} ports")),
            Shape::Chain | Shape::Mesh(_) => Err("each depends on its neighbours".into()),
        }
    }

    /// So many of it, from this number on, around a bridge that is there.
    pub(super) fn some(
        &self,
        first: usize,
        count: usize,
        bridge: Option<u32>,
    ) -> Result<World, String> {
        let mut world = World::default();
        for i in first..first + count {
            match self.shape {
                Shape::Pair => self.pair(i, &mut world)?,
                _ => {
                    let name = format!("{}{i}", self.prefix);
                    let loopback = self.shape != Shape::Bare;
                    world.namespaces.push(self.namespace(name, loopback)?);
                }
            }
            if let Some(index) = bridge {
                self.ray(i, i % HOSTS, Master::Index(index), &mut world);
            }
        }
        Ok(world)
    }

    fn apart(&self, loopback: bool) -> Result<World, String> {
        Ok(World {
            namespaces: self.numbered(loopback)?,
            ..World::default()
        })
    }

    /// The link of this number between two namespaces, with an address of its own for each end.
    fn cable(&self, number: usize, ends: [(usize, String); 2]) -> VethPlan {
        let mut host = 0;
        VethPlan {
            ends: ends.map(|(namespace, name)| {
                host += 1;
                let address = cable_address(number, host);
                End::new(Place::In(namespace), name).address(address, CABLE.0)
            }),
            queues: self.queues,
        }
    }

    fn pairs(&self) -> Result<World, String> {
        enough_addresses(self.count)?;
        let mut world = World::default();
        (0..self.count).try_for_each(|i| self.pair(i, &mut world))?;
        Ok(world)
    }

    fn pair(&self, i: usize, world: &mut World) -> Result<(), String> {
        let first = world.namespaces.len();
        for side in ["a", "b"] {
            let name = format!("{}{i}{side}", self.prefix);
            world.namespaces.push(self.namespace(name, true)?);
        }
        let ends = [first, first + 1].map(|at| (at, "eth0".to_owned()));
        world.links.push(self.cable(i % (ROOM / CABLE.1), ends));
        Ok(())
    }

    /// The bridge of a star.
    fn root(&self) -> BridgePlan {
        BridgePlan {
            name: format!("br-{}", self.prefix),
            addresses: vec![(IpAddr::V4(GATEWAY), 16)],
        }
    }

    /// The link of the last namespace, whose number is `i`, to a bridge, and its route.
    fn ray(&self, i: usize, host: usize, bridge: Master, world: &mut World) {
        let Some(at) = world.namespaces.len().checked_sub(1) else {
            return;
        };
        let outer = End::new(Place::Here, format!("{}{i}", self.prefix));
        let inner = End::new(Place::In(at), "eth0");
        world.links.push(VethPlan {
            ends: [outer.port_of(bridge), inner.address(address(host + 2), 16)],
            queues: self.queues,
        });
        world.namespaces[at].routes.push(RoutePlan {
            dst: None,
            via: IpAddr::V4(GATEWAY),
        });
    }

    fn star(&self) -> Result<World, String> {
        if self.count > HOSTS {
            return Err(format!("10.100.0.0/16 has {HOSTS} addresses for a star"));
        }
        let leaves = self.leaves()?;
        let mut world = World::default();
        world.bridges.push(self.root());
        for leaf in 1..=leaves {
            world.bridges.push(BridgePlan {
                name: format!("br-{}.{leaf}", self.prefix),
                addresses: Vec::new(),
            });
        }
        for leaf in 1..=leaves {
            let end = |side, bridge| {
                End::new(Place::Here, format!("{}.{side}{leaf}", self.prefix))
                    .port_of(Master::Bridge(bridge))
            };
            world.links.push(VethPlan {
                ends: [end("u", leaf), end("d", 0)],
                queues: self.queues,
            });
        }
        let mut free = vec![PORTS - 1; leaves + 1];
        free[0] = PORTS - leaves;
        let mut bridge = 0;
        for i in 0..self.count {
            while free[bridge] == 0 {
                bridge = (bridge + 1) % free.len();
            }
            free[bridge] -= 1;
            let name = format!("{}{i}", self.prefix);
            world.namespaces.push(self.namespace(name, true)?);
            self.ray(i, i, Master::Bridge(bridge), &mut world);
            bridge = (bridge + 1) % free.len();
        }
        Ok(world)
    }

    /// Whether `--spread` would make it possible.
    pub(super) fn needs_spread(&self) -> bool {
        self.shape == Shape::Star && !self.spread && (PORTS + 1..=HOSTS).contains(&self.count)
    }

    /// How many bridges a star needs beside the first. Each is joined to that by a port on either.
    fn leaves(&self) -> Result<usize, String> {
        let over = self.count.saturating_sub(PORTS);
        let leaves = over.div_ceil(PORTS - 2);
        match leaves {
            0 => Ok(0),
            _ if !self.spread => Err(format!(
                "a bridge takes {PORTS} ports, and a star of {} needs as many",
                self.count
            )),
            n => Ok(n),
        }
    }

    fn chain(&self) -> Result<World, String> {
        if self.count > CHAIN {
            return Err(format!(
                "the ends of a chain of {} can't reach one another: an IPv4 packet passes 254 routers, so {CHAIN} \
                 namespaces are the most",
                self.count
            ));
        }
        let mut world = World {
            namespaces: self.numbered(true)?,
            ..World::default()
        };
        let links = self.count.saturating_sub(1);
        for i in 0..links {
            let left = if i == 0 { "eth0" } else { "eth1" };
            let ends = [(i, left.to_owned()), (i + 1, "eth0".to_owned())];
            world.links.push(self.cable(i, ends));
        }
        for (i, namespace) in world.namespaces.iter_mut().enumerate() {
            namespace.sysctls = Cow::Borrowed(ROUTER);
            let route = |dst, via| RoutePlan {
                dst,
                via: IpAddr::V4(via),
            };
            let left = i.checked_sub(1).map(|link| cable_address(link, 1));
            let right = (i < links).then(|| cable_address(i, 2));
            // What is not to the left is to the right.
            match (left, right) {
                (Some(via), None) | (None, Some(via)) => {
                    namespace.routes.push(route(None, via));
                }
                (Some(left), Some(right)) => {
                    namespace.routes.push(route(None, right));
                    let end = BASE + ((i - 1) * CABLE.1) as u32;
                    let blocks = blocks(BASE, end);
                    let routes = blocks.map(|dst| route(Some(dst), left));
                    namespace.routes.extend(routes);
                }
                (None, None) => {}
            }
        }
        Ok(world)
    }

    /// A ring in which each namespace is linked with the nearest on either side, and where the number is odd with the
    /// one across.
    fn mesh(&self, degree: usize) -> Result<World, String> {
        let n = self.count;
        if degree >= n {
            return Err(format!(
                "in a mesh of {n} each has {} others at most",
                n.saturating_sub(1)
            ));
        }
        if degree % 2 == 1 && n % 2 == 1 {
            return Err(format!(
                "{n} namespaces can't have {degree} links each: one of the two numbers has to be even"
            ));
        }
        enough_addresses(n.saturating_mul(degree) / 2)?;
        let mut world = World {
            namespaces: self.numbered(true)?,
            ..World::default()
        };
        let mut ends = vec![0; n];
        let mut join = |a: usize, b: usize| {
            let number = world.links.len();
            let ends = [a, b].map(|at| {
                ends[at] += 1;
                (at, format!("eth{}", ends[at] - 1))
            });
            world.links.push(self.cable(number, ends));
        };
        for step in 1..=degree / 2 {
            (0..n).for_each(|i| join(i, (i + step) % n));
        }
        if degree % 2 == 1 {
            (0..n / 2).for_each(|i| join(i, i + n / 2));
        }
        Ok(world)
    }
}

fn address(offset: usize) -> Ipv4Addr {
    Ipv4Addr::from(BASE.saturating_add(offset as u32))
}

fn cable_address(number: usize, host: usize) -> Ipv4Addr {
    address(number * CABLE.1 + host)
}

fn enough_addresses(links: usize) -> Result<(), String> {
    match links > ROOM / CABLE.1 {
        true => Err(format!("10.0.0.0/8 has no addresses for {links} links")),
        false => Ok(()),
    }
}

/// The prefixes that hold the addresses from `from` to before `to`, and no other.
fn blocks(mut from: u32, to: u32) -> impl Iterator<Item = (IpAddr, u8)> {
    std::iter::from_fn(move || {
        let left = to.checked_sub(from).filter(|left| *left > 0)?;
        // As large as the address is aligned, and as what is left holds.
        let bits = from.trailing_zeros().min(left.ilog2());
        let block = (IpAddr::V4(Ipv4Addr::from(from)), 32 - bits as u8);
        from += 1 << bits;
        Some(block)
    })
}
