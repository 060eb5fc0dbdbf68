//! `vnet churn`: worlds of many namespaces made and destroyed, and what that costs.

mod cleanup;
mod meter;
mod run;
mod shape;
mod signals;
mod steady;
#[cfg(test)]
mod tests;
mod usable;
mod words;

pub(crate) use words::CHURN;

use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use words::Command;

/// `vnet churn`.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let at = args.place().saturating_sub(1);
    match words::parse(ctx, args)? {
        Command::Run(wanted) => {
            // Its words are behind it by now.
            let why = "its figures are those of what was done";
            ctx.kernel.mode().refuse("churn", why, at)?;
            run::run(ctx, &wanted)
        }
        Command::Compare(one, two) => run::compare(ctx, &one, &two),
    }
}
