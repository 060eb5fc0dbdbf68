//! Tables of nftables (`linux/netfilter/nf_tables.h`). All its integers are big-endian.

pub mod act;
pub mod data;
pub mod expr;
pub mod load;
pub mod names;
pub mod object;
pub mod ruleset;
pub mod set;
