//! `--dry-run`: the messages and system calls of a command, told and not made.
//!
//! Messages go through [`Wire`], system calls through [`Hands`]; both write what they would do into one [`Log`], in
//! the order in which it would be done, and `show` writes that down. The command itself is the same code in both
//! modes: what is told is what would be made.

mod links;
mod log;
mod nsids;
mod show;

pub use log::{Answer, Entry, Log, Scribe};

use crate::error::{CmdError, FAILED, Result};
use crate::options::Options;
use crate::out::Out;
use netlink_raw::Socket;
use netlink_raw::transport::{Received, Rehearsal, Transport};
use nsenter::{Call, Calls, Direct, Errno};
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

/// What carries messages.
#[derive(Debug)]
pub enum Wire {
    /// To the kernel.
    Socket(Socket),
    /// What only asks to the kernel, all else into the log.
    Rehearsal(Box<Rehearsal<Socket, Scribe>>),
}

impl Transport for Wire {
    fn portid(&self) -> u32 {
        match self {
            Self::Socket(to) => to.portid(),
            Self::Rehearsal(to) => to.portid(),
        }
    }

    fn send(&mut self, datagram: &[u8]) -> io::Result<()> {
        match self {
            Self::Socket(to) => to.send(datagram),
            Self::Rehearsal(to) => to.send(datagram),
        }
    }

    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        match self {
            Self::Socket(from) => from.recv(buf),
            Self::Rehearsal(from) => from.recv(buf),
        }
    }
}

/// Tells a call of the rehearsal's.
type Tell = Box<dyn Fn(&Call<'_>, std::result::Result<(), Errno>) + Send + Sync>;

/// What makes system calls.
#[derive(Debug, Clone, Default)]
pub enum Hands {
    /// The kernel does.
    #[default]
    Direct,
    /// Nobody: they go into the log.
    Told(Arc<nsenter::Rehearsal<Tell>>),
    /// The kernel does, and they go into the log: those that change this process alone.
    Watched(Log),
}

impl Calls for Hands {
    fn make(&self, call: &Call<'_>) -> std::result::Result<(), Errno> {
        match self {
            Self::Direct => Direct.make(call),
            Self::Told(told) => told.make(call),
            Self::Watched(log) => {
                let done = Direct.make(call);
                log.call(call, done, true);
                done
            }
        }
    }

    fn open_dir(&self, dir: &Path) -> std::result::Result<OwnedFd, Errno> {
        match self {
            Self::Told(told) => told.open_dir(dir),
            _ => Direct.open_dir(dir),
        }
    }

    fn is_still(&self, opened: &OwnedFd, dir: &Path) -> bool {
        match self {
            Self::Told(told) => told.is_still(opened, dir),
            _ => Direct.is_still(opened, dir),
        }
    }

    fn stand_in(&self, file: &Path) -> std::result::Result<Option<&'static Path>, Errno> {
        match self {
            Self::Told(told) => told.stand_in(file),
            _ => Direct.stand_in(file),
        }
    }
}

/// Whether changes are made or told.
#[derive(Debug, Clone, Default)]
pub struct Mode(Option<Arc<Dry>>);

#[derive(Debug)]
struct Dry {
    log: Log,
    told: Arc<nsenter::Rehearsal<Tell>>,
}

impl Mode {
    /// Changes are told where it is a dry run, else made.
    pub fn new(dry: bool) -> Self {
        if !dry {
            return Self::default();
        }
        let log = Log::default();
        let to = log.clone();
        let tell: Tell = Box::new(move |call, answer| to.call(call, answer, false));
        let told = Arc::new(nsenter::Rehearsal::new(tell));
        Self(Some(Arc::new(Dry { log, told })))
    }

    /// Whether changes are only told.
    pub fn is_dry(&self) -> bool {
        self.0.is_some()
    }

    /// Whether a change was only told so far: then what is looked up does not know of it.
    pub(crate) fn has_told(&self) -> bool {
        self.0.as_ref().is_some_and(|dry| dry.log.has_changes())
    }

    /// What carries the messages of a socket, which is of the namespace that the command works in.
    pub fn wire(&self, socket: Socket) -> Wire {
        self.wire_in(socket, true)
    }

    /// What carries the messages of a socket of another namespace.
    pub fn wire_elsewhere(&self, socket: Socket) -> Wire {
        self.wire_in(socket, false)
    }

    fn wire_in(&self, socket: Socket, here: bool) -> Wire {
        match &self.0 {
            None => Wire::Socket(socket),
            Some(dry) => {
                let scribe = Scribe::new(dry.log.clone(), here);
                Wire::Rehearsal(Box::new(Rehearsal::new(socket, scribe)))
            }
        }
    }

    /// What makes system calls.
    pub fn hands(&self) -> Hands {
        match &self.0 {
            None => Hands::Direct,
            Some(dry) => Hands::Told(Arc::clone(&dry.told)),
        }
    }

    /// What makes system calls that change nothing outside of this process and without which nothing can be looked up.
    pub fn own_hands(&self) -> Hands {
        match &self.0 {
            None => Hands::Direct,
            Some(dry) => Hands::Watched(dry.log.clone()),
        }
    }

    /// Writes a setting of the kernel's.
    pub(crate) fn write(&self, path: &str, value: &str) -> io::Result<()> {
        match &self.0 {
            None => std::fs::write(path, value),
            Some(dry) => {
                // Only where it is there: a read-only /proc and the like are not foretold.
                std::fs::metadata(path)?;
                dry.log.write(path, value);
                Ok(())
            }
        }
    }

    /// Refuses what can't be rehearsed.
    ///
    /// # Errors
    /// In a dry run: it names `what`, the word at `at`.
    pub(crate) fn refuse(&self, what: &str, why: &str, at: usize) -> Result {
        match self.is_dry() {
            false => Ok(()),
            true => Err(
                CmdError::new(format!("'{what}' has no dry run: {why}; nothing was done"))
                    .at(at)
                    .code(FAILED),
            ),
        }
    }

    /// Writes down what a command would do, and forgets it.
    pub(crate) fn report(&self, out: &mut Out, options: &Options, failed: bool) {
        let Some(dry) = &self.0 else { return };
        let entries = dry.log.take();
        if entries.iter().any(Entry::is_change) {
            out.raw(show::entries(&entries, options).as_str());
        } else if !failed {
            out.flush();
            crate::error::stderr(show::looked(&entries).as_bytes());
        }
    }
}
