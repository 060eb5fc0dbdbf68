//! `netns`: named network namespaces.

mod exec;
mod ids;
mod names;
mod processes;
mod watch;

pub use exec::exec;
pub(crate) use ids::NamesById;
pub use ids::{list_id, set};
pub use names::{add, attach, delete, list};
pub use processes::{identify, pids};
pub use watch::monitor;

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, errno, quoted};
use crate::grammar::{Grammar, exact};
use nsenter::{Errno, Error, NsName, NsNameError, StoreStage};
use std::path::Path;

/// The words of `exec` before the command.
pub static EXEC: Grammar<()> = Grammar(&[exact((), "--net-only")
    .says("enter the network namespace alone: no /sys and no files of its own")]);

/// The words of `list-id`.
pub static LIST_ID: Grammar<ids::ListId> = Grammar(&[
    exact(ids::ListId::Target, "target-nsid")
        .value("NSID")
        .says("the numbers that the namespace with this number knows"),
    exact(ids::ListId::Nsid, "nsid")
        .value("NSID")
        .says("of the namespace with this number"),
]);

/// The name that a command has to have.
fn required<'a>(ctx: &Context, args: &mut Args<'a>) -> Result<Word<'a>> {
    let Some(word) = args.next() else {
        let missing = args.missing("the name of a network namespace", "No netns name specified");
        return Err(missing.code(FAILED));
    };
    // To iproute2 it is a name like any other.
    if word.is("help") && !ctx.program.stands_in() && args.is_empty() {
        return Err(ctx.usage());
    }
    Ok(word)
}

/// Words that nothing is done with: an error, except under iproute2's name, where they always were ignored.
fn no_more(ctx: &Context, args: &mut Args<'_>) -> Result {
    match args.next() {
        Some(word) if !ctx.program.stands_in() => {
            let shown = quoted(word.text());
            Err(CmdError::new(format!("{shown} is a word too many")).at(word.at()))
        }
        _ => Ok(()),
    }
}

/// A name that a namespace is to get.
fn new_name(word: &Word<'_>) -> Result<NsName> {
    NsName::new(word.text()).map_err(|e| invalid(word, e))
}

/// A name that a namespace may have.
fn name(word: &Word<'_>) -> Result<NsName> {
    NsName::existing(word.text()).map_err(|e| invalid(word, e))
}

fn invalid(word: &Word<'_>, why: NsNameError) -> CmdError {
    // ip's line holds the name whole, however long; ours shows control bytes, and cuts.
    let whole = word
        .utf8()
        .filter(|name| name.bytes().all(|b| b.is_ascii_graphic()));
    let shown = whole.map_or_else(|| word.to_string(), str::to_owned);
    word.error(
        format!("{} can't be a name: {why}", quoted(word.text())),
        format!("Invalid netns name \"{shown}\""),
    )
}

/// An error of the system's: `what` in vnet's words, `ip` in iproute2's, where the errno's text follows.
fn failed(what: impl Into<String>, ip: impl std::fmt::Display, why: &Error) -> CmdError {
    match why.errno() {
        Some(n) => {
            let os = std::io::Error::from_raw_os_error(n as i32);
            CmdError::os(what, &os).ip(format!("{ip}: {}", errno::text(n as i32)))
        }
        None => CmdError::new(format!("{}: {why}", what.into())).ip(format!("{ip}: {why}")),
    }
    .code(FAILED)
}

/// The same error, with what to do where there is nothing to be told of processes.
fn needs_proc(error: CmdError) -> CmdError {
    match Path::new("/proc/self").exists() {
        true => error,
        false => error.hint("needs /proc: 'mount -t proc proc /proc'"),
    }
}

/// Whether the file was there and is no network namespace: iproute2 opens any file, and fails where it is used.
fn no_namespace(why: &Error) -> bool {
    matches!(why, Error::NotNamespace { .. } | Error::WrongKind { .. })
}

/// A namespace that could not be opened by this name.
fn cannot_open(word: &Word<'_>, why: &Error) -> CmdError {
    let error = failed(
        format!("cannot open network namespace {}", quoted(word.text())),
        format!("Cannot open network namespace \"{word}\""),
        why,
    );
    match why.errno() {
        Some(Errno::ENOENT) => error.hint("'netns list' lists the names"),
        Some(Errno::EINVAL) => error.hint("its file is no namespace: 'netns delete' removes it"),
        _ => error,
    }
    .at(word.at())
}

/// A step on the directory of names that failed while `doing` (`add`) something to the name in `word`.
fn store_failed(doing: &str, word: &Word<'_>, why: &Error) -> CmdError {
    let subject = format!("network namespace {}", quoted(word.text()));
    let Error::Store { stage, path, .. } = why else {
        return failed(format!("cannot {doing} {subject}: {why}"), why, why).at(word.at());
    };
    let shown = path.display();
    let what = match stage {
        StoreStage::CreateFile | StoreStage::Unlink | StoreStage::Unshare => {
            format!("cannot {doing} {subject}")
        }
        _ => format!("cannot {doing} {subject}: cannot {stage} {shown}"),
    };
    let ip = match stage {
        StoreStage::MakeDir => format!("mkdir {shown} failed"),
        StoreStage::OpenDir | StoreStage::ReadDir => {
            format!("Cannot open netns runtime directory \"{shown}\"")
        }
        StoreStage::LockDir => format!("Cannot flock netns runtime directory \"{shown}\""),
        StoreStage::ShareDir => format!("mount --make-shared {shown} failed"),
        StoreStage::BindDir => format!("mount --bind {shown} {shown} failed"),
        StoreStage::CreateFile => format!("Cannot create namespace file \"{shown}\""),
        StoreStage::Unlink => format!("Cannot remove namespace file \"{shown}\""),
        StoreStage::BindFile => format!("Bind /proc/self/ns/net -> {shown} failed"),
        _ => format!("Failed to create a new network namespace \"{word}\""),
    };
    let error = failed(what, ip, why).at(word.at());
    match (stage, why.errno()) {
        (StoreStage::CreateFile, Some(Errno::EEXIST)) => error.hint("the name is in use"),
        (StoreStage::Unlink, Some(Errno::ENOENT)) => error.hint("'netns list' lists the names"),
        (stage, Some(Errno::EPERM | Errno::EACCES)) => {
            let error = match stage {
                // ip passes over the unmount that was refused, and reports what the unlink then met.
                StoreStage::Unlink => {
                    let busy = errno::text(libc::EBUSY);
                    error.ip(format!("Cannot remove namespace file \"{shown}\": {busy}"))
                }
                _ => error,
            };
            error.hint("needs CAP_SYS_ADMIN: be root, or in user and mount namespaces of your own")
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests;
