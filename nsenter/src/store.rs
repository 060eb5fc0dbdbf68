//! Named network namespaces in a directory, on disk as iproute2 keeps them (ip-netns(8)).
//!
//! A name is a file that the namespace is bind-mounted over; the directory is a shared mount, so that other mount
//! namespaces see names come and go.

use std::fs;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags};
use nix::sched::CloneFlags;

use crate::calls::{Call, Calls, Direct};
use crate::enter::on_thread;
use crate::error::{Error, Result, StoreStage, errno_of};
use crate::handle::{NsHandle, NsId};
use crate::shared_dir::SharedDir;
use crate::{NsKind, NsName};

/// A directory of named network namespaces. It is safe to use from any number of threads and processes at once,
/// iproute2's among them.
///
/// ```
/// # nsenter::Sandbox::new().net().mount().user_if_not_root().tmpfs("/run").enter()?;
/// use nsenter::{NsName, Store};
///
/// let store = Store::new();
/// let blue: NsName = "blue".parse()?;
/// let ns = store.add(&blue)?;
/// assert_eq!(store.open(&blue)?, ns);
/// assert_eq!(store.names()?.collect::<Result<Vec<_>, _>>()?, [blue.clone()]);
/// store.remove(&blue)?;
/// assert!(store.open(&blue).is_err());
/// # Ok::<(), nsenter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store<C = Direct> {
    dir: PathBuf,
    calls: C,
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Store {
    /// iproute2's directory, which is also `/var/run/netns`.
    pub const DEFAULT_DIR: &'static str = "/run/netns";

    /// The names in [`Self::DEFAULT_DIR`].
    pub fn new() -> Self {
        Self::at(Self::DEFAULT_DIR)
    }

    /// The names in `dir`. The directory and its parents are made when first needed.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            calls: Direct,
        }
    }

    /// The same names, and `calls` to make or tell the system calls by which they come and go. What only looks is
    /// done in any case.
    pub fn through<C: Calls>(self, calls: C) -> Store<C> {
        Store {
            dir: self.dir,
            calls,
        }
    }
}

impl<C: Calls> Store<C> {
    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The file of `name`, whether it exists or not.
    pub fn path(&self, name: &NsName) -> PathBuf {
        self.dir.join(name)
    }

    /// Makes the directory (mode 0755) and the shared mount on it, if they are not there yet.
    pub fn prepare(&self) -> Result<()> {
        SharedDir::ready(&self.calls, &self.dir)?.keep();
        Ok(())
    }

    /// Creates a network namespace and names it. The calling thread stays where it is.
    ///
    /// `EEXIST` at [`StoreStage::CreateFile`] when the name is in use. On any error nothing is left of it.
    pub fn add(&self, name: &NsName) -> Result<NsHandle> {
        let dir = SharedDir::ready(&self.calls, &self.dir)?;
        let file = Pending::create(&self.calls, self.path(name))?;
        let ns = on_thread(|| new_namespace_over(&self.calls, &file.path))??;
        file.keep();
        dir.keep();
        Ok(ns)
    }

    /// As [`add`](Self::add), and the calling thread is left in the new namespace: one thread cheaper, for a process
    /// that is about to exit, or to execute something in there.
    ///
    /// After an error the thread may be in a nameless new namespace, too.
    pub fn add_here(&self, name: &NsName) -> Result<()> {
        let dir = SharedDir::ready(&self.calls, &self.dir)?;
        let file = Pending::create(&self.calls, self.path(name))?;
        unshare_net(&self.calls, &file.path)?;
        bind_own(&self.calls, &file.path)?;
        file.keep();
        dir.keep();
        Ok(())
    }

    /// Creates a namespace for each name, on `workers` threads (at least one; two or more gain about 1.5 times).
    /// The handles come in the order of the names. All or nothing: on an error none of them is left.
    pub fn add_many(&self, names: &[NsName], workers: usize) -> Result<Vec<NsHandle>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let dir = SharedDir::ready(&self.calls, &self.dir)?;
        let stop = &AtomicBool::new(false);
        let share = names.len().div_ceil(workers.max(1));
        let made: Vec<_> = thread::scope(|scope| {
            let start = |names| {
                let work = move || self.add_share(names, stop);
                thread::Builder::new().spawn_scoped(scope, work)
            };
            let started: Vec<_> = names.chunks(share).map(start).collect();
            started.into_iter().map(finish).collect()
        });
        let mut handles = Vec::with_capacity(names.len());
        let mut failure = None;
        for (done, failed) in made {
            handles.extend(done);
            failure = failure.or(failed);
        }
        if let Some(e) = failure {
            for (name, _) in handles {
                let _ = self.remove(name);
            }
            return Err(e);
        }
        dir.keep();
        Ok(handles.into_iter().map(|(_, ns)| ns).collect())
    }

    /// One worker's share, on the calling throw-away thread: what it made, and what stopped it.
    fn add_share<'n>(&self, names: &'n [NsName], stop: &AtomicBool) -> Share<'n> {
        let mut made = Vec::with_capacity(names.len());
        for name in names {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let one = Pending::create(&self.calls, self.path(name)).and_then(|file| {
                let ns = new_namespace_over(&self.calls, &file.path)?;
                file.keep();
                Ok(ns)
            });
            match one {
                Ok(ns) => made.push((name, ns)),
                Err(e) => {
                    stop.store(true, Ordering::Relaxed);
                    return (made, Some(e));
                }
            }
        }
        (made, None)
    }

    /// Gives the network namespace `ns` a name, in addition to those it has.
    pub fn attach(&self, name: &NsName, ns: &NsHandle) -> Result<()> {
        if ns.kind() != NsKind::Net {
            return Err(Error::WrongKind {
                path: ns.label(),
                wanted: NsKind::Net,
                found: ns.kind(),
            });
        }
        let dir = SharedDir::ready(&self.calls, &self.dir)?;
        let file = Pending::create(&self.calls, self.path(name))?;
        bind(&self.calls, &ns.proc_path(), ns.as_fd(), &file.path)?;
        file.keep();
        dir.keep();
        Ok(())
    }

    /// Gives the network namespace of process `pid` a name.
    pub fn attach_pid(&self, name: &NsName, pid: u32) -> Result<()> {
        self.attach(name, &NsHandle::from_pid(pid, NsKind::Net)?)
    }

    /// Opens the network namespace called `name`. `ENOENT` when there is none; [`Error::NotNamespace`] when the file
    /// is there without its mount.
    pub fn open(&self, name: &NsName) -> Result<NsHandle> {
        let path = self.path(name);
        match self.calls.stand_in(&path) {
            Ok(None) => NsHandle::from_path(path, NsKind::Net),
            Ok(Some(other)) => NsHandle::from_path(other, NsKind::Net),
            Err(errno) => Err(Error::Open { path, errno }),
        }
    }

    /// Takes the name away. The namespace lives on while something else holds it: a process in it, a handle, another
    /// name. `ENOENT` at [`StoreStage::Unlink`] when there is no such name.
    pub fn remove(&self, name: &NsName) -> Result<()> {
        let path = self.path(name);
        let failed = Error::store(StoreStage::Unlink, &path);
        let mut last = Errno::EBUSY;
        for _ in 0..ATTEMPTS {
            // EINVAL: a file without its mount. EPERM and the like: unlink(2) has the last word, as in iproute2.
            let flags = MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW;
            let unmounted = self.calls.make(&Call::Umount(&path, flags));
            match (self.calls.make(&Call::Unlink(&path)), unmounted) {
                (Ok(()), _) => return Ok(()),
                // A second mount was below, or somebody's came just now.
                (Err(Errno::EBUSY), Ok(()) | Err(Errno::EINVAL)) => {}
                (Err(Errno::EBUSY), Err(errno)) | (Err(errno), _) => {
                    last = errno;
                    break;
                }
            }
        }
        Err(failed(last))
    }

    /// As [`remove`](Self::remove), and a name that is gone already is no error: false.
    pub fn remove_if_exists(&self, name: &NsName) -> Result<bool> {
        match self.remove(name) {
            Ok(()) => Ok(true),
            Err(e) if e.errno() == Some(Errno::ENOENT) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Removes all these names, goes on after a failure, and returns the failures. What is gone already is none.
    ///
    /// Namespaces end together in the background: delete their links first where that matters (one at a time they
    /// cost a grace period each).
    pub fn remove_many<'a>(
        &self,
        names: impl IntoIterator<Item = &'a NsName>,
    ) -> Vec<(NsName, Error)> {
        let failed = |name: &'a NsName| Some((name.clone(), self.remove_if_exists(name).err()?));
        names.into_iter().filter_map(failed).collect()
    }

    /// The names, in the directory's own order, as `ip netns list` shows them. No directory is no names.
    pub fn names(&self) -> Result<Names> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => Some(entries),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => {
                return Err(Error::store(StoreStage::ReadDir, &self.dir)(errno_of(&e)));
            }
        };
        Ok(Names {
            entries,
            dir: self.dir.clone(),
        })
    }

    /// The names that `ns` has, in the directory's own order.
    pub fn identify(&self, ns: &NsHandle) -> Result<Vec<NsName>> {
        let mut found = Vec::new();
        for name in self.names()? {
            let name = name?;
            // A name that goes meanwhile is not a name of `ns`.
            if NsId::of_path(self.path(&name)).is_ok_and(|id| id == ns.id()) {
                found.push(name);
            }
        }
        Ok(found)
    }
}

/// How often to take mounts off a name that is busy.
const ATTEMPTS: usize = 64;

/// An iterator over the names of a [`Store`].
#[derive(Debug)]
pub struct Names {
    entries: Option<fs::ReadDir>,
    dir: PathBuf,
}

impl Iterator for Names {
    type Item = Result<NsName>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = match self.entries.as_mut()?.next()? {
            Ok(entry) => entry,
            Err(e) => {
                // After an error the directory's position is unknown: no second try.
                self.entries = None;
                let failed = Error::store(StoreStage::ReadDir, &self.dir);
                return Some(Err(failed(errno_of(&e))));
            }
        };
        Some(NsName::existing(entry.file_name()).map_err(Error::Name))
    }
}

/// The calling thread's own network namespace. iproute2 names `/proc/self`, which is the process's first thread.
pub(crate) const OWN_NET: &str = "/proc/thread-self/ns/net";

/// A name's file, which goes again unless it is kept.
struct Pending<'c, C: Calls> {
    calls: &'c C,
    path: PathBuf,
    kept: bool,
}

impl<'c, C: Calls> Pending<'c, C> {
    fn create(calls: &'c C, path: PathBuf) -> Result<Self> {
        let created = calls.make(&Call::Create(&path));
        created.map_err(Error::store(StoreStage::CreateFile, &path))?;
        Ok(Self {
            calls,
            path,
            kept: false,
        })
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl<C: Calls> Drop for Pending<'_, C> {
    fn drop(&mut self) {
        if !self.kept {
            let _ = self.calls.make(&Call::Unlink(&self.path));
        }
    }
}

/// Moves the calling thread to a new network namespace and names that `path`.
fn new_namespace_over<C: Calls>(calls: &C, path: &Path) -> Result<NsHandle> {
    unshare_net(calls, path)?;
    // Opened before the mount: then the mount is the last that can fail, and never has to be undone.
    let ns = NsHandle::current(NsKind::Net).map_err(|e| {
        let errno = e.errno().unwrap_or(Errno::EINVAL);
        Error::store(StoreStage::OpenNew, path)(errno)
    })?;
    bind(calls, Path::new(OWN_NET), ns.as_fd(), path)?;
    Ok(ns)
}

fn unshare_net<C: Calls>(calls: &C, path: &Path) -> Result<()> {
    let unshare = Call::Unshare(CloneFlags::CLONE_NEWNET);
    calls
        .make(&unshare)
        .map_err(Error::store(StoreStage::Unshare, path))
}

/// Names the calling thread's namespace. It is opened only where that is needed: without `/proc`.
fn bind_own<C: Calls>(calls: &C, path: &Path) -> Result<()> {
    match bind_by_path(calls, Path::new(OWN_NET), path) {
        Err(Errno::ENOENT) => {
            let ns = NsHandle::current(NsKind::Net).map_err(|e| {
                let errno = e.errno().unwrap_or(Errno::ENOENT);
                Error::store(StoreStage::OpenNew, path)(errno)
            })?;
            calls.make(&Call::MoveMount(ns.as_fd(), path))
        }
        done => done,
    }
    .map_err(Error::store(StoreStage::BindFile, path))
}

/// Mounts a namespace, which is in `/proc` as `proc_path` and open as `ns`, on `path`.
pub(crate) fn bind<C: Calls>(
    calls: &C,
    proc_path: &Path,
    ns: BorrowedFd<'_>,
    path: &Path,
) -> Result<()> {
    match bind_by_path(calls, proc_path, path) {
        // A bind mount, where there is no `/proc` and so no path to mount from. Needs Linux 5.2.
        Err(Errno::ENOENT) => calls.make(&Call::MoveMount(ns, path)),
        done => done,
    }
    .map_err(Error::store(StoreStage::BindFile, path))
}

fn bind_by_path<C: Calls>(calls: &C, ns: &Path, path: &Path) -> nix::Result<()> {
    calls.make(&Call::Mount(Some(ns), path, None, MsFlags::MS_BIND))
}

/// What a worker made, and what stopped it.
type Share<'n> = (Vec<(&'n NsName, NsHandle)>, Option<Error>);

fn finish<'n>(started: std::io::Result<thread::ScopedJoinHandle<'_, Share<'n>>>) -> Share<'n> {
    match started.map(thread::ScopedJoinHandle::join) {
        Ok(Ok(share)) => share,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(e) => (
            Vec::new(),
            Some(Error::Thread {
                errno: errno_of(&e),
            }),
        ),
    }
}
