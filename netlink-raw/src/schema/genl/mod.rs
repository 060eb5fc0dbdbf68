//! Families of generic netlink: a message's type is a family's number, which the controller gave out
//! (`linux/genetlink.h`).

pub mod acpi;
pub mod batadv;
pub mod control;
pub mod devlink;
pub mod ethtool;
pub mod fou;
pub mod gtp;
pub mod hsr;
pub mod ioam6;
pub mod ipvs;
pub mod l2tp;
pub mod macsec;
pub mod mptcp;
pub mod nbd;
pub mod netdev;
pub mod netlabel;
pub mod nl80211;
pub mod ovs;
pub mod quota;
pub mod records;
pub mod seg6;
pub mod taskstats;
pub mod tcp_metrics;
pub mod team;
pub mod thermal;
pub mod wireguard;

use super::{Layout, Names, Table, Value};

/// The controller's number, the only one that is fixed.
pub const GENL_ID_CTRL: u16 = 16;

/// A family.
#[derive(Debug)]
pub struct Family {
    /// Its name, which the controller is asked for.
    pub name: &'static str,
    /// Its commands.
    pub commands: Names,
    /// What stands between the `genlmsghdr` and the attributes.
    pub header: Option<&'static Layout>,
    /// The attributes of its messages.
    pub table: &'static Table,
    /// The attributes of commands that have others.
    pub tables: &'static [(u8, &'static Table)],
    /// What the kernel sends, where it is numbered apart from what is sent to it.
    pub answers: Option<&'static Family>,
    /// What the kernel tells without being asked, where that is numbered apart.
    pub events: Option<&'static Family>,
}

impl Family {
    /// What a family that says no more has.
    pub const PLAIN: Self = Self {
        name: "",
        commands: &[],
        header: None,
        table: &NOTHING,
        tables: &[],
        answers: None,
        events: None,
    };

    /// The attributes of a command.
    #[must_use]
    pub fn table(&self, command: u8) -> &'static Table {
        let own = self.tables.iter().find(|(number, _)| *number == command);
        own.map_or(self.table, |(_, table)| *table)
    }

    /// What a message of it is read by: who sent it, and whether someone asked for it, decide.
    #[must_use]
    pub fn spoken(&'static self, by_the_kernel: bool, asked_for: bool) -> &'static Self {
        match (self.answers, self.events) {
            (_, Some(events)) if by_the_kernel && !asked_for => events,
            (Some(answers), _) if by_the_kernel => answers,
            _ => self,
        }
    }
}

/// No attributes known.
pub static NOTHING: Table = Table {
    name: "NOTHING",
    specs: &[],
};

/// A number of four bytes or of eight.
pub static UINT: &[(u16, Value)] = &[(4, Value::U32), (8, Value::U64)];

/// Address families, `AF_*`.
pub const FAMILIES_OF_ADDRESSES: Names = &[(0, "AF_UNSPEC"), (2, "AF_INET"), (10, "AF_INET6")];

/// Every family known here.
pub static FAMILIES: &[&Family] = &[
    &acpi::ACPI,
    &batadv::BATADV,
    &control::CONTROL,
    &devlink::FAMILY,
    &ethtool::ETHTOOL,
    &fou::FOU,
    &gtp::GTP,
    &hsr::HSR,
    &ioam6::IOAM6,
    &ipvs::IPVS,
    &l2tp::L2TP,
    &macsec::MACSEC,
    &mptcp::MPTCP_PM,
    &nbd::NBD,
    &netdev::NETDEV,
    &netlabel::CALIPSO,
    &netlabel::CIPSOV4,
    &netlabel::MGMT,
    &netlabel::UNLABELED,
    &nl80211::FAMILY,
    &ovs::DATAPATH,
    &ovs::FLOW,
    &ovs::PACKET,
    &ovs::VPORT,
    &quota::QUOTA,
    &seg6::SEG6,
    &taskstats::TASKSTATS,
    &tcp_metrics::TCP_METRICS,
    &team::TEAM,
    &thermal::THERMAL,
    &wireguard::WIREGUARD,
];

/// The family of this name.
#[must_use]
pub fn family(name: &[u8]) -> Option<&'static Family> {
    FAMILIES.iter().copied().find(|f| f.name.as_bytes() == name)
}
