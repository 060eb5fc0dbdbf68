//! `vnet decode`: what netlink messages say that others wrote down.

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help};
use crate::out::color::{Color, Paint};
use crate::show::netlink::{Annotated, digits, printable, protocol};
use crate::tools::decode::{self, Datagram, Format, Found, Known};
use netlink_raw::annotate::{Conversation, Families};
use netlink_raw::transport::Direction;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{IsTerminal, Read};

/// What a word means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Protocol,
    Format,
    Verbose,
    Bytes,
    Json,
    Sent,
    Received,
    File,
    Help,
}

const FORMATS: [(&str, Option<Format>); 5] = [
    ("auto", None),
    ("hex", Some(Format::Hex)),
    ("strace", Some(Format::Strace)),
    ("pcap", Some(Format::Pcap)),
    ("raw", Some(Format::Raw)),
];

/// The words of `vnet decode`.
pub(crate) static DECODE: Grammar<Key> = Grammar(&[
    exact(Key::Protocol, "--protocol").value("NAME|N").says(
        "of the socket: route, generic, netfilter, or a number; what the input says by default, else route",
    ),
    exact(Key::Format, "--format")
        .takes(Value::OneOf(&["auto", "hex", "strace", "pcap", "raw"]))
        .says("what the input is: auto by default; hex in any layout, pcap or pcapng"),
    exact(Key::Verbose, "-v").says("with the place of each datagram in the input, and how it went"),
    exact(Key::Bytes, "--bytes").says("every byte with its offset and meaning"),
    exact(Key::Json, "--json").says("a JSON object a datagram, one a line"),
    exact(Key::Sent, "--sent").says("all of it went to the kernel"),
    exact(Key::Received, "--received").says("all of it came from the kernel"),
    exact(Key::File, "FILE")
        .bare()
        .says("the input, - for stdin: stdin by default"),
    help(Key::Help),
]);

/// All that is asked for.
#[derive(Default)]
struct Wanted {
    known: Known,
    verbose: bool,
    bytes: bool,
    json: bool,
    /// The file, and its word's place.
    file: Option<(OsString, usize)>,
}

/// The most conversations that are remembered; what is more shares one.
const CONVERSATIONS: usize = 1024;

/// `vnet decode [OPTIONS] [FILE|-]`.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let wanted = parse(ctx, args)?;
    let (input, name, live): (Box<dyn Read>, _, _) = match &wanted.file {
        Some((file, at)) if file != "-" => {
            let cannot = |e: std::io::Error| {
                CmdError::os(format!("cannot read {}", quoted(file)), &e).at(*at)
            };
            let opened = File::open(file).map_err(cannot)?;
            let kind = opened.metadata().map_err(cannot)?;
            (Box::new(opened), quoted(file), !kind.is_file())
        }
        _ => (Box::new(std::io::stdin()), "stdin".into(), true),
    };
    let paint = Paint::for_eyes(&ctx.options, || std::io::stdout().is_terminal());
    let mut printer = Printer {
        ctx,
        wanted: &wanted,
        paint: if wanted.json { Paint::PLAIN } else { paint },
        families: Families::default(),
        conversations: HashMap::new(),
        found: 0,
        live,
    };
    let read = decode::read(input, wanted.known, &mut |found| printer.found(found));
    if printer.found == 0 && read.is_ok() {
        printer.note(None, "there is nothing to decode: no bytes were found");
    }
    read.map_err(|e| {
        let error = CmdError::os(format!("cannot read {name}"), &e);
        match &wanted.file {
            Some((_, at)) => error.at(*at),
            None => error,
        }
    })
}

fn parse(ctx: &Context, args: &mut Args<'_>) -> Result<Wanted> {
    let mut wanted = Wanted {
        json: ctx.options.json,
        ..Wanted::default()
    };
    let mut options = true;
    while let Some(word) = args.next() {
        let key = DECODE.lookup(&word).filter(|_| options);
        match key {
            Some(Key::Help) => return Err(ctx.usage()),
            Some(Key::Protocol) => {
                wanted.known.protocol = Some(protocol_of(&args.value_of(&word)?)?);
            }
            Some(Key::Format) => {
                let value = args.value_of(&word)?;
                let found = FORMATS.iter().find(|(name, _)| value.is(name));
                let expected = "expected auto, hex, strace, pcap or raw";
                let (_, format) =
                    found.ok_or_else(|| value.wrong_because(expected, "unknown format"))?;
                wanted.known.format = *format;
            }
            Some(Key::Verbose) => wanted.verbose = true,
            Some(Key::Bytes) => wanted.bytes = true,
            Some(Key::Json) => wanted.json = true,
            Some(key @ (Key::Sent | Key::Received)) => {
                let way = match key {
                    Key::Sent => Direction::Sent,
                    _ => Direction::Received,
                };
                if wanted
                    .known
                    .direction
                    .replace(way)
                    .is_some_and(|d| d != way)
                {
                    let what = "--sent and --received: it went one way";
                    return Err(CmdError::new(what).at(word.at()));
                }
            }
            _ if options && word.is("--") => options = false,
            _ if options && word.bytes().starts_with(b"-") && !word.is("-") => {
                return Err(word.error(
                    format!("'{word}' is no option of decode"),
                    format!("Error: argument \"{word}\" is unknown."),
                ));
            }
            Some(Key::File) | None => {
                if wanted.file.is_some() {
                    return Err(word.error(
                        format!("one file is decoded at a time, '{word}' is the second"),
                        format!("Error: argument \"{word}\" is a garbage."),
                    ));
                }
                wanted.file = Some((word.text().to_owned(), word.at()));
            }
        }
    }
    Ok(wanted)
}

fn protocol_of(word: &Word<'_>) -> Result<u16> {
    if let Some(number) = word.utf8().and_then(protocol::number) {
        return Ok(number);
    }
    // AF_NETLINK has so many (MAX_LINKS).
    word.u8("")
        .ok()
        .filter(|n| *n < 32)
        .map(u16::from)
        .ok_or_else(|| {
            word.wrong_because("expected a protocol of netlink", "unknown protocol")
                .hint(format!(
                    "a number below 32, or one of {}",
                    protocol::names().collect::<Vec<_>>().join(", ")
                ))
        })
}

/// Prints what is found.
struct Printer<'p> {
    ctx: &'p mut Context,
    wanted: &'p Wanted,
    paint: Paint,
    families: Families,
    conversations: HashMap<(u16, u64), Conversation>,
    /// How many datagrams and notes there were.
    found: usize,
    /// Whether more may come at any time, so that what is there is not held back.
    live: bool,
}

impl Printer<'_> {
    fn found(&mut self, found: Found) -> bool {
        match found {
            Found::Datagram(datagram) => self.datagram(&datagram),
            Found::Note { place, what } => self.note(Some(&place), &what),
        }
        self.found += 1;
        if self.live {
            self.ctx.out.flush();
        }
        true
    }

    fn datagram(&mut self, datagram: &Datagram) {
        let number = datagram.protocol.unwrap_or(0);
        let full = self.conversations.len() >= CONVERSATIONS;
        let mut key = (number, datagram.socket);
        if full && !self.conversations.contains_key(&key) {
            key.1 = 0;
        }
        let families = &self.families;
        let conversation = self
            .conversations
            .entry(key)
            .or_insert_with(|| Conversation::with_families(number, families.clone()));
        let annotated = Annotated::new(conversation, datagram.direction, &datagram.bytes);
        if self.wanted.json {
            let object = to_json(datagram, &annotated, self.wanted.bytes);
            return self.line(&object);
        }
        let mut text = String::new();
        let plain = datagram.call.is_none() && datagram.time.is_none();
        let mut indent = 0;
        if self.wanted.verbose || !plain || self.found > 0 {
            indent = 4;
            self.paint.put(Color::None, origin(datagram), &mut text);
            text.push('\n');
        }
        match self.wanted.bytes {
            true => annotated.bytes(self.paint, indent, &mut text),
            false => annotated.text(self.paint, indent, &mut text),
        }
        self.ctx.out.raw(text);
    }

    fn note(&mut self, place: Option<&str>, what: &str) {
        if self.wanted.json {
            return self.line(&json!({ "place": place, "note": what }));
        }
        let mut text = String::new();
        let place = place.map_or(String::new(), |place| format!("{place}: "));
        let what = printable(what);
        let line = format_args!("{place}{what}");
        self.paint.put(Color::OperDown, line, &mut text);
        text.push('\n');
        self.ctx.out.raw(text);
    }

    fn line(&mut self, object: &Json) {
        let text = match self.ctx.options.pretty {
            true => format!("{object:#}\n"),
            false => format!("{object}\n"),
        };
        self.ctx.out.raw(text);
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

/// Where a datagram comes from, in a line.
fn origin(datagram: &Datagram) -> String {
    let mut text = datagram.place.clone();
    if let Some(time) = datagram.time {
        text.push_str(&format!(", {}.{:06}", time.as_secs(), time.subsec_micros()));
    }
    if let Some(call) = &datagram.call {
        text.push_str(&format!(", {call}"));
    }
    let protocol = protocol::name(datagram.protocol.unwrap_or(0));
    text.push_str(&format!(", {protocol}, {}", way(datagram.direction)));
    let (there, whole) = (datagram.bytes.len(), datagram.len);
    if there < whole {
        text.push_str(&format!(", {there} of {whole} bytes"));
    }
    text
}

fn to_json(datagram: &Datagram, annotated: &Annotated<'_>, bytes: bool) -> Json {
    let mut object = Map::new();
    object.insert("place".into(), datagram.place.as_str().into());
    object.insert("call".into(), datagram.call.as_deref().into());
    object.insert("time".into(), datagram.time.map(|t| t.as_secs_f64()).into());
    let name = protocol::name(datagram.protocol.unwrap_or(0));
    object.insert("protocol".into(), name.into());
    object.insert("direction".into(), way(datagram.direction).into());
    object.insert("bytes".into(), datagram.bytes.len().into());
    object.insert("len".into(), datagram.len.into());
    if bytes {
        object.insert("hex".into(), digits(&datagram.bytes).into());
    }
    object.insert("messages".into(), annotated.json());
    object.into()
}
