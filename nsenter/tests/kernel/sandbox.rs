//! Sandboxes: what is new inside, what stays the same outside, and what stands in the way.

use std::fs;
use std::path::Path;

use nsenter::{
    Capability, Errno, Error, Hint, NsHandle, NsKind, NsKinds, Sandbox, SandboxStage, Spawn, Store,
};

use crate::support::{is_root, mounts, name, net, run};

crate::cases!(
    nothing_shows_outside,
    all_kinds,
    a_fresh_sys,
    capabilities_are_bounded,
    twice_is_deeper,
    a_limit_of_zero_is_named,
    a_missing_directory,
    without_a_user_namespace_it_needs_rights,
    several_threads_are_refused;
    root: root_without_its_right_falls_back
);

fn nothing_shows_outside() {
    let parent = format!("/proc/{}/mountinfo", std::os::unix::process::parent_id());
    let before = fs::read_to_string(&parent).unwrap();
    let entered = Sandbox::new()
        .net()
        .mount()
        .user_if_not_root()
        .tmpfs("/run")
        .enter()
        .unwrap();
    let mut expected = NsKind::Net | NsKind::Mnt;
    if !is_root() {
        expected |= NsKind::User;
        assert_eq!(nix::unistd::getuid().as_raw(), 0, "root inside");
    }
    assert_eq!(entered.kinds, expected);
    assert!(!entered.fresh_sys);
    assert_eq!(fs::read_dir("/run").unwrap().count(), 0);
    Store::new().add(&name("a")).unwrap();
    // /var/run is a link to /run on hosts of this century.
    if fs::read_link("/var/run").is_ok_and(|to| to.ends_with("run")) {
        assert!(Path::new("/var/run/netns/a").exists());
    }
    assert_eq!(fs::read_to_string(&parent).unwrap(), before);
    // Nothing comes in either: every mount is private, except the store's own.
    let open: Vec<_> = mounts(Path::new("/"))
        .into_iter()
        .filter(|(at, fields)| !fields.is_empty() && !at.starts_with("/run/netns"))
        .collect();
    assert_eq!(open, []);
}

fn all_kinds() {
    let before: Vec<_> = NsKind::ALL.map(|k| NsHandle::current(k).unwrap()).into();
    let entered = Sandbox::new().with(NsKinds::ALL).enter().unwrap();
    assert_eq!(entered.kinds, NsKinds::ALL);
    for ns in &before {
        // These two are for the children.
        let moved = !matches!(ns.kind(), NsKind::Pid | NsKind::Time);
        assert_eq!(ns.is_current().unwrap(), !moved, "{ns}");
    }
    let mut first = Spawn::new().exec("sh", ["-c", "test $$ = 1"]).unwrap();
    assert!(first.wait().unwrap().success());
}

fn a_fresh_sys() {
    let entered = Sandbox::new()
        .net()
        .user_if_not_root()
        .sysfs()
        .enter()
        .unwrap();
    if entered.fresh_sys {
        assert_eq!(run("ls", &["/sys/class/net"]), "lo\n");
    }
    assert!(entered.kinds.contains(NsKind::Mnt));
    if is_root() {
        assert!(entered.fresh_sys);
    }
}

fn capabilities_are_bounded() {
    let keep = [Capability::CAP_NET_ADMIN, Capability::CAP_SYS_ADMIN];
    Sandbox::new()
        .net()
        .mount()
        .user_if_not_root()
        .keep_only(keep)
        .enter()
        .unwrap();
    let bits = (1_u64 << 12) | (1 << 21);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let set = |which: &str| {
        let line = status.lines().find_map(|l| l.strip_prefix(which)).unwrap();
        u64::from_str_radix(line.trim(), 16).unwrap()
    };
    assert_eq!([set("CapPrm:"), set("CapEff:"), set("CapBnd:")], [bits; 3]);
    assert_eq!([set("CapInh:"), set("CapAmb:")], [0; 2]);
    // A program that root executes does not get them back.
    assert!(run("grep", &["CapEff", "/proc/self/status"]).contains(&format!("{bits:016x}")));
}

fn twice_is_deeper() {
    Sandbox::new().net().user_if_not_root().enter().unwrap();
    let first = net();
    let entered = Sandbox::new().net().user_if_not_root().enter().unwrap();
    assert_ne!(net(), first);
    assert!(
        !entered.kinds.contains(NsKind::User),
        "root inside needs no other user namespace"
    );
}

/// A user namespace has limits of its own, so that this is nobody else's.
fn a_limit_of_zero_is_named() {
    Sandbox::new().with(NsKind::User).enter().unwrap();
    fs::write("/proc/sys/user/max_user_namespaces", "0").unwrap();
    let before = NsHandle::current(NsKind::User).unwrap();
    let err = Sandbox::new().with(NsKind::User).net().enter().unwrap_err();
    let stage = SandboxStage::Unshare(NsKind::User | NsKind::Net);
    let hint = Some(Hint::LimitIsZero(NsKind::User));
    assert_eq!(
        err,
        Error::Sandbox {
            stage,
            errno: Errno::ENOSPC,
            hint
        }
    );
    assert_eq!(
        err.to_string(),
        "cannot create namespaces (net,user): No space left on device (ENOSPC); \
         user.max_user_namespaces is 0: set it with sysctl, or run as root"
    );
    assert!(before.is_current().unwrap());

    fs::write("/proc/sys/user/max_net_namespaces", "0").unwrap();
    let err = Sandbox::new().net().enter().unwrap_err();
    assert!(
        matches!(
            err,
            Error::Sandbox {
                hint: Some(Hint::LimitIsZero(NsKind::Net)),
                ..
            }
        ),
        "{err}"
    );
}

fn a_missing_directory() {
    let parent = format!("/proc/{}/mountinfo", std::os::unix::process::parent_id());
    let before = fs::read_to_string(&parent).unwrap();
    let sandbox = Sandbox::new()
        .user_if_not_root()
        .tmpfs("/run")
        .tmpfs("/run/nowhere");
    let err = sandbox.enter().unwrap_err();
    let stage = SandboxStage::MountTmpfs("/run/nowhere".into());
    assert_eq!(
        err,
        Error::Sandbox {
            stage,
            errno: Errno::ENOENT,
            hint: None
        }
    );
    assert_eq!(fs::read_to_string(&parent).unwrap(), before);
}

fn without_a_user_namespace_it_needs_rights() {
    if is_root() {
        let none: [Capability; 0] = [];
        Sandbox::new().keep_only(none).enter().unwrap();
    }
    let before = net();
    let err = Sandbox::new().net().enter().unwrap_err();
    let stage = SandboxStage::Unshare(NsKind::Net.into());
    let hint = Some(Hint::NeedsPrivilege);
    assert_eq!(
        err,
        Error::Sandbox {
            stage,
            errno: Errno::EPERM,
            hint
        }
    );
    assert_eq!(net(), before);
}

fn several_threads_are_refused() {
    let before = net();
    let (end, wait) = std::sync::mpsc::channel::<()>();
    let other = std::thread::spawn(move || wait.recv());
    let err = Sandbox::new().net().user_if_not_root().enter().unwrap_err();
    drop(end);
    let _ = other.join();
    assert!(matches!(err, Error::Multithreaded { .. }), "{err}");
    assert_eq!(net(), before);
}

fn root_without_its_right_falls_back() {
    let mut keep: Vec<Capability> = caps::all().into_iter().collect();
    keep.retain(|c| *c != Capability::CAP_SYS_ADMIN);
    Sandbox::new().keep_only(keep).enter().unwrap();
    let entered = Sandbox::new()
        .net()
        .user_if_not_root()
        .tmpfs("/run")
        .enter()
        .unwrap();
    assert!(entered.kinds.contains(NsKind::User));
    Store::new().add(&name("a")).unwrap();
}
