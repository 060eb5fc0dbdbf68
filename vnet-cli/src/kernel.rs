//! The kernel side of a command: one netlink connection, and the names of links, asked over it.

use crate::error::{CmdError, Result};
use crate::mode::{Mode, Wire};
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::{Connection, Error};
use std::collections::HashMap;

/// What failed when a look-up does.
const LOOKUP: &str = "cannot look up a link";

/// A connection that is opened when it is first needed, in the network namespace the process is in then.
///
/// Names are asked of the kernel over the same socket, one at a time: never from /sys, which may show
/// another namespace, and never by listing all links to find one.
#[derive(Debug, Default)]
pub struct Kernel {
    conn: Option<Connection<Wire>>,
    mode: Mode,
    links: HashMap<i32, Option<Noted>>,
}

/// What is kept of a link.
#[derive(Debug, Clone)]
struct Noted {
    name: Vec<u8>,
    /// `IFF_*`, where they are known.
    flags: Option<u32>,
}

impl Kernel {
    /// In this mode.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }

    /// Whether changes are made or told.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// The connection.
    ///
    /// # Errors
    /// Of opening its socket.
    pub fn conn(&mut self) -> Result<&mut Connection<Wire>> {
        match &mut self.conn {
            Some(conn) => Ok(conn),
            empty => {
                let opened = Connection::route().map_err(|e| {
                    let line = format!("Cannot open netlink socket: {}", crate::error::reason(&e));
                    CmdError::netlink("cannot open a netlink socket", &e).ip(line)
                })?;
                Ok(empty.insert(opened.map_transport(|socket| self.mode.wire(socket))))
            }
        }
    }

    /// Forgets connection and names: the process has entered another network namespace.
    pub fn reset(&mut self) {
        *self = Self::new(self.mode.clone());
    }

    /// Forgets the links alone: one was made, renamed or deleted.
    pub fn forget_links(&mut self) {
        self.links.clear();
    }

    /// The index of the link with this name, or other name; `ifN` is the link with index N where
    /// none has it as its name, as iproute2 has it.
    ///
    /// # Errors
    /// Of the connection; that there is no such link is `None`.
    pub fn index_of(&mut self, name: &[u8]) -> Result<Option<i32>> {
        let known = |noted: &Option<Noted>| noted.as_ref().is_some_and(|n| n.name == name);
        if let Some((index, _)) = self.links.iter().find(|(_, noted)| known(noted)) {
            return Ok(Some(*index));
        }
        let Some((index, noted)) = self.ask(&GetLink::by_name(name))? else {
            return Ok(numbered(name));
        };
        self.links.insert(index, noted);
        Ok(Some(index))
    }

    /// The name of the link with this index, `ifN` where there is none.
    ///
    /// # Errors
    /// Of the connection.
    pub fn name_of(&mut self, index: i32) -> Result<Vec<u8>> {
        Ok(self
            .find_name(index)?
            .unwrap_or_else(|| format!("if{index}").into_bytes()))
    }

    /// The name of the link with this index, if there is one.
    ///
    /// # Errors
    /// Of the connection.
    pub fn find_name(&mut self, index: i32) -> Result<Option<Vec<u8>>> {
        Ok(self.noted(index, false)?.map(|noted| noted.name.clone()))
    }

    /// The name and the `IFF_*` of the link with this index, if there is one.
    ///
    /// # Errors
    /// Of the connection.
    pub fn find_link(&mut self, index: i32) -> Result<Option<(&[u8], u32)>> {
        let noted = self.noted(index, true)?;
        Ok(noted.map(|noted| (noted.name.as_slice(), noted.flags.unwrap_or_default())))
    }

    /// Forgets a link that has gone: its index may be another's soon.
    pub fn forget(&mut self, index: i32) {
        self.links.remove(&index);
    }

    /// Notes the name of a link that a dump showed.
    pub fn learn(&mut self, index: i32, name: &[u8]) {
        let name = name.to_vec();
        self.links.insert(index, Some(Noted { name, flags: None }));
    }

    /// Notes a link that a dump showed.
    pub fn learn_link(&mut self, link: &Link<'_>) {
        self.links.insert(link.index, note(link));
    }

    /// What is known of a link, asked for when it is not.
    fn noted(&mut self, index: i32, with_flags: bool) -> Result<Option<&Noted>> {
        let enough = |noted: &Option<Noted>| {
            let flags = noted.as_ref().map(|noted| noted.flags);
            !with_flags || flags != Some(None)
        };
        if !self.links.get(&index).is_some_and(enough) {
            let found = self.ask(&GetLink::by_index(index))?;
            let noted = found.and_then(|(_, noted)| noted);
            self.links.insert(index, noted);
        }
        Ok(self.links.get(&index).and_then(Option::as_ref))
    }

    /// A link's index and what is kept of it; nothing where the kernel has no such link.
    fn ask(&mut self, request: &GetLink<'_>) -> Result<Option<(i32, Option<Noted>)>> {
        let found = self.conn()?.get(request, |reply| {
            Link::parse(&reply).map(|link| (link.index, note(&link)))
        });
        match found.and_then(|link| link.map_err(Error::from)) {
            Ok(link) => Ok(Some(link)),
            Err(Error::Kernel(_)) => Ok(None),
            Err(e) => Err(CmdError::netlink(LOOKUP, &e)),
        }
    }
}

fn note(link: &Link<'_>) -> Option<Noted> {
    Some(Noted {
        name: link.name?.to_vec(),
        flags: Some(link.flags),
    })
}

fn numbered(name: &[u8]) -> Option<i32> {
    let digits = std::str::from_utf8(name.strip_prefix(b"if")?).ok()?;
    digits.parse().ok().filter(|index| *index > 0)
}
