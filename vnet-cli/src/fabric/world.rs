//! What should exist: the engine's input.

use nsenter::NsName;
use std::borrow::Cow;
use std::net::IpAddr;

/// Everything that should exist, and nothing that already does.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Named namespaces.
    pub namespaces: Vec<NamespacePlan>,
    /// Bridges, all in the caller's own namespace.
    pub bridges: Vec<BridgePlan>,
    /// Links, in the order in which they are made.
    pub links: Vec<VethPlan>,
}

/// A namespace.
#[derive(Clone, Debug)]
pub struct NamespacePlan {
    /// Its name.
    pub name: NsName,
    /// Whether lo is up.
    pub loopback: bool,
    /// Files below `/proc/sys` and what is written to them, before there are any links.
    pub sysctls: Cow<'static, [(&'static str, &'static str)]>,
    /// Routes, once its links are up and have their addresses.
    pub routes: Vec<RoutePlan>,
}

/// A route by a gateway, in the main table.
#[derive(Clone, Copy, Debug)]
pub struct RoutePlan {
    /// Destination and length of its prefix in bits; none is the default route.
    pub dst: Option<(IpAddr, u8)>,
    /// Gateway.
    pub via: IpAddr,
}

/// A bridge in the caller's own namespace.
#[derive(Clone, Debug)]
pub struct BridgePlan {
    /// Its name.
    pub name: String,
    /// Its addresses, with the length of the prefix in bits.
    pub addresses: Vec<(IpAddr, u8)>,
}

/// A virtual cable.
#[derive(Clone, Debug)]
pub struct VethPlan {
    /// Both ends. One that is in the caller's namespace stands first.
    pub ends: [End; 2],
    /// Transmit and receive queues of either end; none is the kernel's number, one a possible CPU.
    pub queues: Option<u32>,
}

/// One end of a link. All are up.
#[derive(Clone, Debug)]
pub struct End {
    /// Where it is.
    pub place: Place,
    /// Its name there.
    pub name: String,
    /// Its address, with the length of the prefix in bits.
    pub address: Option<(IpAddr, u8)>,
    /// The bridge it is a port of; only of an end in the caller's namespace.
    pub master: Option<Master>,
}

/// A network namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The caller's own.
    Here,
    /// The one at this place in [`World::namespaces`].
    In(usize),
}

/// A bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Master {
    /// The one at this place in [`World::bridges`].
    Bridge(usize),
    /// One that exists already: its index.
    Index(u32),
}

impl VethPlan {
    /// Whether an end of it is in the caller's namespace.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        self.ends[0].place == Place::Here
    }
}

impl End {
    /// A plain end.
    #[must_use]
    pub fn new(place: Place, name: impl Into<String>) -> Self {
        Self {
            place,
            name: name.into(),
            address: None,
            master: None,
        }
    }

    /// With this address.
    #[must_use]
    pub fn address(mut self, address: impl Into<IpAddr>, prefix: u8) -> Self {
        self.address = Some((address.into(), prefix));
        self
    }

    /// As a port of this bridge.
    #[must_use]
    pub fn port_of(mut self, master: Master) -> Self {
        self.master = Some(master);
        self
    }
}
