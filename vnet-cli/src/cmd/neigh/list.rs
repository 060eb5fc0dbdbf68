//! `neigh show` and `neigh flush`: the entries that the words are about, listed or deleted.

use super::{device, no_state, protocol, state};
use crate::args::{Args, Family, Prefix, Word};
use crate::cmd::addr::filter::{NO_MASTER, inside, master, vrf};
use crate::cmd::flush::{BATCH, Rounds, batch, refused, required, text_out, warn_interrupted};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result, quoted};
use crate::grammar::{Grammar, Value, exact, help, short};
use crate::show::neigh::{Style, record};
use netlink_raw::decode::MessageRef;
use netlink_raw::exchange::NLM_F_DUMP_FILTERED;
use netlink_raw::route::neigh::*;
use netlink_raw::{Collected, Message};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// A word of these commands.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    /// On this device.
    Dev,
    /// On ports of this master.
    Master,
    /// On ports of this VRF.
    Vrf,
    /// On devices without a master.
    Nomaster,
    /// That nothing uses.
    Unused,
    /// In this state.
    Nud,
    /// Those we answer for.
    Proxy,
    /// Made by this protocol.
    Protocol,
    /// Inside this prefix.
    To,
    /// The usage.
    Help,
}

/// The words in the order in which ip looks through them.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("on this device"),
    exact(Key::Master, "master")
        .takes(Value::Device("DEVICE"))
        .says("on ports of this device"),
    exact(Key::Vrf, "vrf")
        .takes(Value::Device("NAME"))
        .says("on ports of this VRF"),
    exact(Key::Nomaster, "nomaster").says("on devices that are no ports"),
    exact(Key::Unused, "unused").says("those that nothing uses now"),
    exact(Key::Nud, "nud")
        .value("STATE|all")
        .says("in this state; more than once for more of them"),
    exact(Key::Proxy, "proxy").says("the addresses we answer for"),
    short(Key::Protocol, "protocol")
        .value("PROTOCOL|all")
        .says("made by this protocol"),
    exact(Key::To, "to")
        .value("PREFIX")
        .bare()
        .says("inside this prefix"),
    help(Key::Help),
]);

/// No state at all, `NUD_NONE`, as a bit beside the others.
const NONE: u16 = 0x100;
/// Every state.
const ALL: u16 = u16::MAX;

/// How often a flush goes round; `-l` does not count here.
const ROUNDS: u32 = 10;

/// What the words said.
#[derive(Debug, Default)]
pub(super) struct Filter<'a> {
    family: Family,
    dev: Option<(i32, Word<'a>)>,
    master: Option<u32>,
    unused: bool,
    states: u16,
    proxy: bool,
    protocol: u8,
    to: Option<Prefix>,
}

impl<'a> Filter<'a> {
    pub(super) fn read(ctx: &mut Context, args: &mut Args<'a>, flush: bool) -> Result<Self> {
        let mut filter = Self {
            family: ctx.options.family,
            // What the kernel finds by itself; when listing, also what was set by hand.
            states: match flush {
                true => ALL & !(NUD_PERMANENT | NUD_NOARP),
                false => 0xff & !NUD_NOARP,
            },
            ..Self::default()
        };
        let (mut dev, mut nud_given) = (None, false);
        while let Some(word) = args.next() {
            match WORDS.lookup(&word) {
                Some(Key::Dev) => {
                    let value = args.value_of(&word)?;
                    if dev.is_some() {
                        return Err(value.duplicate(WORDS.name(Key::Dev)));
                    }
                    dev = Some(value);
                }
                Some(Key::Master) => filter.master = Some(master(ctx, &args.value_of(&word)?)?),
                Some(Key::Vrf) => filter.master = Some(vrf(ctx, &args.value_of(&word)?)?),
                Some(Key::Nomaster) => filter.master = Some(NO_MASTER),
                Some(Key::Unused) => filter.unused = true,
                Some(Key::Nud) => {
                    let value = args.value_of(&word)?;
                    if !nud_given {
                        filter.states = 0;
                        nud_given = true;
                    }
                    filter.states |= match state(&value) {
                        Some(NUD_NONE) => NONE,
                        Some(state) => state,
                        None if value.is("all") && flush => ALL & !NUD_NOARP,
                        None if value.is("all") => ALL,
                        None => return Err(no_state(&value)),
                    };
                }
                Some(Key::Proxy) => filter.proxy = true,
                Some(Key::Protocol) => {
                    let value = args.value_of(&word)?;
                    filter.protocol = match protocol(ctx, &value) {
                        Some(number) => number,
                        None if value.is("all") => 0,
                        None => {
                            let wrong = "there is no protocol of this name";
                            return Err(value.wrong_because(wrong, "invalid \"protocol\"\n"));
                        }
                    };
                }
                Some(Key::To) => filter.take_prefix(ctx, &args.value_of(&word)?)?,
                Some(Key::Help) => return Err(ctx.usage()),
                None => filter.take_prefix(ctx, &word)?,
            }
        }
        if let Some(word) = dev {
            filter.dev = Some((device(ctx, &word)?, word));
        }
        Ok(filter)
    }

    fn take_prefix(&mut self, ctx: &Context, value: &Word<'_>) -> Result {
        if WORDS.lookup(value) == Some(Key::Help) {
            return Err(ctx.usage());
        }
        let prefix = value.prefix(self.family)?;
        if self.family == Family::Unspec {
            self.family = prefix.family;
        }
        self.to = Some(prefix);
        Ok(())
    }

    pub(super) fn accepts(&self, neighbour: &Neighbour<'_>) -> bool {
        let in_state = self.states & neighbour.state != 0
            || neighbour.flags & (NTF_PROXY | NTF_EXT_LEARNED) != 0
            || (neighbour.state == NUD_NONE && self.states & NONE != 0);
        let used = neighbour.cacheinfo.is_some_and(|c| c.refcnt != 0);
        in_state
            && (self.family == Family::Unspec || self.family.number() == neighbour.family)
            && self.dev.is_none_or(|(index, _)| index == neighbour.index)
            && self.to.is_none_or(|to| inside(&to, neighbour.destination))
            && (self.protocol == 0 || neighbour.protocol == Some(self.protocol))
            && !(self.unused && used)
    }

    fn style(&self, neighbour: &Neighbour<'_>) -> Style {
        Style {
            dev: match self.dev {
                Some(_) => None,
                None => Some(neighbour.index),
            },
            deleted: false,
        }
    }

    fn dump(&self, ctx: &mut Context) -> Result<Collected> {
        let request = GetNeighbours {
            family: self.family.number(),
            proxy: self.proxy,
            index: self.dev.map(|(index, _)| index.unsigned_abs()),
            master: self.master,
        };
        let answer = ctx.kernel.conn()?.collect(&request);
        let all = answer.map_err(|e| CmdError::dump("cannot list neighbours", &e))?;
        warn_interrupted(ctx, &all);
        Ok(all)
    }
}

/// `neigh show`.
pub fn show(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let filter = Filter::read(ctx, args, false)?;
    let dump = filter.dump(ctx)?;
    ctx.out.open_document();
    if filter.master.is_some() && dump.messages().any(|m| !filtered(&m)) {
        ctx.out
            .text("\nWARNING: Kernel does not support filtering by master device\n\n");
    }
    for message in dump.messages() {
        let Ok(neighbour) = Neighbour::parse(&message) else {
            continue;
        };
        if filter.accepts(&neighbour) {
            let style = filter.style(&neighbour);
            let kernel = &mut ctx.kernel;
            record(
                &mut ctx.out,
                &ctx.options,
                &ctx.names,
                kernel,
                &neighbour,
                style,
            )?;
        }
    }
    ctx.out.close_document();
    Ok(())
}

/// Whether the kernel has left out what it was asked to: old ones do not, nor does any for `-B`.
fn filtered(message: &MessageRef<'_>) -> bool {
    message.header.flags & NLM_F_DUMP_FILTERED != 0
}

/// `neigh flush`.
pub fn flush(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    required(args)?;
    let mut filter = Filter::read(ctx, args, true)?;
    let mut rounds = Rounds::default();
    while rounds.another(ROUNDS) {
        let dump = filter.dump(ctx)?;
        let found = select(ctx, &filter, &dump)?;
        if found.is_empty() {
            rounds.complete(ctx);
            return Ok(());
        }
        delete(ctx, &found)?;
        rounds.done(ctx, found.len(), "entries");
        // They are all still there.
        if ctx.is_dry() {
            rounds.complete(ctx);
            return Ok(());
        }
        // What is in use fails when it is deleted, and goes when it is not used any more.
        filter.states &= !NUD_FAILED;
    }
    ctx.out.raw(format_args!(
        "*** Flush not complete bailing out after {ROUNDS} rounds\n"
    ));
    Err(CmdError::silent(FAILED))
}

/// Those the words are about, shown with `-s -s`.
fn select<'d>(
    ctx: &mut Context,
    filter: &Filter<'_>,
    dump: &'d Collected,
) -> Result<Vec<Neighbour<'d>>> {
    let mut found = Vec::new();
    let mut shown = text_out(&ctx.options);
    for message in dump.messages() {
        let Ok(neighbour) = Neighbour::parse(&message) else {
            continue;
        };
        if !filter.accepts(&neighbour) {
            continue;
        }
        if ctx.options.stats > 1 {
            let style = filter.style(&neighbour);
            let kernel = &mut ctx.kernel;
            record(
                &mut shown,
                &ctx.options,
                &ctx.names,
                kernel,
                &neighbour,
                style,
            )?;
        }
        found.push(neighbour);
    }
    ctx.out.raw(shown.take().as_slice());
    Ok(found)
}

fn delete(ctx: &mut Context, found: &[Neighbour<'_>]) -> Result {
    let requests: Vec<DelNeighbour<'_>> = found.iter().map(deletion).collect();
    for (requests, found) in requests.chunks(BATCH).zip(found.chunks(BATCH)) {
        let messages = requests.iter().map(|r| r as &dyn Message);
        // What has gone meanwhile is not an error.
        let first = batch(ctx, messages, |e| e.errno == libc::ENOENT)?;
        let Some((neighbour, e)) = first.and_then(|(i, e)| Some((found.get(i)?, e))) else {
            continue;
        };
        let dev = ctx.kernel.name_of(neighbour.index)?;
        let dev = quoted(OsStr::from_bytes(&dev));
        let what = match neighbour.destination {
            Some(address) => format!("cannot delete neighbour {address} on {dev}"),
            None => format!("cannot delete a neighbour on {dev}"),
        };
        return Err(refused(what, &e).code(FAILED));
    }
    Ok(())
}

fn deletion<'d>(neighbour: &Neighbour<'d>) -> DelNeighbour<'d> {
    DelNeighbour(NeighbourRequest {
        family: neighbour.family,
        index: neighbour.index,
        state: neighbour.state,
        flags: neighbour.flags,
        kind: neighbour.kind,
        destination: neighbour.destination,
        lladdr: neighbour.lladdr,
        ..NeighbourRequest::default()
    })
}
