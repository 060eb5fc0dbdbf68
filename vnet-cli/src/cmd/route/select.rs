//! The words that say which routes are meant.

use super::filter::{Copies, Filter, Kinds};
use super::grammar::{RANGE, Range, SELECTORS, Select};
use super::values;
use crate::args::{Args, Family, Prefix, Word};
use crate::context::Context;
use crate::error::Result;
use crate::names::Table;
use crate::show::route::kind_number;
use netlink_raw::route::route::RT_TABLE_MAIN;

/// A selection as its words say it.
pub(super) struct Selection<'a> {
    pub(super) filter: Filter,
    /// The family to ask the kernel for.
    pub(super) family: Family,
    /// Where the table stands.
    pub(super) table: Option<Word<'a>>,
}

/// Reads selectors up to the end.
pub(super) fn read<'a>(ctx: &mut Context, args: &mut Args<'a>) -> Result<Selection<'a>> {
    let mut filter = Filter {
        family: ctx.options.family,
        table: Some(RT_TABLE_MAIN),
        ..Filter::default()
    };
    let (mut dev, mut iif, mut table) = (None, None, None);
    while let Some(word) = args.next() {
        match SELECTORS.lookup(&word) {
            Some(Select::Cached) => filter.copies = Copies::Only,
            Some(Select::Dev) => dev = Some(args.value_of(&word)?),
            Some(Select::Iif) => iif = Some(args.value_of(&word)?),
            Some(Select::Via) => {
                let family = values::address_family(args)?.unwrap_or(ctx.options.family);
                filter.gateway = Some(args.value_of(&word)?.prefix(family)?);
            }
            Some(Select::From) => {
                let (root, around) = range(ctx, args, None, &word)?;
                filter.src_root = root.or(filter.src_root);
                filter.src_match = around.or(filter.src_match);
            }
            Some(Select::To) => {
                let (root, around) = range(ctx, args, None, &word)?;
                filter.dst_root = root.or(filter.dst_root);
                filter.dst_match = around.or(filter.dst_match);
            }
            None => {
                let (root, around) = range(ctx, args, Some(word), &word)?;
                filter.dst_root = root.or(filter.dst_root);
                filter.dst_match = around.or(filter.dst_match);
            }
            Some(known) => {
                let value = args.value_of(&word)?;
                if matches!(known, Select::Table | Select::Vrf) {
                    table = Some(value);
                }
                plain(ctx, &mut filter, known, &value)?;
            }
        }
    }
    let family = match ctx.options.family {
        Family::Unspec if filter.table.is_some() => Family::Inet,
        family => family,
    };
    filter.family = family;
    if let Some(device) = iif {
        filter.iif = Some(values::link(ctx, &device)?);
    }
    if let Some(device) = dev {
        filter.oif = Some(values::link(ctx, &device)?);
    }
    Ok(Selection {
        filter,
        family,
        table,
    })
}

/// One keyword with a plain value.
fn plain(ctx: &mut Context, filter: &mut Filter, known: Select, value: &Word<'_>) -> Result {
    match known {
        Select::Table => match ctx.names.number(Table::RouteTable, value.bytes()) {
            Some(number) => filter.table = Some(number).filter(|&n| n != 0),
            None if value.is("all") => filter.table = None,
            None if value.is("cache") => filter.copies = Copies::Only,
            None if value.is("help") => return Err(ctx.usage()),
            None => {
                values::table(ctx, value, "table id value is invalid")?;
            }
        },
        Select::Vrf => {
            filter.table = Some(values::vrf_table(ctx, value)?);
            filter.kinds = Some(Kinds::Forwarded);
        }
        Select::Tos => filter.tos = Some(values::tos(ctx, value, "TOS value is invalid")?),
        Select::Protocol => match values::named(ctx, Table::RouteProtocol, value) {
            Some(number) => filter.protocol = Some(number),
            None if value.is("all") => filter.protocol = None,
            None => return Err(value.wrong("invalid \"protocol\"")),
        },
        Select::Scope => match values::named(ctx, Table::Scope, value) {
            Some(number) => filter.scope = Some(number),
            None if value.is("all") => filter.scope = None,
            None => return Err(value.wrong("invalid \"scope\"")),
        },
        Select::Type => {
            let kind = kind_number(value);
            let wrong = || value.wrong("node type value is invalid");
            filter.kinds = Some(Kinds::One(kind.ok_or_else(wrong)?));
        }
        Select::Mark => filter.mark = Some(value.u32("invalid mark value")?),
        Select::Metric => filter.metric = Some(value.u32("\"metric\" value is invalid")?),
        Select::Src => filter.prefsrc = Some(value.prefix(ctx.options.family)?),
        Select::Realms => filter.realms = Some(realms(ctx, value)?),
        Select::Cached | Select::Dev | Select::Iif | Select::Via | Select::From | Select::To => {}
    }
    Ok(())
}

/// Realms, and which of the two were given: `3/` is any destination's, `4` any source's.
fn realms(ctx: &Context, value: &Word<'_>) -> Result<(u32, u32)> {
    let realms = values::realms(ctx, value, "invalid realms")?;
    let mut mask = u32::MAX;
    if realms & 0xffff == 0 && value.bytes().ends_with(b"/") {
        mask &= !0xffff;
    }
    let no_source = !value.bytes().contains(&b'/') || value.bytes().starts_with(b"/");
    if realms & 0xffff_0000 == 0 && no_source {
        mask &= 0xffff;
    }
    Ok((realms, mask))
}

/// `root PREFIX`, `match PREFIX`, `[ exact ] PREFIX`: the prefix to be within, and that to be around.
fn range(
    ctx: &Context,
    args: &mut Args<'_>,
    first: Option<Word<'_>>,
    keyword: &Word<'_>,
) -> Result<(Option<Prefix>, Option<Prefix>)> {
    let family = ctx.options.family;
    let word = match first {
        Some(word) => word,
        None => args.value_of(keyword)?,
    };
    Ok(match RANGE.lookup(&word) {
        Some(Range::Root) => (Some(args.value_of(&word)?.prefix(family)?), None),
        Some(Range::Match) => (None, Some(args.value_of(&word)?.prefix(family)?)),
        Some(Range::Exact) => {
            let prefix = args.value_of(&word)?.prefix(family)?;
            (Some(prefix), Some(prefix))
        }
        None => {
            let prefix = word.prefix(family)?;
            (Some(prefix), Some(prefix))
        }
    })
}
