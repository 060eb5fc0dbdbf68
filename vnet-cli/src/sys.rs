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
