//! What a child does between clone3(2) and its program: system calls alone, since another thread of the parent may
//! hold the allocator's lock for ever in the child's copy of memory.

use std::ffi::CString;
use std::io::Write as _;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::errno::Errno;
use nix::mount::{MsFlags, mount};
use nix::sched::{setns, unshare};
use nix::unistd::{chdir, dup2_stderr, dup2_stdin, dup2_stdout, read, write};

use crate::error::{SpawnStage, errno_of};
use crate::{NsHandle, NsKind, NsKinds, sys};

/// The exit code of a child that failed before its program, as of a shell that finds no command.
const NOT_STARTED: i32 = 127;
/// The exit code of a child whose function panicked, as of a Rust program.
const PANICKED: i32 = 101;

/// What becomes of the child.
pub(crate) enum Main<'a> {
    /// It executes the first of these paths that is there.
    Exec(sys::ExecImage),
    /// It calls this and exits with what it returns.
    Call(&'a mut (dyn FnMut() -> u8 + Send)),
}

/// All the child needs, prepared before it is made.
pub(crate) struct Plan<'a> {
    /// A pipe, reading end first: the parent writes a byte to it when the maps are there.
    pub(crate) gate: Option<(OwnedFd, OwnedFd)>,
    /// Where a failure is reported; closed when the child is on its way.
    pub(crate) report: Option<OwnedFd>,
    /// Namespaces to enter, in this order.
    pub(crate) join: Vec<&'a NsHandle>,
    /// Namespaces to unshare after that.
    pub(crate) unshare: NsKinds,
    /// Whether the mount namespace is new, and must be cut off from the parent's.
    pub(crate) private_mounts: bool,
    pub(crate) dir: Option<CString>,
    pub(crate) stdio: [Option<BorrowedFd<'a>>; 3],
    pub(crate) main: Main<'a>,
}

impl Plan<'_> {
    /// The child's whole life.
    pub(crate) fn run(&mut self) -> ! {
        if let Some((ours, theirs)) = self.gate.take() {
            // So that the parent's death is end of file.
            drop(theirs);
            // End of file: the parent could not write the maps, and says so itself.
            if wait_at(ours.as_fd()) != Ok(1) {
                sys::exit_now(NOT_STARTED);
            }
        }
        let failure = match (self.prepare(), &mut self.main) {
            (Err(failure), _) => failure,
            (Ok(()), Main::Exec(image)) => (SpawnStage::Exec, image.exec()),
            (Ok(()), Main::Call(f)) => {
                self.report = None;
                let code = catch_unwind(AssertUnwindSafe(f));
                let _ = std::io::stdout().flush();
                sys::exit_now(code.map_or(PANICKED, i32::from))
            }
        };
        if let Some(report) = &self.report {
            let _ = write(report, &to_wire(failure));
        }
        sys::exit_now(NOT_STARTED)
    }

    fn prepare(&self) -> Result<(), (SpawnStage, Errno)> {
        for ns in &self.join {
            let stage = SpawnStage::Join(ns.kind());
            setns(ns, ns.kind().nix()).map_err(|e| (stage, e))?;
        }
        if !self.unshare.is_empty() {
            unshare(self.unshare.nix()).map_err(|e| (SpawnStage::Unshare, e))?;
        }
        if self.private_mounts {
            let none: Option<&str> = None;
            let flags = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
            mount(none, "/", none, flags, none).map_err(|e| (SpawnStage::MakePrivate, e))?;
        }
        if let Some(dir) = &self.dir {
            chdir(dir.as_c_str()).map_err(|e| (SpawnStage::ChangeDir, e))?;
        }
        self.set_stdio().map_err(|e| (SpawnStage::Stdio, e))
    }

    fn set_stdio(&self) -> Result<(), Errno> {
        // First out of the way of 0, 1 and 2 (try_clone takes descriptors from 3 on), then into place.
        let [stdin, stdout, stderr] = &self.stdio;
        let [stdin, stdout, stderr] = [above(stdin)?, above(stdout)?, above(stderr)?];
        if let Some(fd) = stdin {
            dup2_stdin(fd)?;
        }
        if let Some(fd) = stdout {
            dup2_stdout(fd)?;
        }
        if let Some(fd) = stderr {
            dup2_stderr(fd)?;
        }
        Ok(())
    }
}

fn above(fd: &Option<BorrowedFd<'_>>) -> Result<Option<OwnedFd>, Errno> {
    let cloned = fd.map(|fd| fd.try_clone_to_owned()).transpose();
    cloned.map_err(|e| errno_of(&e))
}

fn wait_at(gate: BorrowedFd<'_>) -> Result<usize, Errno> {
    loop {
        match read(gate, &mut [0]) {
            Err(Errno::EINTR) => {}
            answer => return answer,
        }
    }
}

/// A failure as it goes through the report pipe; only this crate, in this process, reads it.
pub(crate) const WIRE_LEN: usize = 6;

fn to_wire((stage, errno): (SpawnStage, Errno)) -> [u8; WIRE_LEN] {
    let (code, kind) = match stage {
        SpawnStage::Join(kind) => (0, kind as u8),
        SpawnStage::Unshare => (1, 0),
        SpawnStage::MakePrivate => (2, 0),
        SpawnStage::ChangeDir => (3, 0),
        SpawnStage::Stdio => (4, 0),
        // The parent's own stages do not come this way.
        _ => (5, 0),
    };
    let [a, b, c, d] = (errno as i32).to_ne_bytes();
    [code, kind, a, b, c, d]
}

/// What [`to_wire`] wrote.
pub(crate) fn from_wire([code, kind, a, b, c, d]: [u8; WIRE_LEN]) -> (SpawnStage, Errno) {
    let stage = match code {
        0 => match NsKind::ALL.get(usize::from(kind)) {
            Some(kind) => SpawnStage::Join(*kind),
            None => SpawnStage::Exec,
        },
        1 => SpawnStage::Unshare,
        2 => SpawnStage::MakePrivate,
        3 => SpawnStage::ChangeDir,
        4 => SpawnStage::Stdio,
        _ => SpawnStage::Exec,
    };
    (stage, Errno::from_raw(i32::from_ne_bytes([a, b, c, d])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_of_a_child_arrives_as_it_was() {
        let joins = NsKind::ALL.into_iter().map(SpawnStage::Join);
        let others = [
            SpawnStage::Unshare,
            SpawnStage::MakePrivate,
            SpawnStage::ChangeDir,
            SpawnStage::Stdio,
            SpawnStage::Exec,
        ];
        for stage in joins.chain(others) {
            for errno in [Errno::EPERM, Errno::ENOENT, Errno::EOWNERDEAD] {
                assert_eq!(from_wire(to_wire((stage, errno))), (stage, errno));
            }
        }
    }
}
