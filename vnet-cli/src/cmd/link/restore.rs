//! Undoing the part of a refused change that the kernel had made already.
//!
//! `do_setlink` (net/core/rtnetlink.c) takes the attributes of a request one by one and stops at the
//! first that it refuses: "A link change request failed with some changes committed already."

use super::description::Description;
use super::refused::encoded;
use crate::context::Context;
use crate::error::{CmdError, Result, quoted, reason};
use netlink_raw::decode::{Attrs, MessageRef, Messages};
use netlink_raw::encode::{AttrWriter, Message};
use netlink_raw::route::link::GetLink;
use netlink_raw::schema::RTM_NEWLINK;
use netlink_raw::schema::link::*;
use netlink_raw::wire::{IfInfoMsg, NlMsgHdr};

/// What a change of one thing needs: nothing, for it is made or not.
const ONE: usize = 1;

/// The links as they were before a change, as the kernel told of them.
#[derive(Default)]
pub(super) struct Before {
    links: Vec<Vec<u8>>,
}

impl Before {
    /// The links that a request is about to change, when it could be made in part.
    pub(super) fn of(ctx: &mut Context, link: &Description<'_>) -> Result<Self> {
        let what = "cannot look up a link";
        let mut before = Self::default();
        let conn = ctx.kernel.conn()?;
        match (link.dev, link.fixed.group) {
            (Some(_), _) if link.marks.changes() > ONE => {
                let body = conn.get(&GetLink::by_index(link.fixed.index), |m| m.body.to_vec());
                before
                    .links
                    .push(body.map_err(|e| CmdError::netlink(what, &e))?);
            }
            (None, Some(group)) => {
                let all = conn.collect(&GetLink::all());
                let all = all.map_err(|e| CmdError::netlink(what, &e))?;
                let of_group = |m: &MessageRef<'_>| {
                    let attr = attrs(m.body).find(IFLA_GROUP);
                    attr.and_then(|a| a.read().ok()) == Some(group)
                };
                let bodies = all.messages().filter(of_group).map(|m| m.body.to_vec());
                before.links.extend(bodies);
            }
            _ => {}
        }
        Ok(before)
    }

    /// Changes back what the request did before it was refused; the error says so if that fails.
    pub(super) fn restore(
        &self,
        ctx: &mut Context,
        link: &Description<'_>,
        mut error: CmdError,
    ) -> CmdError {
        let request = link.with_request(|request| encoded(request));
        let request = request.unwrap_or_default();
        let Some(Ok(asked)) = Messages::new(&request).next() else {
            return error;
        };
        for before in &self.links {
            if let Err(why) = restore(ctx, before, asked.body) {
                let name = attrs(before).find(IFLA_IFNAME).map(|a| a.c_str().to_vec());
                let name = name.unwrap_or_default();
                let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&name);
                error = error.hint(format!(
                    "a part of the change was made, and could not be undone on link {}: {why}",
                    quoted(name)
                ));
            }
        }
        error
    }
}

/// Puts one link back; the reason when that can't be done.
fn restore(ctx: &mut Context, before: &[u8], asked: &[u8]) -> std::result::Result<(), String> {
    let Some(index) = head(before).map(|head| head.index) else {
        return Ok(());
    };
    let conn = ctx.kernel.conn().map_err(|e| e.to_string())?;
    let after = conn
        .get(&GetLink::by_index(index), |m| m.body.to_vec())
        .map_err(|e| reason(&e))?;
    let undo = Undo {
        before,
        after: &after,
        asked,
    };
    match undo.is_needed() {
        true => conn.change(&undo).map_err(|e| reason(&e)),
        false => Ok(()),
    }
}

/// A request for what differs between two states of a link, as far as another request asked for it.
struct Undo<'a> {
    before: &'a [u8],
    after: &'a [u8],
    asked: &'a [u8],
}

fn head(body: &[u8]) -> Option<IfInfoMsg> {
    message(body).split().ok().map(|(head, _)| head)
}

fn attrs(body: &[u8]) -> Attrs<'_> {
    let split = message(body).split::<IfInfoMsg>();
    split.map_or(Attrs::new(&[]), |(_, attrs)| attrs)
}

fn message(body: &[u8]) -> MessageRef<'_> {
    MessageRef {
        header: NlMsgHdr {
            kind: RTM_NEWLINK,
            ..NlMsgHdr::default()
        },
        body,
    }
}

/// Attributes that stand for what is asked, not for a state of the link.
const NO_STATE: [u16; 3] = [IFLA_NET_NS_FD, IFLA_NET_NS_PID, IFLA_NEW_IFINDEX];

/// What is written for a setting that was not there: none of a master is 0, no alias is an empty one.
fn absent(number: u16) -> Option<&'static [u8]> {
    match number {
        IFLA_MASTER => Some(&[0; 4]),
        IFLA_IFALIAS => Some(&[]),
        _ => None,
    }
}

impl Undo<'_> {
    fn flags(&self) -> (u32, u32) {
        let flags = |body| head(body).map_or(0, |head: IfInfoMsg| head.flags);
        let change = head(self.asked).map_or(0, |head| head.change);
        let differ = (flags(self.before) ^ flags(self.after)) & change;
        (flags(self.before) & differ, differ)
    }

    fn is_needed(&self) -> bool {
        let mut buffer = [0; 8192];
        let mut request = netlink_raw::encode::Request::new(&mut buffer, RTM_NEWLINK, 0, 0);
        self.differences(request.attrs());
        let empty = size_of::<NlMsgHdr>();
        self.flags().1 != 0 || request.finish().map_or(true, |bytes| bytes.len() > empty)
    }

    fn differences(&self, w: &mut AttrWriter<'_>) {
        for asked in attrs(self.asked).valid() {
            let number = asked.kind;
            if NO_STATE.contains(&number) {
                continue;
            }
            let was = attrs(self.before).find(number).map(|a| a.value);
            let is = attrs(self.after).find(number).map(|a| a.value);
            match number {
                _ if was == is => {}
                IFLA_LINKINFO => linkinfo(w, asked.value, was, is),
                // Of the families' settings a request has the mode of IPv6 addresses alone.
                IFLA_AF_SPEC => {
                    if let Some(mode) = gen_mode(was).filter(|mode| gen_mode(is) != Some(*mode)) {
                        w.nest(IFLA_AF_SPEC, |w| {
                            w.nest(AF_INET6, |w| {
                                w.put(IFLA_INET6_ADDR_GEN_MODE, mode);
                            });
                        });
                    }
                }
                _ => {
                    w.bytes_opt(number, was.or(absent(number)));
                }
            }
        }
    }
}

const AF_INET6: u16 = libc::AF_INET6 as u16;

/// How IPv6 link-local addresses are made, in `IFLA_AF_SPEC`.
fn gen_mode(spec: Option<&[u8]>) -> Option<u8> {
    let family = Attrs::new(spec?).find(AF_INET6)?;
    let mode = family.nested().find(IFLA_INET6_ADDR_GEN_MODE)?;
    mode.read().ok()
}

/// The settings of a kind, or of a port. The kernel looks at the kind's name beside them.
fn linkinfo(w: &mut AttrWriter<'_>, asked: &[u8], was: Option<&[u8]>, is: Option<&[u8]>) {
    fn inside(bytes: &[u8], number: u16) -> &[u8] {
        Attrs::new(bytes)
            .find(number)
            .map_or(&[], |attr| attr.value)
    }
    let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
    for (kind, data) in [
        (IFLA_INFO_KIND, IFLA_INFO_DATA),
        (IFLA_INFO_SLAVE_KIND, IFLA_INFO_SLAVE_DATA),
    ] {
        let old = |number| Attrs::new(inside(was, data)).find(number);
        let new = |number| Attrs::new(inside(is, data)).find(number);
        let changed = || {
            Attrs::new(inside(asked, data))
                .valid()
                .filter_map(|attr| old(attr.kind))
                .filter(|old| new(old.kind).map(|new| new.value) != Some(old.value))
        };
        if changed().next().is_none() {
            continue;
        }
        w.nest(IFLA_LINKINFO, |w| {
            w.bytes(kind, inside(was, kind)).nest(data, |w| {
                for attr in changed() {
                    w.bytes(attr.kind, attr.value);
                }
            });
        });
    }
}

impl Message for Undo<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        let (flags, change) = self.flags();
        body.fixed(&IfInfoMsg {
            index: head(self.before).map_or(0, |head| head.index),
            flags,
            change,
            ..IfInfoMsg::default()
        });
        self.differences(body);
    }
}
