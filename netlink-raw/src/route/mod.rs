//! Typed requests and views of `NETLINK_ROUTE`, one file a kernel object.

pub mod addr;
pub mod fdb;
pub mod link;
pub mod neigh;
pub mod netconf;
pub mod nexthop;
pub mod nsid;
#[expect(
    clippy::module_inception,
    reason = "a file is named after its kernel object"
)]
pub mod route;
pub mod rule;
pub mod stats;
pub mod vlan;
pub mod vlan_db;
