//! Which addresses `addr show` and `addr flush` are about.

use super::{flags, glob};
use crate::args::{Args, Family, Prefix, Word};
use crate::context::Context;
use crate::error::Result;
use crate::grammar::{Entry, Grammar, Value, exact, help};
use crate::names::Table;
use netlink_raw::route::addr::{Address, IFA_F_PERMANENT, IFA_F_SECONDARY};
use netlink_raw::route::link::{GetLink, Link};
use std::net::IpAddr;

/// A word of these commands.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    /// Inside this prefix.
    To,
    /// Of this scope.
    Scope,
    /// On devices that are up.
    Up,
    /// With these flags set.
    Set(u32),
    /// With these flags clear.
    Clear(u32),
    /// With a label like this.
    Label,
    /// On devices of this group.
    Group,
    /// On ports of this master.
    Master,
    /// On ports of this VRF.
    Vrf,
    /// On devices without a master.
    Nomaster,
    /// On devices of this kind.
    Type,
    /// On this device.
    Dev,
    /// The usage.
    Help,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::To, "to")
        .value("PREFIX")
        .says("inside this prefix"),
    exact(Key::Scope, "scope")
        .value("global|site|link|host|NUMBER|all")
        .says("of this scope"),
    exact(Key::Up, "up").says("on devices that are up"),
    flag(flags::SECONDARY)
        .says("not the first of its network on the device (IPv4); '-' before it is 'not'"),
    flag(flags::TEMPORARY).says("made for privacy (IPv6)"),
    flag(flags::NODAD).says("added without duplicate address detection (IPv6)"),
    flag(flags::OPTIMISTIC).says("used while tentative (IPv6)"),
    flag(flags::DADFAILED).says("not unique (IPv6)"),
    flag(flags::HOME).says("home address of a mobile node (IPv6)"),
    flag(flags::DEPRECATED).says("past its preferred lifetime"),
    flag(flags::TENTATIVE).says("not yet known to be unique (IPv6)"),
    flag(flags::PERMANENT).says("without an end"),
    flag(flags::MNGTMPADDR).says("temporary addresses are made from it (IPv6)"),
    flag(flags::NOPREFIXROUTE).says("without a route to its prefix"),
    flag(flags::AUTOJOIN).says("a multicast group that was joined"),
    flag(flags::STABLE_PRIVACY).says("made as RFC 7217 says (IPv6)"),
    exact(Key::Clear(IFA_F_PERMANENT), flags::DYNAMIC).says("with an end"),
    exact(Key::Clear(IFA_F_SECONDARY), flags::PRIMARY)
        .says("the first of its network on the device"),
    exact(Key::Label, "label")
        .value("PATTERN")
        .says("with a label like this: *, ? and [] as in a shell"),
    exact(Key::Group, "group")
        .value("GROUP")
        .says("on devices of this group"),
    exact(Key::Master, "master")
        .takes(Value::Device("DEVICE"))
        .says("on ports of this device"),
    exact(Key::Vrf, "vrf")
        .takes(Value::Device("NAME"))
        .says("on ports of this VRF"),
    exact(Key::Nomaster, "nomaster").says("on devices that are no ports"),
    exact(Key::Type, "type")
        .value("KIND")
        .says("on devices of this kind, or KIND_slave"),
    exact(Key::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .bare()
        .says("on this device"),
    help(Key::Help),
]);

const fn flag(flag: flags::Flag) -> Entry<Key> {
    exact(Key::Set(flag.mask), flag.name)
}

/// What the words said.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    /// The option's family, or that of `to`.
    pub family: Family,
    /// Inside this prefix.
    pub to: Option<Prefix>,
    /// Of this scope; `None` is any.
    pub scope: Option<u8>,
    /// On devices that are up.
    pub up: bool,
    /// Which flags count, and how they are to be.
    pub flags: Flags,
    /// With a label like this.
    pub label: Option<&'a [u8]>,
    /// On devices of this group.
    pub group: Option<u32>,
    /// On ports of this master; [`NO_MASTER`] is on those of none.
    pub master: Option<u32>,
    /// On devices of this kind.
    pub kind: Option<&'a [u8]>,
    /// On ports of this kind.
    pub port_kind: Option<&'a [u8]>,
    /// On this device; its index, and the word.
    pub dev: Option<(i32, Word<'a>)>,
}

/// The kernel's number for having no master.
pub(crate) const NO_MASTER: u32 = u32::MAX;

/// Flags that are to be set or clear.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// Those of `mask` that are to be set.
    pub set: u32,
    /// Those that count.
    pub mask: u32,
}

impl Flags {
    fn want(&mut self, mask: u32, set: bool) {
        self.mask |= mask;
        match set {
            true => self.set |= mask,
            false => self.set &= !mask,
        }
    }
}

impl<'a> Filter<'a> {
    /// Reads the words of `show` or `flush`.
    ///
    /// # Errors
    /// Of a wrong word; that there is no such device.
    pub(crate) fn read(ctx: &mut Context, args: &mut Args<'a>) -> Result<Self> {
        let mut filter = Self {
            family: ctx.options.family,
            ..Self::default()
        };
        let mut dev = None;
        while let Some(word) = args.next() {
            match WORDS.lookup(&word) {
                Some(Key::Dev) => take_dev(&mut dev, args.value_of(&word)?)?,
                Some(Key::Help) => return Err(ctx.usage()),
                Some(key) => filter.take(ctx, args, key, &word)?,
                None => match negated(&word) {
                    Some(Key::Set(mask)) => filter.flags.want(mask, false),
                    Some(Key::Clear(mask)) => filter.flags.want(mask, true),
                    _ => take_dev(&mut dev, word)?,
                },
            }
        }
        if let Some(word) = dev {
            let index = ctx.kernel.index_of(word.bytes())?;
            let index = index.ok_or_else(|| word.device_does_not_exist())?;
            filter.dev = Some((index, word));
        }
        Ok(filter)
    }

    fn take(
        &mut self,
        ctx: &mut Context,
        args: &mut Args<'a>,
        key: Key,
        word: &Word<'a>,
    ) -> Result {
        match key {
            Key::To => {
                let prefix = args.value_of(word)?.prefix(self.family)?;
                if self.family == Family::Unspec {
                    self.family = prefix.family;
                }
                self.to = Some(prefix);
            }
            Key::Scope => {
                let value = args.value_of(word)?;
                let number = ctx.names.number(Table::Scope, value.bytes());
                self.scope = match number.and_then(|n| u8::try_from(n).ok()) {
                    None if value.is("all") => None,
                    None => {
                        let scopes = "a scope is global, site, link, host, all or a number to 255";
                        return Err(value.wrong_because(scopes, "invalid \"scope\"\n"));
                    }
                    known => known,
                };
            }
            Key::Up => self.up = true,
            Key::Set(mask) => self.flags.want(mask, true),
            Key::Clear(mask) => self.flags.want(mask, false),
            Key::Label => self.label = Some(args.value_of(word)?.bytes()),
            Key::Group => {
                let value = args.value_of(word)?;
                let group = ctx.names.number(Table::Group, value.bytes());
                let wrong = "Invalid \"group\" value\n";
                let wrong = || value.wrong_because("there is no group of this name", wrong);
                self.group = Some(group.ok_or_else(wrong)?);
            }
            Key::Master => {
                let value = args.value_of(word)?;
                self.master = Some(master(ctx, &value)?);
            }
            Key::Vrf => {
                let value = args.value_of(word)?;
                self.master = Some(vrf(ctx, &value)?);
            }
            Key::Nomaster => self.master = Some(NO_MASTER),
            Key::Type => {
                let kind = args.value_of(word)?.bytes();
                match kind.strip_suffix(b"_slave") {
                    Some(port) => self.port_kind = Some(port),
                    None => self.kind = Some(kind),
                }
            }
            Key::Dev | Key::Help => {}
        }
        Ok(())
    }

    /// Whether the words are about this address. `dev` is the name of its device, for addresses
    /// without a label. Which devices the words are about is not asked here.
    pub(crate) fn accepts(&self, address: &Address<'_>, dev: &[u8]) -> bool {
        self.of_family(address)
            && self.scope.is_none_or(|scope| scope == address.scope)
            && (self.flags.set ^ address.flags) & self.flags.mask == 0
            && self.label_fits(address.label.unwrap_or(dev))
            && self.to.is_none_or(|to| inside(&to, address.own()))
    }

    /// Whether a label is like the one asked for.
    pub(crate) fn label_fits(&self, label: &[u8]) -> bool {
        self.label
            .is_none_or(|pattern| glob::matches(pattern, label))
    }

    /// Whether this is the master asked for. Which links have none the kernel alone looks at.
    pub(crate) fn master_fits(&self, master: Option<u32>) -> bool {
        match self.master {
            None | Some(NO_MASTER) => true,
            wanted => wanted == master,
        }
    }

    /// Whether it is of the family asked for, if one was.
    pub(crate) fn of_family(&self, address: &Address<'_>) -> bool {
        self.family == Family::Unspec || self.family.number() == address.family
    }
}

/// `-secondary`: the word's meaning without its dash.
fn negated(word: &Word<'_>) -> Option<Key> {
    let name = word.utf8()?.strip_prefix('-')?;
    WORDS.lookup(&Word::new(name.as_ref(), word.at()))
}

fn take_dev<'a>(dev: &mut Option<Word<'a>>, word: Word<'a>) -> Result {
    match dev {
        Some(_) => Err(word.garbage(WORDS.name(Key::Dev))),
        None => {
            *dev = Some(word);
            Ok(())
        }
    }
}

/// The index of a master by its name.
///
/// # Errors
/// That there is no such device.
pub(crate) fn master(ctx: &mut Context, value: &Word<'_>) -> Result<u32> {
    match ctx.kernel.index_of(value.bytes())? {
        Some(index) => Ok(index.unsigned_abs()),
        None => Err(value.wrong_because("there is no such device", "Device does not exist\n")),
    }
}

/// The index of a VRF by its name.
///
/// # Errors
/// That there is no such device, or that it is no VRF.
pub(crate) fn vrf(ctx: &mut Context, value: &Word<'_>) -> Result<u32> {
    let found = ctx
        .kernel
        .conn()?
        .get(&GetLink::by_name(value.bytes()), |reply| {
            let link = Link::parse(&reply).ok()?;
            (link.kind == Some(b"vrf")).then_some(link.index.unsigned_abs())
        });
    match found {
        Ok(Some(index)) => Ok(index),
        _ => Err(value.wrong_because("there is no such VRF", "Not a valid VRF name\n")),
    }
}

/// Whether the address is inside the prefix; a prefix of no length holds all of its family.
pub(crate) fn inside(prefix: &Prefix, address: Option<IpAddr>) -> bool {
    let bits = u32::from(prefix.len);
    match (prefix.address, address) {
        _ if bits == 0 => true,
        (Some(IpAddr::V4(net)), Some(IpAddr::V4(a))) => {
            (u32::from(net) ^ u32::from(a)).leading_zeros() >= bits
        }
        (Some(IpAddr::V6(net)), Some(IpAddr::V6(a))) => {
            (u128::from(net) ^ u128::from(a)).leading_zeros() >= bits
        }
        (None, _) | (_, None) => true,
        _ => false,
    }
}
