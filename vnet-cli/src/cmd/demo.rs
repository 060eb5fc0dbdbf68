//! `vnet demo`: a bridge between two namespaces, built, pinged across, shown and taken down, in
//! namespaces of its own and with the very commands it prints.

use crate::args::Args;
use crate::context::Context;
use crate::dispatch;
use crate::error::{CmdError, FAILED, Result};
use crate::grammar::{Grammar, help};
use netlink_raw::route::link::GetLink;
use nsenter::{Exit, Sandbox, Spawn, Store};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is done, in the order in which it is done.
const ACTS: [Act; 4] = [
    Act {
        title: "Two network namespaces, and a bridge with an address",
        steps: &[
            "netns add net1",
            "netns add net2",
            "link add mybridge0 type bridge",
            "addr add 10.0.1.254/24 dev mybridge0",
            "link set mybridge0 up",
        ],
    },
    Act {
        title: "A veth pair for each: one end a port of the bridge, the other created where it belongs",
        steps: &[
            "link add veth1 up master mybridge0 type veth peer name eth0 netns net1",
            "link add veth2 up master mybridge0 type veth peer name eth0 netns net2",
            "-n net1 addr add 10.0.1.1/24 dev eth0",
            "-n net2 addr add 10.0.1.2/24 dev eth0",
            "-n net1 link set eth0 up",
            "-n net2 link set eth0 up",
        ],
    },
    Act {
        title: "A ping across, and what there is now",
        steps: &[
            "-n net1 ping -c 3 -i 0.1 10.0.1.2",
            "ping -c 1 10.0.1.1",
            "netns list",
            "link show",
            "bridge link",
            "-n net1 addr show eth0",
            "-n net1 route",
        ],
    },
    Act {
        title: "And down again",
        steps: &[
            "link del veth1",
            "link del veth2",
            "link del mybridge0",
            "netns del net1",
            "netns del net2",
        ],
    },
];

/// Steps that belong together.
struct Act {
    title: &'static str,
    /// Command lines, without the program's name.
    steps: &'static [&'static str],
}

/// What the command is told.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Key {
    Help,
}

/// The words of `vnet demo`.
pub(crate) static DEMO: Grammar<Key> = Grammar(&[help(Key::Help)]);

/// `vnet demo`.
pub(crate) fn run(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    if let Some(word) = args.next() {
        return Err(match DEMO.lookup(&word) {
            Some(Key::Help) => ctx.usage(),
            None => word.garbage("demo"),
        });
    }
    let why = "each of its steps looks for what the ones before it have made";
    ctx.no_dry_run(args, "demo", why)?;
    let start = Instant::now();
    enter()?;
    let bold = std::io::stdout().is_terminal();
    let mut down = Duration::ZERO;
    for act in &ACTS {
        let begun = Instant::now();
        say(bold, &format!("# {}", act.title));
        for step in act.steps {
            say(bold, &format!("$ vnet {step}"));
            play(step)?;
        }
        say(false, "");
        down = begun.elapsed();
    }
    verify(ctx)?;
    let (all, down) = (start.elapsed().as_millis(), down.as_millis());
    let line = format!("# Done in {all} ms, {down} ms of it taking down. Nothing is left behind.");
    say(bold, &line);
    Ok(())
}

/// Leaves the host's network and /run: whatever happens from here on ends with this process.
///
/// In a tree without /run it has a tree of its own, in which `netns add` makes one: the steps need no file.
fn enter() -> Result {
    let run = match Path::new("/run").is_dir() {
        true => "/run",
        false => "/",
    };
    let sandbox = Sandbox::new().net().mount().user_if_not_root().tmpfs(run);
    let failed =
        |e| CmdError::new(format!("the demo cannot have namespaces of its own: {e}")).code(FAILED);
    sandbox.enter().map(drop).map_err(failed)
}

/// Runs a command line of vnet as a process of its own: `-n` and `netns add` change the namespace
/// of the process they run in.
fn play(step: &str) -> Result {
    let mut words = vec![OsString::from("vnet")];
    words.extend(step.split(' ').map(OsString::from));
    let failed = |why: String| {
        CmdError::new(format!("the demo stopped at 'vnet {step}': {why}")).code(FAILED)
    };
    let child = Spawn::new().call(move || dispatch::execute(&words));
    match child.and_then(|mut child| child.wait()) {
        Ok(Exit::Code(0)) => Ok(()),
        Ok(Exit::Code(code)) => Err(failed(format!("exit code {code}"))),
        Ok(Exit::Signal(signal)) => Err(failed(format!("signal {signal}"))),
        Err(e) => Err(failed(e.to_string())),
    }
}

/// Nothing that the demo made may be left: no name, and none of its links.
fn verify(ctx: &mut Context) -> Result {
    let left = |what: String| CmdError::new(format!("the demo left {what}")).code(FAILED);
    let names = Store::new().names().map_err(|e| left(e.to_string()))?;
    if let Some(name) = names.flatten().next() {
        return Err(left(format!("the namespace '{name}'")));
    }
    for name in ["mybridge0", "veth1", "veth2"] {
        let request = GetLink::by_name(name.as_bytes());
        match ctx.kernel.conn()?.get(&request, |_| ()) {
            Err(e) if e.errno() == Some(libc::ENODEV) => {}
            Err(e) => return Err(CmdError::netlink("cannot look for what is left", &e)),
            Ok(()) => return Err(left(format!("the link '{name}'"))),
        }
    }
    Ok(())
}

fn say(bold: bool, line: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that has gone away is noticed by the command that prints next.
    let _ = match bold {
        true => writeln!(out, "\x1b[1m{line}\x1b[0m"),
        false => writeln!(out, "{line}"),
    };
    let _ = out.flush();
}
