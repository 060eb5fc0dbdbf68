//! `monitor`: what changes, as it changes.

pub(crate) mod event;
pub(crate) mod listen;

use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help, short};
use event::Monitor;
use listen::{Hear, listen};

/// The words.
#[derive(Clone, Copy, PartialEq)]
pub enum Keyword {
    /// Events from a file.
    File,
    /// A word before each event.
    Label,
    /// Events of one kind.
    Of(Kind),
    /// Events of a kind that is not shown here.
    Lacking(&'static str),
    /// Events of every kind, with labels.
    All,
    /// Those of every namespace.
    AllNsid,
    /// Those of one device.
    Dev,
    /// The usage.
    Help,
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Links.
    Link,
    /// Addresses.
    Address,
    /// Routes.
    Route,
    /// Neighbours.
    Neigh,
    /// Settings of links.
    Netconf,
    /// Numbers of namespaces.
    Nsid,
}

/// In iproute2's order.
pub static MONITOR: Grammar<Keyword> = Grammar(&[
    short(Keyword::File, "file")
        .value("FILE")
        .says("events from a file: not done by vnet"),
    short(Keyword::Label, "label").says("say what each event is about"),
    short(Keyword::Of(Kind::Link), "link").says("links"),
    short(Keyword::Of(Kind::Address), "address").says("addresses"),
    short(Keyword::Of(Kind::Route), "route").says("routes"),
    short(Keyword::Lacking("mroute"), "mroute").says("multicast routes: not done by vnet"),
    short(Keyword::Lacking("prefix"), "prefix").says("IPv6 prefixes: not done by vnet"),
    short(Keyword::Of(Kind::Neigh), "neigh").says("neighbours"),
    short(Keyword::Of(Kind::Netconf), "netconf").says("settings of links"),
    short(Keyword::Lacking("rule"), "rule").says("rules: not done by vnet"),
    short(Keyword::Of(Kind::Nsid), "nsid").says("numbers of namespaces"),
    short(Keyword::Lacking("nexthop"), "nexthop").says("nexthop objects: not done by vnet"),
    exact(Keyword::Lacking("stats"), "stats").says("counters: not done by vnet"),
    exact(Keyword::All, "all").says("all of these that vnet does, with labels"),
    short(Keyword::AllNsid, "all-nsid")
        .says("the events of every namespace that has a number here, too"),
    help(Keyword::Help),
    exact(Keyword::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("events of this device"),
]);

const KINDS: [Kind; 6] = [
    Kind::Link,
    Kind::Address,
    Kind::Route,
    Kind::Neigh,
    Kind::Netconf,
    Kind::Nsid,
];

/// `RTNLGRP_*` of `linux/rtnetlink.h`, of IPv4, IPv6 and MPLS where they differ.
impl Kind {
    fn groups(self, family: Family) -> &'static [u32] {
        let (v4, v6, other): (&[u32], &[u32], &[u32]) = match self {
            Self::Link => return &[1],
            Self::Neigh => return &[3],
            Self::Nsid => return &[28],
            Self::Address => (&[5], &[9], &[5, 9]),
            Self::Route => (&[7], &[11], &[7, 11, 27]),
            Self::Netconf => (&[24], &[25], &[24, 25, 29]),
        };
        match family {
            Family::Inet => v4,
            Family::Inet6 => v6,
            Family::Unspec => other,
            // Families that have none of these.
            _ => &[],
        }
    }
}

/// `monitor [all | OBJECTS] [label] [all-nsid] [dev DEVICE]`.
pub fn monitor(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    ctx.no_dry_run(args, "monitor", "it waits for events")?;
    let mut hear = Hear::default();
    let mut kinds = Vec::new();
    let mut dev = None;
    while let Some(word) = args.next() {
        match MONITOR.lookup(&word) {
            Some(Keyword::Label | Keyword::All) => hear.labels = true,
            Some(Keyword::AllNsid) => hear.all_namespaces = true,
            Some(Keyword::Of(kind)) => kinds.push(kind),
            Some(Keyword::Dev) => {
                let value = args.value_of(&word)?;
                let index = ctx.kernel.index_of(value.bytes())?;
                dev = Some(index.ok_or_else(|| value.wrong("Device does not exist"))?);
            }
            Some(Keyword::File) => {
                args.value_of(&word)?;
                return Err(not_done(ctx, &word, "file"));
            }
            Some(Keyword::Lacking(name)) => return Err(not_done(ctx, &word, name)),
            Some(Keyword::Help) => return Err(ctx.usage()),
            None => {
                return Err(word
                    .error(
                        format!("there are no events of {}", quoted(word.text())),
                        format!("Argument \"{word}\" is unknown, try \"ip monitor help\"."),
                    )
                    .hint("'monitor help' lists the words"));
            }
        }
    }
    if kinds.is_empty() {
        kinds.extend(KINDS);
    }
    let family = ctx.options.family;
    let groups = kinds.iter().flat_map(|kind| kind.groups(family));
    hear.groups = groups.copied().collect();
    let mut monitor = Monitor::new(ctx, hear.clone(), dev)?;
    listen(ctx, &hear, |ctx, message, nsid| {
        monitor.event(ctx, message, nsid)
    })
}

/// Events that iproute2 knows and vnet does not show.
pub(crate) fn not_done(ctx: &Context, word: &Word<'_>, name: &str) -> CmdError {
    let what = format!("'monitor {name}' is not supported by vnet");
    let error = CmdError::new(what.clone()).code(FAILED).at(word.at());
    match ctx.program.stands_in() {
        true => error.ip(format!("Error: {what}.")),
        false => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judged by the groups that iproute2 6.1 joins.
    #[test]
    fn groups_of_a_family() {
        let mask = |family| {
            let all = KINDS.iter().flat_map(|kind| kind.groups(family));
            all.fold(0u32, |mask, group| mask | 1 << (group - 1))
        };
        // Without the groups of what is not shown: multicast routes, prefixes, rules.
        let (mroute, prefix, rule) = (0x220, 0x2_0000, 0x4_0080);
        assert_eq!(
            mask(Family::Unspec),
            0x1d86_07f5 & !(mroute | prefix | rule)
        );
        assert_eq!(mask(Family::Inet), 0x0880_00f5 & !(mroute | rule));
        assert_eq!(mask(Family::Inet6), 0x0906_0705 & !(mroute | prefix | rule));
        assert_eq!(mask(Family::Bridge), 0x0800_0005);
    }

    #[test]
    fn words_as_ip_reads_them() {
        for (text, key) in [
            ("l", Some(Keyword::Label)),
            ("li", Some(Keyword::Of(Kind::Link))),
            ("a", Some(Keyword::Of(Kind::Address))),
            ("al", Some(Keyword::AllNsid)),
            ("all", Some(Keyword::All)),
            ("r", Some(Keyword::Of(Kind::Route))),
            ("ru", Some(Keyword::Lacking("rule"))),
            ("n", Some(Keyword::Of(Kind::Neigh))),
            ("net", Some(Keyword::Of(Kind::Netconf))),
            ("ns", Some(Keyword::Of(Kind::Nsid))),
            ("nex", Some(Keyword::Lacking("nexthop"))),
            ("st", None),
            ("d", None),
        ] {
            let word = Word::new(std::ffi::OsStr::new(text), 0);
            assert!(MONITOR.lookup(&word) == key, "{text}");
        }
    }
}
