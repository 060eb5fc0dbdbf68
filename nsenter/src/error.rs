//! What can fail, to what, and why.

use std::fmt;
use std::path::{Path, PathBuf};

use nix::errno::Errno;

use crate::sandbox::Hint;
use crate::{NsKind, NsNameError};

/// What this crate's fallible functions return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation on namespaces failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A name breaks a rule.
    Name(NsNameError),
    /// The file of a namespace could not be opened.
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        errno: Errno,
    },
    /// A file is no namespace: somebody's plain file, or one whose namespace was unmounted.
    NotNamespace {
        /// The file.
        path: PathBuf,
    },
    /// A file is a namespace of another kind.
    WrongKind {
        /// The file.
        path: PathBuf,
        /// The kind asked for.
        wanted: NsKind,
        /// The kind it is.
        found: NsKind,
    },
    /// A step on the directory of named namespaces failed; what the operation had made is gone again.
    Store {
        /// The step.
        stage: StoreStage,
        /// The directory, or the file in it.
        path: PathBuf,
        /// Why.
        errno: Errno,
    },
    /// A step on the way into a namespace failed.
    Enter {
        /// The step.
        stage: EnterStage,
        /// The namespace (`net:[4026531833]`) or the path it is about.
        what: PathBuf,
        /// Why.
        errno: Errno,
    },
    /// A namespace of this kind can't be entered by a single thread (setns(2)).
    NotPerThread {
        /// The kind: user or time.
        kind: NsKind,
    },
    /// The throw-away thread could not be started.
    Thread {
        /// Why.
        errno: Errno,
    },
    /// The operation moves one thread, and this process has several.
    Multithreaded {
        /// The operation.
        operation: &'static str,
    },
    /// A file of `/proc` could not be read.
    Proc {
        /// The file.
        path: PathBuf,
        /// Why.
        errno: Errno,
    },
    /// The maps of a user namespace could not be written.
    UserMap {
        /// The file.
        stage: UserMapStage,
        /// Why.
        errno: Errno,
    },
    /// A child could not be made, or could not get as far as its program; nothing is left of it.
    Spawn {
        /// The step, the child's own ones included.
        stage: SpawnStage,
        /// Why.
        errno: Errno,
    },
    /// A sandbox could not be entered.
    Sandbox {
        /// The step.
        stage: SandboxStage,
        /// Why.
        errno: Errno,
        /// What of this host stands in the way, where it can be told.
        hint: Option<Hint>,
    },
}

/// A step on the directory of named namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreStage {
    /// mkdir(2) of the directory.
    MakeDir,
    /// open(2) of the directory, to lock it.
    OpenDir,
    /// flock(2) on the directory.
    LockDir,
    /// mount(2), `MS_BIND`, of the directory on itself.
    BindDir,
    /// mount(2), `MS_SHARED`, on the directory.
    ShareDir,
    /// Reading the directory.
    ReadDir,
    /// open(2), `O_CREAT | O_EXCL`, of the file: `EEXIST` is a name in use.
    CreateFile,
    /// unshare(2) of a new network namespace.
    Unshare,
    /// open(2) of the new namespace.
    OpenNew,
    /// mount(2), `MS_BIND`, of the namespace over the file.
    BindFile,
    /// unlink(2) of the file: `ENOENT` is an unknown name.
    Unlink,
}

/// A step on the way into a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnterStage {
    /// unshare(2), `CLONE_FS`: a thread must not share its root and working directory when it changes mount namespace.
    UnshareFs,
    /// setns(2).
    SetNs,
    /// unshare(2), `CLONE_NEWNS`.
    UnshareMounts,
    /// mount(2), `MS_REC | MS_SLAVE`, on `/`.
    MakeSlave,
    /// mount(2) of a fresh sysfs.
    MountSys,
}

/// A file of a user namespace's maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserMapStage {
    /// `/proc/PID/setgroups`.
    Setgroups,
    /// `/proc/PID/uid_map`.
    UidMap,
    /// `/proc/PID/gid_map`.
    GidMap,
}

/// A step of a child process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpawnStage {
    /// Namespaces that can't be asked for together: see [`Spawn`](crate::Spawn).
    Plan,
    /// An argument, path or variable has a NUL byte.
    Words,
    /// pipe2(2).
    Pipe,
    /// clone3(2).
    Clone,
    /// The parent writes the maps of the child's user namespace.
    UserMap(UserMapStage),
    /// In the child: setns(2) to a namespace of this kind.
    Join(NsKind),
    /// In the child: unshare(2).
    Unshare,
    /// In the child: mount(2), `MS_REC | MS_PRIVATE`, on `/`.
    MakePrivate,
    /// In the child: chdir(2).
    ChangeDir,
    /// In the child: dup2(2) to a standard descriptor.
    Stdio,
    /// In the child: execve(2).
    Exec,
    /// The parent reads the child's report.
    Report,
    /// waitid(2) on the pidfd.
    Wait,
    /// pidfd_send_signal(2).
    Signal,
}

/// A step into a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SandboxStage {
    /// unshare(2) of these kinds.
    Unshare(crate::NsKinds),
    /// Writing the maps of the new user namespace.
    UserMap(UserMapStage),
    /// mount(2), `MS_REC | MS_PRIVATE`, on `/`.
    MakePrivate,
    /// mount(2) of a tmpfs there.
    MountTmpfs(PathBuf),
    /// mount(2) of a fresh sysfs on `/sys`.
    MountSys,
    /// Dropping capabilities.
    Capabilities,
}

impl Error {
    /// The kernel's error number behind this error, where there is one.
    pub fn errno(&self) -> Option<Errno> {
        match self {
            Self::Open { errno, .. }
            | Self::Store { errno, .. }
            | Self::Enter { errno, .. }
            | Self::Thread { errno }
            | Self::Proc { errno, .. }
            | Self::UserMap { errno, .. }
            | Self::Spawn { errno, .. }
            | Self::Sandbox { errno, .. } => Some(*errno),
            // What setns(2) answers to such a descriptor.
            Self::NotNamespace { .. } | Self::WrongKind { .. } => Some(Errno::EINVAL),
            Self::Name(_) | Self::NotPerThread { .. } | Self::Multithreaded { .. } => None,
        }
    }

    pub(crate) fn store(stage: StoreStage, path: &Path) -> impl FnOnce(Errno) -> Self {
        move |errno| Self::Store {
            stage,
            path: path.to_path_buf(),
            errno,
        }
    }

    pub(crate) fn enter(stage: EnterStage, what: &str) -> impl FnOnce(Errno) -> Self {
        move |errno| Self::Enter {
            stage,
            what: what.into(),
            errno,
        }
    }
}

/// The errno of an I/O error; `EIO` for the few that std makes up itself.
pub(crate) fn errno_of(e: &std::io::Error) -> Errno {
    e.raw_os_error().map_or(Errno::EIO, Errno::from_raw)
}

impl fmt::Display for StoreStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MakeDir => "make the directory",
            Self::OpenDir => "open the directory",
            Self::LockDir => "lock the directory",
            Self::BindDir => "bind on itself the directory",
            Self::ShareDir => "make a shared mount of",
            Self::ReadDir => "read the directory",
            Self::CreateFile => "create the namespace file",
            Self::Unshare => "create a network namespace for",
            Self::OpenNew => "open the new network namespace of",
            Self::BindFile => "bind the namespace over",
            Self::Unlink => "remove the namespace file",
        })
    }
}

impl fmt::Display for EnterStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnshareFs => "take a working directory apart for",
            Self::SetNs => "enter the namespace",
            Self::UnshareMounts => "create a mount namespace for",
            Self::MakeSlave => "make slave mounts of",
            Self::MountSys => "mount sysfs on",
        })
    }
}

impl fmt::Display for UserMapStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setgroups => "setgroups",
            Self::UidMap => "uid_map",
            Self::GidMap => "gid_map",
        })
    }
}

impl fmt::Display for SpawnStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plan => "make a child in this combination of namespaces",
            Self::Words => "pass a word with a NUL byte to a child",
            Self::Pipe => "make a pipe to a child",
            Self::Clone => "make a child process",
            Self::UserMap(file) => {
                return write!(f, "write {file} of a child's user namespace");
            }
            Self::Join(kind) => return write!(f, "enter the {kind} namespace in a child"),
            Self::Unshare => "create namespaces in a child",
            Self::MakePrivate => "make all mounts of a child private",
            Self::ChangeDir => "change the working directory of a child",
            Self::Stdio => "set the standard descriptors of a child",
            Self::Exec => "execute the program of a child",
            Self::Report => "read the report of a child",
            Self::Wait => "wait for a child",
            Self::Signal => "send a signal to a child",
        })
    }
}

impl fmt::Display for SandboxStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unshare(kinds) => write!(f, "create namespaces ({kinds})"),
            Self::UserMap(file) => write!(f, "write {file} of the user namespace"),
            Self::MakePrivate => f.write_str("make all mounts private"),
            Self::MountTmpfs(path) => write!(f, "mount a tmpfs on {}", path.display()),
            Self::MountSys => f.write_str("mount sysfs on /sys"),
            Self::Capabilities => f.write_str("drop capabilities"),
        }
    }
}

/// `File exists (EEXIST)`.
fn why(f: &mut fmt::Formatter<'_>, errno: Errno) -> fmt::Result {
    write!(f, "{} ({errno:?})", errno.desc())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(e) => return e.fmt(f),
            Self::NotNamespace { path } => {
                return write!(f, "{} is not a namespace", path.display());
            }
            Self::WrongKind {
                path,
                wanted,
                found,
            } => {
                let path = path.display();
                return write!(f, "{path} is a {found} namespace, not a {wanted} namespace");
            }
            Self::NotPerThread { kind } => {
                return write!(f, "a thread alone can't enter a {kind} namespace");
            }
            Self::Multithreaded { operation } => {
                return write!(
                    f,
                    "cannot {operation}: it moves one thread, and this process has several"
                );
            }
            Self::Open { path, .. } => write!(f, "cannot open the namespace {}", path.display())?,
            Self::Store { stage, path, .. } => write!(f, "cannot {stage} {}", path.display())?,
            Self::Enter { stage, what, .. } => write!(f, "cannot {stage} {}", what.display())?,
            Self::Thread { .. } => f.write_str("cannot start a thread")?,
            Self::Proc { path, .. } => write!(f, "cannot read {}", path.display())?,
            Self::UserMap { stage, .. } => write!(f, "cannot write {stage} of a user namespace")?,
            Self::Spawn { stage, .. } => write!(f, "cannot {stage}")?,
            Self::Sandbox { stage, .. } => write!(f, "cannot {stage}")?,
        }
        if let Some(errno) = self.errno() {
            f.write_str(": ")?;
            why(f, errno)?;
        }
        if let Self::Sandbox {
            hint: Some(hint), ..
        } = self
        {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Name(e) => Some(e),
            Self::Open { errno, .. }
            | Self::Store { errno, .. }
            | Self::Enter { errno, .. }
            | Self::Thread { errno }
            | Self::Proc { errno, .. }
            | Self::UserMap { errno, .. }
            | Self::Spawn { errno, .. }
            | Self::Sandbox { errno, .. } => Some(errno),
            _ => None,
        }
    }
}

impl From<NsNameError> for Error {
    fn from(e: NsNameError) -> Self {
        Self::Name(e)
    }
}

impl From<Error> for std::io::Error {
    /// Keeps the kind of the errno and the whole text.
    fn from(e: Error) -> Self {
        let kind = e.errno().map_or(std::io::ErrorKind::InvalidInput, |errno| {
            Self::from_raw_os_error(errno as i32).kind()
        });
        Self::new(kind, e)
    }
}
