//! The options before the object, as ip and bridge take them.

use crate::applet::Program;
use crate::args::{Args, Family, Word};
use crate::error::{CmdError, Result, quoted};
use crate::out::color::When;
use crate::place::Place;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// What the options said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `-4`, `-6`, `-0`, `-B`, `-f FAMILY`.
    pub family: Family,
    /// How often `-s` was given.
    pub stats: u8,
    /// How often `-d` was given.
    pub details: u8,
    /// `-o`: one record a line.
    pub oneline: bool,
    /// `-br`.
    pub brief: bool,
    /// `-j`.
    pub json: bool,
    /// `-p`: JSON over many lines.
    pub pretty: bool,
    /// `-c`; where it is not given there is no colour, but for what is only for eyes.
    pub color: Option<When>,
    /// `-h`: numbers with unit prefixes.
    pub human: bool,
    /// `-iec`: the prefixes are powers of 1024.
    pub iec: bool,
    /// `-N`: numbers where names are known.
    pub numeric: bool,
    /// `-t` or `-ts`: events with their time.
    pub timestamp: bool,
    /// `-ts`: the time in ISO 8601.
    pub timestamp_short: bool,
    /// `-r`: addresses are shown by the names they have in /etc/hosts.
    pub resolve: bool,
    /// `-a`: the command for all namespaces.
    pub all: bool,
    /// `-l N`: rounds of a flush, 10 by default; 0 is without end.
    pub loops: u32,
    /// `-rc N`: bytes of the socket's receive buffer.
    pub rcvbuf: Option<u32>,
    /// `-n NAME|PID|PATH`: the network namespace to work in.
    pub netns: Option<Place>,
    /// `-b FILE`: commands from a file, `-` for stdin.
    pub batch: Option<OsString>,
    /// `-force`: a failed line does not end the batch.
    pub force: bool,
    /// bridge's `-c[ompressvlans]`.
    pub compress_vlans: bool,
    /// `--dry-run`: changes are told, not made.
    pub dry_run: bool,
    /// The places of `--audit`: the command line is run without these words, and audited.
    pub audit: Vec<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            family: Family::Unspec,
            stats: 0,
            details: 0,
            oneline: false,
            brief: false,
            json: false,
            pretty: false,
            color: None,
            human: false,
            iec: false,
            numeric: false,
            resolve: false,
            timestamp: false,
            timestamp_short: false,
            all: false,
            loops: 10,
            rcvbuf: None,
            netns: None,
            batch: None,
            force: false,
            compress_vlans: false,
            dry_run: false,
            audit: Vec::new(),
        }
    }
}

/// What the words before the object ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Go on with the object.
    Go,
    /// `-V`: print the version and end well.
    Version,
    /// `-help`: print the usage.
    Help,
}

/// The meaning of one option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Loops,
    Family,
    Is(Family),
    Human,
    Iec,
    Stats,
    Details,
    Resolve,
    Oneline,
    Timestamp,
    Tshort,
    Version,
    Force,
    Batch,
    Brief,
    Json,
    Pretty,
    Rcvbuf,
    Color,
    Help,
    Netns,
    Numeric,
    All,
    CompressVlans,
    #[cfg_attr(not(feature = "audit"), allow(dead_code))]
    DryRun,
    #[cfg_attr(not(feature = "audit"), allow(dead_code))]
    Audit,
    /// Known to iproute2 and not done here: the reason.
    Lacking(&'static str),
}

/// One option: its spelling without the dash, whether a beginning of it will do,
/// the name of its value, and what it does.
#[derive(Debug)]
pub struct Opt {
    /// The long spelling.
    pub name: &'static str,
    /// The shortest spelling, where beginnings are taken.
    pub short: Option<&'static str>,
    /// The value's name, empty for none.
    pub value: &'static str,
    /// What it does.
    pub help: &'static str,
    key: Key,
}

/// An option that may be shortened to a beginning of its name.
const fn opt(key: Key, short: &'static str, name: &'static str, help: &'static str) -> Opt {
    Opt {
        name,
        short: Some(short),
        value: "",
        help,
        key,
    }
}

/// An option that has to be spelled out.
const fn exact(key: Key, name: &'static str, help: &'static str) -> Opt {
    Opt {
        name,
        short: None,
        value: "",
        help,
        key,
    }
}

impl Opt {
    const fn takes(mut self, value: &'static str) -> Self {
        self.value = value;
        self
    }

    /// Whether the word, dash included, is this option.
    fn is(&self, word: &[u8]) -> bool {
        let Some(word) = word.strip_prefix(b"-") else {
            return false;
        };
        match self.short {
            Some(_) => self.name.as_bytes().starts_with(word),
            None => self.name.as_bytes() == word,
        }
    }
}

const NO_ECHO: &str = "the kernel's echo of a change is not shown";
const NO_MPLS: &str = "there is no MPLS";

/// ip's options in the order in which ip looks through them, which decides what
/// an abbreviation means.
pub const IP: &[Opt] = &[
    opt(Key::Loops, "l", "loops", "rounds a flush takes at most").takes("COUNT"),
    opt(
        Key::Family,
        "f",
        "family",
        "address family: inet, inet6, bridge, link",
    )
    .takes("FAMILY"),
    exact(Key::Is(Family::Inet), "4", "the same as -family inet"),
    exact(Key::Is(Family::Inet6), "6", "the same as -family inet6"),
    exact(Key::Is(Family::Link), "0", "the same as -family link"),
    exact(Key::Lacking(NO_MPLS), "M", "MPLS: not done by vnet"),
    exact(Key::Is(Family::Bridge), "B", "the same as -family bridge"),
    opt(
        Key::Human,
        "h",
        "human-readable",
        "numbers with unit prefixes",
    ),
    opt(Key::Iec, "i", "iec", "unit prefixes are powers of 1024"),
    opt(Key::Stats, "s", "stats", "counters; twice for more of them"),
    opt(Key::Stats, "stati", "statistics", "the same as -stats"),
    opt(Key::Details, "d", "details", "everything that is known"),
    opt(
        Key::Resolve,
        "r",
        "resolve",
        "hosts by their names in /etc/hosts; no name server is asked",
    ),
    opt(Key::Oneline, "o", "oneline", "a record a line"),
    opt(
        Key::Timestamp,
        "t",
        "timestamp",
        "the time before each event",
    ),
    opt(
        Key::Tshort,
        "ts",
        "tshort",
        "the time before each event, short",
    ),
    opt(Key::Version, "V", "Version", "print the version"),
    opt(Key::Force, "fo", "force", "a batch goes on after an error"),
    opt(
        Key::Batch,
        "b",
        "batch",
        "commands from a file, - for stdin",
    )
    .takes("FILE"),
    opt(Key::Brief, "br", "brief", "a short table"),
    opt(Key::Json, "j", "json", "JSON"),
    opt(Key::Pretty, "p", "pretty", "JSON over many lines"),
    opt(Key::Rcvbuf, "rc", "rcvbuf", "receive buffer of the socket").takes("BYTES"),
    opt(
        Key::Color,
        "c",
        "color",
        "colours: always, auto or never, as in -c=auto",
    ),
    opt(Key::Help, "he", "help", "print the usage"),
    opt(Key::Netns, "n", "netns", "work in this network namespace").takes("NAME|PID|PATH"),
    opt(
        Key::Numeric,
        "N",
        "Numeric",
        "numbers where names are known",
    ),
    opt(Key::All, "a", "all", "netns: all namespaces"),
    exact(Key::Lacking(NO_ECHO), "echo", "echo: not done by vnet"),
];

/// bridge's options in bridge's order.
pub const BRIDGE: &[Opt] = &[
    opt(Key::Help, "h", "help", "print the usage"),
    opt(Key::Version, "V", "Version", "print the version"),
    opt(Key::Stats, "s", "stats", "counters"),
    opt(Key::Stats, "stati", "statistics", "the same as -stats"),
    opt(Key::Details, "d", "details", "everything that is known"),
    opt(Key::Oneline, "o", "oneline", "a record a line"),
    opt(
        Key::Timestamp,
        "t",
        "timestamp",
        "the time before each event",
    ),
    opt(Key::Family, "f", "family", "address family").takes("FAMILY"),
    exact(Key::Is(Family::Inet), "4", "the same as -family inet"),
    exact(Key::Is(Family::Inet6), "6", "the same as -family inet6"),
    opt(Key::Netns, "n", "netns", "work in this network namespace").takes("NAME|PID|PATH"),
    opt(
        Key::Color,
        "c",
        "color",
        "colours: always, auto or never, as in -c=auto",
    ),
    opt(
        Key::CompressVlans,
        "com",
        "compressvlans",
        "ranges of VLANs",
    ),
    opt(Key::Force, "fo", "force", "a batch goes on after an error"),
    opt(Key::Json, "j", "json", "JSON"),
    opt(Key::Pretty, "p", "pretty", "JSON over many lines"),
    opt(
        Key::Batch,
        "b",
        "batch",
        "commands from a file, - for stdin",
    )
    .takes("FILE"),
];

const AUDIT: &str = "report each kernel call of the command: 'audit' has more";
const DRY_RUN: &str = "show the messages and calls of changes, and make none";

/// vnet's own options, which iproute2's programs do not have: of two dashes, and written out.
#[cfg(feature = "audit")]
pub const OWN: &[Opt] = &[
    exact(Key::Audit, "-audit", AUDIT),
    exact(Key::DryRun, "-dry-run", DRY_RUN),
];
/// vnet's own options, which iproute2's programs do not have: of two dashes, and written out.
#[cfg(not(feature = "audit"))]
pub const OWN: &[Opt] = &[
    exact(Key::Lacking(NO_AUDIT), "-audit", AUDIT),
    exact(Key::Lacking(NO_AUDIT), "-dry-run", DRY_RUN),
];

#[cfg(not(feature = "audit"))]
const NO_AUDIT: &str = "it was built without the feature 'audit'";

/// The options of a program; none for those that read their own.
pub fn table(program: Program) -> &'static [Opt] {
    match program {
        Program::Vnet | Program::Ip => IP,
        Program::Bridge => BRIDGE,
        Program::Ifconfig | Program::Route | Program::Ping => &[],
    }
}

impl Options {
    /// Takes the options before the object off the words, those of vnet's own too where it is called `vnet`.
    pub fn parse(
        &mut self,
        program: Program,
        called: Program,
        args: &mut Args<'_>,
    ) -> Result<Parsed> {
        let own: &[Opt] = match called {
            Program::Vnet => OWN,
            _ => &[],
        };
        while let Some(word) = args.peek() {
            if word.is("--") {
                args.next();
                break;
            }
            let Some(after_dash) = word.bytes().strip_prefix(b"-") else {
                break;
            };
            args.next();
            // Two dashes are as good as one.
            let spelling = match after_dash.first() {
                Some(b'-') => after_dash,
                _ => word.bytes(),
            };
            let found = table(program).iter().find(|o| match o.key {
                Key::Color => When::parse(spelling).is_some(),
                _ => o.is(spelling),
            });
            let found = own.iter().find(|o| o.is(word.bytes())).or(found);
            let Some(found) = found else {
                return Err(unknown(program, &word, spelling));
            };
            match found.key {
                Key::Version => return Ok(Parsed::Version),
                Key::Help => return Ok(Parsed::Help),
                Key::Color => self.color = When::parse(spelling),
                Key::Lacking(why) => {
                    return Err(CmdError::new(format!(
                        "option {} is not done by vnet: {why}",
                        quoted(word.text())
                    ))
                    .at(word.at()));
                }
                key => self.set(program, key, &word, args)?,
            }
        }
        Ok(Parsed::Go)
    }

    /// One option, with its value where it takes one.
    fn set(
        &mut self,
        program: Program,
        key: Key,
        word: &Word<'_>,
        args: &mut Args<'_>,
    ) -> Result<()> {
        match key {
            Key::Is(family) => self.family = family,
            Key::Human => self.human = true,
            Key::Iec => self.iec = true,
            Key::Stats => self.stats = self.stats.saturating_add(1),
            Key::Details => self.details = self.details.saturating_add(1),
            Key::Resolve => self.resolve = true,
            Key::Oneline => self.oneline = true,
            Key::Timestamp => self.timestamp = true,
            Key::Tshort => {
                self.timestamp = true;
                self.timestamp_short = true;
            }
            Key::Force => self.force = true,
            Key::Brief => self.brief = true,
            Key::Json => self.json = true,
            Key::Pretty => self.pretty = true,
            Key::Numeric => self.numeric = true,
            Key::All => self.all = true,
            Key::CompressVlans => self.compress_vlans = true,
            Key::DryRun => self.dry_run = true,
            Key::Audit => self.audit.push(word.at()),
            Key::Family => self.family = family(program, word, args)?,
            Key::Loops => {
                let value = value(program, word, args)?;
                self.loops = value.u32("invalid number of rounds")?;
            }
            Key::Batch => self.batch = Some(value(program, word, args)?.text().to_owned()),
            Key::Rcvbuf => {
                let size = value(program, word, args)?;
                let bytes = size
                    .u32("")
                    .map_err(|e| e.ip(format!("Invalid rcvbuf size '{size}'")))?;
                self.rcvbuf = Some(bytes);
            }
            Key::Netns => {
                let name = args.value_of(word).map_err(|e| {
                    e.ip("Cannot open network namespace \"(null)\": No such file or directory")
                })?;
                self.netns = Some(Place {
                    word: name.text().to_owned(),
                    at: name.at(),
                });
            }
            Key::Version | Key::Help | Key::Color | Key::Lacking(_) => {}
        }
        Ok(())
    }
}

/// The value of an option; ip answers its absence with the usage.
fn value<'a>(program: Program, word: &Word<'_>, args: &mut Args<'a>) -> Result<Word<'a>> {
    args.value_of(word).map_err(|e| {
        let usage = crate::grammar::help::program(program);
        e.ip(usage.trim_end())
    })
}

fn family(program: Program, word: &Word<'_>, args: &mut Args<'_>) -> Result<Family> {
    let name = value(program, word, args)?;
    if name.is("help") {
        return Err(CmdError::usage(crate::grammar::help::program(program)));
    }
    let known = Family::NAMES.iter().find(|(n, _)| name.is(n));
    match known.map(|(_, family)| *family) {
        Some(Family::Mpls) => Err(CmdError::new(format!(
            "family 'mpls' is not done by vnet: {NO_MPLS}"
        ))
        .at(name.at())),
        Some(family) => Ok(family),
        None => Err(name
            .wrong("invalid protocol family")
            .hint("one of inet, inet6, bridge, link")),
    }
}

fn unknown(program: Program, word: &Word<'_>, spelling: &[u8]) -> CmdError {
    let help = if program == Program::Bridge {
        "help"
    } else {
        "-help"
    };
    let shown = quoted(OsStr::from_bytes(spelling));
    word.error(
        format!("there is no option {}", quoted(word.text())),
        format!(
            "Option \"{}\" is unknown, try \"{} {help}\".",
            shown.get(1..shown.len() - 1).unwrap_or_default(),
            program.name()
        ),
    )
    .hint(format!("'{} help' lists the options", program.name()))
}

#[cfg(test)]
mod tests;
