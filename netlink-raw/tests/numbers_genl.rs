//! The numbers of `NETLINK_GENERIC`'s families are those of the kernel's headers, and none is missing.
#![cfg(feature = "annotate")]

mod support;

use netlink_raw::schema::genl::{FAMILIES, Family};
use support::named::{Named, headers, of_linux_6_1};

const HEADERS: [&str; 25] = [
    "netlink.h",
    "genetlink.h",
    "ethtool.h",
    "ethtool_netlink.h",
    "devlink.h",
    "wireguard.h",
    "nl80211.h",
    "taskstats.h",
    "cgroupstats.h",
    "mptcp.h",
    "tcp_metrics.h",
    "fou.h",
    "if_macsec.h",
    "l2tp.h",
    "openvswitch.h",
    "if_team.h",
    "seg6_genl.h",
    "ioam6_genl.h",
    "batman_adv.h",
    "nbd-netlink.h",
    "ip_vs.h",
    "gtp.h",
    "quota.h",
    "thermal.h",
    "hsr_netlink.h",
];

/// Newer than Linux 6.1.
const NEWER: [&str; 59] = [
    "ETHTOOL_A_C33_PSE_",
    "ETHTOOL_A_FLOW_",
    "ETHTOOL_A_IRQ_MODERATION_",
    "ETHTOOL_A_PROFILE_IRQ_MODERATION",
    "ETHTOOL_A_PSE_PRIO",
    "ETHTOOL_A_PSE_PRIO_MAX",
    "ETHTOOL_A_PSE_PW_D_ID",
    "DEVLINK_ATTR_RATE_TX_PRIORITY",
    "DEVLINK_ATTR_RATE_TX_WEIGHT",
    "DEVLINK_ATTR_REGION_DIRECT",
    "DEVLINK_CMD_NOTIFY_FILTER_SET",
    "DEVLINK_PORT_FN_ATTR_CAPS",
    "DEVLINK_PORT_FN_ATTR_DEVLINK",
    "DEVLINK_PORT_FN_ATTR_MAX_IO_EQS",
    "ETHTOOL_A_COALESCE_RX_PROFILE",
    "ETHTOOL_A_COALESCE_TX_AGGR_",
    "ETHTOOL_A_COALESCE_TX_PROFILE",
    "ETHTOOL_A_HEADER_PHY_INDEX",
    "ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT",
    "ETHTOOL_A_MM_",
    "ETHTOOL_A_MODULE_FW_FLASH_",
    "ETHTOOL_A_PAUSE_STATS_SRC",
    "ETHTOOL_A_PHY_",
    "ETHTOOL_A_PLCA_",
    "ETHTOOL_A_RINGS_HDS_THRESH",
    "ETHTOOL_A_RINGS_HDS_THRESH_MAX",
    "ETHTOOL_A_RINGS_RX_PUSH",
    "ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN",
    "ETHTOOL_A_RINGS_TX_PUSH_BUF_LEN_MAX",
    "ETHTOOL_A_RSS_",
    "ETHTOOL_A_STATS_SRC",
    "ETHTOOL_A_TSCONFIG_",
    "ETHTOOL_A_TSINFO_HWTSTAMP_PROVIDER",
    "ETHTOOL_A_TSINFO_STATS",
    "ETHTOOL_A_TS_",
    "ETHTOOL_MSG_MM_",
    "ETHTOOL_MSG_MODULE_FW_FLASH_",
    "ETHTOOL_MSG_PHY_",
    "ETHTOOL_MSG_PLCA_",
    "ETHTOOL_MSG_PSE_NTF",
    "ETHTOOL_MSG_RSS_",
    "ETHTOOL_MSG_TSCONFIG_",
    "GTPA_FAMILY",
    "GTPA_MS_ADDR6",
    "GTPA_PEER_ADDR6",
    "IOAM6_EVENT_",
    "MPTCP_EVENT_LISTENER_",
    "MPTCP_PM_ADDR_FLAG_LAMINAR",
    "NL_ATTR_TYPE_SINT",
    "NL_ATTR_TYPE_UINT",
    "OVS_VPORT_ATTR_UPCALL_STATS",
    "OVS_VPORT_UPCALL_ATTR_",
    "THERMAL_GENL_ATTR_THRESHOLD",
    "THERMAL_GENL_ATTR_THRESHOLD_",
    "THERMAL_GENL_ATTR_TZ_PREV_TEMP",
    "THERMAL_GENL_CMD_THRESHOLD_",
    "THERMAL_GENL_EVENT_THRESHOLD_",
    "WGALLOWEDIP_A_FLAGS",
    "WGALLOWEDIP_F_REMOVE_ME",
];

/// What no header for programs has: `net/netlabel`, `drivers/acpi/event.c`, and `linux/netdev.h`, which is newer than
/// Linux 6.1.
const NOWHERE: [&str; 8] = [
    "AF_",
    "NLBL_",
    "ACPI_GENL_",
    "NETDEV_A_",
    "NETDEV_CMD_",
    "NETDEV_QUEUE_TYPE_",
    "NETDEV_XDP_",
    "NETDEV_XSK_",
];

/// What the headers' names of commands, attributes and values begin with.
const KNOWN: [&str; 41] = [
    "CGROUPSTATS_",
    "CTRL_",
    "ETHTOOL_A_",
    "ETHTOOL_MSG_",
    "DEVLINK_ATTR_",
    "DEVLINK_CMD_",
    "WGDEVICE_",
    "WGPEER_",
    "WGALLOWEDIP_",
    "WG_CMD_",
    "NL80211_ATTR_",
    "NL80211_CMD_",
    "TASKSTATS_",
    "MPTCP_PM_",
    "MPTCP_ATTR_",
    "MPTCP_EVENT_",
    "TCP_METRIC",
    "FOU_",
    "MACSEC_",
    "L2TP_ATTR_",
    "L2TP_CMD_",
    "OVS_DP_",
    "OVS_VPORT_",
    "OVS_FLOW_",
    "OVS_PACKET_",
    "OVS_KEY_",
    "OVS_TUNNEL_",
    "OVS_ACTION_",
    "OVS_CT_ATTR_",
    "TEAM_",
    "SEG6_",
    "IOAM6_",
    "BATADV_ATTR_",
    "BATADV_CMD_",
    "NBD_",
    "IPVS_",
    "GTPA_",
    "GTP_CMD_",
    "QUOTA_NL_",
    "THERMAL_GENL_",
    "HSR_",
];

/// Other names of what is in the tables, sizes, versions, and what is not sent.
const OTHERS: [&str; 43] = [
    "CTRL_ATTR_POLICY_MAX",
    "GTP_CMD_MAX",
    "NBD_DEVICE_ATTR_MAX",
    "BATADV_CMD_GET_HARDIFS",
    "BATADV_CMD_GET_MESH_INFO",
    "DEVLINK_ATTR_SELFTEST_RESULT",
    "DEVLINK_ATTR_SELFTEST_RESULT_",
    "DEVLINK_CMD_ESWITCH_MODE_",
    "ETHTOOL_MSG_KERNEL_NONE",
    "ETHTOOL_MSG_USER_NONE",
    "GTPA_SGSN_ADDRESS",
    "L2TP_ATTR_NONE",
    "L2TP_ATTR_STATS_NONE",
    "MACSEC_DEFAULT_CIPHER_ALT",
    "MACSEC_KEYID_LEN",
    "MACSEC_MAX_ICV_LEN",
    "MACSEC_MAX_KEY_LEN",
    "MACSEC_MIN_ICV_LEN",
    "MACSEC_SALT_LEN",
    "MACSEC_STD_ICV_LEN",
    "MPTCP_PM_VER",
    "NL80211_ATTR_COALESCE_RULE_",
    "NL80211_ATTR_CQM_",
    "NL80211_ATTR_CSA_C_OFF_BEACON",
    "NL80211_ATTR_CSA_C_OFF_PRESP",
    "NL80211_ATTR_DFS_CAC_TIME",
    "NL80211_ATTR_FREQ_RANGE_",
    "NL80211_ATTR_IFACE_SOCKET_OWNER",
    "NL80211_ATTR_MESH_PARAMS",
    "NL80211_ATTR_POWER_RULE_",
    "NL80211_ATTR_REG_RULE_FLAGS",
    "NL80211_ATTR_SAE_DATA",
    "NL80211_ATTR_SCAN_GENERATION",
    "NL80211_ATTR_SCHED_SCAN_MATCH_SSID",
    "NL80211_CMD_ACTION",
    "NL80211_CMD_ACTION_TX_STATUS",
    "NL80211_CMD_DEL_BEACON",
    "NL80211_CMD_GET_MESH_PARAMS",
    "NL80211_CMD_NEW_BEACON",
    "NL80211_CMD_REGISTER_ACTION",
    "NL80211_CMD_SET_MESH_PARAMS",
    "OVS_DP_VER_FEATURES",
    "TEAM_STRING_MAX_LEN",
];

fn names_of(family: &Family, all: &mut Named) {
    all.names(family.commands);
    all.table(family.table);
    family.tables.iter().for_each(|(_, t)| all.table(t));
    if let Some(layout) = family.header {
        all.layout(layout);
    }
    for other in [family.answers, family.events].into_iter().flatten() {
        names_of(other, all);
    }
}

#[test]
fn numbers_are_the_headers() {
    let Some(mut kernel) = headers(&HEADERS) else {
        return;
    };
    let mut ours = Named::default();
    for family in FAMILIES {
        names_of(family, &mut ours);
    }
    ours.all
        .retain(|name, _| !NOWHERE.iter().any(|n| name.starts_with(n)));
    // An attribute's number is the metric's and one more (net/ipv4/tcp_metrics.c).
    for (name, number) in &mut kernel.0 {
        if name.starts_with("TCP_METRIC_") {
            *number += 1;
        }
    }
    assert_eq!(ours.wrong(&kernel, &NEWER), [""; 0]);
    assert!(ours.all.len() > 1500, "{}", ours.all.len());
    if of_linux_6_1() {
        assert_eq!(ours.missing(&kernel, &KNOWN, &OTHERS), [""; 0]);
    }
}

/// Each family and each of its commands is there once.
#[test]
fn nothing_is_there_twice() {
    for (i, family) in FAMILIES.iter().enumerate() {
        assert!(!FAMILIES[..i].iter().any(|f| f.name == family.name));
        for kind in [Some(*family), family.answers, family.events] {
            let commands = kind.map_or(&[][..], |f| f.commands);
            for (i, (number, name)) in commands.iter().enumerate() {
                assert!(!commands[..i].iter().any(|(n, _)| n == number), "{name}");
                assert!(*number <= 0xff, "{name}");
            }
            for (number, table) in kind.map_or(&[][..], |f| f.tables) {
                let of = |(n, _): &&(u64, &str)| *n == u64::from(*number);
                assert!(commands.iter().any(|c| of(&c)), "{}: {number}", table.name);
            }
        }
    }
}
