//! The kernel's refusal of a link: which word it is about, and what to try.

use super::describe::UP;
use super::description::Description;
use super::kinds;
use super::resolve::INDEX;
use crate::args::Word;
use crate::context::Context;
use crate::error::{CmdError, quoted};
use netlink_raw::encode::{Batch, Message};
use netlink_raw::route::link::GetLink;
use netlink_raw::{Connection, Error, KernelError};

/// The text of the kernel's `rtnl_newlink` for a kind that it has not.
const UNKNOWN_KIND: &str = "Unknown device type";

/// What went wrong when this link was to be created, changed or deleted (`verb`).
pub(super) fn refused(
    ctx: &mut Context,
    link: &Description<'_>,
    verb: &str,
    error: &Error,
) -> CmdError {
    let what = subject(link, verb);
    let Some(refusal) = error.kernel() else {
        return CmdError::netlink(what, error);
    };
    let reason = Reason::of(ctx, link, verb, refusal);
    let what = match &reason.why {
        Some(why) => format!("{what}: {why}"),
        None => what,
    };
    let mut report = CmdError::netlink(what, error);
    let own = link.dev.or(link.kind).map(|word| word.at());
    if let Some(at) = reason.at.or(own) {
        report = report.at(at);
    }
    match reason.hint {
        Some(hint) => report.hint(hint),
        None => report,
    }
}

/// `cannot create link 'd0'`.
fn subject(link: &Description<'_>, verb: &str) -> String {
    match (link.dev, link.kind, link.fixed.group) {
        (Some(dev), ..) => format!("cannot {verb} link {}", quoted(dev.text())),
        (None, Some(kind), None) => format!("cannot {verb} a link of kind {}", quoted(kind.text())),
        (None, _, Some(group)) => format!("cannot {verb} the links of group {group}"),
        (None, None, None) => format!("cannot {verb} the link"),
    }
}

/// That a name is taken in the namespace a link was to move to, said before it moves.
pub(super) fn taken_there(link: &Description<'_>, name: &Word<'_>) -> CmdError {
    let what = format!("{}: {}", subject(link, "change"), is_taken(name));
    CmdError::kernel(what, libc::EEXIST, None).at(name.at())
}

fn is_taken(name: &Word<'_>) -> String {
    format!("the name {} is taken", quoted(name.text()))
}

#[derive(Default)]
struct Reason {
    /// The word at fault.
    at: Option<usize>,
    /// In our words, where the kernel's are not clear.
    why: Option<String>,
    hint: Option<String>,
}

impl Reason {
    fn of(ctx: &mut Context, link: &Description<'_>, verb: &str, refusal: &KernelError) -> Self {
        let text = refusal.message.as_deref().unwrap_or_default();
        if text.contains(UNKNOWN_KIND) {
            return Self::unknown_kind(link);
        }
        if let Some(reason) = refusal.attribute.and_then(|name| {
            let peer = link.peer().filter(|_| in_peer(link, refusal));
            let at = peer.unwrap_or(link).marks.find(name)?;
            Some(Self::at(Some(at)))
        }) {
            return reason;
        }
        match refusal.errno {
            libc::EPERM => Self::permission(link, verb),
            libc::EEXIST => Self::taken(ctx, link),
            libc::ENOTCONN => Self {
                at: link.peer().and_then(|peer| peer.marks.find(UP)),
                hint: Some(
                    "the other end of a veth can't be created up: set it up afterwards".into(),
                ),
                ..Self::default()
            },
            libc::ESRCH => Self {
                at: link.mark("IFLA_NET_NS_FD"),
                why: Some("there is no such process".into()),
                ..Self::default()
            },
            libc::EOPNOTSUPP if link.only_setting() == link.mark("IFLA_MASTER") => Self {
                at: link.mark("IFLA_MASTER"),
                why: link
                    .mark("IFLA_MASTER")
                    .map(|_| "the other link takes no ports".into()),
                hint: None,
            },
            _ => Self::at(by_text(link, refusal.errno, &text.to_ascii_lowercase())),
        }
    }

    fn at(at: Option<usize>) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }

    fn unknown_kind(link: &Description<'_>) -> Self {
        let Some(kind) = link.kind else {
            return Self::default();
        };
        let hint = kinds::needs(kind.bytes()).map(|(option, module)| match module {
            "" => format!("needs {option}"),
            module => format!("needs {option} or the module '{module}'"),
        });
        Self {
            at: Some(kind.at()),
            why: Some(format!(
                "this kernel has no link kind {}",
                quoted(kind.text())
            )),
            hint,
        }
    }

    fn permission(link: &Description<'_>, verb: &str) -> Self {
        if verb == "delete" && link.fixed.group == Some(0) {
            return Self {
                at: link.marks.find("IFLA_GROUP"),
                hint: Some(
                    "the kernel does not delete group 0, in which every link is at first".into(),
                ),
                ..Self::default()
            };
        }
        let places = [Some(link), link.peer()]
            .into_iter()
            .flatten()
            .filter_map(|end| end.netns.as_ref())
            .map(|(_, word)| format!(" and in {}", quoted(word.text())))
            .collect::<String>();
        Self {
            hint: Some(format!(
                "needs CAP_NET_ADMIN in this network namespace{places}: be root, or in a user namespace"
            )),
            ..Self::default()
        }
    }

    /// `EEXIST`: the name of the link or of its other end, or the index.
    fn taken(ctx: &mut Context, link: &Description<'_>) -> Self {
        let peer = link.peer();
        let named = link
            .occupied(ctx)
            .or_else(|| peer?.occupied(ctx))
            .or_else(|| {
                let name = link.new_name()?;
                peer?
                    .new_name()
                    .filter(|other| other.bytes() == name.bytes())
            });
        if let Some(name) = named {
            return Self {
                at: Some(name.at()),
                why: Some(is_taken(&name)),
                hint: None,
            };
        }
        let mut ends = [Some(link), link.peer()].into_iter().flatten();
        Self::at(ends.find_map(|end| end.marks.find(INDEX)))
    }
}

impl<'w> Description<'w> {
    /// The name that the request gives.
    fn new_name(&self) -> Option<Word<'w>> {
        self.name.filter(|_| self.fixed.name.is_some())
    }

    /// The same, when there is a link of this name where this one is to be.
    pub(super) fn occupied(&self, ctx: &mut Context) -> Option<Word<'w>> {
        let name = self.new_name()?;
        let taken = match &self.netns {
            None => matches!(ctx.kernel.index_of(name.bytes()), Ok(Some(_))),
            Some((place, _)) => {
                let handle = place.open().ok()?;
                // A namespace that a dry run would have made is stood in for by this one.
                if ctx.is_dry() && handle.is_current().is_ok_and(|here| here) {
                    return None;
                }
                let mode = ctx.kernel.mode();
                let opened = nsenter::run_in_by(&mode.own_hands(), &handle, Connection::route)
                    .ok()?
                    .ok()?;
                let mut conn = opened.map_transport(|socket| mode.wire_elsewhere(socket));
                conn.get(&GetLink::by_name(name.bytes()), |_| ()).is_ok()
            }
        };
        taken.then_some(name)
    }

    /// The one word that asks for something beside names and kind, if there is just one.
    fn only_setting(&self) -> Option<usize> {
        let other = self
            .peer()
            .into_iter()
            .flat_map(|peer| peer.marks.settings());
        let mut all = self.marks.settings().chain(other);
        all.next().filter(|_| all.next().is_none())
    }

    /// The word of an attribute, of this end or the other.
    fn mark(&self, attribute: &str) -> Option<usize> {
        let other = || self.peer().and_then(|peer| peer.marks.find(attribute));
        self.marks.find(attribute).or_else(other)
    }
}

/// Where the kernel names no attribute: what its words or its errno are about.
fn by_text(link: &Description<'_>, errno: i32, text: &str) -> Option<usize> {
    const ABOUT: [(&str, &str); 9] = [
        ("mtu", "IFLA_MTU"),
        ("netns", "IFLA_NET_NS_FD"),
        ("transmit queues", "IFLA_NUM_TX_QUEUES"),
        ("receive queues", "IFLA_NUM_RX_QUEUES"),
        ("protodown reason", "IFLA_PROTO_DOWN_REASON"),
        ("protodown", "IFLA_PROTO_DOWN"),
        ("enslave", "IFLA_MASTER"),
        ("namespace id", "IFLA_LINK_NETNSID"),
        ("address", "IFLA_ADDRESS"),
    ];
    let by_text = ABOUT
        .iter()
        .find_map(|(part, attribute)| text.contains(part).then(|| link.mark(attribute))?);
    let by_errno = || match errno {
        libc::EADDRNOTAVAIL => link.mark("IFLA_ADDRESS"),
        libc::EXFULL | libc::ELOOP => link.mark("IFLA_MASTER"),
        // To become the port of nothing is never refused.
        libc::EOPNOTSUPP => link
            .mark("IFLA_MASTER")
            .filter(|_| link.fixed.master != Some(0))
            .or(link.mark("IFLA_CARRIER")),
        libc::EBUSY => link.mark("IFLA_LINK").or(link.mark("IFLA_MASTER")),
        _ => None,
    };
    // What was asked for beside the name and the kind, when it is one thing.
    by_text
        .or_else(by_errno)
        .or_else(|| link.only_setting())
        .or_else(|| link.mark("IFLA_IFNAME"))
}

/// Whether the refusal points into what is said about the other end of a veth.
fn in_peer(link: &Description<'_>, refusal: &KernelError) -> bool {
    let Some(peer) = link.peer() else {
        return false;
    };
    let length = |end: &Description<'_>| {
        end.with_request(|request| encoded(request))
            .map(|b| b.len())
    };
    // The other end is the last of the request; its ifinfomsg and attributes are those of a request of its own.
    let header = size_of::<netlink_raw::wire::NlMsgHdr>();
    let start = length(link)
        .zip(length(peer))
        .and_then(|(all, end)| all.checked_sub(end.checked_sub(header)?));
    match (start, refusal.offset) {
        (Some(start), Some(offset)) => offset as usize >= start,
        _ => false,
    }
}

/// A request's bytes, as they were sent.
pub(super) fn encoded(request: &dyn Message) -> Option<Vec<u8>> {
    let mut buffer = vec![0; 64 * 1024];
    let mut batch = Batch::new(&mut buffer);
    batch.push(request, 0, 0).ok()?;
    Some(batch.as_bytes().to_vec())
}
