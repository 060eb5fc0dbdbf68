//! `neigh`: the neighbours of a host, known by ARP and NDP.

mod get;
mod list;
mod modify;

pub use get::{WORDS as GET, get};
pub use list::{WORDS as FILTER, flush, show};
pub use modify::{WORDS as MODIFY, add, change, delete, replace};

use crate::args::{Prefix, Word};
use crate::context::Context;
use crate::error::{CmdError, KERNEL, Result, quoted};
use crate::grammar::{Grammar, exact, short};
use crate::names::Table;
use netlink_raw::route::neigh::*;

/// The states of a neighbour, in the order in which ip looks through them.
static STATES: Grammar<u16> = Grammar(&[
    short(NUD_PERMANENT, "permanent"),
    short(NUD_REACHABLE, "reachable"),
    exact(NUD_NOARP, "noarp"),
    exact(NUD_NONE, "none"),
    exact(NUD_STALE, "stale"),
    exact(NUD_INCOMPLETE, "incomplete"),
    exact(NUD_DELAY, "delay"),
    exact(NUD_PROBE, "probe"),
    short(NUD_FAILED, "failed"),
]);

/// A state by name or number, which is one bit of the eight, or 0.
fn state(value: &Word<'_>) -> Option<u16> {
    let number = || {
        let bits = u16::from(value.u8("").ok()?);
        (bits.count_ones() <= 1).then_some(bits)
    };
    STATES.lookup(value).or_else(number)
}

/// The error of a word that is no state.
fn no_state(value: &Word<'_>) -> CmdError {
    let mut names = String::new();
    for state in (&STATES as &dyn crate::grammar::Words).iter() {
        names.push_str(state.name);
        names.push_str(", ");
    }
    value
        .wrong_because("there is no such state", "nud state is bad")
        .hint(format!("one of {}", names.trim_end_matches(", ")))
}

/// Who made an entry, by name or number (rt_protos).
fn protocol(ctx: &Context, value: &Word<'_>) -> Option<u8> {
    let number = ctx.names.number(Table::RouteProtocol, value.bytes());
    number.and_then(|n| u8::try_from(n).ok())
}

/// The index of a device that has to be there.
fn device(ctx: &mut Context, value: &Word<'_>) -> Result<i32> {
    let index = ctx.kernel.index_of(value.bytes())?;
    index.ok_or_else(|| value.no_device())
}

/// `any` is no address: of a known family the kernel would be sent one of no length. `ip` is its answer.
fn real(to: &Prefix, value: &Word<'_>, ip: &str) -> Result {
    match to.address {
        Some(_) => Ok(()),
        None => Err(value
            .error(format!("{} is no address", quoted(value.text())), ip)
            .code(KERNEL)),
    }
}

#[cfg(test)]
mod tests;
