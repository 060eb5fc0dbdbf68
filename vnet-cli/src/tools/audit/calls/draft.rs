//! A call as it is being written down: what is known of it so far.

use super::super::event::{Group, Netlink};
use super::{View, memory, text};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

/// `AT_FDCWD`: a path begins at the working directory.
pub(super) const AT_FDCWD: i32 = -100;

/// What is known of a call.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its arguments as the kernel got them.
    pub(super) args: [u64; 6],
    /// Those written down.
    pub(super) texts: Vec<String>,
    /// What it concerns.
    pub(super) group: Group,
    /// The paths it was given.
    pub(super) paths: Vec<PathBuf>,
    /// The bytes it wrote to a file of the kernel's.
    pub(super) data: Option<Vec<u8>>,
    /// The datagrams it carried.
    pub(super) netlink: Option<Netlink>,
    /// Its result, where that is not written as a plain number.
    pub(super) returned: Option<String>,
    /// A length or number that it was given and may change.
    pub(super) given: Option<u32>,
    /// How long the peer's address of each of its messages could be.
    pub(super) names: Vec<i32>,
    /// How long it was to wait.
    pub(super) timeout: String,
}

impl Draft {
    pub(super) fn new(args: [u64; 6], group: Group) -> Self {
        Self {
            args,
            texts: Vec::new(),
            group,
            paths: Vec::new(),
            data: None,
            netlink: None,
            returned: None,
            given: None,
            names: Vec::new(),
            timeout: String::new(),
        }
    }

    /// Writes an argument down.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    /// An argument as an `int`.
    pub(super) fn int(&self, at: usize) -> i32 {
        self.arg(at) as i32
    }

    /// An argument as an `unsigned int`.
    pub(super) fn uint(&self, at: usize) -> u64 {
        u64::from(self.arg(at) as u32)
    }

    /// An argument whole.
    pub(super) fn arg(&self, at: usize) -> u64 {
        self.args.get(at).copied().unwrap_or_default()
    }

    /// Writes an argument down as an `int`.
    pub(super) fn say_int(&mut self, at: usize) {
        self.say(self.int(at).to_string());
    }

    /// Writes an argument down as a number without sign.
    pub(super) fn say_size(&mut self, at: usize) {
        self.say(self.arg(at).to_string());
    }

    /// Writes an argument down as an address.
    pub(super) fn say_address(&mut self, at: usize) {
        self.say(text::address(self.arg(at)));
    }

    /// Writes an argument down that is a string's address.
    pub(super) fn say_string(&mut self, at: usize, view: &dyn View) {
        self.say(text::string(view, self.arg(at)));
    }

    /// Writes an argument down that is a descriptor, and notes the path behind it.
    pub(super) fn say_fd(&mut self, at: usize, view: &dyn View) {
        self.say_int(at);
        self.note_fd(self.int(at), view);
    }

    /// Writes an argument down that is a path's address, and notes the path.
    pub(super) fn say_path(&mut self, at: usize, view: &dyn View) {
        self.say(text::path(view, self.arg(at)));
        if let Some(path) = self.path(None, at, view) {
            self.paths.push(path);
        }
    }

    /// Writes two arguments down: a directory, and a path's address that may begin there.
    pub(super) fn say_path_at(&mut self, dir: usize, at: usize, view: &dyn View) {
        self.say(directory(self.int(dir)));
        self.say(text::path(view, self.arg(at)));
        if let Some(path) = self.path(Some(dir), at, view) {
            self.paths.push(path);
        }
    }

    /// The path that an argument points at, made absolute.
    pub(super) fn path(&self, dir: Option<usize>, at: usize, view: &dyn View) -> Option<PathBuf> {
        let dir = dir.map_or(AT_FDCWD, |dir| self.int(dir));
        Self::path_from(dir, self.arg(at), view)
    }

    /// The path at an address, made absolute from a directory's descriptor.
    pub(super) fn path_from(dir: i32, at: u64, view: &dyn View) -> Option<PathBuf> {
        let given = memory::string(view, at, 4095)?;
        let given = Path::new(OsStr::from_bytes(&given.bytes));
        if given.is_absolute() {
            return Some(tidy(given));
        }
        let begin = if dir == AT_FDCWD {
            view.cwd()?
        } else {
            view.path(dir)?
        };
        Some(tidy(&begin.join(given)))
    }

    /// Notes the path of a descriptor's file, where it has one.
    pub(super) fn note_fd(&mut self, fd: i32, view: &dyn View) {
        let path = view.path(fd).filter(|path| path.is_absolute());
        if let Some(path) = path {
            self.paths.push(path);
        }
    }
}

/// A directory's descriptor.
pub(super) fn directory(fd: i32) -> String {
    if fd == AT_FDCWD {
        "AT_FDCWD".to_owned()
    } else {
        fd.to_string()
    }
}

/// A path without the parts that say nothing; `..` is taken to undo what stands before it.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = out.pop(),
            other => out.push(other),
        }
    }
    out
}
