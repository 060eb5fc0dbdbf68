//! Real exchanges of the packet filter and of generic netlink with Linux 6.18: all that is said in them is known.
//!
//! The datagrams are seeds of the fuzz targets, recorded on a little-endian machine.
#![cfg(all(target_endian = "little", feature = "annotate"))]

mod support;

use netlink_raw::annotate::Role;
use support::annotated;
use support::seeds::{path, recorded};

fn all_known(prefix: &str) {
    let mut strange = Vec::new();
    let (mut read, mut attributes) = (0, 0);
    for seed in recorded(prefix) {
        seed.read(&mut |items| {
            read += 1;
            for (at, item) in items.iter().enumerate() {
                attributes += usize::from(item.role == Role::Attribute);
                if matches!(item.role, Role::Unknown | Role::Fault) {
                    let said = annotated::shown(&item.value);
                    strange.push(format!("{}: {}: {said}", seed.name, path(items, at)));
                }
            }
        });
    }
    assert_eq!(strange, [""; 0]);
    assert!(read > 50 && attributes > 500, "{read}, {attributes}");
}

#[test]
fn all_that_the_packet_filter_says_is_known() {
    all_known("nft-");
}

#[test]
fn all_that_generic_netlink_says_is_known() {
    all_known("genl-");
}

/// What is said at a place: where a path ends so, in the seeds that begin so.
fn said(prefix: &str, place: &str) -> Vec<String> {
    let mut all = Vec::new();
    for seed in recorded(prefix) {
        seed.read(&mut |items| {
            for (at, item) in items.iter().enumerate() {
                let payload = matches!(item.role, Role::Payload | Role::Field);
                let path = path(items, at);
                if payload && path.trim_end_matches('/').ends_with(place) {
                    all.push(annotated::shown(&item.value));
                }
            }
        });
    }
    all.sort();
    all.dedup();
    all
}

/// Values against what the recorded commands asked for.
#[test]
fn values_are_those_that_were_asked_for() {
    for (prefix, place, value) in [
        (
            "nft-sets-made",
            "NFNL_MSG_BATCH_BEGIN/nfgenmsg/res_id",
            "NFNL_SUBSYS_NFTABLES",
        ),
        (
            "nft-sets-made",
            "NFTA_CHAIN_HOOK/NFTA_HOOK_HOOKNUM",
            "NF_INET_POST_ROUTING",
        ),
        (
            "nft-sets-made",
            "NFTA_CHAIN_HOOK/NFTA_HOOK_PRIORITY",
            "-300",
        ),
        (
            "nft-other-made",
            "NFTA_CHAIN_HOOK/NFTA_HOOK_HOOKNUM",
            "NF_NETDEV_EGRESS",
        ),
        (
            "nft-other-made",
            "NFTA_CHAIN_HOOK/NFTA_HOOK_HOOKNUM",
            "NF_ARP_IN",
        ),
        (
            "nft-other-made",
            "NFTA_HOOK_DEVS/NFTA_DEVICE_NAME",
            "\"v0\"",
        ),
        ("nft-filter-made", "NFTA_CHAIN_POLICY", "NF_DROP"),
        ("nft-filter-made", "NFTA_VERDICT_CODE", "NFT_GOTO"),
        ("nft-filter-made", "NFTA_CMP_OP", "NFT_CMP_NEQ"),
        ("nft-filter-made", "NFTA_META_KEY", "NFT_META_OIFGROUP"),
        ("nft-filter-made", "NFTA_LIMIT_RATE", "10"),
        ("nft-filter-made", "NFTA_LOG_PREFIX", "\"x: \""),
        ("nft-filter-made", "NFTA_LOG_SNAPLEN", "64"),
        ("nft-filter-made", "NFTA_REJECT_TYPE", "NFT_REJECT_TCP_RST"),
        ("nft-filter-made", "NFTA_HASH_SEED", "3735928559"),
        (
            "nft-filter-made",
            "NFTA_FIB_FLAGS",
            "NFTA_FIB_F_DADDR|NFTA_FIB_F_IIF",
        ),
        ("nft-filter-made", "NFTA_EXTHDR_OP", "NFT_EXTHDR_OP_TCPOPT"),
        ("nft-filter-made", "NFTA_QUOTA_BYTES", "26214400"),
        (
            "nft-filter-made",
            "NFTA_SET_FLAGS",
            "NFT_SET_ANONYMOUS|NFT_SET_CONSTANT|NFT_SET_INTERVAL",
        ),
        (
            "nft-sets-made",
            "NFTA_NAT_FLAGS",
            "NF_NAT_RANGE_PROTO_SPECIFIED|NF_NAT_RANGE_PROTO_RANDOM|NF_NAT_RANGE_PERSISTENT",
        ),
        ("nft-sets-made", "NFTA_NAT_REG_PROTO_MAX", "NFT_REG_4"),
        (
            "nft-sets-made",
            "NFTA_OBJ_DATA/NFTA_CT_HELPER_NAME",
            "\"ftp\"",
        ),
        (
            "nft-sets-made",
            "NFTA_CT_TIMEOUT_DATA/CTA_TIMEOUT_TCP_ESTABLISHED",
            "100",
        ),
        ("nft-sets-made", "NFTA_OBJ_DATA/NFTA_SYNPROXY_MSS", "1460"),
        ("nft-sets-made", "NFTA_SET_ELEM_TIMEOUT", "30000"),
        ("nft-conntrack", "CTA_TUPLE_IP/CTA_IP_V4_DST", "10.0.0.2"),
        (
            "nft-conntrack",
            "CTA_PROTOINFO_TCP_STATE",
            "TCP_CONNTRACK_ESTABLISHED",
        ),
        (
            "nft-logged",
            "NFULA_CFG_MODE/nfulnl_msg_config_mode/copy_range",
            "64",
        ),
        (
            "nft-ipset",
            "IPSET_ATTR_IP/IPSET_ATTR_IPADDR_IPV4",
            "10.0.0.3",
        ),
        (
            "nft-ipset",
            "IPSET_CMD_CREATE/IPSET_ATTR_DATA/IPSET_ATTR_MAXELEM",
            "1000",
        ),
        (
            "nft-ipset",
            "IPSET_CMD_ADD/IPSET_ATTR_DATA/IPSET_ATTR_COMMENT",
            "\"note\"",
        ),
        ("nft-small", "NFACCT_FLAGS", "NFACCT_F_QUOTA_PKTS"),
        (
            "genl-mptcp",
            "MPTCP_PM_ATTR_ADDR/MPTCP_PM_ADDR_ATTR_ADDR4",
            "10.0.0.9",
        ),
        (
            "genl-mptcp",
            "MPTCP_PM_ATTR_ADDR/MPTCP_PM_ADDR_ATTR_FLAGS",
            "MPTCP_PM_ADDR_FLAG_SUBFLOW",
        ),
        ("genl-ioam6", "IOAM6_ATTR_NS_DATA_WIDE", "7"),
        ("genl-taskstats", "taskstats/ac_comm", "\"python3\""),
        ("genl-ethtool", "ETHTOOL_A_HEADER_DEV_NAME", "\"v0\""),
        (
            "genl-policy",
            "NL_POLICY_TYPE_ATTR_TYPE",
            "NL_ATTR_TYPE_NUL_STRING",
        ),
    ] {
        let all = said(prefix, place);
        assert!(
            all.iter().any(|v| v == value),
            "{place}: {value} not of {all:?}"
        );
    }
}

/// Numbers that mean one thing to the kernel and another from it.
#[test]
fn who_speaks_decides_what_a_command_is() {
    let mut words = Vec::new();
    for seed in ["genl-ethtool", "genl-mptcp"]
        .iter()
        .flat_map(|p| recorded(p))
    {
        seed.read(&mut |items| {
            words.extend(items.first().map(|item| annotated::shown(&item.value)));
        });
    }
    for expected in [
        "ETHTOOL_MSG_FEATURES_SET",
        "ETHTOOL_MSG_FEATURES_SET_REPLY, answer to ETHTOOL_MSG_FEATURES_SET seq 2",
        "MPTCP_PM_CMD_GET_ADDR, answer to MPTCP_PM_CMD_GET_ADDR seq 4",
        "MPTCP_EVENT_CLOSED",
    ] {
        assert!(words.iter().any(|w| w == expected), "{expected}: {words:?}");
    }
}
