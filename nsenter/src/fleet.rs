//! Many named network namespaces made together, each with its maker's mark on it, and removed together.
//!
//! The mark is the file below a name's mount: all names of a fleet are hard links of one file, whose contents say
//! whose it is. It goes with the names, and outlives its maker.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::DirEntryExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use nix::errno::Errno;
use nix::fcntl::{AT_FDCWD, AtFlags, OFlag};
use nix::mount::{MntFlags, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::stat::{Mode, fstat};
use nix::unistd::{linkat, unlink};

use crate::calls::Direct;
use crate::error::{EnterStage, Error, Result, StoreStage, errno_of};
use crate::handle::NsId;
use crate::shared_dir::{MadeDir, SharedDir};
use crate::store::{OWN_NET, Store, bind};
use crate::{NsName, sys};

/// How long a mark may be, in bytes.
const MARK: usize = 255;

/// Named network namespaces of one maker, on disk as iproute2 keeps them.
///
/// Made for thousands: a namespace costs four system calls to make and two to remove, on as many threads as asked
/// for. `ip netns` sees nothing unusual.
///
/// ```
/// # nsenter::Sandbox::new().net().mount().user_if_not_root().tmpfs("/run").enter()?;
/// use nsenter::{Fleet, NsName, Store};
///
/// let names: Vec<NsName> = (0..8).map(|i| format!("f{i}").parse()).collect::<Result<_, _>>()?;
/// let fleet = Fleet::begin(&Store::new(), &names[0], b"mine")?;
/// fleet.make(&names, 2, &|made| made.index < 8).map_err(|(_, e)| e)?;
/// assert_eq!(fleet.names()?.len(), 8);
/// assert!(fleet.remove(&names, 2, &|_, _| ()).is_empty());
/// assert!(fleet.names()?.is_empty());
/// fleet.end();
/// # Ok::<(), nsenter::Error>(())
/// ```
#[derive(Debug)]
pub struct Fleet {
    store: Store,
    mark: File,
    id: NsId,
    /// The name that the mark was made under, until its namespace is made.
    first: Mutex<Option<NsName>>,
    made: MadeDir,
}

/// A namespace just made, as [`Fleet::make`] hands it over, inside of it.
#[derive(Debug)]
pub struct Made<'a> {
    /// Its place in the names.
    pub index: usize,
    /// Its name.
    pub name: &'a NsName,
    /// An open descriptor of it, close-on-exec.
    pub ns: OwnedFd,
    /// Before it was made.
    pub began: Instant,
    /// When unshare(2) had made it.
    pub created: Instant,
    /// When it had its name.
    pub named: Instant,
}

impl Fleet {
    /// Begins a fleet in this store with its mark, a line of text, under the first name.
    ///
    /// `EEXIST` at [`StoreStage::CreateFile`] when that name is in use.
    pub fn begin(store: &Store, first: &NsName, mark: &[u8]) -> Result<Self> {
        let made = SharedDir::ready(&Direct, store.dir())?.keep();
        let path = store.path(first);
        let failed = Error::store(StoreStage::CreateFile, &path);
        let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_CLOEXEC;
        let fd = sys::open(&path, flags, Mode::S_IRUSR).map_err(failed)?;
        let mut mark_file = File::from(fd);
        let id = mark_file
            .write_all(mark)
            .map_err(|e| errno_of(&e))
            .and_then(|()| fstat(&mark_file))
            .map_err(|errno| {
                let _ = unlink(&path);
                Error::store(StoreStage::CreateFile, &path)(errno)
            })?;
        Ok(Self {
            store: store.clone(),
            mark: mark_file,
            id: NsId {
                dev: id.st_dev,
                ino: id.st_ino,
            },
            first: Mutex::new(Some(first.clone())),
            made,
        })
    }

    /// Finds what is left of a fleet whose maker is gone, by the file that [`id`](Self::id) named and its mark. None
    /// when no name of it is left.
    ///
    /// Needs Linux 5.2 (open_tree(2)).
    pub fn find(store: &Store, id: NsId, mark: &[u8]) -> Result<Option<Self>> {
        let Some(name) = names_of(store, id)?.pop() else {
            return Ok(None);
        };
        // The directory without what is mounted in it.
        let failed = |errno| Error::store(StoreStage::ReadDir, store.dir())(errno);
        let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        let dir = sys::open(store.dir(), flags, Mode::empty()).map_err(failed)?;
        let below = sys::open_tree_clone(dir.as_fd()).map_err(failed)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}", below.as_raw_fd())).join(&name);
        let path_failed = |e: std::io::Error| failed(errno_of(&e));
        let flags = OFlag::O_RDONLY | OFlag::O_CLOEXEC;
        let mut file = File::from(sys::open(&path, flags, Mode::empty()).map_err(failed)?);
        let mut found = Vec::new();
        let mut limited = (&mut file).take(MARK as u64 + 1);
        limited.read_to_end(&mut found).map_err(path_failed)?;
        let st = fstat(&file).map_err(failed)?;
        // The inode may be another file's by now.
        if (st.st_dev, st.st_ino) != (id.dev, id.ino) || found != mark {
            return Ok(None);
        }
        Ok(Some(Self {
            store: store.clone(),
            mark: file,
            id,
            first: Mutex::new(None),
            made: MadeDir::default(),
        }))
    }

    /// The file that all its names are, below their mounts: what [`find`](Self::find) takes.
    pub fn id(&self) -> NsId {
        self.id
    }

    /// Makes a namespace for each name, on so many threads (at least one). `each` runs on the thread that made it,
    /// inside of the new namespace; false from it ends the making. Who made what stays: on an error, too.
    ///
    /// # Errors
    /// The first failure, and the place of its name. `EEXIST` at [`StoreStage::CreateFile`]: the name is in use.
    pub fn make(
        &self,
        names: &[NsName],
        workers: usize,
        each: &(dyn Fn(Made<'_>) -> bool + Sync),
    ) -> std::result::Result<(), (usize, Error)> {
        in_turn(names.len(), workers, &|index| match names.get(index) {
            Some(name) => self.make_one(index, name).map(each),
            None => Ok(false),
        })
    }

    /// On a throw-away thread.
    fn make_one<'a>(&self, index: usize, name: &'a NsName) -> Result<Made<'a>> {
        let path = self.store.path(name);
        let began = Instant::now();
        unshare(CloneFlags::CLONE_NEWNET).map_err(Error::store(StoreStage::Unshare, &path))?;
        let created = Instant::now();
        self.link(name, &path)?;
        let named = || {
            let flags = OFlag::O_RDONLY | OFlag::O_CLOEXEC;
            let ns = sys::open(OWN_NET, flags, Mode::empty())
                .map_err(Error::store(StoreStage::OpenNew, &path))?;
            bind(&Direct, Path::new(OWN_NET), ns.as_fd(), &path)?;
            Ok(ns)
        };
        match named() {
            Ok(ns) => Ok(Made {
                index,
                name,
                ns,
                began,
                created,
                named: Instant::now(),
            }),
            Err(e) => {
                let _ = unlink(&path);
                Err(e)
            }
        }
    }

    /// Makes the name's file: another link of the mark.
    fn link(&self, name: &NsName, path: &Path) -> Result<()> {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref() == Some(name) {
            *first = None;
            return Ok(());
        }
        drop(first);
        let mark = format!("/proc/self/fd/{}", self.mark.as_raw_fd());
        let follow = AtFlags::AT_SYMLINK_FOLLOW;
        linkat(AT_FDCWD, mark.as_str(), AT_FDCWD, path, follow)
            .map_err(Error::store(StoreStage::CreateFile, path))
    }

    /// The names that are of this fleet, in the directory's own order.
    pub fn names(&self) -> Result<Vec<NsName>> {
        names_of(&self.store, self.id)
    }

    /// Removes those of `names` that are of this fleet, on so many threads (at least one), and returns what failed.
    /// What is gone already, or is somebody else's by now, is left alone. `each` is told when every removal began
    /// and ended.
    ///
    /// An unmount waits for a grace period; threads wait together: eight or more are worth having on any machine.
    pub fn remove(
        &self,
        names: &[NsName],
        threads: usize,
        each: &(dyn Fn(Instant, Instant) + Sync),
    ) -> Vec<(NsName, Error)> {
        let mut ours = match self.names() {
            Ok(ours) => ours,
            Err(e) => return names.first().map(|n| (n.clone(), e)).into_iter().collect(),
        };
        ours.sort_unstable();
        let failed = Mutex::new(Vec::new());
        let done = in_turn(names.len(), threads, &|index| {
            let Some(name) = names.get(index) else {
                return Ok(false);
            };
            if ours.binary_search(name).is_ok() {
                let began = Instant::now();
                if let Err(e) = self.take_away(name) {
                    let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                    failed.push((name.clone(), e));
                }
                each(began, Instant::now());
            }
            Ok(true)
        });
        let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let (Err((index, e)), true) = (done, failed.is_empty()) {
            failed.extend(names.get(index).map(|name| (name.clone(), e)));
        }
        failed
    }

    fn take_away(&self, name: &NsName) -> Result<()> {
        let path = self.store.path(name);
        // EINVAL: a file without its mount. unlink(2) has the last word.
        let _ = umount2(&path, MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW);
        match unlink(&path) {
            Ok(()) | Err(Errno::ENOENT) => Ok(()),
            // Mounted over more than once: the store's own way takes them all off.
            Err(Errno::EBUSY) => self.store.remove_if_exists(name).map(drop),
            Err(errno) => Err(Error::store(StoreStage::Unlink, &path)(errno)),
        }
    }

    /// Ends the fleet: what it made of the directory of names goes again if that is empty. Names that are left stay.
    pub fn end(self) {
        let (store, made) = (self.store.clone(), self.made);
        // Its open file would keep the mount busy.
        drop(self);
        made.retire(store.dir());
    }
}

impl Drop for Fleet {
    /// The mark's own name goes if no namespace ever came to be under it.
    fn drop(&mut self) {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = first.take() {
            let _ = unlink(&self.store.path(&name));
        }
    }
}

/// A descriptor of a namespace, somebody else's or for this use alone.
#[derive(Debug)]
pub enum NsFd<'a> {
    /// Stays open.
    Borrowed(BorrowedFd<'a>),
    /// Is closed after use.
    Owned(OwnedFd),
}

/// Runs `visit` inside each of `count` network namespaces, on so many threads (at least one), in no order; `open`
/// says which the namespace is. The calling thread never moves. False from `visit` ends it.
///
/// # Errors
/// The first failure, and where it was.
pub fn visit<'a>(
    count: usize,
    workers: usize,
    open: &(dyn Fn(usize) -> Result<NsFd<'a>> + Sync),
    visit: &(dyn Fn(usize) -> bool + Sync),
) -> std::result::Result<(), (usize, Error)> {
    in_turn(count, workers, &|index| {
        let ns = open(index)?;
        let fd = match &ns {
            NsFd::Borrowed(fd) => *fd,
            NsFd::Owned(fd) => fd.as_fd(),
        };
        setns(fd, CloneFlags::CLONE_NEWNET).map_err(Error::enter(EnterStage::SetNs, "net"))?;
        Ok(visit(index))
    })
}

/// Calls `work` with each number below `count`, on so many throw-away threads, until one fails or returns false.
fn in_turn(
    count: usize,
    threads: usize,
    work: &(dyn Fn(usize) -> Result<bool> + Sync),
) -> std::result::Result<(), (usize, Error)> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let failure = Mutex::new(None);
    let run = || {
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            match work(index) {
                Ok(true) => {}
                Ok(false) => stop.store(true, Ordering::Relaxed),
                Err(e) => {
                    stop.store(true, Ordering::Relaxed);
                    let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                    failure.get_or_insert((index, e));
                }
            }
        }
    };
    let started = thread::scope(|scope| {
        let mut started = Ok(());
        for i in 0..threads.clamp(1, count.max(1)) {
            // Fewer threads than asked for do as well, if there is one.
            match thread::Builder::new().spawn_scoped(scope, run) {
                Err(e) if i == 0 => {
                    started = Err(Error::Thread {
                        errno: errno_of(&e),
                    })
                }
                Err(_) => break,
                Ok(_) => {}
            }
        }
        started
    });
    started.map_err(|e| (0, e))?;
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// The names in the store whose file is `id`. readdir(3) does not see the mounts above the files.
fn names_of(store: &Store, id: NsId) -> Result<Vec<NsName>> {
    let failed = |e: std::io::Error| Error::store(StoreStage::ReadDir, store.dir())(errno_of(&e));
    let entries = match fs::read_dir(store.dir()) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(failed(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if entry.ino() == id.ino {
            names.push(NsName::existing(entry.file_name()).map_err(Error::Name)?);
        }
    }
    Ok(names)
}
