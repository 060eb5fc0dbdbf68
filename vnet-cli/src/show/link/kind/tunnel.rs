//! Tunnels over UDP: VXLAN and GENEVE.

use super::super::Show;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::{Geneve, Vxlan};
use std::net::IpAddr;

pub(super) fn vxlan(show: &mut Show<'_>, data: Attr<'_>) {
    let v = Vxlan::parse(data);
    show.flag("external", "external", v.collect_metadata);
    if v.vnifilter.unwrap_or(0) != 0 {
        // iproute2 leaves out the blank behind it.
        show.out.field("vnifilter", true, "vnifilter");
    }
    show.number("id", "id", v.id);
    if let Some(group) = v.group.or(v.group6).filter(|a| !a.is_unspecified()) {
        let (key, word) = match (group.is_multicast(), group.is_ipv4()) {
            (true, true) => ("group", "group"),
            (true, false) => ("group6", "group"),
            (false, true) => ("remote", "remote"),
            (false, false) => ("remote6", "remote"),
        };
        let host = show.out.host(group);
        show.out.field(key, &host, (word, " ", &host, " "));
    }
    if let Some(local) = v.local.or(v.local6).filter(|a| !a.is_unspecified()) {
        let key = if local.is_ipv4() { "local" } else { "local6" };
        let host = show.out.host(local);
        show.out.field(key, &host, ("local ", &host, " "));
    }
    if let Some(link) = v.link.filter(|link| *link != 0) {
        show.device("link", "dev", link);
    }
    if let Some(range) = v.port_range {
        let low = u16::from_be_bytes(range.low);
        let high = u16::from_be_bytes(range.high);
        show.out.object_of("port_range", |out| {
            out.field("low", low, ("srcport ", low, " "));
            out.field("high", high, (high, " "));
        });
    }
    show.number("port", "dstport", v.port);
    if let Some(learning) = v.learning.map(|learning| learning != 0) {
        let text = if learning { "" } else { "nolearning " };
        show.out.field("learning", learning, text);
    }
    show.flag("proxy", "proxy", v.proxy);
    show.flag("rsc", "rsc", v.rsc);
    show.flag("l2miss", "l2miss", v.l2miss);
    show.flag("l3miss", "l3miss", v.l3miss);
    show.tos(v.tos);
    show.ttl(v.ttl, v.ttl_inherit);
    show.dont_fragment(v.df);
    show.flow_label(v.label);
    match v.ageing {
        Some(0) => show.out.field("ageing", 0u8, "ageing none "),
        ageing => show.number("ageing", "ageing", ageing),
    }
    show.number("limit", "maxaddr", v.limit.filter(|limit| *limit != 0));
    show.checksums(v.udp_csum, v.udp_zero_csum6_tx, v.udp_zero_csum6_rx);
    show.flag("remcsum_tx", "remcsumtx", v.remcsum_tx);
    show.flag("remcsum_rx", "remcsumrx", v.remcsum_rx);
    show.flag("gbp", "gbp", Some(v.gbp.into()));
    show.flag("gpe", "gpe", Some(v.gpe.into()));
}

pub(super) fn geneve(show: &mut Show<'_>, data: Attr<'_>) {
    let v = Geneve::parse(data);
    show.flag("external", "external", Some(v.collect_metadata.into()));
    show.number("id", "id", v.id);
    if let Some(remote) = v.remote.or(v.remote6).filter(|a| !a.is_unspecified()) {
        let key = match remote {
            IpAddr::V4(_) => "remote",
            IpAddr::V6(_) => "remote6",
        };
        let host = show.out.host(remote);
        show.out.field(key, &host, ("remote ", &host, " "));
    }
    show.ttl(v.ttl, v.ttl_inherit);
    show.tos(v.tos);
    show.dont_fragment(v.df);
    show.flow_label(v.label);
    show.number("port", "dstport", v.port);
    show.checksums(v.udp_csum, v.udp_zero_csum6_tx, v.udp_zero_csum6_rx);
    let inner = Some(v.inner_proto_inherit.into());
    show.flag("inner_proto_inherit", "innerprotoinherit", inner);
}

impl Show<'_> {
    /// Type of service; 1 is the inner packet's, 0 is not shown.
    fn tos(&mut self, tos: Option<u8>) {
        if let Some(tos) = tos.filter(|tos| *tos != 0) {
            let number = format_args!("{tos:#x}");
            match tos {
                1 => self.out.field("tos", number, "tos inherit "),
                _ => self.out.field("tos", number, ("tos ", number, " ")),
            }
        }
    }

    /// Hop limit; JSON says nothing of the inner packet's.
    fn ttl(&mut self, ttl: Option<u8>, inherit: Option<u8>) {
        match ttl {
            _ if inherit.unwrap_or(0) != 0 => self.out.text("ttl inherit "),
            Some(0) => self.out.field("ttl", 0u8, "ttl auto "),
            ttl => self.number("ttl", "ttl", ttl),
        }
    }

    /// The do-not-fragment bit; one that is not set is said in JSON alone.
    fn dont_fragment(&mut self, df: Option<u8>) {
        match df {
            Some(0) => self.out.json("df", "unset"),
            Some(1) => self.out.field("df", "set", "df set "),
            Some(2) => self.out.field("df", "inherit", "df inherit "),
            _ => {}
        }
    }

    fn flow_label(&mut self, label: Option<u32>) {
        if let Some(label) = label.filter(|label| *label != 0) {
            self.word("label", "flowlabel", format_args!("{label:#x}"));
        }
    }

    fn checksums(&mut self, csum: Option<u8>, zero_tx: Option<u8>, zero_rx: Option<u8>) {
        for (key, word, value) in [
            ("udp_csum", "udpcsum ", csum),
            ("udp_zero_csum6_tx", "udp6zerocsumtx ", zero_tx),
            ("udp_zero_csum6_rx", "udp6zerocsumrx ", zero_rx),
        ] {
            if let Some(value) = value.map(|value| value != 0) {
                let no = if value { "" } else { "no" };
                self.out.field(key, value, (no, word));
            }
        }
    }
}
