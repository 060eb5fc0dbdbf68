//! A world of their own for the benchmarks: nothing of the host's is touched.

use crate::Result;
use netlink_raw::{Connection, Message};
use nix::sched::{CloneFlags, unshare};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nsenter::{NsHandle, NsKind, Sandbox, run_in_all};
use std::time::{Duration, Instant};

/// Moves this process, which must have one thread, into fresh network and mount namespaces with a tmpfs on
/// `/run`, and a user namespace where that takes one; and lets it open as many files as it may. Criterion is made before:
/// in there it can't ask cargo for the target directory, and would write beside the sources.
///
/// # Errors
/// What the host refuses.
pub fn enter() -> Result<()> {
    Sandbox::new()
        .net()
        .tmpfs("/run")
        .user_if_not_root()
        .enter()?;
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(setrlimit(Resource::RLIMIT_NOFILE, most, most)?)
}

/// A fresh network namespace without a name, and a connection in it.
///
/// # Errors
/// What the kernel refuses.
pub fn namespace() -> Result<(NsHandle, Connection)> {
    run_in_all(&[], || {
        unshare(CloneFlags::CLONE_NEWNET)?;
        Ok((NsHandle::current(NsKind::Net)?, Connection::route()?))
    })?
}

/// Sends all of these, as [`send`].
///
/// # Errors
/// Of the first that the kernel refused.
pub fn send_all<M: Message>(conn: &mut Connection, all: &[M], a_datagram: usize) -> Result<()> {
    let all: Vec<&dyn Message> = all.iter().map(|r| r as &dyn Message).collect();
    send(conn, &all, a_datagram)
}

/// Sends all of `requests`, so many a datagram.
///
/// # Errors
/// Of the first that the kernel refused.
pub fn send(conn: &mut Connection, requests: &[&dyn Message], a_datagram: usize) -> Result<()> {
    for chunk in requests.chunks(a_datagram.max(1)) {
        let mut failed = None;
        conn.batch(chunk.iter().copied(), |_, e| {
            failed.get_or_insert(e);
        })?;
        if let Some(e) = failed {
            return Err(netlink_raw::Error::from(e).into());
        }
    }
    Ok(())
}

/// Waits, some seconds at most, until the kernel has destroyed the namespaces that nobody holds any more: it
/// does so in the background, and what is measured next should not pay for it.
pub fn settle() {
    let end = Instant::now() + Duration::from_secs(5);
    let pause = Duration::from_millis(2);
    // The work is queued when the last handle goes; its worker takes its name a moment later.
    std::thread::sleep(pause);
    while cleaning() && Instant::now() < end {
        std::thread::sleep(pause);
    }
}

/// Whether a worker of the kernel is at the clean-up of namespaces (its name ends in `+netns`).
fn cleaning() -> bool {
    let Ok(all) = std::fs::read_dir("/proc") else {
        return false;
    };
    all.flatten()
        .filter_map(|process| std::fs::read(process.path().join("comm")).ok())
        .any(|name| name.starts_with(b"kworker/") && name.ends_with(b"+netns\n"))
}
