//! Named namespaces: what is on disk, who is where, and what each error says.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use nsenter::{Errno, Error, NsHandle, NsKind, NsName, Store, StoreStage, pids_in, run_in};

use crate::support::{assert_tidy, mounts, name, names, net, open_fds, sandbox};

crate::cases!(
    a_name_comes_and_goes,
    adding_here_moves_and_adding_does_not,
    many_at_once_or_none,
    any_bytes_are_a_name,
    attach_gives_a_second_name,
    what_is_no_namespace,
    a_symlink_is_a_name_too,
    processes_are_found,
    no_descriptor_is_left_open,
    another_directory_is_another_store,
    a_namespace_lives_while_it_is_held,
    without_rights_nothing_happens
);

fn a_name_comes_and_goes() {
    let store = sandbox();
    assert!(names(&store).is_empty(), "no directory is no names");
    let blue = name("blue");
    let ns = store.add(&blue).unwrap();
    assert_ne!(ns, net());
    assert_eq!(store.open(&blue).unwrap(), ns);
    assert_eq!(names(&store), ["blue"]);
    assert_tidy(&store);
    let mode = fs::metadata(store.dir()).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o755);

    let twice = store.add(&blue).unwrap_err();
    assert!(
        matches!(
            twice,
            Error::Store {
                stage: StoreStage::CreateFile,
                errno: Errno::EEXIST,
                ..
            }
        ),
        "{twice}"
    );
    assert_eq!(
        twice.to_string(),
        "cannot create the namespace file /run/netns/blue: File exists (EEXIST)"
    );
    assert_eq!(
        store.open(&blue).unwrap(),
        ns,
        "the one there was not touched"
    );

    store.remove(&blue).unwrap();
    assert!(names(&store).is_empty());
    assert_tidy(&store);
    let gone = store.remove(&blue).unwrap_err();
    assert!(
        matches!(
            gone,
            Error::Store {
                stage: StoreStage::Unlink,
                errno: Errno::ENOENT,
                ..
            }
        ),
        "{gone}"
    );
    assert_eq!(store.remove_if_exists(&blue), Ok(false));
    assert_eq!(store.open(&blue).unwrap_err().errno(), Some(Errno::ENOENT));
}

fn adding_here_moves_and_adding_does_not() {
    let store = sandbox();
    let before = net();
    store.add(&name("a")).unwrap();
    assert_eq!(net(), before);
    store.add_here(&name("b")).unwrap();
    assert_eq!(net(), store.open(&name("b")).unwrap());
    assert_ne!(net(), before);
    assert_tidy(&store);
}

fn many_at_once_or_none() {
    let store = sandbox();
    let before = net();
    let all: Vec<NsName> = (0..25).map(|i| name(format!("n{i}"))).collect();
    assert!(store.add_many(&[], 4).unwrap().is_empty());
    for workers in [0, 1, 2, 7, 100] {
        let made = store.add_many(&all, workers).unwrap();
        assert_eq!(made.len(), all.len());
        for (ns, name) in made.iter().zip(&all) {
            assert_eq!(
                *ns,
                store.open(name).unwrap(),
                "handles come in the order of names"
            );
        }
        assert_tidy(&store);
        let gone_already = name("gone");
        assert!(
            store
                .remove_many(all.iter().chain([&gone_already]))
                .is_empty()
        );
        assert!(names(&store).is_empty());
    }
    let taken = store.add(&all[20]).unwrap();
    for workers in [1, 3] {
        let err = store.add_many(&all, workers).unwrap_err();
        assert_eq!(err.errno(), Some(Errno::EEXIST));
        assert_eq!(names(&store), ["n20"]);
        assert_eq!(store.open(&all[20]).unwrap(), taken);
    }
    assert_eq!(net(), before);
    assert_tidy(&store);
}

fn any_bytes_are_a_name() {
    let store = sandbox();
    for bytes in [&b"\xff\xfe"[..], b"a b", b"-x", b"...", &[b'x'; 255]] {
        let name = NsName::try_from(bytes).unwrap();
        let ns = store.add(&name).unwrap();
        let listed: Vec<_> = store.names().unwrap().map(Result::unwrap).collect();
        assert_eq!(listed, std::slice::from_ref(&name));
        assert_eq!(store.identify(&ns).unwrap(), std::slice::from_ref(&name));
        store.remove(&name).unwrap();
    }
    // Made by a program that takes it; listed and removed all the same.
    fs::write(store.dir().join(OsStr::from_bytes(b"tab\there")), "").unwrap();
    let listed: Vec<_> = store.names().unwrap().map(Result::unwrap).collect();
    assert_eq!(listed.len(), 1);
    store.remove(&listed[0]).unwrap();
    assert!(names(&store).is_empty());
}

fn attach_gives_a_second_name() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    store.attach(&name("b"), &a).unwrap();
    assert_eq!(store.open(&name("b")).unwrap(), a);
    store.attach_pid(&name("own"), std::process::id()).unwrap();
    assert_eq!(store.open(&name("own")).unwrap(), net());
    let mut both = store.identify(&a).unwrap();
    both.sort();
    assert_eq!(both, [name("a"), name("b")]);
    assert_eq!(store.identify(&net()).unwrap(), [name("own")]);
    assert_tidy(&store);

    let uts = NsHandle::current(NsKind::Uts).unwrap();
    let err = store.attach(&name("c"), &uts).unwrap_err();
    assert!(
        matches!(
            err,
            Error::WrongKind {
                found: NsKind::Uts,
                ..
            }
        ),
        "{err}"
    );
    let err = store.attach(&name("a"), &a).unwrap_err();
    assert_eq!(err.errno(), Some(Errno::EEXIST));
    let err = store.attach_pid(&name("c"), u32::MAX).unwrap_err();
    assert_eq!(err.errno(), Some(Errno::ENOENT));
    assert_eq!(names(&store), ["a", "b", "own"]);
}

fn what_is_no_namespace() {
    let store = sandbox();
    store.prepare().unwrap();
    fs::write(store.path(&name("file")), "").unwrap();
    let err = store.open(&name("file")).unwrap_err();
    assert!(matches!(err, Error::NotNamespace { .. }), "{err}");
    assert_eq!(err.to_string(), "/run/netns/file is not a namespace");
    store.remove(&name("file")).unwrap();

    fs::create_dir(store.path(&name("dir"))).unwrap();
    let err = store.open(&name("dir")).unwrap_err();
    assert!(matches!(err, Error::NotNamespace { .. }), "{err}");
    assert_eq!(
        store.remove(&name("dir")).unwrap_err().errno(),
        Some(Errno::EISDIR)
    );

    let fifo = store.path(&name("fifo"));
    nix::unistd::mkfifo(&fifo, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let err = store.open(&name("fifo")).unwrap_err();
    assert!(
        matches!(err, Error::NotNamespace { .. }),
        "a fifo must not hang: {err}"
    );
}

/// What people do to see a container's namespace: `ln -s /proc/PID/ns/net /run/netns/NAME`.
fn a_symlink_is_a_name_too() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    symlink("/proc/self/ns/net", store.path(&name("link"))).unwrap();
    symlink("/nowhere", store.path(&name("broken"))).unwrap();
    assert_eq!(store.open(&name("link")).unwrap(), net());
    assert_eq!(store.identify(&net()).unwrap(), [name("link")]);
    symlink("a", store.path(&name("alias"))).unwrap();
    assert_eq!(store.open(&name("alias")).unwrap(), a);
    for link in ["link", "broken", "alias"] {
        store.remove(&name(link)).unwrap();
    }
    assert_eq!(
        store.open(&name("a")).unwrap(),
        a,
        "a link's target is left alone"
    );
}

fn processes_are_found() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    assert!(pids_in(&a).unwrap().is_empty());
    let mut child = run_in(&a, || Command::new("sleep").arg("60").spawn())
        .unwrap()
        .unwrap();
    let found = pids_in(&a).unwrap();
    let own = pids_in(&net()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(found, [child.id()]);
    assert!(own.contains(&std::process::id()));
    assert!(!own.contains(&child.id()));
}

fn no_descriptor_is_left_open() {
    let store = sandbox();
    let round = || {
        let ns = store.add(&name("a")).unwrap();
        store.add(&name("a")).unwrap_err();
        store.attach(&name("b"), &ns).unwrap();
        store.identify(&ns).unwrap();
        run_in(&ns, net).unwrap();
        store.add_here(&name("c")).unwrap();
        store.add_many(&[name("d"), name("a")], 2).unwrap_err();
        drop(store.names().unwrap());
        let all = [name("a"), name("b"), name("c")];
        assert!(store.remove_many(&all).is_empty());
    };
    round();
    let before = open_fds();
    (0..20).for_each(|_| round());
    assert_eq!(open_fds(), before);
}

fn another_directory_is_another_store() {
    let run = sandbox();
    let store = Store::at("/run/elsewhere");
    store.add(&name("a")).unwrap();
    assert_tidy(&store);
    assert!(!run.dir().exists());
    let deep = Store::at("/run/no/parent/yet");
    deep.add(&name("a")).unwrap();
    assert_tidy(&deep);
    let file = Path::new("/run/file");
    fs::write(file, "").unwrap();
    let err = Store::at(file).add(&name("a")).unwrap_err();
    assert!(
        matches!(
            err,
            Error::Store {
                stage: StoreStage::OpenDir,
                ..
            }
        ),
        "{err}"
    );
    assert_eq!(err.errno(), Some(Errno::ENOTDIR));
    let err = Store::at("/run/file/below").add(&name("a")).unwrap_err();
    assert!(
        matches!(
            err,
            Error::Store {
                stage: StoreStage::MakeDir,
                ..
            }
        ),
        "{err}"
    );
    assert_eq!(err.errno(), Some(Errno::ENOTDIR));
    assert!(Store::at(file).names().is_err());
    assert_eq!(mounts(Path::new("/run/file")), []);
}

fn a_namespace_lives_while_it_is_held() {
    let store = sandbox();
    let ns = store.add(&name("a")).unwrap();
    store.remove(&name("a")).unwrap();
    let inside = run_in(&ns, net).unwrap();
    assert_eq!(inside, ns);
    store.attach(&name("again"), &ns).unwrap();
    assert_eq!(store.open(&name("again")).unwrap(), ns);
}

fn without_rights_nothing_happens() {
    let store = sandbox();
    store.add(&name("a")).unwrap();
    let none: [nsenter::Capability; 0] = [];
    nsenter::Sandbox::new().keep_only(none).enter().unwrap();
    // Root's files, no capabilities: the directory may be written, mounts may not be made.
    for err in [
        store.add(&name("b")).unwrap_err(),
        store.add_here(&name("b")).unwrap_err(),
        store.attach(&name("b"), &net()).unwrap_err(),
        store.remove(&name("a")).unwrap_err(),
        run_in(&store.open(&name("a")).unwrap(), || ()).unwrap_err(),
        Store::at("/run/new").add(&name("b")).unwrap_err(),
        Store::at("/run/deep/new").add(&name("b")).unwrap_err(),
    ] {
        assert_eq!(err.errno(), Some(Errno::EPERM), "{err}");
    }
    assert!(!Path::new("/run/new").exists() && !Path::new("/run/deep").exists());
    assert_eq!(names(&store), ["a"]);
    assert_tidy(&store);
}
