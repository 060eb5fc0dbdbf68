//! Pairs of veths: made in place or moved, and removed.

use crate::Result;
use crate::world::send_all;
use netlink_raw::Connection;
use netlink_raw::route::link::{
    BridgeOptions, Brief, DelLink, GetLink, Kind, LinkRequest, Netns, Peer,
};
use nsenter::{Errno, NsHandle};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

const IFF_UP: u32 = 1;

/// The group of links that all veths made here are in.
pub const GROUP: u32 = 7;

/// Names of the two ends of a pair.
#[derive(Clone, Debug)]
pub struct Names {
    outer: String,
    inner: String,
}

impl Names {
    /// Of the inner end.
    #[must_use]
    pub fn inner(&self) -> &str {
        &self.inner
    }
}

/// So many pairs' names: `v0` and `p0` to begin with.
#[must_use]
pub fn names(pairs: u32) -> Vec<Names> {
    (0..pairs)
        .map(|n| Names {
            outer: format!("v{n}"),
            inner: format!("p{n}"),
        })
        .collect()
}

/// How veths are to be made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Veths<'a> {
    /// Where the inner ends are created; `None`: beside the outer ones.
    pub inside: Option<&'a NsHandle>,
    /// Index of the outer ends' master.
    pub master: Option<u32>,
    /// Queues of each end, each way; `None`: as many as there are processors.
    pub queues: Option<u32>,
}

impl Veths<'_> {
    /// Makes them, so many a datagram; the outer ends are in [`GROUP`].
    ///
    /// # Errors
    /// What the kernel refuses.
    pub fn make(&self, conn: &mut Connection, names: &[Names], a_datagram: usize) -> Result<()> {
        let (num_tx_queues, num_rx_queues) = (self.queues, self.queues);
        let ends: Vec<_> = names
            .iter()
            .map(|names| LinkRequest {
                name: Some(names.inner.as_bytes()),
                netns: self.inside.map(|ns| Netns::Fd(ns.as_fd())),
                num_tx_queues,
                num_rx_queues,
                ..LinkRequest::default()
            })
            .collect();
        let veths: Vec<_> = names
            .iter()
            .zip(&ends)
            .map(|(names, end)| LinkRequest {
                name: Some(names.outer.as_bytes()),
                master: self.master,
                group: Some(GROUP),
                num_tx_queues,
                num_rx_queues,
                ..LinkRequest::create(Kind::Veth(Peer(end)))
            })
            .collect();
        send_all(conn, &veths, a_datagram)
    }
}

/// Moves the inner ends, made beside the outer ones, to `there`, one a message.
///
/// # Errors
/// What the kernel refuses.
pub fn move_ends(conn: &mut Connection, names: &[Names], there: &NsHandle) -> Result<()> {
    for names in names {
        conn.change(&LinkRequest {
            name: Some(names.inner.as_bytes()),
            netns: Some(Netns::Fd(there.as_fd())),
            ..LinkRequest::default()
        })?;
    }
    Ok(())
}

/// Removes the links of [`GROUP`] in one pass of the kernel's.
///
/// # Errors
/// What the kernel refuses; that there are none.
pub fn remove_group(conn: &mut Connection) -> Result<()> {
    Ok(conn.change(&DelLink {
        group: Some(GROUP),
        ..DelLink::default()
    })?)
}

/// Removes one link after the other by name.
///
/// # Errors
/// What the kernel refuses.
pub fn remove_each(conn: &mut Connection, names: &[Names]) -> Result<()> {
    for names in names {
        conn.change(&DelLink {
            name: Some(names.outer.as_bytes()),
            ..DelLink::default()
        })?;
    }
    Ok(())
}

/// Makes a bridge and returns its index.
///
/// # Errors
/// What the kernel refuses.
pub fn bridge(conn: &mut Connection, name: &str) -> Result<u32> {
    conn.change(&LinkRequest {
        name: Some(name.as_bytes()),
        flags: IFF_UP,
        change: IFF_UP,
        ..LinkRequest::create(Kind::Bridge(&BridgeOptions::default()))
    })?;
    let index = index(conn, name)?.ok_or("the bridge is not there")?;
    Ok(u32::try_from(index)?)
}

/// The index of the link of this name; `None` when there is none.
///
/// # Errors
/// What the kernel refuses.
pub fn index(conn: &mut Connection, name: &str) -> Result<Option<i32>> {
    let get = GetLink::by_name(name.as_bytes());
    match conn.get(&get, |reply| Brief::parse(&reply).map(|link| link.index)) {
        Ok(index) => Ok(Some(index?)),
        Err(netlink_raw::Error::Kernel(e)) if e.errno == Errno::ENODEV as i32 => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// Waits until the outer ends are gone.
///
/// # Errors
/// When they are still there after five seconds.
pub fn wait_until_gone(conn: &mut Connection, names: &[Names]) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(5);
    for names in names {
        while index(conn, &names.outer)?.is_some() {
            if Instant::now() > end {
                return Err(format!("{} is still there", names.outer).into());
            }
            std::thread::sleep(Duration::from_micros(200));
        }
    }
    Ok(())
}
