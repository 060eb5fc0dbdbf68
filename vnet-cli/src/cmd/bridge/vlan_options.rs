//! `bridge vlan set` and `global`: options of VLANs, of ports and of bridges.

use super::vlan::{missing, range};
use super::vlan_show::{Filter, dump_database};
use super::{NO_NETWORK_DEVICE, device, refused, state, unknown};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::Result;
use crate::grammar::{Grammar, Value, exact, help};
use crate::show::bridge::vlan::globals;
use netlink_raw::route::vlan_db::{BRIDGE_VLANDB_DUMPF_GLOBAL, SetGlobalVlan, SetVlan};

/// Keywords of `bridge vlan set`.
#[derive(Clone, Copy, PartialEq)]
pub enum Set {
    /// The port.
    Dev,
    /// The VLAN.
    Vid,
    /// State.
    State,
    /// Where multicast routers are.
    McastRouter,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SET: Grammar<Set> = Grammar(&[
    exact(Set::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the port"),
    exact(Set::Vid, "vid")
        .value("VID[-VID]")
        .says("the VLAN, or the first and the last"),
    exact(Set::State, "state")
        .takes(Value::OneOf(&crate::show::bridge::link::STATES))
        .says("state in the spanning tree"),
    exact(Set::McastRouter, "mcast_router")
        .value("0..2")
        .says("multicast routers: 0 none, 1 heard of, 2 always"),
    help(Set::Help),
]);

/// `bridge vlan set`.
pub fn set(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut request = SetVlan::default();
    let (mut dev, mut which) = (None, None);
    while let Some(word) = args.next() {
        match SET.lookup(&word) {
            Some(Set::Dev) => dev = Some(args.value_of(&word)?),
            Some(Set::Vid) => {
                let value = args.value_of(&word)?;
                (request.vid, request.last) = range(&value)?;
                which = Some(value);
            }
            Some(Set::State) => {
                let value = args.value_of(&word)?;
                request.state = Some(state(&value, "Error: invalid STP state")?);
            }
            Some(Set::McastRouter) => {
                let router = args.value_of(&word)?.u8("invalid mcast_router")?;
                request.mcast_router = Some(router);
            }
            Some(Set::Help) => return Err(ctx.usage()),
            None => return Err(unknown(ctx, &word)),
        }
    }
    let (Some(dev), Some(which)) = (dev, which) else {
        return Err(missing(args));
    };
    request.index = device(ctx, &dev, NO_NETWORK_DEVICE)?.cast_unsigned();
    let done = ctx.kernel.conn()?.change(&request);
    done.map_err(|e| refused(format!("cannot change VLAN {which}"), &e, which.at()))
}

/// What follows `bridge vlan global`.
#[derive(Clone, Copy, PartialEq)]
pub enum Global {
    /// The list.
    Show,
    /// A change.
    Set,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static GLOBAL: Grammar<Global> = Grammar(&[
    exact(Global::Show, "show").says("list the VLANs of bridges, which goes without saying"),
    exact(Global::Set, "set").says("change a VLAN of a bridge"),
    help(Global::Help),
]);

/// Keywords of `bridge vlan global set`.
#[derive(Clone, Copy, PartialEq)]
pub enum GlobalSet {
    /// The bridge.
    Dev,
    /// The VLAN.
    Vid,
    /// Eight bits.
    Byte(Byte),
    /// A number of queries.
    Count(Count),
    /// Hundredths of a second.
    Interval(Interval),
    /// The usage.
    Help,
}

/// Settings of eight bits.
#[derive(Clone, Copy, PartialEq)]
pub enum Byte {
    /// Memberships are watched.
    Snooping,
    /// The bridge asks.
    Querier,
    /// IGMP version.
    Igmp,
    /// MLD version.
    Mld,
}

/// Numbers of queries.
#[derive(Clone, Copy, PartialEq)]
pub enum Count {
    /// After the last member.
    LastMember,
    /// At the start.
    Startup,
}

/// Times.
#[derive(Clone, Copy, PartialEq)]
pub enum Interval {
    /// Between queries after the last member.
    LastMember,
    /// Between queries at the start.
    Startup,
    /// Until a membership ends.
    Membership,
    /// Until another querier is dead.
    Querier,
    /// Between queries.
    Query,
    /// For the answers.
    Response,
}

/// In iproute2's order.
pub static GLOBAL_SET: Grammar<GlobalSet> = Grammar(&[
    exact(GlobalSet::Dev, "dev")
        .takes(Value::Device("BRIDGE"))
        .says("the bridge"),
    exact(GlobalSet::Vid, "vid")
        .value("VID[-VID]")
        .says("the VLAN, or the first and the last"),
    exact(GlobalSet::Byte(Byte::Snooping), "mcast_snooping")
        .value("0|1")
        .says("multicast memberships are watched"),
    exact(GlobalSet::Byte(Byte::Querier), "mcast_querier")
        .value("0|1")
        .says("the bridge asks for memberships"),
    exact(GlobalSet::Byte(Byte::Igmp), "mcast_igmp_version")
        .value("2|3")
        .says("version of IGMP"),
    exact(GlobalSet::Byte(Byte::Mld), "mcast_mld_version")
        .value("1|2")
        .says("version of MLD"),
    exact(
        GlobalSet::Count(Count::LastMember),
        "mcast_last_member_count",
    )
    .value("COUNT")
    .says("queries after the last member left"),
    exact(
        GlobalSet::Interval(Interval::LastMember),
        "mcast_last_member_interval",
    )
    .value("TIME")
    .says("between these, hundredths of a second as all times here"),
    exact(
        GlobalSet::Count(Count::Startup),
        "mcast_startup_query_count",
    )
    .value("COUNT")
    .says("queries at the start"),
    exact(
        GlobalSet::Interval(Interval::Startup),
        "mcast_startup_query_interval",
    )
    .value("TIME")
    .says("between these"),
    exact(
        GlobalSet::Interval(Interval::Membership),
        "mcast_membership_interval",
    )
    .value("TIME")
    .says("until a membership ends"),
    exact(
        GlobalSet::Interval(Interval::Querier),
        "mcast_querier_interval",
    )
    .value("TIME")
    .says("until another querier is taken for dead"),
    exact(GlobalSet::Interval(Interval::Query), "mcast_query_interval")
        .value("TIME")
        .says("between queries"),
    exact(
        GlobalSet::Interval(Interval::Response),
        "mcast_query_response_interval",
    )
    .value("TIME")
    .says("within which members answer"),
    help(GlobalSet::Help),
]);

/// `bridge vlan global [ show | set ]`.
pub fn global(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let Some(word) = args.next() else {
        return list(ctx, args);
    };
    match GLOBAL.lookup(&word) {
        Some(Global::Show) => list(ctx, args),
        Some(Global::Set) => global_set(ctx, args),
        Some(Global::Help) => Err(ctx.usage()),
        None => Err(match ctx.program.stands_in() {
            true => ctx.usage(),
            false => unknown(ctx, &word),
        }),
    }
}

fn list(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::parse(ctx, args)?;
    dump_database(
        ctx,
        filter,
        BRIDGE_VLANDB_DUMPF_GLOBAL,
        |out, name, vlans| {
            globals(out, name, vlans.globals(), filter.vid);
        },
    )
}

fn global_set(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut request = SetGlobalVlan::default();
    let (mut dev, mut which) = (None, None);
    while let Some(word) = args.next() {
        let Some(key) = GLOBAL_SET.lookup(&word) else {
            return Err(unknown(ctx, &word));
        };
        if key == GlobalSet::Help {
            return Err(ctx.usage());
        }
        let value = args.value_of(&word)?;
        match key {
            GlobalSet::Dev => dev = Some(value),
            GlobalSet::Vid => {
                (request.vid, request.last) = range(&value)?;
                which = Some(value);
            }
            _ => global_option(&mut request, key, &value)?,
        }
    }
    let (Some(dev), Some(which)) = (dev, which) else {
        return Err(missing(args));
    };
    request.index = device(ctx, &dev, NO_NETWORK_DEVICE)?.cast_unsigned();
    let done = ctx.kernel.conn()?.change(&request);
    done.map_err(|e| refused(format!("cannot change VLAN {which}"), &e, which.at()))
}

fn global_option(request: &mut SetGlobalVlan, key: GlobalSet, value: &Word<'_>) -> Result {
    let message = format!("invalid {}", GLOBAL_SET.name(key));
    match key {
        GlobalSet::Byte(which) => {
            let place = match which {
                Byte::Snooping => &mut request.mcast_snooping,
                Byte::Querier => &mut request.mcast_querier,
                Byte::Igmp => &mut request.igmp_version,
                Byte::Mld => &mut request.mld_version,
            };
            *place = Some(value.u8(&message)?);
        }
        GlobalSet::Count(which) => {
            let place = match which {
                Count::LastMember => &mut request.last_member_count,
                Count::Startup => &mut request.startup_query_count,
            };
            *place = Some(value.u32(&message)?);
        }
        GlobalSet::Interval(which) => {
            let place = match which {
                Interval::LastMember => &mut request.last_member_interval,
                Interval::Startup => &mut request.startup_query_interval,
                Interval::Membership => &mut request.membership_interval,
                Interval::Querier => &mut request.querier_interval,
                Interval::Query => &mut request.query_interval,
                Interval::Response => &mut request.query_response_interval,
            };
            *place = Some(value.u64(&message)?);
        }
        GlobalSet::Dev | GlobalSet::Vid | GlobalSet::Help => {}
    }
    Ok(())
}
