//! What a call came to, in words.

use crate::error::errno;
use crate::tools::audit::event::{Outcome, RESTARTS};

/// Error numbers of `linux/errno.h` that leak to programs now and then.
const INTERNAL: &[(i32, &str)] = &[
    (515, "ENOIOCTLCMD"),
    (517, "EPROBE_DEFER"),
    (518, "EOPENSTALE"),
    (519, "ENOPARAM"),
    (521, "EBADHANDLE"),
    (522, "ENOTSYNC"),
    (523, "EBADCOOKIE"),
    (524, "ENOTSUPP"),
    (525, "ETOOSMALL"),
    (526, "ESERVERFAULT"),
    (527, "EBADTYPE"),
    (528, "EJUKEBOX"),
    (529, "EIOCBQUEUED"),
];

/// The name of an error number; a number that has none is its own.
#[must_use]
pub(in crate::tools::audit) fn name(number: i32) -> String {
    let restart = RESTARTS.iter().map(|(n, name, _)| (n, name));
    let mut own = restart.chain(INTERNAL.iter().map(|(n, name)| (n, name)));
    match errno::name(number) {
        Some(name) => name.to_owned(),
        None => own
            .find(|(n, _)| **n == number)
            .map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned()),
    }
}

/// What stands behind the `=`, as strace(1) writes it.
#[must_use]
pub(super) fn text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Returned(_, text) => text.clone(),
        Outcome::Failed(number) => match RESTARTS.iter().find(|(n, ..)| n == number) {
            Some((_, name, says)) => format!("? {name} ({says})"),
            None => format!("-1 {} ({})", name(*number), errno::text(*number)),
        },
        Outcome::Never => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_strace_writes_them() {
        for (outcome, expected) in [
            (Outcome::Returned(3, "3".into()), "3"),
            (
                Outcome::Failed(libc::EPERM),
                "-1 EPERM (Operation not permitted)",
            ),
            (
                Outcome::Failed(512),
                "? ERESTARTSYS (To be restarted if SA_RESTART is set)",
            ),
            (Outcome::Failed(524), "-1 ENOTSUPP (Unknown error 524)"),
            (Outcome::Failed(4000), "-1 4000 (Unknown error 4000)"),
            (Outcome::Never, "?"),
        ] {
            assert_eq!(text(&outcome), expected);
        }
    }
}
