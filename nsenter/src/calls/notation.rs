//! Calls as strace(1) writes them.

use std::fmt::{self, Display, Formatter, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use libc::c_ulong;

use super::{Call, create_flags, dir_flags, number};
use nix::fcntl::OFlag;
use nix::mount::{MntFlags, MsFlags};
use nix::sched::CloneFlags;

impl Display for Call<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Call::Mkdir(path, mode) => write!(f, "mkdir({}, 0{:o})", Quoted::of(path), mode.bits()),
            Call::Rmdir(path) => write!(f, "rmdir({})", Quoted::of(path)),
            Call::Create(path) => {
                let flags = Open(create_flags());
                write!(f, "openat(AT_FDCWD, {}, {flags}, 000)", Quoted::of(path))
            }
            Call::OpenDir(path) => {
                let flags = Open(dir_flags());
                write!(f, "openat(AT_FDCWD, {}, {flags})", Quoted::of(path))
            }
            Call::Unlink(path) => write!(f, "unlink({})", Quoted::of(path)),
            Call::Flock(fd, operation) => {
                let operation = match operation {
                    libc::LOCK_EX => "LOCK_EX",
                    libc::LOCK_UN => "LOCK_UN",
                    _ => "LOCK_SH",
                };
                write!(f, "flock({}, {operation})", number(fd))
            }
            Call::Mount(source, target, kind, flags) => {
                f.write_str("mount(")?;
                match source {
                    Some(source) => write!(f, "{}", Quoted::of(source))?,
                    None => f.write_str("NULL")?,
                }
                write!(f, ", {}, ", Quoted::of(target))?;
                match kind {
                    Some(kind) => write!(f, "{}", Quoted(kind.as_bytes()))?,
                    None => f.write_str("NULL")?,
                }
                write!(f, ", {}, NULL)", Bits(flags.bits(), MOUNT))
            }
            Call::MoveMount(ns, target) => {
                // The descriptor of the tree is the lowest that is free, which can't be told.
                let open = "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_EMPTY_PATH";
                write!(
                    f,
                    "move_mount(open_tree({}, \"\", {open}), \"\", ",
                    number(ns)
                )?;
                let how = "MOVE_MOUNT_F_EMPTY_PATH";
                write!(f, "AT_FDCWD, {}, {how})", Quoted::of(target))
            }
            Call::Umount(target, flags) => {
                let bits = flags.bits() as c_ulong;
                write!(f, "umount2({}, {})", Quoted::of(target), Bits(bits, UMOUNT))
            }
            Call::Unshare(flags) => write!(f, "unshare({})", clone(flags)),
            Call::Setns(fd, flags) => write!(f, "setns({}, {})", number(fd), clone(flags)),
            Call::Execve(path, words, variables) => {
                write!(f, "execve({}, [", Quoted::of(path))?;
                for (i, word) in words.iter().enumerate() {
                    let comma = if i > 0 { ", " } else { "" };
                    write!(f, "{comma}{}", Quoted(word.to_bytes()))?;
                }
                write!(f, "], /* {variables} vars */)")
            }
        }
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
}

/// A string of C's.
struct Quoted<'a>(&'a [u8]);

impl<'a> Quoted<'a> {
    fn of(path: &'a Path) -> Self {
        Self(path.as_os_str().as_bytes())
    }
}

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
                // In three digits where a digit follows, which would belong to it.
                _ if self.0.get(i + 1).is_some_and(u8::is_ascii_digit) => {
                    write!(f, "\\{byte:03o}")?
                }
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
            (OFlag::O_DIRECTORY, "O_DIRECTORY"),
            (OFlag::O_CLOEXEC, "O_CLOEXEC"),
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
        let fd = number(file.as_fd());
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
                "openat(AT_FDCWD, \"/run/netns\", O_RDONLY|O_DIRECTORY|O_CLOEXEC)".into(),
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
}
