//! Option words, judged by what ip and bridge of iproute2 6.1 make of them.

use super::*;
use proptest::prelude::*;
use std::os::unix::ffi::OsStringExt;

fn line(program: &str, words: &str) -> Vec<OsString> {
    let words = words.split_ascii_whitespace();
    std::iter::once(program)
        .chain(words)
        .map(OsString::from)
        .collect()
}

fn parse(program: Program, words: &str) -> (Options, Result<Parsed>, usize) {
    let line = line(program.name(), words);
    let mut args = Args::new(&line, 1);
    let mut options = Options::default();
    let result = options.parse(program, program, &mut args);
    (options, result, args.place())
}

fn ip(words: &str) -> Options {
    let (options, result, _) = parse(Program::Ip, words);
    assert_eq!(result.unwrap(), Parsed::Go, "{words}");
    options
}

fn ip_says(program: Program, words: &str) -> (String, u8) {
    let error = parse(program, words).1.unwrap_err();
    let text = error.render(program, &line(program.name(), words));
    let text = String::from_utf8(text).unwrap();
    (
        text.lines().next().unwrap_or_default().to_owned(),
        error.exit_code(),
    )
}

#[test]
fn abbreviations_as_ip_takes_them() {
    assert_eq!(ip("-s -st -stats -statistics").stats, 4);
    assert_eq!(ip("-d -de -details").details, 3);
    assert!(ip("-o").oneline && ip("-oneline").oneline && ip("--oneline").oneline);
    assert!(ip("-br").brief && ip("-brief").brief);
    assert!(
        ip("-j").json && ip("-p").pretty && ip("-N").numeric && ip("-r").resolve && ip("-a").all
    );
    assert!(ip("-h").human && ip("-hum").human && ip("-i").iec && ip("-fo").force);
    assert!(ip("-t").timestamp && ip("-ts").timestamp_short && !ip("-t").timestamp_short);
    assert_eq!(ip("-l 3").loops, 3);
    assert_eq!(ip("-rc 0x100").rcvbuf, Some(256));
    assert_eq!(ip("-b x").batch, Some("x".into()));
    assert_eq!(ip("-c").color, Some(When::Always));
    assert_eq!(ip("-color=auto").color, Some(When::Auto));
    assert_eq!(
        ip("-n x").netns,
        Some(Place {
            word: "x".into(),
            at: 2
        })
    );
}

#[test]
fn families() {
    for (words, family) in [
        ("-4", Family::Inet),
        ("-6", Family::Inet6),
        ("-0", Family::Link),
        ("-B", Family::Bridge),
        ("-f inet6", Family::Inet6),
        ("-family link", Family::Link),
        ("-4 -6", Family::Inet6),
        ("", Family::Unspec),
    ] {
        assert_eq!(ip(words).family, family, "{words}");
    }
    for words in ["-f foo", "-f any"] {
        let (text, code) = ip_says(Program::Ip, words);
        assert!(
            text.ends_with("is wrong: invalid protocol family"),
            "{text}"
        );
        assert_eq!(code, 255);
    }
}

#[test]
fn options_end_at_the_object() {
    for (words, place) in [("-s link -d", 2), ("-- -s", 2), ("link", 1), ("", 1)] {
        assert_eq!(parse(Program::Ip, words).2, place, "{words}");
    }
    assert_eq!(parse(Program::Ip, "-V link").1.unwrap(), Parsed::Version);
    assert_eq!(parse(Program::Ip, "--help").1.unwrap(), Parsed::Help);
    assert_eq!(parse(Program::Bridge, "-h").1.unwrap(), Parsed::Help);
}

#[test]
fn wrong_options_in_ips_words() {
    for (program, words, want) in [
        (
            Program::Ip,
            "-foo",
            "Option \"-foo\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Ip,
            "---V",
            "Option \"--V\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Ip,
            "-v",
            "Option \"-v\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Ip,
            "-c=foo",
            "Option \"-c=foo\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Ip,
            "-10",
            "Option \"-10\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Ip,
            "-ec",
            "Option \"-ec\" is unknown, try \"ip -help\".",
        ),
        (
            Program::Bridge,
            "-ts",
            "Option \"-ts\" is unknown, try \"bridge help\".",
        ),
        (
            Program::Bridge,
            "-N",
            "Option \"-N\" is unknown, try \"bridge help\".",
        ),
        (
            Program::Bridge,
            "-br",
            "Option \"-br\" is unknown, try \"bridge help\".",
        ),
        (Program::Ip, "-rc x", "Invalid rcvbuf size 'x'"),
        (
            Program::Ip,
            "-n",
            "Cannot open network namespace \"(null)\": No such file or directory",
        ),
        (
            Program::Ip,
            "-b",
            "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }",
        ),
        (
            Program::Ip,
            "-l",
            "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }",
        ),
        (
            Program::Ip,
            "- -V",
            "Error: argument \"-V\" is wrong: invalid number of rounds",
        ),
    ] {
        assert_eq!(ip_says(program, words), (want.to_owned(), 255), "{words}");
    }
}

#[test]
fn what_is_not_done_says_so() {
    for words in ["-M", "-echo", "-f mpls"] {
        let text = parse(Program::Vnet, words).1.unwrap_err().to_string();
        assert!(text.contains("not done by vnet"), "{text}");
    }
}

#[test]
fn bridge_has_its_own() {
    let (options, result, _) = parse(Program::Bridge, "-c -com -s -d -j -p -o -t -n x");
    assert_eq!(result.unwrap(), Parsed::Go);
    assert!(options.compress_vlans && options.json && options.timestamp);
    assert_eq!(options.color, Some(When::Always));
}

proptest! {
    #[test]
    fn no_words_panic(
        words in proptest::collection::vec(
            prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..8),
                "-{0,3}[a-zA-Z0-9=]{0,6}".prop_map(String::into_bytes),
            ],
            0..8,
        ),
        program in 0usize..Program::NAMES.len(),
    ) {
        let line: Vec<OsString> = words.into_iter().map(OsString::from_vec).collect();
        let mut args = Args::new(&line, 0);
        let program = Program::NAMES[program].1;
        if let Err(e) = Options::default().parse(program, program, &mut args) {
            prop_assert!(!e.render(program, &line).is_empty());
        }
        prop_assert!(args.place() <= line.len());
    }
}

/// vnet's own options are vnet's alone, and written out.
#[cfg(feature = "audit")]
#[test]
fn own_options() {
    assert!(parse(Program::Vnet, "--dry-run link").0.dry_run);
    assert_eq!(parse(Program::Vnet, "-4 --audit link").0.audit, [2]);
    for (program, words) in [
        (Program::Ip, "--audit"),
        (Program::Vnet, "--aud"),
        (Program::Ip, "--dry-run"),
        (Program::Bridge, "--dry-run"),
        (Program::Vnet, "--dry"),
        (Program::Vnet, "-dry-run"),
    ] {
        let (options, result, _) = parse(program, words);
        assert!(
            result.is_err() && !options.dry_run && options.audit.is_empty(),
            "{words}"
        );
    }
    // The options behind `vnet bridge` are bridge's, and vnet's own.
    let line = line("vnet", "--dry-run -d");
    let mut options = Options::default();
    let parsed = options.parse(Program::Bridge, Program::Vnet, &mut Args::new(&line, 1));
    assert_eq!(parsed.unwrap(), Parsed::Go);
    assert!(options.dry_run && options.details == 1);
}
