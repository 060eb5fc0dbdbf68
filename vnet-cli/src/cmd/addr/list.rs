//! `addr show`: devices and their addresses.

use super::filter::Filter;
use super::flush::dump;
use super::inet6;
use crate::args::{Args, Family};
use crate::cmd::flush::warn_interrupted;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::show::addr::{Style, record};
use crate::show::link::{self, world::Live};
use netlink_raw::decode::MessageRef;
use netlink_raw::route::addr::Address;
use netlink_raw::route::link::{GetLink, Link, RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF};
use netlink_raw::{Collected, Error};
use std::collections::HashMap;

/// `IFF_UP` of netdevice(7).
const IFF_UP: u32 = libc::IFF_UP.cast_unsigned();

/// `addr show`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::read(ctx, args)?;
    ctx.out.open_document();
    let links = Links::ask(ctx, &filter)?;
    let mut links: Vec<Link<'_>> = links
        .messages()
        .filter_map(|message| Link::parse(&message).ok())
        .collect();
    inet6::complete(ctx, &mut links)?;
    for link in &links {
        ctx.kernel.learn_link(link);
    }
    let collected;
    let addresses = if filter.family == Family::Link {
        None
    } else {
        collected = dump(ctx, &filter)?;
        Some(by_link(&collected))
    };
    for link in &links {
        let Some(addresses) = &addresses else {
            show_link(ctx, &filter, link, None);
            continue;
        };
        let own = addresses.get(&link.index.unsigned_abs());
        let own = own.map_or(&[][..], Vec::as_slice);
        if wanted(&filter, link, own) {
            show_link(ctx, &filter, link, Some(own));
        }
    }
    ctx.out.close_document();
    Ok(())
}

/// The addresses by the index of their link, in the kernel's order.
fn by_link(dump: &Collected) -> HashMap<u32, Vec<Address<'_>>> {
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for address in dump.messages().filter_map(|m| Address::parse(&m).ok()) {
        all.entry(address.index).or_default().push(address);
    }
    all
}

/// The messages of the links asked for.
enum Links {
    One(netlink_raw::wire::NlMsgHdr, Vec<u8>),
    All(Collected),
}

impl Links {
    fn ask(ctx: &mut Context, filter: &Filter<'_>) -> Result<Self> {
        let counters = ctx.options.stats > 0;
        let request = GetLink {
            family: ctx.options.family.number(),
            ext_mask: RTEXT_FILTER_VF | if counters { 0 } else { RTEXT_FILTER_SKIP_STATS },
            ..GetLink::default()
        };
        let failed = |e: &Error| CmdError::dump("cannot list devices", e);
        let Some((index, word)) = filter.dev else {
            let request = match ctx.options.family {
                // The kernel leaves out what it can; the rest is left out here.
                Family::Unspec | Family::Link => GetLink {
                    master: filter.master,
                    kind: filter.kind,
                    ..request
                },
                // A listing by IPv6 takes no such words, and tells less of each link, as ip shows it.
                _ => GetLink {
                    ext_mask: 0,
                    ..request
                },
            };
            let all = ctx.kernel.conn()?.collect(&request);
            let all = all.map_err(|e| failed(&e))?;
            warn_interrupted(ctx, &all);
            return Ok(Self::All(all));
        };
        let request = GetLink { index, ..request };
        let mut body = Vec::new();
        let found = ctx.kernel.conn()?.get(&request, |message| {
            body.extend_from_slice(message.body);
            message.header
        });
        match found {
            Ok(header) => Ok(Self::One(header, body)),
            Err(Error::Kernel(e)) if e.errno == libc::ENODEV => Err(word.device_does_not_exist()),
            Err(e) => Err(failed(&e)),
        }
    }

    fn messages(&self) -> Box<dyn Iterator<Item = MessageRef<'_>> + '_> {
        match self {
            Self::One(header, body) => Box::new(std::iter::once(MessageRef {
                header: *header,
                body,
            })),
            Self::All(all) => Box::new(all.messages()),
        }
    }
}

/// Whether a link is listed: when one of its addresses is what the words are about, or when it has none
/// and no family was asked for.
fn wanted(filter: &Filter<'_>, link: &Link<'_>, own: &[Address<'_>]) -> bool {
    let name = link.name.unwrap_or_default();
    if own.is_empty() {
        return filter.family == Family::Unspec;
    }
    own.iter().any(|address| filter.accepts(address, name))
}

/// Whether the words are about this link, apart from its addresses.
fn accepts(filter: &Filter<'_>, link: &Link<'_>) -> bool {
    if filter.up && link.flags & IFF_UP == 0 {
        return false;
    }
    // With a label it is the addresses that count.
    filter.label.is_some()
        || (filter.group.is_none() || link.group.is_none() || filter.group == link.group)
            && filter.master_fits(link.master)
            && filter
                .kind
                .is_none_or(|kind| link.kind.unwrap_or_default() == kind)
            && filter.port_kind.is_none_or(|kind| {
                let known = link.kind.or(link.port_kind).is_some();
                known && link.port_kind.unwrap_or_default() == kind
            })
}

/// A link and its addresses. In JSON what is left out leaves an empty object, as it does with ip.
fn show_link(
    ctx: &mut Context,
    filter: &Filter<'_>,
    link: &Link<'_>,
    addresses: Option<&[Address<'_>]>,
) {
    let Context {
        out,
        options,
        names,
        kernel,
        ..
    } = ctx;
    out.open_object();
    // With `-o` each address has a line of its own, and the link none.
    let looked_at = options.brief || !options.oneline || addresses.is_none();
    let accepted = !looked_at || accepts(filter, link);
    // With a label, and with `-o`, the addresses stand alone.
    let with_link = looked_at && accepted && filter.label.is_none();
    if with_link {
        let style = link::Style::addr(filter.family);
        let mut world = Live::new(kernel, names);
        match options.brief {
            true => link::brief(out, options, style, link, &mut world),
            false => link::record(out, options, style, link, &mut world),
        }
    }
    if let Some(addresses) = addresses.filter(|_| accepted) {
        let name = link.name.unwrap_or_default();
        let style = Style {
            dev: options.oneline.then_some(name),
            deleted: false,
        };
        let down = filter.up && link.flags & IFF_UP == 0;
        out.open_array("addr_info");
        for address in addresses.iter().filter(|a| !down && filter.of_family(a)) {
            out.object(|out| {
                if filter.accepts(address, name) {
                    record(out, options, names, address, style);
                }
            });
        }
        out.close_array();
    }
    if options.brief && accepted && (with_link || addresses.is_some()) {
        out.end_line();
    }
    if with_link && !options.brief && options.stats > 0 {
        link::stats(out, options, link);
    }
    out.close_object();
}
