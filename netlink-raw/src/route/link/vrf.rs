//! vrf: a routing domain of its own for the links whose master it is.

use super::options::options;
use crate::schema::kinds::*;

options! {
    /// Settings of a VRF link.
    pub VrfOptions {
        /// Its routing table.
        table: u32 as Host = IFLA_VRF_TABLE,
    }
}
