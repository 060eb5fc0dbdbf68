//! The system calls that no safe wrapper covers: the only unsafe code of this crate.
#![allow(unsafe_code)]

use nix::sys::signal::{SigHandler, Signal, signal};

/// Gives SIGPIPE its default action back, which Rust's runtime had set to
/// "ignore": `vnet link show | head -1` then ends as silently as ip does, and
/// what `netns exec` starts inherits the usual action.
pub(crate) fn restore_sigpipe() {
    // SAFETY: SIG_DFL installs no handler, so no code of ours can run in signal
    // context, and main calls this before any thread exists.
    let _ = unsafe { signal(Signal::SIGPIPE, SigHandler::SigDfl) };
}

/// Gives SIGPIPE the action "ignore" again: a closed pipe is an error of the write alone.
#[cfg(feature = "audit")]
pub(crate) fn ignore_sigpipe() {
    // SAFETY: SIG_IGN installs no handler, so no code of ours can run in signal context.
    let _ = unsafe { signal(Signal::SIGPIPE, SigHandler::SigIgn) };
}

/// Commands of bpf(2) and the sizes of what it reads and writes (`linux/bpf.h`).
const BPF_PROG_GET_FD_BY_ID: libc::c_int = 13;
const BPF_OBJ_GET_INFO_BY_FD: libc::c_int = 15;
/// Bytes of `union bpf_attr` that these two commands know.
const BPF_ATTR: usize = 16;
/// Bytes of `struct bpf_prog_info` up to and with `btf_id`.
pub(crate) const BPF_PROG_INFO: usize = 136;

/// `struct bpf_prog_info` of the loaded program with this id, as far as the kernel fills it. Needs
/// CAP_SYS_ADMIN, as `BPF_PROG_GET_FD_BY_ID` does.
pub(crate) fn bpf_prog_info(id: u32) -> std::io::Result<[u8; BPF_PROG_INFO]> {
    use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

    #[repr(C, align(8))]
    struct Attr([u8; BPF_ATTR]);
    let mut attr = Attr([0; BPF_ATTR]);
    attr.0[..4].copy_from_slice(&id.to_ne_bytes());
    // SAFETY: the kernel reads BPF_ATTR bytes, which are ours, and writes none; there is no pointer in them.
    let fd = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            BPF_PROG_GET_FD_BY_ID,
            &raw mut attr,
            BPF_ATTR,
        )
    };
    if fd < 0 {
        return Err(std::io::Error::last_os_error());
    }
    // SAFETY: the kernel has just made this descriptor (close-on-exec) for us alone.
    let fd = unsafe { OwnedFd::from_raw_fd(fd as libc::c_int) };

    #[repr(C, align(8))]
    struct Info([u8; BPF_PROG_INFO]);
    // All zero: no arrays of maps or instructions are asked for.
    let mut info = Info([0; BPF_PROG_INFO]);
    let at = (&raw mut info) as u64;
    attr.0[..4].copy_from_slice(&fd.as_raw_fd().to_ne_bytes());
    attr.0[4..8].copy_from_slice(&(BPF_PROG_INFO as u32).to_ne_bytes());
    attr.0[8..].copy_from_slice(&at.to_ne_bytes());
    // SAFETY: the kernel reads and writes BPF_ATTR bytes of `attr`, and BPF_PROG_INFO bytes at the address in
    // it, which is `info`; both live until the call is over, and any bytes are valid in them.
    let done = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            BPF_OBJ_GET_INFO_BY_FD,
            &raw mut attr,
            BPF_ATTR,
        )
    };
    match done {
        0 => Ok(info.0),
        _ => Err(std::io::Error::last_os_error()),
    }
}

/// A time of day in this place's time zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalTime {
    /// The year.
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: u8,
    /// From 1.
    pub(crate) day: u8,
    /// From 0, as what follows.
    pub(crate) hour: u8,
    /// Of the hour.
    pub(crate) minute: u8,
    /// Of the minute; 60 in a leap second.
    pub(crate) second: u8,
    /// 0 is Sunday.
    pub(crate) weekday: u8,
}

impl LocalTime {
    /// The time so many seconds after 1970 began in UTC, as localtime_r(3) reads the time zone; what it can't tell is
    /// that beginning.
    pub(crate) fn at(seconds: i64) -> Self {
        let mut tm = std::mem::MaybeUninit::<libc::tm>::zeroed();
        // 64 bits on every target of ours; musl's alias for it is deprecated in the libc crate.
        let time: i64 = seconds;
        // SAFETY: both point to values of ours; the time zone is read from the environment, which nothing here writes
        // to. All zero is a valid `tm`, so it may be read whether it was filled or not.
        let tm = unsafe {
            libc::localtime_r(&raw const time, tm.as_mut_ptr());
            tm.assume_init()
        };
        let small = |value: libc::c_int| u8::try_from(value).unwrap_or_default();
        Self {
            year: i64::from(tm.tm_year) + 1900,
            month: small(tm.tm_mon) + 1,
            day: small(tm.tm_mday),
            hour: small(tm.tm_hour),
            minute: small(tm.tm_min),
            second: small(tm.tm_sec),
            weekday: small(tm.tm_wday),
        }
    }
}

/// What ptrace(2) does for the auditor; all of it by threads' numbers, since the kernel has no other handle for it.
#[cfg(feature = "audit")]
pub(crate) mod trace {
    use std::ffi::CStr;
    use std::io;
    use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
    use std::sync::atomic::{AtomicI32, Ordering};

    /// `PTRACE_GET_SYSCALL_INFO`, which is the same on every architecture.
    const PTRACE_GET_SYSCALL_INFO: libc::c_int = 0x420e;

    /// `PTRACE_SYSCALL_INFO_ENTRY`, which not every C library names.
    pub(crate) const INFO_ENTRY: u8 = 1;
    /// `PTRACE_SYSCALL_INFO_EXIT`.
    pub(crate) const INFO_EXIT: u8 = 2;
    /// `PTRACE_SYSCALL_INFO_SECCOMP`.
    pub(crate) const INFO_SECCOMP: u8 = 3;

    /// `struct ptrace_syscall_info` (`linux/ptrace.h`), with its union as words.
    #[repr(C)]
    #[derive(Clone, Copy, Debug, Default)]
    pub(crate) struct SyscallInfo {
        /// One of `INFO_*`.
        pub(crate) op: u8,
        _pad: [u8; 3],
        /// `AUDIT_ARCH_*` of the call.
        pub(crate) arch: u32,
        _ip: u64,
        _sp: u64,
        /// At an entry the number and six arguments; at an exit the value and, in the first byte of the second word,
        /// whether it is an error.
        pub(crate) words: [u64; 8],
    }

    fn checked(value: libc::c_long) -> io::Result<libc::c_long> {
        match value {
            -1 => Err(io::Error::last_os_error()),
            value => Ok(value),
        }
    }

    /// `PTRACE_SEIZE` with these `PTRACE_O_*`.
    pub(crate) fn seize(tid: i32, options: i32) -> io::Result<()> {
        let data = options as usize as *mut libc::c_void;
        let none = std::ptr::null_mut::<libc::c_void>();
        // SAFETY: neither argument is a pointer that the kernel follows.
        checked(unsafe { libc::ptrace(libc::PTRACE_SEIZE, tid, none, data) }).map(drop)
    }

    /// How a thread is to go on, or what else is asked of it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Request {
        /// To the next call of interest.
        Continue,
        /// To the next entry or return of any call.
        ToCall,
        /// Not at all: its process was stopped.
        Listen,
        /// It is to stop.
        Interrupt,
    }

    /// Asks it of a thread, which has to have stopped but for [`Request::Interrupt`]. The signal is delivered with the
    /// first two; 0 is none.
    pub(crate) fn request(request: Request, tid: i32, signal: i32) -> io::Result<()> {
        let data = signal as usize as *mut libc::c_void;
        let none = std::ptr::null_mut::<libc::c_void>();
        let request = match request {
            Request::Continue => libc::PTRACE_CONT,
            Request::ToCall => libc::PTRACE_SYSCALL,
            Request::Listen => libc::PTRACE_LISTEN,
            Request::Interrupt => libc::PTRACE_INTERRUPT,
        };
        // SAFETY: these requests read no memory of ours: `data` is a signal's number.
        checked(unsafe { libc::ptrace(request, tid, none, data) }).map(drop)
    }

    /// The thread that the event is about for which a thread has stopped (`PTRACE_GETEVENTMSG`).
    pub(crate) fn event_about(tid: i32) -> io::Result<i32> {
        let mut message: libc::c_ulong = 0;
        let none = std::ptr::null_mut::<libc::c_void>();
        // SAFETY: the kernel writes one unsigned long, which is ours.
        checked(unsafe { libc::ptrace(libc::PTRACE_GETEVENTMSG, tid, none, &raw mut message) })?;
        i32::try_from(message).map_err(io::Error::other)
    }

    /// At what point of which call a thread has stopped.
    pub(crate) fn syscall_info(tid: i32) -> io::Result<SyscallInfo> {
        let mut info = SyscallInfo::default();
        let size = size_of::<SyscallInfo>() as *mut libc::c_void;
        let request = PTRACE_GET_SYSCALL_INFO as _;
        // SAFETY: the kernel writes at most `size` bytes, which are ours; every pattern of bits is valid in them.
        checked(unsafe { libc::ptrace(request, tid, size, &raw mut info) })?;
        Ok(info)
    }

    /// Waits for any child or tracee of this thread to end or to stop: its number and its status.
    pub(crate) fn wait_any() -> io::Result<(i32, i32)> {
        let mut status = 0;
        let flags = libc::__WALL | libc::__WNOTHREAD;
        // SAFETY: the kernel writes one int, which is ours.
        match unsafe { libc::waitpid(-1, &raw mut status, flags) } {
            -1 => Err(io::Error::last_os_error()),
            tid => Ok((tid, status)),
        }
    }

    /// A signal to one thread of a process; 0 asks whether there is such a thread.
    pub(crate) fn tgkill(pid: i32, tid: i32, signal: i32) -> io::Result<()> {
        // SAFETY: numbers alone.
        checked(unsafe { libc::syscall(libc::SYS_tgkill, pid, tid, signal) }).map(drop)
    }

    /// A descriptor of a process, as `pidfd_getfd(2)` copies it; with `thread` that of one thread (Linux 6.9).
    pub(crate) fn descriptor(pid: i32, fd: i32, thread: bool) -> io::Result<OwnedFd> {
        let flags = if thread { libc::O_EXCL } else { 0 };
        // SAFETY: numbers alone.
        let pidfd = checked(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) })?;
        // SAFETY: the kernel has just made this descriptor (close-on-exec) for us alone.
        let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd as libc::c_int) };
        // SAFETY: numbers alone.
        let copy =
            checked(unsafe { libc::syscall(libc::SYS_pidfd_getfd, pidfd.as_raw_fd(), fd, 0) })?;
        // SAFETY: as above.
        Ok(unsafe { OwnedFd::from_raw_fd(copy as libc::c_int) })
    }

    /// An option of a socket that is an int.
    pub(crate) fn socket_option(fd: BorrowedFd<'_>, level: i32, option: i32) -> io::Result<i32> {
        let mut value: libc::c_int = 0;
        let mut len = size_of::<libc::c_int>() as libc::socklen_t;
        // SAFETY: the kernel writes at most `len` bytes of `value`, and `len`.
        let done = unsafe {
            let value = (&raw mut value).cast();
            libc::getsockopt(fd.as_raw_fd(), level, option, value, &raw mut len)
        };
        checked(libc::c_long::from(done)).map(|_| value)
    }

    /// Gives the calling thread the least weight, setpriority(2): on Linux it is a thread's own.
    pub(crate) fn be_nice() -> io::Result<()> {
        // The type of the first argument differs between C libraries.
        let which = libc::PRIO_PROCESS as _;
        // SAFETY: numbers alone.
        let done = unsafe { libc::setpriority(which, 0, 19) };
        checked(libc::c_long::from(done)).map(drop)
    }

    /// What a child does to become the audited program. Everything is made before the fork: the child allocates
    /// nothing.
    pub(crate) struct Target<'a> {
        /// The file.
        pub(crate) path: &'a CStr,
        /// Its arguments and environment, each ended by a null pointer that [`start`] adds.
        pub(crate) argv: &'a [&'a CStr],
        pub(crate) envp: &'a [&'a CStr],
        /// The seccomp filter; none to stop at every call.
        pub(crate) filter: &'a [libc::sock_filter],
        /// Whether `no_new_privs` has to be set for it.
        pub(crate) no_new_privs: bool,
        /// One byte from here lets it set the filter, another execute the program; at the end of file it ends.
        pub(crate) go: BorrowedFd<'a>,
        /// The other end of `go`, which the child closes, lest it keeps itself waiting.
        pub(crate) go_writer: BorrowedFd<'a>,
        /// Where it says how setting the filter went, as an errno in four bytes.
        pub(crate) report: BorrowedFd<'a>,
    }

    /// Forks a child that does this, all signals blocked until it executes the program.
    pub(crate) fn start(target: &Target<'_>) -> io::Result<i32> {
        let pointers = |list: &[&CStr]| -> Vec<*const libc::c_char> {
            let all = list.iter().map(|s| s.as_ptr());
            all.chain([std::ptr::null()]).collect()
        };
        let (argv, envp) = (pointers(target.argv), pointers(target.envp));
        let program = libc::sock_fprog {
            len: target.filter.len() as libc::c_ushort,
            filter: target.filter.as_ptr().cast_mut(),
        };
        let (go, report) = (target.go.as_raw_fd(), target.report.as_raw_fd());
        let go_writer = target.go_writer.as_raw_fd();
        let (path, no_new_privs) = (target.path.as_ptr(), target.no_new_privs);
        let mut all = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        let mut old = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        // SAFETY: both sets are ours and filled by these calls before they are used.
        unsafe {
            libc::sigfillset(all.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), old.as_mut_ptr());
        }
        // SAFETY: the child makes system calls through functions that are async-signal-safe, touches nothing but what
        // was made above, and executes or ends; so it does not matter which locks other threads held at the fork.
        let pid = unsafe { libc::fork() };
        if pid == 0 {
            // SAFETY: as above; pointers are to the strings, arrays and sets that live in this frame's callers.
            unsafe {
                libc::close(go_writer);
                let mut byte = 0u8;
                let wait = |byte: *mut u8| libc::read(go, byte.cast(), 1) == 1;
                if !wait(&raw mut byte) {
                    libc::_exit(127);
                }
                let mut errno = 0;
                if program.len > 0 {
                    if no_new_privs && libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 {
                        errno = *libc::__errno_location();
                    }
                    let mode = libc::SECCOMP_SET_MODE_FILTER;
                    let set = libc::syscall(libc::SYS_seccomp, mode, 0, &raw const program);
                    if set != 0 {
                        errno = *libc::__errno_location();
                    }
                }
                libc::write(report, (&raw const errno).cast(), size_of_val(&errno));
                if !wait(&raw mut byte) {
                    libc::_exit(127);
                }
                libc::pthread_sigmask(libc::SIG_SETMASK, old.as_ptr(), std::ptr::null_mut());
                libc::execve(path, argv.as_ptr(), envp.as_ptr());
                libc::_exit(127);
            }
        }
        let error = io::Error::last_os_error();
        // SAFETY: the set was filled above.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, old.as_ptr(), std::ptr::null_mut()) };
        match pid {
            -1 => Err(error),
            pid => Ok(pid),
        }
    }

    /// The signals that end a program and that others send to the auditor for it.
    const FORWARDED: [libc::c_int; 4] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT];

    /// The process that gets what is sent to this one; 0 for none.
    static HEIR: AtomicI32 = AtomicI32::new(0);

    extern "C" fn hand_on(signal: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
        // SAFETY: the kernel hands a handler with SA_SIGINFO a valid siginfo.
        let code = unsafe { (*info).si_code };
        let heir = HEIR.load(Ordering::Relaxed);
        // One from the terminal goes to its whole foreground group: the program has had it already.
        if code <= 0 && heir > 0 {
            // SAFETY: numbers alone; kill is async-signal-safe. What it leaves in errno is put back.
            unsafe {
                let errno = *libc::__errno_location();
                libc::kill(heir, signal);
                *libc::__errno_location() = errno;
            }
        }
    }

    /// From now on the signals that would end this process are handed to that one. Those that this process was
    /// started to ignore are left so.
    pub(crate) fn hand_signals_to(pid: i32) {
        let before = HEIR.swap(pid, Ordering::Relaxed);
        if before != 0 {
            return;
        }
        for signal in FORWARDED {
            // SAFETY: all zero is a valid `sigaction`, and all are ours; the handler reads its siginfo and an atomic,
            // and sends a signal.
            unsafe {
                let mut old = std::mem::MaybeUninit::<libc::sigaction>::zeroed().assume_init();
                libc::sigaction(signal, std::ptr::null(), &raw mut old);
                if old.sa_sigaction == libc::SIG_IGN {
                    continue;
                }
                let mut new = std::mem::MaybeUninit::<libc::sigaction>::zeroed().assume_init();
                new.sa_sigaction = hand_on as *const () as usize;
                new.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
                libc::sigaction(signal, &raw const new, std::ptr::null_mut());
            }
        }
    }

    /// Ends this process as that signal ends a process, without a core file of its own. Comes back where the signal
    /// does not end one.
    pub(crate) fn end_by(signal: i32) {
        let none = libc::rlimit {
            rlim_cur: 0,
            rlim_max: 0,
        };
        // SAFETY: numbers, and structs that are ours; SIG_DFL installs no handler.
        unsafe {
            libc::setrlimit(libc::RLIMIT_CORE, &raw const none);
            libc::signal(signal, libc::SIG_DFL);
            let mut set = std::mem::MaybeUninit::<libc::sigset_t>::zeroed().assume_init();
            libc::sigemptyset(&raw mut set);
            libc::sigaddset(&raw mut set, signal);
            libc::pthread_sigmask(libc::SIG_UNBLOCK, &raw const set, std::ptr::null_mut());
            libc::raise(signal);
        }
    }
}
