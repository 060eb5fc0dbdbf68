//! The legs of a multipath route: `nexthop via … dev … weight …`, any number of them, at the end.

use super::grammar::{LEG, ROUTE, Route};
use super::refusal::Places;
use super::values;
use crate::args::{Args, Family};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, USAGE, quoted};
use netlink_raw::route::route::{Gateway, NextHop, RTNH_F_ONLINK};

/// Reads the legs; the next word is the first `nexthop`. The family is that of the route, and that
/// of the first gateway where it has none yet.
pub(super) fn read<'a>(
    ctx: &mut Context,
    args: &mut Args<'a>,
    family: &mut Family,
    places: &mut Places<'a>,
) -> Result<Vec<NextHop>> {
    let mut legs = Vec::new();
    while let Some(word) = args.next() {
        if ROUTE.lookup(&word) != Some(Route::NextHop) {
            return Err(word.error(
                format!(
                    "'nexthop' or the end is due instead of {}",
                    quoted(word.text())
                ),
                format!("Error: \"nexthop\" or end of line is expected instead of \"{word}\""),
            ));
        }
        places.nexthop.get_or_insert(word);
        if args.is_empty() {
            return Err(args
                .incomplete("what 'nexthop' is")
                .ip("Error: unexpected end of line after \"nexthop\""));
        }
        legs.push(leg(ctx, args, family, places)?);
    }
    Ok(legs)
}

fn leg<'a>(
    ctx: &mut Context,
    args: &mut Args<'a>,
    family: &mut Family,
    places: &mut Places<'a>,
) -> Result<NextHop> {
    let mut hop = NextHop::default();
    while let Some(word) = args.next() {
        match LEG.lookup(&word) {
            Some(Route::Via) => {
                let (gateway, value) = gateway(args, &word, family)?;
                hop.gateway = Some(gateway);
                places.via.get_or_insert(value);
            }
            Some(Route::Dev) => {
                let device = args.value_of(&word)?;
                // iproute2's exit code of a wrong leg, whatever is wrong.
                let index = values::link(ctx, &device).map_err(|e| e.code(USAGE))?;
                hop.index = index.cast_signed();
                places.dev.get_or_insert(device);
            }
            Some(Route::Weight) => {
                let value = args.value_of(&word)?;
                let message = "\"weight\" is invalid";
                let weight = value.u32(message)?;
                hop.hops = weight
                    .checked_sub(1)
                    .and_then(|hops| u8::try_from(hops).ok())
                    .ok_or_else(|| value.out_of_range(1, 256, message))?;
            }
            Some(Route::OnLink) => {
                hop.flags |= RTNH_F_ONLINK as u8;
                places.onlink.get_or_insert(word);
            }
            Some(Route::Realms) => {
                let value = args.value_of(&word)?;
                hop.flow = Some(values::realms(ctx, &value, "\"realm\" value is invalid")?);
            }
            Some(Route::Encap | Route::As) => return Err(unsupported(&word)),
            _ => {
                args.back();
                break;
            }
        }
    }
    Ok(hop)
}

/// The gateway behind `via`: of the route's family, or of the one that is named.
pub(super) fn gateway<'a>(
    args: &mut Args<'a>,
    keyword: &crate::args::Word<'a>,
    family: &mut Family,
) -> Result<(Gateway, crate::args::Word<'a>)> {
    let named = values::address_family(args)?;
    let word = args.value_of(keyword)?;
    let address = word.ip(named.unwrap_or(*family))?;
    if *family == Family::Unspec {
        *family = Family::of(&address);
    }
    let gateway = match Family::of(&address) == *family {
        true => Gateway::Same(address),
        false => Gateway::Via(address),
    };
    Ok((gateway, word))
}

/// The error of what iproute2 knows and vnet does not.
pub(super) fn unsupported(word: &crate::args::Word<'_>) -> CmdError {
    let what = format!("'{word}' is not supported by vnet");
    let ip = format!("Error: {what}.");
    word.error(what, ip).code(FAILED)
}
