//! Each system call of an operation is made to fail in turn; the state afterwards is the state before.

use std::path::Path;
use std::process::Command;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nsenter::{Errno, Error, Sandbox, Store, StoreStage};

use crate::support::{leave_out, mounts, name, names, sandbox};

crate::cases!(
    every_call_of_the_first_add_fails,
    every_call_of_a_later_add_fails,
    every_call_of_many_adds_fails,
    a_full_descriptor_table,
    no_more_namespaces,
    a_read_only_directory
);

/// The calls that an add makes, with an error of theirs, and the path they are about where strace would otherwise
/// count them with the first thread's.
const CALLS: &[(&str, &str, Option<&str>)] = &[
    ("?mkdir,?mkdirat", "EACCES", None),
    ("openat,?open", "EMFILE", Some(DIR)),
    ("openat,?open", "EMFILE", Some(FILE)),
    ("openat,?open", "EMFILE", Some(OWN_NET)),
    ("flock", "ENOLCK", None),
    ("mount", "ENOSPC", None),
    ("mount", "ENOSPC", Some(OWN_NET)),
    ("unshare", "ENOSPC", None),
    ("?fstat,?newfstatat,?statx,?stat", "ENOMEM", Some(DIR)),
    ("ioctl", "ENOMEM", None),
    ("clone3,?clone", "EAGAIN", None),
];

/// The throw-away thread's own namespace.
const OWN_NET: &str = "/proc/thread-self/ns/net";
/// The store's directory, and the first of the names to be added.
const DIR: &str = "/run/netns";
const FILE: &str = "/run/netns/new";

/// What the first of all adds says when its steps fail, whichever way it goes.
const FIRST: &[&str] = &[
    "cannot make the directory",
    "cannot open the directory",
    "cannot lock the directory",
    "cannot make a shared mount",
    "cannot bind on itself the directory",
    "cannot create the namespace file",
    "cannot bind the namespace over",
];

/// All there is to see of a store: its directory, its names, its mounts.
fn state(store: &Store) -> (bool, Vec<String>, Vec<(String, String)>) {
    let mounts = mounts(store.dir());
    // A mount's peer group gets a number when it is made, which says nothing.
    let shared = |(at, fields): (String, String)| {
        (at, fields.split(':').next().unwrap_or_default().to_owned())
    };
    (
        store.dir().exists(),
        names(store),
        mounts.into_iter().map(shared).collect(),
    )
}

/// Runs a helper again and again, with each of its calls failing once, checks that nothing is left of it, and returns
/// all that it said.
fn each_call_fails(store: &Store, words: &[&str], made: &[&str]) -> String {
    let before = state(store);
    // Not /proc/self, which is strace where the path is looked up.
    let helper = format!("/proc/{}/exe", std::process::id());
    let mut said = String::new();
    for (call, errno, path) in CALLS {
        for nth in 1..100 {
            let inject = format!("inject={call}:error={errno}:when={nth}");
            let mut strace = Command::new("strace");
            strace.args([
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-o",
                "/dev/null",
                "-e",
                &inject,
            ]);
            strace.args(path.map(|p| ["-P", p]).into_iter().flatten());
            let output = match strace.args([&helper, "--do"]).args(words).output() {
                Ok(output) => output,
                Err(_) => leave_out("no strace here"),
            };
            said.push_str(&String::from_utf8_lossy(&output.stdout));
            if !output.status.success() {
                assert_eq!(state(store), before, "{words:?} left something: {inject}");
                continue;
            }
            // It got through: the call is not made so often, or its failure is harmless.
            for name_made in made {
                store.remove(&name(name_made)).unwrap();
            }
            if let (false, ..) = before {
                // The directory and its mount stay after a success; away with them.
                nix::mount::umount(store.dir()).unwrap();
                std::fs::remove_dir(store.dir()).unwrap();
            }
            assert_eq!(state(store), before);
            break;
        }
    }
    said
}

fn assert_said(said: &str, phrases: &[&str]) {
    for phrase in phrases {
        assert!(said.contains(phrase), "never failed: {phrase}\n{said}");
    }
}

fn every_call_of_the_first_add_fails() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    for how in ["add", "add_here", "attach"] {
        let said = each_call_fails(&store, &[how, dir, "new"], &["new"]);
        assert_said(&said, FIRST);
        if how != "attach" {
            assert_said(&said, &["cannot create a network namespace for"]);
        }
        if how == "add" {
            assert_said(
                &said,
                &[
                    "cannot open the new network namespace",
                    "cannot start a thread",
                ],
            );
        }
    }
}

fn every_call_of_a_later_add_fails() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    store.add(&name("old")).unwrap();
    for how in ["add", "add_here", "attach"] {
        let said = each_call_fails(&store, &[how, dir, "new"], &["new"]);
        assert_said(
            &said,
            &[
                "cannot lock the directory",
                "cannot bind the namespace over",
            ],
        );
    }
}

fn every_call_of_many_adds_fails() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    let said = each_call_fails(
        &store,
        &["add_many", dir, "a", "b", "new"],
        &["a", "b", "new"],
    );
    assert_said(&said, FIRST);
    assert_said(
        &said,
        &[
            "cannot open the new network namespace",
            "cannot start a thread",
        ],
    );
}

/// Each open(2) in turn finds no descriptor.
fn a_full_descriptor_table() {
    let store = sandbox();
    let before = state(&store);
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    let mut failures = 0;
    for limit in 0.. {
        setrlimit(Resource::RLIMIT_NOFILE, limit, hard).unwrap();
        let done = store.add(&name("a"));
        setrlimit(Resource::RLIMIT_NOFILE, soft, hard).unwrap();
        match done {
            Ok(_) => break,
            Err(e) => assert_eq!(e.errno(), Some(Errno::EMFILE), "{e}"),
        }
        failures += 1;
        assert_eq!(state(&store), before);
    }
    assert!(failures >= 2, "{failures}");
    assert_eq!(names(&store), ["a"]);
}

/// A user namespace has limits of its own, so that this is nobody else's.
fn no_more_namespaces() {
    let inner = Sandbox::new()
        .with(nsenter::NsKind::User)
        .net()
        .tmpfs("/run");
    inner.enter().unwrap();
    let store = Store::new();
    let before = state(&store);
    std::fs::write("/proc/sys/user/max_net_namespaces", "0").unwrap();
    for done in [
        store.add(&name("a")).map(drop),
        store.add_here(&name("a")),
        store.add_many(&[name("a"), name("b")], 2).map(drop),
    ] {
        let err = done.unwrap_err();
        assert!(
            matches!(
                err,
                Error::Store {
                    stage: StoreStage::Unshare,
                    errno: Errno::ENOSPC,
                    ..
                }
            ),
            "{err}"
        );
        assert_eq!(state(&store), before);
    }
}

fn a_read_only_directory() {
    let store = sandbox();
    let flags = nix::mount::MsFlags::MS_REMOUNT | nix::mount::MsFlags::MS_RDONLY;
    let none: Option<&str> = None;
    nix::mount::mount(none, "/run", none, flags, none).unwrap();
    let before = state(&store);
    let err = store.add(&name("a")).unwrap_err();
    assert_eq!(
        err.to_string(),
        "cannot make the directory /run/netns: Read-only file system (EROFS)"
    );
    assert_eq!(state(&store), before);
    assert!(mounts(Path::new("/run/netns")).is_empty());
}
