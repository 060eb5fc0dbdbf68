//! The name of a network namespace: one plain file name in the store's directory.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::str::FromStr;

/// The longest name, in bytes: `NAME_MAX` of `linux/limits.h`.
const NAME_MAX: usize = 255;

/// A name that a namespace may have: not empty, no `/`, not `.` or `..`, no control byte, at most 255 bytes.
///
/// Bytes need not be UTF-8.
///
/// ```
/// use nsenter::{NsName, NsNameError};
///
/// let name: NsName = "blue".parse()?;
/// assert_eq!(name.as_os_str(), "blue");
/// assert_eq!("../etc".parse::<NsName>(), Err(NsNameError::Slash { at: 2 }));
/// # Ok::<(), NsNameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NsName(OsString);

/// The rule that a name breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NsNameError {
    /// The name has no byte.
    Empty,
    /// The name is `.` or `..`, which every directory has already.
    Dot,
    /// The name is longer than 255 bytes.
    TooLong {
        /// Its length in bytes.
        len: usize,
    },
    /// The name has a `/`.
    Slash {
        /// The offset of the first one, in bytes.
        at: usize,
    },
    /// The name has a byte below 0x20, or 0x7f.
    Control {
        /// The offset of the first one, in bytes.
        at: usize,
        /// The byte.
        byte: u8,
    },
}

impl NsName {
    /// Checks a name that is about to be given.
    pub fn new(name: impl AsRef<OsStr>) -> Result<Self, NsNameError> {
        let name = name.as_ref();
        let rule = check(name.as_bytes(), |b| b.is_ascii_control());
        rule.map(|()| Self(name.to_os_string()))
    }

    /// Checks a name that may exist already, given by a program with fewer scruples (iproute2 takes control bytes):
    /// good for opening and removing. Only what no file name can have is refused.
    pub fn existing(name: impl AsRef<OsStr>) -> Result<Self, NsNameError> {
        let name = name.as_ref();
        check(name.as_bytes(), |b| b == 0).map(|()| Self(name.to_os_string()))
    }

    /// The name as it stands on disk.
    pub fn as_os_str(&self) -> &OsStr {
        &self.0
    }

    /// The name's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The name, owned.
    pub fn into_os_string(self) -> OsString {
        self.0
    }
}

fn check(name: &[u8], refused: impl Fn(u8) -> bool) -> Result<(), NsNameError> {
    match name {
        b"" => return Err(NsNameError::Empty),
        b"." | b".." => return Err(NsNameError::Dot),
        _ => {}
    }
    for (at, &byte) in name.iter().enumerate() {
        if byte == b'/' {
            return Err(NsNameError::Slash { at });
        }
        if refused(byte) {
            return Err(NsNameError::Control { at, byte });
        }
    }
    if name.len() > NAME_MAX {
        return Err(NsNameError::TooLong { len: name.len() });
    }
    Ok(())
}

impl fmt::Display for NsNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "a namespace's name can't be empty"),
            Self::Dot => write!(f, "a namespace's name can't be '.' or '..'"),
            Self::TooLong { len } => {
                write!(
                    f,
                    "a namespace's name has at most 255 bytes, this has {len}"
                )
            }
            Self::Slash { at } => {
                write!(f, "a namespace's name can't have a '/' (at byte {at})")
            }
            Self::Control { at, byte } => write!(
                f,
                "a namespace's name can't have a control byte (0x{byte:02x} at byte {at})"
            ),
        }
    }
}

impl std::error::Error for NsNameError {}

impl FromStr for NsName {
    type Err = NsNameError;
    fn from_str(name: &str) -> Result<Self, NsNameError> {
        Self::new(name)
    }
}

impl TryFrom<&OsStr> for NsName {
    type Error = NsNameError;
    fn try_from(name: &OsStr) -> Result<Self, NsNameError> {
        Self::new(name)
    }
}

impl TryFrom<&[u8]> for NsName {
    type Error = NsNameError;
    fn try_from(name: &[u8]) -> Result<Self, NsNameError> {
        Self::new(OsStr::from_bytes(name))
    }
}

impl AsRef<OsStr> for NsName {
    fn as_ref(&self) -> &OsStr {
        &self.0
    }
}

impl AsRef<Path> for NsName {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}

/// Lossy where the name is not UTF-8; control bytes are escaped.
impl fmt::Display for NsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for c in self.0.to_string_lossy().chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for NsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NsName({:?})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn new(bytes: &[u8]) -> Result<NsName, NsNameError> {
        NsName::try_from(bytes)
    }

    #[test]
    fn each_rule_says_its_own_name() {
        assert_eq!(new(b""), Err(NsNameError::Empty));
        assert_eq!(new(b"."), Err(NsNameError::Dot));
        assert_eq!(new(b".."), Err(NsNameError::Dot));
        assert_eq!(new(b"a/b"), Err(NsNameError::Slash { at: 1 }));
        assert_eq!(new(b"/"), Err(NsNameError::Slash { at: 0 }));
        assert_eq!(
            new(b"ab\n"),
            Err(NsNameError::Control { at: 2, byte: b'\n' })
        );
        assert_eq!(
            new(b"\x7f"),
            Err(NsNameError::Control { at: 0, byte: 0x7f })
        );
        assert_eq!(new(&[b'x'; 256]), Err(NsNameError::TooLong { len: 256 }));
        assert!(new(&[b'x'; 255]).is_ok());
        assert!(new(b"...").is_ok());
        assert!(new(b"-n").is_ok());
        assert!(new(b"\xff\xfe").is_ok());
    }

    #[test]
    fn an_existing_name_may_have_what_iproute2_takes() {
        let tab = NsName::existing("a\tb").unwrap();
        assert_eq!(tab.to_string(), "a\\tb");
        assert_eq!(
            NsName::existing("a\0"),
            Err(NsNameError::Control { at: 1, byte: 0 })
        );
        assert_eq!(NsName::existing(".."), Err(NsNameError::Dot));
        assert_eq!(NsName::existing("a/b"), Err(NsNameError::Slash { at: 1 }));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_one_path_component(bytes: Vec<u8>) {
            if let Ok(name) = new(&bytes) {
                let path = Path::new("/run/netns").join(&name);
                prop_assert_eq!(path.parent(), Some(Path::new("/run/netns")));
                prop_assert_eq!(path.file_name(), Some(name.as_os_str()));
                prop_assert_eq!(name.as_bytes(), &bytes[..]);
            }
        }
    }
}
