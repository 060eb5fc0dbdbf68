//! Which of what happened a report tells: `--only`, `--failed`.

use crate::tools::audit::event::{Call, Event, Group, How, Outcome};

/// What a report tells. By default it is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    only: Option<Vec<Group>>,
    failed: bool,
}

impl Filter {
    /// What concerns these, or all; of that what failed, or all.
    #[must_use]
    pub fn new(only: Option<Vec<Group>>, failed: bool) -> Self {
        Self { only, failed }
    }

    /// Whether to tell it. `refused` says that the call brought a refusal of the kernel's, which over netlink is no
    /// failure of the call.
    pub fn passes(&self, event: &Event, refused: impl FnOnce(&Call) -> bool) -> bool {
        match event {
            Event::Call(call) => {
                self.has(call.group)
                    && (!self.failed || matches!(call.outcome, Outcome::Failed(_)) || refused(call))
            }
            Event::Ended(end) => match end.how {
                How::Signal(..) => true,
                How::Code(code) => self.has(Group::Process) && (!self.failed || code != 0),
                How::Replaced => self.has(Group::Process) && !self.failed,
            },
            Event::Signal { .. } => self.has(Group::Process) && !self.failed,
            Event::Note(_) | Event::Unseen(_) => true,
        }
    }

    fn has(&self, group: Group) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&group))
    }
}

/// Reads the list of `--only`.
///
/// # Errors
/// Of a word that is none: a sentence that names it, and those there are.
pub fn groups(list: &str) -> Result<Vec<Group>, String> {
    list.split(',').map(group).collect()
}

fn group(word: &str) -> Result<Group, String> {
    if let Some((group, _)) = Group::ALL.iter().find(|(_, name)| *name == word) {
        return Ok(*group);
    }
    let words: Vec<&str> = Group::ALL.iter().map(|(_, name)| *name).collect();
    let word = crate::error::quoted(word);
    Err(format!("{word} is none of {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(
            groups("netlink,mount"),
            Ok(vec![Group::Netlink, Group::Mount])
        );
        for (list, word) in [("mounts", "mounts"), ("", ""), ("netlink,", "")] {
            let error = groups(list).unwrap_err();
            assert_eq!(
                error,
                format!(
                    "'{word}' is none of netlink, namespace, mount, process, capability, network, file"
                )
            );
        }
    }

    #[test]
    fn what_passes() {
        let good = Event::Call(Box::new(samples::unshare(0)));
        let bad = Event::Call(Box::new(samples::unshare(libc::EPERM)));
        let all = Filter::default();
        let mounts = Filter::new(Some(vec![Group::Mount]), false);
        let spaces = Filter::new(Some(vec![Group::Mount, Group::Namespace]), false);
        let failed = Filter::new(None, true);
        for (filter, expected) in [
            (&all, [true, true]),
            (&mounts, [false, false]),
            (&spaces, [true, true]),
            (&failed, [false, true]),
        ] {
            assert_eq!([&good, &bad].map(|e| filter.passes(e, |_| false)), expected);
        }
        assert!(failed.passes(&good, |_| true));
        assert!(!mounts.passes(&good, |_| true));
        let killed = samples::ended(How::Signal(libc::SIGKILL, false));
        assert!(mounts.passes(&killed, |_| false) && failed.passes(&killed, |_| false));
        let left = samples::ended(How::Code(0));
        assert!(all.passes(&left, |_| false));
        assert!(!mounts.passes(&left, |_| false) && !failed.passes(&left, |_| false));
        let note = Event::Note("x".into());
        assert!(mounts.passes(&note, |_| false) && failed.passes(&note, |_| false));
    }
}
