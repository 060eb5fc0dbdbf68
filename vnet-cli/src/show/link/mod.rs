//! A link's record, as `ip link`, `ip addr` and `ip monitor` begin it.

mod details;
mod kind;
pub mod names;
mod stats;
mod vf;
pub mod world;
mod xdp;

#[cfg(test)]
mod tests;

use crate::args::Family;
use crate::names::{Names, Table};
use crate::options::Options;
use crate::out::color::Color;
use crate::out::{Left, Out, Val};
use names::{Hardware, LlAddr};
use netlink_raw::route::link::Link;
use netlink_raw::schema::link::*;

pub use stats::stats;
pub use xdp::Program;

/// Which command shows the link: they do not show the same.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// As `ip link` does: with the link mode, what is attached, counters, and without addresses to come.
    pub link: bool,
    /// The family asked for; for `ip link` it is [`Family::Link`].
    pub family: Family,
    /// The link has gone: an event of type `RTM_DELLINK`.
    pub deleted: bool,
    /// It is an event: the length of the queue is not shown.
    pub event: bool,
}

impl Style {
    /// That of `ip link`.
    pub const LINK: Self = Self {
        link: true,
        family: Family::Link,
        deleted: false,
        event: false,
    };

    /// That of `ip addr`, and but for [`event`](Self::event) of `ip monitor`.
    pub const fn addr(family: Family) -> Self {
        Self {
            link: false,
            family,
            deleted: false,
            event: false,
        }
    }
}

/// Another link that a record names.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its name.
    pub name: &'a [u8],
    /// Its `IFF_*`.
    pub flags: u32,
}

/// What a record says about other things than its link. Asked for only when it is shown.
pub trait World {
    /// The link with this index; `None` when there is none.
    fn link(&mut self, index: u32) -> Option<Known<'_>>;
    /// The name under /run/netns of the namespace with this id; `None` when it has none.
    fn netns(&mut self, id: i32) -> Option<&[u8]>;
    /// A loaded BPF program; `None` when it can't be told.
    fn program(&mut self, id: u32) -> Option<Program>;
    /// The tables of names.
    fn names(&self) -> &Names;
}

/// What every part of a record needs.
struct Show<'s> {
    out: &'s mut Out,
    options: &'s Options,
    style: Style,
    world: &'s mut dyn World,
}

/// The record of a link, up to and with the end of its last line. In JSON its fields go into the
/// object that is open.
pub fn record(
    out: &mut Out,
    options: &Options,
    style: Style,
    link: &Link<'_>,
    world: &mut dyn World,
) {
    let mut show = Show {
        out,
        options,
        style,
        world,
    };
    show.first_line(link);
    if matches!(style.family, Family::Unspec | Family::Link) || options.details > 0 {
        show.hardware(link);
    }
    show.netns(link);
    show.proto_down(link);
    if options.details > 0 {
        show.details(link);
    }
    if style.link || options.details > 0 {
        if let Some(alias) = link.alias {
            show.out.sl();
            show.out.field("ifalias", alias, ("    alias ", alias));
        }
        show.xdp_programs(link);
    }
    if style.link && options.stats > 0 {
        show.out.sl();
        stats::counters(show.out, options, link);
    }
    if style.link || options.details > 0 {
        show.functions(link);
    }
    show.altnames(link);
    show.out.end_line();
}

/// The beginning of a link's line with `-br`: for `ip link` all of it but its end, for `ip addr` what
/// stands before the addresses.
pub fn brief(
    out: &mut Out,
    options: &Options,
    style: Style,
    link: &Link<'_>,
    world: &mut dyn World,
) {
    let mut show = Show {
        out,
        options,
        style,
        world,
    };
    show.deleted();
    let down = show.name(link, true);
    if let Some(state) = link.operstate {
        show.operstate(state, true);
    }
    if style.family == Family::Link {
        if let Some(bytes) = link.address {
            let hardware = link.hardware;
            let address = LlAddr { bytes, hardware };
            let address = format_args!("{address}");
            show.out
                .colored(Color::Mac, "address", address, (address, " "));
        }
        show.flags(link.flags, down);
    }
}

/// How other records of a link begin, `v0@v1: <UP> `: its name, what is below it, its flags.
pub fn name_and_flags(out: &mut Out, options: &Options, link: &Link<'_>, world: &mut dyn World) {
    let mut show = Show {
        out,
        options,
        style: Style::LINK,
        world,
    };
    let down = show.name(link, false);
    show.flags(link.flags, down);
}

impl Show<'_> {
    fn deleted(&mut self) {
        if self.style.deleted {
            self.out.field("deleted", true, "Deleted ");
        }
    }

    fn first_line(&mut self, link: &Link<'_>) {
        self.deleted();
        self.out.field("ifindex", link.index, (link.index, ": "));
        let down = self.name(link, false);
        self.flags(link.flags, down);
        self.number("mtu", "mtu", link.mtu);
        self.xdp_mode(link);
        if let Some(qdisc) = link.qdisc {
            self.out.field("qdisc", qdisc, ("qdisc ", qdisc, " "));
        }
        if let Some(master) = link.master {
            self.device("master", "master", master);
        }
        if let Some(state) = link.operstate {
            self.operstate(state, false);
        }
        if let Some(mode) = link.linkmode.filter(|_| self.style.link) {
            match names::linkmode(mode) {
                Some(name) => self.out.field("linkmode", name, ("mode ", name, " ")),
                None => self.out.field("linkmode_index", mode, ("mode ", mode, " ")),
            }
        }
        if let Some(group) = link.group {
            let name = self.world.names().name(Table::Group, group);
            let name = name.as_ref();
            self.out.field("group", name, ("group ", name, " "));
        }
        if let Some(length) = link.txqlen.filter(|n| *n != 0 && !self.style.event) {
            // What follows does not mind that there is no blank.
            self.out.field("txqlen", length, ("qlen ", length));
        }
        match link.event {
            Some(0) | None => {}
            Some(event) => match names::event(event) {
                Some(name) => self.out.field("event", name, ("event ", name, " ")),
                None => self.out.field("event", event, ("event ", event, " ")),
            },
        }
    }

    /// The name, and the link below or at the other end; tells whether that is down.
    fn name(&mut self, link: &Link<'_>, brief: bool) -> bool {
        let unnamed = format!("if{}", link.index);
        let name = link.name.unwrap_or(unnamed.as_bytes());
        let mut down = false;
        let mut text = name.to_vec();
        match link.link {
            Some(0) => {
                self.out.json("link", Val::Null);
                text.extend_from_slice(b"@NONE");
            }
            // The index counts in another namespace: its links can't be named here.
            Some(index) if link.link_netnsid.is_some() => {
                self.out.json("link_index", index);
                text.extend_from_slice(format!("@if{index}").as_bytes());
            }
            Some(index) => {
                text.push(b'@');
                let known = self.world.link(index);
                down = known.is_some_and(|known| known.flags & names::UP == 0);
                let start = text.len();
                match known {
                    Some(known) => text.extend_from_slice(known.name),
                    None => text.extend_from_slice(format!("if{index}").as_bytes()),
                }
                let below = text.get(start..).unwrap_or_default();
                self.out.json("link", below);
            }
            None => {}
        }
        self.out.json("ifname", name);
        let text = text.as_slice();
        match brief {
            true => self.out.colored_text(Color::Ifname, (Left(16, text), " ")),
            false => self.out.colored_text(Color::Ifname, (text, ": ")),
        }
        down
    }

    fn flags(&mut self, flags: u32, below_is_down: bool) {
        let mut rest = flags & !names::RUNNING;
        let no_carrier = flags & names::UP != 0 && flags & names::RUNNING == 0;
        let known = names::FLAGS.iter().filter(|(bit, _)| flags & bit != 0);
        known.clone().for_each(|(bit, _)| rest &= !bit);
        let words = no_carrier
            .then_some("NO-CARRIER")
            .into_iter()
            .chain(known.map(|(_, word)| *word));
        self.out.text("<");
        self.out.open_array("flags");
        let mut comma = "";
        for word in words {
            self.out.item(word, (comma, word));
            comma = ",";
        }
        if rest != 0 {
            let rest = format_args!("{rest:x}");
            self.out.item(rest, (comma, rest));
            comma = ",";
        }
        if below_is_down {
            self.out.item("M-DOWN", (comma, "M-DOWN"));
        }
        self.out.close_array();
        self.out.text("> ");
    }

    fn operstate(&mut self, state: u8, brief: bool) {
        let Some(name) = names::operstate(state) else {
            // iproute2 leaves out the blank behind it.
            let number = format_args!("{state:#x}");
            return self.out.field("operstate_index", state, ("state ", number));
        };
        let color = match name {
            "UP" => Color::OperUp,
            "DOWN" => Color::OperDown,
            _ => Color::None,
        };
        if brief {
            let text = (Left(14, name), " ");
            return self.out.colored(color, "operstate", name, text);
        }
        self.out.text("state ");
        self.out.colored(color, "operstate", name, (name, " "));
    }

    /// The line with the hardware type and the addresses.
    fn hardware(&mut self, link: &Link<'_>) {
        self.out.sl();
        let number = link.hardware;
        let numeric = self.options.numeric;
        let hardware = Hardware { number, numeric };
        let hardware = format_args!("{hardware}");
        self.out
            .field("link_type", hardware, ("    link/", hardware, " "));
        if let Some(bytes) = link.address {
            self.address("address", "", number, bytes);
        }
        if let Some(bytes) = link.broadcast {
            let mut before = " brd ";
            if link.flags & names::POINTOPOINT != 0 {
                self.out.json("link_pointtopoint", true);
                before = " peer ";
            }
            self.address("broadcast", before, number, bytes);
        }
        if let Some(bytes) = link.perm_address.filter(|a| link.address != Some(a)) {
            self.address("permaddr", " permaddr ", number, bytes);
        }
    }

    fn address(&mut self, key: &str, before: &str, hardware: u16, bytes: &[u8]) {
        self.out.text(before);
        let address = LlAddr { bytes, hardware };
        let address = format_args!("{address}");
        self.out.colored(Color::Mac, key, address, address);
    }

    fn netns(&mut self, link: &Link<'_>) {
        if let Some(id) = link.link_netnsid {
            self.out.json("link_netnsid", id);
            self.netns_text("link", id);
        }
        if let Some(id) = link.new_netnsid {
            self.netns_text("new", id);
        }
        if let Some(index) = link.new_index {
            self.out.text((" new-ifindex ", index.cast_signed()));
        }
    }

    fn netns_text(&mut self, which: &str, id: i32) {
        if self.out.is_json() {
            return;
        }
        let named = if id < 0 { None } else { self.world.netns(id) };
        match named {
            Some(name) => self.out.text((" ", which, "-netns ", name)),
            None if id < 0 && which == "link" => self.out.text(" link-netnsid unknown"),
            None => self.out.text((" ", which, "-netnsid ", id)),
        }
    }

    /// As iproute2 6.1 reads them: one byte of reasons, and none for a link without a broadcast address.
    fn proto_down(&mut self, link: &Link<'_>) {
        let Some(down) = link.proto_down else { return };
        if down != 0 {
            self.out.field("proto_down", true, " protodown on ");
        }
        let reasons = link
            .proto_down_reason
            .filter(|_| link.broadcast.is_some())
            .and_then(|nest| nest.nested().find(IFLA_PROTO_DOWN_REASON_VALUE))
            .and_then(|value| value.value.first_chunk::<4>())
            .map_or(0, |bytes| u32::from_ne_bytes(*bytes) & 0xff);
        if reasons == 0 {
            return;
        }
        self.out.text("protodown_reason <");
        self.out.open_array("proto_down_reason");
        let mut comma = "";
        for bit in (0u8..8).filter(|bit| reasons >> bit & 1 != 0) {
            let names = self.world.names();
            let name = names.name(Table::ProtoDownReason, bit.into());
            self.out.item(name.as_ref(), (comma, name.as_ref()));
            comma = ",";
        }
        self.out.close_array();
        self.out.text(">");
    }

    fn altnames(&mut self, link: &Link<'_>) {
        if link.properties.is_none() {
            return;
        }
        self.out.open_array("altnames");
        for name in link.altnames() {
            self.out.sl();
            self.out.item(name, ("    altname ", name));
        }
        self.out.close_array();
    }

    /// `WORD NUMBER `, when there is a number.
    fn number(&mut self, key: &str, word: &str, value: Option<impl Into<u64>>) {
        self.wide(key, word, value.map(Into::into));
    }

    fn wide(&mut self, key: &str, word: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.out.field(key, value, (word, " ", value, " "));
        }
    }

    /// `WORD on ` or `WORD off `, when there is a value.
    fn on_off(&mut self, key: &str, word: &str, value: Option<u8>) {
        if let Some(value) = value.map(|value| value != 0) {
            let text = if value { " on " } else { " off " };
            self.out.field(key, value, (word, text));
        }
    }

    /// `WORD `, when the value is there and not 0.
    fn flag(&mut self, key: &str, word: &str, value: Option<u8>) {
        if value.unwrap_or(0) != 0 {
            self.out.field(key, true, (word, " "));
        }
    }

    /// `WORD NAME ` with the name of the link with this index.
    fn device(&mut self, key: &str, word: &str, index: u32) {
        match self.world.link(index) {
            Some(known) => self
                .out
                .field(key, known.name, (word, " ", known.name, " ")),
            None => {
                let unknown = format_args!("if{index}");
                self.out.field(key, unknown, (word, " ", unknown, " "));
            }
        }
    }
}
