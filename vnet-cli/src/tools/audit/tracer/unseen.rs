//! Calls that lead out of sight: what they bring is not reported, and that is said.

use crate::tools::audit::calls::{Entry, View, When};

/// Those of them that are stopped at for nothing else.
pub(super) const CALLS: [(u64, When); 1] = [(libc::SYS_io_uring_setup as u64, When::Always)];

/// What will not be seen for this call, where it is such a one.
pub(super) fn by(entry: &Entry, view: &dyn View) -> Option<String> {
    let pid = view.task().pid;
    if entry.is(libc::SYS_io_uring_setup) {
        return Some(format!(
            "process {pid} makes an io_uring(7): what it submits there makes no calls, and is not reported"
        ));
    }
    let flags = clone_flags(entry, view)?;
    (flags & libc::CLONE_UNTRACED as u64 != 0).then(|| {
        format!(
            "process {pid} asks for a child that is not traced (CLONE_UNTRACED): nothing of it is reported, and calls \
             that would be fail in it with ENOSYS"
        )
    })
}

/// The flags of a clone(2) or clone3(2).
fn clone_flags(entry: &Entry, view: &dyn View) -> Option<u64> {
    let [first, second, ..] = entry.args;
    if entry.is(libc::SYS_clone) {
        // s390 has the stack first.
        return Some(if cfg!(target_arch = "s390x") {
            second
        } else {
            first
        });
    }
    let mut flags = [0; 8];
    // `struct clone_args` starts with them.
    let read = entry.is(libc::SYS_clone3) && view.read(first, &mut flags) == flags.len();
    read.then(|| u64::from_ne_bytes(flags))
}

#[cfg(test)]
mod tests {
    use super::super::view::{Known, Stopped};
    use super::*;
    use crate::tools::audit::event::Task;
    use std::time::Duration;

    fn said(number: libc::c_long, first: u64) -> Option<String> {
        let pid = std::process::id() as i32;
        let entry = Entry {
            time: Duration::ZERO,
            number: number as u64,
            args: [first; 6],
        };
        let view = Stopped {
            task: Task { pid, tid: pid },
            known: &Known::new(),
        };
        by(&entry, &view)
    }

    #[test]
    fn what_leads_out_of_sight() {
        assert!(
            said(libc::SYS_io_uring_setup, 8)
                .unwrap()
                .contains("io_uring")
        );
        let untraced = libc::CLONE_UNTRACED as u64;
        assert!(
            said(libc::SYS_clone, untraced)
                .unwrap()
                .contains("CLONE_UNTRACED")
        );
        let flags = [untraced, 0];
        assert!(said(libc::SYS_clone3, flags.as_ptr() as u64).is_some());
        assert_eq!(said(libc::SYS_clone, libc::CLONE_NEWNET as u64), None);
        assert_eq!(said(libc::SYS_clone3, 0), None, "unreadable");
        assert_eq!(said(libc::SYS_getpid, untraced), None);
    }
}
