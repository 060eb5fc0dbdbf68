//! A fabric taken away again, in the order that lets the kernel do much at once.

use super::build::Fabric;
use super::configure::UP;
use super::error::Error;
use super::owner::delete_group;
use super::watch::{Step, Watch};
use netlink_raw::encode::Message;
use netlink_raw::route::link::{BridgeOptions, DelLink, Kind, LinkRequest};
use nsenter::{Fleet, NsName};
use std::time::Instant;

/// Threads that remove names. Each waits for grace periods most of the time, and they wait together.
const SWEEPERS: usize = 16;

impl Fabric<'_> {
    /// Takes all of it away: links, names, bridges. What is gone already is no error, and what somebody else made
    /// stays. The kernel frees the namespaces themselves later.
    ///
    /// # Errors
    /// The first that could not be removed; the rest has been, as far as it can be.
    pub fn sweep(&mut self) -> Result<(), Error> {
        self.handles.clear();
        self.calm_bridges();
        let links = self.sweep_links();
        let names = self.sweep_names();
        let bridges = self.sweep_bridges();
        links.and(names).and(bridges)
    }

    /// A bridge that is down and does not snoop looks at no other port when it loses one.
    fn calm_bridges(&mut self) {
        let options = BridgeOptions {
            mcast_snooping: Some(0),
            ..BridgeOptions::default()
        };
        let calm = |index: &u32| LinkRequest {
            change: UP,
            kind: Some(Kind::Bridge(&options)),
            ..LinkRequest::change(*index as i32)
        };
        let requests: Vec<_> = self.bridges.iter().map(calm).collect();
        let messages = requests.iter().map(|r| r as &dyn Message);
        // Only to be faster.
        let _ = self.conn.batch(messages, |_, _| {});
    }

    fn sweep_links(&mut self) -> Result<(), Error> {
        let count = std::mem::take(&mut self.outside);
        if count == 0 {
            return Ok(());
        }
        self.watch.begin(Step::Unlink, count);
        let began = Instant::now();
        let done = delete_group(&mut self.conn, self.settings.group);
        self.watch.done(Step::Unlink, began, Instant::now(), count);
        self.watch.end(Step::Unlink);
        done
    }

    /// Everything of the group, whether it is known or not.
    pub(super) fn sweep_group(&mut self) -> Result<(), Error> {
        delete_group(&mut self.conn, self.settings.group)
    }

    fn sweep_names(&mut self) -> Result<(), Error> {
        let Some(fleet) = self.owner.existing_fleet() else {
            return Ok(());
        };
        if self.names.is_empty() {
            return Ok(());
        }
        remove_names(fleet, &self.names, self.watch)
    }

    fn sweep_bridges(&mut self) -> Result<(), Error> {
        for index in std::mem::take(&mut self.bridges) {
            let one = DelLink {
                index: index as i32,
                ..DelLink::default()
            };
            match self.conn.change(&one) {
                Err(e) if e.errno() == Some(libc::ENODEV) => {}
                other => other?,
            }
        }
        Ok(())
    }
}

/// Removes these names of a fleet.
pub(super) fn remove_names(
    fleet: &Fleet,
    names: &[NsName],
    watch: &dyn Watch,
) -> Result<(), Error> {
    watch.begin(Step::Unmount, names.len());
    let failed = fleet.remove(names, SWEEPERS, &|began, ended| {
        watch.done(Step::Unmount, began, ended, 1);
    });
    watch.end(Step::Unmount);
    let count = failed.len();
    match failed.into_iter().next() {
        None => Ok(()),
        Some((name, source)) => Err(Error::Remove {
            name,
            count,
            source,
        }),
    }
}
