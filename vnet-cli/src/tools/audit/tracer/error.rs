//! Why a program could not be audited.

use std::ffi::OsString;
use std::fmt;
use std::io;

/// Why a program could not be audited.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no such program, or it can't be executed.
    Program {
        /// As it was named.
        name: OsString,
        /// Why, an error number.
        errno: i32,
    },
    /// The kernel did not let it be traced.
    Refused {
        /// What forbids it, as far as it can be found out.
        reason: String,
        /// The kernel's answer.
        errno: i32,
    },
    /// A system call of the auditor's own failed.
    Os {
        /// Which.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
}

impl Error {
    /// Of a system call of our own.
    pub(super) fn os(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Os { what, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program { name, .. } => write!(f, "cannot run {}", name.display()),
            Self::Refused { reason, .. } => write!(f, "ptrace(2) is not permitted: {reason}"),
            Self::Os { what, source } => write!(f, "{what}: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Os { source, .. } => Some(source),
            _ => None,
        }
    }
}
