//! `link set` and `link delete`.

use super::describe::{Purpose, Reader, describe};
use super::description::Description;
use super::refused::{refused, taken_there};
use super::restore::Before;
use super::words::{DELETE, LINK};
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use netlink_raw::route::link::{DelLink, LinkRequest};

/// `link set`, `link change`: one link, or all of a group.
///
/// The kernel makes the changes of one request in an order of its own and stops at the first that it
/// refuses; what it changed before is then changed back.
///
/// # Errors
/// Of its words, or the kernel's; then everything is as it was.
pub fn set(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let link = describe(&mut Reader {
        ctx,
        args,
        purpose: Purpose::Change,
        words: &LINK,
    })?;
    // The kernel moves first and renames then: too late to find that the name is taken there.
    if link.netns.is_some()
        && let Some(name) = link.occupied(ctx)
    {
        return Err(taken_there(&link, &name));
    }
    let before = Before::of(ctx, &link)?;
    let conn = ctx.kernel.conn()?;
    let changed = link.with_request(|request| match ahead_of_move(request) {
        Some((settings, rest)) => conn.change(&settings).and_then(|()| conn.change(&rest)),
        None => conn.change(request),
    });
    ctx.kernel.forget_links();
    changed.map_err(|e| {
        let error = refused(ctx, &link, "change", &e);
        before.restore(ctx, &link, error)
    })
}

/// What is asked for besides a move to another namespace and can be done before it, and the rest.
///
/// The kernel moves first; what it refused afterwards would leave the link in the other namespace
/// and without its addresses.
fn ahead_of_move<'r>(request: &LinkRequest<'r>) -> Option<(LinkRequest<'r>, LinkRequest<'r>)> {
    request.netns.as_ref()?;
    // Without an index the group chooses the links.
    (request.index != 0).then_some(())?;
    let settings = LinkRequest {
        address: request.address,
        broadcast: request.broadcast,
        mtu: request.mtu,
        txqlen: request.txqlen,
        group: request.group,
        alias: request.alias,
        kind: request.kind,
        ..LinkRequest::change(request.index)
    };
    let rest = LinkRequest {
        address: None,
        broadcast: None,
        mtu: None,
        txqlen: None,
        group: None,
        alias: None,
        kind: None,
        ..request.clone()
    };
    let any = request.address.is_some()
        || request.broadcast.is_some()
        || request.mtu.is_some()
        || request.txqlen.is_some()
        || request.alias.is_some()
        || request.kind.is_some()
        || request.group.is_some();
    any.then_some((settings, rest))
}

/// `link delete`: one link, or all of a group in one pass of the kernel's. As in iproute2, the words
/// of `link set` may stand here, and do nothing.
///
/// # Errors
/// Of its words, or the kernel's; then nothing is deleted.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let link = describe(&mut Reader {
        ctx,
        args,
        purpose: Purpose::Change,
        words: &DELETE,
    })?;
    let conn = ctx.kernel.conn()?;
    let deleted = conn.change(&deletion(&link));
    ctx.kernel.forget_links();
    deleted.map_err(|e| refused(ctx, &link, "delete", &e))
}

/// What is to be deleted: a link, or, where none is named, a group.
pub(super) fn deletion(link: &Description<'_>) -> DelLink<'static> {
    DelLink {
        index: link.fixed.index,
        name: None,
        group: link.fixed.group.filter(|_| link.dev.is_none()),
    }
}
