//! Words into a description, in iproute2's order and with its complaints.

use super::description::Description;
use super::kinds;
use super::netns;
use super::resolve;
use super::words::{LINK, Number, Set};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::grammar::Grammar;
use crate::names::Table;
use crate::show::link::names::OPERSTATES;
use netlink_raw::route::link::{GetLink, Link, ProtoDownReason};

/// Bytes of the longest alias: `IFALIASZ` of linux/if.h less the NUL.
const ALIAS: usize = 255;

/// What the description is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A new link.
    Create,
    /// A link that is there, changed or deleted.
    Change,
}

/// Where words are read from.
pub(super) struct Reader<'c, 'w> {
    pub(super) ctx: &'c mut Context,
    pub(super) args: &'c mut Args<'w>,
    pub(super) purpose: Purpose,
    /// The keywords that may stand here.
    pub(super) words: &'static Grammar<Set>,
}

/// `IF_LINK_MODE_*` by their numbers.
const MODES: [&str; 3] = ["DEFAULT", "DORMANT", "TESTING"];
/// `IN6_ADDR_GEN_MODE_*` by their numbers.
const GEN_MODES: [&str; 4] = ["eui64", "none", "stable_secret", "random"];
/// Reasons of protodown are bits of 32.
const REASONS: u32 = 32;

/// The longest other name of a link, one less than `ALTIFNAMSIZ`.
const ALTNAME_MAX: usize = 127;

/// Reads a whole description: of a link, and of a veth's other end where there is one.
pub(super) fn describe<'w>(reader: &mut Reader<'_, 'w>) -> Result<Description<'w>> {
    let mut link = generic(reader, None)?;
    let Some(kind) = link.kind else {
        return match reader.purpose {
            Purpose::Create => Err(reader
                .args
                .missing(
                    "the kind of the link",
                    "Not enough information: \"type\" argument is required",
                )
                .hint("'type KIND', as in 'type veth'")
                .code(FAILED)),
            Purpose::Change => Ok(link),
        };
    };
    link.settings = kinds::read(reader, kind, &mut link.marks)?;
    Ok(link)
}

/// Reads the words that every kind has, up to `type KIND`; `outer` is the kind of the veth whose
/// other end this is.
pub(super) fn generic<'w>(
    reader: &mut Reader<'_, 'w>,
    outer: Option<&Word<'w>>,
) -> Result<Description<'w>> {
    let mut parser = Parser {
        link: Description::default(),
        dev_from_name: false,
        group: None,
        index: None,
    };
    while let Some(word) = reader.args.next() {
        if parser.word(reader, word, outer)? {
            break;
        }
    }
    parser.finish(reader)
}

struct Parser<'w> {
    link: Description<'w>,
    /// Whether `name` is all that said which device is meant.
    dev_from_name: bool,
    group: Option<Word<'w>>,
    index: Option<(i32, Word<'w>)>,
}

impl<'w> Parser<'w> {
    /// One keyword with its value, or the device; true when the kind was named and its words follow.
    fn word(
        &mut self,
        reader: &mut Reader<'_, 'w>,
        word: Word<'w>,
        outer: Option<&Word<'w>>,
    ) -> Result<bool> {
        let Some(set) = reader.words.lookup(&word) else {
            self.dev(word)?;
            return Ok(false);
        };
        let value = |reader: &mut Reader<'_, 'w>| reader.args.value_of(&word);
        let link = &mut self.link;
        match set {
            Set::Help => return Err(reader.ctx.usage()),
            Set::Dev => self.dev(value(reader)?)?,
            Set::Up => self.flag(&word, libc::IFF_UP as u32, true),
            Set::Down => self.flag(&word, libc::IFF_UP as u32, false),
            Set::Flag(bit, inverse) => {
                let on = value(reader)?.on_off(LINK.name(set))?;
                self.flag(&word, bit, on != inverse);
            }
            Set::Name => self.name(value(reader)?)?,
            Set::Index => self.index(value(reader)?)?,
            Set::Link => link.link = Some(value(reader)?),
            Set::Address => {
                let value = value(reader)?;
                link.address = Some(value.lladdr()?);
                link.marks.note("IFLA_ADDRESS", value.at());
            }
            Set::Broadcast => {
                let value = value(reader)?;
                link.broadcast = Some(value.lladdr()?);
                link.marks.note("IFLA_BROADCAST", value.at());
            }
            Set::TxQueueLen => {
                let value = value(reader)?;
                once(link.fixed.txqlen, &value, LINK.name(set))?;
                link.fixed.txqlen = Some(integer(&value, LINK.name(set))?);
                link.marks.note("IFLA_TXQLEN", value.at());
            }
            Set::Mtu => {
                let value = value(reader)?;
                once(link.fixed.mtu, &value, LINK.name(set))?;
                link.fixed.mtu = Some(integer(&value, LINK.name(set))?);
                link.marks.note("IFLA_MTU", value.at());
            }
            Set::Netns => {
                let value = value(reader)?;
                once(link.netns.as_ref(), &value, LINK.name(set))?;
                link.netns = Some((netns::place(reader.ctx, &value, LINK.name(set))?, value));
                link.marks.note("IFLA_NET_NS_FD", value.at());
            }
            Set::Master => {
                let value = value(reader)?;
                let index = reader.ctx.kernel.index_of(value.bytes())?;
                let index = index.ok_or_else(|| {
                    value.wrong_because("there is no such device", "Device does not exist")
                })?;
                self.master(&value, index);
            }
            Set::Vrf => {
                let value = value(reader)?;
                let index = vrf(reader.ctx, &value)?;
                self.master(&value, index);
            }
            Set::NoMaster => self.master(&word, 0),
            Set::Alias => {
                let value = value(reader)?;
                if value.bytes().len() > ALIAS {
                    return Err(value.wrong("alias too long"));
                }
                link.fixed.alias = Some(value.bytes());
                link.marks.note("IFLA_IFALIAS", value.at());
            }
            Set::Group => {
                let value = value(reader)?;
                once(self.group, &value, LINK.name(set))?;
                let number = reader.ctx.names.number(Table::Group, value.bytes());
                let number = number.ok_or_else(|| {
                    value.wrong_because(
                        "a group's number or name is expected",
                        "Invalid \"group\" value",
                    )
                })?;
                link.fixed.group = Some(number);
                link.marks.note("IFLA_GROUP", value.at());
                self.group = Some(value);
            }
            Set::Mode => {
                let value = value(reader)?;
                link.fixed.linkmode = Some(one_of(&value, &MODES, "Invalid link mode")?);
                link.marks.note("IFLA_LINKMODE", value.at());
            }
            Set::State => {
                let value = value(reader)?;
                link.fixed.operstate = Some(one_of(&value, &OPERSTATES, "Invalid operstate")?);
                link.marks.note("IFLA_OPERSTATE", value.at());
            }
            Set::AddrGenMode => {
                let value = value(reader)?;
                let wrong = "Invalid address generation mode";
                link.fixed.addrgenmode = Some(one_of(&value, &GEN_MODES, wrong)?);
                link.marks.note("IFLA_INET6_ADDR_GEN_MODE", value.at());
            }
            Set::Carrier => {
                let value = value(reader)?;
                let on = one_of_on_off(&value, LINK.name(set), EINVAL_CODE)?;
                link.fixed.carrier = Some(u8::from(on));
                link.marks.note("IFLA_CARRIER", value.at());
            }
            Set::ProtoDown => {
                let value = value(reader)?;
                let on = one_of_on_off(&value, LINK.name(set), EINVAL_CODE)?;
                link.fixed.proto_down = Some(u8::from(on));
                link.marks.note("IFLA_PROTO_DOWN", value.at());
            }
            Set::ProtoDownReason => {
                let reason = value(reader)?;
                let on = value(reader)?;
                self.proto_down_reason(&reason, on.on_off(LINK.name(set)), &on)?;
            }
            Set::Number(number) => self.number(number, &value(reader)?, LINK.name(set))?,
            Set::LinkNetnsid => {
                let value = value(reader)?;
                once(link.fixed.link_netnsid, &value, "link-netns/link-netnsid")?;
                link.fixed.link_netnsid = Some(value.i32("Invalid \"link-netnsid\" value")?);
                link.marks.note("IFLA_LINK_NETNSID", value.at());
            }
            Set::LinkNetns => {
                let value = value(reader)?;
                once(link.fixed.link_netnsid, &value, "link-netns/link-netnsid")?;
                let handle = netns::named_only(reader.ctx, &value, LINK.name(set))?;
                let id = netns::id_of(reader.ctx, &value, &handle)?;
                link.fixed.link_netnsid = Some(id);
                link.marks.note("IFLA_LINK_NETNSID", value.at());
            }
            Set::ParentDev => {
                let value = value(reader)?;
                link.fixed.parent_dev = Some(value.bytes());
                link.marks.note("IFLA_PARENT_DEV_NAME", value.at());
            }
            Set::Xdp(flags) => {
                let value = value(reader)?;
                if reader.purpose == Purpose::Create {
                    return Err(not_done(&word, "a new link has no XDP program"));
                }
                if !value.is("off") && !value.is("none") {
                    return Err(not_done(
                        &value,
                        "only 'off' is: vnet loads no XDP programs",
                    ));
                }
                link.fixed.xdp_detach = Some(flags);
                link.marks.note("IFLA_XDP", word.at());
            }
            Set::Vf => return Err(not_done(&word, "virtual functions of SR-IOV cards")),
            Set::Type => {
                let value = value(reader)?;
                if outer.is_some() {
                    return Err(value.duplicate(LINK.name(set)));
                }
                link.kind = Some(value);
                link.marks.note("IFLA_INFO_KIND", value.at());
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn flag(&mut self, word: &Word<'w>, bit: u32, on: bool) {
        let request = &mut self.link.fixed;
        request.change |= bit;
        request.flags = if on {
            request.flags | bit
        } else {
            request.flags & !bit
        };
        let mark = if bit == libc::IFF_UP as u32 && on {
            UP
        } else {
            ""
        };
        self.link.marks.note(mark, word.at());
    }

    fn dev(&mut self, word: Word<'w>) -> Result {
        if self.link.dev.is_some() && !self.dev_from_name {
            return Err(word.garbage(LINK.name(Set::Dev)));
        }
        if !is_altname(word.bytes()) {
            return Err(bad_name(&word, "\"dev\" not a valid ifname"));
        }
        self.link.dev = Some(word);
        self.dev_from_name = false;
        Ok(())
    }

    fn name(&mut self, word: Word<'w>) -> Result {
        once(self.link.name, &word, LINK.name(Set::Name))?;
        word.ifname(LINK.name(Set::Name))?;
        if self.link.dev.is_none() {
            self.link.dev = Some(word);
            self.dev_from_name = true;
        }
        self.link.name = Some(word);
        Ok(())
    }

    fn index(&mut self, word: Word<'w>) -> Result {
        once(self.index, &word, LINK.name(Set::Index))?;
        // iproute2 has atoi(3) here, which takes "5x" for 5.
        let wrong = "Invalid \"index\" value";
        let index = word.i32(wrong)?;
        if index <= 0 {
            return Err(word.out_of_range(1, i32::MAX, wrong));
        }
        self.index = Some((index, word));
        Ok(())
    }

    fn master(&mut self, word: &Word<'w>, index: i32) {
        self.link.fixed.master = Some(index.cast_unsigned());
        self.link.marks.note("IFLA_MASTER", word.at());
    }

    fn proto_down_reason(&mut self, reason: &Word<'w>, on: Result<bool>, at: &Word<'w>) -> Result {
        let wrong = "invalid protodown reason";
        let bit = reason.u32(wrong)?;
        if bit >= REASONS {
            return Err(reason.out_of_range(0, REASONS - 1, wrong));
        }
        let on = on?;
        let mut all = self.link.fixed.proto_down_reason.unwrap_or_default();
        all.mask |= 1 << bit;
        all.value = all.value & !(1 << bit) | u32::from(on) << bit;
        self.link.fixed.proto_down_reason = Some(ProtoDownReason { ..all });
        self.link.marks.note("IFLA_PROTO_DOWN_REASON", at.at());
        Ok(())
    }

    fn number(&mut self, number: Number, value: &Word<'w>, keyword: &str) -> Result {
        let request = &mut self.link.fixed;
        let (field, attribute) = match number {
            Number::TxQueues => (&mut request.num_tx_queues, "IFLA_NUM_TX_QUEUES"),
            Number::RxQueues => (&mut request.num_rx_queues, "IFLA_NUM_RX_QUEUES"),
            Number::GsoSize => (&mut request.gso_max_size, "IFLA_GSO_MAX_SIZE"),
            Number::GsoSegs => (&mut request.gso_max_segs, "IFLA_GSO_MAX_SEGS"),
            Number::GroSize => (&mut request.gro_max_size, "IFLA_GRO_MAX_SIZE"),
            Number::GsoIpv4Size => (&mut request.gso_ipv4_max_size, "IFLA_GSO_IPV4_MAX_SIZE"),
            Number::GroIpv4Size => (&mut request.gro_ipv4_max_size, "IFLA_GRO_IPV4_MAX_SIZE"),
        };
        let signed = matches!(number, Number::TxQueues | Number::RxQueues);
        if signed {
            once(*field, value, keyword)?;
        }
        *field = Some(match signed {
            true => integer(value, keyword)?,
            false => value.u32(&format!("Invalid \"{keyword}\" value"))?,
        });
        self.link.marks.note(attribute, value.at());
        Ok(())
    }

    /// What the words mean together, and whether the devices they name are there.
    fn finish(self, reader: &mut Reader<'_, 'w>) -> Result<Description<'w>> {
        let mut link = self.link;
        match (link.name, link.dev) {
            (None, dev) => link.name = dev,
            (name, None) => link.dev = name,
            _ => {}
        }
        match reader.purpose {
            Purpose::Create => resolve::new_names(reader, &mut link, self.index)?,
            Purpose::Change => resolve::known_device(reader, &mut link, self.index)?,
        }
        Ok(link)
    }
}

/// Under which mark `up` is noted.
pub(super) const UP: &str = "IFF_UP";
/// What `carrier zz` and `protodown zz` end with in iproute2: an errno that went through as it was.
const EINVAL_CODE: u8 = libc::EINVAL as u8;

/// iproute2's complaint about words that cannot follow; `why` in vnet's words.
pub(super) fn garbage(word: &Word<'_>, why: &str) -> CmdError {
    word.error(
        format!("{} cannot stand here: {why}", quoted(word.text())),
        format!("Garbage instead of arguments \"{word} ...\". Try \"ip link help\"."),
    )
    .code(FAILED)
}

/// What iproute2 does and vnet does not, said plainly under every name.
pub(super) fn not_done(word: &Word<'_>, why: &str) -> CmdError {
    let what = format!("{} is not supported by vnet: {why}", quoted(word.text()));
    let ip = format!("Error: {what}.");
    word.error(what, ip).code(FAILED)
}

/// A name that a link can be found by: iproute2's `check_altifname`.
pub(super) fn is_altname(name: &[u8]) -> bool {
    let blank = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r' | b'/');
    !name.is_empty() && name.len() <= ALTNAME_MAX && !name.iter().any(blank)
}

pub(super) fn bad_name(word: &Word<'_>, message: &str) -> CmdError {
    word.wrong_because(
        format_args!("a name has 1 to {ALTNAME_MAX} bytes, no slash and no blank"),
        message,
    )
}

/// An error when there is a value already.
fn once<T>(already: Option<T>, word: &Word<'_>, keyword: &str) -> Result {
    match already {
        Some(_) => Err(word.duplicate(keyword)),
        None => Ok(()),
    }
}

/// A number that iproute2 reads as signed and the kernel as unsigned.
fn integer(word: &Word<'_>, keyword: &str) -> Result<u32> {
    let value = word.i32(&format!("Invalid \"{keyword}\" value"))?;
    Ok(value.cast_unsigned())
}

/// The place of a word in a list, whatever its case.
fn one_of(word: &Word<'_>, list: &[&str], wrong: &str) -> Result<u8> {
    let found = list
        .iter()
        .position(|name| word.bytes().eq_ignore_ascii_case(name.as_bytes()));
    found
        .and_then(|i| u8::try_from(i).ok())
        .ok_or_else(|| word.wrong_because(format_args!("one of {}", list.join(", ")), wrong))
}

/// `on` or `off`, as iproute2's `parse_one_of` complains.
pub(super) fn one_of_on_off(word: &Word<'_>, keyword: &str, code: u8) -> Result<bool> {
    word.on_off(keyword).map_err(|e| {
        e.ip(format!(
            "Error: argument of \"{keyword}\" must be one of \"off\", \"on\", not \"{word}\""
        ))
        .code(code)
    })
}

/// The index of a VRF.
fn vrf(ctx: &mut Context, word: &Word<'_>) -> Result<i32> {
    let found = ctx
        .kernel
        .conn()?
        .get(&GetLink::by_name(word.bytes()), |reply| {
            Link::parse(&reply).map(|link| (link.index, link.kind == Some(b"vrf")))
        });
    match found {
        Ok(Ok((index, true))) => Ok(index),
        Ok(_) | Err(netlink_raw::Error::Kernel(_)) => {
            Err(word.wrong_because("there is no VRF of this name", "Not a valid VRF name"))
        }
        Err(e) => Err(CmdError::netlink("cannot look up a link", &e)),
    }
}
