//! The kernel's fixed structs, as bytes: sizes and offsets are those of the uapi headers.
//!
//! All fields are in host byte order unless their name or doc says otherwise.
//! Padding is explicit, so that every byte that is sent was written by us.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Everything on the wire starts at a multiple of this many bytes (`NLMSG_ALIGNTO`, `NLA_ALIGNTO`).
pub const ALIGN: usize = 4;

/// A `s32` in host byte order where it may not be aligned: what arrays in attributes are made of.
pub type S32 = zerocopy::native_endian::I32;
/// A `u64` in host byte order where it may not be aligned (attributes start at multiples of 4).
pub type U64 = zerocopy::native_endian::U64;

/// Rounds a length in bytes up to [`ALIGN`].
#[must_use]
pub const fn align(len: usize) -> usize {
    len.saturating_add(ALIGN - 1) & !(ALIGN - 1)
}

macro_rules! wire {
    ($($(#[$meta:meta])* $name:ident, $size:literal { $($(#[$fmeta:meta])* $field:ident: $ty:ty = $offset:literal,)* })*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
        #[repr(C)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
        const _: () = {
            assert!(size_of::<$name>() == $size);
            $(assert!(core::mem::offset_of!($name, $field) == $offset);)*
        };
    )* };
}

wire! {
    /// `struct nlmsghdr` (`linux/netlink.h`): in front of every message.
    NlMsgHdr, 16 {
        /// Length of the message in bytes, this header included, trailing padding not.
        len: u32 = 0,
        /// `NLMSG_*` or the family's own type (`RTM_*`).
        kind: u16 = 4,
        /// `NLM_F_*`.
        flags: u16 = 6,
        /// Number the sender chose; the kernel repeats it in what it answers.
        seq: u32 = 8,
        /// Port id of the sender; 0 for the kernel's own messages.
        portid: u32 = 12,
    }
    /// `struct nlattr` (`linux/netlink.h`): in front of every attribute.
    NlAttr, 4 {
        /// Length in bytes, this header included, trailing padding not.
        len: u16 = 0,
        /// The attribute's number, with `NLA_F_NESTED` and `NLA_F_NET_BYTEORDER` on top.
        kind: u16 = 2,
    }
    /// `struct nlmsgerr` (`linux/netlink.h`): the body of an `NLMSG_ERROR`.
    NlMsgErr, 20 {
        /// A negative errno; 0 means acknowledged.
        error: i32 = 0,
        /// The header of the request that this answers.
        request: NlMsgHdr = 4,
    }
    /// `struct rtgenmsg` (`linux/rtnetlink.h`).
    RtGenMsg, 1 {
        /// `AF_*`.
        family: u8 = 0,
    }
    /// `struct ifinfomsg` (`linux/rtnetlink.h`): links.
    IfInfoMsg, 16 {
        /// `AF_UNSPEC`, or `AF_BRIDGE` for a bridge's view of its ports.
        family: u8 = 0,
        /// Padding.
        pad: u8 = 1,
        /// Hardware type, `ARPHRD_*`.
        kind: u16 = 2,
        /// Interface index; 0 where none is named.
        index: i32 = 4,
        /// `IFF_*`.
        flags: u32 = 8,
        /// Which of `flags` a request changes.
        change: u32 = 12,
    }
    /// `struct ifaddrmsg` (`linux/if_addr.h`): addresses.
    IfAddrMsg, 8 {
        /// `AF_INET` or `AF_INET6`.
        family: u8 = 0,
        /// Length of the prefix in bits.
        prefixlen: u8 = 1,
        /// The low eight of `IFA_F_*`; `IFA_FLAGS` has all.
        flags: u8 = 2,
        /// `RT_SCOPE_*`.
        scope: u8 = 3,
        /// Interface index.
        index: u32 = 4,
    }
    /// `struct ifa_cacheinfo` (`linux/if_addr.h`): lifetimes of an address.
    IfaCacheInfo, 16 {
        /// Preferred lifetime in seconds; `u32::MAX` is for ever.
        preferred: u32 = 0,
        /// Valid lifetime in seconds; `u32::MAX` is for ever.
        valid: u32 = 4,
        /// Creation time, hundredths of a second since boot.
        created: u32 = 8,
        /// Last update, hundredths of a second since boot.
        updated: u32 = 12,
    }
    /// `struct rtmsg` (`linux/rtnetlink.h`): routes.
    RtMsg, 12 {
        /// `AF_*`.
        family: u8 = 0,
        /// Length of the destination prefix in bits.
        dst_len: u8 = 1,
        /// Length of the source prefix in bits.
        src_len: u8 = 2,
        /// Type of service.
        tos: u8 = 3,
        /// Routing table, where it fits 8 bits; `RTA_TABLE` has all.
        table: u8 = 4,
        /// Who made the route, `RTPROT_*`.
        protocol: u8 = 5,
        /// `RT_SCOPE_*`.
        scope: u8 = 6,
        /// `RTN_*`.
        kind: u8 = 7,
        /// `RTM_F_*` and `RTNH_F_*`.
        flags: u32 = 8,
    }
    /// `struct rtnexthop` (`linux/rtnetlink.h`): one leg of a multipath route.
    RtNextHop, 8 {
        /// Length in bytes with its attributes.
        len: u16 = 0,
        /// `RTNH_F_*`.
        flags: u8 = 2,
        /// Weight less one.
        hops: u8 = 3,
        /// Interface index.
        index: i32 = 4,
    }
    /// `struct rta_cacheinfo` (`linux/rtnetlink.h`).
    RtaCacheInfo, 32 {
        /// References.
        clntref: u32 = 0,
        /// Last use, in clock ticks.
        lastuse: u32 = 4,
        /// Time to expiry, in clock ticks.
        expires: i32 = 8,
        /// Error of the route.
        error: u32 = 12,
        /// Times used.
        used: u32 = 16,
        /// IP id.
        id: u32 = 20,
        /// Timestamp.
        ts: u32 = 24,
        /// Age of the timestamp.
        tsage: u32 = 28,
    }
    /// `struct ndmsg` (`linux/neighbour.h`): neighbours and forwarding entries.
    NdMsg, 12 {
        /// `AF_INET`, `AF_INET6` or `AF_BRIDGE`.
        family: u8 = 0,
        /// Padding.
        pad1: u8 = 1,
        /// Padding.
        pad2: u16 = 2,
        /// Interface index.
        index: i32 = 4,
        /// `NUD_*`.
        state: u16 = 8,
        /// `NTF_*`.
        flags: u8 = 10,
        /// `RTN_*`.
        kind: u8 = 11,
    }
    /// `struct nda_cacheinfo` (`linux/neighbour.h`): ages, in hundredths of a second.
    NdaCacheInfo, 16 {
        /// Since it was last confirmed.
        confirmed: u32 = 0,
        /// Since it was last used.
        used: u32 = 4,
        /// Since it was last changed.
        updated: u32 = 8,
        /// References.
        refcnt: u32 = 12,
    }
    /// `struct fib_rule_hdr` (`linux/fib_rules.h`): policy rules.
    FibRuleHdr, 12 {
        /// `AF_*`.
        family: u8 = 0,
        /// Length of the destination prefix in bits.
        dst_len: u8 = 1,
        /// Length of the source prefix in bits.
        src_len: u8 = 2,
        /// Type of service.
        tos: u8 = 3,
        /// Routing table, where it fits 8 bits.
        table: u8 = 4,
        /// Reserved.
        res1: u8 = 5,
        /// Reserved.
        res2: u8 = 6,
        /// `FR_ACT_*`.
        action: u8 = 7,
        /// `FIB_RULE_*`.
        flags: u32 = 8,
    }
    /// `struct br_port_msg` (`linux/if_bridge.h`).
    BrPortMsg, 8 {
        /// `AF_BRIDGE`.
        family: u8 = 0,
        /// Padding.
        pad: [u8; 3] = 1,
        /// Interface index.
        index: u32 = 4,
    }
    /// `struct br_vlan_msg` (`linux/if_bridge.h`).
    BrVlanMsg, 8 {
        /// `AF_BRIDGE`.
        family: u8 = 0,
        /// Reserved.
        reserved1: u8 = 1,
        /// Reserved.
        reserved2: u16 = 2,
        /// Interface index.
        index: u32 = 4,
    }
    /// `struct bridge_vlan_info` (`linux/if_bridge.h`).
    BridgeVlanInfo, 4 {
        /// `BRIDGE_VLAN_INFO_*`.
        flags: u16 = 0,
        /// VLAN id.
        vid: u16 = 2,
    }
    /// `struct ifla_bridge_id` (`linux/if_link.h`).
    BridgeId, 8 {
        /// Priority, big-endian.
        prio: [u8; 2] = 0,
        /// MAC address.
        addr: [u8; 6] = 2,
    }
    /// `struct ifla_vlan_flags` (`linux/if_link.h`).
    VlanFlags, 8 {
        /// `VLAN_FLAG_*`.
        flags: u32 = 0,
        /// Which of them count.
        mask: u32 = 4,
    }
    /// `struct ifla_vlan_qos_mapping` (`linux/if_link.h`).
    VlanQosMapping, 8 {
        /// From priority.
        from: u32 = 0,
        /// To priority.
        to: u32 = 4,
    }
    /// `struct ifla_vxlan_port_range` (`linux/if_link.h`).
    VxlanPortRange, 4 {
        /// First source port, big-endian.
        low: [u8; 2] = 0,
        /// Last source port, big-endian.
        high: [u8; 2] = 2,
    }
    /// `struct ifla_cacheinfo` (`linux/if_link.h`): IPv6 settings of a link.
    IflaCacheInfo, 16 {
        /// Largest reassembled packet, bytes.
        max_reasm_len: u32 = 0,
        /// Hundredths of a second since boot.
        tstamp: u32 = 4,
        /// Reachable time, milliseconds.
        reachable_time: u32 = 8,
        /// Retransmit time, milliseconds.
        retrans_time: u32 = 12,
    }
    /// `struct rtnl_link_ifmap` (`linux/if_link.h`). The kernel pads it to 32 bytes.
    LinkIfMap, 32 {
        /// Start of device memory.
        mem_start: u64 = 0,
        /// End of device memory.
        mem_end: u64 = 8,
        /// I/O base.
        base_addr: u64 = 16,
        /// Interrupt.
        irq: u16 = 24,
        /// DMA channel.
        dma: u8 = 26,
        /// Port.
        port: u8 = 27,
        /// Padding.
        pad: [u8; 4] = 28,
    }
    /// `struct rtnl_link_stats` (`linux/if_link.h`): the counters of [`LinkStats64`] cut to 32 bits.
    LinkStats, 96 {
        /// Packets received.
        rx_packets: u32 = 0,
        /// Packets sent.
        tx_packets: u32 = 4,
        /// Bytes received.
        rx_bytes: u32 = 8,
        /// Bytes sent.
        tx_bytes: u32 = 12,
        /// Bad packets received.
        rx_errors: u32 = 16,
        /// Packets that could not be sent.
        tx_errors: u32 = 20,
        /// Received and dropped.
        rx_dropped: u32 = 24,
        /// Dropped on the way out.
        tx_dropped: u32 = 28,
        /// Multicast packets received.
        multicast: u32 = 32,
        /// Collisions.
        collisions: u32 = 36,
        /// Length errors.
        rx_length_errors: u32 = 40,
        /// Ring overflows.
        rx_over_errors: u32 = 44,
        /// Bad CRC.
        rx_crc_errors: u32 = 48,
        /// Bad alignment.
        rx_frame_errors: u32 = 52,
        /// FIFO overruns.
        rx_fifo_errors: u32 = 56,
        /// Missed.
        rx_missed_errors: u32 = 60,
        /// Aborted.
        tx_aborted_errors: u32 = 64,
        /// Carrier lost.
        tx_carrier_errors: u32 = 68,
        /// FIFO underruns.
        tx_fifo_errors: u32 = 72,
        /// Heartbeat errors.
        tx_heartbeat_errors: u32 = 76,
        /// Window errors.
        tx_window_errors: u32 = 80,
        /// Compressed packets received.
        rx_compressed: u32 = 84,
        /// Compressed packets sent.
        tx_compressed: u32 = 88,
        /// Dropped for want of a handler.
        rx_nohandler: u32 = 92,
    }
    /// `struct rtnl_link_stats64` (`linux/if_link.h`), as of Linux 5.19; older kernels send less.
    LinkStats64, 200 {
        /// Packets received.
        rx_packets: u64 = 0,
        /// Packets sent.
        tx_packets: u64 = 8,
        /// Bytes received.
        rx_bytes: u64 = 16,
        /// Bytes sent.
        tx_bytes: u64 = 24,
        /// Bad packets received.
        rx_errors: u64 = 32,
        /// Packets that could not be sent.
        tx_errors: u64 = 40,
        /// Received and dropped.
        rx_dropped: u64 = 48,
        /// Dropped on the way out.
        tx_dropped: u64 = 56,
        /// Multicast packets received.
        multicast: u64 = 64,
        /// Collisions.
        collisions: u64 = 72,
        /// Length errors.
        rx_length_errors: u64 = 80,
        /// Ring overflows.
        rx_over_errors: u64 = 88,
        /// Bad CRC.
        rx_crc_errors: u64 = 96,
        /// Bad alignment.
        rx_frame_errors: u64 = 104,
        /// FIFO overruns.
        rx_fifo_errors: u64 = 112,
        /// Missed.
        rx_missed_errors: u64 = 120,
        /// Aborted.
        tx_aborted_errors: u64 = 128,
        /// Carrier lost.
        tx_carrier_errors: u64 = 136,
        /// FIFO underruns.
        tx_fifo_errors: u64 = 144,
        /// Heartbeat errors.
        tx_heartbeat_errors: u64 = 152,
        /// Window errors.
        tx_window_errors: u64 = 160,
        /// Compressed packets received.
        rx_compressed: u64 = 168,
        /// Compressed packets sent.
        tx_compressed: u64 = 176,
        /// Dropped for want of a handler.
        rx_nohandler: u64 = 184,
        /// Dropped: another host's address.
        rx_otherhost_dropped: u64 = 192,
    }
    /// `struct nhmsg` (`linux/nexthop.h`): nexthop objects.
    NhMsg, 8 {
        /// `AF_*`.
        family: u8 = 0,
        /// `RT_SCOPE_*`.
        scope: u8 = 1,
        /// `RTPROT_*`.
        protocol: u8 = 2,
        /// Reserved.
        resvd: u8 = 3,
        /// `RTNH_F_*`.
        flags: u32 = 4,
    }
    /// `struct nexthop_grp` (`linux/nexthop.h`): a member of a group.
    NexthopGrp, 8 {
        /// Id of the member.
        id: u32 = 0,
        /// Its share of the traffic, less one: the low eight bits.
        weight: u8 = 4,
        /// The same, the high eight bits (Linux 6.12 and later).
        weight_high: u8 = 5,
        /// Reserved.
        resvd: u16 = 6,
    }
    /// `struct tcmsg` (`linux/rtnetlink.h`): traffic control.
    TcMsg, 20 {
        /// `AF_UNSPEC`.
        family: u8 = 0,
        /// Padding.
        pad1: u8 = 1,
        /// Padding.
        pad2: u16 = 2,
        /// Interface index.
        index: i32 = 4,
        /// Handle.
        handle: u32 = 8,
        /// Parent handle.
        parent: u32 = 12,
        /// Type-dependent.
        info: u32 = 16,
    }
    /// `struct if_stats_msg` (`linux/if_link.h`).
    IfStatsMsg, 12 {
        /// `AF_UNSPEC`.
        family: u8 = 0,
        /// Padding.
        pad1: u8 = 1,
        /// Padding.
        pad2: u16 = 2,
        /// Interface index.
        index: u32 = 4,
        /// `IFLA_STATS_*` wanted, as bits.
        filter_mask: u32 = 8,
    }
    /// `struct bridge_vlan_xstats` (`linux/if_bridge.h`): counters of a VLAN.
    BridgeVlanXstats, 40 {
        /// Bytes received.
        rx_bytes: u64 = 0,
        /// Packets received.
        rx_packets: u64 = 8,
        /// Bytes sent.
        tx_bytes: u64 = 16,
        /// Packets sent.
        tx_packets: u64 = 24,
        /// VLAN id.
        vid: u16 = 32,
        /// `BRIDGE_VLAN_INFO_*`.
        flags: u16 = 34,
        /// Padding.
        pad: u32 = 36,
    }
    /// `struct netconfmsg` (`linux/netconf.h`), padded.
    NetconfMsg, 4 {
        /// `AF_*`.
        family: u8 = 0,
        /// Padding.
        pad: [u8; 3] = 1,
    }
}

impl BridgeId {
    /// The priority, in host byte order.
    #[must_use]
    pub const fn priority(&self) -> u16 {
        u16::from_be_bytes(self.prio)
    }
}

// The libc crate keeps the C definitions of these; a drift would be a compile error.
const _: () = {
    assert!(size_of::<NlMsgHdr>() == size_of::<libc::nlmsghdr>());
    assert!(size_of::<NlAttr>() == size_of::<libc::nlattr>());
    assert!(size_of::<NlMsgErr>() == size_of::<libc::nlmsgerr>());
    assert!(
        core::mem::offset_of!(NlMsgHdr, portid) == core::mem::offset_of!(libc::nlmsghdr, nlmsg_pid)
    );
    assert!(core::mem::offset_of!(NlMsgErr, request) == core::mem::offset_of!(libc::nlmsgerr, msg));
};
