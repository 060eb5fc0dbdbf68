//! From the kernel's refusal of a route to the word it is about and what to try.

use crate::args::Word;
use crate::error::CmdError;
use netlink_raw::Error;
use std::net::IpAddr;

/// Where in the command line the values of a request stand.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    /// The destination.
    pub(super) dst: Option<Word<'a>>,
    /// The source prefix.
    pub(super) from: Option<Word<'a>>,
    /// The preferred source address.
    pub(super) src: Option<Word<'a>>,
    /// The gateway, or that of the first leg.
    pub(super) via: Option<Word<'a>>,
    /// The link.
    pub(super) dev: Option<Word<'a>>,
    /// The scope.
    pub(super) scope: Option<Word<'a>>,
    /// The table.
    pub(super) table: Option<Word<'a>>,
    /// The metric.
    pub(super) priority: Option<Word<'a>>,
    /// The nexthop object.
    pub(super) nh_id: Option<Word<'a>>,
    /// The first leg.
    pub(super) nexthop: Option<Word<'a>>,
    /// The last metric of the path, and the congestion control algorithm.
    pub(super) metric: Option<Word<'a>>,
    /// The type.
    pub(super) kind: Option<Word<'a>>,
    /// `onlink`.
    pub(super) onlink: Option<Word<'a>>,
    /// The expiry.
    pub(super) expires: Option<Word<'a>>,
    /// The destination as a prefix.
    pub(super) prefix: Option<(IpAddr, u8)>,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A new route.
    Add,
    /// Another route in the place of one.
    Change,
    /// That a route goes.
    Delete,
    /// Which way a packet would take.
    Lookup,
}

impl<'a> Places<'a> {
    /// The word that the kernel's answer is about.
    fn at_fault(&self, error: &Error, asked: Asked) -> Option<Word<'a>> {
        let kernel = error.kernel();
        let attribute = kernel.and_then(|k| k.attribute).unwrap_or_default();
        let text = kernel
            .and_then(|k| k.message.as_deref())
            .unwrap_or_default()
            .to_ascii_lowercase();
        self.by_attribute(attribute)
            .or_else(|| self.by_text(&text))
            .or_else(|| match error.errno()? {
                libc::ENETUNREACH | libc::EHOSTUNREACH if asked != Asked::Lookup => self.via,
                libc::ENODEV | libc::ENETDOWN => self.dev.or(self.via),
                _ => None,
            })
            .or(self.dst)
    }

    fn by_attribute(&self, name: &str) -> Option<Word<'a>> {
        match name {
            "RTA_DST" => self.dst,
            "RTA_SRC" => self.from,
            "RTA_PREFSRC" => self.src,
            "RTA_GATEWAY" | "RTA_VIA" => self.via,
            "RTA_OIF" => self.dev,
            "RTA_TABLE" => self.table,
            "RTA_PRIORITY" => self.priority,
            "RTA_NH_ID" => self.nh_id,
            "RTA_MULTIPATH" => self.nexthop,
            "RTA_METRICS" => self.metric,
            "RTA_EXPIRES" => self.expires,
            _ if name.starts_with("RTAX_") => self.metric,
            _ => None,
        }
    }

    /// What the kernel's own words name, the most telling first.
    fn by_text(&self, text: &str) -> Option<Word<'a>> {
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if says(&["scope"]) && self.scope.is_some() {
            return self.scope;
        }
        if says(&["onlink"]) && self.onlink.is_some() {
            return self.onlink;
        }
        if says(&["prefsrc", "source address"]) {
            return self.src.or(self.from);
        }
        if says(&["gateway"]) {
            return self.via;
        }
        if says(&["nexthop id", "nexthop object"]) {
            return self.nh_id;
        }
        if says(&["device", "egress", "dev "]) {
            return self.dev.or(self.via);
        }
        if says(&["metric", "congestion"]) {
            return self.metric.or(self.priority);
        }
        if says(&["prefix", "destination"]) {
            return self.dst;
        }
        if says(&["table"]) {
            return self.table;
        }
        if says(&["nexthop", "multipath"]) {
            return self.nexthop.or(self.via).or(self.dev);
        }
        if says(&["type"]) {
            return self.kind;
        }
        None
    }
}

/// The error of a refused request; `what` could not be done.
pub(super) fn refused(what: &str, error: &Error, places: &Places<'_>, asked: Asked) -> CmdError {
    let mut refusal = CmdError::netlink(what, error);
    if let Some(word) = places.at_fault(error, asked) {
        refusal = refusal.at(word.at());
    }
    match hint(error, places, asked) {
        Some(hint) => refusal.hint(hint),
        None => refusal,
    }
}

fn hint(error: &Error, places: &Places<'_>, asked: Asked) -> Option<String> {
    let kernel = error.kernel()?;
    let text = kernel.message.as_deref().unwrap_or_default();
    if text.contains("Invalid prefix") {
        let (address, len) = places.prefix?;
        return Some(format!("the network is {}/{len}", network(address, len)));
    }
    let gateway = "the gateway has to be on a connected network: \
                   is its link up, and has it an address there? 'onlink' says that it is";
    match (kernel.errno, asked) {
        (libc::ENETUNREACH | libc::EHOSTUNREACH, Asked::Lookup) => {
            Some("no route leads there: 'route show table all' lists them".into())
        }
        (libc::ENETUNREACH, Asked::Add | Asked::Change) if places.via.is_some() => {
            Some(gateway.into())
        }
        (libc::EHOSTUNREACH, Asked::Add | Asked::Change) if places.via.is_some() => {
            Some(gateway.into())
        }
        (libc::EINVAL, Asked::Add | Asked::Change) if text.contains("invalid gateway") => {
            Some(gateway.into())
        }
        (libc::EEXIST, Asked::Add) => Some(
            "it is there already: 'replace' changes it, another 'metric' makes a second".into(),
        ),
        (libc::ENOENT, Asked::Change) => Some("it is not there: 'replace' creates it".into()),
        (libc::ESRCH, Asked::Delete) => {
            Some("it is not there: 'route show table all' lists those that are".into())
        }
        (libc::ENETDOWN, _) => Some("the link is down: 'link set DEVICE up'".into()),
        (libc::ENODEV, _) if places.dev.is_none() && places.via.is_none() => {
            Some("it needs a link or a gateway: 'dev DEVICE' or 'via ADDRESS'".into())
        }
        _ => None,
    }
}

/// The address without the bits behind its prefix.
fn network(address: IpAddr, len: u8) -> IpAddr {
    let len = u32::from(len);
    match address {
        IpAddr::V4(a) => {
            let mask = u32::MAX.checked_shl(32u32.saturating_sub(len)).unwrap_or(0);
            IpAddr::V4((u32::from(a) & mask).into())
        }
        IpAddr::V6(a) => {
            let mask = u128::MAX
                .checked_shl(128u32.saturating_sub(len))
                .unwrap_or(0);
            IpAddr::V6((u128::from(a) & mask).into())
        }
    }
}
