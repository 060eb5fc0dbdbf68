//! Messages of the packet filter: the type is a subsystem and its message (`linux/netfilter/nfnetlink.h`).

use super::Value::*;
use super::{MessageSpec, attributes, headers, messages};

attributes! {
    /// Attributes of the message that a batch begins with.
    pub BATCH {
        NFNL_BATCH_GENID = 1: Be32,
    }
}

messages! {
    /// Messages of no subsystem.
    pub BATCHES;
    &BATCH, &headers::NFGENMSG => NFNL_MSG_BATCH_BEGIN = 16, NFNL_MSG_BATCH_END = 17,;
}

/// The message type of this number.
#[must_use]
pub fn message(kind: u16) -> Option<&'static MessageSpec> {
    BATCHES.iter().find(|m| m.kind == kind)
}
