//! Records of made-up links. What is expected is what iproute2 6.1 printed for the same bytes.

use super::*;
use crate::names::Names;
use netlink_raw::decode::Messages;
use netlink_raw::encode::{AttrWriter, Request};
use netlink_raw::schema::bridge::*;
use netlink_raw::schema::kinds::*;
use netlink_raw::wire::{IfInfoMsg, LinkStats64};

/// Two links and one name of a namespace.
struct Small(Names);

impl World for Small {
    fn link(&mut self, index: u32) -> Option<Known<'_>> {
        match index {
            1 => Some(Known {
                name: b"lo",
                flags: names::UP,
            }),
            2 => Some(Known {
                name: b"v1",
                flags: 0,
            }),
            _ => None,
        }
    }

    fn netns(&mut self, id: i32) -> Option<&[u8]> {
        (id == 7).then_some(b"blue")
    }

    fn program(&mut self, id: u32) -> Option<Program> {
        (id == 97).then(|| Program {
            name: b"myprog".to_vec(),
            tag: [0x61, 0x4b, 0x43, 0x4c, 0xd8, 0x32, 0x4e, 0xcc],
            jited: true,
            load_time: 5_696_696_455_302,
            uid: 0,
            btf_id: 0,
        })
    }

    fn names(&self) -> &Names {
        &self.0
    }
}

fn message(write: impl FnOnce(&mut AttrWriter<'_>)) -> Vec<u8> {
    let mut buf = [0; 4096];
    let mut request = Request::new(&mut buf, 16, 0, 1);
    let w = request.attrs();
    w.fixed(&IfInfoMsg {
        kind: 1,
        index: 5,
        flags: 0x1002,
        ..IfInfoMsg::default()
    });
    w.str(IFLA_IFNAME, b"v0");
    write(w);
    request.finish().unwrap().to_vec()
}

fn shown(options: &Options, style: Style, write: impl FnOnce(&mut AttrWriter<'_>)) -> String {
    let bytes = message(write);
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    let link = Link::parse(&message).unwrap();
    let mut out = Out::memory(options);
    let mut world = Small(Names::in_directory("/nonexistent", options.numeric));
    out.object(|out| match options.brief {
        true => brief(out, options, style, &link, &mut world),
        false => record(out, options, style, &link, &mut world),
    });
    String::from_utf8_lossy(&out.take()).into_owned()
}

fn plain(write: impl FnOnce(&mut AttrWriter<'_>)) -> String {
    shown(&Options::default(), Style::LINK, write)
}

fn with(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

fn base(w: &mut AttrWriter<'_>) {
    w.put(IFLA_TXQLEN, 1000u32)
        .put(IFLA_OPERSTATE, 2u8)
        .put(IFLA_LINKMODE, 0u8)
        .put(IFLA_MTU, 1500u32)
        .put(IFLA_GROUP, 0u32)
        .str(IFLA_QDISC, b"noop")
        .bytes(IFLA_ADDRESS, &[2, 0, 0, 0, 0, 1])
        .bytes(IFLA_BROADCAST, &[0xff; 6]);
}

#[test]
fn a_link_and_the_same_for_addr() {
    assert_eq!(
        plain(base),
        "5: v0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n\
         \u{20}   link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n"
    );
    assert_eq!(
        shown(&Options::default(), Style::addr(Family::Unspec), base),
        "5: v0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000\n\
         \u{20}   link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n"
    );
    assert_eq!(
        shown(&Options::default(), Style::addr(Family::Inet), base),
        "5: v0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000\n"
    );
    assert_eq!(
        shown(&with(|o| o.json = true), Style::LINK, base),
        "{\"ifindex\":5,\"ifname\":\"v0\",\"flags\":[\"BROADCAST\",\"MULTICAST\"],\"mtu\":1500,\
         \"qdisc\":\"noop\",\"operstate\":\"DOWN\",\"linkmode\":\"DEFAULT\",\"group\":\"default\",\
         \"txqlen\":1000,\"link_type\":\"ether\",\"address\":\"02:00:00:00:00:01\",\
         \"broadcast\":\"ff:ff:ff:ff:ff:ff\"}"
    );
    assert_eq!(
        shown(&with(|o| o.brief = true), Style::LINK, base),
        "v0               DOWN           02:00:00:00:00:01 <BROADCAST,MULTICAST> "
    );
    let addr = Style::addr(Family::Unspec);
    assert_eq!(
        shown(&with(|o| o.brief = true), addr, base),
        "v0               DOWN           "
    );
    assert!(plain(|_| {}).ends_with("<BROADCAST,MULTICAST> \n    link/ether \n"));
}

#[test]
fn the_link_below() {
    let first = |write: fn(&mut AttrWriter<'_>)| {
        let text = plain(write);
        text.split(" \n").next().unwrap().to_owned()
    };
    assert_eq!(
        first(|w| _ = w.put(IFLA_LINK, 1u32)),
        "5: v0@lo: <BROADCAST,MULTICAST>"
    );
    assert_eq!(
        first(|w| _ = w.put(IFLA_LINK, 2u32)),
        "5: v0@v1: <BROADCAST,MULTICAST,M-DOWN>"
    );
    assert_eq!(
        first(|w| _ = w.put(IFLA_LINK, 77u32)),
        "5: v0@if77: <BROADCAST,MULTICAST>"
    );
    assert_eq!(
        first(|w| _ = w.put(IFLA_LINK, 0u32)),
        "5: v0@NONE: <BROADCAST,MULTICAST>"
    );
    let far = |id: i32| {
        plain(|w| {
            w.put(IFLA_LINK, 2u32).put(IFLA_LINK_NETNSID, id);
        })
    };
    let line = "5: v0@if2: <BROADCAST,MULTICAST> \n    link/ether ";
    assert_eq!(far(0), format!("{line} link-netnsid 0\n"));
    assert_eq!(far(7), format!("{line} link-netns blue\n"));
    assert_eq!(far(-1), format!("{line} link-netnsid unknown\n"));
    let json = shown(&with(|o| o.json = true), Style::LINK, |w| {
        w.put(IFLA_LINK, 2u32).put(IFLA_LINK_NETNSID, 7i32);
    });
    assert!(json.starts_with("{\"ifindex\":5,\"link_index\":2,\"ifname\":\"v0\""));
    assert!(json.ends_with("\"link_netnsid\":7}"));
}

#[test]
fn colours_end_where_iproute2_ends_them() {
    let colored = with(|o| o.color = Some(crate::out::color::When::Always));
    assert_eq!(
        shown(&colored, Style::LINK, base),
        "5: \u{1b}[36mv0: \u{1b}[0m<BROADCAST,MULTICAST> mtu 1500 qdisc noop state \
         \u{1b}[31mDOWN \u{1b}[0mmode DEFAULT group default qlen 1000\n\
         \u{20}   link/ether \u{1b}[33m02:00:00:00:00:01\u{1b}[0m brd \u{1b}[33mff:ff:ff:ff:ff:ff\u{1b}[0m\n"
    );
}

#[test]
fn what_stands_behind_the_addresses() {
    assert_eq!(
        plain(|w| {
            base(w);
            w.bytes(IFLA_PERM_ADDRESS, &[2, 0, 0, 0, 0, 9])
                .put(IFLA_PROTO_DOWN, 1u8)
                .nest(IFLA_PROTO_DOWN_REASON, |w| {
                    w.put(IFLA_PROTO_DOWN_REASON_VALUE, 5u32);
                })
                .str(IFLA_IFALIAS, b"an alias")
                .nest(IFLA_PROP_LIST, |w| {
                    w.str(IFLA_ALT_IFNAME, b"one").str(IFLA_ALT_IFNAME, b"two");
                });
        })
        .split_once('\n')
        .unwrap()
        .1,
        "    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff permaddr 02:00:00:00:00:09 \
         protodown on protodown_reason <0,2>\n    alias an alias\n    altname one\n    altname two\n"
    );
}

#[test]
fn programs() {
    assert_eq!(
        plain(|w| {
            w.nest(IFLA_XDP, |w| {
                w.put(IFLA_XDP_ATTACHED, 4u8)
                    .put(IFLA_XDP_DRV_PROG_ID, 55u32)
                    .put(IFLA_XDP_SKB_PROG_ID, 56u32);
            });
        }),
        "5: v0: <BROADCAST,MULTICAST> xdpmulti \n    link/ether \n    \
         prog/xdpgeneric id 56 \n    prog/xdpdrv id 55 \n"
    );
    let one = |w: &mut AttrWriter<'_>| {
        w.nest(IFLA_XDP, |w| {
            w.put(IFLA_XDP_ATTACHED, 2u8)
                .put(IFLA_XDP_PROG_ID, 97u32)
                .put(IFLA_XDP_SKB_PROG_ID, 97u32);
        });
    };
    assert!(shown(&with(|o| o.details = 1), Style::LINK, one).ends_with(
        "\n    prog/xdp id 97 name myprog tag 614b434cd8324ecc jited \
             load_time 5696696455302 created_by_uid 0 \n"
    ));
    let program = r#"{"id":97,"name":"myprog","tag":"614b434cd8324ecc","jited":1}"#;
    assert_eq!(
        shown(&with(|o| o.json = true), Style::LINK, one),
        format!(
            "{{\"ifindex\":5,\"ifname\":\"v0\",\"flags\":[\"BROADCAST\",\"MULTICAST\"],\
             \"xdp\":{{\"mode\":2,\"prog\":{program},\"attached\":[{{\"mode\":2,\"prog\":{program}}}]}},\
             \"link_type\":\"ether\"}}"
        )
    );
    let addr = shown(&Options::default(), Style::addr(Family::Unspec), one);
    assert_eq!(
        addr,
        "5: v0: <BROADCAST,MULTICAST> xdpgeneric/id:97 \n    link/ether \n"
    );
}

#[test]
fn virtual_functions() {
    let functions = |w: &mut AttrWriter<'_>| {
        let mut mac = [0u8; 36];
        mac[..4].copy_from_slice(&3u32.to_ne_bytes());
        mac[4..10].copy_from_slice(&[2, 0, 0, 0, 0, 1]);
        let mut broadcast = [0u8; 32];
        broadcast[..6].fill(0xff);
        w.put(IFLA_NUM_VF, 1u32).nest(IFLA_VFINFO_LIST, |w| {
            w.nest(IFLA_VF_INFO, |w| {
                w.put(IFLA_VF_MAC, mac)
                    .put(IFLA_VF_BROADCAST, broadcast)
                    .put(IFLA_VF_VLAN, [3u32, 5, 0])
                    .nest(IFLA_VF_VLAN_LIST, |w| {
                        w.put(
                            IFLA_VF_VLAN_INFO,
                            [3u32, 7, 2, u32::from_ne_bytes([0x88, 0xa8, 0, 0])],
                        );
                    })
                    .put(IFLA_VF_RATE, [3u32, 3, 7])
                    .put(IFLA_VF_TX_RATE, [3u32, 7])
                    .put(IFLA_VF_SPOOFCHK, [3u32, 1])
                    .put(IFLA_VF_LINK_STATE, [3u32, 0])
                    .put(IFLA_VF_TRUST, [3u32, u32::MAX]);
            });
        });
    };
    assert_eq!(
        plain(functions).split_once("ether \n").unwrap().1,
        "    vf 3     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, vlan 7, qos 2, \
         vlan protocol 802.1ad, tx rate 7 (Mbps), max_tx_rate 7Mbps, min_tx_rate 3Mbps, \
         spoof checking on, link-state auto\n"
    );
}

fn stats(w: &mut AttrWriter<'_>) {
    w.put(
        IFLA_STATS64,
        LinkStats64 {
            rx_bytes: 1_000_000,
            tx_aborted_errors: 123_456_789,
            rx_nohandler: 3,
            ..LinkStats64::default()
        },
    );
}

#[test]
fn counters() {
    let text = shown(&with(|o| o.stats = 1), Style::LINK, stats);
    assert_eq!(
        text.split_once("ether \n").unwrap().1,
        "    RX:  bytes packets errors dropped  missed   mcast           \n\
         \u{20}      1000000       0      0       0       0       0 \n\
         \u{20}   TX:  bytes packets errors dropped carrier collsns           \n\
         \u{20}            0       0      0       0       0       0 \n"
    );
    let text = shown(&with(|o| o.stats = 2), Style::LINK, |w| {
        stats(w);
        w.put(IFLA_CARRIER_CHANGES, 0u32);
    });
    assert_eq!(
        text.split_once("ether \n").unwrap().1,
        "    RX:  bytes packets    errors dropped  missed   mcast           \n\
         \u{20}      1000000       0         0       0       0       0 \n\
         \u{20}   RX errors:  length       crc   frame    fifo overrun  nohandler\n\
         \u{20}                    0         0       0       0       0          3 \n\
         \u{20}   TX:  bytes packets    errors dropped carrier collsns           \n\
         \u{20}            0       0         0       0       0       0 \n\
         \u{20}   TX errors: aborted      fifo  window heartbt transns\n\
         \u{20}              123456789         0       0       0       0 \n"
    );
}

/// What `-d` says about the kind.
fn kind(name: &[u8], data: impl FnOnce(&mut AttrWriter<'_>)) -> String {
    let text = shown(&with(|o| o.details = 1), Style::LINK, |w| {
        w.nest(IFLA_LINKINFO, |w| {
            w.str(IFLA_INFO_KIND, name).nest(IFLA_INFO_DATA, data);
        });
    });
    text.split_once("ether \n    ").unwrap().1.to_owned()
}

/// What `-d` says about the port.
fn port(name: &[u8], data: impl FnOnce(&mut AttrWriter<'_>)) -> String {
    let text = shown(&with(|o| o.details = 1), Style::LINK, |w| {
        w.nest(IFLA_LINKINFO, |w| {
            w.str(IFLA_INFO_SLAVE_KIND, name)
                .nest(IFLA_INFO_SLAVE_DATA, data);
        });
    });
    text.split_once("ether \n    ").unwrap().1.to_owned()
}

#[test]
fn kinds() {
    assert_eq!(kind(b"wubbel", |w| _ = w.put(1, 7u32)), "wubbel \n");
    assert_eq!(
        kind(b"vlan", |w| {
            w.put(IFLA_VLAN_ID, 100u16)
                .put(IFLA_VLAN_PROTOCOL, 0x8100u16.to_be_bytes())
                .put(IFLA_VLAN_FLAGS, [0x1fu32, u32::MAX])
                .nest(IFLA_VLAN_INGRESS_QOS, |w| {
                    w.put(IFLA_VLAN_QOS_MAPPING, [1u32, 2])
                        .put(IFLA_VLAN_QOS_MAPPING, [3u32, 4]);
                })
                .nest(IFLA_VLAN_EGRESS_QOS, |w| {
                    w.put(IFLA_VLAN_QOS_MAPPING, [1u32, 2]);
                });
        }),
        "vlan protocol 802.1Q id 100 <REORDER_HDR,GVRP,MVRP,LOOSE_BINDING,BRIDGE_BINDING> \n      \
         ingress-qos-map { 1:2 3:4 } \n      egress-qos-map { 1:2 } \n"
    );
    assert_eq!(
        kind(b"ipvlan", |w| {
            w.put(IFLA_IPVLAN_MODE, 1u16).put(IFLA_IPVLAN_FLAGS, 1u16);
        }),
        "ipvlan  mode l3 private \n"
    );
    assert_eq!(
        kind(b"vrf", |w| _ = w.put(IFLA_VRF_TABLE, 10u32)),
        "vrf table 10 \n"
    );
    assert_eq!(
        port(b"vrf", |w| _ = w.put(IFLA_VRF_PORT_TABLE, 10u32)),
        "vrf_slave table 10 \n"
    );
    assert_eq!(
        kind(b"macvlan", |w| {
            w.put(IFLA_MACVLAN_MODE, 16u32)
                .put(IFLA_MACVLAN_MACADDR_COUNT, 1u32)
                .nest(IFLA_MACVLAN_MACADDR_DATA, |w| {
                    w.bytes(IFLA_MACVLAN_MACADDR, &[2, 0, 0, 0, 0, 1]);
                });
        }),
        "macvlan mode source remotes (1) 02:00:00:00:00:01 \n"
    );
    assert_eq!(
        kind(b"tun", |w| {
            w.put(IFLA_TUN_TYPE, 1u8)
                .put(IFLA_TUN_MULTI_QUEUE, 1u8)
                .put(IFLA_TUN_NUM_QUEUES, 3u32)
                .put(IFLA_TUN_OWNER, u32::MAX - 7);
        }),
        "tun type tun multi_queue numqueues 3 user 4294967288 \n"
    );
}

#[test]
fn tunnels() {
    assert_eq!(
        kind(b"vxlan", |w| {
            w.put(IFLA_VXLAN_ID, 5u32)
                .put(IFLA_VXLAN_GROUP, [239u8, 1, 1, 1])
                .put(IFLA_VXLAN_LINK, 1u32)
                .put(IFLA_VXLAN_PORT_RANGE, [0u8, 1, 0, 2])
                .put(IFLA_VXLAN_PORT, 4789u16.to_be_bytes())
                .put(IFLA_VXLAN_LEARNING, 0u8)
                .put(IFLA_VXLAN_TOS, 1u8)
                .put(IFLA_VXLAN_TTL, 0u8)
                .put(IFLA_VXLAN_AGEING, 300u32)
                .put(IFLA_VXLAN_UDP_CSUM, 1u8)
                .put(IFLA_VXLAN_UDP_ZERO_CSUM6_TX, 0u8)
                .flag(IFLA_VXLAN_GBP);
        }),
        "vxlan id 5 group 239.1.1.1 dev lo srcport 1 2 dstport 4789 nolearning tos inherit ttl auto \
         ageing 300 udpcsum noudp6zerocsumtx gbp \n"
    );
    let mut remote = [0u8; 16];
    remote[..4].copy_from_slice(&[0x20, 1, 0xd, 0xb8]);
    remote[15] = 1;
    assert_eq!(
        kind(b"geneve", |w| {
            w.put(IFLA_GENEVE_ID, 1u32)
                .put(IFLA_GENEVE_REMOTE6, remote)
                .put(IFLA_GENEVE_TTL, 64u8)
                .put(IFLA_GENEVE_LABEL, 0xabcu32.to_be_bytes())
                .put(IFLA_GENEVE_PORT, 6081u16.to_be_bytes());
        }),
        "geneve id 1 remote 2001:db8::1 ttl 64 flowlabel 0xabc dstport 6081 \n"
    );
}

#[test]
fn bridge_and_port() {
    let id = [0x80u8, 1, 0xaa, 2, 3, 4, 5, 6];
    assert_eq!(
        kind(b"bridge", |w| {
            w.put(IFLA_BR_FORWARD_DELAY, 1500u32)
                .put(IFLA_BR_BRIDGE_ID, id)
                .put(IFLA_BR_ROOT_ID, [0u8; 8])
                .put(IFLA_BR_GC_TIMER, 12345u64)
                .put(IFLA_BR_GROUP_FWD_MASK, 0x4000u16)
                .put(IFLA_BR_MULTI_BOOLOPT, [1u32, 1])
                .put(IFLA_BR_MCAST_QUERY_INTVL, 12500u64);
        }),
        "bridge forward_delay 1500 bridge_id 8001.aa:2:3:4:5:6 designated_root 8001.aa:2:3:4:5:6 \
         gc_timer  123.45 group_fwd_mask 0x4000 no_linklocal_learn 1 mcast_query_interval 12500 \n"
    );
    assert_eq!(
        port(b"bridge", |w| {
            w.put(IFLA_BRPORT_STATE, 3u8)
                .put(IFLA_BRPORT_COST, 2u32)
                .put(IFLA_BRPORT_FAST_LEAVE, 1u8)
                .put(IFLA_BRPORT_ID, 0x8001u16)
                .put(IFLA_BRPORT_ROOT_ID, id)
                .put(IFLA_BRPORT_GROUP_FWD_MASK, 0xcu16)
                .put(IFLA_BRPORT_BACKUP_PORT, 1u32);
        }),
        "bridge_slave state forwarding cost 2 fastleave on port_id 0x8001 designated_root \
         8001.aa:2:3:4:5:6 mcast_fast_leave on group_fwd_mask 0xc group_fwd_mask_str lacp,0x8 \
         backup_port lo \n"
    );
}

#[test]
fn attributes_of_any_size_are_shown_or_left_out() {
    for len in 0..64u16 {
        for number in 0..70u16 {
            let options = with(|o| {
                o.details = 1;
                o.stats = 2;
            });
            let value = [0xffu8; 64];
            let write = |w: &mut AttrWriter<'_>| {
                w.bytes(number, &value[..usize::from(len)]);
            };
            shown(&options, Style::LINK, write);
            let json = shown(&with(|o| o.json = true), Style::LINK, write);
            serde_json::from_str::<serde_json::Value>(&json).unwrap();
        }
    }
}
