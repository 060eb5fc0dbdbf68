//! `type bridge`.

use super::{KindReader, Meaning, Settings, ether_type, helps, mac, number, whole, word};
use crate::error::Result;
use crate::grammar::Grammar;
use netlink_raw::route::link::BridgeOptions;
use netlink_raw::route::link::view::BoolOptions;

/// What the words fill in.
pub(super) type State = BridgeOptions;

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    number!("forward_delay", forward_delay: u32 = IFLA_BR_FORWARD_DELAY, "CENTISECONDS", "invalid forward_delay", "time in the listening and in the learning state"),
    number!("hello_time", hello_time: u32 = IFLA_BR_HELLO_TIME, "CENTISECONDS", "invalid hello_time", "time between hello packets"),
    number!("max_age", max_age: u32 = IFLA_BR_MAX_AGE, "CENTISECONDS", "invalid max_age", "time after which a silent root bridge is gone"),
    number!("ageing_time", ageing_time: u32 = IFLA_BR_AGEING_TIME, "CENTISECONDS", "invalid ageing_time", "time a learnt address is kept"),
    number!("stp_state", stp_state: u32 = IFLA_BR_STP_STATE, "0|1", "invalid stp_state", "spanning tree"),
    number!("priority", priority: u16 = IFLA_BR_PRIORITY, "PRIORITY", "invalid priority", "priority in the spanning tree"),
    number!("vlan_filtering", vlan_filtering: u8 = IFLA_BR_VLAN_FILTERING, "0|1", "invalid vlan_filtering", "VLAN filtering"),
    word("vlan_protocol", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BR_VLAN_PROTOCOL")?;
        o.vlan_protocol = Some(ether_type(&value, "invalid vlan_protocol")?);
        Ok(())
    })
    .takes(crate::grammar::Value::OneOf(&["802.1Q", "802.1ad"]))
    .says("protocol of the VLAN tags"),
    number!("group_fwd_mask", group_fwd_mask: u16 = IFLA_BR_GROUP_FWD_MASK, "MASK", "invalid group_fwd_mask", "link-local groups that are forwarded"),
    word("group_address", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BR_GROUP_ADDR")?;
        o.group_address = Some(mac(&value)?);
        Ok(())
    })
    .value("LLADDR")
    .says("address of the spanning tree's packets"),
    word("fdb_flush", |o: &mut State, r, keyword| {
        o.fdb_flush = Some(true);
        r.marks.note("IFLA_BR_FDB_FLUSH", keyword.at());
        Ok(())
    })
    .says("forget the addresses learnt"),
    number!("vlan_default_pvid", vlan_default_pvid: u16 = IFLA_BR_VLAN_DEFAULT_PVID, "VLAN", "invalid vlan_default_pvid", "VLAN of untagged packets on a new port, 0 for none"),
    number!("vlan_stats_enabled", vlan_stats_enabled: u8 = IFLA_BR_VLAN_STATS_ENABLED, "0|1", "invalid vlan_stats_enabled", "counters a VLAN"),
    number!("vlan_stats_per_port", vlan_stats_per_port: u8 = IFLA_BR_VLAN_STATS_PER_PORT, "0|1", "invalid vlan_stats_per_port", "counters a VLAN and port"),
    number!("mcast_router", mcast_router: u8 = IFLA_BR_MCAST_ROUTER, "0|1|2", "invalid mcast_router", "whether a multicast router is behind it"),
    number!("mcast_snooping", mcast_snooping: u8 = IFLA_BR_MCAST_SNOOPING, "0|1", "invalid mcast_snooping", "multicast snooping"),
    whole("mcast_vlan_snooping", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BR_MULTI_BOOLOPT")?;
        let on = value.u32("invalid mcast_vlan_snooping")? != 0;
        o.bool_options.set(BoolOptions::MCAST_VLAN_SNOOPING, on);
        Ok(())
    })
    .value("0|1")
    .says("multicast snooping a VLAN"),
    whole("no_linklocal_learn", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BR_MULTI_BOOLOPT")?;
        let on = value.u32("invalid no_linklocal_learn")? != 0;
        o.bool_options.set(BoolOptions::NO_LINKLOCAL_LEARN, on);
        Ok(())
    })
    .value("0|1")
    .says("learn nothing from link-local packets"),
    number!("mcast_query_use_ifaddr", mcast_query_use_ifaddr: u8 = IFLA_BR_MCAST_QUERY_USE_IFADDR, "0|1", "invalid mcast_query_use_ifaddr", "query with its own address"),
    number!("mcast_querier", mcast_querier: u8 = IFLA_BR_MCAST_QUERIER, "0|1", "invalid mcast_querier", "send multicast queries"),
    number!("mcast_hash_elasticity", mcast_hash_elasticity: u32 = IFLA_BR_MCAST_HASH_ELASTICITY, "COUNT", "invalid mcast_hash_elasticity", "without effect today"),
    number!("mcast_hash_max", mcast_hash_max: u32 = IFLA_BR_MCAST_HASH_MAX, "COUNT", "invalid mcast_hash_max", "most multicast groups"),
    number!("mcast_last_member_count", mcast_last_member_count: u32 = IFLA_BR_MCAST_LAST_MEMBER_CNT, "COUNT", "invalid mcast_last_member_count", "queries after a leave"),
    number!("mcast_startup_query_count", mcast_startup_query_count: u32 = IFLA_BR_MCAST_STARTUP_QUERY_CNT, "COUNT", "invalid mcast_startup_query_count", "queries at the start"),
    number!("mcast_last_member_interval", mcast_last_member_interval: u64 = IFLA_BR_MCAST_LAST_MEMBER_INTVL, "CENTISECONDS", "invalid mcast_last_member_interval", "time between queries after a leave"),
    number!("mcast_membership_interval", mcast_membership_interval: u64 = IFLA_BR_MCAST_MEMBERSHIP_INTVL, "CENTISECONDS", "invalid mcast_membership_interval", "time after which a silent group is left"),
    number!("mcast_querier_interval", mcast_querier_interval: u64 = IFLA_BR_MCAST_QUERIER_INTVL, "CENTISECONDS", "invalid mcast_querier_interval", "time after which another querier is gone"),
    number!("mcast_query_interval", mcast_query_interval: u64 = IFLA_BR_MCAST_QUERY_INTVL, "CENTISECONDS", "invalid mcast_query_interval", "time between queries"),
    number!("mcast_query_response_interval", mcast_query_response_interval: u64 = IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, "CENTISECONDS", "invalid mcast_query_response_interval", "time in which hosts answer"),
    number!("mcast_startup_query_interval", mcast_startup_query_interval: u64 = IFLA_BR_MCAST_STARTUP_QUERY_INTVL, "CENTISECONDS", "invalid mcast_startup_query_interval", "time between queries at the start"),
    number!("mcast_stats_enabled", mcast_stats_enabled: u8 = IFLA_BR_MCAST_STATS_ENABLED, "0|1", "invalid mcast_stats_enabled", "counters of multicast packets"),
    number!("mcast_igmp_version", mcast_igmp_version: u8 = IFLA_BR_MCAST_IGMP_VERSION, "2|3", "invalid mcast_igmp_version", "version of IGMP"),
    number!("mcast_mld_version", mcast_mld_version: u8 = IFLA_BR_MCAST_MLD_VERSION, "1|2", "invalid mcast_mld_version", "version of MLD"),
    number!("nf_call_iptables", nf_call_iptables: u8 = IFLA_BR_NF_CALL_IPTABLES, "0|1", "invalid nf_call_iptables", "hand packets to iptables"),
    number!("nf_call_ip6tables", nf_call_ip6tables: u8 = IFLA_BR_NF_CALL_IP6TABLES, "0|1", "invalid nf_call_ip6tables", "hand packets to ip6tables"),
    number!("nf_call_arptables", nf_call_arptables: u8 = IFLA_BR_NF_CALL_ARPTABLES, "0|1", "invalid nf_call_arptables", "hand packets to arptables"),
    helps(),
    // Younger than iproute2 6.1, and so not to be shortened.
    whole("mst_enabled", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BR_MULTI_BOOLOPT")?;
        let on = value.u32("invalid mst_enabled")? != 0;
        o.bool_options.set(BoolOptions::MST_ENABLED, on);
        Ok(())
    })
    .value("0|1")
    .says("multiple spanning trees"),
    number!(whole "fdb_max_learned", fdb_max_learned: u32 = IFLA_BR_FDB_MAX_LEARNED, "COUNT", "invalid fdb_max_learned", "most addresses it learns, 0 for no limit"),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut options = State::default();
    reader.all(&WORDS, &mut options, "command")?;
    Ok(Settings::Bridge(Box::new(options)))
}
