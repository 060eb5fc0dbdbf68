//! Structs of the kernel's headers, field by field.

use super::{Int, Value};

/// A struct of the kernel's headers.
#[derive(Debug)]
pub struct Layout {
    /// Its name.
    pub name: &'static str,
    /// Its fields in their order, paddings left out.
    pub fields: &'static [FieldSpec],
    /// Its size in bytes. An older kernel may send less, a newer one more.
    pub size: u16,
    /// What its place in another struct is a multiple of, in bytes.
    pub align: u16,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// Where it starts, in bytes.
    pub offset: u16,
    /// How long it is, in bytes.
    pub len: u16,
    /// What it is.
    pub value: Value,
}

impl Int {
    /// How many bytes it takes.
    #[must_use]
    pub const fn width(self) -> u16 {
        match self {
            Self::U8 | Self::S8 => 1,
            Self::U16 | Self::S16 | Self::Be16 => 2,
            Self::U32 | Self::S32 | Self::Be32 | Self::SBe32 => 4,
            Self::U64 | Self::S64 | Self::Be64 => 8,
        }
    }
}

/// How many bytes a value takes in a struct, and what its place is a multiple of. A length given counts for
/// what has none of its own.
const fn room(value: &Value, len: u16) -> (u16, u16) {
    match value {
        Value::U8 | Value::S8 => (1, 1),
        Value::U16 | Value::S16 | Value::Be16 => (2, 2),
        Value::U32 | Value::S32 | Value::Be32 | Value::SBe32 | Value::Index => (4, 4),
        Value::U64 | Value::S64 | Value::Be64 => (8, 8),
        Value::Enum(int, _) | Value::Bits(int, _) => (int.width(), int.width()),
        Value::Record(layout) => (layout.size, layout.align),
        Value::Array(inner, _) => (len, room(inner, 1).1),
        // In a struct: an `in_addr` or an `in6_addr`.
        Value::Ip => (len, 4),
        _ => (len, 1),
    }
}

const fn up(offset: u16, align: u16) -> u16 {
    offset.next_multiple_of(align)
}

/// Lays out fields as a C compiler does. Each is its name, its value, and its length where the value has none.
pub(super) const fn place<const N: usize>(
    fields: &[(&'static str, Value, u16); N],
) -> [FieldSpec; N] {
    let mut out = [FieldSpec {
        name: "",
        offset: 0,
        len: 0,
        value: Value::Bytes,
    }; N];
    let (mut i, mut end) = (0, 0);
    while i < N {
        let (name, value, len) = fields[i];
        let (len, align) = room(&value, len);
        assert!(len > 0, "a field without a length");
        let offset = up(end, align);
        end = offset + len;
        out[i] = FieldSpec {
            name,
            offset,
            len,
            value,
        };
        i += 1;
    }
    out
}

/// The size and the alignment of a struct of these fields.
pub(super) const fn extent(fields: &[FieldSpec]) -> (u16, u16) {
    let (mut i, mut size, mut align) = (0, 0, 1);
    while i < fields.len() {
        let field = &fields[i];
        let (_, own) = room(&field.value, field.len);
        if own > align {
            align = own;
        }
        size = field.offset + field.len;
        i += 1;
    }
    (up(size, align), align)
}

/// Structs, each `NAME = "name in C" { field: Value, field[length in bytes]: Value, … }`. Offsets follow from the
/// values, as in C. Nothing of the fields is linked where bytes are not annotated.
macro_rules! layouts {
    ($($(#[$meta:meta])* pub $id:ident = $name:literal { $($field:tt $([$len:literal])?: $value:expr,)* })*) => { $(
        $(#[$meta])*
        pub static $id: $crate::schema::Layout = {
            static FIELDS: [$crate::schema::FieldSpec; [$(stringify!($field)),*].len()] =
                $crate::schema::layout::place(&[$((stringify!($field), $value, 0 $(+ $len)?)),*]);
            const SIZE: (u16, u16) = $crate::schema::layout::extent(
                &$crate::schema::layout::place(&[$((stringify!($field), $value, 0 $(+ $len)?)),*])
            );
            $crate::schema::Layout {
                name: $name,
                fields: if cfg!(feature = "annotate") { &FIELDS } else { &[] },
                size: SIZE.0,
                align: SIZE.1,
            }
        };
    )* };
}
pub(super) use layouts;
