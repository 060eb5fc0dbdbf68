//! What can go wrong: one typed error a layer.

use core::fmt;
use std::io;

/// Why a message could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// The caller's buffer is too small; `need` bytes would have done for what was written so far.
    Full {
        /// Bytes needed, at least.
        need: usize,
        /// Bytes there are.
        have: usize,
    },
    /// An attribute's payload does not fit the 16-bit length of its header.
    TooLong {
        /// The attribute's number.
        kind: u16,
        /// Length of its payload in bytes.
        len: usize,
    },
    /// A string holds a NUL byte, which would cut it short.
    Nul {
        /// The attribute's number.
        kind: u16,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { need, have } => {
                write!(f, "message needs {need} bytes, the buffer has {have}")
            }
            Self::TooLong { kind, len } => {
                write!(f, "attribute {kind} of {len} bytes is longer than 65531")
            }
            Self::Nul { kind } => write!(f, "the string of attribute {kind} holds a NUL byte"),
        }
    }
}

impl std::error::Error for EncodeError {}

/// Why bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// Fewer bytes than a header or a fixed struct needs.
    Short {
        /// Bytes needed.
        need: usize,
        /// Bytes there are.
        have: usize,
    },
    /// A header's length field is below the header itself or beyond the bytes there are.
    BadLength {
        /// What the field says, in bytes.
        len: usize,
        /// Bytes there are.
        have: usize,
    },
    /// An attribute's payload has not the size that its type has.
    WrongSize {
        /// The attribute's number.
        kind: u16,
        /// Bytes its type has.
        need: usize,
        /// Bytes it has.
        have: usize,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short { need, have } => write!(f, "{need} bytes needed, {have} there"),
            Self::BadLength { len, have } => {
                write!(f, "length field says {len}, {have} bytes there")
            }
            Self::WrongSize { kind, need, have } => {
                write!(f, "attribute {kind} has {have} bytes instead of {need}")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

/// What the kernel answered when it refused: errno and its extended acknowledgement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KernelError {
    /// The errno, positive (`EEXIST`, …).
    pub errno: i32,
    /// The kernel's own words (`NLMSGERR_ATTR_MSG`).
    pub message: Option<String>,
    /// Where in the request the offending attribute starts, bytes from its header (`NLMSGERR_ATTR_OFFS`).
    pub offset: Option<u32>,
    /// The kernel's name of the attribute at that offset, as [`crate::schema`] knows it.
    pub attribute: Option<&'static str>,
    /// The number of an attribute that the request lacks (`NLMSGERR_ATTR_MISS_TYPE`).
    pub missing: Option<u32>,
    /// The type of the request, `RTM_*`.
    pub request: u16,
}

impl fmt::Display for KernelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let os = io::Error::from_raw_os_error(self.errno);
        match &self.message {
            Some(text) => write!(f, "{text} ({os})")?,
            None => write!(f, "{os}")?,
        }
        if let Some(name) = self.attribute {
            write!(f, ", at {name}")?;
        }
        Ok(())
    }
}

impl std::error::Error for KernelError {}

/// What a [`Connection`](crate::conn::Connection) can answer instead of a result.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The kernel refused the request.
    Kernel(Box<KernelError>),
    /// A system call on the socket failed.
    Io {
        /// Which one: `socket`, `bind`, `send`, `recv`, …
        call: &'static str,
        /// Its error.
        source: io::Error,
    },
    /// The request could not be written.
    Encode(EncodeError),
    /// The reply could not be read.
    Decode(DecodeError),
    /// The kernel had more to say than the socket's buffer holds (`ENOBUFS`): messages were lost.
    Overrun,
    /// A reply was larger than the buffer, even after it grew.
    Truncated {
        /// Bytes the reply has.
        need: usize,
    },
    /// The request was acknowledged where an answer was due.
    NoAnswer,
}

impl Error {
    /// The kernel's refusal, if that is what it is.
    #[must_use]
    pub fn kernel(&self) -> Option<&KernelError> {
        match self {
            Self::Kernel(e) => Some(e),
            _ => None,
        }
    }

    /// The errno behind this error, positive, if there is one.
    #[must_use]
    pub fn errno(&self) -> Option<i32> {
        match self {
            Self::Kernel(e) => Some(e.errno),
            Self::Io { source, .. } => source.raw_os_error(),
            Self::Overrun => Some(libc::ENOBUFS),
            _ => None,
        }
    }

    pub(crate) fn io(call: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { call, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kernel(e) => e.fmt(f),
            Self::Io { call, source } => write!(f, "{call} on the netlink socket: {source}"),
            Self::Encode(e) => write!(f, "cannot write the request: {e}"),
            Self::Decode(e) => write!(f, "cannot read the reply: {e}"),
            Self::Overrun => f.write_str("the socket's buffer overflowed: messages were lost"),
            Self::Truncated { need } => write!(f, "a reply of {need} bytes was cut short"),
            Self::NoAnswer => f.write_str("the kernel acknowledged the request without an answer"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Kernel(e) => Some(e),
            Self::Io { source, .. } => Some(source),
            Self::Encode(e) => Some(e),
            Self::Decode(e) => Some(e),
            _ => None,
        }
    }
}

impl From<EncodeError> for Error {
    fn from(e: EncodeError) -> Self {
        Self::Encode(e)
    }
}

impl From<DecodeError> for Error {
    fn from(e: DecodeError) -> Self {
        Self::Decode(e)
    }
}

impl From<KernelError> for Error {
    fn from(e: KernelError) -> Self {
        Self::Kernel(Box::new(e))
    }
}
