//! Which descriptors of which processes are netlink sockets, as far as a trace tells.

use super::call::Call;
use crate::show::netlink::protocol;
use std::collections::HashMap;

/// More descriptors than this are not remembered.
const MOST: usize = 65_536;

/// Calls that return a descriptor of something else.
const OPENS: &[&str] = &[
    "open",
    "openat",
    "openat2",
    "creat",
    "accept",
    "accept4",
    "epoll_create",
    "epoll_create1",
    "eventfd2",
    "inotify_init1",
    "memfd_create",
    "pidfd_open",
    "signalfd4",
    "timerfd_create",
];

/// A socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Socket {
    /// Whether it is netlink's.
    pub(super) netlink: bool,
    /// Its protocol, where that is known.
    pub(super) protocol: Option<u16>,
    /// What tells it from others.
    pub(super) key: u64,
}

/// The descriptors that were seen.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    known: HashMap<(i32, i64), Socket>,
    /// The latest of a number, whoever has it: threads and children have those of others.
    latest: HashMap<i64, Socket>,
    made: u64,
}

/// Whether a call of this name tells of descriptors, or of datagrams.
pub(super) fn matters(name: &str) -> bool {
    let tells = ["socket", "close", "dup", "dup2", "dup3"].contains(&name);
    tells || OPENS.contains(&name) || super::CALLS.iter().any(|(n, _)| *n == name)
}

impl Sockets {
    /// Learns from a call what is a socket.
    pub(super) fn see(&mut self, call: &Call<'_>, pid: i32) {
        let Some(returned) = call.returned().filter(|n| *n >= 0) else {
            return;
        };
        match call.name {
            "socket" => {
                self.made += 1;
                let netlink = call.args.starts_with("AF_NETLINK")
                    || call.args.starts_with("PF_NETLINK")
                    || call.args.starts_with("0x10,");
                let word = call.args.rsplit(',').next().map(str::trim);
                let socket = Socket {
                    netlink,
                    protocol: word.filter(|_| netlink).and_then(number),
                    key: self.made,
                };
                self.learn(pid, returned, socket);
            }
            "dup" | "dup2" | "dup3" => {
                if let Some(socket) = call.fd().and_then(|fd| self.find(pid, fd)) {
                    self.learn(pid, returned, socket);
                }
            }
            "close" => {
                let Some(fd) = call.fd() else { return };
                let closed = self.known.remove(&(pid, fd));
                // Whoever still has it has no line that says so: the bytes will tell.
                if closed.is_none() || closed.as_ref() == self.latest.get(&fd) {
                    self.latest.remove(&fd);
                }
            }
            name if OPENS.contains(&name) => {
                let file = Socket {
                    netlink: false,
                    protocol: None,
                    key: 0,
                };
                self.learn(pid, returned, file);
            }
            _ => {}
        }
    }

    fn learn(&mut self, pid: i32, fd: i64, socket: Socket) {
        if self.known.len() < MOST || self.known.contains_key(&(pid, fd)) {
            self.known.insert((pid, fd), socket.clone());
        }
        if self.latest.len() < MOST || self.latest.contains_key(&fd) {
            self.latest.insert(fd, socket);
        }
    }

    fn find(&self, pid: i32, fd: i64) -> Option<Socket> {
        let own = self.known.get(&(pid, fd));
        own.or_else(|| self.latest.get(&fd)).cloned()
    }

    /// The socket of a call's descriptor, where anything is known of it.
    pub(super) fn of(&self, call: &Call<'_>, pid: i32) -> Option<Socket> {
        let fd = call.fd()?;
        let known = self.find(pid, fd);
        let Some(path) = call.fd_path() else {
            return known;
        };
        // `NETLINK:[ROUTE:6292]`, and `NETLINK:[168724]` as long as it has no name.
        if let Some(inside) = path.strip_prefix("NETLINK:[") {
            let told = inside.split_once(':').and_then(|(name, _)| number(name));
            let mut socket = known.filter(|s| s.netlink).unwrap_or(Socket {
                netlink: true,
                protocol: None,
                key: hash(&path),
            });
            socket.protocol = told.or(socket.protocol);
            return Some(socket);
        }
        // `socket:[168724]` may be anything; a path or another protocol is no netlink.
        match path.starts_with("socket:[") {
            true => known,
            false => Some(Socket {
                netlink: false,
                protocol: None,
                key: 0,
            }),
        }
    }
}

/// A number for a name: FNV-1a.
fn hash(name: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// A `NETLINK_*` protocol by name or number.
fn number(word: &str) -> Option<u16> {
    let word = word.trim();
    if let Some(hex) = word.strip_prefix("0x") {
        let digits = hex
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(hex.len());
        return u16::from_str_radix(hex.get(..digits)?, 16).ok();
    }
    word.parse().ok().or_else(|| protocol::number(word))
}
