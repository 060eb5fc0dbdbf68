//! Tables of timeouts of connection tracking (`linux/netfilter/nfnetlink_cttimeout.h`).

use super::nftables::names;
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes};

attributes! {
    /// Timeouts of a protocol.
    pub TIMEOUT {
        CTA_TIMEOUT_NAME = 1: Str,
        CTA_TIMEOUT_L3PROTO = 2: Enum(Int::Be16, names::FAMILIES),
        CTA_TIMEOUT_L4PROTO = 3: U8,
        CTA_TIMEOUT_DATA = 4: ByNumber(CTA_TIMEOUT_L4PROTO, PROTOCOLS),
        CTA_TIMEOUT_USE = 5: Be32,
    }

    /// Of any other protocol, in seconds.
    pub GENERIC {
        CTA_TIMEOUT_GENERIC_TIMEOUT = 1: Be32,
    }

    /// Of TCP, in seconds.
    pub TCP {
        CTA_TIMEOUT_TCP_SYN_SENT = 1: Be32,
        CTA_TIMEOUT_TCP_SYN_RECV = 2: Be32,
        CTA_TIMEOUT_TCP_ESTABLISHED = 3: Be32,
        CTA_TIMEOUT_TCP_FIN_WAIT = 4: Be32,
        CTA_TIMEOUT_TCP_CLOSE_WAIT = 5: Be32,
        CTA_TIMEOUT_TCP_LAST_ACK = 6: Be32,
        CTA_TIMEOUT_TCP_TIME_WAIT = 7: Be32,
        CTA_TIMEOUT_TCP_CLOSE = 8: Be32,
        CTA_TIMEOUT_TCP_SYN_SENT2 = 9: Be32,
        CTA_TIMEOUT_TCP_RETRANS = 10: Be32,
        CTA_TIMEOUT_TCP_UNACK = 11: Be32,
    }

    /// Of UDP, in seconds.
    pub UDP {
        CTA_TIMEOUT_UDP_UNREPLIED = 1: Be32,
        CTA_TIMEOUT_UDP_REPLIED = 2: Be32,
    }

    /// Of UDP-Lite, in seconds.
    pub UDPLITE {
        CTA_TIMEOUT_UDPLITE_UNREPLIED = 1: Be32,
        CTA_TIMEOUT_UDPLITE_REPLIED = 2: Be32,
    }

    /// Of ICMP, in seconds.
    pub ICMP {
        CTA_TIMEOUT_ICMP_TIMEOUT = 1: Be32,
    }

    /// Of DCCP, in seconds.
    pub DCCP {
        CTA_TIMEOUT_DCCP_REQUEST = 1: Be32,
        CTA_TIMEOUT_DCCP_RESPOND = 2: Be32,
        CTA_TIMEOUT_DCCP_PARTOPEN = 3: Be32,
        CTA_TIMEOUT_DCCP_OPEN = 4: Be32,
        CTA_TIMEOUT_DCCP_CLOSEREQ = 5: Be32,
        CTA_TIMEOUT_DCCP_CLOSING = 6: Be32,
        CTA_TIMEOUT_DCCP_TIMEWAIT = 7: Be32,
    }

    /// Of SCTP, in seconds.
    pub SCTP {
        CTA_TIMEOUT_SCTP_CLOSED = 1: Be32,
        CTA_TIMEOUT_SCTP_COOKIE_WAIT = 2: Be32,
        CTA_TIMEOUT_SCTP_COOKIE_ECHOED = 3: Be32,
        CTA_TIMEOUT_SCTP_ESTABLISHED = 4: Be32,
        CTA_TIMEOUT_SCTP_SHUTDOWN_SENT = 5: Be32,
        CTA_TIMEOUT_SCTP_SHUTDOWN_RECD = 6: Be32,
        CTA_TIMEOUT_SCTP_SHUTDOWN_ACK_SENT = 7: Be32,
        CTA_TIMEOUT_SCTP_HEARTBEAT_SENT = 8: Be32,
        CTA_TIMEOUT_SCTP_HEARTBEAT_ACKED = 9: Be32,
    }

    /// Of ICMPv6, in seconds.
    pub ICMPV6 {
        CTA_TIMEOUT_ICMPV6_TIMEOUT = 1: Be32,
    }

    /// Of GRE, in seconds.
    pub GRE {
        CTA_TIMEOUT_GRE_UNREPLIED = 1: Be32,
        CTA_TIMEOUT_GRE_REPLIED = 2: Be32,
    }
}

/// What is said of each protocol of IP; 255 is for any other.
pub static PROTOCOLS: &[(u64, &Table)] = &[
    (1, &ICMP),
    (6, &TCP),
    (17, &UDP),
    (33, &DCCP),
    (47, &GRE),
    (58, &ICMPV6),
    (132, &SCTP),
    (136, &UDPLITE),
    (255, &GENERIC),
];
