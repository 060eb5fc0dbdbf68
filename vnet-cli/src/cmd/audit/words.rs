//! The words of `vnet audit`.

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, exact, help};
use crate::tools::audit::policy::{Judge, Policy};
use crate::tools::audit::report::{Config, Detail, Filter, Form, groups};
use std::ffi::OsString;

/// What a word means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Attributes,
    Bytes,
    Json,
    Summary,
    Pcap,
    Check,
    Record,
    Output,
    Only,
    Failed,
    Command,
    Help,
}

/// The words of `vnet audit`, which stand before the command.
pub(crate) static AUDIT: Grammar<Key> = Grammar(&[
    exact(Key::Attributes, "-v").says("with the attributes of netlink messages"),
    exact(Key::Bytes, "--bytes").says("with every byte of netlink messages and its meaning"),
    exact(Key::Json, "--json").says("a JSON object a line"),
    exact(Key::Summary, "--summary").says("what was called and sent, counted, in place of each"),
    exact(Key::Pcap, "--pcap")
        .value("FILE")
        .says("the netlink datagrams go there too, for Wireshark"),
    exact(Key::Check, "--check")
        .value("POLICY")
        .says("reports what is not as in this file; the exit code is 3 then"),
    exact(Key::Record, "--record")
        .value("POLICY")
        .says("writes what was done as such a file"),
    exact(Key::Output, "-o")
        .value("FILE")
        .says("the report goes there, '-' is stdout: stderr by default"),
    exact(Key::Only, "--only")
        .value("GROUP,...")
        .says("only what concerns netlink, namespace, mount, process, capability, network or file"),
    exact(Key::Failed, "--failed").says("only what failed or was refused"),
    exact(Key::Command, "--").says("the command stands behind it"),
    help(Key::Help),
]);

/// All that is asked for.
pub(super) struct Wanted {
    pub(super) config: Config,
    /// Where the report goes, and the word's place.
    pub(super) output: Option<(OsString, usize)>,
    /// Where the datagrams go.
    pub(super) pcap: Option<(OsString, usize)>,
    /// Where the policy goes that is recorded.
    pub(super) record: Option<(OsString, usize)>,
}

/// Reads the words up to the command.
pub(super) fn parse(ctx: &Context, args: &mut Args<'_>) -> Result<Wanted> {
    let mut config = Config::default();
    let (mut json, mut summary) = (ctx.options.json, false);
    let (mut only, mut failed) = (None, false);
    let (mut output, mut pcap) = (None, None);
    let (mut check, mut record) = (None, None);
    while let Some(word) = args.next() {
        match AUDIT.lookup(&word) {
            Some(Key::Help) if args.is_empty() => return Err(ctx.usage()),
            Some(Key::Command) => break,
            Some(Key::Attributes) => config.detail = config.detail.max(Detail::Attributes),
            Some(Key::Bytes) => config.detail = Detail::Bytes,
            Some(Key::Json) => json = true,
            Some(Key::Summary) => summary = true,
            Some(Key::Output) => output = Some(file(args, &word)?),
            Some(Key::Pcap) => pcap = Some(file(args, &word)?),
            Some(Key::Check) => {
                let (file, at) = file(args, &word)?;
                check = Some(Policy::read(&file).map_err(|e| e.at(at))?);
            }
            Some(Key::Record) => record = Some(file(args, &word)?),
            Some(Key::Only) => {
                let list = args.value_of(&word)?;
                let text = list.utf8().unwrap_or_default();
                only = Some(groups(text).map_err(|why| CmdError::new(why).at(list.at()))?);
            }
            Some(Key::Failed) => failed = true,
            _ if word.bytes().starts_with(b"-") => {
                return Err(word.error(
                    format!("'{word}' is no option of audit"),
                    format!("Error: argument \"{word}\" is unknown."),
                ));
            }
            _ => {
                args.back();
                break;
            }
        }
    }
    config.form = match (summary, json) {
        (false, false) => Form::Text,
        (false, true) => Form::Json,
        (true, false) => Form::Summary,
        (true, true) => Form::SummaryJson,
    };
    // Who judges wants to hear of what is wrong; a listing has to be asked for.
    let listing = config.detail > Detail::Line || output.is_some() || only.is_some() || failed;
    if (check.is_some() || record.is_some()) && config.form == Form::Text && !listing {
        config.form = Form::Deviations;
    }
    config.judge = Judge::new(check, record.is_some());
    config.filter = Filter::new(only, failed);
    Ok(Wanted {
        record,
        config,
        output,
        pcap,
    })
}

/// The file that a word asks for, and its place.
fn file(args: &mut Args<'_>, word: &Word<'_>) -> Result<(OsString, usize)> {
    let file = args.value_of(word)?;
    Ok((file.text().to_owned(), file.at()))
}
