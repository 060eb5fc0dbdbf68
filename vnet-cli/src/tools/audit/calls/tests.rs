//! Calls of a made-up thread, against what strace 6.1 writes for the same.

mod sockets;

use super::super::event::{Call, Group, Outcome, Task};
use super::{CALLS, Entry, Pending, Socket, View, enter, traced};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A thread whose memory is what a test has put there.
#[derive(Default)]
pub(super) struct Fake {
    memory: BTreeMap<u64, Vec<u8>>,
    pub(super) fds: BTreeMap<i32, PathBuf>,
    pub(super) sockets: BTreeMap<i32, Socket>,
}

impl Fake {
    /// Puts bytes into memory, alone on pages of their own; says where.
    pub(super) fn put(&mut self, bytes: &[u8]) -> u64 {
        let last = self.memory.last_key_value();
        let at = last.map_or(0x10000, |(at, bytes)| {
            (at + bytes.len() as u64 + 0x2000) & !0xfff
        });
        self.memory.insert(at, bytes.to_vec());
        at
    }

    pub(super) fn string(&mut self, text: &str) -> u64 {
        self.put(&[text.as_bytes(), b"\0"].concat())
    }

    pub(super) fn words(&mut self, words: &[u64]) -> u64 {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        self.put(&bytes)
    }
}

impl View for Fake {
    fn task(&self) -> Task {
        Task { pid: 7, tid: 8 }
    }

    fn read(&self, at: u64, into: &mut [u8]) -> usize {
        let Some((from, bytes)) = self.memory.range(..=at).next_back() else {
            return 0;
        };
        let rest = bytes.get((at - from) as usize..).unwrap_or_default();
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        len
    }

    fn socket(&self, fd: i32) -> Option<Socket> {
        self.sockets.get(&fd).copied()
    }

    fn path(&self, fd: i32) -> Option<PathBuf> {
        self.fds.get(&fd).cloned()
    }

    fn cwd(&self) -> Option<PathBuf> {
        Some("/home/x".into())
    }

    fn in_proc(&self, path: &Path) -> Option<PathBuf> {
        (path == Path::new("/tmp/link")).then(|| "/proc/sys/net/ipv4/ip_forward".into())
    }

    fn is_namespace(&self, path: &Path) -> bool {
        path == Path::new("/tmp/bound")
    }
}

fn number(name: &str) -> u64 {
    CALLS
        .iter()
        .find(|known| known.name == name)
        .unwrap()
        .number
}

/// Enters a call.
pub(super) fn begin(fake: &Fake, name: &str, args: &[u64]) -> Option<Pending> {
    let mut all = [0; 6];
    all[..args.len()].copy_from_slice(args);
    let entry = Entry {
        time: Duration::from_secs(1),
        number: number(name),
        args: all,
    };
    enter(entry, fake)
}

/// Makes a call and returns it as strace(1) would write it.
pub(super) fn made(fake: &Fake, name: &str, args: &[u64], result: i64) -> Call {
    let pending = begin(fake, name, args).expect("of interest");
    pending
        .leave(Duration::from_secs(3), result, fake)
        .expect("of interest")
}

/// A call's name and arguments.
pub(super) fn line(fake: &Fake, name: &str, args: &[u64], result: i64) -> String {
    let call = made(fake, name, args, result);
    format!("{}({})", call.name, call.args.join(", "))
}

#[test]
fn numbers_are_told_apart() {
    let mut numbers: Vec<u64> = CALLS.iter().map(|known| known.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), CALLS.len());
    let frequent = ["write", "pwrite64", "writev"].map(number);
    assert!(
        traced()
            .iter()
            .all(|(number, _)| !frequent.contains(number))
    );
}

#[test]
fn a_call_of_no_interest_is_left_alone() {
    let mut fake = Fake::default();
    let path = fake.string("/etc/passwd");
    let entry = Entry {
        time: Duration::ZERO,
        number: libc::SYS_getpid as u64,
        args: [0; 6],
    };
    assert!(enter(entry, &fake).is_none());
    let huge = Entry {
        number: u64::MAX,
        ..entry
    };
    assert!(enter(huge, &fake).is_none());
    assert!(begin(&fake, "openat", &[-100i64 as u64, path, 0]).is_none());
    assert!(begin(&fake, "write", &[1, path, 4]).is_none());
}

#[test]
fn processes() {
    let mut fake = Fake::default();
    let parent = fake.put(&99u32.to_ne_bytes());
    assert_eq!(
        line(&fake, "clone", &[0x120_0011, 0, 0, 0x30, 0], 5),
        if cfg!(target_arch = "x86_64") {
            "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x30)"
        } else {
            "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=NULL)"
        }
    );
    assert_eq!(
        line(&fake, "clone", &[0x4010_0011, 0, parent, 0, 0], 5),
        "clone(child_stack=NULL, flags=CLONE_PARENT_SETTID|CLONE_NEWNET|SIGCHLD, parent_tid=[99])"
    );
    assert_eq!(
        made(&fake, "clone", &[0x4000_0011], 5).group,
        Group::Namespace
    );
    assert_eq!(made(&fake, "clone", &[0x11], 5).group, Group::Process);
    let args = fake.words(&[
        0x100 | 0x10_0000,
        0,
        0,
        parent,
        17,
        0x40,
        0x20,
        0,
        0,
        0,
        0,
        7,
    ]);
    assert_eq!(
        line(&fake, "clone3", &[args, 88], 99),
        "clone3({flags=CLONE_VM|CLONE_PARENT_SETTID, parent_tid=0x11000, exit_signal=SIGCHLD, stack=0x40, \
         stack_size=0x20} => {parent_tid=[99]}, 88)"
            .replace("0x11000", &format!("{parent:#x}"))
    );
    assert!(line(&fake, "clone3", &[args, 96], -7).ends_with(
        "stack_size=0x20, /* bytes 88..95 */ \"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"}, 96)"
    ));
    assert_eq!(line(&fake, "clone3", &[0x10, 88], -14), "clone3(0x10, 88)");
    let never = begin(&fake, "exit_group", &[0xff_ffff_ffff]).unwrap();
    let never = never.never(Duration::from_secs(2));
    assert_eq!(never.args, ["-1"]);
    assert_eq!(never.outcome, Outcome::Never);
    assert_eq!(never.duration, Duration::from_secs(1));
}

#[test]
fn what_is_executed() {
    let mut fake = Fake::default();
    let path = fake.string("/bin/../bin/./sh");
    let word = fake.string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let odd = fake.string("\"x\\\n\u{1}0\u{1}8");
    let words = fake.words(&[word, odd, 0x10, 0]);
    let one = fake.words(&[word, 0]);
    let call = made(&fake, "execve", &[path, words, one], 0);
    let shown = r#"["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"..., "\"x\\\n\0010\18", 0x10]"#;
    let variables = format!("{one:#x} /* 1 var */");
    assert_eq!(call.args, ["\"/bin/../bin/./sh\"", shown, &variables]);
    assert_eq!(call.paths, [Path::new("/bin/sh")]);
    let many = fake.words(&[word; 40]);
    let call = made(&fake, "execve", &[path, many, 0x10], -14);
    assert!(call.args[1].ends_with(", ...]"));
    assert_eq!(call.args[1].matches("aaa\"").count(), 32);
    assert_eq!(call.args[2], "0x10");
    assert_eq!(call.outcome, Outcome::Failed(14));
}

#[test]
fn mounts() {
    let mut fake = Fake::default();
    let none = fake.string("none");
    let at = fake.string("mnt");
    assert_eq!(
        line(&fake, "mount", &[none, at, 0, 0x4_4000, 0], 0),
        "mount(\"none\", \"mnt\", NULL, MS_REC|MS_PRIVATE, NULL)"
    );
    let data = fake.string("size=100M,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let call = made(&fake, "mount", &[none, at, none, 0xc0ed_0005, data], -2);
    assert_eq!(
        call.args[3..],
        [
            "MS_MGC_VAL|MS_RDONLY|MS_NODEV",
            "\"size=100M,aaaaaaaaaaaaaaaaaaaaaa\"..."
        ]
    );
    assert_eq!(call.paths, [Path::new("/home/x/mnt")]);
    let attributes = fake.words(&[1, 0x10, 0x40000, 5]);
    assert_eq!(
        line(
            &fake,
            "mount_setattr",
            &[-100i64 as u64, at, 0x9000, attributes, 32],
            0
        ),
        "mount_setattr(AT_FDCWD, \"mnt\", AT_EMPTY_PATH|AT_RECURSIVE, {attr_set=MOUNT_ATTR_RDONLY, \
         attr_clr=MOUNT_ATTR_NOATIME, propagation=MS_PRIVATE, userns_fd=5}, 32)"
    );
}

#[test]
fn files_of_interest() {
    let mut fake = Fake::default();
    for (path, group) in [
        ("/proc/self/ns/net", Group::Namespace),
        ("/proc/12/task/13/ns/user", Group::Namespace),
        ("/run/netns/blue", Group::Namespace),
        ("/tmp/bound", Group::Namespace),
        ("/tmp/link", Group::Network),
        ("/proc/self/uid_map", Group::Namespace),
        ("/proc/thread-self/setgroups", Group::Namespace),
        ("/proc/sys/net/ipv4/ip_forward", Group::Network),
        ("/proc/sys/kernel/hostname", Group::File),
        ("/dev/net/tun", Group::Network),
    ] {
        let at = fake.string(path);
        let pending = begin(&fake, "openat", &[-100i64 as u64, at, 2]).expect(path);
        let call = pending.leave(Duration::ZERO, 3, &fake).unwrap();
        assert_eq!(call.group, group, "{path}");
        assert_eq!(call.paths, [Path::new(path)]);
        assert_eq!(call.args, ["AT_FDCWD", &format!("\"{path}\""), "O_RDWR"]);
        assert_eq!(call.outcome, Outcome::Returned(3, "3".into()));
    }
    for path in [
        "/proc/self/ns/",
        "/proc/self/status",
        "/run/netns",
        "/run/netns/",
        "/proc/1/uid_map/x",
        "/x",
    ] {
        let at = fake.string(path);
        assert!(
            begin(&fake, "openat", &[-100i64 as u64, at, 2]).is_none(),
            "{path}"
        );
    }
    fake.fds.insert(5, "/proc".into());
    let at = fake.string("7/uid_map");
    let call = made(&fake, "openat", &[5, at, 0o101, 0], -13);
    assert_eq!(call.args, ["5", "\"7/uid_map\"", "O_WRONLY|O_CREAT", "000"]);
    assert_eq!(call.paths, [Path::new("/proc/7/uid_map")]);
}

#[test]
fn the_bytes_written_are_kept_whole() {
    let mut fake = Fake::default();
    fake.fds.insert(5, "/proc/7/uid_map".into());
    let map = "0 1000 1\n1 100000 65536\n70000 1 1\n";
    let at = fake.put(map.as_bytes());
    let call = made(&fake, "write", &[5, at, map.len() as u64], 34);
    assert_eq!(
        call.args,
        ["5", r#""0 1000 1\n1 100000 65536\n70000 1 "..."#, "34"]
    );
    assert_eq!(call.data.unwrap(), map.as_bytes());
    let parts = fake.words(&[at, 4, at + 4, 5]);
    let call = made(&fake, "writev", &[5, parts, 2], 9);
    assert_eq!(
        call.args[1],
        "[{iov_base=\"0 10\", iov_len=4}, {iov_base=\"00 1\\n\", iov_len=5}]"
    );
    assert_eq!(call.data.unwrap(), b"0 1000 1\n");
    let call = made(&fake, "write", &[5, 0x10, u64::MAX], -14);
    assert_eq!(call.args[1], "0x10");
    assert_eq!(call.data.unwrap(), b"");
}
