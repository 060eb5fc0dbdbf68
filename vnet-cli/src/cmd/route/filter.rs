//! Which routes a listing shows and a flush deletes: the kernel's filters, and ours behind them.

use crate::args::{Family, Prefix};
use crate::show::route::{Hide, host_len};
use netlink_raw::route::route::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Copies that the kernel made for one destination, or the table's routes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Copies {
    /// The table's routes.
    #[default]
    No,
    /// The copies.
    Only,
}

/// The types that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinds {
    /// This one.
    One(u8),
    /// All but local and broadcast: those of a VRF.
    Forwarded,
}

/// What the selectors say; what is `None` was not said.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) family: Family,
    /// A table; none is all.
    pub(super) table: Option<u32>,
    pub(super) copies: Copies,
    pub(super) tos: Option<u8>,
    /// 0 is asked of the kernel as "any", and told apart here.
    pub(super) protocol: Option<u8>,
    pub(super) scope: Option<u8>,
    pub(super) kinds: Option<Kinds>,
    pub(super) oif: Option<u32>,
    pub(super) iif: Option<u32>,
    pub(super) mark: Option<u32>,
    pub(super) metric: Option<u32>,
    /// Realms, and which bits of them count.
    pub(super) realms: Option<(u32, u32)>,
    pub(super) gateway: Option<Prefix>,
    pub(super) prefsrc: Option<Prefix>,
    /// Destinations within this.
    pub(super) dst_root: Option<Prefix>,
    /// Destinations around this.
    pub(super) dst_match: Option<Prefix>,
    /// Sources within this.
    pub(super) src_root: Option<Prefix>,
    /// Sources around this.
    pub(super) src_match: Option<Prefix>,
}

impl Filter {
    /// What the kernel is asked for.
    pub(super) fn request(&self, family: Family) -> GetRoutes {
        GetRoutes {
            family: family.number(),
            flags: match self.copies {
                Copies::No => 0,
                Copies::Only => RTM_F_CLONED,
            },
            table: self.table,
            protocol: self.protocol.unwrap_or(RTPROT_UNSPEC),
            kind: RTN_UNSPEC,
            oif: self.oif,
        }
    }

    /// What a listing leaves out, since it is the same for all.
    pub(super) fn hide(&self) -> Hide {
        Hide {
            table: self.table.is_some(),
            protocol: self.protocol.is_some(),
            scope: self.scope.is_some(),
            tos: self.tos.is_some(),
            metric: self.metric.is_some(),
            oif: self.oif.is_some(),
            iif: self.iif.is_some(),
            realms: self.realms.is_some_and(|(_, mask)| mask == u32::MAX),
            gateway: self.gateway.map(|prefix| prefix.len),
            prefsrc: self.prefsrc.map(|prefix| prefix.len),
        }
    }

    /// Whether the route is wanted.
    pub(super) fn takes(&self, route: &Route<'_>) -> bool {
        let family = self.family.number();
        let is = |wanted: Option<u32>, value: Option<u32>| {
            wanted.is_none_or(|wanted| wanted == value.unwrap_or(0))
        };
        (self.family == Family::Unspec || route.family == family)
            && (self.copies == Copies::Only) == (route.flags & RTM_F_CLONED != 0)
            && self.table.is_none_or(|table| table == route.table)
            && self.protocol.is_none_or(|p| p == route.protocol)
            && self.scope.is_none_or(|scope| scope == route.scope)
            && self.kinds.is_none_or(|kinds| match kinds {
                Kinds::One(kind) => kind == route.kind,
                Kinds::Forwarded => !matches!(route.kind, RTN_LOCAL | RTN_BROADCAST),
            })
            && self.tos.is_none_or(|tos| tos == route.tos)
            && is(self.oif, route.oif)
            && is(self.iif, route.iif)
            && is(self.mark, route.mark)
            && is(self.metric, route.priority)
            && self
                .realms
                .is_none_or(|(realms, mask)| (route.flow.unwrap_or(0) ^ realms) & mask == 0)
            && self.goes_by(route)
            && self.leads(route)
    }

    /// The gateway and the source address.
    fn goes_by(&self, route: &Route<'_>) -> bool {
        let gateway = match route.via {
            Some(via) => via.ip().or(Some(IpAddr::V4(Ipv4Addr::UNSPECIFIED))),
            None => route.gateway,
        };
        let family = match route.via {
            Some(via) => u8::try_from(via.family).unwrap_or(0),
            None => route.family,
        };
        let holds = |wanted: &Option<Prefix>, family: u8, address: Option<IpAddr>| {
            let Some(prefix) = wanted.filter(|p| p.family != Family::Unspec) else {
                return true;
            };
            prefix.family.number() == family
                && same_bits(prefix.address, address, family, prefix.len)
        };
        holds(&self.gateway, family, gateway) && holds(&self.prefsrc, route.family, route.prefsrc)
    }

    /// The prefixes.
    fn leads(&self, route: &Route<'_>) -> bool {
        let fits = |root: &Option<Prefix>, around: &Option<Prefix>, address, len| {
            root.is_none_or(|p| {
                relevant(&p, route.family, |family_fits| {
                    family_fits
                        && p.len <= len
                        && same_bits(p.address, address, route.family, p.len)
                })
            }) && around.is_none_or(|p| {
                relevant(&p, route.family, |family_fits| {
                    family_fits && p.len >= len && same_bits(p.address, address, route.family, len)
                })
            })
        };
        fits(&self.dst_root, &self.dst_match, route.dst, route.dst_len)
            && fits(&self.src_root, &self.src_match, route.src, route.src_len)
    }
}

/// A prefix without a family selects by its length alone, and not at all when none was given
/// (`any`).
fn relevant(prefix: &Prefix, family: u8, judge: impl FnOnce(bool) -> bool) -> bool {
    match prefix.family {
        Family::Unspec if !prefix.explicit => true,
        Family::Unspec => judge(true),
        wanted => judge(wanted.number() == family),
    }
}

/// Whether the first bits are the same; an address that is not there is all zeros.
fn same_bits(a: Option<IpAddr>, b: Option<IpAddr>, family: u8, len: u8) -> bool {
    let len = u32::from(len.min(host_len(family)));
    let v6 = i32::from(family) == libc::AF_INET6;
    let value = |address: Option<IpAddr>| match address {
        Some(IpAddr::V4(a)) => u128::from(u32::from(a)) << 96,
        Some(IpAddr::V6(a)) => u128::from(a),
        None if v6 => u128::from(Ipv6Addr::UNSPECIFIED),
        None => 0,
    };
    let mask = u128::MAX
        .checked_shl(128u32.saturating_sub(len))
        .unwrap_or(0);
    (value(a) ^ value(b)) & mask == 0
}
