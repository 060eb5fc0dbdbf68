//! Tables of tunnels: GRE, IP in IP, virtual tunnel interfaces (`linux/if_tunnel.h`).

use crate::schema::Value::*;
use crate::schema::common::*;
use crate::schema::{Int, Names, attributes};

attributes! {
    /// A GRE tunnel of any kind.
    pub GRE {
        IFLA_GRE_LINK = 1: Index,
        IFLA_GRE_IFLAGS = 2: Bits(Int::Be16, GRE_FLAGS),
        IFLA_GRE_OFLAGS = 3: Bits(Int::Be16, GRE_FLAGS),
        IFLA_GRE_IKEY = 4: Be32,
        IFLA_GRE_OKEY = 5: Be32,
        IFLA_GRE_LOCAL = 6: Ip,
        IFLA_GRE_REMOTE = 7: Ip,
        IFLA_GRE_TTL = 8: U8,
        IFLA_GRE_TOS = 9: U8,
        IFLA_GRE_PMTUDISC = 10: U8,
        IFLA_GRE_ENCAP_LIMIT = 11: U8,
        IFLA_GRE_FLOWINFO = 12: Be32,
        IFLA_GRE_FLAGS = 13: Bits(Int::U32, IP6_TUNNEL_FLAGS),
        IFLA_GRE_ENCAP_TYPE = 14: Enum(Int::U16, ENCAPS),
        IFLA_GRE_ENCAP_FLAGS = 15: Bits(Int::U16, ENCAP_FLAGS),
        IFLA_GRE_ENCAP_SPORT = 16: Be16,
        IFLA_GRE_ENCAP_DPORT = 17: Be16,
        IFLA_GRE_COLLECT_METADATA = 18: Flag,
        IFLA_GRE_IGNORE_DF = 19: U8,
        IFLA_GRE_FWMARK = 20: U32,
        IFLA_GRE_ERSPAN_INDEX = 21: U32,
        IFLA_GRE_ERSPAN_VER = 22: U8,
        IFLA_GRE_ERSPAN_DIR = 23: U8,
        IFLA_GRE_ERSPAN_HWID = 24: U16,
    }

    /// A tunnel in IPv4 or IPv6.
    pub IPTUN {
        IFLA_IPTUN_LINK = 1: Index,
        IFLA_IPTUN_LOCAL = 2: Ip,
        IFLA_IPTUN_REMOTE = 3: Ip,
        IFLA_IPTUN_TTL = 4: U8,
        IFLA_IPTUN_TOS = 5: U8,
        IFLA_IPTUN_ENCAP_LIMIT = 6: U8,
        IFLA_IPTUN_FLOWINFO = 7: Be32,
        IFLA_IPTUN_FLAGS = 8: Bits(Int::U32, IP6_TUNNEL_FLAGS),
        IFLA_IPTUN_PROTO = 9: Enum(Int::U8, IP_PROTOCOLS),
        IFLA_IPTUN_PMTUDISC = 10: U8,
        IFLA_IPTUN_6RD_PREFIX = 11: Ip,
        IFLA_IPTUN_6RD_RELAY_PREFIX = 12: Be32,
        IFLA_IPTUN_6RD_PREFIXLEN = 13: U16,
        IFLA_IPTUN_6RD_RELAY_PREFIXLEN = 14: U16,
        IFLA_IPTUN_ENCAP_TYPE = 15: Enum(Int::U16, ENCAPS),
        IFLA_IPTUN_ENCAP_FLAGS = 16: Bits(Int::U16, ENCAP_FLAGS),
        IFLA_IPTUN_ENCAP_SPORT = 17: Be16,
        IFLA_IPTUN_ENCAP_DPORT = 18: Be16,
        IFLA_IPTUN_COLLECT_METADATA = 19: Flag,
        IFLA_IPTUN_FWMARK = 20: U32,
    }

    /// A virtual tunnel interface.
    pub VTI {
        IFLA_VTI_LINK = 1: Index,
        IFLA_VTI_IKEY = 2: Be32,
        IFLA_VTI_OKEY = 3: Be32,
        IFLA_VTI_LOCAL = 4: Ip,
        IFLA_VTI_REMOTE = 5: Ip,
        IFLA_VTI_FWMARK = 6: U32,
    }
}

/// Tunnels of IPv6 in IPv4, which share their numbers with the others.
pub mod sit {
    use super::{ENCAP_FLAGS, ENCAPS};
    use crate::schema::Value::*;
    use crate::schema::common::IP_PROTOCOLS;
    use crate::schema::{Int, Names, attributes};

    attributes! {
        /// A tunnel of IPv6 in IPv4, whose flags are written another way.
        pub SIT {
            IFLA_IPTUN_LINK = 1: Index,
            IFLA_IPTUN_LOCAL = 2: Ip,
            IFLA_IPTUN_REMOTE = 3: Ip,
            IFLA_IPTUN_TTL = 4: U8,
            IFLA_IPTUN_TOS = 5: U8,
            IFLA_IPTUN_ENCAP_LIMIT = 6: U8,
            IFLA_IPTUN_FLOWINFO = 7: Be32,
            IFLA_IPTUN_FLAGS = 8: Bits(Int::Be16, SIT_FLAGS),
            IFLA_IPTUN_PROTO = 9: Enum(Int::U8, IP_PROTOCOLS),
            IFLA_IPTUN_PMTUDISC = 10: U8,
            IFLA_IPTUN_6RD_PREFIX = 11: Ip,
            IFLA_IPTUN_6RD_RELAY_PREFIX = 12: Be32,
            IFLA_IPTUN_6RD_PREFIXLEN = 13: U16,
            IFLA_IPTUN_6RD_RELAY_PREFIXLEN = 14: U16,
            IFLA_IPTUN_ENCAP_TYPE = 15: Enum(Int::U16, ENCAPS),
            IFLA_IPTUN_ENCAP_FLAGS = 16: Bits(Int::U16, ENCAP_FLAGS),
            IFLA_IPTUN_ENCAP_SPORT = 17: Be16,
            IFLA_IPTUN_ENCAP_DPORT = 18: Be16,
            IFLA_IPTUN_COLLECT_METADATA = 19: Flag,
            IFLA_IPTUN_FWMARK = 20: U32,
        }
    }

    /// Flags of such a tunnel.
    const SIT_FLAGS: Names = &[(1, "SIT_ISATAP")];
}

/// What a GRE header has.
const GRE_FLAGS: Names = &[
    (0x8000, "GRE_CSUM"),
    (0x4000, "GRE_ROUTING"),
    (0x2000, "GRE_KEY"),
    (0x1000, "GRE_SEQ"),
    (0x0800, "GRE_STRICT"),
    (0x0700, "GRE_REC"),
    (0x0080, "GRE_ACK"),
    (0x0007, "GRE_VERSION"),
];

/// Flags of a tunnel in IPv6 (`linux/ip6_tunnel.h`).
const IP6_TUNNEL_FLAGS: Names = &[
    (1, "IP6_TNL_F_IGN_ENCAP_LIMIT"),
    (2, "IP6_TNL_F_USE_ORIG_TCLASS"),
    (4, "IP6_TNL_F_USE_ORIG_FLOWLABEL"),
    (8, "IP6_TNL_F_MIP6_DEV"),
    (16, "IP6_TNL_F_RCV_DSCP_COPY"),
    (32, "IP6_TNL_F_USE_ORIG_FWMARK"),
    (64, "IP6_TNL_F_ALLOW_LOCAL_REMOTE"),
];

/// What a tunnel is itself put into.
const ENCAPS: Names = &[
    (0, "TUNNEL_ENCAP_NONE"),
    (1, "TUNNEL_ENCAP_FOU"),
    (2, "TUNNEL_ENCAP_GUE"),
    (3, "TUNNEL_ENCAP_MPLS"),
];

/// How that is done.
const ENCAP_FLAGS: Names = &[
    (1, "TUNNEL_ENCAP_FLAG_CSUM"),
    (2, "TUNNEL_ENCAP_FLAG_CSUM6"),
    (4, "TUNNEL_ENCAP_FLAG_REMCSUM"),
];
