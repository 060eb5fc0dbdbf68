//! `type veth`: the other end.

use super::super::describe::generic;
use super::{KindReader, Meaning, Settings};
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, exact};

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<()>> = Grammar(&[
    exact(Meaning::Set(|(), _, _| Ok(())), "peer")
        .value("[ name NAME ] [ netns NETNS ] ...")
        .says("the other end, in the words of a link"),
    super::helps(),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let Some(word) = reader.reader.args.next() else {
        return Ok(Settings::Plain);
    };
    match WORDS.lookup(&word) {
        Some(Meaning::Set(_)) => {
            let kind = reader.kind;
            let end = generic(reader.reader, Some(&kind))?;
            Ok(Settings::Veth(Box::new(end)))
        }
        Some(Meaning::Help) => Err(reader.usage()),
        None => {
            let error: CmdError = reader.unknown(&word, "option");
            Err(error.ip("Usage: ip link <options> type veth [peer <options>]"))
        }
    }
}
