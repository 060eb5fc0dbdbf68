//! The file of the program that is to be audited.

use super::Error;
use nix::unistd::{AccessFlags, access};
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Where to look without a `PATH`, as execvp(3) does.
const DEFAULT_PATH: &str = "/bin:/usr/bin";

/// The file that a shell would execute for this name: looked up before the program starts, so that its first
/// execve(2) is one call with the whole path.
pub(super) fn program(name: &OsStr) -> Result<CString, Error> {
    let found = if name.as_bytes().contains(&b'/') {
        usable(Path::new(name)).map(|()| PathBuf::from(name))
    } else {
        let path = std::env::var_os("PATH").unwrap_or_else(|| DEFAULT_PATH.into());
        let mut refused = libc::ENOENT;
        let mut places =
            std::env::split_paths(&path).map(|directory| match directory.as_os_str().is_empty() {
                true => Path::new(".").join(name),
                false => directory.join(name),
            });
        let found = places.find(|file| match usable(file) {
            Ok(()) => true,
            Err(errno) => {
                // What is there and can't be executed says more than that the other places have nothing.
                if errno == libc::EACCES {
                    refused = errno;
                }
                false
            }
        });
        found.ok_or(refused)
    };
    let found = if name.is_empty() {
        Err(libc::ENOENT)
    } else {
        found
    };
    let not_found = |errno| Error::Program {
        name: name.to_os_string(),
        errno,
    };
    let file = found.map_err(not_found)?;
    CString::new(file.into_os_string().into_encoded_bytes()).map_err(|_| not_found(libc::EINVAL))
}

/// Whether it is a file that may be executed.
fn usable(file: &Path) -> Result<(), i32> {
    let errno = |e: std::io::Error| e.raw_os_error().unwrap_or(libc::EINVAL);
    if !std::fs::metadata(file).map_err(errno)?.is_file() {
        return Err(libc::EACCES);
    }
    access(file, AccessFlags::X_OK).map_err(|e| e as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errno(name: &str) -> Option<i32> {
        match program(OsStr::new(name)) {
            Err(Error::Program { errno, .. }) => Some(errno),
            _ => None,
        }
    }

    #[test]
    fn what_a_shell_would_find() {
        let sh = program(OsStr::new("sh")).unwrap();
        assert!(sh.to_bytes().ends_with(b"/sh"), "{sh:?}");
        assert_eq!(
            program(OsStr::new("/bin/sh")).unwrap().to_bytes(),
            b"/bin/sh"
        );
        assert_eq!(errno(""), Some(libc::ENOENT));
        assert_eq!(errno("nosuch-program-of-vnet"), Some(libc::ENOENT));
        assert_eq!(errno("/"), Some(libc::EACCES));
        assert_eq!(errno("/dev/null"), Some(libc::EACCES));
        assert_eq!(errno("/dev/null/x"), Some(libc::ENOTDIR));
    }
}
