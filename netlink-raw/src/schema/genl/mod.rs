//! Families of generic netlink: a message's type is a family's number, which the controller gave out
//! (`linux/genetlink.h`).

pub mod control;

use super::{Layout, Names, Table};

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
}

impl Family {
    /// The attributes of a command.
    #[must_use]
    pub fn table(&self, command: u8) -> &'static Table {
        let own = self.tables.iter().find(|(number, _)| *number == command);
        own.map_or(self.table, |(_, table)| *table)
    }
}

/// Every family known here.
pub static FAMILIES: &[&Family] = &[&control::CONTROL];

/// The family of this name.
#[must_use]
pub fn family(name: &[u8]) -> Option<&'static Family> {
    FAMILIES.iter().copied().find(|f| f.name.as_bytes() == name)
}
