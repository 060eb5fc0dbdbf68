//! `route`: the kernel's routing tables.

mod filter;
mod flush;
mod get;
mod grammar;
mod list;
mod metrics;
mod modify;
mod nexthops;
mod refusal;
mod select;
pub(crate) mod values;

pub use flush::flush;
pub use get::get;
pub use grammar::{GET, ROUTE, SELECTORS};
pub use list::list;
pub use modify::{add, append, change, delete, prepend, replace, test};

#[cfg(test)]
mod tests;
