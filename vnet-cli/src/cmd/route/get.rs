//! `route get`: which way a packet would take.

use super::grammar::{GET, Get};
use super::nexthops::unsupported;
use super::refusal::{Asked, Places, refused};
use super::values;
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{CmdError, FAILED, Result};
use crate::show;
use crate::show::route::Hide;
use netlink_raw::decode::MessageRef;
use netlink_raw::route::route::*;
use netlink_raw::wire::NlMsgHdr;

/// `route get`: asks the kernel, and prints what it answers.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn get(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let wanted = Wanted::read(ctx, args)?;
    let times = match wanted.connected && wanted.request.src.is_none() && !ctx.out.is_json() {
        // iproute2 asks a second time, and prints both answers.
        true => 2,
        false => 1,
    };
    ctx.out.open_document();
    for _ in 0..times {
        let answer = ctx
            .kernel
            .conn()?
            .get(&wanted.request, |m: MessageRef<'_>| {
                (m.header, m.body.to_vec())
            });
        let (header, body): (NlMsgHdr, Vec<u8>) = answer
            .map_err(|e| refused("cannot find a route", &e, &wanted.places, Asked::Lookup))?;
        let message = MessageRef {
            header,
            body: &body,
        };
        let route = Route::parse(&message)
            .map_err(|e| CmdError::netlink("cannot find a route", &e.into()))?;
        show::route::route(ctx, &route, false, &Hide::default())?;
    }
    ctx.out.close_document();
    Ok(())
}

#[derive(Default)]
struct Wanted<'a> {
    request: GetRoute,
    family: Family,
    connected: bool,
    iif: Option<Word<'a>>,
    oif: Option<Word<'a>>,
    places: Places<'a>,
}

impl<'a> Wanted<'a> {
    fn read(ctx: &mut Context, args: &mut Args<'a>) -> Result<Self> {
        let mut wanted = Self {
            family: ctx.options.family,
            ..Self::default()
        };
        while let Some(word) = args.next() {
            wanted.word(ctx, args, word)?;
        }
        if wanted.places.dst.is_none() {
            return Err(args
                .missing("the destination", "need at least a destination address")
                .code(FAILED));
        }
        if let Some(device) = wanted.iif {
            wanted.request.iif = Some(values::link(ctx, &device)?);
        }
        if let Some(device) = wanted.oif {
            wanted.request.oif = Some(values::link(ctx, &device)?);
        }
        if wanted.family == Family::Unspec {
            wanted.family = Family::Inet;
        }
        if wanted.family == Family::Inet {
            // The kernel knows it for IPv4 alone.
            wanted.request.flags |= RTM_F_LOOKUP_TABLE;
        }
        wanted.request.family = wanted.family.number();
        Ok(wanted)
    }

    fn word(&mut self, ctx: &mut Context, args: &mut Args<'a>, word: Word<'a>) -> Result {
        let request = &mut self.request;
        match GET.lookup(&word) {
            Some(Get::Notify) => request.flags |= RTM_F_NOTIFY,
            Some(Get::Connected) => self.connected = true,
            Some(Get::FibMatch) => request.flags |= RTM_F_FIB_MATCH,
            Some(Get::As) => return Err(unsupported(&word)),
            Some(Get::To) => {
                let value = args.value_of(&word)?;
                self.destination(ctx, value)?;
            }
            None => self.destination(ctx, word)?,
            Some(known) => {
                let value = args.value_of(&word)?;
                self.value(ctx, known, value)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, ctx: &mut Context, known: Get, value: Word<'a>) -> Result {
        let request = &mut self.request;
        match known {
            Get::Tos => request.tos = values::tos(ctx, &value, "TOS value is invalid")?,
            Get::From => {
                if value.abbreviates("help") {
                    return Err(ctx.usage());
                }
                let prefix = value.prefix(self.family)?;
                if self.family == Family::Unspec {
                    self.family = prefix.family;
                }
                (request.src, request.src_len) = (prefix.address, prefix.len);
                self.places.from = Some(value);
            }
            Get::Iif => {
                self.iif = Some(value);
                self.places.dev = Some(value);
            }
            Get::Oif => {
                self.oif = Some(value);
                self.places.dev = Some(value);
            }
            Get::Vrf => {
                values::vrf_table(ctx, &value)?;
                self.oif = Some(value);
                self.places.dev = Some(value);
            }
            Get::Mark => {
                let mark = value.u32("invalid mark value")?;
                request.mark = Some(mark).filter(|&mark| mark != 0);
            }
            Get::Uid => request.uid = Some(value.u32("invalid UID")?),
            Get::SPort => request.sport = Some(value.u16("invalid sport")?),
            Get::DPort => request.dport = Some(value.u16("invalid dport")?),
            Get::IpProto => {
                let number = values::ip_protocol(&value);
                let wrong = || value.wrong("Invalid \"ipproto\" value");
                request.ip_proto = Some(number.ok_or_else(wrong)?);
            }
            Get::To | Get::Notify | Get::Connected | Get::FibMatch | Get::As => {}
        }
        Ok(())
    }

    fn destination(&mut self, ctx: &mut Context, value: Word<'a>) -> Result {
        if value.abbreviates("help") {
            return Err(ctx.usage());
        }
        let prefix = value.prefix(self.family)?;
        if self.family == Family::Unspec {
            self.family = prefix.family;
        }
        let whole = match self.family {
            Family::Inet => 32,
            Family::Inet6 => 128,
            _ => prefix.len,
        };
        if prefix.len != whole {
            ctx.warn(&format!(
                "Warning: /{} as prefix is invalid, only /{whole} (or none) is supported.",
                prefix.len
            ));
        }
        (self.request.dst, self.request.dst_len) = (prefix.address, whole);
        self.places.dst = Some(value);
        Ok(())
    }
}
