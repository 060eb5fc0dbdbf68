//! The directory of named namespaces as a shared mount, set up by one process at a time.

use std::os::fd::OwnedFd;
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag, open};
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::stat::{Mode, fstat, stat};
use nix::unistd::mkdir;

use crate::error::{Error, Result, StoreStage};

/// How often to begin again when others keep taking the directory away.
const ATTEMPTS: usize = 64;

/// A directory that is ready for names.
///
/// Whoever makes the mount holds the lock until [`keep`](Self::keep), or takes mount and directory away again when
/// dropped: nobody else can have come to rely on them meanwhile.
pub(crate) struct SharedDir<'a> {
    first: Option<First<'a>>,
}

impl<'a> SharedDir<'a> {
    /// Does what iproute2 does, under the same lock: mkdir, make-shared, and where the directory is no mount yet,
    /// bind it on itself and make-shared again.
    pub(crate) fn ready(dir: &'a Path) -> Result<Self> {
        let mut last = Errno::ENOENT;
        for _ in 0..ATTEMPTS {
            let made_dir = match mkdir(dir, Mode::from_bits_truncate(0o755)) {
                Ok(()) => true,
                Err(Errno::EEXIST) => false,
                Err(errno) => return Err(Error::store(StoreStage::MakeDir, dir)(errno)),
            };
            let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
            let opened = match open(dir, flags, Mode::empty()) {
                Ok(fd) => fd,
                Err(Errno::ENOENT) => continue,
                Err(errno) => {
                    last = errno;
                    break;
                }
            };
            let lock = lock(opened, dir)?;
            if !is_still(&lock, dir) {
                continue;
            }
            let mut first = First {
                dir,
                made_dir,
                made_mount: false,
                _lock: lock,
            };
            if make_shared(dir)? {
                // No longer this call's to take away.
                first.forget();
                return Ok(Self { first: None });
            }
            bind_on_itself(dir)?;
            first.made_mount = true;
            if !make_shared(dir)? {
                return Err(Error::store(StoreStage::ShareDir, dir)(Errno::EINVAL));
            }
            return Ok(Self { first: Some(first) });
        }
        Err(Error::store(StoreStage::OpenDir, dir)(last))
    }

    /// The directory is in use from now on.
    pub(crate) fn keep(mut self) {
        if let Some(first) = &mut self.first {
            first.forget();
        }
    }
}

/// What this call made, to be undone when dropped; the lock is let go last.
struct First<'a> {
    dir: &'a Path,
    made_dir: bool,
    made_mount: bool,
    _lock: Flock<OwnedFd>,
}

impl First<'_> {
    fn forget(&mut self) {
        self.made_dir = false;
        self.made_mount = false;
    }
}

impl Drop for First<'_> {
    fn drop(&mut self) {
        if self.made_mount {
            let _ = umount2(self.dir, MntFlags::MNT_DETACH);
        }
        if self.made_dir {
            // Only ever an empty one.
            let _ = std::fs::remove_dir(self.dir);
        }
    }
}

fn lock(mut fd: OwnedFd, dir: &Path) -> Result<Flock<OwnedFd>> {
    loop {
        match Flock::lock(fd, FlockArg::LockExclusive) {
            Ok(lock) => return Ok(lock),
            Err((same, Errno::EINTR)) => fd = same,
            Err((_, errno)) => return Err(Error::store(StoreStage::LockDir, dir)(errno)),
        }
    }
}

/// Whether the locked directory is the one of that name: somebody's undo may have removed it while we waited.
fn is_still(lock: &Flock<OwnedFd>, dir: &Path) -> bool {
    match (fstat(&**lock), stat(dir)) {
        (Ok(held), Ok(named)) => (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino),
        _ => false,
    }
}

/// False where `dir` is no mount point.
fn make_shared(dir: &Path) -> Result<bool> {
    let none: Option<&str> = None;
    let flags = MsFlags::MS_SHARED | MsFlags::MS_REC;
    match mount(none, dir, none, flags, none) {
        Ok(()) => Ok(true),
        Err(Errno::EINVAL) => Ok(false),
        Err(errno) => Err(Error::store(StoreStage::ShareDir, dir)(errno)),
    }
}

fn bind_on_itself(dir: &Path) -> Result<()> {
    let none: Option<&str> = None;
    let flags = MsFlags::MS_BIND | MsFlags::MS_REC;
    mount(Some(dir), dir, none, flags, none).map_err(Error::store(StoreStage::BindDir, dir))
}
