//! What is known of bridges: their ports, forwarding entries and VLANs.

pub mod fdb;
pub mod link;
pub mod vlan;

#[cfg(test)]
mod testing;
