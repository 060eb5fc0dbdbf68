//! An address's record, as `ip addr` and `ip monitor` show it.

use crate::cmd::addr::flags;
use crate::names::{Names, Table};
use crate::options::Options;
use crate::out::Out;
use crate::out::color::Color;
use netlink_raw::route::addr::{Address, IFA_F_DEPRECATED};
use netlink_raw::wire::IfaCacheInfo;
use std::net::IpAddr;

/// The lifetime that has no end.
const FOREVER: u32 = u32::MAX;

/// What a record shows besides the address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// The name of the device, where the record stands for itself (`-o`, a flush, an event).
    pub dev: Option<&'a [u8]>,
    /// The address has gone: an event of type `RTM_DELADDR`.
    pub deleted: bool,
}

/// The record of an address. In JSON its fields go into the object that is open; with `-br` the text
/// is one word of a line that others share.
pub fn record(
    out: &mut Out,
    options: &Options,
    names: &Names,
    address: &Address<'_>,
    style: Style<'_>,
) {
    if style.deleted {
        out.field("deleted", true, "Deleted ");
    }
    if !options.brief {
        if let Some(dev) = style.dev {
            out.json("index", address.index);
            out.json("dev", dev);
            out.text((address.index, ": ", dev));
        }
        match i32::from(address.family) {
            libc::AF_INET => out.field("family", "inet", "    inet "),
            libc::AF_INET6 => out.field("family", "inet6", "    inet6 "),
            other => out.field("family_index", other, ("    family ", other, " ")),
        }
    }
    if let Some(own) = address.own() {
        let host = out.host(own);
        out.colored(color(own), "local", &host, &host);
        if let Some(peer) = address.peer() {
            out.text(" peer ");
            let host = out.host(peer);
            out.colored(color(peer), "address", &host, &host);
        }
        let len = address.prefixlen;
        out.field("prefixlen", len, ("/", len, " "));
        if let Some(metric) = address.priority {
            out.field("metric", metric, ("metric ", metric, " "));
        }
    }
    if options.brief {
        return;
    }
    if let Some(broadcast) = address.broadcast {
        out.text("brd ");
        let host = out.host(broadcast);
        out.colored(color(broadcast), "broadcast", &host, (&host, " "));
    }
    if let Some(anycast) = address.anycast {
        out.text("any ");
        let host = out.host(anycast);
        out.colored(color(anycast), "anycast", &host, (&host, " "));
    }
    let scope = names.name(Table::Scope, address.scope.into());
    let scope = scope.as_ref();
    out.field("scope", scope, ("scope ", scope, " "));
    show_flags(out, address);
    if let Some(label) = address.label {
        out.field("label", label, label);
    }
    if let Some(lifetimes) = &address.cacheinfo {
        show_lifetimes(out, address, lifetimes);
    }
    out.end_line();
}

/// The colour of an address.
pub fn color(address: IpAddr) -> Color {
    match address {
        IpAddr::V4(_) => Color::Inet,
        IpAddr::V6(_) => Color::Inet6,
    }
}

fn show_flags(out: &mut Out, address: &Address<'_>) {
    let mut rest = address.flags;
    for flag in flags::SHOWN {
        let set = rest & flag.mask != 0;
        rest &= !flag.mask;
        let name = match flag {
            flags::PERMANENT if set => continue,
            flags::PERMANENT => flags::DYNAMIC,
            _ if !set => continue,
            flags::SECONDARY if i32::from(address.family) == libc::AF_INET6 => {
                flags::TEMPORARY.name
            }
            _ => flag.name,
        };
        out.field(name, true, (name, " "));
    }
    if rest != 0 {
        let bits = format_args!("{rest:02x}");
        out.field("ifa_flags", bits, ("flags ", bits, " "));
    }
}

fn show_lifetimes(out: &mut Out, address: &Address<'_>, lifetimes: &IfaCacheInfo) {
    let IfaCacheInfo {
        valid, preferred, ..
    } = *lifetimes;
    out.sl();
    out.text("       valid_lft ");
    match valid {
        FOREVER => out.field("valid_life_time", valid, "forever"),
        _ => out.field("valid_life_time", valid, (valid, "sec")),
    }
    out.text(" preferred_lft ");
    match preferred {
        FOREVER => out.field("preferred_life_time", preferred, "forever"),
        _ if address.flags & IFA_F_DEPRECATED != 0 => {
            // The time since it ended counts below 0.
            let past = preferred as i32;
            out.field("preferred_life_time", past, (past, "sec"));
        }
        _ => out.field("preferred_life_time", preferred, (preferred, "sec")),
    }
}

#[cfg(test)]
mod tests;
