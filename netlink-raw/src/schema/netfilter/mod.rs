//! Messages of the packet filter: the type is a subsystem and its message (`linux/netfilter/nfnetlink.h`).

pub mod acct;
pub mod compat;
pub mod conntrack;
pub mod cthelper;
pub mod cttimeout;
pub mod hook;
pub mod ipset;
pub mod log;
mod messages;
pub mod nftables;
pub mod osf;
pub mod queue;
pub mod records;

pub use messages::*;

use super::MessageSpec;

/// The message type of this number.
#[must_use]
pub fn message(kind: u16) -> Option<&'static MessageSpec> {
    MESSAGES.iter().find(|m| m.kind == kind)
}

/// What a message of this type is when the kernel sends it.
#[must_use]
pub fn answer(spec: &'static MessageSpec) -> &'static MessageSpec {
    match spec.name {
        "IPCTNL_MSG_CT_GET_CTRZERO" => &EXP_STATS_ANSWER,
        _ => spec,
    }
}
