//! The audited program, started so that its first execve(2) is seen already.

use super::{Error, awake, filter, find, refused, unseen};
use crate::sys::trace;
use crate::tools::audit::calls;
use nix::sched::CpuSet;
use nix::unistd::{Pid, pipe2};
use std::ffi::{CString, OsString};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// A program that was started and traced, and waits to be let go.
pub(super) struct Started {
    /// Its process.
    pub(super) pid: i32,
    /// Why it has no filter and has to stop at every call.
    pub(super) unfiltered: Option<io::Error>,
    go: OwnedFd,
}

const OPTIONS: i32 = libc::PTRACE_O_TRACESYSGOOD
    | libc::PTRACE_O_TRACEFORK
    | libc::PTRACE_O_TRACEVFORK
    | libc::PTRACE_O_TRACECLONE
    | libc::PTRACE_O_TRACEEXEC
    | libc::PTRACE_O_TRACESECCOMP
    | libc::PTRACE_O_EXITKILL;

/// Starts the program, its name first.
pub(super) fn start(words: &[OsString]) -> Result<Started, Error> {
    let name = words.first().cloned().unwrap_or_default();
    let path = find::program(&name)?;
    let c_string = |bytes: Vec<u8>| {
        CString::new(bytes).map_err(|_| Error::Program {
            name: name.clone(),
            errno: libc::EINVAL,
        })
    };
    let argv: Vec<CString> = words
        .iter()
        .map(|word| c_string(word.as_bytes().to_vec()))
        .collect::<Result<_, _>>()?;
    let pair = |(key, value): (OsString, OsString)| {
        let mut pair = key.into_vec();
        pair.push(b'=');
        pair.extend(value.into_vec());
        pair
    };
    let envp: Vec<CString> = std::env::vars_os()
        .map(|variable| c_string(pair(variable)))
        .collect::<Result<_, _>>()?;
    let filter = match filter::NATIVE {
        0 => Vec::new(),
        _ => filter::build(&[calls::traced(), unseen::CALLS.to_vec()].concat()),
    };

    let pipe = || pipe2(nix::fcntl::OFlag::O_CLOEXEC);
    let (go_child, go) = pipe().map_err(|e| Error::os("pipe2")(e.into()))?;
    let (report, report_child) = pipe().map_err(|e| Error::os("pipe2")(e.into()))?;
    let target = trace::Target {
        path: &path,
        argv: &argv.iter().map(CString::as_c_str).collect::<Vec<_>>(),
        envp: &envp.iter().map(CString::as_c_str).collect::<Vec<_>>(),
        filter: &filter,
        no_new_privs: !may_filter(),
        go: go_child.as_fd(),
        go_writer: go.as_fd(),
        report: report_child.as_fd(),
    };
    let (pid, allowed) = awake::together(|| trace::start(&target));
    let pid = pid.map_err(Error::os("fork"))?;
    drop((go_child, report_child));

    let mut started = Started {
        pid,
        unfiltered: None,
        go,
    };
    match started.prepare(&report, filter.is_empty(), allowed) {
        Ok(()) => Ok(started),
        Err(e) => {
            started.give_up();
            Err(e)
        }
    }
}

impl Started {
    /// Traces the child and has it set its filter; `allowed` are the processors that it was kept from.
    fn prepare(
        &mut self,
        report: &OwnedFd,
        no_filter: bool,
        allowed: Option<CpuSet>,
    ) -> Result<(), Error> {
        trace::seize(self.pid, OPTIONS).map_err(|e| {
            let errno = e.raw_os_error().unwrap_or_default();
            let reason = refused::reason(self.pid, errno);
            Error::Refused { reason, errno }
        })?;
        self.go_on()?;
        let mut errno = [0; 4];
        let read = read_all(report, &mut errno);
        let errno = i32::from_ne_bytes(errno);
        if no_filter {
            self.unfiltered = Some(io::ErrorKind::Unsupported.into());
        } else if read && errno != 0 {
            self.unfiltered = Some(io::Error::from_raw_os_error(errno));
        }
        match allowed.map_or(Ok(()), |allowed| awake::let_go(self.pid, &allowed)) {
            // It was killed meanwhile: waiting for it will tell.
            Ok(()) | Err(nix::errno::Errno::ESRCH) => Ok(()),
            Err(e) => Err(Error::os("sched_setaffinity")(e.into())),
        }
    }

    /// Ends the child, which has executed nothing.
    fn give_up(self) {
        let pid = Pid::from_raw(self.pid);
        // Its own way out would stop at the filter that it has set.
        let _ = nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGKILL);
        let _ = nix::sys::wait::waitpid(pid, None);
    }

    /// Lets the child do its next step; the second time it is the program itself.
    pub(super) fn go_on(&mut self) -> Result<(), Error> {
        match nix::unistd::write(&self.go, b"!") {
            Ok(_) => Ok(()),
            // It was killed meanwhile: waiting for it will tell.
            Err(nix::errno::Errno::EPIPE) => Ok(()),
            Err(e) => Err(Error::os("write")(e.into())),
        }
    }
}

fn read_all(from: &OwnedFd, into: &mut [u8]) -> bool {
    loop {
        match nix::unistd::read(from, into) {
            Err(nix::errno::Errno::EINTR) => {}
            // A pipe gives four bytes at once.
            read => return read == Ok(into.len()),
        }
    }
}

/// Whether a filter may be set without `no_new_privs`, seccomp(2).
fn may_filter() -> bool {
    caps::has_cap(
        None,
        caps::CapSet::Effective,
        caps::Capability::CAP_SYS_ADMIN,
    )
    .unwrap_or(false)
}
