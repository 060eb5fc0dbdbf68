//! `addr add`, `change`, `replace`, `delete`: one address of one device.

use super::words::{Broadcast, Words};
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, KERNEL, Result, quoted};
use netlink_raw::error::Error;
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_raw::route::addr::{AddressRequest, DelAddress, IFA_F_MCAUTOJOIN};
use std::net::IpAddr;

/// What is to be done with the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// These flags of a request to create or change: `NLM_F_*`.
    Set(u16, &'static str),
    Delete,
}

/// `addr add`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Set(NLM_F_CREATE | NLM_F_EXCL, "add"))
}

/// `addr change`.
pub fn change(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Set(NLM_F_REPLACE, "change"))
}

/// `addr replace`.
pub fn replace(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let flags = NLM_F_CREATE | NLM_F_REPLACE;
    modify(ctx, args, Action::Set(flags, "replace"))
}

/// `addr delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Delete)
}

fn modify(ctx: &mut Context, args: &mut Args<'_>, action: Action) -> Result {
    let (words, dev, request) = read(ctx, args, action)?;
    let conn = ctx.kernel.conn()?;
    let answer = match action {
        Action::Set(..) => conn.change(&request),
        Action::Delete => conn.change(&DelAddress(request)),
    };
    answer.map_err(|e| explain(&e, &words, action, &dev))
}

/// The words, the device among them, and what the kernel is asked for.
pub(super) fn read<'a>(
    ctx: &mut Context,
    args: &mut Args<'a>,
    action: Action,
) -> Result<(Words<'a>, Word<'a>, AddressRequest<'a>)> {
    let words = Words::read(ctx, args)?;
    let Some(dev) = words.dev else {
        return Err(args
            .missing(
                "the device, 'dev DEVICE'",
                "Not enough information: \"dev\" argument is required.",
            )
            .code(FAILED));
    };
    let wildcard = action == Action::Delete && words.peer.is_none() && warn_wildcard(ctx, &words);
    let broadcast = match action {
        // `+` and `-` say nothing about which address to delete.
        Action::Delete => match words.broadcast {
            Some((Broadcast::Address(given), _)) => given.address,
            _ => None,
        },
        Action::Set(..) => words.broadcast()?,
    };
    check_autojoin(&words)?;
    let Some(index) = ctx.kernel.index_of(dev.bytes())? else {
        return Err(dev.no_device());
    };
    let lifetimes = words.lifetimes()?;
    check_empty(&words)?;
    let request = AddressRequest {
        nlm_flags: match action {
            Action::Set(flags, _) => flags,
            Action::Delete => 0,
        },
        family: words.family.number(),
        prefixlen: words.prefixlen(),
        flags: words.flags,
        scope: match (words.scope, action) {
            (Some((scope, _)), _) => scope,
            (None, Action::Set(..)) => default_scope(&words),
            (None, Action::Delete) => 0,
        },
        index: index.unsigned_abs(),
        local: words.local.and_then(|(local, _)| local.address),
        address: match wildcard {
            true => None,
            false => words.net().and_then(|(net, _)| net.address),
        },
        label: words.label.map(|label| label.bytes()),
        broadcast,
        anycast: words.anycast.and_then(|(anycast, _)| anycast.address),
        lifetimes,
        priority: words.metric.map(|(metric, _)| metric),
        ..AddressRequest::default()
    };
    Ok((words, dev, request))
}

/// ip's warning of a deletion that takes any prefix length; whether it is one.
fn warn_wildcard(ctx: &Context, words: &Words<'_>) -> bool {
    let Some((local, word)) = words.local else {
        return false;
    };
    if local.family != Family::Inet || local.explicit || local.address.is_none() {
        return false;
    }
    ctx.warn(&format!(
        "Warning: Executing wildcard deletion to stay compatible with old scripts.\n\
         \x20        Explicitly specify the prefix length ({word}/32) to avoid this warning.\n\
         \x20        This special behaviour is likely to disappear in further releases,\n\
         \x20        fix your scripts!"
    ));
    true
}

/// An address of the loopback network counts on this host alone.
fn default_scope(words: &Words<'_>) -> u8 {
    match words.local.and_then(|(local, _)| local.address) {
        Some(IpAddr::V4(a)) if a.is_loopback() => libc::RT_SCOPE_HOST,
        _ => libc::RT_SCOPE_UNIVERSE,
    }
}

/// A group to join has to be one.
fn check_autojoin(words: &Words<'_>) -> Result {
    let group = words.local.and_then(|(local, _)| local.address);
    if words.flags & IFA_F_MCAUTOJOIN == 0 || group.is_some_and(|a| a.is_multicast()) {
        return Ok(());
    }
    let what = "only a multicast group can be joined";
    let error = CmdError::new(what)
        .ip("autojoin needs multicast address")
        .code(FAILED);
    Err(match words.local.map(|(_, word)| word).or(words.flag) {
        Some(word) => error.at(word.at()),
        None => error,
    })
}

/// `any` is no address; of a known family the kernel would be sent one of no length.
fn check_empty(words: &Words<'_>) -> Result {
    if !matches!(words.family, Family::Inet | Family::Inet6) {
        return Ok(());
    }
    let broadcast = match words.broadcast {
        Some((Broadcast::Address(given), word)) => Some((given, word)),
        _ => None,
    };
    let empty = [words.local, words.peer, broadcast, words.anycast]
        .into_iter()
        .flatten()
        .find(|(prefix, _)| prefix.address.is_none());
    match empty {
        None => Ok(()),
        Some((_, word)) => Err(word
            .error(
                format!("{} is no address", quoted(word.text())),
                "Error: Attribute failed policy validation.",
            )
            .code(KERNEL)),
    }
}

/// The kernel's refusal, with the word it is about and what to try.
fn explain(error: &Error, words: &Words<'_>, action: Action, dev: &Word<'_>) -> CmdError {
    let address = words.local.or(words.peer).map(|(_, word)| word);
    let shown = address.map_or_else(|| "an address".to_owned(), |word| format!("address {word}"));
    let what = match action {
        Action::Set(_, verb @ "add") => format!("cannot {verb} {shown} to {}", quoted(dev.text())),
        Action::Set(_, verb) => format!("cannot {verb} {shown} of {}", quoted(dev.text())),
        Action::Delete => format!("cannot delete {shown} from {}", quoted(dev.text())),
    };
    let mut refused = CmdError::netlink(what, error);
    let Some(kernel) = error.kernel() else {
        return refused;
    };
    let named = match kernel.attribute {
        Some("IFA_LABEL") => words.label,
        Some("IFA_BROADCAST") => words.broadcast.map(|(_, word)| word),
        Some("IFA_ANYCAST") => words.anycast.map(|(_, word)| word),
        Some("IFA_ADDRESS") => words.peer.map(|(_, word)| word),
        Some("IFA_CACHEINFO") => words.valid.or(words.preferred).map(|(_, word)| word),
        Some("IFA_RT_PRIORITY") => words.metric.map(|(_, word)| word),
        Some("IFA_FLAGS") => words.flag,
        _ => None,
    };
    let at = named.or(match kernel.errno {
        libc::EPERM => None,
        libc::ENODEV | libc::EACCES => Some(*dev),
        _ => address,
    });
    if let Some(word) = at {
        refused = refused.at(word.at());
    }
    let local = words.local.and_then(|(local, _)| local.address);
    let group = local.is_some_and(|a| a.is_multicast());
    match (kernel.errno, action) {
        (libc::EEXIST, Action::Set(..)) => {
            refused.hint("'addr replace' changes an address that is there")
        }
        (libc::EADDRNOTAVAIL, Action::Set(..)) if group => {
            refused.hint("'autojoin' makes it a group to join")
        }
        (libc::EADDRNOTAVAIL | libc::ENOENT, _) => {
            refused.hint(format!("'addr show dev {dev}' lists those it has"))
        }
        (libc::EACCES, _) => refused.hint(format!(
            "is IPv6 disabled there? sysctl net.ipv6.conf.{dev}.disable_ipv6"
        )),
        (libc::EOPNOTSUPP, _) if address.is_none() || words.family == Family::Unspec => {
            refused.hint("give an address: ADDRESS/LENGTH")
        }
        (libc::EINVAL, Action::Set(..)) if address.is_none() => {
            refused.hint("give an address: ADDRESS/LENGTH")
        }
        _ => refused,
    }
}
