//! `route add` and `route del`: what their words say, and the kernel's answer.

use super::grammar::{Key, WORDS};
use super::{LOOKUP, SOCKET, USAGE, inet, inet6, unknown_host, usage};
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, errno, quoted, reason};
use crate::show::ifconfig::Addresses;
use netlink_raw::Error;
use netlink_raw::exchange::NLM_F_CREATE;
use netlink_raw::route::route::*;
use std::net::IpAddr;

/// Whether the target was said to be a network or a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Is {
    /// It was not said.
    #[default]
    Unsaid,
    /// A network.
    Net,
    /// A host.
    Host,
}

/// What the words say.
#[derive(Clone, Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) is: Is,
    pub(super) target: Option<Word<'a>>,
    pub(super) netmask: Option<Word<'a>>,
    pub(super) gateway: Option<Word<'a>>,
    pub(super) dev: Option<Word<'a>>,
    pub(super) metric: Option<u32>,
    pub(super) mss: Option<u32>,
    pub(super) window: Option<u32>,
    pub(super) irtt: Option<u32>,
    pub(super) reject: bool,
}

pub(super) fn run(ctx: &mut Context, args: &mut Args<'_>, family: Family, add: bool) -> Result {
    let said = read(ctx, args)?;
    let Some(target) = said.target else {
        return Err(usage(
            ctx,
            args.missing("the target, an address or 'default'", ""),
        ));
    };
    let mut route = match family {
        Family::Inet6 => inet6::route(ctx, &said, &target, add)?,
        _ => inet::route(ctx, &said, &target, add)?,
    };
    if let Some(dev) = said.dev.filter(|_| !said.reject || family == Family::Inet6) {
        device(ctx, &mut route, &dev, add)?;
    }
    let conn = ctx.kernel.conn()?;
    let result = match add {
        // As the old interface does it: before those that are there already.
        true => conn.change(&NewRoute {
            nlm_flags: NLM_F_CREATE,
            route,
        }),
        false => conn.change(&DelRoute { route }),
    };
    result.map_err(|e| refused(&e, &said, &target, add))
}

fn refused(error: &Error, said: &Said<'_>, target: &Word<'_>, add: bool) -> CmdError {
    let (what, name) = match add {
        true => ("cannot add the route", "SIOCADDRT"),
        false => ("cannot delete the route", "SIOCDELRT"),
    };
    let word = match error.errno() {
        Some(libc::ENETUNREACH | libc::EHOSTUNREACH) => said.gateway.unwrap_or(*target),
        Some(libc::ENETDOWN) => said.dev.unwrap_or(*target),
        _ => *target,
    };
    let refusal = CmdError::netlink(what, error)
        .ip(format!("{name}: {}", reason(error)))
        .code(SOCKET)
        .at(word.at());
    match error.errno() {
        Some(libc::ENODEV) if said.dev.is_none() && said.gateway.is_none() => {
            refusal.hint("it needs a device or a gateway: 'dev DEVICE' or 'gw ADDRESS'")
        }
        Some(libc::ENETUNREACH) if add => {
            refusal.hint("the gateway has to be on a connected network")
        }
        _ => refusal,
    }
}

/// Reads the words behind `add` or `del`.
pub(super) fn read<'a>(ctx: &Context, args: &mut Args<'a>) -> Result<Said<'a>> {
    let mut said = Said::default();
    if let Some(word) = args.peek() {
        said.is = match WORDS.lookup(&word) {
            Some(Key::Net) => Is::Net,
            Some(Key::Host) => Is::Host,
            _ => Is::Unsaid,
        };
        if said.is != Is::Unsaid {
            args.next();
        }
    }
    said.target = args.next();
    while let Some(word) = args.next() {
        let mut value = || args.value_of(&word).map_err(|e| usage(ctx, e));
        match WORDS.lookup(&word) {
            Some(Key::Gateway) if said.gateway.is_none() => said.gateway = Some(value()?),
            Some(Key::Netmask) if said.netmask.is_none() => said.netmask = Some(value()?),
            Some(Key::Dev) if said.dev.is_none() => said.dev = Some(value()?),
            Some(Key::Metric) => said.metric = Some(number(ctx, &value()?, 0, u32::MAX, "")?),
            Some(Key::Mss) => {
                said.mss = Some(number(
                    ctx,
                    &value()?,
                    64,
                    65536,
                    "route: Invalid MSS/MTU.",
                )?);
            }
            Some(Key::Window) => {
                said.window = Some(number(
                    ctx,
                    &value()?,
                    128,
                    u32::MAX,
                    "route: Invalid window.",
                )?);
            }
            Some(Key::Irtt) => said.irtt = Some(number(ctx, &value()?, 0, u32::MAX >> 3, "")?),
            Some(Key::Reject) => said.reject = true,
            Some(Key::Idle) => {}
            None if said.dev.is_none() => said.dev = Some(word),
            _ => {
                let what = format!("{} is given a second time", quoted(word.text()));
                return Err(usage(ctx, word.error(what, "")));
            }
        }
    }
    Ok(said)
}

/// A decimal number; `line` is net-tools' line when it is outside its limits, the usage where there is none.
fn number(ctx: &Context, word: &Word<'_>, min: u32, max: u32, line: &str) -> Result<u32> {
    let number = word.utf8().and_then(|text| text.parse().ok());
    number.filter(|n| (min..=max).contains(n)).ok_or_else(|| {
        let what = format!("a number from {min} to {max} is expected");
        let error = word.error(what, line).code(USAGE);
        match line {
            "" => usage(ctx, error),
            _ => error,
        }
    })
}

/// The link, and the source address where an alias of one was named.
fn device(ctx: &mut Context, route: &mut RouteSpec<'_>, dev: &Word<'_>, add: bool) -> Result {
    let name = dev.bytes();
    let base = name.split(|&b| b == b':').next().unwrap_or(name);
    let index = ctx.kernel.index_of(base)?;
    let Some(index) = index.and_then(|i| u32::try_from(i).ok()) else {
        let name = if add { "SIOCADDRT" } else { "SIOCDELRT" };
        let line = format!("{name}: {}", errno::text(libc::ENODEV));
        return Err(dev.no_device().ip(line).code(SOCKET));
    };
    route.oif = Some(index);
    if base.len() < name.len() {
        let addresses = Addresses::get(ctx, index)?;
        let labelled = addresses.labelled(name);
        route.prefsrc = labelled.map(|a| IpAddr::V4(a.local)).or(route.prefsrc);
    }
    Ok(())
}

/// The error of a target or gateway that is no address.
pub(super) fn no_address(word: &Word<'_>) -> CmdError {
    unknown_host(word).code(LOOKUP)
}
