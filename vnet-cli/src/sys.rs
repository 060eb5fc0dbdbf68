//! The system calls that no safe wrapper covers: the only unsafe code of this crate.
#![allow(unsafe_code)]

use nix::sys::signal::{SigHandler, Signal, signal};

/// Gives SIGPIPE its default action back, which Rust's runtime had set to
/// "ignore": `vnet link show | head -1` then ends as silently as ip does, and
/// what `netns exec` starts inherits the usual action.
pub(crate) fn restore_sigpipe() {
    // SAFETY: SIG_DFL installs no handler, so no code of ours can run in signal
    // context, and main calls this before any thread exists.
    let _ = unsafe { signal(Signal::SIGPIPE, SigHandler::SigDfl) };
}
