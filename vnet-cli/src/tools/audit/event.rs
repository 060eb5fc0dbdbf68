//! What an audit sees: the one value that every form of its report is made of.

use std::path::PathBuf;
use std::time::Duration;

/// Something that happened in the audited program.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A system call.
    Call(Box<Call>),
    /// A thread ended: after `exit(2)`, by a signal, or because another thread executed a program.
    Ended(Ended),
    /// A signal was delivered.
    Signal {
        /// When.
        time: Duration,
        /// The process and the thread.
        task: Task,
        /// Its number.
        signal: i32,
    },
    /// What the reader has to know to understand the rest.
    Note(String),
    /// Calls are made that can't be seen, and why.
    Unseen(String),
}

/// A thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Task {
    /// Its process (thread group), in the auditor's pid namespace.
    pub pid: i32,
    /// Itself, likewise; the process's number in its first thread.
    pub tid: i32,
}

/// A thread's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When, since 1970 began in UTC.
    pub time: Duration,
    /// Which.
    pub task: Task,
    /// How.
    pub how: How,
}

/// How a thread ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By exit, with this code.
    Code(i32),
    /// By this signal; whether a core was dumped.
    Signal(i32, bool),
    /// Another thread of its process executed a program.
    Replaced,
}

/// A system call that is over, or that will never be.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// When it was entered, since 1970 began in UTC.
    pub time: Duration,
    /// From its entry to its return.
    pub duration: Duration,
    /// Who made it.
    pub task: Task,
    /// Its name, as strace(1) and the kernel have it.
    pub name: &'static str,
    /// What it concerns.
    pub group: Group,
    /// Its arguments, each as strace(1) writes it, with the one exception of the buffers of netlink sockets: where
    /// strace decodes their bytes (or quotes them, for read(2) and write(2)) stands `<N bytes of netlink>`, N being
    /// those of this buffer that were sent or received; the bytes are in `netlink`. A buffer that was not reached or
    /// cannot be read is its address, as with strace. What is known only when a call returns is missing of one that
    /// did not.
    pub args: Vec<String>,
    /// What it returned.
    pub outcome: Outcome,
    /// The paths it was given, and those of the descriptors it was given, made absolute in the program's own view.
    pub paths: Vec<PathBuf>,
    /// The bytes that it wrote to a setting of the kernel's or a map of users or groups, whole; `args` shows the first 32.
    pub data: Option<Vec<u8>>,
    /// The datagrams that it sent or received, where it is a netlink socket's.
    pub netlink: Option<Netlink>,
}

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned this, which strace(1) writes so (`3`, `0x7f…`, `0x1 (flags FD_CLOEXEC)`).
    Returned(i64, String),
    /// It failed with this error number (positive). The kernel's own restarts (`ERESTARTSYS`, 512 and up) are among
    /// them, as strace(1) has it.
    Failed(i32),
    /// It did not return: it ended the thread, or the thread was killed in it. strace(1) writes `?`.
    Never,
}

/// Error numbers that the kernel has for itself, and what strace(1) says of those that restart a call. A program sees
/// none of these: the call is made again, or fails with `EINTR`.
pub(super) const RESTARTS: &[(i32, &str, &str)] = &[
    (512, "ERESTARTSYS", "To be restarted if SA_RESTART is set"),
    (513, "ERESTARTNOINTR", "To be restarted"),
    (514, "ERESTARTNOHAND", "To be restarted if no handler"),
    (516, "ERESTART_RESTARTBLOCK", "Interrupted by signal"),
];

/// Whether the kernel makes the call again, or says that it was interrupted, and the program never sees this number.
#[must_use]
pub(super) fn restarts(number: i32) -> bool {
    RESTARTS.iter().any(|(n, ..)| *n == number)
}

/// The datagrams of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Netlink {
    /// The socket's inode, which tells sockets apart whatever descriptors they have.
    pub socket: u64,
    /// Its `NETLINK_*` protocol.
    pub protocol: u16,
    /// Which way.
    pub direction: netlink_raw::transport::Direction,
    /// Whether the call only looked (`MSG_PEEK`): the same bytes come again.
    pub peeked: bool,
    /// The datagrams; several for sendmmsg(2) and recvmmsg(2).
    pub datagrams: Vec<Datagram>,
}

/// A datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// The bytes that went over the program's memory.
    pub bytes: Vec<u8>,
    /// Its whole length, where it was longer (`MSG_TRUNC`) or its bytes could not be read.
    pub len: usize,
}

/// What a call concerns, for `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// A netlink socket.
    Netlink,
    /// Namespaces: made, entered, their files opened, asked about; maps of users and groups.
    Namespace,
    /// Mounts, and the root directory.
    Mount,
    /// Processes: made, executed, ended.
    Process,
    /// Capabilities and what else prctl(2) sets.
    Capability,
    /// The network configured past netlink: ioctls, /proc/sys/net.
    Network,
    /// Files of the kernel's settings: the rest of /proc/sys.
    File,
}

impl Group {
    /// Each with the word it has in `--only`.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Netlink, "netlink"),
        (Self::Namespace, "namespace"),
        (Self::Mount, "mount"),
        (Self::Process, "process"),
        (Self::Capability, "capability"),
        (Self::Network, "network"),
        (Self::File, "file"),
    ];
}
