//! The message types of the packet filter, each `subsystem << 8 | message`.

use super::nftables::{ruleset, set};
use super::records::{NFGENMSG, NFGENMSG_BATCH};
use super::{acct, compat, conntrack, cthelper, cttimeout, hook, ipset, log, osf, queue};
use crate::schema::Value::*;
use crate::schema::{MessageSpec, attributes, messages};

attributes! {
    /// What a batch begins with.
    pub BATCH {
        NFNL_BATCH_GENID = 1: Be32,
    }
}

messages! {
    /// Every message type of the packet filter known here.
    pub MESSAGES;
    &BATCH, &NFGENMSG_BATCH => NFNL_MSG_BATCH_BEGIN = 0x10, NFNL_MSG_BATCH_END = 0x11,;
    &conntrack::CONNECTION, &NFGENMSG => IPCTNL_MSG_CT_NEW = 0x100, IPCTNL_MSG_CT_GET = 0x101,
        IPCTNL_MSG_CT_DELETE = 0x102, IPCTNL_MSG_CT_GET_CTRZERO = 0x103,
        IPCTNL_MSG_CT_GET_DYING = 0x106, IPCTNL_MSG_CT_GET_UNCONFIRMED = 0x107,;
    &conntrack::STATS_CPU, &NFGENMSG => IPCTNL_MSG_CT_GET_STATS_CPU = 0x104,;
    &conntrack::STATS, &NFGENMSG => IPCTNL_MSG_CT_GET_STATS = 0x105,;
    &conntrack::EXPECTATION, &NFGENMSG => IPCTNL_MSG_EXP_NEW = 0x200, IPCTNL_MSG_EXP_GET = 0x201,
        IPCTNL_MSG_EXP_DELETE = 0x202,;
    &conntrack::STATS_EXP, &NFGENMSG => IPCTNL_MSG_EXP_GET_STATS_CPU = 0x203,;
    &queue::PACKET, &NFGENMSG => NFQNL_MSG_PACKET = 0x300, NFQNL_MSG_VERDICT = 0x301,
        NFQNL_MSG_VERDICT_BATCH = 0x303,;
    &queue::CONFIG, &NFGENMSG => NFQNL_MSG_CONFIG = 0x302,;
    &log::PACKET, &NFGENMSG => NFULNL_MSG_PACKET = 0x400,;
    &log::CONFIG, &NFGENMSG => NFULNL_MSG_CONFIG = 0x401,;
    &osf::OSF, &NFGENMSG => OSF_MSG_ADD = 0x500, OSF_MSG_REMOVE = 0x501,;
    &ipset::SET, &NFGENMSG => IPSET_CMD_NONE = 0x600, IPSET_CMD_PROTOCOL = 0x601,
        IPSET_CMD_CREATE = 0x602, IPSET_CMD_DESTROY = 0x603, IPSET_CMD_FLUSH = 0x604,
        IPSET_CMD_LIST = 0x607, IPSET_CMD_SAVE = 0x608, IPSET_CMD_HEADER = 0x60c,
        IPSET_CMD_GET_BYNAME = 0x60e, IPSET_CMD_GET_BYINDEX = 0x60f,;
    &ipset::TWO_SETS, &NFGENMSG => IPSET_CMD_RENAME = 0x605, IPSET_CMD_SWAP = 0x606,;
    &ipset::ELEMENTS, &NFGENMSG => IPSET_CMD_ADD = 0x609, IPSET_CMD_DEL = 0x60a,
        IPSET_CMD_TEST = 0x60b,;
    &ipset::TYPE, &NFGENMSG => IPSET_CMD_TYPE = 0x60d,;
    &acct::ACCOUNT, &NFGENMSG => NFNL_MSG_ACCT_NEW = 0x700, NFNL_MSG_ACCT_GET = 0x701,
        NFNL_MSG_ACCT_GET_CTRZERO = 0x702, NFNL_MSG_ACCT_DEL = 0x703,
        NFNL_MSG_ACCT_OVERQUOTA = 0x704,;
    &cttimeout::TIMEOUT, &NFGENMSG => IPCTNL_MSG_TIMEOUT_NEW = 0x800,
        IPCTNL_MSG_TIMEOUT_GET = 0x801, IPCTNL_MSG_TIMEOUT_DELETE = 0x802,
        IPCTNL_MSG_TIMEOUT_DEFAULT_SET = 0x803, IPCTNL_MSG_TIMEOUT_DEFAULT_GET = 0x804,;
    &cthelper::HELPER, &NFGENMSG => NFNL_MSG_CTHELPER_NEW = 0x900, NFNL_MSG_CTHELPER_GET = 0x901,
        NFNL_MSG_CTHELPER_DEL = 0x902,;
    &ruleset::TABLE, &NFGENMSG => NFT_MSG_NEWTABLE = 0xa00, NFT_MSG_GETTABLE = 0xa01,
        NFT_MSG_DELTABLE = 0xa02,
        // Linux 6.3.
        NFT_MSG_DESTROYTABLE = 0xa1a,;
    &ruleset::CHAIN, &NFGENMSG => NFT_MSG_NEWCHAIN = 0xa03, NFT_MSG_GETCHAIN = 0xa04,
        NFT_MSG_DELCHAIN = 0xa05,
        // Linux 6.3.
        NFT_MSG_DESTROYCHAIN = 0xa1b,;
    &ruleset::RULE, &NFGENMSG => NFT_MSG_NEWRULE = 0xa06, NFT_MSG_GETRULE = 0xa07,
        NFT_MSG_DELRULE = 0xa08,
        // Linux 6.2 and 6.3.
        NFT_MSG_GETRULE_RESET = 0xa19, NFT_MSG_DESTROYRULE = 0xa1c,;
    &set::SET, &NFGENMSG => NFT_MSG_NEWSET = 0xa09, NFT_MSG_GETSET = 0xa0a,
        NFT_MSG_DELSET = 0xa0b,
        // Linux 6.3.
        NFT_MSG_DESTROYSET = 0xa1d,;
    &set::SET_ELEMENTS, &NFGENMSG => NFT_MSG_NEWSETELEM = 0xa0c, NFT_MSG_GETSETELEM = 0xa0d,
        NFT_MSG_DELSETELEM = 0xa0e,
        // Linux 6.3 and 6.5.
        NFT_MSG_DESTROYSETELEM = 0xa1e, NFT_MSG_GETSETELEM_RESET = 0xa21,;
    &ruleset::GENERATION, &NFGENMSG => NFT_MSG_NEWGEN = 0xa0f, NFT_MSG_GETGEN = 0xa10,;
    &ruleset::TRACE, &NFGENMSG => NFT_MSG_TRACE = 0xa11,;
    &ruleset::OBJECT, &NFGENMSG => NFT_MSG_NEWOBJ = 0xa12, NFT_MSG_GETOBJ = 0xa13,
        NFT_MSG_DELOBJ = 0xa14, NFT_MSG_GETOBJ_RESET = 0xa15,
        // Linux 6.3.
        NFT_MSG_DESTROYOBJ = 0xa1f,;
    &ruleset::FLOWTABLE, &NFGENMSG => NFT_MSG_NEWFLOWTABLE = 0xa16, NFT_MSG_GETFLOWTABLE = 0xa17,
        NFT_MSG_DELFLOWTABLE = 0xa18,
        // Linux 6.3.
        NFT_MSG_DESTROYFLOWTABLE = 0xa20,;
    &compat::COMPAT, &NFGENMSG => NFNL_MSG_COMPAT_GET = 0xb00,;
    &hook::HOOK, &NFGENMSG => NFNL_MSG_HOOK_GET = 0xc00,;
}

/// The kernel answers `IPCTNL_MSG_EXP_GET_STATS_CPU` under the other subsystem's number
/// (`ctnetlink_exp_stat_fill_info` in `net/netfilter/nf_conntrack_netlink.c`), where it never sends a connection.
pub static EXP_STATS_ANSWER: MessageSpec = MessageSpec {
    kind: IPCTNL_MSG_CT_GET_CTRZERO,
    name: "IPCTNL_MSG_EXP_GET_STATS_CPU",
    names: &[(
        IPCTNL_MSG_CT_GET_CTRZERO as u64,
        "IPCTNL_MSG_EXP_GET_STATS_CPU",
    )],
    header: NFGENMSG.size as usize,
    layout: &NFGENMSG,
    table: &conntrack::STATS_EXP,
};
