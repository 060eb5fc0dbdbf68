//! `rule add` and `rule delete`: one rule.

use super::{IIF, mark, ports, uids};
use crate::args::{Args, Family, Word};
use crate::cmd::route::values;
use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::grammar::{Grammar, Value, exact, help, short};
use crate::names::Table;
use crate::show::route::{KIND_NAMES, kind_number};
use netlink_raw::error::Error;
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL};
use netlink_raw::route::route::{RT_TABLE_MAIN, RTN_NAT};
use netlink_raw::route::rule::*;

/// A word of these commands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key {
    /// All but what is described.
    Not,
    /// The source.
    From,
    /// The destination.
    To,
    /// The place among the rules.
    Priority,
    /// The type of service.
    Tos,
    /// The packet's mark.
    Mark,
    /// The realms.
    Realms,
    /// Who makes it.
    Protocol,
    /// The tunnel.
    TunId,
    /// The table.
    Table,
    /// Which routes do not count, by their prefixes.
    SuppressPrefix,
    /// Which routes do not count, by their links.
    SuppressGroup,
    /// The incoming link.
    Iif,
    /// The outgoing link.
    Oif,
    /// The table is that of the VRF.
    L3mdev,
    /// The user ids.
    Uids,
    /// An address to translate to.
    Nat,
    /// The protocol above IP.
    IpProto,
    /// The source ports.
    Sport,
    /// The destination ports.
    Dport,
    /// What becomes of the packet follows.
    Type,
    /// The usage.
    Help,
    /// Another rule.
    Goto,
    /// Nothing.
    Nop,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::Not, "not").says("all packets but those described"),
    exact(Key::From, "from").value("PREFIX").says("the source"),
    exact(Key::To, "to").value("PREFIX").says("the destination"),
    short(Key::Priority, "preference")
        .also_short(&["order", "priority"])
        .value("NUMBER")
        .says("rules of lower ones come first"),
    exact(Key::Tos, "tos")
        .also_short(&["dsfield"])
        .value("TOS")
        .says("the type of service"),
    exact(Key::Mark, "fwmark")
        .value("MARK[/MASK]")
        .says("the packet's mark"),
    short(Key::Realms, "realms")
        .value("[FROM/]TO")
        .says("the realms that the packet gets"),
    short(Key::Protocol, "protocol")
        .value("PROTOCOL")
        .says("who makes the rule"),
    short(Key::TunId, "tun_id")
        .value("NUMBER")
        .says("the id of the tunnel that it came by"),
    short(Key::Table, "table")
        .also(&["lookup"])
        .value("TABLE")
        .says("the routing table to look into; main where no word says another"),
    short(Key::SuppressPrefix, "suppress_prefixlength")
        .also(&["sup_pl"])
        .value("BITS")
        .says("pass over routes with prefixes of this length or less"),
    short(Key::SuppressGroup, "suppress_ifgroup")
        .also(&["sup_group"])
        .value("GROUP")
        .says("pass over routes by devices of this group"),
    exact(Key::Iif, "iif")
        .also(&["dev"])
        .takes(Value::Device("DEVICE"))
        .says("the device it came by, which may come later"),
    exact(Key::Oif, "oif")
        .takes(Value::Device("DEVICE"))
        .says("the device that its socket is bound to"),
    exact(Key::L3mdev, "l3mdev").says("look into the table of its VRF"),
    exact(Key::Uids, "uidrange")
        .value("FROM-TO")
        .says("the users whose packets they are"),
    exact(Key::Nat, "nat")
        .also_short(&["map-to"])
        .value("ADDRESS")
        .says("without effect since Linux 2.6"),
    exact(Key::IpProto, "ipproto")
        .value("PROTOCOL")
        .says("the protocol above IP"),
    exact(Key::Sport, "sport")
        .value("PORT[-PORT]")
        .says("the source port"),
    exact(Key::Dport, "dport")
        .value("PORT[-PORT]")
        .says("the destination port"),
    exact(Key::Type, "type")
        .takes(Value::OneOf(&KIND_NAMES))
        .bare()
        .says("what becomes of the packet: blackhole, unreachable, prohibit, ..."),
    help(Key::Help),
    short(Key::Goto, "goto")
        .value("NUMBER")
        .says("go on with the rule of this priority"),
    short(Key::Nop, "nop").says("do nothing"),
]);

/// What is to be done with the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Add,
    Delete,
}

/// `rule add`.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Add)
}

/// `rule delete`.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    modify(ctx, args, Action::Delete)
}

/// What the words said, and where the words stood that the kernel may refuse.
#[derive(Debug, Default)]
pub(super) struct Rule<'a> {
    pub(super) request: RuleRequest<'a>,
    words: Vec<(&'static str, Word<'a>)>,
    /// Whether a word chose a table, or what becomes of the packet.
    chosen: bool,
}

impl<'a> Rule<'a> {
    pub(super) fn read(ctx: &Context, args: &mut Args<'a>, action: Action) -> Result<Self> {
        let mut rule = Self::default();
        rule.request.family = match ctx.options.family {
            Family::Unspec => Family::Inet.number(),
            family => family.number(),
        };
        if action == Action::Add {
            rule.request.nlm_flags = NLM_F_CREATE | NLM_F_EXCL;
            rule.request.action = FR_ACT_TO_TBL;
        }
        if args.is_empty() {
            let verb = if action == Action::Add { "add" } else { "del" };
            let line = format!("\"ip rule {verb}\" requires arguments.");
            return Err(args.missing("which rule", line));
        }
        while let Some(word) = args.next() {
            match WORDS.lookup(&word) {
                Some(Key::Not) => rule.request.invert = true,
                Some(Key::L3mdev) => {
                    rule.request.l3mdev = true;
                    rule.words.push(("FRA_L3MDEV", word));
                }
                Some(Key::Type) => {
                    let value = args.value_of(&word)?;
                    rule.kind(ctx, args, value)?;
                }
                Some(Key::Help | Key::Goto | Key::Nop) | None => rule.kind(ctx, args, word)?,
                Some(key) => {
                    let value = args.value_of(&word)?;
                    rule.take(ctx, key, value)?;
                }
            }
        }
        rule.complete(action)?;
        Ok(rule)
    }

    fn complete(&mut self, action: Action) -> Result {
        if self.request.l3mdev && self.chosen {
            let word = self.words.iter().find(|(name, _)| *name == "FRA_L3MDEV");
            let what = "a rule with 'l3mdev' has no other table, and no action";
            let mut error = CmdError::new(what).ip("table can not be specified for l3mdev rules");
            if let Some((_, word)) = word {
                error = error.at(word.at());
            }
            // iproute2 returns the errno itself.
            return Err(error.code(libc::EINVAL as u8));
        }
        if action == Action::Add && !self.chosen && !self.request.l3mdev {
            self.request.table = RT_TABLE_MAIN;
        }
        Ok(())
    }

    fn take(&mut self, ctx: &Context, key: Key, value: Word<'a>) -> Result {
        let request = &mut self.request;
        let attribute = match key {
            Key::From => {
                let prefix = value.prefix(ctx.options.family)?;
                (request.src, request.src_len) = (prefix.address, prefix.len);
                "FRA_SRC"
            }
            Key::To => {
                let prefix = value.prefix(ctx.options.family)?;
                (request.dst, request.dst_len) = (prefix.address, prefix.len);
                "FRA_DST"
            }
            Key::Priority => {
                request.priority = Some(value.u32("preference value is invalid")?);
                "FRA_PRIORITY"
            }
            Key::Tos => {
                request.tos = values::tos(ctx, &value, "TOS value is invalid")?;
                "FRA_TOS"
            }
            Key::Mark => {
                let (mark, mask) = mark(&value)?;
                request.mark = Some(mark);
                request.mark_mask = mask.or(request.mark_mask);
                "FRA_FWMARK"
            }
            Key::Realms => {
                request.flow = Some(values::realms(ctx, &value, "invalid realms")?);
                "FRA_FLOW"
            }
            Key::Protocol => {
                let message = "\"protocol\" value is invalid";
                let number = values::short_name(ctx, Table::RouteProtocol, &value, message)?;
                request.protocol = Some(number);
                "FRA_PROTOCOL"
            }
            Key::TunId => {
                request.tun_id = Some(value.u64("\"tun_id\" value is invalid")?);
                "FRA_TUN_ID"
            }
            Key::Table => {
                request.table = values::table(ctx, &value, "invalid table ID")?;
                self.chosen = true;
                "FRA_TABLE"
            }
            Key::SuppressPrefix => {
                let length = value.u32("suppress_prefixlength value is invalid")?;
                request.suppress_prefix_len = Some(length);
                "FRA_SUPPRESS_PREFIXLEN"
            }
            Key::SuppressGroup => {
                let number = ctx.names.number(Table::Group, value.bytes());
                let wrong = || value.wrong("Invalid \"suppress_ifgroup\" value");
                request.suppress_group = Some(number.ok_or_else(wrong)?);
                "FRA_SUPPRESS_IFGROUP"
            }
            Key::Iif => {
                value.ifname(IIF)?;
                request.iif = Some(value.bytes());
                "FRA_IIFNAME"
            }
            Key::Oif => {
                value.ifname("oif")?;
                request.oif = Some(value.bytes());
                "FRA_OIFNAME"
            }
            Key::Uids => {
                request.uids = Some(uids(&value)?);
                "FRA_UID_RANGE"
            }
            Key::Nat => {
                ctx.warn("Warning: route NAT is deprecated");
                let wrong = |_| {
                    let ip = format!("Error: an IP address is expected rather than \"{value}\"");
                    value
                        .error(format!("'{value}' is not an IPv4 address"), ip)
                        .code(crate::error::FAILED)
                };
                request.nat = Some(value.ip(Family::Inet).map_err(wrong)?);
                request.action = RTN_NAT;
                "FRA_UNUSED2"
            }
            Key::IpProto => {
                let wrong = || {
                    let what = "a number up to 255 or a name of /etc/protocols";
                    value.wrong_because(what, "Invalid \"ipproto\" value")
                };
                request.ip_proto = Some(values::ip_protocol(&value).ok_or_else(wrong)?);
                "FRA_IP_PROTO"
            }
            Key::Sport => {
                request.sports = Some(ports(&value, "invalid port range")?);
                "FRA_SPORT_RANGE"
            }
            Key::Dport => {
                request.dports = Some(ports(&value, "invalid dport range")?);
                "FRA_DPORT_RANGE"
            }
            // These have been dealt with.
            Key::Not | Key::L3mdev | Key::Type | Key::Help | Key::Goto | Key::Nop => return Ok(()),
        };
        self.words.push((attribute, value));
        Ok(())
    }

    /// What becomes of the packet, with `type` before it or not.
    fn kind(&mut self, ctx: &Context, args: &mut Args<'a>, word: Word<'a>) -> Result {
        self.request.action = match WORDS.lookup(&word) {
            Some(Key::Help) => return Err(ctx.usage()),
            Some(Key::Goto) => {
                let value = args.value_of(&word)?;
                self.request.goto = Some(value.u32("invalid target")?);
                self.words.push(("FRA_GOTO", value));
                FR_ACT_GOTO
            }
            Some(Key::Nop) => FR_ACT_NOP,
            _ => kind_number(&word).ok_or_else(|| {
                let what = "no word of this command, and no action";
                word.wrong_because(what, "Failed to parse rule type")
                    .hint("actions are blackhole, unreachable, prohibit, goto NUMBER, nop, …")
            })?,
        };
        self.chosen = true;
        Ok(())
    }

    /// The word that set an attribute.
    fn word(&self, attribute: &str) -> Option<Word<'a>> {
        let found = self.words.iter().rev().find(|(name, _)| *name == attribute);
        found.map(|(_, word)| *word)
    }
}

fn modify(ctx: &mut Context, args: &mut Args<'_>, action: Action) -> Result {
    let rule = Rule::read(ctx, args, action)?;
    let conn = ctx.kernel.conn()?;
    let answer = match action {
        Action::Add => conn.change(&rule.request),
        Action::Delete => conn.change(&DelRule(rule.request.clone())),
    };
    answer.map_err(|e| explain(&e, &rule, action))
}

/// The kernel's texts that name what they are about in no other way.
const TEXTS: [(&str, &str); 8] = [
    ("source address", "FRA_SRC"),
    ("dst address", "FRA_DST"),
    ("uid range", "FRA_UID_RANGE"),
    ("sport range", "FRA_SPORT_RANGE"),
    ("dport range", "FRA_DPORT_RANGE"),
    ("goto", "FRA_GOTO"),
    ("tos", "FRA_TOS"),
    ("l3mdev", "FRA_L3MDEV"),
];

/// The kernel's refusal, with the word it is about and what to try.
fn explain(error: &Error, rule: &Rule<'_>, action: Action) -> CmdError {
    let (what, missing) = match action {
        Action::Add => ("cannot add the rule", false),
        Action::Delete => ("cannot delete the rule", true),
    };
    let mut refused = CmdError::netlink(what, error);
    let Some(kernel) = error.kernel() else {
        return refused;
    };
    let text = kernel.message.as_deref().unwrap_or_default();
    let of_text = TEXTS.iter().find(|(part, _)| text.contains(part));
    let named = kernel
        .attribute
        .or(of_text.map(|(_, attribute)| *attribute));
    let named = named.and_then(|attribute| rule.word(attribute));
    // The kernel says no more than that there is such a rule, or none.
    let any = || {
        rule.word("FRA_PRIORITY")
            .or(rule.words.first().map(|(_, word)| *word))
    };
    let word = named.or_else(any).filter(|_| kernel.errno != libc::EPERM);
    if let Some(word) = word {
        refused = refused.at(word.at());
    }
    let six = [rule.request.src, rule.request.dst];
    let six = six.iter().flatten().any(std::net::IpAddr::is_ipv6);
    match kernel.errno {
        libc::ENOENT if missing => refused.hint("no rule has all of this: 'rule show' lists them"),
        libc::EINVAL if six && i32::from(rule.request.family) == libc::AF_INET => {
            refused.hint("rules of IPv6 need the option -6")
        }
        _ => refused,
    }
}
