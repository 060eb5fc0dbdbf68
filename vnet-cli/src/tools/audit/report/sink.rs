//! Where a report goes: at once where nobody else writes, after the program has ended where it writes too.
//!
//! What is handed in is whole lines, and each hand-over is one write(2), so that a reader of the file never finds half
//! a line. Where the file is also the program's (the same terminal, the same pipe, the same file on disk), the report
//! is held back to the end: nothing of it ever stands within what the program writes.

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::stat::{FileStat, Mode, SFlag, fstat};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

/// Bytes held in memory; what is more goes into a file without a name.
const IN_MEMORY: usize = 8 << 20;

/// A place for a report. A failure to write is kept for [`Sink::finish`], and nothing is written after it.
#[derive(Debug)]
pub struct Sink {
    to: File,
    held: Option<Held>,
    error: Option<io::Error>,
}

/// What is held back.
#[derive(Debug, Default)]
struct Held {
    bytes: Vec<u8>,
    /// What came before them.
    spilled: Option<File>,
}

impl Sink {
    /// Standard error.
    ///
    /// # Errors
    /// When it is closed.
    pub fn stderr() -> io::Result<Self> {
        Self::copy_of(io::stderr().as_fd())
    }

    /// Standard output.
    ///
    /// # Errors
    /// When it is closed.
    pub fn stdout() -> io::Result<Self> {
        Self::copy_of(io::stdout().as_fd())
    }

    /// A file, made or emptied; `-` is standard output.
    ///
    /// # Errors
    /// Of opening it.
    pub fn named(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Self::stdout();
        }
        // Appending: the program may have been given the same file.
        let flags =
            OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_TRUNC | OFlag::O_APPEND | OFlag::O_CLOEXEC;
        let fd = nix::fcntl::open(path, flags, Mode::from_bits_truncate(0o666))?;
        Ok(Self::into_file(fd.into()))
    }

    /// This file; it is held back if it is also one of this process's standard descriptors, which the program inherits.
    #[must_use]
    pub fn into_file(to: File) -> Self {
        let shared = is_shared(to.as_fd());
        Self {
            to,
            held: shared.then(Held::default),
            error: None,
        }
    }

    fn copy_of(fd: BorrowedFd<'_>) -> io::Result<Self> {
        Ok(Self::into_file(fd.try_clone_to_owned()?.into()))
    }

    /// Whether it is a terminal.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.to.is_terminal()
    }

    /// Whether everything is held back to the end.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether it is the same file as this process's standard error.
    #[must_use]
    pub fn is_stderr(&self) -> bool {
        match (fstat(&self.to), fstat(io::stderr().as_fd())) {
            (Ok(a), Ok(b)) => is_same(&a, &b),
            _ => false,
        }
    }

    /// Takes whole lines.
    pub fn write(&mut self, lines: &[u8]) {
        if self.error.is_some() || lines.is_empty() {
            return;
        }
        let done = match &mut self.held {
            Some(held) => held.take(lines),
            None => write_all(&self.to, lines),
        };
        self.error = done.err();
    }

    /// Writes what was held back: the program has ended.
    ///
    /// # Errors
    /// The first of all that was written.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        if let Some(mut file) = held.spilled {
            file.seek(SeekFrom::Start(0))?;
            let mut piece = vec![0; 1 << 16];
            loop {
                match file.read(&mut piece)? {
                    0 => break,
                    n => write_all(&self.to, piece.get(..n).unwrap_or_default())?,
                }
            }
        }
        write_all(&self.to, &held.bytes)
    }
}

impl Held {
    fn take(&mut self, lines: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(lines);
        if self.bytes.len() < IN_MEMORY {
            return Ok(());
        }
        let file = match &mut self.spilled {
            Some(file) => file,
            none => none.insert(nameless()?),
        };
        file.write_all(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// A file without a name: on disk where that can be had, else in memory that can be swapped out.
fn nameless() -> io::Result<File> {
    let flags = OFlag::O_RDWR | OFlag::O_TMPFILE | OFlag::O_CLOEXEC;
    let on_disk = nix::fcntl::open(&std::env::temp_dir(), flags, Mode::S_IRUSR | Mode::S_IWUSR);
    let fd = match on_disk {
        Ok(fd) => fd,
        Err(_) => {
            nix::sys::memfd::memfd_create(c"vnet-audit", nix::sys::memfd::MFdFlags::MFD_CLOEXEC)?
        }
    };
    Ok(fd.into())
}

/// Writes all of it. A closed pipe is an error and no signal.
fn write_all(to: &File, mut bytes: &[u8]) -> io::Result<()> {
    crate::sys::ignore_sigpipe();
    while !bytes.is_empty() {
        match nix::unistd::write(to, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = bytes.get(n..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            // The program made the terminal, or the pipe, that it shares with us non-blocking.
            Err(Errno::EAGAIN) => {
                let mut fds = [PollFd::new(to.as_fd(), PollFlags::POLLOUT)];
                match poll(&mut fds, PollTimeout::NONE) {
                    Ok(_) | Err(Errno::EINTR) => {}
                    Err(e) => return Err(e.into()),
                }
            }
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

/// Whether this is also what a standard descriptor of this process refers to.
fn is_shared(fd: BorrowedFd<'_>) -> bool {
    let Ok(own) = fstat(fd) else { return false };
    // What is written to /dev/null is read by nobody.
    if is_device(&own) && own.st_rdev == nix::sys::stat::makedev(1, 3) {
        return false;
    }
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    [stdin.as_fd(), stdout.as_fd(), stderr.as_fd()]
        .iter()
        .filter_map(|standard| fstat(standard).ok())
        .any(|standard| is_same(&own, &standard))
}

fn is_device(file: &FileStat) -> bool {
    file.st_mode & SFlag::S_IFMT.bits() == SFlag::S_IFCHR.bits()
}

fn is_same(a: &FileStat, b: &FileStat) -> bool {
    if (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino) {
        return true;
    }
    // /dev/tty is another name for a terminal that has one of its own; which, can't be told from here.
    let controlling = nix::sys::stat::makedev(5, 0);
    let is_tty = |file: &FileStat| {
        let major = nix::sys::stat::major(file.st_rdev);
        is_device(file) && (matches!(major, 4 | 5) || (136..=143).contains(&major))
    };
    let one_is = a.st_rdev == controlling || b.st_rdev == controlling;
    is_tty(a) && is_tty(b) && (one_is || a.st_rdev == b.st_rdev)
}

#[cfg(test)]
mod tests;
