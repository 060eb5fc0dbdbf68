//! What is refused before the kernel is asked, in iproute2's words and in vnet's.

use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::error::Result;
use crate::options::Options;
use crate::out::Out;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

type Run = fn(&mut Context, &mut Args<'_>) -> Result;

/// The first line on stderr and the exit code.
fn refused(program: Program, run: Run, words: &[&[u8]]) -> (String, u8) {
    let options = Options::default();
    let out = Out::memory(&options);
    let mut ctx = Context::new(program, options, out);
    let head = [program.name().as_bytes(), b"netns", b"verb"];
    let line = head.iter().chain(words).map(|w| w.to_vec());
    let line: Vec<OsString> = line.map(OsString::from_vec).collect();
    let error = run(&mut ctx, &mut Args::new(&line, 3)).unwrap_err();
    let text = String::from_utf8(error.render(program, &line)).unwrap();
    let first = text.lines().next().unwrap_or_default().to_owned();
    (first, error.exit_code())
}

/// Judged by iproute2 6.1.
#[test]
fn in_ips_words() {
    let (line, code) = refused(Program::Ip, super::add, &[&[b'x'; 256]]);
    assert!(line.starts_with("Invalid netns name \"xxx"), "{line}");
    assert_eq!(code, 255);
    let cases: &[(Run, &[&[u8]], &str, u8)] = &[
        (super::add, &[], "No netns name specified", 1),
        (super::add, &[b""], "Invalid netns name \"\"", 255),
        (super::add, &[b"."], "Invalid netns name \".\"", 255),
        (super::add, &[b".."], "Invalid netns name \"..\"", 255),
        (super::add, &[b"a/b"], "Invalid netns name \"a/b\"", 255),
        (super::delete, &[b"a/b"], "Invalid netns name \"a/b\"", 255),
        (super::delete, &[], "No netns name specified", 1),
        (super::attach, &[], "No netns name and PID specified", 1),
        (super::attach, &[b"x"], "No netns name and PID specified", 1),
        (super::attach, &[b"x", b"abc"], "Invalid PID: abc", 1),
        (super::set, &[], "No netns name specified", 1),
        (super::set, &[b"x"], "No nsid specified", 1),
        (
            super::set,
            &[b"x", b"foo"],
            "Error: argument \"foo\" is wrong: Invalid \"netnsid\" value",
            255,
        ),
        (
            super::set,
            &[b"x", b"-1"],
            "Error: argument \"-1\" is wrong: \"netnsid\" value should be >= 0",
            255,
        ),
        (
            super::set,
            &[b"x", b"2147483648"],
            "Error: argument \"2147483648\" is wrong: Invalid \"netnsid\" value",
            255,
        ),
        (
            super::list_id,
            &[b"nsid"],
            "Command line is not complete. Try option \"help\"",
            255,
        ),
        (
            super::list_id,
            &[b"nsid", b"1", b"nsid", b"2"],
            "Error: duplicate \"nsid\": \"nsid\" is the second value.",
            255,
        ),
        (
            super::list_id,
            &[b"target-nsid", b"x"],
            "Error: argument \"x\" is wrong: \"target-nsid\" value is invalid",
            255,
        ),
        (super::pids, &[], "No netns name specified", 1),
        (
            super::identify,
            &[b"1", b"2"],
            "extra arguments specified",
            1,
        ),
        (
            super::identify,
            &[b"abc"],
            "Specified string 'abc' is not a pid",
            1,
        ),
        (super::exec, &[], "No netns name specified", 1),
        (
            super::exec,
            &[b"a/b", b"true"],
            "Invalid netns name \"a/b\"",
            255,
        ),
        (
            super::exec,
            &[b"nosuch-vnet", b"true"],
            "Cannot open network namespace \"nosuch-vnet\": No such file or directory",
            255,
        ),
    ];
    for (run, words, line, code) in cases {
        let got = refused(Program::Ip, *run, words);
        assert_eq!(got, ((*line).to_owned(), *code), "{words:?}");
    }
}

#[test]
fn in_vnets_words() {
    let (line, code) = refused(Program::Vnet, super::add, &[b"a\tb"]);
    assert_eq!(
        line,
        "error: 'a\\tb' can't be a name: a namespace's name can't have a control byte (0x09 at byte 1)"
    );
    assert_eq!(code, 255);
    let (line, _) = refused(Program::Ip, super::add, &[b"a\tb"]);
    assert_eq!(line, "Invalid netns name \"a\\tb\"");
    // What iproute2 ignores is an error here.
    for run in [super::add, super::delete] {
        let (line, _) = refused(Program::Vnet, run, &[b"a", b"b"]);
        assert_eq!(line, "error: 'b' is a word too many");
    }
    let (line, _) = refused(Program::Vnet, super::list, &[b"x\xff"]);
    assert_eq!(line, "error: 'x\\xff' is a word too many");
}
