//! `route show`.

use super::select;
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::show;
use netlink_raw::route::route::{GetRoutes, RT_TABLE_MAIN, Route};
use netlink_raw::{Collected, Error};

/// `route show`: lists the routes that the selectors name.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn list(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let selection = select::read(ctx, args)?;
    let request = selection.filter.request(selection.family);
    let routes = match collect(ctx, &request) {
        // The main table comes to be with its first route; until then it is empty, and no error.
        Err(Failed::Dump(e))
            if request.table == Some(RT_TABLE_MAIN) && e.errno() == Some(libc::ENOENT) =>
        {
            Collected::default()
        }
        other => {
            other.map_err(|e| refused("cannot list the routes", e, selection.table.as_ref()))?
        }
    };
    let hide = selection.filter.hide();
    ctx.out.open_document();
    for message in routes.messages() {
        match Route::parse(&message) {
            Ok(route) if selection.filter.takes(&route) => {
                show::route::route(ctx, &route, false, &hide)?;
            }
            _ => {}
        }
    }
    ctx.out.close_document();
    if routes.interrupted() {
        ctx.warn("Dump was interrupted and may be inconsistent.");
    }
    Ok(())
}

/// All routes that the kernel's own filters let through.
pub(super) fn collect(
    ctx: &mut Context,
    request: &GetRoutes,
) -> std::result::Result<Collected, Failed> {
    let conn = ctx.kernel.conn().map_err(Failed::Socket)?;
    conn.collect(request).map_err(Failed::Dump)
}

/// Why a dump failed.
pub(super) enum Failed {
    /// There is no socket.
    Socket(CmdError),
    /// The kernel refused, or the exchange broke off.
    Dump(Error),
}

/// The error of a failed dump; the table may be at fault.
pub(super) fn refused(what: &str, failed: Failed, table: Option<&Word<'_>>) -> CmdError {
    let error = match failed {
        Failed::Socket(error) => return error,
        Failed::Dump(error) => error,
    };
    let refusal = CmdError::netlink(what, &error);
    let Some(word) = table.filter(|_| error.errno() == Some(libc::ENOENT)) else {
        return refusal;
    };
    refusal
        .at(word.at())
        .hint("a table is there as long as it holds routes; 'table all' lists every one")
}
