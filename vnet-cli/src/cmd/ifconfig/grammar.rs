//! The words of ifconfig(8).

use crate::grammar::{Grammar, exact};

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// All devices.
    All,
    /// A table.
    Short,
    /// More.
    Verbose,
    /// The usage.
    Help,
    /// The version.
    Version,
    /// An address family: IPv4.
    Inet,
    /// An address family: IPv6.
    Inet6,
    /// Up.
    Up,
    /// Down.
    Down,
    /// A flag to set or to clear.
    Flag(Flag, bool),
    /// MTU.
    Mtu,
    /// Length of the transmit queue.
    TxQueueLen,
    /// Netmask.
    Netmask,
    /// Broadcast address.
    Broadcast,
    /// No broadcast.
    NoBroadcast,
    /// The other end's address.
    Peer,
    /// No other end.
    NoPeer,
    /// Link-layer address.
    Hardware,
    /// One more IPv6 address.
    Add,
    /// One IPv6 address less.
    Del,
    /// Another name.
    Name,
    /// Known to net-tools, and not done here.
    Lacking,
}

/// A flag that can be set and cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Resolve addresses.
    Arp,
    /// Take all packets.
    Promisc,
    /// Take all multicast packets.
    AllMulti,
    /// Multicast at all.
    Multicast,
    /// Trailers, of old BSD systems.
    Trailers,
    /// Addresses that change, of old dial-up links.
    Dynamic,
}

/// The words of ifconfig.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::All, "-a").says("list devices that are down, too"),
    exact(Key::Short, "-s").says("list them in a table"),
    exact(Key::Verbose, "-v").says("be verbose about errors"),
    exact(Key::Help, "--help")
        .also(&["-h", "-help", "-?"])
        .says("print the usage"),
    exact(Key::Version, "--version")
        .also(&["-V", "-version"])
        .says("print the version"),
    exact(Key::Up, "up").says("set the device up"),
    exact(Key::Down, "down").says("set it down; an alias goes away"),
    exact(Key::Inet, "inet").says("the address is IPv4"),
    exact(Key::Inet6, "inet6").says("the address is IPv6"),
    exact(Key::Netmask, "netmask")
        .value("MASK")
        .says("which bits of the address are the network's"),
    exact(Key::Broadcast, "broadcast")
        .value("[ ADDRESS ]")
        .says("broadcast address"),
    exact(Key::NoBroadcast, "-broadcast").says("no broadcast"),
    exact(Key::Peer, "pointopoint")
        .also(&["dstaddr"])
        .value("[ ADDRESS ]")
        .says("address of the other end"),
    exact(Key::NoPeer, "-pointopoint").says("no other end"),
    exact(Key::Add, "add")
        .value("ADDRESS/BITS")
        .says("add an IPv6 address"),
    exact(Key::Del, "del")
        .value("ADDRESS/BITS")
        .says("take an IPv6 address away"),
    exact(Key::Hardware, "hw")
        .value("ether ADDRESS")
        .says("link-layer address"),
    exact(Key::Mtu, "mtu").value("BYTES").says("largest packet"),
    exact(Key::TxQueueLen, "txqueuelen")
        .value("PACKETS")
        .says("length of the transmit queue"),
    exact(Key::Name, "name")
        .value("NAME")
        .says("give the device another name"),
    exact(Key::Flag(Flag::Arp, true), "arp").says("resolve addresses"),
    exact(Key::Flag(Flag::Arp, false), "-arp").says("do not"),
    exact(Key::Flag(Flag::Promisc, true), "promisc").says("take all packets"),
    exact(Key::Flag(Flag::Promisc, false), "-promisc").says("do not"),
    exact(Key::Flag(Flag::AllMulti, true), "allmulti").says("take all multicast packets"),
    exact(Key::Flag(Flag::AllMulti, false), "-allmulti").says("do not"),
    exact(Key::Flag(Flag::Multicast, true), "multicast").says("take part in multicast"),
    exact(Key::Flag(Flag::Multicast, false), "-multicast").says("do not"),
    exact(Key::Flag(Flag::Trailers, true), "trailers").says("clear the flag NOTRAILERS"),
    exact(Key::Flag(Flag::Trailers, false), "-trailers").says("set it"),
    exact(Key::Flag(Flag::Dynamic, true), "dynamic").says("set the flag DYNAMIC"),
    exact(Key::Flag(Flag::Dynamic, false), "-dynamic").says("clear it"),
    exact(Key::Lacking, "tunnel")
        .also(&[
            "outfill",
            "keepalive",
            "mem_start",
            "io_addr",
            "irq",
            "media",
            "metric",
        ])
        .value("VALUE")
        .says("not done by vnet"),
]);
