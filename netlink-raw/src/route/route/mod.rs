//! A route as the kernel describes it (`RTM_NEWROUTE`), read in one pass.
//!
//! The kernel's side is `net/ipv4/fib_semantics.c`, `net/ipv4/route.c` and `net/ipv6/route.c`; the
//! numbers are those of `linux/rtnetlink.h`.

mod metrics;
mod nexthop;
mod numbers;
mod request;

pub use metrics::{Metric, Metrics};
pub use nexthop::{Encap, Gateway, Leg, Legs, NextHop, Via};
pub use numbers::*;
pub use request::{DelRoute, DelSeen, GetRoute, GetRoutes, NewRoute, RouteSpec};

use crate::decode::{Attr, Attrs, Malformed, MessageRef};
use crate::error::DecodeError;
use crate::schema::route::*;
use crate::wire::{RtMsg, RtaCacheInfo};
use core::net::IpAddr;

/// A route. An absent attribute is `None`; an address of 4 bytes reads as IPv4, whatever the family.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Route<'a> {
    /// `AF_INET`, `AF_INET6`, …
    pub family: u8,
    /// Length of the destination prefix in bits.
    pub dst_len: u8,
    /// Length of the source prefix in bits.
    pub src_len: u8,
    /// Type of service.
    pub tos: u8,
    /// Routing table: the 32 bits of `RTA_TABLE` where it is there, else the header's eight.
    pub table: u32,
    /// Who made it, `RTPROT_*`.
    pub protocol: u8,
    /// `RT_SCOPE_*`.
    pub scope: u8,
    /// `RTN_*`.
    pub kind: u8,
    /// `RTM_F_*` and `RTNH_F_*`.
    pub flags: u32,
    /// Destination; none is the unspecified address of [`dst_len`](Self::dst_len) 0.
    pub dst: Option<IpAddr>,
    /// Source prefix (IPv6), or the source address of an answer to a lookup.
    pub src: Option<IpAddr>,
    /// Index of the link that packets come in by: of multicast routes and answers to lookups.
    pub iif: Option<u32>,
    /// Index of the link that packets leave by.
    pub oif: Option<u32>,
    /// Gateway of the route's own family.
    pub gateway: Option<IpAddr>,
    /// Gateway of another family.
    pub via: Option<Via<'a>>,
    /// Metric: of routes to one prefix the smallest is taken.
    pub priority: Option<u32>,
    /// Preferred source address.
    pub prefsrc: Option<IpAddr>,
    /// Metrics of the path.
    pub metrics: Option<Metrics<'a>>,
    /// The legs of a multipath route: read by [`legs`](Self::legs).
    pub multipath: Option<Attr<'a>>,
    /// Realms: the source's in the upper 16 bits, the destination's in the lower.
    pub flow: Option<u32>,
    /// Use and expiry, in hundredths of a second.
    pub cacheinfo: Option<RtaCacheInfo>,
    /// Firewall mark.
    pub mark: Option<u32>,
    /// Preference among routers, `ICMPV6_ROUTER_PREF_*` (RFC 4191).
    pub pref: Option<u8>,
    /// What packets are put into on their way.
    pub encap: Option<Encap<'a>>,
    /// Time to expiry in seconds, of requests; answers have it in [`cacheinfo`](Self::cacheinfo).
    pub expires: Option<u32>,
    /// User that a lookup was made for.
    pub uid: Option<u32>,
    /// Whether the time to live goes on through an MPLS tunnel.
    pub ttl_propagate: Option<u8>,
    /// Id of the nexthop object that it goes by.
    pub nh_id: Option<u32>,
    /// New destination of an MPLS route, raw.
    pub newdst: Option<&'a [u8]>,
    /// What could not be read.
    pub malformed: Malformed,
    raw: Option<Attrs<'a>>,
}

impl<'a> Route<'a> {
    /// Reads a message of type `RTM_NEWROUTE` or `RTM_DELROUTE`.
    ///
    /// # Errors
    /// Only when there is no `rtmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<RtMsg>()?;
        let mut route = Self {
            family: head.family,
            dst_len: head.dst_len,
            src_len: head.src_len,
            tos: head.tos,
            table: u32::from(head.table),
            protocol: head.protocol,
            scope: head.scope,
            kind: head.kind,
            flags: head.flags,
            raw: Some(attrs.clone()),
            ..Self::default()
        };
        let mut bad = Malformed::default();
        let mut encap = (None, None);
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            match attr.kind {
                RTA_ENCAP_TYPE => encap.0 = bad.note(attr.read()),
                RTA_ENCAP => encap.1 = Some(attr),
                _ => route.take(attr, &mut bad),
            }
        }
        route.encap = Encap::of(encap);
        route.malformed = bad;
        Ok(route)
    }

    fn take(&mut self, attr: Attr<'a>, bad: &mut Malformed) {
        match attr.kind {
            RTA_DST => self.dst = bad.note(attr.ip()),
            RTA_SRC => self.src = bad.note(attr.ip()),
            RTA_IIF => self.iif = bad.note(attr.read()),
            RTA_OIF => self.oif = bad.note(attr.read()),
            RTA_GATEWAY => self.gateway = bad.note(attr.ip()),
            RTA_VIA => self.via = bad.note(Via::read(attr)),
            RTA_PRIORITY => self.priority = bad.note(attr.read()),
            RTA_PREFSRC => self.prefsrc = bad.note(attr.ip()),
            RTA_METRICS => self.metrics = Some(Metrics::read(attr, bad)),
            RTA_MULTIPATH => {
                for leg in Legs::new(attr.value) {
                    if let Some(leg) = bad.note(leg) {
                        bad.absorb(leg.malformed);
                    }
                }
                self.multipath = Some(attr);
            }
            RTA_FLOW => self.flow = bad.note(attr.read()),
            RTA_CACHEINFO => self.cacheinfo = bad.note(attr.read()),
            RTA_TABLE => {
                if let Some(table) = bad.note(attr.read()) {
                    self.table = table;
                }
            }
            RTA_MARK => self.mark = bad.note(attr.read()),
            RTA_PREF => self.pref = bad.note(attr.read()),
            RTA_EXPIRES => self.expires = bad.note(attr.read()),
            RTA_UID => self.uid = bad.note(attr.read()),
            RTA_TTL_PROPAGATE => self.ttl_propagate = bad.note(attr.read()),
            RTA_NH_ID => self.nh_id = bad.note(attr.read()),
            RTA_NEWDST => self.newdst = Some(attr.value),
            _ => {}
        }
    }

    /// The legs of a multipath route; none of any other.
    #[must_use]
    pub fn legs(&self) -> Legs<'a> {
        Legs::new(self.multipath.map_or(&[], |attr| attr.value))
    }

    /// Every attribute as it came, known or not.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.raw.clone().unwrap_or(Attrs::new(&[]))
    }
}

#[cfg(test)]
mod tests;
