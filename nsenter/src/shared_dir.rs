//! The directory of named namespaces as a shared mount, set up by one process at a time.

use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags, umount2};
use nix::sys::stat::Mode;

use crate::calls::{Call, Calls, Direct};
use crate::error::{Error, Result, StoreStage};

/// How often to begin again when others keep taking the directory away.
const ATTEMPTS: usize = 64;

/// A directory that is ready for names.
///
/// Whoever makes the mount holds the lock until [`keep`](Self::keep), or takes mount and directory away again when
/// dropped: nobody else can have come to rely on them meanwhile.
pub(crate) struct SharedDir<'a, C: Calls> {
    first: Option<First<'a, C>>,
}

impl<'a, C: Calls> SharedDir<'a, C> {
    /// Does what iproute2 does, under the same lock: mkdir, make-shared, and where the directory is no mount yet,
    /// bind it on itself and make-shared again.
    pub(crate) fn ready(calls: &'a C, dir: &'a Path) -> Result<Self> {
        let mut done = Self::attempt(calls, dir);
        for _ in 1..ATTEMPTS {
            match done {
                // Somebody's undo took the directory away under us.
                Err(Error::Store {
                    stage,
                    errno: Errno::ENOENT,
                    ..
                }) if stage != StoreStage::MakeDir => done = Self::attempt(calls, dir),
                _ => break,
            }
        }
        done
    }

    fn attempt(calls: &'a C, dir: &'a Path) -> Result<Self> {
        let mut made = Vec::new();
        let done = make_dir(calls, dir, &mut made);
        let mut first = First {
            calls,
            dir,
            made,
            made_mount: false,
            lock: None,
        };
        done.map_err(Error::store(StoreStage::MakeDir, dir))?;
        let opened = calls.open_dir(dir);
        let opened = first
            .lock
            .insert(opened.map_err(Error::store(StoreStage::OpenDir, dir))?);
        lock(calls, opened).map_err(Error::store(StoreStage::LockDir, dir))?;
        // Somebody's undo may have removed it while we waited.
        if !calls.is_still(opened, dir) {
            return Err(Error::store(StoreStage::LockDir, dir)(Errno::ENOENT));
        }
        // iproute2 adds MS_REC here, which looks at every name each time (0.2 ms with 1,000 of them) and changes
        // nothing: a name's own mount has nothing below it to share.
        if make_shared(calls, dir, MsFlags::empty())? {
            // No longer this call's to take away.
            first.forget();
            return Ok(Self { first: None });
        }
        bind_on_itself(calls, dir)?;
        first.made_mount = true;
        if make_shared(calls, dir, MsFlags::MS_REC)? {
            Ok(Self { first: Some(first) })
        } else {
            Err(Error::store(StoreStage::ShareDir, dir)(Errno::EINVAL))
        }
    }

    /// The directory is in use from now on. Says what of it is new.
    pub(crate) fn keep(mut self) -> MadeDir {
        let mut made = MadeDir::default();
        if let Some(first) = &mut self.first {
            made = MadeDir {
                dir: !first.made.is_empty(),
                mount: first.made_mount,
            };
            first.forget();
        }
        made
    }
}

/// What of a directory a call made and kept.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MadeDir {
    dir: bool,
    mount: bool,
}

impl MadeDir {
    /// Takes it away again, if there is no name in the directory and nobody is using it.
    pub(crate) fn retire(self, dir: &Path) {
        if !self.mount {
            return;
        }
        let Ok(opened) = Direct.open_dir(dir) else {
            return;
        };
        let empty = || std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
        if lock(&Direct, &opened).is_ok() && empty() {
            let _ = Direct.make(&Call::Flock(opened.as_fd(), libc::LOCK_UN));
            // Closed first: an open file keeps the mount busy, as somebody else's does on purpose.
            drop(opened);
            if umount2(dir, MntFlags::UMOUNT_NOFOLLOW).is_ok() && self.dir {
                // Only ever an empty one.
                let _ = std::fs::remove_dir(dir);
            }
        }
    }
}

/// What this call made, to be undone when dropped; the lock is let go last.
struct First<'a, C: Calls> {
    calls: &'a C,
    dir: &'a Path,
    /// Directories, parents first.
    made: Vec<&'a Path>,
    made_mount: bool,
    lock: Option<OwnedFd>,
}

impl<C: Calls> First<'_, C> {
    fn forget(&mut self) {
        self.made.clear();
        self.made_mount = false;
    }
}

impl<C: Calls> Drop for First<'_, C> {
    fn drop(&mut self) {
        if self.made_mount {
            let _ = self
                .calls
                .make(&Call::Umount(self.dir, MntFlags::MNT_DETACH));
        }
        for dir in self.made.iter().rev() {
            // Only ever an empty one.
            let _ = self.calls.make(&Call::Rmdir(dir));
        }
        if let Some(lock) = self.lock.take() {
            // Not left to close(2): a child that was just made may still have a copy of the descriptor.
            let _ = self.calls.make(&Call::Flock(lock.as_fd(), libc::LOCK_UN));
        }
    }
}

/// Makes the directory, and the parents it needs where there is not even a /run; `made` tells which are new.
fn make_dir<'a, C: Calls>(calls: &C, dir: &'a Path, made: &mut Vec<&'a Path>) -> nix::Result<()> {
    let mkdir = Call::Mkdir(dir, Mode::from_bits_truncate(0o755));
    let done = match (calls.make(&mkdir), dir.parent()) {
        (Err(Errno::ENOENT), Some(parent)) => {
            make_dir(calls, parent, made)?;
            calls.make(&mkdir)
        }
        (done, _) => done,
    };
    match done {
        Ok(()) => {
            made.push(dir);
            Ok(())
        }
        Err(Errno::EEXIST) => Ok(()),
        Err(errno) => Err(errno),
    }
}

fn lock<C: Calls>(calls: &C, dir: &OwnedFd) -> nix::Result<()> {
    loop {
        match calls.make(&Call::Flock(dir.as_fd(), libc::LOCK_EX)) {
            Err(Errno::EINTR) => {}
            done => return done,
        }
    }
}

/// False where `dir` is no mount point.
fn make_shared<C: Calls>(calls: &C, dir: &Path, recursive: MsFlags) -> Result<bool> {
    match calls.make(&Call::Mount(
        None,
        dir,
        None,
        MsFlags::MS_SHARED | recursive,
    )) {
        Ok(()) => Ok(true),
        Err(Errno::EINVAL) => Ok(false),
        Err(errno) => Err(Error::store(StoreStage::ShareDir, dir)(errno)),
    }
}

fn bind_on_itself<C: Calls>(calls: &C, dir: &Path) -> Result<()> {
    let flags = MsFlags::MS_BIND | MsFlags::MS_REC;
    calls
        .make(&Call::Mount(Some(dir), dir, None, flags))
        .map_err(Error::store(StoreStage::BindDir, dir))
}
