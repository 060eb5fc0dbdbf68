//! The XDP programs on a link.

use super::Show;
use netlink_raw::route::link::Link;
use netlink_raw::route::link::view::Xdp;

/// `XDP_ATTACHED_*`: how a program is attached.
const NONE: u8 = 0;
const DRIVER: u8 = 1;
const GENERIC: u8 = 2;
const OFFLOADED: u8 = 3;
const SEVERAL: u8 = 4;

/// The programs, each with how it is attached, in iproute2's order.
fn programs(xdp: &Xdp<'_>) -> impl Iterator<Item = (u8, u32)> + use<> {
    let attached = xdp.attached.unwrap_or(NONE);
    // One id stands for the only program there is; kernels that know of several add one each.
    let only = xdp.prog_id.map(|id| (attached, id));
    let each = [
        (GENERIC, xdp.skb_prog_id),
        (DRIVER, xdp.drv_prog_id),
        (OFFLOADED, xdp.hw_prog_id),
    ];
    let each = each
        .into_iter()
        .filter_map(|(mode, id)| id.map(|id| (mode, id)))
        .filter(move |_| only.is_none());
    only.into_iter().chain(each)
}

impl Show<'_> {
    /// In the first line: how a program is attached; in JSON all of it.
    pub(super) fn xdp_mode(&mut self, link: &Link<'_>) {
        let Some(xdp) = link.xdp.map(Xdp::parse) else {
            return;
        };
        let Some(mode) = xdp.attached.filter(|mode| *mode != NONE) else {
            return;
        };
        self.out.object_of("xdp", |out| {
            out.json("mode", mode);
            if let Some(id) = xdp.prog_id {
                out.object_of("prog", |out| out.json("id", id));
            }
            out.array("attached", |out| {
                for (mode, id) in programs(&xdp) {
                    out.object(|out| {
                        out.json("mode", mode);
                        out.object_of("prog", |out| out.json("id", id));
                    });
                }
            });
        });
        match mode {
            DRIVER => self.out.text("xdp"),
            GENERIC => self.out.text("xdpgeneric"),
            OFFLOADED => self.out.text("xdpoffload"),
            SEVERAL => self.out.text("xdpmulti"),
            _ => self.out.text(("xdp[", mode, "]")),
        }
        if let Some(id) = xdp.prog_id.filter(|_| !self.style.link) {
            self.out.text(("/id:", id));
        }
        self.out.text(" ");
    }

    /// A line each.
    pub(super) fn xdp_programs(&mut self, link: &Link<'_>) {
        let Some(xdp) = link.xdp.map(Xdp::parse) else {
            return;
        };
        let attached = xdp.attached.unwrap_or(NONE);
        let only = xdp.prog_id.is_some();
        if attached == NONE || (!only && attached != SEVERAL) {
            return;
        }
        for (mode, id) in programs(&xdp) {
            let suffix = match mode {
                _ if only => "",
                GENERIC => "generic",
                DRIVER => "drv",
                _ => "offload",
            };
            self.out.sl();
            self.out.text(("    prog/xdp", suffix, " id ", id, " "));
        }
    }
}
