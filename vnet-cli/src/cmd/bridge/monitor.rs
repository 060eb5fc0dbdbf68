//! `bridge monitor`: what changes about bridges, as it changes.

use crate::args::Args;
use crate::cmd::monitor::event::know_links;
use crate::cmd::monitor::listen::{Hear, heading, listen};
use crate::cmd::monitor::not_done;
use crate::context::Context;
use crate::error::{Result, quoted};
use crate::grammar::{Grammar, exact, help, short};
use crate::show::bridge::{fdb, link, vlan};
use crate::show::link::world::Live;
use netlink_raw::decode::MessageRef;
use netlink_raw::route::link::Link;
use netlink_raw::route::neigh::Neighbour;
use netlink_raw::route::vlan_db::Vlans;
use netlink_raw::schema::*;

/// The words.
#[derive(Clone, Copy, PartialEq)]
pub enum Keyword {
    /// Events from a file.
    File,
    /// Events of one group.
    Of(u32),
    /// Events that are not shown here.
    Lacking(&'static str),
    /// Everything, with labels.
    All,
    /// The usage.
    Help,
}

/// `RTNLGRP_LINK`.
const LINK: u32 = 1;
/// `RTNLGRP_NEIGH`.
const NEIGH: u32 = 3;
/// `RTNLGRP_BRVLAN`.
const BRVLAN: u32 = 33;

/// In iproute2's order.
pub static MONITOR: Grammar<Keyword> = Grammar(&[
    short(Keyword::File, "file")
        .value("FILE")
        .says("events from a file: not done by vnet"),
    short(Keyword::Of(LINK), "link").says("ports, and other links"),
    short(Keyword::Of(NEIGH), "fdb").says("forwarding entries"),
    short(Keyword::Lacking("mdb"), "mdb").says("multicast groups: not done by vnet"),
    short(Keyword::Of(BRVLAN), "vlan").says("VLANs"),
    short(Keyword::Lacking("vni"), "vni").says("VXLAN networks: not done by vnet"),
    exact(Keyword::All, "all").says("all of these, each with a word for what it is about"),
    help(Keyword::Help),
]);

/// `bridge monitor [link | fdb | vlan | all]`; without a word ports and forwarding entries.
pub fn monitor(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    ctx.no_dry_run(args, "monitor", "it waits for events")?;
    let mut hear = Hear::default();
    while let Some(word) = args.next() {
        match MONITOR.lookup(&word) {
            Some(Keyword::Of(group)) => hear.groups.push(group),
            Some(Keyword::All) => {
                hear.labels = true;
                hear.groups.extend([LINK, NEIGH, BRVLAN]);
            }
            Some(Keyword::File) => {
                args.value_of(&word)?;
                return Err(not_done(ctx, &word, "file"));
            }
            Some(Keyword::Lacking(name)) => return Err(not_done(ctx, &word, name)),
            Some(Keyword::Help) => return Err(ctx.usage()),
            None => {
                return Err(word.error(
                    format!("there are no events of {}", quoted(word.text())),
                    format!("Argument \"{word}\" is unknown, try \"bridge monitor help\"."),
                ));
            }
        }
    }
    if hear.groups.is_empty() {
        hear.groups.extend([LINK, NEIGH]);
    }
    know_links(&mut ctx.kernel)?;
    listen(ctx, &hear, |ctx, message, _| event(ctx, &hear, message))
}

fn event(ctx: &mut Context, hear: &Hear, message: &MessageRef<'_>) -> Result {
    let kind = message.header.kind;
    match kind {
        RTM_NEWLINK | RTM_DELLINK => {
            let Ok(port) = Link::parse(message) else {
                return Ok(());
            };
            // Names and flags stay those of the beginning, as iproute2's do: a port that has gone still has a name
            // when its entries go.
            let deleted = kind == RTM_DELLINK;
            if matches!(i32::from(port.family), libc::AF_UNSPEC | libc::AF_BRIDGE) {
                heading(ctx, hear, "LINK", None);
                let mut world = Live::new(&mut ctx.kernel, &ctx.names);
                link::port(&mut ctx.out, &ctx.options, &port, &mut world, deleted);
            }
        }
        RTM_NEWNEIGH | RTM_DELNEIGH => match Neighbour::parse(message) {
            Ok(entry) if i32::from(entry.family) == libc::AF_BRIDGE => {
                heading(ctx, hear, "NEIGH", None);
                let mut world = Live::new(&mut ctx.kernel, &ctx.names);
                let (out, options) = (&mut ctx.out, &ctx.options);
                fdb::entry(out, options, &entry, &mut world, true, kind == RTM_DELNEIGH);
            }
            _ => {}
        },
        RTM_NEWVLAN | RTM_DELVLAN => {
            let Ok(vlans) = Vlans::parse(message) else {
                return Ok(());
            };
            let name = ctx.kernel.name_of(vlans.index.cast_signed())?;
            heading(ctx, hear, "VLAN", None);
            if kind == RTM_DELVLAN {
                ctx.out.text("Deleted ");
            }
            let stats = ctx.options.stats > 0;
            vlan::entries(&mut ctx.out, &name, vlans.entries(), None, stats);
            vlan::globals(&mut ctx.out, &name, vlans.globals(), None);
        }
        _ => {}
    }
    Ok(())
}
