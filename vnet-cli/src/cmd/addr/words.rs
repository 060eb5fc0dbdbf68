//! The words of `addr add`, `change`, `replace` and `delete`, and what follows from them.

use super::flags;
use crate::args::{Args, Family, Prefix, Word};
use crate::context::Context;
use crate::error::{FAILED, Result};
use crate::grammar::{Grammar, Value, exact, help, short};
use crate::names::Table;
use netlink_raw::route::addr::Lifetimes;
use std::net::{IpAddr, Ipv4Addr};

/// A word of these commands.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    /// The address.
    Local,
    /// The other end's.
    Peer,
    /// The broadcast address.
    Broadcast,
    /// The anycast address.
    Anycast,
    /// How far it counts.
    Scope,
    /// The device.
    Dev,
    /// The label.
    Label,
    /// The metric of the prefix route.
    Metric,
    /// How long it is there.
    ValidLft,
    /// How long it is used for new connections.
    PreferredLft,
    /// A flag.
    Flag(flags::Flag),
    /// The usage.
    Help,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::Peer, "peer")
        .also(&["remote"])
        .value("PREFIX")
        .says("address of the other end"),
    short(Key::Broadcast, "broadcast")
        .also(&["brd"])
        .value("ADDRESS|+|-")
        .says("or brd: broadcast address; + sets the host bits of the prefix, - clears them"),
    exact(Key::Anycast, "anycast")
        .value("ADDRESS")
        .says("anycast address"),
    exact(Key::Scope, "scope")
        .value("global|site|link|host|NUMBER")
        .says("how far the address counts"),
    exact(Key::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the device"),
    exact(Key::Label, "label")
        .value("LABEL")
        .says("name of the address (IPv4): the device's, or that with more behind it"),
    short(Key::Metric, "metric")
        .also_short(&["priority", "preference"])
        .value("NUMBER")
        .says("metric of the route to its prefix"),
    short(Key::ValidLft, "valid_lft")
        .value("forever|SECONDS")
        .says("how long the address is there"),
    short(Key::PreferredLft, "preferred_lft")
        .value("forever|SECONDS")
        .says("how long it is taken for new connections"),
    flag(flags::HOME).says("home address of a mobile node (IPv6)"),
    flag(flags::NODAD).says("no duplicate address detection (IPv6)"),
    flag(flags::OPTIMISTIC).says("use it while its uniqueness is checked (IPv6)"),
    flag(flags::MNGTMPADDR).says("make temporary addresses from it (IPv6)"),
    flag(flags::NOPREFIXROUTE).says("no route to its prefix"),
    flag(flags::AUTOJOIN).says("join the multicast group"),
    flag(flags::SECONDARY),
    flag(flags::TEMPORARY),
    flag(flags::DADFAILED),
    flag(flags::DEPRECATED),
    flag(flags::TENTATIVE),
    flag(flags::PERMANENT),
    flag(flags::STABLE_PRIVACY),
    exact(Key::Local, "local")
        .value("PREFIX")
        .bare()
        .says("the address and the length of its prefix"),
    help(Key::Help),
]);

const fn flag(flag: flags::Flag) -> crate::grammar::Entry<Key> {
    exact(Key::Flag(flag), flag.name).says("set by the kernel alone: shown, and filtered by")
}

/// A value and the word it stood in.
pub(super) type At<'a, T> = Option<(T, Word<'a>)>;

/// What the words said.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    pub(super) family: Family,
    pub(super) local: At<'a, Prefix>,
    pub(super) peer: At<'a, Prefix>,
    pub(super) broadcast: At<'a, Broadcast>,
    pub(super) anycast: At<'a, Prefix>,
    pub(super) scope: At<'a, u8>,
    pub(super) dev: Option<Word<'a>>,
    pub(super) label: Option<Word<'a>>,
    pub(super) metric: At<'a, u32>,
    pub(super) valid: At<'a, u32>,
    pub(super) preferred: At<'a, u32>,
    pub(super) flags: u32,
    pub(super) flag: Option<Word<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Broadcast {
    /// `+`: the host bits of the prefix set.
    Ones,
    /// `-`: cleared.
    Zeros,
    Address(Prefix),
}

impl<'a> Words<'a> {
    pub(super) fn read(ctx: &Context, args: &mut Args<'a>) -> Result<Self> {
        let mut words = Self {
            family: ctx.options.family,
            ..Self::default()
        };
        while let Some(word) = args.next() {
            words.take(ctx, args, word)?;
        }
        Ok(words)
    }

    fn take(&mut self, ctx: &Context, args: &mut Args<'a>, word: Word<'a>) -> Result {
        match WORDS.lookup(&word) {
            Some(Key::Peer) => {
                let value = args.value_of(&word)?;
                if self.peer.is_some() {
                    return Err(value.duplicate(WORDS.name(Key::Peer)));
                }
                self.peer = Some((self.prefix(&value)?, value));
            }
            Some(Key::Broadcast) => {
                let value = args.value_of(&word)?;
                if self.broadcast.is_some() {
                    return Err(value.duplicate(WORDS.name(Key::Broadcast)));
                }
                let broadcast = match value.bytes() {
                    b"+" => Broadcast::Ones,
                    b"-" => Broadcast::Zeros,
                    _ => Broadcast::Address(self.address(&value)?),
                };
                self.broadcast = Some((broadcast, value));
            }
            Some(Key::Anycast) => {
                let value = args.value_of(&word)?;
                if self.anycast.is_some() {
                    return Err(value.duplicate(WORDS.name(Key::Anycast)));
                }
                self.anycast = Some((self.address(&value)?, value));
            }
            Some(Key::Scope) => {
                let value = args.value_of(&word)?;
                self.scope = Some((scope(ctx, &value)?, value));
            }
            Some(Key::Dev) => self.dev = Some(args.value_of(&word)?),
            Some(Key::Label) => self.label = Some(args.value_of(&word)?),
            Some(Key::Metric) => {
                let value = args.value_of(&word)?;
                let metric = value.u32("\"metric\" value is invalid\n")?;
                self.metric = Some((metric, value));
            }
            Some(Key::ValidLft) => {
                self.valid = Some(lifetime(args, &word, Key::ValidLft, self.valid.is_some())?);
            }
            Some(Key::PreferredLft) => {
                let twice = self.preferred.is_some();
                self.preferred = Some(lifetime(args, &word, Key::PreferredLft, twice)?);
            }
            Some(Key::Flag(flag)) => self.set(ctx, flag, word),
            Some(Key::Help) => return Err(ctx.usage()),
            Some(Key::Local) => {
                let value = args.value_of(&word)?;
                if WORDS.lookup(&value) == Some(Key::Help) {
                    return Err(ctx.usage());
                }
                self.take_local(value)?;
            }
            None => self.take_local(word)?,
        }
        Ok(())
    }

    fn take_local(&mut self, value: Word<'a>) -> Result {
        if self.local.is_some() {
            return Err(value.garbage(WORDS.name(Key::Local)));
        }
        self.local = Some((self.prefix(&value)?, value));
        Ok(())
    }

    /// The first address decides on the family of the others.
    fn prefix(&mut self, value: &Word<'_>) -> Result<Prefix> {
        let prefix = value.prefix(self.family)?;
        if self.family == Family::Unspec {
            self.family = prefix.family;
        }
        Ok(prefix)
    }

    fn address(&mut self, value: &Word<'_>) -> Result<Prefix> {
        let address = value.address(self.family)?;
        if self.family == Family::Unspec {
            self.family = address.family;
        }
        Ok(address)
    }

    /// A flag that has no effect is a warning, as it is for ip.
    fn set(&mut self, ctx: &Context, flag: flags::Flag, word: Word<'a>) {
        if !flag.settable {
            let name = flag.name;
            ctx.warn(&format!(
                "Warning: {name} option is not mutable from userspace"
            ));
        } else if flag.v6only && self.family != Family::Inet6 {
            let name = flag.name;
            ctx.warn(&format!(
                "Warning: {name} option can be set only for IPv6 addresses"
            ));
        } else {
            self.flags |= flag.mask;
            self.flag = Some(word);
        }
    }

    /// The prefix that `brd +` and the prefix route are made of.
    pub(super) fn net(&self) -> At<'a, Prefix> {
        let real = |p: &(Prefix, Word<'a>)| p.0.address.is_some();
        self.peer.filter(real).or(self.local)
    }

    pub(super) fn prefixlen(&self) -> u8 {
        let len = |p: At<'_, Prefix>| p.map_or(0, |(prefix, _)| prefix.len);
        match len(self.peer) {
            0 => len(self.local),
            given => given,
        }
    }

    /// The address that `brd` stands for; none where the prefix has no room for one.
    pub(super) fn broadcast(&self) -> Result<Option<IpAddr>> {
        let (ones, word) = match self.broadcast {
            None => return Ok(None),
            Some((Broadcast::Address(given), _)) => return Ok(given.address),
            Some((Broadcast::Ones, word)) => (true, word),
            Some((Broadcast::Zeros, word)) => (false, word),
        };
        if self.family != Family::Inet {
            return Err(word
                .error(
                    "only an IPv4 address has a broadcast address",
                    "Broadcast can be set only for IPv4 addresses",
                )
                .code(FAILED));
        }
        let Some((
            Prefix {
                address: Some(IpAddr::V4(net)),
                len: len @ 0..=30,
                ..
            },
            _,
        )) = self.net()
        else {
            return Ok(None);
        };
        let host = u32::MAX.checked_shr(len.into()).unwrap_or(0);
        let bits = match ones {
            true => u32::from(net) | host,
            false => u32::from(net) & !host,
        };
        Ok(Some(Ipv4Addr::from(bits).into()))
    }

    /// The lifetimes, `None` where neither is given.
    pub(super) fn lifetimes(&self) -> Result<Option<Lifetimes>> {
        let of = |given: At<'_, u32>| given.map_or(u32::MAX, |(seconds, _)| seconds);
        let (valid, preferred) = (of(self.valid), of(self.preferred));
        let Some((_, word)) = self.valid.or(self.preferred) else {
            return Ok(None);
        };
        if valid == 0 {
            return Err(word
                .error(
                    "an address that is valid for 0 seconds would not be there",
                    "valid_lft is zero",
                )
                .hint("'addr del' takes an address away")
                .code(FAILED));
        }
        if valid < preferred {
            let keyword = WORDS.name(Key::PreferredLft);
            return Err(word
                .error(
                    "the preferred lifetime is longer than the valid one",
                    "preferred_lft is greater than valid_lft",
                )
                .hint(format!(
                    "give '{keyword} SECONDS' too: it is 'forever' by itself"
                ))
                .code(FAILED));
        }
        Ok(Some(Lifetimes { preferred, valid }))
    }
}

/// A lifetime in seconds; `u32::MAX` is `forever`.
fn lifetime<'a>(
    args: &mut Args<'a>,
    word: &Word<'a>,
    key: Key,
    twice: bool,
) -> Result<(u32, Word<'a>)> {
    let name = WORDS.name(key);
    if twice {
        return Err(word.duplicate(name));
    }
    let value = args.value_of(word)?;
    let seconds = match value.bytes() {
        b"forever" => u32::MAX,
        _ => value.u32(&format!("{name} value"))?,
    };
    Ok((seconds, value))
}

/// A scope by name or number.
fn scope(ctx: &Context, value: &Word<'_>) -> Result<u8> {
    let number = ctx.names.number(Table::Scope, value.bytes());
    number.and_then(|n| u8::try_from(n).ok()).ok_or_else(|| {
        value.wrong_because(
            "a scope is global, site, link, host or a number to 255",
            "invalid scope value.",
        )
    })
}
