//! `vnet gc`: takes away what killed processes of vnet have left.

use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result};
use crate::fabric;
use crate::grammar::{Grammar, help};

/// What the command is told.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Help,
}

/// The words of `vnet gc`.
pub(crate) static GC: Grammar<Key> = Grammar(&[help(Key::Help)]);

/// `vnet gc`. Prints a line for each process whose things it removed; nothing to remove is no error.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    if let Some(word) = args.next() {
        return Err(match GC.lookup(&word) {
            Some(Key::Help) => ctx.usage(),
            None => word.garbage("gc"),
        });
    }
    let why = "what a killed run has left is found as it is taken away";
    ctx.no_dry_run(args, "gc", why)?;
    let failed = |e: fabric::Error| CmdError::new(format!("cannot collect: {e}")).code(FAILED);
    let mut first = None;
    for orphan in fabric::orphans().map_err(failed)? {
        let mark = orphan.mark().to_owned();
        match orphan.collect() {
            Ok((namespaces, groups)) => {
                let line =
                    format!("{mark}: {namespaces} namespaces, {groups} groups of links removed\n");
                ctx.out.text(line.as_str());
            }
            // The others first.
            Err(e) => {
                first.get_or_insert(e);
            }
        }
    }
    first.map_or(Ok(()), |e| Err(failed(e)))
}
