//! The wish to stop: SIGINT, SIGTERM and SIGHUP as a flag that any thread may read.

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;

/// Which signal came first; 0 is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<AtomicI32>);

/// How long one look at stdin waits at most, in milliseconds.
const LOOK: u16 = 50;

impl Interrupt {
    /// Takes the three signals from now on. To be called before any other thread is started: they inherit what the
    /// caller blocks.
    pub(super) fn catch() -> nix::Result<Self> {
        let mut set = SigSet::empty();
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
            set.add(signal);
        }
        set.thread_block()?;
        let signals = SignalFd::with_flags(&set, SfdFlags::SFD_CLOEXEC)?;
        let interrupt = Self::default();
        let flag = interrupt.clone();
        let listen = move || {
            while let Ok(Some(info)) = signals.read_signal() {
                let signal = info.ssi_signo as i32;
                let _ = flag
                    .0
                    .compare_exchange(0, signal, Ordering::Relaxed, Ordering::Relaxed);
            }
        };
        // It ends with the process.
        let started = thread::Builder::new().name("signals".into()).spawn(listen);
        started
            .map(|_| interrupt)
            .map_err(|e| nix::errno::Errno::from_raw(e.raw_os_error().unwrap_or(libc::EAGAIN)))
    }

    /// The signal that came, if one did.
    pub(super) fn signal(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|s| *s != 0)
    }

    /// Waits for a signal, or the end of stdin, and throws away what is read there.
    pub(super) fn wait_or_end_of_input(&self) {
        let stdin = std::io::stdin();
        let mut open = true;
        while self.signal().is_none() && open {
            let mut fds = [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)];
            match poll(&mut fds, PollTimeout::from(LOOK)) {
                Ok(0) | Err(nix::errno::Errno::EINTR) => {}
                Ok(_) => {
                    let mut some = [0; 4096];
                    open = matches!(nix::unistd::read(&stdin, &mut some), Ok(n) if n > 0);
                }
                Err(_) => open = false,
            }
        }
    }
}
