//! A datagram as JSON: `docs/netlink-json.md` says what is where.

use super::line::{self, Remark};
use super::tree::{Header, Node, nodes};
use super::{Annotated, digits, value};
use crate::error::errno;
use netlink_raw::annotate::{Item, Name, Role, Shown};
use netlink_raw::exchange::{NLMSG_DONE, NLMSG_ERROR};
use serde_json::{Map, Value, json};

/// The messages of a datagram.
pub(super) fn datagram(annotated: &Annotated<'_>) -> Value {
    let messages = nodes(&annotated.items).filter(|n| n.item.role != Role::Padding);
    Value::Array(messages.map(|node| message(node, annotated)).collect())
}

fn message(node: Node<'_, '_>, whole: &Annotated<'_>) -> Value {
    let mut object = Map::new();
    let name = match node.item.name {
        Name::Known(name) => Value::from(name),
        _ => Value::Null,
    };
    object.insert("type".into(), name);
    let (Role::Message, Some(header)) = (node.item.role, node.header()) else {
        object.insert("len".into(), node.item.bytes.len().into());
        match node.item.role {
            Role::Fault => insert_faults(&mut object, vec![fault(node.item)]),
            Role::Message => contents(node, "header", &mut object),
            _ => {
                object.insert("body".into(), hex(node.item.bytes));
            }
        }
        return object.into();
    };
    object.insert("type_number".into(), header.kind.into());
    if node.child("genlmsghdr").is_some() {
        object.insert("title".into(), line::title(node).into());
    }
    let flags = node.child("nlmsghdr").and_then(|h| h.child("nlmsg_flags"));
    let names = match flags.map(|node| &node.item.value) {
        Some(Shown::Bits(bits, names)) => bit_names(*bits, names),
        _ => bit_names(header.flags.into(), &[]),
    };
    object.insert("flags".into(), names);
    object.insert("flags_number".into(), header.flags.into());
    object.insert("seq".into(), header.seq.into());
    object.insert("pid".into(), header.pid.into());
    // What the message says of itself; there may be less.
    object.insert("len".into(), header.len.into());
    if matches!(header.kind, NLMSG_ERROR | NLMSG_DONE) {
        error(node, &mut object);
    }
    let request = whole.request(header.seq);
    if header.kind == NLMSG_ERROR || request.is_some() {
        let carried = node.item.bytes.get(20..).and_then(Header::of);
        let carried = carried.filter(|_| header.kind == NLMSG_ERROR);
        let kind = request.map(|r| r.kind).or(carried.map(|r| r.kind));
        let answers = json!({
            "type": line::answered(node, request),
            "type_number": kind,
            "seq": header.seq,
        });
        object.insert("answers".into(), answers);
    }
    contents(node, "header", &mut object);
    object.into()
}

/// What an acknowledgement, an error, or the end of a dump says.
fn error(node: Node<'_, '_>, object: &mut Map<String, Value>) {
    let Some(errno) = line::errno(node) else {
        return;
    };
    let remark = Remark::of(node);
    let error = json!({
        "errno": errno_name(errno),
        "number": errno.wrapping_neg(),
        "message": remark.text.map(|text| String::from_utf8_lossy(text)),
        "attribute": remark.at,
        "missing": remark.missing,
    });
    object.insert("error".into(), error);
}

fn errno_name(number: i32) -> Value {
    match number {
        0 => Value::Null,
        n => match errno::name(n.wrapping_neg()) {
            Some(name) => name.into(),
            None => n.wrapping_neg().to_string().into(),
        },
    }
}

/// What is inside a message, an attribute or an element: a struct under this key, attributes, values, what is unknown,
/// what makes no sense.
fn contents(node: Node<'_, '_>, key: &str, object: &mut Map<String, Value>) {
    let (mut structs, mut elements, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut values, mut loose) = (Vec::new(), Map::new());
    let mut faults = Vec::new();
    let is_message = node.item.role == Role::Message;
    // What is wrong with a message's header is said beside what it holds.
    let header = node.child("nlmsghdr").into_iter().flat_map(Node::nodes);
    let broken = header.filter(|n| n.item.role == Role::Fault);
    faults.extend(broken.map(|n| fault(n.item)));
    for child in node.nodes().filter(|n| !n.is_frame()) {
        match child.item.role {
            Role::Struct => structs.push(child),
            Role::Attribute => attributes.push(attribute(child)),
            Role::Element | Role::Message => elements.push(element(child)),
            Role::Field if matches!(child.item.name, Name::Known(_)) => {
                loose.insert(value::name(child.item), shown(child.item));
            }
            Role::Fault => faults.push(fault(child.item)),
            Role::Unknown if is_message => {
                object.insert("body".into(), hex(child.item.bytes));
            }
            _ => values.push(shown(child.item)),
        }
    }
    // Structs alike are a list; one that differs stands before a list.
    let alike = structs.len() > 1
        && structs
            .iter()
            .all(|s| Some(s.item.name) == structs.first().map(|f| f.item.name));
    for (i, child) in structs.into_iter().enumerate() {
        match i == 0 && !alike {
            true => {
                object.insert(key.into(), structure(child));
            }
            false => elements.push(structure(child)),
        }
    }
    if !loose.is_empty() && !object.contains_key(key) {
        object.insert(key.into(), loose.into());
    }
    if !elements.is_empty() {
        object.insert("elements".into(), elements.into());
    }
    if !attributes.is_empty() || is_message {
        object.insert("attributes".into(), attributes.into());
    }
    let held = ["attributes", "elements", key];
    match values.len() {
        0 if held.iter().any(|k| object.contains_key(*k)) => {}
        0 | 1 => {
            object.insert("value".into(), values.pop().unwrap_or_default());
        }
        _ => {
            object.insert("value".into(), values.into());
        }
    }
    // What an attribute points at, or what is wrong with it.
    if let (Role::Attribute, Shown::Words(words)) = (node.item.role, &node.item.value) {
        object.insert("means".into(), words.as_str().into());
    }
    if !faults.is_empty() {
        insert_faults(object, faults);
    }
}

fn insert_faults(object: &mut Map<String, Value>, faults: Vec<Value>) {
    object.insert("faults".into(), faults.into());
}

fn attribute(node: Node<'_, '_>) -> Value {
    let mut object = Map::new();
    let name = match node.item.name {
        Name::Known(name) => name.into(),
        _ => Value::Null,
    };
    object.insert("name".into(), name);
    // nla_type without its two flags.
    let bytes = node.item.bytes.get(2..4).and_then(|b| b.try_into().ok());
    let kind = bytes.map_or(0, u16::from_ne_bytes);
    object.insert("number".into(), (kind & 0x3fff).into());
    contents(node, "fields", &mut object);
    object.into()
}

/// An element of a list; what is no attribute has no number.
fn element(node: Node<'_, '_>) -> Value {
    let mut object = Map::new();
    if let Name::Known(name) = node.item.name {
        object.insert("name".into(), name.into());
    }
    contents(node, "fields", &mut object);
    object.into()
}

/// A struct by its fields' names.
fn structure(node: Node<'_, '_>) -> Value {
    let mut object = Map::new();
    if let Name::Known(name) = node.item.name {
        object.insert("struct".into(), name.into());
    }
    let mut faults = Vec::new();
    for child in node.nodes().filter(|n| !n.is_frame()) {
        let key = match value::name(child.item) {
            name if name.is_empty() => "unknown".to_owned(),
            name => name,
        };
        match child.item.role {
            Role::Element => {
                object.insert(key, field_group(child));
            }
            Role::Struct => {
                object.insert(key, structure(child));
            }
            Role::Fault => faults.push(fault(child.item)),
            _ => {
                object.insert(key, shown(child.item));
            }
        }
    }
    if !faults.is_empty() {
        insert_faults(&mut object, faults);
    }
    object.into()
}

/// A field that is a struct, a run of values, or a message of its own.
fn field_group(node: Node<'_, '_>) -> Value {
    let mut inner = node.nodes().filter(|n| !n.is_frame());
    if inner.clone().all(|n| n.item.role == Role::Field) && node.header().is_none() {
        return inner.map(|n| shown(n.item)).collect();
    }
    match (inner.next(), inner.next()) {
        (Some(only), None) if only.item.role == Role::Struct && node.header().is_none() => {
            structure(only)
        }
        _ => {
            let mut object = Map::new();
            contents(node, "header", &mut object);
            object.into()
        }
    }
}

fn fault(item: &Item<'_>) -> Value {
    json!({
        "offset": item.offset,
        "reason": value::reason(item),
        "hex": digits(item.bytes),
    })
}

/// What a leaf says: its bytes where it says nothing.
fn shown(item: &Item<'_>) -> Value {
    match item.value {
        Shown::Nothing if !item.bytes.is_empty() => hex(item.bytes),
        ref shown => says(shown),
    }
}

fn says(shown: &Shown<'_>) -> Value {
    match shown {
        Shown::Unsigned(n) => (*n).into(),
        Shown::Signed(n) => (*n).into(),
        Shown::Named(n, names) => json!({ "number": n, "name": value::name_of(*n, names) }),
        Shown::Bits(n, names) => json!({ "number": n, "names": bit_names(*n, names) }),
        Shown::Errno(n) => json!({ "number": n, "name": errno_name(*n) }),
        Shown::Str(text) => match std::str::from_utf8(text) {
            Ok(text) => text.into(),
            Err(_) => hex(text),
        },
        Shown::Mac(_) | Shown::Ip(_) => value::text(shown).into(),
        Shown::Bytes(bytes) => hex(bytes),
        Shown::Words(words) => words.as_str().into(),
        _ => Value::Null,
    }
}

fn bit_names(number: u64, names: netlink_raw::schema::Names) -> Value {
    let (found, rest) = value::bits(number, names);
    let mut all: Vec<Value> = found.into_iter().map(Value::from).collect();
    if rest != 0 {
        all.push(format!("{rest:#x}").into());
    }
    all.into()
}

fn hex(bytes: &[u8]) -> Value {
    json!({ "hex": digits(bytes) })
}
