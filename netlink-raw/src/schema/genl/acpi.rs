//! Tables of events of ACPI (`drivers/acpi/event.c`).

use super::Family;
use super::records::ACPI_EVENT;
use crate::schema::Value::*;
use crate::schema::{attributes, names};

/// Events of ACPI.
pub static ACPI: Family = Family {
    name: "acpi_event",
    commands: COMMANDS,
    table: &ACPI_ATTR,
    ..Family::PLAIN
};

attributes! {
    /// An event.
    pub ACPI_ATTR {
        ACPI_GENL_ATTR_EVENT = 1: Record(&ACPI_EVENT),
    }
}

names! {
    /// Its commands.
    pub COMMANDS {
        ACPI_GENL_CMD_EVENT = 1,
    }
}
