//! `netns identify` and `pids`: which names a process's namespace has, and who is in a namespace.

use super::{cannot_open, failed, name, needs_proc, no_more, no_namespace, required};
use crate::args::Args;
use crate::cmd::netns::names::unreadable;
use crate::context::Context;
use crate::error::{FAILED, Result, quoted};
use nsenter::{NsHandle, NsKind, Store, pids_in};

/// `netns identify [PID]`: the name of a process's namespace, of this one's without a number.
///
/// As iproute2 has it: of several names the last, and an empty line when there is none.
pub fn identify(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let process = args.next();
    if let Some(word) = args.next() {
        return Err(word
            .error(
                format!("{} is a word too many", quoted(word.text())),
                "extra arguments specified",
            )
            .code(FAILED));
    }
    let ns = match &process {
        None => NsHandle::current(NsKind::Net),
        Some(word) if word.is("self") => NsHandle::current(NsKind::Net),
        Some(word) if word.is("help") && !ctx.program.stands_in() => return Err(ctx.usage()),
        Some(word) => {
            let digits = word
                .utf8()
                .filter(|s| s.bytes().all(|b| b.is_ascii_digit()));
            let pid = digits.filter(|s| !s.is_empty()).ok_or_else(|| {
                word.error(
                    format!("{} is not the number of a process", quoted(word.text())),
                    format!("Specified string '{word}' is not a pid"),
                )
                .code(FAILED)
            })?;
            // A number that no process can have is one that none has.
            NsHandle::from_pid(pid.parse().unwrap_or(u32::MAX), NsKind::Net)
        }
    };
    let ns = ns.map_err(|e| {
        let error = failed(
            "cannot open the network namespace of the process",
            "Cannot open network namespace",
            &e,
        );
        needs_proc(match &process {
            Some(word) => error.at(word.at()),
            None => error,
        })
    })?;
    let names = Store::new().identify(&ns).map_err(|e| unreadable(&e))?;
    let name = names.last().map(|n| n.as_bytes());
    ctx.out.raw((name, "\n"));
    Ok(())
}

/// `netns pids NAME`: the processes in a namespace, one a line.
pub fn pids(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let word = required(ctx, args)?;
    no_more(ctx, args)?;
    let name = name(&word)?;
    let ns = match Store::new().open(&name) {
        Ok(ns) => ns,
        // Nobody is in what is no namespace.
        Err(e) if no_namespace(&e) => return Ok(()),
        Err(e) => {
            let line = format!("Cannot open network namespace: {}", super::names::text(&e));
            return Err(cannot_open(&word, &e).ip(line));
        }
    };
    let pids = pids_in(&ns)
        .map_err(|e| needs_proc(failed("cannot list processes", "Open of /proc failed", &e)))?;
    for pid in pids {
        ctx.out.raw((pid, "\n"));
    }
    Ok(())
}
