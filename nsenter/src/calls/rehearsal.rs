//! Calls that are told and not made, each with the answer that the state of the machine foretells.

use std::collections::HashMap;
use std::fmt;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use nix::errno::Errno;
use nix::mount::MsFlags;

use super::{Call, Calls, Direct};
use crate::store::OWN_NET;

/// Tells each call and makes none that changes anything.
///
/// A call's answer is foretold by what is there, files and mounts, as the calls told before would have changed it:
/// `EEXIST` where a file is made that there is, `EINVAL` where a mount is taken away that is none. Whether the kernel
/// would allow a call is not foretold.
pub struct Rehearsal<F> {
    tell: F,
    foreseen: Mutex<Foreseen>,
}

/// What the calls told so far would have changed.
#[derive(Debug, Default)]
struct Foreseen {
    /// Whether there would be a file.
    files: HashMap<PathBuf, bool>,
    /// How many mounts would be on a place, less those that are.
    mounts: HashMap<PathBuf, isize>,
}

impl<F: Fn(&Call<'_>, Result<(), Errno>) + Sync> Rehearsal<F> {
    /// Tells calls so, each with the answer it would have.
    pub fn new(tell: F) -> Self {
        Self {
            tell,
            foreseen: Mutex::default(),
        }
    }

    fn foreseen(&self) -> MutexGuard<'_, Foreseen> {
        self.foreseen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F> fmt::Debug for Rehearsal<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rehearsal")
            .field("foreseen", &self.foreseen)
            .finish_non_exhaustive()
    }
}

impl<F: Fn(&Call<'_>, Result<(), Errno>) + Sync> Calls for Rehearsal<F> {
    fn make(&self, call: &Call<'_>) -> Result<(), Errno> {
        let answer = self.foreseen().answer(call);
        (self.tell)(call, answer);
        answer
    }

    fn open_dir(&self, dir: &Path) -> Result<OwnedFd, Errno> {
        self.make(&Call::OpenDir(dir))?;
        // A directory that would have been made is stood in for: then the descriptors have the numbers they would have.
        Direct
            .open_dir(dir)
            .or_else(|_| Direct.open_dir(Path::new("/")))
    }

    fn is_still(&self, opened: &OwnedFd, dir: &Path) -> bool {
        self.foreseen().files.get(dir) == Some(&true) || Direct.is_still(opened, dir)
    }

    /// For a file that would be made the namespace of the caller: then the descriptors have the numbers they would have.
    fn stand_in(&self, file: &Path) -> Result<Option<&'static Path>, Errno> {
        match self.foreseen().files.get(file) {
            Some(true) => Ok(Some(Path::new(OWN_NET))),
            Some(false) => Err(Errno::ENOENT),
            None => Ok(None),
        }
    }
}

impl Foreseen {
    fn answer(&mut self, call: &Call<'_>) -> Result<(), Errno> {
        match *call {
            Call::Mkdir(path, _) | Call::Create(path) => {
                self.needs_parent(path)?;
                match self.exists(path) {
                    true => return Err(Errno::EEXIST),
                    false => self.files.insert(path.to_path_buf(), true),
                };
            }
            Call::Rmdir(path) => {
                self.needs(path)?;
                self.files.insert(path.to_path_buf(), false);
            }
            Call::OpenDir(path) => self.needs(path)?,
            Call::Unlink(path) => {
                self.needs(path)?;
                if path.is_dir() {
                    return Err(Errno::EISDIR);
                }
                if self.mounts(path) > 0 {
                    return Err(Errno::EBUSY);
                }
                self.files.insert(path.to_path_buf(), false);
            }
            Call::Mount(source, target, kind, flags) => self.mount(source, target, kind, flags)?,
            Call::MoveMount(_, target) => {
                self.needs(target)?;
                *self.mounts.entry(target.to_path_buf()).or_default() += 1;
            }
            Call::Umount(target, _) => {
                self.needs(target)?;
                if self.mounts(target) < 1 {
                    return Err(Errno::EINVAL);
                }
                *self.mounts.entry(target.to_path_buf()).or_default() -= 1;
            }
            Call::Execve(path, ..) => {
                use nix::unistd::{AccessFlags, access};
                self.needs(path)?;
                match path.is_dir() {
                    true => return Err(Errno::EACCES),
                    false => access(path, AccessFlags::X_OK)?,
                }
            }
            Call::Flock(..) | Call::Unshare(_) | Call::Setns(..) => {}
        }
        Ok(())
    }

    fn mount(
        &mut self,
        source: Option<&Path>,
        target: &Path,
        kind: Option<&str>,
        flags: MsFlags,
    ) -> Result<(), Errno> {
        self.needs(target)?;
        let changes = MsFlags::MS_SHARED | MsFlags::MS_SLAVE | MsFlags::MS_PRIVATE;
        if flags.intersects(changes) {
            // The root of a chroot(2) need not be a mount, but what is done then ends in the same call.
            return match target == Path::new("/") || self.mounts(target) > 0 {
                true => Ok(()),
                false => Err(Errno::EINVAL),
            };
        }
        if let (Some(source), None) = (source, kind) {
            self.needs(source)?;
        }
        *self.mounts.entry(target.to_path_buf()).or_default() += 1;
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        let foreseen = self.files.get(path).copied();
        foreseen.unwrap_or_else(|| path.symlink_metadata().is_ok())
    }

    fn needs(&self, path: &Path) -> Result<(), Errno> {
        match self.files.get(path) {
            Some(true) => Ok(()),
            Some(false) => Err(Errno::ENOENT),
            None => path
                .symlink_metadata()
                .map(drop)
                .map_err(|e| crate::error::errno_of(&e)),
        }
    }

    fn needs_parent(&self, path: &Path) -> Result<(), Errno> {
        path.parent().map_or(Ok(()), |parent| self.needs(parent))
    }

    /// How many mounts would be on a place.
    fn mounts(&self, path: &Path) -> isize {
        let there = isize::try_from(mounts_on(path)).unwrap_or(isize::MAX);
        there.saturating_add(self.mounts.get(path).copied().unwrap_or_default())
    }
}

/// How many mounts are on a place. Without `/proc` a namespace's file is one.
fn mounts_on(path: &Path) -> usize {
    // The links of the directories, for the kernel's list has none; not the last, which may be the mount.
    let parent = path.parent().and_then(|parent| parent.canonicalize().ok());
    let real = match (parent, path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path.to_path_buf(),
    };
    let Ok(list) = std::fs::read("/proc/thread-self/mountinfo") else {
        return usize::from(crate::NsHandle::from_path(path, crate::NsKind::Net).is_ok());
    };
    let mut lines = list.split(|&byte| byte == b'\n');
    lines
        .by_ref()
        // proc(5): the fifth field is where it is mounted.
        .filter_map(|line| line.split(|&byte| byte == b' ').nth(4))
        .filter(|place| unescaped(place) == real.as_os_str().as_bytes())
        .count()
}

/// A field of mountinfo: a blank, a tab, a newline and a backslash are three octal digits behind a backslash there.
fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&byte, behind)) = rest.split_first() {
        let digits = behind.get(..3).and_then(|d| std::str::from_utf8(d).ok());
        let code = digits.and_then(|d| u8::from_str_radix(d, 8).ok());
        rest = match (byte, code) {
            (b'\\', Some(code)) => {
                plain.push(code);
                behind.get(3..).unwrap_or_default()
            }
            _ => {
                plain.push(byte);
                behind
            }
        };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::mount::MntFlags;
    use nix::sys::stat::Mode;

    fn told(calls: &[Call<'_>]) -> Vec<(String, Result<(), Errno>)> {
        let list = Mutex::new(Vec::new());
        let rehearsal = Rehearsal::new(|call: &Call<'_>, answer| {
            list.lock().unwrap().push((call.name().to_owned(), answer));
        });
        for call in calls {
            let _ = rehearsal.make(call);
        }
        list.into_inner().unwrap()
    }

    fn answers(calls: &[Call<'_>]) -> Vec<Result<(), Errno>> {
        told(calls).into_iter().map(|(_, answer)| answer).collect()
    }

    #[test]
    fn a_name_comes_and_goes_and_nothing_is_there() {
        let (dir, name) = (
            Path::new("/nsenter-rehearsal"),
            Path::new("/nsenter-rehearsal/a"),
        );
        let mode = Mode::from_bits_truncate(0o755);
        let shared = Call::Mount(None, dir, None, MsFlags::MS_SHARED);
        let bind = Call::Mount(Some(dir), dir, None, MsFlags::MS_BIND);
        let own = Call::Mount(
            Some(Path::new("/proc/self/ns/net")),
            name,
            None,
            MsFlags::MS_BIND,
        );
        let gone = Call::Umount(name, MntFlags::MNT_DETACH);
        let calls = [
            Call::Create(name),
            Call::Mkdir(dir, mode),
            Call::Mkdir(dir, mode),
            shared,
            bind,
            shared,
            Call::Create(name),
            Call::Create(name),
            own,
            Call::Unlink(name),
            gone,
            gone,
            Call::Unlink(name),
            Call::Unlink(name),
        ];
        assert_eq!(
            answers(&calls),
            [
                Err(Errno::ENOENT),
                Ok(()),
                Err(Errno::EEXIST),
                Err(Errno::EINVAL),
                Ok(()),
                Ok(()),
                Ok(()),
                Err(Errno::EEXIST),
                Ok(()),
                Err(Errno::EBUSY),
                Ok(()),
                Err(Errno::EINVAL),
                Ok(()),
                Err(Errno::ENOENT),
            ]
        );
        assert!(!dir.exists());
    }

    #[test]
    fn what_is_there_decides() {
        assert_eq!(mounts_on(Path::new("/nosuch")), 0);
        assert!(mounts_on(Path::new("/proc")) > 0);
        let nowhere = Path::new("/nosuch/place");
        let calls = [
            Call::Mkdir(nowhere, Mode::empty()),
            Call::Umount(Path::new("/proc/self/status"), MntFlags::empty()),
            Call::Unlink(Path::new("/proc")),
            Call::OpenDir(nowhere),
        ];
        assert_eq!(
            answers(&calls),
            [
                Err(Errno::ENOENT),
                Err(Errno::EINVAL),
                Err(Errno::EISDIR),
                Err(Errno::ENOENT)
            ]
        );
    }

    #[test]
    fn places_with_blanks() {
        assert_eq!(unescaped(b"/a\\040b\\134c"), b"/a b\\c");
        assert_eq!(unescaped(b"/a\\04"), b"/a\\04");
        assert_eq!(unescaped(b""), b"");
    }
}
