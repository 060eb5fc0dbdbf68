//! The words of neighbours: what is asked of the kernel, and the errors, judged by iproute2 6.1.

use super::list::Filter;
use super::modify::{Action, Words};
use crate::applet::Program;
use crate::args::{Args, Family};
use crate::context::Context;
use crate::error::CmdError;
use crate::options::Options;
use crate::out::Out;
use netlink_raw::decode::MessageRef;
use netlink_raw::encode::{Batch, Message};
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_EXCL};
use netlink_raw::route::neigh::*;
use std::ffi::OsString;

const ADD: Action = Action::Set(NLM_F_CREATE | NLM_F_EXCL, "add");

fn words(line: &str) -> Vec<OsString> {
    line.split(' ')
        .filter(|w| !w.is_empty())
        .map(OsString::from)
        .collect()
}

/// Link 3 is `v0`; no kernel is asked for it.
fn context(family: Family) -> Context {
    let options = Options {
        family,
        ..Options::default()
    };
    let out = Out::memory(&options);
    let mut ctx = Context::new(Program::Ip, options, out);
    ctx.kernel.learn(3, b"v0");
    ctx
}

fn asked<R>(line: &str, judge: impl FnOnce(NeighbourRequest<'_>) -> R) -> Result<R, CmdError> {
    let line = words(line);
    let mut args = Args::new(&line, 0);
    let mut ctx = context(Family::Unspec);
    let words = Words::read(&ctx, &mut args)?;
    let to = words.required(&args)?;
    let lladdr = words.lladdr()?;
    Ok(judge(words.request(&mut ctx, to, lladdr.as_ref(), ADD)?))
}

/// ip's line and exit code.
fn ip_says(error: &CmdError) -> (String, u8) {
    let text = String::from_utf8(error.render(Program::Ip, &["ip".into()])).unwrap();
    let line = text.lines().next().unwrap_or_default();
    (line.to_owned(), error.exit_code())
}

#[test]
fn what_is_set_by_hand_is_permanent() {
    asked("10.0.0.9 ll 2:0:0:0:0:9 dev v0", |r| {
        assert_eq!(
            (r.family, r.index, r.state, r.flags),
            (2, 3, NUD_PERMANENT, 0)
        );
        assert_eq!(r.destination, Some([10, 0, 0, 9].into()));
        assert_eq!(r.lladdr, Some(&[2, 0, 0, 0, 0, 9][..]));
        assert_eq!((r.protocol, r.flags_ext), (None, None));
    })
    .unwrap();
}

#[test]
fn states_flags_and_protocol() {
    let state = |nud: &str| {
        asked(&format!("10.0.0.9 dev v0 nud {nud}"), |r| r.state).map_err(|e| ip_says(&e))
    };
    for (nud, want) in [
        ("p", NUD_PERMANENT),
        ("perm", NUD_PERMANENT),
        ("r", NUD_REACHABLE),
        ("f", NUD_FAILED),
        ("noarp", NUD_NOARP),
        ("none", NUD_NONE),
        ("stale", NUD_STALE),
        ("probe", NUD_PROBE),
        ("0x10", NUD_PROBE),
        ("0", NUD_NONE),
    ] {
        assert_eq!(state(nud), Ok(want), "{nud}");
    }
    for nud in ["s", "n", "noa", "pr", "all", "3", "256", "-1", "x"] {
        let line = format!("Error: argument \"{nud}\" is wrong: nud state is bad");
        assert_eq!(state(nud), Err((line, 255)), "{nud}");
    }
    asked(
        "fe80::1 dev v0 router use ext prot 55 nud stale managed",
        |r| {
            assert_eq!(r.flags, NTF_ROUTER | NTF_USE | NTF_EXT_LEARNED);
            assert_eq!((r.state, r.flags_ext), (NUD_NONE, Some(NTF_EXT_MANAGED)));
            assert_eq!((r.family, r.protocol), (10, Some(55)));
        },
    )
    .unwrap();
    asked("proxy 10.0.0.9", |r| {
        assert_eq!((r.flags, r.index), (NTF_PROXY, 0))
    })
    .unwrap();
    asked("10.0.0.9 lladdr null dev v0", |r| {
        assert_eq!(r.lladdr, None)
    })
    .unwrap();
}

#[test]
fn wrong_words_in_ips_words() {
    let required = "Device and destination are required arguments.";
    for (line, want, code) in [
        ("10.0.0.9", required, 255),
        ("dev v0", required, 255),
        ("lladdr zz", required, 255),
        ("any dev v0", required, 255),
        (
            "10.0.0.9/24 dev v0",
            "Error: any valid address is expected rather than \"10.0.0.9/24\".",
            1,
        ),
        (
            "10.0.0.9 10.0.0.8",
            "Error: either \"to\" is duplicate, or \"10.0.0.8\" is a garbage.",
            255,
        ),
        (
            "10.0.0.9 proxy 10.0.0.8",
            "Error: duplicate \"address\": \"10.0.0.8\" is the second value.",
            255,
        ),
        (
            "10.0.0.9 lladdr 1 lladdr 2",
            "Error: duplicate \"lladdr\": \"2\" is the second value.",
            255,
        ),
        ("10.0.0.9 lladdr zz dev v0", "\"zz\" is invalid lladdr.", 1),
        (
            "10.0.0.9 protocol x",
            "Error: argument \"x\" is wrong: \"protocol\" value is invalid",
            255,
        ),
        (
            "10.0.0.9 lladdr",
            "Command line is not complete. Try option \"help\"",
            255,
        ),
    ] {
        let error = asked(line, |_| ()).unwrap_err();
        assert_eq!(ip_says(&error), (want.to_owned(), code), "{line}");
    }
}

/// Encodes a neighbour as the kernel would send it, and asks the filter about it.
fn accepts(line: &str, flush: bool, neighbour: &NeighbourRequest<'_>) -> bool {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(neighbour as &dyn Message, 0, 1).unwrap();
    let body = batch.as_bytes().get(16..).unwrap_or_default();
    let header = netlink_raw::wire::NlMsgHdr::default();
    let neighbour = Neighbour::parse(&MessageRef { header, body }).unwrap();
    let line = words(line);
    let mut ctx = context(Family::Unspec);
    let filter = Filter::read(&mut ctx, &mut Args::new(&line, 0), flush).unwrap();
    filter.accepts(&neighbour)
}

#[test]
fn filters_judge_neighbours() {
    let of = |state, flags| NeighbourRequest {
        family: 2,
        index: 3,
        state,
        flags,
        destination: Some([10, 0, 0, 9].into()),
        protocol: Some(12),
        ..NeighbourRequest::default()
    };
    for (line, flush, state, flags, want) in [
        ("", false, NUD_STALE, 0, true),
        ("", false, NUD_PERMANENT, 0, true),
        ("", false, NUD_NOARP, 0, false),
        ("", false, NUD_NONE, 0, false),
        ("", false, NUD_NONE, NTF_PROXY, true),
        ("", false, NUD_NOARP, NTF_EXT_LEARNED, true),
        ("all", true, NUD_STALE, 0, true),
        ("all", true, NUD_PERMANENT, 0, false),
        ("all", true, NUD_NOARP, 0, false),
        ("nud all", false, NUD_NONE, 0, true),
        ("nud all", false, NUD_NOARP, 0, true),
        ("nud all", true, NUD_NOARP, 0, false),
        ("nud all", true, NUD_PERMANENT, 0, true),
        ("nud none", false, NUD_NONE, 0, true),
        ("nud none", false, NUD_STALE, 0, false),
        ("nud stale nud p", false, NUD_PERMANENT, 0, true),
        ("nud stale nud p", false, NUD_REACHABLE, 0, false),
        ("to 10/8", false, NUD_STALE, 0, true),
        ("11/8", false, NUD_STALE, 0, false),
        ("fe80::/10", false, NUD_STALE, 0, false),
        ("dev v0 protocol bird", false, NUD_STALE, 0, true),
        ("protocol static", false, NUD_STALE, 0, false),
        ("protocol all", false, NUD_STALE, 0, true),
    ] {
        assert_eq!(
            accepts(line, flush, &of(state, flags)),
            want,
            "{line} {state:#x}"
        );
    }
}
