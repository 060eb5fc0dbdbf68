//! `bridge fdb add`, `append`, `replace`, `delete`, `flush`: forwarding entries, changed.

use super::{NO_BRIDGE, NO_DEVICE, NO_PORT, device, refused, required, unknown, vid, vlan_id};
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{Result, quoted};
use crate::grammar::{Grammar, Value, exact, help, short};
use netlink_raw::exchange::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_raw::route::fdb::FlushFdb;
use netlink_raw::route::neigh::{
    DelNeighbour, NTF_EXT_LEARNED, NTF_MASTER, NTF_OFFLOADED, NTF_ROUTER, NTF_SELF, NTF_STICKY,
    NTF_USE, NUD_NOARP, NUD_PERMANENT, NUD_REACHABLE, NeighbourRequest,
};

/// Keywords of an entry.
#[derive(Clone, Copy, PartialEq)]
pub enum Entry {
    /// The device.
    Dev,
    /// The other end of a tunnel.
    Dst,
    /// A nexthop object.
    Nhid,
    /// UDP port.
    Port,
    /// Network of a tunnel.
    Vni,
    /// Network that a frame came from.
    SrcVni,
    /// The device it goes through.
    Via,
    /// The device's own table.
    ByDevice,
    /// The bridge's.
    Master,
    /// It is a router.
    Router,
    /// The host's own address.
    Local,
    /// It does not age.
    Static,
    /// It ages.
    Dynamic,
    /// A VLAN.
    Vlan,
    /// As if it was used just now.
    Use,
    /// Of a control plane.
    ExternLearn,
    /// It does not move.
    Sticky,
    /// The address.
    To,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static ENTRY: Grammar<Entry> = Grammar(&[
    exact(Entry::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the device that frames to the address go out on"),
    exact(Entry::Dst, "dst")
        .value("IP")
        .says("the other end of the tunnel"),
    exact(Entry::Nhid, "nhid")
        .value("ID")
        .says("the nexthop object that knows the other ends"),
    exact(Entry::Port, "port")
        .value("PORT")
        .says("UDP port of the other end"),
    exact(Entry::Vni, "vni")
        .value("VNI")
        .says("network that the other end gets it as"),
    exact(Entry::SrcVni, "src_vni")
        .value("VNI")
        .says("network that a frame has to be from"),
    exact(Entry::Via, "via")
        .takes(Value::Device("DEVICE"))
        .says("the device to the other end"),
    exact(Entry::ByDevice, "self").says("in the device's own table, which is the default"),
    short(Entry::Master, "master").says("in the table of its bridge"),
    short(Entry::Router, "router").says("it is a router"),
    short(Entry::Local, "local")
        .also_short(&["permanent"])
        .says("an address of this host: the default"),
    short(Entry::Static, "temp")
        .also_short(&["static"])
        .says("it does not age"),
    short(Entry::Dynamic, "dynamic").says("it ages"),
    short(Entry::Vlan, "vlan").value("VID").says("of this VLAN"),
    short(Entry::Use, "use").says("as if it was used just now"),
    short(Entry::ExternLearn, "extern_learn").says("a control plane knows of it"),
    short(Entry::Sticky, "sticky").says("it does not move to another port"),
    exact(Entry::To, "to")
        .value("LLADDR")
        .bare()
        .says("the address"),
    help(Entry::Help),
]);

/// `bridge fdb add`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    change(ctx, args, "add", Some(NLM_F_CREATE | NLM_F_EXCL))
}

/// `bridge fdb append`.
pub fn append(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    change(ctx, args, "append", Some(NLM_F_CREATE | NLM_F_APPEND))
}

/// `bridge fdb replace`.
pub fn replace(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    change(ctx, args, "replace", Some(NLM_F_CREATE | NLM_F_REPLACE))
}

/// `bridge fdb delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    change(ctx, args, "delete", None)
}

fn change(ctx: &mut Context, args: &mut Args<'_>, verb: &str, create: Option<u16>) -> Result {
    let mut entry = NeighbourRequest {
        family: libc::AF_BRIDGE as u8,
        state: NUD_NOARP,
        ..NeighbourRequest::default()
    };
    let (mut dev, mut address) = (None, None);
    while let Some(word) = args.next() {
        match ENTRY.lookup(&word) {
            Some(Entry::Dev) => dev = Some(args.value_of(&word)?),
            Some(Entry::To) => {
                let value = args.value_of(&word)?;
                if value.abbreviates("help") {
                    return Err(ctx.usage());
                }
                if address.is_some() {
                    return Err(value.garbage("to"));
                }
                address = Some(value);
            }
            Some(Entry::Help) => return Err(ctx.usage()),
            Some(key) => option(ctx, args, &word, key, &mut entry)?,
            None if address.is_some() => return Err(word.garbage("to")),
            None => address = Some(word),
        }
    }
    let (Some(dev), Some(address)) = (dev, address) else {
        return Err(required(
            args,
            "an address and a device",
            "Device and address are required arguments.",
        ));
    };
    let elsewhere = entry.destination.is_some() || entry.port.is_some() || entry.vni.is_some();
    if let Some(id) = entry.nexthop.filter(|_| elsewhere) {
        let line = "dst, port, vni are mutually exclusive with nhid";
        let what = format!("nexthop {id} knows the other ends: no dst, port or vni beside it");
        return Err(crate::error::CmdError::new(what).ip(line));
    }
    if entry.flags & (NTF_SELF | NTF_MASTER) == 0 {
        entry.flags |= NTF_SELF;
    }
    if entry.state & (NUD_PERMANENT | NUD_REACHABLE) == 0 {
        entry.state |= NUD_PERMANENT;
    }
    let lladdr = lladdr(&address)?;
    entry.lladdr = Some(&lladdr);
    entry.index = device(ctx, &dev, NO_DEVICE)?;
    let done = match create {
        Some(flags) => {
            entry.nlm_flags = flags;
            ctx.kernel.conn()?.change(&entry)
        }
        None => ctx.kernel.conn()?.change(&DelNeighbour(entry)),
    };
    done.map_err(|e| {
        refused(
            format!("cannot {verb} the entry for {address}"),
            &e,
            address.at(),
        )
    })
}

fn option(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    key: Entry,
    entry: &mut NeighbourRequest<'_>,
) -> Result {
    match key {
        Entry::Dst => {
            let value = args.value_of(word)?;
            if entry.destination.is_some() {
                return Err(value.garbage("dst"));
            }
            entry.destination = Some(value.ip(match ctx.options.family {
                Family::Inet6 => Family::Inet6,
                Family::Inet => Family::Inet,
                _ => Family::Unspec,
            })?);
        }
        Entry::Nhid => {
            entry.nexthop = Some(args.value_of(word)?.u32("\"id\" value is invalid")?);
        }
        Entry::Port => entry.port = Some(port(&args.value_of(word)?)?),
        Entry::Vni => entry.vni = Some(vni(&args.value_of(word)?, "invalid VNI")?),
        Entry::SrcVni => entry.src_vni = Some(vni(&args.value_of(word)?, "invalid src VNI")?),
        Entry::Via => {
            let index = device(ctx, &args.value_of(word)?, NO_DEVICE)?;
            entry.via = Some(index.cast_unsigned());
        }
        Entry::ByDevice => entry.flags |= NTF_SELF,
        Entry::Master => entry.flags |= NTF_MASTER,
        Entry::Router => entry.flags |= NTF_ROUTER,
        Entry::Local => entry.state |= NUD_PERMANENT,
        Entry::Static => entry.state |= NUD_REACHABLE,
        Entry::Dynamic => {
            entry.state |= NUD_REACHABLE;
            entry.state &= !NUD_NOARP;
        }
        Entry::Vlan => {
            entry.vlan = Some(vid(&args.value_of(word)?, "Error: invalid vlan id.")?);
        }
        Entry::Use => entry.flags |= NTF_USE,
        Entry::ExternLearn => entry.flags |= NTF_EXT_LEARNED,
        Entry::Sticky => entry.flags |= NTF_STICKY,
        Entry::Dev | Entry::To | Entry::Help => {}
    }
    Ok(())
}

/// Six bytes in hexadecimal.
pub(super) fn lladdr(word: &Word<'_>) -> Result<[u8; 6]> {
    let address = word.lladdr().ok();
    let bytes = address.and_then(|a| <[u8; 6]>::try_from(a.bytes()).ok());
    bytes
        .filter(|_| !word.bytes().contains(&b'.'))
        .ok_or_else(|| {
            word.error(
                format!("{} is not a MAC address", quoted(word.text())),
                format!("Invalid mac address {word}"),
            )
            .hint("six bytes in hex with colons between them: 02:00:00:00:00:01")
        })
}

/// A network of a VXLAN tunnel: 24 bits.
pub(super) fn vni(word: &Word<'_>, message: &str) -> Result<u32> {
    let value = word.u32(message)?;
    match value >> 24 {
        0 => Ok(value),
        _ => Err(word.out_of_range(0, (1 << 24) - 1, message)),
    }
}

/// A UDP port, by number or by its name in /etc/services.
fn port(word: &Word<'_>) -> Result<u16> {
    let number = word.u16("invalid port");
    number.or_else(|e| service(word.bytes()).ok_or(e))
}

fn service(name: &[u8]) -> Option<u16> {
    let all = std::fs::read("/etc/services").ok()?;
    all.split(|&b| b == b'\n').find_map(|line| {
        let line = line.split(|&b| b == b'#').next()?;
        let mut words = line
            .split(|b| b.is_ascii_whitespace())
            .filter(|w| !w.is_empty());
        let first = words.next()?;
        let number = words.next()?.strip_suffix(b"/udp")?;
        let known = first == name || words.any(|alias| alias == name);
        std::str::from_utf8(number)
            .ok()?
            .parse()
            .ok()
            .filter(|_| known)
    })
}

/// Keywords of `bridge fdb flush`.
#[derive(Clone, Copy, PartialEq)]
pub enum Flush {
    /// The device.
    Dev,
    /// A port of it.
    Port,
    /// A VLAN.
    Vlan,
    /// The device's own table.
    ByDevice,
    /// The bridge's.
    Master,
    /// Entries in this state, or not.
    State(State, bool),
    /// Entries with this flag, or without.
    Flag(u8, bool),
    /// The usage.
    Help,
}

/// What `flush` calls states.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    /// The host's own addresses.
    Permanent,
    /// What does not age.
    Static,
    /// What ages.
    Dynamic,
}

/// In iproute2's order.
pub static FLUSH: Grammar<Flush> = Grammar(&[
    exact(Flush::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the bridge, port or tunnel that has the entries"),
    exact(Flush::Port, "brport")
        .takes(Value::Device("DEVICE"))
        .says("entries of this port"),
    exact(Flush::Vlan, "vlan")
        .value("VID")
        .says("entries of this VLAN"),
    exact(Flush::ByDevice, "self").says("in the device's own table, which is the default"),
    exact(Flush::Master, "master").says("in the table of its bridge"),
    exact(Flush::State(State::Permanent, true), "permanent").says("the host's own addresses"),
    exact(Flush::State(State::Permanent, false), "nopermanent").says("others"),
    exact(Flush::State(State::Static, true), "static").says("entries that do not age"),
    exact(Flush::State(State::Static, false), "nostatic").says("others"),
    exact(Flush::State(State::Dynamic, true), "dynamic").says("entries that age"),
    exact(Flush::State(State::Dynamic, false), "nodynamic").says("others"),
    exact(Flush::Flag(NTF_USE, true), "added_by_user").says("entries that someone added"),
    exact(Flush::Flag(NTF_USE, false), "noadded_by_user").says("others"),
    exact(Flush::Flag(NTF_EXT_LEARNED, true), "extern_learn").says("entries of a control plane"),
    exact(Flush::Flag(NTF_EXT_LEARNED, false), "noextern_learn").says("others"),
    exact(Flush::Flag(NTF_STICKY, true), "sticky").says("entries that do not move"),
    exact(Flush::Flag(NTF_STICKY, false), "nosticky").says("others"),
    exact(Flush::Flag(NTF_OFFLOADED, true), "offloaded").says("entries that hardware knows"),
    exact(Flush::Flag(NTF_OFFLOADED, false), "nooffloaded").says("others"),
    help(Flush::Help),
]);

/// `bridge fdb flush`.
pub fn flush(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut request = FlushFdb::default();
    let (mut dev, mut port) = (None, None);
    while let Some(word) = args.next() {
        match FLUSH.lookup(&word) {
            Some(Flush::Dev) => dev = Some(args.value_of(&word)?),
            Some(Flush::Port) => port = Some(args.value_of(&word)?),
            Some(Flush::Vlan) => {
                let value = args.value_of(&word)?;
                // One that is no number is the kernel's to refuse, in iproute2.
                let line = match vlan_id(value.bytes()) {
                    None if super::decimal(&value).is_none() => {
                        "Error: integer out of range.".to_owned()
                    }
                    _ => format!("Invalid VLAN ID \"{value}\""),
                };
                request.vlan = Some(vid(&value, line)?);
            }
            Some(Flush::ByDevice) => request.flags |= NTF_SELF,
            Some(Flush::Master) => request.flags |= NTF_MASTER,
            Some(Flush::State(state, yes)) => flush_state(&mut request, state, yes),
            Some(Flush::Flag(bit, yes)) => {
                request.flags_mask |= bit;
                match yes {
                    true => request.flags |= bit,
                    false => request.flags &= !bit,
                }
            }
            Some(Flush::Help) => return Err(ctx.usage()),
            None => return Err(unknown(ctx, &word)),
        }
    }
    let Some(dev) = dev else {
        return Err(required(
            args,
            "the device",
            "Device is a required argument.",
        ));
    };
    request.index = device(ctx, &dev, NO_BRIDGE)?;
    if let Some(port) = port {
        request.port = Some(device(ctx, &port, NO_PORT)?.cast_unsigned());
    }
    if request.flags & (NTF_SELF | NTF_MASTER) == 0 {
        request.flags |= NTF_SELF;
    }
    ctx.kernel.conn()?.change(&request).map_err(|e| {
        refused(
            format!("cannot flush the entries of {}", quoted(dev.text())),
            &e,
            dev.at(),
        )
    })
}

/// As iproute2 puts states together: an entry that ages has neither bit, and one that does not age is `NUD_NOARP`.
fn flush_state(request: &mut FlushFdb, state: State, yes: bool) {
    let (bit, mask) = match (state, yes) {
        (State::Permanent, _) => (NUD_PERMANENT, NUD_PERMANENT),
        (State::Static | State::Dynamic, true) => (NUD_NOARP, NUD_NOARP | NUD_PERMANENT),
        (State::Static | State::Dynamic, false) => (NUD_NOARP, NUD_NOARP),
    };
    request.state_mask |= mask;
    match yes != (state == State::Dynamic) {
        true => request.state |= bit,
        false => request.state &= !bit,
    }
}
