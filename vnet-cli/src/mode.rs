//! Whether changes are made, or only told: what messages and system calls go through.

#[cfg(feature = "audit")]
pub use crate::tools::dry_run::{Hands, Mode, Wire};

#[cfg(not(feature = "audit"))]
pub use made::{Hands, Mode, Wire};

/// Without the feature all changes are made.
#[cfg(not(feature = "audit"))]
mod made {
    use crate::error::Result;
    use netlink_raw::Socket;

    /// What carries messages.
    pub type Wire = Socket;

    /// What makes system calls.
    pub type Hands = nsenter::Direct;

    /// Changes are made.
    #[derive(Debug, Clone, Default)]
    pub struct Mode;

    impl Mode {
        /// The only mode: without the feature the options know of no dry run.
        pub fn new(_dry: bool) -> Self {
            Self
        }

        /// Whether changes are only told.
        pub fn is_dry(&self) -> bool {
            false
        }

        /// Whether a change was only told so far.
        pub(crate) fn has_told(&self) -> bool {
            false
        }

        /// What carries the messages of a socket.
        pub fn wire(&self, socket: Socket) -> Wire {
            socket
        }

        /// The same of a socket of another namespace.
        pub fn wire_elsewhere(&self, socket: Socket) -> Wire {
            socket
        }

        /// What makes system calls.
        pub fn hands(&self) -> Hands {
            nsenter::Direct
        }

        /// The same.
        pub fn own_hands(&self) -> Hands {
            nsenter::Direct
        }

        /// Writes a setting of the kernel's.
        pub(crate) fn write(&self, path: &str, value: &str) -> std::io::Result<()> {
            std::fs::write(path, value)
        }

        /// Refuses nothing.
        pub(crate) fn refuse(&self, _what: &str, _why: &str, _at: usize) -> Result {
            Ok(())
        }
    }
}
