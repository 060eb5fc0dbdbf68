//! The kinds of namespace, and sets of them: flags that can mean nothing but namespaces.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use nix::sched::CloneFlags;

/// One kind of namespace (namespaces(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NsKind {
    /// Network devices, addresses, routes, sockets: network_namespaces(7).
    Net,
    /// Mount points: mount_namespaces(7).
    Mnt,
    /// Host and domain name: uts_namespaces(7).
    Uts,
    /// System V IPC and POSIX message queues: ipc_namespaces(7).
    Ipc,
    /// Process ids: pid_namespaces(7). Joining or leaving one takes effect for children only.
    Pid,
    /// User and group ids, capabilities: user_namespaces(7).
    User,
    /// The root of the cgroup tree: cgroup_namespaces(7).
    Cgroup,
    /// Boot and monotonic clocks: time_namespaces(7). A new one takes effect for children only.
    Time,
}

impl NsKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 8] = [
        Self::Net,
        Self::Mnt,
        Self::Uts,
        Self::Ipc,
        Self::Pid,
        Self::User,
        Self::Cgroup,
        Self::Time,
    ];

    /// The file of this kind in `/proc/PID/ns/`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Net => "net",
            Self::Mnt => "mnt",
            Self::Uts => "uts",
            Self::Ipc => "ipc",
            Self::Pid => "pid",
            Self::User => "user",
            Self::Cgroup => "cgroup",
            Self::Time => "time",
        }
    }

    /// The `CLONE_NEW*` bit of this kind (`linux/sched.h`).
    pub const fn clone_flag(self) -> i32 {
        match self {
            Self::Net => libc::CLONE_NEWNET,
            Self::Mnt => libc::CLONE_NEWNS,
            Self::Uts => libc::CLONE_NEWUTS,
            Self::Ipc => libc::CLONE_NEWIPC,
            Self::Pid => libc::CLONE_NEWPID,
            Self::User => libc::CLONE_NEWUSER,
            Self::Cgroup => libc::CLONE_NEWCGROUP,
            Self::Time => libc::CLONE_NEWTIME,
        }
    }

    /// The kind that `name` has in `/proc/PID/ns/`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// The kind of exactly one `CLONE_NEW*` bit, as `NS_GET_NSTYPE` answers it.
    pub fn from_clone_flag(flag: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.clone_flag() == flag)
    }

    pub(crate) fn nix(self) -> CloneFlags {
        CloneFlags::from_bits_retain(self.clone_flag())
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for NsKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of namespace kinds.
///
/// ```
/// use nsenter::{NsKind, NsKinds};
///
/// let kinds = NsKind::Net | NsKind::Mnt;
/// assert!(kinds.contains(NsKind::Net) && !kinds.contains(NsKind::User));
/// assert_eq!(kinds.to_string(), "net,mnt");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct NsKinds(u8);

impl NsKinds {
    /// No kind at all.
    pub const EMPTY: Self = Self(0);
    /// Every kind.
    pub const ALL: Self = Self(0xff);

    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: NsKind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// Whether the set has no kind.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with `kind` in it.
    #[must_use]
    pub const fn with(self, kind: NsKind) -> Self {
        Self(self.0 | kind.bit())
    }

    /// The set with `kind` not in it.
    #[must_use]
    pub const fn without(self, kind: NsKind) -> Self {
        Self(self.0 & !kind.bit())
    }

    /// The kinds in the set, in the order of [`NsKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = NsKind> {
        NsKind::ALL.into_iter().filter(move |k| self.contains(*k))
    }

    /// The `CLONE_NEW*` bits of the set.
    pub fn clone_flags(self) -> i32 {
        self.iter().fold(0, |bits, k| bits | k.clone_flag())
    }

    pub(crate) fn nix(self) -> CloneFlags {
        CloneFlags::from_bits_retain(self.clone_flags())
    }
}

impl From<NsKind> for NsKinds {
    fn from(kind: NsKind) -> Self {
        Self(kind.bit())
    }
}

impl FromIterator<NsKind> for NsKinds {
    fn from_iter<I: IntoIterator<Item = NsKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl<K: Into<NsKinds>> BitOr<K> for NsKinds {
    type Output = Self;
    fn bitor(self, other: K) -> Self {
        Self(self.0 | other.into().0)
    }
}

impl<K: Into<NsKinds>> BitOr<K> for NsKind {
    type Output = NsKinds;
    fn bitor(self, other: K) -> NsKinds {
        NsKinds::from(self) | other
    }
}

impl<K: Into<NsKinds>> BitOrAssign<K> for NsKinds {
    fn bitor_assign(&mut self, other: K) {
        *self = *self | other;
    }
}

impl fmt::Display for NsKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, kind) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            f.write_str(kind.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for NsKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NsKinds({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_flags_go_both_ways() {
        for kind in NsKind::ALL {
            assert_eq!(NsKind::from_name(kind.name()), Some(kind));
            assert_eq!(NsKind::from_clone_flag(kind.clone_flag()), Some(kind));
            assert!(
                std::path::Path::new("/proc/self/ns")
                    .join(kind.name())
                    .exists()
            );
        }
        assert_eq!(NsKind::from_clone_flag(libc::CLONE_FILES), None);
        assert_eq!(
            NsKind::from_clone_flag(libc::CLONE_NEWNET | libc::CLONE_NEWNS),
            None
        );
        assert_eq!(NsKind::from_name("network"), None);
    }

    #[test]
    fn a_set_holds_nothing_but_namespace_bits() {
        let all = NsKind::ALL
            .into_iter()
            .fold(0, |bits, k| bits | k.clone_flag());
        assert_eq!(NsKinds::ALL.clone_flags(), all);
        assert_eq!(all & libc::CLONE_FILES, 0);
        assert_eq!(NsKinds::ALL.iter().count(), 8);
        let mut set = NsKinds::EMPTY;
        assert!(set.is_empty());
        set |= NsKind::Uts;
        set |= NsKind::Net | NsKind::User;
        assert_eq!(set.to_string(), "net,uts,user");
        assert_eq!(set.without(NsKind::Uts), NsKind::User | NsKind::Net);
        assert_eq!(set, set.iter().collect());
        assert_eq!(
            set.clone_flags(),
            libc::CLONE_NEWNET | libc::CLONE_NEWUTS | libc::CLONE_NEWUSER
        );
    }
}
