//! `link`: network devices, shown, and made and changed with a link's whole description in one request.

mod change;
mod create;
mod describe;
mod description;
mod kinds;
mod marks;
mod netns;
mod property;
mod refused;
mod resolve;
mod restore;
pub mod show;
#[cfg(test)]
mod tests;
mod words;

pub use change::{delete, set};
pub use create::{add, replace};
pub use kinds::KINDS;
pub use property::property;
pub use words::{DELETE, LINK, PROPERTY, Property, Set};
