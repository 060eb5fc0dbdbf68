//! Tables of nftables: what stateful objects are told (`linux/netfilter/nf_tables.h`).

use super::names;
use crate::schema::Value::*;
use crate::schema::netfilter::cttimeout;
use crate::schema::{Int, attributes};

attributes! {
    /// A helper of connection tracking.
    pub CT_HELPER {
        NFTA_CT_HELPER_NAME = 1: Str,
        NFTA_CT_HELPER_L3PROTO = 2: Enum(Int::Be16, names::FAMILIES),
        NFTA_CT_HELPER_L4PROTO = 3: U8,
    }

    /// Timeouts of connection tracking.
    pub CT_TIMEOUT {
        NFTA_CT_TIMEOUT_L3PROTO = 1: Enum(Int::Be16, names::FAMILIES),
        NFTA_CT_TIMEOUT_L4PROTO = 2: U8,
        NFTA_CT_TIMEOUT_DATA = 3: ByNumber(NFTA_CT_TIMEOUT_L4PROTO, cttimeout::PROTOCOLS),
    }

    /// A connection that is expected.
    pub CT_EXPECT {
        NFTA_CT_EXPECT_L3PROTO = 1: Enum(Int::Be16, names::FAMILIES),
        NFTA_CT_EXPECT_L4PROTO = 2: U8,
        NFTA_CT_EXPECT_DPORT = 3: Be16,
        NFTA_CT_EXPECT_TIMEOUT = 4: U32,
        NFTA_CT_EXPECT_SIZE = 5: U8,
    }

    /// A security context.
    pub SECMARK {
        NFTA_SECMARK_CTX = 1: Str,
    }

    /// What a tunnel is told of a packet.
    pub TUNNEL_KEY {
        NFTA_TUNNEL_KEY_ID = 1: Be32,
        NFTA_TUNNEL_KEY_IP = 2: Nest(&TUNNEL_KEY_IP),
        NFTA_TUNNEL_KEY_IP6 = 3: Nest(&TUNNEL_KEY_IP6),
        NFTA_TUNNEL_KEY_FLAGS = 4: Bits(Int::Be32, names::TUNNEL_FLAGS),
        NFTA_TUNNEL_KEY_TOS = 5: U8,
        NFTA_TUNNEL_KEY_TTL = 6: U8,
        NFTA_TUNNEL_KEY_SPORT = 7: Be16,
        NFTA_TUNNEL_KEY_DPORT = 8: Be16,
        NFTA_TUNNEL_KEY_OPTS = 9: Nest(&TUNNEL_OPTS),
    }

    /// Its IPv4 ends.
    pub TUNNEL_KEY_IP {
        NFTA_TUNNEL_KEY_IP_SRC = 1: Ip,
        NFTA_TUNNEL_KEY_IP_DST = 2: Ip,
    }

    /// Its IPv6 ends.
    pub TUNNEL_KEY_IP6 {
        NFTA_TUNNEL_KEY_IP6_SRC = 1: Ip,
        NFTA_TUNNEL_KEY_IP6_DST = 2: Ip,
        NFTA_TUNNEL_KEY_IP6_FLOWLABEL = 3: Be32,
    }

    /// Its options, by the kind of tunnel.
    pub TUNNEL_OPTS {
        NFTA_TUNNEL_KEY_OPTS_VXLAN = 1: Nest(&TUNNEL_VXLAN),
        NFTA_TUNNEL_KEY_OPTS_ERSPAN = 2: Nest(&TUNNEL_ERSPAN),
        NFTA_TUNNEL_KEY_OPTS_GENEVE = 3: Nest(&TUNNEL_GENEVE),
    }

    /// Options of VXLAN.
    pub TUNNEL_VXLAN {
        NFTA_TUNNEL_KEY_VXLAN_GBP = 1: Be32,
    }

    /// Options of ERSPAN.
    pub TUNNEL_ERSPAN {
        NFTA_TUNNEL_KEY_ERSPAN_VERSION = 1: Be32,
        NFTA_TUNNEL_KEY_ERSPAN_V1_INDEX = 2: Be32,
        NFTA_TUNNEL_KEY_ERSPAN_V2_HWID = 3: U8,
        NFTA_TUNNEL_KEY_ERSPAN_V2_DIR = 4: U8,
    }

    /// An option of Geneve.
    pub TUNNEL_GENEVE {
        NFTA_TUNNEL_KEY_GENEVE_CLASS = 1: Be16,
        NFTA_TUNNEL_KEY_GENEVE_TYPE = 2: U8,
        NFTA_TUNNEL_KEY_GENEVE_DATA = 3: Bytes,
    }
}
