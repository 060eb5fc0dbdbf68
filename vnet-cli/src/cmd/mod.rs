//! The commands: words in, requests to the kernel out. A file an object.

pub mod addr;
#[cfg(feature = "audit")]
pub(crate) mod audit;
pub mod bridge;
#[cfg(feature = "churn")]
pub(crate) mod churn;
#[cfg(feature = "audit")]
pub(crate) mod decode;
pub(crate) mod demo;
mod flush;
#[cfg(feature = "churn")]
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
