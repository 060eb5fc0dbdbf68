//! Views of what belongs to a link's kind, and to a link as a port of another: one file a kind.
//!
//! Each is read in one pass from [`Link::data`](super::Link::data) or
//! [`Link::port_data`](super::Link::port_data). An absent attribute is `None` (a flag: `false`), the last
//! of several counts, and what can't be read is in the view's `malformed`.

mod af_spec;
mod bridge;
mod bridge_port;
mod geneve;
mod inet6;
mod ipvlan;
mod macvlan;
mod tun;
mod vf;
mod vlan;
mod vrf;
mod vxlan;
mod xdp;

#[cfg(test)]
mod tests;

pub use af_spec::{AfSpec, Inet};
pub use bridge::{BoolOptions, Bridge, QuerierState};
pub use bridge_port::BridgePort;
pub use geneve::Geneve;
pub use inet6::Inet6;
pub use ipvlan::Ipvlan;
pub use macvlan::Macvlan;
pub use tun::Tun;
pub use vf::{Vf, VfStats, VfVlan};
pub use vlan::Vlan;
pub use vrf::{Vrf, VrfPort};
pub use vxlan::Vxlan;
pub use xdp::Xdp;

use crate::decode::Attr;
use crate::error::DecodeError;
use crate::wire::{S32, U64};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use zerocopy::{FromBytes, Immutable, Unaligned};

/// How the payload of an attribute becomes a field.
pub(in crate::route) trait Field<'a>: Sized {
    /// Reads it.
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError>;
}

macro_rules! plain {
    ($($ty:ty),*) => { $(
        impl<'a> Field<'a> for $ty {
            #[inline]
            fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
                attr.read()
            }
        }
    )* };
}
plain!(
    u8,
    u16,
    u32,
    u64,
    i32,
    crate::wire::BridgeId,
    crate::wire::BridgeVlanInfo,
    crate::wire::VlanFlags,
    crate::wire::VxlanPortRange,
    crate::wire::IflaCacheInfo
);

impl<'a> Field<'a> for &'a [u8] {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        Ok(attr.value)
    }
}

/// An array of numbers, read where it stands.
impl<'a> Field<'a> for &'a [S32] {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        array(attr)
    }
}

/// The same.
impl<'a> Field<'a> for &'a [U64] {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        array(attr)
    }
}

impl<'a> Field<'a> for Attr<'a> {
    fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        Ok(attr)
    }
}

/// An address, IPv4 or IPv6 by its length.
impl Field<'_> for IpAddr {
    fn read(attr: Attr<'_>) -> Result<Self, DecodeError> {
        match attr.value.len() {
            16 => attr.read::<[u8; 16]>().map(|b| Ipv6Addr::from(b).into()),
            _ => attr.read::<[u8; 4]>().map(|b| Ipv4Addr::from(b).into()),
        }
    }
}

/// Two bytes in network order.
fn be16(attr: Attr<'_>) -> Result<u16, DecodeError> {
    attr.read().map(u16::from_be_bytes)
}

/// Four bytes in network order.
fn be32(attr: Attr<'_>) -> Result<u32, DecodeError> {
    attr.read().map(u32::from_be_bytes)
}

/// What stands at the start of the payload; more may follow.
fn leading<T: FromBytes>(attr: Attr<'_>) -> Result<T, DecodeError> {
    let read = T::read_from_prefix(attr.value);
    read.map(|(value, _)| value)
        .map_err(|_| DecodeError::WrongSize {
            kind: attr.kind,
            need: size_of::<T>(),
            have: attr.value.len(),
        })
}

/// The payload as whole elements.
fn array<T: FromBytes + Immutable + Unaligned>(attr: Attr<'_>) -> Result<&[T], DecodeError> {
    <[T]>::ref_from_bytes(attr.value).map_err(|_| DecodeError::WrongSize {
        kind: attr.kind,
        need: attr.value.len().next_multiple_of(size_of::<T>()),
        have: attr.value.len(),
    })
}

/// A view: its fields, and for each the attribute that it is read from. `flag`s are true when the
/// attribute is there.
macro_rules! view {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<'a> {
            $($(#[$fmeta:meta])* $field:ident: $ty:ty = $number:ident $(by $read:path)?,)*
            $(; $($(#[$gmeta:meta])* $flag:ident = $gnumber:ident,)*)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name<'a> {
            $($(#[$fmeta])* pub $field: Option<$ty>,)*
            $($($(#[$gmeta])* pub $flag: bool,)*)?
            /// What could not be read.
            pub malformed: crate::decode::Malformed,
            lifetime: core::marker::PhantomData<&'a ()>,
        }

        impl<'a> $name<'a> {
            /// Reads the attributes inside `nest`. Never fails: see `malformed`.
            #[must_use]
            pub fn parse(nest: crate::decode::Attr<'a>) -> Self {
                let mut view = Self::default();
                let mut bad = crate::decode::Malformed::default();
                for attr in nest.nested() {
                    let Some(attr) = bad.note(attr) else { continue };
                    match attr.kind {
                        $($number => {
                            view.$field = bad.note($crate::route::link::view::view!(@read attr, $ty $(, $read)?));
                        })*
                        $($($gnumber => view.$flag = true,)*)?
                        _ => {}
                    }
                }
                view.malformed = bad;
                view
            }
        }
    };
    (@read $attr:ident, $ty:ty) => { <$ty as $crate::route::link::view::Field<'a>>::read($attr) };
    (@read $attr:ident, $ty:ty, $read:path) => { $read($attr) };
}
pub(in crate::route) use view;
