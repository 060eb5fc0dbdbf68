//! Views on bytes the kernel sent (6.18; `vlan`, `ipvlan`, `vrf` and `geneve` written by hand), cut short,
//! and made up.

use super::*;
use crate::encode::{AttrWriter, Request};
use crate::schema::kinds::*;
use crate::schema::link::*;
use proptest::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Bytes from hex; what follows a `;` up to the end of its line says what they are.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .lines()
        .map(|line| line.split(';').next().unwrap_or_default())
        .flat_map(|line| line.bytes().filter(u8::is_ascii_hexdigit))
        .collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn nest(bytes: &[u8]) -> Attr<'_> {
    Attr {
        kind: IFLA_INFO_DATA,
        marked_nested: false,
        value: bytes,
    }
}

/// Reads whatever this is with every view; returns how many things could not be read.
fn read_with_all(bytes: &[u8]) -> u32 {
    let attr = nest(bytes);
    let bridge = Bridge::parse(attr);
    let vlan = Vlan::parse(attr);
    let macvlan = Macvlan::parse(attr);
    vlan.egress().chain(vlan.ingress()).for_each(drop);
    macvlan.sources().for_each(drop);
    let querier = bridge.mcast_querier_state.map(|q| q.malformed.count);
    [
        bridge.malformed.count,
        querier.unwrap_or_default(),
        BridgePort::parse(attr).malformed.count,
        vlan.malformed.count,
        macvlan.malformed.count,
        Vxlan::parse(attr).malformed.count,
        Geneve::parse(attr).malformed.count,
        Ipvlan::parse(attr).malformed.count,
        Vrf::parse(attr).malformed.count,
        VrfPort::parse(attr).malformed.count,
        Tun::parse(attr).malformed.count,
        Xdp::parse(attr).malformed.count,
        Vf::parse(attr).malformed.count,
        Vf::all(attr).flat_map(|vf| vf.vlans()).count() as u32,
        Inet6::parse(attr).malformed.count,
        AfSpec::parse(attr).malformed.count,
        AfSpec::parse(attr).inet.map_or(0, |v| v.malformed.count),
        AfSpec::parse(attr).inet6.map_or(0, |v| v.malformed.count),
        Inet6::of(attr).map_or(0, |v| v.malformed.count),
    ]
    .iter()
    .fold(0, |sum, n| sum.saturating_add(*n))
}

const BRIDGE: &str = "
    0c00 1300 4874000000000000      ; GC_TIMER 297.68 s
    0800 0100 dc050000              ; FORWARD_DELAY 15 s
    0800 0500 00000000              ; STP_STATE off
    0600 0600 0080 0000             ; PRIORITY 32768
    0500 0700 01 000000             ; VLAN_FILTERING on
    0600 0800 8100 0000             ; VLAN_PROTOCOL 802.1Q, big-endian
    0600 0900 0000 0000             ; GROUP_FWD_MASK
    0c00 0b00 8000 f297ca40be7b     ; BRIDGE_ID 8000.f2:97:ca:40:be:7b
    0c00 0a00 8000 f297ca40be7b     ; ROOT_ID
    0a00 1400 0180c2000000 0000     ; GROUP_ADDR
    0c00 2e00 00000000 1f000000     ; MULTI_BOOLOPT: all off, five known
    0600 2700 0100 0000             ; VLAN_DEFAULT_PVID 1
    0800 1b00 00100000              ; MCAST_HASH_MAX 4096
    2000 2f80                       ; MCAST_QUERIER_STATE, marked nested
        0800 0100 0a010101          ;   IP_ADDRESS 10.1.1.1
        1400 0500 fe80000000000000 f097cafffe40be7b ; IPV6_ADDRESS
    0c00 2300 340c000000000000      ; MCAST_STARTUP_QUERY_INTVL 31.24 s
";

#[test]
fn bridge() {
    let bytes = hex(BRIDGE);
    let view = Bridge::parse(nest(&bytes));
    assert_eq!(view.malformed.count, 0);
    assert_eq!(view.gc_timer, Some(29768));
    assert_eq!(view.forward_delay, Some(1500));
    assert_eq!(view.stp_state, Some(0));
    assert_eq!(view.priority, Some(32768));
    assert_eq!(view.vlan_filtering, Some(1));
    assert_eq!(view.vlan_protocol, Some(0x8100));
    assert_eq!(view.vlan_default_pvid, Some(1));
    let id = view.bridge_id.unwrap();
    assert_eq!(u16::from_be_bytes(id.prio), 0x8000);
    assert_eq!(id.addr, [0xf2, 0x97, 0xca, 0x40, 0xbe, 0x7b]);
    assert_eq!(view.group_addr, Some(&[1, 0x80, 0xc2, 0, 0, 0][..]));
    let options = view.bool_options.unwrap();
    assert_eq!(options.get(BoolOptions::NO_LINKLOCAL_LEARN), Some(false));
    assert_eq!(options.get(BoolOptions::MST_ENABLED), Some(false));
    assert_eq!(options.get(5), None);
    assert_eq!(options.get(99), None);
    let querier = view.mcast_querier_state.unwrap();
    assert_eq!(querier.ipv4, Some(Ipv4Addr::new(10, 1, 1, 1).into()));
    let ll = Ipv6Addr::new(0xfe80, 0, 0, 0, 0xf097, 0xcaff, 0xfe40, 0xbe7b);
    assert_eq!(querier.ipv6, Some(ll.into()));
    assert_eq!(querier.ipv4_port, None);
    assert_eq!(view.mcast_startup_query_intvl, Some(3124));
    assert_eq!(view.hello_timer, None);
}

const BRIDGE_PORT: &str = "
    0500 0100 03 000000             ; STATE forwarding
    0600 0200 2000 0000             ; PRIORITY 32
    0800 0300 02000000              ; COST 2
    0500 0400 00 000000             ; MODE (hairpin) off
    0500 0600 01 000000             ; PROTECT (root block) on
    0500 0800 01 000000             ; LEARNING on
    0c00 0d00 8000 f297ca40be7b     ; ROOT_ID
    0600 0f00 0180 0000             ; DESIGNATED_PORT 0x8001
    0600 1200 0100 0000             ; NO 1
    0c00 1600 f304000000000000      ; FORWARD_DELAY_TIMER 12.67 s
    0800 2500 00020000              ; MCAST_EHT_HOSTS_LIMIT 512
";

#[test]
fn bridge_port() {
    let bytes = hex(BRIDGE_PORT);
    let view = BridgePort::parse(nest(&bytes));
    assert_eq!(view.malformed.count, 0);
    assert_eq!(view.state, Some(3));
    assert_eq!(view.priority, Some(32));
    assert_eq!(view.cost, Some(2));
    assert_eq!((view.hairpin, view.guard), (Some(0), None));
    assert_eq!((view.root_block, view.learning), (Some(1), Some(1)));
    assert_eq!(view.designated_port, Some(0x8001));
    assert_eq!(view.number, Some(1));
    assert_eq!(view.forward_delay_timer, Some(1267));
    assert_eq!(view.mcast_eht_hosts_limit, Some(512));
}

const MACVLAN: &str = "
    0800 0100 10000000              ; MODE source
    0600 0200 0000 0000             ; FLAGS
    0800 0600 02000000              ; MACADDR_COUNT 2
    1c00 0500                       ; MACADDR_DATA
        0a00 0400 020000000002 0000 ;   MACADDR
        0a00 0400 020000000001 0000 ;   MACADDR
    0800 0700 e8030000              ; BC_QUEUE_LEN 1000
    0800 0800 e8030000              ; BC_QUEUE_LEN_USED 1000
";

#[test]
fn macvlan() {
    let bytes = hex(MACVLAN);
    let view = Macvlan::parse(nest(&bytes));
    assert_eq!((view.mode, view.flags), (Some(16), Some(0)));
    assert_eq!(view.source_count, Some(2));
    let sources: Vec<_> = view.sources().collect();
    assert_eq!(sources, [[2, 0, 0, 0, 0, 2], [2, 0, 0, 0, 0, 1]]);
    assert_eq!(view.bc_queue_len, Some(1000));
    assert_eq!(view.bc_cutoff, None);
}

const VXLAN: &str = "
    0800 0100 0a000000              ; ID 10
    0800 0200 ef010101              ; GROUP 239.1.1.1
    0800 0300 03000000              ; LINK 3
    0800 0400 01010101              ; LOCAL 1.1.1.1
    0800 1a00 000abcde              ; LABEL 0xabcde, big-endian
    0500 0700 01 000000             ; LEARNING on
    0800 0800 2c010000              ; AGEING 300 s
    0600 0f00 12b5 0000             ; PORT 4789, big-endian
    0800 0a00 03e8 07d0             ; PORT_RANGE 1000 to 2000, big-endian
    0400 1700                       ; GBP
    0c00 2100 77000000000000ff      ; RESERVED_BITS
";

#[test]
fn vxlan() {
    let bytes = hex(VXLAN);
    let view = Vxlan::parse(nest(&bytes));
    assert_eq!((view.id, view.link), (Some(10), Some(3)));
    assert_eq!(view.group, Some(Ipv4Addr::new(239, 1, 1, 1).into()));
    assert_eq!(view.local, Some(Ipv4Addr::new(1, 1, 1, 1).into()));
    assert_eq!(view.label, Some(0xabcde));
    assert_eq!((view.learning, view.ageing), (Some(1), Some(300)));
    assert_eq!(view.port, Some(4789));
    let range = view.port_range.unwrap();
    assert_eq!(u16::from_be_bytes(range.low), 1000);
    assert_eq!(u16::from_be_bytes(range.high), 2000);
    assert!(view.gbp && !view.gpe && !view.remcsum_nopartial);
    assert_eq!(view.malformed.count, 0);
}

const TAP: &str = "
    0500 0300 02 000000             ; TYPE tap
    0800 0100 e8030000              ; OWNER 1000
    0500 0600 01 000000             ; PERSIST on
    0500 0700 01 000000             ; MULTI_QUEUE on
    0800 0800 00000000              ; NUM_QUEUES 0
";

#[test]
fn tap() {
    let bytes = hex(TAP);
    let view = Tun::parse(nest(&bytes));
    assert_eq!((view.mode, view.owner), (Some(2), Some(1000)));
    assert_eq!((view.persist, view.multi_queue), (Some(1), Some(1)));
    assert_eq!((view.num_queues, view.group), (Some(0), None));
}

const VLAN: &str = "
    0600 0100 6400 0000             ; ID 100
    0600 0500 88a8 0000             ; PROTOCOL 802.1ad, big-endian
    0c00 0200 01000000 ffffffff     ; FLAGS reorder headers
    1c00 0300                       ; EGRESS_QOS
        0c00 0100 00000000 01000000 ;   0 to 1
        0c00 0100 07000000 03000000 ;   7 to 3
";

#[test]
fn vlan() {
    let bytes = hex(VLAN);
    let view = Vlan::parse(nest(&bytes));
    assert_eq!((view.id, view.protocol), (Some(100), Some(0x88a8)));
    assert_eq!(view.flags.map(|f| f.flags), Some(1));
    let egress: Vec<_> = view.egress().map(|m| (m.from, m.to)).collect();
    assert_eq!(egress, [(0, 1), (7, 3)]);
    assert_eq!(view.ingress().count(), 0);
}

#[test]
fn small_kinds() {
    let bytes = hex("0600 0100 0100 0000 ; MODE l3\n 0600 0200 0100 0000 ; FLAGS private");
    let view = Ipvlan::parse(nest(&bytes));
    assert_eq!((view.mode, view.flags), (Some(1), Some(1)));
    let bytes = hex("0800 0100 0a000000 ; TABLE 10");
    assert_eq!(Vrf::parse(nest(&bytes)).table, Some(10));
    assert_eq!(VrfPort::parse(nest(&bytes)).table, Some(10));
    let bytes = hex("0500 0200 02 000000 ; ATTACHED generic\n 0800 0400 07000000 ; PROG_ID 7");
    let view = Xdp::parse(nest(&bytes));
    assert_eq!((view.attached, view.prog_id), (Some(2), Some(7)));
    let bytes = hex("1400 0a00               ; AF_INET6
            0800 0100 00000080              ;   FLAGS ready
            0500 0800 01 000000             ;   ADDR_GEN_MODE none");
    let view = Inet6::of(nest(&bytes)).unwrap();
    assert_eq!((view.addr_gen_mode, view.flags), (Some(1), Some(1 << 31)));
}

const FAMILIES: &str = "
    1400 0200                       ; AF_INET
        0f00 0100 01000000 02000000 030000 00 ; CONF of two and three quarters
    3400 0a00                       ; AF_INET6
        1000 0200 00000000 40000000 dc050000 ; CONF: no forwarding, hop limit 64, MTU 1500
        1400 0300 0200000000000000 0500000000000000 ; STATS: two, of which the second is 5
        0c00 0600 0100000000000000  ; ICMP6STATS: one
";

#[test]
#[cfg(target_endian = "little")]
fn families() {
    let bytes = hex(FAMILIES);
    let spec = AfSpec::parse(nest(&bytes));
    assert_eq!(spec.malformed.count, 0);
    // A part of a number is an error, and no number is made of it.
    let inet = spec.inet.unwrap();
    assert_eq!(inet.conf, None);
    let expected = DecodeError::WrongSize {
        kind: IFLA_INET_CONF,
        need: 12,
        have: 11,
    };
    assert_eq!(
        (inet.malformed.count, inet.malformed.first),
        (1, Some(expected))
    );
    let inet6 = spec.inet6.unwrap();
    let conf: Vec<i32> = inet6.conf.unwrap().iter().map(|n| n.get()).collect();
    assert_eq!(conf, [0, 64, 1500]);
    let stats: Vec<u64> = inet6.stats.unwrap().iter().map(|n| n.get()).collect();
    assert_eq!(
        (stats, inet6.icmp6_stats.map(<[_]>::len)),
        (vec![2, 5], Some(1))
    );
    assert_eq!(inet6.malformed.count, 0);
}

const VFS: &str = "
    6000 0100                       ; VF_INFO
        2800 0100 02000000          ;   MAC of function 2
            020000000001 0000 0000000000000000 0000000000000000 0000000000000000
        0c00 0400 02000000 ffffffff ;   SPOOFCHK unknown to the driver
        1000 0600 02000000 05000000 0a000000 ; RATE 5 to 10 Mbit/s
        1800 0c00                   ;   VLAN_LIST
            1400 0100 02000000 07000000 03000000 88a8 0000 ; 7, priority 3, 802.1ad
";

#[test]
fn virtual_functions() {
    let bytes = hex(VFS);
    let all: Vec<_> = Vf::all(nest(&bytes)).collect();
    let [vf] = all.as_slice() else {
        panic!("{} functions", all.len())
    };
    assert_eq!(vf.malformed.count, 0);
    let (number, mac) = vf.mac.unwrap();
    assert_eq!((number, &mac[..6]), (2, &[2, 0, 0, 0, 0, 1][..]));
    assert_eq!(vf.spoofchk, Some(u32::MAX));
    assert_eq!((vf.rate, vf.trust), (Some((5, 10)), None));
    let vlan = VfVlan {
        id: 7,
        qos: 3,
        protocol: Some(0x88a8),
    };
    assert_eq!(vf.vlans().collect::<Vec<_>>(), [vlan]);
}

#[test]
fn a_wrong_size_is_one_malformed_item() {
    let bytes = hex("0600 0100 0a00 0000 ; ID of two bytes\n 0500 0500 40 000000 ; TTL 64");
    let view = Vxlan::parse(nest(&bytes));
    assert_eq!((view.id, view.ttl), (None, Some(64)));
    assert_eq!(view.malformed.count, 1);
    let error = DecodeError::WrongSize {
        kind: IFLA_VXLAN_ID,
        need: 4,
        have: 2,
    };
    assert_eq!(view.malformed.first, Some(error));
}

#[test]
fn cut_at_every_byte() {
    for text in [BRIDGE, BRIDGE_PORT, MACVLAN, VXLAN, TAP, VLAN, VFS] {
        let whole = hex(text);
        let attrs = nest(&whole).nested().count();
        for len in (0..whole.len()).step_by(if cfg!(miri) { 61 } else { 1 }) {
            let cut = nest(&whole[..len]);
            assert!(cut.nested().count() <= attrs);
            read_with_all(cut.value);
        }
    }
}

/// A request's body with these attributes, written by the crate's own encoder.
fn written(write: impl FnOnce(&mut AttrWriter<'_>)) -> Vec<u8> {
    let mut buf = [0; 1024];
    let mut request = Request::new(&mut buf, 16, 0, 1);
    write(request.attrs());
    request.finish().unwrap()[16..].to_vec()
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        read_with_all(&bytes);
    }

    #[test]
    fn attributes_of_any_size_are_read_or_noted(
        attrs in proptest::collection::vec((0u16..64, proptest::collection::vec(any::<u8>(), 0..40)), 0..20),
    ) {
        let bytes = written(|w| {
            for (kind, value) in &attrs {
                w.bytes(*kind, value);
            }
        });
        read_with_all(&bytes);
    }

    #[test]
    fn what_is_written_is_read(
        id in any::<u32>(), port in any::<u16>(), ttl in any::<u8>(), label in any::<u32>(),
        remote in any::<[u8; 4]>(), local in any::<[u8; 16]>(), range in any::<[u16; 2]>(),
        mapping in proptest::collection::vec((any::<u32>(), any::<u32>()), 0..8),
    ) {
        let bytes = written(|w| {
            w.put(IFLA_VXLAN_ID, id)
                .put(IFLA_VXLAN_PORT, port.to_be_bytes())
                .put(IFLA_VXLAN_TTL, ttl)
                .put(IFLA_VXLAN_LABEL, label.to_be_bytes())
                .put(IFLA_VXLAN_GROUP, remote)
                .put(IFLA_VXLAN_LOCAL6, local)
                .put(IFLA_VXLAN_PORT_RANGE, [range[0].to_be_bytes(), range[1].to_be_bytes()])
                .flag(IFLA_VXLAN_GPE);
        });
        let view = Vxlan::parse(nest(&bytes));
        prop_assert_eq!(view.malformed.count, 0);
        prop_assert_eq!((view.id, view.port, view.ttl), (Some(id), Some(port), Some(ttl)));
        prop_assert_eq!(view.label, Some(label));
        prop_assert_eq!(view.group, Some(IpAddr::from(remote)));
        prop_assert_eq!(view.local6, Some(IpAddr::from(local)));
        let read = view.port_range.map(|r| [u16::from_be_bytes(r.low), u16::from_be_bytes(r.high)]);
        prop_assert_eq!(read, Some(range));
        prop_assert!(view.gpe && !view.gbp);

        let bytes = written(|w| {
            w.nest(IFLA_VLAN_INGRESS_QOS, |w| {
                for (from, to) in &mapping {
                    w.put(IFLA_VLAN_QOS_MAPPING, [*from, *to]);
                }
            });
        });
        let read: Vec<_> = Vlan::parse(nest(&bytes)).ingress().map(|m| (m.from, m.to)).collect();
        prop_assert_eq!(read, mapping);
    }
}
