//! Events made by hand, for tests.

use crate::tools::audit::event::{Call, Ended, Event, Group, How, Outcome, Task};
use std::time::Duration;

pub(crate) const TIME: Duration = Duration::new(1_700_000_000, 42_000);
pub(crate) const TASK: Task = Task {
    pid: 4711,
    tid: 4711,
};

/// `unshare(CLONE_NEWNET)`, failed with this error number unless it is 0.
pub(crate) fn unshare(errno: i32) -> Call {
    Call {
        time: TIME,
        duration: Duration::from_micros(217),
        task: TASK,
        name: "unshare",
        group: Group::Namespace,
        args: vec!["CLONE_NEWNET".into()],
        outcome: match errno {
            0 => Outcome::Returned(0, "0".into()),
            errno => Outcome::Failed(errno),
        },
        paths: Vec::new(),
        netlink: None,
    }
}

/// A thread's end.
pub(crate) fn ended(how: How) -> Event {
    Event::Ended(Ended {
        time: TIME + Duration::from_millis(10),
        task: TASK,
        how,
    })
}
