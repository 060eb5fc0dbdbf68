//! Devices as net-tools' ifconfig prints them.

mod counters;
mod listed;
mod order;

use crate::context::Context;
use crate::error::{CmdError, Result};
use crate::out::{Left, Out};
use counters::{counters, counters_short};
use netlink_raw::route::addr::{Address, GetAddresses};
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::schema::link::IFLA_MAP;
use netlink_raw::wire::{LinkIfMap, LinkStats64};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What ifconfig shows of a device.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// Interface index.
    pub index: i32,
    /// Name.
    pub name: Vec<u8>,
    /// `IFF_*`, the low 16 bits.
    pub flags: u16,
    /// `ARPHRD_*`.
    pub hardware: u16,
    /// Link-layer address.
    pub address: Vec<u8>,
    /// MTU in bytes.
    pub mtu: u32,
    /// Length of the transmit queue, packets.
    pub txqlen: u32,
    /// Counters.
    pub stats: LinkStats64,
    /// Where its hardware is.
    pub map: LinkIfMap,
}

impl Device {
    /// From the kernel's description.
    #[must_use]
    pub fn of(link: &Link<'_>) -> Self {
        let map = link.attributes().find(IFLA_MAP);
        Self {
            index: link.index,
            name: link.name.unwrap_or_default().to_vec(),
            // The interface of ifconfig's time had 16 bits.
            flags: link.flags as u16,
            hardware: link.hardware,
            address: link.address.unwrap_or_default().to_vec(),
            mtu: link.mtu.unwrap_or(0),
            txqlen: link.txqlen.unwrap_or(0),
            stats: link.stats.unwrap_or_default(),
            map: map.map_or_else(LinkIfMap::default, |attr| attr.read_grown()),
        }
    }
}

/// An IPv4 address of a device: one that has the name of the device, or of an alias, as its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inet {
    /// Index of its device.
    pub index: u32,
    /// Its label.
    pub label: Vec<u8>,
    /// The address itself.
    pub local: Ipv4Addr,
    /// The other end's, or the same once more.
    pub peer: Ipv4Addr,
    /// Bits of the prefix.
    pub prefix: u8,
    /// Broadcast address; unspecified where there is none.
    pub broadcast: Ipv4Addr,
    /// `RT_SCOPE_*`.
    pub scope: u8,
}

/// An IPv6 address of a device.
#[derive(Clone, Copy, Debug)]
pub struct Inet6 {
    /// Index of its device.
    pub index: u32,
    /// The address itself.
    pub local: Ipv6Addr,
    /// Bits of the prefix.
    pub prefix: u8,
}

/// The addresses of all devices, or of one, in the kernel's order.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// IPv4.
    pub inet: Vec<Inet>,
    /// IPv6.
    pub inet6: Vec<Inet6>,
}

impl Addresses {
    /// Asks the kernel; index 0 is all devices.
    ///
    /// # Errors
    /// Of the exchange.
    pub fn get(ctx: &mut Context, index: u32) -> Result<Self> {
        let request = GetAddresses {
            index,
            ..GetAddresses::default()
        };
        let dump = ctx.kernel.conn()?.collect(&request);
        let dump = dump.map_err(|e| CmdError::netlink("cannot list addresses", &e))?;
        let mut all = Self::default();
        for message in dump.messages() {
            let Ok(address) = Address::parse(&message) else {
                continue;
            };
            // Kernels before 4.20 do not filter.
            if index == 0 || address.index == index {
                all.note(&address);
            }
        }
        listed::sort(&mut all.inet6);
        Ok(all)
    }

    fn note(&mut self, address: &Address<'_>) {
        match address.own() {
            Some(IpAddr::V4(local)) => self.inet.push(Inet {
                index: address.index,
                label: address.label.unwrap_or_default().to_vec(),
                local,
                peer: v4(address.address).unwrap_or(local),
                prefix: address.prefixlen,
                broadcast: v4(address.broadcast).unwrap_or(Ipv4Addr::UNSPECIFIED),
                scope: address.scope,
            }),
            Some(IpAddr::V6(local)) => self.inet6.push(Inet6 {
                index: address.index,
                local,
                prefix: address.prefixlen,
            }),
            None => {}
        }
    }

    /// The first IPv4 address with this label.
    #[must_use]
    pub fn labelled(&self, label: &[u8]) -> Option<&Inet> {
        self.inet.iter().find(|a| a.label == label)
    }
}

fn v4(address: Option<IpAddr>) -> Option<Ipv4Addr> {
    match address {
        Some(IpAddr::V4(a)) => Some(a),
        _ => None,
    }
}

/// How much is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// `-a`: what is down, too.
    pub all: bool,
    /// `-s`: a table.
    pub short: bool,
}

/// Lists the devices and the aliases that addresses of theirs are labelled with.
///
/// # Errors
/// Of the exchange.
pub fn list(ctx: &mut Context, form: Form) -> Result {
    let dump = ctx.kernel.conn()?.collect(&GetLink::default());
    let dump = dump.map_err(|e| CmdError::netlink("cannot list devices", &e))?;
    let links = dump.messages().filter_map(|m| Link::parse(&m).ok());
    let devices: Vec<Device> = links.map(|link| Device::of(&link)).collect();
    drop(dump);
    let addresses = Addresses::get(ctx, 0)?;
    let mut names: Vec<(&[u8], &Device)> = devices.iter().map(|d| (d.name.as_slice(), d)).collect();
    for address in &addresses.inet {
        let owner = devices
            .iter()
            .find(|d| d.index.cast_unsigned() == address.index);
        names.extend(owner.map(|owner| (address.label.as_slice(), owner)));
    }
    names.sort_by(|a, b| order::compare(a.0, b.0));
    names.dedup_by(|a, b| a.0 == b.0);
    if form.short {
        head(&mut ctx.out);
    }
    for (name, device) in names {
        if form.all || device.flags & libc::IFF_UP as u16 != 0 {
            show(&mut ctx.out, name, device, &addresses, form);
        }
    }
    Ok(())
}

/// The heading of the table.
pub fn head(out: &mut Out) {
    out.raw("Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n");
}

/// Shows a device under its name, or an alias of it.
pub fn show(out: &mut Out, name: &[u8], device: &Device, addresses: &Addresses, form: Form) {
    if form.short {
        return row(out, name, device);
    }
    let flags = device.flags;
    // A negative number where the highest flag is set, as there.
    out.raw((name, ": flags=", flags.cast_signed(), "<"));
    let names: Vec<&str> = FLAGS
        .iter()
        .filter(|(bit, ..)| flags & bit != 0)
        .map(|(_, name, _)| *name)
        .collect();
    out.raw(names.join(","));
    // Without any flag the closing bracket is missing there, too.
    out.raw((
        if flags == 0 { "" } else { ">" },
        "  mtu ",
        device.mtu,
        "\n",
    ));
    let is = |flag: i32| flags & flag as u16 != 0;
    if let Some(a) = addresses.labelled(name) {
        let mask = mask(a.prefix);
        out.raw(("        inet ", a.local, "  netmask ", mask));
        if is(libc::IFF_BROADCAST) {
            out.raw(("  broadcast ", a.broadcast));
        }
        if is(libc::IFF_POINTOPOINT) {
            out.raw(("  destination ", a.peer));
        }
        out.raw("\n");
    }
    let alias = name.contains(&b':');
    let mine = |a: &&Inet6| a.index == device.index.cast_unsigned() && !alias;
    for a in addresses.inet6.iter().filter(mine) {
        let (number, scope) = scope(a.local);
        out.raw(("        inet6 ", a.local, "  prefixlen ", a.prefix));
        out.raw(format_args!("  scopeid {number:#x}<{scope}>\n"));
    }
    hardware(out, device);
    if !alias {
        counters(out, &device.stats);
    }
    place(out, &device.map);
    out.raw("\n");
}

/// One row of the table.
fn row(out: &mut Out, name: &[u8], device: &Device) {
    out.raw((Left(15, name), format_args!(" {:5} ", device.mtu)));
    match name.contains(&b':') {
        true => out.raw("     - no statistics available -                        "),
        false => counters_short(out, &device.stats),
    }
    let mut letters: Vec<(u8, &str)> = FLAGS
        .iter()
        .filter(|(bit, ..)| device.flags & bit != 0)
        .map(|(_, _, letter)| *letter)
        .collect();
    letters.sort_by_key(|(place, _)| *place);
    let letters: String = letters.into_iter().map(|(_, letter)| letter).collect();
    match device.flags {
        0 => out.raw("[NO FLAGS]\n"),
        _ => out.raw((letters, "\n")),
    }
}

/// A flag: its bit, its name, and in the table the place of its letter and the letter.
type Flag = (u16, &'static str, (u8, &'static str));

/// The flags in the order of their names; those above 16 bits are not ifconfig's.
const FLAGS: [Flag; 14] = [
    (libc::IFF_UP as u16, "UP", (13, "U")),
    (libc::IFF_BROADCAST as u16, "BROADCAST", (1, "B")),
    (libc::IFF_DEBUG as u16, "DEBUG", (2, "D")),
    (libc::IFF_LOOPBACK as u16, "LOOPBACK", (3, "L")),
    (libc::IFF_POINTOPOINT as u16, "POINTOPOINT", (9, "P")),
    (libc::IFF_NOTRAILERS as u16, "NOTRAILERS", (7, "N")),
    (libc::IFF_RUNNING as u16, "RUNNING", (12, "R")),
    (libc::IFF_NOARP as u16, "NOARP", (8, "O")),
    (libc::IFF_PROMISC as u16, "PROMISC", (6, "P")),
    (libc::IFF_ALLMULTI as u16, "ALLMULTI", (0, "A")),
    (libc::IFF_SLAVE as u16, "SLAVE", (10, "s")),
    (libc::IFF_MASTER as u16, "MASTER", (11, "m")),
    (libc::IFF_MULTICAST as u16, "MULTICAST", (4, "M")),
    (libc::IFF_DYNAMIC as u16, "DYNAMIC", (5, "d")),
];

/// The line of the link layer.
fn hardware(out: &mut Out, device: &Device) {
    // ARPHRD_* of linux/if_arp.h.
    let (name, title) = match device.hardware {
        1 => ("ether", "Ethernet"),
        256 => ("slip", "Serial Line IP"),
        257 => ("cslip", "VJ Serial Line IP"),
        258 => ("slip6", "6-bit Serial Line IP"),
        259 => ("cslip6", "VJ 6-bit Serial Line IP"),
        264 => ("adaptive", "Adaptive Serial Line IP"),
        512 => ("ppp", "Point-to-Point Protocol"),
        513 => ("hdlc", "(Cisco)-HDLC"),
        516 => ("lapb", "LAPB"),
        768 => ("tunnel", "IPIP Tunnel"),
        770 => ("frad", "Frame Relay Access Device"),
        772 => ("loop", "Local Loopback"),
        776 => ("sit", "IPv6-in-IPv4"),
        _ => ("unspec", "UNSPEC"),
    };
    out.raw(("        ", name));
    // Eight bytes at most were ever copied; the last 8 of 16 are padding.
    let byte = |i: usize| {
        device
            .address
            .get(i)
            .filter(|_| i < 8)
            .copied()
            .unwrap_or(0)
    };
    let joined = |count: usize, separator: &str, upper: bool| {
        let bytes = (0..count).map(byte).map(|b| match upper {
            true => format!("{b:02X}"),
            false => format!("{b:02x}"),
        });
        bytes.collect::<Vec<_>>().join(separator)
    };
    match name {
        "ether" => out.raw((" ", joined(6, ":", false))),
        "tunnel" => out.raw(" "),
        "unspec" => out.raw((" ", joined(16, "-", true))),
        _ => {}
    }
    out.raw(("  txqueuelen ", device.txqlen, "  (", title, ")\n"));
}

/// Where the hardware is, if that is known.
fn place(out: &mut Out, map: &LinkIfMap) {
    if map.irq == 0 && map.mem_start == 0 && map.dma == 0 && map.base_addr < 0x100 {
        return;
    }
    out.raw("        device ");
    if map.irq != 0 {
        out.raw(("interrupt ", map.irq, "  "));
    }
    if map.base_addr >= 0x100 {
        out.raw(format_args!("base 0x{:x}  ", map.base_addr));
    }
    if map.mem_start != 0 {
        out.raw(format_args!(
            "memory 0x{:x}-{:x}  ",
            map.mem_start, map.mem_end
        ));
    }
    if map.dma != 0 {
        out.raw(format_args!("  dma 0x{:x}", map.dma));
    }
    out.raw("\n");
}

/// The mask of so many bits.
pub fn mask(prefix: u8) -> Ipv4Addr {
    let host = 32u32.saturating_sub(prefix.into());
    u32::MAX.checked_shl(host).unwrap_or(0).into()
}

/// The scope of an address as the kernel's IPv6 code numbers it (net/ipv6.h).
fn scope(address: Ipv6Addr) -> (u8, &'static str) {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => (0x10, "host"),
        [first, ..] if first & 0xffc0 == 0xfe80 => (0x20, "link"),
        [first, ..] if first & 0xffc0 == 0xfec0 => (0x40, "site"),
        [0, 0, 0, 0, 0, 0, high, _] if high != 0 => (0x80, "compat,global"),
        _ => (0, "global"),
    }
}

#[cfg(test)]
mod tests;
