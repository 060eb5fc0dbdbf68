//! What a listing of links by family IPv6 (`-6`) lacks, from where ip takes it.

use crate::context::Context;
use crate::error::{CmdError, Result};
use netlink_raw::decode::Attr;
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::schema::link::IFLA_INET6_STATS;
use netlink_raw::wire::LinkStats64;
use std::collections::HashMap;

/// Adds the lengths of the transmit queues, and IPv6's counters in the place of the link's.
pub(super) fn complete(ctx: &mut Context, links: &mut [Link<'_>]) -> Result {
    for link in links.iter_mut().filter(|link| link.stats.is_none()) {
        let counters = link
            .protinfo
            .and_then(|all| all.nested().find(IFLA_INET6_STATS));
        link.stats = counters.map(counted);
    }
    if links.iter().all(|link| link.txqlen.is_some()) {
        return Ok(());
    }
    let all = ctx.kernel.conn()?.collect(&GetLink::all());
    let all = all.map_err(|e| CmdError::dump("cannot list devices", &e))?;
    let known: HashMap<i32, Option<u32>> = all
        .messages()
        .filter_map(|message| Link::parse(&message).ok())
        .map(|link| (link.index, link.txqlen))
        .collect();
    for link in links.iter_mut().filter(|link| link.txqlen.is_none()) {
        link.txqlen = known.get(&link.index).copied().flatten();
    }
    Ok(())
}

/// `IPSTATS_MIB_*` of `linux/snmp.h`, numbers of 64 bits, as counters of a link.
fn counted(counters: Attr<'_>) -> LinkStats64 {
    let at = |index: usize| {
        let number = counters.value.chunks_exact(8).nth(index);
        number
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_ne_bytes)
    };
    LinkStats64 {
        rx_packets: at(1),
        rx_bytes: at(2),
        tx_packets: at(5),
        tx_bytes: at(6),
        rx_errors: at(13),
        tx_errors: at(14),
        multicast: at(23),
        rx_frame_errors: at(31),
        ..LinkStats64::default()
    }
}
