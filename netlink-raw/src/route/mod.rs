//! Typed requests and views of `NETLINK_ROUTE`, one file a kernel object.

pub mod link;
pub mod nsid;
