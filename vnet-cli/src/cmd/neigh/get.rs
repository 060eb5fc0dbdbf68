//! `neigh get`: one entry.

use super::{device, real};
use crate::args::{Args, Family};
use crate::cmd::flush::text_out;
use crate::context::Context;
use crate::error::{CmdError, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help, short};
use crate::show::neigh::{Style, record};
use netlink_raw::route::neigh::{GetNeighbour, NTF_PROXY, Neighbour};

/// A word of this command.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    /// The device.
    Dev,
    /// An address we answer for.
    Proxy,
    /// The address.
    To,
    /// The usage.
    Help,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the device"),
    short(Key::Proxy, "proxy")
        .value("ADDRESS")
        .says("an address we answer for"),
    exact(Key::To, "to")
        .value("ADDRESS")
        .bare()
        .says("the neighbour's address"),
    help(Key::Help),
]);

/// `neigh get`.
pub fn get(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let (mut dev, mut to, mut flags) = (None, None, 0);
    while let Some(word) = args.next() {
        let value = match WORDS.lookup(&word) {
            Some(Key::Help) => return Err(ctx.usage()),
            Some(Key::Dev) => {
                dev = Some(args.value_of(&word)?);
                continue;
            }
            Some(Key::Proxy) => {
                flags = NTF_PROXY;
                args.value_of(&word)?
            }
            Some(Key::To) => args.value_of(&word)?,
            None => word,
        };
        if WORDS.lookup(&value) == Some(Key::Help) {
            return Err(ctx.usage());
        }
        if to.is_some() {
            return Err(match flags {
                NTF_PROXY => value.duplicate("address"),
                _ => value.garbage(WORDS.name(Key::To)),
            });
        }
        to = Some((value.address(ctx.options.family)?, value));
    }
    let known = to.filter(|(to, _)| to.family != Family::Unspec);
    let Some((to, address)) = known.filter(|_| dev.is_some() || flags != 0) else {
        let what = match known {
            None => "the address of the neighbour",
            Some(_) => "the device, 'dev DEVICE'",
        };
        return Err(args.missing(what, "Device and address are required arguments."));
    };
    let index = match &dev {
        Some(dev) => device(ctx, dev)?,
        None => 0,
    };
    let line = "Error: Invalid network address in neighbor get request.";
    real(&to, &address, line)?;
    let request = GetNeighbour {
        family: to.family.number(),
        index,
        flags,
        destination: to.address,
        ..GetNeighbour::default()
    };
    let mut reply = Vec::new();
    let found = ctx.kernel.conn()?.get(&request, |message| {
        reply.extend_from_slice(message.body);
        message.header
    });
    let on = dev.map_or_else(String::new, |dev| format!(" on {}", quoted(dev.text())));
    let failed = |e: &netlink_raw::Error| {
        CmdError::netlink(format!("cannot look up neighbour {address}{on}"), e).at(address.at())
    };
    let header = found.map_err(|e| failed(&e))?;
    let message = netlink_raw::decode::MessageRef {
        header,
        body: &reply,
    };
    let neighbour = Neighbour::parse(&message).map_err(|e| failed(&e.into()))?;
    let style = Style {
        dev: Some(neighbour.index),
        deleted: false,
    };
    // ip answers in text, whatever is asked for.
    let mut text = ctx.program.stands_in().then(|| text_out(&ctx.options));
    let out = text.as_mut().unwrap_or(&mut ctx.out);
    out.open_document();
    record(
        out,
        &ctx.options,
        &ctx.names,
        &mut ctx.kernel,
        &neighbour,
        style,
    )?;
    out.close_document();
    if let Some(text) = &mut text {
        ctx.out.raw(text.take().as_slice());
    }
    Ok(())
}
