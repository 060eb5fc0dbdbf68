//! The one error of every command: what failed, why, which word it is about, what to try.

pub mod errno;
mod render;

use crate::applet::Program;
use std::ffi::OsString;
use std::fmt;

pub use render::{line as command_line, quoted};

/// Exit code of a wrong or incomplete command line, ip's `exit(-1)`.
pub const USAGE: u8 = 255;
/// Exit code of what was refused before the kernel was asked (an unknown
/// device, a malformed address).
pub const FAILED: u8 = 1;
/// Exit code of an error the kernel answered.
pub const KERNEL: u8 = 2;

/// Why a command did not do what its words asked for.
///
/// One value holds two wordings: vnet's own sentence, and the first line that
/// iproute2 prints in the same case, for scripts that match it.
#[derive(Debug)]
pub struct CmdError(Box<Kind>);

#[derive(Debug)]
enum Kind {
    /// Something to explain.
    Report(Report),
    /// A usage text that was asked for, or is the answer to having no words;
    /// the exit code.
    Usage(String, u8),
    /// Everything that had to be said has been said.
    Silent(u8),
}

#[derive(Debug)]
struct Report {
    what: String,
    kernel: Option<(i32, Option<String>)>,
    ip: Option<String>,
    at: Option<usize>,
    hint: Option<String>,
    code: u8,
}

/// How a command ends.
pub type Result<T = ()> = std::result::Result<T, CmdError>;

impl CmdError {
    /// An error in vnet's words: no `error:`, no full stop, ip's exit code of a
    /// wrong command line (255) until [`CmdError::code`] says otherwise. Bytes from
    /// outside go in through [`quoted`].
    pub fn new(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Report(Report {
            what: what.into(),
            kernel: None,
            ip: None,
            at: None,
            hint: None,
            code: USAGE,
        })))
    }

    /// The kernel's refusal: `what` could not be done (`cannot create link 'd0'`),
    /// `errno` is its positive error number, `extack` its own explanation.
    /// ip's line follows from these two, and its exit code is 2.
    pub fn kernel(what: impl Into<String>, errno: i32, extack: Option<&str>) -> Self {
        let extack = extack.filter(|s| !s.is_empty());
        let mut error = Self::new(what).code(KERNEL).ip(match extack {
            Some(s) if s.ends_with('.') => format!("Error: {s}"),
            Some(s) => format!("Error: {s}."),
            None => format!("RTNETLINK answers: {}", errno::text(errno)),
        });
        if let Kind::Report(r) = &mut *error.0 {
            r.kernel = Some((errno, extack.map(str::to_owned)));
            if errno == libc::EPERM {
                r.hint = Some("needs CAP_NET_ADMIN: be root, or in a user namespace".into());
            }
        }
        error
    }

    /// A failed request: the kernel's refusal as [`CmdError::kernel`] has it, or what else kept the
    /// answer from us (exit code 1).
    pub fn netlink(what: impl Into<String>, error: &netlink_raw::Error) -> Self {
        match error {
            netlink_raw::Error::Kernel(refusal) => {
                Self::kernel(what, refusal.errno, refusal.message.as_deref())
            }
            netlink_raw::Error::Io { source, .. } => Self::os(what, source),
            other => Self::new(format!("{}: {}", what.into(), reason(other))).code(FAILED),
        }
    }

    /// A dump that was refused or broke off: exit code 1, as iproute2's.
    pub fn dump(what: impl Into<String>, error: &netlink_raw::Error) -> Self {
        let mut failed = Self::netlink(what, error).code(FAILED);
        if let Kind::Report(r) = &mut *failed.0 {
            let line = r.ip.get_or_insert_with(|| reason(error));
            line.push_str("\nDump terminated");
        }
        failed
    }

    /// A failed system call that is not netlink's: why is its errno. ip's line is
    /// to be given with [`CmdError::ip`]; the exit code is 1.
    pub fn os(what: impl Into<String>, error: &std::io::Error) -> Self {
        let what = what.into();
        match error.raw_os_error() {
            Some(n) => {
                let mut e = Self::new(what).code(FAILED);
                if let Kind::Report(r) = &mut *e.0 {
                    r.kernel = Some((n, None));
                }
                e
            }
            None => Self::new(format!("{what}: {error}")).code(FAILED),
        }
    }

    /// A usage text: printed as it is to stderr, exit code 255, as ip's.
    pub fn usage(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Usage(text.into(), USAGE)))
    }

    /// Ends with `code` and says nothing (an executed command's code, a ping
    /// that nothing answered).
    pub fn silent(code: u8) -> Self {
        Self(Box::new(Kind::Silent(code)))
    }

    /// What iproute2 prints on stderr in this case: its first line, whole.
    #[must_use]
    pub fn ip(mut self, line: impl Into<String>) -> Self {
        if let Kind::Report(r) = &mut *self.0 {
            r.ip = Some(line.into());
        }
        self
    }

    /// The word at fault, by its index in the whole command line. One past the
    /// last word is the place where a word is missing; beyond that nothing is pointed at.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        if let Kind::Report(r) = &mut *self.0 {
            r.at = Some(index);
        }
        self
    }

    /// What to try: one line, no `hint:`.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Kind::Report(r) = &mut *self.0 {
            r.hint = Some(hint.into());
        }
        self
    }

    /// The exit code.
    #[must_use]
    pub fn code(mut self, code: u8) -> Self {
        match &mut *self.0 {
            Kind::Report(Report { code: own, .. }) | Kind::Usage(_, own) | Kind::Silent(own) => {
                *own = code;
            }
        }
        self
    }

    /// The exit code of the process that ends with this error.
    pub fn exit_code(&self) -> u8 {
        match &*self.0 {
            Kind::Report(Report { code, .. }) | Kind::Usage(_, code) | Kind::Silent(code) => *code,
        }
    }

    /// The kernel's error number, where one is the reason.
    pub fn errno(&self) -> Option<i32> {
        match &*self.0 {
            Kind::Report(r) => r.kernel.as_ref().map(|k| k.0),
            _ => None,
        }
    }

    /// The text for stderr, newline included; `words` is the whole command line,
    /// the program's name first. Empty when there is nothing to say.
    pub fn render(&self, program: Program, words: &[OsString]) -> Vec<u8> {
        let r = match &*self.0 {
            Kind::Silent(_) => return Vec::new(),
            Kind::Usage(text, _) => {
                let mut text = text.clone();
                if !text.ends_with('\n') {
                    text.push('\n');
                }
                return text.into_bytes();
            }
            Kind::Report(r) => r,
        };
        let mut text = match &r.ip {
            Some(ip) if program.stands_in() => ip.clone(),
            _ => format!("error: {self}"),
        };
        text.push('\n');
        // A place beyond the line is none: the word is not the line's, a name of a directory say.
        if let Some(at) = r.at.filter(|&at| at <= words.len() && !words.is_empty()) {
            render::pointed(&mut text, words, at);
        }
        if let Some(hint) = &r.hint {
            text.push_str("hint: ");
            text.push_str(hint);
            text.push('\n');
        }
        text.into_bytes()
    }
}

/// The first line in vnet's words, without `error:`.
impl fmt::Display for CmdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let r = match &*self.0 {
            Kind::Report(r) => r,
            Kind::Usage(text, _) => return f.write_str(text),
            Kind::Silent(code) => return write!(f, "exit code {code}"),
        };
        f.write_str(&r.what)?;
        let Some((n, extack)) = &r.kernel else {
            return Ok(());
        };
        let text = match extack {
            Some(s) => std::borrow::Cow::Owned(render::printable(s.as_bytes())),
            None => errno::text(*n),
        };
        match errno::name(*n) {
            Some(name) => write!(f, " ({name}: {text})"),
            None => write!(f, " (error {n}: {text})"),
        }
    }
}

impl std::error::Error for CmdError {}

/// Writes to stderr, where a failure can be reported to nobody.
pub fn stderr(text: &[u8]) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text);
}

#[cfg(test)]
mod tests;

/// Why a request failed, in the words of strerror where an errno says it.
pub fn reason(error: &netlink_raw::Error) -> String {
    match error.errno() {
        Some(errno) => errno::text(errno).into_owned(),
        None => error.to_string(),
    }
}
