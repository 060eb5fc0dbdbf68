//! Names of numbers and flags in nftables and connection tracking (`linux/netfilter/nf_tables.h`).

use crate::schema::names;

names! {
    /// Families of rule sets, `NFPROTO_*`.
    pub FAMILIES {
        NFPROTO_UNSPEC = 0, NFPROTO_INET = 1, NFPROTO_IPV4 = 2, NFPROTO_ARP = 3,
        NFPROTO_NETDEV = 5, NFPROTO_BRIDGE = 7, NFPROTO_IPV6 = 10, NFPROTO_DECNET = 12,
    }

    /// What becomes of a packet, `NF_*` and `NFT_*`.
    pub VERDICTS {
        NF_DROP = 0, NF_ACCEPT = 1, NF_STOLEN = 2, NF_QUEUE = 3, NF_REPEAT = 4, NF_STOP = 5,
        NFT_CONTINUE = 0xffff_ffff, NFT_BREAK = 0xffff_fffe, NFT_JUMP = 0xffff_fffd,
        NFT_GOTO = 0xffff_fffc, NFT_RETURN = 0xffff_fffb,
    }

    /// Hooks of IP and of bridges, `NF_INET_*`.
    pub INET_HOOKS {
        NF_INET_PRE_ROUTING = 0, NF_INET_LOCAL_IN = 1, NF_INET_FORWARD = 2, NF_INET_LOCAL_OUT = 3,
        NF_INET_POST_ROUTING = 4, NF_INET_INGRESS = 5,
    }

    /// Hooks of links.
    pub NETDEV_HOOKS {
        NF_NETDEV_INGRESS = 0, NF_NETDEV_EGRESS = 1,
    }

    /// Hooks of ARP.
    pub ARP_HOOKS {
        NF_ARP_IN = 0, NF_ARP_OUT = 1, NF_ARP_FORWARD = 2,
    }

    /// Registers.
    pub REGISTERS {
        NFT_REG_VERDICT = 0, NFT_REG_1 = 1, NFT_REG_2 = 2, NFT_REG_3 = 3, NFT_REG_4 = 4,
        NFT_REG32_00 = 8, NFT_REG32_01 = 9, NFT_REG32_02 = 10, NFT_REG32_03 = 11,
        NFT_REG32_04 = 12, NFT_REG32_05 = 13, NFT_REG32_06 = 14, NFT_REG32_07 = 15,
        NFT_REG32_08 = 16, NFT_REG32_09 = 17, NFT_REG32_10 = 18, NFT_REG32_11 = 19,
        NFT_REG32_12 = 20, NFT_REG32_13 = 21, NFT_REG32_14 = 22, NFT_REG32_15 = 23,
    }

    /// Flags of a table.
    pub TABLE_FLAGS {
        NFT_TABLE_F_DORMANT = 1, NFT_TABLE_F_OWNER = 2,
        // Linux 6.9.
        NFT_TABLE_F_PERSIST = 4,
    }

    /// Flags of a chain.
    pub CHAIN_FLAGS {
        NFT_CHAIN_BASE = 1, NFT_CHAIN_HW_OFFLOAD = 2, NFT_CHAIN_BINDING = 4,
    }

    /// Flags of a rule of iptables.
    pub RULE_COMPAT_FLAGS {
        NFT_RULE_COMPAT_F_UNUSED = 1, NFT_RULE_COMPAT_F_INV = 2,
    }

    /// Flags of a set.
    pub SET_FLAGS {
        NFT_SET_ANONYMOUS = 1, NFT_SET_CONSTANT = 2, NFT_SET_INTERVAL = 4, NFT_SET_MAP = 8,
        NFT_SET_TIMEOUT = 16, NFT_SET_EVAL = 32, NFT_SET_OBJECT = 64, NFT_SET_CONCAT = 128,
        NFT_SET_EXPR = 0x100,
    }

    /// What a set is made for.
    pub SET_POLICIES {
        NFT_SET_POL_PERFORMANCE = 0, NFT_SET_POL_MEMORY = 1,
    }

    /// Flags of an element.
    pub SET_ELEM_FLAGS {
        NFT_SET_ELEM_INTERVAL_END = 1, NFT_SET_ELEM_CATCHALL = 2,
    }

    /// Operations on bits.
    pub BITWISE_OPS {
        NFT_BITWISE_MASK_XOR = 0, NFT_BITWISE_LSHIFT = 1, NFT_BITWISE_RSHIFT = 2,
        // Linux 6.13.
        NFT_BITWISE_AND = 3,
        NFT_BITWISE_OR = 4,
        NFT_BITWISE_XOR = 5,
    }

    /// Which way bytes are turned.
    pub BYTEORDER_OPS {
        NFT_BYTEORDER_NTOH = 0, NFT_BYTEORDER_HTON = 1,
    }

    /// Comparisons.
    pub CMP_OPS {
        NFT_CMP_EQ = 0, NFT_CMP_NEQ = 1, NFT_CMP_LT = 2, NFT_CMP_LTE = 3, NFT_CMP_GT = 4,
        NFT_CMP_GTE = 5,
    }

    /// Inside a range or outside.
    pub RANGE_OPS {
        NFT_RANGE_EQ = 0, NFT_RANGE_NEQ = 1,
    }

    /// Flags of a lookup.
    pub LOOKUP_FLAGS {
        NFT_LOOKUP_F_INV = 1,
    }

    /// Changes of a set.
    pub DYNSET_OPS {
        NFT_DYNSET_OP_ADD = 0, NFT_DYNSET_OP_UPDATE = 1, NFT_DYNSET_OP_DELETE = 2,
    }

    /// Flags of a change of a set.
    pub DYNSET_FLAGS {
        NFT_DYNSET_F_INV = 1, NFT_DYNSET_F_EXPR = 2,
    }

    /// What an offset is counted from.
    pub PAYLOAD_BASES {
        NFT_PAYLOAD_LL_HEADER = 0, NFT_PAYLOAD_NETWORK_HEADER = 1,
        NFT_PAYLOAD_TRANSPORT_HEADER = 2, NFT_PAYLOAD_INNER_HEADER = 3,
        // Linux 6.2.
        NFT_PAYLOAD_TUN_HEADER = 4,
    }

    /// Checksums.
    pub PAYLOAD_CSUM_TYPES {
        NFT_PAYLOAD_CSUM_NONE = 0, NFT_PAYLOAD_CSUM_INET = 1, NFT_PAYLOAD_CSUM_SCTP = 2,
    }

    /// Flags of a checksum.
    pub PAYLOAD_CSUM_FLAGS {
        NFT_PAYLOAD_L4CSUM_PSEUDOHDR = 1,
    }

    /// Flags of an extension header.
    pub EXTHDR_FLAGS {
        NFT_EXTHDR_F_PRESENT = 1,
    }

    /// Kinds of headers and options.
    pub EXTHDR_OPS {
        NFT_EXTHDR_OP_IPV6 = 0, NFT_EXTHDR_OP_TCPOPT = 1, NFT_EXTHDR_OP_IPV4 = 2,
        NFT_EXTHDR_OP_SCTP = 3, NFT_EXTHDR_OP_DCCP = 4,
    }

    /// What is known of a packet.
    pub META_KEYS {
        NFT_META_LEN = 0, NFT_META_PROTOCOL = 1, NFT_META_PRIORITY = 2, NFT_META_MARK = 3,
        NFT_META_IIF = 4, NFT_META_OIF = 5, NFT_META_IIFNAME = 6, NFT_META_OIFNAME = 7,
        NFT_META_IFTYPE = 8, NFT_META_OIFTYPE = 9, NFT_META_SKUID = 10, NFT_META_SKGID = 11,
        NFT_META_NFTRACE = 12, NFT_META_RTCLASSID = 13, NFT_META_SECMARK = 14,
        NFT_META_NFPROTO = 15, NFT_META_L4PROTO = 16, NFT_META_BRI_IIFNAME = 17,
        NFT_META_BRI_OIFNAME = 18, NFT_META_PKTTYPE = 19, NFT_META_CPU = 20,
        NFT_META_IIFGROUP = 21, NFT_META_OIFGROUP = 22, NFT_META_CGROUP = 23,
        NFT_META_PRANDOM = 24, NFT_META_SECPATH = 25, NFT_META_IIFKIND = 26, NFT_META_OIFKIND = 27,
        NFT_META_BRI_IIFPVID = 28, NFT_META_BRI_IIFVPROTO = 29, NFT_META_TIME_NS = 30,
        NFT_META_TIME_DAY = 31, NFT_META_TIME_HOUR = 32, NFT_META_SDIF = 33,
        NFT_META_SDIFNAME = 34,
        // Linux 6.4.
        NFT_META_BRI_BROUTE = 35,
        // Linux 6.18.
        NFT_META_BRI_IIFHWADDR = 36,
    }

    /// What a route says.
    pub RT_KEYS {
        NFT_RT_CLASSID = 0, NFT_RT_NEXTHOP4 = 1, NFT_RT_NEXTHOP6 = 2, NFT_RT_TCPMSS = 3,
        NFT_RT_XFRM = 4,
    }

    /// Hashes.
    pub HASH_TYPES {
        NFT_HASH_JENKINS = 0, NFT_HASH_SYM = 1,
    }

    /// What a socket says.
    pub SOCKET_KEYS {
        NFT_SOCKET_TRANSPARENT = 0, NFT_SOCKET_MARK = 1, NFT_SOCKET_WILDCARD = 2,
        NFT_SOCKET_CGROUPV2 = 3,
    }

    /// What is known of a connection.
    pub CT_KEYS {
        NFT_CT_STATE = 0, NFT_CT_DIRECTION = 1, NFT_CT_STATUS = 2, NFT_CT_MARK = 3,
        NFT_CT_SECMARK = 4, NFT_CT_EXPIRATION = 5, NFT_CT_HELPER = 6, NFT_CT_L3PROTOCOL = 7,
        NFT_CT_SRC = 8, NFT_CT_DST = 9, NFT_CT_PROTOCOL = 10, NFT_CT_PROTO_SRC = 11,
        NFT_CT_PROTO_DST = 12, NFT_CT_LABELS = 13, NFT_CT_PKTS = 14, NFT_CT_BYTES = 15,
        NFT_CT_AVGPKT = 16, NFT_CT_ZONE = 17, NFT_CT_EVENTMASK = 18, NFT_CT_SRC_IP = 19,
        NFT_CT_DST_IP = 20, NFT_CT_SRC_IP6 = 21, NFT_CT_DST_IP6 = 22, NFT_CT_ID = 23,
    }

    /// What is limited.
    pub LIMIT_TYPES {
        NFT_LIMIT_PKTS = 0, NFT_LIMIT_PKT_BYTES = 1,
    }

    /// Flags of a limit.
    pub LIMIT_FLAGS {
        NFT_LIMIT_F_INV = 1,
    }

    /// Flags of a limit of connections.
    pub CONNLIMIT_FLAGS {
        NFT_CONNLIMIT_F_INV = 1,
    }

    /// Flags of a quota.
    pub QUOTA_FLAGS {
        NFT_QUOTA_F_INV = 1, NFT_QUOTA_F_DEPLETED = 2,
    }

    /// How grave a log line is.
    pub LOG_LEVELS {
        NFT_LOGLEVEL_EMERG = 0, NFT_LOGLEVEL_ALERT = 1, NFT_LOGLEVEL_CRIT = 2,
        NFT_LOGLEVEL_ERR = 3, NFT_LOGLEVEL_WARNING = 4, NFT_LOGLEVEL_NOTICE = 5,
        NFT_LOGLEVEL_INFO = 6, NFT_LOGLEVEL_DEBUG = 7, NFT_LOGLEVEL_AUDIT = 8,
    }

    /// What is logged, `NF_LOG_*`.
    pub LOG_FLAGS {
        NF_LOG_TCPSEQ = 1, NF_LOG_TCPOPT = 2, NF_LOG_IPOPT = 4, NF_LOG_UID = 8, NF_LOG_NFLOG = 16,
        NF_LOG_MACDECODE = 32, NF_LOG_PREFIXLEN = 128,
    }

    /// Flags of a queue.
    pub QUEUE_FLAGS {
        NFT_QUEUE_FLAG_BYPASS = 1, NFT_QUEUE_FLAG_CPU_FANOUT = 2,
    }

    /// How a packet is refused.
    pub REJECT_TYPES {
        NFT_REJECT_ICMP_UNREACH = 0, NFT_REJECT_TCP_RST = 1, NFT_REJECT_ICMPX_UNREACH = 2,
    }

    /// What is translated.
    pub NAT_TYPES {
        NFT_NAT_SNAT = 0, NFT_NAT_DNAT = 1,
    }

    /// How it is translated.
    pub NAT_FLAGS {
        NF_NAT_RANGE_MAP_IPS = 1, NF_NAT_RANGE_PROTO_SPECIFIED = 2, NF_NAT_RANGE_PROTO_RANDOM = 4,
        NF_NAT_RANGE_PERSISTENT = 8, NF_NAT_RANGE_PROTO_RANDOM_FULLY = 16,
        NF_NAT_RANGE_PROTO_OFFSET = 32, NF_NAT_RANGE_NETMAP = 64,
    }

    /// What is asked of a route.
    pub FIB_RESULTS {
        NFT_FIB_RESULT_UNSPEC = 0, NFT_FIB_RESULT_OIF = 1, NFT_FIB_RESULT_OIFNAME = 2,
        NFT_FIB_RESULT_ADDRTYPE = 3,
    }

    /// What a route is looked up with.
    pub FIB_FLAGS {
        NFTA_FIB_F_SADDR = 1, NFTA_FIB_F_DADDR = 2, NFTA_FIB_F_MARK = 4, NFTA_FIB_F_IIF = 8,
        NFTA_FIB_F_OIF = 16, NFTA_FIB_F_PRESENT = 32,
    }

    /// Kinds of stateful objects.
    pub OBJECTS {
        NFT_OBJECT_UNSPEC = 0, NFT_OBJECT_COUNTER = 1, NFT_OBJECT_QUOTA = 2,
        NFT_OBJECT_CT_HELPER = 3, NFT_OBJECT_LIMIT = 4, NFT_OBJECT_CONNLIMIT = 5,
        NFT_OBJECT_TUNNEL = 6, NFT_OBJECT_CT_TIMEOUT = 7, NFT_OBJECT_SECMARK = 8,
        NFT_OBJECT_CT_EXPECT = 9, NFT_OBJECT_SYNPROXY = 10,
    }

    /// Flags of a flow table.
    pub FLOWTABLE_FLAGS {
        NFT_FLOWTABLE_HW_OFFLOAD = 1, NFT_FLOWTABLE_COUNTER = 2,
    }

    /// Flags of a guess.
    pub OSF_FLAGS {
        NFT_OSF_F_VERSION = 1,
    }

    /// What a SYN proxy answers.
    pub SYNPROXY_FLAGS {
        NF_SYNPROXY_OPT_MSS = 1, NF_SYNPROXY_OPT_WSCALE = 2, NF_SYNPROXY_OPT_SACK_PERM = 4,
        NF_SYNPROXY_OPT_TIMESTAMP = 8, NF_SYNPROXY_OPT_ECN = 16,
    }

    /// What IPsec says.
    pub XFRM_KEYS {
        NFT_XFRM_KEY_UNSPEC = 0, NFT_XFRM_KEY_DADDR_IP4 = 1, NFT_XFRM_KEY_DADDR_IP6 = 2,
        NFT_XFRM_KEY_SADDR_IP4 = 3, NFT_XFRM_KEY_SADDR_IP6 = 4, NFT_XFRM_KEY_REQID = 5,
        NFT_XFRM_KEY_SPI = 6,
    }

    /// What a traced packet met.
    pub TRACE_TYPES {
        NFT_TRACETYPE_UNSPEC = 0, NFT_TRACETYPE_POLICY = 1, NFT_TRACETYPE_RETURN = 2,
        NFT_TRACETYPE_RULE = 3,
    }

    /// How numbers are made.
    pub NG_TYPES {
        NFT_NG_INCREMENTAL = 0, NFT_NG_RANDOM = 1,
    }

    /// Flags of a tunnel.
    pub TUNNEL_FLAGS {
        NFT_TUNNEL_F_ZERO_CSUM_TX = 1, NFT_TUNNEL_F_DONT_FRAGMENT = 2, NFT_TUNNEL_F_SEQ_NUMBER = 4,
    }

    /// What a tunnel says.
    pub TUNNEL_KEYS {
        NFT_TUNNEL_PATH = 0, NFT_TUNNEL_ID = 1,
    }

    /// Which way through a tunnel.
    pub TUNNEL_MODES {
        NFT_TUNNEL_MODE_NONE = 0, NFT_TUNNEL_MODE_RX = 1, NFT_TUNNEL_MODE_TX = 2,
    }

    /// Kinds of tunnels (Linux 6.2).
    pub INNER_TYPES {
        NFT_INNER_UNSPEC = 0, NFT_INNER_VXLAN = 1, NFT_INNER_GENEVE = 2,
    }

    /// Which headers are inside (Linux 6.2).
    pub INNER_FLAGS {
        NFT_INNER_HDRSIZE = 1, NFT_INNER_LL = 2, NFT_INNER_NH = 4, NFT_INNER_TH = 8,
    }

    /// What is known of a connection.
    pub CONNTRACK_STATUS {
        IPS_EXPECTED = 1, IPS_SEEN_REPLY = 2, IPS_ASSURED = 4, IPS_CONFIRMED = 8, IPS_SRC_NAT = 16,
        IPS_DST_NAT = 32, IPS_SEQ_ADJUST = 64, IPS_SRC_NAT_DONE = 128, IPS_DST_NAT_DONE = 0x100,
        IPS_DYING = 0x200, IPS_FIXED_TIMEOUT = 0x400, IPS_TEMPLATE = 0x800, IPS_UNTRACKED = 0x1000,
        IPS_HELPER = 0x2000, IPS_OFFLOAD = 0x4000, IPS_HW_OFFLOAD = 0x8000,
    }

    /// What a packet is to its connection, as a mask.
    pub CT_STATE {
        NF_CT_STATE_INVALID_BIT = 1, NF_CT_STATE_UNTRACKED_BIT = 64,
    }
}
