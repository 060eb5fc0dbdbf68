//! `link property add|del`: other names of a link.

use super::describe::{bad_name, is_altname};
use super::words::{PROPERTY, Property};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, USAGE, quoted};
use netlink_raw::route::link::{GetLink, Link, LinkProperty};

/// `link property`.
///
/// # Errors
/// Of its words, or the kernel's; then the link has the names it had.
pub fn property(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let remove = match args.next() {
        None => return Err(ctx.usage()),
        Some(word) if word.abbreviates("help") => return Err(ctx.usage()),
        Some(word) if word.abbreviates("add") => false,
        Some(word) if word.abbreviates("del") => true,
        Some(word) => {
            return Err(word
                .error(
                    format!(
                        "'property' is followed by add or del, not {}",
                        quoted(word.text())
                    ),
                    "Operator required",
                )
                .hint("add or del"));
        }
    };
    let (mut dev, mut names): (Option<Word<'_>>, Vec<Word<'_>>) = (None, Vec::new());
    while let Some(word) = args.next() {
        let meaning = PROPERTY.lookup(&word);
        let word = match meaning {
            Some(Property::Help) => return Err(ctx.usage()),
            Some(Property::Altname) => {
                let name = args.value_of(&word)?;
                if !is_altname(name.bytes()) {
                    return Err(bad_name(&name, "not a valid altname"));
                }
                names.push(name);
                continue;
            }
            Some(Property::Dev) => args.value_of(&word)?,
            None => word,
        };
        if dev.is_some() {
            return Err(word.garbage(PROPERTY.name(Property::Dev)));
        }
        dev = Some(word);
    }
    let dev = dev.ok_or_else(|| {
        let ip = "Not enough of information: \"dev\" argument is required.";
        args.missing("the device", ip).code(USAGE)
    })?;
    let index = ctx.kernel.index_of(dev.bytes())?;
    let index = index.ok_or_else(|| dev.no_device())?;
    if names.is_empty() {
        return Ok(());
    }
    change(ctx, &dev, index, &names, remove)
}

fn change(
    ctx: &mut Context,
    dev: &Word<'_>,
    index: i32,
    names: &[Word<'_>],
    remove: bool,
) -> Result {
    let bytes: Vec<&[u8]> = names.iter().map(Word::bytes).collect();
    // With one name there is nothing that could be half done.
    let before = if names.len() > 1 {
        altnames(ctx, index)?
    } else {
        Vec::new()
    };
    let result = ctx.kernel.conn()?.change(&LinkProperty {
        index,
        altnames: &bytes,
        remove,
    });
    ctx.kernel.forget_links();
    let Err(error) = result else { return Ok(()) };
    let after = if names.len() > 1 {
        altnames(ctx, index)?
    } else {
        Vec::new()
    };
    // The first name whose state is not what was asked for is the one that was refused.
    let had = |list: &[Vec<u8>], name: &[u8]| list.iter().any(|n| n == name);
    let culprit = names
        .iter()
        .find(|name| {
            names.len() == 1
                || had(&after, name.bytes()) == remove
                || had(&before, name.bytes()) != remove
        })
        .or(names.last());
    let undo: Vec<&[u8]> = bytes
        .iter()
        .copied()
        .filter(|name| had(&before, name) != had(&after, name))
        .collect();
    let mut undone = Ok(());
    if !undo.is_empty() {
        undone = ctx.kernel.conn()?.change(&LinkProperty {
            index,
            altnames: &undo,
            remove: !remove,
        });
    }
    let verb = if remove { "remove" } else { "add" };
    let name = culprit.map_or_else(String::new, |w| format!(" {}", quoted(w.text())));
    let mut report = CmdError::netlink(
        format!("cannot {verb} name{name} of link {}", quoted(dev.text())),
        &error,
    )
    .at(culprit.map_or(dev.at(), Word::at));
    if let Err(e) = undone {
        report = report.hint(format!(
            "the names before it could not be put back: {}",
            crate::error::reason(&e)
        ));
    }
    Err(report)
}

/// The other names of a link.
fn altnames(ctx: &mut Context, index: i32) -> Result<Vec<Vec<u8>>> {
    let what = "cannot look up a link";
    let found = ctx.kernel.conn()?.get(&GetLink::by_index(index), |reply| {
        Link::parse(&reply).map(|link| link.altnames().map(<[u8]>::to_vec).collect())
    });
    found
        .map_err(|e| CmdError::netlink(what, &e))?
        .map_err(|e| CmdError::netlink(what, &e.into()))
}
