//! Whose it is, on disk: a record for each running fabric, which a killed process leaves behind locked by nobody.

use super::error::Error;
use netlink_raw::route::link::{DelLink, GetLink, Link};
use netlink_raw::{Connection, Socket};
use nix::fcntl::{Flock, FlockArg};
use nsenter::{Fleet, NsHandle, NsId, NsKind, NsName, Store, run_in};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where the records are.
const DIR: &str = "/run/vnet";
/// What their names end in.
const SUFFIX: &str = "fabric";
/// How many groups of links an owner has; their numbers differ in the lowest bits alone.
const GROUPS: u32 = 1 << 12;
/// How far above the highest index in use ours begin: others go on making links meanwhile, one index after the other.
const MARGIN: i32 = 1000;
/// A record is a few lines.
const RECORD: u64 = 4096;
/// How often to look for free groups, and for a free name of a record.
const ATTEMPTS: usize = 16;

/// Who makes fabrics: its mark on namespaces, its groups of links, and its record of both. Nothing else has them.
#[derive(Debug)]
pub struct Owner {
    store: Store,
    record: Flock<File>,
    path: PathBuf,
    mark: String,
    group: u32,
    fleet: OnceLock<Fleet>,
    /// The index that the first link gets in each of its namespaces.
    pub(super) first_index: OnceLock<i32>,
    free_index: i32,
}

impl Owner {
    /// A new owner of what will be made in this store, and of links in the namespace of `conn`, which is that of the
    /// calling thread.
    ///
    /// # Errors
    /// [`Error::Record`] when there can be no record.
    pub fn claim(store: &Store, conn: &mut Connection<Socket>) -> Result<Self, Error> {
        let here = NsHandle::current(NsKind::Net).map_err(Error::Store)?;
        let (taken, highest) = groups_and_index(conn)?;
        let free = |base: &u32| taken.range(*base..*base + GROUPS).next().is_none();
        // Below 2^31, for tools that read it as signed; not near 0, where people's own numbers are.
        let some = || (random() as u32 & (i32::MAX as u32) & !(GROUPS - 1)).max(1 << 16);
        let group = std::iter::repeat_with(some)
            .take(ATTEMPTS)
            .find(free)
            .ok_or(Error::BadPlan("no group of links is free"))?;
        let mark = format!("vnet {} {:016x}", std::process::id(), random());
        let path = Path::new(DIR).join(format!("{}-{group:x}.{SUFFIX}", std::process::id()));
        let failed = |source| Error::Record {
            path: path.clone(),
            source,
        };
        let mut record = create(&path).map_err(failed)?;
        let NsId { dev, ino } = here.id();
        let dir = store.dir().display();
        let text = format!("mark {mark}\ngroup {group}\nlinks {dev} {ino}\nstore {dir}\n");
        if let Err(e) = record.write_all(text.as_bytes()) {
            let _ = fs::remove_file(&path);
            return Err(failed(e));
        }
        Ok(Self {
            store: store.clone(),
            record,
            path,
            mark,
            group,
            fleet: OnceLock::new(),
            first_index: OnceLock::new(),
            free_index: highest.saturating_add(MARGIN),
        })
    }

    /// The number of one of its groups of links; they come round after some thousands.
    #[must_use]
    pub fn group(&self, n: u32) -> u32 {
        self.group + n % GROUPS
    }

    /// From here on indices of links are free in the owner's namespace, and stay so for a while.
    pub(super) fn free_index(&self) -> i32 {
        self.free_index
    }

    /// Where its names are.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Its namespaces, which begin with that name if there are none yet.
    pub(super) fn fleet(&self, first: &NsName) -> Result<&Fleet, Error> {
        if let Some(fleet) = self.fleet.get() {
            return Ok(fleet);
        }
        self.note(&format!("first {first}\n"))?;
        let fleet = Fleet::begin(&self.store, first, self.mark.as_bytes());
        let fleet = fleet.map_err(|source| Error::Namespace {
            name: first.clone(),
            source,
        })?;
        let NsId { dev, ino } = fleet.id();
        self.note(&format!("names {dev} {ino}\n"))?;
        Ok(self.fleet.get_or_init(|| fleet))
    }

    /// Its namespaces, if there ever were any.
    pub(super) fn existing_fleet(&self) -> Option<&Fleet> {
        self.fleet.get()
    }

    fn note(&self, line: &str) -> Result<(), Error> {
        (&*self.record)
            .write_all(line.as_bytes())
            .map_err(|source| Error::Record {
                path: self.path.clone(),
                source,
            })
    }

    /// Everything has been swept: the record goes. Dropped without this, it stays for [`orphans`].
    pub fn release(self) {
        if let Some(fleet) = self.fleet.into_inner() {
            fleet.end();
        }
        forget(&self.path);
    }
}

/// What a process that was killed has left.
#[derive(Debug)]
pub struct Orphan {
    /// Held: no other collector has it.
    _record: Flock<File>,
    path: PathBuf,
    text: String,
}

/// The records of all owners that are gone.
///
/// # Errors
/// [`Error::Record`] when they can't be read.
pub fn orphans() -> Result<Vec<Orphan>, Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| Error::Record { path, source }
    };
    let entries = match fs::read_dir(DIR) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(failed(Path::new(DIR))(e)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed(Path::new(DIR)))?.path();
        if path.extension().is_none_or(|e| e != SUFFIX) {
            continue;
        }
        let file = File::open(&path).map_err(failed(&path))?;
        // Its owner lives.
        let Ok(record) = Flock::lock(file, FlockArg::LockExclusiveNonblock) else {
            continue;
        };
        let mut text = String::new();
        let read = (&*record).take(RECORD).read_to_string(&mut text);
        read.map_err(failed(&path))?;
        // One that was collected while we waited.
        if path.exists() {
            found.push(Orphan {
                _record: record,
                path,
                text,
            });
        }
    }
    Ok(found)
}

impl Orphan {
    /// Whose it was, as its mark says it: `vnet PID NUMBER`.
    #[must_use]
    pub fn mark(&self) -> &str {
        self.line("mark").unwrap_or_default()
    }

    /// Removes what is left of it, and then its record. Says how many namespaces and how many groups of links it was.
    ///
    /// # Errors
    /// The first thing that could not be removed. The record stays.
    pub fn collect(self) -> Result<(usize, usize), Error> {
        let links = self.collect_links()?;
        let names = self.collect_names()?;
        forget(&self.path);
        Ok((names, links))
    }

    fn line(&self, key: &str) -> Option<&str> {
        let value = |line: &'_ str| line.strip_prefix(key)?.strip_prefix(' ').map(str::len);
        self.text
            .lines()
            .find_map(|line| value(line).map(|len| &line[line.len() - len..]))
    }

    fn id(&self, key: &str) -> Option<NsId> {
        let (dev, ino) = self.line(key)?.split_once(' ')?;
        Some(NsId {
            dev: dev.parse().ok()?,
            ino: ino.parse().ok()?,
        })
    }

    fn store(&self) -> Store {
        self.line("store").map_or_else(Store::new, Store::at)
    }

    /// The links, in whatever namespace they are, if that is still there.
    fn collect_links(&self) -> Result<usize, Error> {
        let base = self.line("group").and_then(|g| g.parse::<u32>().ok());
        let (Some(base), Some(id)) = (base, self.id("links")) else {
            return Ok(0);
        };
        let Some(ns) = find_namespace(id, &self.store()) else {
            return Ok(0);
        };
        run_in(&ns, || {
            let mut conn = Connection::route()?;
            let mut count = 0;
            for group in groups_and_index(&mut conn)?
                .0
                .range(base..base.saturating_add(GROUPS))
            {
                delete_group(&mut conn, *group)?;
                count += 1;
            }
            Ok(count)
        })
        .map_err(Error::Store)?
    }

    fn collect_names(&self) -> Result<usize, Error> {
        let store = self.store();
        let mark = self.mark().as_bytes();
        if let Some(id) = self.id("names") {
            let Some(fleet) = Fleet::find(&store, id, mark).map_err(Error::Store)? else {
                return Ok(0);
            };
            let names = fleet.names().map_err(Error::Store)?;
            super::sweep::remove_names(&fleet, &names, &super::Quiet)?;
            return Ok(names.len());
        }
        // Killed between its first file and the note of it: the file is not mounted over yet.
        let first = self.line("first").and_then(|name| name.parse().ok());
        if let Some(path) = first.map(|name: NsName| store.path(&name)) {
            let file = File::open(&path).map(|file| file.take(RECORD));
            let content = file.and_then(|mut file| {
                let mut content = Vec::new();
                file.read_to_end(&mut content).map(|_| content)
            });
            if !mark.is_empty() && content.is_ok_and(|content| content == mark) {
                let _ = fs::remove_file(path);
            }
        }
        Ok(0)
    }
}

/// The record's file, locked; its directory is made when needed, and may go again meanwhile.
fn create(path: &Path) -> io::Result<Flock<File>> {
    for _ in 0..ATTEMPTS {
        match fs::create_dir(DIR) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            _ => {}
        }
        let file = OpenOptions::new().append(true).create_new(true).open(path);
        match file {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
            Ok(file) => {
                return Flock::lock(file, FlockArg::LockExclusiveNonblock)
                    .map_err(|(_, errno)| errno.into());
            }
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// Removes a record, and the directory with the last.
fn forget(path: &Path) {
    let _ = fs::remove_file(path);
    let _ = fs::remove_dir(DIR);
}

/// The groups of all links, and the highest index.
fn groups_and_index(conn: &mut Connection<Socket>) -> Result<(BTreeSet<u32>, i32), Error> {
    let links = conn.collect(&GetLink::all())?;
    let mut found = (BTreeSet::new(), 0);
    for link in links.messages().filter_map(|m| Link::parse(&m).ok()) {
        found.0.extend(link.group);
        found.1 = found.1.max(link.index);
    }
    Ok(found)
}

/// Removes all links of a group. None left is no error.
pub(super) fn delete_group(conn: &mut Connection<Socket>, group: u32) -> Result<(), Error> {
    let all = DelLink {
        group: Some(group),
        ..DelLink::default()
    };
    match conn.change(&all) {
        Err(e) if e.errno() == Some(libc::ENODEV) => Ok(()),
        other => Ok(other?),
    }
}

/// An open handle of the namespace with this identity, through whatever still holds it.
fn find_namespace(id: NsId, store: &Store) -> Option<NsHandle> {
    let here = NsHandle::current(NsKind::Net).ok()?;
    if here.id() == id {
        return Some(here);
    }
    let named = store.names().into_iter().flatten().flatten();
    let named = named.map(|name| store.path(&name));
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = processes.map(|entry| entry.path().join("ns/net"));
    named
        .chain(processes)
        .find(|path| NsId::of_path(path).is_ok_and(|found| found == id))
        .and_then(|path| NsHandle::from_path(path, NsKind::Net).ok())
}

/// Not for secrets: so that two owners differ.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
