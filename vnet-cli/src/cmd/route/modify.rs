//! `route add`, `change`, `replace`, `prepend`, `append`, `test`, `delete`.

use super::grammar::{ROUTE, Route};
use super::nexthops::{self, unsupported};
use super::refusal::{Asked, Places, refused};
use super::{metrics, values};
use crate::args::{Args, Family, Word};
use crate::context::Context;
use crate::error::{Result, USAGE};
use crate::names::Table;
use crate::show::route::{ROUTER_PREF_HIGH, ROUTER_PREF_LOW, ROUTER_PREF_MEDIUM, kind_number};
use netlink_raw::exchange::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_raw::route::route::*;

/// `route add`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn add(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(
        ctx,
        args,
        "cannot add the route",
        Asked::Add,
        NLM_F_CREATE | NLM_F_EXCL,
    )
}

/// `route change`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn change(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(
        ctx,
        args,
        "cannot change the route",
        Asked::Change,
        NLM_F_REPLACE,
    )
}

/// `route replace`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn replace(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(
        ctx,
        args,
        "cannot replace the route",
        Asked::Change,
        NLM_F_CREATE | NLM_F_REPLACE,
    )
}

/// `route prepend`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn prepend(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(
        ctx,
        args,
        "cannot prepend the route",
        Asked::Add,
        NLM_F_CREATE,
    )
}

/// `route append`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn append(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(
        ctx,
        args,
        "cannot append the route",
        Asked::Add,
        NLM_F_CREATE | NLM_F_APPEND,
    )
}

/// `route test`: asks the kernel to change nothing, and to fail where the route is there.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn test(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    run(ctx, args, "the test failed", Asked::Change, NLM_F_EXCL)
}

/// `route delete`.
///
/// # Errors
/// Of its words, and the kernel's refusal.
pub fn delete(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    let wanted = Wanted::read(ctx, args, true)?;
    let request = DelRoute {
        route: wanted.spec(),
    };
    let result = ctx.kernel.conn()?.change(&request);
    result.map_err(|e| refused("cannot delete the route", &e, &wanted.places, Asked::Delete))
}

fn run(ctx: &mut Context, args: &mut Args<'_>, what: &str, asked: Asked, nlm_flags: u16) -> Result {
    let wanted = Wanted::read(ctx, args, false)?;
    let request = NewRoute {
        nlm_flags,
        route: wanted.spec(),
    };
    let result = ctx.kernel.conn()?.change(&request);
    result.map_err(|e| refused(what, &e, &wanted.places, asked))
}

/// What the words say.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    route: RouteSpec<'a>,
    family: Family,
    /// The types of routes and tables that were named.
    kind: Option<u8>,
    table: Option<u32>,
    scope: Option<u8>,
    dev: Option<Word<'a>>,
    legs: Vec<NextHop>,
    places: Places<'a>,
}

impl<'a> Wanted<'a> {
    /// Reads the words of a route that is to be, or of one that is to go.
    pub(super) fn read(ctx: &mut Context, args: &mut Args<'a>, delete: bool) -> Result<Self> {
        let mut wanted = Self {
            family: ctx.options.family,
            ..Self::default()
        };
        if !delete {
            wanted.route.protocol = RTPROT_BOOT;
        }
        while let Some(word) = args.next() {
            match ROUTE.lookup(&word) {
                Some(Route::NextHop) => {
                    args.back();
                    break;
                }
                found => wanted.word(ctx, args, word, found)?,
            }
        }
        if wanted.places.dst.is_none() {
            let usage = match ctx.usage() {
                usage if ctx.program.stands_in() => return Err(usage),
                usage => usage.to_string(),
            };
            let missing = args.missing("the destination, a prefix or 'default'", usage);
            return Err(missing.code(USAGE));
        }
        if let Some(device) = wanted.dev {
            wanted.route.oif = Some(values::link(ctx, &device)?);
        }
        if !args.is_empty() {
            wanted.legs = nexthops::read(ctx, args, &mut wanted.family, &mut wanted.places)?;
        }
        wanted.complete(delete);
        Ok(wanted)
    }

    fn word(
        &mut self,
        ctx: &mut Context,
        args: &mut Args<'a>,
        word: Word<'a>,
        found: Option<Route>,
    ) -> Result {
        match found {
            Some(Route::OnLink) => {
                self.route.flags |= RTNH_F_ONLINK;
                self.places.onlink = Some(word);
                Ok(())
            }
            Some(Route::Encap | Route::As) => Err(unsupported(&word)),
            Some(Route::To) => {
                let value = args.value_of(&word)?;
                self.destination(ctx, args, value)
            }
            // Those of legs alone do not come here.
            Some(Route::Help | Route::Weight | Route::NextHop) | None => {
                self.destination(ctx, args, word)
            }
            Some(Route::Path(metric)) => {
                let value = metrics::take(&mut self.route.metrics, metric, &word, args)?;
                self.places.metric = Some(value);
                Ok(())
            }
            Some(Route::CongCtl) => {
                let value = metrics::take_congctl(&mut self.route.metrics, &word, args)?;
                self.places.metric = Some(value);
                Ok(())
            }
            Some(Route::Via) => self.gateway(args, &word),
            Some(known) => {
                let value = args.value_of(&word)?;
                self.value(ctx, known, value)
            }
        }
    }

    fn gateway(&mut self, args: &mut Args<'a>, keyword: &Word<'a>) -> Result {
        if self.route.gateway.is_some() {
            return Err(keyword.wrong("use nexthop syntax to specify multiple via"));
        }
        let (gateway, value) = nexthops::gateway(args, keyword, &mut self.family)?;
        self.route.gateway = Some(gateway);
        self.places.via = Some(value);
        Ok(())
    }

    /// One keyword with a plain value.
    fn value(&mut self, ctx: &mut Context, known: Route, value: Word<'a>) -> Result {
        let route = &mut self.route;
        match known {
            Route::Src => {
                let address = value.ip(self.family)?;
                if self.family == Family::Unspec {
                    self.family = Family::of(&address);
                }
                route.prefsrc = Some(address);
                self.places.src = Some(value);
            }
            Route::From => {
                let prefix = value.prefix(self.family)?;
                if self.family == Family::Unspec {
                    self.family = prefix.family;
                }
                (route.src, route.src_len) = (prefix.address, prefix.len);
                self.places.from = Some(value);
            }
            Route::Tos => route.tos = values::tos(ctx, &value, "\"tos\" value is invalid")?,
            Route::Expires => {
                route.expires = Some(value.u32("\"expires\" value is invalid")?);
                self.places.expires = Some(value);
            }
            Route::Priority => {
                route.priority = Some(value.u32("\"metric\" value is invalid")?);
                self.places.priority = Some(value);
            }
            Route::Scope => {
                let message = "invalid \"scope\" value";
                self.scope = Some(values::short_name(ctx, Table::Scope, &value, message)?);
                self.places.scope = Some(value);
            }
            Route::Realms => {
                route.flow = Some(values::realms(ctx, &value, "\"realm\" value is invalid")?);
            }
            Route::NhId => {
                route.nh_id = Some(value.u32("\"id\" value is invalid")?);
                self.places.nh_id = Some(value);
            }
            Route::Protocol => {
                let message = "\"protocol\" value is invalid";
                route.protocol = values::short_name(ctx, Table::RouteProtocol, &value, message)?;
            }
            Route::Table => {
                self.table = Some(values::table(ctx, &value, "\"table\" value is invalid")?);
                self.places.table = Some(value);
            }
            Route::Vrf => {
                self.table = Some(values::vrf_table(ctx, &value)?);
                self.places.table = Some(value);
            }
            Route::Dev => {
                self.dev = Some(value);
                self.places.dev = Some(value);
            }
            Route::Pref => {
                route.pref = Some(match value.bytes() {
                    b"low" => ROUTER_PREF_LOW,
                    b"medium" => ROUTER_PREF_MEDIUM,
                    b"high" => ROUTER_PREF_HIGH,
                    _ => value.u8("\"pref\" value is invalid")?,
                });
            }
            Route::TtlPropagate => {
                route.ttl_propagate = Some(match value.bytes() {
                    b"enabled" => 1,
                    b"disabled" => 0,
                    _ => return Err(value.wrong("\"ttl-propagate\" value is invalid")),
                });
            }
            _ => return Err(unsupported(&value)),
        }
        Ok(())
    }

    /// `[ TYPE ] PREFIX`, with `to` before it or not.
    fn destination(&mut self, ctx: &mut Context, args: &mut Args<'a>, first: Word<'a>) -> Result {
        let mut word = first;
        let digit = word.bytes().first().is_some_and(u8::is_ascii_digit);
        if !digit && let Some(kind) = kind_number(&word) {
            self.kind = Some(kind);
            self.places.kind = Some(word);
            word = args.value_of(&first)?;
        }
        if ROUTE.lookup(&word) == Some(Route::Help) {
            return Err(ctx.usage());
        }
        if self.places.dst.is_some() {
            return Err(word.garbage("to"));
        }
        let prefix = word.prefix(self.family)?;
        if self.family == Family::Unspec {
            self.family = prefix.family;
        }
        (self.route.dst, self.route.dst_len) = (prefix.address, prefix.len);
        self.places.dst = Some(word);
        self.places.prefix = prefix.address.map(|address| (address, prefix.len));
        Ok(())
    }

    /// What iproute2 takes where nothing was said.
    fn complete(&mut self, delete: bool) {
        if self.family == Family::Unspec {
            self.family = Family::Inet;
        }
        let default = if delete { RTN_UNSPEC } else { RTN_UNICAST };
        let kind = self.kind.unwrap_or(default);
        let table = match kind {
            RTN_LOCAL | RTN_BROADCAST | RTN_NAT | RTN_ANYCAST => RT_TABLE_LOCAL,
            _ => RT_TABLE_MAIN,
        };
        let goes_on = self.route.gateway.is_some()
            || self.places.nexthop.is_some()
            || self.route.nh_id.is_some();
        let scope = match kind {
            _ if matches!(self.family, Family::Inet6 | Family::Mpls) => RT_SCOPE_UNIVERSE,
            RTN_LOCAL | RTN_NAT => RT_SCOPE_HOST,
            RTN_BROADCAST | RTN_MULTICAST | RTN_ANYCAST => RT_SCOPE_LINK,
            RTN_UNICAST | RTN_UNSPEC if delete => RT_SCOPE_NOWHERE,
            RTN_UNICAST | RTN_UNSPEC if !goes_on => RT_SCOPE_LINK,
            _ if delete => RT_SCOPE_NOWHERE,
            _ => RT_SCOPE_UNIVERSE,
        };
        self.route.kind = kind;
        self.route.family = self.family.number();
        self.route.table = self.table.unwrap_or(table);
        self.route.scope = self.scope.unwrap_or(scope);
    }

    pub(super) fn spec(&self) -> RouteSpec<'_> {
        RouteSpec {
            nexthops: &self.legs,
            ..self.route.clone()
        }
    }
}
