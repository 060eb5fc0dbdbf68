//! `rule show` and `rule flush`: the rules that the words are about, listed or deleted.

use super::{IIF, mark, ports, uids};
use crate::args::{Args, Family, Prefix, Word};
use crate::cmd::addr::filter::inside;
use crate::cmd::flush::{BATCH, batch, warn_interrupted};
use crate::cmd::route::values;
use crate::context::Context;
use crate::error::{CmdError, Result, USAGE};
use crate::grammar::{Grammar, Value, exact, short};
use crate::names::Table;
use crate::show::rule::record;
use netlink_raw::route::rule::*;
use netlink_raw::{Collected, Message};
use std::net::IpAddr;

/// A word of these commands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key {
    /// Of this priority.
    Priority,
    /// About all but what they describe.
    Not,
    /// Of this type of service.
    Tos,
    /// Of this mark.
    Mark,
    /// Of this incoming link.
    Iif,
    /// Of this outgoing link.
    Oif,
    /// Of the table of the VRF.
    L3mdev,
    /// Of these users.
    Uids,
    /// Of this tunnel.
    TunId,
    /// Of this table.
    Table,
    /// Of a source in this prefix.
    From,
    /// Made by this protocol.
    Protocol,
    /// Of this protocol above IP.
    IpProto,
    /// Of these source ports.
    Sport,
    /// Of these destination ports.
    Dport,
    /// Of a destination in this prefix.
    To,
}

/// The words in the order in which ip looks through them. It has no `help` among them.
pub static WORDS: Grammar<Key> = Grammar(&[
    short(Key::Priority, "preference")
        .also_short(&["order", "priority"])
        .value("NUMBER")
        .says("of this priority"),
    exact(Key::Not, "not").says("about all packets but those described"),
    exact(Key::Tos, "tos")
        .also_short(&["dsfield"])
        .value("TOS")
        .says("of this type of service"),
    exact(Key::Mark, "fwmark")
        .value("MARK[/MASK]")
        .says("of this mark"),
    exact(Key::Iif, "iif")
        .also(&["dev"])
        .takes(Value::Device("DEVICE"))
        .says("about packets that came by this device"),
    exact(Key::Oif, "oif")
        .takes(Value::Device("DEVICE"))
        .says("about packets of sockets bound to this device"),
    exact(Key::L3mdev, "l3mdev").says("that look into the table of the VRF"),
    exact(Key::Uids, "uidrange")
        .value("FROM-TO")
        .says("about packets of these users"),
    short(Key::TunId, "tun_id")
        .value("NUMBER")
        .says("about packets of this tunnel"),
    short(Key::Table, "table")
        .also_short(&["lookup"])
        .value("TABLE")
        .says("that look into this table"),
    short(Key::From, "from")
        .value("PREFIX")
        .says("with a source in this prefix"),
    short(Key::Protocol, "protocol")
        .value("PROTOCOL|all")
        .says("made by this protocol; of 'flush' only"),
    exact(Key::IpProto, "ipproto")
        .value("PROTOCOL")
        .says("of this protocol above IP"),
    exact(Key::Sport, "sport")
        .value("PORT[-PORT]")
        .says("of this source port"),
    exact(Key::Dport, "dport")
        .value("PORT[-PORT]")
        .says("of this destination port"),
    short(Key::To, "dst")
        .also(&["to"])
        .value("PREFIX")
        .bare()
        .says("with a destination in this prefix"),
]);

/// What the words said.
#[derive(Debug, Default)]
pub(super) struct Filter {
    family: u8,
    priority: Option<u32>,
    not: bool,
    tos: Option<u8>,
    /// And its mask; 0 is any, as for iproute2.
    mark: (u32, u32),
    iif: Option<Vec<u8>>,
    oif: Option<Vec<u8>>,
    l3mdev: bool,
    uids: Option<Range<u32>>,
    tun_id: u64,
    table: u32,
    from: Option<Prefix>,
    to: Option<Prefix>,
    /// Counts for a flush.
    protocol: Option<u8>,
    ip_proto: u8,
    sports: Option<Range<u16>>,
    dports: Option<Range<u16>>,
}

impl Filter {
    pub(super) fn read(ctx: &Context, args: &mut Args<'_>) -> Result<Self> {
        let family = match ctx.options.family {
            Family::Unspec => Family::Inet,
            family => family,
        };
        let mut filter = Self {
            family: family.number(),
            ..Self::default()
        };
        while let Some(word) = args.next() {
            match WORDS.lookup(&word) {
                Some(Key::Not) => filter.not = true,
                Some(Key::L3mdev) => filter.l3mdev = true,
                Some(key) => filter.take(ctx, family, key, &args.value_of(&word)?)?,
                None => filter.to = Some(word.prefix(family)?),
            }
        }
        Ok(filter)
    }

    fn take(&mut self, ctx: &Context, family: Family, key: Key, value: &Word<'_>) -> Result {
        match key {
            Key::Priority => self.priority = Some(value.u32("preference value is invalid")?),
            Key::Tos => self.tos = Some(values::tos(ctx, value, "TOS value is invalid")?),
            Key::Mark => {
                let (mark, mask) = mark(value)?;
                self.mark = (mark, mask.unwrap_or(0));
            }
            Key::Iif => self.iif = Some(value.ifname(IIF)?.to_vec()),
            Key::Oif => self.oif = Some(value.ifname("oif")?.to_vec()),
            Key::Uids => self.uids = Some(uids(value)?),
            Key::TunId => self.tun_id = value.u64("\"tun_id\" value is invalid")?,
            Key::Table => self.table = values::table(ctx, value, "table id value is invalid")?,
            Key::From => self.from = Some(value.prefix(family)?),
            Key::Protocol => {
                let number = ctx.names.number(Table::RouteProtocol, value.bytes());
                self.protocol = match number.and_then(|n| u8::try_from(n).ok()) {
                    Some(number) => Some(number),
                    None if value.is("all") => None,
                    None => {
                        let what = "there is no protocol of this name";
                        return Err(value.wrong_because(what, "invalid \"protocol\"\n"));
                    }
                };
            }
            Key::IpProto => {
                let wrong = || value.wrong("Invalid \"ipproto\" value");
                self.ip_proto = values::ip_protocol(value).ok_or_else(wrong)?;
            }
            Key::Sport => self.sports = Some(ports(value, "invalid port range")?),
            Key::Dport => self.dports = Some(ports(value, "invalid dport range")?),
            Key::To => self.to = Some(value.prefix(family)?),
            Key::Not | Key::L3mdev => {}
        }
        Ok(())
    }

    pub(super) fn accepts(&self, rule: &Rule<'_>) -> bool {
        let same = |asked: &Option<Vec<u8>>, name: Option<&[u8]>| {
            asked.as_deref().is_none_or(|asked| Some(asked) == name)
        };
        covers(self.from, rule.src, rule.src_len)
            && covers(self.to, rule.dst, rule.dst_len)
            && self
                .priority
                .is_none_or(|p| p == rule.priority.unwrap_or(0))
            && (!self.not || rule.flags & FIB_RULE_INVERT != 0)
            && self.tos.is_none_or(|tos| tos == rule.tos)
            && (self.mark.0 == 0 || Some(self.mark.0) == rule.mark)
            && (self.mark.1 == 0 || Some(self.mark.1) == rule.mark_mask)
            && same(&self.iif, rule.iif)
            && same(&self.oif, rule.oif)
            && (!self.l3mdev || rule.l3mdev.is_some_and(|on| on != 0))
            && (self.uids.is_none() || self.uids == rule.uids)
            && (self.tun_id == 0 || Some(self.tun_id) == rule.tun_id)
            && (self.table == 0 || self.table == rule.table)
            && (self.ip_proto == 0 || Some(self.ip_proto) == rule.ip_proto)
            && (self.sports.is_none() || self.sports == rule.sports)
            && (self.dports.is_none() || self.dports == rule.dports)
    }

    fn dump(&self, ctx: &mut Context) -> Result<Collected> {
        let family = self.family;
        let answer = ctx.kernel.conn()?.collect(&GetRules { family });
        let all = answer.map_err(|e| CmdError::dump("cannot list rules", &e).code(USAGE))?;
        warn_interrupted(ctx, &all);
        Ok(all)
    }
}

/// Whether a rule's prefix lies in the one asked for.
fn covers(asked: Option<Prefix>, address: Option<IpAddr>, len: u8) -> bool {
    asked.is_none_or(|asked| {
        asked.len == 0 || (len >= asked.len && address.is_some() && inside(&asked, address))
    })
}

/// `rule show`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::read(ctx, args)?;
    let dump = filter.dump(ctx)?;
    ctx.out.open_document();
    for message in dump.messages() {
        if let Ok(rule) = Rule::parse(&message)
            && filter.accepts(&rule)
        {
            record(ctx, &rule);
        }
    }
    ctx.out.close_document();
    Ok(())
}

/// `rule flush`: rules without a priority, as that of the table `local` is, stay.
pub fn flush(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::read(ctx, args)?;
    let dump = filter.dump(ctx)?;
    let found: Vec<DelRule<'_>> = dump
        .messages()
        .filter_map(|message| Rule::parse(&message).ok())
        .filter(|rule| rule.priority.is_some() && filter.accepts(rule))
        .filter(|rule| {
            filter
                .protocol
                .is_none_or(|p| p == rule.protocol.unwrap_or(0))
        })
        .map(|rule| DelRule(rule.to_request()))
        .collect();
    for requests in found.chunks(BATCH) {
        let messages = requests.iter().map(|r| r as &dyn Message);
        // What has gone meanwhile is not an error.
        if let Some((_, error)) = batch(ctx, messages, |e| e.errno == libc::ENOENT)? {
            return Err(CmdError::netlink("cannot delete a rule", &error));
        }
    }
    Ok(())
}
