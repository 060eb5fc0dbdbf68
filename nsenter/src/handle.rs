//! An open namespace with its identity.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::stat::{Mode, fstat, stat};

use crate::error::{Error, Result};
use crate::{NsKind, sys};

/// Which namespace it is: the device and inode of its file in nsfs. Two files with equal identity are one namespace
/// for as long as one of them is open or mounted; the kernel may use the inode again after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NsId {
    /// The device number of nsfs.
    pub dev: u64,
    /// The inode: the number in `net:[4026531833]`.
    pub ino: u64,
}

impl NsId {
    /// The identity of what `path` leads to, symbolic links followed, without opening it.
    pub fn of_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let st = stat(path).map_err(|errno| Error::Open {
            path: path.to_path_buf(),
            errno,
        })?;
        Ok(Self {
            dev: st.st_dev,
            ino: st.st_ino,
        })
    }
}

/// An open namespace.
///
/// It owns a close-on-exec descriptor that keeps the namespace alive. Handles are equal when they are the same
/// namespace, however they were opened. As a [`BorrowedFd`] it is what `IFLA_NET_NS_FD` and `NETNSA_FD` take.
///
/// ```
/// use nsenter::{NsHandle, NsKind};
///
/// let uts = NsHandle::current(NsKind::Uts)?;
/// assert_eq!(uts, NsHandle::from_path("/proc/self/ns/uts", NsKind::Uts)?);
/// assert!(NsHandle::from_path("/proc/self/ns/uts", NsKind::Net).is_err());
/// # Ok::<(), nsenter::Error>(())
/// ```
pub struct NsHandle {
    fd: OwnedFd,
    id: NsId,
    kind: NsKind,
}

impl NsHandle {
    /// The calling thread's own namespace of that kind.
    ///
    /// Without `/proc` only a network namespace can be told, with `CAP_NET_ADMIN` over it.
    pub fn current(kind: NsKind) -> Result<Self> {
        match Self::from_path(format!("/proc/thread-self/ns/{kind}"), kind) {
            Err(e) if kind == NsKind::Net && e.errno() == Some(Errno::ENOENT) => {
                Self::by_socket().ok_or(e)
            }
            done => done,
        }
    }

    /// The network namespace that the calling thread's sockets belong to.
    fn by_socket() -> Option<Self> {
        let socket = UnixDatagram::unbound().ok()?;
        Self::from_fd(sys::socket_netns(socket.as_fd()).ok()?).ok()
    }

    /// The namespace of process `pid`. Needs ptrace(2) access to it, as `/proc/PID/ns` does.
    pub fn from_pid(pid: u32, kind: NsKind) -> Result<Self> {
        Self::from_path(format!("/proc/{pid}/ns/{kind}"), kind)
    }

    /// The namespace whose file is at `path`: a bind mount of one, or a link in `/proc/PID/ns`.
    pub fn from_path(path: impl AsRef<Path>, kind: NsKind) -> Result<Self> {
        let path = path.as_ref();
        // O_NONBLOCK: a fifo at that place must not hang the caller.
        let flags = OFlag::O_RDONLY | OFlag::O_CLOEXEC | OFlag::O_NONBLOCK;
        let fd = sys::open(path, flags, Mode::empty()).map_err(|errno| Error::Open {
            path: path.to_path_buf(),
            errno,
        })?;
        let handle = Self::identify(fd, path)?;
        if handle.kind == kind {
            Ok(handle)
        } else {
            Err(Error::WrongKind {
                path: path.to_path_buf(),
                wanted: kind,
                found: handle.kind,
            })
        }
    }

    /// Takes a descriptor that was received or inherited; it must be a namespace's. Its close-on-exec flag is left
    /// as it is.
    pub fn from_fd(fd: OwnedFd) -> Result<Self> {
        Self::identify(fd, Path::new("this descriptor"))
    }

    fn identify(fd: OwnedFd, path: &Path) -> Result<Self> {
        let kind = match sys::ns_type(fd.as_fd()) {
            Ok(flag) => NsKind::from_clone_flag(flag),
            // What other file systems answer to a request they do not know.
            Err(Errno::ENOTTY | Errno::EINVAL) => None,
            Err(errno) => {
                let path = path.to_path_buf();
                return Err(Error::Open { path, errno });
            }
        };
        let Some(kind) = kind else {
            return Err(Error::NotNamespace {
                path: path.to_path_buf(),
            });
        };
        let st = fstat(&fd).map_err(|errno| Error::Open {
            path: path.to_path_buf(),
            errno,
        })?;
        let id = NsId {
            dev: st.st_dev,
            ino: st.st_ino,
        };
        Ok(Self { fd, id, kind })
    }

    /// Its kind.
    pub fn kind(&self) -> NsKind {
        self.kind
    }

    /// Its identity.
    pub fn id(&self) -> NsId {
        self.id
    }

    /// Whether the calling thread is in it.
    pub fn is_current(&self) -> Result<bool> {
        Ok(Self::current(self.kind)?.id == self.id)
    }

    /// The user namespace that owns it (`NS_GET_USERNS`, ioctl_ns(2)).
    /// `EPERM` when that one is out of the caller's sight.
    pub fn owner(&self) -> Result<Self> {
        let fd = sys::ns_userns(self.fd.as_fd()).map_err(self.open_error())?;
        Self::identify(fd, &self.label())
    }

    /// A second handle of the same namespace, on a descriptor of its own.
    pub fn try_clone(&self) -> Result<Self> {
        let fd = self.fd.try_clone();
        let fd = fd.map_err(|e| self.open_error()(crate::error::errno_of(&e)))?;
        Ok(Self {
            fd,
            id: self.id,
            kind: self.kind,
        })
    }

    /// The descriptor alone.
    pub fn into_fd(self) -> OwnedFd {
        self.fd
    }

    /// A path to the descriptor that mount(2) takes; good in this process alone.
    pub(crate) fn proc_path(&self) -> PathBuf {
        use std::os::fd::AsRawFd;
        format!("/proc/self/fd/{}", self.fd.as_raw_fd()).into()
    }

    pub(crate) fn label(&self) -> PathBuf {
        self.to_string().into()
    }

    fn open_error(&self) -> impl FnOnce(Errno) -> Error + '_ {
        |errno| Error::Open {
            path: self.label(),
            errno,
        }
    }
}

impl AsFd for NsHandle {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl PartialEq for NsHandle {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for NsHandle {}

impl Hash for NsHandle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

/// As readlink(1) shows it: `net:[4026531833]`.
impl fmt::Display for NsHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:[{}]", self.kind, self.id.ino)
    }
}

impl fmt::Debug for NsHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NsHandle({self}, {:?})", self.fd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_opens_and_knows_itself() {
        for kind in NsKind::ALL {
            let h = NsHandle::current(kind).unwrap();
            assert_eq!(h.kind(), kind);
            assert!(h.is_current().unwrap());
            assert_eq!(h, h.try_clone().unwrap());
            let link = std::fs::read_link(format!("/proc/self/ns/{kind}")).unwrap();
            assert_eq!(link, PathBuf::from(h.to_string()));
        }
    }

    #[test]
    fn what_is_no_namespace_is_told_apart() {
        let err = NsHandle::from_path("/proc/self/status", NsKind::Net).unwrap_err();
        assert!(matches!(err, Error::NotNamespace { .. }), "{err}");
        assert_eq!(err.errno(), Some(Errno::EINVAL));
        let err = NsHandle::from_path("/nonexistent", NsKind::Net).unwrap_err();
        assert_eq!(err.errno(), Some(Errno::ENOENT));
        assert_eq!(
            err.to_string(),
            "cannot open the namespace /nonexistent: No such file or directory (ENOENT)"
        );
        let err = NsHandle::from_path("/proc/self/ns/mnt", NsKind::Net).unwrap_err();
        assert_eq!(
            err.to_string(),
            "/proc/self/ns/mnt is a mnt namespace, not a net namespace"
        );
        let (end, _other) = nix::unistd::pipe2(OFlag::O_CLOEXEC).unwrap();
        let err = NsHandle::from_fd(end).unwrap_err();
        assert!(matches!(err, Error::NotNamespace { .. }), "{err}");
    }

    #[test]
    fn descriptors_are_close_on_exec() {
        use nix::fcntl::{FcntlArg, FdFlag, fcntl};
        let h = NsHandle::current(NsKind::Net).unwrap();
        for fd in [h.try_clone().unwrap().into_fd(), h.into_fd()] {
            let flags = fcntl(&fd, FcntlArg::F_GETFD).unwrap();
            assert!(FdFlag::from_bits_retain(flags).contains(FdFlag::FD_CLOEXEC));
        }
    }
}
