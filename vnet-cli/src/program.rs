//! Another program in this process's place, as execvp(3) of the GNU C library finds it.

use crate::mode::Hands;
use nix::errno::Errno;
use nsenter::{Call, Calls};
use std::ffi::{CStr, CString, OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

/// Where to look without a `PATH`.
const DEFAULT_PATH: &[u8] = b"/bin:/usr/bin";

/// Runs a command, its name first, and does not come back. A name without a slash is looked up in `PATH`; a
/// script without a `#!` line is the shell's, which not every C library does.
///
/// What comes back is why it could not be run: `EACCES` when something of that name may not be executed and nothing
/// else was found, `ENOENT` when there is nothing. From a dry run of `hands`, which executes nothing, nothing comes
/// back where it would be run.
pub(crate) fn exec(hands: &Hands, command: &[OsString]) -> Option<Errno> {
    let mut words = Vec::with_capacity(command.len());
    for word in command {
        match CString::new(word.as_bytes()) {
            Ok(word) => words.push(word),
            Err(_) => return Some(Errno::EINVAL),
        }
    }
    let name = match words.first() {
        Some(name) if !name.is_empty() => name.as_bytes(),
        _ => return Some(Errno::ENOENT),
    };
    if name.contains(&b'/') {
        return exec_file(hands, name, &words);
    }
    let path = std::env::var_os("PATH").map_or_else(|| DEFAULT_PATH.to_vec(), OsString::into_vec);
    let mut answer = Errno::ENOENT;
    for dir in path.split(|&b| b == b':') {
        let slash: &[u8] = if dir.is_empty() { b"" } else { b"/" };
        match exec_file(hands, &[dir, slash, name].concat(), &words) {
            Some(Errno::EACCES) => answer = Errno::EACCES,
            Some(
                Errno::ENOENT | Errno::ESTALE | Errno::ENOTDIR | Errno::ENODEV | Errno::ETIMEDOUT,
            ) => {}
            other => return other,
        }
    }
    Some(answer)
}

fn exec_file(hands: &Hands, path: &[u8], words: &[CString]) -> Option<Errno> {
    let Ok(file) = CString::new(path) else {
        return Some(Errno::EINVAL);
    };
    let why = execute(hands, &file, words)?;
    if why != Errno::ENOEXEC {
        return Some(why);
    }
    let shell = c"/bin/sh";
    let rest = words.iter().skip(1).map(CString::as_c_str);
    let script: Vec<_> = [shell, file.as_c_str()].into_iter().chain(rest).collect();
    let script: Vec<CString> = script.into_iter().map(CStr::to_owned).collect();
    execute(hands, shell, &script)
}

fn execute(hands: &Hands, file: &CStr, words: &[CString]) -> Option<Errno> {
    let path = Path::new(OsStr::from_bytes(file.to_bytes()));
    let variables = std::env::vars_os().count();
    hands.make(&Call::Execve(path, words, variables)).err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;

    fn failed(words: &[&str]) -> Errno {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        exec(&Mode::new(false).hands(), &words).unwrap()
    }

    #[test]
    fn why_it_could_not_be_run() {
        assert_eq!(failed(&[]), Errno::ENOENT);
        assert_eq!(failed(&[""]), Errno::ENOENT);
        assert_eq!(failed(&["nosuch-command-of-vnet"]), Errno::ENOENT);
        assert_eq!(failed(&["/nosuch"]), Errno::ENOENT);
        assert_eq!(failed(&["/"]), Errno::EACCES);
        assert_eq!(failed(&["/dev/null/x"]), Errno::ENOTDIR);
        assert_eq!(failed(&["x\0y"]), Errno::EINVAL);
    }
}
