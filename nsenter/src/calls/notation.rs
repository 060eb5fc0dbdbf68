//! Calls as strace(1) writes them.

use std::fmt::{self, Display, Formatter, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use libc::c_ulong;

use super::{Call, create_flags, dir_flags};
use nix::fcntl::OFlag;
use nix::mount::{MntFlags, MsFlags};
use nix::sched::CloneFlags;

impl Display for Call<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name(), self.args().join(", "))
    }
}

impl Call<'_> {
    /// The call's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mkdir(..) => "mkdir",
            Self::Rmdir(..) => "rmdir",
            Self::Create(..) | Self::OpenDir(..) => "openat",
            Self::Unlink(..) => "unlink",
            Self::Flock(..) => "flock",
            Self::Mount(..) => "mount",
            Self::MoveMount(..) => "move_mount",
            Self::Umount(..) => "umount2",
            Self::Unshare(..) => "unshare",
            Self::Setns(..) => "setns",
            Self::Execve(..) => "execve",
        }
    }

    /// Its arguments.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        let quoted = |path: &Path| Quoted(path.as_os_str().as_bytes()).to_string();
        let null = || "NULL".to_owned();
        match *self {
            Self::Mkdir(path, mode) => vec![quoted(path), format!("0{:o}", mode.bits())],
            Self::Rmdir(path) | Self::Unlink(path) => vec![quoted(path)],
            Self::Create(path) => vec![
                "AT_FDCWD".into(),
                quoted(path),
                Open(create_flags()).to_string(),
                "000".into(),
            ],
            Self::OpenDir(path) => vec![
                "AT_FDCWD".into(),
                quoted(path),
                Open(dir_flags()).to_string(),
            ],
            Self::Flock(fd, operation) => {
                let operation = match operation {
                    libc::LOCK_EX => "LOCK_EX",
                    libc::LOCK_UN => "LOCK_UN",
                    _ => "LOCK_SH",
                };
                vec![fd.as_raw_fd().to_string(), operation.into()]
            }
            Self::Mount(source, target, kind, flags) => vec![
                source.map_or_else(null, quoted),
                quoted(target),
                kind.map_or_else(null, |kind| quoted(Path::new(kind))),
                Bits(flags.bits(), MOUNT).to_string(),
                null(),
            ],
            Self::MoveMount(ns, target) => {
                // The descriptor of the tree is the lowest that is free, which can't be told.
                let flags = "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_EMPTY_PATH";
                let tree = format!("open_tree({}, \"\", {flags})", ns.as_raw_fd());
                let from = "\"\"".into();
                let how = "MOVE_MOUNT_F_EMPTY_PATH".into();
                vec![tree, from, "AT_FDCWD".into(), quoted(target), how]
            }
            Self::Umount(target, flags) => vec![
                quoted(target),
                Bits(flags.bits() as c_ulong, UMOUNT).to_string(),
            ],
            Self::Unshare(flags) => vec![clone(flags).to_string()],
            Self::Setns(fd, flags) => vec![fd.as_raw_fd().to_string(), clone(flags).to_string()],
            Self::Execve(path, words, variables) => {
                let words = words.iter().map(|w| Quoted(w.to_bytes()).to_string());
                let words: Vec<_> = words.collect();
                let words = format!("[{}]", words.join(", "));
                vec![quoted(path), words, format!("/* {variables} vars */")]
            }
        }
    }
}

/// A string as strace(1) writes it: between double quotes, with the escapes of C.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a [u8]);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for (i, &byte) in self.0.iter().enumerate() {
            match byte {
                b'"' | b'\\' => write!(f, "\\{}", byte as char)?,
                b'\n' => f.write_str("\\n")?,
                b'\t' => f.write_str("\\t")?,
                b'\r' => f.write_str("\\r")?,
                0x0b => f.write_str("\\v")?,
                0x0c => f.write_str("\\f")?,
                b' '..=b'~' => f.write_char(byte as char)?,
                // In three digits where an octal one follows, which would belong to it.
                _ if matches!(self.0.get(i + 1), Some(b'0'..=b'7')) => write!(f, "\\{byte:03o}")?,
                _ => write!(f, "\\{byte:o}")?,
            }
        }
        f.write_char('"')
    }
}

struct Open(OFlag);

impl Display for Open {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("O_RDONLY")?;
        for (flag, name) in [
            (OFlag::O_CREAT, "O_CREAT"),
            (OFlag::O_EXCL, "O_EXCL"),
            (OFlag::O_CLOEXEC, "O_CLOEXEC"),
            (OFlag::O_DIRECTORY, "O_DIRECTORY"),
        ] {
            if self.0.contains(flag) {
                write!(f, "|{name}")?;
            }
        }
        Ok(())
    }
}

type Named = [(c_ulong, &'static str)];

const MOUNT: &Named = &[
    (MsFlags::MS_RDONLY.bits(), "MS_RDONLY"),
    (MsFlags::MS_BIND.bits(), "MS_BIND"),
    (MsFlags::MS_REC.bits(), "MS_REC"),
    (MsFlags::MS_PRIVATE.bits(), "MS_PRIVATE"),
    (MsFlags::MS_SLAVE.bits(), "MS_SLAVE"),
    (MsFlags::MS_SHARED.bits(), "MS_SHARED"),
];

const UMOUNT: &Named = &[
    (MntFlags::MNT_DETACH.bits() as c_ulong, "MNT_DETACH"),
    (
        MntFlags::UMOUNT_NOFOLLOW.bits() as c_ulong,
        "UMOUNT_NOFOLLOW",
    ),
];

const CLONE: &Named = &[
    (CloneFlags::CLONE_FS.bits() as c_ulong, "CLONE_FS"),
    (CloneFlags::CLONE_NEWNS.bits() as c_ulong, "CLONE_NEWNS"),
    (
        CloneFlags::CLONE_NEWCGROUP.bits() as c_ulong,
        "CLONE_NEWCGROUP",
    ),
    (CloneFlags::CLONE_NEWUTS.bits() as c_ulong, "CLONE_NEWUTS"),
    (CloneFlags::CLONE_NEWIPC.bits() as c_ulong, "CLONE_NEWIPC"),
    (CloneFlags::CLONE_NEWUSER.bits() as c_ulong, "CLONE_NEWUSER"),
    (CloneFlags::CLONE_NEWPID.bits() as c_ulong, "CLONE_NEWPID"),
    (CloneFlags::CLONE_NEWNET.bits() as c_ulong, "CLONE_NEWNET"),
];

fn clone(flags: CloneFlags) -> Bits {
    Bits(flags.bits() as c_ulong, CLONE)
}

/// Bits by their names, and what has none as a number.
struct Bits(c_ulong, &'static Named);

impl Display for Bits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut bar = "";
        for (bit, name) in self.1.iter().filter(|(bit, _)| self.0 & bit != 0) {
            write!(f, "{bar}{name}")?;
            rest &= !bit;
            bar = "|";
        }
        match (rest, bar) {
            (0, "") => f.write_str("0"),
            (0, _) => Ok(()),
            (rest, bar) => write!(f, "{bar}{rest:#x}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::stat::Mode;
    use std::ffi::CString;
    use std::os::fd::AsFd;

    #[test]
    fn as_strace_has_them() {
        let file = std::fs::File::open("/").unwrap();
        let fd = file.as_raw_fd();
        let (dir, blue) = (Path::new("/run/netns"), Path::new("/run/netns/blue"));
        let words = [
            CString::new("echo").unwrap(),
            CString::new("a \"b\"").unwrap(),
        ];
        let shared = MsFlags::MS_SHARED | MsFlags::MS_REC;
        let detach = MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW;
        for (call, text) in [
            (
                Call::Mkdir(dir, Mode::from_bits_truncate(0o755)),
                "mkdir(\"/run/netns\", 0755)".to_owned(),
            ),
            (
                Call::Create(blue),
                "openat(AT_FDCWD, \"/run/netns/blue\", O_RDONLY|O_CREAT|O_EXCL|O_CLOEXEC, 000)"
                    .into(),
            ),
            (
                Call::OpenDir(dir),
                "openat(AT_FDCWD, \"/run/netns\", O_RDONLY|O_CLOEXEC|O_DIRECTORY)".into(),
            ),
            (
                Call::Mount(None, dir, None, shared),
                "mount(NULL, \"/run/netns\", NULL, MS_REC|MS_SHARED, NULL)".into(),
            ),
            (
                Call::Mount(
                    Some(Path::new("blue")),
                    Path::new("/sys"),
                    Some("sysfs"),
                    MsFlags::empty(),
                ),
                "mount(\"blue\", \"/sys\", \"sysfs\", 0, NULL)".into(),
            ),
            (
                Call::Umount(blue, detach),
                "umount2(\"/run/netns/blue\", MNT_DETACH|UMOUNT_NOFOLLOW)".into(),
            ),
            (
                Call::Unshare(CloneFlags::CLONE_NEWNET),
                "unshare(CLONE_NEWNET)".into(),
            ),
            (
                Call::Setns(file.as_fd(), CloneFlags::CLONE_NEWNET),
                format!("setns({fd}, CLONE_NEWNET)"),
            ),
            (
                Call::Flock(file.as_fd(), libc::LOCK_EX),
                format!("flock({fd}, LOCK_EX)"),
            ),
            (
                Call::Execve(Path::new("/bin/echo"), &words, 3),
                "execve(\"/bin/echo\", [\"echo\", \"a \\\"b\\\"\"], /* 3 vars */)".into(),
            ),
            (
                Call::Unlink(Path::new("/a\u{1}2\n\u{e9}")),
                "unlink(\"/a\\0012\\n\\303\\251\")".into(),
            ),
        ] {
            assert_eq!(call.to_string(), text);
        }
    }

    #[test]
    fn strings_as_strace_writes_them() {
        for (bytes, expected) in [
            (&b"q\x018"[..], r#""q\18""#),
            (b"q\x017", r#""q\0017""#),
            (b"q\x01x", r#""q\1x""#),
            (b"q\x01", r#""q\1""#),
            (b"\"\\\n\x0b\x7f\xff", r#""\"\\\n\v\177\377""#),
        ] {
            assert_eq!(Quoted(bytes).to_string(), expected);
        }
    }
}
