//! The nexthop object behind a route, which `-d` shows.

use super::{encap, flags, legs, link};
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::names::Table;
use crate::out::Out;
use netlink_raw::Error;
use netlink_raw::decode::{Attr, MessageRef};
use netlink_raw::route::nexthop::{GetNexthop, NEXTHOP_GRP_TYPE_RES, NexthopObject};
use netlink_raw::schema::route::*;
use netlink_raw::wire::NlMsgHdr;

/// Clock ticks a second in what the kernel tells users (USER_HZ).
const USER_HZ: u64 = 100;

/// Asks the kernel for the object and prints it; one that is gone meanwhile is left out.
pub(super) fn print(ctx: &mut Context, id: u32) -> Result {
    let answer = ctx
        .kernel
        .conn()?
        .get(&GetNexthop { id }, |message| message.body.to_vec());
    let body = match answer {
        Ok(body) => body,
        Err(Error::Kernel(_)) => return Ok(()),
        Err(e) => return Err(CmdError::netlink("cannot look up a nexthop object", &e)),
    };
    let header = NlMsgHdr::default();
    let message = MessageRef {
        header,
        body: &body,
    };
    match NexthopObject::parse(&message) {
        Ok(object) => record(ctx, &object),
        Err(e) => Err(CmdError::netlink(
            "cannot look up a nexthop object",
            &e.into(),
        )),
    }
}

fn record(ctx: &mut Context, object: &NexthopObject<'_>) -> Result {
    // A new line also with -o, as in iproute2.
    ctx.out.text("\n\tnh_info ");
    ctx.out.open_object_of("nh_info");
    if let Some(id) = object.id {
        ctx.out.field("id", id, ("id ", id, " "));
    }
    if object.group.is_some() {
        group(&mut ctx.out, object);
    }
    if let Some(tunnel) = &object.encap {
        encap::print(ctx, tunnel)?;
    }
    if let Some(address) = object.gateway {
        legs::gateway(&mut ctx.out, address);
    }
    if let Some(index) = object.oif {
        link(ctx, "dev", index)?;
    }
    let scope = ctx.names.name(Table::Scope, object.scope.into());
    ctx.out.field("scope", &*scope, ("scope ", &*scope, " "));
    if object.blackhole {
        ctx.out
            .field("blackhole", crate::out::Val::Null, "blackhole ");
    }
    let protocol = ctx.names.name(Table::RouteProtocol, object.protocol.into());
    ctx.out
        .field("protocol", &*protocol, ("proto ", &*protocol, " "));
    flags(&mut ctx.out, object.flags);
    if object.fdb {
        ctx.out.field("fdb", crate::out::Val::Null, "fdb");
    }
    ctx.out.close_object();
    Ok(())
}

/// The members, each with its weight where that is not 1, and the settings of a resilient group.
fn group(out: &mut Out, object: &NexthopObject<'_>) {
    out.text("group ");
    out.open_array("group");
    for (i, member) in object.members().enumerate() {
        out.open_object();
        if i > 0 {
            out.text("/");
        }
        out.field("id", member.id, member.id);
        if member.weight != 0 {
            let weight = u16::from(member.weight) + 1;
            out.field("weight", weight, (",", weight));
        }
        out.close_object();
    }
    out.text(" ");
    out.close_array();
    if object.group_type == Some(NEXTHOP_GRP_TYPE_RES) {
        out.field("type", "resilient", "type resilient ");
    }
    if let Some(settings) = object.resilient {
        resilient(out, settings);
    }
}

fn resilient(out: &mut Out, settings: Attr<'_>) {
    let find = |number| settings.nested().find(number);
    out.open_object_of("resilient_args");
    if let Some(buckets) = find(NHA_RES_GROUP_BUCKETS).and_then(|a| a.read::<u16>().ok()) {
        out.field("buckets", buckets, ("buckets ", buckets, " "));
    }
    for (number, key) in [
        (NHA_RES_GROUP_IDLE_TIMER, "idle_timer"),
        (NHA_RES_GROUP_UNBALANCED_TIMER, "unbalanced_timer"),
    ] {
        if let Some(ticks) = find(number).and_then(|a| a.read::<u32>().ok()) {
            ticked(out, key, ticks.into());
        }
    }
    let unbalanced = find(NHA_RES_GROUP_UNBALANCED_TIME);
    if let Some(ticks) = unbalanced.and_then(|a| a.read::<u64>().ok()) {
        ticked(out, "unbalanced_time", ticks);
    }
    out.close_object();
}

/// A time in seconds, with its fraction where it has one.
fn ticked(out: &mut Out, key: &str, ticks: u64) {
    match (ticks / USER_HZ, ticks % USER_HZ) {
        (seconds, 0) => out.field(key, seconds, (key, " ", seconds, " ")),
        (seconds, rest) => {
            let number = format!("{seconds}.{rest:02}");
            let number = number.trim_end_matches('0');
            let value = ticks as f64 / USER_HZ as f64;
            out.field(key, value, (key, " ", number, " "));
        }
    }
}
