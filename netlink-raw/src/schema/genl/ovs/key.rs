//! Tables of Open vSwitch: what a flow is known by.

use super::records;
use crate::schema::Value::*;
use crate::schema::attributes;

attributes! {
    /// What a flow is known by.
    pub KEY {
        OVS_KEY_ATTR_ENCAP = 1: Nest(&KEY),
        OVS_KEY_ATTR_PRIORITY = 2: U32,
        OVS_KEY_ATTR_IN_PORT = 3: U32,
        OVS_KEY_ATTR_ETHERNET = 4: Record(&records::ETHERNET),
        OVS_KEY_ATTR_VLAN = 5: Be16,
        OVS_KEY_ATTR_ETHERTYPE = 6: Be16,
        OVS_KEY_ATTR_IPV4 = 7: Record(&records::IPV4),
        OVS_KEY_ATTR_IPV6 = 8: Record(&records::IPV6),
        OVS_KEY_ATTR_TCP = 9: Record(&records::TCP),
        OVS_KEY_ATTR_UDP = 10: Record(&records::UDP),
        OVS_KEY_ATTR_ICMP = 11: Record(&records::ICMP),
        OVS_KEY_ATTR_ICMPV6 = 12: Record(&records::ICMPV6),
        OVS_KEY_ATTR_ARP = 13: Record(&records::ARP),
        OVS_KEY_ATTR_ND = 14: Record(&records::ND),
        OVS_KEY_ATTR_SKB_MARK = 15: U32,
        OVS_KEY_ATTR_TUNNEL = 16: Nest(&TUNNEL_KEY),
        OVS_KEY_ATTR_SCTP = 17: Record(&records::SCTP),
        OVS_KEY_ATTR_TCP_FLAGS = 18: Be16,
        OVS_KEY_ATTR_DP_HASH = 19: U32,
        OVS_KEY_ATTR_RECIRC_ID = 20: U32,
        OVS_KEY_ATTR_MPLS = 21: Array(&Be32, 4),
        OVS_KEY_ATTR_CT_STATE = 22: U32,
        OVS_KEY_ATTR_CT_ZONE = 23: U16,
        OVS_KEY_ATTR_CT_MARK = 24: U32,
        OVS_KEY_ATTR_CT_LABELS = 25: Bytes,
        OVS_KEY_ATTR_CT_ORIG_TUPLE_IPV4 = 26: Record(&records::CT_ORIG_TUPLE_IPV4),
        OVS_KEY_ATTR_CT_ORIG_TUPLE_IPV6 = 27: Record(&records::CT_ORIG_TUPLE_IPV6),
        OVS_KEY_ATTR_NSH = 28: Bytes,
        OVS_KEY_ATTR_PACKET_TYPE = 29: Be32,
        OVS_KEY_ATTR_ND_EXTENSIONS = 30: Bytes,
        OVS_KEY_ATTR_TUNNEL_INFO = 31: Bytes,
        OVS_KEY_ATTR_IPV6_EXTHDRS = 32: U16,
    }

    /// What its tunnel is known by.
    pub TUNNEL_KEY {
        OVS_TUNNEL_KEY_ATTR_ID = 0: Be64,
        OVS_TUNNEL_KEY_ATTR_IPV4_SRC = 1: Ip,
        OVS_TUNNEL_KEY_ATTR_IPV4_DST = 2: Ip,
        OVS_TUNNEL_KEY_ATTR_TOS = 3: U8,
        OVS_TUNNEL_KEY_ATTR_TTL = 4: U8,
        OVS_TUNNEL_KEY_ATTR_DONT_FRAGMENT = 5: Flag,
        OVS_TUNNEL_KEY_ATTR_CSUM = 6: Flag,
        OVS_TUNNEL_KEY_ATTR_OAM = 7: Flag,
        OVS_TUNNEL_KEY_ATTR_GENEVE_OPTS = 8: Bytes,
        OVS_TUNNEL_KEY_ATTR_TP_SRC = 9: Be16,
        OVS_TUNNEL_KEY_ATTR_TP_DST = 10: Be16,
        OVS_TUNNEL_KEY_ATTR_VXLAN_OPTS = 11: Nest(&VXLAN_EXT),
        OVS_TUNNEL_KEY_ATTR_IPV6_SRC = 12: Ip,
        OVS_TUNNEL_KEY_ATTR_IPV6_DST = 13: Ip,
        OVS_TUNNEL_KEY_ATTR_PAD = 14: Bytes,
        OVS_TUNNEL_KEY_ATTR_ERSPAN_OPTS = 15: Bytes,
        OVS_TUNNEL_KEY_ATTR_IPV4_INFO_BRIDGE = 16: Flag,
    }

    /// Extensions of VXLAN.
    pub VXLAN_EXT {
        OVS_VXLAN_EXT_GBP = 1: BySize(&[(0, Flag), (4, U32)]),
    }
}
