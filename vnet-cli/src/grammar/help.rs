//! Usage texts, made from the tables.

use super::own;
use super::tree::{Does, Object, Verb};
use super::{Keyword, Kind, Value, Words};
use crate::applet::Program;
use crate::context::At;
use crate::options;
use std::fmt::Write;

/// Columns of a usage text.
const WIDTH: usize = 80;

/// How a command line starts: `ip`, `vnet`, and `vnet bridge` where vnet reads
/// bridge's tables.
pub(crate) fn command(program: Program, tables: Program) -> String {
    match program == tables {
        true => program.name().to_owned(),
        false => format!("{} {}", program.name(), tables.name()),
    }
}

/// The usage of the innermost of program, object and verb.
pub(crate) fn usage(program: Program, at: At) -> String {
    let prefix = command(program, at.program);
    match (at.object, at.verb) {
        (None, _) => program_as(&prefix, at.program),
        (Some(object), None) if own::tool(at.program).is_some() => of_object(&prefix, object),
        (Some(object), None) => of_object(&format!("{prefix} {}", object.name), object),
        (Some(object), Some(verb)) => {
            of_verb(&format!("{prefix} {} {}", object.name, verb.name), verb)
        }
    }
}

/// The usage of a program.
pub fn program(program: Program) -> String {
    program_as(program.name(), program)
}

fn program_as(prefix: &str, program: Program) -> String {
    if let Some(tool) = own::tool(program) {
        return of_object(prefix, tool);
    }
    let mut text = format!(
        "Usage: {prefix} [ OPTIONS ] OBJECT {{ COMMAND | help }}\n       \
         {prefix} [ -force ] -batch FILE\n\nOBJECT:\n"
    );
    let done = own::objects(program).filter(|o| o.is_done());
    table(&mut text, done.map(|o| (o.name.to_owned(), o.about)));
    text.push_str("\nOPTIONS:\n");
    // What `vnet bridge` takes is in vnet's own usage.
    let own: &[options::Opt] = match program {
        Program::Vnet => options::OWN,
        _ => &[],
    };
    let options = own.iter().chain(options::table(program));
    table(&mut text, options.map(|o| (o.spelling(), o.help)));
    let _ = writeln!(
        text,
        "\n'{prefix} OBJECT help' lists an object's commands, \
         '{prefix} OBJECT COMMAND help' their words."
    );
    text
}

fn of_object(command: &str, object: &Object) -> String {
    match &object.does {
        Does::Verbs(verbs, _) if object.is_done() => of_verbs(command, verbs),
        Does::Runs(_, words, args) => {
            let mut text = String::new();
            wrap(&mut text, "Usage:", &synopsis(command, args, *words));
            let _ = writeln!(text, "\n{}", object.about);
            keywords(&mut text, *words);
            text
        }
        Does::Program(inner) => program_as(command, *inner),
        _ => format!("'{command}' is not supported by vnet: {}\n", object.about),
    }
}

/// What each verb looks like, and the kinds there are.
fn of_verbs(command: &str, verbs: &[Verb]) -> String {
    let mut text = String::new();
    let mut kinds: Option<&[Kind]> = None;
    let done = || verbs.iter().filter(|v| v.run.is_some());
    for (i, verb) in done().enumerate() {
        kinds = kinds.or_else(|| kinds_of(verb.words));
        let alike = |other: &Verb| alike(verb, other);
        if done().take(i).any(alike) {
            continue;
        }
        let names: Vec<&str> = done().filter(|v| alike(v)).map(|v| v.name).collect();
        let lead = if text.is_empty() { "Usage:" } else { "      " };
        let line = match names.as_slice() {
            [name] => format!("{command} {name}"),
            names => format!("{command} {{ {} }}", names.join(" | ")),
        };
        wrap(&mut text, lead, &synopsis(&line, verb.args, verb.words));
    }
    if let Some(kinds) = kinds {
        text.push('\n');
        let names = kinds.iter().enumerate().map(|(i, kind)| match i {
            0 => kind.name.to_owned(),
            _ => format!("| {}", kind.name),
        });
        let parts: Vec<String> = names.chain(["}".to_owned()]).collect();
        wrap(&mut text, "TYPE := {", &parts);
    }
    text
}

/// Whether two verbs take the same words, and one line does for both.
fn alike(a: &Verb, b: &Verb) -> bool {
    let same = std::ptr::addr_eq(a.words, b.words) && a.words.keyword(0).is_some();
    a.name == b.name || same && a.args == b.args
}

fn of_verb(command: &str, verb: &Verb) -> String {
    let mut text = String::new();
    wrap(
        &mut text,
        "Usage:",
        &synopsis(command, verb.args, verb.words),
    );
    let _ = writeln!(text, "\n{}", verb.about);
    keywords(&mut text, verb.words);
    for kind in kinds_of(verb.words).unwrap_or_default() {
        let _ = writeln!(text, "\ntype {}: {}", kind.name, kind.about);
        keywords(&mut text, kind.words);
    }
    text
}

/// The words of a kind, as `link help vlan` lists them.
pub(crate) fn of_kind(kind: &Kind) -> String {
    let mut text = String::new();
    wrap(
        &mut text,
        "Usage: ...",
        &synopsis(kind.name, "", kind.words),
    );
    let _ = writeln!(text, "\n{}", kind.about);
    keywords(&mut text, kind.words);
    text
}

/// The kinds that one of the keywords leads to.
pub(crate) fn kinds_of(words: &dyn Words) -> Option<&'static [Kind]> {
    words.iter().find_map(|k| match k.value {
        Value::Kind(kinds) => Some(kinds),
        _ => None,
    })
}

/// The name of what follows a keyword.
pub(super) fn value(keyword: &Keyword) -> String {
    match keyword.value {
        Value::None => String::new(),
        Value::Is(name) | Value::Device(name) | Value::Netns(name) => name.to_owned(),
        Value::OneOf(words) => format!("{{ {} }}", words.join(" | ")),
        Value::Kind(_) => "TYPE [ ARGS ]".to_owned(),
    }
}

/// A command's line in parts that are not broken.
pub(super) fn synopsis(command: &str, args: &str, words: &dyn Words) -> Vec<String> {
    let mut parts = vec![command.to_owned()];
    if !args.is_empty() {
        parts.push(args.to_owned());
    }
    for keyword in words.iter().filter(|k| k.name != "help") {
        let value = value(keyword);
        parts.push(match (value.is_empty(), keyword.bare) {
            (true, _) => format!("[ {} ]", keyword.name),
            (false, true) => format!("[ [ {} ] {value} ]", keyword.name),
            (false, false) => format!("[ {} {value} ]", keyword.name),
        });
    }
    parts
}

/// A table of keywords.
fn keywords(text: &mut String, words: &dyn Words) {
    table(
        text,
        words.iter().map(|k| {
            let names: Vec<&str> = std::iter::once(&k.name)
                .chain(k.also_short)
                .chain(k.also)
                .copied()
                .collect();
            let spelling = format!("{} {}", names.join(", "), value(k));
            (spelling.trim_end().to_owned(), k.help)
        }),
    );
}

/// Two columns.
fn table<'a>(text: &mut String, rows: impl Iterator<Item = (String, &'a str)>) {
    for (left, right) in rows {
        let line = if left.len() > 28 {
            format!("  {left}\n  {:28} {right}", "")
        } else {
            format!("  {left:28} {right}")
        };
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// One paragraph; the lines behind the first are indented.
fn wrap(text: &mut String, lead: &str, parts: &[String]) {
    let mut line = lead.to_owned();
    for part in parts {
        if !line.trim().is_empty() && line.len() + 1 + part.len() > WIDTH {
            let _ = writeln!(text, "{line}");
            line = " ".repeat(15);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    let _ = writeln!(text, "{line}");
}

impl options::Opt {
    /// The option as help shows it: `-f[amily] FAMILY`.
    pub fn spelling(&self) -> String {
        let name = match self.short {
            Some(short) if short.len() < self.name.len() => {
                let rest = self.name.get(short.len()..).unwrap_or_default();
                format!("-{short}[{rest}]")
            }
            _ => format!("-{}", self.name),
        };
        match self.value {
            "" => name,
            value => format!("{name} {value}"),
        }
    }
}
