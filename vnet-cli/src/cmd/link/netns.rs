//! A network namespace as a word names it: a name in `/run/netns`, a process, or a path.

use crate::args::Word;
use crate::context::Context;
use crate::error::{CmdError, FAILED, KERNEL, Result, quoted};
use crate::place::named;
use netlink_raw::Error;
use netlink_raw::route::link::Netns;
use netlink_raw::route::nsid::{GetNsid, NewNsid, Nsid, Which};
use nsenter::{NsHandle, NsKind};
use std::os::fd::AsFd;

/// A network namespace, open or by the process that lives in it.
#[derive(Debug)]
pub(super) enum Place {
    /// Of a name or path.
    Open(NsHandle),
    /// Of a process; whether there is one is the kernel's to say.
    Pid(i32),
}

impl Place {
    /// As a request names it.
    pub(super) fn netns(&self) -> Netns<'_> {
        match self {
            Self::Open(handle) => Netns::Fd(handle.as_fd()),
            // The kernel reads the number as signed, and finds no process of a negative one.
            Self::Pid(pid) => Netns::Pid(pid.cast_unsigned()),
        }
    }
}

impl Place {
    /// Opened, whichever it is.
    pub(super) fn open(&self) -> nsenter::Result<NsHandle> {
        match self {
            Self::Open(handle) => handle.try_clone(),
            Self::Pid(pid) => NsHandle::from_pid(pid.cast_unsigned(), NsKind::Net),
        }
    }
}

/// The namespace of a word behind `keyword`: as iproute2, a name or path first, else a process's number.
pub(super) fn place(ctx: &Context, word: &Word<'_>, keyword: &str) -> Result<Place> {
    let wrong = format!("Invalid \"{keyword}\" value");
    // An empty name is the directory of names to iproute2, and no namespace.
    if word.bytes().is_empty() {
        return Err(no_namespace(word));
    }
    match named(&ctx.store(), word.text()) {
        Ok(handle) => Ok(Place::Open(handle)),
        Err(nsenter::Error::NotNamespace { .. } | nsenter::Error::WrongKind { .. }) => {
            Err(no_namespace(word))
        }
        Err(reason) => match word.i32(&wrong) {
            Ok(pid) => Ok(Place::Pid(pid)),
            Err(_) => Err(word.wrong_because(
                format_args!("no network namespace, nor a process's number: {reason}"),
                &wrong,
            )),
        },
    }
}

/// The namespace of a name or path, no process.
pub(super) fn named_only(ctx: &Context, word: &Word<'_>, keyword: &str) -> Result<NsHandle> {
    named(&ctx.store(), word.text()).map_err(|reason| match reason {
        nsenter::Error::NotNamespace { .. } | nsenter::Error::WrongKind { .. } => {
            no_namespace(word)
        }
        reason => word.wrong_because(reason, &format!("Invalid \"{keyword}\" value")),
    })
}

/// A file that is there and is no network namespace: iproute2 lets the kernel refuse it.
fn no_namespace(word: &Word<'_>) -> CmdError {
    word.error(
        format!("{} is not a network namespace", quoted(word.text())),
        "RTNETLINK answers: Invalid argument",
    )
    .code(KERNEL)
}

/// The number that a namespace has here; it gets one when it has none.
pub(super) fn id_of(ctx: &mut Context, word: &Word<'_>, handle: &NsHandle) -> Result<i32> {
    let what = format!(
        "cannot tell the number of namespace {}",
        quoted(word.text())
    );
    let fail = |e: Error| CmdError::netlink(what.as_str(), &e).at(word.at());
    let netns = Netns::Fd(handle.as_fd());
    let get = GetNsid {
        which: Some(Which::Netns(netns)),
        ..GetNsid::default()
    };
    let conn = ctx.kernel.conn()?;
    for attempt in 0..2 {
        let id = conn
            .get(&get, |reply| Nsid::parse(&reply))
            .map_err(fail)?
            .map_err(|e| fail(e.into()))?
            .id;
        match id {
            Some(id) if id >= 0 => return Ok(id),
            _ if attempt == 0 => conn.change(&NewNsid { netns, nsid: None }).map_err(fail)?,
            _ => break,
        }
    }
    Err(CmdError::new(what).code(FAILED).at(word.at()))
}
