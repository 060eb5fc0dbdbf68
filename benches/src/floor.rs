//! The floor: a straight loop of the fewest system calls known that make and remove a star, and the switches that go
//! under it.
//!
//! Nothing of this project's is between the loop and the kernel: what the engine costs beside it is the engine's.

use crate::batch::{Batch, link};
use crate::star::{GATEWAY, Times, address};
use crate::{Result, sys};
use libc::{
    IFLA_ADDRESS, IFLA_AF_SPEC, IFLA_GROUP, IFLA_IFNAME, IFLA_INFO_DATA, IFLA_INFO_KIND,
    IFLA_LINKINFO, IFLA_MASTER, IFLA_NET_NS_FD, IFLA_NUM_RX_QUEUES, IFLA_NUM_TX_QUEUES, NLM_F_ACK,
    NLM_F_CREATE, NLM_F_EXCL, RTM_DELLINK, RTM_NEWADDR, RTM_NEWLINK, RTM_NEWROUTE,
};
use std::ffi::{CStr, CString};
use std::net::Ipv4Addr;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::thread;
use std::time::Instant;

const UP: i32 = libc::IFF_UP;
const NEW: i32 = NLM_F_CREATE | NLM_F_EXCL;
/// Index of lo in every network namespace.
const LO: u32 = 1;
/// `VETH_INFO_PEER`, `IFLA_BR_MCAST_SNOOPING` and `IFLA_INET6_ADDR_GEN_MODE` of the uapi headers.
const PEER: u16 = 1;
const SNOOPING: u16 = 23;
const GEN_MODE: u16 = 8;
/// `IN6_ADDR_GEN_MODE_NONE`.
const NO_ADDRESS: u8 = 1;
/// The group of links that the veths are in.
const GROUP: u32 = 78;
const BRIDGE: &[u8] = b"brF\0";
const OWN_NET: &CStr = c"/proc/thread-self/ns/net";
const NO_IPV6: &str = "/proc/sys/net/ipv6/conf/all/disable_ipv6";

/// How to make a star.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// Namespaces.
    pub count: u32,
    /// Threads that make namespaces and configure them.
    pub threads: usize,
    /// Veths in a datagram.
    pub links: usize,
    /// Index of the first link that comes to be in a namespace.
    pub first: u32,
    /// The bridge is down, and does not snoop multicast, while ports come and go.
    pub calm: bool,
    /// The bridge has an address of its own from the start.
    pub own_mac: bool,
    /// The bridge is in the group of the veths, and goes with them.
    pub in_group: bool,
    /// The files in /run/netns are links of one file, not a new one each.
    pub one_file: bool,
    /// Threads that unmount.
    pub unmounters: usize,
    /// Links have IPv6.
    pub ipv6: bool,
    /// Each end of a veth has one queue each way, not one for each processor.
    pub one_queue: bool,
}

impl Floor {
    /// The straight loop: a new file a namespace, the bridge up first, two threads, 32 veths a datagram; unmounted one
    /// by one.
    #[must_use]
    pub fn straight(count: u32, first: u32) -> Self {
        Self {
            count,
            threads: 2,
            links: 32,
            first,
            calm: false,
            own_mac: false,
            in_group: false,
            one_file: false,
            unmounters: 1,
            ipv6: true,
            one_queue: false,
        }
    }

    /// Makes a star and removes it.
    ///
    /// # Errors
    /// The first refusal.
    pub fn round(self) -> Result<Times> {
        let start = Instant::now();
        let standing = self.up()?;
        let up = start.elapsed();
        let start = Instant::now();
        standing.down()?;
        let down = start.elapsed();
        Ok(Times { up, down })
    }

    /// Makes a star. /run/netns has to be there.
    ///
    /// # Errors
    /// The first refusal; what was made by then stays.
    pub fn up(self) -> Result<Standing> {
        let names = (0..self.count).map(|i| CString::new(format!("/run/netns/f{i}")));
        let names = names.collect::<std::result::Result<Vec<_>, _>>()?;
        let socket = sys::rtnetlink()?;
        let bridge = self.make_bridge(socket.as_fd())?;
        let kept = self
            .one_file
            .then(|| sys::open(c"/run/netns", libc::O_TMPFILE | libc::O_WRONLY))
            .transpose()?;
        let file = kept
            .as_ref()
            .map(|file| CString::new(format!("/proc/self/fd/{}", file.as_raw_fd())))
            .transpose()?;
        let namespaces = in_turn(&names, self.threads, &|_, name| {
            self.make_namespace(name, file.as_deref())
        })?;
        let standing = Standing {
            floor: self,
            names,
            namespaces,
            socket,
            bridge,
        };
        standing.make_links()?;
        in_turn(&standing.namespaces, self.threads, &|i, ns| {
            self.configure(i, ns)
        })?;
        standing.calm(false)?;
        Ok(standing)
    }

    fn make_bridge(self, socket: BorrowedFd<'_>) -> Result<u32> {
        let mut batch = Batch::default();
        let flags = if self.calm { 0 } else { UP };
        batch.message(RTM_NEWLINK, NEW | NLM_F_ACK, &link(0, flags), |b| {
            b.attr(IFLA_IFNAME, BRIDGE);
            if self.own_mac {
                b.attr(IFLA_ADDRESS, &[2, 0, 0, 0, 0xf1, 1]);
            }
            if self.in_group {
                b.number(IFLA_GROUP, GROUP);
            }
            b.nest(IFLA_LINKINFO, |b| {
                b.attr(IFLA_INFO_KIND, b"bridge\0");
                if self.calm {
                    b.nest(IFLA_INFO_DATA, |b| b.attr(SNOOPING, &[0]));
                }
            });
        });
        batch.exchange(socket)?;
        let bridge = nix::net::if_::if_nametoindex(CStr::from_bytes_with_nul(BRIDGE)?)?;
        add_address(&mut batch, bridge, GATEWAY, NLM_F_ACK);
        batch.exchange(socket)?;
        Ok(bridge)
    }

    /// On a thread that is thrown away.
    fn make_namespace(self, name: &CStr, file: Option<&CStr>) -> Result<OwnedFd> {
        sys::unshare_net()?;
        match file {
            Some(file) => sys::link(file, name)?,
            None => drop(sys::open(
                name,
                libc::O_RDONLY | libc::O_CREAT | libc::O_EXCL,
            )?),
        }
        sys::bind_mount(OWN_NET, name)?;
        if !self.ipv6 {
            std::fs::write(NO_IPV6, "1")?;
        }
        Ok(sys::open(name, libc::O_RDONLY)?)
    }

    /// On a thread that is thrown away.
    fn configure(self, i: usize, ns: &OwnedFd) -> Result<()> {
        sys::enter_net(ns.as_fd())?;
        let socket = sys::rtnetlink()?;
        let mut batch = Batch::default();
        batch.message(RTM_NEWLINK, 0, &link(LO, UP), |_| {});
        batch.message(RTM_NEWLINK, 0, &link(self.first, UP), |_| {});
        add_address(&mut batch, self.first, address(i as u32), 0);
        // struct rtmsg: family, lengths of prefixes, TOS, table, protocol, scope, type, flags.
        let (table, protocol) = (libc::RT_TABLE_MAIN, libc::RTPROT_BOOT);
        let (scope, kind) = (libc::RT_SCOPE_UNIVERSE, libc::RTN_UNICAST);
        let family = libc::AF_INET as u8;
        let fixed = [family, 0, 0, 0, table, protocol, scope, kind, 0, 0, 0, 0];
        batch.message(RTM_NEWROUTE, NEW | NLM_F_ACK, &fixed, |b| {
            b.attr(libc::RTA_GATEWAY, &GATEWAY.octets());
        });
        batch.exchange(socket.as_fd())
    }
}

/// A star that is up.
#[derive(Debug)]
pub struct Standing {
    floor: Floor,
    names: Vec<CString>,
    namespaces: Vec<OwnedFd>,
    socket: OwnedFd,
    bridge: u32,
}

impl Standing {
    fn make_links(&self) -> Result<()> {
        let Floor { one_queue, .. } = self.floor;
        let mut batch = Batch::default();
        let queues = |b: &mut Batch| {
            if one_queue {
                b.number(IFLA_NUM_TX_QUEUES, 1);
                b.number(IFLA_NUM_RX_QUEUES, 1);
            }
        };
        let end = self.namespaces.len();
        for (i, ns) in self.namespaces.iter().enumerate() {
            let ack = if i % self.floor.links == self.floor.links - 1 || i == end - 1 {
                NLM_F_ACK
            } else {
                0
            };
            let name = format!("h{i}\0");
            // Without IPv6 an end has to be told before it is up.
            let (up, later) = if self.floor.ipv6 { (UP, 0) } else { (0, UP) };
            let create = NEW | if later == 0 { ack } else { 0 };
            batch.message(RTM_NEWLINK, create, &link(0, up), |b| {
                b.attr(IFLA_IFNAME, name.as_bytes());
                b.number(IFLA_MASTER, self.bridge);
                b.number(IFLA_GROUP, GROUP);
                queues(b);
                b.nest(IFLA_LINKINFO, |b| {
                    b.attr(IFLA_INFO_KIND, b"veth\0");
                    b.nest(IFLA_INFO_DATA, |b| {
                        b.nest(PEER, |b| {
                            b.raw(&link(0, 0));
                            b.attr(IFLA_IFNAME, b"eth0\0");
                            b.number(IFLA_NET_NS_FD, ns.as_raw_fd() as u32);
                            queues(b);
                        });
                    });
                });
            });
            if later != 0 {
                batch.message(RTM_NEWLINK, ack, &link(0, later), |b| {
                    b.attr(IFLA_IFNAME, name.as_bytes());
                    b.nest(IFLA_AF_SPEC, |b| {
                        b.nest(libc::AF_INET6 as u16, |b| b.attr(GEN_MODE, &[NO_ADDRESS]));
                    });
                });
            }
            if ack != 0 {
                batch.exchange(self.socket.as_fd())?;
            }
        }
        Ok(())
    }

    /// Calms the bridge before its ports go, or lets it up when they are there.
    fn calm(&self, calm: bool) -> Result<()> {
        if !self.floor.calm {
            return Ok(());
        }
        let mut batch = Batch::default();
        let mut flags = link(self.bridge, UP);
        if calm {
            flags[8..12].fill(0);
        }
        batch.message(RTM_NEWLINK, 0, &flags, |_| {});
        batch.message(RTM_NEWLINK, NLM_F_ACK, &link(self.bridge, 0), |b| {
            b.nest(IFLA_LINKINFO, |b| {
                b.attr(IFLA_INFO_KIND, b"bridge\0");
                b.nest(IFLA_INFO_DATA, |b| b.attr(SNOOPING, &[u8::from(!calm)]));
            });
        });
        batch.exchange(self.socket.as_fd())
    }

    /// Removes it: the veths by their group, the names, the bridge.
    ///
    /// # Errors
    /// The first refusal; what is not removed by then stays.
    pub fn down(mut self) -> Result<()> {
        self.calm(true)?;
        let mut batch = Batch::default();
        batch.message(RTM_DELLINK, NLM_F_ACK, &link(0, 0), |b| {
            b.number(IFLA_GROUP, GROUP);
        });
        batch.exchange(self.socket.as_fd())?;
        self.namespaces.clear();
        in_turn(&self.names, self.floor.unmounters, &|_, name| {
            sys::unmount(name)?;
            Ok(sys::unlink(name)?)
        })?;
        if !self.floor.in_group {
            batch.message(RTM_DELLINK, NLM_F_ACK, &link(self.bridge, 0), |_| {});
            batch.exchange(self.socket.as_fd())?;
        }
        Ok(())
    }
}

/// An address of a /16.
fn add_address(batch: &mut Batch, index: u32, address: Ipv4Addr, ack: i32) {
    // struct ifaddrmsg: family, length of the prefix, flags, scope, index.
    let mut fixed = [libc::AF_INET as u8, 16, 0, 0, 0, 0, 0, 0];
    fixed[4..].copy_from_slice(&index.to_ne_bytes());
    batch.message(RTM_NEWADDR, NEW | ack, &fixed, |b| {
        b.attr(libc::IFA_LOCAL, &address.octets());
        b.attr(libc::IFA_ADDRESS, &address.octets());
    });
}

/// Does `work` with each, on so many threads that are thrown away: the first takes each first one, and so on.
fn in_turn<T: Sync, R: Send>(
    all: &[T],
    threads: usize,
    work: &(dyn Fn(usize, &T) -> Result<R> + Sync),
) -> Result<Vec<R>> {
    let share = |from: usize| {
        let each = all.iter().enumerate().skip(from).step_by(threads);
        each.map(|(i, one)| Ok((i, work(i, one)?)))
            .collect::<Result<Vec<_>>>()
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|from| scope.spawn(move || share(from)))
            .collect();
        let ended = started
            .into_iter()
            .map(|t| t.join().map_err(|_| "a thread panicked")?);
        ended.collect::<Result<Vec<_>>>()
    })?
    .into_iter()
    .flatten()
    .collect();
    done.sort_unstable_by_key(|(i, _)| *i);
    Ok(done.into_iter().map(|(_, done)| done).collect())
}
