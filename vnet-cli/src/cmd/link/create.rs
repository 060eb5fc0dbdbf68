//! `link add` and `link replace`: one `RTM_NEWLINK` that makes the link, and both ends of a veth where they belong.

use super::describe::{Purpose, Reader, describe};
use super::kinds::Settings;
use super::refused::refused;
use super::words::LINK;
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

/// `link add`.
///
/// # Errors
/// Of its words, or the kernel's; then there is no link.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    create(ctx, args, NLM_F_CREATE | NLM_F_EXCL)
}

/// `link replace`: creates the link, or changes it when it is there.
///
/// # Errors
/// Of its words, or the kernel's.
pub fn replace(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    create(ctx, args, NLM_F_CREATE | NLM_F_REPLACE)
}

/// iproute2's words about the port that Linux took before IANA gave one.
const NO_PORT: &str = "vxlan: destination port not specified\n\
    Will use Linux kernel default (non-standard value)\n\
    Use 'dstport 4789' to get the IANA assigned value\n\
    Use 'dstport 0' to get default and quiet this message";

fn create(ctx: &mut Context, args: &mut Args<'_>, flags: u16) -> Result {
    let mut link = describe(&mut Reader {
        ctx,
        args,
        purpose: Purpose::Create,
        words: &LINK,
    })?;
    link.fixed.nlm_flags = flags;
    if matches!(link.settings, Settings::Vxlan(_, true)) {
        ctx.warn(NO_PORT);
    }
    let conn = ctx.kernel.conn()?;
    let made = link.with_request(|request| conn.change(request));
    ctx.kernel.forget_links();
    made.map_err(|e| refused(ctx, &link, "create", &e))
}
