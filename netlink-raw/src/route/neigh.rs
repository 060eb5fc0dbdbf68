//! Neighbours and forwarding entries: the view of one (`RTM_NEWNEIGH`), and the requests about them.
//!
//! The kernel's side is `net/core/neighbour.c`, and for family `AF_BRIDGE` `net/core/rtnetlink.c`; the
//! numbers are those of `linux/neighbour.h`.

use crate::decode::{Attr, Attrs, Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::neigh::*;
use crate::schema::{RTM_DELNEIGH, RTM_GETNEIGH, RTM_NEWNEIGH};
use crate::wire::{NdMsg, NdaCacheInfo};
use core::net::IpAddr;

/// `NUD_NONE`: nothing is known.
pub const NUD_NONE: u16 = 0x00;
/// `NUD_INCOMPLETE`: being asked for, for the first time.
pub const NUD_INCOMPLETE: u16 = 0x01;
/// `NUD_REACHABLE`: confirmed lately.
pub const NUD_REACHABLE: u16 = 0x02;
/// `NUD_STALE`: not confirmed lately.
pub const NUD_STALE: u16 = 0x04;
/// `NUD_DELAY`: used while stale, to be asked soon.
pub const NUD_DELAY: u16 = 0x08;
/// `NUD_PROBE`: being asked.
pub const NUD_PROBE: u16 = 0x10;
/// `NUD_FAILED`: did not answer.
pub const NUD_FAILED: u16 = 0x20;
/// `NUD_NOARP`: needs no asking.
pub const NUD_NOARP: u16 = 0x40;
/// `NUD_PERMANENT`: set by hand, never asked.
pub const NUD_PERMANENT: u16 = 0x80;

/// `NTF_USE`: use it now, as if a packet went there.
pub const NTF_USE: u8 = 0x01;
/// `NTF_SELF`: the device's own table.
pub const NTF_SELF: u8 = 0x02;
/// `NTF_MASTER`: the table of the bridge it is a port of.
pub const NTF_MASTER: u8 = 0x04;
/// `NTF_PROXY`: we answer for it.
pub const NTF_PROXY: u8 = 0x08;
/// `NTF_EXT_LEARNED`: learned by a control plane.
pub const NTF_EXT_LEARNED: u8 = 0x10;
/// `NTF_OFFLOADED`: the hardware knows it.
pub const NTF_OFFLOADED: u8 = 0x20;
/// `NTF_STICKY`: does not move to another port.
pub const NTF_STICKY: u8 = 0x40;
/// `NTF_ROUTER`: it is a router (IPv6).
pub const NTF_ROUTER: u8 = 0x80;
/// `NTF_EXT_MANAGED`, of `NDA_FLAGS_EXT`: the kernel keeps it reachable.
pub const NTF_EXT_MANAGED: u32 = 0x01;
/// `NTF_EXT_LOCKED`, of `NDA_FLAGS_EXT`: it may not move to an unlocked port.
pub const NTF_EXT_LOCKED: u32 = 0x02;

/// A neighbour, or a forwarding entry where the family is `AF_BRIDGE`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Neighbour<'a> {
    /// `AF_INET`, `AF_INET6` or `AF_BRIDGE`.
    pub family: u8,
    /// Index of the link.
    pub index: i32,
    /// `NUD_*`.
    pub state: u16,
    /// `NTF_*`.
    pub flags: u8,
    /// `RTN_*`.
    pub kind: u8,
    /// Its address; of a forwarding entry the remote tunnel end.
    pub destination: Option<IpAddr>,
    /// Its link-layer address.
    pub lladdr: Option<&'a [u8]>,
    /// Ages, in hundredths of a second (`USER_HZ`).
    pub cacheinfo: Option<NdaCacheInfo>,
    /// Times it was asked without an answer.
    pub probes: Option<u32>,
    /// VLAN of a forwarding entry.
    pub vlan: Option<u16>,
    /// UDP port of the remote tunnel end, host byte order.
    pub port: Option<u16>,
    /// VNI of the remote tunnel end.
    pub vni: Option<u32>,
    /// Index of the link by which the remote tunnel end is reached.
    pub via: Option<u32>,
    /// Index of the link's master.
    pub master: Option<u32>,
    /// The namespace in which `via` counts, if it is not this one.
    pub link_netnsid: Option<i32>,
    /// VNI of the entry.
    pub src_vni: Option<u32>,
    /// Who made it, `RTPROT_*`.
    pub protocol: Option<u8>,
    /// Nexthop object.
    pub nexthop: Option<u32>,
    /// `NTF_EXT_*`.
    pub flags_ext: Option<u32>,
    /// Further attributes of a forwarding entry (`NFEA_*`).
    pub fdb_ext: Option<Attr<'a>>,
    /// What could not be read.
    pub malformed: Malformed,
    raw: Option<Attrs<'a>>,
}

impl<'a> Neighbour<'a> {
    /// Reads a message of type `RTM_NEWNEIGH` or `RTM_DELNEIGH`.
    ///
    /// # Errors
    /// Only when there is no `ndmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<NdMsg>()?;
        let mut neighbour = Self {
            family: head.family,
            index: head.index,
            state: head.state,
            flags: head.flags,
            kind: head.kind,
            raw: Some(attrs.clone()),
            ..Self::default()
        };
        let mut bad = Malformed::default();
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            neighbour.take(attr, &mut bad);
        }
        neighbour.malformed = bad;
        Ok(neighbour)
    }

    fn take(&mut self, attr: Attr<'a>, bad: &mut Malformed) {
        match attr.kind {
            NDA_DST => self.destination = bad.note(attr.ip()),
            NDA_LLADDR => self.lladdr = Some(attr.value),
            NDA_CACHEINFO => self.cacheinfo = bad.note(attr.read()),
            NDA_PROBES => self.probes = bad.note(attr.read()),
            NDA_VLAN => self.vlan = bad.note(attr.read()),
            NDA_PORT => self.port = bad.note(attr.read().map(u16::from_be_bytes)),
            NDA_VNI => self.vni = bad.note(attr.read()),
            NDA_IFINDEX => self.via = bad.note(attr.read()),
            NDA_MASTER => self.master = bad.note(attr.read()),
            NDA_LINK_NETNSID => self.link_netnsid = bad.note(attr.read()),
            NDA_SRC_VNI => self.src_vni = bad.note(attr.read()),
            NDA_PROTOCOL => self.protocol = bad.note(attr.read()),
            NDA_NH_ID => self.nexthop = bad.note(attr.read()),
            NDA_FLAGS_EXT => self.flags_ext = bad.note(attr.read()),
            NDA_FDB_EXT_ATTRS => self.fdb_ext = Some(attr),
            _ => {}
        }
    }

    /// Every attribute as it came, known or not.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.raw.clone().unwrap_or(Attrs::new(&[]))
    }
}

/// Makes or changes a neighbour or a forwarding entry.
#[derive(Clone, Debug, Default)]
pub struct NeighbourRequest<'a> {
    /// `NLM_F_CREATE`, `NLM_F_EXCL`, `NLM_F_REPLACE`, `NLM_F_APPEND`.
    pub nlm_flags: u16,
    /// `AF_INET`, `AF_INET6` or `AF_BRIDGE`.
    pub family: u8,
    /// Index of the link; 0 is none.
    pub index: i32,
    /// `NUD_*`.
    pub state: u16,
    /// `NTF_*`.
    pub flags: u8,
    /// `RTN_*`.
    pub kind: u8,
    /// Its address; of a forwarding entry the remote tunnel end.
    pub destination: Option<IpAddr>,
    /// Its link-layer address.
    pub lladdr: Option<&'a [u8]>,
    /// VLAN of a forwarding entry.
    pub vlan: Option<u16>,
    /// UDP port of the remote tunnel end, host byte order.
    pub port: Option<u16>,
    /// VNI of the remote tunnel end.
    pub vni: Option<u32>,
    /// Index of the link by which the remote tunnel end is reached.
    pub via: Option<u32>,
    /// VNI of the entry.
    pub src_vni: Option<u32>,
    /// Who makes it, `RTPROT_*`.
    pub protocol: Option<u8>,
    /// Nexthop object.
    pub nexthop: Option<u32>,
    /// `NTF_EXT_*`.
    pub flags_ext: Option<u32>,
}

impl NeighbourRequest<'_> {
    fn encode_into(&self, w: &mut AttrWriter<'_>) {
        w.fixed(&NdMsg {
            family: self.family,
            index: self.index,
            state: self.state,
            flags: self.flags,
            kind: self.kind,
            ..NdMsg::default()
        });
        w.ip_opt(NDA_DST, self.destination)
            .bytes_opt(NDA_LLADDR, self.lladdr)
            .put_opt(NDA_VLAN, self.vlan)
            .put_opt(NDA_PORT, self.port.map(u16::to_be_bytes))
            .put_opt(NDA_VNI, self.vni)
            .put_opt(NDA_IFINDEX, self.via)
            .put_opt(NDA_SRC_VNI, self.src_vni)
            .put_opt(NDA_PROTOCOL, self.protocol)
            .put_opt(NDA_NH_ID, self.nexthop)
            .put_opt(NDA_FLAGS_EXT, self.flags_ext);
    }
}

impl Message for NeighbourRequest<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWNEIGH
    }
    fn flags(&self) -> u16 {
        self.nlm_flags
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.encode_into(body);
    }
}

/// Removes a neighbour or a forwarding entry. The request's `nlm_flags` are not used.
#[derive(Clone, Debug, Default)]
pub struct DelNeighbour<'a>(pub NeighbourRequest<'a>);

impl Message for DelNeighbour<'_> {
    fn kind(&self) -> u16 {
        RTM_DELNEIGH
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.0.encode_into(body);
    }
}

/// Asks for one neighbour.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetNeighbour<'a> {
    /// `AF_INET`, `AF_INET6` or `AF_BRIDGE`.
    pub family: u8,
    /// Index of the link.
    pub index: i32,
    /// `NTF_PROXY` asks for the one we answer for; of `AF_BRIDGE`, `NTF_SELF` or `NTF_MASTER`.
    pub flags: u8,
    /// Its address.
    pub destination: Option<IpAddr>,
    /// Its link-layer address (`AF_BRIDGE`).
    pub lladdr: Option<&'a [u8]>,
    /// Its VLAN (`AF_BRIDGE`).
    pub vlan: Option<u16>,
    /// Its VNI (`AF_BRIDGE`).
    pub vni: Option<u32>,
}

impl Message for GetNeighbour<'_> {
    fn kind(&self) -> u16 {
        RTM_GETNEIGH
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NdMsg {
            family: self.family,
            index: self.index,
            flags: self.flags,
            ..NdMsg::default()
        });
        body.ip_opt(NDA_DST, self.destination)
            .bytes_opt(NDA_LLADDR, self.lladdr)
            .put_opt(NDA_VLAN, self.vlan)
            .put_opt(NDA_VNI, self.vni);
    }
}

/// Asks for neighbours: all, of a family, of a link, of a master's ports.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetNeighbours {
    /// `AF_UNSPEC` for all but forwarding entries, `AF_INET`, `AF_INET6` or `AF_BRIDGE`.
    pub family: u8,
    /// Those we answer for instead (`NTF_PROXY`).
    pub proxy: bool,
    /// Only those of the link with this index (`NDA_IFINDEX`).
    pub index: Option<u32>,
    /// Only those of links with this master; `u32::MAX` is of links without one.
    pub master: Option<u32>,
}

impl Message for GetNeighbours {
    fn kind(&self) -> u16 {
        RTM_GETNEIGH
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NdMsg {
            family: self.family,
            flags: if self.proxy { NTF_PROXY } else { 0 },
            ..NdMsg::default()
        });
        body.put_opt(NDA_IFINDEX, self.index)
            .put_opt(NDA_MASTER, self.master);
    }
}

#[cfg(test)]
mod tests;
