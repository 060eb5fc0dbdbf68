//! `addr flush`: takes away every address the words are about, many with one datagram.

use super::filter::Filter;
use crate::args::{Args, Family};
use crate::cmd::flush::{BATCH, Rounds, batch, refused, required, text_out, warn_interrupted};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, USAGE, quoted};
use crate::show::addr::{Style, record};
use netlink_raw::route::addr::{
    Address, AddressRequest, DelAddress, GetAddresses, IFA_F_SECONDARY,
};
use netlink_raw::{Collected, Message};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// `addr flush`.
pub fn flush(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    required(args)?;
    if ctx.options.family == Family::Link {
        let error = CmdError::new("a link-layer address cannot be taken away");
        return Err(error.ip("Cannot flush link addresses.").code(FAILED));
    }
    let filter = Filter::read(ctx, args)?;
    let primary_only = filter.flags.mask & !filter.flags.set & IFA_F_SECONDARY != 0;
    let mut rounds = Rounds::default();
    while rounds.another(ctx.options.loops) {
        let dump = dump(ctx, &filter)?;
        let found = select(ctx, &filter, &dump)?;
        if found.is_empty() {
            rounds.complete(ctx);
            return Ok(());
        }
        delete(ctx, &found)?;
        rounds.done(ctx, found.len(), "addresses");
        // A further round would take what was promoted from secondary; in a dry run they are all still there.
        if primary_only || ctx.is_dry() {
            rounds.complete(ctx);
            return Ok(());
        }
    }
    let n = ctx.options.loops;
    Err(
        CmdError::new(format!("addresses are left after {n} rounds"))
            .ip(format!(
                "*** Flush remains incomplete after {n} rounds. ***"
            ))
            .hint("'-l 0' goes on until none is left"),
    )
}

/// The addresses of a family and a device, or of all.
pub(super) fn dump(ctx: &mut Context, filter: &Filter<'_>) -> Result<Collected> {
    let request = GetAddresses {
        family: filter.family.number(),
        index: filter.dev.map_or(0, |(index, _)| index.unsigned_abs()),
        target_netnsid: None,
    };
    let answer = ctx.kernel.conn()?.collect(&request);
    let all = answer.map_err(|e| CmdError::dump("cannot list addresses", &e))?;
    warn_interrupted(ctx, &all);
    Ok(all)
}

/// Those the words are about, shown with `-s -s`.
fn select<'d>(
    ctx: &mut Context,
    filter: &Filter<'_>,
    dump: &'d Collected,
) -> Result<Vec<Address<'d>>> {
    let mut found = Vec::new();
    let mut shown = text_out(&ctx.options);
    for message in dump.messages() {
        let Ok(address) = Address::parse(&message) else {
            continue;
        };
        let dev = ctx.kernel.name_of(address.index.cast_signed())?;
        if filter
            .dev
            .is_some_and(|(index, _)| index.unsigned_abs() != address.index)
            || !filter.accepts(&address, &dev)
        {
            continue;
        }
        if ctx.options.stats > 1 {
            let style = Style {
                dev: Some(&dev),
                deleted: false,
            };
            record(&mut shown, &ctx.options, &ctx.names, &address, style);
        }
        found.push(address);
    }
    ctx.out.raw(shown.take().as_slice());
    Ok(found)
}

fn delete(ctx: &mut Context, found: &[Address<'_>]) -> Result {
    let requests: Vec<DelAddress<'_>> = found.iter().map(deletion).collect();
    for (requests, found) in requests.chunks(BATCH).zip(found.chunks(BATCH)) {
        let messages = requests.iter().map(|r| r as &dyn Message);
        // What went with another address (a secondary with its primary) is not an error.
        let first = batch(ctx, messages, |e| e.errno == libc::EADDRNOTAVAIL)?;
        let Some((address, e)) = first.and_then(|(i, e)| Some((found.get(i)?, e))) else {
            continue;
        };
        let dev = ctx.kernel.name_of(address.index.cast_signed())?;
        let what = match address.own() {
            Some(own) => format!("cannot delete address {own}/{}", address.prefixlen),
            None => "cannot delete an address".to_owned(),
        };
        let dev = quoted(OsStr::from_bytes(&dev));
        return Err(refused(format!("{what} from {dev}"), &e).code(USAGE));
    }
    Ok(())
}

fn deletion<'d>(address: &Address<'d>) -> DelAddress<'d> {
    DelAddress(AddressRequest {
        family: address.family,
        prefixlen: address.prefixlen,
        index: address.index,
        local: address.own(),
        address: address.address,
        label: address.label,
        ..AddressRequest::default()
    })
}
