//! Tables of radios, `nl80211`: commands and attributes by name (`linux/nl80211.h`).

pub mod attributes;
pub mod names;

use super::Family;

/// Radios.
pub static FAMILY: Family = Family {
    name: "nl80211",
    commands: names::COMMANDS,
    table: &attributes::NL80211,
    ..Family::PLAIN
};
