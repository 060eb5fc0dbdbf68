//! The kernel side of a command: one netlink connection, and the names of links, asked over it.

use crate::error::{CmdError, Result};
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
    conn: Option<Connection>,
    names: HashMap<i32, Option<Vec<u8>>>,
}

impl Kernel {
    /// The connection.
    ///
    /// # Errors
    /// Of opening its socket.
    pub fn conn(&mut self) -> Result<&mut Connection> {
        match &mut self.conn {
            Some(conn) => Ok(conn),
            empty => {
                let opened = Connection::route().map_err(|e| {
                    let line = format!("Cannot open netlink socket: {}", crate::error::reason(&e));
                    CmdError::netlink("cannot open a netlink socket", &e).ip(line)
                })?;
                Ok(empty.insert(opened))
            }
        }
    }

    /// Forgets connection and names: the process has entered another network namespace.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The index of the link with this name, or other name; `ifN` is the link with index N where
    /// none has it as its name, as iproute2 has it.
    ///
    /// # Errors
    /// Of the connection; that there is no such link is `None`.
    pub fn index_of(&mut self, name: &[u8]) -> Result<Option<i32>> {
        if let Some((index, _)) = self.names.iter().find(|(_, n)| n.as_deref() == Some(name)) {
            return Ok(Some(*index));
        }
        let found = self.conn()?.get(&GetLink::by_name(name), |reply| {
            Link::parse(&reply).map(|link| (link.index, link.name.map(<[u8]>::to_vec)))
        });
        match found {
            Ok(link) => {
                let (index, own) = link.map_err(|e| CmdError::netlink(LOOKUP, &e.into()))?;
                self.names.insert(index, own);
                Ok(Some(index))
            }
            Err(Error::Kernel(_)) => Ok(numbered(name)),
            Err(e) => Err(CmdError::netlink(LOOKUP, &e)),
        }
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
        if let Some(name) = self.names.get(&index) {
            return Ok(name.clone());
        }
        let found = self.conn()?.get(&GetLink::by_index(index), |reply| {
            Link::parse(&reply).map(|link| link.name.map(<[u8]>::to_vec))
        });
        let name = match found {
            Ok(name) => name.map_err(|e| CmdError::netlink(LOOKUP, &e.into()))?,
            Err(Error::Kernel(_)) => None,
            Err(e) => return Err(CmdError::netlink(LOOKUP, &e)),
        };
        self.names.insert(index, name.clone());
        Ok(name)
    }

    /// Notes the name of a link that a dump showed.
    pub fn learn(&mut self, index: i32, name: &[u8]) {
        self.names.insert(index, Some(name.to_vec()));
    }
}

fn numbered(name: &[u8]) -> Option<i32> {
    let digits = std::str::from_utf8(name.strip_prefix(b"if")?).ok()?;
    digits.parse().ok().filter(|index| *index > 0)
}
