//! Requests about links: one `RTM_NEWLINK` holds the whole description of a link.

use super::kind::Kind;
use crate::encode::{AttrWriter, Message};
use crate::exchange::{NLM_F_CREATE, NLM_F_EXCL};
use crate::schema::link::*;
use crate::schema::{RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK};
use crate::wire::IfInfoMsg;
use std::os::fd::{AsRawFd, BorrowedFd};

/// Which network namespace a link should be in.
#[derive(Clone, Copy, Debug)]
pub enum Netns<'a> {
    /// The one that this descriptor refers to (an open `/proc/PID/ns/net` or `/run/netns/NAME`).
    Fd(BorrowedFd<'a>),
    /// The one that this process lives in.
    Pid(u32),
}

impl Netns<'_> {
    pub(super) fn encode(&self, w: &mut AttrWriter<'_>) {
        match self {
            // The kernel reads the number as unsigned; a descriptor is never negative.
            Self::Fd(fd) => w.put(IFLA_NET_NS_FD, fd.as_raw_fd()),
            Self::Pid(pid) => w.put(IFLA_NET_NS_PID, *pid),
        };
    }
}

/// Why a protocol holds a link down: bits of `/etc/iproute2/protodown_reasons.d`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProtoDownReason {
    /// Which bits to change.
    pub mask: u32,
    /// What they become.
    pub value: u32,
}

/// Creates or changes a link. What is `None` is left as it is, or to the kernel.
#[derive(Clone, Debug, Default)]
pub struct LinkRequest<'a> {
    /// `NLM_F_CREATE`, `NLM_F_EXCL`, …; 0 changes what is there.
    pub nlm_flags: u16,
    /// Address family: `AF_UNSPEC`, or `AF_BRIDGE` for the settings of a port.
    pub family: u8,
    /// Index of the link to change, or to give to a new one; 0 leaves it open.
    pub index: i32,
    /// `IFF_*`.
    pub flags: u32,
    /// Which of [`flags`](Self::flags) count.
    pub change: u32,
    /// The name of a new link, or of the link to change when there is no index, or its new name when there is.
    pub name: Option<&'a [u8]>,
    /// Another name to find the link to change by (`IFLA_ALT_IFNAME`).
    pub altname: Option<&'a [u8]>,
    /// Link-layer address.
    pub address: Option<&'a [u8]>,
    /// Link-layer broadcast address.
    pub broadcast: Option<&'a [u8]>,
    /// MTU in bytes.
    pub mtu: Option<u32>,
    /// Length of the transmit queue, packets.
    pub txqlen: Option<u32>,
    /// Index of the master; 0 is none.
    pub master: Option<u32>,
    /// Index of the link below.
    pub link: Option<u32>,
    /// The namespace in which that index counts, as an id of ours.
    pub link_netnsid: Option<i32>,
    /// Group.
    pub group: Option<u32>,
    /// Alias; empty removes it.
    pub alias: Option<&'a [u8]>,
    /// The namespace to create it in, or to move it to.
    pub netns: Option<Netns<'a>>,
    /// The index it gets in the namespace it is moved to.
    pub new_index: Option<u32>,
    /// Transmit queues.
    pub num_tx_queues: Option<u32>,
    /// Receive queues.
    pub num_rx_queues: Option<u32>,
    /// Largest GSO packet, bytes.
    pub gso_max_size: Option<u32>,
    /// Most GSO segments.
    pub gso_max_segs: Option<u32>,
    /// Largest GRO packet, bytes.
    pub gro_max_size: Option<u32>,
    /// Largest GSO packet of IPv4, bytes (Linux 6.3).
    pub gso_ipv4_max_size: Option<u32>,
    /// Largest GRO packet of IPv4, bytes (Linux 6.3).
    pub gro_ipv4_max_size: Option<u32>,
    /// `IF_OPER_*`.
    pub operstate: Option<u8>,
    /// `IF_LINK_MODE_*`.
    pub linkmode: Option<u8>,
    /// Carrier on or off.
    pub carrier: Option<u8>,
    /// Whether a protocol holds it down.
    pub proto_down: Option<u8>,
    /// Why: one bit a reason.
    pub proto_down_reason: Option<ProtoDownReason>,
    /// Device on the parent bus to make it of (`wwan` and the like).
    pub parent_dev: Option<&'a [u8]>,
    /// Takes the XDP program off; these are the `XDP_FLAGS_*` that say where.
    pub xdp_detach: Option<u32>,
    /// How IPv6 link-local addresses come to be (`IN6_ADDR_GEN_MODE_*`).
    pub addrgenmode: Option<u8>,
    /// What it is.
    pub kind: Option<Kind<'a>>,
}

impl<'a> LinkRequest<'a> {
    /// Creates a link of this kind; fails when the name is taken.
    #[must_use]
    pub fn create(kind: Kind<'a>) -> Self {
        Self {
            nlm_flags: NLM_F_CREATE | NLM_F_EXCL,
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Changes the link with this index.
    #[must_use]
    pub fn change(index: i32) -> Self {
        Self {
            index,
            ..Self::default()
        }
    }

    /// Its family struct and attributes: those of the message, or of a veth's other end.
    #[inline]
    pub(super) fn encode_into(&self, w: &mut AttrWriter<'_>) {
        w.fixed(&IfInfoMsg {
            family: self.family,
            index: self.index,
            flags: self.flags,
            change: self.change,
            ..IfInfoMsg::default()
        });
        w.str_opt(IFLA_IFNAME, self.name)
            .str_opt(IFLA_ALT_IFNAME, self.altname)
            .bytes_opt(IFLA_ADDRESS, self.address)
            .bytes_opt(IFLA_BROADCAST, self.broadcast)
            .put_opt(IFLA_MTU, self.mtu)
            .put_opt(IFLA_TXQLEN, self.txqlen)
            .put_opt(IFLA_MASTER, self.master)
            .put_opt(IFLA_LINK, self.link)
            .put_opt(IFLA_LINK_NETNSID, self.link_netnsid)
            .put_opt(IFLA_GROUP, self.group)
            // Without a NUL: the kernel takes an empty payload, not an empty string, as removal.
            .bytes_opt(IFLA_IFALIAS, self.alias)
            .str_opt(IFLA_PARENT_DEV_NAME, self.parent_dev);
        if let Some(netns) = &self.netns {
            netns.encode(w);
        }
        if self.is_tuned() {
            self.encode_tuning(w);
        }
        if let Some(kind) = &self.kind {
            kind.encode(w);
        }
    }

    /// Whether anything is asked for that most requests leave alone. All of it is looked at at once: a
    /// branch a field would be a tenth of what a request costs.
    #[inline]
    fn is_tuned(&self) -> bool {
        self.new_index.is_some()
            | self.num_tx_queues.is_some()
            | self.num_rx_queues.is_some()
            | self.gso_max_size.is_some()
            | self.gso_max_segs.is_some()
            | self.gro_max_size.is_some()
            | self.gso_ipv4_max_size.is_some()
            | self.gro_ipv4_max_size.is_some()
            | self.operstate.is_some()
            | self.linkmode.is_some()
            | self.carrier.is_some()
            | self.proto_down.is_some()
            | self.proto_down_reason.is_some()
            | self.xdp_detach.is_some()
            | self.addrgenmode.is_some()
    }

    #[inline(never)]
    fn encode_tuning(&self, w: &mut AttrWriter<'_>) {
        w.put_opt(IFLA_NEW_IFINDEX, self.new_index)
            .put_opt(IFLA_NUM_TX_QUEUES, self.num_tx_queues)
            .put_opt(IFLA_NUM_RX_QUEUES, self.num_rx_queues)
            .put_opt(IFLA_GSO_MAX_SIZE, self.gso_max_size)
            .put_opt(IFLA_GSO_MAX_SEGS, self.gso_max_segs)
            .put_opt(IFLA_GRO_MAX_SIZE, self.gro_max_size)
            .put_opt(IFLA_GSO_IPV4_MAX_SIZE, self.gso_ipv4_max_size)
            .put_opt(IFLA_GRO_IPV4_MAX_SIZE, self.gro_ipv4_max_size)
            .put_opt(IFLA_OPERSTATE, self.operstate)
            .put_opt(IFLA_LINKMODE, self.linkmode)
            .put_opt(IFLA_CARRIER, self.carrier)
            .put_opt(IFLA_PROTO_DOWN, self.proto_down);
        if let Some(reason) = self.proto_down_reason {
            w.nest(IFLA_PROTO_DOWN_REASON, |w| {
                w.put(IFLA_PROTO_DOWN_REASON_MASK, reason.mask)
                    .put(IFLA_PROTO_DOWN_REASON_VALUE, reason.value);
            });
        }
        if let Some(flags) = self.xdp_detach {
            w.nest(IFLA_XDP, |w| {
                w.put(IFLA_XDP_FD, -1_i32).put(IFLA_XDP_FLAGS, flags);
            });
        }
        if let Some(mode) = self.addrgenmode {
            w.nest(IFLA_AF_SPEC, |w| {
                w.nest(libc::AF_INET6 as u16, |w| {
                    w.put(IFLA_INET6_ADDR_GEN_MODE, mode);
                });
            });
        }
    }
}

impl Message for LinkRequest<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWLINK
    }
    fn flags(&self) -> u16 {
        self.nlm_flags
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.encode_into(body);
    }
}

/// Removes a link, or a whole group of them in one pass of the kernel's.
#[derive(Clone, Copy, Debug, Default)]
pub struct DelLink<'a> {
    /// Its index, or 0.
    pub index: i32,
    /// Its name.
    pub name: Option<&'a [u8]>,
    /// All links of this group.
    pub group: Option<u32>,
}

impl Message for DelLink<'_> {
    fn kind(&self) -> u16 {
        RTM_DELLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfInfoMsg {
            index: self.index,
            ..IfInfoMsg::default()
        });
        body.str_opt(IFLA_IFNAME, self.name)
            .put_opt(IFLA_GROUP, self.group);
    }
}

/// Asks for a link, by name or index, or for all.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetLink<'a> {
    /// Address family: `AF_UNSPEC`, or `AF_BRIDGE` for the ports of bridges.
    pub family: u8,
    /// Its index, or 0.
    pub index: i32,
    /// Its name, or one of its other names.
    pub name: Option<&'a [u8]>,
    /// `RTEXT_FILTER_*`: what to add and what to leave out.
    pub ext_mask: u32,
    /// Of all: only the ports of the master with this index.
    pub master: Option<u32>,
    /// Of all: only those of this kind.
    pub kind: Option<&'a [u8]>,
    /// Answer for the namespace with this id of ours.
    pub target_netnsid: Option<i32>,
}

/// `RTEXT_FILTER_VF`: with the virtual functions.
pub const RTEXT_FILTER_VF: u32 = 1;
/// `RTEXT_FILTER_BRVLAN`: with the VLANs of bridge ports.
pub const RTEXT_FILTER_BRVLAN: u32 = 2;
/// `RTEXT_FILTER_BRVLAN_COMPRESSED`: the same, in ranges.
pub const RTEXT_FILTER_BRVLAN_COMPRESSED: u32 = 4;
/// `RTEXT_FILTER_SKIP_STATS`: without counters.
pub const RTEXT_FILTER_SKIP_STATS: u32 = 8;

impl<'a> GetLink<'a> {
    /// All of them, without counters.
    #[must_use]
    pub fn all() -> Self {
        Self {
            ext_mask: RTEXT_FILTER_SKIP_STATS,
            ..Self::default()
        }
    }

    /// The one with this name or other name, without counters.
    #[must_use]
    pub fn by_name(name: &'a [u8]) -> Self {
        Self {
            name: Some(name),
            ..Self::all()
        }
    }

    /// The one with this index, without counters.
    #[must_use]
    pub fn by_index(index: i32) -> Self {
        Self {
            index,
            ..Self::all()
        }
    }
}

impl Message for GetLink<'_> {
    fn kind(&self) -> u16 {
        RTM_GETLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfInfoMsg {
            family: self.family,
            index: self.index,
            ..IfInfoMsg::default()
        });
        if self.ext_mask != 0 {
            body.put(IFLA_EXT_MASK, self.ext_mask);
        }
        // A name longer than IFNAMSIZ allows can only be one of the other names.
        let number = match self.name {
            Some(name) if name.len() >= libc::IFNAMSIZ => IFLA_ALT_IFNAME,
            _ => IFLA_IFNAME,
        };
        body.str_opt(number, self.name)
            .put_opt(IFLA_MASTER, self.master)
            .put_opt(IFLA_IF_NETNSID, self.target_netnsid);
        if let Some(kind) = self.kind {
            body.nest(IFLA_LINKINFO, |w| {
                w.str(IFLA_INFO_KIND, kind);
            });
        }
    }
}
