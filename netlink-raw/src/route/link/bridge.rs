//! bridge: the settings of a bridge itself.

use super::options::options;
use super::view::BoolOptions;
use crate::encode::AttrWriter;
use crate::schema::bridge::*;

options! {
    /// Settings of a bridge. Times are in hundredths of a second (`USER_HZ`), as the kernel keeps them.
    pub BridgeOptions {
        /// Time in the listening and in the learning state.
        forward_delay: u32 as Host = IFLA_BR_FORWARD_DELAY,
        /// Time between hello packets.
        hello_time: u32 as Host = IFLA_BR_HELLO_TIME,
        /// Time after which a silent root bridge counts as dead.
        max_age: u32 as Host = IFLA_BR_MAX_AGE,
        /// Time a learnt address is kept.
        ageing_time: u32 as Host = IFLA_BR_AGEING_TIME,
        /// Spanning tree: 0 is off.
        stp_state: u32 as Host = IFLA_BR_STP_STATE,
        /// Priority in the spanning tree.
        priority: u16 as Host = IFLA_BR_PRIORITY,
        /// VLAN filtering: 0 is off.
        vlan_filtering: u8 as Host = IFLA_BR_VLAN_FILTERING,
        /// EtherType of its VLAN tags, in host byte order: `0x8100` or `0x88a8`.
        vlan_protocol: u16 as Be16 = IFLA_BR_VLAN_PROTOCOL,
        /// Which link-local groups it forwards, a bit each.
        group_fwd_mask: u16 as Host = IFLA_BR_GROUP_FWD_MASK,
        /// Address of the spanning tree's packets.
        group_address: [u8; 6] as Host = IFLA_BR_GROUP_ADDR,
        /// Forget the addresses learnt.
        fdb_flush: bool as Flag = IFLA_BR_FDB_FLUSH,
        /// Multicast router mode: 0, 1 or 2.
        mcast_router: u8 as Host = IFLA_BR_MCAST_ROUTER,
        /// Multicast snooping: 0 is off.
        mcast_snooping: u8 as Host = IFLA_BR_MCAST_SNOOPING,
        /// Query with its own address: 0 is off.
        mcast_query_use_ifaddr: u8 as Host = IFLA_BR_MCAST_QUERY_USE_IFADDR,
        /// Send queries: 0 is off.
        mcast_querier: u8 as Host = IFLA_BR_MCAST_QUERIER,
        /// Longest chain of the multicast table; without effect since Linux 4.21.
        mcast_hash_elasticity: u32 as Host = IFLA_BR_MCAST_HASH_ELASTICITY,
        /// Most entries of the multicast table.
        mcast_hash_max: u32 as Host = IFLA_BR_MCAST_HASH_MAX,
        /// Queries after a leave.
        mcast_last_member_count: u32 as Host = IFLA_BR_MCAST_LAST_MEMBER_CNT,
        /// Queries at the start.
        mcast_startup_query_count: u32 as Host = IFLA_BR_MCAST_STARTUP_QUERY_CNT,
        /// Time between queries after a leave.
        mcast_last_member_interval: u64 as Host = IFLA_BR_MCAST_LAST_MEMBER_INTVL,
        /// Time after which a silent group is left.
        mcast_membership_interval: u64 as Host = IFLA_BR_MCAST_MEMBERSHIP_INTVL,
        /// Time after which another querier counts as gone.
        mcast_querier_interval: u64 as Host = IFLA_BR_MCAST_QUERIER_INTVL,
        /// Time between queries.
        mcast_query_interval: u64 as Host = IFLA_BR_MCAST_QUERY_INTVL,
        /// Time in which hosts answer a query.
        mcast_query_response_interval: u64 as Host = IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,
        /// Time between queries at the start.
        mcast_startup_query_interval: u64 as Host = IFLA_BR_MCAST_STARTUP_QUERY_INTVL,
        /// Hand packets to iptables: 0 is off.
        nf_call_iptables: u8 as Host = IFLA_BR_NF_CALL_IPTABLES,
        /// Hand packets to ip6tables: 0 is off.
        nf_call_ip6tables: u8 as Host = IFLA_BR_NF_CALL_IP6TABLES,
        /// Hand packets to arptables: 0 is off.
        nf_call_arptables: u8 as Host = IFLA_BR_NF_CALL_ARPTABLES,
        /// VLAN that untagged packets of a new port belong to; 0 is none.
        vlan_default_pvid: u16 as Host = IFLA_BR_VLAN_DEFAULT_PVID,
        /// Count packets a VLAN: 0 is off.
        vlan_stats_enabled: u8 as Host = IFLA_BR_VLAN_STATS_ENABLED,
        /// Count packets a VLAN and port: 0 is off.
        vlan_stats_per_port: u8 as Host = IFLA_BR_VLAN_STATS_PER_PORT,
        /// Count multicast packets: 0 is off.
        mcast_stats_enabled: u8 as Host = IFLA_BR_MCAST_STATS_ENABLED,
        /// Version of IGMP, 2 or 3.
        mcast_igmp_version: u8 as Host = IFLA_BR_MCAST_IGMP_VERSION,
        /// Version of MLD, 1 or 2.
        mcast_mld_version: u8 as Host = IFLA_BR_MCAST_MLD_VERSION,
        /// Most addresses it learns; 0 is no limit (Linux 6.7).
        fdb_max_learned: u32 as Host = IFLA_BR_FDB_MAX_LEARNED,
    }
    extra {
        /// Settings of one bit each. Those in the mask count; none writes nothing.
        bool_options: BoolOptions,
    } bool_options
}

impl BoolOptions {
    /// Turns the option of this number (below 32) on or off, and marks it as one that counts.
    pub fn set(&mut self, option: u32, on: bool) {
        let bit = 1_u32.checked_shl(option).unwrap_or(0);
        self.mask |= bit;
        self.value = if on {
            self.value | bit
        } else {
            self.value & !bit
        };
    }
}

fn bool_options(options: &BridgeOptions, w: &mut AttrWriter<'_>) {
    let BoolOptions { value, mask } = options.bool_options;
    if mask != 0 {
        w.put(IFLA_BR_MULTI_BOOLOPT, [value, mask]);
    }
}
