//! The man page, made from the tables.

use super::own::objects;
use super::tree::{Does, Object, Verb};
use super::{Words, help};
use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use crate::options;
use std::fmt::Write;

/// `vnet man`: roff to stdout.
pub(super) fn run(context: &mut Context, args: &mut Args<'_>) -> Result {
    if let Some(word) = args.next() {
        return Err(match word.abbreviates("help") {
            true => context.usage(),
            false => word.garbage("man"),
        });
    }
    context.out.raw(page());
    Ok(())
}

/// The whole page.
pub fn page() -> String {
    let mut page = format!(
        ".TH VNET 8 \"\" \"vnet {}\" \"Linux\"\n\
         .SH NAME\nvnet \\- network links, addresses, routes and namespaces\n\
         .SH SYNOPSIS\n.B vnet\n[ OPTIONS ] OBJECT {{ COMMAND | help }}\n.br\n\
         .B vnet\n[ \\-force ] \\-batch FILE\n\
         .SH DESCRIPTION\n\
         One program in the place of ip(8), bridge(8), ifconfig(8), route(8) and ping(8); \
         a link to it by one of these names is that program. Its words are theirs, and its \
         exit codes: 0, 1 for what is refused, 2 for an error of the kernel, 255 for a \
         wrong command line.\n\
         .SH OPTIONS\n",
        env!("CARGO_PKG_VERSION")
    );
    for option in options::OWN.iter().chain(options::IP) {
        item(&mut page, &option.spelling(), option.help);
    }
    page.push_str(".SH OBJECTS\n");
    for object in objects(Program::Vnet).filter(|o| o.is_done()) {
        match object.does {
            Does::Program(program) => {
                for inner in objects(program).filter(|o| o.is_done()) {
                    of_object(&mut page, &format!("vnet {}", program.name()), inner);
                }
            }
            _ => of_object(&mut page, "vnet", object),
        }
    }
    page.push_str(".SH SEE ALSO\nip(8), bridge(8), namespaces(7), rtnetlink(7)\n");
    page
}

fn of_object(page: &mut String, prefix: &str, object: &Object) {
    let command = format!("{prefix} {}", object.name);
    let _ = writeln!(page, ".SS {}\n{}.", escape(&command), escape(object.about));
    match &object.does {
        Does::Verbs(verbs, _) => {
            for verb in verbs.iter().filter(|v| v.run.is_some()) {
                of_verb(page, &command, verb);
            }
        }
        Does::Runs(_, words, args) => {
            synopsis(page, &command, args, *words);
            keywords(page, *words);
        }
        Does::Program(_) | Does::Help | Does::Nothing => {}
    }
}

fn of_verb(page: &mut String, command: &str, verb: &Verb) {
    let command = format!("{command} {}", verb.name);
    synopsis(page, &command, verb.args, verb.words);
    let _ = writeln!(page, "{}.", escape(verb.about));
    keywords(page, verb.words);
    for kind in help::kinds_of(verb.words).unwrap_or_default() {
        item(page, &format!("type {}", kind.name), kind.about);
        page.push_str(".RS\n");
        keywords(page, kind.words);
        page.push_str(".RE\n");
    }
}

fn synopsis(page: &mut String, command: &str, args: &str, words: &dyn Words) {
    let parts = help::synopsis(command, args, words);
    let mut parts = parts.iter().map(|part| escape(part));
    let _ = writeln!(page, ".PP\n.B {}", parts.next().unwrap_or_default());
    for part in parts {
        let _ = writeln!(page, "{part}");
    }
    page.push_str(".br\n");
}

fn keywords(page: &mut String, words: &dyn Words) {
    for keyword in words.iter() {
        let spelling = format!("{} {}", keyword.name, help::value(keyword));
        item(page, spelling.trim_end(), keyword.help);
    }
}

fn item(page: &mut String, name: &str, text: &str) {
    let _ = writeln!(page, ".TP\n.B {}\n{}", escape(name), escape(text));
}

/// Keeps a text from being read as roff.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.as_bytes().first() {
        Some(b'.' | b'\'') => format!("\\&{text}"),
        _ => text,
    }
}
