//! `bridge`: ports, forwarding entries and VLANs of bridges.

pub mod fdb;
pub mod fdb_show;
pub mod link;
pub mod monitor;
pub mod vlan;
pub mod vlan_options;
pub mod vlan_show;

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, USAGE, quoted};

/// The index of a device; `ip` is what the line says of one that is not there.
fn device(ctx: &mut Context, word: &Word<'_>, ip: &str) -> Result<i32> {
    let index = ctx.kernel.index_of(word.bytes())?;
    index.ok_or_else(|| word.no_device().ip(format!("{ip} \"{word}\"")).code(USAGE))
}

/// iproute2's words for a device that is not there: of one command they are these, of the next those.
const NO_DEVICE: &str = "Cannot find device";
const NO_BRIDGE: &str = "Cannot find bridge device";
const NO_PORT: &str = "Cannot find bridge port device";
const NO_NETWORK_DEVICE: &str = "Cannot find network device";

/// A decimal number, as atoi(3) reads it, and nothing else around it.
fn decimal(word: &Word<'_>) -> Option<u64> {
    let digits = word.utf8()?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// A decimal number up to a limit.
fn number<T: TryFrom<u64>>(word: &Word<'_>, keyword: &str, max: u64) -> Result<T> {
    let value = decimal(word).filter(|&v| v <= max);
    value
        .and_then(|v| T::try_from(v).ok())
        .ok_or_else(|| word.out_of_range(0, max, &format!("invalid {keyword}")))
}

/// The number of a VLAN that there can be.
fn vlan_id(bytes: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(bytes).ok()?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|&vid| plain && vid < 4096)
}

/// A VLAN; `ip` is the line of one that is none.
fn vid(word: &Word<'_>, ip: impl Into<String>) -> Result<u16> {
    vlan_id(word.bytes()).ok_or_else(|| {
        word.error(
            format!(
                "{} is no VLAN: a number from 0 to 4095 is",
                quoted(word.text())
            ),
            ip,
        )
    })
}

/// A state of the spanning tree, by name or number; `ip` is the line of one that is none.
fn state(word: &Word<'_>, ip: &str) -> Result<u8> {
    use crate::show::bridge::link::STATES;
    let named = STATES.iter().position(|name| word.is(name));
    let number = named.and_then(|n| u8::try_from(n).ok());
    let number = number.or_else(|| decimal(word).and_then(|n| u8::try_from(n).ok()));
    number.ok_or_else(|| {
        word.error(format!("{} is no state", quoted(word.text())), ip)
            .hint(format!("one of {}, or a number", STATES.join(", ")))
    })
}

/// A refused change: bridge's exit code is 255.
fn refused(what: impl Into<String>, why: &netlink_raw::Error, at: usize) -> CmdError {
    CmdError::netlink(what, why).at(at).code(USAGE)
}

/// A word that is no keyword of the command. iproute2 passes over it without a word; to do something else than what
/// was asked for is worse than to refuse.
fn unknown(ctx: &Context, word: &Word<'_>) -> CmdError {
    if word.abbreviates("help") {
        return ctx.usage();
    }
    let what = format!("{} is no keyword here", quoted(word.text()));
    let ip = format!("Error: {what}.");
    CmdError::new(what).ip(ip).at(word.at())
}

/// The same in a list, where iproute2's own name goes on as it always did.
fn passed_over(ctx: &Context, word: &Word<'_>) -> Result {
    match ctx.program.stands_in() && !word.abbreviates("help") {
        true => Ok(()),
        false => Err(unknown(ctx, word)),
    }
}

/// The error of a line without the words that it has to have.
fn required(args: &Args<'_>, what: &str, ip: &str) -> CmdError {
    args.missing(what, ip).code(USAGE)
}

#[cfg(test)]
mod tests;
