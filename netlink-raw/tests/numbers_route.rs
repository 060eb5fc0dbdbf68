//! The numbers of `NETLINK_ROUTE`'s tables and the places of fields in structs are those of the kernel's headers.
#![cfg(feature = "annotate")]

mod support;

use netlink_raw::schema::{Layout, MESSAGES, MORE_MESSAGES, answer, bridge::mdb, headers::*};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use support::named::{Named, headers, of_linux_6_1};

const HEADERS: [&str; 58] = [
    "netlink.h",
    "rtnetlink.h",
    "if_link.h",
    "if_addr.h",
    "if_addrlabel.h",
    "if_bridge.h",
    "if_vlan.h",
    "veth.h",
    "neighbour.h",
    "net_namespace.h",
    "nexthop.h",
    "fib_rules.h",
    "lwtunnel.h",
    "if_tunnel.h",
    "ip6_tunnel.h",
    "netconf.h",
    "if_ether.h",
    "if_arp.h",
    "in.h",
    "if.h",
    "icmpv6.h",
    "ip.h",
    "ipv6.h",
    "snmp.h",
    "gen_stats.h",
    "pkt_sched.h",
    "pkt_cls.h",
    "mpls_iptunnel.h",
    "mpls.h",
    "seg6.h",
    "seg6_iptunnel.h",
    "seg6_local.h",
    "rpl_iptunnel.h",
    "ioam6_iptunnel.h",
    "ila.h",
    "mroute.h",
    "dcbnl.h",
    "amt.h",
    "batman_adv.h",
    "can/netlink.h",
    "can/vxcan.h",
    "if_tun.h",
    "devlink.h",
    "tc_act/tc_gact.h",
    "tc_act/tc_mirred.h",
    "tc_act/tc_vlan.h",
    "tc_act/tc_pedit.h",
    "tc_act/tc_skbedit.h",
    "tc_act/tc_tunnel_key.h",
    "tc_act/tc_ct.h",
    "tc_act/tc_csum.h",
    "tc_act/tc_sample.h",
    "tc_act/tc_nat.h",
    "tc_act/tc_bpf.h",
    "tc_act/tc_mpls.h",
    "tc_act/tc_connmark.h",
    "tc_act/tc_skbmod.h",
    "if_bonding.h",
];

/// Newer than Linux 6.1.
const NEWER: [&str; 81] = [
    "MDB_FLAGS_OFFLOAD_FAILED",
    "BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS",
    "BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS",
    "BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS",
    "DPLL_A_PIN_ID",
    "FRA_DPORT_MASK",
    "FRA_DSCP",
    "FRA_DSCP_MASK",
    "FRA_FLOWLABEL",
    "FRA_FLOWLABEL_MASK",
    "FRA_SPORT_MASK",
    "IFLA_BOND_BROADCAST_NEIGH",
    "IFLA_BRPORT_BACKUP_NHID",
    "IFLA_BRPORT_MAB",
    "IFLA_BRPORT_MCAST_MAX_GROUPS",
    "IFLA_BRPORT_MCAST_N_GROUPS",
    "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS",
    "IFLA_BR_FDB_MAX_LEARNED",
    "IFLA_BR_FDB_N_LEARNED",
    "IFLA_DEVLINK_PORT",
    "IFLA_DPLL_PIN",
    "IFLA_GENEVE_PORT_RANGE",
    "IFLA_GRO_IPV4_MAX_SIZE",
    "IFLA_GSO_IPV4_MAX_SIZE",
    "IFLA_GTP_LOCAL",
    "IFLA_GTP_LOCAL6",
    "IFLA_HEADROOM",
    "IFLA_MACVLAN_BC_CUTOFF",
    "IFLA_MAX_PACING_OFFLOAD_HORIZON",
    "IFLA_MCTP_PHYS_BINDING",
    "IFLA_NETKIT_",
    "IFLA_NETNS_IMMUTABLE",
    "IFLA_OVPN_MODE",
    "IFLA_TAILROOM",
    "IFLA_VXLAN_LABEL_POLICY",
    "IFLA_VXLAN_LOCALBYPASS",
    "IFLA_VXLAN_MC_ROUTE",
    "IFLA_VXLAN_RESERVED_BITS",
    "IFLA_WWAN_LINK_ID",
    "IOAM6_IPTUNNEL_SRC",
    "MDBA_GET_",
    "MDBA_MDB_EATTR_",
    "MDBE_ATTR_",
    "MDBE_SRCATTR_ADDRESS",
    "MDBE_SRC_LIST_ENTRY",
    "NETCONFA_FORCE_FORWARDING",
    "NETKIT_",
    "NHA_GROUP_STATS",
    "NHA_GROUP_STATS_",
    "NHA_HW_",
    "NHA_OP_",
    "NL_ATTR_TYPE_SINT",
    "NL_ATTR_TYPE_UINT",
    "NTF_EXT_EXT_VALIDATED",
    "NTF_EXT_LOCKED",
    "OVPN_MODE_",
    "RTAX_FEATURE_TCP_USEC_TS",
    "RTA_FLOWLABEL",
    "RTM_DELANYCAST",
    "RTM_DELMULTICAST",
    "RTM_NEWANYCAST",
    "RTM_NEWMULTICAST",
    "TCA_CT_HELPER_",
    "TCA_FLOWER_KEY_CFM",
    "TCA_FLOWER_KEY_CFM_",
    "TCA_FLOWER_KEY_ENC_FLAGS",
    "TCA_FLOWER_KEY_ENC_FLAGS_",
    "TCA_FLOWER_KEY_ENC_OPTS_PFCP",
    "TCA_FLOWER_KEY_ENC_OPT_PFCP_",
    "TCA_FLOWER_KEY_SPI",
    "TCA_FLOWER_KEY_SPI_",
    "TCA_FLOWER_L2_MISS",
    "TCA_FQ_OFFLOAD_HORIZON",
    "TCA_FQ_PRIOMAP",
    "TCA_FQ_WEIGHTS",
    "TCA_MIRRED_BLOCKID",
    "TCA_MQPRIO_TC_ENTRY",
    "TCA_MQPRIO_TC_ENTRY_",
    "TCA_NETEM_PRNG_SEED",
    "TCA_TUNNEL_KEY_NO_FRAG",
    "VXLAN_LABEL_",
];

/// What no header for programs has: the kernel's own headers (`net/bonding.h`, `net/if_inet6.h`), what the libc has, and
/// numbers that a header writes in big-endian.
const NOWHERE: [&str; 12] = [
    "AF_",
    "AD_LACP_",
    "BOND_AD_",
    "BOND_ARP_",
    "BOND_FOM_",
    "BOND_PRI_",
    "GRE_",
    "IF_PREFIX_",
    "IF_RA_",
    "IF_READY",
    "IF_RS_SENT",
    "TUNNEL_",
];

/// All that the tables of `NETLINK_ROUTE` lead to.
fn named() -> Named {
    let mut named = Named::default();
    for message in [MESSAGES, MORE_MESSAGES, &mdb::REQUESTS]
        .into_iter()
        .flatten()
    {
        named.add(message.name, u64::from(message.kind));
        named.layout(message.layout);
        named.table(message.table);
    }
    named.table(&answer::ANSWER);
    for layout in [&RTNEXTHOP, &NLMSGHDR, &GENLMSGHDR, &RTGENMSG] {
        named.layout(layout);
    }
    named
}

#[test]
fn numbers_are_the_headers() {
    let Some(kernel) = headers(&HEADERS) else {
        return;
    };
    let mut wrong = named().wrong(&kernel, &[&NEWER[..], &NOWHERE].concat());
    // Bits by their numbers: which metrics are locked, which counters are asked for, which switches are on.
    let bits = ["RTAX_", "IFLA_STATS_", "BR_BOOLOPT_"];
    wrong.retain(|w| !bits.iter().any(|b| w.starts_with(b)));
    assert_eq!(wrong, [""; 0]);
}

/// What is asserted of a struct to a C compiler; nothing of one that the headers do not have.
fn asserted(layout: &Layout, text: &str) -> String {
    let mut out = String::new();
    let name = layout.name;
    let Some((_, behind)) = text.split_once(&format!("struct {name} {{")) else {
        return out;
    };
    let body = behind.split_once("\n}").map_or(behind, |(body, _)| body);
    for field in layout.fields {
        let (field, at) = (field.name, field.offset);
        // Some fields came with the macro that many of these structs begin with.
        if body.contains(field) || body.contains("tc_gen") {
            let _ = writeln!(
                out,
                "_Static_assert(offsetof(struct {name}, {field}) == {at}, \"{name}.{field}\");"
            );
        }
    }
    // What grew since is longer; what ends in a run of others may not be counted with it.
    if body.contains("[]") || body.contains("[0]") {
        return out;
    }
    let _ = writeln!(
        out,
        "_Static_assert(sizeof(struct {name}) >= {}, \"{name}\");",
        layout.size
    );
    out
}

/// A compiler for C is the judge.
#[test]
fn structs_are_the_headers() {
    if headers(&[]).is_none() {
        return;
    }
    let mut source = "#include <stddef.h>\n#include <sys/socket.h>\n#include <netinet/in.h>\n#include <net/if.h>\n".to_owned();
    let mut text = String::new();
    for name in HEADERS.iter().filter(|name| **name != "if.h") {
        let _ = writeln!(source, "#include <linux/{name}>");
        text += &std::fs::read_to_string(format!("/usr/include/linux/{name}")).expect(name);
    }
    let named = named();
    let mut structs = 0;
    for layout in named.layouts.values() {
        let asserted = asserted(layout, &text);
        structs += usize::from(!asserted.is_empty());
        source += &asserted;
    }
    let child = Command::new("cc")
        .args(["-x", "c", "-fsyntax-only", "-w", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("left out: no C compiler");
        return;
    };
    let mut input = child.stdin.take().expect("piped");
    input
        .write_all(source.as_bytes())
        .expect("read by the compiler");
    drop(input);
    let out = child.wait_with_output().expect("it ends");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(structs > 80 || !of_linux_6_1(), "{structs}");
}
