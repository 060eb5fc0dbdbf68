//! What is refused before the kernel is asked, in bridge's words.

use super::{fdb, fdb_show, link, vlan, vlan_options};
use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use crate::options::Options;
use crate::out::Out;
use std::ffi::OsString;

type Run = fn(&mut Context, &mut Args<'_>) -> Result;

/// The first line on stderr and the exit code.
fn refused(program: Program, run: Run, words: &str) -> (String, u8) {
    let options = Options::default();
    let out = Out::memory(&options);
    let mut ctx = Context::new(program, options, out);
    let line: Vec<OsString> = ["bridge", "object", "verb"]
        .into_iter()
        .chain(words.split_whitespace())
        .map(OsString::from)
        .collect();
    let error = run(&mut ctx, &mut Args::new(&line, 3)).unwrap_err();
    let text = String::from_utf8(error.render(program, &line)).unwrap();
    let first = text.lines().next().unwrap_or_default().to_owned();
    (first, error.exit_code())
}

/// Judged by iproute2 6.1.
#[test]
fn in_bridges_words() {
    let cases: &[(Run, &str, &str, u8)] = &[
        (link::set, "", "Device is a required argument.", 255),
        (
            link::set,
            "dev",
            "Command line is not complete. Try option \"help\"",
            255,
        ),
        (
            link::set,
            "dev x guard foo",
            "Error: argument of \"guard\" must be one of \"off\", \"on\", not \"foo\"",
            234,
        ),
        (
            link::set,
            "dev x state foo",
            "Error: invalid STP port state",
            255,
        ),
        (
            link::set,
            "dev x state LISTENING",
            "Error: invalid STP port state",
            255,
        ),
        (
            link::set,
            "dev x hwmode foo",
            "Mode argument must be \"vepa\" or \"veb\".",
            255,
        ),
        (
            fdb::add,
            "dev x",
            "Device and address are required arguments.",
            255,
        ),
        (
            fdb::delete,
            "2:0:0:0:0:1",
            "Device and address are required arguments.",
            255,
        ),
        (fdb::add, "zz dev x", "Invalid mac address zz", 255),
        (
            fdb::add,
            "2:0:0:0:0:1:2 dev x",
            "Invalid mac address 2:0:0:0:0:1:2",
            255,
        ),
        (
            fdb::add,
            "2:0:0:0:0:1 3:0:0:0:0:1 dev x",
            "Error: either \"to\" is duplicate, or \"3:0:0:0:0:1\" is a garbage.",
            255,
        ),
        (
            fdb::add,
            "2:0:0:0:0:1 dev x dst 1.1.1.1 nhid 4",
            "dst, port, vni are mutually exclusive with nhid",
            255,
        ),
        (
            fdb::append,
            "2:0:0:0:0:1 dev x vni 16777216",
            "Error: argument \"16777216\" is wrong: invalid VNI",
            255,
        ),
        (
            fdb::replace,
            "2:0:0:0:0:1 dev x port 70000",
            "Error: argument \"70000\" is wrong: invalid port",
            255,
        ),
        (
            fdb::add,
            "2:0:0:0:0:1 dev x vlan 4096",
            "Error: invalid vlan id.",
            255,
        ),
        (fdb::flush, "", "Device is a required argument.", 255),
        (
            fdb::flush,
            "dev x vlan 5000",
            "Invalid VLAN ID \"5000\"",
            255,
        ),
        (
            fdb_show::get,
            "2:0:0:0:0:1",
            "Device or master and address are required arguments.",
            255,
        ),
        (
            fdb_show::show,
            "state foo",
            "Error: argument \"foo\" is wrong: invalid state",
            255,
        ),
        (
            fdb_show::show,
            "vlan 1 vlan 2",
            "Error: duplicate \"vlan\": \"2\" is the second value.",
            255,
        ),
        (
            vlan::add,
            "dev x",
            "Device and VLAN ID are required arguments.",
            255,
        ),
        (
            vlan::delete,
            "vid 5",
            "Device and VLAN ID are required arguments.",
            255,
        ),
        (vlan::add, "dev x vid 5000", "Invalid VLAN ID \"5000\"", 255),
        (
            vlan::add,
            "dev x vid 9-5",
            "Invalid VLAN range \"9-5\"",
            255,
        ),
        (
            vlan::add,
            "dev x vid 5-5",
            "Invalid VLAN range \"5-5\"",
            255,
        ),
        (
            vlan::add,
            "dev x vid 5 tunnel_info foo",
            "Error: argument \"foo\" is wrong: tunnel id expected",
            255,
        ),
        (
            vlan::add,
            "dev x vid 5 tunnel_info id 1-x",
            "Error: argument \"1-x\" is wrong: invalid tun id",
            255,
        ),
        (
            vlan_options::set,
            "dev x vid 5 state foo",
            "Error: invalid STP state",
            255,
        ),
        (
            vlan_options::set,
            "vid 5 mcast_router x",
            "Error: argument \"x\" is wrong: invalid mcast_router",
            255,
        ),
        (
            vlan_options::global,
            "set dev x vid 5 mcast_snooping 300",
            "Error: argument \"300\" is wrong: invalid mcast_snooping",
            255,
        ),
    ];
    for (run, words, line, code) in cases {
        let got = refused(Program::Bridge, *run, words);
        assert_eq!(got, ((*line).to_owned(), *code), "{words:?}");
    }
}

#[test]
fn a_word_that_is_no_keyword_is_never_passed_over_in_a_change() {
    for program in [Program::Bridge, Program::Vnet] {
        for (run, words) in [
            (fdb::flush as Run, "dev x foo"),
            (vlan::add, "dev x vid 5 foo"),
            (vlan_options::set, "foo"),
        ] {
            let (line, code) = refused(program, run, words);
            assert!(line.contains("'foo' is no keyword here"), "{line}");
            assert_eq!(code, 255);
        }
    }
}
