//! `link show`: lists links.

use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, Value, exact, help};
use crate::names::Table;
use crate::options::Options;
use crate::out::Out;
use crate::show::link::world::Live;
use crate::show::link::{Style, brief, names, record};
use netlink_raw::Error;
use netlink_raw::route::link::{GetLink, Link, RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF};

/// The keywords.
#[derive(Clone, Copy, PartialEq)]
pub enum Keyword {
    /// Links that are up.
    Up,
    /// Links of a group.
    Group,
    /// Ports of a device.
    Master,
    /// Ports of a VRF device.
    Vrf,
    /// Links that are no ports.
    Nomaster,
    /// Links of a kind.
    Type,
    /// One device.
    Dev,
    /// The usage.
    Help,
}

/// In iproute2's order.
pub static SHOW: Grammar<Keyword> = Grammar(&[
    exact(Keyword::Up, "up").says("devices that are up"),
    exact(Keyword::Group, "group")
        .value("GROUP")
        .says("devices of a group"),
    exact(Keyword::Master, "master")
        .takes(Value::Device("DEVICE"))
        .says("ports of a device"),
    exact(Keyword::Vrf, "vrf")
        .takes(Value::Device("NAME"))
        .says("ports of a VRF device"),
    exact(Keyword::Nomaster, "nomaster").says("devices that are no ports"),
    exact(Keyword::Type, "type")
        .value("TYPE")
        .says("devices of a kind; bridge_slave and the like are the ports of a kind"),
    exact(Keyword::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .bare()
        .says("one device, by a name or an other name"),
    help(Keyword::Help),
]);

/// Which links are wanted.
#[derive(Default)]
struct Filter<'a> {
    dev: Option<Word<'a>>,
    up: bool,
    group: Option<u32>,
    master: Option<Master>,
    kind: Option<&'a [u8]>,
    port_kind: Option<&'a [u8]>,
}

#[derive(Clone, Copy)]
enum Master {
    None,
    Index(u32),
}

/// `link show`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = parse(ctx, args)?;
    ctx.out.open_document();
    let stats = if ctx.options.stats > 0 && !ctx.options.brief {
        0
    } else {
        RTEXT_FILTER_SKIP_STATS
    };
    let request = GetLink {
        ext_mask: RTEXT_FILTER_VF | stats,
        ..GetLink::default()
    };
    match filter.dev {
        Some(dev) => one(ctx, &filter, &dev, request)?,
        None => all(ctx, &filter, request)?,
    }
    ctx.out.close_document();
    Ok(())
}

fn parse<'a>(ctx: &mut Context, args: &mut Args<'a>) -> Result<Filter<'a>> {
    let mut filter = Filter::default();
    while let Some(word) = args.next() {
        match SHOW.lookup(&word) {
            Some(Keyword::Up) => filter.up = true,
            Some(Keyword::Group) => {
                let value = args.value_of(&word)?;
                let group = ctx.names.number(Table::Group, value.bytes());
                filter.group = Some(group.ok_or_else(|| value.wrong("Invalid \"group\" value"))?);
            }
            Some(Keyword::Master) => {
                let value = args.value_of(&word)?;
                let index = ctx.kernel.index_of(value.bytes())?;
                let index = index.ok_or_else(|| value.wrong("Device does not exist"))?;
                filter.master = Some(Master::Index(index.cast_unsigned()));
            }
            Some(Keyword::Vrf) => {
                let value = args.value_of(&word)?;
                let index = vrf(ctx, value.bytes())?;
                let index = index.ok_or_else(|| value.wrong("Not a valid VRF name"))?;
                filter.master = Some(Master::Index(index.cast_unsigned()));
            }
            Some(Keyword::Nomaster) => filter.master = Some(Master::None),
            Some(Keyword::Type) => {
                let kind = args.value_of(&word)?.bytes();
                match kind.strip_suffix(b"_slave") {
                    Some(port) => filter.port_kind = Some(port),
                    None => filter.kind = Some(kind),
                }
            }
            Some(Keyword::Help) => return Err(ctx.usage()),
            Some(Keyword::Dev) => device(&mut filter, args.value_of(&word)?)?,
            None => device(&mut filter, word)?,
        }
    }
    Ok(filter)
}

fn device<'a>(filter: &mut Filter<'a>, word: Word<'a>) -> Result {
    if filter.dev.is_some() {
        return Err(word.garbage("dev"));
    }
    filter.dev = Some(word);
    Ok(())
}

/// The index of the VRF device of this name.
fn vrf(ctx: &mut Context, name: &[u8]) -> Result<Option<i32>> {
    let found = ctx.kernel.conn()?.get(&GetLink::by_name(name), |reply| {
        let link = Link::parse(&reply)?;
        let index = (link.kind == Some(b"vrf")).then_some(link.index);
        Ok(index)
    });
    match found.and_then(|index| index) {
        Ok(index) => Ok(index),
        Err(Error::Kernel(_)) => Ok(None),
        Err(e) => Err(CmdError::netlink("cannot look up a VRF device", &e)),
    }
}

fn one(ctx: &mut Context, filter: &Filter<'_>, dev: &Word<'_>, request: GetLink<'_>) -> Result {
    let request = GetLink {
        name: Some(dev.bytes()),
        ..request
    };
    let mut reply = Vec::new();
    let found = ctx.kernel.conn()?.get(&request, |message| {
        reply.extend_from_slice(message.body);
        message.header
    });
    let header = match found {
        Ok(header) => header,
        Err(Error::Kernel(e)) if e.errno != libc::EPERM => return Err(dev.device_does_not_exist()),
        Err(e) => return Err(CmdError::netlink(format!("cannot show '{dev}'"), &e)),
    };
    let message = netlink_raw::decode::MessageRef {
        header,
        body: &reply,
    };
    let link = Link::parse(&message).map_err(|e| failed(&e.into()))?;
    ctx.kernel.learn_link(&link);
    print(
        &mut ctx.out,
        &ctx.options,
        filter,
        &link,
        &mut Live::new(&mut ctx.kernel, &ctx.names),
    );
    Ok(())
}

fn all(ctx: &mut Context, filter: &Filter<'_>, request: GetLink<'_>) -> Result {
    let request = GetLink {
        // Those that the kernel leaves out need not be read.
        master: filter.master.map(|master| match master {
            Master::None => u32::MAX,
            Master::Index(index) => index,
        }),
        kind: filter.kind,
        ..request
    };
    let reply = ctx
        .kernel
        .conn()?
        .collect(&request)
        .map_err(|e| failed(&e))?;
    if reply.interrupted() {
        ctx.warn("Dump was interrupted and may be inconsistent.");
    }
    // Names first: a link may name one that comes behind it.
    for link in reply
        .messages()
        .filter_map(|message| Link::parse(&message).ok())
    {
        ctx.kernel.learn_link(&link);
    }
    let mut world = Live::new(&mut ctx.kernel, &ctx.names);
    for link in reply
        .messages()
        .filter_map(|message| Link::parse(&message).ok())
    {
        print(&mut ctx.out, &ctx.options, filter, &link, &mut world);
    }
    Ok(())
}

fn failed(error: &Error) -> CmdError {
    CmdError::netlink("cannot list links", error)
}

fn print(
    out: &mut Out,
    options: &Options,
    filter: &Filter<'_>,
    link: &Link<'_>,
    world: &mut Live<'_>,
) {
    // In JSON what is left out leaves an empty object, as it does with iproute2.
    out.object(|out| {
        if !filter.wants(link) {
            return;
        }
        if options.brief {
            brief(out, options, Style::LINK, link, world);
            out.end_line();
        } else {
            record(out, options, Style::LINK, link, world);
        }
    });
}

impl Filter<'_> {
    fn wants(&self, link: &Link<'_>) -> bool {
        let master = match self.master {
            Some(Master::Index(index)) => link.master == Some(index),
            // The kernel has seen to that, but when one device is asked for iproute2 does not ask it.
            Some(Master::None) | None => true,
        };
        let is = |wanted: Option<&[u8]>, kind: Option<&[u8]>| wanted.is_none() || wanted == kind;
        master
            && (!self.up || link.flags & names::UP != 0)
            && (self.group.is_none() || link.group.is_none() || self.group == link.group)
            && is(self.kind, link.kind)
            && is(self.port_kind, link.port_kind)
    }
}
