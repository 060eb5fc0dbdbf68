//! Errors as they are printed, under vnet's name and under ip's.

use super::*;
use proptest::prelude::*;
use std::os::unix::ffi::OsStringExt;

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

fn text(error: &CmdError, program: Program, words: &[OsString]) -> String {
    String::from_utf8(error.render(program, words)).unwrap()
}

#[test]
fn kernel_error_points_at_the_word() {
    let e = CmdError::kernel(
        "cannot create link 'd0': this kernel has no link kind 'dummy'",
        libc::EOPNOTSUPP,
        Some("Unknown device type"),
    )
    .at(5)
    .hint("needs CONFIG_DUMMY or the module 'dummy'");
    let line = words("/usr/bin/vnet link add d0 type dummy");
    assert_eq!(
        text(&e, Program::Vnet, &line),
        "error: cannot create link 'd0': this kernel has no link kind 'dummy' \
         (EOPNOTSUPP: Unknown device type)\n\
         \x20 vnet link add d0 type dummy\n\
         \x20                       ^^^^^\n\
         hint: needs CONFIG_DUMMY or the module 'dummy'\n"
    );
    assert_eq!(e.exit_code(), 2);
    let ip = text(&e, Program::Ip, &line);
    assert_eq!(ip.lines().next(), Some("Error: Unknown device type."));
}

#[test]
fn kernel_error_without_words_of_its_own() {
    let e = CmdError::kernel("cannot create link 'v0'", libc::EEXIST, None);
    let line = words("ip link add v0 type veth");
    assert_eq!(
        text(&e, Program::Ip, &line),
        "RTNETLINK answers: File exists\n"
    );
    assert_eq!(
        text(&e, Program::Vnet, &line),
        "error: cannot create link 'v0' (EEXIST: File exists)\n"
    );
    let dotted = CmdError::kernel("x", libc::EINVAL, Some("Invalid prefix."));
    assert_eq!(text(&dotted, Program::Ip, &[]), "Error: Invalid prefix.\n");
    let unnamed = CmdError::kernel("x", 524, None);
    assert_eq!(
        text(&unnamed, Program::Vnet, &[]),
        "error: x (error 524: Unknown error 524)\n"
    );
}

#[test]
fn a_missing_word_is_pointed_at_behind_the_last() {
    let e = CmdError::new("'mtu' needs a value").at(5);
    assert_eq!(
        text(&e, Program::Vnet, &words("vnet link set v0 mtu")),
        "error: 'mtu' needs a value\n\
         \x20 vnet link set v0 mtu\n\
         \x20                      ^\n"
    );
}

#[test]
fn hostile_words_are_escaped_and_carets_stay_right() {
    let line = vec![
        OsString::from("vnet"),
        OsString::from("véth"),
        OsString::from("網路"),
        OsString::from("a\x1b[31mb"),
        OsString::from_vec(b"x\xffy".to_vec()),
        OsString::from(""),
        OsString::from("a b"),
        OsString::from("\u{202e}z"),
        OsString::from("end"),
    ];
    let shown = "  vnet véth 網路 'a\\x1b[31mb' 'x\\xffy' '' 'a b' '\\u{202e}z' end";
    for (at, blanks, carets) in [
        (1, 7, 4),
        (2, 12, 4),
        (3, 17, 12),
        (4, 30, 8),
        (5, 39, 2),
        (8, 60, 3),
    ] {
        let got = text(&CmdError::new("x").at(at), Program::Vnet, &line);
        let mut lines = got.lines().skip(1);
        assert_eq!(lines.next(), Some(shown));
        let want = format!("{}{}", " ".repeat(blanks), "^".repeat(carets));
        assert_eq!(lines.next(), Some(want.as_str()), "word {at}");
    }
    assert_eq!(quoted("a\nb"), "'a\\nb'");
}

#[test]
fn a_huge_word_is_cut() {
    let e = CmdError::new("x").at(1);
    let got = text(
        &e,
        Program::Vnet,
        &[OsString::from("vnet"), OsString::from("y".repeat(100_000))],
    );
    assert!(got.len() < 1500, "{}", got.len());
}

#[test]
fn usage_and_silence() {
    let usage = CmdError::usage("Usage: x");
    assert_eq!(
        (text(&usage, Program::Ip, &[]).as_str(), usage.exit_code()),
        ("Usage: x\n", 255)
    );
    let silent = CmdError::silent(3);
    assert_eq!(
        (silent.render(Program::Vnet, &[]), silent.exit_code()),
        (vec![], 3)
    );
}

proptest! {
    #[test]
    fn rendering_never_panics_and_is_text(
        line in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..12), 0..6),
        at in 0usize..9,
    ) {
        let line: Vec<OsString> = line.into_iter().map(OsString::from_vec).collect();
        let got = String::from_utf8(CmdError::new("x").at(at).render(Program::Vnet, &line)).unwrap();
        let pointed = !line.is_empty() && at <= line.len();
        prop_assert_eq!(got.lines().count(), if pointed { 3 } else { 1 });
        prop_assert!(got.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
