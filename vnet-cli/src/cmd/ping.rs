//! `ping`: iputils' options, for ICMP echo to an IPv4 or IPv6 address.

use crate::args::{Args, Word, real};
use crate::context::Context;
use crate::error::{CmdError, Result, errno, quoted};
use crate::grammar::{Grammar, exact};
use crate::ping::{self, Options, Socket, Target};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use std::ffi::OsStr;
use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::time::Duration;

/// Exit code of anything but an answer, or none, from the destination.
const TROUBLE: u8 = 2;
/// Exit code when nothing answered.
const SILENCE: u8 = 1;
/// Exit code of a command line that iputils reads and then refuses.
const REFUSED: u8 = 1;
/// The largest payload, in bytes: an IPv4 packet's 65,535 less its header and ICMP's.
const MAX_SIZE: u64 = 65_507;

/// What an option means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Count,
    Interval,
    Timeout,
    Deadline,
    Size,
    Ttl,
    From,
    Quiet,
    Numeric,
    V4,
    V6,
    Help,
    Version,
}

/// The options of ping.
pub(crate) static OPTIONS: Grammar<Key> = Grammar(&[
    exact(Key::Count, "-c")
        .value("COUNT")
        .says("stop after so many requests"),
    exact(Key::Interval, "-i")
        .value("SECONDS")
        .says("between two requests, 1 by default"),
    exact(Key::Timeout, "-W")
        .value("SECONDS")
        .says("wait for an answer, 10 by default"),
    exact(Key::Deadline, "-w")
        .value("SECONDS")
        .says("stop after so long"),
    exact(Key::Size, "-s")
        .value("BYTES")
        .says("payload of a request, 56 by default"),
    exact(Key::Ttl, "-t")
        .value("TTL")
        .says("time to live, or hop limit"),
    exact(Key::From, "-I")
        .value("DEVICE|ADDRESS")
        .says("send from here"),
    exact(Key::Quiet, "-q").says("print the statistics alone"),
    exact(Key::Numeric, "-n").says("no names for addresses: always so"),
    exact(Key::V4, "-4").says("IPv4 only"),
    exact(Key::V6, "-6").says("IPv6 only"),
    exact(Key::Help, "-h").says("print the usage"),
    exact(Key::Version, "-V").says("print the version"),
]);

/// Whether a family was asked for.
#[derive(Clone, Copy, PartialEq)]
enum Only {
    Any,
    V4,
    V6,
}

impl Only {
    fn fits(self, address: &IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        }
    }
}

/// `ping [OPTIONS] DESTINATION`.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    ctx.no_dry_run(args, "ping", "it sends packets and waits for answers")?;
    let mut options = Options::default();
    let (mut only, mut destination) = (Only::Any, None);
    let mut words_only = false;
    while let Some(word) = args.next() {
        match word.bytes() {
            b"--" if !words_only => words_only = true,
            [b'-', letters @ ..] if !words_only && !letters.is_empty() => {
                if cluster(ctx, args, &word, letters, &mut options, &mut only)? {
                    return Ok(());
                }
            }
            _ if destination.is_some() => {
                return Err(trouble(&word, "only one destination is taken"));
            }
            _ => destination = Some(word),
        }
    }
    let Some(word) = destination else {
        let what = "incomplete command: the destination is missing";
        let error = CmdError::new(what).code(REFUSED).at(args.place());
        return Err(error.ip("ping: usage error: Destination address required"));
    };
    let target = resolve(ctx, &word, only)?;
    let socket = Socket::open(&target, &options).map_err(|e| refused(&word, &options, &e))?;
    ping_it(socket, &target, &options, &word)
}

fn ping_it(mut socket: Socket, target: &Target, options: &Options, word: &Word<'_>) -> Result {
    let stop = interrupts();
    let stdout = &mut std::io::stdout().lock();
    let stop = stop.as_ref().map(SignalFd::as_fd);
    let stats = ping::run(&mut socket, target, options, stop, stdout).map_err(|e| {
        let what = format!("cannot ping '{word}'");
        CmdError::os(what, &e).code(TROUBLE).at(word.at())
    })?;
    match stats.received {
        0 => Err(CmdError::silent(SILENCE)),
        _ => Ok(()),
    }
}

/// SIGINT as something that can be read: it ends the run, and the statistics are printed.
fn interrupts() -> Option<SignalFd> {
    let mut set = SigSet::empty();
    set.add(Signal::SIGINT);
    set.thread_block().ok()?;
    SignalFd::with_flags(&set, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK).ok()
}

/// The letters behind a dash: flags, or one option and its value. Whether all is said and done.
fn cluster(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    letters: &[u8],
    options: &mut Options,
    only: &mut Only,
) -> Result<bool> {
    for (i, letter) in letters.iter().enumerate() {
        let spelling = [b'-', *letter];
        let Some(key) = OPTIONS.lookup(&Word::new(OsStr::from_bytes(&spelling), word.at())) else {
            let letter = letter.escape_ascii();
            let what = format!("ping has no option '-{letter}', or vnet does not support it");
            let error = word.error(what, format!("ping: invalid option -- '{letter}'"));
            return Err(error.code(TROUBLE).hint("'ping -h' lists the options"));
        };
        match key {
            Key::Quiet => options.quiet = true,
            Key::Numeric => {}
            Key::V4 => *only = Only::V4,
            Key::V6 => *only = Only::V6,
            Key::Help => return Err(ctx.usage().code(TROUBLE)),
            Key::Version => {
                ctx.out
                    .raw(("ping from vnet ", env!("CARGO_PKG_VERSION"), "\n"));
                return Ok(true);
            }
            _ => {
                let rest = letters.get(i + 1..).unwrap_or_default();
                let value = match rest {
                    [] => args.next().ok_or_else(|| {
                        let letter = letter.escape_ascii();
                        let what = format!("incomplete command: -{letter} wants a value");
                        let ip = format!("ping: option requires an argument -- '{letter}'");
                        CmdError::new(what).code(TROUBLE).at(args.place()).ip(ip)
                    })?,
                    rest => Word::new(OsStr::from_bytes(rest), word.at()),
                };
                valued(key, &value, options)?;
                return Ok(false);
            }
        }
    }
    Ok(false)
}

fn valued(key: Key, value: &Word<'_>, options: &mut Options) -> Result {
    match key {
        Key::Count => options.count = Some(number(value, 1, i64::MAX as u64)?),
        Key::Size => options.size = number(value, 0, MAX_SIZE)? as usize,
        Key::Ttl => options.ttl = Some(number(value, 0, 255)? as u8),
        Key::Interval => options.interval = seconds(value)?.max(Duration::from_millis(1)),
        Key::Timeout => options.timeout = seconds(value)?,
        Key::Deadline => options.deadline = Some(seconds(value)?),
        Key::From => match value.utf8().and_then(|text| text.parse().ok()) {
            Some(address) => options.source = Some(address),
            None => options.device = Some(value.ifname("-I")?.to_vec()),
        },
        Key::Quiet | Key::Numeric | Key::V4 | Key::V6 | Key::Help | Key::Version => {}
    }
    Ok(())
}

fn number(value: &Word<'_>, min: u64, max: u64) -> Result<u64> {
    let parsed: Option<u64> = value.utf8().and_then(|text| text.parse().ok());
    match parsed {
        Some(n) if (min..=max).contains(&n) => Ok(n),
        Some(_) => Err(trouble(
            value,
            &format!("out of range: {min} <= value <= {max}"),
        )),
        None => Err(trouble(value, "not a number")),
    }
}

fn seconds(value: &Word<'_>) -> Result<Duration> {
    real(value.bytes())
        .and_then(|s| Duration::try_from_secs_f64(s).ok())
        .filter(|d| d.as_secs() < 1 << 31)
        .ok_or_else(|| trouble(value, "not a number of seconds"))
}

fn trouble(word: &Word<'_>, why: &str) -> CmdError {
    let what = format!("wrong argument {}: {why}", quoted(word.text()));
    let ip = match why.starts_with("not ") {
        true => format!("ping: invalid argument: '{word}'"),
        false => format!("ping: invalid argument: '{word}': {why}"),
    };
    word.error(what, ip).code(REFUSED)
}

fn refused(word: &Word<'_>, options: &Options, error: &ping::OpenError) -> CmdError {
    let (call, number) = (error.call, error.errno as i32);
    let text = errno::text(number);
    let what = format!("cannot ping '{word}': {call}");
    let error = CmdError::os(what, &std::io::Error::from_raw_os_error(number))
        .code(TROUBLE)
        .at(word.at());
    match (call, number) {
        ("socket", _) => error
            .ip(format!("ping: socket: {text}"))
            .hint("needs CAP_NET_RAW, or a group in net.ipv4.ping_group_range"),
        (_, libc::ENETUNREACH) => error
            .ip(format!("ping: connect: {text}"))
            .hint("no route to it: is the device up, with an address in its network?"),
        (_, libc::EACCES) => error
            .ip("ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules")
            .hint("it is a broadcast address, or a firewall rule forbids it"),
        ("SO_BINDTODEVICE", _) => {
            let device = options.device.as_deref().unwrap_or_default();
            let device = device.escape_ascii();
            error.ip(format!("ping: {call} {device}: {text}"))
        }
        _ => error.ip(format!("ping: {call}: {text}")),
    }
}

/// The address that a word means: itself, or what the resolver says.
fn resolve(ctx: &mut Context, word: &Word<'_>, only: Only) -> Result<Target> {
    let unknown = |why: &str| {
        let what = format!("cannot ping {}: {why}", quoted(word.text()));
        word.error(what, format!("ping: {word}: {why}"))
            .code(TROUBLE)
    };
    let text = word
        .utf8()
        .ok_or_else(|| unknown("Name or service not known"))?;
    let (bare, zone) = match text.split_once('%') {
        Some((bare, zone)) => (bare, Some(zone)),
        None => (text, None),
    };
    let address = match bare.parse::<IpAddr>() {
        Ok(address) if only.fits(&address) => address,
        Ok(_) => return Err(unknown("Address family for hostname not supported")),
        Err(_) => (text, 0)
            .to_socket_addrs()
            .map_err(|_| unknown("Name or service not known"))?
            .map(|a| a.ip())
            .find(|a| only.fits(a))
            .ok_or_else(|| unknown("Name or service not known"))?,
    };
    let scope = match zone {
        None => 0,
        Some(zone) => match zone.parse() {
            Ok(index) => index,
            Err(_) => ctx
                .kernel
                .index_of(zone.as_bytes())?
                .and_then(|index| u32::try_from(index).ok())
                .ok_or_else(|| unknown("Name or service not known"))?,
        },
    };
    // To an address that is none a packet goes to this host itself.
    let address = match address {
        IpAddr::V4(any) if any.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        other => other,
    };
    Ok(Target {
        name: text.to_owned(),
        address,
        scope,
    })
}
