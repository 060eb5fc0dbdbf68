//! From the words behind the device to what is to be done.

use super::USAGE;
use super::grammar::{Flag, Key, WORDS};
use super::inet::Edit;
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::hosts;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One thing to do, and the word that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    pub(super) does: Does,
    pub(super) word: Word<'a>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// These `IFF_*` set, and those cleared.
    Flags { set: u32, clear: u32 },
    /// A flag that users can't clear: say so where it is set.
    Keeps(u32, &'static str),
    /// MTU in bytes; nothing when the word is no number.
    Mtu(Option<u32>),
    /// Packets; nothing when the word is no number.
    TxQueueLen(Option<u32>),
    /// A link-layer address.
    Hardware([u8; 6]),
    /// Another name.
    Rename(Vec<u8>),
    /// The IPv4 address, edited in this order.
    Inet(Vec<Edit>),
    /// An IPv6 address, and the bits of its prefix.
    Add(Ipv6Addr, u8),
    /// One that goes.
    Del(Ipv6Addr, u8),
}

/// Reads everything before anything is done.
pub(super) fn steps<'a>(ctx: &Context, args: &mut Args<'a>) -> Result<Vec<Step<'a>>> {
    let mut plan = Plan {
        steps: Vec::new(),
        mask: None,
    };
    let mut inet6 = false;
    match args.peek().and_then(|word| WORDS.lookup(&word)) {
        Some(Key::Inet) => {
            args.next();
        }
        Some(Key::Inet6) => {
            args.next();
            inet6 = true;
        }
        _ => {}
    }
    while let Some(word) = args.next() {
        plan.word(ctx, args, word, inet6)?;
    }
    plan.finish();
    Ok(plan.steps)
}

struct Plan<'a> {
    steps: Vec<Step<'a>>,
    /// The mask behind a slash, which counts at the end.
    mask: Option<Ipv4Addr>,
}

impl<'a> Plan<'a> {
    fn word(&mut self, ctx: &Context, args: &mut Args<'a>, word: Word<'a>, inet6: bool) -> Result {
        let does = match WORDS.lookup(&word) {
            Some(Key::Up) => set(libc::IFF_UP),
            Some(Key::Down) => clear(libc::IFF_UP),
            Some(Key::Flag(flag, on)) => {
                let (bit, inverse, kept) = bit(flag);
                if on != inverse {
                    set(bit)
                } else {
                    self.push(word, clear(bit));
                    match kept {
                        Some(name) => Does::Keeps(bit as u32, name),
                        None => return Ok(()),
                    }
                }
            }
            Some(Key::NoBroadcast) => Does::Keeps(libc::IFF_BROADCAST as u32, "BROADCAST"),
            Some(Key::NoPeer) => Does::Keeps(libc::IFF_POINTOPOINT as u32, "POINTOPOINT"),
            Some(Key::Mtu) => Does::Mtu(value(ctx, args, &word)?.u32("").ok()),
            Some(Key::TxQueueLen) => Does::TxQueueLen(value(ctx, args, &word)?.u32("").ok()),
            Some(Key::Hardware) => return self.hardware(ctx, args, &word),
            Some(Key::Name) => {
                let name = value(ctx, args, &word)?;
                self.push(name, Does::Rename(name.new_ifname("name")?.to_vec()));
                return Ok(());
            }
            Some(Key::Netmask) => {
                let mask = value(ctx, args, &word)?;
                return self.edit(mask, Edit::Mask(ipv4(&mask)?));
            }
            Some(Key::Broadcast) => match args.next() {
                Some(address) => {
                    return self.edit(address, Edit::Broadcast(ipv4(&address)?));
                }
                None => return Ok(()),
            },
            Some(Key::Peer) => match args.next() {
                Some(address) => return self.edit(address, Edit::Peer(ipv4(&address)?)),
                None => return Ok(()),
            },
            Some(Key::Add) => {
                let (address, len) = ipv6(ctx, args, &word)?;
                Does::Add(address, len)
            }
            Some(Key::Del) => {
                let (address, len) = ipv6(ctx, args, &word)?;
                Does::Del(address, len)
            }
            Some(Key::Lacking) => {
                let what = format!("'{word}' is not supported by vnet");
                let line = format!("ifconfig: {what}");
                return Err(word.error(what, line).code(FAILED));
            }
            _ if inet6 => return Err(unknown_host(&word).hint("'add' takes IPv6 addresses")),
            _ => return self.address(ctx, &word),
        };
        self.push(word, does);
        Ok(())
    }

    fn push(&mut self, word: Word<'a>, does: Does) {
        self.steps.push(Step { does, word });
    }

    /// Notes an edit of the address: all of them are one step, at the place of the first.
    fn edit(&mut self, word: Word<'a>, edit: Edit) -> Result {
        let mut edits = self
            .steps
            .iter_mut()
            .filter_map(|step| match &mut step.does {
                Does::Inet(edits) => Some(edits),
                _ => None,
            });
        match edits.next() {
            Some(edits) => edits.push(edit),
            None => self.push(word, Does::Inet(vec![edit])),
        }
        Ok(())
    }

    /// `ADDRESS` or `ADDRESS/BITS`: the device goes up with it.
    fn address(&mut self, ctx: &Context, word: &Word<'a>) -> Result {
        let bytes = word.bytes();
        let slash = bytes.iter().position(|&b| b == b'/');
        let (address, bits) = bytes.split_at(slash.unwrap_or(bytes.len()));
        if let Some(bits) = bits.get(1..) {
            let bits = std::str::from_utf8(bits)
                .ok()
                .and_then(|b| b.parse::<u8>().ok());
            let bits = bits
                .filter(|bits| *bits <= 32)
                .ok_or_else(|| usage(ctx, word.error("a prefix has 0 to 32 bits", "")))?;
            self.mask = Some(crate::show::ifconfig::mask(bits));
        }
        let address = hosts::ipv4(address).ok_or_else(|| unknown_host(word))?;
        self.edit(*word, Edit::Address(address))?;
        self.push(*word, set(libc::IFF_UP));
        Ok(())
    }

    fn finish(&mut self) {
        let Some(mask) = self.mask else { return };
        for step in &mut self.steps {
            if let Does::Inet(edits) = &mut step.does {
                edits.push(Edit::Mask(mask));
            }
        }
    }

    /// `hw ether ADDRESS`.
    fn hardware(&mut self, ctx: &Context, args: &mut Args<'a>, word: &Word<'a>) -> Result {
        let class = value(ctx, args, word)?;
        if class.is("loop") {
            let line = "hw address type `loop' has no handler to set address. failed.";
            return Err(class
                .error("a loopback device has no link-layer address", line)
                .code(FAILED));
        }
        if !class.is("ether") {
            let what = format!("{} is no class of hardware", quoted(class.text()));
            return Err(usage(ctx, class.error(what, "")).hint("'hw ether ADDRESS'"));
        }
        let address = value(ctx, args, word)?;
        let bytes = ether(address.bytes()).ok_or_else(|| {
            let what = format!("{} is not an Ethernet address", quoted(address.text()));
            let line = format!("{address}: invalid ether address.");
            address.error(what, line).code(FAILED)
        })?;
        self.push(address, Does::Hardware(bytes));
        Ok(())
    }
}

fn set(bit: i32) -> Does {
    Does::Flags {
        set: bit as u32,
        clear: 0,
    }
}

fn clear(bit: i32) -> Does {
    Does::Flags {
        set: 0,
        clear: bit as u32,
    }
}

/// A flag's bit, whether it says the opposite, and its name in a warning that it is still set.
fn bit(flag: Flag) -> (i32, bool, Option<&'static str>) {
    match flag {
        Flag::Arp => (libc::IFF_NOARP, true, None),
        Flag::Trailers => (libc::IFF_NOTRAILERS, true, None),
        Flag::Promisc => (libc::IFF_PROMISC, false, Some("promisc")),
        Flag::AllMulti => (libc::IFF_ALLMULTI, false, Some("ALLMULTI")),
        Flag::Multicast => (libc::IFF_MULTICAST, false, Some("MULTICAST")),
        Flag::Dynamic => (libc::IFF_DYNAMIC, false, Some("DYNAMIC")),
    }
}

/// The value behind a keyword; without one net-tools prints its usage.
fn value<'a>(ctx: &Context, args: &mut Args<'a>, keyword: &Word<'_>) -> Result<Word<'a>> {
    args.value_of(keyword).map_err(|e| usage(ctx, e))
}

/// An error whose line, under ifconfig's name, is the usage.
fn usage(ctx: &Context, error: CmdError) -> CmdError {
    error.ip(ctx.usage().to_string().trim_end()).code(USAGE)
}

fn ipv4(word: &Word<'_>) -> Result<Ipv4Addr> {
    hosts::ipv4(word.bytes()).ok_or_else(|| unknown_host(word))
}

fn ipv6(ctx: &Context, args: &mut Args<'_>, keyword: &Word<'_>) -> Result<(Ipv6Addr, u8)> {
    let word = value(ctx, args, keyword)?;
    let Some(text) = word.utf8() else {
        return Err(unknown_host(&word));
    };
    let (address, bits) = text.split_once('/').unwrap_or((text, "128"));
    let Some(address) = address.parse().ok().or_else(|| named(address)) else {
        return Err(unknown_host(&word));
    };
    let bits = bits.parse().ok().filter(|bits| *bits <= 128);
    let bits = bits.ok_or_else(|| usage(ctx, word.error("a prefix has 0 to 128 bits", "")))?;
    Ok((address, bits))
}

fn named(name: &str) -> Option<Ipv6Addr> {
    hosts::addresses(name.as_bytes()).find_map(|address| match address {
        IpAddr::V6(address) => Some(address),
        IpAddr::V4(_) => None,
    })
}

fn unknown_host(word: &Word<'_>) -> CmdError {
    word.error(
        format!(
            "{} is neither an address nor a name of /etc/hosts",
            quoted(word.text())
        ),
        format!("{word}: Unknown host"),
    )
    .code(FAILED)
}

/// Six bytes in hex, with colons between them or without.
fn ether(word: &[u8]) -> Option<[u8; 6]> {
    let mut address = [0; 6];
    let mut rest = word;
    for (i, byte) in address.iter_mut().enumerate() {
        let digits = rest
            .iter()
            .take(2)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        let (number, after) = rest.split_at(digits);
        *byte = u8::from_str_radix(std::str::from_utf8(number).ok()?, 16).ok()?;
        rest = match after {
            [b':', after @ ..] if i < 5 => after,
            after => after,
        };
    }
    rest.is_empty().then_some(address)
}
