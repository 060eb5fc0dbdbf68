//! Which processes are in a namespace.

use std::fs;

use crate::error::{Error, Result, errno_of};
use crate::handle::{NsHandle, NsId};

/// The processes that are in namespace `ns`, in the order of `/proc`.
///
/// A process is counted by its main thread. Those whose `/proc/PID/ns` the caller may not read (ptrace(2) access) are
/// left out, as are those that end meanwhile.
///
/// ```
/// use nsenter::{NsHandle, NsKind, pids_in};
///
/// let here = NsHandle::current(NsKind::Net)?;
/// assert!(pids_in(&here)?.contains(&std::process::id()));
/// # Ok::<(), nsenter::Error>(())
/// ```
pub fn pids_in(ns: &NsHandle) -> Result<Vec<u32>> {
    let failed = |e: std::io::Error| Error::Proc {
        path: "/proc".into(),
        errno: errno_of(&e),
    };
    let mut pids = Vec::new();
    for entry in fs::read_dir("/proc").map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let Some(pid) = name.to_str().and_then(|s| s.parse::<u32>().ok()) else {
            continue;
        };
        let id = NsId::of_path(format!("/proc/{pid}/ns/{}", ns.kind()));
        if id.is_ok_and(|id| id == ns.id()) {
            pids.push(pid);
        }
    }
    Ok(pids)
}
