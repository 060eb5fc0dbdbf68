//! The system calls that have no safe wrapper: the only `unsafe` of this crate.
#![allow(unsafe_code)]

use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use nix::errno::Errno;

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
