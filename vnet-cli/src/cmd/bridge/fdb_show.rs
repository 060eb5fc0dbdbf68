//! `bridge fdb show` and `get`: forwarding entries, listed and looked up.

use super::fdb::{lladdr, vni};
use super::{NO_BRIDGE, NO_DEVICE, device, passed_over, required, vid};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, Value, exact, help, short};
use crate::show::bridge::fdb::entry;
use crate::show::link::world::Live;
use netlink_raw::route::fdb::{FindFdb, GetFdb};
use netlink_raw::route::neigh::{
    NTF_MASTER, NTF_SELF, NUD_NOARP, NUD_PERMANENT, NUD_REACHABLE, NUD_STALE, Neighbour,
};

/// `bridge fdb get` exits with this after the kernel's refusal.
const GET_REFUSED: u8 = 254;

/// Keywords of `bridge fdb show`.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    /// A port.
    Dev,
    /// A bridge.
    Br,
    /// A VLAN.
    Vlan,
    /// A state.
    State,
    /// What was learnt.
    Dynamic,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SHOW: Grammar<Show> = Grammar(&[
    exact(Show::Dev, "brport")
        .also(&["dev"])
        .takes(Value::Device("DEVICE"))
        .says("entries of this device"),
    exact(Show::Br, "br")
        .takes(Value::Device("BRIDGE"))
        .says("entries of this bridge and its ports"),
    exact(Show::Vlan, "vlan")
        .value("VID")
        .says("entries of this VLAN"),
    exact(Show::State, "state")
        .takes(Value::OneOf(&[
            "permanent",
            "static",
            "stale",
            "reachable",
            "all",
        ]))
        .says("entries in this state"),
    exact(Show::Dynamic, "dynamic").says("entries that age"),
    help(Show::Help),
]);

#[derive(Default)]
struct Filter {
    index: Option<i32>,
    master: Option<i32>,
    vlan: Option<u16>,
    state: u32,
    dynamic: bool,
}

impl Filter {
    fn takes(&self, entry: &Neighbour<'_>) -> bool {
        let vlan = self.vlan.filter(|v| *v != 0);
        self.index.is_none_or(|index| index == entry.index)
            && (self.state == 0 || u32::from(entry.state) & self.state != 0)
            && vlan.is_none_or(|vlan| vlan == entry.vlan.unwrap_or(0))
            && !(self.dynamic && entry.state & NUD_PERMANENT != 0)
    }
}

/// `bridge fdb show`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = filter(ctx, args)?;
    let request = GetFdb {
        index: filter.index.unwrap_or(0),
        master: filter.master.map(i32::cast_unsigned),
    };
    let all = ctx.kernel.conn()?.collect(&request);
    let all = all.map_err(|e| CmdError::dump("cannot list forwarding entries", &e))?;
    let (out, options) = (&mut ctx.out, &ctx.options);
    let mut world = Live::new(&mut ctx.kernel, &ctx.names);
    out.open_document();
    for found in all.messages().flat_map(|m| Neighbour::parse(&m)) {
        if filter.takes(&found) {
            let with_device = filter.index.is_none();
            out.object(|out| entry(out, options, &found, &mut world, with_device, false));
        }
    }
    out.close_document();
    Ok(())
}

fn filter(ctx: &mut Context, args: &mut Args<'_>) -> Result<Filter> {
    let mut filter = Filter::default();
    let (mut dev, mut bridge) = (None, None);
    while let Some(word) = args.next() {
        match SHOW.lookup(&word) {
            Some(Show::Dev) => dev = Some(args.value_of(&word)?),
            Some(Show::Br) => bridge = Some(args.value_of(&word)?),
            Some(Show::Vlan) => {
                let value = args.value_of(&word)?;
                if filter.vlan.is_some() {
                    return Err(value.duplicate("vlan"));
                }
                filter.vlan = Some(vid(&value, "Error: invalid vlan id.")?);
            }
            Some(Show::State) => filter.state |= state(&args.value_of(&word)?)?,
            Some(Show::Dynamic) => filter.dynamic = true,
            Some(Show::Help) => return Err(ctx.usage()),
            None => passed_over(ctx, &word)?,
        }
    }
    if let Some(bridge) = bridge {
        filter.master = Some(device(ctx, &bridge, NO_BRIDGE)?);
    }
    if let Some(dev) = dev {
        filter.index = Some(device(ctx, &dev, NO_DEVICE)?);
    }
    Ok(filter)
}

/// A state as a filter: a beginning of a name, or the bits.
fn state(word: &Word<'_>) -> Result<u32> {
    let names = [
        ("permanent", NUD_PERMANENT),
        ("static", NUD_NOARP),
        ("temp", NUD_NOARP),
        ("stale", NUD_STALE),
        ("reachable", NUD_REACHABLE),
        ("dynamic", NUD_REACHABLE),
    ];
    match names.iter().find(|(name, _)| word.abbreviates(name)) {
        Some((_, state)) => Ok((*state).into()),
        None if word.is("all") => Ok(u32::MAX),
        None => word.u32("").map_err(|_| word.wrong("invalid state")),
    }
}

/// Keywords of `bridge fdb get`.
#[derive(Clone, Copy, PartialEq)]
pub enum Get {
    /// A device.
    Dev,
    /// A bridge.
    Br,
    /// The device's own table.
    ByDevice,
    /// The bridge's.
    Master,
    /// Said by iproute2, and without a meaning.
    Dynamic,
    /// A VLAN.
    Vlan,
    /// A network of a tunnel.
    Vni,
    /// The address.
    To,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static GET: Grammar<Get> = Grammar(&[
    exact(Get::Dev, "dev")
        .also(&["brport"])
        .takes(Value::Device("DEVICE"))
        .says("the device that has the entry"),
    exact(Get::Br, "br")
        .takes(Value::Device("BRIDGE"))
        .says("the bridge that has it"),
    exact(Get::ByDevice, "self").says("in the device's own table"),
    short(Get::Master, "master").says("in its bridge's table"),
    short(Get::Dynamic, "dynamic").says("taken, as iproute2 takes it, and without effect"),
    exact(Get::Vlan, "vlan").value("VID").says("of this VLAN"),
    exact(Get::Vni, "vni")
        .value("VNI")
        .says("of this network of a VXLAN tunnel"),
    exact(Get::To, "to")
        .value("LLADDR")
        .bare()
        .says("the address"),
    help(Get::Help),
]);

/// `bridge fdb get`.
pub fn get(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut request = FindFdb::default();
    let (mut dev, mut bridge, mut address) = (None, None, None);
    while let Some(word) = args.next() {
        match GET.lookup(&word) {
            Some(Get::Dev) => dev = Some(args.value_of(&word)?),
            Some(Get::Br) => bridge = Some(args.value_of(&word)?),
            Some(Get::ByDevice) => request.flags |= NTF_SELF,
            Some(Get::Master) => request.flags |= NTF_MASTER,
            Some(Get::Dynamic) => {}
            Some(Get::Vlan) => {
                let value = args.value_of(&word)?;
                let vlan = vid(&value, "Error: invalid vlan id.");
                request.vlan = Some(vlan.map_err(|e| e.code(GET_REFUSED))?);
            }
            Some(Get::Vni) => request.vni = Some(vni(&args.value_of(&word)?, "invalid VNI")?),
            Some(Get::To) if address.is_none() => address = Some(args.value_of(&word)?),
            Some(Get::Help) => return Err(ctx.usage()),
            None if address.is_none() => address = Some(word),
            Some(Get::To) => return Err(args.value_of(&word)?.garbage("to")),
            None => return Err(word.garbage("to")),
        }
    }
    let Some(address) = address.filter(|_| dev.is_some() || bridge.is_some()) else {
        return Err(required(
            args,
            "an address, and a device or a bridge",
            "Device or master and address are required arguments.",
        ));
    };
    let lladdr = lladdr(&address)?;
    request.lladdr = &lladdr;
    if let Some(dev) = dev {
        request.index = device(ctx, &dev, NO_DEVICE)?;
    }
    if let Some(bridge) = bridge {
        request.master = Some(device(ctx, &bridge, NO_BRIDGE)?.cast_unsigned());
    }
    let (out, options) = (&mut ctx.out, &ctx.options);
    let mut bytes = Vec::new();
    let found = ctx.kernel.conn()?.get(&request, |reply| {
        bytes = reply.body.to_vec();
        reply.header
    });
    let header = found.map_err(|e| {
        CmdError::netlink(format!("cannot find an entry for {address}"), &e)
            .code(GET_REFUSED)
            .at(address.at())
    })?;
    let message = netlink_raw::decode::MessageRef {
        header,
        body: &bytes,
    };
    let mut world = Live::new(&mut ctx.kernel, &ctx.names);
    out.open_document();
    if let Ok(found) = Neighbour::parse(&message) {
        out.object(|out| entry(out, options, &found, &mut world, true, false));
    }
    out.close_document();
    Ok(())
}
