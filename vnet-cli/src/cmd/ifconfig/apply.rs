//! What ifconfig's words ask for, done over netlink; refusals are named as net-tools names them.

use super::inet::{self, Edit, Inet, Medium};
use super::read::{Does, Step};
use super::{FLAGS, device, kernel_name};
use crate::args::Word;
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, errno, reason};
use crate::show::ifconfig::{Addresses, Device};
use netlink_raw::Error;
use netlink_raw::encode::Message;
use netlink_raw::route::addr::{AddressRequest, DelAddress};
use netlink_raw::route::link::{LinkRequest, RTEXT_FILTER_SKIP_STATS};
use std::net::IpAddr;

/// Does one step after another, up to the first that the kernel refuses.
pub(super) fn apply(ctx: &mut Context, name: &Word<'_>, steps: &[Step<'_>]) -> Result {
    let Some(device) = device(ctx, name, RTEXT_FILTER_SKIP_STATS)? else {
        return match steps.first() {
            Some(step) => Err(no_device(name, step)),
            None => Ok(()),
        };
    };
    let target = Target {
        label: kernel_name(name),
        device: &device,
    };
    for step in steps {
        target.step(ctx, step)?;
    }
    Ok(())
}

/// The error of the first step where there is no device.
fn no_device(name: &Word<'_>, step: &Step<'_>) -> CmdError {
    let why = errno::text(libc::ENODEV);
    let flags = || {
        let shown = String::from_utf8_lossy(kernel_name(name)).into_owned();
        format!("{shown}: ERROR while getting interface flags: {why}")
    };
    let (line, code) = match &step.does {
        Does::Flags { .. } | Does::Keeps(..) => (flags(), FLAGS),
        Does::Inet(edits) => {
            let first = edits.first().map_or("SIOCSIFADDR", |edit| edit.name());
            let code = match edits.first() {
                Some(Edit::Address(_)) => FLAGS,
                _ => FAILED,
            };
            (format!("{first}: {why}"), code)
        }
        Does::Mtu(_) => (format!("SIOCSIFMTU: {why}"), FAILED),
        Does::TxQueueLen(_) => (format!("SIOCSIFTXQLEN: {why}"), FAILED),
        Does::Hardware(_) => (format!("SIOCSIFHWADDR: {why}"), FAILED),
        Does::Rename(_) => (format!("SIOCSIFNAME: {why}"), FAILED),
        Does::Add(..) | Does::Del(..) => (format!("SIOGIFINDEX: {why}"), FAILED),
    };
    name.no_device().ip(line).code(code)
}

struct Target<'a> {
    /// The name that was given: the device's, or an alias of it.
    label: &'a [u8],
    device: &'a Device,
}

impl Target<'_> {
    fn step(&self, ctx: &mut Context, step: &Step<'_>) -> Result {
        let index = self.device.index;
        let word = &step.word;
        match &step.does {
            Does::Flags { set, clear } => self.flags(ctx, word, *set, *clear),
            Does::Keeps(flag, name) => self.keeps(ctx, *flag, name),
            Does::Mtu(mtu) => {
                let mtu = mtu.ok_or_else(|| invalid(word, "cannot set the MTU", "SIOCSIFMTU"))?;
                let mut request = LinkRequest::change(index);
                request.mtu = Some(mtu);
                change(ctx, &request, word, "cannot set the MTU", "SIOCSIFMTU")
            }
            Does::TxQueueLen(len) => {
                let what = "cannot set the length of the transmit queue";
                let len = len.ok_or_else(|| invalid(word, what, "SIOCSIFTXQLEN"))?;
                let mut request = LinkRequest::change(index);
                request.txqlen = Some(len);
                change(ctx, &request, word, what, "SIOCSIFTXQLEN")
            }
            Does::Hardware(address) => {
                let mut request = LinkRequest::change(index);
                request.address = Some(address);
                let what = "cannot set the link-layer address";
                let result = ctx.kernel.conn()?.change(&request);
                result.map_err(|e| {
                    let busy = match e.errno() {
                        Some(libc::EBUSY) => " - you may need to down the interface",
                        _ => "",
                    };
                    let line = format!("SIOCSIFHWADDR: {}{busy}", reason(&e));
                    refused(&e, word, what, line)
                })
            }
            Does::Rename(name) => {
                let mut request = LinkRequest::change(index);
                request.name = Some(name);
                change(
                    ctx,
                    &request,
                    word,
                    "cannot rename the device",
                    "SIOCSIFNAME",
                )
            }
            Does::Inet(edits) => self.inet(ctx, word, edits),
            Does::Add(address, bits) => {
                let request =
                    AddressRequest::create(index.cast_unsigned(), IpAddr::V6(*address), *bits);
                change(ctx, &request, word, "cannot add the address", "SIOCSIFADDR")
            }
            Does::Del(address, bits) => {
                let request = DelAddress(AddressRequest::create(
                    index.cast_unsigned(),
                    IpAddr::V6(*address),
                    *bits,
                ));
                let what = "cannot take the address away";
                change(ctx, &request, word, what, "SIOCDIFADDR")
            }
        }
    }

    /// Flags are the device's; an alias without an address has none, and goes away when it is set down.
    fn flags(&self, ctx: &mut Context, word: &Word<'_>, set: u32, clear: u32) -> Result {
        let up = libc::IFF_UP as u32;
        if self.label.contains(&b':') {
            let addresses = Addresses::get(ctx, self.device.index.cast_unsigned())?;
            let address = addresses.labelled(self.label);
            // In a dry run it may be a step before that would have made it.
            let foreseen = ctx.kernel.mode().has_told() && clear & up == 0;
            if address.is_none() && !foreseen {
                let what = format!("there is no address with the label '{word}'");
                let line = format!("SIOCSIFFLAGS: {}", errno::text(libc::EADDRNOTAVAIL));
                return Err(word.error(what, line).code(FLAGS));
            }
            if let Some(address) = address.filter(|_| clear & up != 0) {
                let request = DelAddress(self.request(&held(address)));
                let what = "cannot take the address away";
                return change(ctx, &request, word, what, "SIOCSIFFLAGS")
                    .map_err(|e| e.code(FLAGS));
            }
        }
        let mut request = LinkRequest::change(self.device.index);
        request.flags = set;
        request.change = set | clear;
        let what = "cannot change the device's flags";
        change(ctx, &request, word, what, "SIOCSIFFLAGS").map_err(|e| e.code(FLAGS))
    }

    /// Says that a flag is still set.
    fn keeps(&self, ctx: &mut Context, flag: u32, name: &str) -> Result {
        let index = self.device.index;
        let get = netlink_raw::route::link::GetLink::by_index(index);
        let flags = ctx.kernel.conn()?.get(&get, |reply| {
            netlink_raw::route::link::Link::parse(&reply).map_or(0, |link| link.flags)
        });
        // In a dry run it was not cleared.
        if !ctx.is_dry() && flags.is_ok_and(|flags| flags & flag != 0) {
            let device = String::from_utf8_lossy(self.label);
            ctx.warn(&match name {
                "promisc" => format!(
                    "Warning: Interface {device} still in promisc mode... maybe other application is running?"
                ),
                name => format!("Warning: Interface {device} still in {name} mode."),
            });
        }
        Ok(())
    }

    /// Puts the edited address in the place of the one with this label.
    fn inet(&self, ctx: &mut Context, word: &Word<'_>, edits: &[Edit]) -> Result {
        let flag = |flag: i32| self.device.flags & flag as u16 != 0;
        let medium = Medium {
            broadcast: flag(libc::IFF_BROADCAST),
            pointopoint: flag(libc::IFF_POINTOPOINT),
        };
        let addresses = Addresses::get(ctx, self.device.index.cast_unsigned())?;
        let old = addresses.labelled(self.label).map(held);
        let mut new = old;
        for edit in edits {
            new = inet::edit(new, *edit, medium).map_err(|errno| {
                let line = format!("{}: {}", edit.name(), errno::text(errno));
                CmdError::kernel("cannot change the address", errno, None)
                    .ip(line)
                    .code(FAILED)
                    .at(word.at())
            })?;
        }
        if new == old {
            return Ok(());
        }
        self.swap(ctx, old, new).map_err(|e| {
            let line = format!("SIOCSIFADDR: {}", reason(&e));
            refused(&e, word, "cannot set the address", line)
        })
    }

    /// One address goes, another comes; where that is refused the first comes back.
    fn swap(
        &self,
        ctx: &mut Context,
        old: Option<Inet>,
        new: Option<Inet>,
    ) -> std::result::Result<(), Error> {
        let Ok(conn) = ctx.kernel.conn() else {
            return Err(Error::NoAnswer);
        };
        let del = old.map(|old| DelAddress(self.request(&old)));
        let add = new.map(|new| self.request(&new));
        if let Some(del) = &del {
            conn.change(del)?;
        }
        let Some(add) = &add else { return Ok(()) };
        let result = conn.change(add);
        if let (Err(_), Some(old)) = (&result, old) {
            // What went for nothing; if this fails too, the first error tells why.
            let _ = conn.change(&self.request(&old));
        }
        result
    }

    fn request(&self, inet: &Inet) -> AddressRequest<'_> {
        let broadcast = Some(inet.broadcast).filter(|b| !b.is_unspecified());
        AddressRequest {
            scope: inet.scope,
            address: Some(IpAddr::V4(inet.peer)),
            broadcast: broadcast.map(IpAddr::V4),
            label: Some(self.label),
            ..AddressRequest::create(
                self.device.index.cast_unsigned(),
                IpAddr::V4(inet.local),
                inet.prefix,
            )
        }
    }
}

/// An address that a device has.
fn held(address: &crate::show::ifconfig::Inet) -> Inet {
    Inet {
        local: address.local,
        peer: address.peer,
        prefix: address.prefix,
        broadcast: address.broadcast,
        scope: address.scope,
    }
}

fn change(
    ctx: &mut Context,
    request: &dyn Message,
    word: &Word<'_>,
    what: &str,
    name: &str,
) -> Result {
    let result = ctx.kernel.conn()?.change(request);
    result.map_err(|e| {
        let line = format!("{name}: {}", reason(&e));
        refused(&e, word, what, line)
    })
}

fn refused(error: &Error, word: &Word<'_>, what: &str, line: String) -> CmdError {
    CmdError::netlink(what, error)
        .ip(line)
        .code(FAILED)
        .at(word.at())
}

/// The error of a number that is none: the kernel was given 0 for it.
fn invalid(word: &Word<'_>, what: &str, name: &str) -> CmdError {
    let why = errno::text(libc::EINVAL);
    CmdError::kernel(what, libc::EINVAL, None)
        .ip(format!("{name}: {why}"))
        .code(FAILED)
        .at(word.at())
}
