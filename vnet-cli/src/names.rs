//! The tables of names for numbers under /etc/iproute2.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

/// A table: which numbers have which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Who put a route there, `kernel`, `static`: rt_protos.
    RouteProtocol,
    /// How far a destination is, `link`, `host`: rt_scopes.
    Scope,
    /// Routing tables, `main`: rt_tables.
    RouteTable,
    /// Routing realms: rt_realms.
    Realm,
    /// The DS field: rt_dsfield.
    Dsfield,
    /// Groups of devices: group.
    Group,
    /// Netlink families: nl_protos.
    NetlinkProtocol,
    /// Who holds a device down: protodown_reasons.
    ProtoDownReason,
}

/// Where a table is kept and what it holds without its file.
struct Source {
    file: &'static str,
    /// Whether FILE.d/*.conf is read too.
    directory: bool,
    builtin: &'static [(u32, &'static str)],
    /// Whether a name that is built in is used before the file is read, as
    /// iproute2 does with its arrays.
    builtin_first: bool,
    /// The largest number.
    max: u32,
}

const ROUTE_PROTOCOL: Source = Source {
    file: "rt_protos",
    directory: true,
    builtin: &[
        (0, "unspec"),
        (1, "redirect"),
        (2, "kernel"),
        (3, "boot"),
        (4, "static"),
        (8, "gated"),
        (9, "ra"),
        (10, "mrt"),
        (11, "zebra"),
        (12, "bird"),
        (13, "dnrouted"),
        (14, "xorp"),
        (15, "ntk"),
        (16, "dhcp"),
        (18, "keepalived"),
        (42, "babel"),
        (186, "bgp"),
        (187, "isis"),
        (188, "ospf"),
        (189, "rip"),
        (192, "eigrp"),
    ],
    builtin_first: true,
    max: 255,
};

const SCOPE: Source = Source {
    file: "rt_scopes",
    directory: false,
    builtin: &[
        (0, "global"),
        (200, "site"),
        (253, "link"),
        (254, "host"),
        (255, "nowhere"),
    ],
    builtin_first: true,
    max: 255,
};

const ROUTE_TABLE: Source = Source {
    file: "rt_tables",
    directory: true,
    builtin: &[(253, "default"), (254, "main"), (255, "local")],
    builtin_first: false,
    max: u32::MAX,
};

const REALM: Source = Source {
    file: "rt_realms",
    directory: false,
    builtin: &[(0, "unknown")],
    builtin_first: true,
    max: 255,
};

const DSFIELD: Source = Source {
    file: "rt_dsfield",
    directory: false,
    builtin: &[(0, "0")],
    builtin_first: true,
    max: 255,
};

const GROUP: Source = Source {
    file: "group",
    directory: false,
    builtin: &[(0, "default")],
    builtin_first: false,
    max: i32::MAX as u32,
};

const NETLINK_PROTOCOL: Source = Source {
    file: "nl_protos",
    directory: false,
    builtin: &[
        (0, "rtnl"),
        (2, "usersock"),
        (3, "fw"),
        (4, "tcpdiag"),
        (5, "nflog"),
        (6, "xfrm"),
        (7, "selinux"),
        (8, "iscsi"),
        (9, "audit"),
        (10, "fiblookup"),
        (11, "connector"),
        (12, "nft"),
        (13, "ip6fw"),
        (14, "dec-rt"),
        (15, "uevent"),
        (16, "genl"),
        (18, "scsi-trans"),
        (19, "ecryptfs"),
        (20, "rdma"),
        (21, "crypto"),
    ],
    builtin_first: true,
    max: 255,
};

const PROTO_DOWN_REASON: Source = Source {
    file: "protodown_reasons",
    directory: true,
    builtin: &[],
    builtin_first: false,
    max: 31,
};

impl Table {
    fn source(self) -> &'static Source {
        match self {
            Table::RouteProtocol => &ROUTE_PROTOCOL,
            Table::Scope => &SCOPE,
            Table::RouteTable => &ROUTE_TABLE,
            Table::Realm => &REALM,
            Table::Dsfield => &DSFIELD,
            Table::Group => &GROUP,
            Table::NetlinkProtocol => &NETLINK_PROTOCOL,
            Table::ProtoDownReason => &PROTO_DOWN_REASON,
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// The entries of one table's files, in the order of reading; the last one of a
/// number or a name counts.
type Entries = Vec<(u32, String)>;

/// All tables. A file is read when its table is first asked for something that
/// is not built in, and not again.
#[derive(Debug)]
pub struct Names {
    directory: PathBuf,
    numeric: bool,
    tables: [OnceCell<Entries>; 8],
}

impl Names {
    /// The tables of the system; `numeric` (`-N`) shows numbers.
    pub fn system(numeric: bool) -> Self {
        Self::in_directory("/etc/iproute2", numeric)
    }

    /// The tables of a directory.
    pub fn in_directory(directory: impl Into<PathBuf>, numeric: bool) -> Self {
        Self {
            directory: directory.into(),
            numeric,
            tables: Default::default(),
        }
    }

    /// The name of a number as it is shown: the number itself when it has none,
    /// or with `-N`. The DS field has its numbers in hex, `0x10`.
    pub fn name(&self, table: Table, number: u32) -> Cow<'_, str> {
        let source = table.source();
        let named = (!self.numeric && number <= source.max)
            .then(|| self.find(table, number))
            .flatten();
        match (named, table) {
            (Some(name), _) => name.into(),
            (None, Table::Dsfield) => format!("0x{number:02x}").into(),
            // iproute2 prints a group as a signed number.
            (None, Table::Group) => (number as i32).to_string().into(),
            (None, _) => number.to_string().into(),
        }
    }

    /// The number of a name, or the number that the word is (base 0; the DS field
    /// is read as hex); nothing when it is neither.
    pub fn number(&self, table: Table, word: &[u8]) -> Option<u32> {
        let source = table.source();
        let entries = self.entries(table);
        let listed = entries
            .iter()
            .rev()
            .find(|(_, name)| name.as_bytes() == word);
        if let Some((number, _)) = listed {
            return Some(*number);
        }
        let builtin = source.builtin.iter().find(|(number, name)| {
            // A file may give the number another name.
            name.as_bytes() == word && !entries.iter().any(|(n, _)| n == number)
        });
        if let Some((number, _)) = builtin {
            return Some(*number);
        }
        let number = match table {
            Table::Dsfield => hex(word)?,
            _ => crate::args::unsigned(word)?,
        };
        u32::try_from(number).ok().filter(|&n| n <= source.max)
    }

    fn find(&self, table: Table, number: u32) -> Option<&str> {
        let source = table.source();
        let builtin = source.builtin.iter().find(|(n, _)| *n == number);
        let read = self
            .tables
            .get(table.index())
            .is_some_and(|c| c.get().is_some());
        if source.builtin_first
            && !read
            && let Some((_, name)) = builtin
        {
            return Some(name);
        }
        let listed = self.entries(table).iter().rev().find(|(n, _)| *n == number);
        match listed {
            Some((_, name)) => Some(name),
            None => builtin.map(|(_, name)| *name),
        }
    }

    fn entries(&self, table: Table) -> &[(u32, String)] {
        let cell = self.tables.get(table.index());
        cell.map_or(&[], |cell| {
            cell.get_or_init(|| read_table(&self.directory, table.source()))
        })
    }
}

/// A table's file and the files of its directory, in the order of their names.
/// What cannot be read holds nothing.
fn read_table(directory: &Path, source: &Source) -> Entries {
    let mut entries = Vec::new();
    read_file(&directory.join(source.file), source.max, &mut entries);
    if source.directory
        && let Ok(files) = fs::read_dir(directory.join(format!("{}.d", source.file)))
    {
        let mut files: Vec<PathBuf> = files.flatten().map(|f| f.path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "conf"));
        files.sort();
        for file in files {
            read_file(&file, source.max, &mut entries);
        }
    }
    entries
}

/// The lines of one file: a number, decimal or hex with 0x, and a name. iproute2
/// stops at the first line that is none.
fn read_file(path: &Path, max: u32, entries: &mut Entries) {
    let Ok(bytes) = fs::read(path) else { return };
    for line in bytes.split(|&b| b == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let mut words = line
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty());
        let number = words.next().and_then(|word| match word {
            [b'0', b'x' | b'X', ..] => hex(word),
            _ => std::str::from_utf8(word).ok()?.parse().ok(),
        });
        let name = words.next().and_then(|name| std::str::from_utf8(name).ok());
        let (Some(number), Some(name)) = (number, name) else {
            break;
        };
        if let Ok(number) = u32::try_from(number)
            && number <= max
        {
            entries.push((number, name.to_owned()));
        }
    }
}

/// A number in hex, with or without 0x.
fn hex(word: &[u8]) -> Option<u64> {
    let digits = match word {
        [b'0', b'x' | b'X', digits @ ..] => digits,
        _ => word,
    };
    let text = std::str::from_utf8(digits).ok()?;
    match text.starts_with('+') {
        true => None,
        false => u64::from_str_radix(text, 16).ok(),
    }
}

#[cfg(test)]
mod tests;
