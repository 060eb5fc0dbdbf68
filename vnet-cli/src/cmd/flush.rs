//! What the commands about addresses and neighbours have in common: listing, and deleting many at a time.

use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, reason};
use crate::options::Options;
use crate::out::Out;
use netlink_raw::error::{Error, KernelError};
use netlink_raw::{Collected, Message};

/// Deletions in one datagram: well under what a socket takes.
pub(crate) const BATCH: usize = 256;

/// ip's answer to a flush without words.
pub(crate) fn required(args: &Args<'_>) -> Result {
    if !args.is_empty() {
        return Ok(());
    }
    Err(args
        .missing("which ones", "Flush requires arguments.")
        .hint("'flush dev DEVICE' takes away all of one device")
        .code(FAILED))
}

/// What was listed changed again and again while it was listed: ip's words for it.
pub(crate) fn warn_interrupted(ctx: &Context, listed: &Collected) {
    if listed.interrupted() {
        ctx.warn("Dump was interrupted and may be inconsistent.");
    }
}

/// What a flush shows is text, with `-j` too.
pub(crate) fn text_out(options: &Options) -> Out {
    let text = Options {
        json: false,
        ..options.clone()
    };
    Out::memory(&text)
}

/// Sends deletions as one datagram: the first that was refused, but for what `ignore` says, and its place.
pub(crate) fn batch<'m>(
    ctx: &mut Context,
    requests: impl Iterator<Item = &'m dyn Message>,
    ignore: impl Fn(&KernelError) -> bool,
) -> Result<Option<(usize, Error)>> {
    let mut first = None;
    let sent = ctx.kernel.conn()?.batch(requests, |i, e| {
        if first.is_none() && !ignore(&e) {
            first = Some((i, Error::from(e)));
        }
    });
    sent.map_err(|e| refused("cannot send the deletions", &e))?;
    Ok(first)
}

/// A deletion of a flush that failed.
pub(crate) fn refused(what: impl Into<String>, e: &Error) -> CmdError {
    let line = format!("Failed to send flush request: {}", reason(e));
    CmdError::netlink(what, e).ip(line)
}

/// A flush goes round until nothing is left: what is deleted may let something else appear.
#[derive(Debug, Default)]
pub(crate) struct Rounds {
    count: u32,
}

impl Rounds {
    /// Whether there may be another round; a limit of 0 is none.
    pub(crate) fn another(&self, limit: u32) -> bool {
        limit == 0 || self.count < limit
    }

    /// One is over, in which so many were deleted.
    pub(crate) fn done(&mut self, ctx: &mut Context, deleted: usize, what: &str) {
        self.count += 1;
        if ctx.options.stats > 0 {
            let round = self.count;
            let line = format_args!("\n*** Round {round}, deleting {deleted} {what} ***\n");
            ctx.out.raw(line);
        }
    }

    /// Nothing is left.
    pub(crate) fn complete(&self, ctx: &mut Context) {
        if ctx.options.stats == 0 {
            return;
        }
        match self.count {
            0 => ctx.out.raw("Nothing to flush.\n"),
            n => {
                let s = if n > 1 { "s" } else { "" };
                let line = format_args!("*** Flush is complete after {n} round{s} ***\n");
                ctx.out.raw(line);
            }
        }
    }
}
