//! A world made, in the order that costs the kernel least.

use super::check::check;
use super::configure::Inside;
use super::error::Error;
use super::owner::Owner;
use super::watch::{Step, Watch};
use super::world::{NamespacePlan, World};
use netlink_raw::encode::Message;
use netlink_raw::route::link::{GetLink, Link};
use netlink_raw::{Connection, Socket};
use nsenter::{Made, NsFd, NsHandle, NsKind, NsName, visit};
use std::cell::RefCell;
use std::collections::HashSet;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

/// How to make it.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads.
    pub workers: usize,
    /// Whether links have IPv6. Without, it is off for them in the namespaces (lo keeps its `::1`), and ends outside
    /// get no link-local address.
    pub ipv6: bool,
    /// The group of all links in the caller's namespace: one of the owner's, and not in use.
    pub group: u32,
    /// How many namespaces to keep open until all is made. The others are opened when they are needed.
    pub open: usize,
    /// Links in one datagram, at least one; twice as many namespaces are open meanwhile. More than
    /// [`LINKS`](Self::LINKS) gains nothing.
    pub links: usize,
}

impl Settings {
    /// As many links to a datagram as are worth it: the kernel takes the RTNL lock for each anyway.
    pub const LINKS: usize = 64;
}

/// A world on its way to exist, or existing.
///
/// Dropped without [`sweep`](Self::sweep), all stays.
pub struct Fabric<'w> {
    pub(super) world: &'w World,
    pub(super) owner: &'w Owner,
    pub(super) settings: Settings,
    pub(super) watch: &'w dyn Watch,
    pub(super) conn: Connection<Socket>,
    pub(super) names: Vec<NsName>,
    pub(super) handles: Vec<OnceLock<OwnedFd>>,
    /// The indices of the bridges made.
    pub(super) bridges: Vec<u32>,
    /// Links asked for that have an end in the caller's namespace.
    pub(super) outside: usize,
    left: bool,
}

impl<'w> Fabric<'w> {
    /// Nothing is made yet.
    ///
    /// # Errors
    /// Of opening a socket.
    pub fn new(
        world: &'w World,
        owner: &'w Owner,
        settings: Settings,
        watch: &'w dyn Watch,
    ) -> Result<Self, Error> {
        Ok(Self {
            world,
            owner,
            settings,
            watch,
            conn: Connection::route()?,
            names: world.namespaces.iter().map(|n| n.name.clone()).collect(),
            handles: Vec::new(),
            bridges: Vec::new(),
            outside: 0,
            left: false,
        })
    }

    /// One that another [`Fabric`] of this world has made, but for its bridges: to be swept.
    ///
    /// # Errors
    /// Of opening a socket.
    pub fn existing(
        world: &'w World,
        owner: &'w Owner,
        settings: Settings,
        watch: &'w dyn Watch,
    ) -> Result<Self, Error> {
        let outside = world.links.iter().filter(|l| l.is_outside()).count();
        Self::new(world, owner, settings, watch).map(|new| Self { outside, ..new })
    }

    /// Makes it all. On an error, or when asked to stop, all that was made is gone again.
    ///
    /// # Errors
    /// The first thing that was refused.
    pub fn raise(&mut self) -> Result<(), Error> {
        check(self.world)?;
        self.check_names()?;
        let done = self.raise_in_order();
        self.handles.clear();
        // The first error is the one that tells. Something may be there though its answer was lost: the group tells.
        self.left = done.is_err() && self.sweep().and(self.sweep_group()).is_err();
        done
    }

    /// Whether a failed [`raise`](Self::raise) could not take everything back: what is left is for its owner's record
    /// to tell, which is then to be dropped and not released.
    #[must_use]
    pub fn left(&self) -> bool {
        self.left
    }

    /// The indices of its bridges, in the order of the world's.
    #[must_use]
    pub fn bridges(&self) -> &[u32] {
        &self.bridges
    }

    /// Names that exist are refused before anything is made; what comes to be meanwhile is refused when it is met.
    fn check_names(&self) -> Result<(), Error> {
        if self.owner.existing_fleet().is_some() || self.names.is_empty() {
            return Ok(());
        }
        let wanted: HashSet<&NsName> = self.names.iter().collect();
        for name in self.owner.store().names().map_err(Error::Store)? {
            let name = name.map_err(Error::Store)?;
            if wanted.contains(&name) {
                let path = self.owner.store().path(&name);
                return Err(Error::Namespace {
                    source: nsenter::Error::Store {
                        stage: nsenter::StoreStage::CreateFile,
                        path,
                        errno: nsenter::Errno::EEXIST,
                    },
                    name,
                });
            }
        }
        Ok(())
    }

    fn raise_in_order(&mut self) -> Result<(), Error> {
        self.make_bridges()?;
        let first_index = self.make_namespaces()?;
        let free = self.owner.free_index().max(first_index);
        let inside = Inside::of(self.world, first_index, free);
        self.make_links(&inside)?;
        self.configure(&inside)?;
        self.open_bridges()
    }

    pub(super) fn proceed(&self) -> Result<(), Error> {
        if self.watch.stop() {
            Err(Error::Interrupted)
        } else {
            Ok(())
        }
    }

    /// Returns the index that the first link in a namespace will get.
    fn make_namespaces(&mut self) -> Result<i32, Error> {
        let world = self.world;
        let Some(first) = self.names.first() else {
            return Ok(0);
        };
        let fleet = self.owner.fleet(first)?;
        self.handles = self.names.iter().map(|_| OnceLock::new()).collect();
        let (handles, open) = (&self.handles, self.settings.open);
        let failure = Mutex::new(None);
        let first_index = &self.owner.first_index;
        let each = |made: Made<'_>| {
            let plan = &world.namespaces[made.index];
            self.watch
                .done(Step::Namespace, made.began, made.created, 1);
            self.watch.done(Step::Mount, made.created, made.named, 1);
            let result = set_up(plan, self.settings.ipv6).and_then(|()| {
                if made.index == 0 && first_index.get().is_none() {
                    let _ = first_index.set(next_index()?);
                }
                self.proceed()
            });
            if made.index < open {
                let _ = handles[made.index].set(made.ns);
            }
            match result {
                Ok(()) => true,
                Err(e) => {
                    first_of(&failure, e);
                    false
                }
            }
        };
        self.watch.begin(Step::Namespace, self.names.len());
        let made = fleet.make(&self.names, self.settings.workers, &each);
        self.watch.end(Step::Namespace);
        if let Err((index, source)) = made {
            let name = self.names[index].clone();
            return Err(Error::Namespace { name, source });
        }
        taken(failure)?;
        Ok(first_index.get().copied().unwrap_or(0))
    }

    fn configure(&mut self, inside: &Inside) -> Result<(), Error> {
        let world = self.world;
        let idle = |i: usize| inside.is_idle(&world.namespaces[i], i);
        let busy: Vec<usize> = (0..world.namespaces.len()).filter(|i| !idle(*i)).collect();
        if busy.is_empty() {
            return Ok(());
        }
        let failure = Mutex::new(None);
        let one = |at: usize| {
            let namespace = busy[at];
            let began = Instant::now();
            let done = KIT.with_borrow_mut(|kit| kit.configure(world, inside, namespace));
            self.watch.done(Step::Configure, began, Instant::now(), 1);
            match done.and_then(|()| self.proceed()) {
                Ok(()) => true,
                Err(e) => {
                    first_of(&failure, e);
                    false
                }
            }
        };
        let open = |at: usize| match self.handles[busy[at]].get() {
            Some(fd) => Ok(NsFd::Borrowed(fd.as_fd())),
            None => reopen(self.owner, &self.names[busy[at]]).map(NsFd::Owned),
        };
        self.watch.begin(Step::Configure, busy.len());
        let done = visit(busy.len(), self.settings.workers, &open, &one);
        self.watch.end(Step::Configure);
        if let Err((at, source)) = done {
            let name = self.names[busy[at]].clone();
            return Err(Error::Namespace { name, source });
        }
        taken(failure)
    }
}

thread_local! {
    /// What a thread needs to configure namespaces, made once.
    static KIT: RefCell<Kit> = const { RefCell::new(Kit { conn: None, changes: Vec::new() }) };
}

struct Kit {
    conn: Option<Connection<Socket>>,
    changes: Vec<super::configure::Change>,
}

impl Kit {
    /// Configures the namespace that the calling thread is in.
    fn configure(&mut self, world: &World, inside: &Inside, namespace: usize) -> Result<(), Error> {
        let socket = Socket::brief().map_err(|source| {
            Error::Netlink(netlink_raw::Error::Io {
                call: "socket",
                source,
            })
        })?;
        let conn = match &mut self.conn {
            Some(conn) => {
                conn.replace_transport(socket);
                conn
            }
            none => none.insert(Connection::new(socket)),
        };
        inside.changes(world, namespace, &mut self.changes);
        let mut refusal = None;
        let messages = self.changes.iter().map(|c| c as &dyn Message);
        conn.batch(messages, |position, e| {
            refusal.get_or_insert((position, e));
        })?;
        match refusal {
            Some((position, source)) => Err(Error::Configure {
                name: world.namespaces[namespace].name.clone(),
                what: self.changes.get(position).map_or("it", |c| c.what()),
                source,
            }),
            None => Ok(()),
        }
    }
}

/// Writes the settings of the namespace that the calling thread is in.
fn set_up(plan: &NamespacePlan, ipv6: bool) -> Result<(), Error> {
    // For links to come. That of all would do lo as well, and fight for the RTNL lock with every other namespace.
    const NO_IPV6: &str = "net/ipv6/conf/default/disable_ipv6";
    let write =
        |key: &'static str, value: &str| match std::fs::write(format!("/proc/sys/{key}"), value) {
            // A kernel without IPv6 has it off.
            Err(e) if key == NO_IPV6 && e.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(|source| Error::Sysctl {
                name: plan.name.clone(),
                key,
                source,
            }),
        };
    if !ipv6 {
        write(NO_IPV6, "1")?;
    }
    for (key, value) in plan.sysctls.iter() {
        write(key, value)?;
    }
    Ok(())
}

/// The index that the next link gets in the namespace that the calling thread is in: all that are made alike have
/// the same links from the start (lo, and what loaded modules add).
fn next_index() -> Result<i32, Error> {
    let mut conn = Connection::route()?;
    let links = conn.collect(&GetLink::all())?;
    let index = |message| Link::parse(&message).map_or(0, |l| l.index);
    Ok(links.messages().map(index).max().unwrap_or(0) + 1)
}

pub(super) fn reopen(owner: &Owner, name: &NsName) -> nsenter::Result<OwnedFd> {
    NsHandle::from_path(owner.store().path(name), NsKind::Net).map(NsHandle::into_fd)
}

fn first_of<E>(slot: &Mutex<Option<E>>, e: E) {
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    slot.get_or_insert(e);
}

fn taken(slot: Mutex<Option<Error>>) -> Result<(), Error> {
    match slot.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(e) => Err(e),
        None => Ok(()),
    }
}
