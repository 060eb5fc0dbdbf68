//! In a chroot(2) that is no mount point and holds nothing, not even `/proc`: `unshare -R DIR`.

use std::fs;
use std::path::Path;

use nix::unistd::{chdir, chroot};
use nsenter::{Errno, ExecOptions, NsHandle, NsKind, Sandbox, Store, prepare_exec, run_in};

use crate::support::{name, names, net, sandbox};

crate::cases!(
    names_come_and_go,
    what_fails_leaves_no_directory,
    a_sandbox_within,
    an_own_tree,
    a_command_in_a_namespace
);

/// Everything above stays within reach of the descriptor: the directory, as it is seen from outside.
fn empty_tree() -> fs::File {
    sandbox();
    fs::create_dir("/run/tree").unwrap();
    let outside = fs::File::open("/run").unwrap();
    chroot("/run/tree").unwrap();
    chdir("/").unwrap();
    assert!(!Path::new("/proc").exists());
    outside
}

fn listing() -> Vec<String> {
    let entries = fs::read_dir("/").unwrap();
    entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn names_come_and_go() {
    let _outside = empty_tree();
    let store = Store::new();
    let a = store.add(&name("a")).unwrap();
    assert_eq!(store.open(&name("a")).unwrap(), a);
    assert_ne!(net(), a);
    assert_eq!(run_in(&a, net).unwrap(), a);
    store.attach(&name("b"), &a).unwrap();
    assert_eq!(store.identify(&a).unwrap().len(), 2);
    assert!(net().is_current().unwrap() && !a.is_current().unwrap());
    let err = NsHandle::current(NsKind::Uts).unwrap_err();
    assert_eq!(err.errno(), Some(Errno::ENOENT));
    store.add_here(&name("c")).unwrap();
    assert_eq!(store.open(&name("c")).unwrap(), net());
    assert_eq!(names(&store), ["a", "b", "c"]);
    for gone in ["a", "b", "c"] {
        store.remove(&name(gone)).unwrap();
    }
    assert_eq!(names(&store), [""; 0]);
}

fn what_fails_leaves_no_directory() {
    let _outside = empty_tree();
    let none: [nsenter::Capability; 0] = [];
    Sandbox::new().keep_only(none).enter().unwrap();
    let err = Store::new().add(&name("a")).unwrap_err();
    assert_eq!(err.errno(), Some(Errno::EPERM), "{err}");
    assert_eq!(listing(), [""; 0]);
}

fn a_sandbox_within() {
    let _outside = empty_tree();
    fs::create_dir("/run").unwrap();
    fs::create_dir("/here").unwrap();
    chdir("/here").unwrap();
    let before = net();
    let sandbox = Sandbox::new().net().tmpfs("/run");
    sandbox.enter().unwrap();
    assert_ne!(net(), before);
    let here = std::env::current_dir().unwrap();
    assert_eq!(here, Path::new("/here"), "the directory it was in");
    assert_eq!(listing().len(), 2, "still in the chroot: {:?}", listing());
    let store = Store::new();
    store.add(&name("a")).unwrap();
    assert_eq!(names(&store), ["a"]);
}

fn an_own_tree() {
    let outside = empty_tree();
    fs::write("/file", "").unwrap();
    Sandbox::new().net().tmpfs("/").enter().unwrap();
    assert_eq!(listing(), [""; 0]);
    let store = Store::new();
    let a = store.add(&name("a")).unwrap();
    store.remove(&name("a")).unwrap();
    drop(a);
    assert_eq!(listing(), ["run"]);
    // In the tree that it left nothing was made.
    nix::unistd::fchdir(&outside).unwrap();
    assert!(Path::new("tree/file").exists() && !Path::new("tree/run").exists());
}

fn a_command_in_a_namespace() {
    let _outside = empty_tree();
    let store = Store::new();
    let a = store.add(&name("a")).unwrap();
    let failures = prepare_exec(&a, Some(&name("a")), &ExecOptions::default()).unwrap();
    assert_eq!((failures.len(), net()), (0, a));
    assert_eq!(listing(), ["run"]);
}
