//! What the families of protocols keep of a link (`IFLA_AF_SPEC` of family `AF_UNSPEC`), IPv4's (`IFLA_INET_*`) with it.

use super::{Field, Inet6, view};
use crate::decode::Attr;
use crate::error::DecodeError;
use crate::schema::link::*;
use crate::wire::S32;

/// A nest is numbered as its family.
const INET_NEST: u16 = libc::AF_INET as u16;
const INET6_NEST: u16 = libc::AF_INET6 as u16;

view! {
    /// Settings of a link, a family each; both have a `malformed` of their own.
    pub struct AfSpec<'a> {
        /// IPv4's.
        inet: Inet<'a> = INET_NEST,
        /// IPv6's.
        inet6: Inet6<'a> = INET6_NEST,
    }
}

view! {
    /// IPv4 settings of a link.
    pub struct Inet<'a> {
        /// Sysctl values: number N of `IPV4_DEVCONF_*` (`linux/ip.h`) stands at N - 1.
        conf: &'a [S32] = IFLA_INET_CONF,
    }
}

impl<'a> Field<'a> for Inet<'a> {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        Ok(Self::parse(attr))
    }
}

impl<'a> Field<'a> for Inet6<'a> {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        Ok(Self::parse(attr))
    }
}
