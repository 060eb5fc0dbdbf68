//! `ifconfig`: devices as net-tools shows and changes them, over netlink.

mod apply;
mod grammar;
mod inet;
mod read;

pub use grammar::WORDS;

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::show::ifconfig::{self, Addresses, Device, Form};
use grammar::Key;
use netlink_raw::Error;
use netlink_raw::route::link::{GetLink, Link};

/// Exit code of a wrong command line, net-tools' `usage()`.
const USAGE: u8 = 3;
/// Exit code when the flags of a device could not be changed, net-tools' `return -1`.
const FLAGS: u8 = 255;
/// The version that net-tools' programs say they are.
pub(crate) const VERSION: &str = "net-tools 2.10";

/// `ifconfig [ -a ] [ -s ] [ -v ] [ DEVICE [ WORDS ] ]`.
///
/// # Errors
/// Of its words, and what the kernel refused.
pub fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut form = Form::default();
    while let Some(word) = args.peek() {
        if !word.bytes().starts_with(b"-") {
            break;
        }
        args.next();
        match WORDS.lookup(&word) {
            Some(Key::All) => form.all = true,
            Some(Key::Short) => form.short = true,
            Some(Key::Verbose) => {}
            Some(Key::Help) => {
                let usage = ctx.usage().to_string();
                ctx.out.raw(usage);
                return Ok(());
            }
            Some(Key::Version) => {
                let own = concat!(" (vnet ", env!("CARGO_PKG_VERSION"), ")\n");
                ctx.out.raw((VERSION, own));
                return Ok(());
            }
            _ => {
                let what = format!("there is no option {}", quoted(word.text()));
                let line = format!("ifconfig: option `{word}' not recognised.");
                return Err(word
                    .error(what, line)
                    .code(FAILED)
                    .hint("'ifconfig --help' lists the options"));
            }
        }
    }
    let Some(name) = args.next() else {
        return ifconfig::list(ctx, form);
    };
    if args.is_empty() {
        return one(ctx, &name, form);
    }
    let steps = read::steps(ctx, args)?;
    apply::apply(ctx, &name, &steps)
}

/// Shows one device, or an alias of one.
fn one(ctx: &mut Context, name: &Word<'_>, form: Form) -> Result {
    if form.short {
        ifconfig::head(&mut ctx.out);
    }
    let device = device(ctx, name, 0)?.ok_or_else(|| {
        let line = format!(
            "{}: error fetching interface information: Device not found",
            String::from_utf8_lossy(kernel_name(name))
        );
        name.no_device().ip(line)
    })?;
    let addresses = Addresses::get(ctx, device.index.cast_unsigned())?;
    ifconfig::show(&mut ctx.out, kernel_name(name), &device, &addresses, form);
    Ok(())
}

/// A name as the kernel's old interface takes it: 15 bytes, the rest is cut off.
fn kernel_name<'a>(name: &Word<'a>) -> &'a [u8] {
    let bytes = name.bytes();
    bytes.get(..libc::IFNAMSIZ - 1).unwrap_or(bytes)
}

/// The device of a name, or of an alias `DEVICE:LABEL`; `ext_mask` says what to leave out.
fn device(ctx: &mut Context, name: &Word<'_>, ext_mask: u32) -> Result<Option<Device>> {
    let whole = kernel_name(name);
    let base = whole.split(|&b| b == b':').next().unwrap_or(whole);
    if base.is_empty() {
        return Ok(None);
    }
    let request = GetLink {
        ext_mask,
        ..GetLink::by_name(base)
    };
    let found = ctx.kernel.conn()?.get(&request, |reply| {
        Link::parse(&reply).map(|link| Device::of(&link))
    });
    match found {
        Ok(device) => device
            .map(Some)
            .map_err(|e| CmdError::netlink("cannot look up a device", &e.into())),
        Err(Error::Kernel(_)) => Ok(None),
        Err(e) => Err(CmdError::netlink("cannot look up a device", &e)),
    }
}

#[cfg(test)]
mod tests;
