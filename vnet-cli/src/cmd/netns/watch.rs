//! `netns monitor`: names as they come and go.

use super::no_more;
use crate::args::Args;
use crate::context::Context;
use crate::error::{CmdError, Result};
use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use nix::sys::stat::Mode;
use nix::unistd::mkdir;
use nsenter::Store;
use std::os::unix::ffi::OsStrExt;

/// `netns monitor`: `add NAME` and `delete NAME`, a line each, until it is stopped.
pub fn monitor(ctx: &mut Context, args: &mut Args<'_>) -> Result {
    ctx.no_dry_run(args, "monitor", "it waits for events")?;
    if args.peek().is_some_and(|w| w.is("help")) && !ctx.program.stands_in() {
        return Err(ctx.usage());
    }
    no_more(ctx, args)?;
    let dir = Store::DEFAULT_DIR;
    // The directory need not be the shared mount yet: a watch is on the directory itself, whatever is mounted there.
    match mkdir(dir, Mode::from_bits_truncate(0o755)) {
        Ok(()) | Err(Errno::EEXIST) => {}
        Err(e) => return Err(failed(&format!("make {dir}"), &format!("mkdir {dir}"), e)),
    }
    let inotify = Inotify::init(InitFlags::IN_CLOEXEC)
        .map_err(|e| failed("watch files", "inotify_init", e))?;
    let events = AddWatchFlags::IN_CREATE | AddWatchFlags::IN_DELETE;
    inotify
        .add_watch(dir, events)
        .map_err(|e| failed(&format!("watch {dir}"), "inotify_add_watch", e))?;
    loop {
        let events = match inotify.read_events() {
            Ok(events) => events,
            Err(Errno::EINTR) => continue,
            Err(e) => return Err(failed(&format!("watch {dir}"), "read", e)),
        };
        for event in events {
            if event.mask.contains(AddWatchFlags::IN_Q_OVERFLOW) {
                ctx.warn("Warning: names came and went too fast, some are not shown");
            }
            let verb = match event.mask {
                m if m.contains(AddWatchFlags::IN_CREATE) => "add ",
                m if m.contains(AddWatchFlags::IN_DELETE) => "delete ",
                _ => continue,
            };
            if let Some(name) = &event.name {
                ctx.out.raw((verb, name.as_bytes(), "\n"));
            }
        }
        ctx.out
            .finish()
            .map_err(|e| CmdError::os("cannot write to stdout", &e))?;
    }
}

fn failed(what: &str, call: &str, e: Errno) -> CmdError {
    CmdError::os(format!("cannot {what}"), &e.into()).ip(format!(
        "{call} failed: {}",
        crate::error::errno::text(e as i32)
    ))
}
