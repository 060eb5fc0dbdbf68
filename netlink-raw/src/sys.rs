//! The system calls of a netlink socket: the crate's only unsafe code.
#![allow(unsafe_code)]

use std::io;
use std::mem::{MaybeUninit, zeroed};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

/// What `recvmsg` told of a datagram.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Datagram {
    /// Its whole length in bytes, also when the buffer is shorter.
    pub(crate) len: usize,
    /// Port id of the sender.
    pub(crate) portid: u32,
    /// The network namespace it came from, as an id of ours, when all are listened to.
    pub(crate) nsid: Option<i32>,
}

fn check(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

pub(crate) fn socket(protocol: i32) -> io::Result<OwnedFd> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
    // SAFETY: no pointers; the descriptor that is returned is new and owned by nobody else.
    unsafe {
        let fd = libc::socket(libc::AF_NETLINK, kind, protocol);
        check(fd as isize)?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// Binds to a port id of the kernel's choice and returns it.
pub(crate) fn bind(fd: BorrowedFd<'_>) -> io::Result<u32> {
    let mut len = size_of::<libc::sockaddr_nl>() as libc::socklen_t;
    // SAFETY: sockaddr_nl is plain integers, for which zero is a value; both calls get the address of
    // a live one and its true length.
    unsafe {
        let mut addr: libc::sockaddr_nl = zeroed();
        addr.nl_family = libc::AF_NETLINK as libc::sa_family_t;
        let at = (&raw mut addr).cast::<libc::sockaddr>();
        check(libc::bind(fd.as_raw_fd(), at, len) as isize)?;
        check(libc::getsockname(fd.as_raw_fd(), at, &raw mut len) as isize)?;
        Ok(addr.nl_pid)
    }
}

pub(crate) fn set_option(fd: BorrowedFd<'_>, level: i32, name: i32, value: i32) -> io::Result<()> {
    let len = size_of::<i32>() as libc::socklen_t;
    // SAFETY: the pointer is to a live i32 and the length is an i32's.
    let result = unsafe {
        let at = (&raw const value).cast::<libc::c_void>();
        libc::setsockopt(fd.as_raw_fd(), level, name, at, len)
    };
    check(result as isize).map(drop)
}

pub(crate) fn send(fd: BorrowedFd<'_>, datagram: &[u8]) -> io::Result<usize> {
    // SAFETY: pointer and length are one live slice's.
    check(unsafe { libc::send(fd.as_raw_fd(), datagram.as_ptr().cast(), datagram.len(), 0) })
}

pub(crate) fn recv(fd: BorrowedFd<'_>, buf: &mut [u8], flags: i32) -> io::Result<Datagram> {
    #[repr(align(8))]
    struct Control(MaybeUninit<[u8; 64]>);
    let mut control = Control(MaybeUninit::uninit());
    // SAFETY: sockaddr_nl and msghdr are plain integers and pointers, for which zero is a value; every
    // pointer in the msghdr is to a live object of the length given beside it, and none outlives the
    // call. The CMSG_* walk reads only the control bytes that the kernel says it wrote, and the nsid
    // is read unaligned from the four bytes behind its header.
    unsafe {
        let mut from: libc::sockaddr_nl = zeroed();
        let mut iov = libc::iovec {
            iov_base: buf.as_mut_ptr().cast(),
            iov_len: buf.len(),
        };
        let mut msg: libc::msghdr = zeroed();
        msg.msg_name = (&raw mut from).cast();
        msg.msg_namelen = size_of::<libc::sockaddr_nl>() as libc::socklen_t;
        msg.msg_iov = &raw mut iov;
        msg.msg_iovlen = 1;
        msg.msg_control = control.0.as_mut_ptr().cast();
        msg.msg_controllen = 64;
        let flags = flags | libc::MSG_TRUNC;
        let len = check(libc::recvmsg(fd.as_raw_fd(), &raw mut msg, flags))?;
        let mut nsid = None;
        let mut at = libc::CMSG_FIRSTHDR(&raw const msg);
        while !at.is_null() {
            let head = &*at;
            if head.cmsg_level == libc::SOL_NETLINK
                && head.cmsg_type == libc::NETLINK_LISTEN_ALL_NSID
                && head.cmsg_len as usize >= libc::CMSG_LEN(4) as usize
            {
                nsid = Some(libc::CMSG_DATA(at).cast::<i32>().read_unaligned());
            }
            at = libc::CMSG_NXTHDR(&raw const msg, at);
        }
        Ok(Datagram {
            len,
            portid: from.nl_pid,
            nsid,
        })
    }
}
