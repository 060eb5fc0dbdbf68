//! One event, as iproute2's monitor shows it.

use super::listen::{Hear, heading};
use crate::args::Family;
use crate::cmd::netns::NamesById;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::kernel::Kernel;
use crate::names::Names;
use crate::show;
use crate::show::link::world::Live;
use crate::show::link::{Known, Program, World};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::addr::Address;
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::route::neigh::Neighbour;
use netlink_raw::route::netconf::Netconf;
use netlink_raw::route::nsid::Nsid;
use netlink_raw::route::route::Route;
use netlink_raw::schema::*;

/// `RTM_F_CLONED`: a route that stands for a use of another.
const CLONED: u32 = 0x200;

/// What is shown, and what is known of the world meanwhile.
pub(super) struct Monitor {
    hear: Hear,
    dev: Option<i32>,
    namespaces: NamesById,
}

/// What an event of the monitor names: links as the events before told of them, and namespaces by name.
struct Told<'c> {
    live: Live<'c>,
    namespaces: &'c NamesById,
}

impl World for Told<'_> {
    fn link(&mut self, index: u32) -> Option<Known<'_>> {
        self.live.link(index)
    }

    fn netns(&mut self, id: i32) -> Option<&[u8]> {
        // Where the events of numbers are not listened to, new ones have no name, as in iproute2.
        self.namespaces.get(id)
    }

    fn program(&mut self, id: u32) -> Option<Program> {
        self.live.program(id)
    }

    fn names(&self) -> &Names {
        self.live.names()
    }
}

impl Monitor {
    pub(super) fn new(ctx: &mut Context, hear: Hear, dev: Option<i32>) -> Result<Self> {
        // A line of `-br` has no end here.
        ctx.options.brief = false;
        know_links(&mut ctx.kernel)?;
        let namespaces = NamesById::read(&mut ctx.kernel)?;
        Ok(Self {
            hear,
            dev,
            namespaces,
        })
    }

    /// Shows an event; what is none of ours, or can't be read, is passed over.
    pub(super) fn event(
        &mut self,
        ctx: &mut Context,
        message: &MessageRef<'_>,
        nsid: Option<i32>,
    ) -> Result {
        match message.header.kind {
            RTM_NEWLINK | RTM_DELLINK => self.link(ctx, message, nsid),
            RTM_NEWADDR | RTM_DELADDR => return self.address(ctx, message, nsid),
            RTM_NEWNEIGH | RTM_DELNEIGH => return self.neighbour(ctx, message, nsid),
            RTM_NEWROUTE | RTM_DELROUTE => return self.route(ctx, message, nsid),
            RTM_NEWNETCONF | RTM_DELNETCONF => return self.netconf(ctx, message, nsid),
            RTM_NEWNSID | RTM_DELNSID => return self.nsid(ctx, message, nsid),
            _ => {}
        }
        Ok(())
    }

    fn wants(&self, index: i32) -> bool {
        self.dev.is_none_or(|dev| dev == index)
    }

    fn link(&mut self, ctx: &mut Context, message: &MessageRef<'_>, nsid: Option<i32>) {
        let Ok(link) = Link::parse(message) else {
            return;
        };
        let deleted = message.header.kind == RTM_DELLINK;
        // A link of another namespace is not the one with its index here.
        if nsid.is_none() {
            remember(&mut ctx.kernel, &link, deleted);
        }
        if !self.wants(link.index) {
            return;
        }
        heading(ctx, &self.hear, "LINK", nsid);
        let style = show::link::Style {
            deleted,
            event: true,
            ..show::link::Style::addr(Family::Unspec)
        };
        let mut told = Told {
            live: Live::new(&mut ctx.kernel, &ctx.names),
            namespaces: &self.namespaces,
        };
        show::link::record(&mut ctx.out, &ctx.options, style, &link, &mut told);
    }

    fn address(
        &mut self,
        ctx: &mut Context,
        message: &MessageRef<'_>,
        nsid: Option<i32>,
    ) -> Result {
        let Ok(address) = Address::parse(message) else {
            return Ok(());
        };
        let index = address.index.cast_signed();
        if !self.wants(index) {
            return Ok(());
        }
        heading(ctx, &self.hear, "ADDR", nsid);
        let name = ctx.kernel.name_of(index)?;
        let style = show::addr::Style {
            dev: Some(&name),
            deleted: message.header.kind == RTM_DELADDR,
        };
        show::addr::record(&mut ctx.out, &ctx.options, &ctx.names, &address, style);
        Ok(())
    }

    fn neighbour(
        &mut self,
        ctx: &mut Context,
        message: &MessageRef<'_>,
        nsid: Option<i32>,
    ) -> Result {
        let Ok(neighbour) = Neighbour::parse(message) else {
            return Ok(());
        };
        let family = ctx.options.family;
        let other = family != Family::Unspec && family.number() != neighbour.family;
        if other || !self.wants(neighbour.index) {
            return Ok(());
        }
        heading(ctx, &self.hear, "NEIGH", nsid);
        let style = show::neigh::Style {
            dev: Some(neighbour.index).filter(|_| self.dev.is_none()),
            deleted: message.header.kind == RTM_DELNEIGH,
        };
        let (out, kernel) = (&mut ctx.out, &mut ctx.kernel);
        show::neigh::record(out, &ctx.options, &ctx.names, kernel, &neighbour, style)
    }

    fn route(&mut self, ctx: &mut Context, message: &MessageRef<'_>, nsid: Option<i32>) -> Result {
        let Ok(route) = Route::parse(message) else {
            return Ok(());
        };
        let oif = route.oif.map(u32::cast_signed);
        if route.flags & CLONED != 0 || self.dev.is_some_and(|dev| oif != Some(dev)) {
            return Ok(());
        }
        heading(ctx, &self.hear, "ROUTE", nsid);
        let hide = show::route::Hide {
            oif: self.dev.is_some(),
            ..show::route::Hide::default()
        };
        show::route::route(ctx, &route, message.header.kind == RTM_DELROUTE, &hide)
    }

    fn netconf(
        &mut self,
        ctx: &mut Context,
        message: &MessageRef<'_>,
        nsid: Option<i32>,
    ) -> Result {
        match Netconf::parse(message) {
            Ok(netconf) if netconf.index.is_some_and(|index| self.wants(index)) => {
                heading(ctx, &self.hear, "NETCONF", nsid);
                let deleted = message.header.kind == RTM_DELNETCONF;
                show::netconf::record(&mut ctx.out, &mut ctx.kernel, &netconf, deleted)
            }
            _ => Ok(()),
        }
    }

    fn nsid(&mut self, ctx: &mut Context, message: &MessageRef<'_>, nsid: Option<i32>) -> Result {
        let Ok(told) = Nsid::parse(message) else {
            return Ok(());
        };
        let deleted = message.header.kind == RTM_DELNSID;
        // A number of another namespace says nothing here.
        let id = told.assigned().filter(|_| nsid.is_none());
        if id.is_some_and(|id| !deleted && self.namespaces.get(id).is_none()) {
            self.namespaces.refresh(&mut ctx.kernel)?;
        }
        heading(ctx, &self.hear, "NSID", nsid);
        let name = id.and_then(|id| self.namespaces.get(id));
        show::netns::id(&mut ctx.out, &told, name, deleted);
        if let Some(id) = id.filter(|_| deleted) {
            self.namespaces.forget(id);
        }
        Ok(())
    }
}

/// Asks for the names of all links: the events of one that goes come when it can't be asked for any more.
pub(crate) fn know_links(kernel: &mut Kernel) -> Result {
    let all = kernel.conn()?.collect(&GetLink::all());
    let all = all.map_err(|e| CmdError::dump("cannot list links", &e))?;
    for link in all.messages().flat_map(|m| Link::parse(&m)) {
        kernel.learn_link(&link);
    }
    Ok(())
}

/// Keeps the names and flags of links as they were told last: that is what the next event is about.
fn remember(kernel: &mut Kernel, link: &Link<'_>, deleted: bool) {
    match deleted {
        true => kernel.forget(link.index),
        false => kernel.learn_link(link),
    }
}
