//! The words of `vnet churn`.

use super::shape::{Asked, Shape};
use crate::args::{Args, Word};
use crate::churn::Setting;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, exact, help};
use std::ffi::OsString;
use std::num::NonZero;
use std::thread;
use std::time::Duration;

/// What a word means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Shape,
    Count,
    Workers,
    Queues,
    Cycles,
    Duration,
    Live,
    Rate,
    Ipv6,
    Prefix,
    Spread,
    Hold,
    Json,
    Csv,
    Hdr,
    Svg,
    Compare,
    Help,
}

/// The words of `vnet churn`.
pub(crate) static CHURN: Grammar<Key> = Grammar(&[
    exact(Key::Shape, "--shape")
        .value("bare|lo|pair|star|chain|mesh-K")
        .says("what to build: star by default"),
    exact(Key::Count, "--count")
        .value("N")
        .says("so many namespaces, or pairs: 100 by default"),
    exact(Key::Workers, "--workers")
        .value("W")
        .says("on so many threads: one a core by default"),
    exact(Key::Queues, "--queues")
        .value("Q")
        .says("queues of each end of a link: the kernel's number by default, one a possible CPU"),
    exact(Key::Cycles, "--cycles")
        .value("C")
        .says("build and destroy it so often"),
    exact(Key::Duration, "--duration")
        .value("SECONDS")
        .says("go on so long; with --live 10 by default"),
    exact(Key::Live, "--live")
        .value("M")
        .says("keep so many alive, and"),
    exact(Key::Rate, "--rate")
        .value("R")
        .says("create and destroy so many a second"),
    exact(Key::Ipv6, "--ipv6")
        .on_off()
        .says("whether links, but for lo, have IPv6: on by default"),
    exact(Key::Prefix, "--prefix")
        .value("P")
        .says("what all names begin with: churn by default"),
    exact(Key::Spread, "--spread").says("a large star on several bridges"),
    exact(Key::Hold, "--hold")
        .says("keep it until the end of input, SIGINT or SIGTERM, and then destroy it"),
    exact(Key::Json, "--json").says("one JSON object"),
    exact(Key::Csv, "--csv").says("comma-separated values"),
    exact(Key::Hdr, "--hdr")
        .value("FILE")
        .says("the histograms as an HdrHistogram interval log (V2), a tag a phase"),
    exact(Key::Svg, "--svg")
        .value("FILE")
        .says("a drawing of the latencies"),
    exact(Key::Compare, "compare")
        .value("A.json B.json")
        .says("two reports side by side"),
    help(Key::Help),
]);

/// How to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Length {
    /// After so many cycles.
    Cycles(u32),
    /// After so long, at the end of a cycle.
    Time(Duration),
    /// A steady state: so many alive, so many a second, for so long.
    Steady {
        live: u32,
        rate: f64,
        time: Duration,
    },
}

/// What the report is printed as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    Text,
    Json,
    Csv,
}

/// All that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) asked: Asked,
    /// Which word says how many, for what is wrong with the number.
    pub(super) count_at: Option<usize>,
    pub(super) workers: usize,
    pub(super) ipv6: bool,
    pub(super) length: Length,
    pub(super) hold: bool,
    pub(super) form: Form,
    pub(super) hdr: Option<OsString>,
    pub(super) svg: Option<OsString>,
}

/// What the words ask for.
pub(super) enum Command {
    Run(Box<Wanted>),
    Compare(OsString, OsString),
}

/// Most namespaces, workers, cycles, … that a number may ask for: what is more is a slip of the hand.
const MOST: u32 = 1_000_000;
/// Default of `--duration` with `--live`.
const STEADY: Duration = Duration::from_secs(10);

/// Reads the words.
pub(super) fn parse(ctx: &Context, args: &mut Args<'_>) -> Result<Command> {
    let mut wanted = Wanted {
        asked: Asked {
            shape: Shape::Star,
            count: 100,
            prefix: "churn".into(),
            queues: None,
            spread: false,
        },
        count_at: None,
        workers: thread::available_parallelism().map_or(1, NonZero::get),
        ipv6: true,
        length: Length::Cycles(1),
        hold: false,
        form: if ctx.options.json {
            Form::Json
        } else {
            Form::Text
        },
        hdr: None,
        svg: None,
    };
    let (mut cycles, mut time, mut live, mut rate) = (None, None, None, None);
    let mut first = true;
    while let Some(word) = args.next() {
        let key = CHURN.lookup(&word);
        match key {
            Some(Key::Help) => return Err(ctx.usage()),
            Some(Key::Compare) if first => return compare(args),
            Some(Key::Shape) => {
                let value = args.value_of(&word)?;
                wanted.asked.shape = Shape::parse(value.bytes()).ok_or_else(|| {
                    let known = "bare, lo, pair, star, chain or mesh-K, K being a number of links";
                    value.wrong_because(format_args!("expected {known}"), "unknown shape")
                })?;
            }
            Some(Key::Count) => {
                let value = args.value_of(&word)?;
                wanted.asked.count = number(&value)? as usize;
                wanted.count_at = Some(value.at());
            }
            Some(Key::Workers) => {
                wanted.workers = number(&args.value_of(&word)?)?.min(1024) as usize
            }
            Some(Key::Queues) => {
                let value = args.value_of(&word)?;
                let queues = number(&value)?;
                // veth.c: VETH_MAX_QUEUES is what rtnetlink takes of any link.
                if queues > 4096 {
                    return Err(value.wrong_because("a link has 4096 queues at most", "invalid"));
                }
                wanted.asked.queues = Some(queues);
            }
            Some(Key::Cycles) => cycles = Some((word.at(), number(&args.value_of(&word)?)?)),
            Some(Key::Duration) => time = Some((word.at(), seconds(&args.value_of(&word)?)?)),
            Some(Key::Live) => live = Some((word.at(), number(&args.value_of(&word)?)?)),
            Some(Key::Rate) => rate = Some((word.at(), a_second(&args.value_of(&word)?)?)),
            Some(Key::Ipv6) => wanted.ipv6 = args.value_of(&word)?.on_off("--ipv6")?,
            Some(Key::Prefix) => {
                let value = args.value_of(&word)?;
                wanted.asked.prefix = prefix(&value)?;
            }
            Some(Key::Spread) => wanted.asked.spread = true,
            Some(Key::Hold) => wanted.hold = true,
            Some(Key::Json) => wanted.form = Form::Json,
            Some(Key::Csv) => wanted.form = Form::Csv,
            Some(Key::Hdr) => wanted.hdr = Some(args.value_of(&word)?.text().to_owned()),
            Some(Key::Svg) => wanted.svg = Some(args.value_of(&word)?.text().to_owned()),
            Some(Key::Compare) | None => {
                return Err(word.error(
                    format!("'{word}' is no option of churn"),
                    format!("Error: argument \"{word}\" is unknown."),
                ));
            }
        }
        first = false;
    }
    let both = |at: usize, what: &str| Err(CmdError::new(what).at(at));
    wanted.length = match (cycles, time, live, rate) {
        (Some((at, _)), Some(_), ..) => {
            return both(at, "--cycles and --duration: one of them says when it ends");
        }
        (Some((at, _)), _, Some(_), _) => {
            return both(at, "a steady state (--live) has no cycles");
        }
        (.., Some((at, _)), None) => return both(at, "--live needs --rate as well"),
        (.., None, Some((at, _))) => return both(at, "--rate needs --live as well"),
        (None, time, Some((_, live)), Some((_, rate))) => Length::Steady {
            live,
            rate,
            time: time.map_or(STEADY, |(_, t)| t),
        },
        (None, Some((_, time)), None, None) => Length::Time(time),
        (cycles, None, None, None) => Length::Cycles(cycles.map_or(1, |(_, n)| n)),
    };
    if wanted.hold && wanted.length != Length::Cycles(1) {
        return Err(CmdError::new(
            "--hold keeps one world: without --cycles, --duration and --live",
        ));
    }
    Ok(Command::Run(Box::new(wanted)))
}

fn compare(args: &mut Args<'_>) -> Result<Command> {
    let one = args.require("the first report")?;
    let two = args.require("the second report")?;
    if let Some(word) = args.next() {
        return Err(word.garbage("compare"));
    }
    Ok(Command::Compare(
        one.text().to_owned(),
        two.text().to_owned(),
    ))
}

fn number(word: &Word<'_>) -> Result<u32> {
    let n = word.u32("expected a number")?;
    match n {
        0 => Err(word.wrong_because("at least 1", "invalid number")),
        n if n > MOST => Err(word.wrong_because("at most 1000000", "invalid number")),
        n => Ok(n),
    }
}

/// A positive decimal number.
fn decimal(word: &Word<'_>, what: &str) -> Result<f64> {
    let plain = |s: &&str| s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let n: Option<f64> = word.utf8().filter(plain).and_then(|s| s.parse().ok());
    n.filter(|n| *n > 0.0 && *n <= 1e6).ok_or_else(|| {
        word.wrong_because(
            format_args!("expected {what}, more than 0 and at most 1000000"),
            "invalid number",
        )
    })
}

fn seconds(word: &Word<'_>) -> Result<Duration> {
    decimal(word, "seconds").map(Duration::from_secs_f64)
}

fn seconds_of(time: Duration) -> Setting {
    Setting::Text(time.as_secs_f64().to_string())
}

fn a_second(word: &Word<'_>) -> Result<f64> {
    decimal(word, "namespaces a second")
}

/// What namespaces and links may be called alike. The numbers behind it need some room in 15 bytes.
fn prefix(word: &Word<'_>) -> Result<String> {
    let fits = |s: &&str| {
        let plain = s
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'/' | b':' | b'%'));
        (1..=9).contains(&s.len()) && plain && !s.starts_with(['.', '-'])
    };
    word.utf8().filter(fits).map(str::to_owned).ok_or_else(|| {
        word.wrong_because(
            "expected 1 to 9 printable characters without '/', ':' and '%', of which the first is no dot and no dash",
            "invalid prefix",
        )
    })
}

impl Wanted {
    /// What the report says of it.
    pub(super) fn settings(&self) -> Vec<(&'static str, Setting)> {
        let number = |n: u64| Setting::Number(n);
        let mut all = vec![
            ("shape", Setting::Text(self.asked.shape.name())),
            ("count", number(self.asked.count as u64)),
            ("workers", number(self.workers as u64)),
        ];
        if let Some(queues) = self.asked.queues {
            all.push(("queues", number(queues.into())));
        }
        all.push(("ipv6", Setting::Flag(self.ipv6)));
        all.push(("prefix", Setting::Text(self.asked.prefix.clone())));
        all.push(("spread", Setting::Flag(self.asked.spread)));
        match self.length {
            Length::Cycles(n) => all.push(("cycles", number(n.into()))),
            Length::Time(time) => all.push(("duration", seconds_of(time))),
            Length::Steady { live, rate, time } => {
                all.push(("live", number(live.into())));
                all.push(("rate", Setting::Text(rate.to_string())));
                all.push(("duration", seconds_of(time)));
            }
        }
        all
    }
}
