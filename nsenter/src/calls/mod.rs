//! The system calls by which namespaces get names, files and mounts: made, or only told.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use nix::NixPath;
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::stat::{Mode, fstat, stat};
use nix::unistd::{execv, mkdir, unlink};

use crate::sys;

mod notation;
mod rehearsal;

pub use notation::Quoted;
pub use rehearsal::Rehearsal;

/// A system call that changes something. `Display` writes it as strace(1) does.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Call<'a> {
    /// mkdir(2).
    Mkdir(&'a Path, Mode),
    /// rmdir(2).
    Rmdir(&'a Path),
    /// open(2) of a file that must not be there yet; it is closed again.
    Create(&'a Path),
    /// open(2) of a directory, for its lock.
    OpenDir(&'a Path),
    /// unlink(2).
    Unlink(&'a Path),
    /// flock(2) with this `LOCK_*`.
    Flock(BorrowedFd<'a>, i32),
    /// mount(2) without data: what, where, the type, how.
    Mount(Option<&'a Path>, &'a Path, Option<&'static str>, MsFlags),
    /// open_tree(2) of the namespace that is open here, and move_mount(2) of it to a place.
    MoveMount(BorrowedFd<'a>, &'a Path),
    /// umount2(2).
    Umount(&'a Path, MntFlags),
    /// unshare(2).
    Unshare(CloneFlags),
    /// setns(2).
    Setns(BorrowedFd<'a>, CloneFlags),
    /// execve(2): the file, its words, the number of its variables, which are those of this process.
    Execve(&'a Path, &'a [std::ffi::CString], usize),
}

/// `O_*` of a name's file.
pub(crate) fn create_flags() -> OFlag {
    OFlag::O_RDONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_CLOEXEC
}

/// `O_*` of the directory that is locked.
pub(crate) fn dir_flags() -> OFlag {
    OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC
}

/// Whoever makes calls: [`Direct`], or a [`Rehearsal`] of them.
pub trait Calls: Sync {
    /// Makes a call.
    ///
    /// # Errors
    /// The call's.
    fn make(&self, call: &Call<'_>) -> Result<(), Errno>;

    /// Makes the call that opens a directory.
    ///
    /// # Errors
    /// The call's.
    fn open_dir(&self, dir: &Path) -> Result<OwnedFd, Errno>;

    /// Whether an open directory is still the one of that name.
    fn is_still(&self, opened: &OwnedFd, dir: &Path) -> bool;

    /// What to open in the place of a name's file.
    ///
    /// # Errors
    /// `ENOENT` where the calls told so far would have taken the file away.
    fn stand_in(&self, _file: &Path) -> Result<Option<&'static Path>, Errno> {
        Ok(None)
    }
}

/// Makes the calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direct;

impl Calls for Direct {
    fn make(&self, call: &Call<'_>) -> Result<(), Errno> {
        match *call {
            Call::Mkdir(path, mode) => mkdir(path, mode),
            Call::Rmdir(path) => std::fs::remove_dir(path).map_err(|e| crate::error::errno_of(&e)),
            Call::Create(path) => sys::open(path, create_flags(), Mode::empty()).map(drop),
            Call::OpenDir(path) => self.open_dir(path).map(drop),
            Call::Unlink(path) => unlink(path),
            Call::Flock(fd, operation) => sys::flock(fd, operation),
            Call::Mount(source, target, kind, flags) => {
                let none: Option<&str> = None;
                mount(source, target, kind, flags, none)
            }
            Call::MoveMount(ns, target) => {
                sys::move_mount(sys::open_tree_clone(ns)?.as_fd(), target)
            }
            Call::Umount(target, flags) => umount2(target, flags),
            Call::Unshare(flags) => unshare(flags),
            Call::Setns(fd, flags) => setns(fd, flags),
            Call::Execve(path, words, _) => {
                path.with_nix_path(|path| execv(path, words).map(|never| match never {}))?
            }
        }
    }

    fn open_dir(&self, dir: &Path) -> Result<OwnedFd, Errno> {
        sys::open(dir, dir_flags(), Mode::empty())
    }

    fn is_still(&self, opened: &OwnedFd, dir: &Path) -> bool {
        match (fstat(opened), stat(dir)) {
            (Ok(held), Ok(named)) => (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino),
            _ => false,
        }
    }
}

impl<C: Calls + Send + ?Sized> Calls for std::sync::Arc<C> {
    fn make(&self, call: &Call<'_>) -> Result<(), Errno> {
        (**self).make(call)
    }
    fn open_dir(&self, dir: &Path) -> Result<OwnedFd, Errno> {
        (**self).open_dir(dir)
    }
    fn is_still(&self, opened: &OwnedFd, dir: &Path) -> bool {
        (**self).is_still(opened, dir)
    }
    fn stand_in(&self, file: &Path) -> Result<Option<&'static Path>, Errno> {
        (**self).stand_in(file)
    }
}
