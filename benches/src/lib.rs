//! What the benchmarks share: a world of their own, a comparison at the end of each group, dumps of the real kernel.
//!
//! `cargo bench` runs all of them, `cargo bench --bench decode` one file, `cargo bench -- veth` what has that in its
//! name. They are built with the profile `bench` of the workspace: optimised for speed (`opt-level = 3`), where the
//! release profile, made for the static binary, is optimised for size.

pub mod audit;
mod batch;
mod comparison;
pub mod dump;
pub mod floor;
pub mod iproute;
pub mod star;
mod sys;
pub mod veth;
pub mod world;

pub use comparison::{Comparison, Work};

/// What goes wrong in the preparation of a benchmark is told and ends it.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
