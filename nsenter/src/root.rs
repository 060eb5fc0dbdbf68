//! The root of all mounts, which a process in a chroot(2) does not see: the propagation of everything below it.

use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::mount::MsFlags;
use nix::sched::{CloneFlags, setns};
use nix::sys::stat::Mode;
use nix::unistd::{chroot, fchdir};

use crate::calls::{Call, Calls, Direct};
use crate::sys;

/// Makes every mount of this process's mount namespace, which must be its own, `MS_PRIVATE` or `MS_SLAVE`.
///
/// For a process of one thread. On an error it may be out of its chroot, and should end.
pub(crate) fn propagate<C: Calls>(calls: &C, kind: MsFlags) -> nix::Result<()> {
    match mount_root(calls, kind) {
        // In a chroot whose "/" is no mount point (mount_namespaces(7)).
        Err(Errno::EINVAL) => from_above(kind),
        done => done,
    }
}

fn mount_root<C: Calls>(calls: &C, kind: MsFlags) -> nix::Result<()> {
    let flags = MsFlags::MS_REC | kind;
    calls.make(&Call::Mount(None, Path::new("/"), None, flags))
}

/// setns(2) to a mount namespace, also to one's own, leads to its root: then the whole tree can be changed, and
/// the way back is by descriptors. To mount something over "/" instead would show it to the host, where that is shared.
fn from_above(kind: MsFlags) -> nix::Result<()> {
    let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    let root = sys::open("/", flags, Mode::empty())?;
    let here = sys::open(".", flags, Mode::empty())?;
    setns(sys::pidfd_self()?, CloneFlags::CLONE_NEWNS)?;
    let done = mount_root(&Direct, kind);
    fchdir(&root)?;
    chroot(".")?;
    fchdir(&here)?;
    done
}

/// Moves this process into what was just mounted over its "/".
pub(crate) fn into_top() -> nix::Result<()> {
    // The path "/" is what is below; ".." of it, which is it again, goes up through what is mounted there.
    nix::unistd::chdir(Path::new("/.."))?;
    chroot(".")
}
