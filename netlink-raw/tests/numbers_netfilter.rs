//! The numbers of `NETLINK_NETFILTER` are those of the kernel's headers, and none is missing.
#![cfg(feature = "annotate")]

mod support;

use netlink_raw::schema::netfilter::MESSAGES;
use support::named::{Named, headers, of_linux_6_1};

const HEADERS: [&str; 22] = [
    "netlink.h",
    "netfilter.h",
    "netfilter_arp.h",
    "netfilter/nf_conntrack_common.h",
    "netfilter/nf_conntrack_sctp.h",
    "netfilter/nf_conntrack_tcp.h",
    "netfilter/nf_log.h",
    "netfilter/nf_nat.h",
    "netfilter/nf_synproxy.h",
    "netfilter/nf_tables.h",
    "netfilter/nf_tables_compat.h",
    "netfilter/nfnetlink.h",
    "netfilter/nfnetlink_acct.h",
    "netfilter/nfnetlink_conntrack.h",
    "netfilter/nfnetlink_cthelper.h",
    "netfilter/nfnetlink_cttimeout.h",
    "netfilter/nfnetlink_hook.h",
    "netfilter/nfnetlink_log.h",
    "netfilter/nfnetlink_osf.h",
    "netfilter/nfnetlink_queue.h",
    "netfilter/ipset/ip_set.h",
    "version.h",
];

/// Newer than Linux 6.1.
const NEWER: [&str; 42] = [
    "CTA_TIMESTAMP_EVENT",
    "IPSET_ATTR_BITMASK",
    "NFNLA_HOOK_BPF_ID",
    "NFNL_HOOK_TYPE_BPF",
    "NFNL_HOOK_TYPE_NFT_FLOWTABLE",
    "NFQA_CGROUP_CLASSID",
    "NFTA_BITWISE_SREG2",
    "NFTA_DEVICE_PREFIX",
    "NFTA_INNER_EXPR",
    "NFTA_INNER_FLAGS",
    "NFTA_INNER_HDRSIZE",
    "NFTA_INNER_NUM",
    "NFTA_INNER_TYPE",
    "NFTA_SET_COUNT",
    "NFTA_SET_TYPE",
    "NFTA_TRACE_CT_DIRECTION",
    "NFTA_TRACE_CT_ID",
    "NFTA_TRACE_CT_STATE",
    "NFTA_TRACE_CT_STATUS",
    "NFT_BITWISE_AND",
    "NFT_BITWISE_OR",
    "NFT_BITWISE_XOR",
    "NFT_INNER_GENEVE",
    "NFT_INNER_HDRSIZE",
    "NFT_INNER_LL",
    "NFT_INNER_NH",
    "NFT_INNER_TH",
    "NFT_INNER_UNSPEC",
    "NFT_INNER_VXLAN",
    "NFT_META_BRI_BROUTE",
    "NFT_META_BRI_IIFHWADDR",
    "NFT_PAYLOAD_TUN_HEADER",
    "NFT_TABLE_F_PERSIST",
    "NFT_MSG_DESTROYTABLE",
    "NFT_MSG_DESTROYCHAIN",
    "NFT_MSG_DESTROYRULE",
    "NFT_MSG_DESTROYSET",
    "NFT_MSG_DESTROYSETELEM",
    "NFT_MSG_DESTROYOBJ",
    "NFT_MSG_DESTROYFLOWTABLE",
    "NFT_MSG_GETRULE_RESET",
    "NFT_MSG_GETSETELEM_RESET",
];

/// What the headers' names of attributes and of their values begin with.
const ATTRIBUTES: [&str; 11] = [
    "NFTA_",
    "NFT_",
    "CTA_",
    "IPSET_ATTR_",
    "IPSET_FLAG_",
    "NFACCT_",
    "NFCTH_",
    "NFNLA_",
    "NFQA_",
    "NFULA_",
    "OSF_ATTR_",
];

/// What the headers' names of message types begin with.
const TYPES: [&str; 7] = [
    "NFT_MSG_",
    "IPCTNL_MSG_",
    "IPSET_CMD_",
    "NFQNL_MSG_",
    "NFULNL_MSG_",
    "NFNL_MSG_",
    "OSF_MSG_",
];

/// Other names of what is in the tables, sizes, and what is a number only where another says so.
const OTHERS: [&str; 41] = [
    "IPSET_ATTR_CADT_MAX",
    "IPSET_FLAG_CADT_MAX",
    "IPSET_FLAG_CMD_MAX",
    "NFACCT_NAME_MAX",
    "NFQA_CFG_F_MAX",
    "NFT_COMPAT_NAME_MAX",
    "OSF_ATTR_MAX",
    "IPSET_FLAG_BIT_",
    "NFT_MSG_",
    "CTA_NAT",
    "CTA_NAT_MAXIP",
    "CTA_NAT_MINIP",
    "CTA_NAT_SEQ_ADJ_ORIG",
    "CTA_NAT_SEQ_ADJ_REPLY",
    "CTA_NAT_SEQ_CORRECTION_POS",
    "CTA_NAT_SEQ_OFFSET_AFTER",
    "CTA_NAT_SEQ_OFFSET_BEFORE",
    "IPSET_ATTR_IP_FROM",
    "IPSET_ATTR_PORT_FROM",
    "NFCTH_POLICY_SET1",
    "NFT_BITWISE_BOOL",
    "NFT_CHAIN_FLAGS",
    "NFT_CHAIN_MAXNAMELEN",
    "NFT_DATA_VALUE",
    "NFT_DATA_VALUE_MAXLEN",
    "NFT_DATA_VERDICT",
    "NFT_META_IIFTYPE",
    "NFT_NAME_MAXLEN",
    "NFT_OBJ_MAXNAMELEN",
    "NFT_OSF_MAXGENRELEN",
    "NFT_REG32_COUNT",
    "NFT_REG32_SIZE",
    "NFT_REG_SIZE",
    "NFT_REJECT_ICMPX_ADMIN_PROHIBITED",
    "NFT_REJECT_ICMPX_HOST_UNREACH",
    "NFT_REJECT_ICMPX_NO_ROUTE",
    "NFT_REJECT_ICMPX_PORT_UNREACH",
    "NFT_SECMARK_CTX_MAXLEN",
    "NFT_SET_MAXNAMELEN",
    "NFT_TABLE_MAXNAMELEN",
    "NFT_USERDATA_MAXLEN",
];

/// What the program `ipset` calls its own commands, and how many there are of the others.
const NEVER_SENT: [&str; 18] = [
    "IPCTNL_MSG_EXP_MAX",
    "IPCTNL_MSG_MAX",
    "IPCTNL_MSG_TIMEOUT_MAX",
    "NFNL_MSG_ACCT_MAX",
    "NFNL_MSG_COMPAT_MAX",
    "NFNL_MSG_CTHELPER_MAX",
    "NFNL_MSG_HOOK_MAX",
    "NFQNL_MSG_MAX",
    "NFT_MSG_MAX",
    "NFULNL_MSG_MAX",
    "OSF_MSG_MAX",
    "IPSET_CMD_COMMIT",
    "IPSET_CMD_HELP",
    "IPSET_CMD_QUIT",
    "IPSET_CMD_RESTORE",
    "IPSET_CMD_VERSION",
    "IPSET_CMD_MAX",
    "IPSET_MSG_MAX",
];

#[test]
fn numbers_are_the_headers() {
    let Some(kernel) = headers(&HEADERS) else {
        return;
    };
    let mut ours = Named::default();
    for message in MESSAGES {
        ours.table(message.table);
        ours.layout(message.layout);
    }
    assert_eq!(ours.wrong(&kernel, &NEWER), [""; 0]);
    assert!(ours.all.len() > 700, "{}", ours.all.len());
    let mut types = Named::default();
    for message in MESSAGES {
        let number = match message.kind {
            0x10 | 0x11 => message.kind,
            kind => kind & 0xff,
        };
        types.add(message.name, u64::from(number));
    }
    assert_eq!(types.wrong(&kernel, &NEWER), [""; 0]);
    if of_linux_6_1() {
        assert_eq!(ours.missing(&kernel, &ATTRIBUTES, &OTHERS), [""; 0]);
        assert_eq!(types.missing(&kernel, &TYPES, &NEVER_SENT), [""; 0]);
    }
}

#[test]
fn a_type_is_its_subsystem_and_its_message() {
    let subsystems = [
        (1, "IPCTNL_MSG_CT_"),
        (2, "IPCTNL_MSG_EXP_"),
        (3, "NFQNL_MSG_"),
        (4, "NFULNL_MSG_"),
        (5, "OSF_MSG_"),
        (6, "IPSET_CMD_"),
        (7, "NFNL_MSG_ACCT_"),
        (8, "IPCTNL_MSG_TIMEOUT_"),
        (9, "NFNL_MSG_CTHELPER_"),
        (10, "NFT_MSG_"),
        (11, "NFNL_MSG_COMPAT_"),
        (12, "NFNL_MSG_HOOK_"),
    ];
    for message in MESSAGES.iter().filter(|m| m.kind > 0xff) {
        let subsystem = subsystems.iter().find(|(id, _)| *id == message.kind >> 8);
        let prefix = subsystem.expect(message.name).1;
        assert!(message.name.starts_with(prefix), "{}", message.name);
    }
}
