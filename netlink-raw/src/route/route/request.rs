//! Requests about routes: the whole description of a route in one message, lookups, dumps.

use super::metrics::Metrics;
use super::nexthop::{Gateway, NextHop};
use super::numbers::*;
use crate::decode::{Attrs, MessageRef};
use crate::encode::{AttrWriter, Message, NLA_F_NESTED};
use crate::error::DecodeError;
use crate::exchange::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use crate::schema::route::*;
use crate::schema::{RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE};
use crate::wire::RtMsg;
use core::net::IpAddr;

/// What a route is to be, or which one is meant. What is `None` is left to the kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteSpec<'a> {
    /// `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// Destination; none with [`dst_len`](Self::dst_len) 0 is the default route.
    pub dst: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub dst_len: u8,
    /// Source prefix (IPv6).
    pub src: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub src_len: u8,
    /// Type of service.
    pub tos: u8,
    /// Routing table, any of 32 bits.
    pub table: u32,
    /// Who makes it, `RTPROT_*`.
    pub protocol: u8,
    /// `RT_SCOPE_*`.
    pub scope: u8,
    /// `RTN_*`.
    pub kind: u8,
    /// `RTNH_F_*`.
    pub flags: u32,
    /// Index of the link that packets leave by.
    pub oif: Option<u32>,
    /// Gateway.
    pub gateway: Option<Gateway>,
    /// Metric: of routes to one prefix the smallest is taken.
    pub priority: Option<u32>,
    /// Preferred source address.
    pub prefsrc: Option<IpAddr>,
    /// Metrics of the path.
    pub metrics: Metrics<'a>,
    /// The legs of a multipath route; none makes an ordinary one.
    pub nexthops: &'a [NextHop],
    /// Realms: the source's in the upper 16 bits, the destination's in the lower.
    pub flow: Option<u32>,
    /// Preference among routers, `ICMPV6_ROUTER_PREF_*` (RFC 4191).
    pub pref: Option<u8>,
    /// Time to live of the route, seconds (IPv6).
    pub expires: Option<u32>,
    /// Id of a nexthop object.
    pub nh_id: Option<u32>,
    /// Whether the time to live goes on through an MPLS tunnel.
    pub ttl_propagate: Option<u8>,
}

impl RouteSpec<'_> {
    fn encode(&self, w: &mut AttrWriter<'_>) {
        let short = u8::try_from(self.table).ok();
        w.fixed(&RtMsg {
            family: self.family,
            dst_len: self.dst_len,
            src_len: self.src_len,
            tos: self.tos,
            table: short.unwrap_or(RT_TABLE_UNSPEC as u8),
            protocol: self.protocol,
            scope: self.scope,
            kind: self.kind,
            flags: self.flags,
        });
        if short.is_none() {
            w.put(RTA_TABLE, self.table);
        }
        w.ip_opt(RTA_DST, self.dst).ip_opt(RTA_SRC, self.src);
        if let Some(gateway) = self.gateway {
            gateway.encode(w);
        }
        w.ip_opt(RTA_PREFSRC, self.prefsrc)
            .put_opt(RTA_PRIORITY, self.priority);
        self.metrics.encode(w);
        if !self.nexthops.is_empty() {
            w.container(RTA_MULTIPATH, |w| {
                for hop in self.nexthops {
                    hop.encode(w);
                }
            });
        }
        w.put_opt(RTA_OIF, self.oif)
            .put_opt(RTA_FLOW, self.flow)
            .put_opt(RTA_PREF, self.pref)
            .put_opt(RTA_EXPIRES, self.expires)
            .put_opt(RTA_NH_ID, self.nh_id)
            .put_opt(RTA_TTL_PROPAGATE, self.ttl_propagate);
    }
}

/// Creates a route, or changes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewRoute<'a> {
    /// `NLM_F_CREATE`, `NLM_F_EXCL`, `NLM_F_REPLACE`, `NLM_F_APPEND`.
    pub nlm_flags: u16,
    /// What it is to be.
    pub route: RouteSpec<'a>,
}

impl<'a> NewRoute<'a> {
    /// Creates it; fails when there is one to this prefix with this metric.
    #[must_use]
    pub fn add(route: RouteSpec<'a>) -> Self {
        Self::with(NLM_F_CREATE | NLM_F_EXCL, route)
    }

    /// Creates it, or puts it in the place of the one that is there.
    #[must_use]
    pub fn replace(route: RouteSpec<'a>) -> Self {
        Self::with(NLM_F_CREATE | NLM_F_REPLACE, route)
    }

    /// Puts it in the place of the one that is there; fails when there is none.
    #[must_use]
    pub fn change(route: RouteSpec<'a>) -> Self {
        Self::with(NLM_F_REPLACE, route)
    }

    /// Creates it behind those to this prefix.
    #[must_use]
    pub fn append(route: RouteSpec<'a>) -> Self {
        Self::with(NLM_F_CREATE | NLM_F_APPEND, route)
    }

    /// Creates it before those to this prefix.
    #[must_use]
    pub fn prepend(route: RouteSpec<'a>) -> Self {
        Self::with(NLM_F_CREATE, route)
    }

    fn with(nlm_flags: u16, route: RouteSpec<'a>) -> Self {
        Self { nlm_flags, route }
    }
}

impl Message for NewRoute<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWROUTE
    }
    fn flags(&self) -> u16 {
        self.nlm_flags
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.route.encode(body);
    }
}

/// Deletes the first route that has all that is given here: `RTN_UNSPEC`, `RT_SCOPE_NOWHERE` and
/// `RTPROT_UNSPEC` stand for any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelRoute<'a> {
    /// Which.
    pub route: RouteSpec<'a>,
}

impl Message for DelRoute<'_> {
    fn kind(&self) -> u16 {
        RTM_DELROUTE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.route.encode(body);
    }
}

/// Deletes the route that a message of a dump describes: its attributes go back as they came.
#[derive(Clone, Debug)]
pub struct DelSeen<'a> {
    head: RtMsg,
    attrs: Attrs<'a>,
}

impl<'a> DelSeen<'a> {
    /// The route of this `RTM_NEWROUTE`.
    ///
    /// # Errors
    /// When there is no `rtmsg` in it.
    pub fn of(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (mut head, attrs) = message.split::<RtMsg>()?;
        // The kernel shows the state of the link among the flags, and refuses it in a request.
        head.flags &= !(RTNH_F_DEAD | RTNH_F_LINKDOWN);
        Ok(Self { head, attrs })
    }
}

impl Message for DelSeen<'_> {
    fn kind(&self) -> u16 {
        RTM_DELROUTE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&self.head);
        for attr in self.attrs.clone().valid() {
            let nested = if attr.marked_nested { NLA_F_NESTED } else { 0 };
            body.bytes(attr.kind | nested, attr.value);
        }
    }
}

/// Asks which way a packet would take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetRoute {
    /// `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// Where it goes.
    pub dst: Option<IpAddr>,
    /// Length of its prefix in bits; the kernel takes the whole address alone.
    pub dst_len: u8,
    /// Where it comes from.
    pub src: Option<IpAddr>,
    /// Length of its prefix in bits; the kernel takes the whole address alone.
    pub src_len: u8,
    /// Type of service.
    pub tos: u8,
    /// `RTM_F_LOOKUP_TABLE`, `RTM_F_FIB_MATCH`.
    pub flags: u32,
    /// Index of the link that it came in by.
    pub iif: Option<u32>,
    /// Index of the link that it shall leave by.
    pub oif: Option<u32>,
    /// Firewall mark.
    pub mark: Option<u32>,
    /// User that sends it.
    pub uid: Option<u32>,
    /// Protocol above IP, `IPPROTO_*`.
    pub ip_proto: Option<u8>,
    /// Source port.
    pub sport: Option<u16>,
    /// Destination port.
    pub dport: Option<u16>,
}

impl Message for GetRoute {
    fn kind(&self) -> u16 {
        RTM_GETROUTE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&RtMsg {
            family: self.family,
            dst_len: self.dst_len,
            src_len: self.src_len,
            tos: self.tos,
            flags: self.flags,
            ..RtMsg::default()
        });
        body.ip_opt(RTA_DST, self.dst)
            .ip_opt(RTA_SRC, self.src)
            .put_opt(RTA_IIF, self.iif)
            .put_opt(RTA_OIF, self.oif)
            .put_opt(RTA_MARK, self.mark)
            .put_opt(RTA_UID, self.uid)
            .put_opt(RTA_IP_PROTO, self.ip_proto)
            .put_opt(RTA_SPORT, self.sport.map(u16::to_be_bytes))
            .put_opt(RTA_DPORT, self.dport.map(u16::to_be_bytes));
    }
}

/// Asks for the routes of a family, with the kernel's own filters (Linux 4.20 and later).
///
/// A table that does not exist is an error of the kernel, not an empty answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetRoutes {
    /// `AF_INET`, `AF_INET6`, or `AF_UNSPEC` for all.
    pub family: u8,
    /// `RTM_F_CLONED`, `RTM_F_PREFIX`.
    pub flags: u32,
    /// Only those of this table.
    pub table: Option<u32>,
    /// Only those by this maker, `RTPROT_*`; 0 is any.
    pub protocol: u8,
    /// Only those of this type, `RTN_*`; 0 is any.
    pub kind: u8,
    /// Only those that leave by this link.
    pub oif: Option<u32>,
}

impl Message for GetRoutes {
    fn kind(&self) -> u16 {
        RTM_GETROUTE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&RtMsg {
            family: self.family,
            protocol: self.protocol,
            kind: self.kind,
            flags: self.flags,
            ..RtMsg::default()
        });
        body.put_opt(RTA_TABLE, self.table)
            .put_opt(RTA_OIF, self.oif);
    }
}
