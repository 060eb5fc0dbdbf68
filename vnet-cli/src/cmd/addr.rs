//! `addr`: the addresses of devices.

pub(crate) mod filter;
pub mod flags;
mod flush;
mod glob;
mod inet6;
mod list;
mod modify;
mod words;

pub use filter::WORDS as FILTER;
pub use flush::flush;
pub use list::show;
pub use modify::{add, change, delete, replace};
pub use words::WORDS as MODIFY;

#[cfg(test)]
mod tests;
