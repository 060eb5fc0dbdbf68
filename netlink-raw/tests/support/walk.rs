//! A walk over a whole message by the schema tables: every attribute is known and has its size.

use netlink_raw::decode::{Attr, Attrs, MessageRef};
use netlink_raw::route::route::Legs;
use netlink_raw::schema::kinds::IFLA_VXLAN_TTL_INHERIT;
use netlink_raw::schema::link::IFLA_IFALIAS;
use netlink_raw::schema::{self, MAX_DEPTH, Table, Value};
use netlink_raw::wire::{RtNextHop, align};

/// What a walk found.
#[derive(Debug, Default)]
pub struct Found {
    /// Attributes, those inside others included.
    pub attributes: usize,
    /// Those that the tables do not know, or whose size is another.
    pub faults: Vec<String>,
    family: u8,
}

/// Walks a message.
pub fn walk(message: MessageRef<'_>) -> Found {
    let mut found = Found::default();
    let Some(spec) = schema::message(message.header.kind) else {
        found.faults.push(format!("type {}", message.header.kind));
        return found;
    };
    let family = message.body.first().copied().unwrap_or(0);
    let attrs = message.body.get(align(spec.header)..).unwrap_or_default();
    found.family = family;
    found.attributes(attrs, spec.table, MAX_DEPTH, spec.name);
    found
}

impl Found {
    fn attributes(&mut self, bytes: &[u8], table: &Table, depth: usize, path: &str) {
        let Some(depth) = depth.checked_sub(1) else {
            self.faults.push(format!("{path}: too deep"));
            return;
        };
        for attr in Attrs::new(bytes) {
            let Ok(attr) = attr else {
                self.faults.push(format!("{path}: {attr:?}"));
                return;
            };
            self.attributes += 1;
            let Some(spec) = table.spec(attr.kind) else {
                self.faults.push(format!("{path}: no {} known", attr.kind));
                continue;
            };
            let path = format!("{path}/{}", spec.name);
            if !fits(&attr, &spec.value, spec.name) {
                let len = attr.value.len();
                self.faults
                    .push(format!("{path}: {len} bytes for {:?}", spec.value));
            }
            if let Value::NextHops(table) = spec.value {
                self.legs(attr.value, table, depth, &path);
            }
            if let Some((skip, table)) = spec.value.inside(bytes, self.family) {
                match attr.value.get(skip..) {
                    Some(inside) => self.attributes(inside, table, depth, &path),
                    None => self.faults.push(format!("{path}: no {skip} bytes")),
                }
            }
        }
    }

    fn legs(&mut self, mut bytes: &[u8], table: &Table, depth: usize, path: &str) {
        for leg in Legs::new(bytes) {
            if let Err(e) = leg {
                self.faults.push(format!("{path}: {e}"));
                return;
            }
            let len = usize::from(u16::from_ne_bytes([bytes[0], bytes[1]]));
            self.attributes(&bytes[size_of::<RtNextHop>()..len], table, depth, path);
            bytes = bytes.get(align(len)..).unwrap_or_default();
        }
    }
}

/// Whether a payload has the size that its kind has.
fn fits(attr: &Attr<'_>, value: &Value, name: &str) -> bool {
    let len = attr.value.len();
    match *value {
        Value::U8 if attr.kind == IFLA_VXLAN_TTL_INHERIT && name == "IFLA_VXLAN_TTL_INHERIT" => {
            // The kernel takes a flag and sends a byte (drivers/net/vxlan).
            len <= 1
        }
        Value::U8 => len == 1,
        Value::U16 | Value::Be16 => len == 2,
        Value::U32 | Value::S32 | Value::Be32 | Value::Index => len == 4,
        Value::U64 | Value::Be64 => len == 8,
        // An alias goes without its NUL, so that an empty one is empty (net/core/rtnetlink.c).
        Value::Str if attr.kind == IFLA_IFALIAS && name == "IFLA_IFALIAS" => true,
        Value::Str => attr.value.iter().position(|b| *b == 0) == len.checked_sub(1),
        Value::Mac => len <= 32,
        Value::Ip => len == 4 || len == 16,
        Value::Flag => len == 0,
        Value::Struct(_, size) => len == usize::from(size),
        Value::NestAfter(size, _) => len >= usize::from(size),
        _ => true,
    }
}
