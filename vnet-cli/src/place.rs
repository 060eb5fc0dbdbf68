//! A network namespace as words name it: by name, by a process in it, by a path.

use crate::applet::Program;
use crate::error::{CmdError, USAGE, errno, quoted};
use nix::errno::Errno;
use nsenter::{Calls, Error, NsHandle, NsKind, NsName, Store};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// The word of `-n`, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The word.
    pub word: OsString,
    /// Its index in the command line.
    pub at: usize,
}

/// Opens the network namespace that a word names: a path when it has a slash,
/// else a name under /run/netns, else the number of a process.
///
/// # Errors
/// That of the name, or of the process where the word is a number and no name.
pub fn open(word: &OsStr) -> Result<NsHandle, Error> {
    open_of(&Store::new(), word)
}

/// As [`open`], with the names of this store.
pub(crate) fn open_of<C: Calls>(store: &Store<C>, word: &OsStr) -> Result<NsHandle, Error> {
    match (named(store, word), pid(word)) {
        (Err(e), Some(pid)) if e.errno() == Some(Errno::ENOENT) => {
            NsHandle::from_pid(pid, NsKind::Net)
        }
        (named, _) => named,
    }
}

/// By path or name.
pub(crate) fn named<C: Calls>(store: &Store<C>, word: &OsStr) -> Result<NsHandle, Error> {
    if word.as_bytes().contains(&b'/') {
        return NsHandle::from_path(word, NsKind::Net);
    }
    match NsName::existing(word) {
        Ok(name) => store.open(&name),
        Err(_) => Err(Error::Open {
            path: PathBuf::from(word),
            errno: Errno::ENOENT,
        }),
    }
}

/// The number of a process.
fn pid(word: &OsStr) -> Option<u32> {
    let digits = word.to_str()?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|&pid| plain && pid > 0)
}

impl Place {
    /// Moves this process into the namespace. To iproute2's programs the word is a name or a path and never a
    /// process: a script that relies on a missing name to fail must not work on somebody else's devices. Mounts are left alone: what the
    /// commands ask goes to the kernel over sockets, not through /sys.
    ///
    /// # Errors
    /// That it cannot be opened or entered, in ip's words, exit code 255.
    pub fn enter(&self, program: Program) -> Result<(), CmdError> {
        self.enter_by(&nsenter::Direct, program)
    }

    /// As [`enter`](Self::enter), by these calls.
    ///
    /// # Errors
    /// Likewise.
    pub fn enter_by<C: Calls>(&self, calls: &C, program: Program) -> Result<(), CmdError> {
        let opened = match program.stands_in() {
            true => named(&Store::new(), &self.word),
            false => open(&self.word),
        };
        let not_set =
            |e: &Error| self.error("enter", "setting the network namespace", " failed", e);
        let ns = opened.map_err(|e| match e {
            // iproute2 opens any file, and setns(2) fails.
            Error::NotNamespace { .. } | Error::WrongKind { .. } => not_set(&e),
            _ => self.error("open", "Cannot open network namespace", "", &e),
        })?;
        nsenter::become_by(calls, &ns).map_err(|e| not_set(&e))
    }

    fn error(&self, verb: &str, ip: &str, ip_end: &str, why: &Error) -> CmdError {
        let shown = quoted(&self.word);
        let name = shown.get(1..shown.len() - 1).unwrap_or_default();
        let what = format!("cannot {verb} network namespace {shown}");
        let (error, text) = match why.errno() {
            Some(n) => {
                let n = n as i32;
                let os = std::io::Error::from_raw_os_error(n);
                (CmdError::os(what, &os), errno::text(n).into_owned())
            }
            None => (CmdError::new(format!("{what}: {why}")), why.to_string()),
        };
        let error = error
            .ip(format!("{ip} \"{name}\"{ip_end}: {text}"))
            .at(self.at)
            .code(USAGE);
        match why.errno() {
            Some(Errno::ENOENT) => error.hint("'netns list' lists the names"),
            Some(Errno::EPERM) => {
                error.hint("needs CAP_SYS_ADMIN, here and in the user namespace that owns it")
            }
            _ => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(word: &str) -> Result<NsHandle, Error> {
        super::open(OsStr::new(word))
    }

    #[test]
    fn processes_and_paths() {
        let own = NsHandle::current(NsKind::Net).unwrap();
        assert_eq!(open(&std::process::id().to_string()).unwrap(), own);
        assert_eq!(open("/proc/self/ns/net").unwrap(), own);
    }

    #[test]
    fn what_is_none() {
        for word in [
            "",
            ".",
            "nosuch-vnet",
            "/nosuch",
            "4294967295",
            "0",
            "+1",
            "99999999999",
        ] {
            let error = open(word).unwrap_err();
            assert_eq!(error.errno(), Some(Errno::ENOENT), "{word}");
        }
        assert!(open("/proc/self/ns/uts").is_err() && open("/dev/null").is_err());
    }

    #[test]
    fn errors_in_ips_words() {
        let place = Place {
            word: "nosuch-vnet".into(),
            at: 2,
        };
        let error = place.enter(Program::Ip).unwrap_err();
        let text = error.render(Program::Ip, &[]);
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.starts_with(
                "Cannot open network namespace \"nosuch-vnet\": No such file or directory\n"
            ),
            "{text}"
        );
        assert_eq!(error.exit_code(), 255);
    }
}
