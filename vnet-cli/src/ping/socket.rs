//! The socket that ping sends on: unprivileged (`SOCK_DGRAM`) where `net.ipv4.ping_group_range`
//! lets us, else raw (`CAP_NET_RAW`). See icmp(7).

use super::packet::{self, Icmp};
use super::{Options, Target};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{
    AddressFamily, ControlMessageOwned, MsgFlags, SockFlag, SockProtocol, SockType, SockaddrIn,
    SockaddrIn6, SockaddrLike, SockaddrStorage, bind, cmsg_space, connect, getsockname, recvmsg,
    send, sendto, setsockopt, socket, sockopt,
};
use std::fmt;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

/// The longest packet there is, in bytes.
const MAX_PACKET: usize = 65536;

/// Why a socket for ping could not be had: what was tried, and what the kernel said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenError {
    /// The call: `socket`, `connect`, `bind`, …
    pub call: &'static str,
    /// Its errno.
    pub errno: Errno,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = crate::error::errno::text(self.errno as i32);
        write!(f, "{}: {why}", self.call)
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.errno)
    }
}

fn failed(call: &'static str) -> impl Fn(Errno) -> OpenError {
    move |errno| OpenError { call, errno }
}

/// What woke ping up.
pub(super) enum Event {
    Nothing,
    Stopped,
    Packet,
}

/// An ICMP error about one of our packets.
pub(super) struct IcmpError {
    pub(super) from: String,
    pub(super) kind: u8,
    pub(super) code: u8,
    /// Type-dependent: the MTU, or a pointer.
    pub(super) info: u32,
    /// What the error quotes of our packet, from its ICMP header on.
    pub(super) quoted: Vec<u8>,
}

/// A packet that came, and what the kernel tells of it.
pub(super) struct Received {
    /// From its ICMP header on.
    pub(super) packet: Vec<u8>,
    pub(super) ttl: Option<u8>,
    pub(super) from: Option<(IpAddr, u32)>,
}

/// An ICMP socket. It stays with the network namespace it was opened in.
pub struct Socket {
    fd: OwnedFd,
    icmp: Icmp,
    raw: bool,
    /// Where to send, where the socket is not connected: answers come from elsewhere.
    to: Option<SockaddrStorage>,
    id: u16,
    buf: Vec<u8>,
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket")
            .field("fd", &self.fd)
            .field("icmp", &self.icmp)
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}

impl Socket {
    /// Opens a socket to this target in the calling thread's network namespace.
    ///
    /// # Errors
    /// Of `socket(2)` when neither kind is allowed, of `connect(2)` when there is no route.
    pub fn open(target: &Target, options: &Options) -> Result<Self, OpenError> {
        let icmp = target.icmp();
        let (family, protocol) = match icmp {
            Icmp::V4 => (AddressFamily::Inet, SockProtocol::Icmp),
            Icmp::V6 => (AddressFamily::Inet6, SockProtocol::IcmpV6),
        };
        let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
        let (fd, raw) = match socket(family, SockType::Datagram, flags, protocol) {
            Ok(fd) => (fd, false),
            Err(_) => {
                let fd = socket(family, SockType::Raw, flags, protocol);
                (fd.map_err(failed("socket"))?, true)
            }
        };
        let set = failed("setsockopt");
        match icmp {
            Icmp::V4 => {
                setsockopt(&fd, sockopt::Ipv4RecvErr, &true).map_err(&set)?;
                setsockopt(&fd, sockopt::Ipv4RecvTtl, &true).map_err(&set)?;
                if let Some(ttl) = options.ttl {
                    setsockopt(&fd, sockopt::Ipv4Ttl, &i32::from(ttl)).map_err(&set)?;
                }
            }
            Icmp::V6 => {
                setsockopt(&fd, sockopt::Ipv6RecvErr, &true).map_err(&set)?;
                setsockopt(&fd, sockopt::Ipv6RecvHopLimit, &true).map_err(&set)?;
                if let Some(ttl) = options.ttl {
                    setsockopt(&fd, sockopt::Ipv6Ttl, &i32::from(ttl)).map_err(&set)?;
                }
            }
        }
        if let Some(device) = &options.device {
            use std::os::unix::ffi::OsStrExt;
            let device = std::ffi::OsStr::from_bytes(device).to_owned();
            let to_device = setsockopt(&fd, sockopt::BindToDevice, &device);
            to_device.map_err(failed("SO_BINDTODEVICE"))?;
        }
        let scope = match (&options.device, target.scope) {
            (Some(device), 0) if needs_scope(target.address) => {
                let found = nix::net::if_::if_nametoindex(device.as_slice());
                found.map_err(failed("SO_BINDTODEVICE"))?
            }
            (_, scope) => scope,
        };
        if let Some(source) = options.source {
            bind(fd.as_raw_fd(), &address(source, scope)).map_err(failed("bind"))?;
        }
        let to = address(target.address, scope);
        // The kernel finds a device for a link-local address by its routes, but does not connect to one without.
        let connected =
            !target.address.is_multicast() && (scope != 0 || !needs_scope(target.address));
        if connected {
            connect(fd.as_raw_fd(), &to).map_err(failed("connect"))?;
        }
        let id = if raw {
            // Two runs at once must not take each other's answers.
            std::process::id() as u16 ^ super::Instant::now().elapsed().subsec_nanos() as u16
        } else {
            let local: SockaddrStorage =
                getsockname(fd.as_raw_fd()).map_err(failed("getsockname"))?;
            port(&local)
        };
        Ok(Self {
            fd,
            icmp,
            raw,
            to: (!connected).then_some(to),
            id,
            buf: vec![0; MAX_PACKET],
        })
    }

    pub(super) fn id(&self) -> u16 {
        self.id
    }

    /// Whether a packet with this id answers one of ours. The kernel sorts for a ping socket.
    pub(super) fn is_mine(&self, id: u16) -> bool {
        !self.raw || id == self.id
    }

    pub(super) fn send(&self, packet: &[u8]) -> io::Result<()> {
        let fd = self.fd.as_raw_fd();
        match &self.to {
            Some(to) => sendto(fd, packet, to, MsgFlags::empty())?,
            None => send(fd, packet, MsgFlags::empty())?,
        };
        Ok(())
    }

    pub(super) fn wait(
        &self,
        at_most: Duration,
        stop: Option<BorrowedFd<'_>>,
    ) -> io::Result<Event> {
        // Rounded up: waking a millisecond early would spin.
        let ms = at_most.as_micros().div_ceil(1000);
        let timeout = PollTimeout::try_from(ms).unwrap_or(PollTimeout::MAX);
        let mut fds = vec![PollFd::new(self.fd.as_fd(), PollFlags::POLLIN)];
        fds.extend(stop.map(|fd| PollFd::new(fd, PollFlags::POLLIN)));
        match poll(&mut fds, timeout) {
            Ok(0) | Err(Errno::EINTR) => return Ok(Event::Nothing),
            other => other?,
        };
        let woken = |i: usize| fds.get(i).and_then(PollFd::any).unwrap_or(false);
        Ok(if woken(1) {
            Event::Stopped
        } else {
            Event::Packet
        })
    }

    /// Whether errors wait in the queue.
    pub(super) fn has_errors(&self) -> bool {
        let mut fds = [PollFd::new(self.fd.as_fd(), PollFlags::empty())];
        poll(&mut fds, PollTimeout::ZERO).is_ok_and(|n| n > 0)
    }

    /// The next packet.
    pub(super) fn next_packet(&mut self) -> io::Result<Option<Received>> {
        let mut space = vec![0; cmsg_space::<i32>() + cmsg_space::<[u64; 8]>()];
        let mut iov = [IoSliceMut::new(&mut self.buf)];
        let flags = MsgFlags::empty();
        let got =
            recvmsg::<SockaddrStorage>(self.fd.as_raw_fd(), &mut iov, Some(&mut space), flags);
        let message = match got {
            // An error that is pending is read from the error queue.
            Err(_) => return Ok(None),
            Ok(message) => message,
        };
        let mut ttl = None;
        for control in message.cmsgs()? {
            match control {
                ControlMessageOwned::Ipv4Ttl(n) | ControlMessageOwned::Ipv6HopLimit(n) => {
                    ttl = u8::try_from(n).ok();
                }
                _ => {}
            }
        }
        let from = message.address.as_ref().and_then(sender);
        let len = message.bytes;
        let mut packet = self.buf.get(..len).unwrap_or_default();
        if self.raw && self.icmp == Icmp::V4 {
            match packet::strip_ipv4(packet) {
                Some((header_ttl, rest)) => (ttl, packet) = (Some(header_ttl), rest),
                None => (ttl, packet) = (None, &[]),
            }
        }
        let packet = packet.to_vec();
        Ok(Some(Received { packet, ttl, from }))
    }

    /// The next error about a packet of ours.
    pub(super) fn next_error(&mut self) -> io::Result<Option<IcmpError>> {
        let mut space = vec![0; cmsg_space::<[u64; 16]>()];
        let mut iov = [IoSliceMut::new(&mut self.buf)];
        let flags = MsgFlags::MSG_ERRQUEUE;
        let got =
            recvmsg::<SockaddrStorage>(self.fd.as_raw_fd(), &mut iov, Some(&mut space), flags);
        let Ok(message) = got else {
            return Ok(None);
        };
        let mut found = None;
        for control in message.cmsgs()? {
            match control {
                ControlMessageOwned::Ipv4RecvErr(e, from) => {
                    let from = from.map_or(Ipv4Addr::UNSPECIFIED, |a| {
                        Ipv4Addr::from(u32::from_be(a.sin_addr.s_addr))
                    });
                    found = Some((e, from.to_string()));
                }
                ControlMessageOwned::Ipv6RecvErr(e, from) => {
                    let from = from.map_or(String::from("::"), |a| {
                        scoped(Ipv6Addr::from(a.sin6_addr.s6_addr), a.sin6_scope_id)
                    });
                    found = Some((e, from));
                }
                _ => {}
            }
        }
        let len = message.bytes;
        let quoted = self.buf.get(..len).unwrap_or_default().to_vec();
        Ok(found.map(|(e, from)| IcmpError {
            from,
            kind: e.ee_type,
            code: e.ee_code,
            info: e.ee_info,
            quoted,
        }))
    }
}

/// Whether an address means something on one link only.
fn needs_scope(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => false,
        // Multicast of interface-local and link-local scope (RFC 4291, 2.7).
        IpAddr::V6(a) => {
            a.is_unicast_link_local() || matches!(a.octets(), [0xff, flags, ..] if flags & 15 <= 2)
        }
    }
}

/// Who a packet is from, with the interface that a link-local address is on.
fn sender(from: &SockaddrStorage) -> Option<(IpAddr, u32)> {
    let v4 = from.as_sockaddr_in().map(|a| (IpAddr::V4(a.ip()), 0));
    let v6 = from.as_sockaddr_in6();
    v4.or_else(|| v6.map(|a| (IpAddr::V6(a.ip()), a.scope_id())))
}

/// A link-local address with the interface it is on.
pub(super) fn scoped(address: Ipv6Addr, scope: u32) -> String {
    match nix::net::if_::if_indextoname(scope) {
        Ok(name) if scope != 0 && needs_scope(address.into()) => {
            format!("{address}%{}", name.to_string_lossy())
        }
        _ => address.to_string(),
    }
}

fn address(ip: IpAddr, scope: u32) -> SockaddrStorage {
    match ip {
        IpAddr::V4(ip) => SockaddrStorage::from(SocketAddrV4::new(ip, 0)),
        IpAddr::V6(ip) => SockaddrStorage::from(SocketAddrV6::new(ip, 0, 0, scope)),
    }
}

fn port(local: &SockaddrStorage) -> u16 {
    let v4 = local.as_sockaddr_in().map(SockaddrIn::port);
    let v6 = local.as_sockaddr_in6().map(SockaddrIn6::port);
    v4.or(v6).unwrap_or(0)
}

/// The address that a packet to this target is sent from.
pub(super) fn local_address(target: &Target) -> io::Result<IpAddr> {
    // As iputils has it: nothing is known of a link without its name in the address.
    if target.scope == 0 && needs_scope(target.address) {
        return Ok(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    }
    let to = address(target.address, target.scope);
    let family = to.family().unwrap_or(AddressFamily::Inet);
    let fd = socket(family, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None)?;
    let to = match target.address {
        IpAddr::V4(ip) => SockaddrStorage::from(SocketAddrV4::new(ip, 1025)),
        IpAddr::V6(ip) => SockaddrStorage::from(SocketAddrV6::new(ip, 1025, 0, target.scope)),
    };
    connect(fd.as_raw_fd(), &to)?;
    let local: SockaddrStorage = getsockname(fd.as_raw_fd())?;
    let v4 = local.as_sockaddr_in().map(|a| IpAddr::V4(a.ip()));
    let v6 = local.as_sockaddr_in6().map(|a| IpAddr::V6(a.ip()));
    Ok(v4.or(v6).unwrap_or(target.address))
}
