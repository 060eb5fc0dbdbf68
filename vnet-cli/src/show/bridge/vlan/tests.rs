//! VLANs that were made up, since not every kernel has them. What is expected is what iproute2 6.1 printed for the
//! same messages.

use super::*;
use crate::options::Options;
use netlink_raw::decode::{Attrs, Messages};
use netlink_raw::encode::{AttrWriter, Request};
use netlink_raw::route::stats::Stats;
use netlink_raw::route::vlan_db::Vlans;
use netlink_raw::schema::bridge::*;
use netlink_raw::schema::link::IFLA_AF_SPEC;
use netlink_raw::schema::stats::*;
use netlink_raw::wire::{BrVlanMsg, BridgeVlanInfo, IfStatsMsg};

const BEGIN: u16 = BRIDGE_VLAN_INFO_RANGE_BEGIN;
const END: u16 = BRIDGE_VLAN_INFO_RANGE_END;
/// `PVID` and `Egress Untagged`.
const DEFAULT: u16 = BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED;

fn options(json: bool) -> Options {
    Options {
        json,
        ..Options::default()
    }
}

fn message(kind: u16, write: impl FnOnce(&mut AttrWriter<'_>)) -> Vec<u8> {
    let mut buf = [0; 4096];
    let mut request = Request::new(&mut buf, kind, 2, 1);
    write(request.attrs());
    request.finish().unwrap().to_vec()
}

fn text(json: bool, print: impl FnOnce(&mut Out)) -> String {
    let mut out = Out::memory(&options(json));
    print(&mut out);
    String::from_utf8(out.take()).unwrap()
}

fn of_spec(
    json: bool,
    write: impl FnOnce(&mut AttrWriter<'_>),
    print: impl FnOnce(&mut Out, Attr<'_>),
) -> String {
    let bytes = message(16, |w| {
        w.container(IFLA_AF_SPEC, write);
    });
    let spec = Attrs::new(&bytes[16..]).find(IFLA_AF_SPEC).unwrap();
    text(json, |out| print(out, spec))
}

fn vlans(w: &mut AttrWriter<'_>, all: &[(u16, u16)]) {
    for &(flags, vid) in all {
        w.put(IFLA_BRIDGE_VLAN_INFO, BridgeVlanInfo { flags, vid });
    }
}

#[test]
fn vlans_of_a_port() {
    let single = [(DEFAULT, 1), (0, 5), (4, 7), (2, 9)];
    let shown = |json, filter| {
        of_spec(
            json,
            |w| vlans(w, &single),
            |out, spec| port(out, b"v1", spec, filter),
        )
    };
    assert_eq!(
        shown(false, None),
        "v1                1 PVID Egress Untagged\n\
         \u{20}                 5\n\
         \u{20}                 7 Egress Untagged\n\
         \u{20}                 9 PVID\n"
    );
    assert_eq!(
        shown(true, None),
        "{\"ifname\":\"v1\",\"vlans\":[{\"vlan\":1,\"flags\":[\"PVID\",\"Egress Untagged\"]},{\"vlan\":5},\
         {\"vlan\":7,\"flags\":[\"Egress Untagged\"]},{\"vlan\":9,\"flags\":[\"PVID\"]}]}"
    );
    assert_eq!(
        shown(false, Some(7)),
        "v1                7 Egress Untagged\n"
    );
    assert_eq!(shown(true, Some(8)), "");
}

#[test]
fn ranges_of_vlans() {
    let ranges = [
        (DEFAULT, 1),
        (BEGIN, 5),
        (END, 9),
        (4 | BEGIN, 20),
        (4 | END, 300),
        (0, 4000),
    ];
    let shown = |json, filter| {
        of_spec(
            json,
            |w| vlans(w, &ranges),
            |out, spec| port(out, b"longname1234567", spec, filter),
        )
    };
    assert_eq!(
        shown(false, None),
        "longname1234567   1 PVID Egress Untagged\n\
         \u{20}                 5-9\n\
         \u{20}                 20-300 Egress Untagged\n\
         \u{20}                 4000\n"
    );
    assert_eq!(
        shown(true, None),
        "{\"ifname\":\"longname1234567\",\"vlans\":[{\"vlan\":1,\"flags\":[\"PVID\",\"Egress Untagged\"]},\
         {\"vlan\":5,\"vlanEnd\":9,\"flags\":[]},\
         {\"vlan\":20,\"vlanEnd\":300,\"flags\":[\"Egress Untagged\"]},{\"vlan\":4000}]}"
    );
    for vid in [5, 6, 9] {
        assert_eq!(shown(false, Some(vid)), "longname1234567   5-9\n");
    }
}

#[test]
fn tunnels_of_vlans() {
    let all = [
        (100, 10, BEGIN),
        (104, 14, END),
        (1_000_001, 1000, BEGIN),
        (1_000_101, 1100, END),
        (3, 3, 0),
    ];
    let write = |w: &mut AttrWriter<'_>| {
        for (id, vid, flags) in all {
            w.container(IFLA_BRIDGE_VLAN_TUNNEL_INFO, |w| {
                w.put(IFLA_BRIDGE_VLAN_TUNNEL_ID, id as u32)
                    .put(IFLA_BRIDGE_VLAN_TUNNEL_VID, vid as u16)
                    .put(IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, flags);
            });
        }
    };
    let shown = |json, filter| {
        of_spec(json, write, |out, spec| {
            tunnels(out, b"longname1234567", spec, filter)
        })
    };
    assert_eq!(
        shown(false, None),
        "longname1234567   10-14      100-104\n\
         \u{20}                 1000-1100  1000001-1000101\n\
         \u{20}                 3          3\n"
    );
    assert_eq!(
        shown(true, None),
        "{\"ifname\":\"longname1234567\",\"tunnels\":[\
         {\"vlan\":10,\"vlanEnd\":14,\"tunid\":100,\"tunidEnd\":104},\
         {\"vlan\":1000,\"vlanEnd\":1100,\"tunid\":1000001,\"tunidEnd\":1000101},{\"vlan\":3,\"tunid\":3}]}"
    );
    assert_eq!(
        shown(false, Some(12)),
        "longname1234567   10-14      100-104\n"
    );
    // They are not sorted here, and iproute2 counts on it.
    assert_eq!(shown(false, Some(3)), "");
}

fn database(write: impl FnOnce(&mut AttrWriter<'_>)) -> Vec<u8> {
    message(112, |w| {
        w.fixed(&BrVlanMsg {
            family: 7,
            index: 5,
            ..BrVlanMsg::default()
        });
        write(w);
    })
}

#[test]
fn the_database_of_a_port() {
    let one = |w: &mut AttrWriter<'_>,
               info: (u16, u16),
               range: Option<u16>,
               state: u8,
               router: Option<u8>,
               stats: Option<[u64; 4]>| {
        w.nest(BRIDGE_VLANDB_ENTRY, |w| {
            let (flags, vid) = info;
            w.put(BRIDGE_VLANDB_ENTRY_INFO, BridgeVlanInfo { flags, vid })
                .put_opt(BRIDGE_VLANDB_ENTRY_RANGE, range)
                .put(BRIDGE_VLANDB_ENTRY_STATE, state);
            if let Some(stats) = stats {
                w.nest(BRIDGE_VLANDB_ENTRY_STATS, |w| {
                    for (kind, value) in (1..).zip(stats) {
                        w.put(kind, value);
                    }
                });
            }
            w.put_opt(BRIDGE_VLANDB_ENTRY_MCAST_ROUTER, router);
        });
    };
    let bytes = database(|w| {
        one(w, (DEFAULT, 1), None, 3, Some(1), Some([100, 2, 300, 4]));
        one(w, (0, 5), Some(9), 4, None, None);
        one(w, (0, 4000), None, 7, None, None);
    });
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let vlans = Vlans::parse(&message).unwrap();
    let shown = |json, filter, stats| {
        text(json, |out| {
            entries(out, b"v1", vlans.entries(), filter, stats);
        })
    };
    assert_eq!(
        shown(false, None, false),
        "v1                1 PVID Egress Untagged\n\
         \u{20}                   state forwarding mcast_router 1 \n\
         \u{20}                 5-9\n\
         \u{20}                   state blocking \n\
         \u{20}                 4000\n\
         \u{20}                   state (7) \n"
    );
    assert_eq!(
        shown(false, Some(6), true),
        "v1                5-9\n\
         \u{20}                   state blocking \n\
         \u{20}                   RX: 0 bytes 0 packets\n\
         \u{20}                   TX: 0 bytes 0 packets\n"
    );
    assert_eq!(
        shown(true, None, true),
        "{\"ifname\":\"v1\",\"vlans\":[{\"vlan\":1,\"flags\":[\"PVID\",\"Egress Untagged\"],\
         \"state\":\"forwarding\",\"mcast_router\":1,\
         \"rx_bytes\":100,\"rx_packets\":2,\"tx_bytes\":300,\"tx_packets\":4},\
         {\"vlan\":5,\"vlanEnd\":9,\"state\":\"blocking\",\
         \"rx_bytes\":0,\"rx_packets\":0,\"tx_bytes\":0,\"tx_packets\":0},\
         {\"vlan\":4000,\"state\":7,\"rx_bytes\":0,\"rx_packets\":0,\"tx_bytes\":0,\"tx_packets\":0}]}"
    );
}

#[test]
fn the_database_of_a_bridge() {
    let bytes = database(|w| {
        w.nest(BRIDGE_VLANDB_GLOBAL_OPTIONS, |w| {
            w.put(BRIDGE_VLANDB_GOPTS_ID, 1u16)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING, 1u8)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_QUERIER, 1u8)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION, 3u8)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION, 2u8)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT, 3u32)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT, 5u32)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL, 100u64)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL, 26000u64)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL, 25500u64)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL, 12500u64)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL, 1000u64)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL, 3125u64)
                .put(BRIDGE_VLANDB_GOPTS_MSTI, 4u16);
        });
        w.nest(BRIDGE_VLANDB_GLOBAL_OPTIONS, |w| {
            w.put(BRIDGE_VLANDB_GOPTS_ID, 5u16)
                .put(BRIDGE_VLANDB_GOPTS_RANGE, 9u16)
                .put(BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING, 0u8);
        });
    });
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let vlans = Vlans::parse(&message).unwrap();
    let shown = |json, filter| text(json, |out| globals(out, b"br0", vlans.globals(), filter));
    assert_eq!(
        shown(false, None),
        "br0               1\n\
         \u{20}                   mcast_snooping 1 mcast_querier 1 mcast_igmp_version 3 mcast_mld_version 2 \
         mcast_last_member_count 3 mcast_last_member_interval 100 mcast_startup_query_count 5 \
         mcast_startup_query_interval 3125 mcast_membership_interval 26000 mcast_querier_interval 25500 \
         mcast_query_interval 12500 mcast_query_response_interval 1000 \n\
         \u{20}                 5-9\n\
         \u{20}                   mcast_snooping 0 \n"
    );
    assert_eq!(
        shown(true, Some(6)),
        "{\"ifname\":\"br0\",\"vlans\":[{\"vlan\":5,\"vlanEnd\":9,\"mcast_snooping\":0}]}"
    );
}

#[test]
fn counters_of_vlans() {
    let bytes = message(92, |w| {
        w.fixed(&IfStatsMsg {
            index: 2,
            ..IfStatsMsg::default()
        });
        w.nest(IFLA_STATS_LINK_XSTATS, |w| {
            w.nest(LINK_XSTATS_TYPE_BRIDGE, |w| {
                for (flags, vid, rx_bytes) in [(DEFAULT | 32, 1, 100), (32, 10, 1_000_000)] {
                    let vlan = BridgeVlanXstats {
                        rx_bytes,
                        rx_packets: 2,
                        tx_bytes: 300,
                        tx_packets: 4,
                        vid,
                        flags,
                        ..BridgeVlanXstats::default()
                    };
                    w.put(BRIDGE_XSTATS_VLAN, vlan);
                }
            });
        });
    });
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let stats = Stats::parse(&message).unwrap();
    let shown = |json, filter| {
        text(json, |out| {
            let vlans = stats.bridge_vlans(false).unwrap().flatten();
            xstats(out, b"br0", vlans, filter);
        })
    };
    assert_eq!(
        shown(false, None),
        "br0               1 PVID Egress Untagged\n\
         \u{20}                   RX: 100 bytes 2 packets\n\
         \u{20}                   TX: 300 bytes 4 packets\n\
         \u{20}                 10\n\
         \u{20}                   RX: 1000000 bytes 2 packets\n\
         \u{20}                   TX: 300 bytes 4 packets\n"
    );
    assert_eq!(
        shown(true, Some(10)),
        "{\"ifname\":\"br0\",\"vlans\":[{\"vid\":10,\"flags\":[],\
         \"rx_bytes\":1000000,\"rx_packets\":2,\"tx_bytes\":300,\"tx_packets\":4}]}"
    );
}
