//! A neighbour's record, as `ip neigh` and `ip monitor` show it.

use super::addr::color;
use crate::error::Result;
use crate::kernel::Kernel;
use crate::names::{Names, Table};
use crate::options::Options;
use crate::out::color::Color;
use crate::out::{Left, Out, Val};
use crate::show::link::names::LlAddr;
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::route::neigh::*;
use netlink_raw::wire::NdaCacheInfo;

/// The states as they are shown, in this order.
const STATES: [(u16, &str); 8] = [
    (NUD_INCOMPLETE, "INCOMPLETE"),
    (NUD_REACHABLE, "REACHABLE"),
    (NUD_STALE, "STALE"),
    (NUD_DELAY, "DELAY"),
    (NUD_PROBE, "PROBE"),
    (NUD_FAILED, "FAILED"),
    (NUD_NOARP, "NOARP"),
    (NUD_PERMANENT, "PERMANENT"),
];

/// The kernel tells ages in hundredths of a second (`USER_HZ`).
const USER_HZ: u32 = 100;

/// What a record shows besides the neighbour.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// The index of the device; `None` where it was asked for and goes without saying.
    pub dev: Option<i32>,
    /// The neighbour has gone: an event of type `RTM_DELNEIGH`.
    pub deleted: bool,
}

/// The record of a neighbour, an object of its own. The device's name is asked of the kernel.
///
/// # Errors
/// Of the connection.
pub fn record(
    out: &mut Out,
    options: &Options,
    names: &Names,
    kernel: &mut Kernel,
    neighbour: &Neighbour<'_>,
    style: Style,
) -> Result {
    let dev = match style.dev {
        Some(index) if index != 0 => Some(kernel.name_of(index)?),
        _ => None,
    };
    let hardware = match neighbour.lladdr {
        // Only an address of a tunnel is written in another way.
        Some([_, _, _, _]) | Some([_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _]) => {
            hardware(kernel, neighbour.index)?
        }
        _ => 0,
    };
    out.object(|out| {
        if style.deleted {
            out.field("deleted", true, "Deleted ");
        }
        let brief = options.brief;
        if let Some(address) = neighbour.destination {
            let width = if brief { 39 } else { 0 };
            let host = out.host(address);
            out.colored(color(address), "dst", &host, (Left(width, &host), " "));
        }
        if let Some(dev) = dev.as_deref() {
            out.text((!brief).then_some("dev "));
            let width = if brief { 16 } else { 0 };
            out.colored(Color::Ifname, "dev", dev, (Left(width, dev), " "));
        }
        if let Some(bytes) = neighbour.lladdr {
            let address = LlAddr { bytes, hardware };
            let address = format_args!("{address}");
            if brief {
                out.colored(Color::Mac, "lladdr", address, address);
            } else {
                out.text("lladdr ");
                out.colored(Color::Mac, "lladdr", address, (address, " "));
            }
        }
        if brief {
            out.end_line();
            return;
        }
        show_flags(out, neighbour);
        if options.stats > 0 {
            show_counters(out, neighbour);
        }
        show_state(out, neighbour.state);
        if let Some(protocol) = neighbour.protocol.filter(|p| *p != 0) {
            let name = names.name(Table::RouteProtocol, protocol.into());
            let name = name.as_ref();
            out.field("protocol", name, ("proto ", name, " "));
        }
        out.end_line();
    });
    Ok(())
}

fn show_flags(out: &mut Out, neighbour: &Neighbour<'_>) {
    let extended = neighbour.flags_ext.unwrap_or(0);
    for (set, name) in [
        (neighbour.flags & NTF_ROUTER != 0, "router"),
        (neighbour.flags & NTF_PROXY != 0, "proxy"),
        (extended & NTF_EXT_MANAGED != 0, "managed"),
        (neighbour.flags & NTF_EXT_LEARNED != 0, "extern_learn"),
        (neighbour.flags & NTF_OFFLOADED != 0, "offload"),
    ] {
        if set {
            out.field(name, Val::Null, (name, " "));
        }
    }
}

fn show_counters(out: &mut Out, neighbour: &Neighbour<'_>) {
    if let Some(NdaCacheInfo {
        confirmed,
        used,
        updated,
        refcnt,
    }) = neighbour.cacheinfo
    {
        if refcnt != 0 {
            out.field("refcnt", refcnt, (" ref ", refcnt));
        }
        let [used, confirmed, updated] = [used, confirmed, updated].map(|age| age / USER_HZ);
        out.field("used", used, (" used ", used));
        out.field("confirmed", confirmed, ("/", confirmed));
        out.field("updated", updated, ("/", updated));
    }
    if let Some(probes) = neighbour.probes {
        out.field("probes", probes, ("probes ", probes, " "));
    }
}

fn show_state(out: &mut Out, state: u16) {
    if state == 0 {
        return;
    }
    out.array("state", |out| {
        for (mask, name) in STATES {
            if state & mask != 0 {
                out.item(name, (name, " "));
            }
        }
    });
}

/// The hardware type of a link, `ARPHRD_*`; 0 when it has gone.
fn hardware(kernel: &mut Kernel, index: i32) -> Result<u16> {
    let found = kernel.conn()?.get(&GetLink::by_index(index), |reply| {
        Link::parse(&reply).map(|l| l.hardware)
    });
    Ok(found.ok().and_then(std::result::Result::ok).unwrap_or(0))
}

#[cfg(test)]
mod tests;
