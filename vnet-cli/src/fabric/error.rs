//! What can go wrong with a fabric, and with which object.

use netlink_raw::KernelError;
use nsenter::NsName;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a fabric could not be made or swept. What had been made of it is gone again.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A bridge would have more ports than the kernel gives it.
    TooManyPorts {
        /// The bridge.
        bridge: String,
        /// The ports it would have.
        ports: usize,
    },
    /// A name that two objects would have, or that is no link's name.
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The plan contradicts itself.
    BadPlan(&'static str),
    /// A namespace that could not be made.
    Namespace {
        /// Its name.
        name: NsName,
        /// Why.
        source: nsenter::Error,
    },
    /// A setting of a namespace that could not be written.
    Sysctl {
        /// The namespace.
        name: NsName,
        /// The file below `/proc/sys`.
        key: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A link or bridge that the kernel refused.
    Link {
        /// Its name.
        name: String,
        /// Why.
        source: KernelError,
    },
    /// The inside of a namespace that the kernel refused.
    Configure {
        /// The namespace.
        name: NsName,
        /// What of it.
        what: &'static str,
        /// Why.
        source: KernelError,
    },
    /// Names that could not be removed: the first, and how many there are.
    Remove {
        /// The first.
        name: NsName,
        /// How many.
        count: usize,
        /// Why.
        source: nsenter::Error,
    },
    /// The socket failed.
    Netlink(netlink_raw::Error),
    /// The directory of names failed.
    Store(nsenter::Error),
    /// The record of who owns what could not be kept.
    Record {
        /// Its file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody wanted it to stop.
    Interrupted,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyPorts { bridge, ports } => write!(
                f,
                "the bridge '{bridge}' would have {ports} ports; the kernel gives it {}",
                super::PORTS
            ),
            Self::BadName { name, why } => write!(f, "'{name}' {why}"),
            Self::BadPlan(why) => f.write_str(why),
            Self::Namespace { name, source } => {
                write!(f, "cannot create the namespace '{name}': {source}")
            }
            Self::Sysctl { name, key, source } => {
                write!(f, "cannot set {key} in the namespace '{name}': {source}")
            }
            Self::Link { name, source } => write!(f, "cannot create the link '{name}': {source}"),
            Self::Configure { name, what, source } => {
                write!(
                    f,
                    "cannot configure {what} in the namespace '{name}': {source}"
                )
            }
            Self::Remove {
                name,
                count,
                source,
            } => match count {
                1 => write!(f, "cannot remove the namespace '{name}': {source}"),
                n => write!(f, "cannot remove {n} namespaces, '{name}' first: {source}"),
            },
            Self::Netlink(e) => e.fmt(f),
            Self::Store(e) => e.fmt(f),
            Self::Record { path, source } => {
                write!(f, "cannot use the record {}: {source}", path.display())
            }
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Namespace { source, .. } | Self::Remove { source, .. } => source,
            Self::Sysctl { source, .. } | Self::Record { source, .. } => source,
            Self::Link { source, .. } | Self::Configure { source, .. } => source,
            Self::Netlink(e) => e,
            Self::Store(e) => e,
            _ => return None,
        })
    }
}

impl From<netlink_raw::Error> for Error {
    fn from(e: netlink_raw::Error) -> Self {
        Self::Netlink(e)
    }
}
