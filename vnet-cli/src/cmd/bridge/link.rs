//! `bridge link`: ports, listed and changed.

use super::{NO_BRIDGE, NO_DEVICE, device, number, refused, required, state, unknown};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help};
use crate::show::bridge::link::port;
use crate::show::link::world::Live;
use netlink_raw::route::link::{GetLink, Link, SetPort};
use netlink_raw::route::vlan::{BRIDGE_FLAGS_MASTER, BRIDGE_FLAGS_SELF};

/// Keywords of `bridge link show`.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    /// One port.
    Dev,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SHOW: Grammar<Show> = Grammar(&[
    exact(Show::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("this port alone"),
    help(Show::Help),
]);

/// `bridge link show [dev DEVICE]`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut dev: Option<Word<'_>> = None;
    while let Some(word) = args.next() {
        match SHOW.lookup(&word) {
            Some(Show::Dev) => {
                let value = args.value_of(&word)?;
                if dev.is_some() {
                    return Err(value.duplicate("dev"));
                }
                dev = Some(value);
            }
            Some(Show::Help) => return Err(ctx.usage()),
            None => super::passed_over(ctx, &word)?,
        }
    }
    let only = match &dev {
        Some(dev) => Some(device(ctx, dev, NO_DEVICE)?),
        None => None,
    };
    let request = GetLink {
        family: libc::AF_BRIDGE as u8,
        ..GetLink::default()
    };
    let all = ctx.kernel.conn()?.collect(&request);
    let all = all.map_err(|e| CmdError::dump("cannot list ports", &e))?;
    let (out, options) = (&mut ctx.out, &ctx.options);
    let mut world = Live::new(&mut ctx.kernel, &ctx.names);
    out.open_document();
    for link in all.messages().flat_map(|m| Link::parse(&m)) {
        if only.is_none_or(|index| index == link.index) {
            out.object(|out| port(out, options, &link, &mut world, false));
        }
    }
    out.close_document();
    Ok(())
}

/// Keywords of `bridge link set`.
#[derive(Clone, Copy, PartialEq)]
pub enum Set {
    /// The port.
    Dev,
    /// BPDUs end the port.
    Guard,
    /// Frames may go back where they came from.
    Hairpin,
    /// A leave ends a membership.
    FastLeave,
    /// It can't become the root port.
    RootBlock,
    /// Addresses are learnt.
    Learning,
    /// Those that hardware learnt too.
    LearningSync,
    /// Unknown addresses go out here.
    Flood,
    /// Where multicast routers are.
    McastRouter,
    /// Unknown multicast goes out here.
    McastFlood,
    /// Broadcast goes out here.
    BcastFlood,
    /// Multicast as unicast.
    McastToUnicast,
    /// Cost.
    Cost,
    /// Priority.
    Priority,
    /// State.
    State,
    /// What hardware does.
    Hwmode,
    /// By the device.
    ByDevice,
    /// By the bridge.
    Master,
    /// ARP is answered.
    NeighSuppress,
    /// VLANs to tunnels.
    VlanTunnel,
    /// Apart from others like it.
    Isolated,
    /// Only known addresses.
    Locked,
    /// The port that takes over.
    BackupPort,
    /// None that does.
    NoBackupPort,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SET: Grammar<Set> = Grammar(&[
    exact(Set::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the port"),
    exact(Set::Guard, "guard")
        .on_off()
        .says("a spanning tree message that comes in ends the port"),
    exact(Set::Hairpin, "hairpin")
        .on_off()
        .says("frames may go out where they came in"),
    exact(Set::FastLeave, "fastleave")
        .on_off()
        .says("a leave ends a multicast membership at once"),
    exact(Set::RootBlock, "root_block")
        .on_off()
        .says("it can't become the root port"),
    exact(Set::Learning, "learning")
        .on_off()
        .says("source addresses are learnt"),
    exact(Set::LearningSync, "learning_sync")
        .on_off()
        .says("what hardware has learnt is kept too"),
    exact(Set::Flood, "flood")
        .on_off()
        .says("frames to unknown addresses go out here"),
    exact(Set::McastRouter, "mcast_router")
        .value("0..3")
        .says("multicast routers: 0 none, 1 heard of, 2 always, 3 heard of just now"),
    exact(Set::McastFlood, "mcast_flood")
        .on_off()
        .says("multicast without known members goes out here"),
    exact(Set::BcastFlood, "bcast_flood")
        .on_off()
        .says("broadcast goes out here"),
    exact(Set::McastToUnicast, "mcast_to_unicast")
        .on_off()
        .says("multicast goes to each member as unicast"),
    exact(Set::Cost, "cost")
        .value("COST")
        .says("cost of the path through it"),
    exact(Set::Priority, "priority")
        .value("PRIORITY")
        .says("priority in the spanning tree, up to 63"),
    exact(Set::State, "state")
        .takes(Value::OneOf(&crate::show::bridge::link::STATES))
        .says("state in the spanning tree, when the kernel does not keep it"),
    exact(Set::Hwmode, "hwmode")
        .takes(Value::OneOf(&["vepa", "veb"]))
        .says("how a switch in hardware forwards"),
    exact(Set::ByDevice, "self").says("the device itself does it"),
    exact(Set::Master, "master").says("its bridge does it"),
    exact(Set::NeighSuppress, "neigh_suppress")
        .on_off()
        .says("ARP and neighbour discovery are answered from what is known"),
    exact(Set::VlanTunnel, "vlan_tunnel")
        .on_off()
        .says("VLANs are mapped to tunnels"),
    exact(Set::Isolated, "isolated")
        .on_off()
        .says("it does not talk to other isolated ports"),
    exact(Set::Locked, "locked")
        .on_off()
        .says("only from known addresses frames come in"),
    exact(Set::BackupPort, "backup_port")
        .takes(Value::Device("DEVICE"))
        .says("the port that takes over when this has no carrier"),
    exact(Set::NoBackupPort, "nobackup_port").says("no such port"),
    help(Set::Help),
]);

/// `bridge link set dev DEVICE …`.
pub fn set(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let mut request = SetPort::default();
    let mut dev = None;
    let mut last = args.place();
    while let Some(word) = args.next() {
        let Some(key) = SET.lookup(&word) else {
            // iproute2's answer is the usage.
            return Err(match ctx.program.stands_in() {
                true => ctx.usage(),
                false => unknown(ctx, &word),
            });
        };
        last = word.at();
        if key == Set::Help {
            return Err(ctx.usage());
        }
        if key == Set::Dev {
            dev = Some(args.value_of(&word)?);
        } else {
            option(ctx, args, &word, key, &mut request)?;
        }
    }
    let Some(dev) = dev else {
        return Err(required(args, "the port", "Device is a required argument."));
    };
    request.index = device(ctx, &dev, NO_BRIDGE)?;
    ctx.kernel.conn()?.change(&request).map_err(|e| {
        refused(
            format!("cannot change port {}", quoted(dev.text())),
            &e,
            last,
        )
    })
}

fn option(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    key: Set,
    request: &mut SetPort,
) -> Result {
    let o = &mut request.options;
    let switch = match key {
        Set::Guard => &mut o.guard,
        Set::Hairpin => &mut o.hairpin,
        Set::FastLeave => &mut o.fastleave,
        Set::RootBlock => &mut o.root_block,
        Set::Learning => &mut o.learning,
        Set::LearningSync => &mut o.learning_sync,
        Set::Flood => &mut o.flood,
        Set::McastFlood => &mut o.mcast_flood,
        Set::BcastFlood => &mut o.bcast_flood,
        Set::McastToUnicast => &mut o.mcast_to_unicast,
        Set::NeighSuppress => &mut o.neigh_suppress,
        Set::VlanTunnel => &mut o.vlan_tunnel,
        Set::Isolated => &mut o.isolated,
        Set::Locked => &mut o.locked,
        _ => return other_option(ctx, args, word, key, request),
    };
    let value = args.value_of(word)?;
    *switch = Some(on_off(&value, SET.name(key))?);
    Ok(())
}

fn other_option(
    ctx: &mut Context,
    args: &mut Args<'_>,
    word: &Word<'_>,
    key: Set,
    request: &mut SetPort,
) -> Result {
    let name = SET.name(key);
    let o = &mut request.options;
    match key {
        Set::McastRouter => {
            o.mcast_router = Some(number(&args.value_of(word)?, name, u8::MAX.into())?);
        }
        Set::Cost => {
            let value = args.value_of(word)?;
            // Zero leaves it as it is, to iproute2.
            o.cost = Some(number(&value, name, u32::MAX.into())?).filter(|cost| *cost != 0);
        }
        Set::Priority => {
            o.priority = Some(number(&args.value_of(word)?, name, u16::MAX.into())?);
        }
        Set::State => {
            let value = args.value_of(word)?;
            o.state = Some(state(&value, "Error: invalid STP port state")?);
        }
        Set::Hwmode => {
            let value = args.value_of(word)?;
            request.bridge_flags = Some(BRIDGE_FLAGS_SELF);
            request.mode = Some(match value.bytes() {
                b"veb" => 0,
                b"vepa" => 1,
                _ => {
                    let what = format!("'hwmode' is 'vepa' or 'veb', not {}", quoted(value.text()));
                    return Err(value.error(what, "Mode argument must be \"vepa\" or \"veb\"."));
                }
            });
        }
        Set::ByDevice => {
            request.bridge_flags = Some(request.bridge_flags.unwrap_or(0) | BRIDGE_FLAGS_SELF);
        }
        Set::Master => {
            request.bridge_flags = Some(request.bridge_flags.unwrap_or(0) | BRIDGE_FLAGS_MASTER);
        }
        Set::BackupPort => {
            let value = args.value_of(word)?;
            let index = ctx.kernel.index_of(value.bytes())?;
            let index = index.ok_or_else(|| {
                let line = format!("Error: device {value} does not exist");
                value.no_device().ip(line).code(crate::error::USAGE)
            })?;
            o.backup_port = Some(index.cast_unsigned());
        }
        Set::NoBackupPort => o.backup_port = Some(0),
        _ => {}
    }
    Ok(())
}

/// `on` or `off`, in bridge's words and with its exit code, the low byte of `-EINVAL`.
fn on_off(word: &Word<'_>, keyword: &str) -> Result<bool> {
    word.on_off(keyword).map_err(|e| {
        e.ip(format!(
            "Error: argument of \"{keyword}\" must be one of \"off\", \"on\", not \"{word}\""
        ))
        .code(234)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cmd::bridge::decimal;

    #[test]
    fn numbers_are_decimal_and_whole() {
        let word = |text: &'static str| Word::new(std::ffi::OsStr::new(text), 0);
        for (text, value) in [
            ("0", Some(0)),
            ("070", Some(70)),
            ("0x10", None),
            ("-5", None),
            ("+5", None),
            ("3x", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(decimal(&word(text)), value, "{text}");
        }
    }
}
