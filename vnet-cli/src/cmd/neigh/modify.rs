//! `neigh add`, `change`, `replace`, `delete`: one entry, or one address we answer for.

use super::{device, no_state, protocol, real, state};
use crate::args::{Args, Family, LlAddr, Prefix, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, USAGE, quoted};
use crate::grammar::{Grammar, Value, exact, help, short};
use netlink_raw::error::Error;
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_raw::route::neigh::*;

/// A word of these commands.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    /// The link-layer address.
    Lladdr,
    /// The state.
    Nud,
    /// An address we answer for.
    Proxy,
    /// It is a router.
    Router,
    /// Use it now.
    Use,
    /// Keep it reachable.
    Managed,
    /// A control plane knows it.
    ExternLearn,
    /// The device.
    Dev,
    /// Who made it.
    Protocol,
    /// The address.
    To,
    /// The usage.
    Help,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    short(Key::Lladdr, "lladdr")
        .value("LLADDR")
        .says("the link-layer address"),
    exact(Key::Nud, "nud").value("STATE").says(
        "the state: permanent, reachable, stale, noarp, none, failed, delay, probe, incomplete",
    ),
    short(Key::Proxy, "proxy")
        .value("ADDRESS")
        .says("an address to answer for, in place of a neighbour's"),
    exact(Key::Router, "router").says("it is a router (IPv6)"),
    exact(Key::Use, "use").says("look it up now"),
    exact(Key::Managed, "managed").says("let the kernel keep it reachable"),
    short(Key::ExternLearn, "extern_learn").says("learned by a control plane"),
    exact(Key::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the device"),
    short(Key::Protocol, "protocol")
        .value("PROTOCOL")
        .says("who made it"),
    exact(Key::To, "to")
        .value("ADDRESS")
        .bare()
        .says("the neighbour's address"),
    help(Key::Help),
]);

/// What is to be done with the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// These flags of a request to create or change: `NLM_F_*`.
    Set(u16, &'static str),
    Delete,
}

/// `neigh add`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Set(NLM_F_CREATE | NLM_F_EXCL, "add"))
}

/// `neigh change`.
pub fn change(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Set(NLM_F_REPLACE, "change"))
}

/// `neigh replace`.
pub fn replace(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let flags = NLM_F_CREATE | NLM_F_REPLACE;
    modify(ctx, args, Action::Set(flags, "replace"))
}

/// `neigh delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Delete)
}

/// What the words said.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    to: Option<(Prefix, Word<'a>)>,
    lladdr: Option<Word<'a>>,
    state: Option<u16>,
    flags: u8,
    managed: bool,
    dev: Option<Word<'a>>,
    protocol: Option<u8>,
}

impl<'a> Words<'a> {
    pub(super) fn read(ctx: &Context, args: &mut Args<'a>) -> Result<Self> {
        let mut words = Self::default();
        while let Some(word) = args.next() {
            match WORDS.lookup(&word) {
                Some(Key::Lladdr) => {
                    let value = args.value_of(&word)?;
                    if words.lladdr.is_some() {
                        return Err(value.duplicate(WORDS.name(Key::Lladdr)));
                    }
                    words.lladdr = Some(value);
                }
                Some(Key::Nud) => {
                    let value = args.value_of(&word)?;
                    words.state = Some(state(&value).ok_or_else(|| no_state(&value))?);
                }
                Some(Key::Proxy) => {
                    let value = args.value_of(&word)?;
                    if WORDS.lookup(&value) == Some(Key::Help) {
                        return Err(ctx.usage());
                    }
                    if words.to.is_some() {
                        return Err(value.duplicate("address"));
                    }
                    words.to = Some((value.address(ctx.options.family)?, value));
                    words.flags |= NTF_PROXY;
                }
                Some(Key::Router) => words.flags |= NTF_ROUTER,
                Some(Key::Use) => words.flags |= NTF_USE,
                Some(Key::Managed) => {
                    words.managed = true;
                    // The kernel is to find its link-layer address.
                    words.state = Some(NUD_NONE);
                }
                Some(Key::ExternLearn) => words.flags |= NTF_EXT_LEARNED,
                Some(Key::Dev) => words.dev = Some(args.value_of(&word)?),
                Some(Key::Protocol) => {
                    let value = args.value_of(&word)?;
                    let number = protocol(ctx, &value);
                    let wrong = "\"protocol\" value is invalid\n";
                    let wrong = || value.wrong_because("there is no protocol of this name", wrong);
                    words.protocol = Some(number.ok_or_else(wrong)?);
                }
                Some(Key::To) => words.take_address(ctx, args.value_of(&word)?)?,
                Some(Key::Help) => return Err(ctx.usage()),
                None => words.take_address(ctx, word)?,
            }
        }
        Ok(words)
    }

    fn take_address(&mut self, ctx: &Context, value: Word<'a>) -> Result {
        if WORDS.lookup(&value) == Some(Key::Help) {
            return Err(ctx.usage());
        }
        if self.to.is_some() {
            return Err(value.garbage(WORDS.name(Key::To)));
        }
        self.to = Some((value.address(ctx.options.family)?, value));
        Ok(())
    }

    /// The address and its word; without a device only where we answer for it.
    pub(super) fn required(&self, args: &Args<'_>) -> Result<(Prefix, Word<'a>)> {
        let proxy = self.flags & NTF_PROXY != 0;
        let to = self.to.filter(|(to, _)| to.family != Family::Unspec);
        to.filter(|_| self.dev.is_some() || proxy).ok_or_else(|| {
            let what = match to {
                None => "the address of the neighbour",
                Some(_) => "the device, 'dev DEVICE'",
            };
            let line = "Device and destination are required arguments.";
            args.missing(what, line).code(USAGE)
        })
    }

    /// What the kernel is asked for.
    pub(super) fn request<'l>(
        &self,
        ctx: &mut Context,
        (to, address): (Prefix, Word<'_>),
        lladdr: Option<&'l LlAddr>,
        action: Action,
    ) -> Result<NeighbourRequest<'l>> {
        let index = match &self.dev {
            Some(dev) => device(ctx, dev)?,
            None => 0,
        };
        real(&to, &address, "Error: Invalid network address.")?;
        Ok(NeighbourRequest {
            nlm_flags: match action {
                Action::Set(flags, _) => flags,
                Action::Delete => 0,
            },
            family: to.family.number(),
            index,
            // What is set by hand stays until it is deleted by hand.
            state: self.state.unwrap_or(NUD_PERMANENT),
            flags: self.flags,
            destination: to.address,
            lladdr: lladdr.map(LlAddr::bytes),
            protocol: self.protocol,
            flags_ext: self.managed.then_some(NTF_EXT_MANAGED),
            ..NeighbourRequest::default()
        })
    }

    /// The link-layer address; `null` is none.
    pub(super) fn lladdr(&self) -> Result<Option<LlAddr>> {
        match self.lladdr {
            Some(word) if !word.is("null") => word.lladdr().map(Some),
            _ => Ok(None),
        }
    }
}

fn modify(ctx: &mut Context, args: &mut Args<'_>, action: Action) -> Result {
    let words = Words::read(ctx, args)?;
    let to = words.required(args)?;
    let lladdr = words.lladdr()?;
    let request = words.request(ctx, to, lladdr.as_ref(), action)?;
    let conn = ctx.kernel.conn()?;
    let answer = match action {
        Action::Set(..) => conn.change(&request),
        Action::Delete => conn.change(&DelNeighbour(request)),
    };
    answer.map_err(|e| explain(&e, &words, &to.1, action))
}

/// The kernel's refusal, with the word it is about and what to try.
fn explain(error: &Error, words: &Words<'_>, address: &Word<'_>, action: Action) -> CmdError {
    let verb = match action {
        Action::Set(_, verb) => verb,
        Action::Delete => "delete",
    };
    let thing = match words.flags & NTF_PROXY {
        0 => "neighbour",
        _ => "proxy entry",
    };
    let on = words
        .dev
        .map_or_else(String::new, |dev| format!(" on {}", quoted(dev.text())));
    let mut refused = CmdError::netlink(format!("cannot {verb} {thing} {address}{on}"), error);
    let Some(kernel) = error.kernel() else {
        return refused;
    };
    // The kernel names no attribute here, only what is wrong with it.
    let of_lladdr = kernel
        .message
        .as_ref()
        .is_some_and(|m| m.contains("link address"));
    let at = match (kernel.attribute, kernel.errno) {
        (Some("NDA_LLADDR"), _) => words.lladdr,
        _ if of_lladdr && words.lladdr.is_some() => words.lladdr,
        (_, libc::ENODEV) => words.dev,
        (_, libc::EPERM) => None,
        _ => Some(*address),
    };
    if let Some(word) = at {
        refused = refused.at(word.at());
    }
    match (kernel.errno, action) {
        (libc::EEXIST, Action::Set(..)) => {
            refused.hint("'neigh replace' changes an entry that is there")
        }
        (libc::ENOENT, Action::Set(..)) => refused.hint("'neigh add' makes an entry"),
        (libc::ENOENT, Action::Delete) => refused.hint("'neigh show nud all' lists the entries"),
        (libc::EINVAL, Action::Set(..)) if words.lladdr.is_none() => {
            refused.hint("an entry in this state needs its link-layer address: lladdr LLADDR")
        }
        _ => refused,
    }
}
