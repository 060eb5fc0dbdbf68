//! The flags of an address and their words, in the order in which ip shows them.

use netlink_raw::route::addr::*;

/// A flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Its word.
    pub name: &'static str,
    /// Its bit, `IFA_F_*`.
    pub mask: u32,
    /// Whether a request may set it; the kernel alone sets the others.
    pub settable: bool,
    /// Whether a request may set it for IPv6 only.
    pub v6only: bool,
}

const fn flag(name: &'static str, mask: u32) -> Flag {
    Flag {
        name,
        mask,
        settable: false,
        v6only: false,
    }
}

const fn settable(name: &'static str, mask: u32) -> Flag {
    Flag {
        settable: true,
        ..flag(name, mask)
    }
}

const fn v6only(name: &'static str, mask: u32) -> Flag {
    Flag {
        v6only: true,
        ..settable(name, mask)
    }
}

/// Of IPv4: not the first address of its network on the device.
pub const SECONDARY: Flag = flag("secondary", IFA_F_SECONDARY);
/// Of IPv6 the same bit: made for privacy.
pub const TEMPORARY: Flag = flag("temporary", IFA_F_SECONDARY);
/// No duplicate address detection.
pub const NODAD: Flag = v6only("nodad", IFA_F_NODAD);
/// Used while it is tentative.
pub const OPTIMISTIC: Flag = v6only("optimistic", IFA_F_OPTIMISTIC);
/// Another host has it.
pub const DADFAILED: Flag = flag("dadfailed", IFA_F_DADFAILED);
/// A home address.
pub const HOME: Flag = v6only("home", IFA_F_HOMEADDRESS);
/// Past its preferred lifetime.
pub const DEPRECATED: Flag = flag("deprecated", IFA_F_DEPRECATED);
/// Not yet known to be unique.
pub const TENTATIVE: Flag = flag("tentative", IFA_F_TENTATIVE);
/// Without an end; what is shown is that it has one.
pub const PERMANENT: Flag = flag("permanent", IFA_F_PERMANENT);
/// Temporary addresses are made from it.
pub const MNGTMPADDR: Flag = v6only("mngtmpaddr", IFA_F_MANAGETEMPADDR);
/// Without a route to its prefix.
pub const NOPREFIXROUTE: Flag = settable("noprefixroute", IFA_F_NOPREFIXROUTE);
/// A multicast group to join.
pub const AUTOJOIN: Flag = settable("autojoin", IFA_F_MCAUTOJOIN);
/// Made as RFC 7217 says.
pub const STABLE_PRIVACY: Flag = flag("stable-privacy", IFA_F_STABLE_PRIVACY);

/// The opposite of [`PERMANENT`], as it is shown.
pub const DYNAMIC: &str = "dynamic";
/// The opposite of [`SECONDARY`].
pub const PRIMARY: &str = "primary";

/// The flags in the order in which they are shown.
pub const SHOWN: [Flag; 12] = [
    SECONDARY,
    NODAD,
    OPTIMISTIC,
    DADFAILED,
    HOME,
    DEPRECATED,
    TENTATIVE,
    PERMANENT,
    MNGTMPADDR,
    NOPREFIXROUTE,
    AUTOJOIN,
    STABLE_PRIVACY,
];
