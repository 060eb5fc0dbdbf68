//! A bridge.

use super::super::Show;
use super::super::names::{Mac, VlanProtocol};
use crate::out::Val;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::{BoolOptions, Bridge};
use netlink_raw::wire::BridgeId;
use std::fmt;

pub(super) fn bridge(show: &mut Show<'_>, data: Attr<'_>) {
    let b = Bridge::parse(data);
    show.number("forward_delay", "forward_delay", b.forward_delay);
    show.number("hello_time", "hello_time", b.hello_time);
    show.number("max_age", "max_age", b.max_age);
    show.number("ageing_time", "ageing_time", b.ageing_time);
    show.number("stp_state", "stp_state", b.stp_state);
    show.number("priority", "priority", b.priority);
    show.number("vlan_filtering", "vlan_filtering", b.vlan_filtering);
    if let Some(number) = b.vlan_protocol {
        let numeric = show.options.numeric;
        let protocol = VlanProtocol { number, numeric };
        show.word("vlan_protocol", "vlan_protocol", format_args!("{protocol}"));
    }
    show.bridge_id("bridge_id", "bridge_id", b.bridge_id);
    // iproute2 6.1 shows the bridge's own id here, whatever the root is.
    let root = b.root_id.and(b.bridge_id);
    show.bridge_id("root_id", "designated_root", root);
    show.number("root_port", "root_port", b.root_port);
    show.number("root_path_cost", "root_path_cost", b.root_path_cost);
    show.number("topology_change", "topology_change", b.topology_change);
    let detected = "topology_change_detected";
    show.number(detected, detected, b.topology_change_detected);
    show.timer("hello_timer", b.hello_timer);
    show.timer("tcn_timer", b.tcn_timer);
    show.timer("topology_change_timer", b.topology_change_timer);
    show.timer("gc_timer", b.gc_timer);
    let pvid = "vlan_default_pvid";
    show.number(pvid, pvid, b.vlan_default_pvid);
    let stats = "vlan_stats_enabled";
    show.number(stats, stats, b.vlan_stats_enabled);
    let stats = "vlan_stats_per_port";
    show.number(stats, stats, b.vlan_stats_per_port);
    show.hex("group_fwd_mask", "group_fwd_mask", b.group_fwd_mask);
    if let Some(address) = b.group_addr {
        let address = Mac(address);
        show.word("group_addr", "group_address", format_args!("{address}"));
    }
    multicast(show, &b);
    show.number("nf_call_iptables", "nf_call_iptables", b.nf_call_iptables);
    let call = "nf_call_ip6tables";
    show.number(call, call, b.nf_call_ip6tables);
    let call = "nf_call_arptables";
    show.number(call, call, b.nf_call_arptables);
}

fn multicast(show: &mut Show<'_>, b: &Bridge<'_>) {
    show.number("mcast_snooping", "mcast_snooping", b.mcast_snooping);
    let option = |option| b.bool_options.and_then(|options| options.get(option));
    for (word, number) in [
        ("no_linklocal_learn", BoolOptions::NO_LINKLOCAL_LEARN),
        ("mcast_vlan_snooping", BoolOptions::MCAST_VLAN_SNOOPING),
    ] {
        show.number(word, word, option(number));
    }
    show.number("mcast_router", "mcast_router", b.mcast_router);
    let word = "mcast_query_use_ifaddr";
    show.number(word, word, b.mcast_query_use_ifaddr);
    show.number("mcast_querier", "mcast_querier", b.mcast_querier);
    let word = "mcast_hash_elasticity";
    show.number(word, word, b.mcast_hash_elasticity);
    show.number("mcast_hash_max", "mcast_hash_max", b.mcast_hash_max);
    for (key, word, value) in [
        (
            "mcast_last_member_cnt",
            "mcast_last_member_count",
            b.mcast_last_member_cnt.map(u64::from),
        ),
        (
            "mcast_startup_query_cnt",
            "mcast_startup_query_count",
            b.mcast_startup_query_cnt.map(u64::from),
        ),
        (
            "mcast_last_member_intvl",
            "mcast_last_member_interval",
            b.mcast_last_member_intvl,
        ),
        (
            "mcast_membership_intvl",
            "mcast_membership_interval",
            b.mcast_membership_intvl,
        ),
        (
            "mcast_querier_intvl",
            "mcast_querier_interval",
            b.mcast_querier_intvl,
        ),
        (
            "mcast_query_intvl",
            "mcast_query_interval",
            b.mcast_query_intvl,
        ),
        (
            "mcast_query_response_intvl",
            "mcast_query_response_interval",
            b.mcast_query_response_intvl,
        ),
        (
            "mcast_startup_query_intvl",
            "mcast_startup_query_interval",
            b.mcast_startup_query_intvl,
        ),
    ] {
        show.number(key, word, value);
    }
    let word = "mcast_stats_enabled";
    show.number(word, word, b.mcast_stats_enabled);
    let word = "mcast_igmp_version";
    show.number(word, word, b.mcast_igmp_version);
    let word = "mcast_mld_version";
    show.number(word, word, b.mcast_mld_version);
}

/// A bridge's id: priority and address, as the spanning tree compares them.
struct Id(BridgeId);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [high, low] = self.0.prio;
        let [a, b, c, d, e, g] = self.0.addr;
        write!(f, "{high:02x}{low:02x}.{a:x}:{b:x}:{c:x}:{d:x}:{e:x}:{g:x}")
    }
}

impl Show<'_> {
    pub(super) fn bridge_id(&mut self, key: &str, word: &str, id: Option<BridgeId>) {
        if let Some(id) = id.map(Id) {
            self.word(key, word, format_args!("{id}"));
        }
    }

    /// A time in hundredths of a second, shown in seconds.
    pub(super) fn timer(&mut self, key: &str, time: Option<u64>) {
        if let Some(time) = time {
            let (seconds, rest) = (time / 100, time % 100);
            let text = format_args!("{seconds:4}.{rest:02}");
            let value = Val::F64(time as f64 / 100.0);
            self.out.field(key, value, (key, " ", text, " "));
        }
    }

    /// A number in hexadecimal with 0x, but 0 as it is, as C's `%#x`.
    pub(super) fn hex(&mut self, key: &str, word: &str, value: Option<u16>) {
        match value {
            Some(0) => self.word(key, word, format_args!("0")),
            Some(value) => self.word(key, word, format_args!("{value:#x}")),
            None => {}
        }
    }

    /// `WORD VALUE `.
    pub(super) fn word(&mut self, key: &str, word: &str, value: fmt::Arguments<'_>) {
        self.out.field(key, value, (word, " ", value, " "));
    }
}
