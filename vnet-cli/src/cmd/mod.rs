//! The commands: words in, requests to the kernel out. A file an object.

pub mod addr;
pub mod bridge;
pub(crate) mod churn;
pub(crate) mod demo;
mod flush;
pub(crate) mod gc;
pub mod ifconfig;
pub mod link;
pub mod monitor;
pub mod neigh;
pub mod net_route;
pub mod netns;
pub(crate) mod ping;
pub mod route;
pub mod rule;
