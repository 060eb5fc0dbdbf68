//! `bridge vlan show` and `tunnelshow`: VLANs of ports, listed.

use super::{NO_DEVICE, device, passed_over, vid};
use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, Value, exact, help};
use crate::show::bridge::vlan::{self as show, heading};
use netlink_raw::conn::Collected;
use netlink_raw::route::link::{
    GetLink, Link, RTEXT_FILTER_BRVLAN, RTEXT_FILTER_BRVLAN_COMPRESSED,
};
use netlink_raw::route::stats::{GetStats, Stats, filter_bit};
use netlink_raw::route::vlan_db::{BRIDGE_VLANDB_DUMPF_STATS, GetVlans, Vlans};
use netlink_raw::schema::stats::{IFLA_STATS_LINK_XSTATS, IFLA_STATS_LINK_XSTATS_SLAVE};

/// Keywords of the lists.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    /// One port.
    Dev,
    /// One VLAN.
    Vid,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SHOW: Grammar<Show> = Grammar(&[
    exact(Show::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("of this port alone"),
    exact(Show::Vid, "vid")
        .value("VID")
        .says("this VLAN, or the ranges it is in"),
    help(Show::Help),
]);

/// Which VLANs are wanted.
#[derive(Clone, Copy, Default)]
pub(super) struct Filter {
    pub(super) index: Option<i32>,
    pub(super) vid: Option<u16>,
}

impl Filter {
    pub(super) fn parse(ctx: &mut Context, args: &mut Args<'_>) -> Result<Self> {
        let mut filter = Self::default();
        let mut dev = None;
        while let Some(word) = args.next() {
            match SHOW.lookup(&word) {
                Some(Show::Dev) => {
                    let value = args.value_of(&word)?;
                    if dev.is_some() {
                        return Err(value.duplicate("dev"));
                    }
                    dev = Some(value);
                }
                Some(Show::Vid) => {
                    let value = args.value_of(&word)?;
                    if filter.vid.is_some() {
                        return Err(value.duplicate("vid"));
                    }
                    filter.vid = Some(vid(&value, format!("Invalid VLAN ID \"{value}\""))?);
                }
                Some(Show::Help) => return Err(ctx.usage()),
                None => passed_over(ctx, &word)?,
            }
        }
        if let Some(dev) = dev {
            filter.index = Some(device(ctx, &dev, NO_DEVICE)?);
        }
        Ok(filter)
    }

    pub(super) fn takes(&self, index: u32) -> bool {
        self.index.is_none_or(|i| i.cast_unsigned() == index)
    }
}

/// `bridge vlan show`: the VLANs that ports have; with `-d` the database, with `-s` the counters.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::parse(ctx, args)?;
    if ctx.options.details > 0 {
        return database(ctx, filter);
    }
    if ctx.options.stats > 0 {
        return counters(ctx, filter);
    }
    of_ports(ctx, filter, "vlan-id  ", show::port)
}

/// `bridge vlan tunnelshow`: the tunnels that VLANs go through; with `-s` it is the counters, as in iproute2.
pub fn tunnels(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::parse(ctx, args)?;
    if ctx.options.stats > 0 {
        return counters(ctx, filter);
    }
    of_ports(ctx, filter, "vlan-id    tunnel-id", show::tunnels)
}

type ShowPort = fn(&mut crate::out::Out, &[u8], netlink_raw::decode::Attr<'_>, Option<u16>);

fn of_ports(ctx: &mut Context, filter: Filter, columns: &str, print: ShowPort) -> Result {
    let request = GetLink {
        family: libc::AF_BRIDGE as u8,
        ext_mask: match ctx.options.compress_vlans {
            true => RTEXT_FILTER_BRVLAN_COMPRESSED,
            false => RTEXT_FILTER_BRVLAN,
        },
        ..GetLink::default()
    };
    heading(&mut ctx.out, columns);
    let all = list(ctx, &request)?;
    ctx.out.open_document();
    for link in all.messages().flat_map(|m| Link::parse(&m)) {
        let index = link.index.cast_unsigned();
        if let Some(spec) = link.af_spec.filter(|_| filter.takes(index)) {
            let name = ctx.kernel.name_of(link.index)?;
            print(&mut ctx.out, &name, spec, filter.vid);
        }
    }
    ctx.out.close_document();
    Ok(())
}

fn list(ctx: &mut Context, request: &dyn netlink_raw::Message) -> Result<Collected> {
    let all = ctx.kernel.conn()?.collect(request);
    all.map_err(|e| CmdError::dump("cannot list VLANs", &e))
}

/// The VLAN database, dumped with these flags, port by port.
pub(super) fn dump_database(
    ctx: &mut Context,
    filter: Filter,
    flags: u32,
    mut print: impl FnMut(&mut crate::out::Out, &[u8], &Vlans<'_>),
) -> Result {
    heading(&mut ctx.out, "vlan-id  ");
    let all = list(ctx, &GetVlans { index: 0, flags })?;
    ctx.out.open_document();
    for vlans in all.messages().flat_map(|m| Vlans::parse(&m)) {
        if filter.takes(vlans.index) {
            let name = ctx.kernel.name_of(vlans.index.cast_signed())?;
            print(&mut ctx.out, &name, &vlans);
        }
    }
    ctx.out.close_document();
    Ok(())
}

fn database(ctx: &mut Context, filter: Filter) -> Result {
    let stats = ctx.options.stats > 0;
    let flags = if stats { BRIDGE_VLANDB_DUMPF_STATS } else { 0 };
    dump_database(ctx, filter, flags, |out, name, vlans| {
        show::entries(out, name, vlans.entries(), filter.vid, stats);
    })
}

fn counters(ctx: &mut Context, filter: Filter) -> Result {
    heading(&mut ctx.out, "vlan-id");
    ctx.out.open_document();
    // Bridges first, then ports.
    for (attribute, as_port) in [
        (IFLA_STATS_LINK_XSTATS, false),
        (IFLA_STATS_LINK_XSTATS_SLAVE, true),
    ] {
        let get = GetStats {
            index: 0,
            filter: filter_bit(attribute),
        };
        let all = list(ctx, &get)?;
        for stats in all.messages().flat_map(|m| Stats::parse(&m)) {
            let Some(vlans) = stats.bridge_vlans(as_port) else {
                continue;
            };
            if filter.takes(stats.index) {
                let name = ctx.kernel.name_of(stats.index.cast_signed())?;
                show::xstats(&mut ctx.out, &name, vlans.flatten(), filter.vid);
            }
        }
    }
    ctx.out.close_document();
    Ok(())
}
