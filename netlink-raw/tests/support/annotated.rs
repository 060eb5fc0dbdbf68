//! Annotations of any bytes: every byte in one leaf, in order, and groups hold what is inside them.

use netlink_raw::annotate::{Conversation, Item, Name, Shown};
use netlink_raw::transport::Direction;

/// What is in a datagram, checked.
///
/// # Panics
/// When a byte is in no leaf, or in two, or when a group's bytes are not those inside it.
pub fn items<'a>(
    talk: &mut Conversation,
    direction: Direction,
    datagram: &'a [u8],
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    talk.read(direction, datagram, &mut |item| items.push(item.clone()));
    let mut open: Vec<usize> = Vec::new();
    let mut cursor = 0;
    for item in &items {
        while open.len() > item.depth {
            assert_eq!(open.pop(), Some(cursor), "a group's end before {item:?}");
        }
        assert_eq!(open.len(), item.depth, "{item:?}");
        assert_eq!(item.offset, cursor, "{item:?}");
        let end = cursor + item.bytes.len();
        let same = datagram.get(cursor..end).map(<[u8]>::as_ptr);
        assert_eq!(same, Some(item.bytes.as_ptr()), "{item:?}");
        assert!(open.last().is_none_or(|outer| end <= *outer), "{item:?}");
        assert!(!item.bytes.is_empty(), "{item:?}");
        if item.role.is_group() {
            open.push(end);
        } else {
            cursor = end;
        }
    }
    while let Some(end) = open.pop() {
        assert_eq!(end, cursor);
    }
    assert_eq!(cursor, datagram.len());
    items
}

/// Lines of what an item is called and says, two blanks a depth.
pub fn text(items: &[Item<'_>]) -> String {
    let mut out = String::new();
    for item in items {
        out += &"  ".repeat(item.depth);
        out += &match item.name {
            Name::None => format!("{:?}", item.role),
            name => name.to_string(),
        };
        let said = shown(&item.value);
        if !said.is_empty() {
            out += " = ";
            out += &said;
        }
        out += "\n";
    }
    out
}

/// A value in words.
pub fn shown(value: &Shown<'_>) -> String {
    match value {
        Shown::Nothing => String::new(),
        Shown::Unsigned(n) => n.to_string(),
        Shown::Signed(n) => n.to_string(),
        Shown::Named(n, names) => match names.iter().find(|(value, _)| value == n) {
            Some((_, name)) => (*name).to_owned(),
            None => n.to_string(),
        },
        Shown::Bits(n, names) => bits(*n, names),
        Shown::Errno(n) => n.to_string(),
        Shown::Str(text) => format!("{:?}", String::from_utf8_lossy(text)),
        Shown::Mac(bytes) => {
            let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
            hex.join(":")
        }
        Shown::Ip(ip) => ip.to_string(),
        Shown::Bytes(bytes) => bytes.iter().map(|b| format!("\\x{b:02x}")).collect(),
        Shown::Words(words) => words.clone(),
        _ => unreachable!("a value of a new kind"),
    }
}

/// Names with bars between them, what is left as a hexadecimal number.
fn bits(n: u64, names: &[(u64, &str)]) -> String {
    let mut left = n;
    let mut parts = Vec::new();
    for (value, name) in names {
        if *value != 0 && left & value == *value {
            parts.push((*name).to_owned());
            left &= !value;
        }
    }
    if left != 0 {
        parts.push(format!("{left:#x}"));
    }
    match parts.is_empty() {
        true => "0".to_owned(),
        false => parts.join("|"),
    }
}
