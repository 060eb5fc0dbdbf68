//! An `AF_NETLINK` socket with the options that make its answers strict and its errors clear.

use crate::sys;
use crate::transport::{Received, Transport};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// Space for answers that the kernel queues while a large batch runs, in bytes.
const RECEIVE_BUFFER: u32 = 1 << 20;

/// A netlink socket.
///
/// It stays with the network namespace it was opened in, whoever uses it and from wherever.
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    portid: u32,
}

impl Socket {
    /// A `NETLINK_ROUTE` socket in the calling thread's network namespace.
    ///
    /// Strict checking, extended and capped acknowledgements are on, as far as the kernel knows them
    /// (4.20 and later know all).
    ///
    /// # Errors
    /// Of `socket(2)`, `bind(2)` or `setsockopt(2)`.
    pub fn route() -> io::Result<Self> {
        Self::open(libc::NETLINK_ROUTE)
    }

    /// A `NETLINK_ROUTE` socket for a few changes and no more, in two system calls where [`route`](Self::route) takes
    /// six: extended acknowledgements are on, strict checking of dumps is not, and its port id, which the kernel gives
    /// it when it sends, is not known ([`portid`](Transport::portid) is 0).
    ///
    /// # Errors
    /// Of `socket(2)` or `setsockopt(2)`.
    pub fn brief() -> io::Result<Self> {
        let fd = sys::socket(libc::NETLINK_ROUTE)?;
        match sys::set_option(fd.as_fd(), libc::SOL_NETLINK, libc::NETLINK_EXT_ACK, 1) {
            Err(e) if e.raw_os_error() == Some(libc::ENOPROTOOPT) => {}
            other => other?,
        }
        Ok(Self { fd, portid: 0 })
    }

    /// A socket of this protocol (`NETLINK_*`), set up likewise.
    ///
    /// # Errors
    /// Of `socket(2)`, `bind(2)` or `setsockopt(2)`.
    pub fn open(protocol: i32) -> io::Result<Self> {
        let fd = sys::socket(protocol)?;
        for option in [
            libc::NETLINK_EXT_ACK,
            libc::NETLINK_CAP_ACK,
            libc::NETLINK_GET_STRICT_CHK,
        ] {
            match sys::set_option(fd.as_fd(), libc::SOL_NETLINK, option, 1) {
                Err(e) if e.raw_os_error() == Some(libc::ENOPROTOOPT) => {}
                other => other?,
            }
        }
        let portid = sys::bind(fd.as_fd())?;
        Ok(Self { fd, portid })
    }

    /// Asks for a receive buffer that holds the answers to a large batch, or a burst of events.
    ///
    /// Beyond `net.core.rmem_max` only with `CAP_NET_ADMIN` in the initial user namespace; without,
    /// the kernel gives what it may, and that is no error.
    ///
    /// # Errors
    /// Of `setsockopt(2)`.
    pub fn enlarge(&self) -> io::Result<()> {
        self.receive_buffer(RECEIVE_BUFFER)
    }

    /// Asks for a receive buffer of so many bytes, as far as [`enlarge`](Self::enlarge) may go.
    ///
    /// # Errors
    /// Of `setsockopt(2)`.
    pub fn receive_buffer(&self, bytes: u32) -> io::Result<()> {
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        let (fd, level) = (self.fd.as_fd(), libc::SOL_SOCKET);
        sys::set_option(fd, level, libc::SO_RCVBUFFORCE, bytes)
            .or_else(|_| sys::set_option(fd, level, libc::SO_RCVBUF, bytes))
    }

    /// Joins a multicast group (`RTNLGRP_*`): its events then arrive here.
    ///
    /// # Errors
    /// Of `setsockopt(2)`.
    pub fn join(&self, group: u32) -> io::Result<()> {
        let group = i32::try_from(group).map_err(|_| io::ErrorKind::InvalidInput)?;
        let option = libc::NETLINK_ADD_MEMBERSHIP;
        sys::set_option(self.fd.as_fd(), libc::SOL_NETLINK, option, group)
    }

    /// Hears the events of every namespace that has an id in this one (`NETLINK_LISTEN_ALL_NSID`).
    ///
    /// # Errors
    /// Of `setsockopt(2)`: it needs `CAP_NET_BROADCAST`.
    pub fn listen_all_namespaces(&self) -> io::Result<()> {
        let option = libc::NETLINK_LISTEN_ALL_NSID;
        sys::set_option(self.fd.as_fd(), libc::SOL_NETLINK, option, 1)
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

impl Transport for Socket {
    fn portid(&self) -> u32 {
        self.portid
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        loop {
            match sys::send(self.fd.as_fd(), datagram) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Ok(n) if n < datagram.len() => return Err(io::ErrorKind::WriteZero.into()),
                other => return other.map(drop),
            }
        }
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        loop {
            match sys::recv(self.fd.as_fd(), buf, 0) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                // Only the kernel, which is port 0, answers; anyone may write to our port.
                Ok(d) if d.portid != 0 => {}
                Ok(d) => {
                    return Ok(Received {
                        len: d.len,
                        nsid: d.nsid,
                    });
                }
                Err(e) => return Err(e),
            }
        }
    }
}
