//! Where a route goes next: gateways, and the legs of a multipath route.

use crate::decode::{Attr, Attrs, Malformed};
use crate::encode::AttrWriter;
use crate::error::DecodeError;
use crate::schema::route::*;
use crate::wire::{RtNextHop, align};
use core::net::IpAddr;
use zerocopy::{FromBytes, IntoBytes};

/// A gateway to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// Of the route's own family (`RTA_GATEWAY`).
    Same(IpAddr),
    /// Of the other family (`RTA_VIA`): an IPv6 gateway of an IPv4 route (RFC 8950).
    Via(IpAddr),
}

impl Gateway {
    pub(super) fn encode(self, w: &mut AttrWriter<'_>) {
        match self {
            Self::Same(address) => w.ip(RTA_GATEWAY, address),
            Self::Via(IpAddr::V4(a)) => {
                via::<6>(w, libc::AF_INET as u16, &a.octets());
                w
            }
            Self::Via(IpAddr::V6(a)) => {
                via::<18>(w, libc::AF_INET6 as u16, &a.octets());
                w
            }
        };
    }
}

/// A `struct rtvia` of this size: the family in host byte order, then the address.
fn via<const N: usize>(w: &mut AttrWriter<'_>, family: u16, address: &[u8]) {
    let mut bytes = [0; N];
    let content = family.as_bytes().iter().chain(address);
    for (to, from) in bytes.iter_mut().zip(content) {
        *to = *from;
    }
    w.bytes(RTA_VIA, &bytes);
}

/// A gateway of another family, as it came (`struct rtvia`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Via<'a> {
    /// `AF_*`.
    pub family: u16,
    /// The address, as long as the family has it.
    pub address: &'a [u8],
}

impl<'a> Via<'a> {
    pub(super) fn read(attr: Attr<'a>) -> Result<Self, DecodeError> {
        match u16::read_from_prefix(attr.value) {
            Ok((family, address)) => Ok(Self { family, address }),
            Err(_) => Err(DecodeError::WrongSize {
                kind: attr.kind,
                need: size_of::<u16>(),
                have: attr.value.len(),
            }),
        }
    }

    /// The address, where it is an IP address.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        if let Ok(v4) = <[u8; 4]>::try_from(self.address) {
            return Some(v4.into());
        }
        <[u8; 16]>::try_from(self.address).ok().map(IpAddr::from)
    }
}

/// What packets of a route are put into (a lightweight tunnel, `linux/lwtunnel.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encap<'a> {
    /// `LWTUNNEL_ENCAP_*`.
    pub kind: u16,
    /// Its settings, which are attributes of that kind.
    pub data: Option<Attr<'a>>,
}

impl<'a> Encap<'a> {
    pub(in crate::route) fn of((kind, data): (Option<u16>, Option<Attr<'a>>)) -> Option<Self> {
        kind.map(|kind| Self { kind, data })
    }
}

/// A leg of a multipath route to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextHop {
    /// `RTNH_F_*`.
    pub flags: u8,
    /// Its share of the traffic, less one: 0 to 255.
    pub hops: u8,
    /// Index of the link, or 0.
    pub index: i32,
    /// Gateway.
    pub gateway: Option<Gateway>,
    /// Realms: the source's in the upper 16 bits, the destination's in the lower.
    pub flow: Option<u32>,
}

impl NextHop {
    pub(super) fn encode(&self, w: &mut AttrWriter<'_>) {
        let hop = RtNextHop {
            len: 0,
            flags: self.flags,
            hops: self.hops,
            index: self.index,
        };
        w.nexthop(hop, |w| {
            if let Some(gateway) = self.gateway {
                gateway.encode(w);
            }
            w.put_opt(RTA_FLOW, self.flow);
        });
    }
}

/// A leg of a multipath route, as the kernel describes it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Leg<'a> {
    /// `RTNH_F_*`.
    pub flags: u8,
    /// Its share of the traffic, less one.
    pub hops: u8,
    /// Index of the link; 0 is none.
    pub index: i32,
    /// Gateway of the route's own family.
    pub gateway: Option<IpAddr>,
    /// Gateway of another family.
    pub via: Option<Via<'a>>,
    /// Realms: the source's in the upper 16 bits, the destination's in the lower.
    pub flow: Option<u32>,
    /// What packets are put into on their way.
    pub encap: Option<Encap<'a>>,
    /// New destination of an MPLS route, raw.
    pub newdst: Option<&'a [u8]>,
    /// What could not be read.
    pub malformed: Malformed,
}

/// The legs of a multipath route. A broken one is one error, and then the end.
#[derive(Clone, Debug)]
pub struct Legs<'a> {
    rest: &'a [u8],
}

impl<'a> Legs<'a> {
    /// Over the payload of an `RTA_MULTIPATH`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The legs that can be read, in order; a broken one ends them silently.
    pub fn valid(self) -> impl Iterator<Item = Leg<'a>> {
        self.map_while(Result::ok)
    }
}

impl<'a> Iterator for Legs<'a> {
    type Item = Result<Leg<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = core::mem::take(&mut self.rest);
        let have = bytes.len();
        let Ok((head, _)) = RtNextHop::read_from_prefix(bytes) else {
            let need = size_of::<RtNextHop>();
            return Some(Err(DecodeError::Short { need, have }));
        };
        let len = usize::from(head.len);
        let Some(attrs) = bytes.get(size_of::<RtNextHop>()..len) else {
            return Some(Err(DecodeError::BadLength { len, have }));
        };
        self.rest = bytes.get(align(len)..).unwrap_or_default();
        Some(Ok(read_leg(head, Attrs::new(attrs))))
    }
}

impl core::iter::FusedIterator for Legs<'_> {}

fn read_leg(head: RtNextHop, attrs: Attrs<'_>) -> Leg<'_> {
    let mut leg = Leg {
        flags: head.flags,
        hops: head.hops,
        index: head.index,
        ..Leg::default()
    };
    let mut bad = Malformed::default();
    let mut encap = (None, None);
    for attr in attrs {
        let Some(attr) = bad.note(attr) else { continue };
        match attr.kind {
            RTA_GATEWAY => leg.gateway = bad.note(attr.ip()),
            RTA_VIA => leg.via = bad.note(Via::read(attr)),
            RTA_FLOW => leg.flow = bad.note(attr.read()),
            RTA_ENCAP_TYPE => encap.0 = bad.note(attr.read()),
            RTA_ENCAP => encap.1 = Some(attr),
            RTA_NEWDST => leg.newdst = Some(attr.value),
            _ => {}
        }
    }
    leg.encap = Encap::of(encap);
    leg.malformed = bad;
    leg
}
