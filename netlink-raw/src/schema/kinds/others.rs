//! Tables of the less common kinds of links (`linux/if_link.h` and headers of their own).

use crate::schema::Value::*;
use crate::schema::headers::IFINFOMSG;
use crate::schema::{Int, Names, attributes, layouts};

attributes! {
    /// A redundant ring.
    pub HSR {
        IFLA_HSR_SLAVE1 = 1: Index,
        IFLA_HSR_SLAVE2 = 2: Index,
        IFLA_HSR_MULTICAST_SPEC = 3: U8,
        IFLA_HSR_SUPERVISION_ADDR = 4: Mac,
        IFLA_HSR_SEQ_NR = 5: U16,
        IFLA_HSR_VERSION = 6: U8,
        IFLA_HSR_PROTOCOL = 7: U8,
        IFLA_HSR_INTERLINK = 8: Index,
    }

    /// A MACsec device.
    pub MACSEC {
        IFLA_MACSEC_SCI = 1: Be64,
        IFLA_MACSEC_PORT = 2: Be16,
        IFLA_MACSEC_ICV_LEN = 3: U8,
        IFLA_MACSEC_CIPHER_SUITE = 4: U64,
        IFLA_MACSEC_WINDOW = 5: U32,
        IFLA_MACSEC_ENCODING_SA = 6: U8,
        IFLA_MACSEC_ENCRYPT = 7: U8,
        IFLA_MACSEC_PROTECT = 8: U8,
        IFLA_MACSEC_INC_SCI = 9: U8,
        IFLA_MACSEC_ES = 10: U8,
        IFLA_MACSEC_SCB = 11: U8,
        IFLA_MACSEC_REPLAY_PROTECT = 12: U8,
        IFLA_MACSEC_VALIDATION = 13: Enum(Int::U8, MACSEC_VALIDATIONS),
        IFLA_MACSEC_PAD = 14: Bytes,
        IFLA_MACSEC_OFFLOAD = 15: Enum(Int::U8, MACSEC_OFFLOADS),
    }

    /// An IPsec interface.
    pub XFRM {
        IFLA_XFRM_LINK = 1: Index,
        IFLA_XFRM_IF_ID = 2: U32,
        IFLA_XFRM_COLLECT_METADATA = 3: Flag,
    }

    /// IP over InfiniBand.
    pub IPOIB {
        IFLA_IPOIB_PKEY = 1: U16,
        IFLA_IPOIB_MODE = 2: U16,
        IFLA_IPOIB_UMCAST = 3: U16,
    }

    /// A mux of a modem.
    pub RMNET {
        IFLA_RMNET_MUX_ID = 1: U16,
        IFLA_RMNET_FLAGS = 2: Record(&RMNET_FLAGS),
    }

    /// A GTP tunnel.
    pub GTP {
        IFLA_GTP_FD0 = 1: U32,
        IFLA_GTP_FD1 = 2: U32,
        IFLA_GTP_PDP_HASHSIZE = 3: U32,
        IFLA_GTP_ROLE = 4: Enum(Int::U32, GTP_ROLES),
        IFLA_GTP_CREATE_SOCKETS = 5: U8,
        IFLA_GTP_RESTART_COUNT = 6: U8,
        IFLA_GTP_LOCAL = 7: Ip,
        IFLA_GTP_LOCAL6 = 8: Ip,
    }

    /// A PPP channel.
    pub PPP {
        IFLA_PPP_DEV_FD = 1: S32,
    }

    /// A channel of a modem.
    pub WWAN {
        IFLA_WWAN_LINK_ID = 1: U32,
    }

    /// Automatic multicast tunnelling.
    pub AMT {
        IFLA_AMT_MODE = 1: Enum(Int::U32, AMT_MODES),
        IFLA_AMT_RELAY_PORT = 2: Be16,
        IFLA_AMT_GATEWAY_PORT = 3: Be16,
        IFLA_AMT_LINK = 4: Index,
        IFLA_AMT_LOCAL_IP = 5: Ip,
        IFLA_AMT_REMOTE_IP = 6: Ip,
        IFLA_AMT_DISCOVERY_IP = 7: Ip,
        IFLA_AMT_MAX_TUNNELS = 8: U32,
    }

    /// A port of a switch.
    pub DSA {
        IFLA_DSA_MASTER = 1: Index,
    }

    /// A tunnel in UDP.
    pub BAREUDP {
        IFLA_BAREUDP_PORT = 1: Be16,
        IFLA_BAREUDP_ETHERTYPE = 2: Be16,
        IFLA_BAREUDP_SRCPORT_MIN = 3: U16,
        IFLA_BAREUDP_MULTIPROTO_MODE = 4: Flag,
    }

    /// A netkit pair.
    pub NETKIT {
        IFLA_NETKIT_PEER_INFO = 1: RecordThen(&IFINFOMSG, &crate::schema::link::LINK),
        IFLA_NETKIT_PRIMARY = 2: U8,
        IFLA_NETKIT_POLICY = 3: Enum(Int::S32, NETKIT_POLICIES),
        IFLA_NETKIT_PEER_POLICY = 4: Enum(Int::S32, NETKIT_POLICIES),
        IFLA_NETKIT_MODE = 5: Enum(Int::U32, NETKIT_MODES),
        IFLA_NETKIT_SCRUB = 6: Enum(Int::U32, NETKIT_SCRUBS),
        IFLA_NETKIT_PEER_SCRUB = 7: Enum(Int::U32, NETKIT_SCRUBS),
        IFLA_NETKIT_HEADROOM = 8: U16,
        IFLA_NETKIT_TAILROOM = 9: U16,
    }

    /// An OpenVPN device.
    pub OVPN {
        IFLA_OVPN_MODE = 1: Enum(Int::U8, OVPN_MODES),
    }

    /// A mesh of B.A.T.M.A.N.
    pub BATADV {
        IFLA_BATADV_ALGO_NAME = 1: Str,
    }

    /// A pair of virtual CAN devices.
    pub VXCAN {
        VXCAN_INFO_PEER = 1: RecordThen(&IFINFOMSG, &crate::schema::link::LINK),
    }
}

layouts! {
    /// How a modem frames packets.
    pub RMNET_FLAGS = "ifla_rmnet_flags" {
        flags: U32,
        mask: U32,
    }
}

/// What becomes of frames that are not valid.
const MACSEC_VALIDATIONS: Names = &[
    (0, "MACSEC_VALIDATE_DISABLED"),
    (1, "MACSEC_VALIDATE_CHECK"),
    (2, "MACSEC_VALIDATE_STRICT"),
];

/// Who does the work.
const MACSEC_OFFLOADS: Names = &[
    (0, "MACSEC_OFFLOAD_OFF"),
    (1, "MACSEC_OFFLOAD_PHY"),
    (2, "MACSEC_OFFLOAD_MAC"),
];

/// Which end of the tunnel.
const GTP_ROLES: Names = &[(0, "GTP_ROLE_GGSN"), (1, "GTP_ROLE_SGSN")];

/// Which end of the tunnel.
const AMT_MODES: Names = &[(0, "AMT_MODE_GATEWAY"), (1, "AMT_MODE_RELAY")];

/// What becomes of packets (`linux/if_link.h`).
const NETKIT_POLICIES: Names = &[
    (0, "NETKIT_PASS"),
    (2, "NETKIT_DROP"),
    (7, "NETKIT_REDIRECT"),
];

/// At which layer a pair works.
const NETKIT_MODES: Names = &[(0, "NETKIT_L2"), (1, "NETKIT_L3")];

/// Whether what packets carry is cleared on their way.
const NETKIT_SCRUBS: Names = &[(0, "NETKIT_SCRUB_NONE"), (1, "NETKIT_SCRUB_DEFAULT")];

/// Whether there is one peer or many.
const OVPN_MODES: Names = &[(0, "OVPN_MODE_P2P"), (1, "OVPN_MODE_MP")];

attributes! {
    /// VNIs of a VXLAN device: `RTM_NEWTUNNEL` and its kin.
    pub VNIFILTER {
        VXLAN_VNIFILTER_ENTRY = 1: Nest(&VNIFILTER_ENTRY),
    }

    /// Some of them.
    pub VNIFILTER_ENTRY {
        VXLAN_VNIFILTER_ENTRY_START = 1: U32,
        VXLAN_VNIFILTER_ENTRY_END = 2: U32,
        VXLAN_VNIFILTER_ENTRY_GROUP = 3: Ip,
        VXLAN_VNIFILTER_ENTRY_GROUP6 = 4: Ip,
        VXLAN_VNIFILTER_ENTRY_STATS = 5: Nest(&VNIFILTER_STATS),
    }

    /// Their counters.
    pub VNIFILTER_STATS {
        VNIFILTER_ENTRY_STATS_RX_BYTES = 1: U64,
        VNIFILTER_ENTRY_STATS_RX_PKTS = 2: U64,
        VNIFILTER_ENTRY_STATS_RX_DROPS = 3: U64,
        VNIFILTER_ENTRY_STATS_RX_ERRORS = 4: U64,
        VNIFILTER_ENTRY_STATS_TX_BYTES = 5: U64,
        VNIFILTER_ENTRY_STATS_TX_PKTS = 6: U64,
        VNIFILTER_ENTRY_STATS_TX_DROPS = 7: U64,
        VNIFILTER_ENTRY_STATS_TX_ERRORS = 8: U64,
        VNIFILTER_ENTRY_STATS_PAD = 9: Bytes,
    }
}
