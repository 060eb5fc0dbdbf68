//! vnet's own commands, which stand behind ip's objects and are written out.

use super::completions::{self, SHELLS};
use super::man;
use super::tree::{Object, object};
use super::{NO_WORDS, bridge, ip};
use crate::applet::Program;
use crate::args::Word;
use crate::cmd::{demo, ifconfig, net_route, ping};

#[cfg(feature = "churn")]
const CHURN: Object = object(
    "churn",
    "worlds of many namespaces made and destroyed, and what it costs",
)
.exact()
.runs(crate::cmd::churn::run, &crate::cmd::churn::CHURN, "");
#[cfg(feature = "churn")]
const GC: Object = object("gc", "take away what killed runs of churn have left")
    .exact()
    .runs(crate::cmd::gc::run, &crate::cmd::gc::GC, "");

#[cfg(not(feature = "churn"))]
const CHURN: Object = object("churn", "it was built without the feature 'churn'").exact();
#[cfg(not(feature = "churn"))]
const GC: Object = object("gc", "it was built without the feature 'churn'").exact();

#[cfg(feature = "audit")]
const AUDIT: Object = object(
    "audit",
    "what a program asks of the kernel, and what the kernel answers",
)
.exact()
.runs(
    crate::cmd::audit::run,
    &crate::cmd::audit::AUDIT,
    "[ OPTIONS ] [ -- ] COMMAND ...",
);
#[cfg(not(feature = "audit"))]
const AUDIT: Object = object("audit", "it was built without the feature 'audit'").exact();

#[cfg(feature = "audit")]
const DECODE: Object = object("decode", "what netlink messages say that others wrote down")
    .exact()
    .runs(
        crate::cmd::decode::run,
        &crate::cmd::decode::DECODE,
        "[ OPTIONS ] [ FILE | - ]",
    );
#[cfg(not(feature = "audit"))]
const DECODE: Object = object("decode", "it was built without the feature 'audit'").exact();

/// The commands that only `vnet` has.
pub static COMMANDS: &[Object] = &[
    AUDIT,
    object("bridge", "ports, forwarding entries and VLANs of bridges").program(Program::Bridge),
    CHURN,
    object("completions", "completions for a shell, to stdout")
        .exact()
        .runs(completions::run, &SHELLS, ""),
    DECODE,
    object(
        "demo",
        "a bridge between two namespaces, built and taken down before your eyes",
    )
    .exact()
    .runs(demo::run, &demo::DEMO, ""),
    GC,
    object("man", "the man page, to stdout")
        .exact()
        .runs(man::run, &NO_WORDS, ""),
];

/// The programs that have no objects: all their words go to one command. `vnet` has them too.
static TOOLS: &[Object] = &[
    object("ifconfig", "devices, as net-tools shows them")
        .exact()
        .runs(ifconfig::run, &ifconfig::WORDS, "[ DEVICE [ ADDRESS ] ]"),
    object("ping", "send ICMP echo requests").exact().runs(
        ping::run,
        &ping::OPTIONS,
        "DESTINATION",
    ),
];

/// net-tools' route, only by its name: `vnet route` is ip's.
static ROUTE: Object = object("route", "routing tables, as net-tools shows them")
    .exact()
    .runs(
        net_route::run,
        &net_route::WORDS,
        "[ { add | del } [ -net | -host ] TARGET ]",
    );

/// The command that all the words of a program go to, if it has no objects.
pub fn tool(program: Program) -> Option<&'static Object> {
    match program {
        Program::Vnet | Program::Ip | Program::Bridge => None,
        Program::Route => Some(&ROUTE),
        Program::Ifconfig | Program::Ping => TOOLS.iter().find(|tool| tool.name == program.name()),
    }
}

/// The objects of a program, in the order in which they are looked through.
pub fn objects(program: Program) -> impl Iterator<Item = &'static Object> {
    let [first, then, last]: [&[Object]; 3] = match program {
        Program::Vnet => [ip::OBJECTS, COMMANDS, TOOLS],
        Program::Ip => [ip::OBJECTS, &[], &[]],
        Program::Bridge => [bridge::OBJECTS, &[], &[]],
        Program::Ifconfig | Program::Route | Program::Ping => [&[], &[], &[]],
    };
    first.iter().chain(then).chain(last)
}

/// The object a word is.
pub fn object_of(program: Program, word: &Word<'_>) -> Option<&'static Object> {
    objects(program).find(|o| o.is(word))
}
