//! `rule`: the rules that choose a routing table.

mod list;
mod modify;

pub use list::{WORDS as FILTER, flush, show};
pub use modify::{WORDS as MODIFY, add, delete};

use crate::args::Word;
use crate::error::Result;

/// What iproute2 calls the name of an incoming link.
const IIF: &str = "iif\"/\"dev";

/// A mark, and which bits of it count where it says so: `MARK[/MASK]`.
fn mark(value: &Word<'_>) -> Result<(u32, Option<u32>)> {
    let Some((mark, mask)) = split(value, b'/') else {
        return Ok((value.u32("fwmark value is invalid")?, None));
    };
    let mark = mark.u32("fwmark value is invalid")?;
    Ok((mark, Some(mask.u32("fwmask value is invalid")?)))
}

/// User ids, `FROM-TO`.
fn uids(value: &Word<'_>) -> Result<[u32; 2]> {
    let wrong = || value.wrong_because("user ids are FROM-TO", "invalid UID range");
    let (from, to) = split(value, b'-').ok_or_else(wrong)?;
    match (decimal(&from), decimal(&to)) {
        (Some(from), Some(to)) => Ok([from, to]),
        _ => Err(wrong()),
    }
}

/// A port or a range of them, `FROM-TO`; `message` is iproute2's complaint.
fn ports(value: &Word<'_>, message: &str) -> Result<[u16; 2]> {
    let range = match split(value, b'-') {
        Some((from, to)) => decimal(&from).zip(decimal(&to)),
        None => decimal(value).map(|port| (port, port)),
    };
    match range {
        Some((from, to)) => Ok([from, to]),
        // iproute2 takes a larger number for what is left of it in 16 bits.
        None => Err(value.wrong_because("a port or FROM-TO, 0 to 65535", message)),
    }
}

fn decimal<T: std::str::FromStr>(word: &Word<'_>) -> Option<T> {
    word.utf8()?.parse().ok()
}

/// The two sides of a sign, as words in the same place.
fn split<'w>(word: &Word<'w>, sign: u8) -> Option<(Word<'w>, Word<'w>)> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = word.bytes().iter().position(|byte| *byte == sign)?;
    let (left, right) = word.bytes().split_at(place);
    let part = |bytes| Word::new(OsStr::from_bytes(bytes), word.at());
    Some((part(left), part(right.get(1..)?)))
}

#[cfg(test)]
mod tests;
