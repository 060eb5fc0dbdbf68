//! What iproute2 calls the numbers in a link: hardware types, states, flags, events.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::out::Ntop;

/// `ARPHRD_*` (`linux/if_arp.h`) as iproute2 names them, by number.
const HARDWARE: &[(u16, &str)] = &[
    (0, "netrom"),
    (1, "ether"),
    (2, "eether"),
    (3, "ax25"),
    (4, "pronet"),
    (5, "chaos"),
    (6, "ieee802"),
    (7, "arcnet"),
    (8, "atalk"),
    (15, "dlci"),
    (19, "atm"),
    (23, "metricom"),
    (24, "ieee1394"),
    (32, "infiniband"),
    (256, "slip"),
    (257, "cslip"),
    (258, "slip6"),
    (259, "cslip6"),
    (260, "rsrvd"),
    (264, "adapt"),
    (270, "rose"),
    (271, "x25"),
    (272, "hwx25"),
    (280, "can"),
    (512, "ppp"),
    (513, "hdlc"),
    (516, "lapb"),
    (517, "ddcmp"),
    (518, "rawhdlc"),
    (IPIP, "ipip"),
    (TUNNEL6, "tunnel6"),
    (770, "frad"),
    (771, "skip"),
    (772, "loopback"),
    (773, "ltalk"),
    (774, "fddi"),
    (775, "bif"),
    (SIT, "sit"),
    (777, "ip/ddp"),
    (GRE, "gre"),
    (779, "pimreg"),
    (780, "hippi"),
    (781, "ash"),
    (782, "econet"),
    (783, "irda"),
    (784, "fcpp"),
    (785, "fcal"),
    (786, "fcpl"),
    (787, "fcfb0"),
    (788, "fcfb1"),
    (789, "fcfb2"),
    (790, "fcfb3"),
    (791, "fcfb4"),
    (792, "fcfb5"),
    (793, "fcfb6"),
    (794, "fcfb7"),
    (795, "fcfb8"),
    (796, "fcfb9"),
    (797, "fcfb10"),
    (798, "fcfb11"),
    (799, "fcfb12"),
    (800, "tr"),
    (801, "ieee802.11"),
    (802, "ieee802.11/prism"),
    (803, "ieee802.11/radiotap"),
    (804, "ieee802.15.4"),
    (805, "ieee802.15.4/monitor"),
    (820, "phonet"),
    (821, "phonet_pipe"),
    (822, "caif"),
    (IP6GRE, "gre6"),
    (824, "netlink"),
    (825, "6lowpan"),
    (0xfffe, "none"),
    (0xffff, "void"),
];

const IPIP: u16 = 768;
const TUNNEL6: u16 = 769;
const SIT: u16 = 776;
const GRE: u16 = 778;
const IP6GRE: u16 = 823;

/// A hardware type: its name, or `[NUMBER]`, always so with `-N`.
#[derive(Debug, Clone, Copy)]
pub struct Hardware {
    /// `ARPHRD_*`.
    pub number: u16,
    /// Whether `-N` was given.
    pub numeric: bool,
}

impl fmt::Display for Hardware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = HARDWARE.binary_search_by_key(&self.number, |(number, _)| *number);
        match known.ok().and_then(|i| HARDWARE.get(i)) {
            Some((_, name)) if !self.numeric => f.write_str(name),
            _ => write!(f, "[{}]", self.number),
        }
    }
}

/// A link-layer address as iproute2 writes it for links of a hardware type: tunnels have IP
/// addresses, all others bytes.
#[derive(Debug, Clone, Copy)]
pub struct LlAddr<'a> {
    /// The address.
    pub bytes: &'a [u8],
    /// `ARPHRD_*` of its link.
    pub hardware: u16,
}

/// iproute2 has room for so many bytes of text.
const ADDRESS_TEXT: usize = 63;

impl fmt::Display for LlAddr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hardware {
            IPIP | SIT | GRE => {
                if let Ok(v4) = <[u8; 4]>::try_from(self.bytes) {
                    return Ipv4Addr::from(v4).fmt(f);
                }
            }
            TUNNEL6 | IP6GRE => {
                if let Ok(v6) = <[u8; 16]>::try_from(self.bytes) {
                    return Ntop(Ipv6Addr::from(v6)).fmt(f);
                }
            }
            _ => {}
        }
        Mac(self.bytes).fmt(f)
    }
}

/// Bytes in hexadecimal with colons between.
#[derive(Debug, Clone, Copy)]
pub struct Mac<'a>(pub &'a [u8]);

impl fmt::Display for Mac<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = ADDRESS_TEXT / 3;
        for (i, byte) in self.0.iter().take(whole).enumerate() {
            let colon = if i == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02x}")?;
        }
        match self.0.len() > whole {
            true => f.write_str(":"),
            false => Ok(()),
        }
    }
}

/// Bytes in hexadecimal, at most 31 of them: ids of ports and switches.
#[derive(Debug, Clone, Copy)]
pub struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.0.iter().take(ADDRESS_TEXT / 2);
        bytes.try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// `IF_OPER_*` by their numbers (RFC 2863).
pub const OPERSTATES: [&str; 7] = [
    "UNKNOWN",
    "NOTPRESENT",
    "DOWN",
    "LOWERLAYERDOWN",
    "TESTING",
    "DORMANT",
    "UP",
];

/// The name of an operational state.
pub fn operstate(state: u8) -> Option<&'static str> {
    OPERSTATES.get(usize::from(state)).copied()
}

/// `IF_LINK_MODE_*`.
pub fn linkmode(mode: u8) -> Option<&'static str> {
    ["DEFAULT", "DORMANT"].get(usize::from(mode)).copied()
}

/// `IFLA_EVENT_*`; 0 is no event and has no name.
pub fn event(event: u32) -> Option<&'static str> {
    const NAMES: [&str; 6] = [
        "REBOOT",
        "FEATURE CHANGE",
        "BONDING FAILOVER",
        "NOTIFY PEERS",
        "RESEND IGMP",
        "BONDING OPTION",
    ];
    let index = usize::try_from(event).ok()?.checked_sub(1)?;
    NAMES.get(index).copied()
}

/// `IN6_ADDR_GEN_MODE_*`.
pub fn addr_gen_mode(mode: u8) -> Option<&'static str> {
    const NAMES: [&str; 4] = ["eui64", "none", "stable_secret", "random"];
    NAMES.get(usize::from(mode)).copied()
}

/// `IFF_UP` (`linux/if.h`).
pub const UP: u32 = 1;
/// `IFF_POINTOPOINT`.
pub const POINTOPOINT: u32 = 0x10;
/// `IFF_RUNNING`, which is shown by its absence: `NO-CARRIER`.
pub const RUNNING: u32 = 0x40;

/// `IFF_*` in the order in which they are shown.
pub const FLAGS: [(u32, &str); 18] = [
    (0x8, "LOOPBACK"),
    (0x2, "BROADCAST"),
    (POINTOPOINT, "POINTOPOINT"),
    (0x1000, "MULTICAST"),
    (0x80, "NOARP"),
    (0x200, "ALLMULTI"),
    (0x100, "PROMISC"),
    (0x400, "MASTER"),
    (0x800, "SLAVE"),
    (0x4, "DEBUG"),
    (0x8000, "DYNAMIC"),
    (0x4000, "AUTOMEDIA"),
    (0x2000, "PORTSEL"),
    (0x20, "NOTRAILERS"),
    (UP, "UP"),
    (0x10000, "LOWER_UP"),
    (0x20000, "DORMANT"),
    (0x40000, "ECHO"),
];

/// The Ethernet type of a VLAN tag: its name, or `[NUMBER]`, always so with `-N`.
#[derive(Debug, Clone, Copy)]
pub struct VlanProtocol {
    /// The Ethernet type.
    pub number: u16,
    /// Whether `-N` was given.
    pub numeric: bool,
}

impl fmt::Display for VlanProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            0x8100 if !self.numeric => f.write_str("802.1Q"),
            0x88a8 if !self.numeric => f.write_str("802.1ad"),
            number => write!(f, "[{number}]"),
        }
    }
}
