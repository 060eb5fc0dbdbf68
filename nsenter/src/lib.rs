//! Linux namespaces by direct system calls.
//!
//! * [`NsKind`], [`NsKinds`]: which namespaces, and nothing else: a flag such as `CLONE_FILES` has no name here.
//! * [`NsName`]: a name a namespace may have in `/run/netns`.
//! * [`NsHandle`]: an open namespace, with its identity.
//! * [`Store`]: named network namespaces, on disk as iproute2 keeps them.
//! * [`Calls`]: who makes the system calls for a store, or a [`Rehearsal`] that only tells them.
//! * [`Fleet`]: named network namespaces by the thousand, made and removed together.
//! * [`run_in`]: a closure runs inside a namespace on a throw-away thread; the caller never moves.
//! * [`become_`], [`prepare_exec`]: the whole process moves, just before it executes another program.
//! * [`Spawn`]: a child process in new or existing namespaces, by `clone3`, watched by its pidfd.
//! * [`UserMap`]: uid and gid maps.
//! * [`Sandbox`]: the current process gets namespaces, mounts and capability bounds of its own.
//!
//! Nothing here knows of netlink: a handle goes to a netlink library as a [`BorrowedFd`](std::os::fd::BorrowedFd).
//!
//! ```
//! use nsenter::{NsHandle, NsKind};
//!
//! let here = NsHandle::current(NsKind::Net)?;
//! assert_eq!(here, NsHandle::from_pid(std::process::id(), NsKind::Net)?);
//! println!("{here}"); // net:[4026531833]
//! # Ok::<(), nsenter::Error>(())
//! ```

mod calls;
mod child;
mod enter;
mod error;
mod exec;
mod fleet;
mod handle;
mod kind;
mod name;
mod pids;
mod process;
mod root;
mod sandbox;
mod shared_dir;
mod spawn;
mod store;
mod sys;
mod userns;

pub use calls::{Call, Calls, Direct, Quoted, Rehearsal};
pub use caps::Capability;
pub use enter::{become_, become_by, run_in, run_in_all, run_in_by};
pub use error::{EnterStage, Error, Result, SandboxStage, SpawnStage, StoreStage, UserMapStage};
pub use exec::{BindFailure, ExecOptions, prepare_exec, prepare_exec_by};
pub use fleet::{Fleet, Made, NsFd, visit};
pub use handle::{NsHandle, NsId};
pub use kind::{NsKind, NsKinds};
pub use name::{NsName, NsNameError};
/// The kernel's error number, with its name (`Debug`) and text (`Display`).
pub use nix::errno::Errno;
pub use pids::pids_in;
pub use process::{Child, Exit};
pub use sandbox::{Entered, Hint, Sandbox};
pub use spawn::Spawn;
pub use store::{Names, Store};
pub use userns::{IdRange, Setgroups, UserMap};
