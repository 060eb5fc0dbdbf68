//! vnet's own commands, which stand behind ip's objects and are written out.

use super::completions::{self, SHELLS};
use super::man;
use super::tree::{Object, object};
use super::{NO_WORDS, bridge, ip};
use crate::applet::Program;
use crate::args::Word;

/// The commands that `vnet` has and `ip` has not.
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
    let (first, then): (&[Object], &[Object]) = match program {
        Program::Vnet => (ip::OBJECTS, COMMANDS),
        Program::Ip => (ip::OBJECTS, &[]),
        Program::Bridge => (bridge::OBJECTS, &[]),
        Program::Ifconfig | Program::Route | Program::Ping => (&[], &[]),
    };
    first.iter().chain(then)
}

/// The object a word is.
pub fn object_of(program: Program, word: &Word<'_>) -> Option<&'static Object> {
    objects(program).find(|o| o.is(word))
}
