//! The harness's only unsafe: forking into fresh namespaces, running a
//! command inside them, and descriptors that are received.
#![allow(unsafe_code)]

use std::fs::File;
use std::io::{self, IoSliceMut, Read};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::Arc;

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::signal::{SigHandler, Signal, signal};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, UnixAddr, recvmsg};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork, pipe2, read, write};

/// What a step of [`hold`] is called in an error, by its number in a report.
const STEPS: &[&str] = &[
    "",
    "",
    "unshare the user namespace",
    "write the user maps",
    "unshare the mount, network and PID namespaces",
    "fork the first process",
    "make the mounts private",
    "mount a fresh /run",
    "mount a fresh /sys",
    "mount a fresh /proc",
];
const PID: i32 = 0;
const READY: i32 = 1;

/// A process that does nothing, as PID 1 of fresh namespaces.
pub(crate) struct Holder {
    /// Its PID as the caller sees it.
    pub(crate) pid: Pid,
    /// While this is open the holder lives; when it closes, the holder exits
    /// and the kernel ends everything else in its PID namespace.
    pub(crate) life: OwnedFd,
}

/// The lines of /proc/self/uid_map and gid_map of a new user namespace.
pub(crate) struct Maps {
    pub(crate) uid: String,
    pub(crate) gid: String,
}

/// Starts a process in fresh mount, network and PID namespaces with a /run,
/// /sys and /proc of their own; with `maps` in a fresh user namespace as well.
pub(crate) fn hold(maps: Option<&Maps>) -> io::Result<Holder> {
    let (report, report_out) = pipe2(OFlag::O_CLOEXEC)?;
    let (life_in, life) = pipe2(OFlag::O_CLOEXEC)?;
    // SAFETY: the child calls only async-signal-safe functions (system calls by
    // way of nix, on strings that exist already) and leaves by `_exit`.
    match unsafe { fork() }? {
        ForkResult::Child => first_child(maps, &life_in, &report_out),
        ForkResult::Parent { child } => {
            drop(report_out);
            drop(life_in);
            let answer = read_reports(report);
            waitpid(child, None)?;
            Ok(Holder { pid: answer?, life })
        }
    }
}

fn read_reports(report: OwnedFd) -> io::Result<Pid> {
    let mut report = File::from(report);
    let (mut pid, mut ready) = (None, false);
    let mut message = [0u8; 8];
    while report.read_exact(&mut message).is_ok() {
        let [a, b, c, d, e, f, g, h] = message;
        let tag = i32::from_ne_bytes([a, b, c, d]);
        let value = i32::from_ne_bytes([e, f, g, h]);
        match tag {
            PID => pid = Some(Pid::from_raw(value)),
            READY => ready = true,
            step => {
                let step = usize::try_from(step).ok().and_then(|step| STEPS.get(step));
                return Err(io::Error::other(format!(
                    "cannot {}: {}",
                    step.unwrap_or(&"go on"),
                    Errno::from_raw(value)
                )));
            }
        }
        if let (Some(pid), true) = (pid, ready) {
            return Ok(pid);
        }
    }
    Err(io::Error::other("the first process ended without a word"))
}

fn say(out: &OwnedFd, tag: i32, value: i32) {
    let mut message = [0u8; 8];
    message[..4].copy_from_slice(&tag.to_ne_bytes());
    message[4..].copy_from_slice(&value.to_ne_bytes());
    let _ = write(out, &message);
}

fn step<T>(out: &OwnedFd, number: i32, result: nix::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(errno) => {
            say(out, number, errno as i32);
            exit(1)
        }
    }
}

fn exit(code: i32) -> ! {
    // SAFETY: `_exit` has no precondition; it ends the forked child without
    // running the test process's own exit handlers.
    unsafe { nix::libc::_exit(code) }
}

fn put(path: &str, text: &str) -> nix::Result<()> {
    let fd = nix::fcntl::open(
        path,
        OFlag::O_WRONLY | OFlag::O_CLOEXEC,
        nix::sys::stat::Mode::empty(),
    )?;
    write(&fd, text.as_bytes()).map(|_| ())
}

fn first_child(maps: Option<&Maps>, life: &OwnedFd, out: &OwnedFd) -> ! {
    close_all_but(life.as_raw_fd(), out.as_raw_fd());
    if let Some(maps) = maps {
        step(out, 2, unshare(CloneFlags::CLONE_NEWUSER));
        let written = put("/proc/self/setgroups", "deny")
            .and_then(|()| put("/proc/self/uid_map", &maps.uid))
            .and_then(|()| put("/proc/self/gid_map", &maps.gid));
        step(out, 3, written);
    }
    let flags = CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWPID;
    step(out, 4, unshare(flags));
    // SAFETY: this process has one thread, being itself a forked child.
    match step(out, 5, unsafe { fork() }) {
        ForkResult::Parent { child } => {
            say(out, PID, child.as_raw());
            exit(0)
        }
        ForkResult::Child => first_process(life, out),
    }
}

fn first_process(life: &OwnedFd, out: &OwnedFd) -> ! {
    let none: Option<&str> = None;
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    step(out, 6, mount(none, "/", none, private, none));
    let run = mount(
        Some("tmpfs"),
        "/run",
        Some("tmpfs"),
        MsFlags::empty(),
        Some("mode=755"),
    );
    step(out, 7, run);
    // As an ordinary user the old one cannot be taken off; it is covered then.
    let _ = umount2("/sys", MntFlags::MNT_DETACH);
    let quiet = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    step(
        out,
        8,
        mount(Some("sysfs"), "/sys", Some("sysfs"), quiet, none),
    );
    step(
        out,
        9,
        mount(Some("proc"), "/proc", Some("proc"), quiet, none),
    );
    // SAFETY: no handler runs: orphans are reaped by the kernel.
    let _ = unsafe { signal(Signal::SIGCHLD, SigHandler::SigIgn) };
    say(out, READY, 0);
    let mut byte = [0u8];
    while read(life, &mut byte) == Err(Errno::EINTR) {}
    exit(0)
}

/// Closes every descriptor but stdin, stdout, stderr and these two: another
/// test's pipes must not live on in this child.
fn close_all_but(one: RawFd, two: RawFd) {
    let (low, high) = (one.min(two), one.max(two));
    for (from, to) in [(3, low - 1), (low + 1, high - 1), (high + 1, RawFd::MAX)] {
        if from <= to {
            close_range(from, to);
        }
    }
}

fn close_range(from: RawFd, to: RawFd) {
    // SAFETY: called only in a forked child that never touches these again.
    unsafe {
        nix::libc::syscall(nix::libc::SYS_close_range, from, to, 0);
    }
}

/// The namespaces a sandbox is made of, in the order they are entered.
pub(crate) struct Handles(pub(crate) Vec<OwnedFd>);

/// Makes `command` run inside the namespaces: the process that is spawned
/// enters them, forks (a PID namespace counts for children only), and ends as
/// its child ended.
pub(crate) fn run_inside(command: &mut Command, handles: Arc<Handles>) {
    let enter = move || {
        for handle in &handles.0 {
            setns(handle, CloneFlags::empty())?;
        }
        // SAFETY: after Command's own fork this process has one thread.
        match unsafe { fork() }? {
            ForkResult::Child => {
                nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
                Ok(())
            }
            ForkResult::Parent { child } => {
                // Command's error pipe must not stay open here, or spawn() would wait for the end.
                close_range(0, RawFd::MAX);
                mirror(child)
            }
        }
    };
    // SAFETY: the closure makes system calls only and does not allocate.
    unsafe { command.pre_exec(enter) };
}

/// Waits for `child` and ends this process in the same way.
fn mirror(child: Pid) -> ! {
    loop {
        match waitpid(child, None) {
            Ok(WaitStatus::Exited(_, code)) => exit(code),
            Ok(WaitStatus::Signaled(_, sig, _)) => {
                // SAFETY: the default action ends the process, nothing runs.
                let _ = unsafe { signal(sig, SigHandler::SigDfl) };
                let _ = nix::sys::signal::raise(sig);
                exit(128 + sig as i32)
            }
            Err(Errno::EINTR) | Ok(_) => {}
            Err(_) => exit(255),
        }
    }
}

/// Makes `command` give up root for good just before it starts.
pub(crate) fn as_user(command: &mut Command, uid: u32) {
    let drop = move || {
        nix::unistd::setgroups(&[])?;
        nix::unistd::setresgid(uid.into(), uid.into(), uid.into())?;
        nix::unistd::setresuid(uid.into(), uid.into(), uid.into())?;
        Ok(())
    };
    // SAFETY: the closure makes system calls only and does not allocate.
    unsafe { command.pre_exec(drop) };
}

/// Receives the descriptors that come with one message over a Unix socket.
///
/// # Errors
/// What recvmsg(2) says.
pub fn receive(socket: BorrowedFd<'_>) -> nix::Result<Vec<OwnedFd>> {
    let mut byte = [0];
    let mut data = [IoSliceMut::new(&mut byte)];
    let mut control = nix::cmsg_space!([RawFd; 8]);
    let flags = MsgFlags::MSG_CMSG_CLOEXEC;
    let message = recvmsg::<UnixAddr>(socket.as_raw_fd(), &mut data, Some(&mut control), flags)?;
    let rights = message.cmsgs()?.filter_map(|control| match control {
        ControlMessageOwned::ScmRights(fds) => Some(fds),
        _ => None,
    });
    // SAFETY: the kernel has just made these for this process, and nobody else knows of them.
    let own = |fd| unsafe { OwnedFd::from_raw_fd(fd) };
    Ok(rights.flatten().map(own).collect())
}
