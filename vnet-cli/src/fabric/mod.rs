//! What should exist, made and taken away again at the kernel's own pace.
//!
//! A [`World`] says what should exist: namespaces, bridges, links with both their ends, addresses, routes, settings.
//! A [`Fabric`] makes it in the order that costs the kernel least ([`raise`](Fabric::raise)) and takes it away again
//! ([`sweep`](Fabric::sweep)). An [`Owner`] keeps on disk whose it all is, so that [`orphans`] finds what a killed
//! process has left.
//!
//! The order, and why:
//! * namespaces first, on all cores: nothing else of the work runs beside each other, it is all under the RTNL lock;
//! * every link where its ends belong, many to a datagram: none is ever moved;
//! * what is inside a namespace in one datagram on a socket of its own;
//! * bridges are down, and do not snoop multicast, until all their ports have a carrier: a port that begins to forward
//!   makes the kernel look at every other port (`br_port_state_selection`), and start its multicast timers;
//! * the way down: links by group in one pass, then the names, on many threads, as each waits for a grace period.

mod bridges;
mod build;
mod check;
mod configure;
mod error;
mod links;
mod owner;
mod sweep;
mod watch;
mod world;

pub use build::{Fabric, Settings};
pub use check::PORTS;
pub use error::Error;
pub use owner::{Orphan, Owner, orphans};
pub use watch::{Quiet, Step, Watch};
pub use world::{BridgePlan, End, Master, NamespacePlan, Place, RoutePlan, VethPlan, World};
