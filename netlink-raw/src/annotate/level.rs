//! Attributes side by side: what each of them is, by its table and by what stands beside it.

use super::item::Name;
use crate::decode::Attrs;
use crate::schema::headers::IFINFOMSG;
use crate::schema::route::encap::MPLS_LABEL;
use crate::schema::{Int, Spec, Table, Value};
use crate::wire::align;
use core::cell::RefCell;

/// What the attributes of a list are.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// Those of a table.
    Table(&'static Table),
    /// Each holds attributes of a table.
    Each(&'static Table),
    /// Each is such a value.
    Value(&'static Value),
}

impl Of {
    /// What an attribute of this number is called, and what its payload is.
    pub(super) fn attribute(self, number: u16) -> (Name, Option<Value>) {
        match self {
            Self::Table(table) => match lookup(table, number) {
                Some(spec) => (Name::Known(spec.name), Some(spec.value)),
                None => (Name::Number(number.into()), None),
            },
            Self::Each(table) => (Name::Number(number.into()), Some(Value::Nest(table))),
            Self::Value(value) => (Name::Number(number.into()), Some(*value)),
        }
    }
}

/// Most tables have each number at its place.
fn lookup(table: &'static Table, number: u16) -> Option<&'static Spec> {
    let at = usize::from(number);
    let guess = |at: usize| table.specs.get(at).filter(|s| s.number == number);
    guess(at.wrapping_sub(1))
        .or_else(|| guess(at))
        .or_else(|| table.spec(number))
}

/// A list of attributes, and the lists that it is inside.
pub(super) struct Level<'a, 'p> {
    bytes: &'a [u8],
    of: Of,
    /// The address family of the message, or of what it has inside.
    pub(super) family: u8,
    outer: Option<&'p Level<'a, 'p>>,
    /// Attributes that others were chosen by: each is looked for once.
    found: RefCell<Vec<Found<'a>>>,
}

/// A number, and the payload of the last attribute of it.
type Found<'a> = (u16, Option<&'a [u8]>);

const AF_MPLS: u8 = 28;
const LABELS: Value = Value::Array(&Value::Record(&MPLS_LABEL), 4);

/// More lookups than this are not remembered; no table has as many.
const MOST: usize = 8;

/// Attributes inside a payload.
pub(super) struct Inside {
    /// Where in the payload they start.
    pub(super) skip: usize,
    /// What they are.
    pub(super) of: Of,
    /// The address family from here on.
    pub(super) family: u8,
}

impl<'a, 'p> Level<'a, 'p> {
    pub(super) fn new(bytes: &'a [u8], of: Of, family: u8, outer: Option<&'p Self>) -> Self {
        Self {
            bytes,
            of,
            family,
            outer,
            found: RefCell::default(),
        }
    }

    /// The payload of the last attribute of this number, which is the one that the kernel would take.
    fn sibling(&self, number: u16) -> Option<&'a [u8]> {
        let mut found = self.found.borrow_mut();
        if let Some((_, payload)) = found.iter().find(|(n, _)| *n == number) {
            return *payload;
        }
        let payload = Attrs::new(self.bytes).find(number).map(|a| a.value);
        if found.len() < MOST {
            found.push((number, payload));
        }
        payload
    }

    /// The string of an attribute here, or beside one that this list is inside.
    fn string(&self, number: u16) -> Option<&'a [u8]> {
        let mut level = self;
        loop {
            if let Some(payload) = level.sibling(number) {
                return payload.split(|b| *b == 0).next();
            }
            level = level.outer?;
        }
    }

    /// The number in an attribute here.
    fn number(&self, number: u16) -> Option<u64> {
        let payload = self.sibling(number)?;
        let value = self.of.attribute(number).1?;
        let int = int_of(&value).unwrap_or(Int::U32);
        integer(int, payload).map(|(bits, _)| bits)
    }

    /// What a value comes to here: a choice is made, all others are themselves.
    pub(super) fn resolve(&self, value: Value) -> Value {
        let of_name = |name: &[u8], all: &[(&str, Value)]| {
            let chosen = all.iter().find(|(n, _)| n.as_bytes() == name);
            chosen.map_or(Value::Bytes, |(_, value)| *value)
        };
        match value {
            Value::ByName(number, all) => {
                let name = self.string(number);
                name.map_or(Value::Bytes, |name| of_name(name, all))
            }
            Value::ByOuterName(number, all) => {
                let name = self.outer.and_then(|outer| outer.string(number));
                name.map_or(Value::Bytes, |name| of_name(name, all))
            }
            Value::ByKind(number, all) => {
                let name = self.string(number);
                let chosen = name.and_then(|name| all.iter().find(|(n, _)| n.as_bytes() == name));
                chosen.map_or(Value::Bytes, |(_, table)| Value::Nest(table))
            }
            Value::ByNumber(number, all) => {
                let chosen = self
                    .number(number)
                    .and_then(|number| all.iter().find(|(n, _)| *n == number));
                chosen.map_or(Value::Bytes, |(_, table)| Value::Nest(table))
            }
            Value::ByFamily(all) => {
                let of = |family| all.iter().find(|(f, _)| *f == family);
                of(self.family)
                    .or_else(|| of(0))
                    .map_or(Value::Bytes, |(_, table)| Value::Nest(table))
            }
            // A destination of MPLS is a label.
            Value::Ip if self.family == AF_MPLS => LABELS,
            other => other,
        }
    }

    /// The attributes in a payload of a value that is resolved.
    pub(super) fn inside(&self, value: &Value, payload: &[u8]) -> Option<Inside> {
        let (skip, of) = match *value {
            Value::Nest(table) => (0, Of::Table(table)),
            Value::Each(table) => (0, Of::Each(table)),
            Value::EachValue(value) => (0, Of::Value(value)),
            Value::NestAfter(header, table) => (align(header.into()), Of::Table(table)),
            Value::RecordThen(layout, table) => (align(layout.size.into()), Of::Table(table)),
            _ => return None,
        };
        // A veth's peer is a link with a family of its own.
        let own = matches!(value, Value::RecordThen(layout, _) if layout.name == IFINFOMSG.name);
        let family = payload.first().copied().filter(|_| own);
        Some(Inside {
            skip,
            of,
            family: family.unwrap_or(self.family),
        })
    }
}

/// How a value of one number is written.
pub(super) fn int_of(value: &Value) -> Option<Int> {
    Some(match value {
        Value::U8 => Int::U8,
        Value::U16 => Int::U16,
        Value::U32 | Value::Index => Int::U32,
        Value::U64 => Int::U64,
        Value::S8 => Int::S8,
        Value::S16 => Int::S16,
        Value::S32 => Int::S32,
        Value::S64 => Int::S64,
        Value::Be16 => Int::Be16,
        Value::Be32 => Int::Be32,
        Value::Be64 => Int::Be64,
        Value::SBe32 => Int::SBe32,
        Value::Enum(int, _) | Value::Bits(int, _) => *int,
        _ => return None,
    })
}

/// A number of exactly these bytes: its bits, and its value where it is signed.
pub(super) fn integer(int: Int, bytes: &[u8]) -> Option<(u64, Option<i64>)> {
    fn exactly<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
        bytes.try_into().ok()
    }
    let signed = |value: i64| Some((value.cast_unsigned(), Some(value)));
    let bits = match int {
        Int::U8 => u8::from_ne_bytes(exactly(bytes)?).into(),
        Int::U16 => u16::from_ne_bytes(exactly(bytes)?).into(),
        Int::U32 => u32::from_ne_bytes(exactly(bytes)?).into(),
        Int::U64 => u64::from_ne_bytes(exactly(bytes)?),
        Int::Be16 => u16::from_be_bytes(exactly(bytes)?).into(),
        Int::Be32 => u32::from_be_bytes(exactly(bytes)?).into(),
        Int::Be64 => u64::from_be_bytes(exactly(bytes)?),
        Int::SBe32 => return signed(i32::from_be_bytes(exactly(bytes)?).into()),
        Int::S8 => return signed(i8::from_ne_bytes(exactly(bytes)?).into()),
        Int::S16 => return signed(i16::from_ne_bytes(exactly(bytes)?).into()),
        Int::S32 => return signed(i32::from_ne_bytes(exactly(bytes)?).into()),
        Int::S64 => return signed(i64::from_ne_bytes(exactly(bytes)?)),
    };
    Some((bits, None))
}
