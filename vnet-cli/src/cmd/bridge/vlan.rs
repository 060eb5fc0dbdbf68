//! `bridge vlan add` and `delete`: VLANs of ports.

use super::{NO_BRIDGE, device, refused, required, unknown, vid, vlan_id};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help};
use netlink_raw::route::vlan::{
    AddPortVlan, BRIDGE_FLAGS_MASTER, BRIDGE_FLAGS_SELF, BRIDGE_VLAN_INFO_PVID,
    BRIDGE_VLAN_INFO_UNTAGGED, DelPortVlan, PortVlan,
};

/// Keywords of a port's VLAN.
#[derive(Clone, Copy, PartialEq)]
pub enum Vlan {
    /// The port.
    Dev,
    /// The VLAN, or the range.
    Vid,
    /// By the device.
    ByDevice,
    /// By the bridge.
    Master,
    /// What comes in untagged.
    Pvid,
    /// Goes out untagged.
    Untagged,
    /// Goes through a tunnel.
    Tunnel,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static VLAN: Grammar<Vlan> = Grammar(&[
    exact(Vlan::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the port, or with 'self' the bridge"),
    exact(Vlan::Vid, "vid")
        .value("VID[-VID]")
        .says("the VLAN, or the first and the last"),
    exact(Vlan::ByDevice, "self").says("of the device itself"),
    exact(Vlan::Master, "master").says("of the port, kept by its bridge: the default"),
    exact(Vlan::Pvid, "pvid").says("untagged frames come in as of this VLAN"),
    exact(Vlan::Untagged, "untagged").says("its frames go out untagged"),
    exact(Vlan::Tunnel, "tunnel_info")
        .value("id ID[-ID]")
        .says("it goes through the tunnel with this id"),
    help(Vlan::Help),
]);

/// `bridge vlan add`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let (vlan, word) = parse(ctx, args)?;
    let done = ctx.kernel.conn()?.change(&AddPortVlan(vlan));
    done.map_err(|e| vlan_refused("add", &word, &e))
}

/// `bridge vlan delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let (vlan, word) = parse(ctx, args)?;
    let done = ctx.kernel.conn()?.change(&DelPortVlan(vlan));
    done.map_err(|e| vlan_refused("delete", &word, &e))
}

fn vlan_refused(verb: &str, word: &Word<'_>, why: &netlink_raw::Error) -> CmdError {
    let error = refused(format!("cannot {verb} VLAN {word}"), why, word.at());
    match why.errno() {
        Some(libc::EOPNOTSUPP) => error.hint(
            "the device is to be a port of a bridge, and the kernel built with CONFIG_BRIDGE_VLAN_FILTERING",
        ),
        _ => error,
    }
}

fn parse<'a>(ctx: &mut Context, args: &mut Args<'a>) -> Result<(PortVlan, Word<'a>)> {
    let mut vlan = PortVlan::default();
    let (mut dev, mut which) = (None, None);
    while let Some(word) = args.next() {
        let flag = match VLAN.lookup(&word) {
            Some(Vlan::Dev) => {
                dev = Some(args.value_of(&word)?);
                continue;
            }
            Some(Vlan::Vid) => {
                let value = args.value_of(&word)?;
                (vlan.vid, vlan.last) = range(&value)?;
                which = Some(value);
                continue;
            }
            Some(Vlan::Tunnel) => {
                vlan.tunnel = Some(tunnel(args, &word)?);
                continue;
            }
            Some(Vlan::ByDevice) => BRIDGE_FLAGS_SELF,
            Some(Vlan::Master) => BRIDGE_FLAGS_MASTER,
            Some(Vlan::Pvid) => {
                vlan.flags |= BRIDGE_VLAN_INFO_PVID;
                continue;
            }
            Some(Vlan::Untagged) => {
                vlan.flags |= BRIDGE_VLAN_INFO_UNTAGGED;
                continue;
            }
            Some(Vlan::Help) => return Err(ctx.usage()),
            None => return Err(unknown(ctx, &word)),
        };
        vlan.bridge_flags = Some(vlan.bridge_flags.unwrap_or(0) | flag);
    }
    let (Some(dev), Some(which)) = (dev, which) else {
        return Err(missing(args));
    };
    vlan.index = device(ctx, &dev, NO_BRIDGE)?;
    if vlan.last.is_some() && vlan.flags & BRIDGE_VLAN_INFO_PVID != 0 {
        return Err(which.error(
            format!("untagged frames are of one VLAN, not of {which}"),
            "pvid cannot be configured for a vlan range",
        ));
    }
    Ok((vlan, which))
}

/// The error of a line without its port or VLAN.
pub(super) fn missing(args: &Args<'_>) -> CmdError {
    let ip = "Device and VLAN ID are required arguments.";
    required(args, "a device and a VLAN", ip)
}

/// A VLAN, or the first and the last of a range.
pub(super) fn range(word: &Word<'_>) -> Result<(u16, Option<u16>)> {
    let bytes = word.bytes();
    let Some(dash) = bytes.iter().position(|&b| b == b'-') else {
        let vid = vid(word, format!("Invalid VLAN ID \"{word}\""))?;
        return Ok((vid, None));
    };
    let first = bytes.get(..dash).and_then(vlan_id);
    let last = bytes.get(dash + 1..).and_then(vlan_id);
    match (first, last) {
        (Some(first), Some(last)) if first < last => Ok((first, Some(last))),
        _ => {
            let shown = quoted(word.text());
            let what = format!("{shown} is no range of VLANs: the first is below the last");
            Err(word.error(what, format!("Invalid VLAN range \"{word}\"")))
        }
    }
}

/// `tunnel_info id ID[-ID]`: ids have 24 bits.
fn tunnel(args: &mut Args<'_>, keyword: &Word<'_>) -> Result<(u32, Option<u32>)> {
    let id = args.value_of(keyword)?;
    if !id.is("id") {
        return Err(id.wrong("tunnel id expected"));
    }
    let value = args.value_of(&id)?;
    let part = |bytes: &[u8]| -> Option<u32> {
        let word = Word::new(std::os::unix::ffi::OsStrExt::from_bytes(bytes), value.at());
        word.u32("").ok().filter(|id| id >> 24 == 0)
    };
    let bytes = value.bytes();
    let read = match bytes.iter().position(|&b| b == b'-') {
        None => part(bytes).map(|id| (id, None)),
        Some(dash) => bytes
            .get(..dash)
            .and_then(part)
            .zip(bytes.get(dash + 1..).and_then(part))
            .map(|(first, last)| (first, Some(last))),
    };
    read.ok_or_else(|| value.out_of_range(0, (1 << 24) - 1, "invalid tun id"))
}
