//! Files: those of namespaces and those through which the kernel is set.

use super::super::event::Group;
use super::draft::{Draft, directory};
use super::flags::flags;
use super::memory::{self, Fields};
use super::process::past;
use super::text::{self, address};
use super::{View, names};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

/// The most bytes of one write that are kept; the kernel takes no more than a page by these files.
const KEPT: usize = 1 << 16;
const O_TMPFILE: u64 = 0o20000000 | libc::O_DIRECTORY as u64;
const O_CREAT: u64 = 0o100;

/// What a file is to an audit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A namespace.
    Namespace,
    /// Which ids a user namespace maps to which, and whether its groups can be set.
    Map,
    /// A setting of the kernel's, of the network or another.
    Setting(Group),
    /// Where tap and tun devices are made.
    Tun,
}

impl Kind {
    /// What a path leads to, by its name.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let path = path.as_os_str().as_bytes();
        if let Some(rest) = path.strip_prefix(b"/proc/") {
            return of_proc(rest);
        }
        let names = [&b"/run/netns/"[..], b"/var/run/netns/"];
        if names
            .iter()
            .any(|dir| path.strip_prefix(*dir).is_some_and(|name| !name.is_empty()))
        {
            return Some(Self::Namespace);
        }
        (path == b"/dev/net/tun").then_some(Self::Tun)
    }

    fn group(self) -> Group {
        match self {
            Self::Namespace | Self::Map => Group::Namespace,
            Self::Setting(group) => group,
            Self::Tun => Group::Network,
        }
    }

    /// Whether the bytes written to it are reported.
    fn takes_bytes(self) -> bool {
        matches!(self, Self::Map | Self::Setting(_))
    }
}

/// Whether the bytes written to the file of this path are reported.
pub(in crate::tools::audit) fn takes_bytes(path: &Path) -> bool {
    Kind::of(path).is_some_and(Kind::takes_bytes)
}

fn of_proc(path: &[u8]) -> Option<Kind> {
    let mut parts = path.split(|&byte| byte == b'/');
    let first = parts.next()?;
    if first == b"sys" {
        let network = parts.next() == Some(b"net");
        return Some(Kind::Setting(if network {
            Group::Network
        } else {
            Group::File
        }));
    }
    match parts.next()? {
        b"task" => {
            parts.next()?;
            of_task(parts.next()?, parts.next())
        }
        name => of_task(name, parts.next()),
    }
}

/// By the names under a process's or a thread's own directory.
fn of_task(name: &[u8], next: Option<&[u8]>) -> Option<Kind> {
    match (name, next) {
        (b"ns", Some(kind)) if !kind.is_empty() => Some(Kind::Namespace),
        (b"uid_map" | b"gid_map" | b"setgroups" | b"projid_map", None) => Some(Kind::Map),
        _ => None,
    }
}

/// Takes a path that is about to be opened; whether it is of interest.
fn opens(d: &mut Draft, dir: Option<usize>, at: usize, view: &dyn View) -> bool {
    let Some(path) = d.path(dir, at, view) else {
        return false;
    };
    let plain =
        path.starts_with("/proc") && path.components().all(|part| part != Component::ParentDir);
    let kind = Kind::of(&path)
        .or_else(|| view.is_namespace(&path).then_some(Kind::Namespace))
        .or_else(|| {
            (!plain)
                .then(|| view.in_proc(&path))?
                .and_then(|path| Kind::of(&path))
        });
    let Some(kind) = kind else {
        return false;
    };
    d.group = kind.group();
    d.paths.push(path);
    true
}

/// The flags of an opening: how it is read or written, then the others.
fn open_flags(given: u64) -> String {
    let access = ["O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"];
    let access = access
        .get((given & 3) as usize)
        .copied()
        .unwrap_or_default();
    match given & !3 {
        0 => access.to_owned(),
        rest => match flags(names::OPEN, rest, "") {
            bare if bare.ends_with(" /*  */") => format!("{access}|{rest:#x}"),
            named => format!("{access}|{named}"),
        },
    }
}

fn has_mode(given: u64) -> bool {
    given & O_CREAT != 0 || given & O_TMPFILE == O_TMPFILE
}

#[cfg(not(any(
    target_arch = "aarch64",
    target_arch = "loongarch64",
    target_arch = "riscv32",
    target_arch = "riscv64"
)))]
pub(super) fn open(d: &mut Draft, view: &dyn View) -> bool {
    if !opens(d, None, 0, view) {
        return false;
    }
    d.say(text::path(view, d.arg(0)));
    opened(d, 1)
}

pub(super) fn openat(d: &mut Draft, view: &dyn View) -> bool {
    if !opens(d, Some(0), 1, view) {
        return false;
    }
    d.say(directory(d.int(0)));
    d.say(text::path(view, d.arg(1)));
    opened(d, 2)
}

/// The flags, and the mode where a file may be made.
fn opened(d: &mut Draft, at: usize) -> bool {
    let given = d.uint(at);
    d.say(open_flags(given));
    if has_mode(given) {
        d.say(text::mode(d.arg(at + 1) & 0xffff));
    }
    true
}

#[cfg(not(any(
    target_arch = "aarch64",
    target_arch = "loongarch64",
    target_arch = "riscv32",
    target_arch = "riscv64"
)))]
pub(super) fn creat(d: &mut Draft, view: &dyn View) -> bool {
    if !opens(d, None, 0, view) {
        return false;
    }
    d.say(text::path(view, d.arg(0)));
    d.say(text::mode(d.arg(1) & 0xffff));
    true
}

pub(super) fn openat2(d: &mut Draft, view: &dyn View) -> bool {
    /// `struct open_how`.
    const KNOWN: u64 = 24;
    if !opens(d, Some(0), 1, view) {
        return false;
    }
    d.say(directory(d.int(0)));
    d.say(text::path(view, d.arg(1)));
    let (at, size) = (d.arg(2), d.arg(3));
    let read = if size < KNOWN {
        None
    } else {
        memory::bytes(view, at, KNOWN as usize)
    };
    match read {
        None => d.say(address(at)),
        Some(bytes) => {
            let how = Fields(&bytes);
            let (given, mode) = (how.u64(0), how.u64(8));
            let mode = if has_mode(given) || mode != 0 {
                format!("mode={}, ", text::mode(mode))
            } else {
                String::new()
            };
            d.say(format!(
                "{{flags={}, {mode}resolve={}{}}}",
                open_flags(given),
                flags(names::RESOLVE, how.u64(16), "RESOLVE_???"),
                past(view, at, KNOWN, size)
            ));
        }
    }
    d.say(size.to_string());
    true
}

/// Whether a descriptor is of a file whose bytes are reported; takes the file's group and path.
fn watched(d: &mut Draft, view: &dyn View) -> bool {
    let Some(path) = view.path(d.int(0)) else {
        return false;
    };
    let kind = Kind::of(&path).filter(|kind| kind.takes_bytes());
    let Some(kind) = kind else {
        return false;
    };
    d.group = kind.group();
    d.paths.push(path);
    true
}

/// write(2) and pwrite64(2) to such a file.
pub(super) fn write(d: &mut Draft, view: &dyn View) -> bool {
    if !watched(d, view) {
        return false;
    }
    let (at, len) = (d.arg(1), d.arg(2));
    d.say_int(0);
    d.say(text::buffer(view, at, len));
    d.say(len.to_string());
    let kept = usize::try_from(len).unwrap_or(KEPT).min(KEPT);
    d.data = Some(memory::readable(view, at, kept));
    true
}

/// writev(2) to such a file.
pub(super) fn writev(d: &mut Draft, view: &dyn View) -> bool {
    if !watched(d, view) {
        return false;
    }
    d.say_int(0);
    let parts = super::iov::read(view, d.arg(1), d.arg(2));
    let text = match &parts {
        None => address(d.arg(1)),
        Some(parts) => super::iov::write(parts, d.arg(1), d.arg(2), |part| {
            text::buffer(view, part.at, part.len)
        }),
    };
    d.say(text);
    d.say_size(2);
    let mut data = Vec::new();
    for part in parts.iter().flatten() {
        let len = usize::try_from(part.len)
            .unwrap_or(KEPT)
            .min(KEPT - data.len());
        data.extend(memory::readable(view, part.at, len));
    }
    d.data = Some(data);
    true
}
