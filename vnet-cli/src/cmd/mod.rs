//! The commands: words in, requests to the kernel out. A file an object.

pub mod bridge;
pub(crate) mod demo;
pub mod link;
pub mod netns;
pub(crate) mod ping;
pub mod route;
