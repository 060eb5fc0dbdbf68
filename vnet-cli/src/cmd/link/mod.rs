//! `link`: network devices.

pub mod show;
