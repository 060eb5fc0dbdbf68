//! The keywords of `link add`, `set`, `replace`, `delete` and of a veth's other end.

use super::kinds::KINDS;
use crate::grammar::{Entry, Grammar, Value, exact, help, short};

/// What a keyword means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// `up`.
    Up,
    /// `down`.
    Down,
    /// `name NAME`.
    Name,
    /// `index NUMBER`.
    Index,
    /// `link DEVICE`.
    Link,
    /// `address LLADDR`.
    Address,
    /// `broadcast LLADDR`.
    Broadcast,
    /// `txqueuelen PACKETS`.
    TxQueueLen,
    /// `mtu BYTES`.
    Mtu,
    /// `xdp off` in one of its forms: the `XDP_FLAGS_*` of the form.
    Xdp(u32),
    /// `netns NETNS`.
    Netns,
    /// A flag of the device, on or off; `true` turns it around.
    Flag(u32, bool),
    /// `carrier on`.
    Carrier,
    /// `vf NUMBER`.
    Vf,
    /// `master DEVICE`.
    Master,
    /// `vrf DEVICE`.
    Vrf,
    /// `nomaster`.
    NoMaster,
    /// `type KIND`.
    Type,
    /// `alias TEXT`.
    Alias,
    /// `group GROUP`.
    Group,
    /// `mode MODE`.
    Mode,
    /// `state STATE`.
    State,
    /// A number in an attribute of its own.
    Number(Number),
    /// `addrgenmode MODE`.
    AddrGenMode,
    /// `link-netns NETNS`.
    LinkNetns,
    /// `link-netnsid ID`.
    LinkNetnsid,
    /// `protodown on`.
    ProtoDown,
    /// `protodown_reason REASON on`.
    ProtoDownReason,
    /// `parentdev NAME`.
    ParentDev,
    /// `dev DEVICE`.
    Dev,
    /// `help`.
    Help,
}

/// A number in an attribute of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// `numtxqueues`.
    TxQueues,
    /// `numrxqueues`.
    RxQueues,
    /// `gso_max_size`.
    GsoSize,
    /// `gso_max_segs`.
    GsoSegs,
    /// `gro_max_size`.
    GroSize,
    /// `gso_ipv4_max_size`.
    GsoIpv4Size,
    /// `gro_ipv4_max_size`.
    GroIpv4Size,
}

const XDP_UPDATE_IF_NOEXIST: u32 = 1;
const XDP_SKB: u32 = 2;
const XDP_DRV: u32 = 4;
const XDP_HW: u32 = 8;

const fn flag(bit: i32, inverse: bool) -> Set {
    Set::Flag(bit as u32, inverse)
}

const fn xdp(mode: u32) -> Set {
    Set::Xdp(XDP_UPDATE_IF_NOEXIST | mode)
}

// What both tables have.
const NAME: Entry<Set> = exact(Set::Name, "name")
    .value("NAME")
    .says("its name, or its new name");
const BELOW: Entry<Set> = short(Set::Link, "link")
    .takes(Value::Device("DEVICE"))
    .says("the device below a new one");
const TYPE: Entry<Set> = short(Set::Type, "type")
    .takes(Value::Kind(&KINDS))
    .says("its kind, and words of the kind");
const GROUP: Entry<Set> = exact(Set::Group, "group")
    .value("GROUP")
    .says("its group; without a device, all devices of the group");
const HELP: Entry<Set> = help(Set::Help);
const DEV: Entry<Set> = exact(Set::Dev, "dev")
    .takes(Value::Device("DEVICE"))
    .bare()
    .says("the device");

/// In the order in which iproute2 looks through them.
pub static LINK: Grammar<Set> = Grammar(&[
    exact(Set::Up, "up").says("turn it on"),
    exact(Set::Down, "down").says("turn it off"),
    NAME,
    exact(Set::Index, "index")
        .value("NUMBER")
        .says("the index a new device gets"),
    BELOW,
    short(Set::Address, "address")
        .value("LLADDR")
        .says("link-layer address"),
    short(Set::Broadcast, "broadcast")
        .also(&["brd"])
        .value("LLADDR")
        .says("link-layer broadcast address"),
    short(Set::TxQueueLen, "txqueuelen")
        .also(&["qlen"])
        .also_short(&["txqlen"])
        .value("PACKETS")
        .says("length of the transmit queue"),
    exact(Set::Mtu, "mtu").value("BYTES").says("largest packet"),
    exact(xdp(XDP_SKB), "xdpgeneric")
        .takes(Value::OneOf(&["off"]))
        .says("take the generic XDP program off"),
    exact(xdp(XDP_DRV), "xdpdrv")
        .takes(Value::OneOf(&["off"]))
        .says("take the driver's XDP program off"),
    exact(xdp(XDP_HW), "xdpoffload")
        .takes(Value::OneOf(&["off"]))
        .says("take the offloaded XDP program off"),
    exact(xdp(0), "xdp")
        .takes(Value::OneOf(&["off"]))
        .says("take the XDP program off"),
    exact(Set::Netns, "netns")
        .takes(Value::Netns("NAME|PID|PATH"))
        .says("the network namespace it is created in or moved to"),
    exact(flag(libc::IFF_MULTICAST, false), "multicast")
        .on_off()
        .says("multicast"),
    exact(flag(libc::IFF_ALLMULTI, false), "allmulticast")
        .on_off()
        .says("receive all multicast packets"),
    exact(flag(libc::IFF_PROMISC, false), "promisc")
        .on_off()
        .says("receive all packets"),
    exact(flag(libc::IFF_NOTRAILERS, true), "trailers")
        .on_off()
        .says("trailers, without effect today"),
    exact(flag(libc::IFF_NOARP, true), "arp")
        .on_off()
        .says("ARP"),
    exact(Set::Carrier, "carrier")
        .on_off()
        .says("carrier, where the driver lets it be set"),
    exact(Set::Vf, "vf")
        .value("NUMBER")
        .says("virtual functions: not done by vnet"),
    short(Set::Master, "master")
        .takes(Value::Device("DEVICE"))
        .says("the device it becomes a port of"),
    exact(Set::Vrf, "vrf")
        .takes(Value::Device("DEVICE"))
        .says("the VRF it becomes a port of"),
    short(Set::NoMaster, "nomaster").says("it becomes a port of nothing"),
    short(flag(libc::IFF_DYNAMIC, false), "dynamic")
        .on_off()
        .says("its address may change"),
    TYPE,
    short(Set::Alias, "alias")
        .value("TEXT")
        .says("a description; empty for none"),
    GROUP,
    exact(Set::Mode, "mode")
        .takes(Value::OneOf(&["default", "dormant"]))
        .says("whether it is dormant when it comes up"),
    exact(Set::State, "state")
        .value("STATE")
        .says("operational state: up, down, dormant, ..."),
    short(Set::Number(Number::TxQueues), "numtxqueues")
        .value("COUNT")
        .says("transmit queues"),
    short(Set::Number(Number::RxQueues), "numrxqueues")
        .value("COUNT")
        .says("receive queues"),
    short(Set::AddrGenMode, "addrgenmode")
        .takes(Value::OneOf(&["eui64", "none", "stable_secret", "random"]))
        .says("how IPv6 link-local addresses are made"),
    short(Set::LinkNetns, "link-netns")
        .takes(Value::Netns("NAME|PATH"))
        .says("the namespace of the device below"),
    short(Set::LinkNetnsid, "link-netnsid")
        .value("ID")
        .says("the same, by its number here"),
    exact(Set::ProtoDown, "protodown")
        .on_off()
        .says("held down by a protocol"),
    exact(Set::ProtoDownReason, "protodown_reason")
        .value("REASON on|off")
        .says("why it is held down"),
    exact(Set::Number(Number::GsoSize), "gso_max_size")
        .value("BYTES")
        .says("largest GSO packet"),
    exact(Set::Number(Number::GsoSegs), "gso_max_segs")
        .value("PACKETS")
        .says("most segments of a GSO packet"),
    exact(Set::Number(Number::GroSize), "gro_max_size")
        .value("BYTES")
        .says("largest GRO packet"),
    exact(Set::Number(Number::GsoIpv4Size), "gso_ipv4_max_size")
        .value("BYTES")
        .says("largest GSO packet of IPv4"),
    exact(Set::Number(Number::GroIpv4Size), "gro_ipv4_max_size")
        .value("BYTES")
        .says("largest GRO packet of IPv4"),
    exact(Set::ParentDev, "parentdev")
        .value("NAME")
        .says("device of the parent bus"),
    HELP,
    DEV,
]);

/// What `link delete` has of these: what says which link, and what a script may repeat from its `add`.
pub static DELETE: Grammar<Set> = Grammar(&[NAME, BELOW, TYPE, GROUP, HELP, DEV]);

/// `link property`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// `altname NAME`.
    Altname,
    /// `dev DEVICE`.
    Dev,
    /// `help`.
    Help,
}

/// In the order in which iproute2 looks through them.
pub static PROPERTY: Grammar<Property> = Grammar(&[
    short(Property::Altname, "altname")
        .value("NAME")
        .says("another name"),
    help(Property::Help),
    exact(Property::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .bare()
        .says("the device"),
]);
