//! From the words to the code: program, options, object, verb.

use crate::applet::Program;
use crate::args::{Args, Word};
use crate::batch;
use crate::context::{At, Context};
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::grammar::help;
use crate::grammar::own;
use crate::grammar::tree::{Does, Object, Verb};
use crate::mode::Mode;
use crate::options::{Options, Parsed};
use crate::out::Out;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the process: `words` is its command line, the program's name first.
/// Errors go to stderr; the value is the exit code.
pub fn main(words: Vec<OsString>) -> ExitCode {
    crate::sys::restore_sigpipe();
    ExitCode::from(execute(&words))
}

/// Runs a command line; errors go to stderr.
pub(crate) fn execute(words: &[OsString]) -> u8 {
    let program = words
        .first()
        .map_or(Program::Vnet, |name| Program::of(name));
    match run(program, words) {
        Ok(()) => 0,
        Err(error) => {
            crate::error::stderr(&error.render(program, words));
            error.exit_code()
        }
    }
}

/// Runs a command line as a program.
fn run(program: Program, words: &[OsString]) -> Result {
    let mut args = Args::new(words, 1);
    let mut options = Options::default();
    if let Some(tool) = own::tool(program) {
        return with_tool(program, tool, &mut args);
    }
    // The options of `vnet bridge -j link` may stand before and behind `bridge`.
    let mut tables = program;
    loop {
        match options.parse(tables, program, &mut args)? {
            Parsed::Go => {}
            Parsed::Version => return version(tables, program),
            Parsed::Help => return Err(CmdError::usage(help::program(tables))),
        }
        match args.peek().and_then(|w| own::object_of(tables, &w)) {
            Some(Object {
                does: Does::Program(inner),
                ..
            }) => {
                args.next();
                tables = *inner;
            }
            _ => break,
        }
    }
    #[cfg(feature = "audit")]
    if !options.audit.is_empty() {
        return crate::cmd::audit::again(words, &options);
    }
    let mode = Mode::new(options.dry_run);
    if let Some(place) = &options.netns {
        place.enter_by(&mode.own_hands(), program)?;
    }
    let out = Out::stdout(&options);
    let mut context = Context::in_mode(mode, program, options, out);
    let result = match context.options.batch.take() {
        Some(file) => batch::run(&mut context, tables, &file),
        None => {
            let result = command(&mut context, tables, &mut args);
            context.out.close_document();
            context.report_dry_run(result.is_err());
            result
        }
    };
    finish(&mut context, result)
}

/// Runs a program that has no objects.
fn with_tool(program: Program, tool: &'static Object, args: &mut Args<'_>) -> Result {
    let options = Options::default();
    let out = Out::stdout(&options);
    let mut context = Context::new(program, options, out);
    context.at.object = Some(tool);
    let result = match tool.does {
        Does::Runs(run, ..) => run(&mut context, args),
        _ => Err(not_supported(tool.name, tool.about).at(0)),
    };
    finish(&mut context, result)
}

/// Writes what is left, and turns a failure to write into an error.
fn finish(context: &mut Context, result: Result) -> Result {
    // An error in the middle of a dump leaves JSON that is whole.
    context.out.close_document();
    let written = context.out.finish();
    result?;
    written.map_err(|e| CmdError::os("cannot write to stdout", &e))
}

fn version(tables: Program, program: Program) -> Result {
    let mut out = Out::stdout(&Options::default());
    let own = concat!("vnet ", env!("CARGO_PKG_VERSION"));
    match tables {
        // The words before the comma are what scripts look at.
        Program::Ip => out.raw(("ip utility, iproute2-6.1.0, ", own, "\n")),
        Program::Bridge if program == Program::Bridge => {
            out.raw(("bridge utility, 6.1.0, ", own, "\n"));
        }
        _ => out.raw((own, "\n")),
    }
    out.finish()
        .map_err(|e| CmdError::os("cannot write to stdout", &e))
}

/// Runs one command, which starts with its object: the command line's, or a
/// line of a batch.
pub(crate) fn command(context: &mut Context, tables: Program, args: &mut Args<'_>) -> Result {
    context.at = At {
        program: tables,
        object: None,
        verb: None,
    };
    let Some(word) = args.next() else {
        return Err(context.usage());
    };
    let Some(object) = own::object_of(tables, &word) else {
        return Err(no_object(context, &word));
    };
    context.at.object = Some(object);
    match object.does {
        Does::Nothing => Err(not_supported(object.name, object.about).at(word.at())),
        Does::Help => Err(help_about(context, tables, args)),
        // A batch of vnet may hold lines for the programs within.
        Does::Program(inner) => command(context, inner, args),
        Does::Runs(run, ..) => run(context, args),
        Does::Verbs(verbs, default) => with_verb(context, object, verbs, default, args),
    }
}

fn with_verb(
    context: &mut Context,
    object: &'static Object,
    verbs: &'static [Verb],
    default: Option<&str>,
    args: &mut Args<'_>,
) -> Result {
    let word = args.next();
    let verb = match &word {
        Some(word) => verbs.iter().find(|v| v.is(word)),
        None => verbs.iter().find(|v| Some(v.name) == default),
    };
    let Some(verb) = verb else {
        if let (Some(word), Program::Vnet) = (&word, context.at.program)
            && word.bytes().starts_with(b"-")
            && object.name == Program::Route.name()
            && let Some(tool) = own::tool(Program::Route)
            && let Does::Runs(run, ..) = tool.does
        {
            // `vnet route -n` is no form of ip's: it can only mean net-tools' route.
            args.back();
            context.at.object = Some(tool);
            return run(context, args);
        }
        return Err(match word {
            Some(word) if word.abbreviates("help") => return help_kind(context, verbs, args),
            Some(word) => no_verb(context, object, verbs, &word),
            None => context.usage(),
        });
    };
    context.at.verb = Some(verb);
    match verb.run {
        Some(run) => run(context, args),
        None => {
            let name = format!("{} {}", object.name, verb.name);
            Err(not_supported(&name, verb.about).at(args.place().saturating_sub(1)))
        }
    }
}

/// `vnet help link`, `vnet help link add`: the usage of what is named; ip's own
/// `help` has only one answer.
fn help_about(context: &mut Context, tables: Program, args: &mut Args<'_>) -> CmdError {
    let mut program = tables;
    let mut object = args.next().and_then(|w| own::object_of(program, &w));
    if let Some(Object {
        does: Does::Program(inner),
        ..
    }) = object
    {
        program = *inner;
        object = args.next().and_then(|w| own::object_of(program, &w));
    }
    let verb = match object.map(|o| &o.does) {
        Some(Does::Verbs(verbs, _)) => args.next().and_then(|w| verbs.iter().find(|v| v.is(&w))),
        _ => None,
    };
    context.at = At {
        program,
        object: object.filter(|o| !matches!(o.does, Does::Help)),
        verb,
    };
    context.usage()
}

/// `vnet link help vlan`: the words of a kind, to stdout and with success, as ip
/// does it; the object's usage when it is no kind.
fn help_kind(context: &mut Context, verbs: &[Verb], args: &mut Args<'_>) -> Result {
    let mut kinds = verbs
        .iter()
        .filter_map(|v| help::kinds_of(v.words))
        .flatten();
    let kind = args.next().and_then(|w| kinds.find(|k| w.is(k.name)));
    match kind {
        Some(kind) => {
            context.out.raw(help::of_kind(kind));
            Ok(())
        }
        None => Err(context.usage()),
    }
}

fn no_object(context: &Context, word: &Word<'_>) -> CmdError {
    let tables = context.at.program;
    let error = word
        .error(
            format!("there is no object {}", quoted(word.text())),
            format!(
                "Object \"{word}\" is unknown, try \"{} help\".",
                tables.name()
            ),
        )
        .hint(format!("'{} help' lists the objects", context.command()));
    match tables {
        // bridge answers with exit(-1), ip with 1; a batch of either ends with 1.
        Program::Bridge if !context.in_batch => error,
        _ => error.code(FAILED),
    }
}

fn no_verb(context: &Context, object: &Object, verbs: &[Verb], word: &Word<'_>) -> CmdError {
    let names: Vec<&str> = verbs
        .iter()
        .filter(|v| v.run.is_some())
        .map(|v| v.name)
        .collect();
    let program = context.at.program.name();
    let error = word.error(
        format!("'{}' has no command {}", object.name, quoted(word.text())),
        format!(
            "Command \"{word}\" is unknown, try \"{program} {} help\".",
            object.shown
        ),
    );
    match names.is_empty() {
        true => error,
        false => error.hint(format!("one of {}", names.join(", "))),
    }
}

/// What iproute2 knows and vnet does not: said plainly, under every name.
fn not_supported(name: &str, about: &str) -> CmdError {
    let what = format!("'{name}' is not supported by vnet: {about}");
    let ip = format!("Error: {what}.");
    CmdError::new(what).ip(ip).code(FAILED)
}
