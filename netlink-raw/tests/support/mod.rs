//! What tests and fuzz targets share: every view, every typed request, and a walk by the schema tables.
// Each of those who include it uses a part.
#![allow(dead_code, unreachable_pub)]

#[cfg(feature = "annotate")]
pub mod annotated;
pub mod kinds;
pub mod named;
pub mod requests;
pub mod seed;
pub mod seeds;
pub mod uapi;
pub mod views;
pub mod walk;
pub mod words;
