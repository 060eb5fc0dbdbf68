//! `vnet audit`: every kernel call of a program that concerns namespaces, mounts, capabilities, network configuration
//! and netlink.

mod again;
mod words;

pub(crate) use again::again;
pub(crate) use words::AUDIT;

use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, command_line, quoted};
use crate::out::color::Paint;
use crate::tools::audit::policy::Policy;
use crate::tools::audit::report::{Report, Sink};
use crate::tools::audit::tracer::{self, Error};
use std::ffi::OsString;
use words::Wanted;

/// Exit code of a program that did not do what its policy says.
const DEVIATION: u8 = 3;
/// Exit codes of a shell for a program that it can't execute, and for one that it can't find.
const NOT_EXECUTABLE: u8 = 126;
const NOT_FOUND: u8 = 127;

/// `vnet audit [OPTIONS] [--] COMMAND…`.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    ctx.no_dry_run(args, "audit", "it runs a program")?;
    let wanted = words::parse(ctx, args)?;
    let command = args.rest();
    if command.is_empty() {
        return Err(args.missing("the command to audit", "No command specified"));
    }
    audit(ctx, wanted, command, args.place())
}

/// Audits a command, whose first word stands at a place in the command line, and ends as it ends.
fn audit(ctx: &mut Context, mut wanted: Wanted, command: &[OsString], place: usize) -> Result {
    let cannot_write = |to: &std::ffi::OsStr, e: std::io::Error| {
        CmdError::os(format!("cannot write the report to {}", quoted(to)), &e)
    };
    let named = |(file, at): &(OsString, usize)| {
        Sink::named(file.as_ref()).map_err(|e| cannot_write(file, e).at(*at))
    };
    let sink = match &wanted.output {
        None => Sink::stderr().map_err(|e| cannot_write("stderr".as_ref(), e))?,
        Some(output) => named(output)?,
    };
    wanted.config.paint = Paint::for_eyes(&ctx.options, || sink.is_terminal());
    wanted.config.pcap = wanted.pcap.as_ref().map(named).transpose()?;
    // What this process has to say is said: the program writes from here on.
    ctx.out.flush();
    let mut report = Report::new(wanted.config, sink);
    let end = tracer::run(command, &mut |event| report.event(&event));
    let verdict = report.finish();
    let end = end.map_err(|e| not_run(e, place))?;
    if let (Some(policy), Some(to)) = (&verdict.recorded, &wanted.record) {
        let mut file = named(to)?;
        file.write(recording(command, policy).as_bytes());
        file.finish().map_err(|e| cannot_write(&to.0, e).at(to.1))?;
    }
    // Told before this process may end by the program's signal.
    let unwritten = verdict.error.is_some();
    if let Some(e) = verdict.error {
        let error = CmdError::os("cannot write the report", &e);
        crate::error::stderr(format!("error: {error}\n").as_bytes());
    }
    // Whatever the program made of it, a deviation is one.
    if verdict.deviations > 0 {
        return Err(CmdError::silent(DEVIATION));
    }
    match tracer::end_as(end) {
        0 if unwritten => Err(CmdError::silent(FAILED)),
        0 => Ok(()),
        code => Err(CmdError::silent(u8::try_from(code).unwrap_or(u8::MAX))),
    }
}

/// A recorded policy as a file.
fn recording(command: &[OsString], policy: &Policy) -> String {
    let command = command_line(command);
    format!("# Recorded by vnet audit: {command}\n{policy}")
}

fn not_run(error: Error, place: usize) -> CmdError {
    match error {
        Error::Program { name, errno } => {
            let os = std::io::Error::from_raw_os_error(errno);
            let code = match errno {
                libc::ENOENT | libc::ENOTDIR => NOT_FOUND,
                _ => NOT_EXECUTABLE,
            };
            CmdError::os(format!("cannot run {}", quoted(&name)), &os)
                .at(place)
                .code(code)
        }
        Error::Refused { reason, errno } => {
            let os = std::io::Error::from_raw_os_error(errno);
            CmdError::os("cannot audit: ptrace(2) is refused", &os).hint(reason)
        }
        Error::Os { what, source } => {
            CmdError::os(format!("cannot audit: {what} failed"), &source).code(FAILED)
        }
    }
}
