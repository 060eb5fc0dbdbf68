//! vnet's own commands, which stand behind ip's objects and are written out.

use super::completions::{self, SHELLS};
use super::man;
use super::tree::{Object, object};
use super::{NO_WORDS, bridge, ip};
use crate::applet::Program;
use crate::args::Word;

/// net-tools' ifconfig, by its name or as `vnet ifconfig`.
pub static IFCONFIG: &[Object] = &[object("ifconfig", "devices, as net-tools shows them").exact()];

/// net-tools' route. Only by its name: `vnet route` is ip's.
pub static ROUTE: &[Object] =
    &[object("route", "the IPv4 routing table, as net-tools shows it").exact()];

/// iputils' ping, by its name or as `vnet ping`.
pub static PING: &[Object] = &[object("ping", "ask a host for an echo").exact()];

/// The commands that only `vnet` has.
pub static COMMANDS: &[Object] = &[
    object("bridge", "ports, forwarding entries and VLANs of bridges").program(Program::Bridge),
    object("completions", "completions for a shell, to stdout")
        .exact()
        .runs(completions::run, &SHELLS, ""),
    object("man", "the man page, to stdout")
        .exact()
        .runs(man::run, &NO_WORDS, ""),
];

/// The objects of a program, in the order in which they are looked through.
pub fn objects(program: Program) -> impl Iterator<Item = &'static Object> {
    let parts: [&'static [Object]; 4] = match program {
        Program::Vnet => [ip::OBJECTS, IFCONFIG, PING, COMMANDS],
        Program::Ip => [ip::OBJECTS, &[], &[], &[]],
        Program::Bridge => [bridge::OBJECTS, &[], &[], &[]],
        Program::Ifconfig | Program::Route | Program::Ping => [&[]; 4],
    };
    parts.into_iter().flatten()
}

/// The object a word is.
pub fn object_of(program: Program, word: &Word<'_>) -> Option<&'static Object> {
    objects(program).find(|o| o.is(word))
}

/// The one command that a program without objects is.
pub fn tool(program: Program) -> Option<&'static Object> {
    let tool = match program {
        Program::Ifconfig => IFCONFIG,
        Program::Route => ROUTE,
        Program::Ping => PING,
        Program::Vnet | Program::Ip | Program::Bridge => &[],
    };
    tool.first()
}
