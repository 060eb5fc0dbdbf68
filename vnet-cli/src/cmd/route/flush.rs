//! `route flush`.

use super::filter::{Copies, Filter};
use super::list::{collect, refused};
use super::select;
use crate::args::{Args, Family};
use crate::context::Context;
use crate::error::{CmdError, FAILED, KERNEL, Result, errno};
use crate::show;
use netlink_raw::KernelError;
use netlink_raw::encode::Message;
use netlink_raw::route::route::*;
use std::time::{Duration, Instant};

/// Deletions in one datagram: well below what a socket takes by default.
const BATCH: usize = 256;
/// How long routes may go on appearing.
const PATIENCE: Duration = Duration::from_secs(30);
/// Where the IPv4 routing cache is emptied; there is no message for it.
const IPV4_CACHE: &str = "/proc/sys/net/ipv4/route/flush";

/// `route flush`: deletes the routes that the selectors name, until there are none.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn flush(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    if args.is_empty() {
        return Err(args
            .missing("what to flush", "\"ip route flush\" requires arguments.")
            .hint("'table all' is everything, 'dev DEVICE' what leaves by a link")
            .code(FAILED));
    }
    let selection = select::read(ctx, args)?;
    let (filter, family) = (&selection.filter, selection.family);
    let stats = ctx.options.stats;
    if filter.copies == Copies::Only && family != Family::Inet6 {
        flush_ipv4_cache(ctx)?;
        if stats > 0 {
            ctx.out.raw("*** IPv4 routing cache is flushed.\n");
        }
        if family == Family::Inet {
            return Ok(());
        }
    }
    let request = filter.request(family);
    let start = Instant::now();
    for round in 0u32.. {
        let routes = collect(ctx, &request).map_err(|e| {
            refused(
                "cannot list the routes to flush",
                e,
                selection.table.as_ref(),
            )
        })?;
        let mut doomed = Vec::new();
        for message in routes.messages() {
            let Ok(route) = Route::parse(&message) else {
                continue;
            };
            if !filter.takes(&route) || is_null_entry(&route) {
                continue;
            }
            if stats > 1 {
                show::route::route(ctx, &route, false, &filter.hide())?;
            }
            doomed.extend(DelSeen::of(&message));
        }
        if doomed.is_empty() {
            if stats > 0 {
                summary(ctx, filter, family, round);
            }
            return Ok(());
        }
        delete(ctx, &doomed)?;
        if start.elapsed() > PATIENCE {
            let (seconds, count) = (start.elapsed().as_secs(), doomed.len());
            ctx.out.raw(format_args!(
                "\n*** Flush not completed after {seconds} seconds, {count} entries remain ***\n"
            ));
            return Err(CmdError::silent(FAILED));
        }
        if stats > 0 {
            let (round, count) = (round + 1, doomed.len());
            ctx.out.raw(format_args!(
                "\n*** Round {round}, deleting {count} entries ***\n"
            ));
        }
        // They are all still there.
        if ctx.is_dry() {
            return Ok(());
        }
    }
    Ok(())
}

fn summary(ctx: &mut Context, filter: &Filter, family: Family, rounds: u32) {
    if rounds == 0 && (filter.copies == Copies::No || family == Family::Inet6) {
        ctx.out.raw("Nothing to flush.\n");
    } else {
        let s = if rounds > 1 { "s" } else { "" };
        ctx.out.raw(format_args!(
            "*** Flush is complete after {rounds} round{s} ***\n"
        ));
    }
}

/// The IPv6 route that the kernel itself keeps for what no route leads to.
fn is_null_entry(route: &Route<'_>) -> bool {
    i32::from(route.family) == libc::AF_INET6
        && route.dst_len == 0
        && route.kind == RTN_UNREACHABLE
        && route.priority == Some(u32::MAX)
}

/// Deletes them all; one that is gone meanwhile is none that failed.
fn delete(ctx: &mut Context, doomed: &[DelSeen<'_>]) -> Result {
    let mut first: Option<KernelError> = None;
    for batch in doomed.chunks(BATCH) {
        let requests = batch.iter().map(|route| route as &dyn Message);
        let conn = ctx.kernel.conn()?;
        let sent = conn.batch(requests, |_, refusal| {
            if !matches!(refusal.errno, libc::ESRCH | libc::ENOENT) {
                first.get_or_insert(refusal);
            }
        });
        sent.map_err(|e| CmdError::netlink("cannot delete routes", &e))?;
        if let Some(refusal) = first {
            let why = errno::text(refusal.errno);
            let line = format!("Failed to send flush request: {why}");
            let what = "cannot delete routes";
            return Err(
                CmdError::kernel(what, refusal.errno, refusal.message.as_deref())
                    .ip(line)
                    .code(KERNEL),
            );
        }
    }
    Ok(())
}

fn flush_ipv4_cache(ctx: &Context) -> Result {
    let written = ctx.kernel.mode().write(IPV4_CACHE, "-1");
    written.map_err(|e| {
        let why = e
            .raw_os_error()
            .map_or_else(|| e.to_string().into(), errno::text);
        CmdError::os("cannot flush the IPv4 routing cache", &e)
            .ip(format!("Cannot open \"{IPV4_CACHE}\": {why}"))
    })
}
