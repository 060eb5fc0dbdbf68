//! `netns set` and `list-id`: the numbers by which this namespace knows others.

use super::names::{id_of, unreadable};
use super::{LIST_ID, cannot_open, name, no_more, no_namespace, required};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, KERNEL, Result, quoted};
use crate::kernel::Kernel;
use crate::show::netns as show;
use netlink_raw::route::nsid::{GetNsid, Netns, NewNsid, Nsid, Which};
use nsenter::Store;
use std::collections::HashMap;
use std::os::fd::AsFd;

/// `netns set NAME NETNSID`.
pub fn set(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let word = required(ctx, args)?;
    let name = name(&word)?;
    let Some(number) = args.next() else {
        let missing = args.missing("a number, or 'auto'", "No nsid specified");
        return Err(missing.code(FAILED));
    };
    let nsid = match number.is("auto") {
        true => None,
        false => Some(positive(&number, "netnsid", "Invalid \"netnsid\" value")?),
    };
    no_more(ctx, args)?;
    let ns = ctx
        .store()
        .open(&name)
        .map_err(|e| match no_namespace(&e) {
            // There it is the kernel that says so.
            true => cannot_open(&word, &e)
                .ip("Error: Peer netns reference is invalid.")
                .code(KERNEL),
            false => cannot_open(&word, &e),
        })?;
    let request = NewNsid {
        netns: Netns::Fd(ns.as_fd()),
        nsid,
    };
    ctx.kernel.conn()?.change(&request).map_err(|e| {
        let what = format!("cannot give {} the number {number}", quoted(word.text()));
        CmdError::netlink(what, &e).at(number.at())
    })
}

/// A number that is not negative; `message` is ip's reason for what is none.
fn positive(word: &Word<'_>, keyword: &str, message: &str) -> Result<i32> {
    match word.i32(message)? {
        number if number < 0 => {
            Err(word.out_of_range(0, i32::MAX, &format!("\"{keyword}\" value should be >= 0")))
        }
        number => Ok(number),
    }
}

/// What failed when `list-id` does.
const LISTING: &str = "cannot list the numbers of namespaces";

/// Keywords of `list-id`.
#[derive(Clone, Copy, PartialEq)]
pub enum ListId {
    Target,
    Nsid,
}

/// `netns list-id [target-nsid NSID] [nsid NSID]`.
pub fn list_id(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let (mut target, mut nsid) = (None, None);
    while let Some(word) = args.next() {
        let Some(key) = LIST_ID.lookup(&word) else {
            return Err(match word.abbreviates("help") || ctx.program.stands_in() {
                true => ctx.usage(),
                false => CmdError::new(format!("{} is no keyword here", quoted(word.text())))
                    .at(word.at())
                    .hint("one of target-nsid, nsid"),
            });
        };
        let name = LIST_ID.name(key);
        let (seen, place) = match key {
            ListId::Target => (target.is_some(), &mut target),
            ListId::Nsid => (nsid.is_some(), &mut nsid),
        };
        if seen {
            return Err(word.duplicate(name));
        }
        let value = args.value_of(&word)?;
        let message = format!("\"{name}\" value is invalid");
        *place = Some((positive(&value, name, &message)?, value.at()));
    }
    let names = NamesById::read(&mut ctx.kernel)?;
    let get = GetNsid {
        which: nsid.map(|(id, _)| Which::Id(id)),
        target: target.map(|(id, _)| id),
    };
    let at = nsid.or(target).map(|(_, at)| at);
    let failed = |e: netlink_raw::Error| {
        let error = CmdError::netlink(LISTING, &e);
        match at {
            Some(at) => error.at(at),
            None => error,
        }
    };
    ctx.out.open_document();
    if nsid.is_some() {
        let one = ctx.kernel.conn()?.get(&get, |reply| Nsid::parse(&reply));
        if let Ok(nsid) = one.map_err(failed)? {
            show::id(&mut ctx.out, &nsid, names.of(&nsid), false);
        }
    } else {
        let all = ctx.kernel.conn()?.collect(&get).map_err(|e| {
            let error = CmdError::dump(LISTING, &e);
            match at {
                Some(at) => error.at(at),
                None => error,
            }
        })?;
        for nsid in all.messages().flat_map(|m| Nsid::parse(&m)) {
            show::id(&mut ctx.out, &nsid, names.of(&nsid), false);
        }
    }
    ctx.out.close_document();
    Ok(())
}

/// The names that namespaces with a number here have: of several the first in the directory's order.
#[derive(Debug, Default)]
pub(crate) struct NamesById(HashMap<i32, Vec<u8>>);

impl NamesById {
    /// Asks for the number of every name.
    pub(crate) fn read(kernel: &mut Kernel) -> Result<Self> {
        let mut names = Self::default();
        names.refresh(kernel)?;
        Ok(names)
    }

    /// Adds what is new, and keeps what is gone.
    pub(crate) fn refresh(&mut self, kernel: &mut Kernel) -> Result {
        let store = Store::new();
        for name in store.names().map_err(|e| unreadable(&e))? {
            let name = name.map_err(|e| unreadable(&e))?;
            if let Some(id) = id_of(kernel, &store, &name)? {
                self.0.entry(id).or_insert_with(|| name.as_bytes().to_vec());
            }
        }
        Ok(())
    }

    /// Forgets the name of a number that is free again.
    pub(crate) fn forget(&mut self, id: i32) {
        self.0.remove(&id);
    }

    /// The name of a number here.
    pub(crate) fn get(&self, id: i32) -> Option<&[u8]> {
        self.0.get(&id).map(Vec::as_slice)
    }

    /// The name of a number: of the number here, where the number of elsewhere is told too.
    pub(crate) fn of(&self, nsid: &Nsid) -> Option<&[u8]> {
        self.get(nsid.current.or(nsid.id)?)
    }
}
