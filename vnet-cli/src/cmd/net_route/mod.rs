//! `route` of net-tools: the kernel's routing table, shown and changed over netlink.

mod grammar;
mod inet;
mod inet6;
mod modify;

pub use grammar::WORDS;

use crate::args::{Args, Family, Word};
use crate::cmd::ifconfig::VERSION;
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::hosts::Names;
use crate::show::net_route;
use grammar::Key;

/// Exit code of a wrong command line, net-tools' `E_OPTERR`.
const USAGE: u8 = 3;
/// Exit code of a name that is no address, net-tools' `E_LOOKUP`.
const LOOKUP: u8 = 6;
/// Exit code of what the kernel refused, net-tools' `E_SOCK`.
const SOCKET: u8 = 7;

/// What the options say.
#[derive(Clone, Copy, Debug, Default)]
struct Options {
    family: Family,
    numeric: bool,
    extend: u8,
    fib: bool,
    cache: bool,
}

/// `route [ OPTIONS ] [ add | del … ]`.
///
/// # Errors
/// Of its words, and what the kernel refused.
pub fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut options = Options {
        family: Family::Inet,
        ..Options::default()
    };
    while let Some(word) = args.peek() {
        if !word.bytes().starts_with(b"-") || word.is("-net") || word.is("-host") {
            break;
        }
        args.next();
        if !option(ctx, args, &word, &mut options)? {
            return Ok(());
        }
    }
    match args.next() {
        None => list(ctx, options),
        Some(verb) => match WORDS.lookup(&verb) {
            Some(Key::Add) => modify::run(ctx, args, options.family, true),
            Some(Key::Del) => modify::run(ctx, args, options.family, false),
            Some(Key::Flush) => {
                let family = if options.family == Family::Inet6 {
                    "inet6"
                } else {
                    "inet"
                };
                let line = format!("Flushing `{family}' routing table not supported");
                Err(verb
                    .error("net-tools' route does not flush", line)
                    .code(USAGE)
                    .hint("'vnet route flush' does"))
            }
            _ => {
                let what = format!("{} is neither 'add' nor 'del'", quoted(verb.text()));
                Err(usage(ctx, verb.error(what, "")))
            }
        },
    }
}

/// One word of options; false when it says all there is to do.
fn option(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    options: &mut Options,
) -> Result<bool> {
    if let Some(key) = WORDS.lookup(word) {
        return one(ctx, args, word, key, options);
    }
    // Letters may share a dash: -nee.
    let letters = word.bytes().get(1..).unwrap_or_default();
    if letters.is_empty() || word.bytes().starts_with(b"--") {
        return Err(unknown(word));
    }
    for letter in letters {
        let spelling = [b'-', *letter];
        let text = std::ffi::OsStr::new(std::str::from_utf8(&spelling).unwrap_or_default());
        let key = WORDS
            .lookup(&Word::new(text, word.at()))
            .ok_or_else(|| unknown(word))?;
        if !one(ctx, args, word, key, options)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn one(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    key: Key,
    options: &mut Options,
) -> Result<bool> {
    match key {
        Key::Numeric => options.numeric = true,
        Key::Extend => options.extend = options.extend.saturating_add(1),
        Key::Fib => options.fib = true,
        Key::Cache => options.cache = true,
        Key::Verbose => {}
        Key::Inet => options.family = Family::Inet,
        Key::Inet6 => options.family = Family::Inet6,
        Key::Family => {
            let name = args.value_of(word).map_err(|e| usage(ctx, e))?;
            options.family = match name.bytes() {
                b"inet" => Family::Inet,
                b"inet6" => Family::Inet6,
                _ => {
                    let what = format!("family {} is not supported", quoted(name.text()));
                    let line = format!("Unknown address family `{name}'.");
                    return Err(name.error(what, line).code(FAILED).hint("inet or inet6"));
                }
            };
        }
        Key::Help => {
            let text = ctx.usage().to_string();
            ctx.out.raw(text);
            return Ok(false);
        }
        Key::Version => {
            let own = concat!(" (vnet ", env!("CARGO_PKG_VERSION"), ")\n");
            ctx.out.raw((VERSION, own));
            return Ok(false);
        }
        _ => return Err(unknown(word)),
    }
    Ok(true)
}

fn list(ctx: &mut Context, options: Options) -> Result {
    let names = match options.numeric {
        true => Names::default(),
        false => Names::system(),
    };
    let form = net_route::Form {
        numeric: options.numeric,
        extend: options.extend,
    };
    let (fib, cache) = (options.fib || !options.cache, options.cache);
    if options.family == Family::Inet6 {
        return net_route::inet6(ctx, form, &names, fib, cache);
    }
    if fib {
        net_route::inet(ctx, form, &names)?;
    }
    if cache {
        net_route::inet_cache(&mut ctx.out);
    }
    Ok(())
}

fn unknown(word: &Word<'_>) -> CmdError {
    let letter = match word.bytes() {
        [b'-', b'-', ..] => format!("route: unrecognized option '{word}'"),
        _ => format!(
            "route: invalid option -- '{}'",
            word.to_string().trim_start_matches('-')
        ),
    };
    word.error(
        format!("there is no option {}", quoted(word.text())),
        letter,
    )
    .code(USAGE)
    .hint("'route --help' lists the options")
}

/// An error whose line, under route's name, is the usage.
fn usage(ctx: &Context, error: CmdError) -> CmdError {
    error.ip(ctx.usage().to_string().trim_end()).code(USAGE)
}

fn unknown_host(word: &Word<'_>) -> CmdError {
    word.error(
        format!(
            "{} is neither an address nor a name of /etc/hosts",
            quoted(word.text())
        ),
        format!("{word}: Unknown host"),
    )
    .code(FAILED)
}

#[cfg(test)]
mod tests;
