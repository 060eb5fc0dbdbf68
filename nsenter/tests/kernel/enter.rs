//! A closure inside, the caller outside.

use std::fs;
use std::net::UdpSocket;
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::mount::{MsFlags, mount};
use nsenter::{EnterStage, Errno, Error, NsHandle, NsKind, Spawn, become_, run_in, run_in_all};

use crate::support::{name, net, open_fds, sandbox};

crate::cases!(
    the_caller_stays_where_it_is,
    a_panic_goes_on_in_the_caller,
    a_socket_stays_with_its_namespace,
    a_mount_namespace_for_one_thread,
    several_namespaces_at_once,
    the_whole_process_moves,
    received_descriptors_are_checked
);

fn the_caller_stays_where_it_is() {
    let store = sandbox();
    let (a, b) = (
        store.add(&name("a")).unwrap(),
        store.add(&name("b")).unwrap(),
    );
    let (before, fds) = (net(), open_fds());
    let mut seen = Vec::new();
    let inner = run_in(&a, || {
        seen.push(net());
        // Inside it may be done again, and the thread of the outer closure does not move either.
        let deeper = run_in(&b, net).unwrap();
        seen.push(net());
        deeper
    });
    assert_eq!(inner.unwrap(), b);
    assert_eq!(seen, [a.try_clone().unwrap(), a]);
    drop(seen);
    assert_eq!(net(), before);
    drop((before, b));
    assert_eq!(open_fds(), fds - 3);
}

fn a_panic_goes_on_in_the_caller() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let (before, fds) = (net(), open_fds());
    std::panic::set_hook(Box::new(|_| {}));
    for _ in 0..10 {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            run_in(&a, || {
                let _held = net();
                std::panic::panic_any("out of cheese".to_owned())
            })
        }));
        let payload = caught.expect_err("the panic of the closure");
        assert_eq!(payload.downcast_ref::<String>().unwrap(), "out of cheese");
        assert_eq!(net(), before);
    }
    assert_eq!(open_fds(), fds);
    // And the next closure runs as if nothing had been.
    assert_eq!(run_in(&a, net).unwrap(), a);
}

fn a_socket_stays_with_its_namespace() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let theirs = run_in(&a, || UdpSocket::bind("0.0.0.0:0"))
        .unwrap()
        .unwrap();
    let port = theirs.local_addr().unwrap().port();
    // The port is free here and taken there.
    drop(UdpSocket::bind(("0.0.0.0", port)).unwrap());
    let taken = run_in(&a, || UdpSocket::bind(("0.0.0.0", port))).unwrap();
    assert_eq!(taken.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

/// A child with a mount namespace of its own, held by `sleep`.
fn own_mounts() -> nsenter::Child {
    Spawn::new()
        .new_ns(NsKind::Mnt)
        .kill_on_drop(true)
        .exec("sleep", ["60"])
        .unwrap()
}

fn a_mount_namespace_for_one_thread() {
    sandbox();
    let child = own_mounts();
    let mnt = NsHandle::from_pid(child.pid(), NsKind::Mnt).unwrap();
    let before = NsHandle::current(NsKind::Mnt).unwrap();
    let cwd = std::env::current_dir().unwrap();
    run_in(&mnt, || {
        let none: Option<&str> = None;
        mount(Some("tmpfs"), "/run", Some("tmpfs"), MsFlags::empty(), none).unwrap();
        fs::write("/run/inside", "").unwrap();
    })
    .unwrap();
    assert!(run_in(&mnt, || fs::exists("/run/inside").unwrap()).unwrap());
    assert!(!fs::exists("/run/inside").unwrap());
    assert!(before.is_current().unwrap());
    assert_eq!(std::env::current_dir().unwrap(), cwd);
}

fn several_namespaces_at_once() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let child = own_mounts();
    let mnt = NsHandle::from_pid(child.pid(), NsKind::Mnt).unwrap();
    let both = || (net(), NsHandle::current(NsKind::Mnt).unwrap());
    let (in_net, in_mnt) = run_in_all(&[&a, &mnt], both).unwrap();
    assert_eq!((&in_net, &in_mnt), (&a, &mnt));
    assert!(!a.is_current().unwrap() && !mnt.is_current().unwrap());
}

fn the_whole_process_moves() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let held = std::thread::scope(|scope| {
        let (end, wait) = std::sync::mpsc::channel::<()>();
        let other = scope.spawn(move || wait.recv());
        let refused = become_(&a);
        drop(end);
        let _ = other.join();
        refused
    });
    assert!(matches!(held, Err(Error::Multithreaded { .. })), "{held:?}");
    assert!(!a.is_current().unwrap());
    become_(&a).unwrap();
    assert!(a.is_current().unwrap());

    let none: [nsenter::Capability; 0] = [];
    nsenter::Sandbox::new().keep_only(none).enter().unwrap();
    let err = become_(&a).unwrap_err();
    assert!(
        matches!(
            err,
            Error::Enter {
                stage: EnterStage::SetNs,
                errno: Errno::EPERM,
                ..
            }
        ),
        "{err}"
    );
    assert_eq!(
        err.to_string(),
        format!("cannot enter the namespace {a}: Operation not permitted (EPERM)")
    );
}

fn received_descriptors_are_checked() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let copy = NsHandle::from_fd(a.as_fd().try_clone_to_owned().unwrap()).unwrap();
    assert_eq!((copy.kind(), copy.id()), (NsKind::Net, a.id()));
    assert_eq!(a.owner().unwrap(), NsHandle::current(NsKind::User).unwrap());
    let file = fs::File::open("/proc/self/exe").unwrap();
    let err = NsHandle::from_fd(file.into()).unwrap_err();
    assert!(matches!(err, Error::NotNamespace { .. }), "{err}");
}
