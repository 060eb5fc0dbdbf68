//! Entering a namespace: with a throw-away thread, or with the whole process just before it executes something else.

use std::os::fd::AsFd;
use std::panic::resume_unwind;
use std::thread;

use nix::sched::CloneFlags;
use nix::sys::stat::stat;

use crate::calls::{Call, Calls, Direct};
use crate::error::{EnterStage, Error, Result, errno_of};
use crate::{NsHandle, NsKind};

/// Runs `f` inside namespace `ns` and hands back what it returns. The calling thread never moves: `f` runs on a
/// thread of its own, which ends before this returns, so `f` may borrow from the caller.
///
/// What stays with a namespace for good is worth opening there: a netlink socket opened in `f` works on `ns`
/// from any thread afterwards. A panic in `f` goes on as a panic of the caller.
///
/// In a pid namespace only the children that `f` makes are inside. A user or time namespace can't be entered by one
/// thread: [`Error::NotPerThread`].
///
/// ```
/// # nsenter::Sandbox::new().net().user_if_not_root().enter()?;
/// use std::net::UdpSocket;
/// use nsenter::{NsHandle, NsKind, run_in};
///
/// let ns = NsHandle::current(NsKind::Net)?;
/// let socket = run_in(&ns, || UdpSocket::bind("0.0.0.0:0"))?.expect("a socket of that namespace");
/// assert!(ns.is_current()?);
/// # Ok::<(), nsenter::Error>(())
/// ```
pub fn run_in<T: Send>(ns: &NsHandle, f: impl FnOnce() -> T + Send) -> Result<T> {
    run_in_all(&[ns], f)
}

/// As [`run_in`], and `calls` to make the system call by which the thread enters. `f` runs whether it was made or told.
pub fn run_in_by<T: Send, C: Calls>(
    calls: &C,
    ns: &NsHandle,
    f: impl FnOnce() -> T + Send,
) -> Result<T> {
    run_in_each(calls, &[ns], f)
}

/// As [`run_in`], entering several namespaces in the order given. None is a plain throw-away thread.
pub fn run_in_all<T: Send>(all: &[&NsHandle], f: impl FnOnce() -> T + Send) -> Result<T> {
    run_in_each(&Direct, all, f)
}

fn run_in_each<T: Send, C: Calls>(
    calls: &C,
    all: &[&NsHandle],
    f: impl FnOnce() -> T + Send,
) -> Result<T> {
    let alone = |kind| matches!(kind, NsKind::User | NsKind::Time);
    if let Some(ns) = all.iter().find(|ns| alone(ns.kind())) {
        return Err(Error::NotPerThread { kind: ns.kind() });
    }
    on_thread(|| {
        for ns in all {
            join_by(calls, ns)?;
        }
        Ok(f())
    })?
}

/// Moves the whole process into `ns`, which it can only do while it has one thread. For programs that are about to
/// execute another; use [`run_in`] for everything else.
pub fn become_(ns: &NsHandle) -> Result<()> {
    become_by(&Direct, ns)
}

/// As [`become_`], and `calls` to make or tell the system call.
pub fn become_by<C: Calls>(calls: &C, ns: &NsHandle) -> Result<()> {
    require_single_thread("move this process to a namespace")?;
    join_by(calls, ns)
}

/// Moves the calling thread, which is a throw-away or the only one.
pub(crate) fn join(ns: &NsHandle) -> Result<()> {
    join_by(&Direct, ns)
}

/// As [`join`], by these calls.
pub(crate) fn join_by<C: Calls>(calls: &C, ns: &NsHandle) -> Result<()> {
    let label = ns.to_string();
    if ns.kind() == NsKind::Mnt {
        // setns(2): a thread that shares its file system attributes can't change its mount namespace.
        let unshare = Call::Unshare(CloneFlags::CLONE_FS);
        calls
            .make(&unshare)
            .map_err(Error::enter(EnterStage::UnshareFs, &label))?;
    }
    let setns = Call::Setns(ns.as_fd(), ns.kind().nix());
    calls
        .make(&setns)
        .map_err(Error::enter(EnterStage::SetNs, &label))
}

/// Runs `f` on a scoped thread; its panic goes on in the caller.
pub(crate) fn on_thread<T: Send>(f: impl FnOnce() -> T + Send) -> Result<T> {
    thread::scope(|scope| {
        let started = thread::Builder::new().spawn_scoped(scope, f);
        let started = started.map_err(|e| Error::Thread {
            errno: errno_of(&e),
        })?;
        started.join().or_else(|payload| resume_unwind(payload))
    })
}

/// An error unless this process has one thread. Without `/proc` it can't be told, and the kernel has the last word.
pub(crate) fn require_single_thread(operation: &'static str) -> Result<()> {
    // proc(5): the links of the task directory are itself, its parent's entry and one a thread.
    match stat("/proc/self/task") {
        Ok(st) if st.st_nlink > 3 => Err(Error::Multithreaded { operation }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_cannot_enter_a_user_namespace() {
        let user = NsHandle::current(NsKind::User).unwrap();
        let err = run_in(&user, || unreachable!("it must not run")).unwrap_err();
        assert_eq!(err, Error::NotPerThread { kind: NsKind::User });
        assert_eq!(err.errno(), None);
    }

    #[test]
    fn with_no_namespace_it_is_a_thread_that_may_borrow() {
        let mut seen = Vec::new();
        let id = run_in_all(&[], || {
            seen.push(1);
            thread::current().id()
        });
        assert_ne!(id.unwrap(), thread::current().id());
        assert_eq!(seen, [1]);
    }

    #[test]
    fn a_process_of_several_threads_does_not_become() {
        let ns = NsHandle::current(NsKind::Net).unwrap();
        let err = on_thread(|| become_(&ns)).unwrap().unwrap_err();
        assert!(matches!(err, Error::Multithreaded { .. }), "{err}");
    }
}
