//! A bridge (`IFLA_BR_*`).

use super::{be16, view};
use crate::decode::{Attr, Malformed};
use crate::error::DecodeError;
use crate::schema::bridge::*;
use crate::wire::BridgeId;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

view! {
    /// What a bridge is set to and what it does. Times and timers are hundredths of a second.
    pub struct Bridge<'a> {
        /// Time in the listening and in the learning state.
        forward_delay: u32 = IFLA_BR_FORWARD_DELAY,
        /// Time between hello messages.
        hello_time: u32 = IFLA_BR_HELLO_TIME,
        /// Time after which a received hello message is out of date.
        max_age: u32 = IFLA_BR_MAX_AGE,
        /// Time after which a forwarding entry that is not used goes.
        ageing_time: u32 = IFLA_BR_AGEING_TIME,
        /// Spanning tree: 0 off, 1 the kernel's, 2 a daemon's.
        stp_state: u32 = IFLA_BR_STP_STATE,
        /// Priority of this bridge.
        priority: u16 = IFLA_BR_PRIORITY,
        /// Whether VLANs are told apart.
        vlan_filtering: u8 = IFLA_BR_VLAN_FILTERING,
        /// Ethernet type of the VLAN tags.
        vlan_protocol: u16 = IFLA_BR_VLAN_PROTOCOL by be16,
        /// Which link-local groups are forwarded.
        group_fwd_mask: u16 = IFLA_BR_GROUP_FWD_MASK,
        /// The root of the tree.
        root_id: BridgeId = IFLA_BR_ROOT_ID,
        /// This bridge.
        bridge_id: BridgeId = IFLA_BR_BRIDGE_ID,
        /// The port towards the root.
        root_port: u16 = IFLA_BR_ROOT_PORT,
        /// Cost of the path to the root.
        root_path_cost: u32 = IFLA_BR_ROOT_PATH_COST,
        /// Whether a change of topology is going on.
        topology_change: u8 = IFLA_BR_TOPOLOGY_CHANGE,
        /// Whether one was seen here.
        topology_change_detected: u8 = IFLA_BR_TOPOLOGY_CHANGE_DETECTED,
        /// Until the next hello.
        hello_timer: u64 = IFLA_BR_HELLO_TIMER,
        /// Until the next topology change notification.
        tcn_timer: u64 = IFLA_BR_TCN_TIMER,
        /// Until the topology change is over.
        topology_change_timer: u64 = IFLA_BR_TOPOLOGY_CHANGE_TIMER,
        /// Until old forwarding entries are next removed.
        gc_timer: u64 = IFLA_BR_GC_TIMER,
        /// Address that spanning tree messages go to.
        group_addr: &'a [u8] = IFLA_BR_GROUP_ADDR,
        /// Where multicast routers are: `MDB_RTR_TYPE_*`.
        mcast_router: u8 = IFLA_BR_MCAST_ROUTER,
        /// Whether multicast groups are learnt.
        mcast_snooping: u8 = IFLA_BR_MCAST_SNOOPING,
        /// Whether queries come from the bridge's own IPv4 address.
        mcast_query_use_ifaddr: u8 = IFLA_BR_MCAST_QUERY_USE_IFADDR,
        /// Whether the bridge sends queries.
        mcast_querier: u8 = IFLA_BR_MCAST_QUERIER,
        /// No longer used by the kernel.
        mcast_hash_elasticity: u32 = IFLA_BR_MCAST_HASH_ELASTICITY,
        /// Most multicast groups.
        mcast_hash_max: u32 = IFLA_BR_MCAST_HASH_MAX,
        /// Queries after a member left.
        mcast_last_member_cnt: u32 = IFLA_BR_MCAST_LAST_MEMBER_CNT,
        /// Queries at the start.
        mcast_startup_query_cnt: u32 = IFLA_BR_MCAST_STARTUP_QUERY_CNT,
        /// Time between queries after a member left.
        mcast_last_member_intvl: u64 = IFLA_BR_MCAST_LAST_MEMBER_INTVL,
        /// Time after which a membership that is not renewed goes.
        mcast_membership_intvl: u64 = IFLA_BR_MCAST_MEMBERSHIP_INTVL,
        /// Time after which another querier counts as gone.
        mcast_querier_intvl: u64 = IFLA_BR_MCAST_QUERIER_INTVL,
        /// Time between queries.
        mcast_query_intvl: u64 = IFLA_BR_MCAST_QUERY_INTVL,
        /// Time that members have for an answer.
        mcast_query_response_intvl: u64 = IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,
        /// Time between queries at the start.
        mcast_startup_query_intvl: u64 = IFLA_BR_MCAST_STARTUP_QUERY_INTVL,
        /// Whether bridged IPv4 goes through iptables.
        nf_call_iptables: u8 = IFLA_BR_NF_CALL_IPTABLES,
        /// Whether bridged IPv6 goes through ip6tables.
        nf_call_ip6tables: u8 = IFLA_BR_NF_CALL_IP6TABLES,
        /// Whether bridged ARP goes through arptables.
        nf_call_arptables: u8 = IFLA_BR_NF_CALL_ARPTABLES,
        /// VLAN of frames without a tag; 0 is none.
        vlan_default_pvid: u16 = IFLA_BR_VLAN_DEFAULT_PVID,
        /// Whether there are counters a VLAN.
        vlan_stats_enabled: u8 = IFLA_BR_VLAN_STATS_ENABLED,
        /// Whether there are counters of multicast control messages.
        mcast_stats_enabled: u8 = IFLA_BR_MCAST_STATS_ENABLED,
        /// Version of IGMP.
        mcast_igmp_version: u8 = IFLA_BR_MCAST_IGMP_VERSION,
        /// Version of MLD.
        mcast_mld_version: u8 = IFLA_BR_MCAST_MLD_VERSION,
        /// Whether there are counters a port and VLAN.
        vlan_stats_per_port: u8 = IFLA_BR_VLAN_STATS_PER_PORT,
        /// On-off options.
        bool_options: BoolOptions = IFLA_BR_MULTI_BOOLOPT by bool_options,
        /// Who sends multicast queries.
        mcast_querier_state: QuerierState = IFLA_BR_MCAST_QUERIER_STATE by querier_state,
        /// Forwarding entries that were learnt.
        fdb_n_learned: u32 = IFLA_BR_FDB_N_LEARNED,
        /// Most of them; 0 is no limit.
        fdb_max_learned: u32 = IFLA_BR_FDB_MAX_LEARNED,
    }
}

/// `struct br_boolopt_multi` (`linux/if_bridge.h`): bit N is option N, `BR_BOOLOPT_*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoolOptions {
    /// Which are on.
    pub value: u32,
    /// Which the kernel knows.
    pub mask: u32,
}

impl BoolOptions {
    /// `BR_BOOLOPT_NO_LL_LEARN`: nothing is learnt from link-local frames.
    pub const NO_LINKLOCAL_LEARN: u32 = 0;
    /// `BR_BOOLOPT_MCAST_VLAN_SNOOPING`: multicast groups are learnt a VLAN.
    pub const MCAST_VLAN_SNOOPING: u32 = 1;
    /// `BR_BOOLOPT_MST_ENABLE`: multiple spanning trees.
    pub const MST_ENABLED: u32 = 2;

    /// Whether this option is on; `None` when the kernel does not know it.
    #[must_use]
    pub fn get(self, option: u32) -> Option<bool> {
        let bit = 1u32.checked_shl(option)?;
        (self.mask & bit != 0).then_some(self.value & bit != 0)
    }
}

fn bool_options(attr: Attr<'_>) -> Result<BoolOptions, DecodeError> {
    let [value, mask] = attr.read::<[u32; 2]>()?;
    Ok(BoolOptions { value, mask })
}

/// Who sends multicast queries on the bridge (`BRIDGE_QUERIER_*`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuerierState {
    /// The querier of IPv4.
    pub ipv4: Option<IpAddr>,
    /// Index of the port it is behind.
    pub ipv4_port: Option<u32>,
    /// How long it counts as there without a sign, hundredths of a second.
    pub ipv4_other_timer: Option<u64>,
    /// The querier of IPv6.
    pub ipv6: Option<IpAddr>,
    /// Index of the port it is behind.
    pub ipv6_port: Option<u32>,
    /// How long it counts as there without a sign, hundredths of a second.
    pub ipv6_other_timer: Option<u64>,
    /// What could not be read.
    pub malformed: Malformed,
}

fn querier_state(nest: Attr<'_>) -> Result<QuerierState, DecodeError> {
    let mut state = QuerierState::default();
    let mut bad = Malformed::default();
    for attr in nest.nested() {
        let Some(attr) = bad.note(attr) else { continue };
        match attr.kind {
            BRIDGE_QUERIER_IP_ADDRESS => {
                let address = bad.note(attr.read::<[u8; 4]>());
                state.ipv4 = address.map(|b| Ipv4Addr::from(b).into());
            }
            BRIDGE_QUERIER_IP_PORT => state.ipv4_port = bad.note(attr.read()),
            BRIDGE_QUERIER_IP_OTHER_TIMER => state.ipv4_other_timer = bad.note(attr.read()),
            BRIDGE_QUERIER_IPV6_ADDRESS => {
                let address = bad.note(attr.read::<[u8; 16]>());
                state.ipv6 = address.map(|b| Ipv6Addr::from(b).into());
            }
            BRIDGE_QUERIER_IPV6_PORT => state.ipv6_port = bad.note(attr.read()),
            BRIDGE_QUERIER_IPV6_OTHER_TIMER => state.ipv6_other_timer = bad.note(attr.read()),
            _ => {}
        }
    }
    state.malformed = bad;
    Ok(state)
}
