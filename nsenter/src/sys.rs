//! The system calls that have no safe wrapper: the only `unsafe` of this crate.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::path::Path;

use nix::NixPath;
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::stat::Mode;

use crate::child::Plan;
use crate::process::Exit;

/// `NSIO` of `linux/nsfs.h`.
const NSIO: u8 = 0xb7;

/// The `CLONE_NEW*` bit of the namespace behind `fd` (`NS_GET_NSTYPE`).
pub(crate) fn ns_type(fd: BorrowedFd<'_>) -> nix::Result<i32> {
    // SAFETY: the request takes no argument; `fd` is open for the length of the call. nsfs answers NSIO requests
    // only, and other files answer ENOTTY: 0xb7 is nsfs's own in ioctl-number.rst.
    Errno::result(unsafe { libc::ioctl(fd.as_raw_fd(), nix::request_code_none!(NSIO, 3)) })
}

/// The user namespace that owns the namespace behind `fd` (`NS_GET_USERNS`), on a close-on-exec descriptor.
pub(crate) fn ns_userns(fd: BorrowedFd<'_>) -> nix::Result<OwnedFd> {
    // SAFETY: the request takes no argument; `fd` is open for the length of the call.
    let new = unsafe { libc::ioctl(fd.as_raw_fd(), nix::request_code_none!(NSIO, 1)) };
    let new = Errno::result(new)?;
    // SAFETY: the kernel has just installed this descriptor (O_CLOEXEC, `open_namespace` in fs/nsfs.c) and nobody
    // else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(new) })
}

/// The network namespace of a socket (`SIOCGSKNS` of `linux/sockios.h`), on a close-on-exec descriptor. It needs
/// `CAP_NET_ADMIN` over that namespace.
pub(crate) fn socket_netns(socket: BorrowedFd<'_>) -> nix::Result<OwnedFd> {
    const SIOCGSKNS: u32 = 0x894c;
    // SAFETY: the request takes no argument; `socket` is open for the length of the call.
    let new = unsafe { libc::ioctl(socket.as_raw_fd(), SIOCGSKNS as _) };
    let new = Errno::result(new)?;
    // SAFETY: the kernel has just installed this descriptor (O_CLOEXEC, `open_related_ns` in fs/nsfs.c) and nobody
    // else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(new) })
}

/// Opens a file by openat(2) itself. A C library's open(3) makes this call or open(2), with `O_LARGEFILE` or without:
/// what the kernel is asked for should not depend on what the program is linked with.
pub(crate) fn open<P: ?Sized + NixPath>(
    path: &P,
    flags: OFlag,
    mode: Mode,
) -> nix::Result<OwnedFd> {
    let new = path.with_nix_path(|path| {
        let (here, flags, mode) = (libc::AT_FDCWD, flags.bits(), mode.bits());
        // SAFETY: the path is NUL-terminated and outlives the call; the rest are plain integers.
        unsafe { libc::syscall(libc::SYS_openat, here, path.as_ptr(), flags, mode) }
    })?;
    owned(new)
}

/// A descriptor of this process (pidfd_open(2)), close-on-exec.
pub(crate) fn pidfd_self() -> nix::Result<OwnedFd> {
    // SAFETY: plain integers.
    let new = unsafe { libc::syscall(libc::SYS_pidfd_open, libc::getpid(), 0) };
    owned(new)
}

/// A copy of the mount that the open file `fd` is on, attached nowhere (`OPEN_TREE_CLONE`, open_tree(2)).
pub(crate) fn open_tree_clone(fd: BorrowedFd<'_>) -> nix::Result<OwnedFd> {
    // Of `linux/mount.h`, which fcntl.h's O_CLOEXEC belongs to.
    const OPEN_TREE_CLONE: libc::c_uint = 1;
    let flags =
        OPEN_TREE_CLONE | libc::O_CLOEXEC.unsigned_abs() | libc::AT_EMPTY_PATH.unsigned_abs();
    // SAFETY: the path is a NUL-terminated literal; `fd` is open for the length of the call.
    let new = unsafe { libc::syscall(libc::SYS_open_tree, fd.as_raw_fd(), c"".as_ptr(), flags) };
    owned(new)
}

/// Attaches the mount of `tree` on `path` (move_mount(2)).
pub(crate) fn move_mount(tree: BorrowedFd<'_>, path: &Path) -> nix::Result<()> {
    // MOVE_MOUNT_F_EMPTY_PATH of `linux/mount.h`.
    const FROM_EMPTY_PATH: libc::c_uint = 4;
    let move_to = |path: &CStr| {
        // SAFETY: both paths are NUL-terminated and outlive the call, for the length of which `tree` is open.
        let done = unsafe {
            libc::syscall(
                libc::SYS_move_mount,
                tree.as_raw_fd(),
                c"".as_ptr(),
                libc::AT_FDCWD,
                path.as_ptr(),
                FROM_EMPTY_PATH,
            )
        };
        Errno::result(done).map(drop)
    };
    path.with_nix_path(move_to)?
}

/// A descriptor that a system call returned.
fn owned(new: libc::c_long) -> nix::Result<OwnedFd> {
    let new = Errno::result(new)?;
    // SAFETY: the kernel has just installed it, and nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(new as libc::c_int) })
}

/// A program with its arguments and environment, as execve(2) takes them; made before the child is, since the child
/// must not allocate.
pub(crate) struct ExecImage {
    /// Paths to try in turn, as execvp(3) does.
    paths: Vec<CString>,
    argv: CStrings,
    envp: CStrings,
}

impl ExecImage {
    pub(crate) fn new(paths: Vec<CString>, argv: Vec<CString>, envp: Vec<CString>) -> Self {
        Self {
            paths,
            argv: CStrings::new(argv),
            envp: CStrings::new(envp),
        }
    }

    /// Replaces the process, or returns why it can't. Allocates nothing.
    pub(crate) fn exec(&self) -> Errno {
        // SAFETY: the set lives on this stack and sigemptyset(3) fills it in; SIG_DFL is no function of ours. The
        // calling process is a new child of one thread, about to execute something else.
        unsafe {
            let mut none: libc::sigset_t = std::mem::zeroed();
            libc::sigemptyset(&raw mut none);
            libc::sigprocmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut());
            // Rust programs ignore it, and what is ignored stays ignored in the next program.
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        }
        let mut why = Errno::ENOENT;
        for path in &self.paths {
            // SAFETY: `path` is NUL-terminated; argv and envp are null-terminated arrays of pointers to
            // NUL-terminated strings that `self` owns.
            unsafe { libc::execve(path.as_ptr(), self.argv.as_ptr(), self.envp.as_ptr()) };
            match Errno::last() {
                Errno::ENOENT | Errno::ENOTDIR => {}
                Errno::EACCES => why = Errno::EACCES,
                other => return other,
            }
        }
        why
    }
}

/// A null-terminated array of pointers to strings that it owns.
struct CStrings {
    _strings: Vec<CString>,
    pointers: Vec<*const libc::c_char>,
}

// SAFETY: the pointers lead to heap memory that the same value owns and nobody writes to.
unsafe impl Send for CStrings {}

impl CStrings {
    fn new(strings: Vec<CString>) -> Self {
        let mut pointers: Vec<_> = strings.iter().map(|s| s.as_ptr()).collect();
        pointers.push(std::ptr::null());
        Self {
            _strings: strings,
            pointers,
        }
    }

    fn as_ptr(&self) -> *const *const libc::c_char {
        self.pointers.as_ptr()
    }
}

/// Makes a child with these `CLONE_NEW*` bits, whose whole life is `plan`. Returns its pid and its pidfd.
///
/// A plan that calls a function is for a process of one thread only.
pub(crate) fn clone3(namespaces: i32, plan: &mut Plan<'_>) -> nix::Result<(u32, OwnedFd)> {
    let mut pidfd: libc::c_int = -1;
    // SAFETY: clone_args is plain integers; zero means "not given" for each of them.
    let mut args: libc::clone_args = unsafe { std::mem::zeroed() };
    // The bits are positive i32 values: CLONE_NEW* end at 0x40000000.
    args.flags = u64::from(namespaces.unsigned_abs()) | libc::CLONE_PIDFD as u64;
    args.pidfd = (&raw mut pidfd) as u64;
    args.exit_signal = libc::SIGCHLD as u64;
    // SAFETY: `args` and the pidfd it points to outlive the call, and the size is the struct's own. Without CLONE_VM
    // the child has a copy of the memory and no stack is wanted, as in fork(2). The child runs `Plan::run`, which
    // never returns and makes system calls alone (locks and the allocator, whose state is a copy too, are left alone),
    // or it calls a function, which its caller allows only while this process has a single thread: then no lock can
    // be held by a thread the child does not have.
    let pid = unsafe {
        libc::syscall(
            libc::SYS_clone3,
            &raw mut args,
            size_of::<libc::clone_args>(),
        )
    };
    match pid {
        0 => plan.run(),
        1.. => {
            // SAFETY: the kernel has just installed it (O_CLOEXEC, clone(2)) and nobody else knows of it.
            let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
            Ok((u32::try_from(pid).unwrap_or_default(), pidfd))
        }
        _ => Err(Errno::last()),
    }
}

/// Ends the process at once: no destructor, no exit handler of the parent's runs a second time.
pub(crate) fn exit_now(code: i32) -> ! {
    // SAFETY: _exit(2) has no precondition and does not return.
    unsafe { libc::_exit(code) }
}

/// How the child behind `pidfd` ended; `None` when it has not and `block` is false. Reaps it.
pub(crate) fn wait_pidfd(pidfd: BorrowedFd<'_>, block: bool) -> nix::Result<Option<Exit>> {
    let options = libc::WEXITED | if block { 0 } else { libc::WNOHANG };
    // SAFETY: siginfo_t is plain memory, for which zero is a value: si_pid 0 is "nothing yet" (waitid(2)).
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let id = pidfd.as_raw_fd().unsigned_abs();
    // SAFETY: `info` outlives the call and `pidfd` is open for its length.
    Errno::result(unsafe { libc::waitid(libc::P_PIDFD, id, &raw mut info, options) })?;
    // SAFETY: after waitid(2) si_pid and si_status are set, or still zero.
    let (pid, status) = unsafe { (info.si_pid(), info.si_status()) };
    Ok((pid != 0).then_some(match info.si_code {
        libc::CLD_EXITED => Exit::Code(status),
        _ => Exit::Signal(status),
    }))
}

/// Sends `signal` to the process behind `pidfd`.
pub(crate) fn pidfd_send_signal(pidfd: BorrowedFd<'_>, signal: i32) -> nix::Result<()> {
    let info: *const libc::siginfo_t = std::ptr::null();
    // SAFETY: a null siginfo is allowed (pidfd_send_signal(2)); `pidfd` is open for the length of the call.
    let done = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd.as_raw_fd(),
            signal,
            info,
            0,
        )
    };
    Errno::result(done).map(drop)
}

/// flock(2). nix's own wrapper panics when the unlocking in its `Drop` fails.
pub(crate) fn flock(fd: BorrowedFd<'_>, operation: i32) -> nix::Result<()> {
    // SAFETY: plain integers; `fd` is open for the length of the call.
    Errno::result(unsafe { libc::flock(fd.as_raw_fd(), operation) }).map(drop)
}
