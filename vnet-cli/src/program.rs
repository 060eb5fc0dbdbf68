//! Another program in this process's place, as execvp(3) of the GNU C library finds it.

use nix::errno::Errno;
use nix::unistd::execv;
use std::ffi::{CString, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// Where to look without a `PATH`.
const DEFAULT_PATH: &[u8] = b"/bin:/usr/bin";

/// Runs a command, its name first, and does not come back. A name without a slash is looked up in `PATH`; a
/// script without a `#!` line is the shell's, which not every C library does.
///
/// What comes back is why it could not be run: `EACCES` when something of that name may not be executed and nothing
/// else was found, `ENOENT` when there is nothing.
pub(crate) fn exec(command: &[OsString]) -> Errno {
    let mut words = Vec::with_capacity(command.len());
    for word in command {
        match CString::new(word.as_bytes()) {
            Ok(word) => words.push(word),
            Err(_) => return Errno::EINVAL,
        }
    }
    let name = match words.first() {
        Some(name) if !name.is_empty() => name.as_bytes(),
        _ => return Errno::ENOENT,
    };
    if name.contains(&b'/') {
        return exec_file(name, &words);
    }
    let path = std::env::var_os("PATH").map_or_else(|| DEFAULT_PATH.to_vec(), OsString::into_vec);
    let mut answer = Errno::ENOENT;
    for dir in path.split(|&b| b == b':') {
        let slash: &[u8] = if dir.is_empty() { b"" } else { b"/" };
        match exec_file(&[dir, slash, name].concat(), &words) {
            Errno::EACCES => answer = Errno::EACCES,
            Errno::ENOENT | Errno::ESTALE | Errno::ENOTDIR | Errno::ENODEV | Errno::ETIMEDOUT => {}
            other => return other,
        }
    }
    answer
}

fn exec_file(path: &[u8], words: &[CString]) -> Errno {
    let Ok(file) = CString::new(path) else {
        return Errno::EINVAL;
    };
    let Err(why) = execv(&file, words);
    if why != Errno::ENOEXEC {
        return why;
    }
    let shell = c"/bin/sh";
    let rest = words.iter().skip(1).map(CString::as_c_str);
    let script: Vec<_> = [shell, file.as_c_str()].into_iter().chain(rest).collect();
    let Err(why) = execv(shell, &script);
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(words: &[&str]) -> Errno {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        exec(&words)
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
