//! Every name that a table leads to, with its number.

use super::uapi::Numbers;
use netlink_raw::schema::{Layout, Names, Table, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names and their numbers; a name may have several.
#[derive(Default)]
pub struct Named {
    /// A name's numbers.
    pub all: BTreeMap<&'static str, BTreeSet<u64>>,
    /// Structs by name.
    pub layouts: BTreeMap<&'static str, &'static Layout>,
    seen: BTreeSet<usize>,
}

impl Named {
    /// Adds a name.
    pub fn add(&mut self, name: &'static str, number: u64) {
        self.all.entry(name).or_default().insert(number);
    }

    /// Adds names of numbers or bits.
    pub fn names(&mut self, names: Names) {
        for (number, name) in names {
            self.add(name, *number);
        }
    }

    /// Adds the fields of a struct.
    pub fn layout(&mut self, layout: &'static Layout) {
        self.layouts.insert(layout.name, layout);
        for field in layout.fields {
            self.value(&field.value);
        }
    }

    /// Adds the attributes of a table and of all tables inside.
    pub fn table(&mut self, table: &'static Table) {
        if !self.seen.insert(std::ptr::from_ref(table) as usize) {
            return;
        }
        for spec in table.specs {
            self.add(spec.name, u64::from(spec.number));
            self.value(&spec.value);
        }
    }

    fn value(&mut self, value: &Value) {
        match *value {
            Value::Nest(t) | Value::NestAfter(_, t) | Value::NextHops(t) | Value::Each(t) => {
                self.table(t);
            }
            Value::RecordThen(layout, t) => {
                self.layout(layout);
                self.table(t);
            }
            Value::Record(layout) => self.layout(layout),
            Value::Enum(_, names) | Value::Bits(_, names) => self.names(names),
            Value::Array(inner, _) | Value::EachValue(inner) => self.value(inner),
            Value::ByFamily(tables) => tables.iter().for_each(|(_, t)| self.table(t)),
            Value::ByKind(_, tables) => tables.iter().for_each(|(_, t)| self.table(t)),
            Value::ByNumber(_, tables) => tables.iter().for_each(|(_, t)| self.table(t)),
            Value::ByName(_, values) | Value::ByOuterName(_, values) => {
                values.iter().for_each(|(_, v)| self.value(v));
            }
            Value::BySize(values) => values.iter().for_each(|(_, v)| self.value(v)),
            Value::RecordWith(layout, _, value) => {
                self.layout(layout);
                self.value(value);
            }
            Value::RecordList(one, two) => {
                self.layout(one);
                self.layout(two);
            }
            _ => {}
        }
    }

    /// What is wrong with the numbers: those that are not the headers', and names that no header has and that are
    /// not known to be newer than these headers. What ends in `_` stands for all that begin so.
    pub fn wrong(&self, kernel: &Numbers, newer: &[&str]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (name, numbers) in &self.all {
            let Some(theirs) = kernel.0.get(*name) else {
                if !newer.iter().any(|n| same(name, n)) {
                    wrong.push(format!("{name} is in no header"));
                }
                continue;
            };
            for number in numbers {
                // A negative number is written as the four bytes that it is sent in.
                let same =
                    *theirs as u64 == *number || (*theirs < 0 && *theirs as u32 == *number as u32);
                if !same {
                    wrong.push(format!("{name} is {theirs}, not {number}"));
                }
            }
        }
        wrong
    }

    /// Names of the headers that begin so and are not here, those known left out. What ends in `_` stands for all that
    /// begin so.
    pub fn missing(&self, kernel: &Numbers, prefixes: &[&str], known: &[&str]) -> Vec<String> {
        let mut missing: Vec<String> = kernel.0.keys().cloned().collect();
        missing.retain(|name| {
            prefixes.iter().any(|p| name.starts_with(p))
                && !is_count(kernel, name)
                && !["_UNSPEC", "_MASK", "_VERSION"]
                    .iter()
                    .any(|e| name.ends_with(e))
                && !self.all.contains_key(name.as_str())
                && !known
                    .iter()
                    .any(|k| name == k || k.ends_with('_') && name.starts_with(k))
        });
        missing.sort();
        missing
    }
}

/// Whether a name says how many there are of the others, as `NFTA_CMP_MAX` does by `__NFTA_CMP_MAX`.
fn is_count(kernel: &Numbers, name: &str) -> bool {
    let Some(stem) = name.strip_suffix("_MAX") else {
        return false;
    };
    let others = ["MAX", "CNT", "END", "LAST", "AFTER_LAST"];
    others.iter().any(|o| {
        let other = format!("__{stem}_{o}");
        kernel.0.contains_key(&other)
    })
}

/// Whether this is the name, or begins so where that ends in `_`.
fn same(name: &str, other: &str) -> bool {
    name == other || other.ends_with('_') && name.starts_with(other)
}

/// The numbers of these headers of `linux/`; nothing where there are none.
pub fn headers(names: &[&str]) -> Option<Numbers> {
    let directory = Path::new("/usr/include/linux");
    if !directory.join("netlink.h").exists() {
        println!("left out: no kernel headers in {}", directory.display());
        return None;
    }
    let mut kernel = Numbers::default();
    for name in names {
        kernel.read(&std::fs::read_to_string(directory.join(name)).expect(name));
    }
    Some(kernel)
}

/// Whether the headers are those that the tables were made from: newer ones have more.
pub fn of_linux_6_1() -> bool {
    let version = headers(&["version.h"]).and_then(|n| n.0.get("LINUX_VERSION_CODE").copied());
    version.is_some_and(|code| code >> 8 == 0x0601)
}
