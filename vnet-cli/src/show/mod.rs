//! What the kernel said, as text or as JSON. A file an object.

pub mod addr;
pub mod bridge;
pub mod ifconfig;
pub mod link;
pub mod neigh;
pub mod net_route;
pub mod netconf;
#[cfg(feature = "audit")]
pub mod netlink;
pub mod netns;
pub mod route;
pub mod rule;
