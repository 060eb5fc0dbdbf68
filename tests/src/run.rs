//! One command run to its end: what it wrote and how it ended.

use std::fmt;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// No command of a test takes longer; one that does is killed.
pub const LIMIT: Duration = Duration::from_secs(60);

/// What a command wrote, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The bytes of standard output.
    pub stdout: Vec<u8>,
    /// The bytes of standard error.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub status: ExitStatus,
}

impl Output {
    /// Standard output as text, bytes that are not UTF-8 replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text, bytes that are not UTF-8 replaced.
    #[must_use]
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// The first line of standard error.
    #[must_use]
    pub fn first_error(&self) -> String {
        self.errors().lines().next().unwrap_or_default().to_string()
    }

    /// The exit code; 128 and the signal's number when a signal ended it.
    #[must_use]
    pub fn code(&self) -> i32 {
        let signal = self.status.signal().map(|signal| 128 + signal);
        self.status.code().or(signal).unwrap_or(-1)
    }

    /// Itself, once it is sure that the command ended with exit code 0.
    ///
    /// # Panics
    /// When it did not.
    #[must_use]
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.success(), "{self}");
        self
    }

    /// Whether the program fell over rather than answered.
    #[must_use]
    pub fn crashed(&self) -> bool {
        self.status.signal().is_some()
            || self.code() == 101
            || self.errors().contains("panicked at")
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}; stdout: {:?}; stderr: {:?}",
            self.status,
            self.text(),
            self.errors()
        )
    }
}

/// Runs a command to its end with both outputs caught, `input` on its standard
/// input, and a limit of [`LIMIT`].
///
/// # Errors
/// When it cannot be started, or did not end in time.
pub fn run(command: &mut Command, input: &[u8]) -> io::Result<Output> {
    let stdin = if input.is_empty() {
        Stdio::null()
    } else {
        Stdio::piped()
    };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that does not read its input is not a failure of the run.
        let _ = stdin.write_all(input);
    }
    finish(child, LIMIT)
}

/// Reads a started command's outputs to their end and waits for it.
///
/// # Errors
/// When it did not end within `limit`; it is killed then.
pub fn finish(mut child: Child, limit: Duration) -> io::Result<Output> {
    let deadline = Instant::now() + limit;
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut out = child.stdout.take();
    let mut err = child.stderr.take();
    while out.is_some() || err.is_some() {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = PollTimeout::try_from(left.as_millis()).unwrap_or(PollTimeout::MAX);
        let readable = {
            let mut fds = Vec::with_capacity(2);
            fds.extend(
                out.as_ref()
                    .map(|out| PollFd::new(out.as_fd(), PollFlags::POLLIN)),
            );
            fds.extend(
                err.as_ref()
                    .map(|err| PollFd::new(err.as_fd(), PollFlags::POLLIN)),
            );
            let count = poll(&mut fds, timeout)?;
            if count == 0 {
                child.kill()?;
                child.wait()?;
                return Err(io::Error::other(format!(
                    "not done after {limit:?}; so far stdout: {:?}; stderr: {:?}",
                    String::from_utf8_lossy(&stdout),
                    String::from_utf8_lossy(&stderr)
                )));
            }
            let any = |fd: &PollFd<'_>| fd.any().unwrap_or(true);
            let first = fds.first().is_some_and(any);
            let second = fds.get(1).is_some_and(any);
            if out.is_some() {
                (first, second)
            } else {
                (false, first)
            }
        };
        if readable.0 {
            take(&mut out, &mut stdout)?;
        }
        if readable.1 {
            take(&mut err, &mut stderr)?;
        }
    }
    let status = child.wait()?;
    Ok(Output {
        stdout,
        stderr,
        status,
    })
}

fn take<R: Read>(from: &mut Option<R>, into: &mut Vec<u8>) -> io::Result<()> {
    let mut bytes = [0u8; 65536];
    if let Some(reader) = from {
        match reader.read(&mut bytes)? {
            0 => *from = None,
            count => into.extend_from_slice(bytes.get(..count).unwrap_or_default()),
        }
    }
    Ok(())
}
