//! A child process, watched by its pidfd.

use std::fmt;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::error::{Error, Result, SpawnStage};
use crate::sys;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// By exit(2), with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

impl Exit {
    /// Whether it ended with code 0.
    pub fn success(self) -> bool {
        self == Self::Code(0)
    }

    /// What a shell makes of it: the code, or 128 and the signal's number.
    pub fn shell_code(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Signal(signal) => 128 + signal,
        }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

/// A child of this process, made by [`Spawn`](crate::Spawn).
///
/// Its pidfd means this process and no other for as long as it is open; as a [`BorrowedFd`] it is readable in poll(2)
/// once the process has ended. Dropped, the child runs on, unless
/// [`kill_on_drop`](crate::Spawn::kill_on_drop) was asked for; waiting for it is then nobody's duty but the system's
/// when this process ends.
#[derive(Debug)]
pub struct Child {
    pid: u32,
    pidfd: OwnedFd,
    ended: Option<Exit>,
    kill_on_drop: bool,
}

impl Child {
    pub(crate) fn new(pid: u32, pidfd: OwnedFd, kill_on_drop: bool) -> Self {
        Self {
            pid,
            pidfd,
            ended: None,
            kill_on_drop,
        }
    }

    /// Its process id, as this process sees it.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until it has ended. Later calls give the same answer.
    pub fn wait(&mut self) -> Result<Exit> {
        loop {
            if let Some(exit) = self.reap(true)? {
                return Ok(exit);
            }
        }
    }

    /// How it ended, if it has.
    pub fn try_wait(&mut self) -> Result<Option<Exit>> {
        self.reap(false)
    }

    /// How it ended, if it does within `timeout`.
    pub fn wait_timeout(&mut self, timeout: Duration) -> Result<Option<Exit>> {
        let end = Instant::now() + timeout;
        loop {
            if let Some(exit) = self.try_wait()? {
                return Ok(Some(exit));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            // Rounded up, so that the last turn does not spin.
            let ms = left.as_millis().saturating_add(1);
            let wait = PollTimeout::try_from(ms).unwrap_or(PollTimeout::MAX);
            let mut fds = [PollFd::new(self.pidfd.as_fd(), PollFlags::POLLIN)];
            match poll(&mut fds, wait) {
                Ok(_) | Err(Errno::EINTR) => {}
                Err(errno) => return Err(wait_error(errno)),
            }
        }
    }

    /// Sends it a signal (signal(7)). One that has ended already takes it in silence.
    pub fn signal(&self, signal: i32) -> Result<()> {
        if self.ended.is_some() {
            return Ok(());
        }
        match sys::pidfd_send_signal(self.pidfd.as_fd(), signal) {
            Ok(()) | Err(Errno::ESRCH) => Ok(()),
            Err(errno) => Err(Error::Spawn {
                stage: SpawnStage::Signal,
                errno,
            }),
        }
    }

    /// Sends it `SIGKILL`. [`wait`](Self::wait) for it all the same.
    pub fn kill(&self) -> Result<()> {
        self.signal(libc::SIGKILL)
    }

    fn reap(&mut self, block: bool) -> Result<Option<Exit>> {
        if self.ended.is_none() {
            self.ended = match sys::wait_pidfd(self.pidfd.as_fd(), block) {
                Err(Errno::EINTR) => None,
                answer => answer.map_err(wait_error)?,
            };
        }
        Ok(self.ended)
    }
}

impl AsFd for Child {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.pidfd.as_fd()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if self.kill_on_drop && self.ended.is_none() {
            let _ = self.kill();
            let _ = self.wait();
        }
    }
}

fn wait_error(errno: Errno) -> Error {
    Error::Spawn {
        stage: SpawnStage::Wait,
        errno,
    }
}
