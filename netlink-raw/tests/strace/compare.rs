//! What strace(1) says of a datagram against what is annotated.

use crate::annotated::shown;
use crate::text::Node;
use netlink_raw::annotate::{Item, Name, Role, Shown};
use std::collections::BTreeMap;

/// An item and what is inside it.
pub(crate) struct Tree<'i, 'a> {
    item: &'i Item<'a>,
    inside: Vec<Tree<'i, 'a>>,
}

/// The items as trees.
pub(crate) fn trees<'i, 'a>(items: &'i [Item<'a>]) -> Vec<Tree<'i, 'a>> {
    let mut rest = items;
    let mut out = Vec::new();
    while let Some((item, after)) = rest.split_first() {
        let len = after.iter().take_while(|i| i.depth > item.depth).count();
        let (inside, after) = after.split_at(len);
        rest = after;
        out.push(Tree {
            item,
            inside: trees(inside),
        });
    }
    out
}

impl<'i, 'a> Tree<'i, 'a> {
    fn name(&self) -> String {
        self.item.name.to_string()
    }

    /// All leaves that are fields, at whatever depth, attributes left out.
    fn fields<'t>(&'t self, out: &mut Vec<&'t Tree<'i, 'a>>) {
        for tree in &self.inside {
            if tree.item.role == Role::Field {
                out.push(tree);
            } else if tree.item.role != Role::Attribute {
                if matches!(tree.item.role, Role::Element) {
                    out.push(tree);
                }
                tree.fields(out);
            }
        }
    }

    /// What of it is meant: neither head nor padding.
    fn payload<'t>(&'t self) -> Vec<&'t Tree<'i, 'a>> {
        let head = [Role::Length, Role::Type, Role::Padding];
        let meant = self.inside.iter();
        meant.filter(|t| !head.contains(&t.item.role)).collect()
    }
}

/// Names of links by index, as far as they were told.
pub(crate) type Links = BTreeMap<String, Vec<u64>>;

/// A comparison: how much was compared, and what differs.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) attributes: usize,
    pub(crate) values: usize,
    pub(crate) differ: Vec<String>,
    pub(crate) links: Links,
}

impl Compared {
    /// A datagram.
    pub(crate) fn datagram(&mut self, node: &Node, trees: &[Tree<'_, '_>]) {
        let ours: Vec<_> = trees
            .iter()
            .filter(|t| t.item.role == Role::Message)
            .collect();
        let theirs = match node {
            Node::List(list) if list.first().is_some_and(is_message) => list.clone(),
            one => vec![one.clone()],
        };
        // Some programs send more than they say.
        let meant = |node: &Node| match node {
            Node::List(parts) => parts
                .first()
                .is_some_and(|p| p.field("nlmsg_len").is_some()),
            header => header.field("nlmsg_len").is_some_and(|n| n.atom() != "0"),
        };
        let theirs: Vec<Node> = theirs.into_iter().filter(meant).collect();
        if theirs.len() != ours.len() {
            let why = format!("{} messages, not {}", ours.len(), theirs.len());
            self.differ.push(why);
        }
        for (node, tree) in theirs.iter().zip(ours) {
            self.message(node, tree, &tree.name());
        }
    }

    fn message(&mut self, node: &Node, tree: &Tree<'_, '_>, path: &str) {
        let parts = match node {
            Node::List(parts) => parts.clone(),
            // An acknowledgement has no more than the header.
            header => vec![header.clone()],
        };
        let kind = parts.first().and_then(|p| p.field("nlmsg_type"));
        for part in &parts {
            // strace takes requests for entries of bridges for the struct that they once had.
            if kind.is_some_and(|k| k.atom() == "RTM_GETNEIGH")
                && part.field("nlmsg_type").is_none()
            {
                continue;
            }
            match part {
                // An attribute without a payload.
                head if head.field("nla_len").is_some() => {
                    self.attributes(std::slice::from_ref(head), &tree.inside, path);
                }
                // Of a type that strace does not know.
                unknown if unknown.field("data").is_some() => {}
                Node::Struct(fields) => self.structure(fields, tree, path),
                // An error with attributes is in brackets with them.
                Node::List(list) if list.first().is_some_and(|n| n.field("error").is_some()) => {
                    self.message(part, tree, path);
                }
                Node::List(list) => self.attributes(list, &tree.inside, path),
                Node::Text(text) => self.bytes(text, tree, path),
                Node::Atom(_) => {}
            }
        }
    }

    fn structure(&mut self, fields: &[(String, Node)], tree: &Tree<'_, '_>, path: &str) {
        let mut ours = Vec::new();
        tree.fields(&mut ours);
        let mut at = 0;
        for (name, node) in fields {
            let (name, node) = match name.as_str() {
                "" => match by_call(node.atom()) {
                    Some(named) => named,
                    None => continue,
                },
                _ => (name.clone(), node.clone()),
            };
            if name == "..." {
                continue;
            }
            let has = |name: &str| ours.iter().any(|t| t.name() == name);
            let renamed = name.starts_with("IPSTATS_");
            let wanted = if has(&name) && !renamed {
                &name
            } else {
                alias(&name)
            };
            // What strace has no name for is an index.
            let found = match name.parse::<usize>() {
                Ok(index) => index.checked_sub(at).filter(|_| index < ours.len()),
                Err(_) => ours[at..].iter().position(|t| t.name() == wanted),
            };
            let Some(found) = found else {
                self.differ.push(format!("{path}: no field {name}"));
                continue;
            };
            let field = ours[at + found];
            at += found + 1;
            let path = format!("{path}.{name}");
            // strace takes a bit for the next attribute's: the kernel's are one less (IFLA_STATS_FILTER_BIT).
            if name == "filter_mask" {
                continue;
            }
            if name == "msg" {
                self.message(&node, field, &path);
            } else {
                self.value(&node, field, &path);
            }
        }
    }

    fn attributes(&mut self, list: &[Node], ours: &[Tree<'_, '_>], path: &str) {
        let ours: Vec<_> = ours
            .iter()
            .filter(|t| t.item.role == Role::Attribute)
            .collect();
        // One attribute stands without a list around it, and one without a payload is its head.
        let empty = |node: &Node| node.field("nla_len").is_some_and(|n| n.atom() == "4");
        let theirs = match list.first() {
            Some(first @ Node::Struct(_)) if !empty(first) => vec![Node::List(list.to_vec())],
            _ => list.to_vec(),
        };
        if theirs.len() != ours.len() {
            let why = format!("{path}: {} attributes, not {}", ours.len(), theirs.len());
            self.differ.push(why);
            return;
        }
        for (node, tree) in theirs.iter().zip(ours) {
            match node {
                Node::List(parts) => self.attribute(parts, tree, path),
                head => self.attribute(std::slice::from_ref(head), tree, path),
            }
        }
    }

    fn attribute(&mut self, parts: &[Node], tree: &Tree<'_, '_>, path: &str) {
        let path = format!("{path}/{}", tree.name());
        let Some(head) = parts.first() else { return };
        let kind = head.field("nla_type").map_or("", Node::atom);
        let name = kind.rsplit('|').next().unwrap_or(kind);
        self.attributes += 1;
        let numbered = name.starts_with(|c: char| c.is_ascii_digit());
        // strace takes the number of an action in a list for an attribute, and requests of groups for what bridges say.
        if path.ends_with("/TCA_ROOT_TAB") && name == "TCA_ACT_KIND"
            || name.starts_with("MDBA_") && path.contains("/MDBA_SET_ENTRY")
        {
            return;
        }
        if !numbered && name != tree.name() {
            self.differ.push(format!("{path}: {name}"));
        }
        let nested = tree
            .inside
            .get(1)
            .is_some_and(|t| shown(&t.item.value).contains("NLA_F_NESTED"));
        if nested != kind.contains("NLA_F_NESTED") {
            self.differ.push(format!("{path}: {kind}"));
        }
        let len = head.field("nla_len").map_or("", Node::atom);
        if tree.inside.first().map(|t| shown(&t.item.value)).as_deref() != Some(len) {
            self.differ.push(format!("{path}: nla_len {len}"));
        }
        if let Some(node) = parts.get(1).filter(|_| !numbered) {
            self.payload(node, tree, &path);
        }
    }

    fn payload(&mut self, node: &Node, tree: &Tree<'_, '_>, path: &str) {
        let inside = tree.payload();
        match node {
            Node::List(list) if is_attributes(list) => self.attributes(list, &tree.inside, path),
            Node::List(list) => self.list(list, tree, path),
            Node::Struct(fields) => self.structure(fields, tree, path),
            _ => match inside.as_slice() {
                [one] if !one.item.role.is_group() => self.value(node, one, path),
                _ => match node {
                    Node::Text(text) => self.bytes(text, tree, path),
                    // A run of numbers or a struct of one.
                    _ => match first_leaf(tree) {
                        Some(leaf) => self.value(node, leaf, path),
                        None => self.differ.push(format!("{path}: nothing, not {node:?}")),
                    },
                },
            },
        }
    }

    /// Next hops, structs, numbers.
    fn list(&mut self, list: &[Node], tree: &Tree<'_, '_>, path: &str) {
        let inside = tree.payload();
        // Next hops, each in brackets with its attributes.
        let hop = |node: &Node| match node {
            Node::List(parts) => parts.first().is_some_and(|p| p.field("rtnh_len").is_some()),
            node => node.field("rtnh_len").is_some(),
        };
        if list.len() > 1 && list.iter().all(hop) {
            for (node, tree) in list.iter().zip(&inside) {
                self.hop(node, tree, path);
            }
            return;
        }
        // One struct in a list, or the head of attributes behind it.
        let mut at = 0;
        for node in list {
            match node {
                Node::Struct(fields) => {
                    let hop = inside.get(at).or(inside.last());
                    let Some(hop) = hop else {
                        self.differ.push(format!("{path}: nothing, not {node:?}"));
                        return;
                    };
                    at += 1;
                    match hop.item.role {
                        Role::Element | Role::Struct => self.structure(fields, hop, path),
                        _ => self.structure(fields, tree, path),
                    }
                }
                Node::List(parts) if is_attributes(parts) => {
                    // The attributes of the next hop that came before, or those behind a struct.
                    let hop = inside.get(at.wrapping_sub(1));
                    match hop.filter(|t| t.item.role == Role::Element) {
                        Some(hop) => self.attributes(parts, &hop.inside, path),
                        None => self.attributes(parts, &tree.inside, path),
                    }
                }
                Node::List(parts) => self.list(parts, tree, path),
                other => {
                    let mut leaves = Vec::new();
                    tree.fields(&mut leaves);
                    let Some(leaf) = leaves.get(at) else {
                        self.differ.push(format!("{path}: nothing, not {other:?}"));
                        return;
                    };
                    at += 1;
                    self.value(other, leaf, path);
                }
            }
        }
    }

    fn hop(&mut self, node: &Node, tree: &Tree<'_, '_>, path: &str) {
        let parts = match node {
            Node::List(parts) => parts.as_slice(),
            head => std::slice::from_ref(head),
        };
        for part in parts {
            match part {
                Node::Struct(fields) => self.structure(fields, tree, path),
                Node::List(list) => self.attributes(list, &tree.inside, path),
                other => self.differ.push(format!("{path}: {other:?}")),
            }
        }
    }

    /// Bytes that strace does not read further.
    fn bytes(&mut self, text: &[u8], tree: &Tree<'_, '_>, path: &str) {
        let first = tree.payload().first().map_or(0, |t| t.item.offset);
        let skip = first.saturating_sub(tree.item.offset);
        let ours = tree.item.bytes.get(skip..).unwrap_or_default();
        if !ours.starts_with(text) {
            self.differ.push(format!("{path}: {text:?}"));
        }
    }

    fn value(&mut self, node: &Node, tree: &Tree<'_, '_>, path: &str) {
        self.values += 1;
        let same = match (node, &tree.item.value) {
            (Node::Text(text), Shown::Str(ours)) => {
                text == ours || text.strip_suffix(b"\0") == Some(ours)
            }
            (Node::Text(text), _) => tree.item.bytes == text,
            (Node::Atom(atom), value) => self.same(atom, value),
            (Node::Struct(fields), _) => {
                self.structure(fields, tree, path);
                true
            }
            (Node::List(list), _) if !tree.item.role.is_group() => {
                let width = tree.item.bytes.len() / list.len().max(1);
                let bytes = tree.item.bytes.chunks(width.max(1));
                bytes.len() == list.len()
                    && bytes.zip(list).all(|(bytes, node)| {
                        let mut wide = [0; 8];
                        wide[..bytes.len()].copy_from_slice(bytes);
                        number(node.atom()) == Some(u64::from_le_bytes(wide))
                    })
            }
            (Node::List(list), _) => {
                self.list(list, tree, path);
                true
            }
        };
        if !same {
            let ours = shown(&tree.item.value);
            self.differ.push(format!("{path}: {ours}, not {node:?}"));
        }
    }

    fn same(&self, atom: &str, value: &Shown<'_>) -> bool {
        let ours = shown(value);
        // Of an address of a kind that it does not know strace writes the first byte.
        let head = matches!(value, Shown::Mac(_)) && ours.split(':').next() == Some(atom);
        if atom == ours || head {
            return true;
        }
        if let Some(name) = argument(atom, "if_nametoindex") {
            let bits = bits(value);
            let known = self.links.get(name);
            return bits.is_some_and(|n| known.is_some_and(|all| all.contains(&n)));
        }
        for call in ["inet_addr", "htons", "htonl"] {
            if let Some(inner) = argument(atom, call) {
                return self.same(inner, value);
            }
        }
        if let Some(inner) = argument(atom, "inet_pton") {
            return inner.rsplit(", ").next().map(|t| t.trim_matches('"')) == Some(&ours);
        }
        if let Shown::Errno(n) = value {
            return errno(atom.trim_start_matches('-')) == Some(-n);
        }
        if let Some(number) = number(atom) {
            // A signed number of either width is one of ours without sign.
            return bits(value).is_some_and(|n| {
                n == number
                    || n as u32 == number as u32
                        && (number >> 32 == 0 || number >> 32 == 0xffff_ffff)
                        && (n >> 32 == 0 || n >> 32 == 0xffff_ffff)
            });
        }
        let (Shown::Bits(ours, names) | Shown::Named(ours, names)) = value else {
            return false;
        };
        // What strace has no name for is a number.
        let one = |part: &str| {
            let part = part.trim_start_matches("1<<");
            let named = names.iter().find(|(_, name)| *name == part);
            named.map(|(n, _)| *n).or_else(|| number(part))
        };
        let theirs = atom.split('|').map(one);
        theirs.sum::<Option<u64>>() == Some(*ours)
    }
}

fn bits(value: &Shown<'_>) -> Option<u64> {
    match value {
        Shown::Unsigned(n) | Shown::Named(n, _) | Shown::Bits(n, _) => Some(*n),
        Shown::Signed(n) => Some(n.cast_unsigned()),
        Shown::Errno(n) => Some(i64::from(*n).cast_unsigned()),
        _ => None,
    }
}

fn number(atom: &str) -> Option<u64> {
    if let Some(hex) = atom.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok();
    }
    let signed = || atom.parse::<i64>().ok().map(i64::cast_unsigned);
    atom.parse().ok().or_else(signed)
}

/// The argument of a call.
fn argument<'t>(atom: &'t str, call: &str) -> Option<&'t str> {
    let inner = atom.strip_prefix(call)?.strip_prefix('(')?;
    Some(inner.strip_suffix(')')?.trim_matches('"'))
}

/// `inet_pton(AF_INET6, "::", &name)`: the field and its value.
fn by_call(atom: &str) -> Option<(String, Node)> {
    let (call, name) = atom.strip_suffix(')')?.rsplit_once(", &")?;
    Some((name.to_owned(), Node::Atom(format!("{call})"))))
}

/// Names that differ: strace's are of older headers, or left out of none.
fn alias(name: &str) -> &str {
    let name = name.strip_suffix("-1").unwrap_or(name);
    match name {
        // Renamed in Linux 6.7, when another took the name.
        "IPSTATS_MIB_OUTPKTS" => "IPSTATS_MIB_OUTREQUESTS",
        "BR_MCAST_DIR_RX" => "0",
        "BR_MCAST_DIR_TX" => "1",
        name => name,
    }
}

fn is_message(node: &Node) -> bool {
    match node {
        Node::List(parts) => parts
            .first()
            .is_some_and(|p| p.field("nlmsg_len").is_some()),
        _ => false,
    }
}

/// Whether a list is of attributes, or one attribute.
fn is_attributes(list: &[Node]) -> bool {
    let is = |node: &Node| node.field("nla_len").is_some();
    match list.first() {
        Some(Node::List(parts)) => parts.first().is_some_and(is),
        Some(first) => is(first),
        None => true,
    }
}

fn first_leaf<'t, 'i, 'a>(tree: &'t Tree<'i, 'a>) -> Option<&'t Tree<'i, 'a>> {
    let mut leaves = Vec::new();
    tree.fields(&mut leaves);
    leaves.into_iter().find(|t| t.item.role == Role::Field)
}

/// Takes in which index each link has.
pub(crate) fn learn(links: &mut Links, items: &[Item<'_>]) {
    let mut index = None;
    for (at, item) in items.iter().enumerate() {
        if item.name == Name::Known("ifi_index") {
            index = bits(&item.value);
        }
        if item.name == Name::Known("IFLA_IFNAME") && item.depth == 1 {
            let name = items[at..].iter().find(|i| i.role == Role::Payload);
            if let (Some(Shown::Str(name)), Some(index)) = (name.map(|i| &i.value), index) {
                let name = String::from_utf8_lossy(name).into_owned();
                links.entry(name).or_default().push(index);
            }
        }
    }
}

fn errno(name: &str) -> Option<i32> {
    Some(match name {
        "EPERM" => libc::EPERM,
        "ENOENT" => libc::ENOENT,
        "ESRCH" => libc::ESRCH,
        "ENXIO" => libc::ENXIO,
        "EBUSY" => libc::EBUSY,
        "EEXIST" => libc::EEXIST,
        "ENODEV" => libc::ENODEV,
        "EINVAL" => libc::EINVAL,
        "ERANGE" => libc::ERANGE,
        "EMSGSIZE" => libc::EMSGSIZE,
        "EOPNOTSUPP" => libc::EOPNOTSUPP,
        "EAFNOSUPPORT" => libc::EAFNOSUPPORT,
        "EADDRNOTAVAIL" => libc::EADDRNOTAVAIL,
        "ENETDOWN" => libc::ENETDOWN,
        "ENETUNREACH" => libc::ENETUNREACH,
        "EHOSTUNREACH" => libc::EHOSTUNREACH,
        "ENOTCONN" => libc::ENOTCONN,
        "EPROTONOSUPPORT" => libc::EPROTONOSUPPORT,
        _ => return None,
    })
}
