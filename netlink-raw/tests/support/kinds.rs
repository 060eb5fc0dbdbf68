//! Every link kind's settings from a seed, and what its view must read of them.

use super::seed::{Sample, Seed};
use netlink_raw::decode::{Attr, Attrs};
use netlink_raw::route::link::view::{self, BoolOptions};
use netlink_raw::route::link::*;
use netlink_raw::schema::bridge::{IFLA_BR_FDB_FLUSH, IFLA_BRPORT_FLUSH};
use netlink_raw::schema::kinds::*;
use std::net::IpAddr;

/// A setting as it was asked for, against what a view has.
trait Agrees<View> {
    fn agrees(&self, view: &View) -> bool;
}

impl<T: PartialEq> Agrees<Option<T>> for Option<T> {
    fn agrees(&self, view: &Option<T>) -> bool {
        self == view
    }
}

/// A switch is a byte.
impl Agrees<Option<u8>> for Option<bool> {
    fn agrees(&self, view: &Option<u8>) -> bool {
        self.map(u8::from) == *view
    }
}

/// A flag is there or not.
impl Agrees<bool> for Option<bool> {
    fn agrees(&self, view: &bool) -> bool {
        self.unwrap_or(false) == *view
    }
}

impl Agrees<Option<&[u8]>> for Option<[u8; 6]> {
    fn agrees(&self, view: &Option<&[u8]>) -> bool {
        self.as_ref().map(<[u8; 6]>::as_slice) == *view
    }
}

/// Samples the settings in braces; returns the struct.
macro_rules! sample {
    ($seed:expr, $name:ident { $($field:ident),* $(,)? }) => {{
        let mut out = $name::default();
        $(out.$field = $seed.maybe();)*
        out
    }};
}

/// Each of these settings agrees with the view's field of the same name, or of the name behind the arrow.
macro_rules! agree {
    ($options:expr, $view:expr, $($field:ident $(=> $other:ident)?),* $(,)?) => {{
        assert_eq!($view.malformed.count, 0);
        $(assert!(
            $options.$field.agrees(&agree!(@field $view, $field $(, $other)?)),
            "{}: {:?}", stringify!($field), $options.$field,
        );)*
    }};
    (@field $view:expr, $field:ident) => { $view.$field };
    (@field $view:expr, $field:ident, $other:ident) => { $view.$other };
}

/// Hands over a link kind, and what must be true of the attribute that holds its settings.
pub type Use<'u> = &'u mut dyn FnMut(Kind<'_>, &dyn Fn(Attr<'_>));

/// A kind of the seed's choice.
pub fn kind(seed: &mut Seed<'_>, f: Use<'_>) {
    match seed.value::<u8>() % 9 {
        0 => bridge(seed, f),
        1 => bridge_port(seed, f),
        2 => macvlan(seed, f),
        3 => vlan(seed, f),
        4 => vxlan(seed, f),
        5 => ipvlan(seed, f),
        6 => {
            let o = sample!(seed, VrfOptions { table });
            f(Kind::Vrf(&o), &|data| {
                agree!(o, view::Vrf::parse(data), table);
            });
        }
        7 => f(Kind::Plain(&seed.name(15)), &|_| unreachable!()),
        _ => f(Kind::PlainPort(&seed.name(15)), &|_| unreachable!()),
    }
}

fn bridge(seed: &mut Seed<'_>, f: Use<'_>) {
    let mut o = sample!(
        seed,
        BridgeOptions {
            forward_delay,
            hello_time,
            max_age,
            ageing_time,
            stp_state,
            priority,
            vlan_filtering,
            vlan_protocol,
            group_fwd_mask,
            group_address,
            fdb_flush,
            mcast_router,
            mcast_snooping,
            mcast_query_use_ifaddr,
            mcast_querier,
            mcast_hash_elasticity,
            mcast_hash_max,
            mcast_last_member_count,
            mcast_startup_query_count,
            mcast_last_member_interval,
            mcast_membership_interval,
            mcast_querier_interval,
            mcast_query_interval,
            mcast_query_response_interval,
            mcast_startup_query_interval,
            nf_call_iptables,
            nf_call_ip6tables,
            nf_call_arptables,
            vlan_default_pvid,
            vlan_stats_enabled,
            vlan_stats_per_port,
            mcast_stats_enabled,
            mcast_igmp_version,
            mcast_mld_version,
            fdb_max_learned,
        }
    );
    for _ in 0..seed.value::<u8>() % 4 {
        let option = seed.value::<u8>();
        o.bool_options.set(u32::from(option % 40), seed.coin());
    }
    f(Kind::Bridge(&o), &|data| {
        agree!(
            o, view::Bridge::parse(data),
            forward_delay, hello_time, max_age, ageing_time, stp_state, priority, vlan_filtering,
            vlan_protocol, group_fwd_mask, group_address => group_addr, mcast_router,
            mcast_snooping, mcast_query_use_ifaddr, mcast_querier, mcast_hash_elasticity,
            mcast_hash_max, mcast_last_member_count => mcast_last_member_cnt,
            mcast_startup_query_count => mcast_startup_query_cnt,
            mcast_last_member_interval => mcast_last_member_intvl,
            mcast_membership_interval => mcast_membership_intvl,
            mcast_querier_interval => mcast_querier_intvl,
            mcast_query_interval => mcast_query_intvl,
            mcast_query_response_interval => mcast_query_response_intvl,
            mcast_startup_query_interval => mcast_startup_query_intvl, nf_call_iptables,
            nf_call_ip6tables, nf_call_arptables, vlan_default_pvid, vlan_stats_enabled,
            vlan_stats_per_port, mcast_stats_enabled, mcast_igmp_version, mcast_mld_version,
            fdb_max_learned,
        );
        let options = view::Bridge::parse(data).bool_options.unwrap_or_default();
        assert_eq!(options, o.bool_options);
        assert_eq!(has(data, IFLA_BR_FDB_FLUSH), o.fdb_flush == Some(true));
        assert_eq!(o.bool_options == BoolOptions::default(), options.mask == 0);
    });
}

fn bridge_port(seed: &mut Seed<'_>, f: Use<'_>) {
    let o = sample!(
        seed,
        BridgePortOptions {
            state,
            priority,
            cost,
            hairpin,
            guard,
            root_block,
            fastleave,
            learning,
            flood,
            proxy_arp,
            proxy_arp_wifi,
            learning_sync,
            fdb_flush,
            mcast_router,
            mcast_flood,
            bcast_flood,
            mcast_to_unicast,
            group_fwd_mask,
            neigh_suppress,
            neigh_vlan_suppress,
            vlan_tunnel,
            isolated,
            locked,
            mab,
            backup_port,
            backup_nhid,
            mcast_max_groups,
        }
    );
    f(Kind::BridgePort(&o), &|data| {
        agree!(
            o, view::BridgePort::parse(data),
            state, priority, cost, hairpin, guard, root_block, fastleave => fast_leave, learning,
            flood => unicast_flood, proxy_arp, proxy_arp_wifi, learning_sync, mcast_router,
            mcast_flood, bcast_flood, mcast_to_unicast, group_fwd_mask, neigh_suppress,
            neigh_vlan_suppress, vlan_tunnel, isolated, locked, mab, backup_port, backup_nhid,
            mcast_max_groups,
        );
        assert_eq!(has(data, IFLA_BRPORT_FLUSH), o.fdb_flush == Some(true));
    });
}

fn macvlan(seed: &mut Seed<'_>, f: Use<'_>) {
    let addresses: Vec<[u8; 6]> = seed.list(8);
    let mut o = sample!(
        seed,
        MacvlanOptions {
            mode,
            flags,
            macaddr_mode,
            macaddr,
            bc_queue_len,
            bc_cutoff,
        }
    );
    o.macaddrs = seed.coin().then_some(&addresses[..]);
    let kind = match seed.coin() {
        true => Kind::Macvlan(&o),
        false => Kind::Macvtap(&o),
    };
    f(kind, &|data| {
        let view = view::Macvlan::parse(data);
        agree!(o, view, mode, flags, bc_queue_len, bc_cutoff);
        assert!(view.sources().eq(o.macaddrs.into_iter().flatten()));
        assert_eq!(read(data, IFLA_MACVLAN_MACADDR_MODE), o.macaddr_mode);
        assert_eq!(read(data, IFLA_MACVLAN_MACADDR), o.macaddr);
    });
}

fn vlan(seed: &mut Seed<'_>, f: Use<'_>) {
    let mappings = [seed.list(8), seed.list(8)];
    let mut o = sample!(
        seed,
        VlanOptions {
            id,
            protocol,
            flags
        }
    );
    o.ingress = seed.coin().then_some(&mappings[0][..]);
    o.egress = seed.coin().then_some(&mappings[1][..]);
    f(Kind::Vlan(&o), &|data| {
        let view = view::Vlan::parse(data);
        agree!(o, view, id, protocol, flags);
        assert!(view.ingress().eq(o.ingress.into_iter().flatten().copied()));
        assert!(view.egress().eq(o.egress.into_iter().flatten().copied()));
    });
}

fn vxlan(seed: &mut Seed<'_>, f: Use<'_>) {
    let o = sample!(
        seed,
        VxlanOptions {
            id,
            link,
            ttl,
            ttl_inherit,
            tos,
            df,
            label,
            learning,
            ageing,
            limit,
            port_range,
            port,
            proxy,
            rsc,
            l2miss,
            l3miss,
            udp_csum,
            udp_zero_csum6_tx,
            udp_zero_csum6_rx,
            remcsum_tx,
            remcsum_rx,
            collect_metadata,
            gbp,
            gpe,
            vnifilter,
            localbypass,
            remote,
            local,
        }
    );
    f(Kind::Vxlan(&o), &|data| {
        let mut view = view::Vxlan::parse(data);
        // The kernel takes this one as a flag and sends it as a byte.
        let inherit = view.malformed.count == 1;
        assert_eq!(inherit, o.ttl_inherit == Some(true));
        assert_eq!(has(data, IFLA_VXLAN_TTL_INHERIT), inherit);
        view.malformed = Default::default();
        agree!(
            o,
            view,
            id,
            link,
            ttl,
            tos,
            df,
            label,
            learning,
            ageing,
            limit,
            port_range,
            port,
            proxy,
            rsc,
            l2miss,
            l3miss,
            udp_csum,
            udp_zero_csum6_tx,
            udp_zero_csum6_rx,
            remcsum_tx,
            remcsum_rx,
            collect_metadata,
            gbp,
            gpe,
            vnifilter,
            localbypass,
        );
        let v4 = |ip: Option<IpAddr>| ip.filter(IpAddr::is_ipv4);
        let v6 = |ip: Option<IpAddr>| ip.filter(IpAddr::is_ipv6);
        assert_eq!((v4(o.remote), v6(o.remote)), (view.group, view.group6));
        assert_eq!((v4(o.local), v6(o.local)), (view.local, view.local6));
    });
}

fn ipvlan(seed: &mut Seed<'_>, f: Use<'_>) {
    let o = sample!(seed, IpvlanOptions { mode, flags });
    let kind = match seed.coin() {
        true => Kind::Ipvlan(&o),
        false => Kind::Ipvtap(&o),
    };
    f(kind, &|data| {
        agree!(o, view::Ipvlan::parse(data), mode, flags);
    });
}

fn has(data: Attr<'_>, number: u16) -> bool {
    data.nested().find(number).is_some()
}

fn read<T: Sample + zerocopy::FromBytes>(data: Attr<'_>, number: u16) -> Option<T> {
    let attr = Attrs::find(data.nested(), number)?;
    Some(attr.read().expect("the size that was written"))
}
