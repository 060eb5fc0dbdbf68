//! The VLAN database of bridges: what is known of each VLAN of a port, and of each VLAN of a bridge.
//!
//! `RTM_NEWVLAN` and its kin (Linux 5.6 and later); `net/bridge/br_vlan.c`, `br_vlan_options.c`.

use crate::decode::{Attrs, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::route::link::view::view;
use crate::schema::bridge::*;
use crate::schema::{RTM_GETVLAN, RTM_NEWVLAN};
use crate::wire::{BrVlanMsg, BridgeVlanInfo};

use super::vlan::BRIDGE_VLAN_INFO_ONLY_OPTS;

/// `BRIDGE_VLANDB_DUMPF_STATS`: with counters.
pub const BRIDGE_VLANDB_DUMPF_STATS: u32 = 1;
/// `BRIDGE_VLANDB_DUMPF_GLOBAL`: the VLANs of bridges, not those of ports.
pub const BRIDGE_VLANDB_DUMPF_GLOBAL: u32 = 2;

/// Asks for the VLANs of all ports and bridges, or of one, to be [dumped](crate::Connection::dump).
#[derive(Clone, Copy, Debug, Default)]
pub struct GetVlans {
    /// Index of the port or bridge; 0 is all.
    pub index: u32,
    /// `BRIDGE_VLANDB_DUMPF_*`.
    pub flags: u32,
}

impl Message for GetVlans {
    fn kind(&self) -> u16 {
        RTM_GETVLAN
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&header(self.index))
            .put(BRIDGE_VLANDB_DUMP_FLAGS, self.flags);
    }
}

/// Changes options of VLANs of a port.
#[derive(Clone, Copy, Debug, Default)]
pub struct SetVlan {
    /// Index of the port.
    pub index: u32,
    /// The VLAN, or the first of them.
    pub vid: u16,
    /// The last of them.
    pub last: Option<u16>,
    /// `BR_STATE_*`.
    pub state: Option<u8>,
    /// `MDB_RTR_TYPE_*`.
    pub mcast_router: Option<u8>,
}

impl Message for SetVlan {
    fn kind(&self) -> u16 {
        RTM_NEWVLAN
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&header(self.index));
        body.nest(BRIDGE_VLANDB_ENTRY, |w| {
            let info = BridgeVlanInfo {
                flags: BRIDGE_VLAN_INFO_ONLY_OPTS,
                vid: self.vid,
            };
            w.put(BRIDGE_VLANDB_ENTRY_INFO, info)
                .put_opt(BRIDGE_VLANDB_ENTRY_RANGE, self.last)
                .put_opt(BRIDGE_VLANDB_ENTRY_STATE, self.state)
                .put_opt(BRIDGE_VLANDB_ENTRY_MCAST_ROUTER, self.mcast_router);
        });
    }
}

/// Changes options of VLANs of a bridge. Intervals are hundredths of a second.
#[derive(Clone, Copy, Debug, Default)]
pub struct SetGlobalVlan {
    /// Index of the bridge.
    pub index: u32,
    /// The VLAN, or the first of them.
    pub vid: u16,
    /// The last of them.
    pub last: Option<u16>,
    /// Whether multicast memberships are watched.
    pub mcast_snooping: Option<u8>,
    /// Whether the bridge asks for memberships.
    pub mcast_querier: Option<u8>,
    /// IGMP version: 2 or 3.
    pub igmp_version: Option<u8>,
    /// MLD version: 1 or 2.
    pub mld_version: Option<u8>,
    /// Queries after the last member left.
    pub last_member_count: Option<u32>,
    /// Between these.
    pub last_member_interval: Option<u64>,
    /// Queries at the start.
    pub startup_query_count: Option<u32>,
    /// Between these.
    pub startup_query_interval: Option<u64>,
    /// Until a membership ends.
    pub membership_interval: Option<u64>,
    /// Until another querier is taken for dead.
    pub querier_interval: Option<u64>,
    /// Between queries.
    pub query_interval: Option<u64>,
    /// Within which members answer.
    pub query_response_interval: Option<u64>,
}

impl Message for SetGlobalVlan {
    fn kind(&self) -> u16 {
        RTM_NEWVLAN
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&header(self.index));
        body.nest(BRIDGE_VLANDB_GLOBAL_OPTIONS, |w| {
            w.put(BRIDGE_VLANDB_GOPTS_ID, self.vid)
                .put_opt(BRIDGE_VLANDB_GOPTS_RANGE, self.last)
                .put_opt(BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING, self.mcast_snooping)
                .put_opt(BRIDGE_VLANDB_GOPTS_MCAST_QUERIER, self.mcast_querier)
                .put_opt(BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION, self.igmp_version)
                .put_opt(BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION, self.mld_version)
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT,
                    self.last_member_count,
                )
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL,
                    self.last_member_interval,
                )
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT,
                    self.startup_query_count,
                )
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL,
                    self.startup_query_interval,
                )
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL,
                    self.membership_interval,
                )
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL,
                    self.querier_interval,
                )
                .put_opt(BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL, self.query_interval)
                .put_opt(
                    BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL,
                    self.query_response_interval,
                );
        });
    }
}

fn header(index: u32) -> BrVlanMsg {
    BrVlanMsg {
        family: libc::AF_BRIDGE as u8,
        index,
        ..BrVlanMsg::default()
    }
}

view! {
    /// VLANs of a port, or of a bridge as a port of its own.
    pub struct VlanEntry<'a> {
        /// The VLAN, or the first of a range, and its flags.
        info: BridgeVlanInfo = BRIDGE_VLANDB_ENTRY_INFO,
        /// The last of the range.
        range: u16 = BRIDGE_VLANDB_ENTRY_RANGE,
        /// `BR_STATE_*`.
        state: u8 = BRIDGE_VLANDB_ENTRY_STATE,
        /// `MDB_RTR_TYPE_*`.
        mcast_router: u8 = BRIDGE_VLANDB_ENTRY_MCAST_ROUTER,
        /// Its tunnel: attributes of [`VLANDB_TINFO`].
        tunnel: crate::decode::Attr<'a> = BRIDGE_VLANDB_ENTRY_TUNNEL_INFO,
        /// Its counters: see [`VlanStats`].
        stats: crate::decode::Attr<'a> = BRIDGE_VLANDB_ENTRY_STATS,
    }
}

view! {
    /// What went through a VLAN of a port.
    pub struct VlanStats<'a> {
        /// Bytes received.
        rx_bytes: u64 = BRIDGE_VLANDB_STATS_RX_BYTES,
        /// Packets received.
        rx_packets: u64 = BRIDGE_VLANDB_STATS_RX_PACKETS,
        /// Bytes sent.
        tx_bytes: u64 = BRIDGE_VLANDB_STATS_TX_BYTES,
        /// Packets sent.
        tx_packets: u64 = BRIDGE_VLANDB_STATS_TX_PACKETS,
    }
}

view! {
    /// VLANs of a bridge. Intervals are hundredths of a second.
    pub struct GlobalVlan<'a> {
        /// The VLAN, or the first of a range.
        vid: u16 = BRIDGE_VLANDB_GOPTS_ID,
        /// The last of the range.
        range: u16 = BRIDGE_VLANDB_GOPTS_RANGE,
        /// Whether multicast memberships are watched.
        mcast_snooping: u8 = BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING,
        /// Whether the bridge asks for memberships.
        mcast_querier: u8 = BRIDGE_VLANDB_GOPTS_MCAST_QUERIER,
        /// Who else asks: attributes `BRIDGE_QUERIER_*`.
        querier_state: crate::decode::Attr<'a> = BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_STATE,
        /// IGMP version.
        igmp_version: u8 = BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION,
        /// MLD version.
        mld_version: u8 = BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION,
        /// Queries after the last member left.
        last_member_count: u32 = BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT,
        /// Between these.
        last_member_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL,
        /// Queries at the start.
        startup_query_count: u32 = BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT,
        /// Between these.
        startup_query_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL,
        /// Until a membership ends.
        membership_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL,
        /// Until another querier is taken for dead.
        querier_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL,
        /// Between queries.
        query_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL,
        /// Within which members answer.
        query_response_interval: u64 = BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL,
        /// Ports with a multicast router.
        router_ports: crate::decode::Attr<'a> = BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS,
        /// The spanning tree it belongs to.
        msti: u16 = BRIDGE_VLANDB_GOPTS_MSTI,
    }
}

/// A message of type `RTM_NEWVLAN` or `RTM_DELVLAN`: VLANs of one port or bridge.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Vlans<'a> {
    /// Address family, `AF_BRIDGE`.
    pub family: u8,
    /// Index of the port or bridge.
    pub index: u32,
    attrs: Attrs<'a>,
}

impl<'a> Vlans<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// When there is no `br_vlan_msg`.
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<BrVlanMsg>()?;
        Ok(Self {
            family: head.family,
            index: head.index,
            attrs,
        })
    }

    /// VLANs of the port, in the kernel's order.
    pub fn entries(&self) -> impl Iterator<Item = VlanEntry<'a>> + use<'a> {
        let entries = self.attrs.clone().valid();
        entries
            .filter(|a| a.kind == BRIDGE_VLANDB_ENTRY)
            .map(VlanEntry::parse)
    }

    /// VLANs of the bridge, in the kernel's order.
    pub fn globals(&self) -> impl Iterator<Item = GlobalVlan<'a>> + use<'a> {
        let entries = self.attrs.clone().valid();
        entries
            .filter(|a| a.kind == BRIDGE_VLANDB_GLOBAL_OPTIONS)
            .map(GlobalVlan::parse)
    }
}

#[cfg(test)]
mod tests;
