//! The XDP programs on a link.

use super::Show;
use super::names::Hex;
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

/// What is known of a loaded BPF program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name, may be empty.
    pub name: Vec<u8>,
    /// A hash of its instructions.
    pub tag: [u8; 8],
    /// Whether it was compiled to machine code.
    pub jited: bool,
    /// When it was loaded, nanoseconds since boot.
    pub load_time: u64,
    /// Who loaded it, a user id.
    pub uid: u32,
    /// Its type information, 0 is none.
    pub btf_id: u32,
}

impl Program {
    /// Out of a `struct bpf_prog_info` (`linux/bpf.h`).
    pub(super) fn parse(info: &[u8]) -> Option<Self> {
        fn at<const N: usize>(info: &[u8], offset: usize) -> Option<[u8; N]> {
            info.get(offset..)?.first_chunk().copied()
        }
        let name: [u8; 16] = at(info, 64)?;
        Some(Self {
            name: name.into_iter().take_while(|b| *b != 0).collect(),
            tag: at(info, 8)?,
            jited: at(info, 16)? != [0; 4],
            load_time: u64::from_ne_bytes(at(info, 40)?),
            uid: u32::from_ne_bytes(at(info, 48)?),
            btf_id: u32::from_ne_bytes(at(info, 128)?),
        })
    }
}

impl Show<'_> {
    /// `id N` and what is known of the program.
    fn program(&mut self, id: u32) {
        self.number("id", "id", Some(id));
        let Some(program) = self.world.program(id) else {
            return;
        };
        let name = program.name.as_slice();
        self.out.field("name", name, ("name ", name, " "));
        let tag = Hex(&program.tag);
        let tag = format_args!("{tag}");
        self.out.field("tag", tag, ("tag ", tag, " "));
        let jited = program.jited.then_some("jited ");
        self.out.field("jited", u8::from(program.jited), jited);
        if self.options.details > 0 {
            self.number("load_time", "load_time", Some(program.load_time));
            self.number("created_by_uid", "created_by_uid", Some(program.uid));
            let btf = Some(program.btf_id).filter(|id| *id != 0);
            self.number("btf_id", "btf_id", btf);
        }
    }

    /// In the first line: how a program is attached; in JSON all of it.
    pub(super) fn xdp_mode(&mut self, link: &Link<'_>) {
        let Some(xdp) = link.xdp.map(Xdp::parse) else {
            return;
        };
        let Some(mode) = xdp.attached.filter(|mode| *mode != NONE) else {
            return;
        };
        if self.out.is_json() {
            self.out.open_object_of("xdp");
            self.out.json("mode", mode);
            if let Some(id) = xdp.prog_id {
                self.out.open_object_of("prog");
                self.program(id);
                self.out.close_object();
            }
            self.out.open_array("attached");
            for (mode, id) in programs(&xdp) {
                self.out.open_object();
                self.out.json("mode", mode);
                self.out.open_object_of("prog");
                self.program(id);
                self.out.close_object();
                self.out.close_object();
            }
            self.out.close_array();
            self.out.close_object();
        }
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
        if self.out.is_json() || attached == NONE || (!only && attached != SEVERAL) {
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
            self.out.text(("    prog/xdp", suffix, " "));
            self.program(id);
        }
    }
}
