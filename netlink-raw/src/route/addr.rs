//! Addresses of links: the view of one (`RTM_NEWADDR`), and the requests about them.
//!
//! The kernel's side is `net/ipv4/devinet.c` and `net/ipv6/addrconf.c`; the numbers are those of
//! `linux/if_addr.h`.

use crate::decode::{Attr, Attrs, Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::exchange::{NLM_F_CREATE, NLM_F_EXCL};
use crate::schema::addr::*;
use crate::schema::{RTM_DELADDR, RTM_GETADDR, RTM_NEWADDR};
use crate::wire::{IfAddrMsg, IfaCacheInfo};
use core::net::IpAddr;

/// `IFA_F_SECONDARY` of IPv4, `IFA_F_TEMPORARY` of IPv6: the same bit.
pub const IFA_F_SECONDARY: u32 = 0x01;
/// `IFA_F_NODAD`: no duplicate address detection.
pub const IFA_F_NODAD: u32 = 0x02;
/// `IFA_F_OPTIMISTIC`: usable while its uniqueness is still being checked (RFC 4429).
pub const IFA_F_OPTIMISTIC: u32 = 0x04;
/// `IFA_F_DADFAILED`: another host has it.
pub const IFA_F_DADFAILED: u32 = 0x08;
/// `IFA_F_HOMEADDRESS`: the home address of a mobile node (RFC 6275).
pub const IFA_F_HOMEADDRESS: u32 = 0x10;
/// `IFA_F_DEPRECATED`: its preferred lifetime is over.
pub const IFA_F_DEPRECATED: u32 = 0x20;
/// `IFA_F_TENTATIVE`: its uniqueness is being checked.
pub const IFA_F_TENTATIVE: u32 = 0x40;
/// `IFA_F_PERMANENT`: it has no end.
pub const IFA_F_PERMANENT: u32 = 0x80;
/// `IFA_F_MANAGETEMPADDR`: temporary addresses are made from it (RFC 8981).
pub const IFA_F_MANAGETEMPADDR: u32 = 0x100;
/// `IFA_F_NOPREFIXROUTE`: no route to its prefix comes and goes with it.
pub const IFA_F_NOPREFIXROUTE: u32 = 0x200;
/// `IFA_F_MCAUTOJOIN`: a multicast group that the kernel joins.
pub const IFA_F_MCAUTOJOIN: u32 = 0x400;
/// `IFA_F_STABLE_PRIVACY`: made by the rules of RFC 7217.
pub const IFA_F_STABLE_PRIVACY: u32 = 0x800;

/// An address of a link, as the kernel describes it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Address<'a> {
    /// `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// Length of the prefix in bits.
    pub prefixlen: u8,
    /// `IFA_F_*`: the 32 bits of `IFA_FLAGS` where it is there, else the header's eight.
    pub flags: u32,
    /// `RT_SCOPE_*`.
    pub scope: u8,
    /// Index of its link.
    pub index: u32,
    /// The prefix's address: the peer's on a point-to-point link, else the same as `local`.
    pub address: Option<IpAddr>,
    /// Our own address. IPv6 sends it only where there is a peer.
    pub local: Option<IpAddr>,
    /// Label (IPv4): the link's name, or that with more behind it.
    pub label: Option<&'a [u8]>,
    /// Broadcast address.
    pub broadcast: Option<IpAddr>,
    /// Anycast address.
    pub anycast: Option<IpAddr>,
    /// Multicast address.
    pub multicast: Option<IpAddr>,
    /// Lifetimes.
    pub cacheinfo: Option<IfaCacheInfo>,
    /// Metric of its prefix route.
    pub priority: Option<u32>,
    /// Id of the namespace that was asked about.
    pub target_netnsid: Option<i32>,
    /// Who set it, `IFAPROT_*`.
    pub proto: Option<u8>,
    /// What could not be read.
    pub malformed: Malformed,
    raw: Option<Attrs<'a>>,
}

impl<'a> Address<'a> {
    /// Reads a message of type `RTM_NEWADDR` or `RTM_DELADDR`.
    ///
    /// # Errors
    /// Only when there is no `ifaddrmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<IfAddrMsg>()?;
        let mut address = Self {
            family: head.family,
            prefixlen: head.prefixlen,
            flags: u32::from(head.flags),
            scope: head.scope,
            index: head.index,
            raw: Some(attrs.clone()),
            ..Self::default()
        };
        let mut bad = Malformed::default();
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            address.take(attr, &mut bad);
        }
        address.malformed = bad;
        Ok(address)
    }

    fn take(&mut self, attr: Attr<'a>, bad: &mut Malformed) {
        match attr.kind {
            IFA_ADDRESS => self.address = bad.note(attr.ip()),
            IFA_LOCAL => self.local = bad.note(attr.ip()),
            IFA_LABEL => self.label = Some(attr.c_str()),
            IFA_BROADCAST => self.broadcast = bad.note(attr.ip()),
            IFA_ANYCAST => self.anycast = bad.note(attr.ip()),
            IFA_MULTICAST => self.multicast = bad.note(attr.ip()),
            IFA_CACHEINFO => self.cacheinfo = bad.note(attr.read()),
            IFA_FLAGS => {
                if let Some(flags) = bad.note(attr.read()) {
                    self.flags = flags;
                }
            }
            IFA_RT_PRIORITY => self.priority = bad.note(attr.read()),
            IFA_TARGET_NETNSID => self.target_netnsid = bad.note(attr.read()),
            IFA_PROTO => self.proto = bad.note(attr.read()),
            _ => {}
        }
    }

    /// Our own address: `local`, or `address` where the kernel leaves `local` out.
    #[must_use]
    pub fn own(&self) -> Option<IpAddr> {
        self.local.or(self.address)
    }

    /// The other end's address, where it differs from our own.
    #[must_use]
    pub fn peer(&self) -> Option<IpAddr> {
        self.address.filter(|a| Some(*a) != self.own())
    }

    /// Every attribute as it came, known or not.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.raw.clone().unwrap_or(Attrs::new(&[]))
    }
}

/// How long an address lives, in seconds from now; `u32::MAX` is for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// As a source of new connections. Not longer than `valid`.
    pub preferred: u32,
    /// At all. Not 0.
    pub valid: u32,
}

/// Gives a link an address, or changes one that it has.
#[derive(Clone, Debug, Default)]
pub struct AddressRequest<'a> {
    /// `NLM_F_CREATE`, `NLM_F_EXCL`, `NLM_F_REPLACE`.
    pub nlm_flags: u16,
    /// `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// Length of the prefix in bits.
    pub prefixlen: u8,
    /// `IFA_F_*`.
    pub flags: u32,
    /// `RT_SCOPE_*`.
    pub scope: u8,
    /// Index of the link.
    pub index: u32,
    /// Our own address.
    pub local: Option<IpAddr>,
    /// The other end's address, or `local` once more. Of a deletion, `None` takes the first with `local`.
    pub address: Option<IpAddr>,
    /// Label (IPv4).
    pub label: Option<&'a [u8]>,
    /// Broadcast address (IPv4).
    pub broadcast: Option<IpAddr>,
    /// Anycast address.
    pub anycast: Option<IpAddr>,
    /// Lifetimes; `None` is for ever.
    pub lifetimes: Option<Lifetimes>,
    /// Metric of the prefix route.
    pub priority: Option<u32>,
    /// Who sets it, `IFAPROT_*`.
    pub proto: Option<u8>,
    /// The namespace it goes to, as an id of ours.
    pub target_netnsid: Option<i32>,
}

impl AddressRequest<'_> {
    /// Adds this address and prefix length to the link with this index; fails when it is there.
    /// IPv4 and IPv6 alike take it without a peer.
    #[must_use]
    pub fn create(index: u32, local: IpAddr, prefixlen: u8) -> Self {
        let family = match local {
            IpAddr::V4(_) => libc::AF_INET,
            IpAddr::V6(_) => libc::AF_INET6,
        };
        Self {
            nlm_flags: NLM_F_CREATE | NLM_F_EXCL,
            family: family as u8,
            prefixlen,
            index,
            local: Some(local),
            address: Some(local),
            ..Self::default()
        }
    }

    fn encode_into(&self, w: &mut AttrWriter<'_>) {
        w.fixed(&IfAddrMsg {
            family: self.family,
            prefixlen: self.prefixlen,
            // The low byte stands here too, for kernels before IFA_FLAGS.
            flags: self.flags as u8,
            scope: self.scope,
            index: self.index,
        });
        w.ip_opt(IFA_LOCAL, self.local)
            .ip_opt(IFA_ADDRESS, self.address)
            .str_opt(IFA_LABEL, self.label)
            .ip_opt(IFA_BROADCAST, self.broadcast)
            .ip_opt(IFA_ANYCAST, self.anycast);
        if let Some(Lifetimes { preferred, valid }) = self.lifetimes {
            w.put(
                IFA_CACHEINFO,
                IfaCacheInfo {
                    preferred,
                    valid,
                    ..IfaCacheInfo::default()
                },
            );
        }
        if self.flags > 0xff {
            w.put(IFA_FLAGS, self.flags);
        }
        w.put_opt(IFA_RT_PRIORITY, self.priority)
            .put_opt(IFA_PROTO, self.proto)
            .put_opt(IFA_TARGET_NETNSID, self.target_netnsid);
    }
}

impl Message for AddressRequest<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWADDR
    }
    fn flags(&self) -> u16 {
        self.nlm_flags
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.encode_into(body);
    }
}

/// Takes an address from a link: the first that has everything which is given here. The request's
/// `nlm_flags` are not used.
#[derive(Clone, Debug, Default)]
pub struct DelAddress<'a>(pub AddressRequest<'a>);

impl Message for DelAddress<'_> {
    fn kind(&self) -> u16 {
        RTM_DELADDR
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.0.encode_into(body);
    }
}

/// Asks for addresses: all of a namespace, of a family, of a link.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetAddresses {
    /// `AF_UNSPEC` for all, `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// Only those of the link with this index; 0 is any link.
    pub index: u32,
    /// Answer for the namespace with this id of ours.
    pub target_netnsid: Option<i32>,
}

impl Message for GetAddresses {
    fn kind(&self) -> u16 {
        RTM_GETADDR
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfAddrMsg {
            family: self.family,
            index: self.index,
            ..IfAddrMsg::default()
        });
        body.put_opt(IFA_TARGET_NETNSID, self.target_netnsid);
    }
}

#[cfg(test)]
mod tests;
