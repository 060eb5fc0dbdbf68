//! `type macvlan` and `macvtap`.

use super::{KindReader, Meaning, Settings, helps, mac, word};
use crate::args::Word;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::grammar::{Grammar, Value};
use netlink_raw::route::link::*;

/// The settings, and what has to be remembered until all words are read.
#[derive(Default)]
pub(super) struct State {
    options: MacvlanOptions<'static>,
    addresses: Option<Vec<[u8; 6]>>,
    /// Where `flag nopromisc` stood.
    nopromisc_at: Option<usize>,
}

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    word("mode", |state: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_MACVLAN_MODE")?;
        state.options.mode = Some(match value.bytes() {
            b"private" => MACVLAN_MODE_PRIVATE,
            b"vepa" => MACVLAN_MODE_VEPA,
            b"bridge" => MACVLAN_MODE_BRIDGE,
            b"passthru" => MACVLAN_MODE_PASSTHRU,
            b"source" => MACVLAN_MODE_SOURCE,
            _ => {
                return Err(not_of(
                    &value,
                    "mode",
                    "private, vepa, bridge, passthru or source",
                    "\"private\", \"vepa\", \"bridge\", \"passthru\" or \"source\"",
                ));
            }
        });
        // The flag's first spelling, which ip takes still: right behind the mode.
        if value.is("passthru")
            && let Some(flag) = r.reader.args.peek().filter(|word| word.is("nopromisc"))
        {
            r.reader.args.next();
            r.marks.note("IFLA_MACVLAN_FLAGS", flag.at());
            state.nopromisc_at = Some(flag.at());
            state.options.flags = Some(state.options.flags.unwrap_or(0) | MACVLAN_FLAG_NOPROMISC);
        }
        Ok(())
    })
    .takes(Value::OneOf(&[
        "private", "vepa", "bridge", "passthru", "source",
    ]))
    .says("how it speaks to others on the same device"),
    word("flag", |state: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_MACVLAN_FLAGS")?;
        let flags = state.options.flags.unwrap_or(0);
        state.options.flags = Some(match value.bytes() {
            b"nopromisc" => {
                state.nopromisc_at = Some(value.at());
                flags | MACVLAN_FLAG_NOPROMISC
            }
            b"nodst" => flags | MACVLAN_FLAG_NODST,
            b"null" => flags,
            _ => {
                return Err(not_of(
                    &value,
                    "flag",
                    "nopromisc, nodst or null",
                    "\"nopromisc\", \"nodst\" or \"null\"",
                ));
            }
        });
        Ok(())
    })
    .takes(Value::OneOf(&["null", "nopromisc", "nodst"]))
    .says("nopromisc with mode passthru, nodst with mode source"),
    word("macaddr", |state: &mut State, r, keyword| {
        macaddr(state, r, &keyword)
    })
    .value("{ add | del } LLADDR | set [ LLADDR ... ] | flush")
    .says("addresses of mode source"),
    word("bcqueuelen", |state: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_MACVLAN_BC_QUEUE_LEN")?;
        let length = value.u32("").map_err(|_| {
            not_of_number(&value, "bcqueuelen", "a positive integer [0-4294967295]")
        })?;
        state.options.bc_queue_len = Some(length);
        Ok(())
    })
    .value("PACKETS")
    .says("broadcast packets that may wait"),
    helps(),
    super::whole("bclim", |state: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_MACVLAN_BC_CUTOFF")?;
        state.options.bc_cutoff = Some(value.i32("invalid bclim")?);
        Ok(())
    })
    .value("COUNT")
    .says("receivers from which on a broadcast packet waits"),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut state = State::default();
    reader.all(&WORDS, &mut state, "option")?;
    let mode = state.options.mode;
    if let Some(at) = state.nopromisc_at
        && mode != Some(MACVLAN_MODE_PASSTHRU)
    {
        let word = Word::new(reader.kind.text(), at);
        return Err(reader.complain(
            &word,
            "'nopromisc' is for mode passthru",
            "nopromisc flag only valid in passthru mode",
        ));
    }
    Ok(Settings::Macvlan(state.options, state.addresses))
}

fn macaddr<'w>(state: &mut State, r: &mut KindReader<'_, '_, 'w>, keyword: &Word<'w>) -> Result {
    let what = r.value(keyword, "IFLA_MACVLAN_MACADDR_MODE")?;
    let mode = match what.bytes() {
        b"add" | b"del" => {
            let address = r.value(&what, "IFLA_MACVLAN_MACADDR")?;
            state.options.macaddr = Some(mac(&address)?);
            match what.bytes() {
                b"add" => MACVLAN_MACADDR_ADD,
                _ => MACVLAN_MACADDR_DEL,
            }
        }
        b"set" => {
            let mut all = Vec::new();
            // The addresses end where a word is none: with the next keyword.
            while let Some(word) = r.reader.args.peek()
                && word.bytes().contains(&b':')
            {
                all.push(mac(&word)?);
                r.marks.note("IFLA_MACVLAN_MACADDR_DATA", word.at());
                r.reader.args.next();
            }
            state.addresses = Some(all);
            MACVLAN_MACADDR_SET
        }
        b"flush" => MACVLAN_MACADDR_FLUSH,
        _ => {
            return Err(what
                .error(
                    format!("'macaddr' is followed by add, del, set or flush, not {}", quoted(what.text())),
                    "Usage: ... macvlan mode MODE [flag MODE_FLAG] MODE_OPTS [bcqueuelen BC_QUEUE_LEN]",
                )
                .code(FAILED));
        }
    };
    state.options.macaddr_mode = Some(mode);
    Ok(())
}

/// iproute2's complaint about a value that is none of these.
fn not_of(value: &Word<'_>, keyword: &str, these: &str, ip: &str) -> CmdError {
    value
        .error(
            format!("'{keyword}' is {these}, not {}", quoted(value.text())),
            format!("Error: argument of \"{keyword}\" must be {ip}, not \"{value}\""),
        )
        .code(FAILED)
}

fn not_of_number(value: &Word<'_>, keyword: &str, what: &str) -> CmdError {
    not_of(value, keyword, what, what)
}
