//! `type bridge_slave`.

use super::super::describe::one_of_on_off;
use super::{KindReader, Meaning, Settings, helps, number, whole, word};
use crate::error::{FAILED, Result};
use crate::grammar::{Grammar, Value};
use netlink_raw::route::link::BridgePortOptions;

macro_rules! switch {
    ($name:literal, $field:ident = $attribute:ident, $help:literal) => {
        switch!(word $name, $field = $attribute, $help)
    };
    ($entry:ident $name:literal, $field:ident = $attribute:ident, $help:literal) => {
        $entry($name, |options: &mut State, reader, keyword| {
            let value = reader.value(&keyword, stringify!($attribute))?;
            options.$field = Some(one_of_on_off(&value, $name, FAILED)?);
            Ok(())
        })
        .on_off()
        .says($help)
    };
}

/// What the words fill in.
pub(super) type State = BridgePortOptions;

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    word("fdb_flush", |o: &mut State, r, keyword| {
        o.fdb_flush = Some(true);
        r.marks.note("IFLA_BRPORT_FLUSH", keyword.at());
        Ok(())
    })
    .says("forget the addresses learnt here"),
    number!("state", state: u8 = IFLA_BRPORT_STATE, "0..4", "state is invalid", "disabled, listening, learning, forwarding, blocking"),
    number!("priority", priority: u16 = IFLA_BRPORT_PRIORITY, "PRIORITY", "priority is invalid", "priority in the spanning tree"),
    number!("cost", cost: u32 = IFLA_BRPORT_COST, "COST", "cost is invalid", "cost in the spanning tree"),
    switch!(
        "hairpin",
        hairpin = IFLA_BRPORT_MODE,
        "send packets back out of the port they came from"
    ),
    switch!(
        "guard",
        guard = IFLA_BRPORT_GUARD,
        "take no packets of a spanning tree here"
    ),
    switch!(
        "root_block",
        root_block = IFLA_BRPORT_PROTECT,
        "never lead to the root bridge"
    ),
    switch!(
        "fastleave",
        fastleave = IFLA_BRPORT_FAST_LEAVE,
        "forget a group as soon as it is left"
    ),
    switch!(
        "learning",
        learning = IFLA_BRPORT_LEARNING,
        "learn addresses here"
    ),
    switch!(
        "flood",
        flood = IFLA_BRPORT_UNICAST_FLOOD,
        "send packets to unknown addresses out here"
    ),
    switch!(
        "proxy_arp",
        proxy_arp = IFLA_BRPORT_PROXYARP,
        "answer ARP for others"
    ),
    switch!(
        "proxy_arp_wifi",
        proxy_arp_wifi = IFLA_BRPORT_PROXYARP_WIFI,
        "the same, as IEEE 802.11 wants it"
    ),
    switch!(
        "mcast_flood",
        mcast_flood = IFLA_BRPORT_MCAST_FLOOD,
        "send multicast without listeners out here"
    ),
    number!("mcast_router", mcast_router: u8 = IFLA_BRPORT_MULTICAST_ROUTER, "0..3", "invalid mcast_router", "whether a multicast router is behind it"),
    switch!(
        "mcast_fast_leave",
        fastleave = IFLA_BRPORT_FAST_LEAVE,
        "the same as fastleave"
    ),
    switch!(
        "bcast_flood",
        bcast_flood = IFLA_BRPORT_BCAST_FLOOD,
        "send broadcast out here"
    ),
    switch!(
        "mcast_to_unicast",
        mcast_to_unicast = IFLA_BRPORT_MCAST_TO_UCAST,
        "send multicast to each listener by itself"
    ),
    number!("group_fwd_mask", group_fwd_mask: u16 = IFLA_BRPORT_GROUP_FWD_MASK, "MASK", "invalid group_fwd_mask", "link-local groups that are forwarded"),
    switch!(
        "neigh_suppress",
        neigh_suppress = IFLA_BRPORT_NEIGH_SUPPRESS,
        "answer for known neighbours instead of asking out here"
    ),
    switch!(
        "vlan_tunnel",
        vlan_tunnel = IFLA_BRPORT_VLAN_TUNNEL,
        "map VLANs to tunnels"
    ),
    switch!(
        "isolated",
        isolated = IFLA_BRPORT_ISOLATED,
        "speak to ports that are not isolated only"
    ),
    switch!(
        "locked",
        locked = IFLA_BRPORT_LOCKED,
        "take packets from known addresses only"
    ),
    word("backup_port", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_BRPORT_BACKUP_PORT")?;
        let index = r.reader.ctx.kernel.index_of(value.bytes())?;
        let index = index.ok_or_else(|| {
            value.wrong_because("there is no such device", "Device does not exist")
        })?;
        o.backup_port = Some(index.cast_unsigned());
        Ok(())
    })
    .takes(Value::Device("DEVICE"))
    .says("the port to use when this one has no carrier"),
    word("nobackup_port", |o: &mut State, r, keyword| {
        o.backup_port = Some(0);
        r.marks.note("IFLA_BRPORT_BACKUP_PORT", keyword.at());
        Ok(())
    })
    .says("no such port"),
    helps(),
    // Younger than iproute2 6.1, and so not to be shortened.
    switch!(whole "neigh_vlan_suppress", neigh_vlan_suppress = IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, "neigh_suppress decided a VLAN"),
    switch!(whole "mab", mab = IFLA_BRPORT_MAB, "note unknown addresses as locked"),
    number!(whole "backup_nhid", backup_nhid: u32 = IFLA_BRPORT_BACKUP_NHID, "ID", "invalid backup_nhid", "next hop of what goes to the backup port"),
    number!(whole "mcast_max_groups", mcast_max_groups: u32 = IFLA_BRPORT_MCAST_MAX_GROUPS, "COUNT", "invalid mcast_max_groups", "most multicast groups, 0 for no limit"),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut options = State::default();
    reader.all(&WORDS, &mut options, "option")?;
    Ok(Settings::BridgePort(Box::new(options)))
}
