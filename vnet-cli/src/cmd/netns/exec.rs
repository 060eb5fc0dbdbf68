//! `netns exec`: a command in a namespace, in this process's place.

use super::names::unreadable;
use super::{EXEC, cannot_open, name, no_namespace, required};
use crate::applet::Program;
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, USAGE, errno, quoted, stderr};
use crate::mode::Hands;
use crate::{place, program};
use nsenter::{EnterStage, Error, ExecOptions, NsHandle, NsName, Spawn, Store, prepare_exec_by};
use std::ffi::OsString;

/// `netns exec [--net-only] NAME COMMAND …`, `-all netns exec COMMAND …`.
pub fn exec(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let net_only = args.peek().is_some_and(|w| EXEC.lookup(&w).is_some());
    if net_only {
        args.next();
    }
    let options = ExecOptions {
        net_only,
        ..ExecOptions::default()
    };
    if ctx.options.all {
        return exec_all(ctx, args, &options);
    }
    let word = required(ctx, args)?;
    let (ns, name) = open(ctx, &word)?;
    let command = command(args)?;
    if !ctx.in_batch {
        ctx.out.flush();
        let hands = ctx.kernel.mode().hands();
        return become_command(
            &hands,
            ctx.program,
            &ns,
            name.as_ref(),
            &word,
            command,
            &options,
        );
    }
    match in_child(
        ctx,
        args.line(),
        &ns,
        name.as_ref(),
        &word,
        command,
        &options,
    )? {
        0 => Ok(()),
        code => Err(CmdError::silent(code)),
    }
}

/// The words of the command, and the place of the first.
type Command<'a> = (&'a [OsString], usize);

fn command<'a>(args: &Args<'a>) -> Result<Command<'a>> {
    match args.rest() {
        [] => Err(args
            .missing("the command", "No command specified")
            .code(FAILED)),
        command => Ok((command, args.place())),
    }
}

/// By name; under vnet's own name also by process and path, which have no files in /etc/netns.
fn open(ctx: &Context, word: &Word<'_>) -> Result<(NsHandle, Option<NsName>)> {
    let by_name = name(word).and_then(|name| {
        let ns = ctx.store().open(&name);
        ns.map(|ns| (ns, Some(name)))
            .map_err(|e| match no_namespace(&e) {
                true => cannot_open(word, &e).ip(not_set(word, &e)),
                false => cannot_open(word, &e),
            })
            .map_err(|e| e.code(USAGE))
    });
    match by_name {
        Err(e) if !ctx.program.stands_in() => match place::open_of(&ctx.store(), word.text()) {
            Ok(ns) => Ok((ns, None)),
            Err(_) => Err(e),
        },
        by_name => by_name,
    }
}

/// Enters the namespace and executes the command: it comes back with an error, or from a dry run, or not at all.
fn become_command(
    hands: &Hands,
    program: Program,
    ns: &NsHandle,
    name: Option<&NsName>,
    word: &Word<'_>,
    (command, at): Command<'_>,
    options: &ExecOptions,
) -> Result {
    match prepare_exec_by(hands, ns, name, options) {
        Ok(failures) => {
            for f in failures {
                let text = errno::text(f.errno as i32);
                let (from, to) = (f.from.display(), f.to.display());
                let line = match program.stands_in() {
                    true => format!("Bind {from} -> {to} failed: {text}\n"),
                    false => format!("warning: {f}\n"),
                };
                stderr(line.as_bytes());
            }
        }
        Err(e) => return Err(cannot_enter(word, &e)),
    }
    let Some(why) = program::exec(hands, command) else {
        return Ok(());
    };
    let shown = command.first().map(quoted).unwrap_or_default();
    let bare = shown
        .get(1..shown.len().saturating_sub(1))
        .unwrap_or_default();
    let text = errno::text(why as i32);
    Err(CmdError::os(format!("cannot execute {shown}"), &why.into())
        .ip(format!("exec of \"{bare}\" failed: {text}"))
        .at(at))
}

/// iproute2's line for a setns(2) that failed.
fn not_set(word: &Word<'_>, why: &Error) -> String {
    let text = super::names::text(why);
    format!("setting the network namespace \"{word}\" failed: {text}")
}

fn cannot_enter(word: &Word<'_>, why: &Error) -> CmdError {
    let text = super::names::text(why);
    let stage = match why {
        Error::Enter { stage, .. } => Some(*stage),
        _ => None,
    };
    let ip = match stage {
        Some(EnterStage::UnshareMounts) => format!("unshare failed: {text}"),
        Some(EnterStage::MakeSlave) => format!("\"mount --make-rslave /\" failed: {text}"),
        Some(EnterStage::MountSys) => format!("mount of /sys failed: {text}"),
        _ => not_set(word, why),
    };
    let what = match why {
        Error::Enter { stage, what, .. } if *stage != EnterStage::SetNs => {
            let (shown, what) = (quoted(word.text()), what.display());
            format!("cannot enter network namespace {shown}: cannot {stage} {what}")
        }
        _ => format!("cannot enter network namespace {}", quoted(word.text())),
    };
    let error = super::failed(what, "", why)
        .ip(ip)
        .code(USAGE)
        .at(word.at());
    match why.errno() {
        Some(nsenter::Errno::EPERM) => {
            error.hint("needs CAP_SYS_ADMIN, here and in the user namespace that owns it")
        }
        _ => error,
    }
}

/// The command in a child, which is waited for: its code, or as a shell has it for a signal.
fn in_child(
    ctx: &mut Context,
    line: &[OsString],
    ns: &NsHandle,
    name: Option<&NsName>,
    word: &Word<'_>,
    command: Command<'_>,
    options: &ExecOptions,
) -> Result<u8> {
    ctx.out.flush();
    let program = ctx.program;
    let hands = ctx.kernel.mode().hands();
    if ctx.is_dry() {
        // Without the child, which would be all that is changed.
        return become_command(&hands, program, ns, name, word, command, options).map(|()| 0);
    }
    let child = Spawn::new().call(|| {
        match become_command(&hands, program, ns, name, word, command, options) {
            Ok(()) => 0,
            Err(error) => {
                stderr(&error.render(program, line));
                error.exit_code()
            }
        }
    });
    let exit = child.and_then(|mut child| child.wait());
    let exit = exit.map_err(|e| super::failed("cannot start a process", "fork", &e))?;
    Ok(u8::try_from(exit.shell_code()).unwrap_or(FAILED))
}

/// In every named namespace, one after another. As in iproute2 the commands' own codes do not count.
fn exec_all(ctx: &mut Context, args: &mut Args<'_>, options: &ExecOptions) -> Result {
    let command = match args.rest() {
        // iproute2's word for it.
        [] => {
            return Err(args
                .missing("the command", "No command specified")
                .code(FAILED));
        }
        command => (command, args.place()),
    };
    let store = Store::new();
    let mut names = Vec::new();
    for name in store.names().map_err(|e| unreadable(&e))? {
        names.push(name.map_err(|e| unreadable(&e))?);
    }
    for name in names {
        // What a dry run tells comes at its end.
        if !ctx.is_dry() {
            ctx.out.raw(("\nnetns: ", name.as_bytes(), "\n"));
        }
        let word = Word::new(name.as_os_str(), usize::MAX);
        let done = open(ctx, &word).and_then(|(ns, found)| {
            let found = found.as_ref();
            in_child(ctx, args.line(), &ns, found, &word, command, options)
        });
        if let Err(e) = done {
            ctx.out.flush();
            stderr(&e.render(ctx.program, args.line()));
        }
    }
    Ok(())
}
