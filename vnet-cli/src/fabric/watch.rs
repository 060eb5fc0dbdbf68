//! Who looks on while a fabric is made or swept: figures, progress, the wish to stop.

use std::time::Instant;

/// A kind of kernel work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// unshare(2) of a network namespace.
    Namespace,
    /// Its file and its mount.
    Mount,
    /// Links, a datagram of many.
    Link,
    /// What is inside a namespace: a datagram.
    Configure,
    /// Links removed, a group of them.
    Unlink,
    /// A name removed.
    Unmount,
}

/// Told of all that is done, from several threads at once.
pub trait Watch: Sync {
    /// A phase of the work begins: so much of it is to come.
    fn begin(&self, _step: Step, _count: usize) {}
    /// `count` objects were done in this time.
    fn done(&self, _step: Step, _began: Instant, _ended: Instant, _count: usize) {}
    /// The phase is over.
    fn end(&self, _step: Step) {}
    /// Whether to stop and take everything back. Asked often.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody looks on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Watch for Quiet {}
