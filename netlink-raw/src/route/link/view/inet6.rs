//! What IPv6 keeps of a link (`IFLA_INET6_*`).

use super::view;
use crate::decode::Attr;
use crate::schema::link::*;
use crate::wire::{IflaCacheInfo, S32, U64};
use core::net::IpAddr;

view! {
    /// IPv6 settings of a link: `AF_INET6` inside [`Link::af_spec`](crate::route::link::Link::af_spec).
    pub struct Inet6<'a> {
        /// `IF_*` (`net/if_inet6.h`): router advertisements and readiness.
        flags: u32 = IFLA_INET6_FLAGS,
        /// Sysctl values: number N of `DEVCONF_*` (`linux/ipv6.h`) stands at N.
        conf: &'a [S32] = IFLA_INET6_CONF,
        /// Timers.
        cache_info: IflaCacheInfo = IFLA_INET6_CACHEINFO,
        /// Counters: the first is how many there are, then number N of `IPSTATS_MIB_*` (`linux/snmp.h`) at N.
        stats: &'a [U64] = IFLA_INET6_STATS,
        /// Counters of ICMPv6: the first is how many there are, then `ICMP6_MIB_*`.
        icmp6_stats: &'a [U64] = IFLA_INET6_ICMP6STATS,
        /// Token for addresses from router advertisements.
        token: IpAddr = IFLA_INET6_TOKEN,
        /// How link-local addresses come to be: `IN6_ADDR_GEN_MODE_*`.
        addr_gen_mode: u8 = IFLA_INET6_ADDR_GEN_MODE,
        /// MTU from router advertisements, bytes.
        ra_mtu: u32 = IFLA_INET6_RA_MTU,
    }
}

impl<'a> Inet6<'a> {
    /// Reads it out of an `IFLA_AF_SPEC` of family `AF_UNSPEC`.
    #[must_use]
    pub fn of(af_spec: Attr<'a>) -> Option<Self> {
        let nest = af_spec.nested().find(libc::AF_INET6 as u16)?;
        Some(Self::parse(nest))
    }
}
