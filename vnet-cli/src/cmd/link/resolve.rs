//! What the words about a link mean together: its names, and the devices that have to be there.

use super::describe::{Reader, garbage};
use super::description::Description;
use super::words::{LINK, Set};
use crate::args::{LlAddr, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, KERNEL, Result, USAGE, quoted};
use netlink_raw::route::link::{GetLink, Link};

/// A link to be made: one name, and a device below that is there.
pub(super) fn new_names<'w>(
    reader: &mut Reader<'_, 'w>,
    link: &mut Description<'w>,
    index: Option<(i32, Word<'w>)>,
) -> Result {
    if let (Some(name), Some(dev)) = (link.name, link.dev)
        && name.bytes() != dev.bytes()
    {
        return Err(dev.error(
            "a new link has one name: 'name' and 'dev' differ",
            "both \"name\" and \"dev\" cannot be used when creating devices.",
        ));
    }
    if let (Some(at), None) = (link.marks.find("IFLA_GROUP"), link.name) {
        return Err(CmdError::new(
            "a group chooses links that are there; a new one needs a name to be put into one",
        )
        .ip("group cannot be used when creating devices.")
        .at(at));
    }
    if let Some(name) = &link.name {
        check_new_name(name)?;
        link.fixed.name = Some(name.bytes());
        link.marks.note("IFLA_IFNAME", name.at());
    }
    if let Some(below) = &link.link {
        let index = reader.ctx.kernel.index_of(below.bytes())?;
        let index = index.ok_or_else(|| below.no_device())?;
        link.fixed.link = Some(index.cast_unsigned());
        link.marks.note("IFLA_LINK", below.at());
    }
    if let Some((index, word)) = index {
        link.fixed.index = index;
        link.marks.note(INDEX, word.at());
    }
    Ok(())
}

/// Under which mark `index` is noted.
pub(super) const INDEX: &str = "ifi_index";

/// A link that is there: its index, and its new name if it gets one.
pub(super) fn known_device<'w>(
    reader: &mut Reader<'_, 'w>,
    link: &mut Description<'w>,
    index: Option<(i32, Word<'w>)>,
) -> Result {
    if let Some((index, word)) = index {
        if link.netns.is_none() {
            return Err(word.error(
                "an index is chosen when a link is created or moved to another namespace",
                "index can be used only when creating devices or when moving device to another netns.",
            ));
        }
        link.fixed.new_index = Some(index.cast_unsigned());
        link.marks.note("IFLA_NEW_IFINDEX", word.at());
    }
    let Some(dev) = link.dev else {
        if link.fixed.group.is_some() {
            link.kind = None;
            return match reader.args.peek() {
                Some(word) => Err(garbage(
                    &word,
                    "the settings of a kind are for one link, not for a group",
                )
                .code(USAGE)),
                None => Ok(()),
            };
        }
        let ip = "Not enough information: \"dev\" argument is required.";
        return Err(reader.args.missing("the device", ip).code(USAGE));
    };
    let index = reader.ctx.kernel.index_of(dev.bytes())?;
    link.fixed.index = index.ok_or_else(|| dev.no_device())?;
    if let Some(address) = &link.address {
        let at = link.marks.find("IFLA_ADDRESS").unwrap_or(dev.at());
        same_length(reader.ctx, link.fixed.index, address, at)?;
    }
    if let Some(name) = &link.name
        && name.bytes() != dev.bytes()
    {
        check_new_name(name)?;
        link.fixed.name = Some(name.bytes());
        link.marks.note("IFLA_IFNAME", name.at());
    }
    Ok(())
}

/// The kernel takes the first bytes of an address that is too long.
fn same_length(ctx: &mut Context, index: i32, address: &LlAddr, at: usize) -> Result {
    let found = ctx.kernel.conn()?.get(&GetLink::by_index(index), |reply| {
        Link::parse(&reply).map(|link| link.address.map(<[u8]>::len))
    });
    let need = match found {
        Ok(Ok(Some(need))) => need,
        // A link without address: the kernel has the word.
        Ok(_) | Err(netlink_raw::Error::Kernel(_)) => return Ok(()),
        Err(e) => return Err(CmdError::netlink("cannot look up a link", &e)),
    };
    let have = address.bytes().len();
    if have == need {
        return Ok(());
    }
    Err(
        CmdError::new(format!("the link's address has {need} bytes, not {have}"))
            .ip(format!(
                "Invalid address length {have} - must be {need} bytes"
            ))
            .at(at)
            .code(FAILED),
    )
}

/// What the kernel would refuse in a name, before it is asked, with its answer; and control bytes,
/// which it takes and a terminal would obey.
fn check_new_name(word: &Word<'_>) -> Result {
    let name = word.bytes();
    let refused = |reason, ip| {
        Err(word
            .error(format!("wrong name {}: {reason}", quoted(word.text())), ip)
            .code(KERNEL))
    };
    if name.len() >= libc::IFNAMSIZ {
        return refused(
            "a link's name has 15 bytes at most",
            "Error: Attribute failed policy validation.",
        );
    }
    if matches!(name, b"." | b"..") || name.contains(&b':') {
        return refused(
            "it is neither '.' nor '..' and has no colon",
            "RTNETLINK answers: Invalid argument",
        );
    }
    if name.iter().any(u8::is_ascii_control) {
        word.new_ifname(LINK.name(Set::Name))?;
    }
    Ok(())
}
