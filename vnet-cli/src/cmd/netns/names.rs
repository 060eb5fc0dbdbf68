//! `netns add`, `attach`, `delete`, `list`: names come, go, and are listed.

use super::{failed, name, needs_proc, new_name, no_more, required, store_failed};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, errno, quoted};
use crate::kernel::Kernel;
use crate::mode::Hands;
use crate::show::netns as show;
use netlink_raw::Error;
use netlink_raw::route::nsid::{GetNsid, Netns, Nsid, Which};
use nsenter::{NsHandle, NsName, Store};
use std::os::fd::AsFd;

/// `netns add NAME`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let word = required(ctx, args)?;
    no_more(ctx, args)?;
    let name = new_name(&word)?;
    let store = ctx.store();
    let added = match ctx.in_batch {
        // The lines that follow are for the namespace this process is in.
        true => store.add(&name).map(drop),
        // A process that ends now need not go back.
        false => store.add_here(&name),
    };
    added.map_err(|e| store_failed("add", &word, &e))
}

/// `netns attach NAME PID`.
pub fn attach(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    const NONE: &str = "No netns name and PID specified";
    if args.is_empty() {
        return Err(args
            .missing("a name and a process's number", NONE)
            .code(FAILED));
    }
    let word = required(ctx, args)?;
    let name = new_name(&word)?;
    let Some(process) = args.next() else {
        return Err(args.missing("the number of a process", NONE).code(FAILED));
    };
    let pid = pid(&process)?;
    no_more(ctx, args)?;
    let store = ctx.store();
    store.attach_pid(&name, pid).map_err(|e| match &e {
        nsenter::Error::Open { path, .. } => needs_proc(failed(
            format!("cannot open the network namespace of process {process}"),
            format!(
                "Bind {} -> {} failed",
                path.display(),
                store.path(&name).display()
            ),
            &e,
        ))
        .at(process.at()),
        _ => store_failed("attach", &word, &e),
    })
}

/// The number of a process.
fn pid(word: &Word<'_>) -> Result<u32> {
    let number = word.i32("").ok().and_then(|n| u32::try_from(n).ok());
    number.filter(|&n| n > 0).ok_or_else(|| {
        word.error(
            format!("{} is not the number of a process", quoted(word.text())),
            format!("Invalid PID: {word}"),
        )
        .code(FAILED)
    })
}

/// `netns delete NAME`, `-all netns delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let store = ctx.store();
    if ctx.options.all {
        no_more(ctx, args)?;
        return delete_all(ctx, &store);
    }
    let word = required(ctx, args)?;
    no_more(ctx, args)?;
    let name = name(&word)?;
    store
        .remove(&name)
        .map_err(|e| store_failed("delete", &word, &e))
}

/// Goes on after a failure, which is told; what is gone already is none.
fn delete_all(ctx: &Context, store: &Store<Hands>) -> Result {
    let mut all = Vec::new();
    for name in store.names().map_err(|e| unreadable(&e))? {
        all.push(name.map_err(|e| unreadable(&e))?);
    }
    let failures = store.remove_many(&all);
    for (name, why) in &failures {
        let word = Word::new(name.as_os_str(), usize::MAX);
        let error = store_failed("delete", &word, why);
        crate::error::stderr(&error.render(ctx.program, &[]));
    }
    match failures.is_empty() {
        true => Ok(()),
        false => Err(CmdError::silent(FAILED)),
    }
}

/// The directory of names can't be read.
pub(super) fn unreadable(why: &nsenter::Error) -> CmdError {
    failed(
        "cannot list network namespaces",
        "Cannot open netns runtime directory",
        why,
    )
}

/// `netns`, `netns list`: each name, and the number that its namespace has here.
pub fn list(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    if args.peek().is_some_and(|w| w.is("help")) && !ctx.program.stands_in() {
        return Err(ctx.usage());
    }
    no_more(ctx, args)?;
    let store = Store::new();
    // As in ip there is no list then, not an empty one.
    if matches!(store.dir().try_exists(), Ok(false)) {
        return Ok(());
    }
    ctx.out.open_document();
    for name in store.names().map_err(|e| unreadable(&e))? {
        let name = name.map_err(|e| unreadable(&e))?;
        let id = id_of(&mut ctx.kernel, &store, &name)?;
        show::name(&mut ctx.out, name.as_bytes(), id);
    }
    ctx.out.close_document();
    Ok(())
}

/// The number of a namespace here, if it has one. A file that is no namespace has none.
pub(super) fn id_of(kernel: &mut Kernel, store: &Store, name: &NsName) -> Result<Option<i32>> {
    match store.open(name) {
        Ok(ns) => id_here(kernel, &ns),
        Err(_) => Ok(None),
    }
}

fn id_here(kernel: &mut Kernel, ns: &NsHandle) -> Result<Option<i32>> {
    let get = GetNsid {
        which: Some(Which::Netns(Netns::Fd(ns.as_fd()))),
        target: None,
    };
    match kernel.conn()?.get(&get, |reply| Nsid::parse(&reply)) {
        Ok(nsid) => Ok(nsid.ok().and_then(|nsid| nsid.assigned())),
        // Another user's namespace, for one: the name is listed all the same.
        Err(Error::Kernel(_)) => Ok(None),
        Err(e) => {
            let line = format!("Cannot talk to rtnetlink: {}", crate::error::reason(&e));
            Err(CmdError::netlink("cannot ask for the number of a namespace", &e).ip(line))
        }
    }
}

/// What iproute2 says of an errno.
pub(super) fn text(why: &nsenter::Error) -> String {
    why.errno()
        .map_or_else(|| why.to_string(), |n| errno::text(n as i32).into_owned())
}
