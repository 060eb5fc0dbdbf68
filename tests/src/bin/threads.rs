//! A program of threads that make, enter and ask about namespaces, each at its own pace: what an audit has to follow.

use std::error::Error;
use std::fs::File;
use std::process::Command;
use std::sync::{Arc, Barrier};
use std::thread;

use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::socket::{AddressFamily, SockFlag, SockProtocol, SockType, socket};

type Done = Result<(), Box<dyn Error + Send + Sync>>;

/// A network of the thread's own, and back.
fn there_and_back() -> Done {
    let home = File::open("/proc/thread-self/ns/net")?;
    unshare(CloneFlags::CLONE_NEWNET)?;
    netlink()?;
    setns(&home, CloneFlags::CLONE_NEWNET)?;
    netlink()
}

/// Names of the thread's own.
fn names() -> Done {
    unshare(CloneFlags::CLONE_NEWUTS | CloneFlags::CLONE_FS)?;
    nix::unistd::sethostname("threads")?;
    Ok(())
}

/// Children of the thread's.
fn children() -> Done {
    Command::new("true").status()?;
    Command::new("sh").args(["-c", "true & wait"]).status()?;
    Ok(())
}

fn netlink() -> Done {
    let raw = SockProtocol::NetlinkRoute;
    socket(
        AddressFamily::Netlink,
        SockType::Raw,
        SockFlag::SOCK_CLOEXEC,
        raw,
    )?;
    Ok(())
}

fn main() -> Done {
    let jobs: [fn() -> Done; 6] = [
        there_and_back,
        names,
        children,
        netlink,
        there_and_back,
        children,
    ];
    // All at once, so that their calls interleave.
    let start = Arc::new(Barrier::new(jobs.len()));
    let threads: Vec<_> = jobs
        .into_iter()
        .map(|job| {
            let start = Arc::clone(&start);
            thread::spawn(move || {
                // Descriptors of its own: their numbers do not depend on what the others have open.
                unshare(CloneFlags::CLONE_FILES)?;
                start.wait();
                job()
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no thread panics")?;
    }
    Ok(())
}
