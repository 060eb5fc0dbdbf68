//! Every byte of a datagram: where it is, what it is, what it means.

use super::tree::nodes;
use super::value::{self, Raw};
use super::{Annotated, line};
use crate::out::color::{Color, Paint};
use netlink_raw::annotate::{Item, Name, Role, Shown};
use std::fmt::Write;

/// The bits of `nla_type` that are the attribute's number.
const NLA_TYPE_MASK: u64 = netlink_raw::encode::NLA_TYPE_MASK as u64;
/// Bytes in a line.
const ROW: usize = 16;
/// Columns of their digits, and of an offset.
const HEX: usize = ROW * 3 - 1;
const OFFSET: usize = 6;

/// Appends the lines of a datagram.
pub(super) fn datagram(annotated: &Annotated<'_>, paint: Paint, indent: usize, to: &mut String) {
    let mut dump = Dump {
        paint,
        indent,
        attribute: String::new(),
        to,
    };
    let mut messages = 0;
    for node in nodes(&annotated.items) {
        if node.item.role == Role::Message {
            messages += 1;
            dump.start(None);
            line::message(node, annotated, paint, dump.to);
            dump.to.push('\n');
            for item in node.inside {
                dump.item(item);
            }
            dump.sum(&Sum::of(node.item.offset, node.inside), node.item.bytes);
        } else {
            dump.item(node.item);
            for item in node.inside {
                dump.item(item);
            }
        }
    }
    let whole = Sum::of(0, &annotated.items);
    if messages != 1 || whole.bytes != annotated.datagram.len() || whole.gap.is_some() {
        dump.sum(&whole, annotated.datagram);
    }
}

/// What leaves come to.
pub(super) struct Sum {
    /// How many bytes they have.
    pub(super) bytes: usize,
    /// Where one of them does not start where the one before it ends, and where it should.
    pub(super) gap: Option<(usize, usize)>,
}

impl Sum {
    /// Of the leaves among these items, the first of which is to start here.
    pub(super) fn of(start: usize, items: &[Item<'_>]) -> Self {
        let mut sum = Self {
            bytes: 0,
            gap: None,
        };
        for leaf in items.iter().filter(|i| !i.role.is_group()) {
            let expected = start + sum.bytes;
            if leaf.offset != expected && sum.gap.is_none() {
                sum.gap = Some((leaf.offset, expected));
            }
            sum.bytes += leaf.bytes.len();
        }
        sum
    }
}

/// The lines as they grow.
struct Dump<'t> {
    paint: Paint,
    indent: usize,
    /// The name of the attribute that began last.
    attribute: String,
    to: &'t mut String,
}

impl Dump<'_> {
    /// The columns before the meaning: of the bytes at this offset, or empty ones.
    fn start(&mut self, row: Option<(usize, &[u8])>) {
        let indent = self.indent;
        let mut hex = String::new();
        let _ = match row {
            None => write!(self.to, "{:indent$}{:OFFSET$}  {:HEX$}  ", "", "", ""),
            Some((offset, bytes)) => {
                for (i, byte) in bytes.iter().enumerate() {
                    let _ = write!(hex, "{}{byte:02x}", if i > 0 { " " } else { "" });
                }
                write!(self.to, "{:indent$}{offset:OFFSET$}  {hex:HEX$}  ", "")
            }
        };
    }

    fn item(&mut self, item: &Item<'_>) {
        let mut rows = item.bytes.chunks(ROW);
        match item.role.is_group() {
            true => self.start(None),
            false => self.start(Some((item.offset, rows.next().unwrap_or_default()))),
        }
        let depth = item.depth * 2;
        let _ = write!(self.to, "{:depth$}", "");
        self.meaning(item);
        while self.to.ends_with(' ') {
            self.to.pop();
        }
        self.to.push('\n');
        if item.role.is_group() {
            return;
        }
        let mut offset = item.offset;
        for row in rows {
            offset += ROW;
            self.start(Some((offset, row)));
            while self.to.ends_with(' ') {
                self.to.pop();
            }
            self.to.push('\n');
        }
    }

    fn meaning(&mut self, item: &Item<'_>) {
        let mut says = String::new();
        match (item.role, &item.value) {
            (Role::Padding, _) if item.bytes.iter().any(|b| *b != 0) => says.push_str("not zero"),
            (Role::Padding, _) => {}
            // Its number is the attribute, the rest is flags.
            (Role::Type, Shown::Bits(bits, names)) => {
                says.push_str(&self.attribute);
                for flag in value::bits(*bits & !NLA_TYPE_MASK, names).0 {
                    says.push('|');
                    says.push_str(flag);
                }
            }
            (_, shown) => value::put(shown, Raw::Count, &mut says),
        }
        let name = value::name(item);
        if item.role == Role::Attribute {
            self.attribute = match item.name {
                Name::Number(number) => number.to_string(),
                _ => name.clone(),
            };
        }
        let word = match item.role {
            Role::Fault => {
                let text = format_args!("broken: {}", value::reason(item));
                return self.paint.put(Color::OperDown, text, self.to);
            }
            Role::Padding => "padding",
            Role::Unknown => "unknown",
            Role::Length if name.is_empty() => "length",
            Role::Type if name.is_empty() => "type",
            Role::Element if name.is_empty() => "element",
            Role::Payload if name.is_empty() && item.value == Shown::Nothing => "value",
            _ => "",
        };
        let parts = [word, name.as_str(), says.as_str()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        for (i, part) in parts.enumerate() {
            self.to.push_str(if i > 0 { " " } else { "" });
            self.to.push_str(part);
        }
    }

    /// The line that closes a message or a datagram.
    fn sum(&mut self, sum: &Sum, bytes: &[u8]) {
        let indent = self.indent;
        let (found, whole) = (sum.bytes, bytes.len());
        let _ = write!(self.to, "{:indent$}", "");
        let text = match sum.gap {
            None if found == whole => {
                let _ = writeln!(self.to, "{found:OFFSET$}  bytes, all of {whole}");
                return;
            }
            None => String::new(),
            Some((at, expected)) => {
                format!("; what should start at {expected} starts at {at}")
            }
        };
        let text = format_args!(
            "INTERNAL ERROR: {found} bytes are accounted for, of {whole}{text}: please report this"
        );
        self.paint.put(Color::OperDown, text, self.to);
        self.to.push('\n');
    }
}
