//! Namespaces, mounts and capability bounds for the current process: nothing it does then touches the host.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use caps::{CapSet, Capability, CapsHashSet};
use nix::errno::Errno;
use nix::mount::{MsFlags, mount};
use nix::sched::unshare;

use crate::calls::Direct;
use crate::enter::require_single_thread;
use crate::error::{Error, Result, SandboxStage};
use crate::root::{into_top, propagate};
use crate::{NsKind, NsKinds, UserMap};

/// A description of a sandbox; [`enter`](Self::enter) moves the process there.
///
/// ```
/// use nsenter::{NsHandle, NsKind, Sandbox};
///
/// let host = NsHandle::current(NsKind::Net)?;
/// Sandbox::new()
///     .net()
///     .mount()
///     .user_if_not_root()
///     .tmpfs("/run") // so that /run/netns can be made, by any user
///     .enter()?;
/// assert_ne!(NsHandle::current(NsKind::Net)?, host);
/// # Ok::<(), nsenter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a sandbox is nothing until it is entered"]
pub struct Sandbox {
    kinds: NsKinds,
    user_if_needed: bool,
    tmpfs: Vec<PathBuf>,
    sysfs: bool,
    keep: Option<Vec<Capability>>,
}

/// What a process got by [`Sandbox::enter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entered {
    /// The namespaces that are new, the user namespace included where it was needed.
    pub kinds: NsKinds,
    /// Whether `/sys` shows the new network namespace. Always false where it was not asked for.
    pub fresh_sys: bool,
}

/// What of this host stands in the way of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// The limit of namespaces of this kind is 0.
    LimitIsZero(NsKind),
    /// All the namespaces of this kind that a user may have are in use (`ENOSPC`).
    LimitReached(NsKind),
    /// `kernel.unprivileged_userns_clone` is 0: Debian's and Arch's switch.
    UnprivilegedUsernsOff,
    /// `kernel.apparmor_restrict_unprivileged_userns` is 1: Ubuntu's switch.
    ApparmorRestricts,
    /// The kernel has no namespaces of this kind.
    NotInKernel(NsKind),
    /// Needs `CAP_SYS_ADMIN`, or [`Sandbox::user_if_not_root`].
    NeedsPrivilege,
    /// The process is in a chroot, where user namespaces are refused, or a container's seccomp filter refuses.
    Confined,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LimitIsZero(kind) => {
                write!(f, "user.max_{kind}_namespaces is 0: set it with sysctl, or run as root")
            }
            Self::LimitReached(kind) => {
                write!(f, "all of user.max_{kind}_namespaces are in use: raise it with sysctl")
            }
            Self::UnprivilegedUsernsOff => f.write_str(
                "kernel.unprivileged_userns_clone is 0: set it to 1 with sysctl, or run as root",
            ),
            Self::ApparmorRestricts => f.write_str(
                "kernel.apparmor_restrict_unprivileged_userns is 1: set it to 0 with sysctl, give \
                 the program an AppArmor profile with 'userns', or run as root",
            ),
            Self::NotInKernel(kind) => write!(f, "this kernel has no {kind} namespaces"),
            Self::NeedsPrivilege => {
                f.write_str("needs root (CAP_SYS_ADMIN), or a user namespace around it")
            }
            Self::Confined => f.write_str(
                "a chroot or a container's seccomp filter may refuse it: run it outside, or as root",
            ),
        }
    }
}

impl Sandbox {
    /// A sandbox of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A network namespace: one `lo`, which is down.
    pub fn net(self) -> Self {
        self.with(NsKind::Net)
    }

    /// A mount namespace, cut off from the host's in both directions.
    pub fn mount(self) -> Self {
        self.with(NsKind::Mnt)
    }

    /// A namespace of any kind. A pid or time namespace is for the children only.
    pub fn with(mut self, kinds: impl Into<NsKinds>) -> Self {
        self.kinds |= kinds.into();
        self
    }

    /// A user namespace, too, where the process lacks `CAP_SYS_ADMIN`; inside it is root, which means who it is now.
    pub fn user_if_not_root(mut self) -> Self {
        self.user_if_needed = true;
        self
    }

    /// An empty tmpfs (nosuid, nodev, mode 0755) on the existing directory `path`; makes it a mount namespace, too.
    /// Paths are mounted in the order given; symbolic links are followed (`/var/run`).
    ///
    /// On `/` it is an empty tree, in which the process then is: there is nothing to execute, no `/proc` and no `/sys`.
    pub fn tmpfs(mut self, path: impl Into<PathBuf>) -> Self {
        self.tmpfs.push(path.into());
        self.mount()
    }

    /// A fresh `/sys` that shows the new network namespace, where the kernel allows it ([`Entered::fresh_sys`] tells);
    /// makes it a mount namespace, too.
    pub fn sysfs(mut self) -> Self {
        self.sysfs = true;
        self.mount()
    }

    /// Keeps no capabilities but these, in every set, so that what is executed later can't have others either.
    pub fn keep_only(mut self, keep: impl IntoIterator<Item = Capability>) -> Self {
        self.keep = Some(keep.into_iter().collect());
        self
    }

    /// Moves this process, which must have one thread only, into the sandbox.
    ///
    /// Fails with [`Error::Sandbox`], which tells the step, and where it can what of the host stands in the way.
    /// Whatever was mounted is in the new mount namespace and ends with the process; one that failed after its first
    /// step may be half inside and should end.
    pub fn enter(&self) -> Result<Entered> {
        require_single_thread("enter a sandbox")?;
        let kinds = self.unshare()?;
        if kinds.contains(NsKind::Mnt) {
            propagate(&Direct, MsFlags::MS_PRIVATE)
                .map_err(|errno| failed(SandboxStage::MakePrivate, errno, kinds))?;
        }
        for path in &self.tmpfs {
            mount_tmpfs(path)
                .map_err(|errno| failed(SandboxStage::MountTmpfs(path.clone()), errno, kinds))?;
        }
        let fresh_sys = self.sysfs && mount_sys().is_ok();
        if let Some(keep) = &self.keep {
            bound(keep).map_err(|_| failed(SandboxStage::Capabilities, Errno::EPERM, kinds))?;
        }
        Ok(Entered { kinds, fresh_sys })
    }

    /// Returns the kinds that are new.
    fn unshare(&self) -> Result<NsKinds> {
        let with_user = self.kinds | NsKind::User;
        let admin = caps::has_cap(None, CapSet::Effective, Capability::CAP_SYS_ADMIN);
        if !self.kinds.contains(NsKind::User) && (admin.unwrap_or(false) || !self.user_if_needed) {
            match unshare(self.kinds.nix()) {
                Ok(()) => return Ok(self.kinds),
                // A capability that something else (seccomp, an LSM) makes worthless.
                Err(Errno::EPERM) if self.user_if_needed => {}
                Err(errno) => {
                    return Err(failed(SandboxStage::Unshare(self.kinds), errno, self.kinds));
                }
            }
        }
        // The ids must be asked for while they still mean something.
        let map = UserMap::current_to_root();
        unshare(with_user.nix())
            .map_err(|errno| failed(SandboxStage::Unshare(with_user), errno, with_user))?;
        map.write_current().map_err(|e| match e {
            Error::UserMap { stage, errno } => {
                failed(SandboxStage::UserMap(stage), errno, with_user)
            }
            other => other,
        })?;
        Ok(with_user)
    }
}

fn mount_tmpfs(path: &Path) -> nix::Result<()> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    mount(Some("tmpfs"), path, Some("tmpfs"), flags, Some("mode=0755"))?;
    match path == Path::new("/") {
        true => into_top(),
        false => Ok(()),
    }
}

fn mount_sys() -> nix::Result<()> {
    let none: Option<&str> = None;
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    // The kernel refuses a sysfs that can more than the one below: then it is mounted read-only.
    let mount = |flags| mount(Some("sysfs"), "/sys", Some("sysfs"), flags, none);
    mount(flags).or_else(|_| mount(flags | MsFlags::MS_RDONLY))
}

fn bound(keep: &[Capability]) -> std::result::Result<(), caps::errors::CapsError> {
    let keep: CapsHashSet = keep.iter().copied().collect();
    // First the bounding set, while CAP_SETPCAP is still there to do it.
    for cap in caps::read(None, CapSet::Bounding)? {
        if !keep.contains(&cap) {
            caps::drop(None, CapSet::Bounding, cap)?;
        }
    }
    caps::clear(None, CapSet::Ambient)?;
    for set in [CapSet::Inheritable, CapSet::Effective, CapSet::Permitted] {
        let now = caps::read(None, set)?;
        caps::set(None, set, &now.intersection(&keep).copied().collect())?;
    }
    Ok(())
}

fn failed(stage: SandboxStage, errno: Errno, kinds: NsKinds) -> Error {
    let hint = hint(&stage, errno, kinds, |path| {
        fs::read_to_string(path).ok()?.trim().parse().ok()
    });
    Error::Sandbox { stage, errno, hint }
}

/// What the settings, read with `setting`, say about a failure.
fn hint(
    stage: &SandboxStage,
    errno: Errno,
    kinds: NsKinds,
    setting: impl Fn(&str) -> Option<u64>,
) -> Option<Hint> {
    let limit = |kind: NsKind| setting(&format!("/proc/sys/user/max_{kind}_namespaces"));
    let user = kinds.contains(NsKind::User);
    let unsharing = matches!(stage, SandboxStage::Unshare(_));
    // Under the AppArmor restriction the namespace comes, but without its capabilities.
    let refused = matches!(errno, Errno::EPERM | Errno::EACCES);
    if unsharing && (errno == Errno::ENOSPC || errno == Errno::EUSERS) {
        let zero = kinds.iter().find(|k| limit(*k) == Some(0));
        return zero.map(Hint::LimitIsZero).or_else(|| {
            let mut only = kinds.iter();
            match (only.next(), only.next()) {
                (Some(kind), None) => Some(Hint::LimitReached(kind)),
                _ => None,
            }
        });
    }
    if unsharing && errno == Errno::EINVAL {
        let missing = |k: &NsKind| !Path::new("/proc/self/ns").join(k.name()).exists();
        return kinds.iter().find(missing).map(Hint::NotInKernel);
    }
    if !refused {
        return None;
    }
    if !user {
        return Some(Hint::NeedsPrivilege);
    }
    if setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == Some(1) {
        return Some(Hint::ApparmorRestricts);
    }
    if unsharing && setting("/proc/sys/kernel/unprivileged_userns_clone") == Some(0) {
        return Some(Hint::UnprivilegedUsernsOff);
    }
    unsharing.then_some(Hint::Confined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER_NET: NsKinds = NsKinds::EMPTY.with(NsKind::User).with(NsKind::Net);

    fn told(errno: Errno, kinds: NsKinds, set: (&str, u64)) -> Option<Hint> {
        let stage = SandboxStage::Unshare(kinds);
        hint(&stage, errno, kinds, |path| {
            path.ends_with(set.0).then_some(set.1)
        })
    }

    #[test]
    fn hints_name_the_setting_in_the_way() {
        let of = |errno, set| told(errno, USER_NET, set);
        assert_eq!(
            of(Errno::ENOSPC, ("max_user_namespaces", 0)),
            Some(Hint::LimitIsZero(NsKind::User))
        );
        assert_eq!(
            of(Errno::ENOSPC, ("max_net_namespaces", 0)),
            Some(Hint::LimitIsZero(NsKind::Net))
        );
        assert_eq!(of(Errno::ENOSPC, ("nothing", 0)), None);
        assert_eq!(
            of(Errno::EPERM, ("kernel/unprivileged_userns_clone", 0)),
            Some(Hint::UnprivilegedUsernsOff)
        );
        assert_eq!(
            of(
                Errno::EPERM,
                ("kernel/apparmor_restrict_unprivileged_userns", 1)
            ),
            Some(Hint::ApparmorRestricts)
        );
        assert_eq!(of(Errno::EPERM, ("nothing", 0)), Some(Hint::Confined));
        assert_eq!(
            told(Errno::EPERM, NsKind::Net.into(), ("nothing", 0)),
            Some(Hint::NeedsPrivilege)
        );
    }

    #[test]
    fn an_apparmor_refusal_shows_after_the_namespace_came() {
        let stage = SandboxStage::UserMap(crate::UserMapStage::UidMap);
        let restricted = |path: &str| path.contains("apparmor").then_some(1);
        assert_eq!(
            hint(&stage, Errno::EACCES, USER_NET, restricted),
            Some(Hint::ApparmorRestricts)
        );
        assert_eq!(hint(&stage, Errno::EPERM, USER_NET, |_| None), None);
    }

    #[test]
    fn a_test_with_threads_is_not_moved() {
        let err = Sandbox::new().net().enter().unwrap_err();
        assert!(matches!(err, Error::Multithreaded { .. }), "{err}");
    }
}
