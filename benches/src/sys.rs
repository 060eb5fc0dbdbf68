//! The system calls of the floor, with nothing between the loop and the kernel: the crate's only unsafe code.
#![allow(unsafe_code)]

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::ptr::null;

fn check(result: i32) -> io::Result<()> {
    match result {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

fn length(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// unshare(2): the calling thread goes into a new network namespace.
pub(crate) fn unshare_net() -> io::Result<()> {
    // SAFETY: no pointers. Nothing of this thread that Rust relies on is unshared.
    check(unsafe { libc::unshare(libc::CLONE_NEWNET) })
}

/// setns(2): the calling thread goes into this network namespace.
pub(crate) fn enter_net(ns: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: no pointers; the descriptor is open for as long as it is borrowed.
    check(unsafe { libc::setns(ns.as_raw_fd(), libc::CLONE_NEWNET) })
}

/// open(2) with `O_CLOEXEC`, and no permissions for a file that is made.
pub(crate) fn open(path: &CStr, flags: i32) -> io::Result<OwnedFd> {
    // SAFETY: the path ends in a NUL and outlives the call, which keeps nothing of it. What is returned, when it is
    // not -1, is a new descriptor that nobody else owns.
    unsafe {
        let fd = libc::open(path.as_ptr(), flags | libc::O_CLOEXEC, 0);
        check(fd)?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// linkat(2) of the file behind `from`, a symbolic link.
pub(crate) fn link(from: &CStr, to: &CStr) -> io::Result<()> {
    let (here, follow) = (libc::AT_FDCWD, libc::AT_SYMLINK_FOLLOW);
    // SAFETY: both paths end in a NUL and outlive the call, which keeps nothing of them.
    check(unsafe { libc::linkat(here, from.as_ptr(), here, to.as_ptr(), follow) })
}

/// unlink(2).
pub(crate) fn unlink(path: &CStr) -> io::Result<()> {
    // SAFETY: the path ends in a NUL and outlives the call, which keeps nothing of it.
    check(unsafe { libc::unlink(path.as_ptr()) })
}

/// mount(2) with `MS_BIND`.
pub(crate) fn bind_mount(from: &CStr, to: &CStr) -> io::Result<()> {
    // SAFETY: both paths end in a NUL and outlive the call; a bind mount reads neither a type nor data, which may be
    // null.
    check(unsafe { libc::mount(from.as_ptr(), to.as_ptr(), null(), libc::MS_BIND, null()) })
}

/// umount2(2) with `MNT_DETACH`.
pub(crate) fn unmount(path: &CStr) -> io::Result<()> {
    // SAFETY: the path ends in a NUL and outlives the call, which keeps nothing of it.
    check(unsafe { libc::umount2(path.as_ptr(), libc::MNT_DETACH) })
}

/// socket(2): rtnetlink of the namespace that the calling thread is in.
pub(crate) fn rtnetlink() -> io::Result<OwnedFd> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
    // SAFETY: no pointers. What is returned, when it is not -1, is a new descriptor that nobody else owns.
    unsafe {
        let fd = libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_ROUTE);
        check(fd)?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// send(2): one datagram to the kernel.
pub(crate) fn send(socket: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<()> {
    // SAFETY: the call reads as many bytes as the slice has, and keeps nothing of it.
    let sent = unsafe { libc::send(socket.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), 0) };
    length(sent).map(drop)
}

/// recv(2): one datagram, and how much of it there is in the buffer.
pub(crate) fn receive(socket: BorrowedFd<'_>, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the call writes at most as many bytes as the slice has, and keeps nothing of it; any byte is a u8.
    length(unsafe { libc::recv(socket.as_raw_fd(), into.as_mut_ptr().cast(), into.len(), 0) })
}
