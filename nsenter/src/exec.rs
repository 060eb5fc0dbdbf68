//! What `netns exec` does to the process before it executes the command.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags};
use nix::sched::CloneFlags;
use nix::sys::statvfs::{FsFlags, statvfs};

use crate::calls::{Call, Calls, Direct};
use crate::enter::{join_by, require_single_thread};
use crate::error::{EnterStage, Error, Result, errno_of};
use crate::root::propagate;
use crate::{NsHandle, NsName};

/// How [`prepare_exec`] goes about it. The default is what `ip netns exec` does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecOptions {
    /// Enter the network namespace and leave all mounts alone.
    pub net_only: bool,
    /// Where each namespace has a directory of its files: `/etc/netns`.
    pub conf_dir: PathBuf,
    /// What these files are mounted over: `/etc`.
    pub etc: PathBuf,
}

impl Default for ExecOptions {
    fn default() -> Self {
        Self {
            net_only: false,
            conf_dir: "/etc/netns".into(),
            etc: "/etc".into(),
        }
    }
}

/// A file of `/etc/netns/NAME` that could not be mounted over its namesake in `/etc`. The command may run all the
/// same; whether to say so is the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindFailure {
    /// The file.
    pub from: PathBuf,
    /// Where it should have been seen.
    pub to: PathBuf,
    /// Why.
    pub errno: Errno,
}

impl fmt::Display for BindFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to, why) = (self.from.display(), self.to.display(), self.errno);
        write!(f, "cannot bind {from} over {to}: {} ({why:?})", why.desc())
    }
}

/// Moves this single-threaded process into network namespace `ns` and gives it mounts that fit: a mount namespace of
/// its own, a slave of the one it leaves; a fresh `/sys`, which shows the devices of `ns` (read-only where the old one
/// could not be taken away and was); and each file of `/etc/netns/NAME` over its namesake in `/etc`. Then the caller
/// executes the command.
///
/// Without a `name` there are no such files. Returns the files that could not be mounted. On an error the process may
/// be half-way, and should end.
///
/// ```no_run
/// use nsenter::{ExecOptions, NsName, Store, prepare_exec};
///
/// let name: NsName = "blue".parse()?;
/// let ns = Store::new().open(&name)?;
/// for failure in prepare_exec(&ns, Some(&name), &ExecOptions::default())? {
///     eprintln!("{failure}");
/// }
/// // execvp(2) comes next.
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prepare_exec(
    ns: &NsHandle,
    name: Option<&NsName>,
    options: &ExecOptions,
) -> Result<Vec<BindFailure>> {
    prepare_exec_by(&Direct, ns, name, options)
}

/// As [`prepare_exec`], and `calls` to make or tell the system calls: a [`Rehearsal`](crate::Rehearsal) leaves the
/// process where it is.
pub fn prepare_exec_by<C: Calls>(
    calls: &C,
    ns: &NsHandle,
    name: Option<&NsName>,
    options: &ExecOptions,
) -> Result<Vec<BindFailure>> {
    require_single_thread("move this process to a namespace")?;
    join_by(calls, ns)?;
    if options.net_only {
        return Ok(Vec::new());
    }
    let label = ns.to_string();
    let unshare = Call::Unshare(CloneFlags::CLONE_NEWNS);
    calls
        .make(&unshare)
        .map_err(Error::enter(EnterStage::UnshareMounts, &label))?;
    // A slave still sees what the host mounts later, and the host sees nothing of what is mounted here.
    propagate(calls, MsFlags::MS_SLAVE).map_err(Error::enter(EnterStage::MakeSlave, "/"))?;
    // A tree without the directory needs no view of the devices.
    if !matches!(Path::new("/sys").try_exists(), Ok(false)) {
        mount_sys(calls, name.map_or(OsStr::new(&label), NsName::as_os_str))?;
    }
    let Some(name) = name else {
        return Ok(Vec::new());
    };
    Ok(bind_files(
        calls,
        &options.conf_dir.join(name),
        &options.etc,
    ))
}

fn mount_sys<C: Calls>(calls: &C, source: &OsStr) -> Result<()> {
    let sys = Path::new("/sys");
    let mut flags = MsFlags::empty();
    // In a user namespace the inherited /sys is locked (EINVAL); then the new one goes on top, and the kernel wants
    // it read-only if the one below is.
    if calls
        .make(&Call::Umount(sys, MntFlags::MNT_DETACH))
        .is_err()
        && statvfs("/sys").is_ok_and(|s| s.flags().contains(FsFlags::ST_RDONLY))
    {
        flags |= MsFlags::MS_RDONLY;
    }
    let mount = Call::Mount(Some(Path::new(source)), sys, Some("sysfs"), flags);
    calls
        .make(&mount)
        .map_err(Error::enter(EnterStage::MountSys, "/sys"))
}

fn bind_files<C: Calls>(calls: &C, from_dir: &Path, etc: &Path) -> Vec<BindFailure> {
    let failure = |from: &Path, to: &Path, errno| BindFailure {
        from: from.to_path_buf(),
        to: to.to_path_buf(),
        errno,
    };
    let entries = match fs::read_dir(from_dir) {
        Ok(entries) => entries,
        Err(e) => {
            let errno = errno_of(&e);
            let none = matches!(errno, Errno::ENOENT | Errno::ENOTDIR);
            let failed = (!none).then(|| failure(from_dir, etc, errno));
            return failed.into_iter().collect();
        }
    };
    let mut failures = Vec::new();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                failures.push(failure(from_dir, etc, errno_of(&e)));
                break;
            }
        };
        let (from, to) = (entry.path(), etc.join(entry.file_name()));
        let bind = Call::Mount(Some(&from), &to, None, MsFlags::MS_BIND);
        if let Err(errno) = calls.make(&bind) {
            failures.push(failure(&from, &to, errno));
        }
    }
    failures
}
