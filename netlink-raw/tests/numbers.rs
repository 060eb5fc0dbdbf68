//! Every constant has the value that the kernel's headers and the libc crate give it.

mod support;

use netlink_raw::schema::{MESSAGES, Table, Value};
use std::collections::BTreeMap;
use std::path::Path;
use support::uapi::Numbers;

/// Headers that the constants are from.
const HEADERS: [&str; 13] = [
    "netlink.h",
    "rtnetlink.h",
    "if_link.h",
    "if_addr.h",
    "if_bridge.h",
    "if_vlan.h",
    "veth.h",
    "neighbour.h",
    "net_namespace.h",
    "nexthop.h",
    "fib_rules.h",
    "lwtunnel.h",
    "if_tunnel.h",
];

/// The attributes of a table and of all tables inside.
fn attributes(table: &Table, all: &mut BTreeMap<String, i64>) {
    for spec in table.specs {
        let known = all.insert(spec.name.to_owned(), i64::from(spec.number));
        if known.is_some() {
            assert_eq!(known, Some(i64::from(spec.number)), "{}", spec.name);
            continue;
        }
        match spec.value {
            Value::Nest(t) | Value::NestAfter(_, t) | Value::NextHops(t) => attributes(t, all),
            Value::ByFamily(tables) => tables.iter().for_each(|(_, t)| attributes(t, all)),
            Value::ByKind(_, tables) => tables.iter().for_each(|(_, t)| attributes(t, all)),
            _ => {}
        }
    }
}

/// Every `pub const` of the sources whose value is written as a number.
fn constants(directory: &Path, all: &mut BTreeMap<String, i64>) {
    for entry in std::fs::read_dir(directory).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            constants(&path, all);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for line in text.lines() {
            let parts = line
                .trim()
                .strip_prefix("pub const ")
                .and_then(|c| c.split_once(':'))
                .and_then(|(name, rest)| Some((name, rest.split_once('=')?.1)));
            let Some((name, value)) = parts else { continue };
            if let Some(value) = Numbers::default().value(value.trim_end_matches(';')) {
                all.insert(name.to_owned(), value);
            }
        }
    }
}

#[test]
fn numbers_are_the_headers() {
    let headers = Path::new("/usr/include/linux");
    if !headers.join("rtnetlink.h").exists() {
        println!("left out: no kernel headers in {}", headers.display());
        return;
    }
    let mut kernel = Numbers::default();
    for name in HEADERS {
        let text = std::fs::read_to_string(headers.join(name)).expect(name);
        kernel.read(&text);
    }
    let mut ours = BTreeMap::new();
    for message in MESSAGES {
        ours.insert(message.name.to_owned(), i64::from(message.kind));
        attributes(message.table, &mut ours);
    }
    constants(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut ours,
    );
    // What is newer than these headers is not in them.
    let known = ours.iter().filter(|(name, _)| kernel.0.contains_key(*name));
    let mut same = 0;
    for (name, number) in known {
        assert_eq!(kernel.0.get(name), Some(number), "{name}");
        same += 1;
    }
    assert!(same > 500, "{same} of {}", ours.len());
}

#[test]
fn headers_are_read() {
    let mut numbers = Numbers::default();
    numbers.read(
        "#define A (1 << 3) /* B = 9 */\n#define B (A|0x10)\n#define\tC -1\n#define D(x) x
        enum { E, /* F, */ G = B, H, #define H H
        __MAX };\n enum name { I = -2, J, };\n#define __LAST (__MAX - 1)",
    );
    let of = |name: &str| numbers.0.get(name).copied();
    assert_eq!([of("A"), of("B"), of("C")], [Some(8), Some(24), Some(-1)]);
    assert_eq!([of("E"), of("F"), of("G")], [Some(0), None, Some(24)]);
    assert_eq!([of("I"), of("J")], [Some(-2), Some(-1)]);
}

/// Each name is this crate's and libc's.
macro_rules! same {
    ($($module:path: $($name:ident)*;)*) => { $(
        const _: () = {
            use $module as ours;
            $(assert!(ours::$name as i64 == libc::$name as i64, stringify!($name));)*
        };
    )* };
}

same! {
    netlink_raw::encode:
        NLA_F_NESTED NLA_F_NET_BYTEORDER;
    netlink_raw::exchange:
        NLMSG_NOOP NLMSG_ERROR NLMSG_DONE NLMSG_OVERRUN NLM_F_REQUEST NLM_F_MULTI NLM_F_ACK
        NLM_F_ECHO NLM_F_DUMP_INTR NLM_F_DUMP_FILTERED NLM_F_DUMP NLM_F_REPLACE NLM_F_EXCL
        NLM_F_CREATE NLM_F_APPEND NLM_F_CAPPED NLM_F_ACK_TLVS;
    netlink_raw::route::addr:
        IFA_F_SECONDARY IFA_F_NODAD IFA_F_OPTIMISTIC IFA_F_DADFAILED IFA_F_HOMEADDRESS
        IFA_F_DEPRECATED IFA_F_TENTATIVE IFA_F_PERMANENT IFA_F_MANAGETEMPADDR IFA_F_NOPREFIXROUTE
        IFA_F_MCAUTOJOIN IFA_F_STABLE_PRIVACY;
    netlink_raw::route::fdb:
        NLM_F_BULK;
    netlink_raw::route::link:
        RTEXT_FILTER_VF RTEXT_FILTER_BRVLAN RTEXT_FILTER_BRVLAN_COMPRESSED RTEXT_FILTER_SKIP_STATS;
    netlink_raw::route::neigh:
        NUD_NONE NUD_INCOMPLETE NUD_REACHABLE NUD_STALE NUD_DELAY NUD_PROBE NUD_FAILED NUD_NOARP
        NUD_PERMANENT NTF_USE NTF_SELF NTF_MASTER NTF_PROXY NTF_EXT_LEARNED NTF_OFFLOADED NTF_ROUTER;
    netlink_raw::route::route:
        RTN_UNSPEC RTN_UNICAST RTN_LOCAL RTN_BROADCAST RTN_ANYCAST RTN_MULTICAST RTN_BLACKHOLE
        RTN_UNREACHABLE RTN_PROHIBIT RTN_THROW RTN_NAT RTN_XRESOLVE RT_SCOPE_UNIVERSE RT_SCOPE_SITE
        RT_SCOPE_LINK RT_SCOPE_HOST RT_SCOPE_NOWHERE RTPROT_UNSPEC RTPROT_REDIRECT RTPROT_KERNEL
        RTPROT_BOOT RTPROT_STATIC RT_TABLE_UNSPEC RT_TABLE_DEFAULT RT_TABLE_MAIN RT_TABLE_LOCAL
        RTM_F_NOTIFY RTM_F_CLONED RTM_F_EQUALIZE RTM_F_PREFIX RTM_F_LOOKUP_TABLE RTM_F_FIB_MATCH;
    netlink_raw::schema:
        RTM_NEWLINK RTM_DELLINK RTM_GETLINK RTM_SETLINK RTM_NEWADDR RTM_DELADDR RTM_GETADDR
        RTM_NEWROUTE RTM_DELROUTE RTM_GETROUTE RTM_NEWNEIGH RTM_DELNEIGH RTM_GETNEIGH RTM_NEWRULE
        RTM_DELRULE RTM_GETRULE RTM_NEWNSID RTM_DELNSID RTM_GETNSID RTM_NEWSTATS RTM_GETSTATS;
    netlink_raw::schema::addr:
        IFA_ADDRESS IFA_LOCAL IFA_LABEL IFA_BROADCAST IFA_ANYCAST IFA_CACHEINFO IFA_MULTICAST
        IFA_FLAGS;
    netlink_raw::schema::link:
        IFLA_ADDRESS IFLA_BROADCAST IFLA_IFNAME IFLA_MTU IFLA_LINK IFLA_QDISC IFLA_STATS IFLA_COST
        IFLA_PRIORITY IFLA_MASTER IFLA_WIRELESS IFLA_PROTINFO IFLA_TXQLEN IFLA_MAP IFLA_WEIGHT
        IFLA_OPERSTATE IFLA_LINKMODE IFLA_LINKINFO IFLA_NET_NS_PID IFLA_IFALIAS IFLA_NUM_VF
        IFLA_VFINFO_LIST IFLA_STATS64 IFLA_VF_PORTS IFLA_PORT_SELF IFLA_AF_SPEC IFLA_GROUP
        IFLA_NET_NS_FD IFLA_EXT_MASK IFLA_PROMISCUITY IFLA_NUM_TX_QUEUES IFLA_NUM_RX_QUEUES
        IFLA_CARRIER IFLA_PHYS_PORT_ID IFLA_CARRIER_CHANGES IFLA_PHYS_SWITCH_ID IFLA_LINK_NETNSID
        IFLA_PHYS_PORT_NAME IFLA_PROTO_DOWN IFLA_GSO_MAX_SEGS IFLA_GSO_MAX_SIZE IFLA_PAD IFLA_XDP
        IFLA_EVENT IFLA_NEW_NETNSID IFLA_IF_NETNSID IFLA_CARRIER_UP_COUNT IFLA_CARRIER_DOWN_COUNT
        IFLA_NEW_IFINDEX IFLA_MIN_MTU IFLA_MAX_MTU IFLA_PROP_LIST IFLA_ALT_IFNAME IFLA_PERM_ADDRESS
        IFLA_PROTO_DOWN_REASON IFLA_PARENT_DEV_NAME IFLA_PARENT_DEV_BUS_NAME IFLA_GRO_MAX_SIZE
        IFLA_TSO_MAX_SIZE IFLA_TSO_MAX_SEGS IFLA_ALLMULTI IFLA_INFO_KIND IFLA_INFO_DATA
        IFLA_INFO_XSTATS IFLA_INFO_SLAVE_KIND IFLA_INFO_SLAVE_DATA;
    netlink_raw::schema::neigh:
        NDA_DST NDA_LLADDR NDA_CACHEINFO NDA_PROBES NDA_VLAN NDA_PORT NDA_VNI NDA_IFINDEX NDA_MASTER
        NDA_LINK_NETNSID NDA_SRC_VNI;
    netlink_raw::schema::route:
        RTA_DST RTA_SRC RTA_IIF RTA_OIF RTA_GATEWAY RTA_PRIORITY RTA_PREFSRC RTA_METRICS
        RTA_MULTIPATH RTA_PROTOINFO RTA_FLOW RTA_CACHEINFO RTA_SESSION RTA_MP_ALGO RTA_TABLE
        RTA_MARK RTA_MFC_STATS RTA_VIA RTA_NEWDST RTA_PREF RTA_ENCAP_TYPE RTA_ENCAP RTA_EXPIRES
        RTA_PAD RTA_UID RTA_TTL_PROPAGATE;
}
