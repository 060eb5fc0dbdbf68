//! A device's IPv4 address as the kernel's old interface (`SIOCSIFADDR` and its like, `devinet(7)`)
//! changes it, worked out before the kernel is asked.

use crate::show::ifconfig::mask;
use std::net::Ipv4Addr;

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// The address itself; the unspecified one takes it away.
    Address(Ipv4Addr),
    /// Its netmask.
    Mask(Ipv4Addr),
    /// Its broadcast address.
    Broadcast(Ipv4Addr),
    /// The other end's.
    Peer(Ipv4Addr),
}

impl Edit {
    /// The request of the old interface, which net-tools names in its errors.
    pub(super) fn name(self) -> &'static str {
        match self {
            Edit::Address(_) => "SIOCSIFADDR",
            Edit::Mask(_) => "SIOCSIFNETMASK",
            Edit::Broadcast(_) => "SIOCSIFBRDADDR",
            Edit::Peer(_) => "SIOCSIFDSTADDR",
        }
    }
}

/// An address with what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inet {
    pub(super) local: Ipv4Addr,
    pub(super) peer: Ipv4Addr,
    pub(super) prefix: u8,
    /// Unspecified where there is none.
    pub(super) broadcast: Ipv4Addr,
    pub(super) scope: u8,
}

/// What a device can.
#[derive(Clone, Copy, Debug)]
pub(super) struct Medium {
    pub(super) broadcast: bool,
    pub(super) pointopoint: bool,
}

/// Applies one change.
///
/// # Errors
/// The errno that the kernel would give.
pub(super) fn edit(inet: Option<Inet>, edit: Edit, medium: Medium) -> Result<Option<Inet>, i32> {
    let there = || inet.ok_or(libc::EADDRNOTAVAIL);
    match edit {
        Edit::Address(local) => {
            let class = class(local).ok_or(libc::EINVAL)?;
            Ok(match inet {
                Some(inet) if inet.local == local => Some(inet),
                _ if local.is_unspecified() => None,
                _ => Some(fresh(local, class, medium)),
            })
        }
        Edit::Mask(wanted) => {
            let inet = there()?;
            let bits = u32::from(wanted);
            if bits.leading_ones() + bits.trailing_zeros() < 32 {
                return Err(libc::EINVAL);
            }
            let prefix = bits.leading_ones() as u8;
            let follows = inet.broadcast == last(inet.local, inet.prefix);
            // The kernel leaves the old one where a network has no address for all.
            let broadcast = match prefix {
                ..31 if medium.broadcast && follows => last(inet.local, prefix),
                _ => inet.broadcast,
            };
            Ok(Some(Inet {
                prefix,
                broadcast,
                ..inet
            }))
        }
        Edit::Broadcast(broadcast) => Ok(Some(Inet {
            broadcast,
            ..there()?
        })),
        Edit::Peer(peer) => {
            let inet = there()?;
            match class(peer) {
                Some(_) => Ok(Some(Inet { peer, ..inet })),
                None => Err(libc::EINVAL),
            }
        }
    }
}

/// An address that has nothing but its class.
fn fresh(local: Ipv4Addr, class: u8, medium: Medium) -> Inet {
    let prefix = if medium.pointopoint { 32 } else { class };
    let broadcast = match prefix {
        ..31 if medium.broadcast => last(local, prefix),
        _ => Ipv4Addr::UNSPECIFIED,
    };
    Inet {
        local,
        peer: local,
        prefix,
        broadcast,
        // RT_SCOPE_HOST and RT_SCOPE_UNIVERSE.
        scope: if local.is_loopback() { 254 } else { 0 },
    }
}

/// Bits of the network in an address of class A, B, C or E; there is none of class D.
fn class(address: Ipv4Addr) -> Option<u8> {
    match address.octets() {
        [0, 0, 0, 0] | [255, 255, 255, 255] => Some(0),
        [0..=127, ..] => Some(8),
        [128..=191, ..] => Some(16),
        [192..=223, ..] => Some(24),
        [224..=239, ..] => None,
        _ => Some(32),
    }
}

/// The last address of a network.
fn last(address: Ipv4Addr, prefix: u8) -> Ipv4Addr {
    (u32::from(address) | !u32::from(mask(prefix))).into()
}
