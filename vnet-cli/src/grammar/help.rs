//! Usage texts, made from the tables.

use super::own::objects;
use super::tree::{Does, Object, Verb};
use super::{Keyword, Kind, Value, Words};
use crate::applet::Program;
use crate::context::At;
use crate::options;
use std::fmt::Write;

/// Columns of a usage text.
const WIDTH: usize = 80;

/// The usage of the innermost of program, object and verb; commands start with
/// the name of `program`, and with `bridge` behind it in `vnet bridge`.
pub(crate) fn usage(program: Program, at: At) -> String {
    let mut prefix = program.name().to_owned();
    if at.program != program {
        let _ = write!(prefix, " {}", at.program.name());
    }
    match (at.object, at.verb) {
        (None, _) => program_as(&prefix, at.program),
        (Some(object), None) => of_object(&prefix, object),
        (Some(object), Some(verb)) => of_verb(&prefix, object, verb),
    }
}

/// The usage of a program.
pub fn program(program: Program) -> String {
    program_as(program.name(), program)
}

fn program_as(prefix: &str, program: Program) -> String {
    let mut text = format!(
        "Usage: {prefix} [ OPTIONS ] OBJECT {{ COMMAND | help }}\n       {prefix} [ -force ] -batch FILE\n\nOBJECT:\n"
    );
    let done = objects(program).filter(|o| o.is_done());
    table(&mut text, done.map(|o| (o.name.to_owned(), o.about)));
    text.push_str("\nOPTIONS:\n");
    table(
        &mut text,
        options::table(program)
            .iter()
            .map(|o| (o.spelling(), o.help)),
    );
    let _ = writeln!(
        text,
        "\n'{prefix} OBJECT help' lists an object's commands, '{prefix} OBJECT COMMAND help' their words."
    );
    text
}

fn of_object(prefix: &str, object: &Object) -> String {
    let mut text = String::new();
    let mut kinds: Option<&'static [Kind]> = None;
    let mut usage = |parts: &[String]| {
        let lead = if text.is_empty() { "Usage:" } else { "      " };
        wrap(&mut text, lead, parts);
    };
    match &object.does {
        Does::Verbs(verbs, _) => {
            for verb in verbs.iter().filter(|v| v.run.is_some()) {
                kinds = kinds.or_else(|| kinds_of(verb.words));
                usage(&synopsis(
                    &format!("{prefix} {} {}", object.name, verb.name),
                    verb.args,
                    verb.words,
                ));
            }
        }
        Does::Runs(_, words, args) => {
            usage(&synopsis(
                &format!("{prefix} {}", object.name),
                args,
                *words,
            ));
            text.push('\n');
            keywords(&mut text, *words);
        }
        Does::Program(inner) => return program_as(&format!("{prefix} {}", object.name), *inner),
        Does::Help => return String::new(),
        Does::Nothing => {}
    }
    if text.is_empty() {
        return format!(
            "'{}' is not supported by {prefix}: {}\n",
            object.name, object.about
        );
    }
    if let Some(kinds) = kinds {
        text.push('\n');
        let mut parts = vec!["TYPE := {".to_owned()];
        for (i, kind) in kinds.iter().enumerate() {
            let bar = if i == 0 { "" } else { "| " };
            parts.push(format!("{bar}{}", kind.name));
        }
        parts.push("}".to_owned());
        wrap(&mut text, "", &parts);
    }
    text
}

fn of_verb(prefix: &str, object: &Object, verb: &Verb) -> String {
    let mut text = String::new();
    let command = format!("{prefix} {} {}", object.name, verb.name);
    wrap(
        &mut text,
        "Usage:",
        &synopsis(&command, verb.args, verb.words),
    );
    let _ = writeln!(text, "\n{}", verb.about);
    keywords(&mut text, verb.words);
    for kind in kinds_of(verb.words).unwrap_or_default() {
        let _ = writeln!(text, "\ntype {}: {}", kind.name, kind.about);
        keywords(&mut text, kind.words);
    }
    text
}

/// The words of a kind, `vnet link help vlan`.
pub fn of_kind(prefix: &str, kind: &Kind) -> String {
    let mut text = String::new();
    let command = format!("{prefix} type {}", kind.name);
    wrap(&mut text, "Usage: ...", &synopsis(&command, "", kind.words));
    let _ = writeln!(text, "\n{}", kind.about);
    keywords(&mut text, kind.words);
    text
}

/// The kinds that one of the keywords leads to.
pub(super) fn kinds_of(words: &dyn Words) -> Option<&'static [Kind]> {
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
